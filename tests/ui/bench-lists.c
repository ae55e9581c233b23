/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Benchmark of the lists with 10,000 rows in frames of which 5 % differ from poll to poll: what a
 * new frame and a keystroke of the filter take on the main thread and until they are seen, and how
 * long a frame of scrolling takes to paint. One line of JSON a figure. What the main
 * thread does is told in processor time, what a person waits for in wall time of this machine. */
#include <adwaita.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/rn-i18n.h"
#include "made-up-alerts.h"
#include "made-up.h"
#include "ui/rn-alert-list.h"
#include "ui/rn-facility-list.h"
#include "ui/rn-incident-list.h"
#include "ui/rn-list-page.h"
#include "ui/rn-row-list.h"
#include "ui/rn-style.h"
#include "ui/rn-work-list.h"

#define FRAME_BUDGET_MS 8.0
#define KEY_BUDGET_MS 50.0

static int n_rows = 10000, n_rounds = 20;
static char *only;

static const GOptionEntry entries[] = {
  { "rows", 'n', 0, G_OPTION_ARG_INT, &n_rows, "rows", "N" },
  { "rounds", 'r', 0, G_OPTION_ARG_INT, &n_rounds, "frames", "N" },
  { "list", 'l', 0, G_OPTION_ARG_STRING, &only, "this one only", "NAME" },
  { NULL },
};

typedef struct {
  RnSession *session;
  RnSeat *seat;
  RnClock *clock;
  RnNetwork *network;
  MadeUp how;
  GtkWidget *window;
  gboolean with_alerts;
} Bench;

/* The longest time that one turn of the main loop has taken of the processor. */
static gint64 longest_us;

/* Of this thread: other programs do not count. */
static gint64
processor_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
turn (void)
{
  gint64 from = processor_us ();

  if (g_main_context_iteration (NULL, FALSE))
    longest_us = MAX (longest_us, processor_us () - from);
  else
    g_usleep (200);
}

static void
settle (RnListPage *page)
{
  gint64 end;

  while (!rn_list_page_is_settled (page))
    turn ();
  end = g_get_monotonic_time () + 100 * 1000;
  while (g_get_monotonic_time () < end)
    turn ();
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
nth (GArray *values, double share)
{
  g_array_sort (values, compare_doubles);
  return g_array_index (values, double, (guint) floor (share * (values->len - 1)));
}

static void
print (const char *list, const char *what, GArray *values, double budget_ms)
{
  printf ("{\"benchmark\":\"lists\",\"list\":\"%s\",\"rows\":%d,\"what\":\"%s\",\"unit\":\"ms\","
          "\"median\":%.2f,\"p95\":%.2f,\"budget\":%.1f,\"ratio\":%.2f}\n",
          list, n_rows, what, nth (values, 0.5), nth (values, 0.95), budget_ms,
          nth (values, 0.95) / budget_ms);
  g_array_set_size (values, 0);
}

/* A frame of which every 20th row has changed its place or is new. */
static RnFrame *
next_frame (Bench *bench)
{
  bench->how.now_us += 30 * RN_SECOND;
  bench->how.round++;
  rn_clock_advance (bench->clock, 30 * RN_SECOND);
  if (bench->with_alerts)
    made_up_alerts (rn_session_get_alert_desk (bench->session), bench->how.now_us, (guint) n_rows,
                    bench->how.round);
  return made_up_frame (bench->network, &bench->how, rn_session_get_frame (bench->session));
}

static void
bench_frames (Bench *bench, RnListPage *page, const char *list, GArray *values)
{
  g_autoptr (GArray) turns = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) painted = g_array_new (FALSE, FALSE, sizeof (double));

  for (int i = 0; i < n_rounds; i++)
    {
      RnFrame *frame = next_frame (bench);
      gint64 from = g_get_monotonic_time (), cpu_from = processor_us ();
      double ms;

      rn_session_take_frame (bench->session, frame);
      ms = (processor_us () - cpu_from) / 1e3;
      longest_us = 0;
      while (!rn_list_page_is_settled (page))
        turn ();
      ms = MAX (ms, longest_us / 1e3); /* the call, or the turn in which the answer came */
      g_array_append_val (values, ms);
      ms = (g_get_monotonic_time () - from) / 1e3;
      g_array_append_val (turns, ms);
      settle (page);
      ms = longest_us / 1e3;
      g_array_append_val (painted, ms);
    }
  print (list, "new frame, longest turn of the main thread", values, FRAME_BUDGET_MS);
  print (list, "new frame, longest turn with its painting", painted, 16.7);
  print (list, "new frame until it is seen", turns, 1000);
}

