/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two symbols have room beside each other when their middles are some 46 px apart, in whatever
 * direction: the reach within which the placement counts one in the other. */
#include "map/rn-cluster.h"

#include <math.h>

#define APART_PX 46.0
#define MARGIN_PX 80.0
#define MOST_PAIRED 300 /* more are not compared pair by pair */
#define LEAST_STEP 0.5  /* of zoom: less is no opening */

static int
compare_spots (gconstpointer a, gconstpointer b)
{
  const RnClusterSpot *p = a, *q = b;
  int tp = p->tier > 0 ? p->tier : 5, tq = q->tier > 0 ? q->tier : 5;

  if (p->unacknowledged != q->unacknowledged)
    return p->unacknowledged ? -1 : 1;
  if (tp != tq)
    return tp < tq ? -1 : 1;
  if (p->subtype != q->subtype)
    return p->subtype < q->subtype ? -1 : 1;
  return g_strcmp0 (p->key, q->key);
}

GPtrArray *
rn_cluster_members (GArray *spots)
{
  GPtrArray *members = g_ptr_array_new_full (spots->len, (GDestroyNotify) rn_subject_free);

  g_array_sort (spots, compare_spots);
  for (guint i = 0; i < spots->len; i++)
    {
      const RnClusterSpot *spot = &g_array_index (spots, RnClusterSpot, i);

      g_ptr_array_add (members, rn_subject_new (spot->kind, spot->key));
    }
  return members;
}

/* From which zoom on a distance of @world, as a share of the world, is APART_PX. */
static double
zoom_apart (double world)
{
  return world > 0 ? log2 (APART_PX / (256.0 * world)) : INFINITY;
}

/* The least distance between two that do not lie on one spot; 0: there are none. */
static double
least_distance (const GArray *spots)
{
  const double same = exp2 (-RN_MAX_ZOOM) / 256.0; /* a pixel at the highest zoom */
  double least = 0;

  for (guint i = 0; i < spots->len; i++)
    for (guint j = 0; j < i; j++)
      {
        const RnClusterSpot *p = &g_array_index (spots, RnClusterSpot, i);
        const RnClusterSpot *q = &g_array_index (spots, RnClusterSpot, j);
        double d = hypot (p->wx - q->wx, p->wy - q->wy);

        if (d > same && (least == 0 || d < least))
          least = d;
      }
  return least;
}

RnClusterSpan
rn_cluster_span (const GArray *spots)
{
  RnClusterSpan span = { 1, 1, 0, 0, INFINITY, INFINITY };

  for (guint i = 0; i < spots->len; i++)
    {
      const RnClusterSpot *spot = &g_array_index (spots, RnClusterSpot, i);

      span.x0 = MIN (span.x0, spot->wx);
      span.y0 = MIN (span.y0, spot->wy);
      span.x1 = MAX (span.x1, spot->wx);
      span.y1 = MAX (span.y1, spot->wy);
    }
  span.part_zoom = zoom_apart (hypot (span.x1 - span.x0, span.y1 - span.y0));
  if (spots->len <= MOST_PAIRED)
    span.all_zoom = zoom_apart (least_distance (spots));
  return span;
}

/* The highest zoom at which all of it is in sight. */
static double
fitting_zoom (const RnClusterSpan *self, const RnCamera *camera)
{
  double c = fabs (cos (camera->rotation)), s = fabs (sin (camera->rotation));
  double w = 256.0 * (c * (self->x1 - self->x0) + s * (self->y1 - self->y0));
  double h = 256.0 * (s * (self->x1 - self->x0) + c * (self->y1 - self->y0));
  double width = MAX (camera->width - 2 * MARGIN_PX, camera->width / 3.0);
  double height = MAX (camera->height - 2 * MARGIN_PX, camera->height / 3.0);

  return log2 (MIN (width / MAX (w, 1e-12), height / MAX (h, 1e-12)));
}

gboolean
rn_cluster_opening (const RnClusterSpan *self, const RnCamera *camera, double *lon, double *lat,
                    double *zoom)
{
  RnCamera world = { .zoom = -8 }; /* the world is one pixel wide */
  double to = MIN (self->all_zoom, fitting_zoom (self, camera));

  to = CLAMP (MAX (to, self->part_zoom), camera->zoom + LEAST_STEP, RN_MAX_ZOOM);
  if (self->part_zoom > RN_MAX_ZOOM || camera->zoom + LEAST_STEP > RN_MAX_ZOOM
      || self->all_zoom < camera->zoom - LEAST_STEP)
    return FALSE;
  rn_camera_from_widget (&world, (self->x0 + self->x1) / 2, (self->y0 + self->y1) / 2, lon, lat);
  *zoom = to;
  return TRUE;
}
