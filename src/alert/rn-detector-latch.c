/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each tier is a latch of its own:
 *   off → pending (bad since …) → latched → keeping (good since …) → off
 * where "good" is not beyond `exit`, and between both limits nothing begins and nothing ends: a
 * pending tier starts anew, a keeping one is latched as before. */
#include "alert/rn-detector-latch.h"

#include <math.h>
#include <string.h>

static gboolean
in_set (guint set, double value)
{
  return value >= 0 && value < 32 && (set & (1u << (guint) value)) != 0;
}

gboolean
rn_latch_is_bad (RnBadSide side, const RnRuleTier *tier, double value)
{
  return side == RN_BAD_SET ? in_set (tier->set, value)
                            : rn_bad_side_is_beyond (side, value, tier->enter);
}

/* Safely out again. Without an exit of its own a tier is left where it is entered. */
static gboolean
is_clear (RnBadSide side, const RnRuleTier *tier, double value)
{
  if (side == RN_BAD_SET)
    return !in_set (tier->set, value);
  return !rn_bad_side_is_beyond (side, value, isnan (tier->exit) ? tier->enter : tier->exit);
}

/* ---- n of m -------------------------------------------------------------------------------- */

/* A ring is the times of the last bad samples, oldest first, at most `count` of them. */
static void
ring_prune (gint64 *ring, guint16 *n, gint64 before_us)
{
  guint old = 0;

  while (old < *n && ring[old] < before_us)
    old++;
  if (old == 0)
    return;
  memmove (ring, ring + old, (*n - old) * sizeof *ring);
  *n -= old;
}

static void
ring_add (gint64 *ring, guint16 *n, guint count, gint64 at_us)
{
  if (*n > 0 && ring[*n - 1] == at_us)
    return; /* judged again */
  if (*n >= count)
    {
      memmove (ring, ring + (*n - count + 1), (count - 1) * sizeof *ring);
      *n = count - 1;
    }
  ring[(*n)++] = at_us;
}

/* ---- one tier ------------------------------------------------------------------------------ */

static void
take_latched (RnLatch *self, RnBadSide side, const RnRuleTier *tier, int t, const RnSample *sample)
{
  guint8 bit = 1 << t;

  if (tier->on && !is_clear (side, tier, sample->value))
    {
      self->keeping &= ~bit;
      return;
    }
  if (!(self->keeping & bit))
    {
      self->keeping |= bit;
      self->since_us[t] = sample->at_us;
    }
  if (!tier->on || sample->at_us - self->since_us[t] >= tier->keep_us)
    {
      self->latched &= ~bit;
      self->keeping &= ~bit;
    }
}

/* Whether bad samples are enough, this one among the rest; keeps `pending` and `since`. */
static gboolean
is_due (RnLatch *self, const RnRuleTier *tier, int t, const RnSample *sample, gboolean bad,
        gint64 *ring)
{
  guint8 bit = 1 << t;
  guint count = tier->count;

  if (tier->window_us > 0 && count > 0)
    ring_prune (ring, &self->n_bad[t], sample->at_us - tier->window_us);
  else if (!bad)
    self->n_bad[t] = 0;
  if (bad && count > 0)
    ring_add (ring, &self->n_bad[t], count, sample->at_us);
  if (!bad)
    {
      if (self->n_bad[t] == 0)
        self->pending &= ~bit;
      return FALSE;
    }
  if (!(self->pending & bit))
    {
      self->pending |= bit;
      self->since_us[t] = sample->at_us;
    }
  return (count == 0 || self->n_bad[t] >= count)
         && sample->at_us - self->since_us[t] >= tier->for_us;
}

static void
take_free (RnLatch *self, RnBadSide side, const RnRuleTier *tier, int t, const RnSample *sample,
           gint64 *ring)
{
  gboolean bad = tier->on && sample->enters && rn_latch_is_bad (side, tier, sample->value);

  if (!is_due (self, tier, t, sample, bad, ring) || sample->back || sample->early)
    return;
  self->latched |= 1 << t;
  self->pending &= ~(1 << t);
  self->n_bad[t] = 0;
}

/* ---- samples ------------------------------------------------------------------------------- */

