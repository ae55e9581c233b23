/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decoded tiles of one source in memory, shared between the main thread, which puts them in,
 * and the workers, which draw from them. Of bounded size: what was not wanted for longest leaves
 * first, what is wanted now never does. Any thread. */
#pragma once

#include "map/rn-raster-image.h"

typedef struct _RnRasterStore RnRasterStore;

/* A part of a picture that stands for a tile: the square that begins at (u, v), as parts of its
 * width and height. */
typedef struct {
  RnRasterImage *image; /* NULL: nothing to show */
  double u, v, side;
} RnRasterPart;

void rn_raster_part_clear (RnRasterPart *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RnRasterPart, rn_raster_part_clear)

RnRasterStore *rn_raster_store_new (gsize max_bytes);
RnRasterStore *rn_raster_store_ref (RnRasterStore *self);
void rn_raster_store_unref (RnRasterStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnRasterStore, rn_raster_store_unref)

/** One number for a tile; levels 0 … 24. */
gint64 rn_raster_key (int z, int x, int y);

/** From now on another set of tiles is wanted: those that rn_raster_store_want() names. */
void rn_raster_store_begin (RnRasterStore *self);
/** Whether it is there. Marks it as wanted now. */
gboolean rn_raster_store_want (RnRasterStore *self, gint64 key);

/** Keeps a reference to @image; NULL: there is none, so that nothing stands in for it. */
void rn_raster_store_put (RnRasterStore *self, gint64 key, RnRasterImage *image);
void rn_raster_store_remove (RnRasterStore *self, gint64 key);

/** What to show for a tile: itself; while it is on its way the nearest larger one that is there,
 *  else one made of its four parts; nothing for one of which it is known that there is none. */
RnRasterPart rn_raster_store_find (RnRasterStore *self, int z, int x, int y);

gsize rn_raster_store_get_bytes (RnRasterStore *self);
