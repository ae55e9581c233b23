/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Web Mercator in fixed point. Pure functions, any thread. Formulas: Snyder, Map Projections – A
 * Working Manual (USGS PP 1395), 7-1 and 7-2 on the sphere, scaled to a square world. */
#include "carto/rn-mercator.h"

#include <math.h>

#define UNITS 4294967296.0
#define EQUATOR_M 40075016.68557849 /* 2π · 6,378,137 m */

static double
unit_x (double lon)
{
  return (lon + 180.0) / 360.0;
}

static double
unit_y (double lat)
{
  double s = sin (CLAMP (lat, -RN_MERCATOR_MAX_LAT, RN_MERCATOR_MAX_LAT) * G_PI / 180.0);

  return 0.5 - 0.25 * log ((1.0 + s) / (1.0 - s)) / G_PI;
}

static guint32
to_fixed (double unit)
{
  double f = floor (unit * UNITS + 0.5);

  return f <= 0.0 ? 0 : f >= UNITS - 1.0 ? G_MAXUINT32 : (guint32) f;
}

static RnPoint
from_unit (double x, double y)
{
  return (RnPoint){ x * 360.0 - 180.0, atan (sinh (G_PI * (1.0 - 2.0 * y))) * 180.0 / G_PI };
}

RnFixed
rn_fixed_from_point (RnPoint p)
{
  return (RnFixed){ to_fixed (unit_x (p.lon)), to_fixed (unit_y (p.lat)) };
}

RnPoint
rn_fixed_to_point (RnFixed f)
{
  return from_unit (f.x / UNITS, f.y / UNITS);
}

void
rn_fixed_box_add (RnFixedBox *box, RnFixed f)
{
  box->min_x = MIN (box->min_x, f.x);
  box->min_y = MIN (box->min_y, f.y);
  box->max_x = MAX (box->max_x, f.x);
  box->max_y = MAX (box->max_y, f.y);
}

double
rn_mercator_scale (double zoom)
{
  return exp2 (zoom + 8.0 - 32.0);
}

void
rn_mercator_project (RnPoint p, double zoom, double *x, double *y)
{
  double world = exp2 (zoom + 8.0);

  *x = unit_x (p.lon) * world;
  *y = unit_y (p.lat) * world;
}

RnPoint
rn_mercator_unproject (double x, double y, double zoom)
{
  double world = exp2 (zoom + 8.0);

  return from_unit (x / world, y / world);
}

double
rn_mercator_metres_per_px (double lat, double zoom)
{
  return EQUATOR_M * cos (lat * G_PI / 180.0) / exp2 (zoom + 8.0);
}
