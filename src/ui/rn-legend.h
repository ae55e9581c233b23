/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The legend of the present colouring: digit, sample, name and length of each class, from the same
 * tables as the map. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-seat.h"

#define RN_TYPE_LEGEND (rn_legend_get_type ())
G_DECLARE_FINAL_TYPE (RnLegend, rn_legend, RN, LEGEND, GtkWidget)

GtkWidget *rn_legend_new (RnSeat *seat);
