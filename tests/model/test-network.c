/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building, searching, joining and the size of a network. */
#include <math.h>
#include <string.h>

#include "fixture.h"
#include "model/rn-network-private.h"

static guint32
find (const RnNetwork *network, const char *id)
{
  return rn_network_find_section (network, NULL, id);
}

static void
test_columns (void)
{
  g_autoptr (RnNetwork) n = fixture_road ("demo", 4);
  guint32 a1 = find (n, "a1"), d1 = find (n, "d1");

  g_assert_cmpuint (n->n_sections, ==, 8);
  g_assert_cmpuint (n->n_roads, ==, 1);
  g_assert_cmpuint (n->first[8], ==, 24);
  g_assert_cmpstr (n->version, ==, "1");
  g_assert_cmpstr (n->sources[0], ==, "demo");
  g_assert_cmpstr (n->id[a1], ==, "a1");
  g_assert_cmpstr (n->key[a1], ==, "demo/a1");
  g_assert_cmpint (n->direction[d1], ==, RN_DIRECTION_DESC);
  g_assert_cmpfloat (n->from_m[d1], ==, 2000);
  g_assert_cmpfloat_with_epsilon (n->length_m[a1], 1000, 0.5);
  g_assert_cmpfloat (n->capacity_vph[a1], ==, 3 * 2200);
  g_assert_cmpfloat_with_epsilon (n->box[a1].min_lon, 119 + fixture_lon (1000), 1e-12);
  g_assert_cmpfloat_with_epsilon (n->extent.max_lon, 119 + fixture_lon (4000), 1e-12);
  g_assert_cmpstr (n->roads[0].ref, ==, "G1");
  g_assert_cmpstr (n->roads[0].source, ==, "demo");
}

static void
test_capacity (void)
{
  static const struct {
    int lanes;
    double speed, given, expected;
  } cases[] = { { 3, 120, NAN, 6600 }, { 2, 100, NAN, 4200 }, { 2, 80, NAN, 4000 },
                { 1, 110, NAN, 2150 }, { 1, 60, NAN, 1900 },  { 1, 140, NAN, 2200 },
                { 1, 20, NAN, 1800 },  { 3, 120, 5000, 5000 }, { 0, 120, NAN, NAN },
                { 3, NAN, NAN, NAN } };
  const RnPoint line[] = { { 119, 32 }, { 119.01, 32 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("s", NULL);
      g_autoptr (RnNetwork) n = NULL;
      RnSectionRow row = RN_SECTION_ROW_INIT;

      row.id = "x";
      row.road = "G1";
      row.lanes = cases[i].lanes;
      row.free_speed_kmh = cases[i].speed;
      row.capacity_vph = cases[i].given;
      row.points = line;
      row.n_points = 2;
      g_assert_true (rn_network_builder_add_section (builder, &row, NULL));
      n = rn_network_builder_end (builder);
      if (isnan (cases[i].expected))
        g_assert_true (isnan (n->capacity_vph[0]));
      else
        g_assert_cmpfloat (n->capacity_vph[0], ==, cases[i].expected);
    }
}

static void
test_refused_rows (void)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("s", "1");
  g_autoptr (RnNetwork) n = NULL;
  g_autoptr (GError) error = NULL;
  RnPoint line[] = { { 119, 32 }, { 119, 32 }, { 119.01, 32 } };
  RnSectionRow row = RN_SECTION_ROW_INIT;

  row.road = "G1";
  row.id = "x";
  row.points = line;
  row.n_points = 2;
  g_assert_false (rn_network_builder_add_section (builder, &row, &error));
  g_assert_error (error, RN_MODEL_ERROR, RN_MODEL_ERROR_ROW); /* two equal points */
  g_clear_error (&error);
  row.n_points = 3;
  row.from_m = 100;
  row.to_m = 50;
  g_assert_false (rn_network_builder_add_section (builder, &row, &error));
  g_assert_error (error, RN_MODEL_ERROR, RN_MODEL_ERROR_ROW); /* against its direction */
  g_clear_error (&error);
  row.direction = RN_DIRECTION_DESC;
  g_assert_true (rn_network_builder_add_section (builder, &row, &error));
  g_assert_no_error (error);
  g_assert_false (rn_network_builder_add_section (builder, &row, &error));
  g_assert_error (error, RN_MODEL_ERROR, RN_MODEL_ERROR_DUPLICATE);
  g_clear_error (&error);
  row.id = "y";
  line[2].lat = 90.5;
  g_assert_false (rn_network_builder_add_section (builder, &row, &error));
  g_assert_error (error, RN_MODEL_ERROR, RN_MODEL_ERROR_ROW); /* off the globe */
  g_clear_error (&error);
  row.road = NULL;
  g_assert_false (rn_network_builder_add_section (builder, &row, NULL));
  n = rn_network_builder_end (builder);
  g_assert_cmpuint (n->n_sections, ==, 1);
  g_assert_cmpuint (n->first[1], ==, 2); /* the double point was left out */
}

