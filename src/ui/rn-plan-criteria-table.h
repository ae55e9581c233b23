/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One tree of a plan as a table: each limit with its value, degree, duration and conclusion. Main
 * thread. */
#pragma once

#include <gtk/gtk.h>

#include "alert/rn-plan-advisor.h"

#define RN_TYPE_PLAN_CRITERIA_TABLE (rn_plan_criteria_table_get_type ())
G_DECLARE_FINAL_TYPE (RnPlanCriteriaTable, rn_plan_criteria_table, RN, PLAN_CRITERIA_TABLE,
                      GtkWidget)

GtkWidget *rn_plan_criteria_table_new (void);

/** @title: "Up: II → I"; @finding: NULL hides it; @tier: the worse one that it leads to, 0: to a
 *  milder one. Made anew each time: nothing in it has the
 *  focus. */
void rn_plan_criteria_table_show (RnPlanCriteriaTable *self, const char *title,
                                  const RnPlanTreeFinding *finding, int tier);

/** Whether there is little room: seen with the next show. */
void rn_plan_criteria_table_set_narrow (RnPlanCriteriaTable *self, gboolean narrow);
