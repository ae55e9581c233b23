/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is arranged on the map and what is left out. Needs fonts but no display. */
#include <string.h>

#include "../carto/networks.h"
#include "frames.h"
#include "map/rn-map-plan.h"
#include "map/rn-map-scale.h"
#include "map/rn-plan-symbols.h"

static const char *const road[] = { "119.0 32.0, 120.0 32.0, 121.0 32.0" };

static RnCamera
camera_at (double lon, double lat, double zoom)
{
  RnCamera camera = { .zoom = zoom, .width = 1200, .height = 800, .scale = 1 };

  rn_mercator_project ((RnPoint){ lon, lat }, zoom, &camera.x, &camera.y);
  return camera;
}

static RnPlanRequest
request_at (const RnNetwork *network, const RnFrame *frame, double zoom)
{
  RnPlanRequest request = { .camera = camera_at (119.9, 32.6, zoom),
                            .layers = RN_MAP_DEFAULT_LAYERS };

  request.flow = rn_flow_scene_new (frame, RN_COLOURING_STATE, RN_THEME_DARK, NULL);
  return request;
}

static RnRect
rect_of (const RnPlanItem *item, const RnCamera *camera, double shrink)
{
  double x, y;

  rn_plan_item_place (item, camera, &x, &y);
  return (RnRect){ x + item->x + shrink, y + item->y + shrink, item->width - 2 * shrink,
                   item->height - 2 * shrink };
}

static const RnPlanItem *
find (const RnMapPlan *plan, RnSubjectKind kind, const char *key)
{
  for (guint i = 0; i < plan->symbols->len; i++)
    {
      const RnPlanItem *item = &g_array_index (plan->symbols, RnPlanItem, i);

      if (item->subject->kind == kind && g_str_equal (item->subject->key, key))
        return item;
    }
  return NULL;
}

static void
test_overlaps (void)
{
  g_autoptr (RnNetwork) network = networks_synthetic (3000);
  g_autoptr (RnFrame) frame = frames_busy (network, RN_QUALITY_LIVE);
  g_autoptr (RnPlanTools) tools = rn_plan_tools_new (RN_THEME_DARK, 1, "zh-CN");
  RnPlanRequest request = request_at (network, frame, 8);
  g_autoptr (RnMapPlan) plan = NULL;
  RnRect note = { 900, 700, 300, 100 };

  request.taken[0] = note;
  request.n_taken = 1;
  plan = rn_map_plan_new (tools, &request);
  g_assert_cmpuint (plan->texts->len, >, 30);
  g_assert_cmpuint (plan->symbols->len, >, 5);
  for (guint i = 0; i < plan->texts->len; i++)
    {
      /* the halo may reach into another's halo: 4 px at most on each side */
      RnRect a = rect_of (&g_array_index (plan->texts, RnPlanItem, i), &request.camera, 4);

      if (a.width <= 0 || a.height <= 0) /* a dot */
        continue;
      g_assert_false (rn_rect_overlap (&a, &note));
      for (guint j = 0; j < i; j++)
        {
          RnRect b = rect_of (&g_array_index (plan->texts, RnPlanItem, j), &request.camera, 4);

          g_assert_false (b.width > 0 && b.height > 0 && rn_rect_overlap (&a, &b));
        }
      for (guint j = 0; j < plan->symbols->len; j++)
        {
          const RnPlanItem *symbol = &g_array_index (plan->symbols, RnPlanItem, j);
          RnRect b = symbol->shape;
          double x, y;

          rn_plan_item_place (symbol, &request.camera, &x, &y);
          b.x += x;
          b.y += y;
          g_assert_false (rn_rect_overlap (&a, &b));
        }
    }
  rn_plan_request_clear (&request);
}

/* Incidents of tier I and II are there at every zoom, on their own or moved; closed ones, and works
 * that have ended, never. */
static void
test_symbols (void)
{
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_RIGHT, road, 1);
  g_autoptr (RnFrame) frame = frames_busy (network, RN_QUALITY_LIVE);
  g_autoptr (RnPlanTools) tools = rn_plan_tools_new (RN_THEME_LIGHT, 2, "en");

  for (double zoom = 6; zoom < 9; zoom += 0.5)
    {
      RnPlanRequest request = request_at (network, frame, zoom);
      g_autoptr (RnMapPlan) plan = rn_map_plan_new (tools, &request);

      g_assert_nonnull (find (plan, RN_SUBJECT_INCIDENT, "jiangsu/i1"));
      g_assert_nonnull (find (plan, RN_SUBJECT_INCIDENT, "jiangsu/i2"));
      g_assert_null (find (plan, RN_SUBJECT_INCIDENT, "jiangsu/closed"));
      g_assert_null (find (plan, RN_SUBJECT_WORK, "jiangsu/w7"));
      rn_plan_request_clear (&request);
    }
}

