/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grid against a search of all segments, and lines on a road of two directions. */
#include "model/rn-join.h"

#include <math.h>

#include "fixture.h"

static const char *
id_of (const RnNetwork *n, guint32 i)
{
  return i == RN_NONE ? NULL : n->id[i];
}

static void
test_point (void)
{
  g_autoptr (RnNetwork) n = fixture_road ("demo", 5);
  g_autoptr (RnJoin) join = rn_join_new (n);
  RnPoint at = { 119 + fixture_lon (2300), 32 + 30 / 111195.08 };
  RnJoinHit hit = rn_join_point (join, at, 80, 50);

  g_assert_cmpstr (id_of (n, hit.section), ==, "a2");
  g_assert_cmpfloat_with_epsilon (hit.distance_m, 30, 0.1);
  g_assert_cmpfloat_with_epsilon (hit.fraction, 0.3, 0.001);
  g_assert_cmpfloat_with_epsilon (hit.bearing_deg, 90, 0.1);
  hit = rn_join_point (join, at, 260, 50);
  g_assert_cmpstr (id_of (n, hit.section), ==, "d2");
  g_assert_cmpfloat_with_epsilon (hit.fraction, 0.7, 0.001);
  hit = rn_join_point (join, at, 0, 50); /* crossing it */
  g_assert_cmpuint (hit.section, ==, RN_NONE);
  hit = rn_join_point (join, at, 44, 50); /* 46° off */
  g_assert_cmpuint (hit.section, ==, RN_NONE);
  hit = rn_join_point (join, at, 46, 50); /* 44° off */
  g_assert_cmpstr (id_of (n, hit.section), ==, "a2");
  hit = rn_join_point (join, at, NAN, 50); /* the first of equals */
  g_assert_cmpstr (id_of (n, hit.section), ==, "a2");
  hit = rn_join_point (join, at, NAN, 29);
  g_assert_cmpuint (hit.section, ==, RN_NONE);
  g_assert_true (isnan (hit.distance_m));
  hit = rn_join_point (join, (RnPoint){ 10, 10 }, NAN, 50);
  g_assert_cmpuint (hit.section, ==, RN_NONE);
  hit = rn_join_point (join, (RnPoint){ NAN, 10 }, NAN, 50);
  g_assert_cmpuint (hit.section, ==, RN_NONE);
}

static void
test_empty (void)
{
  g_autoptr (RnNetwork) n = rn_network_new_empty ();
  g_autoptr (RnJoin) join = rn_join_new (n);
  RnPoint line[] = { { 119, 32 }, { 119.1, 32 } };
  g_autoptr (GArray) sections = rn_join_line (join, line, 2, TRUE);

  g_assert_cmpuint (rn_join_point (join, line[0], NAN, 50).section, ==, RN_NONE);
  g_assert_cmpuint (sections->len, ==, 0);
}

static char *
join_words (const RnJoin *join, const RnNetwork *n, double from_m, double to_m, gboolean both)
{
  RnPoint line[] = { { 119 + fixture_lon (from_m), 32.0001 },
                     { 119 + fixture_lon ((from_m + to_m) / 2), 32.0002 },
                     { 119 + fixture_lon (to_m), 32.0001 } };
  g_autoptr (GArray) sections = rn_join_line (join, line, 3, both);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < sections->len; i++)
    g_string_append_printf (words, "%s ", n->id[g_array_index (sections, guint32, i)]);
  return g_string_free (words, FALSE);
}

static void
test_line (void)
{
  g_autoptr (RnNetwork) n = fixture_road ("demo", 8);
  g_autoptr (RnJoin) join = rn_join_new (n);
  g_autofree char *east = join_words (join, n, 1500, 4500, FALSE);
  g_autofree char *west = join_words (join, n, 4500, 1500, FALSE);
  g_autofree char *both = join_words (join, n, 1500, 3500, TRUE);
  g_autofree char *exact = join_words (join, n, 2000, 4000, FALSE);
  g_autofree char *beyond = join_words (join, n, 7500, 9500, FALSE);

  g_assert_cmpstr (east, ==, "a1 a2 a3 a4 ");
  g_assert_cmpstr (west, ==, "d4 d3 d2 d1 ");
  g_assert_cmpstr (both, ==, "a1 a2 a3 d1 d2 d3 ");
  g_assert_cmpstr (exact, ==, "a2 a3 "); /* not the neighbours that it only touches */
  g_assert_cmpstr (beyond, ==, "a7 ");
}

