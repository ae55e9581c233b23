/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distances and bearings on the sphere (mean radius 6,371,008.8 m, IUGG) and the shifted Chinese
 * systems GCJ-02 and BD-09. Degrees, metres. Pure. */
#pragma once

#include <glib.h>

typedef struct {
  double lon, lat; /* degrees, WGS-84 unless said otherwise */
} RnPoint;

typedef struct {
  double min_lon, min_lat, max_lon, max_lat;
} RnBox;

/** An empty box: every point extends it. */
#define RN_BOX_EMPTY ((RnBox){ 180.0, 90.0, -180.0, -90.0 })
gboolean rn_box_is_empty (const RnBox *box);
void rn_box_add (RnBox *box, double lon, double lat);
void rn_box_union (RnBox *box, const RnBox *other);

/** Whether both are finite and within ±180 and ±90. */
gboolean rn_point_is_valid (double lon, double lat);

double rn_distance_m (RnPoint a, RnPoint b);

/** Initial bearing from @a to @b, degrees clockwise from north, 0 ≤ b < 360. */
double rn_bearing_deg (RnPoint a, RnPoint b);

/** Smallest angle between two bearings, 0 … 180. */
double rn_bearing_difference_deg (double a, double b);

/** Distance from @p to the segment @a–@b, m, on the local tangent plane (exact enough under some
 *  100 km). @t, if not NULL, gets the place of the nearest point along it, 0 … 1. */
double rn_distance_to_segment_m (RnPoint p, RnPoint a, RnPoint b, double *t);

/** GCJ-02, the shifted datum of Chinese maps; identity outside the box 72.004–137.8347 E,
 *  0.8293–55.8271 N. The inverse is iterated to under 1e-9°. */
RnPoint rn_wgs84_to_gcj02 (RnPoint p);
RnPoint rn_gcj02_to_wgs84 (RnPoint p);
RnPoint rn_gcj02_to_bd09 (RnPoint p);
RnPoint rn_bd09_to_gcj02 (RnPoint p);

/** In which system the coordinates of a foreign file or picture are. */
typedef enum { RN_CRS_WGS84, RN_CRS_GCJ02, RN_CRS_BD09, RN_N_CRS } RnCrs;

/** A point of @crs in WGS-84, and back. */
RnPoint rn_crs_to_wgs84 (RnCrs crs, RnPoint p);
RnPoint rn_crs_from_wgs84 (RnCrs crs, RnPoint p);

/** "wgs84", "gcj02", "bd09". Case is ignored; FALSE when it is none of them. */
const char *rn_crs_word (RnCrs crs);
gboolean rn_crs_parse (const char *word, RnCrs *crs);
