/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Symbols: the worst first. What collides is counted in a neighbour of its kind, or moved with a
 * leader line, or hidden, by what it is worth; see the header. */
#include "carto/rn-placement-private.h"

#include <math.h>

#define CLUSTER_PX 44.0    /* how far a member may be from the symbol that stands for it */
#define QUIET_GAP_PX 6.0   /* works and facilities keep this distance */
#define LEADER_STEP_PX 8.0 /* between rings of places to move to, besides the symbol's own size */
#define N_ANGLES 12
#define AHEAD_PX 96.0  /* arranged so far outside of the view, so that a pan uncovers it ready */
#define MOST_FAILED 20 /* searches of the whole view in vain: it is full */
#define SMALL_MOVES 2  /* rings that a symbol which need not be kept may move */

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
  /* the same by cells of CLUSTER_PX over the view and what is ahead: a chain a cell */
  int columns, rows;
  guint n_failed;     /* searches of the whole view */
  guint *head, *next; /* index + 1; next by item */
} Symbols;

/* ---- the shown by cells ---- */

static int
cell_of (double from, double at, int n)
{
  return (int) CLAMP (floor ((at - from + AHEAD_PX) / CLUSTER_PX), 0.0, n - 1.0);
}

static void
cells_init (Symbols *s, guint n)
{
  const RnRect *view = &s->placement->view;

  s->columns = (int) CLAMP ((view->width + 2 * AHEAD_PX) / CLUSTER_PX, 0.0, 2000.0) + 1;
  s->rows = (int) CLAMP ((view->height + 2 * AHEAD_PX) / CLUSTER_PX, 0.0, 2000.0) + 1;
  s->head = g_new0 (guint, (gsize) s->columns * s->rows);
  s->next = g_new0 (guint, n + 1);
}

static void
cells_add (Symbols *s, guint index)
{
  const RnSymbolItem *item = &s->items[index];
  guint *head = &s->head[cell_of (s->placement->view.y, item->y, s->rows) * s->columns
                         + cell_of (s->placement->view.x, item->x, s->columns)];

  s->next[index] = *head;
  *head = index + 1;
}

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
  cells_add (s, index);
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

typedef struct {
  guint host;
  double distance;
} Nearest;

/* Whether @index, shown, may count @item, and is nearer than what was found so far. */
static void
consider (const Symbols *s, const RnSymbolItem *item, guint index, double radius, Nearest *nearest)
{
  const RnSymbolItem *other = &s->items[index];
  double distance;

  if (other->selected || other->group != item->group)
    return;
  if (item->group == RN_SYMBOL_GROUP_FACILITY && other->subtype != item->subtype)
    return;
  distance = hypot (other->x - item->x, other->y - item->y);
  if (distance > radius)
    return;
  distance += must_show (other) ? radius : 0.0; /* better keep the glyph of what matters */
  if (distance < nearest->distance
      || (distance == nearest->distance && other->id < s->items[nearest->host].id))
    *nearest = (Nearest){ index, distance };
}

static void
consider_near (const Symbols *s, const RnSymbolItem *item, Nearest *nearest)
{
  const RnRect *view = &s->placement->view;
  int c0 = cell_of (view->x, item->x - CLUSTER_PX, s->columns);
  int c1 = cell_of (view->x, item->x + CLUSTER_PX, s->columns);
  int r1 = cell_of (view->y, item->y + CLUSTER_PX, s->rows);

  for (int r = cell_of (view->y, item->y - CLUSTER_PX, s->rows); r <= r1; r++)
    for (int c = c0; c <= c1; c++)
      for (guint i = s->head[r * s->columns + c]; i != 0; i = s->next[i - 1])
        consider (s, item, i - 1, CLUSTER_PX, nearest);
}

/* Counts it in the nearest shown symbol of its kind: within CLUSTER_PX, or @anywhere. */
static gboolean
join (Symbols *s, const Turn *turn, gboolean anywhere)
{
  Nearest nearest = { turn->index, G_MAXDOUBLE };

  consider_near (s, turn->item, &nearest);
  for (guint i = 0; anywhere && nearest.distance == G_MAXDOUBLE && i < s->shown->len; i++)
    consider (s, turn->item, g_array_index (s->shown, guint, i), G_MAXFLOAT, &nearest);
  if (nearest.distance == G_MAXDOUBLE)
    return FALSE;
  s->out[nearest.host].fate = RN_SYMBOL_CLUSTER;
  s->out[nearest.host].count++;
  s->out[turn->index] =
      (RnSymbolPlace){ RN_SYMBOL_MEMBER, s->out[nearest.host].rect, FALSE, 0, nearest.host };
  return TRUE;
}

/* Ahead of the view nothing is moved: it may have room where it is once it is seen. */
static void
place (Symbols *s, const Turn *turn)
{
  const RnSymbolItem *item = turn->item;
  gboolean quiet = item->group == RN_SYMBOL_GROUP_WORKS || item->group == RN_SYMBOL_GROUP_FACILITY;
  const RnRect *view = &s->placement->view;
  RnRect ahead = { view->x - AHEAD_PX, view->y - AHEAD_PX, view->width + 2 * AHEAD_PX,
                   view->height + 2 * AHEAD_PX };
  RnRect rect = rect_at (item, 0.0, 0.0);
  double span = hypot (view->width, view->height);

  s->out[turn->index] = (RnSymbolPlace){ RN_SYMBOL_HIDDEN, rect, FALSE, 0, turn->index };
  if (!rn_rect_overlap (&rect, &ahead))
    return;
  if (rn_placement_is_free (s->placement, &rect, quiet && !must_show (item) ? QUIET_GAP_PX : 1.0))
    show (s, turn->index, &rect, FALSE);
  else if (!rn_rect_overlap (&rect, view))
    join (s, turn, FALSE);
  else if (must_show (item))
    {
      if (s->n_failed < MOST_FAILED
          && move (s, turn, (guint) (span / (item->size_px / 2.0 + LEADER_STEP_PX)) + 1))
        return;
      s->n_failed++;
      join (s, turn, TRUE);
    }
  else if (!join (s, turn, FALSE) && item->group != RN_SYMBOL_GROUP_FACILITY)
    move (s, turn, SMALL_MOVES);
}

void
rn_placement_symbols (RnPlacement *self, const RnSymbolItem *items, guint n, RnSymbolPlace *out)
{
  g_autofree Turn *turns = g_new (Turn, n + 1);
  g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (guint));
  GHashTable *memory = rn_placement_table_new (g_free);
  Symbols s = { .placement = self, .items = items, .out = out, .shown = shown };

  g_return_if_fail (self->cells != NULL);
  for (guint i = 0; i < n; i++)
    turns[i] = (Turn){ &items[i], i, g_hash_table_lookup (self->symbols, &items[i].id) };
  qsort (turns, n, sizeof *turns, compare_turns);
  cells_init (&s, n);
  for (guint i = 0; i < n; i++)
    place (&s, &turns[i]);
  g_free (s.head);
  g_free (s.next);
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
