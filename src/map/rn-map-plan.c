/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One plan: symbols first, then shields, then names, each taking the room that those before left.
 * What is where is decided by carto's placement; here is only what there is to place. */
#include "map/rn-map-plan.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "carto/rn-basemap.h"
#include "map/rn-plan-symbols.h"

/* Names come this much earlier than the base map's table says. */
#define NAMES_EARLIER 0.3
/* Names of facilities are shown from here on. */
#define FACILITY_NAMES_ZOOM 11.0

struct _RnPlanTools {
  gatomicrefcount ref_count;
  RnThemeId theme;
  RnSprites *sprites;
  RnPlacement *placement;
  RnPlacement *turned; /* for shields while the map is turned */
};

RnPlanTools *
rn_plan_tools_new (RnThemeId theme, int scale, const char *language)
{
  RnPlanTools *self = g_new0 (RnPlanTools, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->theme = theme;
  self->sprites = rn_sprites_new (theme, scale, language);
  self->placement = rn_placement_new ();
  self->turned = rn_placement_new ();
  return self;
}

RnPlanTools *
rn_plan_tools_ref (RnPlanTools *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rn_plan_tools_unref (RnPlanTools *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  rn_placement_free (self->placement);
  rn_placement_free (self->turned);
  rn_sprites_free (self->sprites);
  g_free (self);
}

void
rn_plan_request_clear (RnPlanRequest *self)
{
  g_clear_pointer (&self->flow, rn_scene_unref);
  g_clear_pointer (&self->selection, rn_subject_free);
  g_clear_pointer (&self->unacknowledged, g_hash_table_unref);
}

static guint
subject_hash (gconstpointer data)
{
  const RnSubject *subject = data;

  return g_str_hash (subject->key) ^ (guint) subject->kind;
}

static gboolean
subject_equal (gconstpointer a, gconstpointer b)
{
  return rn_subject_equal (a, b);
}

GHashTable *
rn_plan_subjects_new (const RnSubject *const *subjects, guint n)
{
  GHashTable *set =
      g_hash_table_new_full (subject_hash, subject_equal, (GDestroyNotify) rn_subject_free, NULL);

  for (guint i = 0; i < n; i++)
    g_hash_table_add (set, rn_subject_copy (subjects[i]));
  return set;
}

static void
item_clear (gpointer data)
{
  RnPlanItem *item = data;

  g_clear_object (&item->texture);
  g_clear_pointer (&item->subject, rn_subject_free);
}

static GArray *
items_new (void)
{
  GArray *items = g_array_new (FALSE, TRUE, sizeof (RnPlanItem));

  g_array_set_clear_func (items, item_clear);
  return items;
}

RnMapPlan *
rn_map_plan_ref (RnMapPlan *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rn_map_plan_unref (RnMapPlan *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->symbols);
  g_array_unref (self->texts);
  g_free (self);
}

void
rn_plan_item_place (const RnPlanItem *self, const RnCamera *camera, double *x, double *y)
{
  double world = rn_camera_world_px (camera->zoom);
  double dx = self->wx * world - camera->x, dy = self->wy * world - camera->y;
  double c = cos (camera->rotation), s = sin (camera->rotation);

  *x = c * dx - s * dy + camera->width / 2.0;
  *y = s * dx + c * dy + camera->height / 2.0;
}

/* Appends @sprite with its anchor at view pixel (@x, @y), belonging to the world there. */
static void
append_text (GArray *items, const RnCamera *camera, const RnSprite *sprite, double wx, double wy,
             double x, double y)
{
  RnPlanItem item = { .texture = g_object_ref (sprite->texture),
                      .wx = wx,
                      .wy = wy,
                      .width = sprite->width,
                      .height = sprite->height,
                      .count = 1 };
  double px, py;

  rn_plan_item_place (&item, camera, &px, &py);
  item.x = x - px + sprite->x;
  item.y = y - py + sprite->y;
  g_array_append_val (items, item);
}

/* ---- symbols ---- */

static void
append_symbol (GArray *items, const RnCandidate *candidate, const RnSymbolItem *item,
               const RnSymbolPlace *place, const RnSprite *sprite)
{
  double mx = place->rect.x + place->rect.width / 2 - item->x;
  double my = place->rect.y + place->rect.height / 2 - item->y;
  RnPlanItem made = { .texture = g_object_ref (sprite->texture),
                      .wx = candidate->wx,
                      .wy = candidate->wy,
                      .x = mx + sprite->x,
                      .y = my + sprite->y,
                      .width = sprite->width,
                      .height = sprite->height,
                      .shape = { mx - place->rect.width / 2, my - place->rect.height / 2,
                                 place->rect.width, place->rect.height },
                      .radius = candidate->radius_px,
                      .leader = place->leader,
                      .subject = rn_subject_new (candidate->kind, candidate->key),
                      .count = place->fate == RN_SYMBOL_CLUSTER ? place->count : 1,
                      .tier = candidate->symbol.tier,
                      .fade = candidate->fade,
                      .unacknowledged = candidate->unacknowledged };

  g_array_append_val (items, made);
}

static const RnSprite *
symbol_sprite (RnPlanTools *tools, const RnCandidate *candidate, const RnSymbolPlace *place)
{
  RnSymbol symbol = candidate->symbol;

  if (candidate->pill != NULL)
    return rn_sprites_pill (tools->sprites, (RnHazard) symbol.subtype, symbol.tier,
                            candidate->pill);
  symbol.cluster = place->fate == RN_SYMBOL_CLUSTER;
  return rn_sprites_symbol (tools->sprites, &symbol, place->count);
}

/* Where candidates lie and how large they are. */
static GArray *
measure_symbols (RnPlanTools *tools, const RnPlanRequest *request, const GArray *candidates)
{
  GArray *items = g_array_sized_new (FALSE, TRUE, sizeof (RnSymbolItem), candidates->len);

  for (guint i = 0; i < candidates->len; i++)
    {
      const RnCandidate *c = &g_array_index (candidates, RnCandidate, i);
      RnPlanItem at = { .wx = c->wx, .wy = c->wy };
      RnSymbolItem item = { .id = c->id,
                            .group = c->group,
                            .subtype = c->symbol.subtype,
                            .tier = c->symbol.tier,
                            .rank = c->rank,
                            .selected = c->selected,
                            .unacknowledged = c->unacknowledged };

      rn_plan_item_place (&at, &request->camera, &item.x, &item.y);
      item.size_px = rn_symbol_size_px (&c->symbol);
      if (c->pill != NULL)
        {
          const RnSprite *pill = rn_sprites_pill (tools->sprites, (RnHazard) c->symbol.subtype,
                                                  c->symbol.tier, c->pill);

          item.size_px = pill->text_width;
          item.height_px = pill->text_height;
        }
      g_array_append_val (items, item);
    }
  return items;
}

/* What is worse lies on top: tiers I and II whatever the order of the layers, then by layer. */
static int
compare_depth (gconstpointer a, gconstpointer b)
{
  const RnCandidate *p = *(const RnCandidate *const *) a, *q = *(const RnCandidate *const *) b;

  if (p->urgent != q->urgent)
    return p->urgent ? 1 : -1;
  if (p->rank != q->rank)
    return p->rank > q->rank ? -1 : 1;
  if (p->order != q->order)
    return p->order < q->order ? -1 : 1;
  return p < q ? -1 : p > q;
}

static void
arrange_symbols (RnPlanTools *tools, const RnPlanRequest *request, const GArray *candidates,
                 RnMapPlan *plan, gboolean *shown)
{
  g_autoptr (GArray) items = measure_symbols (tools, request, candidates);
  g_autofree RnSymbolPlace *places = g_new0 (RnSymbolPlace, MAX (candidates->len, 1));

  const RnCandidate *first = (const RnCandidate *) (gconstpointer) candidates->data;
  g_autoptr (GPtrArray) drawn = g_ptr_array_new ();

  rn_placement_symbols (tools->placement, (const RnSymbolItem *) (gconstpointer) items->data,
                        items->len, places);
  for (guint i = 0; i < candidates->len; i++)
    if (places[i].fate == RN_SYMBOL_SINGLE || places[i].fate == RN_SYMBOL_CLUSTER)
      g_ptr_array_add (drawn, (gpointer) &first[i]);
  g_ptr_array_sort (drawn, compare_depth);
  for (guint d = 0; d < drawn->len; d++)
    {
      const RnCandidate *candidate = drawn->pdata[d];
      guint i = (guint) (candidate - first);
      const RnSprite *sprite = symbol_sprite (tools, candidate, &places[i]);

      if (sprite == NULL)
        continue;
      append_symbol (plan->symbols, candidate, &g_array_index (items, RnSymbolItem, i), &places[i],
                     sprite);
      shown[i] = places[i].fate == RN_SYMBOL_SINGLE;
    }
}

/* ---- shields ---- */

static void
append_shield (RnPlanTools *tools, const RnPlanRequest *request, const RnShieldPlace *place,
               RnMapPlan *plan)
{
  const RnCamera *camera = &request->camera;
  const RnRoad *road = &request->flow->frame->network->roads[place->road];
  const RnSprite *sprite = rn_sprites_shield (tools->sprites, road->shield, road->ref);
  double world = rn_camera_world_px (camera->zoom);
  double mx = place->rect.x + place->rect.width / 2, my = place->rect.y + place->rect.height / 2;
  double wx = (camera->x - camera->width / 2.0 + mx) / world;
  double wy = (camera->y - camera->height / 2.0 + my) / world;
  RnPlanItem at = { .wx = wx, .wy = wy };

  if (sprite == NULL)
    return;
  rn_plan_item_place (&at, camera, &mx, &my);
  append_text (plan->texts, camera, sprite, wx, wy, mx - place->rect.width / 2,
               my - place->rect.height / 2);
}

/* While the map is turned, shields are placed on the upright map by a placement of their own, then
 * turned with it; one that meets what is there already is left out. */
static void
turn_shields (RnPlanTools *tools, const RnCamera *camera, GArray *places)
{
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (RnRect));
  double c = cos (camera->rotation), s = sin (camera->rotation);

  for (guint i = 0; i < places->len;)
    {
      const RnRect *r = &g_array_index (places, RnShieldPlace, i).rect;
      double dx = r->x + r->width / 2 - camera->width / 2.0;
      double dy = r->y + r->height / 2 - camera->height / 2.0;
      RnRect turned = { c * dx - s * dy + camera->width / 2.0 - r->width / 2,
                        s * dx + c * dy + camera->height / 2.0 - r->height / 2, r->width,
                        r->height };
      gboolean free_place = TRUE;

      for (guint j = 0; j < kept->len && free_place; j++)
        free_place = !rn_rect_overlap (&turned, &g_array_index (kept, RnRect, j));
      if (!free_place)
        {
          g_array_remove_index (places, i);
          continue;
        }
      g_array_append_val (kept, turned);
      rn_placement_take (tools->placement, &turned);
      i++;
    }
}

static void
arrange_shields (RnPlanTools *tools, const RnPlanRequest *request, const RnRect *view,
                 RnMapPlan *plan)
{
  const RnNetwork *network = request->flow->frame->network;
  const RnCamera *camera = &request->camera;
  g_autofree float *widths = g_new0 (float, MAX (network->n_roads, 1));
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (RnShieldPlace));
  gboolean turned = camera->rotation != 0;

  for (guint i = 0; i < network->n_roads; i++)
    if (network->roads[i].shield != RN_SHIELD_OTHER && network->roads[i].ref != NULL)
      widths[i] = (float) rn_sprites_shield_width_px (tools->sprites, network->roads[i].ref);
  if (turned)
    rn_placement_begin (tools->turned, view, NULL, 0);
  rn_placement_shields (turned ? tools->turned : tools->placement, request->flow->levels,
                        camera->zoom, camera->x - camera->width / 2.0,
                        camera->y - camera->height / 2.0, widths, RN_SHIELD_HEIGHT_PX, places);
  if (turned)
    turn_shields (tools, camera, places);
  for (guint i = 0; i < places->len; i++)
    append_shield (tools, request, &g_array_index (places, RnShieldPlace, i), plan);
}

