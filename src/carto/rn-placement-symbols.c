/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Symbols: the worst first. What collides is counted in a neighbour of its kind, or moved with a
 * leader line, or hidden, by what it is worth; see the header. */
#include "carto/rn-placement-private.h"

#include <math.h>

#define CLUSTER_PX 44.0    /* how far a member may be from the symbol that stands for it */
#define QUIET_GAP_PX 6.0   /* works and facilities keep this distance */
#define LEADER_STEP_PX 8.0 /* between rings of places to move to, besides the symbol's own size */
#define N_ANGLES 12
#define SMALL_MOVES 2 /* rings that a symbol which need not be kept may move */

typedef struct {
  double dx, dy;
} Moved;

typedef struct {
  const RnSymbolItem *item;
  guint index;
  const Moved *before; /* NULL: not shown before */
} Turn;

typedef struct {
  RnPlacement *placement;
  const RnSymbolItem *items;
  RnSymbolPlace *out;
  GArray *shown; /* indices of the shown, in the order of their worth */
} Symbols;

static gboolean
must_show (const RnSymbolItem *item)
{
  return item->selected || item->unacknowledged || item->tier == 1 || item->tier == 2;
}

static int
group_rank (RnSymbolGroup group)
{
  static const int rank[] = {
    [RN_SYMBOL_GROUP_INCIDENT] = 0,
    [RN_SYMBOL_GROUP_WEATHER] = 1,
    [RN_SYMBOL_GROUP_WORKS] = 2,
    [RN_SYMBOL_GROUP_FACILITY] = 3,
  };

  return rank[group];
}

static int
compare_turns (gconstpointer a, gconstpointer b)
{
  const Turn *s = a, *t = b;
  const RnSymbolItem *p = s->item, *q = t->item;
  int tp = p->tier > 0 ? p->tier : 5, tq = q->tier > 0 ? q->tier : 5;

  if (p->selected != q->selected)
    return p->selected ? -1 : 1;
  if (p->unacknowledged != q->unacknowledged)
    return p->unacknowledged ? -1 : 1;
  if (tp != tq)
    return tp < tq ? -1 : 1;
  if (p->rank != q->rank)
    return p->rank < q->rank ? -1 : 1;
  if (p->group != q->group)
    return group_rank (p->group) < group_rank (q->group) ? -1 : 1;
  if (p->subtype != q->subtype)
    return p->subtype < q->subtype ? -1 : 1;
  if ((s->before != NULL) != (t->before != NULL))
    return s->before != NULL ? -1 : 1;
  return p->id < q->id ? -1 : p->id > q->id;
}

static RnRect
rect_at (const RnSymbolItem *item, double dx, double dy)
{
  double height = item->height_px > 0.0 ? item->height_px : item->size_px;

  return (RnRect){ item->x + dx - item->size_px / 2.0, item->y + dy - height / 2.0, item->size_px,
                   height };
}

static void
show (Symbols *s, guint index, const RnRect *rect, gboolean leader)
{
  rn_placement_take (s->placement, rect);
  s->out[index] = (RnSymbolPlace){ RN_SYMBOL_SINGLE, *rect, leader, 1, index };
  g_array_append_val (s->shown, index);
}

/* Moves it to the nearest free place in view on up to @n_rings rings round its anchor. */
static gboolean
move (Symbols *s, const Turn *turn, guint n_rings)
{
  const RnSymbolItem *item = turn->item;
  double step = MAX (item->size_px, item->height_px) / 2.0 + LEADER_STEP_PX;
  RnRect rect;

  if (turn->before != NULL && (turn->before->dx != 0.0 || turn->before->dy != 0.0))
    {
      rect = rect_at (item, turn->before->dx, turn->before->dy);
      if (rn_placement_in_view (s->placement, &rect)
          && rn_placement_is_free (s->placement, &rect, 1.0))
        {
          show (s, turn->index, &rect, TRUE);
          return TRUE;
        }
    }
  for (guint ring = 2; ring < n_rings + 2; ring++)
    for (guint i = 0; i < N_ANGLES; i++)
      {
        double angle = -G_PI / 3.0 + i * 2.0 * G_PI / N_ANGLES; /* up and to the right first */

        rect = rect_at (item, cos (angle) * step * ring, sin (angle) * step * ring);
        if (rn_placement_in_view (s->placement, &rect)
            && rn_placement_is_free (s->placement, &rect, 1.0))
          {
            show (s, turn->index, &rect, TRUE);
            return TRUE;
          }
      }
  return FALSE;
}

