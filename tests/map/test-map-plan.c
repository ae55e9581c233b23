/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is arranged on the map and what is left out. Needs fonts but no display. */
#include <string.h>

#include "../carto/networks.h"
#include "frames.h"
#include "map/rn-map-plan.h"
#include "map/rn-map-scale.h"
#include "map/rn-map-walk.h"
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
                            .text_scale = 1,
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
  g_autoptr (RnPlanTools) tools = rn_plan_tools_new (RN_THEME_DARK, 1, 1, "zh-CN");
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
  g_autoptr (RnPlanTools) tools = rn_plan_tools_new (RN_THEME_LIGHT, 2, 1, "en");

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
  g_autoptr (RnPlanTools) tools = rn_plan_tools_new (RN_THEME_DARK, 1, 1, "en");
  RnPlanRequest request = request_at (network, frame, 8);
  g_autoptr (RnMapPlan) plan = NULL;
  guint n = 0;

  request.layers = RN_MAP_BIT (RN_MAP_INCIDENTS);
  plan = rn_map_plan_new (tools, &request);
  for (guint i = 0; i < plan->symbols->len; i++)
    n += g_array_index (plan->symbols, RnPlanItem, i).count;
  g_assert_cmpuint (n, ==, 9); /* every open incident stands for itself or is counted */
  for (guint i = 0; i < plan->symbols->len; i++)
    {
      const RnPlanItem *item = &g_array_index (plan->symbols, RnPlanItem, i);

      g_assert_cmpuint (item->members != NULL ? item->members->len : 1, ==, item->count);
      /* the worst of them is what it shows */
      if (item->members != NULL)
        g_assert_true (rn_subject_equal (item->members->pdata[0], item->subject));
    }
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
  g_autoptr (RnPlanTools) tools = rn_plan_tools_new (RN_THEME_DARK, 1, 1.0, "en");

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
  g_autoptr (RnPlanTools) tools = rn_plan_tools_new (RN_THEME_DARK, 1, 1, "en");
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
check_turned (double rotation)
{
  g_autoptr (RnNetwork) network = networks_synthetic (2000);
  g_autoptr (RnFrame) frame = frames_crowded (network, 60);
  g_autoptr (RnPlanTools) tools = rn_plan_tools_new (RN_THEME_DARK, 1, 1, "en");
  RnPlanRequest request = request_at (network, frame, 8);
  g_autoptr (RnMapPlan) plan = NULL;

  request.camera.rotation = rotation;
  plan = rn_map_plan_new (tools, &request);
  g_assert_cmpuint (plan->texts->len, >, 20);
  g_assert_cmpuint (plan->symbols->len, >, 5);
  for (guint i = 0; i < plan->texts->len; i++)
    {
      RnRect a = rect_of (&g_array_index (plan->texts, RnPlanItem, i), &request.camera, 4);

      for (guint j = 0; j < i && a.width > 0 && a.height > 0; j++)
        {
          RnRect b = rect_of (&g_array_index (plan->texts, RnPlanItem, j), &request.camera, 4);

          g_assert_false (b.width > 0 && b.height > 0 && rn_rect_overlap (&a, &b));
        }
    }
  for (guint i = 0; i < plan->texts->len; i++)
    for (guint j = 0; j < plan->symbols->len; j++)
      {
        RnRect a = rect_of (&g_array_index (plan->texts, RnPlanItem, i), &request.camera, 4);
        const RnPlanItem *symbol = &g_array_index (plan->symbols, RnPlanItem, j);
        RnRect b = symbol->shape;
        double x, y;

        rn_plan_item_place (symbol, &request.camera, &x, &y);
        b.x += x;
        b.y += y;
        g_assert_false (a.width > 0 && a.height > 0 && rn_rect_overlap (&a, &b));
      }
  rn_plan_request_clear (&request);
}

static void
test_turned (void)
{
  check_turned (0.7);
  check_turned (G_PI / 6);
  check_turned (G_PI / 2);
  check_turned (G_PI);
  check_turned (-2.5);
}

