/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Buttons that are actions of the window where a key does the same. One of them is suggested. Main
 * thread. */
#include "ui/rn-alert-actions.h"

#include "base/rn-i18n.h"
#include "ui/rn-alert-detail.h"
#include "ui/rn-compat.h"
#include "ui/rn-wrap-layout.h"

#define GAP_PX 6

struct _RnAlertActions {
  GtkWidget parent_instance;
  RnSeat *seat;
  char *key; /* of the alert; NULL none */
  GtkWidget *box, *buttons, *detail;
  GtkWidget *acknowledge, *unacknowledge, *put_back, *note, *take, *take_label, *shelve, *incident,
      *out;
  GtkWidget *form[3];
};

G_DEFINE_FINAL_TYPE (RnAlertActions, rn_alert_actions, GTK_TYPE_WIDGET)

/* ---- acts ------------------------------------------------------------------------------------ */

static void
put_back_cb (RnAlertActions *self)
{
  rn_alert_desk_unshelve (rn_seat_get_desk (self->seat), self->key);
}

static void
out_cb (RnAlertActions *self)
{
  const RnAlert *alert = rn_alert_desk_find (rn_seat_get_desk (self->seat), self->key);

  if (alert != NULL && alert->out_of_service)
    rn_alert_desk_set_out_of_service (rn_seat_get_desk (self->seat), self->key, FALSE, NULL);
  else
    rn_alert_actions_open (self, RN_ALERT_FORM_OUT_OF_SERVICE);
}

static void
incident_cb (RnAlertActions *self)
{
  const RnAlert *alert = rn_alert_desk_find (rn_seat_get_desk (self->seat), self->key);
  g_autoptr (RnSubject) subject =
      alert != NULL && alert->subject != NULL ? rn_subject_copy (alert->subject) : NULL;

  if (subject != NULL)
    rn_seat_select (self->seat, subject);
}

void
rn_alert_actions_open (RnAlertActions *self, RnAlertForm form)
{
  g_return_if_fail (RN_IS_ALERT_ACTIONS (self));
  if (self->key != NULL)
    rn_alert_popover_open (RN_ALERT_POPOVER (self->form[form]),
                           form == RN_ALERT_FORM_NOTE     ? self->note
                           : form == RN_ALERT_FORM_SHELVE ? self->shelve
                                                          : self->out,
                           self->key);
}

void
rn_alert_actions_toggle_timeline (RnAlertActions *self)
{
  g_return_if_fail (RN_IS_ALERT_ACTIONS (self));
  rn_alert_detail_toggle_timeline (RN_ALERT_DETAIL (self->detail));
}

/* ---- showing --------------------------------------------------------------------------------- */

/* The section that is shown for them has such a button of its own. */
static gboolean
has_other_page (const RnAlertContext *context, const RnAlert *alert)
{
  return alert->subject != NULL
         && (alert->subject->kind == RN_SUBJECT_INCIDENT || alert->subject->kind == RN_SUBJECT_WORK)
         && rn_alert_text_section (context, alert) == RN_NONE;
}

static void
set_label (GtkWidget *button, const char *label)
{
  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0)
    return;
  gtk_button_set_label (GTK_BUTTON (button), label);
  rn_compat_set_name (button, label);
}

static void
show_incident (RnAlertActions *self, const RnAlertContext *context, const RnAlert *alert)
{
  gboolean shown = has_other_page (context, alert) && rn_seat_get_alert (self->seat) != NULL;

  gtk_widget_set_visible (self->incident, shown);
  if (!shown)
    return;
  set_label (self->incident,
             alert->subject->kind == RN_SUBJECT_INCIDENT ? _("Open incident") : _("Open works"));
}

