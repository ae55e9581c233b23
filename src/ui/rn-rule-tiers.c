/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers are those of the rules' files: metres, seconds, ratios. What goes in words (the surface)
 * has a check button a word in place of both limits. Main thread. */
#include "ui/rn-rule-tiers.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "model/rn-weather.h"
#include "ui/rn-compat.h"
#include "ui/rn-rule-field.h"

enum { ENTER, EXIT, FOR, KEEP, COUNT, WINDOW, N_FIELDS };

#define MAX_COUNT 1e6 /* what is too many the reader says */
#define HEAD_CHARS 9

typedef struct {
  GtkWidget *on, *fields[N_FIELDS], *words, *word[RN_SURFACE_WATER + 1], *problem;
} Line;

struct _RnRuleTiers {
  GtkWidget parent_instance;
  GtkWidget *grid, *heads[N_FIELDS];
  Line lines[RN_N_TIERS];
  gboolean set, filling;
};

G_DEFINE_FINAL_TYPE (RnRuleTiers, rn_rule_tiers, GTK_TYPE_WIDGET)

static guint changed_signal;

static const char *
field_title (guint field)
{
  static const char *const titles[] = { N_("Enter at"), N_("Leave at"), N_("For, s"),
                                        N_("Keep, s"),  N_("Times"),    N_("Within, s") };

  return _ (titles[field]);
}

/* Of the numbers as the rules' files have them; "" of ratios and steps. */
static const char *
unit_of (RnMetric metric)
{
  static const struct {
    const char *suffix, *unit;
  } units[] = { { "_kmh", N_("km/h") },
                { "_vph", N_("veh/h") },
                { "_vph_lane", N_("veh/h/lane") },
                { "_vpkm", N_("veh/km/lane") },
                { "_pct", "%" },
                { "_km", N_("km") },
                { "_m", N_("m") },
                { "_s", N_("s") } };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_has_suffix (rn_metric_word (metric), units[i].suffix))
      return _ (units[i].unit);
  return "";
}

/* Of a key figure the side is seen only when its limits are typed. */
static const char *
enter_title (RnBadSide side)
{
  switch (side)
    {
    case RN_BAD_LOW:
      return _("Enter at or below");
    case RN_BAD_HIGH:
      return _("Enter at or above");
    default:
      return _("Enter at");
    }
}

void
rn_rule_tiers_show_side (RnRuleTiers *self, const RnRule *rule)
{
  const char *unit = unit_of (rule->metric);

  for (guint i = ENTER; i <= EXIT; i++)
    {
      const char *title = i == ENTER ? enter_title (rn_rule_bad_side (rule)) : field_title (i);
      g_autofree char *head =
          *unit != '\0' ? g_strdup_printf (_("%s, %s"), title, unit) : g_strdup (title);

      gtk_label_set_label (GTK_LABEL (self->heads[i]), head);
    }
  gtk_widget_set_visible (self->heads[EXIT], !self->set);
}

/* A tier that is off shows its fields, but they cannot be changed. */
static void
update_line (RnRuleTiers *self, int tier)
{
  Line *line = &self->lines[tier];
  gboolean on = gtk_check_button_get_active (GTK_CHECK_BUTTON (line->on));

  for (guint i = 0; i < N_FIELDS; i++)
    {
      gtk_widget_set_sensitive (line->fields[i], on);
      gtk_widget_set_visible (line->fields[i], i >= FOR || !self->set);
    }
  gtk_widget_set_sensitive (line->words, on);
  gtk_widget_set_visible (line->words, self->set);
}

static void
changed_cb (RnRuleTiers *self)
{
  if (self->filling)
    return;
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    update_line (self, tier);
  g_signal_emit (self, changed_signal, 0);
}

/* ---- in and out ---------------------------------------------------------------------------- */