static void
bench_keys (RnListPage *page, const char *list, GArray *values)
{
  static const char *const keys[] = { "g", "g4", "g42", "g42 k", "g42 k1", "g42", "g4", "" };
  g_autoptr (GArray) turns = g_array_new (FALSE, FALSE, sizeof (double));

  rn_list_page_start_filter (page);
  settle (page);
  for (int i = 0; i < n_rounds; i++)
    {
      gint64 from = g_get_monotonic_time (), cpu_from = processor_us ();
      double ms;

      longest_us = 0;
      rn_list_page_set_filter (page, 0, keys[i % (int) G_N_ELEMENTS (keys)]);
      ms = (processor_us () - cpu_from) / 1e3;
      while (!rn_list_page_is_settled (page))
        turn ();
      ms = MAX (ms, longest_us / 1e3);
      g_array_append_val (turns, ms);
      ms = (g_get_monotonic_time () - from) / 1e3;
      g_array_append_val (values, ms);
      settle (page);
    }
  rn_list_page_set_filter (page, 0, "");
  settle (page);
  print (list, "keystroke until the list is there", values, KEY_BUDGET_MS);
  print (list, "keystroke, longest turn of the main thread", turns, FRAME_BUDGET_MS);
}

static GtkAdjustment *
adjustment_of (GtkWidget *widget)
{
  GtkAdjustment *found =
      RN_IS_ROW_LIST (widget) ? gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget)) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = adjustment_of (child);
  return found;
}

static gint64 paint_from_us, paint_us;

static void
before_paint_cb (GdkFrameClock *clock, gpointer data)
{
  paint_from_us = processor_us ();
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer data)
{
  paint_us = processor_us () - paint_from_us;
}

static void
bench_scroll (Bench *bench, RnListPage *page, const char *list, GArray *values)
{
  GtkAdjustment *adjustment = adjustment_of (GTK_WIDGET (page));

  for (int i = 0; i < n_rounds * 2; i++)
    {
      double ms;

      paint_us = 0;
      gtk_adjustment_set_value (adjustment, 180.0 * i);
      while (paint_us == 0)
        turn ();
      ms = paint_us / 1e3;
      g_array_append_val (values, ms);
    }
  gtk_adjustment_set_value (adjustment, 0);
  settle (page);
  print (list, "scroll, a painted frame", values, 16.7);
}

static void
bench_list (Bench *bench, const char *list, const RnListKind *kind)
{
  RnListPage *page;
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  if (only != NULL && !g_str_equal (only, list))
    return;
  page = RN_LIST_PAGE (rn_list_page_new (bench->seat, kind));
  gtk_window_set_child (GTK_WINDOW (bench->window), GTK_WIDGET (page));
  gtk_window_present (GTK_WINDOW (bench->window));
  settle (page);
  bench_frames (bench, page, list, values);
  bench_keys (page, list, values);
  bench_scroll (bench, page, list, values);
  gtk_window_set_child (GTK_WINDOW (bench->window), NULL);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new (); /* no engine of its own beside our alerts */
  Bench bench = { .how = MADE_UP_INIT };
  GdkFrameClock *clock;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  rn_i18n_init ("en_US");
  adw_init ();
  rn_style_get_default ();
  bench.how.n_more_incidents = bench.how.n_more_works = bench.how.n_more_facilities =
      (guint) n_rows;
  bench.clock = rn_clock_new_manual (bench.how.now_us);
  bench.session = rn_session_new (bench.clock);
  bench.seat = rn_seat_new (bench.session);
  rn_alert_desk_take_entries (rn_session_get_alert_desk (bench.session), none);
  bench.network = made_up_network_with (bench.how.n_more_facilities);
  rn_session_take_frame (bench.session, next_frame (&bench));
  bench.window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (bench.window), 440, 900);
  gtk_widget_realize (bench.window);
  clock = gtk_widget_get_frame_clock (bench.window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), NULL);
  bench_list (&bench, "incidents", &rn_incident_list);
  bench_list (&bench, "works", &rn_work_list);
  bench_list (&bench, "facilities", &rn_facility_list);
  bench.with_alerts = TRUE;
  made_up_alerts (rn_session_get_alert_desk (bench.session), bench.how.now_us, (guint) n_rows, 0);
  bench_list (&bench, "alerts", &rn_alert_list);
  gtk_window_destroy (GTK_WINDOW (bench.window));
  g_object_unref (bench.seat);
  g_object_unref (bench.session);
  g_object_unref (bench.clock);
  rn_network_unref (bench.network);
  return 0;
}