static void
test_cluster (void)
{
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_RIGHT, road, 1);
  g_autoptr (RnFrame) frame = frames_busy (network, RN_QUALITY_LIVE);
  g_autoptr (RnPlanTools) tools = rn_plan_tools_new (RN_THEME_DARK, 1, "en");
  RnPlanRequest request = request_at (network, frame, 8);
  g_autoptr (RnMapPlan) plan = NULL;
  guint n = 0;

  request.layers = RN_MAP_BIT (RN_MAP_INCIDENTS);
  plan = rn_map_plan_new (tools, &request);
  for (guint i = 0; i < plan->symbols->len; i++)
    n += g_array_index (plan->symbols, RnPlanItem, i).count;
  g_assert_cmpuint (n, ==, 9); /* every open incident stands for itself or is counted */
  g_assert_cmpuint (plan->symbols->len, <, 9);
  g_assert_cmpuint (plan->texts->len, ==, 0); /* the layer of labels is off */
  rn_plan_request_clear (&request);
}

static void
test_layers (void)
{
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_RIGHT, road, 1);
  g_autoptr (RnFrame) frame = frames_busy (network, RN_QUALITY_LIVE);
  RnPlanRequest request = request_at (network, frame, 7.5);
  g_autoptr (GArray) all = NULL, none = NULL;
  guint n_pills = 0;

  all = rn_plan_collect_symbols (&request);
  for (guint i = 0; i < all->len; i++)
    {
      const RnCandidate *c = &g_array_index (all, RnCandidate, i);

      if (c->pill == NULL)
        continue;
      n_pills++;
      /* the station within the area measures 160 m */
      g_assert_true (g_str_has_prefix (c->pill, "Fog 160"));
    }
  g_assert_cmpuint (n_pills, ==, 1);
  request.layers = RN_MAP_BIT (RN_MAP_FLOW);
  none = rn_plan_collect_symbols (&request);
  g_assert_cmpuint (none->len, ==, 0);
  rn_plan_request_clear (&request);
}

/* The order of the layers is that of the symbols from below, but tiers I and II are above all and
 * never faded. */
static void
test_order_and_opacity (void)
{
  g_autoptr (RnNetwork) network = networks_synthetic (3000);
  g_autoptr (RnFrame) frame = frames_busy (network, RN_QUALITY_LIVE);
  g_autoptr (RnPlanTools) tools = rn_plan_tools_new (RN_THEME_DARK, 1, "en");

  for (guint works_first = 0; works_first < 2; works_first++)
    {
      RnPlanRequest request = request_at (network, frame, 9);
      g_autoptr (RnMapPlan) plan = NULL;
      guint n_works = 0, n_incidents = 0, n_urgent = 0;
      int last = -1;

      for (guint i = 0; i < RN_N_MAP_LAYERS; i++)
        request.rank[i] = 2;
      request.rank[RN_MAP_WORKS] = works_first ? 0 : 1;
      request.rank[RN_MAP_INCIDENTS] = works_first ? 1 : 0;
      request.fade[RN_MAP_INCIDENTS] = 0.75;
      plan = rn_map_plan_new (tools, &request);
      for (guint i = 0; i < plan->symbols->len; i++)
        {
          const RnPlanItem *item = &g_array_index (plan->symbols, RnPlanItem, i);
          gboolean urgent = item->tier == 1 || item->tier == 2;
          gboolean work = item->subject->kind == RN_SUBJECT_WORK;
          gboolean incident = item->subject->kind == RN_SUBJECT_INCIDENT;
          int level = urgent ? 3 : work ? (works_first ? 2 : 1) : incident ? 2 - works_first : 0;

          g_assert_cmpint (level, >=, last);
          last = level;
          g_assert_cmpfloat (item->fade, ==, incident && !urgent ? 0.75 : 0);
          n_works += work;
          n_incidents += incident && !urgent;
          n_urgent += urgent;
        }
      g_assert_cmpuint (MIN (n_works, MIN (n_incidents, n_urgent)), >, 0);
      rn_plan_request_clear (&request);
    }
}

static void
test_facilities (void)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("jiangsu", "1");
  const struct {
    const char *id;
    RnFacilityType type;
  } rows[] = { { "area", RN_FACILITY_SERVICE_AREA }, { "plaza", RN_FACILITY_TOLL_PLAZA },
               { "hub", RN_FACILITY_INTERCHANGE } };
  const struct {
    double zoom;
    guint layers, n;
  } cases[] = { { 8.0, RN_MAP_ALL_LAYERS, 0 },
                { 8.6, RN_MAP_ALL_LAYERS, 1 },
                { 9.5, RN_MAP_DEFAULT_LAYERS, 1 },
                { 9.5, RN_MAP_ALL_LAYERS, 3 },
                { 9.5, RN_MAP_BIT (RN_MAP_TOLL_PLAZAS), 1 } };
  g_autoptr (RnNetwork) network = NULL;
  g_autoptr (RnFrame) frame = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      RnFacilityRow row = RN_FACILITY_ROW_INIT;

      row.id = rows[i].id;
      row.type = rows[i].type;
      row.at = (RnPoint){ 119.8 + 0.1 * i, 32.6 };
      g_assert_true (rn_network_builder_add_facility (builder, &row, NULL));
    }
  network = rn_network_builder_end (builder);
  frame = frames_calm (network, 0, RN_QUALITY_LIVE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RnPlanRequest request = request_at (network, frame, cases[i].zoom);
      g_autoptr (GArray) found = NULL;

      request.layers = cases[i].layers;
      found = rn_plan_collect_symbols (&request);
      g_assert_cmpuint (found->len, ==, cases[i].n);
      rn_plan_request_clear (&request);
    }
}