static gboolean
is_down (const RnNetwork *n, const char *from, const char *to)
{
  guint32 i = find (n, from), j = find (n, to);
  gboolean down = FALSE, up = FALSE;

  for (guint32 k = n->down_first[i]; k < n->down_first[i + 1]; k++)
    down = down || n->down[k] == j;
  for (guint32 k = n->up_first[j]; k < n->up_first[j + 1]; k++)
    up = up || n->up[k] == i;
  g_assert_true (down == up); /* both say the same */
  return down;
}

static void
test_adjacency_by_place (void)
{
  g_autoptr (RnNetwork) n = fixture_road ("demo", 5);

  g_assert_cmpuint (n->down_first[10], ==, 8);
  g_assert_true (is_down (n, "a0", "a1"));
  g_assert_true (is_down (n, "d3", "d2"));
  g_assert_false (is_down (n, "a0", "a2"));
  g_assert_false (is_down (n, "a1", "a0"));
  /* No turning back where both carriageways share a line. */
  g_assert_false (is_down (n, "a1", "d1"));
  g_assert_false (is_down (n, "a0", "d0"));
}

static void
add_line (RnNetworkBuilder *builder, const char *id, const char *road, RnPoint a, RnPoint b,
          const char *const *downstream)
{
  RnPoint line[] = { a, b };
  RnSectionRow row = RN_SECTION_ROW_INIT;

  row.id = id;
  row.road = road;
  row.points = line;
  row.n_points = 2;
  row.downstream = downstream;
  g_assert_true (rn_network_builder_add_section (builder, &row, NULL));
}

static void
test_adjacency_of_roads (void)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("s", "1");
  g_autoptr (RnNetwork) n = NULL;
  RnPoint west = { 119, 32 }, node = { 119.01, 32 }, east = { 119.02, 32 };
  RnPoint north = { 119.01, 32.01 }, back = { 119.0, 32.001 };
  RnPoint node_20m = { 119.01 + fixture_lon (20), 32 };
  RnPoint node_40m = { 119.01 + fixture_lon (40), 32 };

  add_line (builder, "in", "G1", west, node, NULL);
  add_line (builder, "straight", "G2", node_20m, east, NULL);
  add_line (builder, "too-far", "G2", node_40m, east, NULL);
  add_line (builder, "left", "G3", node, north, NULL);  /* 90° */
  add_line (builder, "sharp", "G4", node, back, NULL);  /* 174° */
  n = rn_network_builder_end (builder);
  g_assert_true (is_down (n, "in", "straight"));
  g_assert_true (is_down (n, "in", "left"));
  g_assert_false (is_down (n, "in", "too-far"));
  g_assert_false (is_down (n, "in", "sharp"));
}

static void
test_adjacency_given (void)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("s", "1");
  g_autoptr (RnNetwork) n = NULL;
  RnPoint a = { 119, 32 }, b = { 119.01, 32 };
  const char *const down[] = { "later", "unknown", "later", "x", NULL };

  add_line (builder, "x", "G1", a, b, down);
  add_line (builder, "later", "G2", a, b, NULL);
  n = rn_network_builder_end (builder);
  g_assert_cmpuint (n->down_first[2], ==, 1); /* once, not to itself, unknown ones not at all */
  g_assert_true (is_down (n, "x", "later"));
}

