/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tiered heavy-flow control over the whole body of the window: the plans, the advice for one of
 * them with its evidence, and its measures. Main thread; follows the desk. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-seat.h"

#define RN_TYPE_PLAN_PAGE (rn_plan_page_get_type ())
G_DECLARE_FINAL_TYPE (RnPlanPage, rn_plan_page, RN, PLAN_PAGE, GtkWidget)

/* Signal: "back" (): the map is wanted. */

GtkWidget *rn_plan_page_new (RnSeat *seat);

/** Shows this plan; NULL: the one before, else the first. */
void rn_plan_page_show_plan (RnPlanPage *self, const char *plan_key);
/** The plan shown; NULL none. Borrowed. */
const char *rn_plan_page_get_plan (RnPlanPage *self);
/** Puts the keyboard focus into the list of plans. */
void rn_plan_page_focus (RnPlanPage *self);
