/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notifications as a desktop gets them: this program is both the seat and, on a connection of its
 * own, the notification service of the private session bus. */
#include <gtk/gtk.h>

#include "../alert/alert-help.h"
#include "ui/rn-notifier.h"
#include "ui/rn-settings.h"

#define S G_GINT64_CONSTANT (1000000)
#define SERVICE "org.freedesktop.Notifications"

static const char interface_xml[] =
    "<node><interface name='" SERVICE "'>"
    "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
    "<method name='GetServerInformation'><arg type='s' direction='out'/>"
    "<arg type='s' direction='out'/><arg type='s' direction='out'/><arg type='s' direction='out'/>"
    "</method>"
    "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>"
    "<arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
    "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
    "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
    "<signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
    "</interface></node>";

/* ---- the desktop's side ---------------------------------------------------------------------- */

typedef struct {
  guint id, replaces;
  char *summary, *acknowledge; /* the latter: the name of its action; NULL none */
  guint urgency;
} Notice;

typedef struct {
  GDBusConnection *bus;
  GPtrArray *notices; /* Notice, as they came */
  GArray *closed;     /* guint */
  guint last_id;
} Desktop;

static void
notice_free (gpointer data)
{
  Notice *notice = data;

  g_free (notice->summary);
  g_free (notice->acknowledge);
  g_free (notice);
}

static guint
take_notice (Desktop *desktop, GVariant *parameters)
{
  Notice *notice = g_new0 (Notice, 1);
  g_autoptr (GVariantIter) actions = NULL;
  g_autoptr (GVariant) hints = NULL;
  const char *action, *label;
  guint8 urgency = 1;

  g_variant_get (parameters, "(&su&ss&sas@a{sv}i)", NULL, &notice->replaces, NULL,
                 &notice->summary, NULL, &actions, &hints, NULL);
  while (g_variant_iter_next (actions, "&s", &action)
         && g_variant_iter_next (actions, "&s", &label))
    if (g_str_equal (label, "Acknowledge"))
      notice->acknowledge = g_strdup (action);
  g_variant_lookup (hints, "urgency", "y", &urgency);
  notice->urgency = urgency;
  notice->id = notice->replaces != 0 ? notice->replaces : ++desktop->last_id;
  g_ptr_array_add (desktop->notices, notice);
  return notice->id;
}

static void
call_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
         const char *method, GVariant *parameters, GDBusMethodInvocation *invocation, gpointer data)
{
  static const char *const capabilities[] = { "actions", "body", NULL };
  Desktop *desktop = data;
  guint id;

  if (g_str_equal (method, "Notify"))
    g_dbus_method_invocation_return_value (
        invocation, g_variant_new ("(u)", take_notice (desktop, parameters)));
  else if (g_str_equal (method, "CloseNotification"))
    {
      g_variant_get (parameters, "(u)", &id);
      g_array_append_val (desktop->closed, id);
      g_dbus_method_invocation_return_value (invocation, NULL);
      g_dbus_connection_emit_signal (bus, NULL, path, SERVICE, "NotificationClosed",
                                     g_variant_new ("(uu)", id, 3), NULL);
    }
  else if (g_str_equal (method, "GetCapabilities"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^as)", capabilities));
  else
    g_dbus_method_invocation_return_value (invocation,
                                           g_variant_new ("(ssss)", "test", "test", "1", "1.2"));
}

static const GDBusInterfaceVTable vtable = { call_cb, NULL, NULL, { 0 } };

static void
desktop_init (Desktop *desktop)
{
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) owned = NULL;

  desktop->bus = g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, NULL);
  g_assert_nonnull (desktop->bus);
  desktop->notices = g_ptr_array_new_with_free_func (notice_free);
  desktop->closed = g_array_new (FALSE, FALSE, sizeof (guint));
  g_assert_cmpuint (g_dbus_connection_register_object (desktop->bus,
                                                       "/org/freedesktop/Notifications",
                                                       node->interfaces[0], &vtable, desktop, NULL,
                                                       NULL),
                    >, 0);
  owned = g_dbus_connection_call_sync (
      desktop->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "RequestName", g_variant_new ("(su)", SERVICE, 4), G_VARIANT_TYPE ("(u)"), 0, -1, NULL, NULL);
  g_assert_nonnull (owned);
}

static gboolean
timed_out_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Half a second in which what is on the way arrives. */
static void
settle (void)
{
  gboolean over = FALSE;

  g_timeout_add (500, timed_out_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* As many notices shown and taken back have come as long as it takes, and no more. */
static void
settle_at (Desktop *desktop, guint n_notices, guint n_closed)
{
  while (desktop->notices->len < n_notices || desktop->closed->len < n_closed)
    g_main_context_iteration (NULL, TRUE);
  settle ();
  g_assert_cmpuint (desktop->notices->len, ==, n_notices);
  g_assert_cmpuint (desktop->closed->len, ==, n_closed);
}

static void
clear_seen (Desktop *desktop)
{
  g_ptr_array_set_size (desktop->notices, 0);
  g_array_set_size (desktop->closed, 0);
}

/* ---- the seat's side ------------------------------------------------------------------------- */

typedef struct {
  Desktop desktop;
  RnClock *clock;
  RnSession *session;
  RnAlertDesk *desk;
  GtkApplication *application;
  RnNotifier *notifier;
} Seat;

static void
entry_free (gpointer data)
{
  rn_alert_entry_unref (data);
}

static void
take (Seat *seat, RnAlertEntry *entry)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);

  g_ptr_array_add (entries, entry);
  g_assert_cmpuint (rn_alert_desk_take_entries (seat->desk, entries), ==, 1);
}

