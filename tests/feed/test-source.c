/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A source that polls a server, from its first answer over all that may go wrong back to the truth,
 * on a manual clock. */
#include <math.h>

#include "source-help.h"

static void
test_start (Stage *stage, gconstpointer data)
{
  g_autoptr (RnFeedStatus) flow = NULL;
  RnFrameParts parts;

  watch (stage);
  parts = parts_of (stage);
  g_assert_nonnull (parts.network);
  g_assert_cmpuint (parts.network->n_sections, ==, N_SECTIONS);
  g_assert_nonnull (parts.flow);
  g_assert_cmpfloat (parts.flow->flow_vph[7], ==, 1007);
  g_assert_cmpint (parts.flow_quality_cap, ==, RN_QUALITY_LIVE);
  g_assert_cmpint (parts.now_us, ==, T0);
  g_assert_cmpint (parts.poll_us, ==, 30 * S);
  g_assert_cmpuint (parts.incidents->len, ==, 3);
  g_assert_cmpstr (rn_source_get_title (stage->source), ==, "Test");
  g_assert_cmpstr (g_time_zone_get_identifier (rn_source_get_timezone (stage->source)), ==,
                   "Asia/Shanghai");
  /* works and the rest answer 404: not offered, no fault */
  g_assert_cmpuint (rn_source_get_feeds (stage->source), ==,
                    1 << RN_FEED_NETWORK | 1 << RN_FEED_FLOW | 1 << RN_FEED_INCIDENTS);
  flow = status_of (stage, RN_FEED_FLOW);
  g_assert_cmpint (flow->state, ==, RN_FEED_LIVE);
  g_assert_cmpint (flow->observed_at_us, ==, T0);
  g_assert_cmpuint (flow->rows, ==, N_SECTIONS);
  g_assert_cmpint (flow->last_success_us, ==, T0);
  g_assert_null (flow->error);
  /* 2 s after the next expected observed_at, jitter at most 1.5 s */
  g_assert_cmpint (flow->next_poll_us, >=, T0 + 32 * S);
  g_assert_cmpint (flow->next_poll_us, <=, T0 + 34 * S);
}

static void
test_beat (Stage *stage, gconstpointer data)
{
  watch (stage);
  advance (stage, 600);
  /* each of the 20 answers of 10 min was read, none twice, and the data never aged over a period */
  g_assert_cmpuint (stage->n_requests[RN_FEED_FLOW], >=, 19);
  g_assert_cmpuint (stage->n_requests[RN_FEED_FLOW], <=, 22);
  g_assert_cmpuint (stage->n_changed[RN_FEED_FLOW], ==, stage->n_requests[RN_FEED_FLOW]);
  g_assert_cmpuint (stage->n_requests[RN_FEED_NETWORK], ==, 1);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LIVE);
  /* what is not offered is asked for again, but seldom */
  g_assert_cmpuint (stage->n_requests[RN_FEED_WORKS], ==, 3);
}

static void
test_ageing (Stage *stage, gconstpointer data)
{
  guint n_status;

  watch (stage);
  n_status = stage->n_status[RN_FEED_FLOW];
  hang_up (stage);
  g_assert_cmpuint (advance_until (stage, RN_FEED_FLOW, RN_FEED_LATE, 100), ==, 66);
  g_assert_cmpuint (advance_until (stage, RN_FEED_FLOW, RN_FEED_STALE, 100), ==, 55);
  g_assert_cmpuint (advance_until (stage, RN_FEED_FLOW, RN_FEED_LOST, 300), ==, 180);
  g_assert_cmpuint (stage->n_status[RN_FEED_FLOW], >, n_status + 3);
  {
    g_autoptr (RnFeedStatus) status = status_of (stage, RN_FEED_FLOW);
    RnFrameParts parts = parts_of (stage);

    g_assert_nonnull (status->error);
    g_assert_cmpuint (status->attempt, >, 4);
    g_assert_cmpint (status->failing_since_us, >, T0);
    g_assert_cmpint (status->age_us, ==, 301 * S);
    g_assert_nonnull (parts.flow); /* held */
    g_assert_cmpint (parts.flow_quality_cap, ==, RN_QUALITY_LOST);
  }
}