/* ---- names ---- */

typedef struct {
  RnLabel label;
  double wx, wy;
  const RnSprite *name, *dot; /* dot NULL: none of its own */
} Name;

static void
name_style (const RnTheme *theme, RnPlaceKind kind, int rank, RnTextStyle *style)
{
  *style = (RnTextStyle){ .halo = theme->map.halo };
  switch (kind)
    {
    case RN_PLACE_CITY:
      style->size_px = rank <= 1 ? 14 : 13;
      style->bold = TRUE;
      style->colour = theme->map.city;
      break;
    case RN_PLACE_TOWN:
      style->size_px = 11;
      style->colour = theme->map.town;
      break;
    case RN_PLACE_PROVINCE:
      style->size_px = 13;
      style->bold = TRUE;
      style->spacing_px = 4;
      style->colour = theme->map.province;
      break;
    case RN_PLACE_WATER:
    default:
      style->size_px = rank <= 1 ? 13 : 11;
      style->italic = TRUE;
      style->spacing_px = 2;
      style->colour = theme->map.water_label;
      break;
    }
}

static int
name_priority (RnPlaceKind kind, int rank)
{
  static const int of_kind[] = {
    [RN_PLACE_CITY] = 1000, [RN_PLACE_PROVINCE] = 700, [RN_PLACE_WATER] = 500, [RN_PLACE_TOWN] = 300
  };

  return of_kind[kind] - rank;
}

