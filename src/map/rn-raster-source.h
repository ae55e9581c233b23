/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One raster map at work: knows which tiles are seen, gets them in order of their distance from
 * the middle, and says where something has changed. What cannot be got is tried again later, ever
 * more rarely; a server that does not answer is asked by one tile at a time. Main thread; reading
 * and decoding are in workers. */
#pragma once

#include "map/rn-raster-hub.h"
#include "map/rn-raster-scene.h"
#include "map/rn-raster-spec.h"

#define RN_TYPE_RASTER_SOURCE (rn_raster_source_get_type ())
G_DECLARE_FINAL_TYPE (RnRasterSource, rn_raster_source, RN, RASTER_SOURCE, GObject)

/* Signals:
 *  "touched" (double x0, y0, x1, y1): the picture has changed in that part of the world (0 … 1).
 *  "changed" (): its status or its licence has; also when it is ready, see get_sheet(). */

/** @spec has passed rn_raster_spec_check(). */
RnRasterSource *rn_raster_source_new (RnRasterHub *hub, const RnRasterSpec *spec);

const RnRasterSpec *rn_raster_source_get_spec (RnRasterSource *self);
/** Another name, licence or opacity for the same tiles. */
void rn_raster_source_set_spec (RnRasterSource *self, const RnRasterSpec *spec);

/** What is seen: a box of the world (0 … 1) at a zoom. */
void rn_raster_source_set_view (RnRasterSource *self, double zoom, double x0, double y0, double x1,
                                double y1);

/** FALSE: not ready, there is nothing to draw. The store is borrowed. */
gboolean rn_raster_source_get_sheet (RnRasterSource *self, RnRasterSheet *sheet);

/** Whether nothing more will come for the present view unless something is tried again. */
gboolean rn_raster_source_is_settled (RnRasterSource *self);

/** Of the tiles in view: how many are shown, how many there ought to be but did not come, how many
 *  the source does not have. */
void
rn_raster_source_count (RnRasterSource *self, guint *n_shown, guint *n_failed, guint *n_absent);
/** Why the last one failed, in words for an operator; NULL: none does now. */
const char *rn_raster_source_get_error (RnRasterSource *self);

/** What must be shown beside the map: the spec's, else what the source says; "" none. */
const char *rn_raster_source_get_licence (RnRasterSource *self);
/** Where it has something, if it says so; else the whole world. */
RnBox rn_raster_source_get_bounds (RnRasterSource *self);