/* Within two intervals the screen tells the truth again, for all feeds. */
static void
test_recovery (Stage *stage, gconstpointer data)
{
  watch (stage);
  hang_up (stage);
  advance (stage, 1200);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LOST);
  listen_on (stage, stage->port);
  g_assert_cmpuint (advance_until (stage, RN_FEED_FLOW, RN_FEED_LIVE, 60), <=, 60);
  g_assert_cmpint (state_of (stage, RN_FEED_INCIDENTS), ==, RN_FEED_LIVE);
  {
    g_autoptr (RnFeedStatus) status = status_of (stage, RN_FEED_FLOW);

    g_assert_null (status->error);
    g_assert_cmpuint (status->attempt, ==, 0);
    g_assert_cmpint (status->failing_since_us, ==, 0);
  }
}

/* A server that is not there yet when we begin. */
static void
test_late_server (Stage *stage, gconstpointer data)
{
  hang_up (stage);
  watch (stage);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_WAITING);
  {
    g_autoptr (RnFeedStatus) status = status_of (stage, RN_FEED_FLOW);

    g_assert_nonnull (status->error); /* it says what it waits for */
  }
  advance (stage, 700);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LOST);
  g_assert_cmpint (state_of (stage, RN_FEED_NETWORK), ==, RN_FEED_LOST);
  listen_on (stage, stage->port);
  g_assert_cmpuint (advance_until (stage, RN_FEED_FLOW, RN_FEED_LIVE, 300), <=, 60);
  g_assert_cmpstr (rn_source_get_title (stage->source), ==, "Test");
}

static void
test_network_back (Stage *stage, gconstpointer data)
{
  watch (stage);
  stage->status[RN_FEED_FLOW] = 500;
  advance (stage, 100);
  stage->status[RN_FEED_FLOW] = 0;
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  settle (stage);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LIVE);
}

static void
test_poll_now (Stage *stage, gconstpointer data)
{
  guint n;

  watch (stage);
  stage->status[RN_FEED_FLOW] = 401;
  advance (stage, 40);
  n = stage->n_requests[RN_FEED_FLOW];
  stage->status[RN_FEED_FLOW] = 0;
  rn_source_poll_now (stage->source);
  rn_source_poll_now (stage->source); /* not twice at once */
  settle (stage);
  g_assert_cmpuint (stage->n_requests[RN_FEED_FLOW], ==, n + 1);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LIVE);
}

static void
test_refused (Stage *stage, gconstpointer data)
{
  g_autoptr (RnFeedStatus) status = NULL;
  guint n;

  watch (stage);
  stage->status[RN_FEED_FLOW] = 403;
  advance (stage, 40);
  status = status_of (stage, RN_FEED_FLOW);
  g_assert_true (status->refused);
  g_assert_cmpint (status->state, ==, RN_FEED_LOST); /* at once */
  n = stage->n_requests[RN_FEED_FLOW];
  advance (stage, 290);
  g_assert_cmpuint (stage->n_requests[RN_FEED_FLOW], <=, n + 1);
  stage->status[RN_FEED_FLOW] = 0;
  g_assert_cmpuint (advance_until (stage, RN_FEED_FLOW, RN_FEED_LIVE, 300), <=, 300);
}

static void
test_retry_after (Stage *stage, gconstpointer data)
{
  guint n;

  watch (stage);
  stage->status[RN_FEED_FLOW] = 429;
  stage->retry_after = "200";
  advance (stage, 40);
  n = stage->n_requests[RN_FEED_FLOW];
  stage->status[RN_FEED_FLOW] = 0;
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  advance (stage, 150);
  g_assert_cmpuint (stage->n_requests[RN_FEED_FLOW], ==, n);
  advance (stage, 60);
  g_assert_cmpuint (stage->n_requests[RN_FEED_FLOW], >, n);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LIVE);
}

/* A document that cannot be read is no document: what is held stays, and is not taken for new. */
static void
test_garbage (Stage *stage, gconstpointer data)
{
  static const char *const bodies[] = { "", "x", "{\"network_version\":", "[]", "{}",
                                        "<html>busy</html>" };
  RnFrameParts parts;
  const RnFlow *before;

  watch (stage);
  stage->etag = "W/\"one\"";
  parts = parts_of (stage);
  before = parts.flow;
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (RnFeedStatus) status = NULL;

      stage->garbage = bodies[i];
      rn_source_poll_now (stage->source);
      settle (stage);
      status = status_of (stage, RN_FEED_FLOW);
      g_assert_nonnull (status->error);
      g_assert_cmpuint (status->attempt, ==, i + 1);
      parts = parts_of (stage);
      g_assert_true (parts.flow == before);
      g_assert_null (stage->if_none_match); /* the ETag of what was not taken is not kept */
    }
  stage->garbage = NULL;
  rn_source_poll_now (stage->source);
  settle (stage);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LIVE);
}

