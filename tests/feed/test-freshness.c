/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of freshness, as tables. Times in seconds. */
#include "feed/rn-freshness.h"

#define S G_GINT64_CONSTANT (1000000)

static void
test_age (void)
{
  g_assert_cmpint (rn_freshness_age_us (100 * S, 0, 0), ==, -1);
  g_assert_cmpint (rn_freshness_age_us (100 * S, 60 * S, 0), ==, 40 * S);
  g_assert_cmpint (rn_freshness_age_us (100 * S, 60 * S, 30 * S), ==, 10 * S);
  g_assert_cmpint (rn_freshness_age_us (100 * S, 60 * S, 50 * S), ==, 0);
  g_assert_cmpint (rn_freshness_age_us (100 * S, 130 * S, 0), ==, 0);
}

static void
test_suspect (void)
{
  g_assert_false (rn_freshness_is_suspect (100 * S, 160 * S));
  g_assert_true (rn_freshness_is_suspect (100 * S, 160 * S + 1));
  g_assert_false (rn_freshness_is_suspect (100 * S, 50 * S));
}

static void
test_state (void)
{
  static const struct {
    gint64 age, poll;
    gboolean has_data, suspect, frozen, person;
    RnFeedState state;
  } rows[] = {
    { 0, 30, TRUE, FALSE, FALSE, FALSE, RN_FEED_LIVE },
    { 65, 30, TRUE, FALSE, FALSE, FALSE, RN_FEED_LIVE }, /* 2 P + 5 */
    { 66, 30, TRUE, FALSE, FALSE, FALSE, RN_FEED_LATE },
    { 120, 30, TRUE, FALSE, FALSE, FALSE, RN_FEED_LATE }, /* 4 P */
    { 121, 30, TRUE, FALSE, FALSE, FALSE, RN_FEED_STALE },
    { 300, 30, TRUE, FALSE, FALSE, FALSE, RN_FEED_STALE }, /* 10 P */
    { 301, 30, TRUE, FALSE, FALSE, FALSE, RN_FEED_LOST },
    { 7, 1, TRUE, FALSE, FALSE, FALSE, RN_FEED_LIVE }, /* the grace of 5 s holds for short P */
    { 8, 1, TRUE, FALSE, FALSE, FALSE, RN_FEED_STALE },
    { 0, 30, TRUE, TRUE, FALSE, FALSE, RN_FEED_LATE }, /* from the future: never live */
    { 200, 30, TRUE, TRUE, FALSE, FALSE, RN_FEED_STALE },
    { 0, 30, TRUE, FALSE, TRUE, FALSE, RN_FEED_FROZEN },
    { 200, 30, TRUE, FALSE, TRUE, FALSE, RN_FEED_FROZEN },
    { 301, 30, TRUE, FALSE, TRUE, FALSE, RN_FEED_LOST }, /* the worst counts */
    { 0, 30, TRUE, FALSE, FALSE, TRUE, RN_FEED_LOST },
    { 0, 30, FALSE, FALSE, FALSE, FALSE, RN_FEED_WAITING },
    { 65, 30, FALSE, FALSE, FALSE, FALSE, RN_FEED_WAITING },
    { 66, 30, FALSE, FALSE, FALSE, FALSE, RN_FEED_LATE },
    { 301, 30, FALSE, FALSE, FALSE, FALSE, RN_FEED_LOST },
    { 0, 30, FALSE, TRUE, TRUE, FALSE, RN_FEED_WAITING }, /* nothing to suspect */
    { 0, 30, FALSE, FALSE, FALSE, TRUE, RN_FEED_LOST },
    { 99999, 0, TRUE, FALSE, FALSE, FALSE, RN_FEED_LIVE }, /* static */
    { 60, 0, FALSE, FALSE, FALSE, FALSE, RN_FEED_WAITING },
    { 301, 0, FALSE, FALSE, FALSE, FALSE, RN_FEED_LOST },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      RnFreshness in = { .age_us = rows[i].age * S,
                         .poll_us = rows[i].poll * S,
                         .has_data = rows[i].has_data,
                         .suspect = rows[i].suspect,
                         .frozen = rows[i].frozen,
                         .needs_person = rows[i].person };

      g_test_message ("row %u", i);
      g_assert_cmpint (rn_freshness_state (&in), ==, rows[i].state);
    }
}

