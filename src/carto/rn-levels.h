/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The geometry of a network, projected once, and its coarser levels: Douglas–Peucker at 0.5 px of
 * each integer zoom, built when first asked for. Atomically refcounted; all calls from any thread
 * (a level is built under a lock, once). Keeps the network. */
#pragma once

#include "carto/rn-line.h"
#include "carto/rn-mercator.h"
#include "model/rn-network.h"

typedef enum { RN_DATUM_WGS84, RN_DATUM_GCJ02 } RnDatum; /* of the map beneath */

typedef struct _RnLevels RnLevels;

/** One level: vertices of section i are first[i] … first[i + 1] - 1, at least 2. */
typedef struct {
  const guint32 *first;
  const RnFixed *at;
} RnLevel;

RnLevels *rn_levels_new (const RnNetwork *network, RnDatum datum);
RnLevels *rn_levels_ref (const RnLevels *self);
void rn_levels_unref (const RnLevels *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnLevels, rn_levels_unref)

const RnNetwork *rn_levels_network (const RnLevels *self);
const RnFixedBox *rn_levels_boxes (const RnLevels *self); /* by section */

/** Length of each section's line in fixed units (× rn_mercator_scale() = px). */
const float *rn_levels_lengths (const RnLevels *self);

/** The level for @zoom: at least as fine as 0.5 px there. Builds it if need be (100,000 sections:
 *  some 30 ms; better called in a worker first). Add log2 of the scale factor to the zoom. */
RnLevel rn_levels_get (const RnLevels *self, double zoom);

/** The section within @radius_px of the point (@x, @y: world px at @zoom), or RN_NONE; the nearest
 *  to the middle of its drawn carriageway, the one drawn on top when two are as near. @styles and
 *  @classes as drawn, or both NULL: then all have factor 1. @distance_px, if not NULL: from the
 *  edge of the carriageway, 0 inside. */
guint32 rn_levels_hit (const RnLevels *self, double zoom, double x, double y, double radius_px,
                       const RnLineStyle *styles, const guint8 *classes, double *distance_px);

/** The sections whose boxes touch the rectangle (world px at @zoom), in order. Free with
 *  g_array_unref(); elements guint32. */
GArray *rn_levels_in_rect (const RnLevels *self, double zoom, double x, double y, double width,
                           double height);

typedef struct {
  double x, y;
} RnPx;

/** The middle of section @i's carriageway of @width_px as drawn at @zoom, in world px; with
 *  @width_px 0 its line itself. Appends to @path (elements RnPx), at least 2. */
void rn_levels_section_path (const RnLevels *self, double zoom, guint32 i, double width_px,
                             GArray *path);

/** Where a place on section @i at @fraction (0 … 1) of its length lies on its carriageway. */
RnPx
rn_levels_point_on (const RnLevels *self, double zoom, guint32 i, double fraction, double width_px);