static void
test_confirmed (Stage *stage, gconstpointer data)
{
  g_autoptr (RnFeedStatus) status = NULL;
  RnFrameParts parts;

  stage->etag = "W/\"one\"";
  watch (stage);
  g_assert_null (stage->if_none_match);
  advance (stage, 70);
  g_assert_cmpstr (stage->if_none_match, ==, "W/\"one\"");
  status = status_of (stage, RN_FEED_FLOW);
  parts = parts_of (stage);
  g_assert_cmpint (status->observed_at_us, >=, T0 + 32 * S);
  g_assert_cmpint (status->state, ==, RN_FEED_LIVE);
  g_assert_cmpint (parts.flow->at_us[5], ==, status->observed_at_us);
  g_assert_cmpfloat (parts.flow->flow_vph[5], ==, 1005);
}

/* 304 without end: the server stands, and so do 30 detectors. */
static void
test_confirmed_frozen (Stage *stage, gconstpointer data)
{
  stage->etag = "W/\"one\"";
  watch (stage);
  g_assert_cmpuint (advance_until (stage, RN_FEED_FLOW, RN_FEED_FROZEN, 400), >=, 150);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_FROZEN);
  stage->etag = "W/\"two\"";
  advance (stage, 40);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LIVE);
}

static void
test_frozen_values (Stage *stage, gconstpointer data)
{
  g_autoptr (RnFeedStatus) status = NULL;
  guint after;

  stage->speed = 77;
  watch (stage);
  after = advance_until (stage, RN_FEED_FLOW, RN_FEED_FROZEN, 400);
  g_assert_cmpuint (after, >=, 150);
  g_assert_cmpuint (after, <=, 185);
  status = status_of (stage, RN_FEED_FLOW);
  g_assert_cmpint (status->unchanged_us, >=, 150 * S);
  g_assert_cmpint (parts_of (stage).flow_quality_cap, ==, RN_QUALITY_SUSPECT);
  stage->speed = NAN;
  advance (stage, 40);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LIVE);
}

/* Fewer than 20 rows may well stand still. */
static void
test_few_rows (Stage *stage, gconstpointer data)
{
  stage->speed = 77;
  stage->n_rows = 19;
  watch (stage);
  advance (stage, 400);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LIVE);
}

static void
test_frozen_time (Stage *stage, gconstpointer data)
{
  stage->observed_us = T0;
  watch (stage);
  g_assert_cmpuint (advance_until (stage, RN_FEED_FLOW, RN_FEED_STALE, 400), ==, 121);
  g_assert_cmpuint (advance_until (stage, RN_FEED_FLOW, RN_FEED_FROZEN, 400), <=, 65);
  g_assert_cmpuint (advance_until (stage, RN_FEED_FLOW, RN_FEED_LOST, 400), <=, 150);
  /* nothing was learned from it about the source's delay */
  {
    g_autoptr (RnFeedStatus) status = status_of (stage, RN_FEED_FLOW);

    g_assert_cmpint (status->delay_us, ==, 0);
  }
}

/* The time alone tells it, where too few rows are known to tell by their values. */
static void
test_frozen_time_few_rows (Stage *stage, gconstpointer data)
{
  stage->observed_us = T0;
  stage->n_rows = 5;
  watch (stage);
  g_assert_cmpuint (advance_until (stage, RN_FEED_FLOW, RN_FEED_FROZEN, 400), <=, 190);
}

/* Ageing is told without any poll. */
static void
test_ageing_is_told (Stage *stage, gconstpointer data)
{
  guint n;

  watch (stage);
  stage->status[RN_FEED_FLOW] = 503;
  stage->retry_after = "900";
  advance (stage, 40);
  n = stage->n_status[RN_FEED_FLOW];
  advance (stage, 400); /* late, stale, lost */
  g_assert_cmpuint (stage->n_status[RN_FEED_FLOW], ==, n + 3);
}

/* 404 on a feed that no server may lack is a fault. */
static void
test_missing (Stage *stage, gconstpointer data)
{
  g_autoptr (RnFeedStatus) status = NULL;

  stage->status[RN_FEED_FLOW] = 404;
  watch (stage);
  status = status_of (stage, RN_FEED_FLOW);
  g_assert_nonnull (status->error);
  g_assert_cmpuint (status->attempt, ==, 1);
  g_assert_true (rn_source_get_feeds (stage->source) & 1 << RN_FEED_FLOW);
}

