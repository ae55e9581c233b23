/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Properties of the placement, on random input: nothing overlaps, what matters is shown, the same
 * input gives the same answer, and a small pan changes little. */
#include <math.h>
#include <string.h>

#include "carto/rn-placement.h"
#include "networks.h"

#define N_LABELS 200
#define N_SYMBOLS 300

static const RnRect VIEW = { 0.0, 0.0, 1200.0, 800.0 };
static const RnRect CONTROL = { 1100.0, 20.0, 60.0, 200.0 };

static void
assert_apart (const RnRect *rects, guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      if (rn_rect_overlap (&rects[i], &rects[j]))
        g_error ("%.1f %.1f %.1f %.1f overlaps %.1f %.1f %.1f %.1f", rects[i].x, rects[i].y,
                 rects[i].width, rects[i].height, rects[j].x, rects[j].y, rects[j].width,
                 rects[j].height);
}

static gboolean
inside (const RnRect *rect)
{
  return rect->x >= VIEW.x && rect->y >= VIEW.y && rect->x + rect->width <= VIEW.x + VIEW.width &&
         rect->y + rect->height <= VIEW.y + VIEW.height;
}

static void
random_labels (RnLabel *labels)
{
  for (guint i = 0; i < N_LABELS; i++)
    labels[i] = (RnLabel){ .id = 1000 + i,
                           .kind = i % 4 == 0 ? RN_LABEL_AREA : RN_LABEL_POINT,
                           .x = g_test_rand_double_range (-50.0, 1250.0),
                           .y = g_test_rand_double_range (-50.0, 850.0),
                           .width = g_test_rand_double_range (20.0, 120.0),
                           .height = 14.0,
                           .dot_px = i % 4 == 0 ? 0.0 : 2.0,
                           .priority = g_test_rand_int_range (0, 10) };
}

static void
test_labels (void)
{
  RnLabel labels[N_LABELS];
  RnLabelPlace out[N_LABELS], again[N_LABELS];

  for (int run = 0; run < 20; run++)
    {
      g_autoptr (RnPlacement) placement = rn_placement_new ();
      RnRect rects[2 * N_LABELS + 1];
      guint n = 0;

      random_labels (labels);
      rn_placement_begin (placement, &VIEW, &CONTROL, 1);
      rn_placement_labels (placement, labels, N_LABELS, out);
      rects[n++] = CONTROL;
      for (guint i = 0; i < N_LABELS; i++)
        if (out[i].shown)
          {
            double r = labels[i].dot_px;

            g_assert_true (inside (&out[i].rect));
            rects[n++] = out[i].rect;
            if (r > 0.0)
              rects[n++] = (RnRect){ labels[i].x - r, labels[i].y - r, 2.0 * r, 2.0 * r };
          }
      g_assert_cmpuint (n, >, 30);
      assert_apart (rects, n);

      /* the same again: remembered or not */
      rn_placement_begin (placement, &VIEW, &CONTROL, 1);
      rn_placement_labels (placement, labels, N_LABELS, again);
      for (guint i = 0; i < N_LABELS; i++)
        {
          g_assert_cmpint (out[i].shown, ==, again[i].shown);
          if (out[i].shown)
            g_assert_cmpmem (&out[i].rect, sizeof (RnRect), &again[i].rect, sizeof (RnRect));
        }
    }
}

/* The more important of two takes the place, whatever their order. */
static void
test_label_priority (void)
{
  RnLabel labels[2] = {
    { .id = 1, .kind = RN_LABEL_AREA, .x = 300, .y = 300, .width = 80, .height = 14, .priority = 1 },
    { .id = 2, .kind = RN_LABEL_AREA, .x = 310, .y = 305, .width = 80, .height = 14, .priority = 2 },
  };
  RnLabelPlace out[2];
  g_autoptr (RnPlacement) placement = rn_placement_new ();

  rn_placement_begin (placement, &VIEW, NULL, 0);
  rn_placement_labels (placement, labels, 2, out);
  g_assert_false (out[0].shown);
  g_assert_true (out[1].shown);
  /* equals: who was shown stays */
  labels[0].priority = 2;
  rn_placement_begin (placement, &VIEW, NULL, 0);
  rn_placement_labels (placement, labels, 2, out);
  g_assert_true (out[1].shown);
  rn_placement_reset (placement);
  rn_placement_begin (placement, &VIEW, NULL, 0);
  rn_placement_labels (placement, labels, 2, out);
  g_assert_true (out[0].shown);
}

