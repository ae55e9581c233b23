/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plans among the lists at the right: a list, and its button in the row of tabs, which says how
 * many plans ask for a decision. A row opens the page of the plans. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "session/rn-plan-desk.h"

#define RN_TYPE_PLAN_TAB (rn_plan_tab_get_type ())
G_DECLARE_FINAL_TYPE (RnPlanTab, rn_plan_tab, RN, PLAN_TAB, GtkWidget)

GtkWidget *rn_plan_tab_new (RnPlanDesk *desk);
/** The button; once, floating. */
GtkWidget *rn_plan_tab_create_button (RnPlanTab *self);
void rn_plan_tab_focus (RnPlanTab *self);