static void
test_partial_flow (Stage *stage, gconstpointer data)
{
  g_autoptr (RnFeedStatus) status = NULL;
  RnFrameParts parts;

  watch (stage);
  stage->n_rows = 10;
  advance (stage, 35);
  status = status_of (stage, RN_FEED_FLOW);
  parts = parts_of (stage);
  g_assert_true (status->partial);
  g_assert_cmpuint (status->rows, ==, 10);
  g_assert_cmpfloat (parts.flow->flow_vph[20], ==, 1020); /* held … */
  g_assert_cmpint (parts.flow->at_us[20], ==, T0);        /* … as of then */
  g_assert_cmpint (parts.flow->at_us[5], ==, T0 + 30 * S);
  g_clear_pointer (&status, rn_feed_status_free);
  advance (stage, 31); /* a second such answer: it is the truth */
  status = status_of (stage, RN_FEED_FLOW);
  parts = parts_of (stage);
  g_assert_false (status->partial);
  g_assert_true (isnan (parts.flow->flow_vph[20]));
  g_assert_cmpfloat (parts.flow->flow_vph[5], ==, 1005);
}

static void
test_partial_passes (Stage *stage, gconstpointer data)
{
  RnFrameParts parts;

  watch (stage);
  stage->n_incidents = 1;
  advance (stage, 35);
  parts = parts_of (stage);
  g_assert_cmpuint (parts.incidents->len, ==, 3); /* nothing ends */
  stage->n_incidents = 3;
  advance (stage, 31);
  {
    g_autoptr (RnFeedStatus) status = status_of (stage, RN_FEED_INCIDENTS);

    g_assert_false (status->partial);
  }
  stage->n_incidents = 2; /* two thirds: not short */
  advance (stage, 31);
  parts = parts_of (stage);
  g_assert_cmpuint (parts.incidents->len, ==, 2);
  stage->n_incidents = 0;
  advance (stage, 31);
  parts = parts_of (stage);
  g_assert_cmpuint (parts.incidents->len, ==, 2);
  advance (stage, 31);
  parts = parts_of (stage);
  g_assert_cmpuint (parts.incidents->len, ==, 0);
}

/* The same short answer again, with the same observed_at, confirms nothing. */
static void
test_partial_repeated (Stage *stage, gconstpointer data)
{
  RnFrameParts parts;

  watch (stage);
  stage->n_incidents = 1;
  stage->observed_us = T0 + 30 * S;
  advance (stage, 35);
  rn_source_poll_now (stage->source);
  settle (stage);
  rn_source_poll_now (stage->source);
  settle (stage);
  parts = parts_of (stage);
  g_assert_cmpuint (parts.incidents->len, ==, 3);
  stage->observed_us = T0 + 60 * S;
  advance (stage, 30);
  parts = parts_of (stage);
  g_assert_cmpuint (parts.incidents->len, ==, 1);
}

/* A short answer that the server confirms with a 304 is the truth too. */
static void
test_partial_confirmed (Stage *stage, gconstpointer data)
{
  RnFrameParts parts;

  watch (stage);
  stage->n_rows = 10;
  stage->etag = "W/\"short\"";
  advance (stage, 35);
  parts = parts_of (stage);
  g_assert_cmpfloat (parts.flow->flow_vph[20], ==, 1020);
  rn_source_poll_now (stage->source); /* too early: still the same answer */
  settle (stage);
  g_assert_cmpstr (stage->if_none_match, ==, stage->etag);
  parts = parts_of (stage);
  g_assert_cmpfloat (parts.flow->flow_vph[20], ==, 1020);
  advance (stage, 70);
  parts = parts_of (stage);
  g_assert_true (isnan (parts.flow->flow_vph[20]));
  g_assert_cmpfloat (parts.flow->flow_vph[5], ==, 1005);
  {
    g_autoptr (RnFeedStatus) status = status_of (stage, RN_FEED_FLOW);

    g_assert_false (status->partial);
  }
}