static void
test_frozen_and_partial (void)
{
  g_assert_false (rn_freshness_is_frozen (149 * S, 0, 30 * S));
  g_assert_true (rn_freshness_is_frozen (150 * S, 0, 30 * S));
  g_assert_false (rn_freshness_is_frozen (150 * S, 0, 0));
  g_assert_true (rn_freshness_is_partial (59, 100));
  g_assert_false (rn_freshness_is_partial (60, 100));
  g_assert_true (rn_freshness_is_partial (0, 1));
  g_assert_false (rn_freshness_is_partial (0, 0));
  g_assert_false (rn_freshness_is_partial (100, 10));
  g_assert_false (rn_freshness_is_partial (G_MAXUINT, G_MAXUINT)); /* no overflow */
}

static void
test_lags (void)
{
  RnLags lags = { 0 };

  g_assert_cmpint (rn_lags_median_us (&lags), ==, 0);
  rn_lags_add (&lags, 3600 * S);
  rn_lags_add (&lags, 3600 * S);
  /* Two are no habit yet: an old document does not make itself fresh. */
  g_assert_cmpint (rn_lags_median_us (&lags), ==, 0);
  g_assert_cmpint (rn_lags_min_us (&lags), ==, 3600 * S);
  rn_lags_add (&lags, 10 * S);
  g_assert_cmpint (rn_lags_median_us (&lags), ==, 3600 * S);
  rn_lags_add (&lags, 12 * S);
  rn_lags_add (&lags, 14 * S);
  g_assert_cmpint (rn_lags_median_us (&lags), ==, 14 * S);
  g_assert_cmpint (rn_lags_min_us (&lags), ==, 10 * S);
  for (guint i = 0; i < RN_FRESHNESS_LAGS; i++)
    rn_lags_add (&lags, (gint64) i * S);
  g_assert_cmpuint (lags.n, ==, RN_FRESHNESS_LAGS);
  g_assert_cmpint (rn_lags_median_us (&lags), ==, 95 * S / 10);
  for (guint i = 0; i < RN_FRESHNESS_LAGS; i++)
    rn_lags_add (&lags, -5 * S);
  g_assert_cmpint (rn_lags_median_us (&lags), ==, 0);
  g_assert_cmpint (rn_lags_min_us (&lags), ==, 0);
}

static void
test_effective_poll (void)
{
  g_assert_cmpint (rn_freshness_effective_poll_us (0, 1), ==, 0);
  g_assert_cmpint (rn_freshness_effective_poll_us (30 * S, 1), ==, 30 * S);
  g_assert_cmpint (rn_freshness_effective_poll_us (1 * S, 1), ==, 5 * S);
  g_assert_cmpint (rn_freshness_effective_poll_us (30 * S, 10), ==, 30 * S);
  g_assert_cmpint (rn_freshness_effective_poll_us (30 * S, 60), ==, 60 * S);
  g_assert_cmpint (rn_freshness_effective_poll_us (30 * S, 0.5), ==, 30 * S);
}

