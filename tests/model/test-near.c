/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distances along a road of two carriageways, by hand; against all paths on random networks; things
 * that no road leads to; time at 100,000 sections. */
#include "model/rn-near.h"

#include <math.h>

#include "fixture.h"

#define AT_US (G_GINT64_CONSTANT (1790822556) * G_USEC_PER_SEC)

static RnPoint
on_road (double m, double north_m)
{
  return (RnPoint){ 119 + fixture_lon (m), 32 + north_m / 111195.08 };
}

static RnIncident *
incident_at (const char *id, guint32 section, double chainage_m)
{
  RnIncident *incident = rn_incident_new ("demo", id);

  incident->status = RN_INCIDENT_RESPONDING;
  incident->section = section;
  incident->chainage_m = chainage_m;
  return incident;
}

static RnFrame *
build (const RnNetwork *network, GPtrArray *incidents, GPtrArray *works, GPtrArray *stations)
{
  RnFrameParts part = { .network = network,
                        .incidents = incidents,
                        .works = works,
                        .stations = stations,
                        .now_us = AT_US };

  return rn_frame_build (network, &part, 1, rn_state_table_default (), AT_US, NULL, NULL, 0);
}

static GPtrArray *
new_incidents (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rn_incident_unref);
}

static const RnNearItem *
find (const RnNear *near, const char *key)
{
  for (guint i = 0; i < near->items->len; i++)
    {
      const RnNearItem *item = &g_array_index (near->items, RnNearItem, i);

      if (g_str_equal (item->subject->key, key))
        return item;
    }
  return NULL;
}

static void
assert_item (const RnNear *near, const char *key, RnNearWay way, double m, double within_m)
{
  const RnNearItem *item = find (near, key);

  if (item == NULL)
    g_error ("%s is not found", key);
  g_assert_cmpint (item->way, ==, way);
  g_assert_cmpfloat_with_epsilon (item->distance_m, m, within_m);
}

/* The road runs east; the place is at 2,300 m. */
static void
test_road (void)
{
  g_autoptr (RnNetwork) n = fixture_road ("demo", 10);
  g_autoptr (RnNearIndex) index = rn_near_index_new (n);
  g_autoptr (GPtrArray) incidents = new_incidents ();
  g_autoptr (RnFrame) frame = NULL;
  g_autoptr (RnNear) near = NULL;
  guint32 a5 = rn_network_find_section (n, NULL, "a5"), d7 = rn_network_find_section (n, NULL, "d7");
  guint32 a0 = rn_network_find_section (n, NULL, "a0"), a2 = rn_network_find_section (n, NULL, "a2");

  g_ptr_array_add (incidents, incident_at ("ahead", a5, n->from_m[a5] + 500));
  g_ptr_array_add (incidents, incident_at ("opposite", d7, n->from_m[d7]));
  g_ptr_array_add (incidents, incident_at ("behind", a0, n->from_m[a0]));
  g_ptr_array_add (incidents, incident_at ("here", a2, n->from_m[a2] + 320));
  g_ptr_array_add (incidents, incident_at ("same", a2, n->from_m[a2] + 900));
  g_ptr_array_add (incidents, incident_at ("over", a2, n->from_m[a2]));
  ((RnIncident *) incidents->pdata[5])->status = RN_INCIDENT_CLOSED;
  frame = build (n, incidents, NULL, NULL);
  near = rn_near_new (index, frame, on_road (2300, 10), RN_NONE, 100, 50000, 10);

  g_assert_cmpuint (near->section, ==, a2);
  g_assert_cmpfloat_with_epsilon (near->chainage_m, n->from_m[a2] + 300, 2);
  g_assert_cmpfloat_with_epsilon (near->off_m, 10, 0.5);
  g_assert_cmpuint (near->items->len, ==, 5);
  assert_item (near, "demo/ahead", RN_NEAR_DOWNSTREAM, 3200, 5);
  /* it starts at 8,000 m and runs to the west: it comes towards the place */
  assert_item (near, "demo/opposite", RN_NEAR_UPSTREAM, 5700, 10);
  assert_item (near, "demo/behind", RN_NEAR_UPSTREAM, 2300, 5);
  assert_item (near, "demo/here", RN_NEAR_HERE, 20, 3);
  assert_item (near, "demo/same", RN_NEAR_DOWNSTREAM, 600, 3);
  g_assert_cmpuint (find (near, "demo/opposite")->from, !=, a2);
  g_assert_cmpuint (find (near, "demo/ahead")->from, ==, a2);
  /* nearest first */
  for (guint i = 1; i < near->items->len; i++)
    g_assert_cmpfloat (g_array_index (near->items, RnNearItem, i - 1).distance_m, <=,
                       g_array_index (near->items, RnNearItem, i).distance_m);
}

