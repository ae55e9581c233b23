/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture of all raster maps on top of each other at the exact zoom, resampled from their
 * tiles. Which tiles there are changes under it, behind the locks of the stores: who puts one in
 * touches the layer there. */
#pragma once

#include "base/rn-geodesy.h"
#include "map/rn-raster-store.h"
#include "map/rn-scene.h"

typedef struct {
  RnRasterStore *store;
  RnCrs crs;
  double opacity;
  int min_zoom, max_zoom, tile_px;
} RnRasterSheet;

/** @sheets from below; the stores are referenced. @dim: for dark themes, what is bright is
 *  darkened, so that bright lines and names over it stay readable; what is dark stays as it is. */
RnScene *rn_raster_scene_new (const RnRasterSheet *sheets, guint n, gboolean dim);

/** The level whose tiles are shown at @zoom, larger ones than the source has included; −1: none. */
int rn_raster_scene_level (const RnRasterSheet *sheet, double zoom);
