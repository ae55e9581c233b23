/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The raster maps in the settings, as values. Main thread. */
#pragma once

#include "map/rn-map-view.h"

/** RnRasterSpec from below, those that are off included. What cannot be read is left out, with a
 *  word in the log. */
GPtrArray *rn_base_maps_load (void);
void rn_base_maps_save (GPtrArray *specs);

/** Keeps @map at the raster maps of the settings as long as it lives. */
void rn_base_maps_bind (RnMapView *map);
