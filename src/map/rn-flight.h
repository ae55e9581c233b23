/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves a viewport to a place, at once or in an eased flight of some hundred milliseconds. One
 * flight at a time; a new one starts from where the old one is. Owned by the map view. */
#pragma once

#include <gtk/gtk.h>
#include <shumate/shumate.h>

typedef struct _RnFlight RnFlight;

/** @widget gives the frame clock; both are borrowed and outlive the flight. */
RnFlight *rn_flight_new (GtkWidget *widget, ShumateViewport *viewport);
void rn_flight_free (RnFlight *self);

/** Goes to the place. @ms 0, no frame clock, or animations switched off: at once. */
void rn_flight_to (RnFlight *self, double lon, double lat, double zoom, guint ms);
/** Stays where it is. */
void rn_flight_stop (RnFlight *self);
gboolean rn_flight_is_active (const RnFlight *self);

/** Where it will be at its end, or is. */
void rn_flight_get_target (const RnFlight *self, double *lon, double *lat, double *zoom);
