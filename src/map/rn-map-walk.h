/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the keyboard walks over on the map: the symbols in sight, the worst first, then the slowest
 * sections. Pure, over a plan and a scene of flow. */
#pragma once

#include "map/rn-map-plan.h"

typedef struct {
  RnSubject *subject;
  double x, y; /* middle, px of the view */
} RnMapStop;

/** Elements RnMapStop; free with g_array_unref(). @plan, @flow: NULL: none of them. */
GArray *rn_map_walk_stops (const RnMapPlan *plan, const RnFlowScene *flow, const RnCamera *camera);

/** The stop of @subject, or -1. */
int rn_map_walk_find (const GArray *stops, const RnSubject *subject);
