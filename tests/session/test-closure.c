/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A full closure, end to end: the simulator shuts a busy section near its beginning; its queue
 * stands on the section upstream. As long as the closure lasts that section is severe, never "free"
 * for want of flow, far longer than the memory for standstills; when it is lifted the road clears.
 * ×60: a minute of data a second. Argument: the simulator. */
#include "session/rn-session.h"

#include <math.h>

#include "simulator.h"

#define PATIENCE_US (150 * RN_SECOND)
#define HOLD_US (15 * 60 * RN_SECOND) /* data time: longer than the memory of 10 min */

typedef struct {
  RnSession *session;
  guint32 shut, upstream;
  gboolean must_be_severe;
  gint64 until_us; /* data time */
} Watch;

static const char *simulator;

/* A busy section whose only feeder is short, on the same road, with nothing else wrong. */
static void
choose (Watch *watch)
{
  const RnFrame *frame = rn_session_get_frame (watch->session);
  const RnNetwork *network = frame->network;
  float best = 0;

  for (guint32 i = 0; i < network->n_sections; i++)
    {
      guint32 up = network->up_first[i];

      if (network->up_first[i + 1] - up != 1 || !(frame->flow_vph[i] > best))
        continue;
      up = network->up[up];
      if (network->length_m[up] > 5000 || network->road[up] != network->road[i]
          || !isfinite (frame->speed_kmh[up]) || frame->state[up] > 2 || frame->state[i] > 2)
        continue;
      best = frame->flow_vph[i];
      watch->shut = i;
      watch->upstream = up;
    }
  g_assert_cmpfloat (best, >, 500);
}

static void
check_cb (RnSession *session, Watch *watch)
{
  const RnFrame *frame = rn_session_get_frame (session);

  if (!watch->must_be_severe || !isfinite (frame->speed_kmh[watch->upstream]))
    return;
  g_assert_cmpuint (frame->state[watch->upstream], ==, 5);
}

typedef gboolean (*Condition) (Watch *watch);

static void
run_until (Watch *watch, Condition condition, const char *what)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  while (!condition (watch))
    {
      if (g_get_monotonic_time () > end_us)
        g_error ("not in time: %s", what);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (2000);
    }
}

static gboolean
has_data (Watch *watch)
{
  return rn_session_get_frame (watch->session)->figures.n_sections_known > 500;
}

static gboolean
is_severe (Watch *watch)
{
  return rn_session_get_frame (watch->session)->state[watch->upstream] == 5;
}

static gboolean
is_over (Watch *watch)
{
  return rn_session_now_us (watch->session) >= watch->until_us;
}

static gboolean
has_cleared (Watch *watch)
{
  guint8 state = rn_session_get_frame (watch->session)->state[watch->upstream];

  return state >= 1 && state <= 2;
}

static void
test_closure (void)
{
  g_autofree char *address = NULL;
  g_autoptr (GSubprocess) child
      = simulator_start (simulator, "--port 0 --seed 5 --speed 60", &address);
  g_autoptr (RnClock) clock = rn_clock_new_system ();
  g_autoptr (RnSourceSpec) spec = rn_source_spec_new ("roadnet", address);
  g_autofree char *body = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *path = NULL;
  g_auto (GStrv) quoted = NULL;
  g_autoptr (GError) error = NULL;
  const RnNetwork *network;
  Watch watch = { .session = rn_session_new (clock) };

  g_assert_true (rn_session_add_source (watch.session, spec, &error));
  g_assert_no_error (error);
  rn_session_start (watch.session);
  run_until (&watch, has_data, "flow");
  choose (&watch);
  network = rn_session_get_frame (watch.session)->network;
  g_test_message ("closing %s, watching %s", network->id[watch.shut], network->id[watch.upstream]);
  g_signal_connect (watch.session, "changed", G_CALLBACK (check_cb), &watch);

  body = g_strdup_printf ("{\"section\":\"%s\",\"chainage_m\":%.0f}", network->id[watch.shut],
                          network->from_m[watch.shut]);
  answer = simulator_ask (address, "POST", "-/incident", body);
  quoted = g_strsplit (answer, "\"", 5); /* {"id":"…"} */
  g_assert_cmpuint (g_strv_length (quoted), ==, 5);
  run_until (&watch, is_severe, "severe upstream of the closure");

  watch.must_be_severe = TRUE;
  watch.until_us = rn_session_now_us (watch.session) + HOLD_US;
  run_until (&watch, is_over, "the hold");
  watch.must_be_severe = FALSE;

  path = g_strconcat ("-/incident/", quoted[3], NULL);
  g_free (simulator_ask (address, "DELETE", path, NULL));
  run_until (&watch, has_cleared, "clear after the closure");

  rn_session_stop (watch.session);
  g_object_unref (watch.session);
  g_subprocess_force_exit (child);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc < 2)
    g_error ("usage: %s SIMULATOR", argv[0]);
  simulator = argv[1];
  g_test_add_func ("/session/closure", test_closure);
  return g_test_run ();
}
