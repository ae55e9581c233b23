/* SPDX-License-Identifier: GPL-3.0-or-later */
/* There is one judge of rules: the reader of their files. With each change the fields become a
 * document, which is read; its complaint goes beside the field that its path names. Main thread. */
#include "ui/rn-rule-editor.h"

#include <math.h>
#include <string.h>

#include "alert/rn-rule-names.h"
#include "alert/rn-rule-read.h"
#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-rule-field.h"
#include "ui/rn-rule-guards.h"
#include "ui/rn-rule-origin.h"
#include "ui/rn-rule-outlook.h"
#include "ui/rn-rule-places.h"
#include "ui/rn-rule-schedule.h"
#include "ui/rn-rule-tiers.h"
#include "ui/rn-side-text.h"

struct _RnRuleEditor {
  AdwWindow parent_instance;
  GtkWidget *save, *origin_slot, *rule_group, *name, *enabled, *enabled_row, *select, *tiers_slot,
      *guards_slot, *places_slot, *schedule_slot, *no_data, *hold_row, *escalate_row, *nag_row,
      *latch, *before, *reason, *revert, *problem, *outlook_slot;
  GtkTextBuffer *guidance_text;
  GtkWidget *origin; /* of a new rule; NULL: one is changed */
  GtkWidget *tiers, *guards, *places, *schedule, *hold, *escalate, *nag, *outlook;
  RnSeat *seat;
  RnRule *rule;  /* as it is in force; of a new one as it begins */
  RnRule *tried; /* as the fields say; NULL: they cannot be used */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RnRuleEditor, rn_rule_editor, ADW_TYPE_WINDOW)

static RnAlertDesk *
get_desk (RnRuleEditor *self)
{
  return rn_session_get_alert_desk (rn_seat_get_session (self->seat));
}

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* ---- fields → rule ------------------------------------------------------------------------- */

/* @names with @text for the language in use; NULL when nothing is left. */
static RnNames *
names_with (const RnNames *names, const char *text)
{
  const char *language = rn_i18n_language (), *tag, *one;
  g_autoptr (GPtrArray) tags = g_ptr_array_new (), texts = g_ptr_array_new ();
  gboolean labelled = rn_names_nth (names, 0, &tag, &one) && *tag != '\0';

  if (g_strcmp0 (rn_names_get (names, NULL), text) == 0)
    return names != NULL ? rn_names_ref ((RnNames *) names) : NULL;
  if (!labelled)
    return *text != '\0' ? rn_names_new (text) : NULL;
  for (guint i = 0; rn_names_nth (names, i, &tag, &one); i++)
    if (!g_str_equal (tag, language))
      {
        g_ptr_array_add (tags, (gpointer) tag);
        g_ptr_array_add (texts, (gpointer) one);
      }
  if (*text != '\0')
    {
      g_ptr_array_add (tags, (gpointer) language);
      g_ptr_array_add (texts, (gpointer) text);
    }
  return rn_names_new_arrays (tags->len, (const char *const *) tags->pdata,
                              (const char *const *) texts->pdata);
}

static void
set_names (RnNames **names, const char *text)
{
  RnNames *changed = names_with (*names, text);

  g_clear_pointer (names, rn_names_unref);
  *names = changed;
}

static void
set_select (RnRuleEditor *self, RnRule *rule)
{
  g_clear_pointer (&rule->select, g_free);
  if (rn_rule_select_word (rule->metric) != NULL && *get_text (self->select) != '\0')
    rule->select = g_strstrip (g_strdup (get_text (self->select)));
}

static gboolean
fill_delay (RnRuleEditor *self, GtkWidget *field, gint64 *us)
{
  double seconds;

  if (!rn_rule_field_get (field, 0, &seconds))
    return FALSE;
  *us = llround (seconds * G_USEC_PER_SEC);
  return TRUE;
}

