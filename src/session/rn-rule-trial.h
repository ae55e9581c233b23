/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a rule would have done over the last hours: the values of the sections since the start, as
 * the session holds them, go past an engine that has this one rule. Asked for on the main thread,
 * done by a worker. */
#pragma once

#include "session/rn-session.h"

typedef struct {
  gint64 from_us, until_us; /* of what there is, the source's clock */
  guint n_samples;          /* under 2: there is no past yet */
  guint n_rows;             /* alerts that stand for themselves */
  guint n_subjects;         /* sections that it would have alerted of, all together */
  guint n_now;              /* rows that stand at the end */
  gint64 longest_us;        /* of a row */
} RnRuleTrial;

/** Whether the session holds a past of what the rule looks at: not of occupancy, typical speeds,
 *  kinds of vehicle, nor of anything that is no section. */
gboolean rn_rule_trial_has_past (const RnRule *rule);
/** Whether all its conditions are among what is held; one that is not lets all pass. */
gboolean rn_rule_trial_has_guards (const RnRule *rule);

/** Of a copy of @rule, as if it were switched on. */
void rn_rule_trial_run_async (RnSession *session, const RnRule *rule, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);
/** FALSE with @error when it was cancelled. */
gboolean rn_rule_trial_run_finish (RnSession *session, GAsyncResult *result, RnRuleTrial *trial,
                                   GError **error);
