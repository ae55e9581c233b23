/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "carto/rn-line.h"
#include "carto/rn-mercator.h"

static void
test_corners (void)
{
  RnFixed f = rn_fixed_from_point ((RnPoint){ 0.0, 0.0 });

  g_assert_cmpuint (f.x, ==, 1u << 31);
  g_assert_cmpuint (f.y, ==, 1u << 31);
  f = rn_fixed_from_point ((RnPoint){ -180.0, RN_MERCATOR_MAX_LAT });
  g_assert_cmpuint (f.x, ==, 0);
  g_assert_cmpuint (f.y, <=, 1);
  f = rn_fixed_from_point ((RnPoint){ 180.0, -90.0 }); /* beyond: clamps, does not wrap */
  g_assert_cmpuint (f.x, ==, G_MAXUINT32);
  g_assert_cmpuint (f.y, ==, G_MAXUINT32);
}

/* EPSG:3857 of 120° E, 32° N is 13,358,338.8952 m, 3,763,310.6271 m. */
static void
test_known_point (void)
{
  const double half = 20037508.342789244;
  RnFixed f = rn_fixed_from_point ((RnPoint){ 120.0, 32.0 });
  double x = f.x / 4294967296.0 * 2.0 * half - half, y = half - f.y / 4294967296.0 * 2.0 * half;

  g_assert_cmpfloat_with_epsilon (x, 13358338.8952, 0.01);
  g_assert_cmpfloat_with_epsilon (y, 3763310.6271, 0.01);
}

static void
test_round_trip (void)
{
  for (int i = 0; i < 10000; i++)
    {
      RnFixed f = { g_test_rand_int (), g_test_rand_int () };
      RnFixed back = rn_fixed_from_point (rn_fixed_to_point (f));

      g_assert_cmpint (ABS ((gint64) back.x - f.x), <=, 1);
      g_assert_cmpint (ABS ((gint64) back.y - f.y), <=, 1);
    }
}

static void
test_px (void)
{
  double x, y;
  RnPoint p = { 118.8, 32.05 }, back;
  RnFixed f = rn_fixed_from_point (p);

  for (double zoom = 3.0; zoom <= 18.0; zoom += 0.7)
    {
      rn_mercator_project (p, zoom, &x, &y);
      g_assert_cmpfloat_with_epsilon (f.x * rn_mercator_scale (zoom), x, 0.02);
      g_assert_cmpfloat_with_epsilon (f.y * rn_mercator_scale (zoom), y, 0.02);
      back = rn_mercator_unproject (x, y, zoom);
      g_assert_cmpfloat_with_epsilon (back.lon, p.lon, 1e-9);
      g_assert_cmpfloat_with_epsilon (back.lat, p.lat, 1e-9);
    }
  g_assert_cmpfloat_with_epsilon (rn_mercator_metres_per_px (0.0, 0.0), 156543.034, 0.001);
  g_assert_cmpfloat_with_epsilon (rn_mercator_metres_per_px (60.0, 10.0), 76.437, 0.001);
}

static void
test_width (void)
{
  static const double table[][2] = { { 3, 2.0 },  { 7.5, 2.0 }, { 8, 2.2 }, { 9, 3.0 },  { 10, 4.2 },
                                     { 11, 5.5 }, { 12, 7 },    { 13, 9 },  { 15, 14 }, { 20, 14 },
                                     { 9.5, 3.6 }, { 14, 11.5 } };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpfloat_with_epsilon (rn_line_width_px (table[i][0]), table[i][1], 1e-9);
  g_assert_cmpfloat (rn_line_offset_px (3.0), ==, 2.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/carto/mercator/corners", test_corners);
  g_test_add_func ("/carto/mercator/known-point", test_known_point);
  g_test_add_func ("/carto/mercator/round-trip", test_round_trip);
  g_test_add_func ("/carto/mercator/px", test_px);
  g_test_add_func ("/carto/line/width", test_width);
  return g_test_run ();
}
