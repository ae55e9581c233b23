/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of strip and banner for each state of the feeds, and which state wins. */
#include "base/rn-clock.h"
#include "feeds.h"
#include "ui/rn-banner.h"

static const RnFeedStatus *
flow_of (const GPtrArray *feeds)
{
  for (guint i = 0; i < feeds->len; i++)
    if (((const RnFeedStatus *) feeds->pdata[i])->kind == RN_FEED_FLOW)
      return feeds->pdata[i];
  g_assert_not_reached ();
}

static void
test_flow (gconstpointer data)
{
  static const struct {
    RnFeedLook look;
    const char *age;
  } expected[N_FEEDS_CASES] = {
    [FEEDS_LIVE] = { RN_FEED_LOOK_LIVE, "12 s" },
    [FEEDS_WAITING] = { RN_FEED_LOOK_WAITING, "waiting" },
    [FEEDS_LATE] = { RN_FEED_LOOK_LIVE, "12 s" },
    [FEEDS_STALE] = { RN_FEED_LOOK_STALE, "stale 4:00" },
    [FEEDS_FROZEN] = { RN_FEED_LOOK_FROZEN, "frozen 7:30" },
    [FEEDS_LOST_SERVER] = { RN_FEED_LOOK_LOST, "lost 4:12" },
    [FEEDS_LOST_ONE] = { RN_FEED_LOOK_LIVE, "12 s" },
    [FEEDS_LOST_OLD] = { RN_FEED_LOOK_LOST, "lost 11 min" },
    [FEEDS_REFUSED] = { RN_FEED_LOOK_LOST, "refused" },
    [FEEDS_PARTIAL] = { RN_FEED_LOOK_LATE, "partial 12 s" },
    [FEEDS_REFUSED_ROWS] = { RN_FEED_LOOK_LIVE, "12 s" },
    [FEEDS_SUSPECT] = { RN_FEED_LOOK_FROZEN, "clock ahead" },
    [FEEDS_SEVERAL] = { RN_FEED_LOOK_LOST, "lost 4:00" },
    [FEEDS_WARNED] = { RN_FEED_LOOK_LIVE, "12 s" },
  };
  FeedsCase i = GPOINTER_TO_UINT (data);
  RnFeedContext context;
  g_autoptr (GPtrArray) feeds = feeds_new (i, &context);
  g_autofree char *age = rn_feed_text_age (flow_of (feeds));
  g_auto (GStrv) parts = g_strsplit (age, "\u202f", -1); /* the narrow space before units */
  g_autofree char *plain = g_strjoinv (" ", parts);

  g_assert_cmpint (rn_feed_look (flow_of (feeds)), ==, expected[i].look);
  g_assert_cmpstr (plain, ==, expected[i].age);
}

static void
test_banner (gconstpointer data)
{
  static const struct {
    RnBannerKind kind;
    const char *title, *detail;
  } expected[N_FEEDS_CASES] = {
    [FEEDS_FROZEN] = { RN_BANNER_FROZEN,
                       "Flow is frozen: the server answers, but no value has changed for "
                       "7 min 30 s",
                       "1,148 rows, data time 10:35:06. Check the system that collects them." },
    [FEEDS_LOST_SERVER] = { RN_BANNER_LOST, "No contact with the server for 4 min 8 s",
                            "This is the last picture, of 10:38:24. Retry 6 in 38 s." },
    [FEEDS_LOST_ONE] = { RN_BANNER_LOST, "No answer for 10 min: Weather",
                         "This is the last picture, of 10:31:36. Retry 6 in 38 s." },
    [FEEDS_LOST_OLD] = { RN_BANNER_LOST,
                         "Flow lost: the server answers, but the data is 11 min old",
                         "This is the last picture, of 10:31:36. Check the system that collects "
                         "the data." },
    [FEEDS_REFUSED] = { RN_BANNER_LOST, "The server refuses: Flow",
                        "This is the last picture, of 10:40:36. Check the token of this source." },
    [FEEDS_SUSPECT] = { RN_BANNER_FROZEN,
                        "Flow is not to be trusted: its data is of the future",
                        "It says it is of 11:22:36. Check the clock of the server." },
    [FEEDS_SEVERAL] = { RN_BANNER_LOST, "No answer for 3 min 30 s: Flow",
                        "This is the last picture, of 10:38:36. Retry 6 in 38 s." },
  };
  FeedsCase i = GPOINTER_TO_UINT (data);
  RnFeedContext context;
  g_autoptr (GPtrArray) feeds = feeds_new (i, &context);
  g_autoptr (RnBannerMessage) message = rn_banner_judge (feeds, &context, NULL);

  g_assert_cmpint (message->kind, ==, expected[i].kind);
  g_assert_cmpstr (message->title, ==, expected[i].title);
  g_assert_cmpstr (message->detail, ==, expected[i].detail);
}

