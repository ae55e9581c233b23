/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Benchmark of the map in a window: pan, zoom and recolour with 5,000 and 100,000 sections, each
 * against the same window with the flow layer off. One line of JSON a figure. Wall times are of
 * this machine; the ratios carry over. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../carto/networks.h"
#include "frames.h"
#include "harness.h"
#include "map/rn-map-plan.h"

static int width = 1920, height = 1080, n_frames = 60;
static gboolean symbols_only;

static const GOptionEntry entries[] = {
  { "width", 'w', 0, G_OPTION_ARG_INT, &width, "px", "N" },
  { "height", 'h', 0, G_OPTION_ARG_INT, &height, "px", "N" },
  { "frames", 'f', 0, G_OPTION_ARG_INT, &n_frames, "frames a scene", "N" },
  { "symbols", 's', 0, G_OPTION_ARG_NONE, &symbols_only, "only the figures of symbols", NULL },
  { NULL },
};

typedef enum { PAN_WHOLE, PAN_REGION, ZOOM, N_SCENES } Scene;
static const char *const scene_words[] = { "pan whole network", "pan region", "zoom" };

typedef struct {
  double lon, lat, zoom;
} Home;

/* Time between the start and the end of painting, on the main thread; and its own work in it, which
 * is the same on a busy machine. */
static gint64 paint_from_us, paint_most_us;
static double cpu_from_ms, cpu_most_ms;

static double
thread_cpu_ms (void)
{
  struct timespec t = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return (double) t.tv_sec * 1e3 + (double) t.tv_nsec / 1e6;
}

static void
before_paint_cb (GdkFrameClock *clock, gpointer data)
{
  paint_from_us = g_get_monotonic_time ();
  cpu_from_ms = thread_cpu_ms ();
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer data)
{
  paint_most_us = MAX (paint_most_us, g_get_monotonic_time () - paint_from_us);
  cpu_most_ms = MAX (cpu_most_ms, thread_cpu_ms () - cpu_from_ms);
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

static void
place (Harness *h, const Home *home, Scene scene, int i)
{
  double t = (double) i / n_frames, world = 360.0 / (256.0 * exp2 (home->zoom));
  double zoom = home->zoom, px = 12.0 * (i - n_frames / 2);

  if (scene == PAN_REGION)
    {
      zoom += 3;
      world /= 8;
    }
  else if (scene == ZOOM)
    {
      zoom += 3 * (1 - fabs (2 * t - 1));
      px = 0;
    }
  rn_map_view_go_to (h->view, home->lon + px * world, home->lat - px * world / 3, zoom, FALSE);
}

/* Wall ms a frame. */
static double
run_scene (Harness *h, const Home *home, Scene scene, double *longest_ms)
{
  gint64 from_us;

  place (h, home, scene, 0);
  harness_settle (h);
  paint_most_us = 0;
  cpu_most_ms = 0;
  from_us = g_get_monotonic_time ();
  for (int i = 0; i < n_frames; i++)
    {
      place (h, home, scene, i);
      harness_frame (h);
    }
  *longest_ms = (double) paint_most_us / 1000.0;
  return (double) (g_get_monotonic_time () - from_us) / 1000.0 / n_frames;
}

/* The longest turn of the main loop in which nothing was painted, until the view is settled, ms. */
static double
settle_watching (Harness *h)
{
  gint64 longest_us = 0;

  while (!rn_map_view_is_settled (h->view))
    {
      gint64 from_us = g_get_monotonic_time ();

      paint_from_us = 0;
      g_main_context_iteration (NULL, FALSE);
      if (paint_from_us == 0)
        longest_us = MAX (longest_us, g_get_monotonic_time () - from_us);
    }
  return (double) longest_us / 1000.0;
}

/* What a new frame in which everything has changed costs the main thread besides painting, ms. */
static double
run_stall (Harness *h, const RnNetwork *network)
{
  g_autoptr (RnFrame) frame = frames_striped (network, 7);
  gint64 from_us = g_get_monotonic_time ();
  double set_ms, settle_ms;

  rn_map_view_set_frame (h->view, frame);
  set_ms = (double) (g_get_monotonic_time () - from_us) / 1000.0;
  settle_ms = settle_watching (h);
  return MAX (set_ms, settle_ms);
}

/* Wall ms from a new frame in which every level has changed until it is on the screen. */
static double
run_recolour (Harness *h, const RnNetwork *network, const Home *home)
{
  double best = G_MAXDOUBLE;

  rn_map_view_go_to (h->view, home->lon, home->lat, home->zoom, FALSE);
  harness_settle (h);
  for (guint i = 1; i <= 5; i++)
    {
      g_autoptr (RnFrame) frame = frames_striped (network, i);
      gint64 from_us = g_get_monotonic_time ();

      rn_map_view_set_frame (h->view, frame);
      harness_settle (h);
      harness_frame (h);
      best = MIN (best, (double) (g_get_monotonic_time () - from_us) / 1000.0);
    }
  return best;
}

static void
bench (guint n, double *whole_ms)
{
  g_autoptr (RnNetwork) network = networks_synthetic (n);
  g_autoptr (RnFrame) frame = frames_striped (network, 0);
  const RnBox *e = &network->extent;
  Home home = { (e->min_lon + e->max_lon) / 2, (e->min_lat + e->max_lat) / 2,
                (n > 20000 ? 6 : 8) + (width > 2000) };
  Harness h = harness_open (width, height);
  GdkFrameClock *clock;
  double without[N_SCENES], longest, with_ms;

  rn_map_view_set_layers (h.view, RN_MAP_BIT (RN_MAP_LABELS));
  rn_map_view_set_frame (h.view, frame);
  harness_settle (&h);
  clock = gtk_widget_get_frame_clock (h.window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), NULL);
  for (int scene = 0; scene < N_SCENES; scene++)
    without[scene] = run_scene (&h, &home, scene, &longest);

  rn_map_view_set_layers (h.view, RN_MAP_BIT (RN_MAP_LABELS) | RN_MAP_BIT (RN_MAP_FLOW));
  for (int scene = 0; scene < N_SCENES; scene++)
    {
      with_ms = run_scene (&h, &home, scene, &longest);
      printf ("{\"bench\": \"map\", \"figure\": \"%s\", \"sections\": %u, \"width\": %d, "
              "\"ms_a_frame\": %.1f, \"without_flow_ms\": %.1f, \"ratio_to_without\": %.2f, "
              "\"longest_paint_ms\": %.1f",
              scene_words[scene], n, width, with_ms, without[scene], with_ms / without[scene],
              longest);
      if (scene == PAN_WHOLE && *whole_ms > 0)
        printf (", \"ratio_to_5000\": %.2f", with_ms / *whole_ms);
      else if (scene == PAN_WHOLE)
        *whole_ms = with_ms;
      printf ("}\n");
    }
  with_ms = run_recolour (&h, network, &home);
  printf ("{\"bench\": \"map\", \"figure\": \"recolour all\", \"sections\": %u, \"width\": %d, "
          "\"ms\": %.1f, \"goal_ms\": 120, \"longest_stall_ms\": %.2f, \"goal_stall_ms\": 8, "
          "\"memory_mb\": %.0f}\n",
          n, width, with_ms, run_stall (&h, network), resident_mb ());
  fflush (stdout);
  harness_close (&h);
}

