/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The right side of the seat: the card of what is selected above tabs of lists (incidents, works,
 * facilities) and of the plans.
 * Main thread; reads the seat's frame and changes nothing but its selection. */
#pragma once

#include <adwaita.h>

#include "ui/rn-card.h"
#include "ui/rn-seat.h"

#define RN_TYPE_SIDE_PANEL (rn_side_panel_get_type ())
G_DECLARE_FINAL_TYPE (RnSidePanel, rn_side_panel, RN, SIDE_PANEL, GtkWidget)

/* Property: "wide" (boolean): an incident is open, the panel asks for 580 px instead of 440 when
 * the window has room. */

/* Signal: "kept-changed" (): another tab is in front, or a filter or an order was changed. */

GtkWidget *rn_side_panel_new (RnSeat *seat);

/** Brings the alerts in front: all of them as they were filtered, or those that are set aside. */
void rn_side_panel_show_alerts (RnSidePanel *self);
void rn_side_panel_show_shelf (RnSidePanel *self);
/** The card in sight, where forms about its alert open; NULL none. Borrowed. */
RnCard *rn_side_panel_get_card (RnSidePanel *self);

/** Whether the lists show the newest frame. */
gboolean rn_side_panel_is_settled (RnSidePanel *self);

/** The list in front: "incidents", "works", "facilities". */
const char *rn_side_panel_get_tab (RnSidePanel *self);
/** Filters and orders of the lists, "a{sv}", floating; only what is not as at first. */
GVariant *rn_side_panel_filters_to_variant (RnSidePanel *self);
/** Both again; what makes no sense is told in @refused (strings). */
void
rn_side_panel_restore (RnSidePanel *self, const char *tab, GVariant *filters, GPtrArray *refused);

/** Moves the keyboard focus to the list in sight. */
void rn_side_panel_focus_list (RnSidePanel *self);

/** Shows the @n-th tab, counted from 1 (Ctrl+1 …); nothing when there is none. */
void rn_side_panel_show_tab (RnSidePanel *self, guint n);
