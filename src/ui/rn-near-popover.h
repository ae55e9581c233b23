/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is near a place of the map: the place itself, to be centred and copied, and what lies along
 * the roads from there, by distance. Searched in a worker. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-seat.h"

#define RN_TYPE_NEAR_POPOVER (rn_near_popover_get_type ())
G_DECLARE_FINAL_TYPE (RnNearPopover, rn_near_popover, RN, NEAR_POPOVER, GtkPopover)

/* Signals: "centre" (double lon, double lat) and "north-up" (): asked for by its buttons. */

GtkWidget *rn_near_popover_new (RnSeat *seat);

/** Pops up at (@x, @y) of the parent, for the place @at. @section: of the seat's network, on which
 *  it is known to lie, or RN_NONE: the nearest within @reach_m. @turned: whether the map is. */
void rn_near_popover_open (RnNearPopover *self, RnPoint at, guint32 section, double reach_m,
                           gboolean turned, double x, double y);