/* The same name is the same texture in the next plan: nothing is uploaded again. */
static void
test_reuse (void)
{
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_RIGHT, road, 1);
  g_autoptr (RnFrame) frame = frames_busy (network, RN_QUALITY_LIVE);
  g_autoptr (RnPlanTools) tools = rn_plan_tools_new (RN_THEME_DARK, 1, "en");
  RnPlanRequest request = request_at (network, frame, 8);
  g_autoptr (RnMapPlan) first = rn_map_plan_new (tools, &request);
  g_autoptr (RnMapPlan) second = rn_map_plan_new (tools, &request);

  g_assert_cmpuint (first->texts->len, ==, second->texts->len);
  for (guint i = 0; i < first->texts->len; i++)
    g_assert_true (g_array_index (first->texts, RnPlanItem, i).texture
                   == g_array_index (second->texts, RnPlanItem, i).texture);
  rn_plan_request_clear (&request);
}

/* Everything stays upright and in its place when the map is turned. */
static void
test_turned (void)
{
  g_autoptr (RnNetwork) network = networks_synthetic (2000);
  g_autoptr (RnFrame) frame = frames_striped (network, 0);
  g_autoptr (RnPlanTools) tools = rn_plan_tools_new (RN_THEME_DARK, 1, "en");
  RnPlanRequest request = request_at (network, frame, 8);
  g_autoptr (RnMapPlan) plan = NULL;

  request.camera.rotation = 0.7;
  plan = rn_map_plan_new (tools, &request);
  g_assert_cmpuint (plan->texts->len, >, 20);
  for (guint i = 0; i < plan->texts->len; i++)
    {
      RnRect a = rect_of (&g_array_index (plan->texts, RnPlanItem, i), &request.camera, 4);

      for (guint j = 0; j < i && a.width > 0 && a.height > 0; j++)
        {
          RnRect b = rect_of (&g_array_index (plan->texts, RnPlanItem, j), &request.camera, 4);

          g_assert_false (b.width > 0 && b.height > 0 && rn_rect_overlap (&a, &b));
        }
    }
  rn_plan_request_clear (&request);
}

static void
test_unacknowledged (void)
{
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_RIGHT, road, 1);
  g_autoptr (RnFrame) frame = frames_busy (network, RN_QUALITY_LIVE);
  RnPlanRequest request = request_at (network, frame, 8);
  g_autoptr (RnSubject) subject = rn_subject_new (RN_SUBJECT_INCIDENT, "jiangsu/i3");
  g_autoptr (GArray) found = NULL;
  guint n = 0;

  request.unacknowledged = rn_plan_subjects_new ((const RnSubject *const *) &subject, 1);
  found = rn_plan_collect_symbols (&request);
  for (guint i = 0; i < found->len; i++)
    {
      const RnCandidate *c = &g_array_index (found, RnCandidate, i);

      n += c->unacknowledged;
      g_assert_true (c->unacknowledged == g_str_equal (c->key, "jiangsu/i3"));
    }
  g_assert_cmpuint (n, ==, 1);
  rn_plan_request_clear (&request);
}

static void
test_scale (void)
{
  const double cases[][2] = { { 90, 50 }, { 50, 50 }, { 49.9, 20 }, { 12000, 10000 },
                              { 19999, 10000 }, { 20001, 20000 }, { 0.7, 0.5 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpfloat_with_epsilon (rn_map_scale_round_m (cases[i][0]), cases[i][1], 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map-plan/overlaps", test_overlaps);
  g_test_add_func ("/map-plan/symbols", test_symbols);
  g_test_add_func ("/map-plan/cluster", test_cluster);
  g_test_add_func ("/map-plan/layers", test_layers);
  g_test_add_func ("/map-plan/order-and-opacity", test_order_and_opacity);
  g_test_add_func ("/map-plan/facilities", test_facilities);
  g_test_add_func ("/map-plan/reuse", test_reuse);
  g_test_add_func ("/map-plan/turned", test_turned);
  g_test_add_func ("/map-plan/unacknowledged", test_unacknowledged);
  g_test_add_func ("/map-plan/scale", test_scale);
  return g_test_run ();
}
