/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The taken rectangles in a grid of cells, and the names. See the header for the order of calls. */
#include "carto/rn-placement-private.h"

#include <math.h>

#define CELL_PX 64.0
#define GAP_PX 2.0 /* between texts */
#define DOT_GAP_PX 3.0

gboolean
rn_rect_overlap (const RnRect *a, const RnRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height
         && b->y < a->y + a->height;
}

/* ---- memory ---- */

GHashTable *
rn_placement_table_new (GDestroyNotify free_value)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_value);
}

guint
rn_placement_lookup (GHashTable *table, guint64 id)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (table, &id));
}

void
rn_placement_remember (GHashTable *table, guint64 id, guint value)
{
  guint64 *key = g_new (guint64, 1);

  *key = id;
  g_hash_table_replace (table, key, GUINT_TO_POINTER (value));
}

/* ---- taken ---- */

static void
cells_of (const RnPlacement *self, const RnRect *rect, int *c0, int *r0, int *c1, int *r1)
{
  double x = rect->x - self->view.x, y = rect->y - self->view.y;

  *c0 = (int) CLAMP (floor (x / CELL_PX) + 1.0, 0.0, self->columns - 1.0);
  *r0 = (int) CLAMP (floor (y / CELL_PX) + 1.0, 0.0, self->rows - 1.0);
  *c1 = (int) CLAMP (floor ((x + rect->width) / CELL_PX) + 1.0, 0.0, self->columns - 1.0);
  *r1 = (int) CLAMP (floor ((y + rect->height) / CELL_PX) + 1.0, 0.0, self->rows - 1.0);
}

static void
clear_cells (RnPlacement *self)
{
  for (int i = 0; i < self->columns * self->rows; i++)
    g_clear_pointer (&self->cells[i], g_array_unref);
  g_clear_pointer (&self->cells, g_free);
}

void
rn_placement_take (RnPlacement *self, const RnRect *rect)
{
  int c0, r0, c1, r1;

  cells_of (self, rect, &c0, &r0, &c1, &r1);
  for (int r = r0; r <= r1; r++)
    for (int c = c0; c <= c1; c++)
      {
        GArray **cell = &self->cells[r * self->columns + c];

        if (*cell == NULL)
          *cell = g_array_new (FALSE, FALSE, sizeof (RnRect));
        g_array_append_val (*cell, *rect);
      }
}

gboolean
rn_placement_is_free (const RnPlacement *self, const RnRect *rect, double gap)
{
  RnRect wide = { rect->x - gap, rect->y - gap, rect->width + 2.0 * gap, rect->height + 2.0 * gap };
  int c0, r0, c1, r1;

  cells_of (self, &wide, &c0, &r0, &c1, &r1);
  for (int r = r0; r <= r1; r++)
    for (int c = c0; c <= c1; c++)
      {
        const GArray *cell = self->cells[r * self->columns + c];

        for (guint i = 0; cell != NULL && i < cell->len; i++)
          if (rn_rect_overlap (&wide, &g_array_index (cell, RnRect, i)))
            return FALSE;
      }
  return TRUE;
}

gboolean
rn_placement_in_view (const RnPlacement *self, const RnRect *rect)
{
  const RnRect *view = &self->view;

  return rect->x >= view->x && rect->y >= view->y && rect->x + rect->width <= view->x + view->width
         && rect->y + rect->height <= view->y + view->height;
}

/* ---- life ---- */

RnPlacement *
rn_placement_new (void)
{
  RnPlacement *self = g_new0 (RnPlacement, 1);

  rn_placement_reset (self);
  return self;
}

void
rn_placement_free (RnPlacement *self)
{
  clear_cells (self);
  g_clear_pointer (&self->labels, g_hash_table_unref);
  g_clear_pointer (&self->shields, g_hash_table_unref);
  g_clear_pointer (&self->symbols, g_hash_table_unref);
  g_free (self);
}

void
rn_placement_reset (RnPlacement *self)
{
  g_clear_pointer (&self->labels, g_hash_table_unref);
  g_clear_pointer (&self->shields, g_hash_table_unref);
  g_clear_pointer (&self->symbols, g_hash_table_unref);
  self->labels = rn_placement_table_new (NULL);
  self->shields = rn_placement_table_new (NULL);
  self->symbols = rn_placement_table_new (g_free);
}