void
rn_rule_tiers_set_rule (RnRuleTiers *self, const RnRule *rule)
{
  self->filling = TRUE;
  self->set = rn_rule_bad_side (rule) == RN_BAD_SET;
  rn_rule_tiers_show_side (self, rule);
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    {
      Line *line = &self->lines[tier];
      const RnRuleTier *of = &rule->tiers[tier];

      gtk_check_button_set_active (GTK_CHECK_BUTTON (line->on), of->on);
      rn_rule_field_set (line->fields[ENTER], of->enter);
      rn_rule_field_set (line->fields[EXIT], of->exit);
      rn_rule_field_set (line->fields[FOR], of->on ? of->for_us / 1e6 : NAN);
      rn_rule_field_set (line->fields[KEEP], of->on ? of->keep_us / 1e6 : NAN);
      rn_rule_field_set (line->fields[COUNT], of->count > 0 ? of->count : NAN);
      rn_rule_field_set (line->fields[WINDOW], of->count > 0 ? of->window_us / 1e6 : NAN);
      for (guint i = RN_SURFACE_DRY; i <= RN_SURFACE_WATER; i++)
        gtk_check_button_set_active (GTK_CHECK_BUTTON (line->word[i]), of->set & (1u << i));
      update_line (self, tier);
    }
  self->filling = FALSE;
}

/* So many bad samples within so long, in place of all of them. Neither: not used. */
static gboolean
fill_count (Line *line, RnRuleTier *tier)
{
  double count = 0, window_s = 0;
  gboolean good = rn_rule_field_get (line->fields[COUNT], 0, &count)
                  && rn_rule_field_get (line->fields[WINDOW], 0, &window_s);
  gboolean whole = count == floor (count) && count >= 0 && count <= MAX_COUNT;

  rn_compat_set_class (line->fields[COUNT], "error", !whole);
  if (!good || !whole)
    return FALSE;
  tier->count = (guint) count;
  tier->window_us = llround (window_s * G_USEC_PER_SEC);
  return TRUE;
}

static gboolean
fill_tier (Line *line, RnRuleTier *tier, gboolean set)
{
  double for_s = 0, keep_s = 0;
  gboolean good = rn_rule_field_get (line->fields[FOR], 0, &for_s)
                  && rn_rule_field_get (line->fields[KEEP], 0, &keep_s);

  good = fill_count (line, tier) && good;
  if (set)
    {
      tier->set = 0;
      for (guint i = RN_SURFACE_DRY; i <= RN_SURFACE_WATER; i++)
        if (gtk_check_button_get_active (GTK_CHECK_BUTTON (line->word[i])))
          tier->set |= 1u << i;
    }
  else
    good = rn_rule_field_get (line->fields[ENTER], NAN, &tier->enter)
           && rn_rule_field_get (line->fields[EXIT], NAN, &tier->exit) && good;
  tier->for_us = llround (for_s * G_USEC_PER_SEC);
  tier->keep_us = llround (keep_s * G_USEC_PER_SEC);
  return good;
}

gboolean
rn_rule_tiers_fill (RnRuleTiers *self, RnRule *rule)
{
  gboolean good = TRUE;

  for (int tier = 1; tier < RN_N_TIERS; tier++)
    {
      RnRuleTier *of = &rule->tiers[tier];

      of->on = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->lines[tier].on));
      if (!of->on || fill_tier (&self->lines[tier], of, self->set))
        continue;
      rn_rule_tiers_set_problem (self, tier, _("is not a number"));
      good = FALSE;
    }
  return good;
}

/* The field that "exit: has to be…" is about; N_FIELDS: none. @text is moved past its name. */
static guint
find_field (const char **text)
{
  static const char *const words[N_FIELDS] = { "enter",  "exit",  "for_s",
                                               "keep_s", "count", "window_s" };

  for (guint i = 0; i < N_FIELDS; i++)
    {
      gsize length = strlen (words[i]);

      if (!g_str_has_prefix (*text, words[i]) || ((*text)[length] != ':' && (*text)[length] != '['))
        continue;
      *text = strchr (*text, ':') + 1;
      return i;
    }
  return N_FIELDS;
}