/* Ms to arrange @frame in the thread of the fonts, the second time: with everything drawn once. */
static double
run_plan (const RnFrame *frame, const Home *home, double zoom, guint *n_symbols)
{
  g_autoptr (RnPlanTools) tools = rn_plan_tools_new (RN_THEME_DARK, 1, 1, "en");
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < 6; i++)
    {
      RnPlanRequest request = { .camera = { .zoom = zoom, .width = width, .height = height,
                                            .scale = 1 },
                                .text_scale = 1,
                                .layers = RN_MAP_ALL_LAYERS };
      g_autoptr (RnMapPlan) plan = NULL;
      gint64 from_us;

      rn_mercator_project ((RnPoint){ home->lon, home->lat }, zoom, &request.camera.x,
                           &request.camera.y);
      request.camera.x += 8.0 * i; /* as while panning */
      request.flow = rn_flow_scene_new (frame, RN_COLOURING_STATE, RN_THEME_DARK, NULL);
      from_us = g_get_monotonic_time ();
      plan = rn_map_plan_new (tools, &request);
      if (i > 0)
        best = MIN (best, (double) (g_get_monotonic_time () - from_us) / 1000.0);
      *n_symbols = plan->symbols->len;
      rn_plan_request_clear (&request);
    }
  return best;
}

/* @n symbols: what arranging them costs and whether panning over them hitches. */
static void
bench_symbols (guint n)
{
  g_autoptr (RnNetwork) network = networks_synthetic (5000);
  g_autoptr (RnFrame) crowded = frames_crowded (network, n);
  const RnBox *e = &network->extent;
  Home home = { (e->min_lon + e->max_lon) / 2, (e->min_lat + e->max_lat) / 2,
                8 + (width > 2000) };
  Harness h = harness_open (width, height);
  GdkFrameClock *clock;
  double longest_without, longest, cpu_without_ms;

  rn_map_view_set_layers (h.view, RN_MAP_BIT (RN_MAP_FLOW) | RN_MAP_BIT (RN_MAP_LABELS));
  rn_map_view_set_frame (h.view, crowded);
  harness_settle (&h);
  clock = gtk_widget_get_frame_clock (h.window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), NULL);
  for (int scene = 0; scene < N_SCENES; scene++)
    {
      double zoom = home.zoom + (scene == PAN_REGION ? 3 : 0), without, with_ms;
      guint n_shown;
      double plan_ms = run_plan (crowded, &home, zoom, &n_shown);

      rn_map_view_set_layers (h.view, RN_MAP_BIT (RN_MAP_FLOW) | RN_MAP_BIT (RN_MAP_LABELS));
      without = run_scene (&h, &home, scene, &longest_without);
      cpu_without_ms = cpu_most_ms;
      rn_map_view_set_layers (h.view, RN_MAP_ALL_LAYERS);
      with_ms = run_scene (&h, &home, scene, &longest);
      printf ("{\"bench\": \"map\", \"figure\": \"symbols, %s\", \"symbols\": %u, "
              "\"shown\": %u, \"width\": %d, \"plan_ms\": %.1f, \"ms_a_frame\": %.1f, "
              "\"without_symbols_ms\": %.1f, \"ratio_to_without\": %.2f, "
              "\"longest_paint_ms\": %.1f, \"longest_paint_without_ms\": %.1f, "
              "\"longest_paint_cpu_ms\": %.1f, \"longest_paint_cpu_without_ms\": %.1f}\n",
              scene_words[scene], n, n_shown, width, plan_ms, with_ms, without, with_ms / without,
              longest, longest_without, cpu_most_ms, cpu_without_ms);
    }
  fflush (stdout);
  harness_close (&h);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("");
  g_autoptr (GError) error = NULL;
  double whole_ms = 0;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  gtk_init ();
  if (!symbols_only)
    {
      bench (5000, &whole_ms);
      bench (100000, &whole_ms);
      bench (200000, &whole_ms);
    }
  bench_symbols (10000);
  return 0;
}
