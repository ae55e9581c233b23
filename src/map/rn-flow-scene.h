/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections of one frame in one colouring: what the flow tiles are drawn from, and what rings,
 * hit tests and placement read. Immutable, refcounted as an RnScene. */
#pragma once

#include "carto/rn-colouring.h"
#include "carto/rn-raster.h"
#include "map/rn-scene.h"
#include "model/rn-frame.h"

typedef struct {
  RnScene parent;
  const RnFrame *frame; /* a reference of its own */
  RnLevels *levels;     /* of the frame's network */
  RnColouring colouring;
  RnThemeId theme;
  guint8 *classes; /* by section */
  const RnLineStyle *styles;
} RnFlowScene;

/** Classifies @frame. @before, if not NULL and of the same network, gives its geometry. Some ms
 *  for 100,000 sections, much more with a new network: call it in a worker. */
RnFlowScene *rn_flow_scene_new (const RnFrame *frame, RnColouring colouring, RnThemeId theme,
                                const RnFlowScene *before);

/** The sections that are drawn otherwise in @self than in @before, which has the same network,
 *  colouring and theme; elements guint32. Free with g_array_unref(). */
GArray *rn_flow_scene_changes (const RnFlowScene *self, const RnFlowScene *before);

/** The job for a tile, or for what is drawn like it. */
RnRasterJob rn_flow_scene_job (const RnFlowScene *self, const RnTileSpec *spec);

/** How far the widest section reaches from its line at @zoom, logical px. */
double rn_flow_scene_reach_px (double zoom);
