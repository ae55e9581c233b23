/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pointer, touch and keys of the map view, as far as libshumate does not do them itself: it pans by
 * drag, with a throw, and zooms, pans and turns by two fingers. Layers get no events; these
 * controllers are on the view. */
#pragma once

#include <gtk/gtk.h>

typedef struct {
  void (*pan) (double dx_px, double dy_px, gpointer user_data); /* of what is seen */
  void (*zoom) (double steps, gpointer user_data);              /* about the middle */
  void (*zoom_at) (double steps, double x, double y, gpointer user_data);
  void (*rotate) (double degrees, gpointer user_data); /* by so much, clockwise */
  void (*north_up) (gpointer user_data);
  void (*home) (gpointer user_data);
  void (*touched) (gpointer user_data); /* the user begins to move the map by hand */
  void (*click) (gboolean secondary, double x, double y, gpointer user_data);
  void (*unpick) (gpointer user_data);
  void (*pointer) (gpointer user_data); /* the pointer has moved or left */
  /* by keyboard: to the next thing on the map or the one before, at it, and the menu there; FALSE:
   * there is none */
  gboolean (*step) (int by, gpointer user_data);
  gboolean (*activate) (gpointer user_data);
  void (*menu) (gpointer user_data);
} RnMapInputFuncs;

typedef struct _RnMapInput RnMapInput;

/** @widget is borrowed and outlives it. */
RnMapInput *rn_map_input_new (GtkWidget *widget, const RnMapInputFuncs *funcs, gpointer user_data);
void rn_map_input_free (RnMapInput *self);

/** Where the pointer is; FALSE when it is not over the map, or drags it. */
gboolean rn_map_input_get_pointer (const RnMapInput *self, double *x, double *y);

/** Whether the pointer has been moved since the last key: a hand at rest does not count. */
gboolean rn_map_input_has_moved (const RnMapInput *self);
