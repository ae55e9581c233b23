/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mix-ups of systems of coordinates, found by holding places against a network: each one, both ways
 * round; and the cases in which nothing may be said. */
#include "model/rn-datum.h"

#include <math.h>
#include <string.h>

#include "fixture.h"

static RnPoint
same (RnPoint p)
{
  return p;
}

/* Places each @step_m along fixture_road(), moved by @move, with the bearing of travel or without. */
static GArray *
places_along (guint n, double step_m, RnPoint (*move) (RnPoint), gboolean with_bearing)
{
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (RnDatumSample));

  for (guint i = 0; i < n; i++)
    {
      RnDatumSample sample = { move ((RnPoint){ 119 + fixture_lon (500 + step_m * i), 32 }),
                               with_bearing ? 90 : NAN };

      g_array_append_val (samples, sample);
    }
  return samples;
}

static RnPoint
to_bd09 (RnPoint p)
{
  return rn_crs_from_wgs84 (RN_CRS_BD09, p);
}

/* BD-09 taken for GCJ-02. */
static RnPoint
bd09_as_gcj02 (RnPoint p)
{
  return rn_gcj02_to_wgs84 (to_bd09 (p));
}

static void
test_mix_ups (void)
{
  static const struct {
    RnPoint (*move) (RnPoint);
    RnCrs crs, fits;
    gboolean of_reference;
    double least_m, most_m;
  } cases[] = {
    { rn_wgs84_to_gcj02, RN_CRS_WGS84, RN_CRS_GCJ02, FALSE, 400, 700 },
    { to_bd09, RN_CRS_WGS84, RN_CRS_BD09, FALSE, 900, 1700 },
    { rn_gcj02_to_wgs84, RN_CRS_GCJ02, RN_CRS_WGS84, FALSE, 400, 700 },
    { bd09_as_gcj02, RN_CRS_GCJ02, RN_CRS_BD09, FALSE, 700, 1300 },
    { rn_gcj02_to_wgs84, RN_CRS_WGS84, RN_CRS_GCJ02, TRUE, 400, 700 },
  };
  g_autoptr (RnNetwork) network = fixture_road ("n", 40);
  g_autoptr (RnJoin) join = rn_join_new (network);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) samples = places_along (38, 1000, cases[i].move, i % 2 == 0);
      RnDatumFinding finding;

      g_test_message ("case %u", i);
      g_assert_true (
          rn_datum_judge (samples, cases[i].crs, join, RN_CRS_WGS84, &finding));
      g_assert_cmpint (finding.of_reference, ==, cases[i].of_reference);
      g_assert_cmpint (finding.fits, ==, cases[i].fits);
      g_assert_cmpfloat (finding.off_m, >, cases[i].least_m);
      g_assert_cmpfloat (finding.off_m, <, cases[i].most_m);
      g_assert_cmpuint (finding.n_as_is, ==, 0);
      g_assert_cmpuint (finding.n_fits, ==, finding.n);
      g_assert_true (rn_datum_stands (&finding, finding.n_fits / 3 - 1));
      g_assert_false (rn_datum_stands (&finding, finding.n_fits));
    }
}

static void
expect_nothing (const GArray *samples, const RnNetwork *network)
{
  g_autoptr (RnJoin) join = rn_join_new (network);
  RnDatumFinding finding;

  g_assert_false (rn_datum_judge (samples, RN_CRS_WGS84, join, RN_CRS_WGS84, &finding));
}

static RnPoint
northwards (RnPoint p)
{
  return (RnPoint){ p.lon, p.lat + 0.011 };
}

/* Right data, data that is off by no system's measure, and too few witnesses. */
static void
test_nothing (void)
{
  g_autoptr (RnNetwork) network = fixture_road ("n", 40);
  g_autoptr (GArray) right = places_along (38, 1000, same, TRUE);
  g_autoptr (GArray) off = places_along (38, 1000, northwards, TRUE);
  g_autoptr (GArray) few = places_along (7, 1000, rn_wgs84_to_gcj02, TRUE);
  g_autoptr (GArray) one_spot = places_along (200, 5, rn_wgs84_to_gcj02, TRUE);
  g_autoptr (GArray) none = places_along (0, 1, same, TRUE);

  expect_nothing (right, network);
  expect_nothing (off, network);
  expect_nothing (few, network);
  expect_nothing (one_spot, network);
  expect_nothing (none, network);
}

