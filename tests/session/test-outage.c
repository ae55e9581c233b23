/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worst hour, end to end: a session polls simulators that die and lie in every way they can.
 * Within two polls the feeds tell the truth, nothing old is taken for live, and all recover when the
 * fault ends. The simulators run at ×20, so a poll of 30 s comes each 1.5 s; all faults run side by
 * side in one main loop. Argument: the simulator. */
#include "session/rn-session.h"

#include <math.h>

#include "simulator.h"

#define RATE 20
#define POLL_US (30 * RN_SECOND)
/* What is still called live: 2 P + 5 s of data time, the delay that the source admits, and the tick
 * of a second of life. */
#define LIVE_LIMIT_US (2 * POLL_US + 5 * RN_SECOND + RATE * RN_SECOND)
#define PATIENCE_US (90 * RN_SECOND)

static const char *simulator;

typedef struct {
  GSubprocess *child;
  char *address;
  RnSession *session;
  RnClock *clock;
} Site;

static GSubprocess *
start_simulator (guint port, char **address)
{
  g_autofree char *arguments = g_strdup_printf (
      "--port %u --seed 3 --sections 120 --speed %d", port, RATE);

  return simulator_start (simulator, arguments, address);
}

static Site *
site_new (void)
{
  Site *site = g_new0 (Site, 1);
  g_autoptr (RnSourceSpec) spec = NULL;
  g_autoptr (GError) error = NULL;

  site->child = start_simulator (0, &site->address);
  site->clock = rn_clock_new_system ();
  site->session = rn_session_new (site->clock);
  spec = rn_source_spec_new ("roadnet", site->address);
  g_assert_true (rn_session_add_source (site->session, spec, &error));
  g_assert_no_error (error);
  rn_session_start (site->session);
  return site;
}

static void
site_free (Site *site)
{
  rn_session_stop (site->session);
  g_object_unref (site->session);
  g_object_unref (site->clock);
  g_subprocess_force_exit (site->child);
  g_object_unref (site->child);
  g_free (site->address);
  g_free (site);
}

static RnFeedStatus *
flow_status (Site *site)
{
  g_autoptr (GPtrArray) feeds = rn_session_dup_feeds (site->session);

  for (guint i = 0; i < feeds->len; i++)
    if (((RnFeedStatus *) feeds->pdata[i])->kind == RN_FEED_FLOW)
      return rn_feed_status_copy (feeds->pdata[i]);
  return NULL;
}

/* What must hold at every instant, whatever the server does. */
static void
check_truth (Site *site)
{
  g_autoptr (RnFeedStatus) status = flow_status (site);
  const RnFrame *frame = rn_session_get_frame (site->session);
  gint64 now_us = rn_session_now_us (site->session);

  if (status == NULL)
    return;
  if (status->state == RN_FEED_LIVE && !status->suspect)
    g_assert_cmpint (now_us - status->observed_at_us - status->delay_us, <=, LIVE_LIMIT_US);
  for (guint i = 0; i < frame->network->n_sections; i++)
    {
      if (frame->quality[i] != RN_QUALITY_LIVE)
        continue;
      g_assert_cmpint (now_us - frame->flow_at_us[i] - status->delay_us, <=,
                       LIVE_LIMIT_US + RATE * RN_SECOND);
      g_assert_cmpint (frame->flow_at_us[i] - now_us, <=, 60 * RN_SECOND);
      g_assert_true (isfinite (frame->speed_kmh[i]));
      g_assert_true (frame->speed_kmh[i] >= 0 && frame->speed_kmh[i] <= 300);
    }
}

typedef gboolean (*Condition) (Site *site, gconstpointer data);