/* NULL when a field holds no number; it says so. */
static RnRule *
read_fields (RnRuleEditor *self)
{
  g_autoptr (RnRule) rule = rn_rule_copy (self->rule);
  const char *person = rn_alert_desk_get_person (get_desk (self));
  g_autofree char *guidance = NULL;
  gboolean good = rn_rule_tiers_fill (RN_RULE_TIERS (self->tiers), rule);

  g_object_get (self->guidance_text, "text", &guidance, NULL);
  g_strstrip (guidance);
  good = rn_rule_guards_fill (RN_RULE_GUARDS (self->guards), rule) && good;
  good = rn_rule_schedule_fill (RN_RULE_SCHEDULE (self->schedule), rule) && good;
  rn_rule_places_fill (RN_RULE_PLACES (self->places), rule);
  good = fill_delay (self, self->hold, &rule->hold_max_us) && good;
  good = fill_delay (self, self->escalate, &rule->escalate_us) && good;
  good = fill_delay (self, self->nag, &rule->nag_us) && good;
  set_names (&rule->names, get_text (self->name));
  set_names (&rule->guidance, guidance);
  set_select (self, rule);
  rule->enabled = gtk_switch_get_active (GTK_SWITCH (self->enabled));
  rule->latch = gtk_switch_get_active (GTK_SWITCH (self->latch));
  rule->no_data = adw_combo_row_get_selected (ADW_COMBO_ROW (self->no_data));
  if (self->origin != NULL)
    {
      g_free (rule->id);
      rule->id = g_strdup (rn_rule_origin_get_id (RN_RULE_ORIGIN (self->origin)));
    }
  if (*get_text (self->reason) != '\0')
    {
      g_free (rule->reason);
      rule->reason = g_strdup (get_text (self->reason));
      g_free (rule->owner);
      rule->owner = g_strdup (person);
    }
  return good ? g_steal_pointer (&rule) : NULL;
}

/* ---- judgement ----------------------------------------------------------------------------- */

static void
clear_problems (RnRuleEditor *self)
{
  for (int tier = 0; tier < RN_N_TIERS; tier++)
    rn_rule_tiers_set_problem (RN_RULE_TIERS (self->tiers), tier, NULL);
  rn_rule_guards_set_problem (RN_RULE_GUARDS (self->guards), NULL);
  rn_rule_schedule_set_problem (RN_RULE_SCHEDULE (self->schedule), NULL);
  rn_compat_set_class (self->select, "error", FALSE);
  if (self->origin != NULL)
    rn_rule_origin_set_problem (RN_RULE_ORIGIN (self->origin), NULL);
  for (guint i = 0; i < 3; i++)
    rn_compat_set_class ((GtkWidget *[]){ self->hold, self->escalate, self->nag }[i], "error",
                         FALSE);
  gtk_widget_set_visible (self->problem, FALSE);
}

static void
say_below (RnRuleEditor *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->problem), text);
  rn_compat_set_class (self->problem, "error", TRUE);
  gtk_widget_set_visible (self->problem, TRUE);
}

/* Nothing is wrong: this is only left to be done. */
static void
ask_for_reason (RnRuleEditor *self)
{
  say_below (self, self->origin != NULL ? _("A new rule needs a reason.")
                                        : _("A change needs a reason."));
  rn_compat_set_class (self->problem, "error", FALSE);
}

/* What all tiers have alike is written once, beside them. */
static gboolean
is_of_tiers (const char *text)
{
  static const char *const words[] = { "tiers", "for_s:", "keep_s:", "count:", "window_s:" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (text, words[i]))
      return TRUE;
  return FALSE;
}

/* "rules[0].tiers.II.exit: has to be above “enter” (rule “jam”)": beside tier II, "exit: has to be
 * above “enter”". */
