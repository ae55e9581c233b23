/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distances and bearings on the sphere, and the shifted Chinese systems. The polynomial of GCJ-02
 * is the one that all open implementations share (Krasovsky 1940 ellipsoid: a = 6,378,245 m,
 * e² = 0.00669342162296594323). Pure; any thread. */
#include "base/rn-geodesy.h"

#include <math.h>

#define EARTH_RADIUS_M 6371008.8 /* IUGG mean radius R1 */
#define TO_RAD (G_PI / 180.0)
#define KRASOVSKY_A 6378245.0
#define KRASOVSKY_E2 0.00669342162296594323
#define BD_ANGLE (G_PI * 3000.0 / 180.0)
#define INVERSE_TOLERANCE_DEG 1e-10
#define INVERSE_MAX_STEPS 30

gboolean
rn_box_is_empty (const RnBox *box)
{
  return box->min_lon > box->max_lon || box->min_lat > box->max_lat;
}

void
rn_box_add (RnBox *box, double lon, double lat)
{
  box->min_lon = MIN (box->min_lon, lon);
  box->min_lat = MIN (box->min_lat, lat);
  box->max_lon = MAX (box->max_lon, lon);
  box->max_lat = MAX (box->max_lat, lat);
}

void
rn_box_union (RnBox *box, const RnBox *other)
{
  if (rn_box_is_empty (other))
    return;
  rn_box_add (box, other->min_lon, other->min_lat);
  rn_box_add (box, other->max_lon, other->max_lat);
}

gboolean
rn_point_is_valid (double lon, double lat)
{
  return isfinite (lon) && isfinite (lat) && fabs (lon) <= 180.0 && fabs (lat) <= 90.0;
}

/* The haversine form: exact for short distances too. */
double
rn_distance_m (RnPoint a, RnPoint b)
{
  double dlat = (b.lat - a.lat) * TO_RAD / 2, dlon = (b.lon - a.lon) * TO_RAD / 2;
  double s = sin (dlat), t = sin (dlon);
  double h = s * s + cos (a.lat * TO_RAD) * cos (b.lat * TO_RAD) * t * t;

  return 2 * EARTH_RADIUS_M * asin (sqrt (MIN (h, 1.0)));
}

double
rn_bearing_deg (RnPoint a, RnPoint b)
{
  double lat1 = a.lat * TO_RAD, lat2 = b.lat * TO_RAD, dlon = (b.lon - a.lon) * TO_RAD;
  double y = sin (dlon) * cos (lat2);
  double x = cos (lat1) * sin (lat2) - sin (lat1) * cos (lat2) * cos (dlon);
  double deg = atan2 (y, x) / TO_RAD;

  if (deg < 0)
    deg += 360.0;
  return deg >= 360.0 ? 0.0 : deg;
}

double
rn_bearing_difference_deg (double a, double b)
{
  double d = fabs (fmod (a - b, 360.0));

  return d > 180.0 ? 360.0 - d : d;
}

/* The shorter way round the globe. */
static double
lon_difference (double a, double b)
{
  double d = a - b;

  if (d > 180.0)
    return d - 360.0;
  return d < -180.0 ? d + 360.0 : d;
}

double
rn_distance_to_segment_m (RnPoint p, RnPoint a, RnPoint b, double *t)
{
  double scale_y = EARTH_RADIUS_M * TO_RAD, scale_x = scale_y * cos (p.lat * TO_RAD);
  double ax = lon_difference (a.lon, p.lon) * scale_x, ay = (a.lat - p.lat) * scale_y;
  double bx = lon_difference (b.lon, p.lon) * scale_x, by = (b.lat - p.lat) * scale_y;
  double dx = bx - ax, dy = by - ay, length2 = dx * dx + dy * dy;
  double at = length2 > 0 ? CLAMP (-(ax * dx + ay * dy) / length2, 0.0, 1.0) : 0.0;

  if (t != NULL)
    *t = at;
  return hypot (ax + at * dx, ay + at * dy);
}

static gboolean
is_outside_china (RnPoint p)
{
  return !(p.lon >= 72.004 && p.lon <= 137.8347 && p.lat >= 0.8293 && p.lat <= 55.8271);
}

/* What both polynomials have in common. */
static double
wave (double x)
{
  return (20.0 * sin (6.0 * x * G_PI) + 20.0 * sin (2.0 * x * G_PI)) * 2.0 / 3.0;
}

