/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The present is counted at once, with each frame anew; the past by a worker, a little after the
 * last change, and what was begun for other words is given up. Main thread. */
#include "ui/rn-rule-outlook.h"

#include "alert/rn-rule-text.h"
#include "base/rn-i18n.h"
#include "session/rn-rule-trial.h"
#include "ui/rn-compat.h"
#include "ui/rn-subject-row.h"

#define MAX_WORST 3
#define SETTLE_MS 400
#define ENOUGH_SAMPLES 2
#define WORST_HEIGHT 118 /* two rows: what is edited needs the room more */

struct _RnRuleOutlook {
  GtkWidget parent_instance;
  GtkWidget *box, *now, *past, *frame, *worst;
  RnSeat *seat;
  RnRule *rule; /* NULL: none can be tried */
  GCancellable *running;
  guint settle;
};

G_DEFINE_FINAL_TYPE (RnRuleOutlook, rn_rule_outlook, GTK_TYPE_WIDGET)

static void
set_label (GtkWidget *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (label)), text) != 0)
    gtk_label_set_label (GTK_LABEL (label), text);
}

/* ---- now ----------------------------------------------------------------------------------- */

static void
add_worst (RnRuleOutlook *self, const RnFrame *frame, const RnSubject *subject)
{
  double value = rn_metric_measure (frame, self->rule->metric, self->rule->select, subject->kind,
                                    subject->key, NULL);
  g_autofree char *word = rn_metric_text (self->rule->metric, value);
  GtkWidget *row = rn_subject_row_new (self->seat, subject, NULL, word);

  if (row != NULL)
    gtk_list_box_append (GTK_LIST_BOX (self->worst), row);
}

static void
update_now (RnRuleOutlook *self)
{
  const RnFrame *frame = rn_seat_get_frame (self->seat);
  g_autoptr (GPtrArray) subjects =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_subject_free);
  guint by_tier[RN_N_TIERS] = { 0 };
  g_autofree char *text = NULL;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->worst)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->worst), row);
  if (self->rule != NULL)
    {
      rn_rule_try (self->rule, frame, by_tier, subjects, MAX_WORST);
      text = rn_rule_dup_count_text (self->rule, by_tier);
      for (guint i = 0; i < subjects->len; i++)
        add_worst (self, frame, subjects->pdata[i]);
    }
  else
    text = g_strdup (_("Now: not known while a field is wrong"));
  gtk_widget_set_visible (self->frame, gtk_widget_get_first_child (self->worst) != NULL);
  set_label (self->now, text);
}

static void
worst_cb (RnRuleOutlook *self, GtkListBoxRow *row)
{
  rn_seat_go_to (self->seat, rn_subject_row_get (GTK_WIDGET (row)));
}

/* ---- the past ------------------------------------------------------------------------------ */

/* "In the last 2 h: 3 alerts over 27 sections, the longest 14 min, now 1" */
static char *
dup_past (const RnRule *rule, const RnRuleTrial *trial)
{
  g_autofree char *span = rn_text_age (trial->until_us - trial->from_us);
  g_autofree char *longest = rn_text_age (trial->longest_us);
  g_autofree char *rows = NULL, *sections = NULL;
  GString *text;

  if (trial->n_samples < ENOUGH_SAMPLES)
    return g_strdup (_("The past: nothing is held yet; it is what was measured since the start"));
  text = g_string_new (NULL);
  rows = g_strdup_printf (ngettext ("%u alert", "%u alerts", trial->n_rows), trial->n_rows);
  sections = g_strdup_printf (ngettext ("%u section", "%u sections", trial->n_subjects),
                              trial->n_subjects);
  if (trial->n_rows == 0)
    /* Translators: a span of time */
    g_string_printf (text, _("In the last %s: no alert"), span);
  else
    /* Translators: a span of time, "3 alerts", "27 sections", a length of time, a number */
    g_string_printf (text, _("In the last %s: %s over %s, the longest %s, now %u"), span, rows,
                     sections, longest, trial->n_now);
  if (!rn_rule_trial_has_guards (rule))
    g_string_append (text, _("; some of its conditions are not held and let all pass"));
  return g_string_free (text, FALSE);
}

static void
done_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RnRuleOutlook) self = data;
  RnRuleTrial trial;
  g_autofree char *text = NULL;

  if (!rn_rule_trial_run_finish (RN_SESSION (object), result, &trial, NULL))
    return; /* given up: another one is on its way, or nobody looks any more */
  g_clear_object (&self->running);
  if (self->rule == NULL)
    return;
  text = dup_past (self->rule, &trial);
  set_label (self->past, text);
}

static void
give_up (RnRuleOutlook *self)
{
  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  g_clear_handle_id (&self->settle, g_source_remove);
}

static gboolean
settled_cb (gpointer data)
{
  RnRuleOutlook *self = data;

  self->settle = 0;
  self->running = g_cancellable_new ();
  rn_rule_trial_run_async (rn_seat_get_session (self->seat), self->rule, self->running, done_cb,
                           g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
update_past (RnRuleOutlook *self)
{
  give_up (self);
  gtk_widget_set_visible (self->past, self->rule != NULL);
  if (self->rule == NULL)
    return;
  if (!rn_rule_trial_has_past (self->rule))
    {
      g_autofree char *text = g_strdup_printf (_("The past: no history is held of “%s”"),
                                               rn_metric_title (self->rule->metric));

      set_label (self->past, text);
      return;
    }
  set_label (self->past, _("The past: being tried…"));
  self->settle = g_timeout_add (SETTLE_MS, settled_cb, self);
}

void
rn_rule_outlook_set_rule (RnRuleOutlook *self, const RnRule *rule)
{
  g_clear_pointer (&self->rule, rn_rule_unref);
  self->rule = rule != NULL ? rn_rule_ref (rule) : NULL;
  update_now (self);
  update_past (self);
}

/* ---- object -------------------------------------------------------------------------------- */

static void
rn_rule_outlook_dispose (GObject *object)
{
  RnRuleOutlook *self = RN_RULE_OUTLOOK (object);

  give_up (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->seat);
  g_clear_pointer (&self->rule, rn_rule_unref);
  G_OBJECT_CLASS (rn_rule_outlook_parent_class)->dispose (object);
}

static void
rn_rule_outlook_class_init (RnRuleOutlookClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_rule_outlook_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
add_label (RnRuleOutlook *self, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                                   "xalign", 0.0, "wrap", TRUE, NULL);

  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->box), label);
  return label;
}

static void
rn_rule_outlook_init (RnRuleOutlook *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->now = add_label (self, "rn-strong");
  self->past = add_label (self, "rn-dim");
  self->worst = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->worst), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->worst, "boxed-list");
  rn_compat_set_name (self->worst, _("The worst now"));
  g_signal_connect_object (self->worst, "row-activated", G_CALLBACK (worst_cb), self,
                           G_CONNECT_SWAPPED);
  self->frame = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->frame), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->frame), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->frame), WORST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->frame), self->worst);
  gtk_box_append (GTK_BOX (self->box), self->frame);
}

GtkWidget *
rn_rule_outlook_new (RnSeat *seat)
{
  RnRuleOutlook *self = g_object_new (RN_TYPE_RULE_OUTLOOK, NULL);

  self->seat = g_object_ref (seat);
  g_signal_connect_object (rn_seat_get_session (seat), "changed", G_CALLBACK (update_now), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