static void
show_problem (RnRuleEditor *self, const char *message, const char *id)
{
  g_autofree char *tail = g_strdup_printf (_("%s (rule “%s”)"), "", id);
  g_autofree char *text =
      g_strdup (g_str_has_prefix (message, "rules[0].") ? message + 9 : message);

  if (g_str_has_suffix (text, tail))
    text[strlen (text) - strlen (tail)] = '\0';
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    {
      g_autofree char *prefix = g_strdup_printf ("tiers.%s", rn_tier_word (tier));
      gsize length = strlen (prefix);

      if (!g_str_has_prefix (text, prefix) || (text[length] != '.' && text[length] != ':'))
        continue;
      rn_rule_tiers_set_problem (RN_RULE_TIERS (self->tiers), tier, g_strchug (text + length + 1));
      return;
    }
  if (is_of_tiers (text))
    rn_rule_tiers_set_problem (RN_RULE_TIERS (self->tiers), 0, text);
  else if (g_str_has_prefix (text, "guard"))
    rn_rule_guards_set_problem (RN_RULE_GUARDS (self->guards), text);
  else if (g_str_has_prefix (text, "schedule"))
    rn_rule_schedule_set_problem (RN_RULE_SCHEDULE (self->schedule), text);
  else if (g_str_has_prefix (text, "id:") && self->origin != NULL)
    rn_rule_origin_set_problem (RN_RULE_ORIGIN (self->origin), text);
  else
    {
      rn_compat_set_class (self->select, "error", g_str_has_prefix (text, "select"));
      rn_compat_set_class (self->hold, "error", g_str_has_prefix (text, "hold_max_s"));
      rn_compat_set_class (self->escalate, "error", g_str_has_prefix (text, "escalate_s"));
      rn_compat_set_class (self->nag, "error", g_str_has_prefix (text, "nag_s"));
      say_below (self, text);
    }
}

static gboolean
is_taken (RnRuleEditor *self, const char *id)
{
  return rn_rule_set_find (rn_alert_desk_get_rules (get_desk (self)), id) != NULL;
}

/* The rule as it would be read from the file that it goes to; NULL, with the cause shown. */
static RnRule *
judge (RnRuleEditor *self)
{
  g_autoptr (RnRule) rule = read_fields (self);
  g_autoptr (RnRuleSet) one = NULL, read = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (rule == NULL)
    {
      say_below (self, _("A field holds something that it cannot hold."));
      return NULL;
    }
  if (self->origin != NULL && is_taken (self, rule->id))
    {
      rn_rule_origin_set_problem (RN_RULE_ORIGIN (self->origin),
                                  _("There is a rule with this id already"));
      return NULL;
    }
  one = rn_rule_set_new (&rule, 1);
  text = rn_rule_set_dup_json (one);
  bytes = g_bytes_new (text, strlen (text));
  read = rn_rule_set_parse (bytes, TRUE, &error);
  if (read != NULL)
    return rn_rule_ref (read->rules[0]);
  show_problem (self, error->message, rule->id);
  return NULL;
}

static gboolean
is_same (const RnRule *a, const RnRule *b)
{
  g_autoptr (RnRuleSet) one = rn_rule_set_new ((RnRule *[]){ (RnRule *) a }, 1);
  g_autoptr (RnRuleSet) other = rn_rule_set_new ((RnRule *[]){ (RnRule *) b }, 1);
  g_autofree char *x = rn_rule_set_dup_json (one), *y = rn_rule_set_dup_json (other);

  return g_str_equal (x, y);
}

static void
show_names (RnRuleEditor *self, const RnRule *rule)
{
  g_autoptr (GPtrArray) missing =
      rn_rule_check_names (rule, rn_seat_get_frame (self->seat)->network);

  rn_rule_places_set_missing (RN_RULE_PLACES (self->places), missing);
}

static void
changed_cb (RnRuleEditor *self)
{
  gboolean why = *get_text (self->reason) != '\0', changed;

  if (self->filling)
    return;
  clear_problems (self);
  g_clear_pointer (&self->tried, rn_rule_unref);
  self->tried = judge (self);
  changed = self->tried != NULL && (self->origin != NULL || !is_same (self->tried, self->rule));
  if (changed && !why)
    ask_for_reason (self);
  if (self->tried != NULL)
    {
      rn_rule_tiers_show_side (RN_RULE_TIERS (self->tiers), self->tried);
      show_names (self, self->tried);
    }
  gtk_widget_set_sensitive (self->save, changed && why);
  rn_rule_outlook_set_rule (RN_RULE_OUTLOOK (self->outlook), self->tried);
}

