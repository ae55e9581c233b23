/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a plan of symbols and text up to date: one arrangement at a time in the thread of the
 * fonts, the latest request only. Main thread; owned by the map view. */
#pragma once

#include "map/rn-map-plan.h"

typedef struct _RnPlanner RnPlanner;
typedef void (*RnPlannerFunc) (RnMapPlan *plan, gpointer user_data);

RnPlanner *rn_planner_new (RnPlannerFunc ready, gpointer user_data);
void rn_planner_free (RnPlanner *self);

/** Arranges what is requested; takes the request's contents. @theme: of the map. */
void rn_planner_request (RnPlanner *self, RnPlanRequest *request, RnThemeId theme);

/** Whether an arrangement is under way. */
gboolean rn_planner_is_busy (const RnPlanner *self);
