/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worst trouble of a rule decides: coming and going, then over too soon, then standing for a
 * day, then nobody answering, then too many. A number is proposed only when it is computed from
 * enough samples and stays within reason; else the words stand alone. Pure. */
#include "alert/rn-rule-load.h"

#include <math.h>
#include <string.h>

#define ENOUGH 3         /* samples behind a number */
#define MOST_OF_THEM 0.9 /* that a mend should have helped */
#define HALF 0.5
#define MILDER_HALF 0.51 /* of two middle values the milder one */
#define EXIT_REACH 3.0   /* times the present hysteresis that an exit may be moved by */
#define LONGEST_S 3600.0 /* a delay beyond this hides what it should tell */
/* Of one rule alone: all that one operator can take (ISA-18.2). Not before an hour has gone: at the
 * start of the program all that stands is new. */
#define TOO_MANY_AN_HOUR 6
#define SERIOUS 0.25 /* share of a rule's rows from which a trouble is one */

RnRuleLoad *
rn_rule_load_new (const char *rule)
{
  RnRuleLoad *self = g_new0 (RnRuleLoad, 1);

  self->rule = g_strdup (rule);
  return self;
}

void
rn_rule_load_free (RnRuleLoad *self)
{
  g_free (self->rule);
  g_free (self);
}

/* ---- samples --------------------------------------------------------------------------------- */

void
rn_load_samples_add (RnLoadSamples *self, double value, int tier)
{
  guint i = self->n % RN_LOAD_SAMPLES;

  if (!isfinite (value))
    return;
  self->values[i] = value;
  self->tiers[i] = (guint8) tier;
  self->n++;
}