static void
add_name (GArray *names, const RnCamera *camera, Name *name, double below_px)
{
  RnPlanItem at = { .wx = name->wx, .wy = name->wy };

  rn_plan_item_place (&at, camera, &name->label.x, &name->label.y);
  name->label.y += below_px;
  if (name->label.x < -200 || name->label.y < -50 || name->label.x > camera->width + 200
      || name->label.y > camera->height + 50)
    return;
  name->label.width = name->name->text_width;
  name->label.height = name->name->text_height;
  g_array_append_val (names, *name);
}

static void
collect_places (RnPlanTools *tools, const RnPlanRequest *request, GArray *names)
{
  const RnTheme *theme = rn_theme_get (tools->theme);
  guint n;
  const RnPlace *places = rn_basemap_places (rn_basemap_get_default (), &n);

  for (guint i = 0; i < n; i++)
    {
      const RnPlace *place = &places[i];
      const char *text = rn_names_get (place->names, NULL);
      RnFixed at = rn_fixed_from_point (place->at);
      Name name = { .wx = at.x / 4294967296.0, .wy = at.y / 4294967296.0 };
      RnTextStyle style;

      if (request->camera.zoom + NAMES_EARLIER < place->min_zoom || text == NULL)
        continue;
      name_style (theme, place->kind, place->rank, &style);
      name.name = rn_sprites_name (tools->sprites, text, &style);
      name.label.id = i;
      name.label.priority = name_priority (place->kind, place->rank);
      name.label.kind = RN_LABEL_AREA;
      if (place->kind == RN_PLACE_CITY || place->kind == RN_PLACE_TOWN)
        {
          name.label.kind = RN_LABEL_POINT;
          name.label.dot_px = place->kind == RN_PLACE_CITY ? 2.0 : 1.5;
          name.dot = rn_sprites_dot (tools->sprites, name.label.dot_px, style.colour, style.halo);
        }
      add_name (names, &request->camera, &name, 0);
    }
}