/* Roads each 60 m: all places fit, shifted or not. */
static void
test_dense (void)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("n", "1");
  g_autoptr (RnNetwork) network = NULL;
  g_autoptr (GArray) shifted = places_along (38, 1000, rn_wgs84_to_gcj02, TRUE);

  for (guint i = 0; i < 100; i++)
    {
      RnPoint line[2] = { { 118.9, 31.973 + i * 60 / 111195.08 },
                          { 119.6, 31.973 + i * 60 / 111195.08 } };
      RnSectionRow row = RN_SECTION_ROW_INIT;
      g_autofree char *id = g_strdup_printf ("%u", i);

      row.id = id;
      row.road = "X";
      row.points = line;
      row.n_points = 2;
      g_assert_true (rn_network_builder_add_section (builder, &row, NULL));
    }
  network = rn_network_builder_end (builder);
  expect_nothing (shifted, network);
}

static RnNetwork *
moved_road (RnPoint (*move) (RnPoint), double lon_off)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("m", "1");

  for (guint i = 0; i < 40; i++)
    {
      RnPoint line[2] = { move ((RnPoint){ 119 + lon_off + fixture_lon (1000.0 * i), 32 }),
                          move ((RnPoint){ 119 + lon_off + fixture_lon (1000.0 * i + 1000), 32 }) };
      RnSectionRow row = RN_SECTION_ROW_INIT;
      RnFacilityRow facility = RN_FACILITY_ROW_INIT;
      g_autofree char *id = g_strdup_printf ("%u", i);

      row.id = facility.id = id;
      row.road = "G1";
      row.points = line;
      row.n_points = 2;
      facility.at = (RnPoint){ 119 + lon_off + fixture_lon (1000.0 * i + 500), 32 };
      g_assert_true (rn_network_builder_add_section (builder, &row, NULL));
      g_assert_true (rn_network_builder_add_facility (builder, &facility, NULL));
    }
  return rn_network_builder_end (builder);
}

/* A network against another one, and the facilities of a document against its own sections. */
static void
test_networks (void)
{
  g_autoptr (RnNetwork) here = fixture_road ("n", 40);
  g_autoptr (RnNetwork) shifted = moved_road (rn_wgs84_to_gcj02, 0);
  g_autoptr (RnJoin) on_here = rn_join_new (here), on_shifted = rn_join_new (shifted);
  g_autoptr (GArray) sections = g_array_new (FALSE, FALSE, sizeof (RnDatumSample));
  g_autoptr (GArray) facilities = g_array_new (FALSE, FALSE, sizeof (RnDatumSample));
  RnDatumFinding finding;
  g_autofree char *text = NULL;

  rn_datum_sample_sections (shifted, sections);
  g_assert_cmpuint (sections->len, ==, 40);
  g_assert_true (rn_datum_judge (sections, RN_CRS_WGS84, on_here, RN_CRS_WGS84, &finding));
  g_assert_cmpint (finding.fits, ==, RN_CRS_GCJ02);
  text = rn_datum_dup_text (&finding, "roads");
  g_assert_nonnull (strstr (text, "“roads”"));
  g_assert_nonnull (strstr (text, "gcj02"));
  rn_datum_sample_facilities (shifted, facilities);
  g_assert_cmpuint (facilities->len, ==, 40);
  g_assert_true (rn_datum_judge (facilities, RN_CRS_WGS84, on_shifted, RN_CRS_WGS84, &finding));
}

/* Where the systems agree there is nothing to mix up: a road of Colorado. */
static void
test_elsewhere (void)
{
  g_autoptr (RnNetwork) network = moved_road (same, -224);
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (RnDatumSample));

  rn_datum_sample_facilities (network, samples);
  for (guint i = 0; i < samples->len; i++)
    g_array_index (samples, RnDatumSample, i).at.lat += 0.006;
  expect_nothing (samples, network);
}

/* Start and end alone say nothing of the way between them. */
static void
test_sample_line (void)
{
  RnPoint line[] = { { 119, 32 }, { 119.002, 32 }, { 119.1, 32.1 } };
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (RnDatumSample));

  rn_datum_sample_line (line, 3, samples);
  g_assert_cmpuint (samples->len, ==, 3);
  g_assert_cmpfloat_with_epsilon (g_array_index (samples, RnDatumSample, 0).at.lon, 119.001, 1e-9);
  g_assert_cmpfloat_with_epsilon (g_array_index (samples, RnDatumSample, 0).bearing_deg, 90, 0.1);
  g_assert_true (isnan (g_array_index (samples, RnDatumSample, 1).bearing_deg));
  g_assert_cmpfloat (g_array_index (samples, RnDatumSample, 2).at.lat, ==, 32.1);
  rn_datum_sample_line (line, 1, samples);
  g_assert_cmpuint (samples->len, ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/datum/mix-ups", test_mix_ups);
  g_test_add_func ("/datum/nothing", test_nothing);
  g_test_add_func ("/datum/dense", test_dense);
  g_test_add_func ("/datum/networks", test_networks);
  g_test_add_func ("/datum/elsewhere", test_elsewhere);
  g_test_add_func ("/datum/sample-line", test_sample_line);
  return g_test_run ();
}