static void
random_symbols (RnSymbolItem *items, double spread)
{
  for (guint i = 0; i < N_SYMBOLS; i++)
    {
      RnSymbolGroup group = i < 60 ? RN_SYMBOL_GROUP_INCIDENT
                            : i < 80 ? RN_SYMBOL_GROUP_WEATHER
                            : i < 120 ? RN_SYMBOL_GROUP_WORKS
                                      : RN_SYMBOL_GROUP_FACILITY;

      items[i] = (RnSymbolItem){
        .id = 7000 + i,
        .x = 600.0 + g_test_rand_double_range (-spread, spread),
        .y = 400.0 + g_test_rand_double_range (-spread, spread) * 0.66,
        .size_px = group == RN_SYMBOL_GROUP_WEATHER ? 90.0 : group == RN_SYMBOL_GROUP_FACILITY ? 17.0
                                                                                         : 26.0,
        .height_px = group == RN_SYMBOL_GROUP_WEATHER ? 24.0 : 0.0,
        .group = group,
        .subtype = g_test_rand_int_range (0, 4),
        .tier = group == RN_SYMBOL_GROUP_INCIDENT ? g_test_rand_int_range (0, 5) : 0,
        .selected = i == 17,
        .unacknowledged = i < 20 && i % 7 == 0,
      };
    }
}

static gboolean
must_show (const RnSymbolItem *item)
{
  return item->selected || item->unacknowledged || item->tier == 1 || item->tier == 2;
}

static void
check_symbols (const RnSymbolItem *items, const RnSymbolPlace *out)
{
  RnRect rects[N_SYMBOLS + 1];
  guint n = 0, counted = 0, members = 0;

  rects[n++] = CONTROL;
  for (guint i = 0; i < N_SYMBOLS; i++)
    {
      gboolean shown = out[i].fate == RN_SYMBOL_SINGLE || out[i].fate == RN_SYMBOL_CLUSTER;

      if (shown)
        rects[n++] = out[i].rect;
      if (shown && !out[i].leader)
        {
          g_assert_cmpfloat_with_epsilon (out[i].rect.x + out[i].rect.width / 2.0, items[i].x, 1e-6);
          g_assert_cmpfloat_with_epsilon (out[i].rect.y + out[i].rect.height / 2.0, items[i].y,
                                          1e-6);
        }
      if (out[i].fate == RN_SYMBOL_CLUSTER)
        {
          g_assert_cmpuint (out[i].count, >=, 2);
          counted += out[i].count - 1;
        }
      if (out[i].fate == RN_SYMBOL_MEMBER)
        {
          const RnSymbolItem *host = &items[out[i].of];

          members++;
          g_assert_cmpint (out[out[i].of].fate, ==, RN_SYMBOL_CLUSTER);
          g_assert_cmpint (host->group, ==, items[i].group);
          g_assert_true (must_show (host) || !must_show (&items[i]));
        }
      if (out[i].fate == RN_SYMBOL_HIDDEN)
        g_assert_false (must_show (&items[i]) && items[i].x > 0.0 && items[i].x < VIEW.width &&
                        items[i].y > 0.0 && items[i].y < VIEW.height);
    }
  g_assert_cmpuint (counted, ==, members);
  g_assert_cmpint (out[17].fate, ==, RN_SYMBOL_SINGLE);
  assert_apart (rects, n);
}

