/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks a raster map once, for the person who sets it up: for one tile, or for the layers of a
 * service. Nothing is kept. Main thread; asynchronous. */
#pragma once

#include "map/rn-raster-spec.h"
#include "map/rn-wmts.h"

/** Gets one tile of @spec, which has passed its check, about (@lon, @lat) or where the map says it
 *  has some. @owner is kept until @callback. */
void rn_raster_probe_tile_async (const RnRasterSpec *spec, double lon, double lat, gpointer owner,
                                 GAsyncReadyCallback callback, gpointer data);
/** What came, in words; NULL with an error in words. Caller frees. */
char *rn_raster_probe_tile_finish (GAsyncResult *result, GError **error);

/** Reads the capabilities of the service that @spec names. */
void rn_raster_probe_layers_async (const RnRasterSpec *spec, gpointer owner,
                                   GAsyncReadyCallback callback, gpointer data);
RnWmts *rn_raster_probe_layers_finish (GAsyncResult *result, GError **error);