static void
collect_facilities (RnPlanTools *tools, const RnPlanRequest *request, const GArray *candidates,
                    const gboolean *shown, GArray *names)
{
  const RnTheme *theme = rn_theme_get (tools->theme);
  RnTextStyle style;

  name_style (theme, RN_PLACE_TOWN, 1, &style);
  for (guint i = 0; i < candidates->len; i++)
    {
      const RnCandidate *candidate = &g_array_index (candidates, RnCandidate, i);
      const char *text = rn_names_get (candidate->names, NULL);
      Name name = { .wx = candidate->wx, .wy = candidate->wy };

      if (!shown[i] || text == NULL)
        continue;
      name.name = rn_sprites_name (tools->sprites, text, &style);
      name.label.id = candidate->id | G_GUINT64_CONSTANT (1) << 63;
      name.label.kind = RN_LABEL_AREA;
      name.label.priority = 100;
      /* below its symbol, which has taken the middle */
      add_name (names, &request->camera, &name,
                (rn_symbol_size_px (&candidate->symbol) + name.name->text_height) / 2);
    }
}

static void
arrange_names (RnPlanTools *tools, const RnPlanRequest *request, const GArray *names,
               RnMapPlan *plan)
{
  g_autofree RnLabel *labels = g_new0 (RnLabel, MAX (names->len, 1));
  g_autofree RnLabelPlace *places = g_new0 (RnLabelPlace, MAX (names->len, 1));

  for (guint i = 0; i < names->len; i++)
    labels[i] = g_array_index (names, Name, i).label;
  rn_placement_labels (tools->placement, labels, names->len, places);
  for (guint i = 0; i < names->len; i++)
    {
      const Name *name = &g_array_index (names, Name, i);

      if (!places[i].shown)
        continue;
      if (name->dot != NULL)
        append_text (plan->texts, &request->camera, name->dot, name->wx, name->wy, name->label.x,
                     name->label.y);
      append_text (plan->texts, &request->camera, name->name, name->wx, name->wy, places[i].rect.x,
                   places[i].rect.y);
    }
}

RnMapPlan *
rn_map_plan_new (RnPlanTools *tools, const RnPlanRequest *request)
{
  RnMapPlan *plan = g_new0 (RnMapPlan, 1);
  RnRect view = { 0, 0, request->camera.width, request->camera.height };
  g_autoptr (GArray) names = g_array_new (FALSE, TRUE, sizeof (Name));
  g_autoptr (GArray) candidates = rn_plan_collect_symbols (request);
  g_autofree gboolean *shown = g_new0 (gboolean, MAX (candidates->len, 1));
  gboolean labels = (request->layers & RN_MAP_BIT (RN_MAP_LABELS)) != 0;

  g_atomic_ref_count_init (&plan->ref_count);
  plan->camera = request->camera;
  plan->theme = tools->theme;
  plan->symbols = items_new ();
  plan->texts = items_new ();
  rn_placement_begin (tools->placement, &view, request->taken, request->n_taken);
  arrange_symbols (tools, request, candidates, plan, shown);
  if (labels && request->flow != NULL)
    arrange_shields (tools, request, &view, plan);
  if (labels)
    {
      collect_places (tools, request, names);
      if (request->camera.zoom >= FACILITY_NAMES_ZOOM)
        collect_facilities (tools, request, candidates, shown, names);
      arrange_names (tools, request, names, plan);
    }
  rn_sprites_end_round (tools->sprites);
  return plan;
}
