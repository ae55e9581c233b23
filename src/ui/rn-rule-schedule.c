/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No line: always. A line without days: every day. Until before from: over midnight, which belongs
 * to the day on which it begins. Main thread. */
#include "ui/rn-rule-schedule.h"

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"

#define MINUTES_A_DAY 1440
#define N_DAYS 7

typedef struct {
  GtkWidget *box, *days[N_DAYS], *from, *until;
} Line;

struct _RnRuleSchedule {
  GtkWidget parent_instance;
  GtkWidget *box, *list, *add, *problem, *always;
  GArray *lines; /* Line */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RnRuleSchedule, rn_rule_schedule, GTK_TYPE_WIDGET)

static guint changed_signal;

static void
changed_cb (RnRuleSchedule *self)
{
  gtk_widget_set_visible (self->always, self->lines->len == 0);
  if (!self->filling)
    g_signal_emit (self, changed_signal, 0);
}

static void
remove_cb (GtkButton *button, RnRuleSchedule *self)
{
  GtkWidget *box = gtk_widget_get_parent (GTK_WIDGET (button));

  for (guint i = 0; i < self->lines->len; i++)
    if (g_array_index (self->lines, Line, i).box == box)
      {
        gtk_widget_grab_focus (self->add);
        gtk_box_remove (GTK_BOX (self->list), box);
        g_array_remove_index (self->lines, i);
        break;
      }
  changed_cb (self);
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

static void
add_line (RnRuleSchedule *self, const RnRuleHours *hours)
{
  Line line = { gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8) };
  GtkWidget *days = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_add_css_class (days, "linked");
  gtk_widget_set_valign (days, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (days, TRUE);
  for (guint day = 0; day < N_DAYS; day++)
    {
      line.days[day] = create_day (self, day, (hours->weekdays & (2u << day)) != 0);
      gtk_box_append (GTK_BOX (days), line.days[day]);
    }
  gtk_box_append (GTK_BOX (line.box), days);
  line.from = add_time (self, line.box, _("from"), hours->from_min);
  line.until = add_time (self, line.box, _("until"), hours->until_min);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  rn_compat_set_tooltip (remove, _("Remove the hours"));
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), self, 0);
  gtk_box_append (GTK_BOX (line.box), remove);
  gtk_box_append (GTK_BOX (self->list), line.box);
  g_array_append_val (self->lines, line);
}

static void
add_cb (RnRuleSchedule *self)
{
  const RnRuleHours all_day = { 0, 0, MINUTES_A_DAY };

  add_line (self, &all_day);
  gtk_widget_grab_focus (g_array_index (self->lines, Line, self->lines->len - 1).days[0]);
  changed_cb (self);
}

/* ---- in and out ---------------------------------------------------------------------------- */

void
rn_rule_schedule_set_rule (RnRuleSchedule *self, const RnRule *rule)
{
  self->filling = TRUE;
  for (guint i = 0; i < self->lines->len; i++)
    gtk_box_remove (GTK_BOX (self->list), g_array_index (self->lines, Line, i).box);
  g_array_set_size (self->lines, 0);
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
  rule->n_hours = self->lines->len;
  rule->hours = g_new0 (RnRuleHours, rule->n_hours);
  for (guint i = 0; i < rule->n_hours; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);
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
  gtk_label_set_label (GTK_LABEL (self->problem), text != NULL ? text : "");
  gtk_widget_set_visible (self->problem, text != NULL);
}

/* ---- object -------------------------------------------------------------------------------- */

static void
rn_rule_schedule_dispose (GObject *object)
{
  g_clear_pointer (&RN_RULE_SCHEDULE (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_rule_schedule_parent_class)->dispose (object);
}

static void
rn_rule_schedule_finalize (GObject *object)
{
  g_array_unref (RN_RULE_SCHEDULE (object)->lines);
  G_OBJECT_CLASS (rn_rule_schedule_parent_class)->finalize (object);
}

static void
rn_rule_schedule_class_init (RnRuleScheduleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_rule_schedule_dispose;
  G_OBJECT_CLASS (klass)->finalize = rn_rule_schedule_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  changed_signal = g_signal_new ("changed", RN_TYPE_RULE_SCHEDULE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
rn_rule_schedule_init (RnRuleSchedule *self)
{
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->always = gtk_label_new (_("Always"));
  self->problem = gtk_label_new (NULL);
  self->add = gtk_button_new_with_mnemonic (_("_Add Hours"));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_label_set_xalign (GTK_LABEL (self->always), 0);
  gtk_box_append (GTK_BOX (self->box), self->always);
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_widget_add_css_class (self->problem, "rn-error");
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->problem);
  gtk_widget_set_halign (self->add, GTK_ALIGN_START);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->add);
}

GtkWidget *
rn_rule_schedule_new (void)
{
  return g_object_new (RN_TYPE_RULE_SCHEDULE, NULL);
}
