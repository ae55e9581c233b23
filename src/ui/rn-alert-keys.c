/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of keys, and the few acts that need no form. What cannot be done the desk says itself, by
 * its signal "refused". Main thread. */
#include "ui/rn-alert-keys.h"

static const struct {
  guint key;
  GdkModifierType modifiers;
  const char *action;
} keys[] = {
  { GDK_KEY_space, 0, "win.alert-acknowledge" },
  { GDK_KEY_space, GDK_SHIFT_MASK, "win.alert-unacknowledge" },
  { GDK_KEY_m, 0, "win.alert-note" },
  { GDK_KEY_o, 0, "win.alert-take" },
  { GDK_KEY_s, 0, "win.alert-shelve" },
  { GDK_KEY_s, GDK_SHIFT_MASK, "win.alert-shelf" },
  { GDK_KEY_t, 0, "win.alert-timeline" },
  { GDK_KEY_g, 0, "win.alert-go-to" },
  { GDK_KEY_F4, 0, "win.alert-next" },
  { GDK_KEY_F4, GDK_SHIFT_MASK, "win.alert-previous" },
  { GDK_KEY_F6, 0, "win.area-panel" },
};

void
rn_alert_keys_bind (GtkWidgetClass *window_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (window_class, keys[i].key, keys[i].modifiers,
                                         keys[i].action, NULL);
}

static gboolean
act_cb (GtkWidget *list, GVariant *arguments, gpointer data)
{
  const char *action;

  g_variant_get (arguments, "(&s)", &action);
  return gtk_widget_activate_action (list, action, NULL);
}

void
rn_alert_keys_add_to_list (GtkWidget *list)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].key == GDK_KEY_space)
      gtk_shortcut_controller_add_shortcut (
          GTK_SHORTCUT_CONTROLLER (controller),
          gtk_shortcut_new_with_arguments (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                                           gtk_callback_action_new (act_cb, NULL, NULL), "(s)",
                                           keys[i].action));
  gtk_widget_add_controller (list, controller);
}

gboolean
rn_alert_keys_apply (GtkWidget *window)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  return focus == NULL || gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) == NULL;
}

void
rn_alert_keys_acknowledge (RnSeat *seat)
{
  const RnAlert *alert = rn_seat_find_alert (seat);

  if (alert != NULL && !alert->acknowledged)
    rn_alert_desk_acknowledge (rn_seat_get_desk (seat), alert->key);
}

void
rn_alert_keys_unacknowledge (RnSeat *seat)
{
  const RnAlert *alert = rn_seat_find_alert (seat);

  if (alert != NULL && alert->acknowledged)
    rn_alert_desk_unacknowledge (rn_seat_get_desk (seat), alert->key);
}

void
rn_alert_keys_take (RnSeat *seat)
{
  const RnAlert *alert = rn_seat_find_alert (seat);
  RnAlertDesk *desk = rn_seat_get_desk (seat);
  const char *person = rn_alert_desk_get_person (desk);

  if (alert != NULL)
    rn_alert_desk_set_owner (desk, alert->key,
                             g_strcmp0 (alert->owner, person) == 0 ? NULL : person);
}

gboolean
rn_alert_keys_put_back (RnSeat *seat)
{
  const RnAlert *alert = rn_seat_find_alert (seat);

  if (alert == NULL)
    return FALSE;
  if (alert->shelved)
    return rn_alert_desk_unshelve (rn_seat_get_desk (seat), alert->key);
  if (alert->out_of_service)
    return rn_alert_desk_set_out_of_service (rn_seat_get_desk (seat), alert->key, FALSE, NULL);
  return FALSE;
}
