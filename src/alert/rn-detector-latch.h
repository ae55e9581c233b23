/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is remembered of one rule and one subject, and how a sample changes it: hysteresis, delays,
 * n of m and missing data. Plain values and pure functions, driven by tables in the tests. Private
 * to the detector. */
#pragma once

#include "alert/rn-detector.h"

/** The limits that hold for a subject: the rule's, or the section's own. */
typedef struct {
  RnBadSide side;
  const RnRuleTier *tiers; /* RN_N_TIERS */
  guint ring;              /* greatest `count` of all tiers; 0: none uses n of m */
} RnLatchLimits;

/** Sets of tiers are bits 1 << tier. All zero: normal, nothing remembered. */
typedef struct {
  gint64 at_us; /* last sample, data time; 0 none */
  gint64
      since_us[RN_N_TIERS]; /* while pending its first bad sample, while keeping the first good */
  gint64 missing_us;        /* session's clock: since when there is no value; 0: there is one */
  gint64 missing_at_us;     /* data time of the frame in which it was first missing */
  double value;             /* of the last sample */
  guint32 n_samples;        /* since it became active */
  guint8 pending, latched, keeping;
  guint16 n_bad[RN_N_TIERS]; /* bad samples held in the tier's ring */
  gboolean restored;         /* from a journal and not seen in a frame yet */
} RnLatch;

typedef struct {
  double value;      /* never NaN */
  gint64 at_us;      /* data time */
  gboolean enters;   /* guards hold and the rule is in force: a tier may begin */
  gboolean early;    /* what bears on it is not all known yet: it counts, but latches nothing */
  gboolean back;     /* the clock went back: it begins anew and latches nothing */
  gint64 max_gap_us; /* 3 P: a longer gap counts towards no delay */
} RnSample;

/** Whether @value would enter @tier. */
gboolean rn_latch_is_bad (RnBadSide side, const RnRuleTier *tier, double value);

/** @bad: RN_N_TIERS rings of limits->ring times, kept with the latch; NULL when ring is 0. */
void
rn_latch_take (RnLatch *self, const RnLatchLimits *limits, const RnSample *sample, gint64 *bad);

/** The value is missing or not usable in a step. Returns for how long on the session's clock. */
gint64 rn_latch_miss (RnLatch *self, gint64 now_us, gint64 frame_at_us);
/** Nothing but missing data: the rule's mildest tier latches. */
void rn_latch_set_missing (RnLatch *self, const RnLatchLimits *limits, gint64 at_us);
/** As a journal tells it: @tier and what is milder is latched. */
void rn_latch_restore (RnLatch *self, const RnLatchLimits *limits, RnCondition condition, int tier,
                       gint64 at_us);
/** Only pending ones are forgotten. */
void rn_latch_drop_pending (RnLatch *self);

/** PENDING also counts when only samples of a window are remembered. */
RnCondition rn_latch_condition (const RnLatch *self);
int rn_latch_tier (const RnLatch *self); /* worst latched; 0 none */
/** The limit that it stands at: entering while active, leaving while recovering; NaN for sets. */
double rn_latch_threshold (const RnLatch *self, const RnLatchLimits *limits);
/** The tier that is entered first: the largest number that is on; 0 none. */
int rn_latch_mildest (const RnRuleTier *tiers);
