/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The zoom goes evenly; the middle goes so that the place one flies to moves evenly on the screen.
 * Main thread. */
#include "map/rn-flight.h"

#include <math.h>

#include "map/rn-camera.h"

typedef struct {
  double x, y, zoom; /* 0…1 of the world */
} Spot;

struct _RnFlight {
  GtkWidget *widget;
  ShumateViewport *viewport;
  guint tick_id;
  gint64 start_us, duration_us;
  Spot from, to;
};

static Spot
spot_of (double lon, double lat, double zoom)
{
  RnCamera world = { .zoom = -8 }; /* the world is one pixel wide */
  Spot spot = { .zoom = zoom };

  rn_camera_to_widget (&world, lon, lat, &spot.x, &spot.y);
  return spot;
}

static void
spot_to_degrees (const Spot *spot, double *lon, double *lat)
{
  RnCamera world = { .zoom = -8 };

  rn_camera_from_widget (&world, spot->x, spot->y, lon, lat);
}

static Spot
here (const RnFlight *self)
{
  return spot_of (shumate_location_get_longitude (SHUMATE_LOCATION (self->viewport)),
                  shumate_location_get_latitude (SHUMATE_LOCATION (self->viewport)),
                  shumate_viewport_get_zoom_level (self->viewport));
}

static void
apply (RnFlight *self, const Spot *spot)
{
  double lon, lat;

  spot_to_degrees (spot, &lon, &lat);
  shumate_viewport_set_zoom_level (self->viewport, CLAMP (spot->zoom, RN_MIN_ZOOM, RN_MAX_ZOOM));
  shumate_location_set_location (SHUMATE_LOCATION (self->viewport), lat, lon);
}

/* Spot at the eased time @t of 0…1. */
static Spot
between (const Spot *from, const Spot *to, double t)
{
  double zoom = from->zoom + (to->zoom - from->zoom) * t;
  double rest = 1 - t; /* share of the way that is left */

  if (fabs (to->zoom - from->zoom) > 0.01)
    rest = (exp2 (to->zoom - zoom) - 1) / (exp2 (to->zoom - from->zoom) - 1);
  return (Spot){ to->x + (from->x - to->x) * rest, to->y + (from->y - to->y) * rest, zoom };
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RnFlight *self = user_data;
  double t = (double) (gdk_frame_clock_get_frame_time (clock) - self->start_us)
             / (double) self->duration_us;
  Spot spot;

  if (t >= 1)
    {
      self->tick_id = 0;
      apply (self, &self->to);
      return G_SOURCE_REMOVE;
    }
  t = MAX (t, 0);
  spot = between (&self->from, &self->to, t * t * (3 - 2 * t));
  apply (self, &spot);
  return G_SOURCE_CONTINUE;
}

RnFlight *
rn_flight_new (GtkWidget *widget, ShumateViewport *viewport)
{
  RnFlight *self = g_new0 (RnFlight, 1);

  self->widget = widget;
  self->viewport = viewport;
  return self;
}

void
rn_flight_free (RnFlight *self)
{
  rn_flight_stop (self);
  g_free (self);
}

void
rn_flight_stop (RnFlight *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (self->widget, self->tick_id);
  self->tick_id = 0;
}

gboolean
rn_flight_is_active (const RnFlight *self)
{
  return self->tick_id != 0;
}

void
rn_flight_to (RnFlight *self, double lon, double lat, double zoom, guint ms)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (self->widget);
  gboolean animations = TRUE;

  rn_flight_stop (self);
  self->from = here (self);
  self->to = spot_of (lon, lat, CLAMP (zoom, RN_MIN_ZOOM, RN_MAX_ZOOM));
  g_object_get (gtk_widget_get_settings (self->widget), "gtk-enable-animations", &animations, NULL);
  if (ms == 0 || clock == NULL || !animations || !gtk_widget_get_mapped (self->widget))
    {
      apply (self, &self->to);
      return;
    }
  self->start_us = gdk_frame_clock_get_frame_time (clock);
  self->duration_us = (gint64) ms * 1000;
  self->tick_id = gtk_widget_add_tick_callback (self->widget, tick_cb, self, NULL);
}

void
rn_flight_get_target (const RnFlight *self, double *lon, double *lat, double *zoom)
{
  Spot spot = self->tick_id != 0 ? self->to : here (self);

  spot_to_degrees (&spot, lon, lat);
  *zoom = spot.zoom;
}
