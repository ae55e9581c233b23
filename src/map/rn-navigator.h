/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the map looks and how it gets there: boxes, places, steps of zoom, turns. Knows the
 * viewport and the size of the widget, nothing of what is drawn. Owned by the map view. */
#pragma once

#include "map/rn-camera.h"

typedef struct _RnNavigator RnNavigator;

/** Both are borrowed and outlive it. */
RnNavigator *rn_navigator_new (GtkWidget *widget, ShumateViewport *viewport);
void rn_navigator_free (RnNavigator *self);

/** The view that shows @box with at least @padding_px around it, however the map is turned; a point
 *  at zoom 13. FALSE without a size of the widget, and for an empty box. */
gboolean rn_navigator_fit_box (const RnNavigator *self, const RnBox *box, double padding_px,
                               double *lon, double *lat, double *zoom);

/** Shows @box with at least @padding_px around it, however the map is turned; a point at zoom 13.
 *  Without a size of the widget it is kept for rn_navigator_show_pending(). */
void
rn_navigator_show_box (RnNavigator *self, const RnBox *box, double padding_px, gboolean animate);
void rn_navigator_show_pending (RnNavigator *self);

/** Nonsense is ignored. */
void rn_navigator_go_to (RnNavigator *self, double lon, double lat, double zoom, gboolean animate);
void
rn_navigator_pan (RnNavigator *self, double dx_px, double dy_px); /* of what is seen; at once */
void rn_navigator_zoom_by (RnNavigator *self, double steps);      /* about the middle */
/** About pixel (@x, @y), which keeps its place. */
void rn_navigator_zoom_at (RnNavigator *self, double steps, double x, double y);
/** Stays where it is: somebody moves the map by hand. */
void rn_navigator_stop (RnNavigator *self);

RnCamera rn_navigator_get_camera (RnNavigator *self); /* as it is now */
/** Where a flight ends; without one the view. */
void rn_navigator_get_target (RnNavigator *self, double *lon, double *lat, double *zoom);
void rn_navigator_get_view (RnNavigator *self, double *lon, double *lat, double *zoom);
double rn_navigator_get_rotation (RnNavigator *self); /* degrees clockwise, −180 < r ≤ 180 */
void rn_navigator_set_rotation (RnNavigator *self, double degrees);

void rn_navigator_turn (RnNavigator *self, double degrees); /* by so much; north snaps in */

gboolean rn_navigator_is_set (const RnNavigator *self);    /* somebody has said what to show */
gboolean rn_navigator_is_moving (const RnNavigator *self); /* or has to, once there is a size */