/* Counts it in the nearest shown symbol of its kind within @radius. */
static gboolean
join (Symbols *s, const Turn *turn, double radius)
{
  const RnSymbolItem *item = turn->item;
  double best = G_MAXDOUBLE;
  guint host = 0;

  for (guint i = 0; i < s->shown->len; i++)
    {
      guint index = g_array_index (s->shown, guint, i);
      const RnSymbolItem *other = &s->items[index];
      double dx = other->x - item->x, dy = other->y - item->y, distance;

      if (fabs (dx) > radius || fabs (dy) > radius || other->selected
          || other->group != item->group)
        continue;
      distance = sqrt (dx * dx + dy * dy);
      if (distance > radius)
        continue;
      if (item->group == RN_SYMBOL_GROUP_FACILITY && other->subtype != item->subtype)
        continue;
      distance += must_show (other) ? radius : 0.0; /* better keep the glyph of what matters */
      if (distance < best)
        {
          best = distance;
          host = index;
        }
    }
  if (best == G_MAXDOUBLE)
    return FALSE;
  s->out[host].fate = RN_SYMBOL_CLUSTER;
  s->out[host].count++;
  s->out[turn->index] = (RnSymbolPlace){ RN_SYMBOL_MEMBER, s->out[host].rect, FALSE, 0, host };
  return TRUE;
}

static void
place (Symbols *s, const Turn *turn)
{
  const RnSymbolItem *item = turn->item;
  gboolean quiet = item->group == RN_SYMBOL_GROUP_WORKS || item->group == RN_SYMBOL_GROUP_FACILITY;
  const RnRect *view = &s->placement->view;
  RnRect rect = rect_at (item, 0.0, 0.0);
  double span = hypot (view->width, view->height);

  s->out[turn->index] = (RnSymbolPlace){ RN_SYMBOL_HIDDEN, rect, FALSE, 0, turn->index };
  if (!rn_rect_overlap (&rect, view))
    return;
  if (rn_placement_is_free (s->placement, &rect, quiet && !must_show (item) ? QUIET_GAP_PX : 1.0))
    show (s, turn->index, &rect, FALSE);
  else if (must_show (item))
    {
      if (!move (s, turn, (guint) (span / (item->size_px / 2.0 + LEADER_STEP_PX)) + 1))
        join (s, turn, span);
    }
  else if (!join (s, turn, CLUSTER_PX) && item->group != RN_SYMBOL_GROUP_FACILITY)
    move (s, turn, SMALL_MOVES);
}

void
rn_placement_symbols (RnPlacement *self, const RnSymbolItem *items, guint n, RnSymbolPlace *out)
{
  g_autofree Turn *turns = g_new (Turn, n + 1);
  g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (guint));
  GHashTable *memory = rn_placement_table_new (g_free);
  Symbols s = { self, items, out, shown };

  g_return_if_fail (self->cells != NULL);
  for (guint i = 0; i < n; i++)
    turns[i] = (Turn){ &items[i], i, g_hash_table_lookup (self->symbols, &items[i].id) };
  qsort (turns, n, sizeof *turns, compare_turns);
  for (guint i = 0; i < n; i++)
    place (&s, &turns[i]);
  for (guint i = 0; i < shown->len; i++)
    {
      guint index = g_array_index (shown, guint, i);
      const RnRect *rect = &out[index].rect;
      guint64 *key = g_new (guint64, 1);
      Moved *moved = g_new (Moved, 1);

      *key = items[index].id;
      *moved = (Moved){ rect->x + rect->width / 2.0 - items[index].x,
                        rect->y + rect->height / 2.0 - items[index].y };
      if (!out[index].leader)
        *moved = (Moved){ 0.0, 0.0 };
      g_hash_table_replace (memory, key, moved);
    }
  g_hash_table_unref (self->symbols);
  self->symbols = memory;
}
