/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distances against known ones, segments against brute force, GCJ-02 and BD-09 against vectors made
 * by another implementation (gcoord 1.0.7). */
#include <math.h>

#include "base/rn-geodesy.h"

static void
assert_near (double a, double b, double tolerance)
{
  g_assert_cmpfloat (fabs (a - b), <=, tolerance);
}

static void
test_distance (void)
{
  RnPoint equator = { 0, 0 }, degree = { 1, 0 }, pole = { 0, 90 };
  RnPoint nanjing = { 118.796, 32.06 }, suzhou = { 120.595, 31.304 };

  assert_near (rn_distance_m (equator, degree), 111195.08, 0.01); /* 2πR / 360 */
  assert_near (rn_distance_m (equator, pole), 111195.08 * 90, 1);
  assert_near (rn_distance_m (equator, equator), 0, 0);
  assert_near (rn_distance_m ((RnPoint){ 179.5, 0 }, (RnPoint){ -179.5, 0 }), 111195.08, 0.01);
  assert_near (rn_distance_m (equator, (RnPoint){ 180, 0 }), 111195.08 * 180, 1);
  assert_near (rn_distance_m (nanjing, suzhou), rn_distance_m (suzhou, nanjing), 1e-6);
  assert_near (rn_distance_m (nanjing, suzhou), 189700, 600);
}

static void
test_bearing (void)
{
  RnPoint o = { 120, 32 };

  assert_near (rn_bearing_deg (o, (RnPoint){ 120, 33 }), 0, 1e-9);
  assert_near (rn_bearing_deg (o, (RnPoint){ 120.001, 32 }), 90, 0.01);
  assert_near (rn_bearing_deg (o, (RnPoint){ 120, 31 }), 180, 1e-9);
  assert_near (rn_bearing_deg (o, (RnPoint){ 119.999, 32 }), 270, 0.01);
  for (int i = 0; i < 1000; i++)
    {
      RnPoint p = { g_test_rand_double_range (-180, 180), g_test_rand_double_range (-90, 90) };
      double b = rn_bearing_deg (o, p);

      g_assert_true (b >= 0 && b < 360);
    }
  assert_near (rn_bearing_difference_deg (350, 10), 20, 1e-9);
  assert_near (rn_bearing_difference_deg (10, 350), 20, 1e-9);
  assert_near (rn_bearing_difference_deg (0, 180), 180, 1e-9);
  assert_near (rn_bearing_difference_deg (45, 45), 0, 0);
  assert_near (rn_bearing_difference_deg (725, 0), 5, 1e-9);
}

/* Against the nearest of many points on the segment. */
static void
test_segment (void)
{
  for (int i = 0; i < 300; i++)
    {
      RnPoint a = { g_test_rand_double_range (119, 119.3), g_test_rand_double_range (31, 31.3) };
      RnPoint b = { g_test_rand_double_range (119, 119.3), g_test_rand_double_range (31, 31.3) };
      RnPoint p = { g_test_rand_double_range (119, 119.3), g_test_rand_double_range (31, 31.3) };
      double best = INFINITY, t;

      for (int k = 0; k <= 2000; k++)
        best = MIN (best, rn_distance_m (p, (RnPoint){ a.lon + (b.lon - a.lon) * k / 2000,
                                                       a.lat + (b.lat - a.lat) * k / 2000 }));
      assert_near (rn_distance_to_segment_m (p, a, b, &t), best, 30 + best * 0.002);
      g_assert_true (t >= 0 && t <= 1);
    }
  assert_near (rn_distance_to_segment_m ((RnPoint){ 119, 31 }, (RnPoint){ 119, 31 },
                                         (RnPoint){ 119, 31 }, NULL), 0, 0);
  assert_near (rn_distance_to_segment_m ((RnPoint){ -179.99, 0 }, (RnPoint){ 179.99, 0 },
                                         (RnPoint){ 179.99, 1 }, NULL), 0.02 * 111195.08, 1);
}

