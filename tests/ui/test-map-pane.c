/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What opens over the map: the members of a cluster, what is near a place, the north arrow. */
#include <adwaita.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "made-up.h"
#include "map/rn-jobs.h"
#include "ui/rn-cluster-popover.h"
#include "ui/rn-map-pane.h"
#include "ui/rn-style.h"
#include "ui/rn-subject-row.h"

#define PATIENCE_US (90 * G_USEC_PER_SEC)

typedef struct {
  RnClock *clock;
  RnSession *session;
  RnSeat *seat;
  RnNetwork *network;
  GtkWidget *window, *pane;
  char *went_to;
} Fixture;

static void
go_to_cb (RnSeat *seat, RnSubject *subject, Fixture *fixture)
{
  g_free (fixture->went_to);
  fixture->went_to = g_strdup (subject->key);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  MadeUp how = MADE_UP_INIT;

  how.n_more_incidents = 150;
  fixture->clock = rn_clock_new_manual (how.now_us);
  fixture->session = rn_session_new (fixture->clock);
  fixture->seat = rn_seat_new (fixture->session);
  fixture->network = made_up_network ();
  rn_session_take_frame (fixture->session, made_up_frame (fixture->network, &how, NULL));
  g_signal_connect (fixture->seat, "go-to", G_CALLBACK (go_to_cb), fixture);
  fixture->window = gtk_window_new ();
  fixture->pane = rn_map_pane_new (fixture->seat);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 800);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->pane);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (fixture->seat);
  g_object_unref (fixture->session);
  g_object_unref (fixture->clock);
  rn_network_unref (fixture->network);
  g_free (fixture->went_to);
}

static GtkWidget *
find (GtkWidget *widget, const char *type)
{
  GtkWidget *found = g_str_equal (G_OBJECT_TYPE_NAME (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static RnMapView *
map_of (Fixture *fixture)
{
  return rn_map_pane_get_map (RN_MAP_PANE (fixture->pane));
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Shows a section and turns the main loop until it is seen. */
static void
look_at (Fixture *fixture, const RnSubject *subject)
{
  gint64 since_us = g_get_monotonic_time ();
  guint wake_id = g_timeout_add (10, wake_cb, NULL);
  RnBox box;

  g_assert_true (rn_frame_locate (rn_session_get_frame (fixture->session), subject, &box));
  rn_map_view_show_box (map_of (fixture), &box, 100, FALSE);
  while (!rn_map_view_is_settled (map_of (fixture)))
    {
      g_main_context_iteration (NULL, TRUE);
      if (g_get_monotonic_time () - since_us > PATIENCE_US)
        g_error ("the map does not settle");
    }
  g_source_remove (wake_id);
}

/* Turns the main loop until @list has rows. */
static void
wait_for_rows (GtkWidget *list)
{
  gint64 since_us = g_get_monotonic_time ();
  guint wake_id = g_timeout_add (10, wake_cb, NULL);

  while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0) == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      if (g_get_monotonic_time () - since_us > PATIENCE_US)
        g_error ("the list stays empty");
    }
  g_source_remove (wake_id);
}

static void
activate (GtkWidget *list, int i)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i);

  g_assert_nonnull (row);
  g_signal_emit_by_name (list, "row-activated", row);
}

static void
test_cluster (Fixture *fixture, gconstpointer data)
{
  GtkWidget *popover = find (fixture->pane, "RnClusterPopover"), *list = find (popover, "GtkListBox");
  const RnFrame *frame = rn_session_get_frame (fixture->session);
  g_autoptr (GPtrArray) members
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_subject_free);
  g_autoptr (GPtrArray) devices
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_subject_free);
  g_autofree char *title = NULL, *device_title = NULL;
  guint n = 0;

  g_ptr_array_add (members, rn_subject_new (RN_SUBJECT_INCIDENT, MADE_UP_CRASH));
  g_ptr_array_add (members, rn_subject_new (RN_SUBJECT_INCIDENT, "x/gone"));
  for (guint i = 0; i < frame->incidents->len; i++)
    {
      const RnIncident *incident = frame->incidents->pdata[i];

      if (!g_str_equal (incident->key, MADE_UP_CRASH))
        g_ptr_array_add (members, rn_subject_new (RN_SUBJECT_INCIDENT, incident->key));
    }
  g_assert_cmpuint (members->len, >, 100);
  g_signal_emit_by_name (map_of (fixture), "cluster-opened", members, 300.0, 300.0);
  g_assert_true (gtk_widget_get_visible (popover));
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    n++;
  g_assert_cmpuint (n, ==, 100); /* the rest is said in a line below */
  g_assert_cmpstr (rn_subject_row_get (gtk_widget_get_first_child (list))->key, ==, MADE_UP_CRASH);
  title = rn_subject_row_count_title (members);
  g_assert_nonnull (strstr (title, "incidents"));
  g_ptr_array_add (devices, rn_subject_new (RN_SUBJECT_DEVICE, "x/board"));
  device_title = rn_subject_row_count_title (devices);
  g_assert_cmpstr (device_title, ==, "1 device");
  activate (list, 0);
  g_assert_cmpstr (rn_seat_get_selection (fixture->seat)->key, ==, MADE_UP_CRASH);
  g_assert_null (fixture->went_to); /* one is there already */
}