/* When the server is back, feeds that wait long are asked at once with the first that succeeds. */
static void
test_recovery_together (Stage *stage, gconstpointer data)
{
  guint n;

  watch (stage);
  for (guint kind = RN_FEED_FLOW; kind < RN_N_FEEDS; kind++)
    stage->status[kind] = 500;
  advance (stage, 900); /* the feeds that were not offered now fail */
  stage->status[RN_FEED_FLOW] = 0;
  n = stage->n_requests[RN_FEED_WORKS];
  advance_until (stage, RN_FEED_FLOW, RN_FEED_LIVE, 60);
  g_assert_cmpuint (stage->n_requests[RN_FEED_WORKS], ==, n + 1);
  /* a feed that goes on failing alone is not dragged along by the others' success */
  advance (stage, 100);
  g_assert_cmpuint (stage->n_requests[RN_FEED_WORKS], ==, n + 1);
}

static void
test_cursor (Stage *stage, gconstpointer data)
{
  RnFrameParts parts;

  stage->cursor = "c 1";
  watch (stage);
  g_assert_null (stage->query);
  stage->cursor = "c2";
  stage->delta = TRUE;
  stage->n_rows = 3;
  advance (stage, 35);
  g_assert_cmpstr (stage->query, ==, "since=c%201");
  parts = parts_of (stage);
  g_assert_cmpfloat (parts.flow->flow_vph[20], ==, 1020);
  g_assert_cmpint (parts.flow->at_us[20], ==, T0 + 30 * S); /* not listed: confirmed */
  {
    g_autoptr (RnFeedStatus) status = status_of (stage, RN_FEED_FLOW);

    g_assert_false (status->partial); /* a delta is never short */
  }
  /* the cursor is no longer known: asked again at once without it */
  stage->gone_cursor = "c2";
  stage->cursor = "c3";
  stage->delta = FALSE;
  stage->n_rows = N_SECTIONS;
  advance (stage, 30);
  g_assert_null (stage->query);
  {
    g_autoptr (RnFeedStatus) status = status_of (stage, RN_FEED_FLOW);

    g_assert_null (status->error);
    g_assert_cmpint (status->observed_at_us, ==, T0 + 60 * S);
  }
}

/* 410 without a cursor is a failure like any other, not a loop. */
static void
test_gone (Stage *stage, gconstpointer data)
{
  watch (stage);
  stage->status[RN_FEED_FLOW] = 410;
  advance (stage, 40);
  {
    g_autoptr (RnFeedStatus) status = status_of (stage, RN_FEED_FLOW);

    g_assert_nonnull (status->error);
    g_assert_cmpuint (stage->n_requests[RN_FEED_FLOW], <=, 4);
  }
}

static void
test_new_network (Stage *stage, gconstpointer data)
{
  RnFrameParts parts;
  g_autoptr (RnNetwork) old = NULL;

  stage->cursor = "c1";
  stage->etag = "W/\"same\""; /* must not be sent for data that was forgotten */
  watch (stage);
  parts = parts_of (stage);
  old = rn_network_ref (parts.network);
  stage->version = "v2";
  stage->etag = "W/\"other\"";
  advance (stage, 35);
  parts = parts_of (stage);
  g_assert_true (parts.network != old);
  g_assert_cmpstr (parts.network->version, ==, "v2");
  g_assert_nonnull (parts.flow);
  g_assert_nonnull (parts.incidents);
  g_assert_null (stage->query); /* a cursor belongs to one network */
  g_assert_cmpuint (stage->n_requests[RN_FEED_NETWORK], ==, 2);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LIVE);
  {
    g_autoptr (RnFeedStatus) status = status_of (stage, RN_FEED_FLOW);

    g_assert_null (status->error);
  }
}

/* The network alone is new: flow must be read anew, not confirmed by its ETag. */
static void
test_new_network_same_flow (Stage *stage, gconstpointer data)
{
  RnFrameParts parts;

  stage->etag = "W/\"same\"";
  watch (stage);
  stage->version = "v2";
  rn_source_poll_now (stage->source);
  settle (stage);
  parts = parts_of (stage);
  g_assert_cmpstr (parts.network->version, ==, "v2");
  g_assert_nonnull (parts.flow);
  g_assert_cmpfloat (parts.flow->flow_vph[20], ==, 1020);
  g_assert_null (stage->if_none_match);
}