static void
test_section_at (void)
{
  g_autoptr (RnNetwork) n = fixture_road ("demo", 10);
  static const struct {
    RnDirection direction;
    double m;
    const char *id;
  } cases[] = {
    { RN_DIRECTION_ASC, 0, "a0" },      { RN_DIRECTION_ASC, 999.9, "a0" },
    { RN_DIRECTION_ASC, 1000, "a1" },   { RN_DIRECTION_ASC, 5400, "a5" },
    { RN_DIRECTION_ASC, 10000, "a9" },  { RN_DIRECTION_ASC, 10001, NULL },
    { RN_DIRECTION_ASC, -1, NULL },     { RN_DIRECTION_ASC, NAN, NULL },
    { RN_DIRECTION_DESC, 10000, "d9" }, { RN_DIRECTION_DESC, 9999, "d9" },
    { RN_DIRECTION_DESC, 1000, "d0" },  { RN_DIRECTION_DESC, 1000.1, "d1" },
    { RN_DIRECTION_DESC, 0, "d0" },     { RN_DIRECTION_DESC, 5400, "d5" },
    { RN_DIRECTION_DESC, 10001, NULL }, { RN_DIRECTION_DESC, -0.1, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint32 found = rn_network_section_at (n, 0, cases[i].direction, cases[i].m);

      g_test_message ("%d %g", cases[i].direction, cases[i].m);
      g_assert_cmpstr (found == RN_NONE ? NULL : n->id[found], ==, cases[i].id);
    }
  g_assert_cmpuint (rn_network_section_at (n, 7, RN_DIRECTION_ASC, 0), ==, RN_NONE);
}

/* Gaps, ramps that lie in a section, unknown chainages; against a search of all. */
static void
test_section_at_random (void)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("s", "1");
  g_autoptr (RnNetwork) n = NULL;
  const RnPoint line[] = { { 119, 32 }, { 119.01, 32 } };

  for (guint i = 0; i < 300; i++)
    {
      RnSectionRow row = RN_SECTION_ROW_INIT;
      g_autofree char *id = g_strdup_printf ("%u", i);
      double from = g_test_rand_int_range (0, 200) * 100.0;

      row.id = id;
      row.road = "G1";
      row.direction = g_test_rand_bit ();
      row.section_class = g_test_rand_int_range (0, 4) == 0 ? RN_CLASS_RAMP : RN_CLASS_EXPRESSWAY;
      if (i % 17 != 0)
        {
          double length = g_test_rand_int_range (0, 8) * 100.0;

          row.from_m = from;
          row.to_m = row.direction == RN_DIRECTION_ASC ? from + length : from - length;
        }
      row.points = line;
      row.n_points = 2;
      g_assert_true (rn_network_builder_add_section (builder, &row, NULL));
    }
  n = rn_network_builder_end (builder);
  for (guint i = 0; i < 2000; i++)
    {
      double m = g_test_rand_int_range (-100, 2300) * 10.0;
      RnDirection d = g_test_rand_bit ();
      guint32 found = rn_network_section_at (n, 0, d, m);
      gboolean any = FALSE, main_line = FALSE;

      for (guint32 s = 0; s < n->n_sections; s++)
        {
          double low = MIN (n->from_m[s], n->to_m[s]), high = MAX (n->from_m[s], n->to_m[s]);

          if (n->direction[s] != d || isnan (n->from_m[s]) || m < low || m > high)
            continue;
          any = TRUE;
          main_line = main_line || n->section_class[s] != RN_CLASS_RAMP;
        }
      g_assert_true ((found != RN_NONE) == any);
      if (found == RN_NONE)
        continue;
      g_assert_cmpint (n->direction[found], ==, d);
      g_assert_true (m >= MIN (n->from_m[found], n->to_m[found])
                     && m <= MAX (n->from_m[found], n->to_m[found]));
      g_assert_true (main_line == (n->section_class[found] != RN_CLASS_RAMP));
    }
}

static void
test_points (void)
{
  g_autoptr (RnNetwork) n = fixture_road ("demo", 3);
  guint32 a1 = find (n, "a1"), d1 = find (n, "d1");
  RnPoint p = rn_network_point_on (n, a1, 0.25);

  g_assert_cmpfloat_with_epsilon (p.lon, 119 + fixture_lon (1250), 1e-6);
  p = rn_network_point_at_chainage (n, a1, 1750);
  g_assert_cmpfloat_with_epsilon (p.lon, 119 + fixture_lon (1750), 1e-6);
  p = rn_network_point_at_chainage (n, d1, 1750);
  g_assert_cmpfloat_with_epsilon (p.lon, 119 + fixture_lon (1750), 1e-6);
  p = rn_network_point_at_chainage (n, d1, 99999); /* clamped to its start */
  g_assert_cmpfloat_with_epsilon (p.lon, 119 + fixture_lon (2000), 1e-6);
  p = rn_network_point_on (n, a1, -3);
  g_assert_cmpfloat_with_epsilon (p.lon, 119 + fixture_lon (1000), 1e-6);
  p = rn_network_point_on (n, a1, 7);
  g_assert_cmpfloat_with_epsilon (p.lon, 119 + fixture_lon (2000), 1e-6);
  p = rn_network_point_on (n, a1, NAN);
  g_assert_true (rn_point_is_valid (p.lon, p.lat));
}

