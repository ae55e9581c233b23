/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tiered plans as a list: tier, name, extent, what the advisor says of each. The worst tier
 * stands first. Main thread; follows the desk. */
#pragma once

#include <gtk/gtk.h>

#include "session/rn-plan-desk.h"

#define RN_TYPE_PLAN_LIST (rn_plan_list_get_type ())
G_DECLARE_FINAL_TYPE (RnPlanList, rn_plan_list, RN, PLAN_LIST, GtkWidget)

/* Signal: "chosen" (char *key): a row was clicked, or Enter pressed on it. */

GtkWidget *rn_plan_list_new (RnPlanDesk *desk);

/** Marks the row of this plan; NULL: none. */
void rn_plan_list_set_chosen (RnPlanList *self, const char *key);
/** The key of the first row; NULL when there is none. Borrowed until the desk changes. */
const char *rn_plan_list_get_first (RnPlanList *self);
void rn_plan_list_focus (RnPlanList *self);
