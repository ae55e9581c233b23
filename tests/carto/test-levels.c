/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "carto/rn-colouring.h"
#include "carto/rn-levels.h"
#include "networks.h"

static double
distance_to_path (const RnFixed *at, guint n, RnFixed p)
{
  double best = G_MAXDOUBLE;

  for (guint i = 1; i < n; i++)
    {
      double dx = (double) at[i].x - at[i - 1].x, dy = (double) at[i].y - at[i - 1].y;
      double ex = (double) p.x - at[i - 1].x, ey = (double) p.y - at[i - 1].y;
      double t = dx * dx + dy * dy > 0 ? CLAMP ((ex * dx + ey * dy) / (dx * dx + dy * dy), 0, 1) : 0;

      best = MIN (best, hypot (ex - t * dx, ey - t * dy));
    }
  return best;
}

/* Each level keeps the ends, is no finer than the next, and lies within 0.5 px of the original. */
static void
test_levels (void)
{
  g_autoptr (RnNetwork) network = networks_synthetic (500);
  g_autoptr (RnLevels) levels = rn_levels_new (network, RN_DATUM_WGS84);
  guint32 before = 0;

  for (int z = 3; z <= 15; z++)
    {
      RnLevel level = rn_levels_get (levels, z);
      double tolerance = 0.5 / rn_mercator_scale (z) + 1.0;

      for (guint i = 0; i < network->n_sections; i++)
        {
          const RnFixed *at = level.at + level.first[i];
          guint n = level.first[i + 1] - level.first[i];
          guint32 a = network->first[i], b = network->first[i + 1];

          g_assert_cmpuint (n, >=, 2);
          for (guint32 j = a; j < b; j++)
            {
              RnFixed f = rn_fixed_from_point ((RnPoint){ network->lon[j], network->lat[j] });

              if (j == a)
                g_assert_true (f.x == at[0].x && f.y == at[0].y);
              if (j == b - 1)
                g_assert_true (f.x == at[n - 1].x && f.y == at[n - 1].y);
              g_assert_cmpfloat (distance_to_path (at, n, f), <=, tolerance);
            }
        }
      g_assert_cmpuint (level.first[network->n_sections], >=, before);
      before = level.first[network->n_sections];
    }
  g_assert_cmpuint (rn_levels_get (levels, 3).first[network->n_sections], <, before / 2);
  g_assert_true (rn_levels_get (levels, 15.01).first == network->first);
  g_assert_true (rn_levels_get (levels, 99.0).first == network->first);
  g_assert_true (rn_levels_get (levels, 8.2).first == rn_levels_get (levels, 9.0).first);
}

static void
test_loop (void)
{
  const char *lines[] = { "120 32, 120.1 32, 120.1 32.1, 120 32.1, 120 32" };
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_RIGHT, lines, 1);
  g_autoptr (RnLevels) levels = rn_levels_new (network, RN_DATUM_WGS84);

  g_assert_cmpuint (rn_levels_get (levels, 10).first[1], ==, 5);
}

/* Two carriageways on one line: a click to the right of travel finds the one that goes there. */
static void
test_hit_side (void)
{
  const char *lines[] = { "120 32, 120.5 32", "120.5 32, 120 32" };
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_RIGHT, lines, 2);
  g_autoptr (RnNetwork) left = networks_from_lines (RN_SIDE_LEFT, lines, 2);
  g_autoptr (RnLevels) levels = rn_levels_new (network, RN_DATUM_WGS84);
  g_autoptr (RnLevels) levels_left = rn_levels_new (left, RN_DATUM_WGS84);
  double x, y, distance;

  for (double zoom = 7.0; zoom <= 16.0; zoom += 0.5)
    {
      rn_mercator_project ((RnPoint){ 120.25, 32.0 }, zoom, &x, &y);
      /* eastbound lies south of the line */
      g_assert_cmpuint (rn_levels_hit (levels, zoom, x, y + 1.2, 4, NULL, NULL, &distance), ==, 0);
      g_assert_cmpfloat (distance, ==, 0.0);
      g_assert_cmpuint (rn_levels_hit (levels, zoom, x, y - 1.2, 4, NULL, NULL, NULL), ==, 1);
      g_assert_cmpuint (rn_levels_hit (levels_left, zoom, x, y + 1.2, 4, NULL, NULL, NULL), ==, 1);
      g_assert_cmpuint (rn_levels_hit (levels_left, zoom, x, y - 1.2, 4, NULL, NULL, NULL), ==, 0);
      g_assert_cmpuint (rn_levels_hit (levels, zoom, x, y + 40, 4, NULL, NULL, NULL), ==, RN_NONE);
      g_assert_cmpuint (rn_levels_hit (levels, zoom, x, y - rn_line_width_px (zoom) - 4.0, 4, NULL,
                                       NULL, &distance),
                        ==, 1);
      g_assert_cmpfloat_with_epsilon (distance, 3.5, 0.05);
    }
}

