/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Symbols of a plan: constant size, upright, with leader lines to what was moved aside and rings
 * round what is selected or hovered. Draws and hit-tests the same items. */
#pragma once

#include <shumate/shumate.h>

#include "map/rn-map-plan.h"

#define RN_TYPE_SYMBOL_LAYER (rn_symbol_layer_get_type ())
G_DECLARE_FINAL_TYPE (RnSymbolLayer, rn_symbol_layer, RN, SYMBOL_LAYER, ShumateLayer)

RnSymbolLayer *rn_symbol_layer_new (ShumateViewport *viewport);
void rn_symbol_layer_set_plan (RnSymbolLayer *self, RnMapPlan *plan); /* NULL: nothing */
void rn_symbol_layer_set_selection (RnSymbolLayer *self, const RnSubject *subject);
void rn_symbol_layer_set_hover (RnSymbolLayer *self, const RnSubject *subject);
/** The low half of the pulse of what is not acknowledged. */
void rn_symbol_layer_set_pulse (RnSymbolLayer *self, gboolean low);

/** What lies on top at (@x, @y) of the layer; borrowed from the plan; NULL: nothing. */
const RnPlanItem *rn_symbol_layer_hit (RnSymbolLayer *self, double x, double y);
/** The symbol of @subject, or the cluster that it is the worst of; the same. */
const RnPlanItem *rn_symbol_layer_find (RnSymbolLayer *self, const RnSubject *subject);
/** What is drawn; borrowed; NULL: nothing yet. */
const RnMapPlan *rn_symbol_layer_get_plan (RnSymbolLayer *self);
