/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of freshness, "Poll rules of the client" of the operations API, as pure functions: how
 * old, how bad, when next. All times are µs; "now" is the source's clock unless said otherwise. */
#pragma once

#include "model/rn-feed-status.h"

#define RN_FRESHNESS_LAGS 20    /* answers whose median lag stands for an unknown delay */
#define RN_FRESHNESS_MIN_LAGS 3 /* fewer are no median: one old document would be its own measure */

/** The lags of the last answers that brought new data. Plain value, zero-initialised. */
typedef struct {
  gint64 lag_us[RN_FRESHNESS_LAGS];
  guint n, next;
} RnLags;

/** Adds the lag (receipt − observed_at) of an answer with a new observed_at. */
void rn_lags_add (RnLags *self, gint64 lag_us);
/** Median of the lags, 0 while there are fewer than RN_FRESHNESS_MIN_LAGS. Never negative. */
gint64 rn_lags_median_us (const RnLags *self);
/** The shortest, 0 when there is none: when an answer can be there at the earliest. */
gint64 rn_lags_min_us (const RnLags *self);

/** now − observed_at − delay, at least 0; -1 when @observed_at_us is 0 (unknown). */
gint64 rn_freshness_age_us (gint64 now_us, gint64 observed_at_us, gint64 delay_us);

/** More than 60 s ahead of now. */
gboolean rn_freshness_is_suspect (gint64 now_us, gint64 observed_at_us);

/** What the state of a feed follows from. */
typedef struct {
  gint64 age_us;  /* of the data; of the wait while there is none */
  gint64 poll_us; /* P; 0: a static feed, which does not age */
  gboolean has_data;
  gboolean suspect;
  gboolean frozen;
  gboolean needs_person; /* the last try failed in a way that only a person can mend */
} RnFreshness;

/** live ≤ 2 P + 5 s, late ≤ 4 P, stale > 4 P, lost > 10 P or when a person is needed; the worst of
 *  this and frozen. Suspect data is never live. Without data: waiting for 2 P + 5 s, then as
 *  above. */
RnFeedState rn_freshness_state (const RnFreshness *in);

/** Whether nothing has moved for 5 P. @changed_at_us: when it last did. */
gboolean rn_freshness_is_frozen (gint64 now_us, gint64 changed_at_us, gint64 poll_us);

/** Under 60 % of the rows of the answer before. */
gboolean rn_freshness_is_partial (guint rows, guint rows_before);

/** P as it can be kept: never under 5 s of wall time at rate 1, 1 s at other rates. Data time; 0
 *  stays 0. All limits of age are of this P: a clock that runs fast makes nothing late. */
gint64 rn_freshness_effective_poll_us (gint64 poll_us, double rate);

typedef struct {
  RnFeedKind kind;
  gint64 poll_us;        /* P, effective, data time; 0: static */
  double rate;           /* of the source's clock */
  gint64 now_us;         /* the source's clock */
  gint64 observed_at_us; /* of the last answer; 0 unknown */
  gint64 delay_us;       /* from observed_at to its being served */
  guint failures;        /* in a row; 0: the last try was good */
  gboolean refused;      /* 401, 403 */
  gint64 retry_after_us; /* wall time; 0 none */
  double jitter;         /* 0 … 1, random */
} RnNextPoll;

/** Wall µs from now to the next poll. After success: 2 s (data time) after the next observed_at
 *  that is to be expected, plus a jitter of at most P/20 and 2 s; not under 5 s at rate 1, 1 s at
 *  others. After a failure: back-off from 5 s (1 s), doubling to at most 2 P for flow and
 *  incidents (and the network, which both need: 1 min) and 5 min for the others; 5 min when
 *  refused; Retry-After where it is longer, up to 15 min. */
gint64 rn_freshness_next_poll_us (const RnNextPoll *in);

/** How long an exchange may take, wall µs: P, at most 30 s, at least 5 s; 2 min for what is static
 *  (P = 0) and may be large. */
gint64 rn_freshness_timeout_us (gint64 poll_us, double rate);
