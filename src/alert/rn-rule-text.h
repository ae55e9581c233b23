/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules in words, in the language in use: for the command line, the list of rules and the editor.
 * Returned strings are the caller's. Pure, any thread. */
#pragma once

#include "alert/rn-rule.h"

/** "III ≤ 0.45", "II Ice"; of a tier that is off "". */
char *rn_rule_dup_tier_text (const RnRule *self, int tier);
/** All of them, the mildest first: "III ≤ 0.45 · II ≤ 0.25". */
char *rn_rule_dup_tiers_text (const RnRule *self);
/** What rn_rule_try() counted: "Now: 2 at II, 5 at III of 5,012 sections". */
char *rn_rule_dup_count_text (const RnRule *self, const guint by_tier[RN_N_TIERS]);
