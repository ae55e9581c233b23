/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The alerts in letters that are read across the room: how many nobody has acknowledged, by tier,
 * and the worst of them. Lies over the map. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-seat.h"

#define RN_TYPE_AREA_PANEL (rn_area_panel_get_type ())
G_DECLARE_FINAL_TYPE (RnAreaPanel, rn_area_panel, RN, AREA_PANEL, GtkWidget)

GtkWidget *rn_area_panel_new (RnSeat *seat);
