/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What could not be used of the sections' own thresholds: which section, which threshold and why.
 * Filled by one thread, immutable once it is shared, atomically refcounted: the engine's thread
 * makes it, the seat shows it. Pure. */
#pragma once

#include "alert/rn-rule.h"

/** So many are kept in words; a source that is wholly wrong has one a section. */
#define RN_THRESHOLD_FAULTS_MAX 1000

typedef struct {
  char *section; /* its key */
  char *what;    /* "jam.III.exit: is on the wrong side of “enter”" */
} RnThresholdFault;

typedef struct {
  guint n;      /* all of them */
  guint n_kept; /* of them the first */
  const RnThresholdFault *faults;
} RnThresholdFaults;

RnThresholdFaults *rn_threshold_faults_new (void);
RnThresholdFaults *rn_threshold_faults_ref (const RnThresholdFaults *self);
void rn_threshold_faults_unref (const RnThresholdFaults *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnThresholdFaults, rn_threshold_faults_unref)
/** Before it is shared. */
void rn_threshold_faults_add (RnThresholdFaults *self, const char *section, const char *what);

/** Those of @rules, as far as they are enabled, over the sections of @network. Caller's. */
RnThresholdFaults *rn_threshold_faults_find (const RnRuleSet *rules, const RnNetwork *network);