void
rn_alert_actions_show (RnAlertActions *self, const RnAlertContext *context, const RnAlert *alert)
{
  gboolean mine = alert != NULL && g_strcmp0 (alert->owner, context->sheet->person) == 0;

  g_return_if_fail (RN_IS_ALERT_ACTIONS (self));
  gtk_widget_set_visible (GTK_WIDGET (self), alert != NULL);
  g_free (self->key);
  self->key = alert != NULL ? g_strdup (alert->key) : NULL;
  if (alert == NULL)
    return;
  gtk_widget_set_visible (self->acknowledge, !alert->acknowledged);
  rn_compat_set_class (self->acknowledge, "suggested-action", rn_alert_asks (alert));
  gtk_widget_set_visible (self->unacknowledge, alert->acknowledged);
  gtk_widget_set_visible (self->shelve, !alert->shelved);
  gtk_widget_set_visible (self->put_back, alert->shelved);
  gtk_label_set_text (GTK_LABEL (self->take_label), mine ? _("Give up") : _("Take"));
  rn_compat_set_name (self->take, mine ? _("Give up") : _("Take"));
  set_label (self->out, alert->out_of_service ? _("Back into service") : _("Out of service…"));
  show_incident (self, context, alert);
  rn_alert_detail_show (RN_ALERT_DETAIL (self->detail), context, alert);
}

/* ---- life ------------------------------------------------------------------------------------ */

static void
rn_alert_actions_dispose (GObject *object)
{
  RnAlertActions *self = RN_ALERT_ACTIONS (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->form); i++)
    g_clear_pointer (&self->form[i], gtk_widget_unparent);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->seat);
  g_clear_pointer (&self->key, g_free);
  G_OBJECT_CLASS (rn_alert_actions_parent_class)->dispose (object);
}

static void
rn_alert_actions_class_init (RnAlertActionsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = rn_alert_actions_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
rn_alert_actions_init (RnAlertActions *self)
{
}

/* A button that is an action of the window, with its key beside the word or in the tooltip. */
static GtkWidget *
add_action (RnAlertActions *self, const char *label, const char *key, gboolean with_key,
            const char *action, GtkWidget **label_out)
{
  g_autofree char *tooltip = g_strdup_printf (_("%s (%s)"), label, key);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *word = gtk_label_new (label);

  gtk_box_append (GTK_BOX (content), word);
  if (with_key)
    {
      GtkWidget *cap = gtk_label_new (key);

      gtk_widget_add_css_class (cap, "rn-key");
      gtk_widget_set_valign (cap, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (content), cap);
    }
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "rn-small");
  gtk_widget_set_tooltip_text (button, tooltip);
  rn_compat_set_name (button, label);
  gtk_box_append (GTK_BOX (self->buttons), button);
  if (label_out != NULL)
    *label_out = word;
  return button;
}

static GtkWidget *
add_button (RnAlertActions *self, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "rn-small");
  rn_compat_set_name (button, label);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (self->buttons), button);
  return button;
}

static void
add_buttons (RnAlertActions *self)
{
  self->acknowledge = add_action (self, _("Acknowledge"), C_ ("key", "Space"), TRUE,
                                  "win.alert-acknowledge", NULL);
  self->unacknowledge = add_action (self, _("Un-acknowledge"), C_ ("key", "Shift+Space"), FALSE,
                                    "win.alert-unacknowledge", NULL);
  self->note = add_action (self, _("Note…"), "M", FALSE, "win.alert-note", NULL);
  self->take = add_action (self, _("Take"), "O", FALSE, "win.alert-take", &self->take_label);
  self->shelve = add_action (self, _("Shelve…"), "S", FALSE, "win.alert-shelve", NULL);
  self->put_back = add_button (self, _("Back from the shelf"), G_CALLBACK (put_back_cb));
  self->incident = add_button (self, _("Open incident"), G_CALLBACK (incident_cb));
  self->out = add_button (self, _("Out of service…"), G_CALLBACK (out_cb));
}

GtkWidget *
rn_alert_actions_new (RnSeat *seat)
{
  RnAlertActions *self = g_object_new (RN_TYPE_ALERT_ACTIONS, NULL);

  self->seat = g_object_ref (seat);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP_PX);
  gtk_widget_set_layout_manager (self->buttons, rn_wrap_layout_new (GAP_PX));
  gtk_widget_add_css_class (self->buttons, "rn-actions");
  add_buttons (self);
  self->detail = rn_alert_detail_new (seat);
  gtk_box_append (GTK_BOX (self->box), self->buttons);
  gtk_box_append (GTK_BOX (self->box), self->detail);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  for (RnAlertForm form = RN_ALERT_FORM_NOTE; form <= RN_ALERT_FORM_OUT_OF_SERVICE; form++)
    self->form[form] = rn_alert_popover_new (seat, GTK_WIDGET (self), form);
  return GTK_WIDGET (self);
}
