/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and shields of a plan, on top of everything, upright however the map is turned. */
#pragma once

#include <shumate/shumate.h>

#include "map/rn-map-plan.h"

#define RN_TYPE_TEXT_LAYER (rn_text_layer_get_type ())
G_DECLARE_FINAL_TYPE (RnTextLayer, rn_text_layer, RN, TEXT_LAYER, ShumateLayer)

RnTextLayer *rn_text_layer_new (ShumateViewport *viewport);
void rn_text_layer_set_plan (RnTextLayer *self, RnMapPlan *plan); /* NULL: nothing */