/* A desktop of larger text has larger names, shields and pills, and symbols as before. */
static void
test_text_scale (void)
{
  g_autoptr (RnSprites) plain = rn_sprites_new (RN_THEME_DARK, 2, 1, "en");
  g_autoptr (RnSprites) large = rn_sprites_new (RN_THEME_DARK, 2, 1.5, "en");
  RnTextStyle style = { .size_px = 14, .bold = TRUE };
  RnSymbol symbol = { .kind = RN_SYMBOL_INCIDENT, .tier = 1 };
  const RnSprite *a = rn_sprites_name (plain, "Nanjing", &style);
  const RnSprite *b = rn_sprites_name (large, "Nanjing", &style);

  g_assert_cmpfloat_with_epsilon (b->text_width / a->text_width, 1.5, 0.05);
  a = rn_sprites_shield (plain, RN_SHIELD_NATIONAL, "G2");
  b = rn_sprites_shield (large, RN_SHIELD_NATIONAL, "G2");
  g_assert_cmpfloat_with_epsilon (b->text_height / a->text_height, 1.5, 0.05);
  a = rn_sprites_pill (plain, RN_HAZARD_FOG, 3, "Fog 160 m");
  b = rn_sprites_pill (large, RN_HAZARD_FOG, 3, "Fog 160 m");
  g_assert_cmpfloat_with_epsilon (b->text_width / a->text_width, 1.5, 0.05);
  a = rn_sprites_symbol (plain, &symbol, 1);
  b = rn_sprites_symbol (large, &symbol, 1);
  g_assert_cmpfloat (b->width, ==, a->width);
}

/* Whatever the scale of the screen, a symbol is as large in logical pixels, and as sharp as it. */
static void
test_screen_scale (void)
{
  RnSymbol symbol = { .kind = RN_SYMBOL_INCIDENT, .tier = 2 };
  double width = 0;

  for (int scale = 1; scale <= 3; scale++)
    {
      g_autoptr (RnSprites) sprites = rn_sprites_new (RN_THEME_DARK, scale, 1, "en");
      const RnSprite *sprite = rn_sprites_symbol (sprites, &symbol, 1);

      if (scale == 1)
        width = sprite->width;
      g_assert_cmpfloat_with_epsilon (sprite->width, width, 1);
      g_assert_cmpfloat (gdk_texture_get_width (sprite->texture), ==, sprite->width * scale);
      g_assert_cmpfloat (sprite->text_width, ==, 26);
      /* one picture for all that look alike */
      g_assert_true (rn_sprites_symbol (sprites, &symbol, 1)->texture == sprite->texture);
    }
}

/* The keyboard walks from the worst to the least, over everything that is seen, once. */
static void
test_walk (void)
{
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_RIGHT, road, 1);
  g_autoptr (RnFrame) frame = frames_busy (network, RN_QUALITY_LIVE);
  g_autoptr (RnPlanTools) tools = rn_plan_tools_new (RN_THEME_DARK, 1, 1, "en");
  RnPlanRequest request = request_at (network, frame, 7);
  g_autoptr (RnMapPlan) plan = rn_map_plan_new (tools, &request);
  g_autoptr (GArray) stops = rn_map_walk_stops (plan, NULL, &request.camera);
  int last_tier = 1;

  g_assert_cmpuint (stops->len, >=, 5);
  g_assert_cmpstr (g_array_index (stops, RnMapStop, 0).subject->key, ==, "jiangsu/i2"); /* tier I */
  g_assert_cmpstr (g_array_index (stops, RnMapStop, 1).subject->key, ==, "jiangsu/i1"); /* II */
  for (guint i = 0; i < stops->len; i++)
    {
      const RnMapStop *stop = &g_array_index (stops, RnMapStop, i);
      const RnPlanItem *item = find (plan, stop->subject->kind, stop->subject->key);
      int tier = item->tier > 0 ? item->tier : 5;

      g_assert_cmpint (rn_map_walk_find (stops, stop->subject), ==, (int) i);
      g_assert_cmpint (tier, >=, last_tier);
      g_assert_cmpfloat (stop->x, >=, 0);
      g_assert_cmpfloat (stop->x, <=, request.camera.width);
      last_tier = tier;
    }
  rn_plan_request_clear (&request);
}