/* A server whose flow and network never agree: a failure, not a storm of requests. */
static void
test_network_never (Stage *stage, gconstpointer data)
{
  watch (stage);
  stage->flow_version = "v9";
  advance (stage, 600);
  {
    g_autoptr (RnFeedStatus) status = status_of (stage, RN_FEED_FLOW);

    g_assert_nonnull (status->error);
    g_assert_nonnull (strstr (status->error, "v9"));
    g_assert_cmpint (status->state, ==, RN_FEED_LOST);
  }
  g_assert_cmpuint (stage->n_requests[RN_FEED_NETWORK], <=, 20);
  g_assert_cmpuint (stage->n_requests[RN_FEED_FLOW], <=, 40);
  stage->flow_version = NULL;
  g_assert_cmpuint (advance_until (stage, RN_FEED_FLOW, RN_FEED_LIVE, 60), <=, 60);
}

/* The same network again, because somebody asked: the data stays. */
static void
test_same_network (Stage *stage, gconstpointer data)
{
  RnFrameParts before, after;

  watch (stage);
  before = parts_of (stage);
  rn_source_poll_now (stage->source);
  settle (stage);
  after = parts_of (stage);
  g_assert_cmpuint (stage->n_requests[RN_FEED_NETWORK], ==, 2);
  g_assert_true (before.network == after.network);
  g_assert_cmpuint (stage->n_changed[RN_FEED_NETWORK], ==, 1);
}

static void
test_older_dropped (Stage *stage, gconstpointer data)
{
  g_autoptr (RnFeedStatus) status = NULL;

  watch (stage);
  advance (stage, 35);
  stage->observed_us = T0;
  advance (stage, 30);
  status = status_of (stage, RN_FEED_FLOW);
  g_assert_cmpint (status->observed_at_us, ==, T0 + 30 * S);
  g_assert_cmpuint (status->dropped_old, ==, 1);
  g_assert_null (status->error);
}

static void
test_suspect (Stage *stage, gconstpointer data)
{
  g_autoptr (RnFeedStatus) status = NULL;
  g_autoptr (RnFeedStatus) later = NULL;

  stage->observed_us = T0 + 3600 * S;
  watch (stage);
  status = status_of (stage, RN_FEED_FLOW);
  g_assert_true (status->suspect);
  g_assert_cmpint (status->state, !=, RN_FEED_LIVE);
  g_assert_cmpint (parts_of (stage).flow_quality_cap, ==, RN_QUALITY_SUSPECT);
  /* and it does not bar what comes in time */
  stage->observed_us = 0;
  advance (stage, 40);
  later = status_of (stage, RN_FEED_FLOW);
  g_assert_false (later->suspect);
  g_assert_cmpint (later->state, ==, RN_FEED_LIVE);
  g_assert_cmpuint (later->dropped_old, ==, 0);
}

/* Data that comes 10 min late by habit is live once that is known, and says so. */
static void
test_lag (Stage *stage, gconstpointer data)
{
  g_autoptr (RnFeedStatus) status = NULL;

  stage->lag_us = 600 * S;
  watch (stage);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LOST);
  g_assert_cmpuint (advance_until (stage, RN_FEED_FLOW, RN_FEED_LIVE, 120), <=, 120);
  advance (stage, 300);
  status = status_of (stage, RN_FEED_FLOW);
  g_assert_cmpint (status->delay_us, >=, 600 * S);
  g_assert_cmpint (status->delay_us, <=, 640 * S);
  g_assert_cmpint (status->state, ==, RN_FEED_LIVE);
}

static void
test_given_delay (Stage *stage, gconstpointer data)
{
  g_autoptr (RnFeedStatus) status = NULL;

  stage->delay_s = 600;
  stage->lag_us = 600 * S;
  watch (stage);
  status = status_of (stage, RN_FEED_FLOW);
  g_assert_cmpint (status->delay_us, ==, 600 * S);
  g_assert_cmpint (status->state, ==, RN_FEED_LIVE);
  g_assert_cmpint (status->age_us, ==, 0);
}

/* Our clock is put right by an hour: nothing ages by it. */
static void
test_our_clock_jumps (Stage *stage, gconstpointer data)
{
  g_autoptr (RnFeedStatus) status = NULL;

  stage->by_date = TRUE;
  watch (stage);
  rn_clock_jump (stage->clock, 3600 * S);
  stage->skew_us = -3600 * S; /* the server's did not move */
  advance (stage, 1);
  status = status_of (stage, RN_FEED_FLOW);
  g_assert_cmpint (status->state, ==, RN_FEED_LIVE);
  g_assert_cmpint (status->age_us, ==, S);
  advance (stage, 40);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LIVE);
  g_clear_pointer (&status, rn_feed_status_free);
  status = status_of (stage, RN_FEED_FLOW);
  g_assert_cmpint (ABS (status->clock_offset_us + 3600 * S), <=, 2 * S);
  g_assert_cmpint (status->next_poll_us, >, rn_clock_now_us (stage->clock));
}