static void
test_limits (void)
{
  g_autoptr (RnNetwork) n = fixture_road ("demo", 10);
  g_autoptr (RnNearIndex) index = rn_near_index_new (n);
  g_autoptr (GPtrArray) incidents = new_incidents ();
  g_autoptr (RnFrame) frame = NULL;

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *id = g_strdup_printf ("a%u", i + 2), *key = g_strdup_printf ("i%u", i);
      guint32 section = rn_network_find_section (n, NULL, id);

      g_ptr_array_add (incidents, incident_at (key, section, n->from_m[section] + 500));
    }
  frame = build (n, incidents, NULL, NULL);
  {
    g_autoptr (RnNear) near = rn_near_new (index, frame, on_road (500, 0), RN_NONE, 100, 50000, 3);

    g_assert_cmpuint (near->items->len, ==, 3);
    assert_item (near, "demo/i2", RN_NEAR_DOWNSTREAM, 4000, 5);
  }
  {
    g_autoptr (RnNear) near = rn_near_new (index, frame, on_road (500, 0), RN_NONE, 100, 3100, 9);

    g_assert_cmpuint (near->items->len, ==, 2);
  }
}

/* Beside every road, and a station that no road is near to. */
static void
test_air (void)
{
  g_autoptr (RnNetwork) n = fixture_road ("demo", 10);
  g_autoptr (RnNearIndex) index = rn_near_index_new (n);
  g_autoptr (GPtrArray) stations =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_station_unref);
  g_autoptr (GPtrArray) incidents = new_incidents ();
  RnStation *station = rn_station_new ("demo", "far");
  g_autoptr (RnFrame) frame = NULL;
  guint32 a5 = rn_network_find_section (n, NULL, "a5");

  station->at = on_road (2000, 9000);
  g_ptr_array_add (stations, station);
  g_ptr_array_add (incidents, incident_at ("on", a5, n->from_m[a5]));
  frame = build (n, incidents, NULL, stations);
  {
    g_autoptr (RnNear) near = rn_near_new (index, frame, on_road (2000, 5), RN_NONE, 100, 50000, 5);

    assert_item (near, "demo/far", RN_NEAR_BY_AIR, 8995, 5);
    g_assert_cmpuint (find (near, "demo/far")->from, ==, RN_NONE);
    assert_item (near, "demo/on", RN_NEAR_DOWNSTREAM, 3000, 5);
  }
  {
    g_autoptr (RnNear) near =
        rn_near_new (index, frame, on_road (2000, 7000), RN_NONE, 100, 50000, 5);

    g_assert_cmpuint (near->section, ==, RN_NONE);
    g_assert_true (isnan (near->chainage_m));
    assert_item (near, "demo/far", RN_NEAR_BY_AIR, 2000, 5);
    assert_item (near, "demo/on", RN_NEAR_BY_AIR, hypot (3000, 7000), 10);
  }
}

static RnNetwork *
with_facilities (void)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("demo", "1");
  RnRoadRow road = { .ref = "G1", .shield = RN_SHIELD_NATIONAL };

  rn_network_builder_add_road (builder, &road);
  for (guint i = 0; i < 20; i++)
    {
      guint k = i % 10;
      gboolean asc = i < 10;
      g_autofree char *id = g_strdup_printf ("%c%u", asc ? 'a' : 'd', k);
      RnPoint points[2] = { on_road (asc ? 1000 * k : 1000 * (k + 1), 0),
                            on_road (asc ? 1000 * (k + 1) : 1000 * k, 0) };
      RnSectionRow row = RN_SECTION_ROW_INIT;
      g_autoptr (GError) error = NULL;

      row.id = id;
      row.road = "G1";
      row.direction = asc ? RN_DIRECTION_ASC : RN_DIRECTION_DESC;
      row.from_m = 1000 * (asc ? k : k + 1);
      row.to_m = 1000 * (asc ? k + 1 : k);
      row.lanes = 2;
      row.points = points;
      row.n_points = 2;
      rn_network_builder_add_section (builder, &row, &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < 2; i++)
    {
      RnFacilityRow row = RN_FACILITY_ROW_INIT;
      g_autoptr (GError) error = NULL;

      row.id = i == 0 ? "chained" : "beside";
      row.type = i == 0 ? RN_FACILITY_TOLL_PLAZA : RN_FACILITY_CAMERA;
      row.at = on_road (i == 0 ? 7000 : 4000, 400);
      if (i == 0)
        {
          row.road = "G1";
          row.chainage_m = 7000;
        }
      rn_network_builder_add_facility (builder, &row, &error);
      g_assert_no_error (error);
    }
  return rn_network_builder_end (builder);
}

