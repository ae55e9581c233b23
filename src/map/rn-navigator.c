/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Boxes are fitted as the turned map shows them: by their corners in widget pixels. Main thread. */
#include "map/rn-navigator.h"

#include <math.h>

#include "map/rn-flight.h"

#define FLIGHT_MS 250
#define ZOOM_MS 150
/* How near one goes by oneself: to a point and to a box. */
#define POINT_ZOOM 13.0
#define BOX_ZOOM 14.0
#define NORTH_DEG 4.0 /* a turn that ends so near lets north be up */

struct _RnNavigator {
  GtkWidget *widget;
  ShumateViewport *viewport;
  RnFlight *flight;
  double hand_deg, shown_deg; /* where turns by hand have got to, and what is shown of it */
  gboolean set;
  gboolean has_pending;
  RnBox pending; /* to be shown once there is a size */
  double pending_padding_px;
};

RnNavigator *
rn_navigator_new (GtkWidget *widget, ShumateViewport *viewport)
{
  RnNavigator *self = g_new0 (RnNavigator, 1);

  self->widget = widget;
  self->viewport = viewport;
  self->flight = rn_flight_new (widget, viewport);
  return self;
}

void
rn_navigator_free (RnNavigator *self)
{
  rn_flight_free (self->flight);
  g_free (self);
}

static void
fly (RnNavigator *self, double lon, double lat, double zoom, guint ms)
{
  self->set = TRUE;
  self->has_pending = FALSE;
  rn_flight_to (self->flight, lon, lat, zoom, ms);
}

/* The extent of @box in pixels at zoom 0 along the edges of the turned widget. */
static void
box_extent (const RnNavigator *self, const RnBox *box, double *width, double *height)
{
  RnCamera world = { .zoom = 0 };
  double rotation = shumate_viewport_get_rotation (self->viewport);
  double c = fabs (cos (rotation)), s = fabs (sin (rotation)), x0, y0, x1, y1;

  rn_camera_to_widget (&world, box->min_lon, box->max_lat, &x0, &y0);
  rn_camera_to_widget (&world, box->max_lon, box->min_lat, &x1, &y1);
  *width = c * (x1 - x0) + s * (y1 - y0);
  *height = s * (x1 - x0) + c * (y1 - y0);
}

gboolean
rn_navigator_fit_box (const RnNavigator *self, const RnBox *box, double padding_px, double *lon,
                      double *lat, double *zoom)
{
  double width = gtk_widget_get_width (self->widget);
  double height = gtk_widget_get_height (self->widget), w, h, x0, y0, x1, y1;
  RnCamera world = { .zoom = 0 };

  if (rn_box_is_empty (box) || width <= 0 || height <= 0)
    return FALSE;
  box_extent (self, box, &w, &h);
  width = MAX (width - 2 * padding_px, width / 4);
  height = MAX (height - 2 * padding_px, height / 4);
  if (w < 1e-9 && h < 1e-9)
    *zoom = POINT_ZOOM;
  else
    *zoom = MIN (BOX_ZOOM, log2 (MIN (width / MAX (w, 1e-9), height / MAX (h, 1e-9))));
  rn_camera_to_widget (&world, box->min_lon, box->max_lat, &x0, &y0);
  rn_camera_to_widget (&world, box->max_lon, box->min_lat, &x1, &y1);
  rn_camera_from_widget (&world, (x0 + x1) / 2, (y0 + y1) / 2, lon, lat);
  return TRUE;
}

void
rn_navigator_show_box (RnNavigator *self, const RnBox *box, double padding_px, gboolean animate)
{
  double lon, lat, zoom;

  if (rn_box_is_empty (box))
    return;
  self->set = TRUE;
  self->has_pending = !rn_navigator_fit_box (self, box, padding_px, &lon, &lat, &zoom);
  if (!self->has_pending)
    {
      fly (self, lon, lat, zoom, animate ? FLIGHT_MS : 0);
      return;
    }
  self->pending = *box;
  self->pending_padding_px = padding_px;
}

void
rn_navigator_show_pending (RnNavigator *self)
{
  if (self->has_pending && gtk_widget_get_width (self->widget) > 0)
    rn_navigator_show_box (self, &self->pending, self->pending_padding_px, FALSE);
}

