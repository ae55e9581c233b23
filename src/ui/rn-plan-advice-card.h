/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is proposed for a plan, why, who has confirmed, and the buttons for it; the four tiers above
 * it. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "session/rn-plan-desk.h"

#define RN_TYPE_PLAN_ADVICE_CARD (rn_plan_advice_card_get_type ())
G_DECLARE_FINAL_TYPE (RnPlanAdviceCard, rn_plan_advice_card, RN, PLAN_ADVICE_CARD, GtkWidget)

GtkWidget *rn_plan_advice_card_new (RnPlanDesk *desk);

void rn_plan_advice_card_show (RnPlanAdviceCard *self, const RnPlanAdvice *advice, GTimeZone *zone);

/** Whether there is little room: seen with the next show. */
void rn_plan_advice_card_set_narrow (RnPlanAdviceCard *self, gboolean narrow);
