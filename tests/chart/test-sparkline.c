/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sparkline: steps of its axes, what it says at a time, and that gaps are gaps in the picture. */
#include "chart/rn-sparkline.h"

#include <math.h>
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define START (1790822160 * SECOND) /* 2026-10-01 02:36:00 UTC */

static void
test_steps (void)
{
  static const struct {
    double top;
    guint steps;
    double step;
  } rows[] = {
    { 120, 4, 40 }, { 118, 4, 40 }, { 100, 4, 40 }, { 80, 4, 20 },  { 60, 4, 20 },
    { 40, 4, 10 },  { 8, 4, 2 },    { 3, 4, 1 },    { 0.9, 4, 0.5 }, { 3020, 4, 1000 },
    { 0, 4, 1 },    { NAN, 4, 1 },  { 1600, 4, 400 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%g in %u", rows[i].top, rows[i].steps);
      g_assert_cmpfloat_with_epsilon (rn_sparkline_nice_step (rows[i].top, rows[i].steps),
                                      rows[i].step, 1e-9);
    }
}

static void
test_time_steps (void)
{
  g_assert_cmpint (rn_sparkline_time_step (3 * 60 * MINUTE, 4), ==, 60 * MINUTE);
  g_assert_cmpint (rn_sparkline_time_step (10 * MINUTE, 4), ==, 5 * MINUTE);
  g_assert_cmpint (rn_sparkline_time_step (5 * MINUTE, 4), ==, 2 * MINUTE);
  g_assert_cmpint (rn_sparkline_time_step (60 * 24 * 20 * MINUTE, 4), ==, 60 * 24 * 6 * MINUTE);
  g_assert_cmpint (rn_sparkline_time_step (0, 4), ==, MINUTE);
}

/* every 10 s from START on, one hour; half an hour in, five minutes are unknown */
static RnSparkline *
make (GTimeZone *zone)
{
  RnSparkline *chart = RN_SPARKLINE (g_object_ref_sink (rn_sparkline_new ()));
  RnSparklinePoint points[360];

  for (guint i = 0; i < 360; i++)
    points[i] = (RnSparklinePoint){ START + i * 10 * SECOND,
                                    i >= 180 && i < 210 ? NAN : 100 - i / 6.0 };
  rn_sparkline_set_subject (chart, "Speed", "km/h", 0);
  rn_sparkline_set_points (chart, points, 360, START + 60 * MINUTE, 0, zone);
  return chart;
}

static void
test_text_at (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (8 * 3600);
  RnSparkline *chart = make (zone);
  g_autofree char *first = rn_sparkline_dup_text_at (chart, START - MINUTE);
  g_autofree char *nearest = rn_sparkline_dup_text_at (chart, START + 12 * MINUTE + 4 * SECOND);
  g_autofree char *gap = rn_sparkline_dup_text_at (chart, START + 32 * MINUTE);
  g_autofree char *none = NULL;

  g_assert_cmpstr (first, ==, "10:36  100\u202fkm/h");
  g_assert_cmpstr (nearest, ==, "10:48  88\u202fkm/h");
  g_assert_cmpstr (gap, ==, "11:08  –");
  rn_sparkline_set_points (chart, NULL, 0, START, 0, zone);
  none = rn_sparkline_dup_text_at (chart, START);
  g_assert_null (none);
  g_object_unref (chart);
}

/* The picture of the chart in a window of its own: RGBA rows of @width. */
static guchar *
draw (RnSparkline *chart, int width, int height)
{
  GtkWidget *window = gtk_window_new ();
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  guchar *pixels = g_malloc0 ((gsize) width * height * 4);

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (chart));
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_widget_get_width (GTK_WIDGET (chart)) == 0)
    g_main_context_iteration (NULL, TRUE);
  paintable = gtk_widget_paintable_new (GTK_WIDGET (chart));
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_texture_download (texture, pixels, (gsize) width * 4);
  gtk_window_destroy (GTK_WINDOW (window));
  return pixels;
}

/* Sum of all channels in a column of the plot: high where the line crosses it. */
static guint
column (const guchar *pixels, int width, int height, int x)
{
  guint sum = 0;

  for (int y = 8; y < height - 22; y++)
    for (int c = 0; c < 4; c++)
      sum += pixels[(y * width + x) * 4 + c];
  return sum;
}

/* Over days, the axis has its whole length and times carry their date. */
static void
test_days (void)
{
  RnSparkline *chart = RN_SPARKLINE (g_object_ref_sink (rn_sparkline_new ()));
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  RnSparklinePoint points[] = { { START - 60 * 24 * 3 * MINUTE, 80 }, { START, 60 } };

  rn_sparkline_set_subject (chart, "Speed", "km/h", 0);
  rn_sparkline_set_span (chart, 60 * 24 * 7 * MINUTE);
  rn_sparkline_set_points (chart, points, 2, START, 0, zone);
  g_autofree char *old = rn_sparkline_dup_text_at (chart, START - 60 * 24 * 4 * MINUTE);
  g_autofree char *now = rn_sparkline_dup_text_at (chart, START);

  g_assert_nonnull (strstr (old, " Sep ") != NULL ? old : strstr (old, " Oct "));
  g_assert_null (strstr (now, " Oct "));
  g_object_unref (chart);
}

static void
test_gap_is_drawn (void)
{
  RnSparkline *chart = make (NULL);
  g_autofree guchar *pixels = draw (chart, 400, 144);
  int left = 40, right = 390, middle;
  guint known, gap;

  middle = left + (int) ((right - left) * 32.5 / 60);
  known = column (pixels, 400, 144, left + (right - left) / 4);
  gap = column (pixels, 400, 144, middle);
  g_test_message ("known %u, gap %u", known, gap);
  g_assert_cmpuint (known, >, 2 * gap + 500);
  g_object_unref (chart);
}

static void
test_empty_draws (void)
{
  RnSparkline *chart = RN_SPARKLINE (g_object_ref_sink (rn_sparkline_new ()));
  g_autofree guchar *pixels = NULL;

  rn_sparkline_set_points (chart, NULL, 0, START, 0, NULL);
  rn_sparkline_add_threshold (chart, 54, 3, "< 54");
  pixels = draw (chart, 400, 144);
  g_assert_cmpuint (column (pixels, 400, 144, 200), >, 0); /* grid and a word, no crash */
  g_object_unref (chart);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/sparkline/steps", test_steps);
  g_test_add_func ("/chart/sparkline/time-steps", test_time_steps);
  g_test_add_func ("/chart/sparkline/text-at", test_text_at);
  g_test_add_func ("/chart/sparkline/days", test_days);
  g_test_add_func ("/chart/sparkline/gap-is-drawn", test_gap_is_drawn);
  g_test_add_func ("/chart/sparkline/empty-draws", test_empty_draws);
  return g_test_run ();
}
