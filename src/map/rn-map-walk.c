/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Symbols that are alike are walked in reading order, so that the ring does not jump about. */
#include "map/rn-map-walk.h"

#include <math.h>

#include "carto/rn-levels.h"

#define WORST_STATE 4 /* sections from this state on are stops */
#define MOST_SECTIONS 40
#define ROW_PX 60.0 /* what lies so near in height is read from left to right */

typedef struct {
  RnMapStop stop;
  int rank; /* lower first */
} Ranked;

static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *p = a, *q = b;
  double p_row = floor (p->stop.y / ROW_PX), q_row = floor (q->stop.y / ROW_PX);

  if (p->rank != q->rank)
    return p->rank < q->rank ? -1 : 1;
  if (p_row != q_row)
    return p_row < q_row ? -1 : 1;
  if (p->stop.x != q->stop.x)
    return p->stop.x < q->stop.x ? -1 : 1;
  return g_strcmp0 (p->stop.subject->key, q->stop.subject->key);
}

static gboolean
in_view (const RnCamera *camera, double x, double y)
{
  return x >= 0 && y >= 0 && x <= camera->width && y <= camera->height;
}

static int
kind_rank (RnSubjectKind kind)
{
  switch (kind)
    {
    case RN_SUBJECT_INCIDENT:
      return 0;
    case RN_SUBJECT_WARNING:
      return 1;
    case RN_SUBJECT_WORK:
      return 2;
    default:
      return 3;
    }
}

static void
add_symbols (const RnMapPlan *plan, const RnCamera *camera, GArray *ranked)
{
  for (guint i = 0; i < plan->symbols->len; i++)
    {
      const RnPlanItem *item = &g_array_index (plan->symbols, RnPlanItem, i);
      int tier = item->tier > 0 ? item->tier : 5;
      Ranked r = { .rank = (item->unacknowledged ? 0 : 100) + 10 * tier
                           + kind_rank (item->subject->kind) };

      rn_plan_item_place (item, camera, &r.stop.x, &r.stop.y);
      r.stop.x += item->shape.x + item->shape.width / 2;
      r.stop.y += item->shape.y + item->shape.height / 2;
      if (!in_view (camera, r.stop.x, r.stop.y))
        continue;
      r.stop.subject = rn_subject_copy (item->subject);
      g_array_append_val (ranked, r);
    }
}

/* The slowest of those in state 5, then of those in state 4. */
static void
add_sections (const RnFlowScene *flow, const RnCamera *camera, GArray *ranked)
{
  const RnFrame *frame = flow->frame;
  const RnNetwork *network = frame->network;
  guint n = 0;

  for (int state = RN_N_STATES - 1; state >= WORST_STATE; state--)
    for (guint32 i = 0; i < network->n_sections && n < MOST_SECTIONS; i++)
      {
        Ranked r = { .rank = 1000 - state };
        RnPoint at;

        if (frame->state[i] != state)
          continue;
        at = rn_network_point_on (network, i, 0.5);
        rn_camera_to_widget (camera, at.lon, at.lat, &r.stop.x, &r.stop.y);
        if (!in_view (camera, r.stop.x, r.stop.y))
          continue;
        r.stop.subject = rn_subject_new (RN_SUBJECT_SECTION, network->key[i]);
        g_array_append_val (ranked, r);
        n++;
      }
}

static void
stop_clear (gpointer data)
{
  rn_subject_free (((RnMapStop *) data)->subject);
}

GArray *
rn_map_walk_stops (const RnMapPlan *plan, const RnFlowScene *flow, const RnCamera *camera)
{
  GArray *stops = g_array_new (FALSE, FALSE, sizeof (RnMapStop));
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));

  g_array_set_clear_func (stops, stop_clear);
  if (plan != NULL)
    add_symbols (plan, camera, ranked);
  if (flow != NULL)
    add_sections (flow, camera, ranked);
  g_array_sort (ranked, compare_ranked);
  for (guint i = 0; i < ranked->len; i++)
    g_array_append_val (stops, g_array_index (ranked, Ranked, i).stop);
  return stops;
}

int
rn_map_walk_find (const GArray *stops, const RnSubject *subject)
{
  for (guint i = 0; i < stops->len; i++)
    if (rn_subject_equal (g_array_index (stops, RnMapStop, i).subject, subject))
      return (int) i;
  return -1;
}
