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
};

RnPlanTools *
rn_plan_tools_new (RnThemeId theme, int scale, double text_scale, const char *language)
{
  RnPlanTools *self = g_new0 (RnPlanTools, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->theme = theme;
  self->sprites = rn_sprites_new (theme, scale, text_scale, language);
  self->placement = rn_placement_new ();
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
rn_plan_subjects_new (const RnSubject *const *subjects, const int *tiers, guint n)
{
  GHashTable *set =
      g_hash_table_new_full (subject_hash, subject_equal, (GDestroyNotify) rn_subject_free, NULL);

  for (guint i = 0; i < n; i++)
    {
      int before = GPOINTER_TO_INT (g_hash_table_lookup (set, subjects[i]));
      int tier = tiers != NULL ? tiers[i] : 0;

      if (before == 0 || (tier > 0 && tier < before)) /* the worst of several */
        g_hash_table_replace (set, rn_subject_copy (subjects[i]), GINT_TO_POINTER (tier));
    }
  return set;
}

static void
item_clear (gpointer data)
{
  RnPlanItem *item = data;

  g_clear_object (&item->texture);
  g_clear_pointer (&item->subject, rn_subject_free);
  g_clear_pointer (&item->members, g_ptr_array_unref);
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

/* What is counted in the item of candidate @host. */
static void
add_members (RnPlanItem *item, const GArray *candidates, guint host, const guint32 *first,
             const guint32 *next)
{
  g_autoptr (GArray) spots = g_array_new (FALSE, FALSE, sizeof (RnClusterSpot));

  for (guint32 i = first[host]; i != RN_NONE; i = next[i])
    {
      const RnCandidate *c = &g_array_index (candidates, RnCandidate, i);
      RnClusterSpot spot = {
        c->wx, c->wy, c->kind, c->key, c->unacknowledged, c->symbol.tier, c->symbol.subtype
      };

      g_array_append_val (spots, spot);
    }
  item->members = rn_cluster_members (spots);
  item->span = rn_cluster_span (spots);
}

/* Chains of what each symbol stands for, itself included: @first by host, @next by candidate. */
static void
chain_members (const RnSymbolPlace *places, guint n, guint32 *first, guint32 *next)
{
  for (guint i = 0; i < n; i++)
    first[i] = next[i] = RN_NONE;
  for (guint i = n; i-- > 0;)
    if (places[i].fate == RN_SYMBOL_MEMBER || places[i].fate == RN_SYMBOL_CLUSTER)
      {
        guint host = places[i].fate == RN_SYMBOL_MEMBER ? places[i].of : i;

        next[i] = first[host];
        first[host] = i;
      }
}

/* The worse tier on top; what looks alike in a row, which renderers draw at once. */
static int
compare_drawn (gconstpointer a, gconstpointer b)
{
  const RnPlanItem *p = a, *q = b;
  int tp = p->tier > 0 ? p->tier : 5, tq = q->tier > 0 ? q->tier : 5;

  if (tp != tq)
    return tp > tq ? -1 : 1;
  return p->texture < q->texture ? -1 : p->texture > q->texture;
}

static void
sort_drawn (GArray *items, guint from)
{
  if (items->len > from)
    qsort (&g_array_index (items, RnPlanItem, from), items->len - from, sizeof (RnPlanItem),
           compare_drawn);
}

typedef struct {
  RnPlanTools *tools;
  const GArray *candidates, *items;
  const RnSymbolPlace *places;
  const guint32 *first, *next; /* chains of members */
} Arranged;

/* Whether it stands there for itself alone. */
static gboolean
add_symbol (const Arranged *a, guint i, GArray *symbols)
{
  const RnCandidate *candidate = &g_array_index (a->candidates, RnCandidate, i);
  const RnSymbolPlace *place = &a->places[i];
  const RnSprite *sprite;

  if (place->fate != RN_SYMBOL_SINGLE && place->fate != RN_SYMBOL_CLUSTER)
    return FALSE;
  sprite = symbol_sprite (a->tools, candidate, place);
  if (sprite == NULL)
    return FALSE;
  append_symbol (symbols, candidate, &g_array_index (a->items, RnSymbolItem, i), place, sprite);
  if (place->fate == RN_SYMBOL_CLUSTER)
    add_members (&g_array_index (symbols, RnPlanItem, symbols->len - 1), a->candidates, i, a->first,
                 a->next);
  return place->fate == RN_SYMBOL_SINGLE;
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
  return p->order < q->order ? -1 : p->order > q->order;
}

static void
arrange_symbols (RnPlanTools *tools, const RnPlanRequest *request, const GArray *candidates,
                 RnMapPlan *plan, gboolean *shown)
{
  g_autoptr (GArray) items = measure_symbols (tools, request, candidates);
  g_autofree RnSymbolPlace *places = g_new0 (RnSymbolPlace, MAX (candidates->len, 1));
  g_autofree guint32 *first = g_new (guint32, MAX (candidates->len, 1));
  g_autofree guint32 *next = g_new (guint32, MAX (candidates->len, 1));
  Arranged a = { tools, candidates, items, places, first, next };
  g_autoptr (GPtrArray) drawn = g_ptr_array_new ();
  guint from = plan->symbols->len;

  rn_placement_symbols (tools->placement, (const RnSymbolItem *) (gconstpointer) items->data,
                        items->len, places);
  chain_members (places, candidates->len, first, next);
  for (guint i = 0; i < candidates->len; i++)
    g_ptr_array_add (drawn, &g_array_index (candidates, RnCandidate, i));
  g_ptr_array_sort (drawn, compare_depth);
  for (guint d = 0; d < drawn->len; d++)
    {
      const RnCandidate *candidate = drawn->pdata[d];
      guint i = (guint) (candidate - &g_array_index (candidates, RnCandidate, 0));

      if (d > 0 && compare_depth (&drawn->pdata[d - 1], &drawn->pdata[d]) != 0)
        {
          sort_drawn (plan->symbols, from);
          from = plan->symbols->len;
        }
      shown[i] = add_symbol (&a, i, plan->symbols);
    }
  sort_drawn (plan->symbols, from);
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
  double c = cos (camera->rotation), s = sin (camera->rotation);
  double dx = place->rect.x + place->rect.width / 2 - camera->width / 2.0;
  double dy = place->rect.y + place->rect.height / 2 - camera->height / 2.0;

  if (sprite != NULL)
    append_text (plan->texts, camera, sprite, (camera->x + c * dx + s * dy) / world,
                 (camera->y - s * dx + c * dy) / world, place->rect.x, place->rect.y);
}

static void
arrange_shields (RnPlanTools *tools, const RnPlanRequest *request, RnMapPlan *plan)
{
  const RnNetwork *network = request->flow->frame->network;
  const RnCamera *camera = &request->camera;
  g_autofree float *widths = g_new0 (float, MAX (network->n_roads, 1));
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (RnShieldPlace));

  for (guint i = 0; i < network->n_roads; i++)
    if (network->roads[i].shield != RN_SHIELD_OTHER && network->roads[i].ref != NULL)
      widths[i] = (float) rn_sprites_shield_width_px (tools->sprites, network->roads[i].ref);
  rn_placement_shields (tools->placement, request->flow->levels, camera->zoom,
                        camera->x - camera->width / 2.0, camera->y - camera->height / 2.0,
                        camera->rotation, widths, rn_sprites_shield_height_px (tools->sprites),
                        places);
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
    arrange_shields (tools, request, plan);
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
