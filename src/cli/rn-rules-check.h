/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file of rules says, and what in it names things that a network does not have. */
#pragma once

#include <json-glib/json-glib.h>

#include "alert/rn-rule-read.h"

/** Complaints (char *, "roads: no such road: G9 (rule “jam”)"): names in scopes that are not in
 *  @network. Caller's. */
GPtrArray *rn_rules_check_names (const RnRuleSet *rules, const RnNetwork *network);

/** Complaints of the same kind about the sections' own thresholds in @network, as far as the rules
 *  that would be in force with @rules in the site's file cannot use them. Caller's. */
GPtrArray *rn_rules_check_thresholds (const RnRuleSet *rules, const RnNetwork *network);

/** A line a rule: id, name, version, limits by tier, and whether it takes a default one's place.
 *  Caller frees. */
char *rn_rules_check_text (const RnRuleSet *rules);
/** The same for scripts; @warnings as above, NULL none. Caller's. */
JsonNode *rn_rules_check_to_json (const RnRuleSet *rules, const GPtrArray *warnings);
