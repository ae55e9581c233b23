/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pen of this room: one stroke is the greatest coverage of its segments, blended once. Keeps
 * scratch memory of the size of the picture; one pen a picture and thread. */
#pragma once

#include "carto/rn-path.h"

typedef struct _RnPen RnPen;

typedef struct {
  float half_width;
  float dash[4]; /* on, off, on, off, from the start of the path; all 0: solid with round ends */
} RnStroke;

RnPen *rn_pen_new (int width, int height, guint32 *pixels);
void rn_pen_free (RnPen *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnPen, rn_pen_free)

/** Draws the path (px of the picture). @alpha 0 … 255. TRUE when a pixel changed. */
gboolean rn_pen_stroke (RnPen *self, const RnSpot *path, guint n, const RnStroke *stroke,
                        guint32 colour, guint alpha);

/** Takes away what is under the path. */
void rn_pen_erase (RnPen *self, const RnSpot *path, guint n, float half_width);