void
rn_latch_drop_pending (RnLatch *self)
{
  self->pending = 0;
  memset (self->n_bad, 0, sizeof self->n_bad);
}

/* What lies between the last sample and this one counts towards no delay. */
static void
skip_gap (RnLatch *self, gint64 at_us)
{
  rn_latch_drop_pending (self);
  for (int t = 1; t < RN_N_TIERS; t++)
    if (self->keeping & (1 << t))
      self->since_us[t] = MIN (self->since_us[t] + at_us - self->at_us, at_us);
}

void
rn_latch_take (RnLatch *self, const RnLatchLimits *limits, const RnSample *sample, gint64 *bad)
{
  gboolean was_latched = self->latched != 0;

  if (self->at_us != 0 && (sample->back || sample->at_us - self->at_us > sample->max_gap_us))
    skip_gap (self, sample->at_us);
  for (int t = 1; t < RN_N_TIERS; t++)
    {
      const RnRuleTier *tier = &limits->tiers[t];

      if (self->latched & (1 << t))
        take_latched (self, limits->side, tier, t, sample);
      else if (tier->on || (self->pending & (1 << t)))
        take_free (self, limits->side, tier, t, sample,
                   bad != NULL ? bad + t * limits->ring : NULL);
    }
  self->at_us = sample->at_us;
  self->value = sample->value;
  self->missing_us = self->missing_at_us = 0;
  self->restored = FALSE;
  self->n_samples = self->latched == 0 ? 0 : was_latched ? self->n_samples + 1 : 1;
}

gint64
rn_latch_miss (RnLatch *self, gint64 now_us, gint64 frame_at_us)
{
  /* 0 says that nothing is missing; a clock that went back begins to count again. */
  if (self->missing_us == 0 || self->missing_us > now_us)
    {
      self->missing_us = now_us != 0 ? now_us : 1;
      self->missing_at_us = frame_at_us;
    }
  return now_us - self->missing_us;
}

void
rn_latch_set_missing (RnLatch *self, const RnLatchLimits *limits, gint64 at_us)
{
  int mildest = rn_latch_mildest (limits->tiers);

  rn_latch_drop_pending (self);
  if (mildest == 0)
    return;
  self->latched = 1 << mildest;
  self->keeping = 0;
  self->n_samples = 0;
  if (self->at_us == 0)
    self->at_us = at_us;
}

void
rn_latch_restore (RnLatch *self, const RnLatchLimits *limits, RnCondition condition, int tier,
                  gint64 at_us)
{
  *self = (RnLatch){ .at_us = at_us, .value = NAN, .n_samples = 1, .restored = TRUE };
  for (int t = tier; t < RN_N_TIERS; t++)
    if (t == tier || limits->tiers[t].on)
      self->latched |= 1 << t;
  if (condition != RN_CONDITION_RECOVERING)
    return;
  self->keeping = self->latched;
  for (int t = tier; t < RN_N_TIERS; t++)
    self->since_us[t] = at_us;
}

/* ---- reading ------------------------------------------------------------------------------- */

RnCondition
rn_latch_condition (const RnLatch *self)
{
  if (self->latched != 0)
    return self->keeping == self->latched ? RN_CONDITION_RECOVERING : RN_CONDITION_ACTIVE;
  return self->pending != 0 ? RN_CONDITION_PENDING : RN_CONDITION_NORMAL;
}

int
rn_latch_tier (const RnLatch *self)
{
  return self->latched != 0 ? g_bit_nth_lsf (self->latched, -1) : 0;
}

double
rn_latch_threshold (const RnLatch *self, const RnLatchLimits *limits)
{
  int tier = rn_latch_tier (self);
  const RnRuleTier *at = &limits->tiers[tier];

  if (tier == 0 || limits->side == RN_BAD_SET)
    return NAN;
  return rn_latch_condition (self) == RN_CONDITION_RECOVERING && !isnan (at->exit) ? at->exit
                                                                                   : at->enter;
}

int
rn_latch_mildest (const RnRuleTier *tiers)
{
  for (int t = RN_N_TIERS - 1; t > 0; t--)
    if (tiers[t].on)
      return t;
  return 0;
}