static void
test_banner_reasons (void)
{
  RnFeedContext context;
  g_autoptr (GPtrArray) feeds = feeds_new (FEEDS_LOST_SERVER, &context);
  g_autoptr (RnBannerMessage) message = rn_banner_judge (feeds, &context, NULL);
  g_autoptr (RnBannerMessage) demo = rn_banner_judge (feeds, &context, "no such program");

  /* the same error of five feeds is said once */
  g_assert_cmpstr (message->reason, ==, "http://10.20.0.5/v1/flow: Connection refused");
  g_assert_cmpint (demo->kind, ==, RN_BANNER_LOST);
  g_assert_cmpstr (demo->detail, ==, "no such program");
}

static void
test_retry (void)
{
  RnFeedContext context;
  g_autoptr (GPtrArray) feeds = feeds_new (FEEDS_LOST_SERVER, &context);
  g_autofree char *waiting = rn_feed_text_retry (flow_of (feeds), &context);
  g_autofree char *due = NULL;

  g_assert_cmpstr (waiting, ==, "Retry 6 in 38 s.");
  context.now_us += 40 * RN_SECOND;
  due = rn_feed_text_retry (flow_of (feeds), &context);
  g_assert_cmpstr (due, ==, "Retry 6 is under way.");
  g_assert_null (rn_feed_text_retry (feeds->pdata[feeds->len - 1], &context));
}

static void
test_duration (void)
{
  static const struct {
    gint64 s;
    const char *text;
  } expected[] = {
    { -5, "0 s" },          { 0, "0 s" },     { 59, "59 s" },     { 60, "1 min" },
    { 252, "4 min 12 s" },  { 599, "9 min 59 s" }, { 600, "10 min" }, { 3599, "59 min" },
    { 3600, "1 h 00 min" }, { 7500, "2 h 05 min" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *text = rn_feed_text_duration (expected[i].s * RN_SECOND);

      g_assert_cmpstr (text, ==, expected[i].text);
    }
}

static void
test_title (void)
{
  RnFeedContext context;
  g_autoptr (GPtrArray) feeds = feeds_new (FEEDS_SEVERAL, &context);
  g_autofree char *title = rn_feed_text_title (flow_of (feeds), &context);
  g_autofree char *alone = NULL;

  g_assert_cmpstr (title, ==, "Flow · demo");
  context.several = FALSE;
  alone = rn_feed_text_title (flow_of (feeds), &context);
  g_assert_cmpstr (alone, ==, "Flow");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (FeedsCase i = 0; i < N_FEEDS_CASES; i++)
    {
      g_autofree char *flow = g_strdup_printf ("/feed-text/flow/%s", feeds_case_name (i));
      g_autofree char *banner = g_strdup_printf ("/feed-text/banner/%s", feeds_case_name (i));

      g_test_add_data_func (flow, GUINT_TO_POINTER (i), test_flow);
      g_test_add_data_func (banner, GUINT_TO_POINTER (i), test_banner);
    }
  g_test_add_func ("/feed-text/banner-reasons", test_banner_reasons);
  g_test_add_func ("/feed-text/retry", test_retry);
  g_test_add_func ("/feed-text/duration", test_duration);
  g_test_add_func ("/feed-text/title", test_title);
  return g_test_run ();
}