void
rn_rule_tiers_set_problem (RnRuleTiers *self, int tier, const char *text)
{
  Line *line = &self->lines[tier];
  guint field = text != NULL ? find_field (&text) : N_FIELDS;
  g_autofree char *said = field < N_FIELDS ? g_strdup_printf ("%s:%s", field_title (field), text)
                                           : g_strdup (text != NULL ? text : "");

  gtk_label_set_label (GTK_LABEL (line->problem), said);
  gtk_widget_set_visible (line->problem, text != NULL);
  for (guint i = 0; i < N_FIELDS && tier > 0; i++)
    if (text == NULL || i == field)
      rn_compat_set_class (line->fields[i], "error", text != NULL);
}

/* ---- object -------------------------------------------------------------------------------- */

static GtkWidget *
create_problem (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "rn-error");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_visible (label, FALSE);
  return label;
}

static GtkWidget *
create_words (RnRuleTiers *self, Line *line, const char *tier_title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (guint i = RN_SURFACE_DRY; i <= RN_SURFACE_WATER; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s: %s", tier_title, rn_surface_title (i));

      line->word[i] = gtk_check_button_new_with_label (rn_surface_title (i));
      rn_compat_set_name (line->word[i], name);
      g_signal_connect_object (line->word[i], "toggled", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), line->word[i]);
    }
  return box;
}

static void
add_line (RnRuleTiers *self, int tier)
{
  Line *line = &self->lines[tier];
  GtkGrid *grid = GTK_GRID (self->grid);
  int row = 2 * tier;
  g_autofree char *title = g_strdup_printf (_("Tier %s"), rn_tier_word (tier));
  g_autofree char *css_class = g_strdup_printf ("tier-%d", tier);

  line->on = gtk_check_button_new_with_label (title);
  gtk_widget_add_css_class (line->on, css_class);
  g_signal_connect_object (line->on, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_grid_attach (grid, line->on, 0, row, 1, 1);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s: %s", title, field_title (i));

      line->fields[i] = rn_rule_field_new (name);
      gtk_widget_set_hexpand (line->fields[i], TRUE);
      g_signal_connect_object (line->fields[i], "changed", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_grid_attach (grid, line->fields[i], 1 + i, row, 1, 1);
    }
  line->words = create_words (self, line, title);
  gtk_grid_attach (grid, line->words, 1, row, 2, 1);
  line->problem = create_problem ();
  gtk_grid_attach (grid, line->problem, 1, row + 1, N_FIELDS, 1);
}

static void
rn_rule_tiers_dispose (GObject *object)
{
  g_clear_pointer (&RN_RULE_TIERS (object)->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_rule_tiers_parent_class)->dispose (object);
}

static void
rn_rule_tiers_class_init (RnRuleTiersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_rule_tiers_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  changed_signal = g_signal_new ("changed", RN_TYPE_RULE_TIERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
rn_rule_tiers_init (RnRuleTiers *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 4);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 8);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  for (guint i = 0; i < N_FIELDS; i++)
    {
      self->heads[i] = gtk_label_new (field_title (i));
      gtk_widget_add_css_class (self->heads[i], "rn-label");
      gtk_label_set_xalign (GTK_LABEL (self->heads[i]), 0);
      gtk_label_set_yalign (GTK_LABEL (self->heads[i]), 1);
      gtk_label_set_wrap (GTK_LABEL (self->heads[i]), TRUE);
      gtk_label_set_width_chars (GTK_LABEL (self->heads[i]), HEAD_CHARS);
      gtk_label_set_max_width_chars (GTK_LABEL (self->heads[i]), HEAD_CHARS);
      gtk_grid_attach (GTK_GRID (self->grid), self->heads[i], 1 + i, 0, 1, 1);
    }
  gtk_widget_set_tooltip_text (self->heads[COUNT],
                               _("So many bad samples within the time, instead of all of them"));
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    add_line (self, tier);
  self->lines[0].problem = create_problem ();
  gtk_grid_attach (GTK_GRID (self->grid), self->lines[0].problem, 0, 2 * RN_N_TIERS, 1 + N_FIELDS,
                   1);
}

GtkWidget *
rn_rule_tiers_new (void)
{
  return g_object_new (RN_TYPE_RULE_TIERS, NULL);
}