/* Turns the main loop until all sites fulfil their condition, checking the truth all along. */
static void
run_until (Site **sites, const gconstpointer *data, guint n, Condition condition, const char *what)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_US;
  g_autofree gboolean *done = g_new0 (gboolean, n);

  for (guint left = n; left > 0;)
    {
      gint64 turn_us = g_get_monotonic_time () + 20000;

      while (g_get_monotonic_time () < turn_us)
        if (!g_main_context_iteration (NULL, FALSE))
          g_usleep (1000);
      for (guint i = 0; i < n; i++)
        {
          check_truth (sites[i]);
          if (!done[i] && condition (sites[i], data != NULL ? data[i] : NULL))
            {
              done[i] = TRUE;
              left--;
            }
        }
      if (left > 0 && g_get_monotonic_time () > end_us)
        {
          for (guint i = 0; i < n; i++)
            if (!done[i])
              {
                g_autoptr (RnFeedStatus) status = flow_status (sites[i]);

                g_test_message ("%s: %s, state %d, error %s", what,
                                data != NULL ? (const char *) data[i] : "", status->state,
                                status->error);
              }
          g_error ("not in time: %s", what);
        }
    }
}

static gboolean
is_live (Site *site, gconstpointer data)
{
  g_autoptr (RnFeedStatus) status = flow_status (site);

  return status != NULL && status->state == RN_FEED_LIVE && status->error == NULL
         && !status->suspect && !status->partial
         && rn_session_get_frame (site->session)->figures.n_sections_known > 50;
}

static gboolean
is_not_live (Site *site, gconstpointer data)
{
  g_autoptr (RnFeedStatus) status = flow_status (site);

  return status != NULL && status->state != RN_FEED_LIVE;
}

/* What the strip must say under each fault. */
static gboolean
tells_fault (Site *site, gconstpointer data)
{
  const char *fault = data;
  g_autoptr (RnFeedStatus) status = flow_status (site);

  if (status == NULL)
    return FALSE;
  if (g_str_equal (fault, "late"))
    return status->state != RN_FEED_LIVE;
  if (g_str_equal (fault, "frozen"))
    return status->state == RN_FEED_FROZEN || status->state >= RN_FEED_STALE;
  if (g_str_equal (fault, "skew"))
    return status->suspect;
  if (g_str_equal (fault, "partial"))
    return status->partial;
  if (g_str_equal (fault, "types"))
    return status->error != NULL || rn_refusals_total (status->refusals) > 0;
  return status->error != NULL;
}

static void
set_fault (Site *site, const char *kind, double share)
{
  g_autofree char *body = g_strdup_printf ("{\"kind\":\"%s\",\"share\":%.1f}", kind, share);

  g_free (simulator_ask (site->address, "POST", "-/fault", body));
}

static const char *const faults[] = { "drop",  "late",   "500",  "429",     "cut",  "garbage",
                                      "types", "frozen", "skew", "partial", "slow", "huge" };

static void
test_faults (void)
{
  Site *sites[G_N_ELEMENTS (faults)];

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    sites[i] = site_new ();
  run_until (sites, NULL, G_N_ELEMENTS (faults), is_live, "live at first");
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    set_fault (sites[i], faults[i], 1.0);
  run_until (sites, (const gconstpointer *) faults, G_N_ELEMENTS (faults), tells_fault,
             "the strip tells the fault");
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    set_fault (sites[i], faults[i], 0.0);
  run_until (sites, (const gconstpointer *) faults, G_N_ELEMENTS (faults), is_live,
             "live again after the fault");
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    site_free (sites[i]);
}

static void
test_kill (void)
{
  Site *site = site_new ();
  g_autoptr (GUri) uri = NULL;

  run_until (&site, NULL, 1, is_live, "live at first");
  uri = g_uri_parse (site->address, G_URI_FLAGS_NONE, NULL);
  g_subprocess_send_signal (site->child, 9);
  g_subprocess_wait (site->child, NULL, NULL);
  run_until (&site, NULL, 1, is_not_live, "not live without a server");
  g_clear_object (&site->child);
  g_clear_pointer (&site->address, g_free);
  site->child = start_simulator ((guint) g_uri_get_port (uri), &site->address);
  run_until (&site, NULL, 1, is_live, "live again after the server came back");
  site_free (site);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc < 2)
    g_error ("usage: %s SIMULATOR", argv[0]);
  simulator = argv[1];
  g_test_add_func ("/session/outage/faults", test_faults);
  g_test_add_func ("/session/outage/kill", test_kill);
  return g_test_run ();
}