static void
test_words (void)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("s", "1");
  g_autoptr (RnNames) up = rn_names_new_pairs ("zh-CN", "北京方向", "en", "to Beijing", NULL);
  g_autoptr (RnNames) name = rn_names_new ("Jiangyin North → Jingjiang");
  RnRoadRow road = { .ref = "G2", .direction_names = { NULL, up } };
  const RnPoint line[] = { { 119, 32 }, { 119.01, 32 } };
  RnSectionRow row = RN_SECTION_ROW_INIT;
  g_autoptr (RnNetwork) n = NULL;
  g_autofree char *title = NULL, *range = NULL, *plain = NULL, *nothing = NULL, *dash = NULL;

  rn_network_builder_add_road (builder, &road);
  row.road = "G2";
  row.points = line;
  row.n_points = 2;
  row.id = "named";
  row.direction = RN_DIRECTION_DESC;
  row.from_m = 1066900;
  row.to_m = 1051700;
  row.names = name;
  rn_network_builder_add_section (builder, &row, NULL);
  row.id = "plain";
  row.names = NULL;
  rn_network_builder_add_section (builder, &row, NULL);
  row.id = "nothing";
  row.direction = RN_DIRECTION_ASC;
  row.from_m = row.to_m = NAN;
  rn_network_builder_add_section (builder, &row, NULL);
  n = rn_network_builder_end (builder);
  title = rn_network_dup_section_title (n, 0);
  g_assert_cmpstr (title, ==, "G2 Jiangyin North → Jingjiang to Beijing");
  range = rn_network_dup_chainage_range (n, 0);
  g_assert_cmpstr (range, ==, "K1066+900–K1051+700");
  plain = rn_network_dup_section_name (n, 1);
  g_assert_cmpstr (plain, ==, "K1066+900–K1051+700");
  nothing = rn_network_dup_section_name (n, 2);
  g_assert_cmpstr (nothing, ==, "nothing");
  dash = rn_network_dup_chainage_range (n, 2);
  g_assert_cmpstr (dash, ==, "–");
  g_assert_cmpstr (rn_network_direction_name (n, 2), ==, "down");
}

/* Two sources with the same ids: nothing is mixed up. */
static void
test_concat (void)
{
  g_autoptr (RnNetwork) a = fixture_road ("east", 3), b = NULL, joint = NULL, one = NULL;
  g_autoptr (RnNetwork) none = NULL;
  guint32 offsets[2], i;

  {
    g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("we/st", "7");
    const char *const sections[] = { "a1", NULL };
    RnFacilityRow facility = RN_FACILITY_ROW_INIT;

    add_line (builder, "a0", "g1", (RnPoint){ 117, 31 }, (RnPoint){ 117.01, 31 }, NULL);
    add_line (builder, "a1", "g1", (RnPoint){ 117.01, 31 }, (RnPoint){ 117.02, 31 }, NULL);
    facility.id = "f";
    facility.road = "g1";
    facility.at = (RnPoint){ 116.5, 31 };
    facility.sections = sections;
    g_assert_true (rn_network_builder_add_facility (builder, &facility, NULL));
    b = rn_network_builder_end (builder);
  }
  joint = rn_network_concat ((const RnNetwork *[]){ a, b }, 2, offsets);
  g_assert_cmpuint (offsets[0], ==, 0);
  g_assert_cmpuint (offsets[1], ==, 6);
  g_assert_cmpuint (joint->n_sections, ==, 8);
  g_assert_cmpstr (joint->version, ==, "east=1 we/st=7");
  g_assert_cmpuint (rn_network_find_section (joint, NULL, "a1"), ==, 1);
  g_assert_cmpuint (rn_network_find_section (joint, "we/st", "a1"), ==, 7);
  g_assert_cmpuint (rn_network_find_section (joint, "north", "a1"), ==, RN_NONE);
  g_assert_cmpuint (rn_network_find_section_key (joint, "we/st/a1"), ==, 7);
  g_assert_cmpuint (rn_network_find_section_key (joint, "east/a1"), ==, 1);
  g_assert_cmpuint (rn_network_find_section_key (joint, "east"), ==, RN_NONE);
  g_assert_cmpuint (rn_network_find_facility_key (joint, "we/st/f"), ==, 0);
  g_assert_cmpuint (rn_network_find_facility (joint, "east", "f"), ==, RN_NONE);
  g_assert_cmpstr (joint->sources[joint->source[7]], ==, "we/st");
  g_assert_cmpuint (joint->roads[joint->road[7]].n_sections, ==, 2);
  g_assert_cmpuint (joint->roads[1].sections[1], ==, 7);
  g_assert_cmpuint (joint->facilities[0].road, ==, 1);
  g_assert_cmpuint (joint->facilities[0].sections[0], ==, 7);
  g_assert_cmpuint (joint->down[joint->down_first[6]], ==, 7);
  g_assert_cmpuint (joint->up[joint->up_first[7]], ==, 6);
  g_assert_cmpuint (joint->down_first[8], ==, a->down_first[6] + b->down_first[2]);
  g_assert_cmpfloat (joint->lon[joint->first[6]], ==, 117);
  g_assert_cmpfloat (joint->extent.min_lon, ==, 116.5);
  g_assert_cmpuint (rn_network_find_road (joint, "G1"), ==, 0);
  g_assert_cmpuint (rn_network_find_road (joint, "g2"), ==, RN_NONE);
  i = rn_network_section_at (joint, 1, RN_DIRECTION_ASC, 500);
  g_assert_cmpuint (i, ==, RN_NONE); /* its chainages are not known */
  one = rn_network_concat ((const RnNetwork *[]){ a }, 1, NULL);
  g_assert_true (one == a);
  none = rn_network_concat (NULL, 0, NULL);
  g_assert_cmpuint (none->n_sections, ==, 0);
  /* The joint one outlives its parts. */
  g_clear_pointer (&a, rn_network_unref);
  g_clear_pointer (&b, rn_network_unref);
  g_assert_cmpstr (joint->key[7], ==, "we/st/a1");
  g_assert_cmpstr (joint->roads[1].ref, ==, "g1");
}

