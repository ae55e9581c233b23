/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the detector takes for a new frame of 100,000 sections with 20 rules, beside a bare pass
 * over as much memory as the rules' columns hold: on a calm network, on an ordinary day (3 % beyond
 * some limit, other ones each minute) and on the worst (a third). Prints one line of JSON a case. */
#include "detector-help.h"

#define N 100000
#define N_RULES 20
#define RUNS 15

static int
compare (gconstpointer a, gconstpointer b)
{
  return *(const gint64 *) a < *(const gint64 *) b ? -1 : 1;
}

static gint64
median (gint64 *times_us)
{
  qsort (times_us, RUNS, sizeof *times_us, compare);
  return times_us[RUNS / 2];
}

static RnRuleSet *
make_rules (void)
{
  static const struct {
    RnMetric metric;
    double enter[2], exit[2]; /* of the tiers III and II */
  } kinds[] = {
    { RN_METRIC_SPEED_RATIO, { 0.45, 0.25 }, { 0.55, 0.35 } },
    { RN_METRIC_SATURATION, { 1.9, 2.1 }, { 1.8, 2.0 } },
    { RN_METRIC_DENSITY_VPKM, { 120, 150 }, { 100, 130 } },
    { RN_METRIC_STATE, { 4, 5 }, { 4, 5 } },
    { RN_METRIC_QUEUE_M, { 2000, 5000 }, { 1500, 4000 } },
    { RN_METRIC_DELAY_S, { 300, 900 }, { 180, 600 } },
    { RN_METRIC_TRAVEL_TIME_INDEX, { 4, 8 }, { 3, 6 } },
    { RN_METRIC_OCCUPANCY_PCT, { 60, 80 }, { 50, 70 } },
    { RN_METRIC_SPEED_KMH, { 20, 10 }, { 30, 20 } },
    { RN_METRIC_FLOW_VPH_LANE, { 2900, 3000 }, { 2700, 2900 } },
  };
  RnRule *rules[N_RULES];
  RnRuleSet *set;

  for (guint i = 0; i < N_RULES; i++)
    {
      guint k = i % G_N_ELEMENTS (kinds);
      g_autofree char *id = g_strdup_printf ("r%u", i);

      rules[i] = help_rule (id, kinds[k].metric);
      help_tier (rules[i], 3, kinds[k].enter[0], kinds[k].exit[0], 120, 300);
      help_tier (rules[i], 2, kinds[k].enter[1], kinds[k].exit[1], 60, 300);
      help_guard (rules[i], RN_METRIC_FLOW_VPH_LANE, 60, NAN);
    }
  set = rn_rule_set_new (rules, N_RULES);
  for (guint i = 0; i < N_RULES; i++)
    rn_rule_unref (rules[i]);
  return set;
}

/* One section in @slow of a thousand crawls; which ones changes a little from minute to minute. */
static RnFrame *
make_frame (const RnNetwork *network, const RnFrame *before, guint minute, guint slow)
{
  g_autoptr (RnFlowUpdate) update = rn_flow_update_new (N);
  g_autoptr (RnFlow) flow = NULL;
  RnFrameParts part = { .network = network, .flow_quality_cap = RN_QUALITY_LIVE,
                        .now_us = T0 + minute * 60 * S, .poll_us = 60 * S };

  update->observed_at_us = part.now_us;
  update->full = TRUE;
  for (guint i = 0; i < N; i++)
    {
      gboolean crawls = (i / 5 * 7919 + minute / 3) % 1000 < slow;

      update->section[i] = i;
      update->flow_vph[i] = 600 + (i + minute) % 2000;
      update->speed_kmh[i] = crawls ? 10 + i % 25 : 80 + (i + minute) % 25;
      update->occupancy_pct[i] = crawls ? 55 : i % 20;
      update->typical_speed_kmh[i] = 95;
    }
  flow = rn_flow_apply (NULL, update, N, FALSE);
  part.flow = flow;
  return rn_frame_build (network, &part, 1, rn_state_table_default (), part.now_us, before, NULL,
                         0);
}

static gint64
time_steps (const RnNetwork *network, const RnRuleSet *rules, guint slow, guint *n_findings)
{
  g_autoptr (RnDetector) detector = rn_detector_new (rules, NULL);
  g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (RnFinding));
  RnFrame *before = NULL;
  gint64 times_us[RUNS];

  *n_findings = 0;
  for (guint r = 0; r < RUNS + 5; r++)
    {
      RnFrame *frame = make_frame (network, before, r, slow);
      gint64 start_us;

      g_array_set_size (findings, 0);
      start_us = g_get_monotonic_time ();
      rn_detector_step (detector, frame, frame->at_us, findings);
      if (r >= 5)
        times_us[r - 5] = g_get_monotonic_time () - start_us;
      *n_findings += findings->len;
      g_clear_pointer (&before, rn_frame_unref);
      before = frame;
    }
  rn_frame_unref (before);
  return median (times_us);
}

/* Reads a float and four bytes a section and rule, writes one byte: what the loops must touch. */
static gint64
time_pass (void)
{
  g_autofree guint8 *from = g_malloc (N * 8);
  g_autofree guint8 *to = g_malloc (N * 8);
  gint64 times_us[RUNS];

  memset (from, 1, N * 8);
  for (guint r = 0; r < RUNS; r++)
    {
      gint64 start_us = g_get_monotonic_time ();

      for (guint k = 0; k < N_RULES; k++)
        {
          from[k] = r;
          memcpy (to, from, N * 8);
          g_assert_cmpint (to[k], ==, r);
        }
      times_us[r] = g_get_monotonic_time () - start_us;
    }
  return MAX (median (times_us), 1);
}

int
main (void)
{
  static const struct {
    const char *name;
    guint slow;
  } cases[] = { { "calm", 0 }, { "ordinary", 30 }, { "worst", 333 } };
  g_autoptr (RnNetwork) network = fixture_big ("bench", N, 2);
  g_autoptr (RnRuleSet) rules = make_rules ();
  gint64 pass_us = time_pass ();

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      guint n_findings;
      gint64 step_us = time_steps (network, rules, cases[c].slow, &n_findings);

      g_print ("{\"bench\": \"detector\", \"case\": \"%s\", \"sections\": %d, \"rules\": %d, "
               "\"step_ms\": %.2f, \"ratio_to_memory_pass\": %.1f, \"findings\": %u}\n",
               cases[c].name, N, N_RULES, step_us / 1000.0, (double) step_us / pass_us,
               n_findings);
    }
  return 0;
}
