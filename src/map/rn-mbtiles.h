/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An MBTiles file (1.3, raster): a SQLite file of pictures by level, column and row, rows counted
 * from the south. Opened for reading only, never waited for, never followed by triggers or foreign
 * functions. All calls wait for the disk: workers only, several at a time. */
#pragma once

#include <gio/gio.h>

#include "base/rn-geodesy.h"

typedef struct _RnMbtiles RnMbtiles;

typedef struct {
  char *name, *attribution; /* plain text; "" none */
  int min_zoom, max_zoom;   /* what it says, else what it holds */
  RnBox bounds;             /* the whole world when it does not say */
} RnMbtilesInfo;

/** NULL with G_IO_ERROR in words that name the file: not there, no MBTiles file, vector tiles. */
RnMbtiles *rn_mbtiles_open (const char *path, GError **error);
RnMbtiles *rn_mbtiles_ref (RnMbtiles *self);
void rn_mbtiles_unref (RnMbtiles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnMbtiles, rn_mbtiles_unref)

const RnMbtilesInfo *rn_mbtiles_get_info (const RnMbtiles *self);

/** The bytes of a tile; @y counts from the north. NULL without an error: it holds none there. */
GBytes *rn_mbtiles_read (RnMbtiles *self, int z, int x, int y, GError **error);
