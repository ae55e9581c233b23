/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where what is drawn lies in the pictures of a source. The map is WGS-84 throughout; a source in
 * GCJ-02 is bent under it: each point of the map is looked up where the source has it. Places are
 * parts of the world in Web Mercator, 0 … 1 from the north-west. Pure; any thread. */
#pragma once

#include "base/rn-geodesy.h"

/** A place of the map in the pictures of a source in @crs. */
void rn_raster_mesh_to_source (RnCrs crs, double x, double y, double *sx, double *sy);
/** And back. */
void rn_raster_mesh_from_source (RnCrs crs, double sx, double sy, double *x, double *y);

/** The box of the source that covers the box (@x0, @y0) – (@x1, @y1) of the map, in place. */
void rn_raster_mesh_cover (RnCrs crs, double *x0, double *y0, double *x1, double *y1);

/** Whether nothing is bent. */
gboolean rn_raster_mesh_is_plain (RnCrs crs);
