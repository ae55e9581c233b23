/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names stand between semicolons, since names have blanks and commas in them. Nothing: everything.
 * What has no sense for a metric is not shown, unless the rule has it. Main thread. */
#include "ui/rn-rule-places.h"

#include <string.h>

#include "base/rn-i18n.h"
#include "model/rn-facility-state.h"
#include "ui/rn-compat.h"

enum { ROADS, DIRECTIONS, SECTIONS, COMPANIES, FACILITIES, N_LISTS };
enum { N_CLASSES = 3, N_TAGS = 2 };

struct _RnRulePlaces {
  GtkWidget parent_instance;
  GtkWidget *group, *lists[N_LISTS], *class_row, *tag_row, *type_row, *missing;
  GtkWidget *classes[N_CLASSES], *tags[N_TAGS], *types[RN_N_FACILITY_TYPES];
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RnRulePlaces, rn_rule_places, GTK_TYPE_WIDGET)

static guint changed_signal;
static const char *const tag_words[N_TAGS] = { "bridge", "tunnel" };

static void
changed_cb (RnRulePlaces *self)
{
  if (!self->filling)
    g_signal_emit (self, changed_signal, 0);
}

static GStrv *
list_of (RnRuleScope *scope, guint which)
{
  GStrv *const lists[N_LISTS] = { &scope->roads, &scope->directions, &scope->sections,
                                  &scope->companies, &scope->facilities };

  return lists[which];
}

/* ---- lists --------------------------------------------------------------------------------- */

static GStrv
split (const char *text)
{
  g_autofree char *plain = g_strdup (text);
  g_auto (GStrv) parts = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean any = FALSE;

  for (char *wide = plain; (wide = strstr (wide, "；")) != NULL;)
    {
      *wide = ';'; /* as Chinese keyboards type it: three bytes */
      wide[1] = wide[2] = ' ';
    }
  parts = g_strsplit (plain, ";", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      {
        g_strv_builder_add (builder, parts[i]);
        any = TRUE;
      }
  return any ? g_strv_builder_end (builder) : NULL;
}

static void
set_list (RnRulePlaces *self, guint which, const GStrv names, gboolean sensible)
{
  g_autofree char *text = names != NULL ? g_strjoinv ("; ", names) : g_strdup ("");

  gtk_editable_set_text (GTK_EDITABLE (self->lists[which]), text);
  gtk_widget_set_visible (self->lists[which], sensible || names != NULL);
}

static gboolean
has_tag (const RnRuleScope *scope, const char *word)
{
  return scope->tags != NULL && g_strv_contains ((const char *const *) scope->tags, word);
}

static guint
get_tag_bits (const RnRuleScope *scope)
{
  guint bits = 0;

  for (guint i = 0; i < N_TAGS; i++)
    if (has_tag (scope, tag_words[i]))
      bits |= 1u << i;
  return bits;
}

/* ---- in and out ---------------------------------------------------------------------------- */

void
rn_rule_places_set_rule (RnRulePlaces *self, const RnRule *rule)
{
  RnRuleScope *scope = (RnRuleScope *) &rule->scope;
  RnSubjectKind kind = rn_metric_subject_kind (rule->metric);
  gboolean placed = kind != RN_SUBJECT_KPI && kind != RN_SUBJECT_FEED;
  gboolean of_facility = kind == RN_SUBJECT_FACILITY;
  gboolean any = placed;

  self->filling = TRUE;
  for (guint i = 0; i < N_LISTS; i++)
    {
      gboolean sensible =
          placed && (i == FACILITIES ? of_facility : !of_facility || i == ROADS || i == COMPANIES);

      set_list (self, i, *list_of (scope, i), sensible);
      any = any || *list_of (scope, i) != NULL;
    }
  for (guint i = 0; i < N_CLASSES; i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->classes[i]),
                                 (scope->classes & (1u << i)) != 0);
  for (guint i = 0; i < N_TAGS; i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->tags[i]), has_tag (scope, tag_words[i]));
  for (guint i = 0; i < RN_N_FACILITY_TYPES; i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->types[i]),
                                 (scope->facility_types & (1u << i)) != 0);
  gtk_widget_set_visible (self->class_row, (placed && !of_facility) || scope->classes != 0);
  gtk_widget_set_visible (self->tag_row, (placed && !of_facility) || scope->tags != NULL);
  gtk_widget_set_visible (self->type_row, of_facility || scope->facility_types != 0);
  gtk_widget_set_visible (GTK_WIDGET (self), any || scope->classes != 0 || scope->tags != NULL
                                                 || scope->facility_types != 0);
  self->filling = FALSE;
}

