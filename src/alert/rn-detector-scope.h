/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To what a rule applies, and the limits that a section has of its own. Read once a network.
 * Private to the detector. Pure. */
#pragma once

#include "alert/rn-detector-latch.h"
#include "alert/rn-threshold-faults.h"

enum {
  RN_SCOPE_OUT,
  RN_SCOPE_IN,
  RN_SCOPE_OWN = 3, /* in, with limits of its own: bit 0 is "in" */
};

/** Whether the scope narrows by place at all. */
gboolean rn_scope_narrows (const RnRuleScope *self);
/** Fills @out (n_sections) with RN_SCOPE_IN and RN_SCOPE_OUT. */
void rn_scope_mark_sections (const RnRuleScope *self, const RnNetwork *network, guint8 *out);
/** What is not a section lies where its sections or its facility lie; without a place it is only
 *  in a scope that does not narrow. @marks: of rn_scope_mark_sections(). */
gboolean rn_scope_has_facility (const RnRuleScope *self, const RnNetwork *network, guint32 facility,
                                const guint8 *marks);
gboolean rn_scope_has_thing (const RnRuleScope *self, const RnFrame *frame, RnSubjectKind kind,
                             gconstpointer thing, const guint8 *marks);

/** A section's own limits of @rule: RN_N_TIERS RnRuleTier by section index + 1, or NULL when there
 *  are none. What cannot be used is left out and told in @faults, unless it is NULL. */
GHashTable *
rn_scope_read_own (const RnRule *rule, const RnNetwork *network, RnThresholdFaults *faults);
/** Tells what no rule would read: text that is not JSON, and limits of a rule that there is not, or
 *  that is not about sections. */
void
rn_scope_check_own (const RnRuleSet *rules, const RnNetwork *network, RnThresholdFaults *faults);
