/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Road shields: places at even steps along the whole road, so that they do not depend on what part
 * of it is seen and stay where they are while panning. A place that is taken may shift along the
 * road. Each visible road gets its first shield before any gets its second. */
#include "carto/rn-placement-private.h"

#include <math.h>
#include <string.h>

#define MIN_ROAD_PX 48.0 /* shorter ones carry no shield */
#define SHIFT_PX 24.0
#define N_SHIFTS 9 /* 0, +1, −1, +2 … × SHIFT_PX */
#define SAME_ROAD_PX 150.0
#define GAP_PX 3.0

typedef struct {
  guint32 road;
  guint32 number; /* of the place along the road */
  double along;   /* px from the start of the road */
  guint turn;     /* of its road's visible places, counted from 0 */
  guint before;   /* shift + 1 it had; 0: not shown */
} Candidate;

typedef struct {
  RnPlacement *placement;
  const RnLevels *levels;
  const RnNetwork *network;
  double zoom, x, y, k;
  double cos, sin;         /* of the rotation */
  double mid_x, mid_y;     /* of the view, about which it is turned */
  double aside_x, aside_y; /* how far the turned view reaches out of the upright one */
  GArray *out;
  guint32 first_own; /* index in out where this call began */
} Shields;

/* The sections of a road in one direction: the first of its list. */
static guint
direction_sections (const Shields *s, const RnRoad *road)
{
  guint n = 0;

  while (n < road->n_sections
         && s->network->direction[road->sections[n]] == s->network->direction[road->sections[0]])
    n++;
  return n;
}

static gboolean
section_near_view (const Shields *s, guint32 section, double margin)
{
  const RnFixedBox *box = &rn_levels_boxes (s->levels)[section];
  const RnRect *view = &s->placement->view;

  return box->max_x * s->k - s->x >= view->x - s->aside_x - margin
         && box->min_x * s->k - s->x <= view->x + view->width + s->aside_x + margin
         && box->max_y * s->k - s->y >= view->y - s->aside_y - margin
         && box->min_y * s->k - s->y <= view->y + view->height + s->aside_y + margin;
}

static RnPx
turned (const Shields *s, double x, double y)
{
  double dx = x - s->mid_x, dy = y - s->mid_y;

  return (RnPx){ s->cos * dx - s->sin * dy + s->mid_x, s->sin * dx + s->cos * dy + s->mid_y };
}

static void
turn (Shields *s, double rotation)
{
  const RnRect *view = &s->placement->view;
  double w = view->width / 2.0, h = view->height / 2.0;

  s->cos = cos (rotation);
  s->sin = sin (rotation);
  s->mid_x = view->x + w;
  s->mid_y = view->y + h;
  s->aside_x = MAX (fabs (s->cos) * w + fabs (s->sin) * h - w, 0.0);
  s->aside_y = MAX (fabs (s->sin) * w + fabs (s->cos) * h - h, 0.0);
}

/* The point @along px from the start of the road, in px of the view; FALSE when its section is not
 * near the view. */
static gboolean
point_along (const Shields *s, const RnRoad *road, double along, RnPx *point)
{
  const float *lengths = rn_levels_lengths (s->levels);
  guint n = direction_sections (s, road);

  for (guint i = 0; i < n; i++)
    {
      guint32 section = road->sections[i];
      double length = lengths[section] * s->k;

      if (along <= length || i == n - 1)
        {
          RnPx px;

          if (!section_near_view (s, section, 0.0))
            return FALSE;
          px = rn_levels_point_on (s->levels, s->zoom, section, length > 0.0 ? along / length : 0.0,
                                   0.0);
          *point = turned (s, px.x - s->x, px.y - s->y);
          return TRUE;
        }
      along -= length;
    }
  return FALSE;
}