/* A jam is wider and outwards: its far edge is hit where a smooth one is not. */
static void
test_hit_factor (void)
{
  const char *lines[] = { "120 32, 120.5 32" };
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_RIGHT, lines, 1);
  g_autoptr (RnLevels) levels = rn_levels_new (network, RN_DATUM_WGS84);
  const RnLineStyle *styles = rn_colouring_styles (RN_COLOURING_STATE, RN_THEME_DARK, NULL);
  guint8 smooth = 1, severe = 5;
  double x, y, width = rn_line_width_px (12.0);

  rn_mercator_project ((RnPoint){ 120.25, 32.0 }, 12.0, &x, &y);
  y += 0.5 + 1.8 * width;
  g_assert_cmpuint (rn_levels_hit (levels, 12.0, x, y, 0.5, styles, &severe, NULL), ==, 0);
  g_assert_cmpuint (rn_levels_hit (levels, 12.0, x, y, 0.5, styles, &smooth, NULL), ==, RN_NONE);
}

/* Where two cross, the one drawn on top is hit. */
static void
test_hit_order (void)
{
  const char *lines[] = { "120 32, 120.2 32.2", "120 32.2, 120.2 32" };
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_NONE, lines, 2);
  g_autoptr (RnLevels) levels = rn_levels_new (network, RN_DATUM_WGS84);
  const RnLineStyle *styles = rn_colouring_styles (RN_COLOURING_STATE, RN_THEME_DARK, NULL);
  guint8 first[] = { 4, 1 }, second[] = { 1, 4 };
  double x, y;

  rn_mercator_project ((RnPoint){ 120.1, 32.1 }, 11.0, &x, &y);
  g_assert_cmpuint (rn_levels_hit (levels, 11.0, x, y, 3, styles, first, NULL), ==, 0);
  g_assert_cmpuint (rn_levels_hit (levels, 11.0, x, y, 3, styles, second, NULL), ==, 1);
}

static void
test_path (void)
{
  const char *lines[] = { "120 32, 120.5 32" };
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_RIGHT, lines, 1);
  g_autoptr (RnLevels) levels = rn_levels_new (network, RN_DATUM_WGS84);
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (RnPx));
  double x, y;
  RnPx px;

  rn_mercator_project ((RnPoint){ 120.0, 32.0 }, 10.0, &x, &y);
  rn_levels_section_path (levels, 10.0, 0, 4.0, path);
  g_assert_cmpuint (path->len, ==, 2);
  px = g_array_index (path, RnPx, 0);
  g_assert_cmpfloat_with_epsilon (px.x, x, 0.01);
  g_assert_cmpfloat_with_epsilon (px.y, y + 2.5, 0.01);
  rn_mercator_project ((RnPoint){ 120.25, 32.0 }, 10.0, &x, &y);
  px = rn_levels_point_on (levels, 10.0, 0, 0.5, 0.0);
  g_assert_cmpfloat_with_epsilon (px.x, x, 0.01);
  g_assert_cmpfloat_with_epsilon (px.y, y, 0.01);
}

static void
test_gcj02 (void)
{
  const char *lines[] = { "120 32, 120.5 32" };
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_RIGHT, lines, 1);
  g_autoptr (RnLevels) levels = rn_levels_new (network, RN_DATUM_GCJ02);
  RnPoint shifted = rn_wgs84_to_gcj02 ((RnPoint){ 120.0, 32.0 });
  RnFixed f = rn_fixed_from_point (shifted);

  g_assert_cmpuint (rn_levels_get (levels, 20.0).at[0].x, ==, f.x);
  g_assert_cmpuint (rn_levels_boxes (levels)[0].min_x, ==, f.x);
}

static gpointer
ask_cb (gpointer data)
{
  for (int z = 3; z <= 15; z++)
    g_assert_cmpuint (rn_levels_get (data, z).first[0], ==, 0);
  return (gpointer) rn_levels_get (data, 9.0).first;
}

static void
test_threads (void)
{
  g_autoptr (RnNetwork) network = networks_synthetic (300);
  g_autoptr (RnLevels) levels = rn_levels_new (network, RN_DATUM_WGS84);
  GThread *threads[4];
  gpointer seen = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", ask_cb, levels);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      gpointer first = g_thread_join (threads[i]);

      g_assert_true (seen == NULL || seen == first);
      seen = first;
    }
}

static void
test_empty (void)
{
  g_autoptr (RnNetwork) network = rn_network_new_empty ();
  g_autoptr (RnLevels) levels = rn_levels_new (network, RN_DATUM_WGS84);
  g_autoptr (GArray) found = rn_levels_in_rect (levels, 8.0, 0.0, 0.0, 1e6, 1e6);

  g_assert_cmpuint (found->len, ==, 0);
  g_assert_cmpuint (rn_levels_hit (levels, 8.0, 10.0, 10.0, 5.0, NULL, NULL, NULL), ==, RN_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/carto/levels/levels", test_levels);
  g_test_add_func ("/carto/levels/loop", test_loop);
  g_test_add_func ("/carto/levels/hit-side", test_hit_side);
  g_test_add_func ("/carto/levels/hit-factor", test_hit_factor);
  g_test_add_func ("/carto/levels/hit-order", test_hit_order);
  g_test_add_func ("/carto/levels/path", test_path);
  g_test_add_func ("/carto/levels/gcj02", test_gcj02);
  g_test_add_func ("/carto/levels/threads", test_threads);
  g_test_add_func ("/carto/levels/empty", test_empty);
  return g_test_run ();
}
