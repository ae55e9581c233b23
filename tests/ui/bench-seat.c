/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Benchmark of the whole seat in a window: what one poll, in which every section has changed, costs
 * the main thread besides painting, how long until it is on the screen, and the memory. One line of
 * JSON a number of sections. Wall times are of this machine; the ratios carry over. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../carto/networks.h"
#include "../map/frames.h"
#include "base/rn-clock.h"
#include "ui/rn-style.h"
#include "ui/rn-window.h"

#define N_POLLS 8
#define WAKE_MS 5

static int width = 1920, height = 1080;

static const GOptionEntry entries[] = {
  { "width", 'w', 0, G_OPTION_ARG_INT, &width, "px", "N" },
  { "height", 'h', 0, G_OPTION_ARG_INT, &height, "px", "N" },
  { NULL },
};

static gboolean painted;
static guint n_other_turns; /* without painting, of all polls */

static void
before_paint_cb (GdkFrameClock *clock, gpointer data)
{
  painted = TRUE;
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static double
since_ms (gint64 from_us)
{
  return (double) (g_get_monotonic_time () - from_us) / 1000.0;
}

static double
resident_mb (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return NAN;
  line = strstr (text, "VmRSS:");
  return line != NULL ? atof (line + 6) / 1024.0 : NAN;
}

/* Until all is on the screen; the longest turn of the main loop in which nothing was painted, ms. */
static double
settle (RnWindow *window)
{
  guint wake_id = g_timeout_add (WAKE_MS, wake_cb, NULL);
  double longest_ms = 0, turn_ms;

  while (!rn_window_is_settled (window))
    {
      gint64 from_us;

      /* waiting is not working */
      while (!g_main_context_pending (NULL))
        g_usleep (500);
      from_us = g_get_monotonic_time ();
      painted = FALSE;
      g_main_context_iteration (NULL, FALSE);
      if (painted)
        continue;
      turn_ms = since_ms (from_us);
      longest_ms = MAX (longest_ms, turn_ms);
      n_other_turns++;
    }
  g_source_remove (wake_id);
  return longest_ms;
}

static void
bench (GtkApplication *application, guint n)
{
  g_autoptr (RnClock) clock = rn_clock_new_system ();
  g_autoptr (RnSession) session = rn_session_new (clock);
  g_autoptr (RnNetwork) network = networks_synthetic (n);
  RnWindow *window;
  double take_ms = 0, turn_ms = 0, screen_ms = G_MAXDOUBLE;

  rn_session_take_frame (session, frames_striped (network, 0));
  window = rn_window_new (application, session);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  settle (window);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "before-paint",
                    G_CALLBACK (before_paint_cb), NULL);
  for (guint i = 1; i <= N_POLLS; i++)
    {
      RnFrame *frame = frames_striped (network, i);
      gint64 from_us = g_get_monotonic_time ();
      double taken_ms, longest_ms, seen_ms;

      rn_session_take_frame (session, frame);
      taken_ms = since_ms (from_us);
      longest_ms = settle (window);
      seen_ms = since_ms (from_us);
      take_ms = MAX (take_ms, taken_ms);
      turn_ms = MAX (turn_ms, longest_ms);
      screen_ms = MIN (screen_ms, seen_ms);
    }
  printf ("{\"bench\": \"seat\", \"figure\": \"one poll, all changed\", \"sections\": %u, "
          "\"width\": %d, \"take_frame_ms\": %.2f, \"longest_other_turn_ms\": %.2f, "
          "\"other_turns\": %u, "
          "\"goal_stall_ms\": 8, \"ratio_to_goal\": %.2f, \"on_screen_ms\": %.0f, "
          "\"memory_mb\": %.0f, \"goal_memory_mb\": %d}\n",
          n, width, take_ms, turn_ms, n_other_turns, MAX (take_ms, turn_ms) / 8, screen_ms, resident_mb (),
          width > 2000 ? 700 : 400);
  fflush (stdout);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
activate_cb (GtkApplication *application, gpointer data)
{
  rn_style_get_default ();
  bench (application, 5000);
  bench (application, 100000);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("");
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}