/* Adds the places of one road whose sections are near the view. */
static void
add_candidates (const Shields *s, guint32 index, GArray *candidates)
{
  const RnRoad *road = &s->network->roads[index];
  const float *lengths = rn_levels_lengths (s->levels);
  guint n = direction_sections (s, road), turn = 0, steps;
  double total = 0.0, start = 0.0, step;

  for (guint i = 0; i < n; i++)
    total += lengths[road->sections[i]] * s->k;
  if (total < MIN_ROAD_PX)
    return;
  steps = (guint) MAX (total / RN_SHIELD_SPACING_PX, 1.0);
  step = total / steps;
  for (guint i = 0; i < n; i++)
    {
      double end = start + lengths[road->sections[i]] * s->k;

      if (section_near_view (s, road->sections[i], SHIFT_PX * N_SHIFTS))
        for (double j = ceil (start / step - 0.5); (j + 0.5) * step < end && j < steps; j++)
          {
            guint64 id = (guint64) index << 32 | (guint32) j;
            Candidate c = { index, (guint32) j, (j + 0.5) * step, turn++,
                            rn_placement_lookup (s->placement->shields, id) };

            g_array_append_val (candidates, c);
          }
      start = end;
    }
}

static int
compare_candidates (gconstpointer a, gconstpointer b, gpointer data)
{
  const RnNetwork *network = data;
  const Candidate *s = a, *t = b;
  const RnRoad *p = &network->roads[s->road], *q = &network->roads[t->road];
  gsize sp = strlen (p->ref), sq = strlen (q->ref);

  if ((s->before > 0) != (t->before > 0))
    return s->before > 0 ? -1 : 1;
  if (s->turn != t->turn)
    return s->turn < t->turn ? -1 : 1;
  if (p->shield != q->shield)
    return p->shield < q->shield ? -1 : 1;
  if (sp != sq)
    return sp < sq ? -1 : 1;
  if (s->road != t->road)
    return s->road < t->road ? -1 : 1;
  return s->number < t->number ? -1 : s->number > t->number;
}

static gboolean
near_same_road (const Shields *s, const RnRoad *road, const RnRect *rect)
{
  for (guint i = s->first_own; i < s->out->len; i++)
    {
      const RnShieldPlace *other = &g_array_index (s->out, RnShieldPlace, i);

      if (g_strcmp0 (s->network->roads[other->road].ref, road->ref) == 0
          && hypot (other->rect.x - rect->x, other->rect.y - rect->y) < SAME_ROAD_PX)
        return TRUE;
    }
  return FALSE;
}

static gboolean
place_candidate (Shields *s, const Candidate *candidate, double width, double height,
                 guint *shift_used)
{
  const RnRoad *road = &s->network->roads[candidate->road];

  for (guint i = 0; i < N_SHIFTS; i++)
    {
      guint shift = candidate->before > 0 ? (candidate->before - 1 + i) % N_SHIFTS : i;
      double by = (shift % 2 == 0 ? -1.0 : 1.0) * ((shift + 1) / 2) * SHIFT_PX;
      RnShieldPlace place = { .road = candidate->road };
      RnPx point;

      if (candidate->along + by < 0.0 || !point_along (s, road, candidate->along + by, &point))
        continue;
      place.rect = (RnRect){ point.x - width / 2.0, point.y - height / 2.0, width, height };
      if (!rn_placement_in_view (s->placement, &place.rect)
          || !rn_placement_is_free (s->placement, &place.rect, GAP_PX)
          || near_same_road (s, road, &place.rect))
        continue;
      rn_placement_take (s->placement, &place.rect);
      g_array_append_val (s->out, place);
      *shift_used = shift;
      return TRUE;
    }
  return FALSE;
}

void
rn_placement_shields (RnPlacement *self, const RnLevels *levels, double zoom, double x, double y,
                      double rotation, const float *width_px, double height_px, GArray *out)
{
  const RnNetwork *network = rn_levels_network (levels);
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  GHashTable *shown = rn_placement_table_new (NULL);
  Shields s = { .placement = self,
                .levels = levels,
                .network = network,
                .zoom = zoom,
                .x = x,
                .y = y,
                .k = rn_mercator_scale (zoom),
                .out = out,
                .first_own = out->len };

  g_return_if_fail (self->cells != NULL);
  turn (&s, rotation);
  for (guint32 i = 0; i < network->n_roads; i++)
    if (network->roads[i].shield != RN_SHIELD_OTHER && network->roads[i].n_sections > 0
        && width_px[i] > 0.0f)
      add_candidates (&s, i, candidates);
  g_array_sort_with_data (candidates, compare_candidates, (gpointer) network);
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *c = &g_array_index (candidates, Candidate, i);
      guint shift;

      if (place_candidate (&s, c, width_px[c->road], height_px, &shift))
        rn_placement_remember (shown, (guint64) c->road << 32 | c->number, shift + 1);
    }
  g_hash_table_unref (self->shields);
  self->shields = shown;
}
