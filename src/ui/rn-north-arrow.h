/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A needle that points to the north of a turned map; the child of a button. Main thread. */
#pragma once

#include <gtk/gtk.h>

#define RN_TYPE_NORTH_ARROW (rn_north_arrow_get_type ())
G_DECLARE_FINAL_TYPE (RnNorthArrow, rn_north_arrow, RN, NORTH_ARROW, GtkWidget)

void rn_north_arrow_set_rotation (RnNorthArrow *self, double degrees); /* clockwise */