/* The machine slept for an hour, and the server is gone when it wakes: nothing is live. */
static void
test_sleep (Stage *stage, gconstpointer data)
{
  watch (stage);
  hang_up (stage);
  rn_clock_jump (stage->clock, 3600 * S);
  advance (stage, 1);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LOST);
  listen_on (stage, stage->port);
  advance (stage, 40);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LIVE);
}

/* Without RoadNet-Time the server's Date is the source's clock. */
static void
test_date (Stage *stage, gconstpointer data)
{
  g_autoptr (RnFeedStatus) status = NULL;

  stage->by_date = TRUE;
  stage->skew_us = -7200 * S;
  watch (stage);
  status = status_of (stage, RN_FEED_FLOW);
  g_assert_cmpint (status->state, ==, RN_FEED_LIVE);
  g_assert_cmpint (ABS (status->clock_offset_us + 7200 * S), <=, 2 * S);
  stage->skew_us = -10 * S;
  advance (stage, 40);
  g_clear_pointer (&status, rn_feed_status_free);
  status = status_of (stage, RN_FEED_FLOW);
  g_assert_cmpint (status->clock_offset_us, ==, 0); /* under 30 s is not shown */
}

/* A simulation at 10 times life: P is data time. */
static void
test_rate (Stage *stage, gconstpointer data)
{
  guint n;

  stage->rate = 10;
  watch (stage);
  g_assert_cmpfloat (rn_source_get_rate (stage->source), ==, 10);
  n = stage->n_requests[RN_FEED_FLOW];
  for (guint i = 0; i < 60; i++)
    {
      advance (stage, 1);
      stage->skew_us += 9 * S;
    }
  g_assert_cmpuint (stage->n_requests[RN_FEED_FLOW] - n, >=, 17);
  g_assert_cmpuint (stage->n_requests[RN_FEED_FLOW] - n, <=, 24);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LIVE);
  hang_up (stage);
  g_assert_cmpuint (advance_until (stage, RN_FEED_FLOW, RN_FEED_LOST, 60), <=, 32);
}

/* The simulation was started anew with an earlier time: it is believed. */
static void
test_source_restarts_earlier (Stage *stage, gconstpointer data)
{
  watch (stage);
  advance (stage, 100);
  stage->skew_us = -86400 * S;
  advance (stage, 60);
  {
    g_autoptr (RnFeedStatus) status = status_of (stage, RN_FEED_FLOW);

    g_assert_cmpint (status->state, ==, RN_FEED_LIVE);
    g_assert_cmpint (status->observed_at_us, <, T0);
    g_assert_cmpint (ABS (rn_source_now_us (stage->source) - (T0 + 160 * S - 86400 * S)), <=,
                     2 * S);
  }
}

static void
test_stop (Stage *stage, gconstpointer data)
{
  guint n_changed, n_status;

  watch (stage);
  stage->hang = TRUE;
  n_changed = stage->n_changed[RN_FEED_FLOW];
  while (stage->hung == NULL)
    {
      rn_clock_advance (stage->clock, S);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (1000);
    }
  n_status = stage->n_status[RN_FEED_FLOW];
  g_assert_true (rn_source_is_busy (stage->source));
  rn_source_stop (stage->source);
  g_assert_false (rn_source_is_busy (stage->source));
  rn_clock_advance (stage->clock, 3600 * S);
  soup_server_message_unpause (stage->hung);
  for (guint i = 0; i < 50; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (200);
    }
  g_assert_cmpuint (stage->n_changed[RN_FEED_FLOW], ==, n_changed);
  g_assert_cmpuint (stage->n_status[RN_FEED_FLOW], ==, n_status);
}

/* Dropped in the middle of a poll, from within its own signal too. */
static void
stop_cb (RnSource *source, guint kind, Stage *stage)
{
  rn_source_stop (source);
}

static void
test_stop_inside (Stage *stage, gconstpointer data)
{
  watch_location (stage, "roadnet", stage->base, 1);
  g_signal_connect (stage->source, "changed", G_CALLBACK (stop_cb), stage);
  settle (stage);
  g_assert_cmpuint (stage->n_changed[RN_FEED_NETWORK], ==, 1);
  g_assert_cmpuint (stage->n_changed[RN_FEED_FLOW], ==, 0);
  g_assert_cmpuint (stage->n_requests[RN_FEED_FLOW], ==, 0);
}

