/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards of foreign works and of devices on a display: what they say, what they hide, and that
 * the list of facilities leads to devices. */
#include <adwaita.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "foreign.h"
#include "looking.h"
#include "session/rn-session.h"
#include "ui/rn-side-panel.h"
#include "ui/rn-style.h"

typedef struct {
  RnClock *clock;
  RnSession *session;
  RnSeat *seat;
  RnNetwork *network;
  GtkWidget *window, *panel;
} Fixture;

/* @data: the fixture to show. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->network = rn_network_new_empty ();

  RnFrame *frame = foreign_frame (fixture->network, data, 0, RN_FEED_LIVE);
  fixture->clock = rn_clock_new_manual (frame->at_us);
  fixture->session = rn_session_new (fixture->clock);
  fixture->seat = rn_seat_new (fixture->session);
  rn_session_take_frame (fixture->session, frame);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 440, 900);
  fixture->panel = rn_side_panel_new (fixture->seat);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->panel);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  settle ();
  g_object_unref (fixture->seat);
  g_object_unref (fixture->session);
  g_object_unref (fixture->clock);
  rn_network_unref (fixture->network);
}

static void
assert_says (Fixture *fixture, const char *text)
{
  GtkWidget *card = find (fixture->panel, is_of_type, "RnCard");

  g_test_message ("%s", text);
  g_assert_nonnull (card);
  g_assert_nonnull (find (card, is_label_with, text));
}

static void
assert_silent (Fixture *fixture, const char *text)
{
  g_test_message ("not %s", text);
  g_assert_null (find (find (fixture->panel, is_of_type, "RnCard"), is_label_with, text));
}

static void
select_subject (Fixture *fixture, RnSubjectKind kind, const char *key)
{
  g_autoptr (RnSubject) subject = rn_subject_new (kind, key);

  rn_seat_select (fixture->seat, subject);
  settle ();
}

static void
test_devices (Fixture *fixture, gconstpointer data)
{
  select_subject (fixture, RN_SUBJECT_DEVICE, "w/camera");
  assert_says (fixture, "Fault");
  assert_says (fixture, "Failed to capture image.");
  assert_says (fixture, "https://example.com/1.jpg");
  select_subject (fixture, RN_SUBJECT_DEVICE, "w/sign");
  assert_says (fixture, "ROADWORK\nNEXT [6] MILES\n—\nUSE\nLEFT LANE");
  assert_says (fixture, "In order");
  assert_silent (fixture, "Failed to capture image.");
  select_subject (fixture, RN_SUBJECT_DEVICE, "w/sensor");
  assert_says (fixture, "85\u202fkm/h");
  assert_says (fixture, "1,200\u202fveh/h");
  select_subject (fixture, RN_SUBJECT_DEVICE, "w/marker");
  assert_says (fixture, "Beginning of the works, Flagger");
  assert_says (fixture, "not reported: it is not on the map");
}

/* The row of a device selects a device. */
static void
test_row (Fixture *fixture, gconstpointer data)
{
  const RnSubject *subject;
  GtkWidget *list;

  rn_side_panel_show_tab (RN_SIDE_PANEL (fixture->panel), 4);
  settle ();
  list = find (fixture->panel, is_of_type, "RnRowList");
  g_assert_nonnull (list);
  g_signal_emit_by_name (list, "activate", 0u);
  settle ();
  subject = rn_seat_get_selection (fixture->seat);
  g_assert_nonnull (subject);
  g_assert_cmpint (subject->kind, ==, RN_SUBJECT_DEVICE);
  g_assert_cmpstr (subject->key, ==, "w/camera"); /* the fault comes first */
}

static void
test_work (Fixture *fixture, gconstpointer data)
{
  select_subject (fixture, RN_SUBJECT_WORK, "w/w-1");
  assert_says (fixture, "Surface work, painting");
  assert_says (fixture, "mile 12–14.25 eastbound");
  assert_says (fixture, "09:00 · verified");
  assert_says (fixture, "17:00 · estimated");
  assert_says (fixture, "Width up to 3.0\u202fm\nNo trucks");
  assert_says (fixture, "present");
  assert_says (fixture, "72\u202fkm/h");
  assert_says (fixture, "I-80, Main Street");
  assert_says (fixture, "1st Ave – 9th Ave");
  assert_says (fixture, "City of Test");
  assert_says (fixture, "Lane 4");
  assert_says (fixture, "Left lanes closed & shoulder open");
  assert_silent (fixture, "Whole text"); /* it is in sight */
  assert_silent (fixture, "Permitted");
}

#define ADD(name, fixture, function) \
  g_test_add ("/ui/card-device/" name, Fixture, fixture, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  rn_i18n_init ("en_US");
  gtk_test_init (&argc, &argv, NULL);
  rn_style_get_default ();
  ADD ("devices", "devices.json", test_devices);
  ADD ("row", "devices.json", test_row);
  ADD ("work", "v20.json", test_work);
  return g_test_run ();
}
