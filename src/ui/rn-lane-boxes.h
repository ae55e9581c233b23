/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lanes as boxes, left to right in the direction of travel: number and state in words, by colour,
 * pattern and mark. For incidents and works. Main thread. */
#pragma once

#include <gtk/gtk.h>

typedef enum {
  RN_LANE_BOX_UNKNOWN,
  RN_LANE_BOX_OPEN,
  RN_LANE_BOX_AFFECTED,
  RN_LANE_BOX_BLOCKED,
  RN_LANE_BOX_CLOSED, /* by order, not by accident */
} RnLaneBoxState;

/** A box for a lane. @lane: 1 = the median's; 0: the shoulder. */
GtkWidget *rn_lane_box_new (int lane, RnLaneBoxState state);
/** A box for something else beside the lanes, by its title: "Exit ramp". */
GtkWidget *rn_lane_box_new_titled (const char *title, RnLaneBoxState state);
