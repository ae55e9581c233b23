/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Owned by the application, which outlives it. Main thread. */
#include "ui/rn-alert-service.h"

#include "base/rn-i18n.h"
#include "ui/rn-alarm.h"
#include "ui/rn-alert-figures-page.h"
#include "ui/rn-notifier.h"
#include "ui/rn-operator.h"

struct _RnAlertService {
  GObject parent_instance;
  GtkApplication *application; /* borrowed: it owns this */
  RnSession *session;
  RnAlarm *alarm;
  RnNotifier *notifier; /* NULL when silent */
  RnWindow *window;     /* weak */
  GtkWindow *figures;   /* weak */
};

G_DEFINE_FINAL_TYPE (RnAlertService, rn_alert_service, G_TYPE_OBJECT)

static RnAlertDesk *
get_desk (RnAlertService *self)
{
  return rn_session_get_alert_desk (self->session);
}

/* ---- actions --------------------------------------------------------------------------------- */

static void
acknowledge_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  rn_alert_desk_acknowledge (get_desk (data), g_variant_get_string (parameter, NULL));
}

static void
show_alerts_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RnAlertService *self = data;

  if (self->window == NULL)
    return;
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.tab", "i", 1);
}

static void
show_alert_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RnAlertService *self = data;
  const RnAlert *alert =
      rn_alert_desk_find (get_desk (self), g_variant_get_string (parameter, NULL));

  show_alerts_cb (action, NULL, self);
  if (self->window != NULL && alert != NULL)
    rn_seat_go_to (rn_window_get_seat (self->window), alert->subject);
}

static void
figures_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RnAlertService *self = data;

  if (self->window == NULL)
    return;
  if (self->figures == NULL)
    {
      g_set_weak_pointer (&self->figures,
                          rn_alert_figures_page_new (GTK_WINDOW (self->window), self->session));
      gtk_window_set_application (self->figures, self->application);
    }
  gtk_window_present (self->figures);
}

static void
add_actions (RnAlertService *self)
{
  static const GActionEntry entries[] = {
    { "acknowledge", acknowledge_cb, "s" },
    { "show-alert", show_alert_cb, "s" },
    { "show-alerts", show_alerts_cb },
    { "alert-figures", figures_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->application), entries,
                                   G_N_ELEMENTS (entries), self);
}

/* ---- object ---------------------------------------------------------------------------------- */

static void
rn_alert_service_dispose (GObject *object)
{
  RnAlertService *self = RN_ALERT_SERVICE (object);

  g_clear_object (&self->alarm);
  g_clear_object (&self->notifier);
  g_clear_object (&self->session);
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->figures);
  G_OBJECT_CLASS (rn_alert_service_parent_class)->dispose (object);
}

static void
rn_alert_service_class_init (RnAlertServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_alert_service_dispose;
}

static void
rn_alert_service_init (RnAlertService *self)
{
}

RnAlertService *
rn_alert_service_new (GtkApplication *application, RnSession *session, gboolean silent)
{
  RnAlertService *self = g_object_new (RN_TYPE_ALERT_SERVICE, NULL);
  RnClock *clock = rn_session_get_clock (session);
  g_autoptr (RnSound) sound = silent ? NULL : rn_sound_new (clock);

  self->application = application;
  self->session = g_object_ref (session);
  self->alarm = rn_alarm_new (get_desk (self), clock, sound);
  if (sound != NULL)
    rn_sound_watch (sound);
  if (!silent)
    self->notifier = rn_notifier_new (G_APPLICATION (application), session);
  rn_operator_follow (get_desk (self));
  add_actions (self);
  return self;
}

void
rn_alert_service_set_window (RnAlertService *self, RnWindow *window)
{
  g_set_weak_pointer (&self->window, window);
  rn_window_set_alarm (window, self->alarm);
}

void
rn_alert_service_end (RnAlertService *self)
{
  if (self->notifier != NULL)
    rn_notifier_withdraw_all (self->notifier);
}
