/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown is a set of keys, held against the desk at each of its changes. Main thread. */
#include "ui/rn-notifier.h"

#include <gtk/gtk.h>

#include "base/rn-i18n.h"
#include "ui/rn-settings.h"

#define SUMMARY_ID "more"
#define SUMMARY_AFTER_US (1 * RN_SECOND) /* so that a burst makes one of it, not a hundred */

typedef enum { NOTICES_UNFOCUSED, NOTICES_ALWAYS, NOTICES_NEVER } Notices;

struct _RnNotifier {
  GObject parent_instance;
  GApplication *application; /* borrowed: it owns this */
  RnSession *session;
  GHashTable *told;                   /* keys with a notification of their own */
  GHashTable *more;                   /* keys counted in the summary */
  gint64 burst_us[RN_NOTIFIER_BURST]; /* when the last single ones were sent, monotonic */
  guint n_sent;
  guint summary_timer;
};

G_DEFINE_FINAL_TYPE (RnNotifier, rn_notifier, G_TYPE_OBJECT)

static RnAlertDesk *
get_desk (RnNotifier *self)
{
  return rn_session_get_alert_desk (self->session);
}

static GNotificationPriority
priority_of (int tier)
{
  static const GNotificationPriority priorities[RN_N_TIERS] = {
    G_NOTIFICATION_PRIORITY_NORMAL, G_NOTIFICATION_PRIORITY_URGENT, G_NOTIFICATION_PRIORITY_HIGH,
    G_NOTIFICATION_PRIORITY_NORMAL, G_NOTIFICATION_PRIORITY_LOW,
  };

  return priorities[tier];
}

/* ---- single ones ----------------------------------------------------------------------------- */

static char *
dup_title (RnNotifier *self, const RnAlert *alert)
{
  const RnRule *rule = rn_rule_set_find (rn_alert_desk_get_rules (get_desk (self)), alert->rule);

  return g_strdup_printf (_("Tier %s: %s"), rn_tier_word (rn_alert_shown_tier (alert)),
                          rule != NULL ? rn_rule_title (rule) : alert->rule);
}

static void
send_single (RnNotifier *self, const RnAlert *alert)
{
  g_autofree char *title = dup_title (self, alert);
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, alert->subject->key);
  g_notification_set_priority (notification, priority_of (rn_alert_shown_tier (alert)));
  g_notification_set_default_action_and_target (notification, "app.show-alert", "s", alert->key);
  g_notification_add_button_with_target (notification, _("Acknowledge"), "app.acknowledge", "s",
                                         alert->key);
  g_application_send_notification (self->application, alert->key, notification);
  g_hash_table_add (self->told, g_strdup (alert->key));
}

/* ---- the summary ----------------------------------------------------------------------------- */

static gboolean
summary_cb (gpointer data)
{
  RnNotifier *self = data;
  guint n = g_hash_table_size (self->more);
  g_autofree char *title = NULL;
  g_autoptr (GNotification) notification = NULL;

  self->summary_timer = 0;
  if (n == 0)
    return G_SOURCE_REMOVE;
  title = g_strdup_printf (
      ngettext ("%u more alert asks for an answer", "%u more alerts ask for an answer", n), n);
  notification = g_notification_new (title);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_default_action (notification, "app.show-alerts");
  g_application_send_notification (self->application, SUMMARY_ID, notification);
  return G_SOURCE_REMOVE;
}

static void
plan_summary (RnNotifier *self)
{
  if (self->summary_timer == 0)
    self->summary_timer = rn_clock_add_timer (rn_session_get_clock (self->session),
                                              SUMMARY_AFTER_US, summary_cb, self, NULL);
}

/* ---- what rings ------------------------------------------------------------------------------ */

/* Whether the person looks at the window, where the list of alerts is. */
static gboolean
is_looked_at (RnNotifier *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self->application));

  return window != NULL && gtk_window_is_active (window);
}

static gboolean
is_wanted (RnNotifier *self)
{
  switch ((Notices) g_settings_get_enum (rn_settings_get (), "notices"))
    {
    case NOTICES_ALWAYS:
      return TRUE;
    case NOTICES_UNFOCUSED:
      return !is_looked_at (self);
    case NOTICES_NEVER:
    default:
      return FALSE;
    }
}

/* Whether one more fits before a burst is one; counts it. */
static gboolean
take_place (RnNotifier *self)
{
  gint64 now_us = rn_clock_monotonic_us (rn_session_get_clock (self->session));
  gint64 *oldest_us = &self->burst_us[self->n_sent % RN_NOTIFIER_BURST];

  if (rn_alert_desk_is_flood (get_desk (self))
      || (self->n_sent >= RN_NOTIFIER_BURST && now_us - *oldest_us < RN_NOTIFIER_BURST_US))
    return FALSE;
  *oldest_us = now_us;
  self->n_sent++;
  return TRUE;
}

static void
rang_cb (RnNotifier *self, RnAlert *alert, gboolean again)
{
  if (again || !rn_alert_asks (alert) || !is_wanted (self))
    return;
  if (g_hash_table_contains (self->told, alert->key) || take_place (self))
    {
      g_hash_table_remove (self->more, alert->key);
      send_single (self, alert);
      return;
    }
  g_hash_table_add (self->more, g_strdup (alert->key));
  plan_summary (self);
}

static gboolean
asks_no_more (gpointer key, gpointer value, gpointer data)
{
  const RnAlert *alert = rn_alert_desk_find (get_desk (data), key);

  return alert == NULL || !rn_alert_asks (alert);
}

static gboolean
withdraw_answered (gpointer key, gpointer value, gpointer data)
{
  RnNotifier *self = data;

  if (!asks_no_more (key, value, data))
    return FALSE;
  g_application_withdraw_notification (self->application, key);
  return TRUE;
}

static void
desk_changed_cb (RnNotifier *self)
{
  g_hash_table_foreach_remove (self->told, withdraw_answered, self);
  if (g_hash_table_foreach_remove (self->more, asks_no_more, self) == 0)
    return;
  if (g_hash_table_size (self->more) > 0)
    plan_summary (self);
  else
    g_application_withdraw_notification (self->application, SUMMARY_ID);
}

void
rn_notifier_withdraw_all (RnNotifier *self)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_application_withdraw_notification (self->application, key);
  g_hash_table_remove_all (self->told);
  if (g_hash_table_size (self->more) > 0)
    g_application_withdraw_notification (self->application, SUMMARY_ID);
  g_hash_table_remove_all (self->more);
}

/* ---- object ---------------------------------------------------------------------------------- */

static void
rn_notifier_dispose (GObject *object)
{
  RnNotifier *self = RN_NOTIFIER (object);

  if (self->session != NULL)
    rn_clock_clear_timer (rn_session_get_clock (self->session), &self->summary_timer);
  g_clear_object (&self->session);
  g_clear_pointer (&self->told, g_hash_table_unref);
  g_clear_pointer (&self->more, g_hash_table_unref);
  G_OBJECT_CLASS (rn_notifier_parent_class)->dispose (object);
}

static void
rn_notifier_class_init (RnNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_notifier_dispose;
}

static void
rn_notifier_init (RnNotifier *self)
{
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->more = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

RnNotifier *
rn_notifier_new (GApplication *application, RnSession *session)
{
  RnNotifier *self = g_object_new (RN_TYPE_NOTIFIER, NULL);

  self->application = application;
  self->session = g_object_ref (session);
  g_signal_connect_object (get_desk (self), "rang", G_CALLBACK (rang_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_desk (self), "changed", G_CALLBACK (desk_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}