static void
test_no_service (Stage *stage, gconstpointer data)
{
  stage->no_service = TRUE;
  watch (stage);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LIVE);
  g_assert_cmpuint (stage->n_service, ==, 1);
  stage->no_service = FALSE;
  advance (stage, 15);
  g_assert_cmpstr (rn_source_get_title (stage->source), ==, "Test");
}

static void
test_specs (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnSourceSpec) spec = rn_source_spec_parse ("roadnet=https://a.example/?a=b", &error);
  g_autoptr (RnSourceSpec) copy = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (spec->adapter, ==, "roadnet");
  g_assert_cmpstr (spec->location, ==, "https://a.example/?a=b");
  g_assert_cmpfloat (spec->play_rate, ==, 1);
  copy = rn_source_spec_copy (spec);
  g_assert_cmpstr (copy->location, ==, spec->location);
  g_assert_null (rn_source_spec_parse ("roadnet", &error));
  g_assert_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE);
  g_clear_error (&error);
  g_assert_null (rn_source_spec_parse ("roadnet=", &error));
  g_assert_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE);
  g_clear_error (&error);
  g_assert_null (rn_source_spec_parse ("nonsense=x", &error));
  g_assert_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE);
  g_assert_nonnull (strstr (error->message, "tw-freeway"));
}

static void
test_bad_sources (Stage *stage, gconstpointer data)
{
  static const char *const locations[]
      = { "http://a.example/v1/", "/no/such/folder", "https://", "http://127.0.0.1:99999/" };

  for (guint i = 0; i < G_N_ELEMENTS (locations); i++)
    {
      g_autoptr (RnSourceSpec) spec = rn_source_spec_new ("roadnet", locations[i]);
      g_autoptr (GError) error = NULL;
      RnSource *source = rn_source_new (spec, stage->clock, stage->http, &error);

      g_test_message ("%s: %s", locations[i], error != NULL ? error->message : "taken");
      g_assert_null (source);
      g_assert_nonnull (error);
    }
}

#define ADD(name, func) \
  g_test_add ("/feed/source/" name, Stage, NULL, stage_set_up, func, stage_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/feed/source/specs", test_specs);
  ADD ("bad-sources", test_bad_sources);
  ADD ("start", test_start);
  ADD ("beat", test_beat);
  ADD ("ageing", test_ageing);
  ADD ("recovery", test_recovery);
  ADD ("late-server", test_late_server);
  ADD ("network-back", test_network_back);
  ADD ("poll-now", test_poll_now);
  ADD ("refused", test_refused);
  ADD ("retry-after", test_retry_after);
  ADD ("garbage", test_garbage);
  ADD ("confirmed", test_confirmed);
  ADD ("confirmed-frozen", test_confirmed_frozen);
  ADD ("frozen-values", test_frozen_values);
  ADD ("few-rows", test_few_rows);
  ADD ("frozen-time", test_frozen_time);
  ADD ("frozen-time-few-rows", test_frozen_time_few_rows);
  ADD ("ageing-is-told", test_ageing_is_told);
  ADD ("missing", test_missing);
  ADD ("partial-flow", test_partial_flow);
  ADD ("partial-passes", test_partial_passes);
  ADD ("partial-repeated", test_partial_repeated);
  ADD ("partial-confirmed", test_partial_confirmed);
  ADD ("recovery-together", test_recovery_together);
  ADD ("cursor", test_cursor);
  ADD ("gone", test_gone);
  ADD ("new-network", test_new_network);
  ADD ("new-network-same-flow", test_new_network_same_flow);
  ADD ("network-never", test_network_never);
  ADD ("same-network", test_same_network);
  ADD ("older-dropped", test_older_dropped);
  ADD ("suspect", test_suspect);
  ADD ("lag", test_lag);
  ADD ("given-delay", test_given_delay);
  ADD ("our-clock-jumps", test_our_clock_jumps);
  ADD ("sleep", test_sleep);
  ADD ("date", test_date);
  ADD ("rate", test_rate);
  ADD ("source-restarts-earlier", test_source_restarts_earlier);
  ADD ("stop", test_stop);
  ADD ("stop-inside", test_stop_inside);
  ADD ("no-service", test_no_service);
  return g_test_run ();
}