/* By chainage, and by joining; both carriageways lead to them. */
static void
test_facilities (void)
{
  g_autoptr (RnNetwork) n = with_facilities ();
  g_autoptr (RnNearIndex) index = rn_near_index_new (n);
  g_autoptr (RnFrame) frame = build (n, NULL, NULL, NULL);
  guint32 d2 = rn_network_find_section (n, NULL, "d2");
  g_autoptr (RnNear) near = rn_near_new (index, frame, on_road (2500, 0), d2, 100, 50000, 5);

  g_assert_cmpuint (near->section, ==, d2);
  g_assert_cmpuint (near->items->len, ==, 2);
  /* who drives on d comes from there; the asc carriageway leads to it: alike near, and the section
   * of the place is asked first */
  assert_item (near, "demo/chained", RN_NEAR_UPSTREAM, 4500, 10);
  assert_item (near, "demo/beside", RN_NEAR_UPSTREAM, 1500, 10);
  g_assert_cmpint (g_array_index (near->items, RnNearItem, 0).group, ==, RN_NEAR_TOLL_PLAZA);
  g_assert_cmpint (g_array_index (near->items, RnNearItem, 1).group, ==, RN_NEAR_CAMERA);
}

/* A work is met at its nearer end. */
static void
test_work (void)
{
  g_autoptr (RnNetwork) n = fixture_road ("demo", 10);
  g_autoptr (RnNearIndex) index = rn_near_index_new (n);
  g_autoptr (GPtrArray) works = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_work_unref);
  RnWork *work = rn_work_new ("demo", "w");
  g_autoptr (RnFrame) frame = NULL;
  g_autoptr (RnNear) ahead = NULL, behind = NULL;

  work->n_sections = 2;
  work->sections = g_new (guint32, 2);
  work->sections[0] = rn_network_find_section (n, NULL, "a4");
  work->sections[1] = rn_network_find_section (n, NULL, "a5");
  g_ptr_array_add (works, work);
  frame = build (n, NULL, works, NULL);
  ahead = rn_near_new (index, frame, on_road (1500, 2), RN_NONE, 100, 50000, 5);
  assert_item (ahead, "demo/w", RN_NEAR_DOWNSTREAM, 2500, 5);
  behind = rn_near_new (index, frame, on_road (8500, 2), RN_NONE, 100, 50000, 5);
  assert_item (behind, "demo/w", RN_NEAR_UPSTREAM, 2500, 5);
}

static void
test_empty (void)
{
  g_autoptr (RnNetwork) n = rn_network_new_empty ();
  g_autoptr (RnNearIndex) index = rn_near_index_new (n);
  g_autoptr (RnFrame) frame = rn_frame_new_empty ();
  g_autoptr (RnNear) near =
      rn_near_new (index, frame, (RnPoint){ 119, 32 }, RN_NONE, 1000, 50000, 5);

  g_assert_cmpuint (near->section, ==, RN_NONE);
  g_assert_cmpuint (near->items->len, ==, 0);
}

/* One street of a grid of @n blocks of 1,000 m, both ways. */
static void
add_street (RnNetworkBuilder *builder, guint n, guint at, gboolean east)
{
  g_autofree char *road = g_strdup_printf ("%c%u", east ? 'H' : 'V', at);

  for (guint i = 0; i < 2 * n; i++)
    {
      gboolean asc = i < n;
      double from = 1000.0 * (asc ? i : i - n + 1), to = asc ? from + 1000 : from - 1000;
      double across = 1000.0 * at;
      g_autofree char *id = g_strdup_printf ("%s%c%u", road, asc ? 'a' : 'd', i % n);
      RnPoint points[2] = { east ? on_road (from, across) : on_road (across, from),
                            east ? on_road (to, across) : on_road (across, to) };
      RnSectionRow row = RN_SECTION_ROW_INIT;
      g_autoptr (GError) error = NULL;

      row.id = id;
      row.road = road;
      row.direction = asc ? RN_DIRECTION_ASC : RN_DIRECTION_DESC;
      row.from_m = from;
      row.to_m = to;
      row.lanes = 2;
      row.points = points;
      row.n_points = 2;
      rn_network_builder_add_section (builder, &row, &error);
      g_assert_no_error (error);
    }
}

/* 4 · n · (n + 1) sections. */
static RnNetwork *
grid (guint n)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("demo", "1");

  for (guint i = 0; i <= n; i++)
    {
      add_street (builder, n, i, TRUE);
      add_street (builder, n, i, FALSE);
    }
  return rn_network_builder_end (builder);
}

