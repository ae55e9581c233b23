/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A layer of tiles at the exact zoom (rendering.md). Panning draws only new tiles. While zooming
 * the old picture is shown scaled until the new one is complete, then swapped whole. A new scene
 * swaps whole, or tile by tile where it says what has changed. */
#pragma once

#include <shumate/shumate.h>

#include "map/rn-tile-set.h"

#define RN_TYPE_TILE_LAYER (rn_tile_layer_get_type ())
G_DECLARE_DERIVABLE_TYPE (RnTileLayer, rn_tile_layer, RN, TILE_LAYER, ShumateLayer)

struct _RnTileLayerClass {
  ShumateLayerClass parent_class;
};

RnTileLayer *rn_tile_layer_new (ShumateViewport *viewport);
/** How its tiles stand against those of other layers; RN_JOB_FLOW unless said otherwise. */
void rn_tile_layer_set_urgency (RnTileLayer *self, RnJobUrgency urgency);

/** Another picture: swapped whole when it is complete. NULL: empty, at once. */
void rn_tile_layer_set_scene (RnTileLayer *self, const RnScene *scene);

/** The next state of the same picture: after this call, mark what has changed with
 *  rn_tile_layer_touch() and end with rn_tile_layer_redraw(). */
void rn_tile_layer_update_scene (RnTileLayer *self, const RnScene *scene);
/** A box of the world (0…1) and how far what is drawn reaches beyond it. */
void rn_tile_layer_touch (RnTileLayer *self, double x0, double y0, double x1, double y1,
                          double reach_px);
void rn_tile_layer_redraw (RnTileLayer *self);

/** Whether all of the present view is on the screen, at its own zoom, from the newest scene. */
gboolean rn_tile_layer_is_settled (RnTileLayer *self);

RnTileStats rn_tile_layer_get_stats (RnTileLayer *self);
/** How many tiles are held now, those without anything on them included. */
guint rn_tile_layer_count_tiles (RnTileLayer *self);
