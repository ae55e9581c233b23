/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources of files: a recording played by its times, and single answers. */
#include <glib/gstdio.h>
#include <math.h>

#include "source-help.h"

typedef struct {
  Stage stage;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  stage_set_up (&fixture->stage, data);
  fixture->folder = g_dir_make_tmp ("roadnet-test-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  stage_tear_down (&fixture->stage, data);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static void
put (Fixture *fixture, const char *name, char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_free (text);
}

static void
put_flow (Fixture *fixture, const char *name, gint64 observed)
{
  fixture->stage.observed_us = observed;
  put (fixture, name, make_flow (&fixture->stage));
}

/* A day long past: its data must not be taken for today's. */
#define DAY (T0 - 1000 * 86400 * S) /* 2024-01-05 */

static void
put_series (Fixture *fixture)
{
  put (fixture, "network.json", make_network (&fixture->stage));
  put_flow (fixture, "flow-20240105-000010.json", DAY);
  put_flow (fixture, "flow-20240105-000040.json", DAY + 30 * S);
  put (fixture, "flow-20240105-000110.json", g_strdup ("\n")); /* the download failed */
  put_flow (fixture, "flow-20240105-000140.json", DAY + 90 * S);
}

static void
watch_folder (Fixture *fixture, double rate)
{
  watch_location (&fixture->stage, "roadnet", fixture->folder, rate);
  settle (&fixture->stage);
}

static void
test_series (Fixture *fixture, gconstpointer data)
{
  Stage *stage = &fixture->stage;
  g_autoptr (RnFeedStatus) status = NULL;

  put_series (fixture);
  watch_folder (fixture, 1);
  g_assert_cmpuint (rn_source_get_feeds (stage->source), ==,
                    1 << RN_FEED_NETWORK | 1 << RN_FEED_FLOW);
  g_assert_cmpint (rn_source_now_us (stage->source), ==, DAY + 10 * S);
  status = status_of (stage, RN_FEED_FLOW);
  g_assert_cmpint (status->observed_at_us, ==, DAY);
  g_assert_cmpint (status->age_us, ==, 10 * S);
  g_assert_cmpint (status->state, ==, RN_FEED_LIVE);
  g_assert_cmpint (status->next_poll_us, ==, T0 + 30 * S);
  g_clear_pointer (&status, rn_feed_status_free);

  advance (stage, 29);
  g_assert_cmpuint (stage->n_changed[RN_FEED_FLOW], ==, 1);
  advance (stage, 1);
  g_assert_cmpuint (stage->n_changed[RN_FEED_FLOW], ==, 2);

  advance (stage, 30); /* one byte: a failed poll; the data is held */
  status = status_of (stage, RN_FEED_FLOW);
  g_assert_nonnull (status->error);
  g_assert_nonnull (strstr (status->error, "flow-20240105-000110.json"));
  g_assert_cmpint (status->observed_at_us, ==, DAY + 30 * S);
  g_assert_nonnull (parts_of (stage).flow);
  g_clear_pointer (&status, rn_feed_status_free);

  advance (stage, 30);
  status = status_of (stage, RN_FEED_FLOW);
  g_assert_null (status->error);
  g_assert_cmpint (status->observed_at_us, ==, DAY + 90 * S);
  /* it has ended, and says so by and by */
  g_assert_cmpuint (advance_until (stage, RN_FEED_FLOW, RN_FEED_LATE, 100), <, 100);
  g_assert_cmpuint (advance_until (stage, RN_FEED_FLOW, RN_FEED_LOST, 400), <, 400);
}

static void
test_faster (Fixture *fixture, gconstpointer data)
{
  Stage *stage = &fixture->stage;

  put_series (fixture);
  watch_folder (fixture, 10);
  g_assert_cmpfloat (rn_source_get_rate (stage->source), ==, 10);
  advance (stage, 9);
  g_assert_cmpint (rn_source_now_us (stage->source), ==, DAY + 100 * S);
  g_assert_cmpuint (stage->n_changed[RN_FEED_FLOW], ==, 3);
}

static void
test_all_at_once (Fixture *fixture, gconstpointer data)
{
  Stage *stage = &fixture->stage;
  g_autoptr (RnFeedStatus) status = NULL;

  put_series (fixture);
  watch_folder (fixture, 0);
  g_assert_cmpuint (stage->n_changed[RN_FEED_FLOW], ==, 3);
  status = status_of (stage, RN_FEED_FLOW);
  g_assert_cmpint (status->observed_at_us, ==, DAY + 90 * S);
  g_assert_cmpint (rn_source_now_us (stage->source), ==, DAY + 100 * S);
  advance (stage, 5);
  g_assert_cmpint (rn_source_now_us (stage->source), ==, DAY + 105 * S);
}

/* One answer: true at its time, and ageing from there. */
static void
test_single (Fixture *fixture, gconstpointer data)
{
  Stage *stage = &fixture->stage;
  g_autofree char *location = NULL;
  RnFrameParts parts;

  put (fixture, "network.json", make_network (stage));
  put_flow (fixture, "live.json", DAY);
  location = g_strdup_printf ("%s/network.json,%s/live.json", fixture->folder, fixture->folder);
  watch_location (stage, "roadnet", location, 1);
  settle (stage);
  parts = parts_of (stage);
  g_assert_cmpuint (parts.network->n_sections, ==, N_SECTIONS);
  g_assert_cmpfloat (parts.flow->flow_vph[3], ==, 1003);
  g_assert_cmpint (parts.now_us, ==, DAY);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LIVE);
  g_assert_cmpuint (advance_until (stage, RN_FEED_FLOW, RN_FEED_LATE, 100), ==, 66);
  g_assert_cmpuint (advance_until (stage, RN_FEED_FLOW, RN_FEED_LOST, 400), ==, 235);
}

/* A date in the name is no time of day: the data's own time counts. */
static void
test_dated (Fixture *fixture, gconstpointer data)
{
  Stage *stage = &fixture->stage;

  put (fixture, "network_2020-09-29.json", make_network (stage));
  put_flow (fixture, "flow_2024-01-05.json", DAY + 57000 * S);
  watch_folder (fixture, 1);
  g_assert_cmpint (rn_source_now_us (stage->source), ==, DAY + 57000 * S);
  g_assert_cmpint (state_of (stage, RN_FEED_FLOW), ==, RN_FEED_LIVE);
}

/* Files that come while we watch, and files that are written again. */
static void
test_changes (Fixture *fixture, gconstpointer data)
{
  Stage *stage = &fixture->stage;
  g_autoptr (RnFeedStatus) status = NULL;
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  put (fixture, "network.json", make_network (stage));
  put_flow (fixture, "live.json", DAY);
  watch_folder (fixture, 1);
  advance (stage, 60);
  put_flow (fixture, "live.json", DAY + 500 * S); /* further than our clock has gone */
  while (stage->n_changed[RN_FEED_FLOW] < 2 && g_get_monotonic_time () < deadline)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
      rn_clock_advance (stage->clock, S / 100);
    }
  settle (stage);
  status = status_of (stage, RN_FEED_FLOW);
  g_assert_cmpint (status->observed_at_us, ==, DAY + 500 * S);
  g_assert_cmpint (status->state, ==, RN_FEED_LIVE);
  g_assert_false (status->suspect);
  g_assert_cmpuint (stage->n_changed[RN_FEED_NETWORK], ==, 1);
}