/* ---- acts ---------------------------------------------------------------------------------- */

static void
save_cb (RnRuleEditor *self)
{
  g_autoptr (GError) error = NULL;

  changed_cb (self); /* other rules may have come meanwhile */
  if (self->tried == NULL)
    return;
  if (rn_alert_desk_save_rule (get_desk (self), self->tried, &error))
    gtk_window_close (GTK_WINDOW (self));
  else
    say_below (self, error->message);
}

static void
revert_response_cb (AdwMessageDialog *dialog, const char *response, RnRuleEditor *self)
{
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (response, "revert"))
    return;
  /* the question outlives the window that it is over */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  if (rn_alert_desk_reset_rule (get_desk (self), self->rule->id, &error))
    gtk_window_close (GTK_WINDOW (self));
  else
    say_below (self, error->message);
}

static gboolean
has_default (RnRuleEditor *self)
{
  return rn_rule_set_find (rn_rule_set_default (), self->rule->id) != NULL;
}

static void
revert_cb (RnRuleEditor *self)
{
  gboolean back = has_default (self);
  g_autofree char *title =
      g_strdup_printf (back ? _("Back to the Default of “%s”?") : _("Remove the Rule “%s”?"),
                       rn_rule_title (self->rule));
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (self), title, _("The site's own version is taken out of its file."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "revert",
                                    back ? _("_Back to Default") : _("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "revert",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (revert_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
cancel_cb (RnRuleEditor *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* ---- rule → fields ------------------------------------------------------------------------- */

static void
set_text (GtkWidget *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

static void
show_before (RnRuleEditor *self)
{
  g_autofree char *version = g_strdup_printf (_("Version %u"), self->rule->version);
  g_autofree char *text =
      g_strjoin (" · ", version, self->rule->owner != NULL ? self->rule->owner : RN_DASH,
                 self->rule->reason, NULL);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->before), text);
  gtk_widget_set_visible (self->before, self->origin == NULL);
  gtk_widget_set_visible (self->revert, self->origin == NULL && self->rule->local);
  gtk_button_set_label (GTK_BUTTON (self->revert),
                        has_default (self) ? _("_Back to Default…") : _("_Remove…"));
}

static void
show_select (RnRuleEditor *self)
{
  RnMetric metric = self->rule->metric;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->select),
                                 metric == RN_METRIC_KPI ? _("Key figure, by id")
                                 : metric == RN_METRIC_FUEL_STOCK_PCT
                                     ? _("Fuel grade (none: any)")
                                     : _("Vehicles: car or truck (none: all)"));
  set_text (self->select, self->rule->select);
  gtk_widget_set_visible (self->select, rn_rule_select_word (metric) != NULL);
}

static void
fill (RnRuleEditor *self)
{
  const RnRule *rule = self->rule;
  const char *guidance = rn_names_get (rule->guidance, NULL);

  self->filling = TRUE;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->rule_group),
                                   rn_metric_title (rule->metric));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->enabled_row),
                               self->origin == NULL ? rule->id : "");
  set_text (self->name, rn_names_get (rule->names, NULL));
  show_select (self);
  gtk_text_buffer_set_text (self->guidance_text, guidance != NULL ? guidance : "", -1);
  gtk_switch_set_active (GTK_SWITCH (self->enabled), rule->enabled);
  gtk_switch_set_active (GTK_SWITCH (self->latch), rule->latch);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->no_data), rule->no_data);
  rn_rule_field_set (self->hold, rule->hold_max_us / 1e6);
  rn_rule_field_set (self->escalate, rule->escalate_us / 1e6);
  rn_rule_field_set (self->nag, rule->nag_us / 1e6);
  rn_rule_tiers_set_rule (RN_RULE_TIERS (self->tiers), rule);
  rn_rule_guards_set_rule (RN_RULE_GUARDS (self->guards), rule);
  rn_rule_places_set_rule (RN_RULE_PLACES (self->places), rule);
  rn_rule_schedule_set_rule (RN_RULE_SCHEDULE (self->schedule), rule);
  show_before (self);
  self->filling = FALSE;
}