static guint
get_bits (GtkWidget *const *checks, guint n)
{
  guint bits = 0;

  for (guint i = 0; i < n; i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (checks[i])))
      bits |= 1u << i;
  return bits;
}

void
rn_rule_places_fill (RnRulePlaces *self, RnRule *rule)
{
  guint tags = get_bits (self->tags, N_TAGS);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < N_LISTS; i++)
    {
      GStrv *names = list_of (&rule->scope, i);

      g_strfreev (*names);
      *names = split (gtk_editable_get_text (GTK_EDITABLE (self->lists[i])));
    }
  for (guint i = 0; i < N_TAGS; i++)
    if (tags & (1u << i))
      g_strv_builder_add (builder, tag_words[i]);
  if (tags != get_tag_bits (&rule->scope)) /* else they stay, in their order */
    {
      g_strfreev (rule->scope.tags);
      rule->scope.tags = tags != 0 ? g_strv_builder_end (builder) : NULL;
    }
  rule->scope.classes = get_bits (self->classes, N_CLASSES);
  rule->scope.facility_types = get_bits (self->types, RN_N_FACILITY_TYPES);
}

void
rn_rule_places_set_missing (RnRulePlaces *self, const GPtrArray *missing)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < missing->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) missing->pdata[i]);
  gtk_label_set_label (GTK_LABEL (self->missing), text->str);
  gtk_widget_set_visible (self->missing, missing->len > 0);
}

/* ---- object -------------------------------------------------------------------------------- */

static void
add_lists (RnRulePlaces *self)
{
  static const char *const titles[N_LISTS] = {
    N_("Roads, with semicolons between them (none: all)"),
    N_("Directions: asc; desc; or their names"),
    N_("Sections, by id"),
    N_("Companies"),
    N_("Facilities, by id"),
  };

  for (guint i = 0; i < N_LISTS; i++)
    {
      self->lists[i] = adw_entry_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->lists[i]), _ (titles[i]));
      g_signal_connect_object (self->lists[i], "changed", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->lists[i]);
    }
}

/* A row with a check button for each of some words. */
static GtkWidget *
add_choice (RnRulePlaces *self, const char *title, const char *const *words, guint n,
            GtkWidget **checks)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("None chosen: all"));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s: %s", title, _ (words[i]));

      checks[i] = gtk_check_button_new_with_label (_ (words[i]));
      rn_compat_set_name (checks[i], name);
      g_signal_connect_object (checks[i], "toggled", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), checks[i]);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
  return row;
}

static void
add_types (RnRulePlaces *self)
{
  self->type_row = adw_expander_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->type_row), _("Kinds of facility"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->type_row), _("None chosen: all"));
  for (guint i = 0; i < RN_N_FACILITY_TYPES; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      self->types[i] = gtk_check_button_new ();
      rn_compat_set_name (self->types[i], rn_facility_type_title (i));
      gtk_widget_set_valign (self->types[i], GTK_ALIGN_CENTER);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rn_facility_type_title (i));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), self->types[i]);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->types[i]);
      g_signal_connect_object (self->types[i], "toggled", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self->type_row), row);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->type_row);
}

static void
rn_rule_places_dispose (GObject *object)
{
  g_clear_pointer (&RN_RULE_PLACES (object)->group, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_rule_places_parent_class)->dispose (object);
}

static void
rn_rule_places_class_init (RnRulePlacesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_rule_places_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  changed_signal = g_signal_new ("changed", RN_TYPE_RULE_PLACES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
rn_rule_places_init (RnRulePlaces *self)
{
  static const char *const classes[N_CLASSES] = { N_("Expressway"), N_("Ramp"),
                                                  N_("Trunk road") };
  static const char *const tags[N_TAGS] = { N_("Bridge"), N_("Tunnel") };

  self->group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), _("Where"));
  gtk_widget_set_parent (self->group, GTK_WIDGET (self));
  add_lists (self);
  self->class_row = add_choice (self, _("Kind of road"), classes, N_CLASSES, self->classes);
  self->tag_row = add_choice (self, _("Only on"), tags, N_TAGS, self->tags);
  add_types (self);
  self->missing = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->missing), 0);
  gtk_label_set_wrap (GTK_LABEL (self->missing), TRUE);
  gtk_widget_set_margin_top (self->missing, 6);
  gtk_widget_add_css_class (self->missing, "rn-error");
  gtk_widget_set_visible (self->missing, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->missing);
}

GtkWidget *
rn_rule_places_new (void)
{
  return g_object_new (RN_TYPE_RULE_PLACES, NULL);
}