static void
test_poll_now (Fixture *fixture, gconstpointer data)
{
  Stage *stage = &fixture->stage;
  guint n;

  put_series (fixture);
  watch_folder (fixture, 1);
  n = stage->n_changed[RN_FEED_FLOW];
  rn_source_poll_now (stage->source);
  settle (stage);
  g_assert_cmpuint (stage->n_changed[RN_FEED_FLOW], ==, n); /* nothing is taken twice */
  advance (stage, 30);
  g_assert_cmpuint (stage->n_changed[RN_FEED_FLOW], ==, n + 1);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  Stage *stage = &fixture->stage;
  g_autoptr (RnFeedStatus) status = NULL;

  put (fixture, "README", g_strdup ("hello"));
  watch_folder (fixture, 1);
  status = status_of (stage, RN_FEED_FLOW);
  g_assert_nonnull (status->error);
  g_assert_nonnull (strstr (status->error, "README"));
}

/* Without a network: what can be shown is shown, on an empty one. */
static void
test_no_network (Fixture *fixture, gconstpointer data)
{
  Stage *stage = &fixture->stage;
  RnFrameParts parts;

  put (fixture, "incidents.json", make_incidents (stage));
  watch_folder (fixture, 1);
  parts = parts_of (stage);
  g_assert_nonnull (parts.network);
  g_assert_cmpuint (parts.network->n_sections, ==, 0);
  g_assert_nonnull (parts.incidents);
  g_assert_cmpuint (parts.incidents->len, ==, 3);
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  Stage *stage = &fixture->stage;

  put_series (fixture);
  watch_location (stage, "roadnet", fixture->folder, 1);
  rn_source_stop (stage->source);
  g_assert_false (rn_source_is_busy (stage->source));
  for (guint i = 0; i < 50; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
  rn_clock_advance (stage->clock, 3600 * S);
  g_assert_cmpuint (stage->n_changed[RN_FEED_NETWORK], ==, 0);
  g_assert_cmpuint (stage->n_status[RN_FEED_FLOW], ==, 0);
}

static void
test_taiwan (Fixture *fixture, gconstpointer data)
{
  Stage *stage = &fixture->stage;
  const char *shared = g_getenv ("RN_TEST_SHARED");
  g_autofree char *folder
      = shared != NULL ? g_build_filename (shared, "feeds", "taiwan-freeway", NULL) : NULL;
  RnFrameParts parts;
  guint n_known = 0;

  if (folder == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("the recorded feeds are not there");
      return;
    }
  watch_location (stage, "tw-freeway", folder, 1);
  settle (stage);
  parts = parts_of (stage);
  g_assert_cmpuint (parts.network->n_sections, ==, 612);
  for (guint i = 0; i < parts.flow->n; i++)
    n_known += !isnan (parts.flow->speed_kmh[i]);
  g_assert_cmpuint (n_known, >, 590);
  g_assert_cmpint (parts.flow_quality_cap, ==, RN_QUALITY_LIVE);
  g_assert_cmpint (parts.now_us, ==, parts.flow->observed_at_us);
}

#define ADD(name, func) g_test_add ("/feed/playback/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("series", test_series);
  ADD ("faster", test_faster);
  ADD ("all-at-once", test_all_at_once);
  ADD ("single", test_single);
  ADD ("dated", test_dated);
  ADD ("changes", test_changes);
  ADD ("poll-now", test_poll_now);
  ADD ("nothing", test_nothing);
  ADD ("no-network", test_no_network);
  ADD ("stop", test_stop);
  ADD ("taiwan", test_taiwan);
  return g_test_run ();
}