static gboolean
names_road (const char *text)
{
  return strstr (text, "G2 K") != NULL;
}

static GtkWidget *
find_label (GtkWidget *widget, gboolean (*test) (const char *text))
{
  GtkWidget *found
      = GTK_IS_LABEL (widget) && test (gtk_label_get_label (GTK_LABEL (widget))) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, test);
  return found;
}

static void
test_near (Fixture *fixture, gconstpointer data)
{
  GtkWidget *popover = find (fixture->pane, "RnNearPopover"), *list = find (popover, "GtkListBox");
  g_autoptr (RnSubject) subject = rn_subject_new (RN_SUBJECT_SECTION, MADE_UP_SECTION);
  GtkWidget *first;
  RnBox box;
  double x, y;

  look_at (fixture, subject);
  g_assert_true (rn_frame_locate (rn_session_get_frame (fixture->session), subject, &box));
  rn_map_view_locate (map_of (fixture), (box.min_lon + box.max_lon) / 2,
                      (box.min_lat + box.max_lat) / 2, &x, &y);
  g_signal_emit_by_name (map_of (fixture), "context-menu", subject, x, y);
  g_assert_true (gtk_widget_get_visible (popover));
  wait_for_rows (list);
  g_assert_nonnull (find_label (popover, names_road)); /* the place is said: road and chainage */
  first = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  g_assert_cmpint (rn_subject_row_get (first)->kind, ==, RN_SUBJECT_INCIDENT);
  g_assert_nonnull (gtk_list_box_row_get_header (GTK_LIST_BOX_ROW (first)));
  {
    g_autofree char *key = g_strdup (rn_subject_row_get (first)->key);

    activate (list, 0);
    g_assert_cmpstr (fixture->went_to, ==, key);
    g_assert_cmpstr (rn_seat_get_selection (fixture->seat)->key, ==, key);
  }
}

/* Asked twice in a row, and closed before the answer: the second counts, and nothing is left over. */
static void
test_near_twice (Fixture *fixture, gconstpointer data)
{
  GtkWidget *popover = find (fixture->pane, "RnNearPopover"), *list = find (popover, "GtkListBox");
  g_autoptr (RnSubject) subject = rn_subject_new (RN_SUBJECT_SECTION, MADE_UP_SECTION);

  look_at (fixture, subject);
  g_signal_emit_by_name (map_of (fixture), "context-menu", NULL, 200.0, 200.0);
  g_signal_emit_by_name (map_of (fixture), "context-menu", NULL, 500.0, 400.0);
  wait_for_rows (list);
  g_signal_emit_by_name (map_of (fixture), "context-menu", NULL, 300.0, 300.0);
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
test_north (Fixture *fixture, gconstpointer data)
{
  GtkWidget *arrow = find (fixture->pane, "RnNorthArrow"), *button = gtk_widget_get_parent (arrow);
  gint64 since_us = g_get_monotonic_time ();

  g_assert_false (gtk_widget_get_visible (button));
  rn_map_view_set_rotation (map_of (fixture), 30);
  while (!gtk_widget_get_visible (button))
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time () - since_us, <, PATIENCE_US);
    }
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpfloat (rn_map_view_get_rotation (map_of (fixture)), ==, 0);
  while (gtk_widget_get_visible (button))
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time () - since_us, <, PATIENCE_US);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  rn_i18n_init ("en_US");
  adw_init ();
  rn_style_get_default ();
  g_test_add ("/map-pane/cluster", Fixture, NULL, set_up, test_cluster, tear_down);
  g_test_add ("/map-pane/near", Fixture, NULL, set_up, test_near, tear_down);
  g_test_add ("/map-pane/near-twice", Fixture, NULL, set_up, test_near_twice, tear_down);
  g_test_add ("/map-pane/north", Fixture, NULL, set_up, test_north, tear_down);
  status = g_test_run ();
  rn_jobs_end ();
  return status;
}
