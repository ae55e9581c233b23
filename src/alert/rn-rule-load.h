/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the alerts of one rule did in a shift, and the mend that follows from it. Bounded: the last
 * samples of each kind. Pure; one thread at a time; owned by RnAlertFigures. */
#pragma once

#include "alert/rn-alert-figures.h"

#define RN_LOAD_SAMPLES 64

/* The last values of something, each with the tier that it was seen at. */
typedef struct {
  guint n; /* ever */
  double values[RN_LOAD_SAMPLES];
  guint8 tiers[RN_LOAD_SAMPLES];
} RnLoadSamples;

typedef struct {
  char *rule;
  guint n_new, n_returned, n_chattering, n_fleeting, n_stale, n_never, n_ended;
  guint n_new_by_tier[RN_N_TIERS];
  gint64 period_us;             /* from sample to sample, as last seen; 0 not known */
  RnLoadSamples entered;        /* values with which rows came */
  RnLoadSamples left_too_early; /* values at leaving, of those that returned */
  RnLoadSamples away_s;         /* from leaving to returning */
  RnLoadSamples short_s;        /* how long fleeting ones held */
} RnRuleLoad;

RnRuleLoad *rn_rule_load_new (const char *rule);
void rn_rule_load_free (RnRuleLoad *self);

/** A value that is not finite is passed over. */
void rn_load_samples_add (RnLoadSamples *self, double value, int tier);
/** The value that a share @p of the samples of @tier (0: of all) does not pass; NaN without any. */
double rn_load_samples_quantile (const RnLoadSamples *self, int tier, double p);

/** Things that were asked of an operator, and those that were asked in vain. */
guint rn_rule_load_weight (const RnRuleLoad *self);

/** @rule as it is now, or NULL; @hours: of the shift so far. */
RnMend rn_rule_load_mend (const RnRuleLoad *self, const RnRule *rule, double hours);
