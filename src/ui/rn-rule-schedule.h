/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a rule is in force: days, from and until, a line each, and a button to add one. Main
 * thread. */
#pragma once

#include <gtk/gtk.h>

#include "alert/rn-rule.h"

#define RN_TYPE_RULE_SCHEDULE (rn_rule_schedule_get_type ())
G_DECLARE_FINAL_TYPE (RnRuleSchedule, rn_rule_schedule, RN, RULE_SCHEDULE, GtkWidget)

/* Signal "changed" (): a person changed something. */

GtkWidget *rn_rule_schedule_new (void);
void rn_rule_schedule_set_rule (RnRuleSchedule *self, const RnRule *rule);
/** Puts what the lines say into @rule. FALSE when one of them holds no time of the day: it says
 *  so. */
gboolean rn_rule_schedule_fill (RnRuleSchedule *self, RnRule *rule);
void rn_rule_schedule_set_problem (RnRuleSchedule *self, const char *text); /* NULL: none */
