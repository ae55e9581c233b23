/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alerts in the side panel: what is chosen in the list is in the card and stays there when it ends;
 * the card of a section and the page of an incident show the alert that stands for them; acts change
 * row, card and shelf; what an alert stands for and what has happened can be opened. */
#include <adwaita.h>
#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "made-up-alerts.h"
#include "made-up.h"
#include "ui/rn-alert-list.h"
#include "ui/rn-side-panel.h"
#include "ui/rn-style.h"

typedef struct {
  RnClock *clock;
  RnSession *session;
  RnAlertDesk *desk;
  RnSeat *seat;
  RnNetwork *network;
  MadeUp how;
  GtkWidget *window, *panel;
} Fixture;

static void
settle (Fixture *f)
{
  gint64 end = g_get_monotonic_time () + 150 * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
next_frame (Fixture *f)
{
  f->how.now_us += 30 * RN_SECOND;
  rn_clock_advance (f->clock, 30 * RN_SECOND);
  rn_session_take_frame (
      f->session, made_up_frame (f->network, &f->how, rn_session_get_frame (f->session)));
  settle (f);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->how = (MadeUp) MADE_UP_INIT;
  f->clock = rn_clock_new_manual (f->how.now_us);
  f->session = rn_session_new (f->clock);
  f->desk = rn_session_get_alert_desk (f->session);
  f->seat = rn_seat_new (f->session);
  f->network = made_up_network ();
  made_up_alerts (f->desk, f->how.now_us, 0, 0);
  rn_session_take_frame (f->session, made_up_frame (f->network, &f->how, NULL));
  f->window = gtk_window_new ();
  f->panel = rn_side_panel_new (f->seat);
  gtk_window_set_child (GTK_WINDOW (f->window), f->panel);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 440, 1000);
  gtk_window_present (GTK_WINDOW (f->window));
  settle (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_object_unref (f->seat);
  g_object_unref (f->session);
  g_object_unref (f->clock);
  rn_network_unref (f->network);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The first visible label in @widget whose text has @word; NULL none. */
static GtkWidget *
find_label (GtkWidget *widget, const char *word)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return NULL;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), word) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, word);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
click (Fixture *f, const char *label)
{
  GtkWidget *found = find_label (f->panel, label);

  g_assert_nonnull (found);
  g_signal_emit_by_name (gtk_widget_get_ancestor (found, GTK_TYPE_BUTTON), "clicked");
  settle (f);
}

static void
assert_said (Fixture *f, const char *word)
{
  if (find_label (f->panel, word) == NULL)
    g_error ("nothing says “%s”", word);
}

static void
test_chosen (Fixture *f, gconstpointer data)
{
  rn_seat_select_alert (f->seat, MADE_UP_JAM_ALERT);
  settle (f);
  g_assert_cmpstr (rn_side_panel_get_tab (RN_SIDE_PANEL (f->panel)), ==, "alerts");
  g_assert_cmpstr (rn_seat_get_selection (f->seat)->key, ==, "x/G42a2");
  assert_said (f, "Speed ratio");
  assert_said (f, "tail K66+");
  assert_said (f, "Limits: rule");
  assert_said (f, "To do: ");
  click (f, "Why");
  assert_said (f, "Severe jam (jam), version 3");
  click (f, "Stands for 3");
  g_assert_null (find_label (f->panel, "Severe jam (jam), version 3"));
  click (f, "Timeline");
  assert_said (f, "Tier I");
  rn_alert_desk_note (f->desk, MADE_UP_JAM_ALERT, "sand truck asked for");
  settle (f);
  assert_said (f, "sand truck asked for");
}

/* An incident's alert shows the section; the incident's own page shows the alert. */
static void
test_incident (Fixture *f, gconstpointer data)
{
  g_autoptr (RnSubject) crash = rn_subject_new (RN_SUBJECT_INCIDENT, MADE_UP_CRASH);

  rn_seat_select_alert (f->seat, MADE_UP_CRASH_ALERT);
  settle (f);
  g_assert_cmpstr (rn_side_panel_get_tab (RN_SIDE_PANEL (f->panel)), ==, "alerts");
  assert_said (f, "Saturation");
  assert_said (f, "Stands for 7");
  click (f, "Open incident");
  g_assert_cmpstr (rn_side_panel_get_tab (RN_SIDE_PANEL (f->panel)), ==, "incidents");
  g_assert_null (rn_seat_get_alert (f->seat));
  assert_said (f, "Stands for 7");
  g_assert_true (rn_subject_equal (rn_seat_get_selection (f->seat), crash));
}

/* Without a place: the card is the alert alone, and nothing is selected on the map. */
static void
test_feed (Fixture *f, gconstpointer data)
{
  rn_seat_select_alert (f->seat, "feed feed:x/weather");
  settle (f);
  g_assert_null (rn_seat_get_selection (f->seat));
  assert_said (f, "Last data of");
  rn_seat_select (f->seat, NULL);
  settle (f);
  g_assert_null (rn_seat_find_alert (f->seat));
}

static void
test_next (Fixture *f, gconstpointer data)
{
  const char *keys[] = { MADE_UP_JAM_ALERT, MADE_UP_CRASH_ALERT, "visibility station:x/ws1",
                         "feed feed:x/weather", MADE_UP_JAM_ALERT };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_assert_cmpstr (rn_seat_next_alert (f->seat, FALSE)->key, ==, keys[i]);
      rn_seat_select_alert (f->seat, keys[i]);
    }
  g_assert_cmpstr (rn_seat_next_alert (f->seat, TRUE)->key, ==, "feed feed:x/weather");
}

/* Acknowledged, shelved, ended while it is looked at: the card says so and stays. */
static void
test_life (Fixture *f, gconstpointer data)
{
  RnAlertEntry *cleared;

  rn_seat_select_alert (f->seat, "visibility station:x/ws1");
  settle (f);
  g_assert_true (rn_alert_desk_acknowledge (f->desk, "visibility station:x/ws1"));
  settle (f);
  assert_said (f, "Un-acknowledge");
  g_assert_true (rn_alert_desk_shelve (f->desk, "visibility station:x/ws1", "sensor is cleaned",
                                       30 * 60 * RN_SECOND, TRUE));
  settle (f);
  rn_side_panel_show_shelf (RN_SIDE_PANEL (f->panel));
  settle (f);
  assert_said (f, "sensor is cleaned");
  assert_said (f, "Back from the shelf");
  cleared = made_up_entry (RN_ENTRY_CLEARED, f->how.now_us, "visibility", RN_SUBJECT_STATION,
                           "x/ws1", 3);
  made_up_take (f->desk, cleared);
  made_up_take (f->desk, made_up_entry (RN_ENTRY_UNSHELVED, f->how.now_us, "visibility",
                                        RN_SUBJECT_STATION, "x/ws1", 3));
  settle (f);
  assert_said (f, "Cleared ");
  g_assert_null (rn_seat_find_alert (f->seat));
  for (guint i = 0; i < 3; i++)
    next_frame (f);
  assert_said (f, "Cleared ");
  rn_seat_select (f->seat, NULL);
  settle (f);
}

int
main (int argc, char **argv)
{
  rn_i18n_init ("en_US");
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  rn_style_get_default ();
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/alert-panel/chosen", test_chosen);
  ADD ("/alert-panel/incident", test_incident);
  ADD ("/alert-panel/feed", test_feed);
  ADD ("/alert-panel/next", test_next);
  ADD ("/alert-panel/life", test_life);
#undef ADD
  return g_test_run ();
}
