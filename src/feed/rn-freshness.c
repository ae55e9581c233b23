/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header: the thresholds of the operations API, and nothing else. */
#include "feed/rn-freshness.h"

#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)

#define STATIC_WAIT_US (30 * SECOND) /* stands for P while a static feed has no data */
#define LIVE_GRACE_US (5 * SECOND)
#define SUSPECT_US MINUTE
#define FROZEN_POLLS 5
#define PARTIAL_PERCENT 60

#define AIM_US (2 * SECOND) /* after the next expected observed_at */
#define MAX_JITTER_US (2 * SECOND)
#define MIN_POLL_US (5 * SECOND) /* wall, at rate 1 */
#define MIN_FAST_POLL_US SECOND  /* wall, at other rates */
#define MAX_BACKOFF_US (5 * MINUTE)
#define REFUSED_US (5 * MINUTE)
#define MAX_RETRY_AFTER_US (15 * MINUTE)

#define MAX_TIMEOUT_US (30 * SECOND)
#define MIN_TIMEOUT_US (5 * SECOND)
#define STATIC_TIMEOUT_US (2 * MINUTE)

void
rn_lags_add (RnLags *self, gint64 lag_us)
{
  self->lag_us[self->next] = lag_us;
  self->next = (self->next + 1) % RN_FRESHNESS_LAGS;
  self->n = MIN (self->n + 1, RN_FRESHNESS_LAGS);
}

static int
compare_lag (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

gint64
rn_lags_median_us (const RnLags *self)
{
  gint64 sorted[RN_FRESHNESS_LAGS];
  gint64 median;

  if (self->n < RN_FRESHNESS_MIN_LAGS)
    return 0;
  memcpy (sorted, self->lag_us, self->n * sizeof *sorted);
  qsort (sorted, self->n, sizeof *sorted, compare_lag);
  median =
      self->n % 2 == 1 ? sorted[self->n / 2] : (sorted[self->n / 2 - 1] + sorted[self->n / 2]) / 2;
  return MAX (median, 0);
}

gint64
rn_lags_min_us (const RnLags *self)
{
  gint64 least = self->n > 0 ? self->lag_us[0] : 0;

  for (guint i = 1; i < self->n; i++)
    least = MIN (least, self->lag_us[i]);
  return MAX (least, 0);
}

gint64
rn_freshness_age_us (gint64 now_us, gint64 observed_at_us, gint64 delay_us)
{
  if (observed_at_us == 0)
    return -1;
  return MAX (now_us - observed_at_us - delay_us, 0);
}

gboolean
rn_freshness_is_suspect (gint64 now_us, gint64 observed_at_us)
{
  return observed_at_us - now_us > SUSPECT_US;
}

static RnFeedState
state_of_age (const RnFreshness *in)
{
  gint64 poll_us = in->poll_us > 0 ? in->poll_us : STATIC_WAIT_US;

  if (in->poll_us <= 0 && in->has_data)
    return RN_FEED_LIVE;
  if (in->age_us <= 2 * poll_us + LIVE_GRACE_US)
    return in->has_data ? RN_FEED_LIVE : RN_FEED_WAITING;
  if (in->age_us <= 4 * poll_us)
    return RN_FEED_LATE;
  return in->age_us <= 10 * poll_us ? RN_FEED_STALE : RN_FEED_LOST;
}

RnFeedState
rn_freshness_state (const RnFreshness *in)
{
  RnFeedState state = state_of_age (in);

  if (in->has_data && in->suspect)
    state = MAX (state, RN_FEED_LATE);
  if (in->has_data && in->frozen)
    state = MAX (state, RN_FEED_FROZEN);
  if (in->needs_person)
    state = RN_FEED_LOST;
  return state;
}

gboolean
rn_freshness_is_frozen (gint64 now_us, gint64 changed_at_us, gint64 poll_us)
{
  return poll_us > 0 && now_us - changed_at_us >= FROZEN_POLLS * poll_us;
}

gboolean
rn_freshness_is_partial (guint rows, guint rows_before)
{
  return (guint64) rows * 100 < (guint64) rows_before * PARTIAL_PERCENT;
}

static gint64
least_poll_us (double rate)
{
  return rate == 1.0 ? MIN_POLL_US : MIN_FAST_POLL_US;
}

gint64
rn_freshness_effective_poll_us (gint64 poll_us, double rate)
{
  if (poll_us <= 0)
    return 0;
  return MAX (poll_us, (gint64) ((double) least_poll_us (rate) * rate));
}

/* Data time to wall time. */
static gint64
to_wall_us (const RnNextPoll *in, gint64 data_us)
{
  return (gint64) ((double) data_us / in->rate);
}

static gint64
backoff_us (const RnNextPoll *in)
{
  /* The network counts as flow: without it there is none. */
  gboolean urgent =
      in->kind == RN_FEED_FLOW || in->kind == RN_FEED_INCIDENTS || in->kind == RN_FEED_NETWORK;
  gint64 poll_us = in->poll_us > 0 ? in->poll_us : STATIC_WAIT_US;
  gint64 most = to_wall_us (in, urgent ? 2 * poll_us : MAX_BACKOFF_US);
  gint64 wait = least_poll_us (in->rate) << MIN (in->failures - 1, 20);

  wait = CLAMP (wait, least_poll_us (in->rate), MAX (most, least_poll_us (in->rate)));
  if (in->refused)
    wait = REFUSED_US;
  return MAX (wait, MIN (in->retry_after_us, MAX_RETRY_AFTER_US));
}

gint64
rn_freshness_next_poll_us (const RnNextPoll *in)
{
  gint64 poll_us = MAX (in->poll_us, 1), wait_us = poll_us, jitter_us;

  if (in->failures > 0)
    return backoff_us (in);
  if (in->observed_at_us != 0)
    wait_us = in->observed_at_us + poll_us + in->delay_us + AIM_US - in->now_us;
  /* Overdue: the next after that which can still be met. Far ahead: not further than one poll. */
  if (wait_us <= 0)
    wait_us = poll_us - (-wait_us % poll_us);
  wait_us = MIN (wait_us, poll_us + AIM_US);
  jitter_us = (gint64) (in->jitter * MIN (poll_us / 20, MAX_JITTER_US));
  return MAX (to_wall_us (in, wait_us + jitter_us), least_poll_us (in->rate));
}

gint64
rn_freshness_timeout_us (gint64 poll_us, double rate)
{
  if (poll_us <= 0)
    return STATIC_TIMEOUT_US;
  return CLAMP ((gint64) ((double) poll_us / rate), MIN_TIMEOUT_US, MAX_TIMEOUT_US);
}
