/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view in world pixels. Spherical Mercator, EPSG:3857 on 0…1 of the world; libshumate turns
 * about the middle of the widget, clockwise for a positive angle. */
#include "map/rn-camera.h"

#include <math.h>

#define MAX_LAT 85.0511287798066
#define EQUATOR_M (2.0 * G_PI * 6378137.0)

static double
mercator_x (double lon)
{
  return (lon + 180.0) / 360.0;
}

static double
mercator_y (double lat)
{
  double s = sin (CLAMP (lat, -MAX_LAT, MAX_LAT) * G_PI / 180.0);

  return 0.5 - 0.25 * log ((1.0 + s) / (1.0 - s)) / G_PI;
}

double
rn_camera_world_px (double zoom)
{
  return 256.0 * exp2 (zoom);
}

RnCamera
rn_camera_read (ShumateViewport *viewport, GtkWidget *widget)
{
  RnCamera self = { 0 };
  double world;

  self.zoom = shumate_viewport_get_zoom_level (viewport);
  world = rn_camera_world_px (self.zoom);
  self.x = mercator_x (shumate_location_get_longitude (SHUMATE_LOCATION (viewport))) * world;
  self.y = mercator_y (shumate_location_get_latitude (SHUMATE_LOCATION (viewport))) * world;
  self.rotation = shumate_viewport_get_rotation (viewport);
  self.width = gtk_widget_get_width (widget);
  self.height = gtk_widget_get_height (widget);
  self.scale = gtk_widget_get_scale_factor (widget);
  return self;
}

void
rn_camera_to_widget (const RnCamera *self, double lon, double lat, double *x, double *y)
{
  double world = rn_camera_world_px (self->zoom);
  double dx = mercator_x (lon) * world - self->x, dy = mercator_y (lat) * world - self->y;
  double c = cos (self->rotation), s = sin (self->rotation);

  *x = c * dx - s * dy + self->width / 2.0;
  *y = s * dx + c * dy + self->height / 2.0;
}

void
rn_camera_from_widget (const RnCamera *self, double x, double y, double *lon, double *lat)
{
  double world = rn_camera_world_px (self->zoom);
  double dx = x - self->width / 2.0, dy = y - self->height / 2.0;
  double c = cos (self->rotation), s = sin (self->rotation);
  double wx = (self->x + c * dx + s * dy) / world, wy = (self->y - s * dx + c * dy) / world;

  *lon = CLAMP (wx * 360.0 - 180.0, -180.0, 180.0);
  *lat = atan (sinh (G_PI * (1.0 - 2.0 * CLAMP (wy, 0.0, 1.0)))) * 180.0 / G_PI;
}

RnWindow
rn_camera_window (const RnCamera *self, double margin_px)
{
  double c = fabs (cos (self->rotation)), s = fabs (sin (self->rotation));
  double w = self->width / 2.0 + margin_px, h = self->height / 2.0 + margin_px;
  double hx = c * w + s * h, hy = s * w + c * h;

  return (RnWindow){ self->x - hx, self->y - hy, self->x + hx, self->y + hy };
}

void
rn_camera_rotate_snapshot (const RnCamera *self, GtkSnapshot *snapshot)
{
  float x = self->width / 2.0f, y = self->height / 2.0f;

  if (self->rotation == 0)
    return;
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_rotate (snapshot, (float) (self->rotation * 180.0 / G_PI));
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-x, -y));
}

gboolean
rn_camera_equal (const RnCamera *a, const RnCamera *b)
{
  return a->zoom == b->zoom && a->x == b->x && a->y == b->y && a->rotation == b->rotation
         && a->width == b->width && a->height == b->height && a->scale == b->scale;
}

double
rn_camera_m_per_px (const RnCamera *self)
{
  double wy = CLAMP (self->y / rn_camera_world_px (self->zoom), 0.0, 1.0);
  double lat = atan (sinh (G_PI * (1.0 - 2.0 * wy)));

  return EQUATOR_M * cos (lat) / rn_camera_world_px (self->zoom);
}
