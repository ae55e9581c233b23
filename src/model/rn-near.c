/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dijkstra's algorithm over the sections, once with the traffic and once against it, from both
 * carriageways at the place. A thing may stand on several sections (a plaza on both carriageways):
 * each is an anchor, and the least distance counts. */
#include "model/rn-near.h"

#include <math.h>

#include "model/rn-near-private.h"

#define HERE_M 50.0
#define OPPOSITE_REACH_M 120.0 /* from carriageway to carriageway */

/* ---- the queue ------------------------------------------------------------------------------- */

typedef struct {
  double m;
  guint32 section;
} Step;

static void
push (GArray *heap, Step step)
{
  guint i = heap->len;
  Step *steps;

  g_array_append_val (heap, step);
  steps = (Step *) (gpointer) heap->data;
  for (; i > 0 && steps[(i - 1) / 2].m > step.m; i = (i - 1) / 2)
    steps[i] = steps[(i - 1) / 2];
  steps[i] = step;
}

static Step
pop (GArray *heap)
{
  Step *steps = (Step *) (gpointer) heap->data, least = steps[0], last = steps[heap->len - 1];
  guint i = 0, n;

  g_array_set_size (heap, heap->len - 1);
  n = heap->len;
  for (guint child = 1; child < n; child = 2 * i + 1)
    {
      if (child + 1 < n && steps[child + 1].m < steps[child].m)
        child++;
      if (steps[child].m >= last.m)
        break;
      steps[i] = steps[child];
      i = child;
    }
  if (n > 0)
    steps[i] = last;
  return least;
}

/* ---- one direction from one place ------------------------------------------------------------ */

typedef struct {
  const RnNearIndex *index;
  GArray *anchors; /* RnNearAnchor of the frame's things, by section */
  GArray *found;   /* RnNearItem without subject, by thing: the least so far */
  double limit_m;
  float *reached_m; /* by section: to its start downstream, to its end upstream */
} Search;

static void
meet (Search *s, guint32 thing, RnNearWay way, double m, guint32 from)
{
  RnNearItem *item = &g_array_index (s->found, RnNearItem, thing);

  if (m > s->limit_m || m >= item->distance_m)
    return;
  item->distance_m = m;
  item->way = m < HERE_M ? RN_NEAR_HERE : way;
  item->from = from;
}

/* What stands on @section, which is entered @m from the place: at its start downstream, at its end
 * upstream. @fraction: of the place on it when it is the section of the place, else NaN. */
static void
look_along (Search *s, guint32 section, double m, RnNearWay way, double fraction, guint32 from)
{
  const RnNetwork *network = s->index->network;
  const GArray *lists[] = { s->index->anchors, s->anchors };
  double length = network->length_m[section];

  for (guint list = 0; list < G_N_ELEMENTS (lists); list++)
    for (guint i = rn_near_first_anchor (lists[list], section);
         i < lists[list]->len && g_array_index (lists[list], RnNearAnchor, i).section == section;
         i++)
      {
        const RnNearAnchor *a = &g_array_index (lists[list], RnNearAnchor, i);
        double along = way == RN_NEAR_DOWNSTREAM ? a->from : 1 - a->to;

        if (!isnan (fraction))
          {
            along -= way == RN_NEAR_DOWNSTREAM ? fraction : 1 - fraction;
            if (fraction >= a->from && fraction <= a->to)
              along = 0;
          }
        if (along >= 0 || along * length > -HERE_M)
          meet (s, a->thing, way, m + fabs (along) * length, from);
      }
}

static void
expand (Search *s, GArray *heap, guint32 section, double m, RnNearWay way)
{
  const RnNetwork *network = s->index->network;
  gboolean down = way == RN_NEAR_DOWNSTREAM;
  const guint32 *first = down ? network->down_first : network->up_first;
  const guint32 *next = down ? network->down : network->up;

  if (m > s->limit_m)
    return;
  for (guint32 k = first[section]; k < first[section + 1]; k++)
    if (m < s->reached_m[next[k]])
      {
        s->reached_m[next[k]] = (float) m;
        push (heap, (Step){ m, next[k] });
      }
}

static void
search (Search *s, guint32 section, double fraction, RnNearWay way)
{
  const RnNetwork *network = s->index->network;
  double length = network->length_m[section];
  g_autoptr (GArray) heap = g_array_new (FALSE, FALSE, sizeof (Step));

  for (guint32 i = 0; i < network->n_sections; i++)
    s->reached_m[i] = INFINITY;
  look_along (s, section, 0, way, fraction, section);
  expand (s, heap, section, (way == RN_NEAR_DOWNSTREAM ? 1 - fraction : fraction) * length, way);
  while (heap->len > 0)
    {
      Step step = pop (heap);

      if (step.m > s->reached_m[step.section] + 0.5)
        continue; /* found shorter since */
      look_along (s, step.section, step.m, way, NAN, section);
      expand (s, heap, step.section, step.m + network->length_m[step.section], way);
    }
}

/* ---- the place ------------------------------------------------------------------------------- */

static RnJoinHit
hit_on (const RnNearIndex *index, guint32 section, RnPoint at)
{
  RnJoinHit hit = { section, 0, 0, 0 };

  hit.fraction =
      rn_near_fraction_on (index->network, section, at, &hit.distance_m, &hit.bearing_deg);
  return hit;
}