/* Sections in states 5 and 4 come after the symbols. */
static void
test_walk_sections (void)
{
  g_autoptr (RnNetwork) network = networks_synthetic (200);
  g_autoptr (RnFrame) frame = frames_striped (network, 0);
  RnPlanRequest request = request_at (network, frame, 6);
  g_autoptr (GArray) stops = rn_map_walk_stops (NULL, request.flow, &request.camera);
  guint state = 5;

  g_assert_cmpuint (stops->len, >, 5);
  g_assert_cmpuint (stops->len, <=, 40);
  for (guint i = 0; i < stops->len; i++)
    {
      const RnSubject *subject = g_array_index (stops, RnMapStop, i).subject;
      guint now = frame->state[rn_network_find_section_key (network, subject->key)];

      g_assert_cmpuint (now, >=, 4);
      g_assert_cmpuint (now, <=, state);
      state = now;
    }
  rn_plan_request_clear (&request);
}

static GArray *
make_spots (const double (*places)[2], guint n)
{
  static const char *const keys[] = { "a", "b", "c", "d" };
  GArray *spots = g_array_new (FALSE, FALSE, sizeof (RnClusterSpot));

  for (guint i = 0; i < n; i++)
    {
      RnClusterSpot spot = { places[i][0], places[i][1], RN_SUBJECT_INCIDENT, keys[i], FALSE,
                             4 - (int) i, 0 };

      g_array_append_val (spots, spot);
    }
  return spots;
}

/* Where a cluster is flown to has its members apart; on one spot they are listed. */
static void
test_cluster_opening (void)
{
  const double apart[3][2] = { { 0.8, 0.4 }, { 0.80001, 0.4 }, { 0.8, 0.40002 } };
  const double same[2][2] = { { 0.8, 0.4 }, { 0.8, 0.4 } };
  g_autoptr (GArray) spots = make_spots (apart, 3), stacked = make_spots (same, 2);
  g_autoptr (GPtrArray) members = rn_cluster_members (spots);
  RnClusterSpan span = rn_cluster_span (spots), stack = rn_cluster_span (stacked);
  RnCamera camera = { .zoom = 9, .width = 1000, .height = 800, .scale = 1 };
  double lon, lat, zoom, world;

  g_assert_cmpuint (members->len, ==, 3);
  g_assert_cmpstr (((RnSubject *) members->pdata[0])->key, ==, "c"); /* tier 2 */
  g_assert_cmpstr (((RnSubject *) members->pdata[2])->key, ==, "a"); /* tier 4 */
  g_assert_true (rn_cluster_opening (&span, &camera, &lon, &lat, &zoom));
  world = rn_camera_world_px (zoom);
  g_assert_cmpfloat (0.00001 * world, >, 40); /* the nearest two have room */
  g_assert_cmpfloat (0.00002 * world, <, 800);
  g_assert_cmpfloat_with_epsilon (lon, 0.800005 * 360 - 180, 1e-9);
  g_assert_false (rn_cluster_opening (&stack, &camera, &lon, &lat, &zoom));
  camera.zoom = RN_MAX_ZOOM;
  g_assert_false (rn_cluster_opening (&span, &camera, &lon, &lat, &zoom));
}

