/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window with a map, for the tests and the benchmark of this room. */
#pragma once

#include <gtk/gtk.h>

#include "map/rn-flow-layer.h"
#include "map/rn-map-view.h"

typedef struct {
  GtkWidget *window;
  RnMapView *view;
  RnFlowLayer *flow; /* of the view */
  RnTileLayer *base; /* the same */
} Harness;

/** Shows a window of the given size. */
Harness harness_open (int width, int height);
void harness_close (Harness *self); /* destroys the window, then waits for the workers */

/** Runs the main loop until the view is settled; a test that does not get there fails. */
void harness_settle (Harness *self);
/** Runs the main loop for one frame of the window. */
void harness_frame (Harness *self);

/** A picture of the view; free with g_free(). *@width: of it, also its stride in pixels. ARGB32
 *  premultiplied. */
guint32 *harness_picture (Harness *self, int *width, int *height);
/** One pixel of it, 0xRRGGBB. */
guint32 harness_pixel (Harness *self, double x, double y);
