/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values over time as rule tests write them: "0.8x10 0.2x5" is ten samples of 0.8, then five of
 * 0.2; "100+20x4" is 100, 120, 140, 160; "_" is a sample without a value. Words ("ice x3" is
 * "icex3") where the measure has words. Pure. */
#pragma once

#include <glib.h>

typedef struct {
  guint n;
  double *value; /* NaN: no value */
} RnRulesSeries;

/** @words NULL: numbers; else the value is the index of the word. NULL and @error (the token that
 *  cannot be read, in words) on anything else. Caller's. */
RnRulesSeries *rn_rules_series_parse (const char *text, const char *const *words, GError **error);
void rn_rules_series_free (RnRulesSeries *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnRulesSeries, rn_rules_series_free)

/** The value of @sample; the last one stays. NULL @self gives NaN. */
double rn_rules_series_at (const RnRulesSeries *self, guint sample);