void
rn_navigator_go_to (RnNavigator *self, double lon, double lat, double zoom, gboolean animate)
{
  if (rn_point_is_valid (lon, lat) && isfinite (zoom))
    fly (self, lon, lat, zoom, animate ? FLIGHT_MS : 0);
}

void
rn_navigator_pan (RnNavigator *self, double dx_px, double dy_px)
{
  RnCamera camera = rn_camera_read (self->viewport, self->widget);
  double lon, lat;

  rn_camera_from_widget (&camera, camera.width / 2.0 + dx_px, camera.height / 2.0 + dy_px, &lon,
                         &lat);
  fly (self, lon, lat, camera.zoom, 0);
}

void
rn_navigator_zoom_by (RnNavigator *self, double steps)
{
  double lon, lat, zoom;

  rn_flight_get_target (self->flight, &lon, &lat, &zoom);
  fly (self, lon, lat, zoom + steps, ZOOM_MS);
}

void
rn_navigator_zoom_at (RnNavigator *self, double steps, double x, double y)
{
  RnCamera camera = rn_camera_read (self->viewport, self->widget), world = { .zoom = -8 };
  double lon, lat, zoom, to, k, px, py, cx, cy;

  /* from where a flight under way will end */
  rn_flight_get_target (self->flight, &lon, &lat, &zoom);
  to = CLAMP (zoom + steps, RN_MIN_ZOOM, RN_MAX_ZOOM);
  rn_camera_to_widget (&world, lon, lat, &cx, &cy);
  camera.zoom = zoom;
  camera.x = cx * rn_camera_world_px (zoom);
  camera.y = cy * rn_camera_world_px (zoom);
  rn_camera_from_widget (&camera, x, y, &lon, &lat);
  rn_camera_to_widget (&world, lon, lat, &px, &py);
  k = exp2 (zoom - to); /* what is left of the way from the pixel to the middle */
  rn_camera_from_widget (&world, px + (cx - px) * k, py + (cy - py) * k, &lon, &lat);
  fly (self, lon, lat, to, ZOOM_MS);
}

void
rn_navigator_stop (RnNavigator *self)
{
  self->set = TRUE;
  rn_flight_stop (self->flight);
}

RnCamera
rn_navigator_get_camera (RnNavigator *self)
{
  return rn_camera_read (self->viewport, self->widget);
}

void
rn_navigator_get_target (RnNavigator *self, double *lon, double *lat, double *zoom)
{
  rn_flight_get_target (self->flight, lon, lat, zoom);
}

void
rn_navigator_get_view (RnNavigator *self, double *lon, double *lat, double *zoom)
{
  *lon = shumate_location_get_longitude (SHUMATE_LOCATION (self->viewport));
  *lat = shumate_location_get_latitude (SHUMATE_LOCATION (self->viewport));
  *zoom = shumate_viewport_get_zoom_level (self->viewport);
}

double
rn_navigator_get_rotation (RnNavigator *self)
{
  double degrees = fmod (shumate_viewport_get_rotation (self->viewport) * 180.0 / G_PI, 360.0);

  if (degrees > 180.0)
    return degrees - 360.0;
  return degrees <= -180.0 ? degrees + 360.0 : degrees;
}

void
rn_navigator_set_rotation (RnNavigator *self, double degrees)
{
  if (isfinite (degrees))
    shumate_viewport_set_rotation (self->viewport, degrees * G_PI / 180.0);
}

void
rn_navigator_turn (RnNavigator *self, double degrees)
{
  if (self->hand_deg == 0 || fabs (rn_navigator_get_rotation (self) - self->shown_deg) > 1e-6)
    self->hand_deg = rn_navigator_get_rotation (self);
  self->hand_deg = remainder (self->hand_deg + degrees, 360.0);
  rn_navigator_set_rotation (self, fabs (self->hand_deg) < NORTH_DEG ? 0 : self->hand_deg);
  self->shown_deg = rn_navigator_get_rotation (self);
}

gboolean
rn_navigator_is_set (const RnNavigator *self)
{
  return self->set;
}

gboolean
rn_navigator_is_moving (const RnNavigator *self)
{
  return self->has_pending || rn_flight_is_active (self->flight);
}
