/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All raster maps of a map view, on top of each other in one tile layer. It gives its sources the
 * view and draws again what they touch, several tiles at once. Main thread. */
#pragma once

#include "map/rn-camera.h"
#include "map/rn-raster-hub.h"
#include "map/rn-raster-spec.h"
#include "map/rn-raster-status.h"
#include "map/rn-tile-layer.h"

typedef struct _RnRasterStack RnRasterStack;

/** @changed: credit, status or notice may be other than before; some times a second at most. The
 *  layer is borrowed and outlives the stack. @hub: NULL makes one of the user's own cache. */
RnRasterStack *rn_raster_stack_new (RnTileLayer *layer, RnRasterHub *hub,
                                    void (*changed) (gpointer user_data), gpointer user_data);
void rn_raster_stack_free (RnRasterStack *self);

/** @n specs from below, copied; those that are off or wrong are left out. Sources whose tiles are
 *  the same go on. */
void rn_raster_stack_set_specs (RnRasterStack *self, const RnRasterSpec *const *specs, guint n);
/** For dark themes; see rn_raster_scene_new(). */
void rn_raster_stack_set_dim (RnRasterStack *self, gboolean dim);
void rn_raster_stack_set_view (RnRasterStack *self, const RnCamera *camera);

/** Whether all tiles of the present view have come or failed, and are drawn in the layer. */
gboolean rn_raster_stack_is_settled (RnRasterStack *self);

/** RnRasterStatus of each, from below. */
GPtrArray *rn_raster_stack_dup_status (RnRasterStack *self);
/** Their licences, "A · B"; "" none. Caller frees. */
char *rn_raster_stack_dup_credit (RnRasterStack *self);
/** A small label over the map's lower edge that says what an operator should know, a map that does
 *  not come; hidden while there is nothing to say. */
GtkWidget *rn_raster_stack_get_note (RnRasterStack *self);