static guint
copy_of_tier (const RnLoadSamples *self, int tier, double *values)
{
  guint n = 0;

  for (guint i = 0; i < MIN (self->n, RN_LOAD_SAMPLES); i++)
    if (tier == 0 || self->tiers[i] == tier)
      values[n++] = self->values[i];
  return n;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

double
rn_load_samples_quantile (const RnLoadSamples *self, int tier, double p)
{
  double values[RN_LOAD_SAMPLES];
  guint n = copy_of_tier (self, tier, values);

  if (n == 0)
    return NAN;
  qsort (values, n, sizeof *values, compare_doubles);
  return values[(guint) ceil (p * n) - (p > 0)];
}

static guint
count_of_tier (const RnLoadSamples *self, int tier)
{
  double values[RN_LOAD_SAMPLES];

  return copy_of_tier (self, tier, values);
}

/* ---- mends ----------------------------------------------------------------------------------- */

guint
rn_rule_load_weight (const RnRuleLoad *self)
{
  return self->n_new + self->n_returned + self->n_fleeting;
}

/* The tier that its rows came with most often. */
static int
usual_tier (const RnRuleLoad *self)
{
  int usual = 0;

  for (int tier = 1; tier < RN_N_TIERS; tier++)
    if (self->n_new_by_tier[tier] > self->n_new_by_tier[usual])
      usual = tier;
  return usual;
}

static const RnRuleTier *
tier_of (const RnRule *rule, int tier)
{
  return rule != NULL && tier > 0 && rule->tiers[tier].on ? &rule->tiers[tier] : NULL;
}

/* The quantile on the good side: where low is bad, high values are good. */
static double
good_quantile (const RnLoadSamples *samples, const RnRule *rule, int tier, double p)
{
  return rn_load_samples_quantile (samples, tier,
                                   rn_rule_bad_side (rule) == RN_BAD_LOW ? p : 1 - p);
}

/* An exit that most of those that came back would not have passed. */
static gboolean
mend_exit (const RnRuleLoad *self, const RnRule *rule, const RnRuleTier *limits, RnMend *mend)
{
  double reach, left;

  if (rn_rule_bad_side (rule) == RN_BAD_SET || isnan (limits->exit)
      || count_of_tier (&self->left_too_early, mend->tier) < ENOUGH)
    return FALSE;
  left = good_quantile (&self->left_too_early, rule, mend->tier, MOST_OF_THEM);
  mend->from = limits->exit;
  mend->to = rn_mend_round (left, limits->exit);
  reach = MAX (fabs (limits->enter - limits->exit) * EXIT_REACH,
               fabs (rn_mend_round (limits->exit, limits->exit) - limits->exit));
  mend->kind = RN_MEND_EXIT;
  return fabs (mend->to - mend->from) > 1e-6 && fabs (mend->to - mend->from) <= reach + 1e-6
         && !rn_rule_is_beyond (rule, mend->to, limits->exit);
}

static gboolean
mend_keep (const RnRuleLoad *self, const RnRuleTier *limits, RnMend *mend)
{
  double away_s = rn_load_samples_quantile (&self->away_s, 0, MOST_OF_THEM);

  if (count_of_tier (&self->away_s, 0) < ENOUGH)
    return FALSE;
  mend->from = (double) limits->keep_us / G_USEC_PER_SEC;
  mend->to = rn_mend_round_s (away_s);
  mend->kind = RN_MEND_KEEP;
  return mend->to > mend->from && mend->to <= LONGEST_S;
}

static gboolean
mend_for (const RnRuleLoad *self, const RnRuleTier *limits, RnMend *mend)
{
  double held_s = rn_load_samples_quantile (&self->short_s, 0, MOST_OF_THEM);

  if (count_of_tier (&self->short_s, 0) < ENOUGH || limits->count > 0)
    return FALSE;
  mend->from = (double) limits->for_us / G_USEC_PER_SEC;
  mend->to = rn_mend_round_s (mend->from + held_s);
  mend->kind = RN_MEND_FOR;
  return mend->to > mend->from && mend->to <= LONGEST_S;
}

/* A limit that the milder half of the rows would not have reached. */
static gboolean
mend_enter (const RnRuleLoad *self, const RnRule *rule, const RnRuleTier *limits, RnMend *mend)
{
  double half;

  if (rn_rule_bad_side (rule) == RN_BAD_SET || count_of_tier (&self->entered, mend->tier) < ENOUGH)
    return FALSE;
  half = good_quantile (&self->entered, rule, mend->tier, MILDER_HALF);
  mend->from = limits->enter;
  mend->to = rn_mend_round (half, limits->enter);
  mend->kind = RN_MEND_ENTER;
  return fabs (mend->to - mend->from) > 1e-6 && rn_rule_is_beyond (rule, mend->to, limits->enter)
         && (mend->to > 0 || limits->enter <= 0);
}

static gboolean
is_serious (guint n, guint of)
{
  return n > 0 && n >= SERIOUS * of;
}

static RnMend
without_number (RnMend mend, RnMendKind kind)
{
  mend.kind = kind;
  mend.from = mend.to = NAN;
  return mend;
}

RnMend
rn_rule_load_mend (const RnRuleLoad *self, const RnRule *rule, double hours)
{
  RnMend mend = { .kind = RN_MEND_NONE, .tier = usual_tier (self), .from = NAN, .to = NAN };
  const RnRuleTier *limits = tier_of (rule, mend.tier);

  mend.of = self->n_new;
  if (self->n_chattering > 0 || is_serious (self->n_returned, self->n_new))
    {
      mend.n = self->n_returned;
      mend.of = MAX (self->n_new, self->n_returned);
      if (limits != NULL
          && (mend_exit (self, rule, limits, &mend) || mend_keep (self, limits, &mend)))
        return mend;
      if (self->n_chattering > 0)
        return without_number (mend, RN_MEND_CHECK);
      mend.of = self->n_new;
    }
  if (is_serious (self->n_fleeting, self->n_new))
    {
      mend.n = self->n_fleeting;
      if (limits != NULL && mend_for (self, limits, &mend))
        return mend;
      if (self->n_fleeting >= ENOUGH)
        return without_number (mend, RN_MEND_CHECK);
    }
  if (self->n_stale > 0)
    {
      mend.n = self->n_stale;
      return without_number (mend, RN_MEND_SCOPE);
    }
  if (self->n_never >= ENOUGH && self->n_never >= HALF * self->n_ended)
    {
      mend.n = self->n_never;
      mend.of = self->n_ended;
      if (limits != NULL && mend_enter (self, rule, limits, &mend))
        return mend;
      return without_number (mend, RN_MEND_RETIRE);
    }
  mend.n = 0;
  if (hours < 1 || self->n_new <= TOO_MANY_AN_HOUR * hours)
    return without_number (mend, RN_MEND_NONE);
  if (limits != NULL && mend_enter (self, rule, limits, &mend))
    return mend;
  return without_number (mend, RN_MEND_ENTER);
}
