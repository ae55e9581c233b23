/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The past as the session tells it: what goes to the disk and what does not, and that memory and
 * disk join without a seam after a restart. */
#include "session/rn-history.h"

#include <math.h>

#include <glib/gstdio.h>

#include "model/rn-network-builder.h"
#include "net/rn-http.h"

#define T0 (G_GINT64_CONSTANT (1790820000) * RN_SECOND)
#define MINUTE (60 * RN_SECOND)

/* One seat's run. */
typedef struct {
  RnClock *clock;
  RnHttp *http;
  RnRecent *recent;
  RnHistory *history;
  GPtrArray *sources;
  RnNetwork *network;
} Run;

static RnNetwork *
make_network (const char *source)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new (source, "1");
  RnPoint points[] = { { 119.0, 32.0 }, { 119.1, 32.0 } };
  RnSectionRow row = RN_SECTION_ROW_INIT;

  row.id = "s0";
  row.road = "G1";
  row.from_m = 0;
  row.to_m = 9000;
  row.lanes = 2;
  row.points = points;
  row.n_points = 2;
  g_assert_true (rn_network_builder_add_section (builder, &row, NULL));
  return rn_network_builder_end (builder);
}

static Run
run_new (const char *folder, const char *location)
{
  g_autoptr (RnSourceSpec) spec = rn_source_spec_new ("roadnet", location);
  RnFrameStoreLimits limits = RN_FRAME_STORE_LIMITS_DEFAULT;
  Run run = { .clock = rn_clock_new_manual (T0), .http = rn_http_new () };
  RnSource *source = rn_source_new (spec, run.clock, run.http, NULL);

  g_assert_nonnull (source);
  run.recent = rn_recent_new (3 * 60 * MINUTE, 1 << 20);
  run.history = rn_history_new (run.recent);
  run.sources = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (run.sources, source);
  run.network = make_network ("roadnet");
  if (folder != NULL)
    rn_history_open (run.history, folder, &limits, run.clock);
  return run;
}

static void
run_end (Run *run)
{
  g_clear_object (&run->history);
  rn_recent_free (run->recent);
  g_ptr_array_unref (run->sources);
  rn_network_unref (run->network);
  g_object_unref (run->http);
  g_object_unref (run->clock);
}

static void
add (Run *run, gint64 at_us, float speed)
{
  g_autoptr (RnFlowUpdate) update = rn_flow_update_new (1);
  g_autoptr (RnFlow) flow = NULL;
  g_autoptr (RnFrame) frame = NULL;
  RnFrameParts parts = { .network = run->network, .flow_quality_cap = RN_QUALITY_LIVE,
                         .now_us = at_us, .poll_us = 30 * RN_SECOND };

  update->observed_at_us = at_us;
  update->full = TRUE;
  update->n = 1;
  update->section[0] = 0;
  update->speed_kmh[0] = speed;
  update->flow_vph[0] = 1000;
  flow = rn_flow_apply (NULL, update, 1, FALSE);
  parts.flow = flow;
  frame = rn_frame_build (run->network, &parts, 1, rn_state_table_default (), at_us, NULL, NULL, 0);
  rn_recent_add (run->recent, frame);
  rn_history_add (run->history, frame, run->sources);
}

typedef struct {
  GArray *samples;
  gboolean done;
} Loading;

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Loading *loading = data;

  loading->samples = rn_history_load_section_finish (RN_HISTORY (object), result, NULL);
  loading->done = TRUE;
}

