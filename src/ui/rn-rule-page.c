/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows are made anew when other rules come in force. Main thread. */
#include "ui/rn-rule-page.h"

#include "alert/rn-rule-text.h"
#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-rule-editor.h"
#include "ui/rn-subject-row.h"

#define MAX_FAULTS 100 /* rows; the rest is counted */

struct _RnRulePage {
  AdwPreferencesPage parent_instance;
  GtkWidget *error, *list, *fault_group, *faults;
  GPtrArray *fault_rows; /* GtkWidget */
  RnSeat *seat;
};

G_DEFINE_FINAL_TYPE (RnRulePage, rn_rule_page, ADW_TYPE_PREFERENCES_PAGE)

static RnAlertDesk *
get_desk (RnRulePage *self)
{
  return rn_session_get_alert_desk (rn_seat_get_session (self->seat));
}

/* ---- rows ---------------------------------------------------------------------------------- */

static void
add_badge (GtkWidget *row, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "rn-badge");
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

/* "Speed ratio III ≤ 0.45 · II ≤ 0.25", and below it "Version 3 · Wang". */
static char *
dup_subtitle (const RnRule *rule)
{
  g_autofree char *tiers = rn_rule_dup_tiers_text (rule);
  g_autofree char *version = g_strdup_printf (_("Version %u"), rule->version);

  return g_strdup_printf ("%s %s\n%s · %s", rn_metric_title (rule->metric), tiers, version,
                          rule->owner != NULL ? rule->owner : RN_DASH);
}

static void
edit_cb (RnRulePage *self, GtkListBoxRow *row)
{
  const char *id = g_object_get_data (G_OBJECT (row), "rn-rule");
  const RnRule *rule = rn_rule_set_find (rn_alert_desk_get_rules (get_desk (self)), id);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  if (rule != NULL)
    gtk_window_present (rn_rule_editor_new (window, self->seat, rule));
}

static void
add_cb (RnRulePage *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (rn_rule_editor_new_for_new (window, self->seat));
}

static GtkWidget *
create_row (const RnRule *rule)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *next = gtk_image_new_from_icon_name ("rn-next-symbolic");
  g_autofree char *subtitle = dup_subtitle (rule);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rn_rule_title (rule));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (!rule->enabled)
    add_badge (row, _("Off"));
  if (rule->local)
    add_badge (row, _("Site"));
  gtk_widget_add_css_class (next, "rn-dim");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), next);
  g_object_set_data_full (G_OBJECT (row), "rn-rule", g_strdup (rule->id), g_free);
  return row;
}

static char *
dup_focus (RnRulePage *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (self->list);

  return child != NULL ? g_strdup (g_object_get_data (G_OBJECT (child), "rn-rule")) : NULL;
}

static void
rebuild (RnRulePage *self)
{
  RnAlertDesk *desk = get_desk (self);
  const RnRuleSet *rules = rn_alert_desk_get_rules (desk);
  const char *error = rn_alert_desk_get_rules_error (desk);
  g_autofree char *focus = dup_focus (self);
  g_autofree char *text =
      error != NULL
          ? g_strdup_printf (_("The site's file is not in force as it lies there; what was good "
                                "before it stays. %s"),
                             error)
          : NULL;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; i < rules->n; i++)
    {
      row = create_row (rules->rules[i]);
      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
      if (g_strcmp0 (focus, rules->rules[i]->id) == 0)
        gtk_widget_grab_focus (row);
    }
  gtk_label_set_label (GTK_LABEL (self->error), text != NULL ? text : "");
  gtk_widget_set_visible (self->error, text != NULL);
}

/* ---- thresholds that cannot be used --------------------------------------------------------- */

/* Where it is, as far as it is in the frame, and below it the threshold and the cause. */
static GtkWidget *
create_fault (RnRulePage *self, const RnThresholdFault *fault)
{
  g_autoptr (RnSubject) subject = rn_subject_new (RN_SUBJECT_SECTION, fault->section);
  GtkWidget *row = rn_subject_row_new (self->seat, subject, fault->what, NULL);

  if (row != NULL)
    return row;
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), fault->section);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), fault->what);
  return row;
}

static void
add_fault_row (RnRulePage *self, GtkWidget *row)
{
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->faults), row);
  g_ptr_array_add (self->fault_rows, row);
}

static void
show_faults (RnRulePage *self)
{
  const RnThresholdFaults *faults = rn_alert_desk_get_threshold_faults (get_desk (self));
  guint n = faults != NULL ? faults->n : 0, n_shown = 0;
  g_autofree char *title =
      g_strdup_printf (ngettext ("%u threshold of a section cannot be used",
                                 "%u thresholds of sections cannot be used", n),
                       n);

  for (guint i = 0; i < self->fault_rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self->faults), self->fault_rows->pdata[i]);
  g_ptr_array_set_size (self->fault_rows, 0);
  for (; n_shown < MIN (n, MAX_FAULTS); n_shown++)
    add_fault_row (self, create_fault (self, &faults->faults[n_shown]));
  if (n > n_shown)
    {
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *more = g_strdup_printf (_("and %u more"), n - n_shown);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), more);
      add_fault_row (self, row);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->faults), title);
  gtk_widget_set_visible (self->fault_group, n > 0);
}

/* ---- object -------------------------------------------------------------------------------- */

static void
rn_rule_page_dispose (GObject *object)
{
  g_clear_object (&RN_RULE_PAGE (object)->seat);
  g_clear_pointer (&RN_RULE_PAGE (object)->fault_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (rn_rule_page_parent_class)->dispose (object);
}

static void
rn_rule_page_class_init (RnRulePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rn_rule_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-rule-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RnRulePage, error);
  gtk_widget_class_bind_template_child (widget_class, RnRulePage, list);
  gtk_widget_class_bind_template_child (widget_class, RnRulePage, fault_group);
  gtk_widget_class_bind_template_child (widget_class, RnRulePage, faults);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
rn_rule_page_init (RnRulePage *self)
{
  self->fault_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rn_rule_page_set_seat (RnRulePage *self, RnSeat *seat)
{
  g_return_if_fail (self->seat == NULL);
  self->seat = g_object_ref (seat);
  g_signal_connect_object (get_desk (self), "rules-changed", G_CALLBACK (rebuild), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_desk (self), "faults-changed", G_CALLBACK (show_faults), self,
                           G_CONNECT_SWAPPED);
  rebuild (self);
  show_faults (self);
}