/* ---- object -------------------------------------------------------------------------------- */

static void
rn_rule_editor_dispose (GObject *object)
{
  RnRuleEditor *self = RN_RULE_EDITOR (object);

  g_clear_object (&self->seat);
  g_clear_pointer (&self->rule, rn_rule_unref);
  g_clear_pointer (&self->tried, rn_rule_unref);
  G_OBJECT_CLASS (rn_rule_editor_parent_class)->dispose (object);
}

#define BIND(member) gtk_widget_class_bind_template_child (widget_class, RnRuleEditor, member)

static void
rn_rule_editor_class_init (RnRuleEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rn_rule_editor_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-rule-editor.ui");
  BIND (save);
  BIND (origin_slot);
  BIND (select);
  BIND (places_slot);
  BIND (schedule_slot);
  BIND (outlook_slot);
  BIND (rule_group);
  BIND (name);
  BIND (enabled);
  BIND (enabled_row);
  BIND (tiers_slot);
  BIND (guards_slot);
  BIND (no_data);
  BIND (hold_row);
  BIND (escalate_row);
  BIND (nag_row);
  BIND (latch);
  BIND (guidance_text);
  BIND (before);
  BIND (reason);
  BIND (revert);
  BIND (problem);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, revert_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
add_field (RnRuleEditor *self, GtkWidget *row)
{
  GtkWidget *field = rn_rule_field_new (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), field);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), field);
  g_signal_connect_object (field, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return field;
}

static GtkWidget *
add_part (RnRuleEditor *self, GtkWidget *slot, GtkWidget *part)
{
  adw_bin_set_child (ADW_BIN (slot), part);
  g_signal_connect_object (part, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return part;
}

static void
rn_rule_editor_init (RnRuleEditor *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->tiers = add_part (self, self->tiers_slot, rn_rule_tiers_new ());
  self->guards = add_part (self, self->guards_slot, rn_rule_guards_new ());
  self->places = add_part (self, self->places_slot, rn_rule_places_new ());
  self->schedule = add_part (self, self->schedule_slot, rn_rule_schedule_new ());
  self->hold = add_field (self, self->hold_row);
  self->escalate = add_field (self, self->escalate_row);
  self->nag = add_field (self, self->nag_row);
}

static RnRuleEditor *
editor_new (GtkWindow *parent, RnSeat *seat, const char *title)
{
  RnRuleEditor *self = g_object_new (RN_TYPE_RULE_EDITOR, "transient-for", parent, "modal", TRUE,
                                     "title", title, NULL);

  self->seat = g_object_ref (seat);
  self->outlook = rn_rule_outlook_new (seat);
  adw_bin_set_child (ADW_BIN (self->outlook_slot), self->outlook);
  return self;
}

GtkWindow *
rn_rule_editor_new (GtkWindow *parent, RnSeat *seat, const RnRule *rule)
{
  RnRuleEditor *self = editor_new (parent, seat, rn_rule_title (rule));

  self->rule = rn_rule_ref (rule);
  fill (self);
  changed_cb (self);
  return GTK_WINDOW (self);
}

/* Another beginning takes all fields but the reason. */
static void
chosen_cb (RnRuleEditor *self)
{
  g_clear_pointer (&self->rule, rn_rule_unref);
  self->rule = rn_rule_origin_make_rule (RN_RULE_ORIGIN (self->origin));
  fill (self);
  changed_cb (self);
}

GtkWindow *
rn_rule_editor_new_for_new (GtkWindow *parent, RnSeat *seat)
{
  RnRuleEditor *self = editor_new (parent, seat, _("New Rule"));

  self->origin = add_part (self, self->origin_slot, rn_rule_origin_new (seat));
  gtk_widget_set_visible (self->origin_slot, TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reason), _("Reason for the rule"));
  g_signal_connect_object (self->origin, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  chosen_cb (self);
  return GTK_WINDOW (self);
}
