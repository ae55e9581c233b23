/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recorded day of England's roads, played whole at ×600 on a manual clock: figures stay
 * plausible, each bad answer is told and forgotten with the next good one, nothing old counts as
 * live, memory stays flat. Skips where the recording is not at hand. */
#include <math.h>
#include <stdio.h>

#include "source-help.h"

#define RATE 600.0
#define STEP_US (S / 10)             /* of the wall: a minute of the day */
#define STEPS (24 * 60 + 20)
#define EMPTY_BYTES 100              /* packed: a download that failed */
#define LIVE_LIMIT_US (1265 * S)     /* 2 P + 5 s, and a step */

/* What the day's files say themselves, apart from what the source makes of them. */
typedef struct {
  gint64 at_us; /* by name */
  gboolean empty;
} Answer;

typedef struct {
  Stage stage;
  char *folder;
  GArray *answers[RN_N_FEEDS]; /* Answer, in order */
  guint n_faults, n_recovered, n_partial[RN_N_FEEDS], n_frames, n_live[RN_N_FEEDS];
  gint64 begin_us;
  RnFrame *frame;
} Day;

static const struct {
  RnFeedKind kind;
  const char *folder;
} feeds[] = { { RN_FEED_FLOW, "journey-times" },
              { RN_FEED_INCIDENTS, "unplanned-events" },
              { RN_FEED_WORKS, "current-roadworks" } };

static int
compare_answers (gconstpointer a, gconstpointer b)
{
  const Answer *x = a, *y = b;

  return x->at_us < y->at_us ? -1 : x->at_us > y->at_us;
}

static void
read_folder (Day *day, RnFeedKind kind, const char *folder)
{
  g_autofree char *path = g_build_filename (day->folder, folder, NULL);
  g_autoptr (GTimeZone) london = g_time_zone_new_identifier ("Europe/London");
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  day->answers[kind] = g_array_new (FALSE, FALSE, sizeof (Answer));
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *bytes = NULL;
      gsize n = 0;
      int y, m, d, h, min, s;
      Answer answer;

      if (sscanf (name, "%4d-%2d-%2dT%2d%2d%2d", &y, &m, &d, &h, &min, &s) != 6)
        continue;
      g_assert_true (g_file_get_contents (file, &bytes, &n, NULL));

      g_autoptr (GDateTime) at = g_date_time_new (london, y, m, d, h, min, s);
      answer = (Answer){ g_date_time_to_unix (at) * S, n < EMPTY_BYTES };
      g_array_append_val (day->answers[kind], answer);
    }
  g_array_sort (day->answers[kind], compare_answers);
}

/* The last answer that has come by @now_us; NULL none. */
static const Answer *
last_answer (const Day *day, RnFeedKind kind, gint64 now_us)
{
  const Answer *last = NULL;

  for (guint i = 0; i < day->answers[kind]->len; i++)
    if (g_array_index (day->answers[kind], Answer, i).at_us <= now_us)
      last = &g_array_index (day->answers[kind], Answer, i);
  return last;
}

/* ---- what must hold at every minute ---- */

static void
check_feed (Day *day, RnFeedKind kind, const RnFeedStatus *status, gint64 now_us)
{
  const Answer *last = last_answer (day, kind, now_us);

  if (last == NULL)
    return;
  g_assert_true (last->empty == (status->error != NULL));
  g_assert_true (last->empty == (status->attempt > 0));
  g_assert_false (status->suspect);
  g_assert_cmpint (status->observed_at_us, <=, now_us);
  if (status->state == RN_FEED_LIVE)
    g_assert_cmpint (now_us - status->observed_at_us - status->delay_us, <=, LIVE_LIMIT_US);
  day->n_live[kind] += status->state == RN_FEED_LIVE;
}

static void
check_rows (const RnFrame *frame, gint64 delay_us, gint64 now_us)
{
  for (guint i = 0; i < frame->network->n_sections; i++)
    {
      if (frame->quality[i] == RN_QUALITY_LIVE)
        g_assert_cmpint (now_us - frame->flow_at_us[i] - delay_us, <=, LIVE_LIMIT_US);
      if (!isnan (frame->speed_kmh[i]))
        g_assert_true (frame->speed_kmh[i] > 1 && frame->speed_kmh[i] <= 200);
    }
}

static void
check_figures (const RnFrame *frame)
{
  const RnFigures *figures = &frame->figures;
  double sum_km = 0;

  for (guint state = 0; state < RN_N_STATES; state++)
    sum_km += figures->state_km[state];
  g_assert_cmpfloat_with_epsilon (sum_km, figures->total_km, 1);
  g_assert_true (figures->total_km > 12000 && figures->total_km < 14000);
  g_assert_cmpuint (figures->n_sections_known, >=, 700); /* of 871: some 120 are never measured */
  g_assert_cmpuint (figures->n_sections_known, <=, 863);
  g_assert_true (figures->mean_speed_kmh > 65 && figures->mean_speed_kmh < 105);
  g_assert_true (figures->smooth_rate > 0.75 && figures->smooth_rate <= 1);
  g_assert_true (figures->severe_km < 0.05 * figures->total_km);
}

