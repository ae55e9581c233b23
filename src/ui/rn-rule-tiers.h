/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The limits of a rule, a line a tier: on or off, entered at, left at, for, kept, n of m; below a
 * line what is wrong with it. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "alert/rn-rule.h"

#define RN_TYPE_RULE_TIERS (rn_rule_tiers_get_type ())
G_DECLARE_FINAL_TYPE (RnRuleTiers, rn_rule_tiers, RN, RULE_TIERS, GtkWidget)

/* Signal "changed" (): a person changed something. */

GtkWidget *rn_rule_tiers_new (void);
void rn_rule_tiers_set_rule (RnRuleTiers *self, const RnRule *rule);
/** Puts what the fields say into @rule. FALSE when one of them is no number: it says so. */
gboolean rn_rule_tiers_fill (RnRuleTiers *self, RnRule *rule);
/** Says on which side of its limits @rule is bad. */
void rn_rule_tiers_show_side (RnRuleTiers *self, const RnRule *rule);
/** What is wrong with @tier; 0: with all of them. NULL text: nothing is wrong any more. */
void rn_rule_tiers_set_problem (RnRuleTiers *self, int tier, const char *text);
