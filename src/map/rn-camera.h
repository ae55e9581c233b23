/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which part of the world a widget shows: a copy of the viewport's state in pixels, by value, so
 * that workers can have it too. World pixels: Web Mercator, the world is 256 · 2^zoom of them wide,
 * x to the east, y to the south. */
#pragma once

#include <gtk/gtk.h>
#include <shumate/shumate.h>

#include "base/rn-geodesy.h"

#define RN_MIN_ZOOM 3
#define RN_MAX_ZOOM 18

typedef struct {
  double zoom;     /* fractional */
  double x, y;     /* middle of the view, world pixels at this zoom */
  double rotation; /* radians, clockwise */
  int width, height;
  int scale; /* device pixels a pixel */
} RnCamera;

typedef struct {
  double x0, y0, x1, y1; /* world pixels at the camera's zoom */
} RnWindow;

/** The camera of @widget, a layer or the view, over @viewport. */
RnCamera rn_camera_read (ShumateViewport *viewport, GtkWidget *widget);

double rn_camera_world_px (double zoom); /* 256 · 2^zoom */

void rn_camera_to_widget (const RnCamera *self, double lon, double lat, double *x, double *y);
void rn_camera_from_widget (const RnCamera *self, double x, double y, double *lon, double *lat);

/** The upright window of world pixels that holds the view and @margin_px around it. */
RnWindow rn_camera_window (const RnCamera *self, double margin_px);

/** Turns the snapshot so that upright drawing lies as the camera's rotation wants it. */
void rn_camera_rotate_snapshot (const RnCamera *self, GtkSnapshot *snapshot);

gboolean rn_camera_equal (const RnCamera *a, const RnCamera *b);

/** Ground metres of one pixel in the middle of the view. */
double rn_camera_m_per_px (const RnCamera *self);
