/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layer of the sections. A frame, colouring or theme that is set is made into a scene in a
 * worker, then drawn: a frame tile by tile where something has changed, another colouring or theme
 * whole. */
#pragma once

#include "map/rn-flow-scene.h"
#include "map/rn-tile-layer.h"

#define RN_TYPE_FLOW_LAYER (rn_flow_layer_get_type ())
G_DECLARE_FINAL_TYPE (RnFlowLayer, rn_flow_layer, RN, FLOW_LAYER, RnTileLayer)

/* Signal: "scene-changed": rn_flow_layer_get_scene() gives another one. */

RnFlowLayer *rn_flow_layer_new (ShumateViewport *viewport);

/** @frame NULL: nothing. With another network than before the old picture goes at once. */
void
rn_flow_layer_set (RnFlowLayer *self, const RnFrame *frame, RnColouring colouring, RnThemeId theme);

/** What is drawn now; borrowed; NULL: nothing yet. */
const RnFlowScene *rn_flow_layer_get_scene (RnFlowLayer *self);

/** Whether the scene is of what was set last; it may not be on the screen yet. */
gboolean rn_flow_layer_is_prepared (RnFlowLayer *self);
