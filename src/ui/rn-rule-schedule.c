/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No line: always. A line without days: every day. Until before from: over midnight, which belongs
 * to the day on which it begins. Main thread. */
#include "ui/rn-rule-schedule.h"

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-rule-lines.h"

#define MINUTES_A_DAY 1440
#define N_DAYS 7

typedef struct {
  GtkWidget *days[N_DAYS], *from, *until;
} Line;

struct _RnRuleSchedule {
  GtkWidget parent_instance;
  GtkWidget *box, *always, *lines; /* of Line */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RnRuleSchedule, rn_rule_schedule, GTK_TYPE_WIDGET)

static guint changed_signal;

static void
changed_cb (RnRuleSchedule *self)
{
  gtk_widget_set_visible (self->always, rn_rule_lines_get_n (RN_RULE_LINES (self->lines)) == 0);
  if (!self->filling)
    g_signal_emit (self, changed_signal, 0);
}

/* ---- a line -------------------------------------------------------------------------------- */

static GtkWidget *
create_day (RnRuleSchedule *self, guint day, gboolean on)
{
  static const char *const words[N_DAYS] = { NC_ ("day", "Mo"), NC_ ("day", "Tu"),
                                             NC_ ("day", "We"), NC_ ("day", "Th"),
                                             NC_ ("day", "Fr"), NC_ ("day", "Sa"),
                                             NC_ ("day", "Su") };
  static const char *const names[N_DAYS] = { N_("Monday"),   N_("Tuesday"), N_("Wednesday"),
                                             N_("Thursday"), N_("Friday"),  N_("Saturday"),
                                             N_("Sunday") };
  GtkWidget *button =
      gtk_toggle_button_new_with_label (g_dpgettext2 (GETTEXT_PACKAGE, "day", words[day]));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), on);
  rn_compat_set_tooltip (button, _ (names[day]));
  g_signal_connect_object (button, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
add_time (RnRuleSchedule *self, GtkWidget *box, const char *title, int minute)
{
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *name = g_strdup_printf (_("Hours: %s"), title);
  g_autofree char *text = rn_rule_minute_dup_text (minute);

  gtk_widget_add_css_class (label, "rn-label");
  gtk_widget_add_css_class (entry, "numeric");
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 5);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  rn_compat_set_name (entry, name);
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  return entry;
}

static const Line *
add_line (RnRuleSchedule *self, const RnRuleHours *hours)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *days = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  Line *line = g_new (Line, 1);

  gtk_widget_add_css_class (days, "linked");
  gtk_widget_set_valign (days, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (days, TRUE);
  for (guint day = 0; day < N_DAYS; day++)
    {
      line->days[day] = create_day (self, day, (hours->weekdays & (2u << day)) != 0);
      gtk_box_append (GTK_BOX (days), line->days[day]);
    }
  gtk_box_append (GTK_BOX (box), days);
  line->from = add_time (self, box, _("from"), hours->from_min);
  line->until = add_time (self, box, _("until"), hours->until_min);
  rn_rule_lines_append (RN_RULE_LINES (self->lines), box, line);
  return line;
}

static void
add_cb (RnRuleSchedule *self)
{
  const RnRuleHours all_day = { 0, 0, MINUTES_A_DAY };

  gtk_widget_grab_focus (add_line (self, &all_day)->days[0]);
  changed_cb (self);
}

/* ---- in and out ---------------------------------------------------------------------------- */

void
rn_rule_schedule_set_rule (RnRuleSchedule *self, const RnRule *rule)
{
  self->filling = TRUE;
  rn_rule_lines_clear (RN_RULE_LINES (self->lines));
  for (guint i = 0; i < rule->n_hours; i++)
    add_line (self, &rule->hours[i]);
  changed_cb (self);
  self->filling = FALSE;
}

/* Nothing typed: as the file has it without the member. */
static gboolean
get_minute (GtkWidget *entry, int empty, int max, int *minute)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  *minute = *text != '\0' ? rn_rule_minute_from_text (text) : empty;
  rn_compat_set_class (entry, "error", *minute < 0 || *minute > max);
  return *minute >= 0 && *minute <= max;
}

gboolean
rn_rule_schedule_fill (RnRuleSchedule *self, RnRule *rule)
{
  gboolean good = TRUE;

  g_free (rule->hours);
  rule->n_hours = rn_rule_lines_get_n (RN_RULE_LINES (self->lines));
  rule->hours = g_new0 (RnRuleHours, rule->n_hours);
  for (guint i = 0; i < rule->n_hours; i++)
    {
      const Line *line = rn_rule_lines_nth (RN_RULE_LINES (self->lines), i);
      RnRuleHours *hours = &rule->hours[i];

      for (guint day = 0; day < N_DAYS; day++)
        if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (line->days[day])))
          hours->weekdays |= 2u << day;
      good = get_minute (line->from, 0, MINUTES_A_DAY - 1, &hours->from_min) && good;
      good = get_minute (line->until, MINUTES_A_DAY, MINUTES_A_DAY, &hours->until_min) && good;
    }
  if (!good)
    rn_rule_schedule_set_problem (self, _("is not a time of the day like 06:30"));
  return good;
}

void
rn_rule_schedule_set_problem (RnRuleSchedule *self, const char *text)
{
  rn_rule_lines_set_problem (RN_RULE_LINES (self->lines), text);
}

/* ---- object -------------------------------------------------------------------------------- */

static void
rn_rule_schedule_dispose (GObject *object)
{
  g_clear_pointer (&RN_RULE_SCHEDULE (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_rule_schedule_parent_class)->dispose (object);
}

static void
rn_rule_schedule_class_init (RnRuleScheduleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_rule_schedule_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  changed_signal = g_signal_new ("changed", RN_TYPE_RULE_SCHEDULE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
rn_rule_schedule_init (RnRuleSchedule *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->always = gtk_label_new (_("Always"));
  self->lines = rn_rule_lines_new (_("_Add Hours"), _("Remove the hours"));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_label_set_xalign (GTK_LABEL (self->always), 0);
  gtk_box_append (GTK_BOX (self->box), self->always);
  gtk_box_append (GTK_BOX (self->box), self->lines);
  g_signal_connect_object (self->lines, "add", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lines, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
rn_rule_schedule_new (void)
{
  return g_object_new (RN_TYPE_RULE_SCHEDULE, NULL);
}
