/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All start live with the ages of the mock-ups; each case then changes what it is about. */
#include "feeds.h"

#include "base/rn-clock.h"

#define MINUTE (60 * RN_SECOND)

const char *
feeds_case_name (FeedsCase i)
{
  static const char *const names[N_FEEDS_CASES] = {
    "live",  "waiting", "late",    "stale",        "frozen",  "lost server", "lost one",
    "lost old", "refused", "partial", "refused rows", "suspect", "several sources",
    "warned",
  };

  return names[i];
}

static RnFeedStatus *
status_new (const char *source, RnFeedKind kind, gint64 age_s, gint64 poll_s)
{
  RnFeedStatus *status = g_new0 (RnFeedStatus, 1);

  status->source = g_strdup (source);
  status->adapter = g_strdup ("roadnet");
  status->kind = kind;
  status->state = RN_FEED_LIVE;
  status->age_us = age_s * RN_SECOND;
  status->observed_at_us = FEEDS_NOW_US - age_s * RN_SECOND;
  status->poll_us = poll_s * RN_SECOND;
  status->delay_us = 2 * RN_SECOND;
  status->rate = 1;
  status->last_success_us = FEEDS_NOW_US - 2 * RN_SECOND;
  status->next_poll_us = FEEDS_NOW_US + 28 * RN_SECOND;
  status->rows = 1148;
  return status;
}

static void
add_live (GPtrArray *feeds, const char *source)
{
  static const struct {
    RnFeedKind kind;
    gint64 age_s, poll_s;
  } live[] = {
    { RN_FEED_NETWORK, 4000, 0 }, { RN_FEED_FLOW, 12, 30 },      { RN_FEED_INCIDENTS, 8, 15 },
    { RN_FEED_WORKS, 46, 60 },    { RN_FEED_WEATHER, 21, 60 },   { RN_FEED_FACILITIES, 17, 60 },
    { RN_FEED_KPIS, 60, 300 },    { RN_FEED_PLANS, 15, 60 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (live); i++)
    g_ptr_array_add (feeds, status_new (source, live[i].kind, live[i].age_s, live[i].poll_s));
}

static RnFeedStatus *
find (GPtrArray *feeds, RnFeedKind kind)
{
  for (guint i = 0; i < feeds->len; i++)
    if (((RnFeedStatus *) feeds->pdata[i])->kind == kind)
      return feeds->pdata[i];
  g_assert_not_reached ();
}

static void
set_age (RnFeedStatus *status, RnFeedState state, gint64 age_us)
{
  status->state = state;
  status->age_us = age_us;
  status->observed_at_us = FEEDS_NOW_US - age_us;
}

static void
set_failing (RnFeedStatus *status, gint64 age_us)
{
  set_age (status, RN_FEED_LOST, age_us);
  status->last_success_us = FEEDS_NOW_US - age_us;
  status->failing_since_us = FEEDS_NOW_US - age_us + 30 * RN_SECOND;
  status->attempt = 6;
  status->next_poll_us = FEEDS_NOW_US + 38 * RN_SECOND;
  status->error = g_strdup ("http://10.20.0.5/v1/flow: Connection refused");
}

static void
set_waiting (gpointer data, gpointer user_data)
{
  RnFeedStatus *status = data;

  status->state = RN_FEED_WAITING;
  status->age_us = -1;
  status->observed_at_us = status->last_success_us = 0;
}

static void
lose_server (GPtrArray *feeds)
{
  static const gint64 ages_s[] = { 252, 248, 286, 261, 257 };

  for (guint i = 0; i < feeds->len; i++) /* of those asked seldom too */
    ((RnFeedStatus *) feeds->pdata[i])->last_success_us = FEEDS_NOW_US - 252 * RN_SECOND;
  for (guint i = 0; i < G_N_ELEMENTS (ages_s); i++)
    set_failing (find (feeds, RN_FEED_FLOW + i), ages_s[i] * RN_SECOND);
}

static void
refuse_rows (RnFeedStatus *status)
{
  status->refusals = rn_refusals_new ();
  for (guint i = 0; i < 4; i++)
    rn_refusals_add (status->refusals, "speed_kmh[]", "out of range 0…300: 812");
}

/* Data that comes well and is not right. */
static void
warn (RnFeedStatus *status)
{
  status->warning = g_strdup ("Lies 520 m off the network “roads”: fits as gcj02 instead of wgs84 "
                              "(87 of 93 places; as they are 3)");
  status->unjoined = 20;
  status->unjoined_ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < 20; i++)
    g_ptr_array_add (status->unjoined_ids, g_strdup_printf ("work-%u", i));
  status->duplicates = 85;
  status->shown_from = g_strdup ("cotrip");
}

static void
apply (GPtrArray *feeds, FeedsCase i)
{
  RnFeedStatus *flow = find (feeds, RN_FEED_FLOW), *weather = find (feeds, RN_FEED_WEATHER);

  switch (i)
    {
    case FEEDS_WAITING:
      g_ptr_array_foreach (feeds, set_waiting, NULL);
      break;
    case FEEDS_LATE:
      set_age (weather, RN_FEED_LATE, 200 * RN_SECOND);
      break;
    case FEEDS_STALE:
      set_age (flow, RN_FEED_STALE, 4 * MINUTE);
      set_age (weather, RN_FEED_LATE, 200 * RN_SECOND);
      break;
    case FEEDS_FROZEN:
      set_age (flow, RN_FEED_FROZEN, 450 * RN_SECOND);
      flow->unchanged_us = 450 * RN_SECOND;
      break;
    case FEEDS_LOST_SERVER:
      lose_server (feeds);
      break;
    case FEEDS_LOST_ONE:
      set_failing (weather, 11 * MINUTE);
      break;
    case FEEDS_LOST_OLD:
      set_age (flow, RN_FEED_LOST, 11 * MINUTE);
      break;
    case FEEDS_REFUSED:
      set_failing (flow, 2 * MINUTE);
      flow->refused = TRUE;
      break;
    case FEEDS_PARTIAL:
      flow->partial = TRUE;
      flow->rows = 430;
      break;
    case FEEDS_REFUSED_ROWS:
      refuse_rows (flow);
      break;
    case FEEDS_SUSPECT:
      flow->suspect = TRUE;
      flow->observed_at_us = FEEDS_NOW_US + 40 * MINUTE;
      break;
    case FEEDS_SEVERAL:
      add_live (feeds, "taiwan");
      set_failing (flow, 4 * MINUTE);
      break;
    case FEEDS_WARNED:
      warn (flow);
      break;
    case FEEDS_LIVE:
    case N_FEEDS_CASES:
      break;
    }
}

GPtrArray *
feeds_new (FeedsCase i, RnFeedContext *context)
{
  static GTimeZone *zone;
  GPtrArray *feeds = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_feed_status_free);

  if (zone == NULL)
    zone = g_time_zone_new_offset (8 * 60 * 60);
  add_live (feeds, "demo");
  apply (feeds, i);
  *context = (RnFeedContext){ .now_us = FEEDS_NOW_US,
                              .timezone = zone,
                              .several = i == FEEDS_SEVERAL };
  return feeds;
}
