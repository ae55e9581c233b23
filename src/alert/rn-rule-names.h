/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a rule names, against what there is: a name that the network does not have is no fault (it
 * may come), but a rule over nothing is seldom meant. Pure. */
#pragma once

#include "alert/rn-rule.h"

/** Of the scope of @rule: char *, "scope.roads: not in the network: G9". Caller's. */
GPtrArray *rn_rule_check_names (const RnRule *rule, const RnNetwork *network);
/** @stem, or with a number after it, so that no rule of @rules has it. Caller frees. */
char *rn_rule_set_dup_free_id (const RnRuleSet *rules, const char *stem);
