/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shift of GCJ-02 is smooth: along an edge a few points tell how far it bends. */
#include "map/rn-raster-mesh.h"

#include "carto/rn-mercator.h"

#define EDGE_STEPS 8

gboolean
rn_raster_mesh_is_plain (RnCrs crs)
{
  return crs == RN_CRS_WGS84;
}

void
rn_raster_mesh_to_source (RnCrs crs, double x, double y, double *sx, double *sy)
{
  *sx = x;
  *sy = y;
  if (rn_raster_mesh_is_plain (crs))
    return;
  rn_mercator_project (rn_crs_from_wgs84 (crs, rn_mercator_unproject (x, y, -8)), -8, sx, sy);
}

void
rn_raster_mesh_from_source (RnCrs crs, double sx, double sy, double *x, double *y)
{
  *x = sx;
  *y = sy;
  if (rn_raster_mesh_is_plain (crs))
    return;
  rn_mercator_project (rn_crs_to_wgs84 (crs, rn_mercator_unproject (sx, sy, -8)), -8, x, y);
}

void
rn_raster_mesh_cover (RnCrs crs, double *x0, double *y0, double *x1, double *y1)
{
  double min_x = 2, min_y = 2, max_x = -1, max_y = -1;

  if (rn_raster_mesh_is_plain (crs))
    return;
  for (int i = 0; i <= EDGE_STEPS; i++)
    for (int j = 0; j <= EDGE_STEPS; j++)
      {
        double x, y;

        rn_raster_mesh_to_source (crs, *x0 + (*x1 - *x0) * i / EDGE_STEPS,
                                  *y0 + (*y1 - *y0) * j / EDGE_STEPS, &x, &y);
        min_x = MIN (min_x, x);
        min_y = MIN (min_y, y);
        max_x = MAX (max_x, x);
        max_y = MAX (max_y, y);
      }
  *x0 = min_x;
  *y0 = min_y;
  *x1 = max_x;
  *y1 = max_y;
}