/* At the zoom to which one is flown the plan shows more of them than before. */
static void
test_cluster_parts (void)
{
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_RIGHT, road, 1);
  g_autoptr (RnFrame) frame = frames_busy (network, RN_QUALITY_LIVE);
  g_autoptr (RnPlanTools) tools = rn_plan_tools_new (RN_THEME_DARK, 1, 1, "en");
  RnPlanRequest request = request_at (network, frame, 8);
  g_autoptr (RnMapPlan) before = NULL, after = NULL;
  const RnPlanItem *cluster = NULL;
  double lon, lat, zoom;

  request.layers = RN_MAP_BIT (RN_MAP_INCIDENTS);
  before = rn_map_plan_new (tools, &request);
  for (guint i = 0; i < before->symbols->len; i++)
    if (g_array_index (before->symbols, RnPlanItem, i).count == 4)
      cluster = &g_array_index (before->symbols, RnPlanItem, i);
  g_assert_nonnull (cluster); /* near0 … near3 */
  g_assert_true (rn_cluster_opening (&cluster->span, &request.camera, &lon, &lat, &zoom));
  request.camera = camera_at (lon, lat, zoom);
  after = rn_map_plan_new (tools, &request);
  for (guint i = 0; i < cluster->members->len; i++)
    {
      const RnSubject *member = cluster->members->pdata[i];
      const RnPlanItem *item = find (after, member->kind, member->key);

      g_assert_nonnull (item);
      g_assert_cmpuint (item->count, ==, 1);
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

  request.unacknowledged = rn_plan_subjects_new ((const RnSubject *const *) &subject, NULL, 1);
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

/* A section has no symbol but while its alert asks; without a tier it has none. */
static void
test_alert_on_section (void)
{
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_RIGHT, road, 1);
  g_autoptr (RnFrame) frame = frames_busy (network, RN_QUALITY_LIVE);
  RnPlanRequest request = request_at (network, frame, 8);
  g_autoptr (RnSubject) subject = rn_subject_new (RN_SUBJECT_SECTION, network->key[0]);

  for (int tier = 0; tier <= 2; tier += 2)
    {
      g_autoptr (GArray) found = NULL;
      guint n = 0;

      g_clear_pointer (&request.unacknowledged, g_hash_table_unref);
      request.unacknowledged =
          rn_plan_subjects_new ((const RnSubject *const *) &subject, &tier, 1);
      found = rn_plan_collect_symbols (&request);
      for (guint i = 0; i < found->len; i++)
        {
          const RnCandidate *c = &g_array_index (found, RnCandidate, i);

          if (c->kind != RN_SUBJECT_SECTION)
            continue;
          n++;
          g_assert_true (c->unacknowledged);
          g_assert_cmpint (c->symbol.tier, ==, 2);
        }
      g_assert_cmpuint (n, ==, tier > 0);
    }
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

/* Of several alerts of one thing the worst is shown, in whatever order they come. */
static void
test_worst_tier (void)
{
  static const int tiers[] = { 3, 2, 4, 0 };

  for (guint first = 0; first < G_N_ELEMENTS (tiers); first++)
    {
      g_autoptr (RnSubject) subject = rn_subject_new (RN_SUBJECT_INCIDENT, "jiangsu/i3");
      g_autoptr (GHashTable) set = NULL;
      const RnSubject *subjects[G_N_ELEMENTS (tiers)];
      int turned[G_N_ELEMENTS (tiers)];

      for (guint i = 0; i < G_N_ELEMENTS (tiers); i++)
        {
          subjects[i] = subject;
          turned[i] = tiers[(first + i) % G_N_ELEMENTS (tiers)];
        }
      set = rn_plan_subjects_new (subjects, turned, G_N_ELEMENTS (tiers));
      g_assert_cmpuint (g_hash_table_size (set), ==, 1);
      g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (set, subject)), ==, 2);
    }
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
  g_test_add_func ("/map-plan/text-scale", test_text_scale);
  g_test_add_func ("/map-plan/screen-scale", test_screen_scale);
  g_test_add_func ("/map-plan/walk", test_walk);
  g_test_add_func ("/map-plan/walk-sections", test_walk_sections);
  g_test_add_func ("/map-plan/cluster-opening", test_cluster_opening);
  g_test_add_func ("/map-plan/cluster-parts", test_cluster_parts);
  g_test_add_func ("/map-plan/unacknowledged", test_unacknowledged);
  g_test_add_func ("/map-plan/alert-on-section", test_alert_on_section);
  g_test_add_func ("/map-plan/scale", test_scale);
  g_test_add_func ("/map-plan/worst-tier", test_worst_tier);
  return g_test_run ();
}
