/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The right side of the seat: the card of what is selected above tabs of lists (incidents, works,
 * facilities). Main thread; reads the seat's frame and changes nothing but its selection. */
#pragma once

#include <adwaita.h>

#include "ui/rn-seat.h"

#define RN_TYPE_SIDE_PANEL (rn_side_panel_get_type ())
G_DECLARE_FINAL_TYPE (RnSidePanel, rn_side_panel, RN, SIDE_PANEL, GtkWidget)

/* Property: "wide" (boolean): an incident is open, the panel asks for 580 px instead of 440 when
 * the window has room. */

GtkWidget *rn_side_panel_new (RnSeat *seat);

/** Moves the keyboard focus to the list in sight. */
void rn_side_panel_focus_list (RnSidePanel *self);

/** Shows the @n-th tab, counted from 1 (Ctrl+1 …); nothing when there is none. */
void rn_side_panel_show_tab (RnSidePanel *self, guint n);
