/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The embedded base map of East China (Natural Earth; places from GeoNames): land, water, rivers,
 * boundaries, and the names on it. Read once; constant after that, any thread. Outside of its box
 * everything is plain land, with a faint graticule. */
#pragma once

#include "base/rn-names.h"
#include "carto/rn-raster.h"

typedef struct _RnBasemap RnBasemap;

typedef enum {
  RN_PLACE_CITY,
  RN_PLACE_TOWN,
  RN_PLACE_PROVINCE,
  RN_PLACE_WATER,
} RnPlaceKind;

typedef struct {
  RnNames *names;
  RnPlaceKind kind;
  int rank;        /* 1 first */
  double min_zoom; /* from which it is shown */
  RnPoint at;
} RnPlace;

/** Never NULL; aborts when the embedded files are broken, which a test excludes. The first call
 *  takes some ms: make it in a worker. */
const RnBasemap *rn_basemap_get_default (void);

/** Fills @pixels (width × height device px, as in rn-raster.h) with an opaque picture of the place
 *  that begins at (@x, @y) world px. */
void rn_basemap_raster (const RnBasemap *self, RnThemeId theme, double zoom, double x, double y,
                        int width, int height, double scale, guint32 *pixels);

const RnPlace *rn_basemap_places (const RnBasemap *self, guint *n);

/** The box that it covers in detail. */
RnBox rn_basemap_extent (const RnBasemap *self);

/** What must be named beside the map when it is shown. */
const char *rn_basemap_credit (void);