static void
test_single_point (void)
{
  g_autoptr (RnNetwork) n = fixture_road ("demo", 3);
  g_autoptr (RnJoin) join = rn_join_new (n);
  RnPoint at = { 119 + fixture_lon (1500), 32 };
  g_autoptr (GArray) one = rn_join_line (join, &at, 1, FALSE);
  g_autoptr (GArray) two = rn_join_line (join, &at, 1, TRUE);

  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (two->len, ==, 2);
  g_assert_cmpstr (id_of (n, g_array_index (two, guint32, 1)), ==, "d1");
}

static RnNetwork *
random_network (guint n, double reach)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("s", "1");

  for (guint i = 0; i < n; i++)
    {
      RnPoint line[5] = { { g_test_rand_double_range (118, 118 + reach),
                            g_test_rand_double_range (31, 31 + reach) } };
      RnSectionRow row = RN_SECTION_ROW_INIT;
      g_autofree char *id = g_strdup_printf ("%u", i);
      /* Now and then one that crosses the whole network. */
      double step = i % 20 == 0 ? reach : reach / 50;

      for (guint k = 1; k < 5; k++)
        line[k] = (RnPoint){ line[k - 1].lon + g_test_rand_double_range (-step, step),
                             line[k - 1].lat + g_test_rand_double_range (-step, step) };
      row.id = id;
      row.road = "G1";
      row.points = line;
      row.n_points = 5;
      g_assert_true (rn_network_builder_add_section (builder, &row, NULL));
    }
  return rn_network_builder_end (builder);
}

/* The nearest segment that may be taken, by looking at all. */
static double
brute_force (const RnNetwork *n, RnPoint at, double bearing, double max_m)
{
  double best = max_m;
  gboolean found = FALSE;

  for (guint i = 0; i < n->n_sections; i++)
    for (guint32 k = n->first[i]; k + 1 < n->first[i + 1]; k++)
      {
        RnPoint a = { n->lon[k], n->lat[k] }, b = { n->lon[k + 1], n->lat[k + 1] };
        double d = rn_distance_to_segment_m (at, a, b, NULL);

        if (d > best
            || (!isnan (bearing)
                && rn_bearing_difference_deg (rn_bearing_deg (a, b), bearing) >= 45))
          continue;
        best = d;
        found = TRUE;
      }
  return found ? best : NAN;
}

static void
test_random (void)
{
  static const double reaches[] = { 0.01, 0.3, 5 };
  guint hits = 0;

  for (guint r = 0; r < G_N_ELEMENTS (reaches); r++)
    {
      g_autoptr (RnNetwork) n = random_network (200, reaches[r]);
      g_autoptr (RnJoin) join = rn_join_new (n);

      for (guint i = 0; i < 400; i++)
        {
          RnPoint at = { g_test_rand_double_range (118 - reaches[r] / 5, 118 + reaches[r] * 1.2),
                         g_test_rand_double_range (31 - reaches[r] / 5, 31 + reaches[r] * 1.2) };
          double bearing = g_test_rand_bit () ? NAN : g_test_rand_double_range (0, 360);
          double max_m = g_test_rand_double_range (1, 111000 * reaches[r] / 5);
          double expected = brute_force (n, at, bearing, max_m);
          RnJoinHit hit = rn_join_point (join, at, bearing, max_m);

          g_assert_true ((hit.section == RN_NONE) == !!isnan (expected));
          if (hit.section == RN_NONE)
            continue;
          g_assert_cmpfloat (hit.distance_m, ==, expected);
          g_assert_true (hit.fraction >= 0 && hit.fraction <= 1);
          hits++;
        }
    }
  g_assert_cmpuint (hits, >, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/join/point", test_point);
  g_test_add_func ("/join/empty", test_empty);
  g_test_add_func ("/join/line", test_line);
  g_test_add_func ("/join/single-point", test_single_point);
  g_test_add_func ("/join/random", test_random);
  return g_test_run ();
}