/* Bellman and Ford, with the traffic, over all sections: slow and plain. */
static double *
all_paths (const RnNetwork *n, guint32 from, double fraction)
{
  double *to_start = g_new (double, n->n_sections);
  gboolean changed = TRUE;

  for (guint32 i = 0; i < n->n_sections; i++)
    to_start[i] = G_MAXDOUBLE;
  while (changed)
    {
      changed = FALSE;
      for (guint32 i = 0; i < n->n_sections; i++)
        for (guint32 k = n->down_first[i]; k < n->down_first[i + 1]; k++)
          {
            double m = i == from ? (1 - fraction) * n->length_m[i]
                                 : to_start[i] + n->length_m[i];

            if (to_start[i] == G_MAXDOUBLE && i != from)
              continue;
            if (m < to_start[n->down[k]] - 0.01)
              {
                to_start[n->down[k]] = m;
                changed = TRUE;
              }
          }
    }
  return to_start;
}

/* Incidents at the start of sections, seen from the middle of one. */
static void
test_paths (void)
{
  g_autoptr (RnNetwork) n = grid (12);
  g_autoptr (RnNearIndex) index = rn_near_index_new (n);
  guint n_found = 0;

  for (guint run = 0; run < 20; run++)
    {
      guint32 from = (guint32) g_test_rand_int_range (0, (int) n->n_sections);
      g_autofree double *paths = all_paths (n, from, 0.5);
      g_autoptr (GPtrArray) incidents = new_incidents ();
      g_autoptr (RnFrame) frame = NULL;
      g_autoptr (RnNear) near = NULL;

      for (guint32 i = 0; i < n->n_sections; i++)
        {
          RnIncident *incident = incident_at (n->id[i], i, NAN);

          incident->located = TRUE;
          incident->at = (RnPoint){ n->lon[n->first[i]], n->lat[n->first[i]] };
          g_ptr_array_add (incidents, incident);
        }
      frame = build (n, incidents, NULL, NULL);
      near = rn_near_new (index, frame, rn_network_point_on (n, from, 0.5), from, 10, 1e6, 5000);
      for (guint i = 0; i < near->items->len; i++)
        {
          const RnNearItem *item = &g_array_index (near->items, RnNearItem, i);
          guint32 section = rn_network_find_section_key (n, item->subject->key);

          if (item->way != RN_NEAR_DOWNSTREAM || item->from != from)
            continue;
          n_found++;
          g_assert_cmpfloat_with_epsilon (item->distance_m, paths[section],
                                          1 + 0.01 * paths[section]);
        }
    }
  g_assert_cmpuint (n_found, >, 300);
}

static void
test_big (void)
{
  g_autoptr (RnNetwork) n = grid (158);
  g_autoptr (RnNearIndex) index = NULL;
  g_autoptr (RnFrame) frame = build (n, NULL, NULL, NULL);
  gint64 from_us = g_get_monotonic_time ();
  double best = G_MAXDOUBLE, limited = G_MAXDOUBLE;
  guint32 middle = rn_network_find_section (n, NULL, "H79a79");

  g_assert_cmpuint (n->n_sections, >=, 100000);
  index = rn_near_index_new (n);
  g_test_message ("index of %u sections: %.0f ms", n->n_sections,
                  (double) (g_get_monotonic_time () - from_us) / 1000.0);
  for (guint run = 0; run < 5; run++)
    {
      RnPoint at = rn_network_point_on (n, middle, 0.5);
      g_autoptr (RnNear) all = NULL, near = NULL;

      from_us = g_get_monotonic_time ();
      all = rn_near_new (index, frame, at, middle, 10, 1e9, 5);
      best = MIN (best, (double) (g_get_monotonic_time () - from_us) / 1000.0);
      from_us = g_get_monotonic_time ();
      near = rn_near_new (index, frame, at, middle, 10, 60000, 5);
      limited = MIN (limited, (double) (g_get_monotonic_time () - from_us) / 1000.0);
    }
  g_test_message ("search: %.2f ms, within 60 km: %.2f ms", best, limited);
  g_assert_cmpfloat (best, <, 2000); /* wide, for sanitizers and busy machines */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/near/road", test_road);
  g_test_add_func ("/near/limits", test_limits);
  g_test_add_func ("/near/air", test_air);
  g_test_add_func ("/near/facilities", test_facilities);
  g_test_add_func ("/near/work", test_work);
  g_test_add_func ("/near/empty", test_empty);
  g_test_add_func ("/near/paths", test_paths);
  g_test_add_func ("/near/big", test_big);
  return g_test_run ();
}
