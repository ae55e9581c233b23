/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The further conditions for entry of a rule, a line each, with a button to add one. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "alert/rn-rule.h"

#define RN_TYPE_RULE_GUARDS (rn_rule_guards_get_type ())
G_DECLARE_FINAL_TYPE (RnRuleGuards, rn_rule_guards, RN, RULE_GUARDS, GtkWidget)

/* Signal "changed" (): a person changed something. */

GtkWidget *rn_rule_guards_new (void);
void rn_rule_guards_set_rule (RnRuleGuards *self, const RnRule *rule);
/** Puts what the fields say into @rule. FALSE when one of them is no number. */
gboolean rn_rule_guards_fill (RnRuleGuards *self, RnRule *rule);
void rn_rule_guards_set_problem (RnRuleGuards *self, const char *text); /* NULL: none */