static void
test_next_poll (void)
{
  static const struct {
    RnFeedKind kind;
    gint64 poll;
    double rate;
    gint64 now, observed, delay;
    guint failures;
    gboolean refused;
    gint64 retry;
    double jitter;
    gint64 wait_ms;
  } rows[] = {
    /* 2 s after the next observed_at */
    { RN_FEED_FLOW, 30, 1, 1000, 998, 0, 0, FALSE, 0, 0, 30000 },
    { RN_FEED_FLOW, 30, 1, 1010, 998, 8, 0, FALSE, 0, 0, 28000 },
    { RN_FEED_FLOW, 30, 1, 1000, 998, 0, 0, FALSE, 0, 1, 31500 },   /* jitter: P/20 */
    { RN_FEED_WORKS, 300, 1, 1000, 998, 0, 0, FALSE, 0, 1, 302000 }, /* at most 2 s */
    { RN_FEED_FLOW, 30, 1, 1028, 998, 0, 0, FALSE, 0, 0, 5000 },    /* not under 5 s */
    { RN_FEED_FLOW, 30, 10, 1028, 998, 0, 0, FALSE, 0, 0, 1000 },   /* nor 1 s at other rates */
    { RN_FEED_FLOW, 30, 10, 1000, 998, 0, 0, FALSE, 0, 0, 3000 },   /* P is data time */
    { RN_FEED_FLOW, 30, 0.5, 1000, 998, 0, 0, FALSE, 0, 0, 60000 },
    { RN_FEED_FLOW, 30, 1, 1000, 0, 0, 0, FALSE, 0, 0, 30000 },     /* no observed_at */
    { RN_FEED_FLOW, 30, 1, 1100, 998, 0, 0, FALSE, 0, 0, 20000 },   /* overdue: keeps the beat */
    { RN_FEED_FLOW, 30, 1, 1030, 998, 0, 0, FALSE, 0, 0, 30000 },
    { RN_FEED_FLOW, 30, 1, 1000, 5000, 0, 0, FALSE, 0, 0, 32000 },  /* from the future */
    /* back-off */
    { RN_FEED_FLOW, 30, 1, 1000, 998, 0, 1, FALSE, 0, 0, 5000 },
    { RN_FEED_FLOW, 30, 1, 1000, 998, 0, 2, FALSE, 0, 0, 10000 },
    { RN_FEED_FLOW, 30, 1, 1000, 998, 0, 3, FALSE, 0, 0, 20000 },
    { RN_FEED_FLOW, 30, 1, 1000, 998, 0, 5, FALSE, 0, 0, 60000 },   /* 2 P */
    { RN_FEED_INCIDENTS, 30, 1, 1000, 998, 0, 4000000000u, FALSE, 0, 0, 60000 },
    { RN_FEED_WEATHER, 60, 1, 1000, 998, 0, 5, FALSE, 0, 0, 80000 },
    { RN_FEED_WEATHER, 60, 1, 1000, 998, 0, 99, FALSE, 0, 0, 300000 }, /* 5 min */
    { RN_FEED_FLOW, 30, 10, 1000, 998, 0, 1, FALSE, 0, 0, 1000 },
    { RN_FEED_FLOW, 30, 10, 1000, 998, 0, 9, FALSE, 0, 0, 6000 },
    { RN_FEED_FLOW, 30, 60, 1000, 998, 0, 9, FALSE, 0, 0, 1000 },
    /* refused, told to wait */
    { RN_FEED_FLOW, 30, 1, 1000, 998, 0, 1, TRUE, 0, 0, 300000 },
    { RN_FEED_FLOW, 30, 1, 1000, 998, 0, 1, FALSE, 120, 0, 120000 },
    { RN_FEED_FLOW, 30, 1, 1000, 998, 0, 1, FALSE, 2, 0, 5000 },
    { RN_FEED_FLOW, 30, 1, 1000, 998, 0, 1, FALSE, 9999, 0, 900000 },
    { RN_FEED_NETWORK, 0, 1, 1000, 0, 0, 1, FALSE, 0, 0, 5000 },
    { RN_FEED_NETWORK, 0, 1, 1000, 0, 0, 99, FALSE, 0, 0, 60000 }, /* flow needs it */
    { RN_FEED_KPIS, 60, 10, 1000, 998, 0, 99, FALSE, 0, 0, 30000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      RnNextPoll in = { .kind = rows[i].kind,
                        .poll_us = rows[i].poll * S,
                        .rate = rows[i].rate,
                        .now_us = rows[i].now * S,
                        .observed_at_us = rows[i].observed * S,
                        .delay_us = rows[i].delay * S,
                        .failures = rows[i].failures,
                        .refused = rows[i].refused,
                        .retry_after_us = rows[i].retry * S,
                        .jitter = rows[i].jitter };

      g_test_message ("row %u", i);
      g_assert_cmpint (rn_freshness_next_poll_us (&in), ==, rows[i].wait_ms * 1000);
    }
}

static void
test_timeout (void)
{
  g_assert_cmpint (rn_freshness_timeout_us (20 * S, 1), ==, 20 * S);
  g_assert_cmpint (rn_freshness_timeout_us (300 * S, 1), ==, 30 * S);
  g_assert_cmpint (rn_freshness_timeout_us (30 * S, 60), ==, 5 * S);
  g_assert_cmpint (rn_freshness_timeout_us (0, 1), ==, 120 * S);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/feed/freshness/age", test_age);
  g_test_add_func ("/feed/freshness/suspect", test_suspect);
  g_test_add_func ("/feed/freshness/state", test_state);
  g_test_add_func ("/feed/freshness/frozen-and-partial", test_frozen_and_partial);
  g_test_add_func ("/feed/freshness/lags", test_lags);
  g_test_add_func ("/feed/freshness/effective-poll", test_effective_poll);
  g_test_add_func ("/feed/freshness/next-poll", test_next_poll);
  g_test_add_func ("/feed/freshness/timeout", test_timeout);
  return g_test_run ();
}
