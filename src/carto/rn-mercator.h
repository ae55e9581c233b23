/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Web Mercator (EPSG:3857, sphere) in unsigned fixed point: the world is 2³² units wide and high,
 * x eastwards from 180° W, y southwards from 85.05° N. One unit is 9.3 mm at the equator. World
 * pixels are 256·2^zoom to the world at a fractional zoom, same origin. Pure. */
#pragma once

#include "base/rn-geodesy.h"

#define RN_MERCATOR_MAX_LAT 85.0511287798066

typedef struct {
  guint32 x, y;
} RnFixed;

typedef struct {
  guint32 min_x, min_y, max_x, max_y; /* inclusive */
} RnFixedBox;

/** An empty box: every point extends it. */
#define RN_FIXED_BOX_EMPTY ((RnFixedBox){ G_MAXUINT32, G_MAXUINT32, 0, 0 })

/** Rounds to the nearest unit; beyond the ends of the world it clamps. */
RnFixed rn_fixed_from_point (RnPoint p);
RnPoint rn_fixed_to_point (RnFixed f);
void rn_fixed_box_add (RnFixedBox *box, RnFixed f);

/** World pixels to one fixed unit at @zoom: 256·2^zoom / 2³². */
double rn_mercator_scale (double zoom);

/** Degrees ↔ world pixels at @zoom. */
void rn_mercator_project (RnPoint p, double zoom, double *x, double *y);
RnPoint rn_mercator_unproject (double x, double y, double zoom);

/** Ground metres of one world pixel at @lat and @zoom (256-px tiles, WGS-84's equator). */
double rn_mercator_metres_per_px (double lat, double zoom);