static double
shift_lat (double x, double y)
{
  double d = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt (fabs (x));

  d += wave (x);
  d += (20.0 * sin (y * G_PI) + 40.0 * sin (y / 3.0 * G_PI)) * 2.0 / 3.0;
  return d + (160.0 * sin (y / 12.0 * G_PI) + 320.0 * sin (y * G_PI / 30.0)) * 2.0 / 3.0;
}

static double
shift_lon (double x, double y)
{
  double d = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt (fabs (x));

  d += wave (x);
  d += (20.0 * sin (x * G_PI) + 40.0 * sin (x / 3.0 * G_PI)) * 2.0 / 3.0;
  return d + (150.0 * sin (x / 12.0 * G_PI) + 300.0 * sin (x / 30.0 * G_PI)) * 2.0 / 3.0;
}

RnPoint
rn_wgs84_to_gcj02 (RnPoint p)
{
  double dlat, dlon, magic, root, rad = p.lat * TO_RAD;

  if (is_outside_china (p))
    return p;
  dlat = shift_lat (p.lon - 105.0, p.lat - 35.0);
  dlon = shift_lon (p.lon - 105.0, p.lat - 35.0);
  magic = 1 - KRASOVSKY_E2 * sin (rad) * sin (rad);
  root = sqrt (magic);
  dlat = dlat * 180.0 / (KRASOVSKY_A * (1 - KRASOVSKY_E2) / (magic * root) * G_PI);
  dlon = dlon * 180.0 / (KRASOVSKY_A / root * cos (rad) * G_PI);
  return (RnPoint){ p.lon + dlon, p.lat + dlat };
}

RnPoint
rn_gcj02_to_bd09 (RnPoint p)
{
  double z = hypot (p.lon, p.lat) + 0.00002 * sin (p.lat * BD_ANGLE);
  double theta = atan2 (p.lat, p.lon) + 0.000003 * cos (p.lon * BD_ANGLE);

  return (RnPoint){ z * cos (theta) + 0.0065, z * sin (theta) + 0.006 };
}

/* Both shifts are smooth and small, so that walking back by the error of the forward one comes to
 * rest in a few steps. */
static RnPoint
invert (RnPoint target, RnPoint (*forward) (RnPoint))
{
  RnPoint p = target;

  for (int i = 0; i < INVERSE_MAX_STEPS; i++)
    {
      RnPoint q = forward (p);
      double dlon = target.lon - q.lon, dlat = target.lat - q.lat;

      p.lon += dlon;
      p.lat += dlat;
      if (fabs (dlon) < INVERSE_TOLERANCE_DEG && fabs (dlat) < INVERSE_TOLERANCE_DEG)
        break;
    }
  return p;
}

RnPoint
rn_gcj02_to_wgs84 (RnPoint p)
{
  return is_outside_china (p) ? p : invert (p, rn_wgs84_to_gcj02);
}

RnPoint
rn_bd09_to_gcj02 (RnPoint p)
{
  return invert (p, rn_gcj02_to_bd09);
}

RnPoint
rn_crs_to_wgs84 (RnCrs crs, RnPoint p)
{
  switch (crs)
    {
    case RN_CRS_GCJ02:
      return rn_gcj02_to_wgs84 (p);
    case RN_CRS_BD09:
      return rn_gcj02_to_wgs84 (rn_bd09_to_gcj02 (p));
    default:
      return p;
    }
}

RnPoint
rn_crs_from_wgs84 (RnCrs crs, RnPoint p)
{
  switch (crs)
    {
    case RN_CRS_GCJ02:
      return rn_wgs84_to_gcj02 (p);
    case RN_CRS_BD09:
      return rn_gcj02_to_bd09 (rn_wgs84_to_gcj02 (p));
    default:
      return p;
    }
}

static const char *const crs_words[RN_N_CRS] = { "wgs84", "gcj02", "bd09" };

const char *
rn_crs_word (RnCrs crs)
{
  return crs_words[crs];
}

gboolean
rn_crs_parse (const char *word, RnCrs *crs)
{
  for (guint i = 0; word != NULL && i < RN_N_CRS; i++)
    if (g_ascii_strcasecmp (word, crs_words[i]) == 0)
      {
        *crs = (RnCrs) i;
        return TRUE;
      }
  return FALSE;
}
