/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small polylines in pixels, for this room only: the piece of geometry between levels and raster.
 * Pure. */
#pragma once

#include "carto/rn-levels.h"

typedef struct {
  float x, y;
} RnSpot;

/** Projects @n vertices to px (@k px a fixed unit) relative to (@ox, @oy) px, drops repeated ones
 *  (at least 2 stay) and shifts the line by @offset px to the right of its direction, with mitres
 *  cut at twice the offset. @out has room for @n. Returns how many were written. */
guint rn_path_make (const RnFixed *at, guint n, double k, double ox, double oy, float offset,
                    RnSpot *out);

/** The offset to the right of section @i when its carriageway is @width wide (any unit of length
 *  @px to the logical px). Negative: to the left. */
float rn_path_offset (const RnNetwork *network, guint32 i, double width, double px);

float rn_path_length (const RnSpot *path, guint n);