static void
test_box (void)
{
  RnBox box = RN_BOX_EMPTY, other = RN_BOX_EMPTY;

  g_assert_true (rn_box_is_empty (&box));
  rn_box_union (&box, &other);
  g_assert_true (rn_box_is_empty (&box));
  rn_box_add (&box, 119, 32);
  g_assert_false (rn_box_is_empty (&box));
  rn_box_add (&other, 118, 33);
  rn_box_union (&box, &other);
  assert_near (box.min_lon, 118, 0);
  assert_near (box.max_lon, 119, 0);
  assert_near (box.min_lat, 32, 0);
  assert_near (box.max_lat, 33, 0);
  g_assert_true (rn_point_is_valid (180, -90));
  g_assert_false (rn_point_is_valid (180.1, 0));
  g_assert_false (rn_point_is_valid (0, NAN));
  g_assert_false (rn_point_is_valid (INFINITY, 0));
}

static void
assert_point (RnPoint a, RnPoint b, double tolerance)
{
  assert_near (a.lon, b.lon, tolerance);
  assert_near (a.lat, b.lat, tolerance);
}

static void
test_vectors (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (RN_SOURCE_DIR "/tests/base/gcj02_vectors.csv", &text, NULL,
                                      NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) f = g_strsplit (lines[i], ",", -1);
      RnPoint wgs, gcj, bd;

      if (g_strv_length (f) < 8)
        continue;
      wgs = (RnPoint){ g_ascii_strtod (f[1], NULL), g_ascii_strtod (f[2], NULL) };
      gcj = (RnPoint){ g_ascii_strtod (f[3], NULL), g_ascii_strtod (f[4], NULL) };
      bd = (RnPoint){ g_ascii_strtod (f[5], NULL), g_ascii_strtod (f[6], NULL) };
      assert_point (rn_wgs84_to_gcj02 (wgs), gcj, 1e-6);
      assert_point (rn_gcj02_to_bd09 (gcj), bd, 1e-6);
      assert_point (rn_gcj02_to_wgs84 (gcj), wgs, 1e-6);
      assert_point (rn_bd09_to_gcj02 (bd), gcj, 1e-6);
      assert_near (rn_distance_m (wgs, gcj), g_ascii_strtod (f[7], NULL), 2);
      n++;
    }
  g_assert_cmpuint (n, ==, 9);
}

static void
test_round_trip (void)
{
  for (int i = 0; i < 2000; i++)
    {
      RnPoint p = { g_test_rand_double_range (73, 137), g_test_rand_double_range (2, 55) };

      assert_point (rn_gcj02_to_wgs84 (rn_wgs84_to_gcj02 (p)), p, 1e-9);
      assert_point (rn_bd09_to_gcj02 (rn_gcj02_to_bd09 (p)), p, 1e-9);
    }
  /* Outside the box nothing is shifted. */
  assert_point (rn_wgs84_to_gcj02 ((RnPoint){ 72.0, 30 }), (RnPoint){ 72.0, 30 }, 0);
  assert_point (rn_gcj02_to_wgs84 ((RnPoint){ 2.35, 48.85 }), (RnPoint){ 2.35, 48.85 }, 0);
}

static void
test_crs (void)
{
  const RnPoint nanjing = { 118.796, 32.06 };

  for (guint i = 0; i < RN_N_CRS; i++)
    {
      RnPoint there = rn_crs_from_wgs84 ((RnCrs) i, nanjing);
      RnPoint back = rn_crs_to_wgs84 ((RnCrs) i, there);
      double shift_m = rn_distance_m (there, nanjing);
      RnCrs parsed = RN_N_CRS;

      g_assert_cmpfloat (rn_distance_m (back, nanjing), <, 0.01);
      g_assert_true (i == RN_CRS_WGS84 ? shift_m == 0 : shift_m > 300 && shift_m < 2000);
      g_assert_true (rn_crs_parse (rn_crs_word ((RnCrs) i), &parsed));
      g_assert_cmpuint (parsed, ==, i);
    }
  g_assert_false (rn_crs_parse ("cgcs2000", &(RnCrs){ 0 }));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geodesy/distance", test_distance);
  g_test_add_func ("/geodesy/bearing", test_bearing);
  g_test_add_func ("/geodesy/segment", test_segment);
  g_test_add_func ("/geodesy/box", test_box);
  g_test_add_func ("/geodesy/vectors", test_vectors);
  g_test_add_func ("/geodesy/round-trip", test_round_trip);
  g_test_add_func ("/geodesy/crs", test_crs);
  return g_test_run ();
}