static void
test_symbols (void)
{
  static RnSymbolItem items[N_SYMBOLS];
  static RnSymbolPlace out[N_SYMBOLS], again[N_SYMBOLS];

  for (int run = 0; run < 20; run++)
    {
      g_autoptr (RnPlacement) placement = rn_placement_new ();

      random_symbols (items, run < 10 ? 400.0 : 60.0);
      rn_placement_begin (placement, &VIEW, &CONTROL, 1);
      rn_placement_symbols (placement, items, N_SYMBOLS, out);
      check_symbols (items, out);
      rn_placement_begin (placement, &VIEW, &CONTROL, 1);
      rn_placement_symbols (placement, items, N_SYMBOLS, again);
      check_symbols (items, again);
      for (guint i = 0; i < N_SYMBOLS; i++)
        if (must_show (&items[i]))
          g_assert_cmpint (out[i].fate == RN_SYMBOL_MEMBER, ==, again[i].fate == RN_SYMBOL_MEMBER);
    }
}

/* Two of tier I in one place: both are seen, one with a leader. */
static void
test_symbol_moved (void)
{
  RnSymbolItem items[2] = {
    { .id = 1, .x = 500, .y = 400, .size_px = 26, .tier = 1 },
    { .id = 2, .x = 503, .y = 400, .size_px = 26, .tier = 1 },
  };
  RnSymbolPlace out[2], again[2];
  g_autoptr (RnPlacement) placement = rn_placement_new ();

  rn_placement_begin (placement, &VIEW, NULL, 0);
  rn_placement_symbols (placement, items, 2, out);
  g_assert_cmpint (out[0].fate, ==, RN_SYMBOL_SINGLE);
  g_assert_cmpint (out[1].fate, ==, RN_SYMBOL_SINGLE);
  g_assert_false (out[0].leader);
  g_assert_true (out[1].leader);
  g_assert_false (rn_rect_overlap (&out[0].rect, &out[1].rect));
  /* panned: it keeps its side */
  items[0].x += 40.0;
  items[1].x += 40.0;
  rn_placement_begin (placement, &VIEW, NULL, 0);
  rn_placement_symbols (placement, items, 2, again);
  g_assert_cmpfloat_with_epsilon (again[1].rect.x - out[1].rect.x, 40.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (again[1].rect.y, out[1].rect.y, 1e-9);
}

#define N_CROWD 3000

/* While panning step by step, what is well inside keeps its fate and its place: nothing flickers. */
static void
test_symbol_pan (void)
{
  g_autofree RnSymbolItem *items = g_new0 (RnSymbolItem, N_CROWD);
  g_autofree RnSymbolPlace *before = g_new0 (RnSymbolPlace, N_CROWD);
  g_autofree RnSymbolPlace *after = g_new0 (RnSymbolPlace, N_CROWD);
  g_autoptr (RnPlacement) placement = rn_placement_new ();
  guint n_looked_at = 0, n_changed = 0;

  for (guint i = 0; i < N_CROWD; i++)
    items[i] = (RnSymbolItem){ .id = 1 + i,
                               .x = g_test_rand_double_range (-1000, 2200),
                               .y = g_test_rand_double_range (-500, 1300),
                               .size_px = 22,
                               .group = i % 2 == 0 ? RN_SYMBOL_GROUP_INCIDENT
                                                   : RN_SYMBOL_GROUP_WORKS,
                               .subtype = i % 7,
                               .tier = i % 2 == 0 ? 3 + (int) (i / 2 % 2) : 0 };
  for (guint step = 0; step < 30; step++)
    {
      RnSymbolPlace *swap = before;

      rn_placement_begin (placement, &VIEW, NULL, 0);
      rn_placement_symbols (placement, items, N_CROWD, after);
      for (guint i = 0; i < N_CROWD && step > 0; i++)
        {
          if (items[i].x < 150 || items[i].x > 1050 || items[i].y < 150 || items[i].y > 650)
            continue;
          n_looked_at++;
          n_changed += before[i].fate != after[i].fate || before[i].leader != after[i].leader;
        }
      before = after;
      after = swap;
      for (guint i = 0; i < N_CROWD; i++)
        items[i].x += 7;
    }
  g_assert_cmpuint (n_looked_at, >, 3000);
  g_test_message ("%u of %u changed", n_changed, n_looked_at);
  g_assert_cmpuint (n_changed, <=, n_looked_at / 500);
}

/* Ten thousand of tier I in sight: as many as have room are seen, the rest is counted, none is lost;
 * and that in the time of a few frames. */
static void
test_symbol_crowd (void)
{
  const guint n = 10000;
  g_autofree RnSymbolItem *items = g_new0 (RnSymbolItem, n);
  g_autofree RnSymbolPlace *out = g_new0 (RnSymbolPlace, n);
  g_autoptr (RnPlacement) placement = rn_placement_new ();
  guint counted = 0;
  gint64 from_us;

  for (guint i = 0; i < n; i++)
    items[i] = (RnSymbolItem){ .id = 1 + i,
                               .x = g_test_rand_double_range (50, 1150),
                               .y = g_test_rand_double_range (50, 750),
                               .size_px = 26,
                               .tier = 1 + (int) (i % 2) };
  from_us = g_get_monotonic_time ();
  rn_placement_begin (placement, &VIEW, NULL, 0);
  rn_placement_symbols (placement, items, n, out);
  g_test_message ("%.0f ms", (double) (g_get_monotonic_time () - from_us) / 1000.0);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (out[i].fate, !=, RN_SYMBOL_HIDDEN);
      counted += out[i].count;
    }
  g_assert_cmpuint (counted, ==, n);
}