static void
check_minute (Day *day)
{
  const RnFeedStatus *statuses[G_N_ELEMENTS (feeds)];
  RnFrameParts parts = parts_of (&day->stage);
  gint64 now_us = rn_source_now_us (day->stage.source);
  RnFrame *frame;

  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++)
    {
      RnFeedStatus *status = status_of (&day->stage, feeds[i].kind);

      check_feed (day, feeds[i].kind, status, now_us);
      statuses[i] = status;
    }
  frame = rn_frame_build (parts.network, &parts, 1, rn_state_table_default (), now_us, day->frame,
                          statuses, G_N_ELEMENTS (feeds));
  check_rows (frame, statuses[0]->delay_us, now_us);
  if (statuses[0]->state <= RN_FEED_LATE)
    check_figures (frame);
  g_clear_pointer (&day->frame, rn_frame_unref);
  day->frame = frame;
  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++)
    rn_feed_status_free ((RnFeedStatus *) statuses[i]);
}

/* ---- what must be told of certain answers ---- */

static gboolean
is_partial (Day *day, RnFeedKind kind)
{
  g_autoptr (RnFeedStatus) status = status_of (&day->stage, kind);

  return status->partial;
}

static void
note_minute (Day *day, gboolean *failing, gboolean *partial)
{
  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++)
    {
      RnFeedKind kind = feeds[i].kind;
      g_autoptr (RnFeedStatus) status = status_of (&day->stage, kind);

      day->n_faults += status->attempt > 0 && !failing[kind];
      day->n_recovered += status->attempt == 0 && failing[kind];
      day->n_partial[kind] += status->partial && !partial[kind];
      failing[kind] = status->attempt > 0;
      partial[kind] = status->partial;
    }
}

static gsize
resident_kb (void)
{
  g_autofree char *text = NULL;
  const char *at;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  at = strstr (text, "VmRSS:");
  return at != NULL ? (gsize) g_ascii_strtoull (at + 6, NULL, 10) : 0;
}

static gint64
clock_time (const Day *day, int hour, int minute)
{
  return day->begin_us + (hour * 3600 + minute * 60) * S;
}

/* The two partial answers of this day: nothing is taken off until the next one is whole. */
static void
check_known_moments (Day *day, gint64 now_us)
{
  RnFrameParts parts = parts_of (&day->stage);

  if (now_us > clock_time (day, 4, 1) && now_us < clock_time (day, 4, 9))
    {
      g_assert_true (is_partial (day, RN_FEED_WORKS));
      g_assert_cmpuint (parts.works->len, >=, 500);
    }
  if (now_us > clock_time (day, 4, 10) && now_us < clock_time (day, 5, 0))
    g_assert_false (is_partial (day, RN_FEED_WORKS));
  if (now_us > clock_time (day, 12, 19) && now_us < clock_time (day, 12, 27))
    {
      g_assert_true (is_partial (day, RN_FEED_FLOW));
      g_assert_cmpuint (day->frame->figures.n_sections_known, >, 700);
    }
  if (now_us > clock_time (day, 12, 28) && now_us < clock_time (day, 13, 0))
    g_assert_false (is_partial (day, RN_FEED_FLOW));
  if (now_us > clock_time (day, 7, 0) && now_us < clock_time (day, 7, 18))
    g_assert_cmpuint (parts.works->len, ==, 128); /* they did end, in steps, by the morning */
}

static void
play (Day *day)
{
  gboolean failing[RN_N_FEEDS] = { FALSE }, partial[RN_N_FEEDS] = { FALSE };
  gsize middle_kb = 0;

  for (guint step = 0; step < STEPS; step++)
    {
      gint64 now_us = rn_source_now_us (day->stage.source);

      check_minute (day);
      check_known_moments (day, now_us);
      note_minute (day, failing, partial);
      if (step == STEPS / 2)
        middle_kb = resident_kb ();
      rn_clock_advance (day->stage.clock, STEP_US);
      settle (&day->stage);
    }
  g_test_message ("memory %u kB at noon, %u kB at midnight", (guint) middle_kb,
                  (guint) resident_kb ());
  g_assert_cmpuint (resident_kb (), <, middle_kb + middle_kb / 4 + 8192);
}

static void
test_day (void)
{
  const char *shared = g_getenv ("RN_TEST_SHARED");
  g_autofree char *folder = g_build_filename (shared != NULL ? shared : "/nonexistent", "feeds",
                                              "uk-ha-2013", NULL);
  Day day = { .folder = folder };

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("the recorded feeds are not here");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++)
    read_folder (&day, feeds[i].kind, feeds[i].folder);
  day.begin_us = G_GINT64_CONSTANT (1366758000) * S; /* 2013-04-24T00:00+01:00 */
  stage_set_up (&day.stage, NULL);
  watch_location (&day.stage, "uk-ha", folder, RATE);
  settle (&day.stage);
  play (&day);
  g_assert_cmpuint (day.n_faults, ==, 5);
  g_assert_cmpuint (day.n_recovered, ==, 5);
  g_assert_cmpuint (day.n_partial[RN_FEED_FLOW], ==, 1);
  g_assert_cmpuint (day.n_partial[RN_FEED_WORKS], ==, 1);
  g_test_message ("live minutes of %d: flow %u, events %u, roadworks %u; events partial %u times",
                  STEPS, day.n_live[RN_FEED_FLOW], day.n_live[RN_FEED_INCIDENTS],
                  day.n_live[RN_FEED_WORKS], day.n_partial[RN_FEED_INCIDENTS]);
  g_assert_cmpuint (day.n_live[RN_FEED_FLOW], >, STEPS * 95 / 100);
  g_clear_pointer (&day.frame, rn_frame_unref);
  stage_tear_down (&day.stage, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++)
    g_array_unref (day.answers[feeds[i].kind]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/uk-day/play", test_day);
  return g_test_run ();
}