static GArray *
load (Run *run, gint64 from_us, gint64 until_us, gint64 span_us)
{
  Loading loading = { NULL, FALSE };

  rn_history_load_section_async (run->history, run->network, 0, from_us, until_us, span_us, NULL,
                                 loaded_cb, &loading);
  while (!loading.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (loading.samples);
  return loading.samples;
}

static void
remove_folder (char *folder)
{
  static const char *const names[] = { "history.db", "history.lock", "recorded.json" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
}

static void
test_restart (void)
{
  char *folder = g_dir_make_tmp ("roadnet-history-XXXXXX", NULL);
  Run first = run_new (folder, "http://127.0.0.1:9/v1/");
  Run second;
  GArray *samples, *means;

  for (guint i = 0; i < 60; i++)
    add (&first, T0 + i * MINUTE, 50 + i);
  run_end (&first);
  second = run_new (folder, "http://127.0.0.1:9/v1/");
  for (guint i = 70; i < 80; i++)
    add (&second, T0 + i * MINUTE, 50 + i);
  samples = load (&second, T0 + 10 * MINUTE, T0 + 79 * MINUTE, 0);
  g_assert_cmpuint (samples->len, ==, 50 + 10);
  for (guint i = 0; i < samples->len; i++)
    {
      const RnFrameSample *sample = &g_array_index (samples, RnFrameSample, i);
      guint number = i < 50 ? i + 10 : i + 20;

      g_assert_cmpint (sample->at_us, ==, T0 + number * MINUTE);
      g_assert_cmpfloat (sample->speed_kmh, ==, 50 + number);
    }
  means = load (&second, T0, T0 + 79 * MINUTE, 5 * MINUTE);
  g_assert_cmpuint (means->len, ==, 12 + 2);
  for (guint i = 0; i < means->len; i++)
    {
      const RnFrameSample *mean = &g_array_index (means, RnFrameSample, i);
      guint span = i < 12 ? i : i + 2;

      g_assert_cmpint (mean->at_us, ==, T0 + span * 5 * MINUTE);
      g_assert_cmpfloat (mean->speed_kmh, ==, 50 + span * 5 + 2);
    }
  g_array_unref (samples);
  g_array_unref (means);
  run_end (&second);
  remove_folder (folder);
}

/* Another server under the same name has a past of its own. */
static void
test_other_server (void)
{
  char *folder = g_dir_make_tmp ("roadnet-history-XXXXXX", NULL);
  Run first = run_new (folder, "http://127.0.0.1:9/v1/");
  Run second;
  GArray *samples;

  add (&first, T0, 50);
  run_end (&first);
  second = run_new (folder, "http://127.0.0.1:10/v1/");
  add (&second, T0 + MINUTE, 90);
  samples = load (&second, T0, T0 + MINUTE, 0);
  g_assert_cmpuint (samples->len, ==, 1);
  g_array_unref (samples);
  run_end (&second);
  remove_folder (folder);
}

/* Neither the demo nor a recording nor a seat without history touches the folder; each still has
 * the memory. */
static void
test_not_kept (void)
{
  char *folder = g_dir_make_tmp ("roadnet-history-XXXXXX", NULL);
  g_autofree char *recorded = g_build_filename (folder, "recorded.json", NULL);
  g_autofree char *db = g_build_filename (folder, "history.db", NULL);
  const char *locations[] = { "http://127.0.0.1:9/v1/", recorded, "http://127.0.0.1:9/v1/" };

  g_assert_true (g_file_set_contents (recorded, "{}", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (locations); i++)
    {
      Run run = run_new (i < 2 ? folder : NULL, locations[i]);
      GArray *samples;

      if (i == 0)
        g_ptr_array_set_size (run.sources, 0); /* as of the demo */
      add (&run, T0, 50);
      add (&run, T0 + MINUTE, 51);
      samples = load (&run, T0, T0 + MINUTE, 0);
      g_assert_cmpuint (samples->len, ==, 2);
      g_assert_null (rn_history_get_status (run.history));
      g_array_unref (samples);
      run_end (&run);
      g_assert_false (g_file_test (db, G_FILE_TEST_EXISTS));
    }
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/history/restart", test_restart);
  g_test_add_func ("/session/history/other-server", test_other_server);
  g_test_add_func ("/session/history/not-kept", test_not_kept);
  return g_test_run ();
}