typedef struct {
  RnNetwork *network;
  RnLevels *levels;
  float widths[64];
} Roads;

/* A long bent road, a short crossing one, one without a number, one too short for a shield. */
static void
roads_init (Roads *roads)
{
  static const struct {
    const char *ref;
    RnShield shield;
    RnPoint points[3];
  } rows[] = {
    { "G2", RN_SHIELD_NATIONAL, { { 118.0, 32.0 }, { 119.5, 32.3 }, { 121.5, 32.1 } } },
    { "S38", RN_SHIELD_PROVINCIAL, { { 119.4, 31.5 }, { 119.5, 32.3 }, { 119.8, 32.8 } } },
    { "D1", RN_SHIELD_OTHER, { { 118.5, 31.8 }, { 119.0, 31.7 }, { 120.5, 31.8 } } },
    { "G9", RN_SHIELD_NATIONAL, { { 120.0, 32.8 }, { 120.01, 32.8 }, { 120.02, 32.8 } } },
  };
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("test", "1");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      RnRoadRow road = { .ref = rows[i].ref, .shield = rows[i].shield };

      rn_network_builder_add_road (builder, &road);
      for (guint d = 0; d < 2; d++)
        {
          RnPoint points[3];
          RnSectionRow row = RN_SECTION_ROW_INIT;
          g_autofree char *id = g_strdup_printf ("%s-%u", rows[i].ref, d);

          for (guint j = 0; j < 3; j++)
            points[j] = rows[i].points[d == 0 ? j : 2 - j];
          row.id = id;
          row.road = rows[i].ref;
          row.direction = d == 0 ? RN_DIRECTION_ASC : RN_DIRECTION_DESC;
          row.points = points;
          row.n_points = 3;
          g_assert_true (rn_network_builder_add_section (builder, &row, NULL));
        }
    }
  roads->network = rn_network_builder_end (builder);
  roads->levels = rn_levels_new (roads->network, RN_DATUM_WGS84);
  for (guint i = 0; i < G_N_ELEMENTS (roads->widths); i++)
    roads->widths[i] = 30.0f;
}

static void
roads_clear (Roads *roads)
{
  rn_levels_unref (roads->levels);
  rn_network_unref (roads->network);
}

static guint
count_road (GArray *places, guint32 road)
{
  guint n = 0;

  for (guint i = 0; i < places->len; i++)
    n += g_array_index (places, RnShieldPlace, i).road == road;
  return n;
}

