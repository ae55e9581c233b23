/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules from JSON and back. A document is taken whole or refused whole, with the place and the
 * cause of the first fault. Pure, any thread. The format is data/rules/rules.schema.json. */
#pragma once

#include "alert/rn-rule.h"

#define RN_RULE_ERROR (rn_rule_error_quark ())
GQuark rn_rule_error_quark (void);
typedef enum {
  RN_RULE_ERROR_SYNTAX, /* not JSON, or of a wrong shape */
  RN_RULE_ERROR_SENSE,  /* exit on the wrong side of enter, twice the same id, … */
} RnRuleError;

/** {"rules": […]}. The message holds the path ("rules[3].tiers.II.exit") and the rule's id. */
RnRuleSet *rn_rule_set_parse (GBytes *json, gboolean local, GError **error);
/** The embedded data/rules/default.json; never NULL. Borrowed. */
const RnRuleSet *rn_rule_set_default (void);
/** Which member of `select` narrows @metric: "kpi", "vehicle", "grade"; NULL: nothing does. */
const char *rn_rule_select_word (RnMetric metric);
/** As the same kind of document, indented; reading it again gives equal rules. Caller's. */
char *rn_rule_set_dup_json (const RnRuleSet *self);
/** A copy that may be changed before it is shared. */
RnRule *rn_rule_copy (const RnRule *self);