static void
raise_alert (Seat *seat, const char *section, int tier)
{
  RnAlertEntry *entry = make_entry (RN_ENTRY_RAISED, "jam", section, 0);

  entry->tier = tier;
  entry->rings = TRUE;
  take (seat, entry);
}

static void
acknowledge_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Seat *seat = data;

  rn_alert_desk_acknowledge (seat->desk, g_variant_get_string (parameter, NULL));
}

static void
test_single (Seat *seat)
{
  Desktop *desktop = &seat->desktop;
  const Notice *notice;

  raise_alert (seat, "a/1", 1);
  settle_at (desktop, 1, 0);
  notice = desktop->notices->pdata[0];
  g_assert_true (g_str_has_prefix (notice->summary, "Tier I:"));
  g_assert_cmpuint (notice->urgency, ==, 2); /* critical */
  g_assert_nonnull (notice->acknowledge);

  /* a worse tier would say it anew in the same place; a nag says nothing */
  g_signal_emit_by_name (seat->desk, "rang", rn_alert_desk_find (seat->desk, "jam section:a/1"),
                         TRUE);
  settle_at (desktop, 1, 0);

  /* its button acknowledges; a desktop closes it then by itself */
  g_dbus_connection_emit_signal (desktop->bus, NULL, "/org/freedesktop/Notifications", SERVICE,
                                 "ActionInvoked",
                                 g_variant_new ("(us)", notice->id, notice->acknowledge), NULL);
  while (!rn_alert_desk_find (seat->desk, "jam section:a/1")->acknowledged)
    g_main_context_iteration (NULL, TRUE);
  settle ();
  clear_seen (desktop);
}

/* Answered in the program: taken back. */
static void
test_answered (Seat *seat)
{
  Desktop *desktop = &seat->desktop;
  guint id;

  rn_clock_advance (seat->clock, 60 * S);
  raise_alert (seat, "a/3", 2);
  settle_at (desktop, 1, 0);
  id = ((Notice *) desktop->notices->pdata[0])->id;
  g_assert_true (rn_alert_desk_acknowledge (seat->desk, "jam section:a/3"));
  settle_at (desktop, 1, 1);
  g_assert_cmpuint (g_array_index (desktop->closed, guint, 0), ==, id);
  clear_seen (desktop);
}

static void
test_cleared (Seat *seat)
{
  Desktop *desktop = &seat->desktop;

  rn_clock_advance (seat->clock, 60 * S);
  raise_alert (seat, "a/2", 4);
  settle_at (desktop, 1, 0);
  g_assert_cmpuint (((Notice *) desktop->notices->pdata[0])->urgency, ==, 0); /* low */
  take (seat, make_entry (RN_ENTRY_CLEARED, "jam", "a/2", 1));
  settle_at (desktop, 1, 1);
  clear_seen (desktop);
}

/* Three of twenty, and one that counts the others; it goes when nothing asks any more. */
static void
test_burst (Seat *seat)
{
  Desktop *desktop = &seat->desktop;
  const Notice *last;

  rn_clock_advance (seat->clock, 60 * S);
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *section = g_strdup_printf ("b/%d", i);

      raise_alert (seat, section, 3);
    }
  rn_clock_advance (seat->clock, 2 * S);
  settle_at (desktop, RN_NOTIFIER_BURST + 1, 0);
  last = desktop->notices->pdata[RN_NOTIFIER_BURST];
  g_assert_cmpstr (last->summary, ==, "17 more alerts ask for an answer");
  clear_seen (desktop);
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *key = g_strdup_printf ("jam section:b/%d", i);

      g_assert_true (rn_alert_desk_acknowledge (seat->desk, key));
    }
  settle_at (desktop, 0, RN_NOTIFIER_BURST + 1);
  clear_seen (desktop);
}

static void
test_settings (Seat *seat)
{
  Desktop *desktop = &seat->desktop;

  rn_clock_advance (seat->clock, 60 * S);
  g_settings_set_string (rn_settings_get (), "notices", "never");
  raise_alert (seat, "c/1", 1);
  settle_at (desktop, 0, 0);
  g_settings_set_string (rn_settings_get (), "notices", "unfocused"); /* there is no window */
  raise_alert (seat, "c/2", 2);
  settle_at (desktop, 1, 0);
  /* at the end nothing is left that could no longer be answered */
  rn_notifier_withdraw_all (seat->notifier);
  settle_at (desktop, 1, 1);
  clear_seen (desktop);
}

int
main (int argc, char **argv)
{
  static const GActionEntry actions[] = { { "acknowledge", acknowledge_cb, "s" } };
  Seat seat = { 0 };

  gtk_init ();
  desktop_init (&seat.desktop);
  seat.clock = rn_clock_new_manual (T0);
  seat.session = rn_session_new (seat.clock);
  seat.desk = rn_session_get_alert_desk (seat.session);
  seat.application = gtk_application_new ("com.example.RoadNet.Test", G_APPLICATION_NON_UNIQUE);
  g_action_map_add_action_entries (G_ACTION_MAP (seat.application), actions, 1, &seat);
  g_assert_true (g_application_register (G_APPLICATION (seat.application), NULL, NULL));
  g_settings_set_string (rn_settings_get (), "notices", "always");
  seat.notifier = rn_notifier_new (G_APPLICATION (seat.application), seat.session);
  test_single (&seat);
  test_answered (&seat);
  test_cleared (&seat);
  test_burst (&seat);
  test_settings (&seat);
  g_assert_finalize_object (seat.notifier);
  g_object_unref (seat.application);
  g_object_unref (seat.session);
  g_object_unref (seat.clock);
  g_print ("notifications: one a row, a button, a burst, taken back\n");
  return 0;
}
