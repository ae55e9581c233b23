/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a tile layer draws: an immutable, atomically refcounted value with a pure function from a
 * place to pixels. Made on the main thread or in a worker, drawn in workers. Kinds of scenes put
 * RnScene first in their own struct. */
#pragma once

#include <glib.h>

#define RN_TILE_PX 512 /* side of a tile in logical pixels */

/* The place of one tile. */
typedef struct {
  double zoom; /* fractional */
  double x, y; /* top left, world pixels at that zoom */
  int scale;   /* device pixels a pixel */
  int size;    /* side in device pixels */
} RnTileSpec;

typedef struct _RnScene RnScene;
struct _RnScene {
  gatomicrefcount ref_count;
  /* Draws over @pixels (size × size, cleared, ARGB32 premultiplied); FALSE: nothing is there. */
  gboolean (*draw) (const RnScene *self, const RnTileSpec *spec, guint32 *pixels);
  void (*free) (RnScene *self);
};

void
rn_scene_init (RnScene *self, gboolean (*draw) (const RnScene *, const RnTileSpec *, guint32 *),
               void (*free_func) (RnScene *));
gpointer rn_scene_ref (gconstpointer self); /* NULL gives NULL */
void rn_scene_unref (gconstpointer self);
