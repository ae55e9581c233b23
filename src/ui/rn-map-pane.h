/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The middle of the seat: the map with what floats over it (zoom buttons, hover card, the word
 * while there is no network yet). Ties the map to the seat. Main thread. */
#pragma once

#include "map/rn-map-view.h"
#include "ui/rn-seat.h"

#define RN_TYPE_MAP_PANE (rn_map_pane_get_type ())
G_DECLARE_FINAL_TYPE (RnMapPane, rn_map_pane, RN, MAP_PANE, GtkWidget)

GtkWidget *rn_map_pane_new (RnSeat *seat);
RnMapView *rn_map_pane_get_map (RnMapPane *self);
