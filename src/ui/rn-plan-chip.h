/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worst tier in force, in the header: "Tier II Jiangyin Bridge · 26 min", and whether a plan
 * asks for a decision. Hidden while nothing is in force or asked. Its click opens the plans. Main
 * thread; follows the desk. */
#pragma once

#include <gtk/gtk.h>

#include "session/rn-plan-desk.h"

#define RN_TYPE_PLAN_CHIP (rn_plan_chip_get_type ())
G_DECLARE_FINAL_TYPE (RnPlanChip, rn_plan_chip, RN, PLAN_CHIP, GtkWidget)

/** To be set once, after the template is made. */
void rn_plan_chip_set_desk (RnPlanChip *self, RnPlanDesk *desk);
/** Ages: call it each second. */
void rn_plan_chip_update (RnPlanChip *self);