/* The other carriageway of the same road, or RN_NONE. */
static RnJoinHit
opposite_of (const RnNearIndex *index, const RnJoinHit *hit, RnPoint at)
{
  RnJoinHit other = rn_join_point (index->join, at, fmod (hit->bearing_deg + 180.0, 360.0),
                                   hit->distance_m + OPPOSITE_REACH_M);

  if (other.section != RN_NONE
      && index->network->road[other.section] != index->network->road[hit->section])
    other.section = RN_NONE;
  return other;
}

static void
place (RnNear *self, const RnNearIndex *index, const RnJoinHit *hit)
{
  const RnNetwork *network = index->network;
  double from = network->from_m[hit->section], to = network->to_m[hit->section];

  self->section = hit->section;
  self->off_m = hit->distance_m;
  self->chainage_m = from + (to - from) * hit->fraction;
}

static void
search_from (Search *s, const RnJoinHit *hit)
{
  search (s, hit->section, hit->fraction, RN_NEAR_DOWNSTREAM);
  search (s, hit->section, hit->fraction, RN_NEAR_UPSTREAM);
}

static void
search_roads (Search *s, RnNear *self, guint32 section, double reach_m)
{
  const RnNearIndex *index = s->index;
  RnJoinHit hit = section < index->network->n_sections
                      ? hit_on (index, section, self->at)
                      : rn_join_point (index->join, self->at, NAN, reach_m);
  RnJoinHit other;

  if (hit.section == RN_NONE)
    return;
  place (self, index, &hit);
  s->reached_m = g_new (float, index->network->n_sections);
  search_from (s, &hit);
  other = opposite_of (index, &hit, self->at);
  if (other.section != RN_NONE)
    search_from (s, &other);
  g_clear_pointer (&s->reached_m, g_free);
}

/* ---- what is found --------------------------------------------------------------------------- */

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const RnNearItem *p = a, *q = b;

  if (p->group != q->group)
    return p->group < q->group ? -1 : 1;
  if ((p->way == RN_NEAR_BY_AIR) != (q->way == RN_NEAR_BY_AIR))
    return p->way == RN_NEAR_BY_AIR ? 1 : -1;
  if (p->distance_m != q->distance_m)
    return p->distance_m < q->distance_m ? -1 : 1;
  return g_strcmp0 (p->subject->key, q->subject->key);
}

/* By air what no road has met; subjects of what has been met. */
static void
finish_items (Search *s, const RnNearThings *things, const RnNear *self)
{
  for (guint i = 0; i < s->found->len; i++)
    {
      RnNearItem *item = &g_array_index (s->found, RnNearItem, i);
      RnNearThing thing = rn_near_things_get (things, i);

      item->group = thing.group;
      if (item->distance_m == G_MAXDOUBLE && thing.located)
        {
          item->way = RN_NEAR_BY_AIR;
          item->distance_m = rn_distance_m (self->at, thing.at);
          item->from = RN_NONE;
        }
      if (item->distance_m <= s->limit_m)
        item->subject = rn_subject_new (thing.kind, thing.key);
    }
}

/* Of each group what is asked for, nearest first. */
static void
choose (Search *s, RnNear *self, guint n_each)
{
  guint n_of[RN_N_NEAR_GROUPS] = { 0 };

  for (guint i = 0; i < s->found->len;)
    if (g_array_index (s->found, RnNearItem, i).subject == NULL)
      g_array_remove_index_fast (s->found, i);
    else
      i++;
  g_array_sort (s->found, compare_items);
  for (guint i = 0; i < s->found->len; i++)
    {
      RnNearItem *item = &g_array_index (s->found, RnNearItem, i);
      guint most = item->way == RN_NEAR_BY_AIR && self->section != RN_NONE ? 1 : n_each;

      if (n_of[item->group] < most)
        {
          g_array_append_val (self->items, *item);
          n_of[item->group]++;
          item->subject = NULL;
        }
      g_clear_pointer (&item->subject, rn_subject_free);
    }
}

static void
item_clear (gpointer data)
{
  g_clear_pointer (&((RnNearItem *) data)->subject, rn_subject_free);
}

RnNear *
rn_near_new (const RnNearIndex *index, const RnFrame *frame, RnPoint at, guint32 section,
             double reach_m, double limit_m, guint n_each)
{
  RnNear *self = g_new0 (RnNear, 1);
  g_autoptr (RnNearThings) things = rn_near_things_new (index, frame);
  guint n = rn_near_things_count (things);
  Search s = { .index = index, .anchors = rn_near_things_anchors (things), .limit_m = limit_m };

  self->at = at;
  self->section = RN_NONE;
  self->chainage_m = self->off_m = NAN;
  self->items = g_array_new (FALSE, FALSE, sizeof (RnNearItem));
  g_array_set_clear_func (self->items, item_clear);
  s.found = g_array_sized_new (FALSE, TRUE, sizeof (RnNearItem), n);
  g_array_set_size (s.found, n);
  for (guint i = 0; i < n; i++)
    g_array_index (s.found, RnNearItem, i).distance_m = G_MAXDOUBLE;
  search_roads (&s, self, section, reach_m);
  finish_items (&s, things, self);
  choose (&s, self, n_each);
  g_array_unref (s.found);
  return self;
}

void
rn_near_free (RnNear *self)
{
  g_array_unref (self->items);
  g_free (self);
}