static void
test_shields (void)
{
  Roads roads;
  g_autoptr (RnPlacement) placement = rn_placement_new ();
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (RnShieldPlace));
  g_autoptr (GArray) panned = g_array_new (FALSE, FALSE, sizeof (RnShieldPlace));
  RnRect rects[64];
  double x, y;
  guint same = 0;

  roads_init (&roads);
  rn_mercator_project ((RnPoint){ 119.7, 32.15 }, 9.0, &x, &y);
  rn_placement_begin (placement, &VIEW, NULL, 0);
  rn_placement_shields (placement, roads.levels, 9.0, x - 600.0, y - 400.0, 0.0, roads.widths,
                        17.0, out);
  /* 3.5° at zoom 9 are some 1,275 px: four steps of at least 300 */
  g_assert_cmpuint (count_road (out, rn_network_find_road (roads.network, "G2")), >=, 3);
  g_assert_cmpuint (count_road (out, rn_network_find_road (roads.network, "S38")), >=, 1);
  g_assert_cmpuint (count_road (out, rn_network_find_road (roads.network, "D1")), ==, 0);
  g_assert_cmpuint (count_road (out, rn_network_find_road (roads.network, "G9")), ==, 0);
  g_assert_cmpuint (out->len, <=, G_N_ELEMENTS (rects));
  for (guint i = 0; i < out->len; i++)
    {
      const RnShieldPlace *place = &g_array_index (out, RnShieldPlace, i);
      RnLineStyle *none = NULL;
      guint32 hit;

      rects[i] = place->rect;
      g_assert_true (inside (&place->rect));
      hit = rn_levels_hit (roads.levels, 9.0, x - 600.0 + place->rect.x + place->rect.width / 2.0,
                           y - 400.0 + place->rect.y + place->rect.height / 2.0, 3.0, none, NULL,
                           NULL);
      g_assert_cmpuint (hit, !=, RN_NONE); /* it sits on a road */
    }
  assert_apart (rects, out->len);

  /* a pan of 30 px moves them all by as much */
  rn_placement_begin (placement, &VIEW, NULL, 0);
  rn_placement_shields (placement, roads.levels, 9.0, x - 570.0, y - 400.0, 0.0, roads.widths,
                        17.0, panned);
  for (guint i = 0; i < out->len; i++)
    for (guint j = 0; j < panned->len; j++)
      {
        const RnShieldPlace *a = &g_array_index (out, RnShieldPlace, i);
        const RnShieldPlace *b = &g_array_index (panned, RnShieldPlace, j);

        same += a->road == b->road && fabs (a->rect.x - 30.0 - b->rect.x) < 0.1 &&
                fabs (a->rect.y - b->rect.y) < 0.1;
      }
  g_assert_cmpuint (same, >=, out->len - 1);
  roads_clear (&roads);
}

static void
test_shields_avoid (void)
{
  Roads roads;
  g_autoptr (RnPlacement) placement = rn_placement_new ();
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (RnShieldPlace));
  RnRect everything = VIEW;
  double x, y;

  roads_init (&roads);
  rn_mercator_project ((RnPoint){ 119.7, 32.15 }, 9.0, &x, &y);
  rn_placement_begin (placement, &VIEW, &everything, 1);
  rn_placement_shields (placement, roads.levels, 9.0, x - 600.0, y - 400.0, 0.0, roads.widths,
                        17.0, out);
  g_assert_cmpuint (out->len, ==, 0);
  roads_clear (&roads);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/carto/placement/labels", test_labels);
  g_test_add_func ("/carto/placement/label-priority", test_label_priority);
  g_test_add_func ("/carto/placement/symbols", test_symbols);
  g_test_add_func ("/carto/placement/symbol-moved", test_symbol_moved);
  g_test_add_func ("/carto/placement/symbol-pan", test_symbol_pan);
  g_test_add_func ("/carto/placement/symbol-crowd", test_symbol_crowd);
  g_test_add_func ("/carto/placement/shields", test_shields);
  g_test_add_func ("/carto/placement/shields-avoid", test_shields_avoid);
  return g_test_run ();
}