static void
test_empty (void)
{
  g_autoptr (RnNetwork) n = rn_network_new_empty ();
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("s", NULL);
  g_autoptr (RnNetworkBuilder) unused = rn_network_builder_new ("s", "1");
  g_autoptr (RnNetwork) built = rn_network_builder_end (builder);

  add_line (unused, "x", "G1", (RnPoint){ 1, 1 }, (RnPoint){ 2, 2 }, NULL);
  g_assert_cmpuint (n->n_sections, ==, 0);
  g_assert_cmpuint (find (n, "x"), ==, RN_NONE);
  g_assert_cmpuint (rn_network_find_road (n, "G1"), ==, RN_NONE);
  g_assert_true (rn_box_is_empty (&n->extent));
  g_assert_cmpuint (built->n_sections, ==, 0);
  g_assert_cmpuint (built->down_first[0], ==, 0);
  g_assert_cmpuint (find (built, "x"), ==, RN_NONE);
}

/* 200,000 sections of 15 vertices: built, and found by looking at a few slots. */
static void
test_big (void)
{
  guint n_sections = 200000, worst = 0;
  guint64 probes = 0;
  g_autoptr (RnNetwork) n = fixture_big ("big", n_sections, 15);

  g_assert_cmpuint (n->n_sections, ==, n_sections);
  g_assert_cmpuint (n->first[n_sections], ==, 15 * n_sections);
  for (guint32 i = 0; i < n_sections; i++)
    {
      guint k = rn_network_count_probes (n, n->id[i]);

      probes += k;
      worst = MAX (worst, k);
      if (i % 97 == 0)
        g_assert_cmpuint (rn_network_find_section_key (n, n->key[i]), ==, i);
    }
  g_assert_cmpfloat ((double) probes / n_sections, <, 3.0);
  g_assert_cmpuint (worst, <, 64);
  /* Every section but the last of a row is followed by the next. */
  g_assert_cmpuint (n->down_first[n_sections], ==, n_sections - n_sections / 500);
  g_assert_cmpuint (rn_network_section_at (n, 3, RN_DIRECTION_ASC, 250500), ==, 3 * 500 + 250);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network/columns", test_columns);
  g_test_add_func ("/network/capacity", test_capacity);
  g_test_add_func ("/network/refused-rows", test_refused_rows);
  g_test_add_func ("/network/adjacency-by-place", test_adjacency_by_place);
  g_test_add_func ("/network/adjacency-of-roads", test_adjacency_of_roads);
  g_test_add_func ("/network/adjacency-given", test_adjacency_given);
  g_test_add_func ("/network/section-at", test_section_at);
  g_test_add_func ("/network/section-at-random", test_section_at_random);
  g_test_add_func ("/network/points", test_points);
  g_test_add_func ("/network/words", test_words);
  g_test_add_func ("/network/concat", test_concat);
  g_test_add_func ("/network/empty", test_empty);
  g_test_add_func ("/network/big", test_big);
  return g_test_run ();
}