void
rn_placement_begin (RnPlacement *self, const RnRect *view, const RnRect *taken, guint n_taken)
{
  clear_cells (self);
  self->view = *view;
  self->columns = (int) CLAMP (view->width / CELL_PX, 0.0, 1000.0) + 3; /* one more all round */
  self->rows = (int) CLAMP (view->height / CELL_PX, 0.0, 1000.0) + 3;
  self->cells = g_new0 (GArray *, (gsize) self->columns * self->rows);
  for (guint i = 0; i < n_taken; i++)
    rn_placement_take (self, &taken[i]);
}

/* ---- names ---- */

typedef enum { SLOT_ABOVE, SLOT_BELOW, SLOT_RIGHT, SLOT_LEFT, N_SLOTS } Slot;

typedef struct {
  const RnLabel *label;
  guint index;
  guint before; /* slot + 1 it had, 0: it was not shown */
} Turn;

static int
compare_turns (gconstpointer a, gconstpointer b)
{
  const Turn *s = a, *t = b;

  if (s->label->priority != t->label->priority)
    return s->label->priority > t->label->priority ? -1 : 1;
  if ((s->before > 0) != (t->before > 0))
    return s->before > 0 ? -1 : 1;
  return s->label->id < t->label->id ? -1 : s->label->id > t->label->id;
}

static RnRect
slot_rect (const RnLabel *label, Slot slot)
{
  double w = label->width, h = label->height, off = label->dot_px + DOT_GAP_PX;

  if (label->kind == RN_LABEL_AREA)
    return (RnRect){ label->x - w / 2.0, label->y - h / 2.0, w, h };
  switch (slot)
    {
    case SLOT_BELOW:
      return (RnRect){ label->x - w / 2.0, label->y + off, w, h };
    case SLOT_RIGHT:
      return (RnRect){ label->x + off + 1.0, label->y - h / 2.0, w, h };
    case SLOT_LEFT:
      return (RnRect){ label->x - off - 1.0 - w, label->y - h / 2.0, w, h };
    case SLOT_ABOVE:
    case N_SLOTS:
    default:
      return (RnRect){ label->x - w / 2.0, label->y - off - h, w, h };
    }
}

static gboolean
place_label (RnPlacement *self, const Turn *turn, RnLabelPlace *out, guint *slot_used)
{
  const RnLabel *label = turn->label;
  double r = label->dot_px;
  RnRect dot = { label->x - r, label->y - r, 2.0 * r, 2.0 * r };
  guint n = label->kind == RN_LABEL_AREA ? 1 : N_SLOTS;

  if (r > 0.0 && !rn_placement_is_free (self, &dot, GAP_PX))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      guint slot = turn->before > 0 ? (turn->before - 1 + i) % n : i;
      RnRect rect = slot_rect (label, (Slot) slot);

      if (!rn_placement_in_view (self, &rect) || !rn_placement_is_free (self, &rect, GAP_PX))
        continue;
      rn_placement_take (self, &rect);
      if (r > 0.0)
        rn_placement_take (self, &dot);
      *out = (RnLabelPlace){ TRUE, rect };
      *slot_used = slot;
      return TRUE;
    }
  return FALSE;
}

void
rn_placement_labels (RnPlacement *self, const RnLabel *labels, guint n, RnLabelPlace *out)
{
  g_autofree Turn *turns = g_new (Turn, n + 1);
  GHashTable *shown = rn_placement_table_new (NULL);

  g_return_if_fail (self->cells != NULL);
  for (guint i = 0; i < n; i++)
    turns[i] = (Turn){ &labels[i], i, rn_placement_lookup (self->labels, labels[i].id) };
  qsort (turns, n, sizeof *turns, compare_turns);
  for (guint i = 0; i < n; i++)
    {
      guint slot;

      out[turns[i].index] = (RnLabelPlace){ FALSE, { 0 } };
      if (place_label (self, &turns[i], &out[turns[i].index], &slot))
        rn_placement_remember (shown, turns[i].label->id, slot + 1);
    }
  g_hash_table_unref (self->labels);
  self->labels = shown;
}
