/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the three files of the placement share. Of this room only. */
#pragma once

#include "carto/rn-placement.h"

struct _RnPlacement {
  RnRect view;
  int columns, rows; /* of the grid over the view */
  GArray **cells;    /* RnRect; a rectangle is in each cell that it touches */
  /* What was shown last time, by id: label → slot + 1; shield (road, number) → shift + 1; symbol →
   * place relative to its anchor (Moved, owned) */
  GHashTable *labels, *shields, *symbols;
};

/** Whether @rect with @gap px round it touches nothing taken. */
gboolean rn_placement_is_free (const RnPlacement *self, const RnRect *rect, double gap);
gboolean rn_placement_in_view (const RnPlacement *self, const RnRect *rect); /* wholly */

/** Keys of memory tables: 64-bit numbers, owned. */
guint rn_placement_lookup (GHashTable *table, guint64 id); /* 0: none */
void rn_placement_remember (GHashTable *table, guint64 id, guint value);
GHashTable *rn_placement_table_new (GDestroyNotify free_value);
