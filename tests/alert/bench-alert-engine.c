/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine costs beyond its detector at 100,000 sections: on a calm network, on an ordinary day
 * (some hundred alerts that change) and in a flood of thousands at once. One line of JSON a case. */
#include "alert/rn-alert-engine.h"
#include "detector-help.h"

#define N 100000
#define RUNS 15

static int
compare (gconstpointer a, gconstpointer b)
{
  return *(const gint64 *) a < *(const gint64 *) b ? -1 : 1;
}

static RnRuleSet *
make_rules (void)
{
  RnRule *rules[2] = { help_rule ("jam", RN_METRIC_SPEED_RATIO),
                       help_rule ("queue", RN_METRIC_QUEUE_M) };
  RnRuleSet *set;

  help_tier (rules[0], 3, 0.45, 0.55, 0, 0);
  help_tier (rules[0], 2, 0.25, 0.35, 0, 0);
  help_tier (rules[1], 3, 2000, 1500, 0, 0);
  set = rn_rule_set_new (rules, 2);
  rn_rule_unref (rules[0]);
  rn_rule_unref (rules[1]);
  return set;
}

/* Runs of five sections crawl, @slow of a thousand; other ones each three minutes. */
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
    }
  flow = rn_flow_apply (NULL, update, N, FALSE);
  part.flow = flow;
  return rn_frame_build (network, &part, 1, rn_state_table_default (), part.now_us, before, NULL,
                         0);
}

typedef struct {
  gint64 first_us, median_us, tick_us, detector_us;
  guint n_alerts, n_entries;
} Outcome;

static gint64
now_us (void)
{
  return g_get_monotonic_time ();
}

static void
time_case (const RnNetwork *network, const RnRuleSet *rules, guint slow, Outcome *outcome)
{
  g_autoptr (RnAlertEngine) engine = rn_alert_engine_new (rules, NULL);
  g_autoptr (RnDetector) detector = rn_detector_new (rules, NULL);
  gint64 times_us[RUNS], alone_us[RUNS];
  RnFrame *before = NULL;

  *outcome = (Outcome){ 0 };
  for (guint r = 0; r < RUNS + 1; r++)
    {
      g_autoptr (GPtrArray) entries =
          g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_entry_unref);
      g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (RnFinding));
      RnFrame *frame = make_frame (network, before, r, slow);
      gint64 start_us = now_us (), spent_us;

      rn_alert_engine_step (engine, frame, frame->at_us, entries);
      spent_us = now_us () - start_us;
      start_us = now_us ();
      rn_detector_step (detector, frame, frame->at_us, findings);
      if (r == 0)
        outcome->first_us = spent_us;
      else
        {
          times_us[r - 1] = spent_us;
          alone_us[r - 1] = now_us () - start_us;
        }
      start_us = now_us ();
      rn_alert_engine_step (engine, frame, frame->at_us + S, entries);
      outcome->tick_us = now_us () - start_us;
      outcome->n_entries += entries->len;
      g_clear_pointer (&before, rn_frame_unref);
      before = frame;
    }
  rn_frame_unref (before);
  qsort (times_us, RUNS, sizeof *times_us, compare);
  qsort (alone_us, RUNS, sizeof *alone_us, compare);
  outcome->median_us = times_us[RUNS / 2];
  outcome->detector_us = alone_us[RUNS / 2];
  outcome->n_alerts = rn_alert_book_get_n (rn_alert_engine_get_book (engine));
}

int
main (void)
{
  static const struct {
    const char *name;
    guint slow;
  } cases[] = { { "calm", 0 }, { "ordinary", 3 }, { "flood", 100 } };
  g_autoptr (RnNetwork) network = fixture_big ("bench", N, 2);
  g_autoptr (RnRuleSet) rules = make_rules ();

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      Outcome outcome;

      time_case (network, rules, cases[c].slow, &outcome);
      g_print ("{\"bench\": \"alert-engine\", \"case\": \"%s\", \"sections\": %d, "
               "\"alerts\": %u, \"entries\": %u, \"first_ms\": %.1f, \"step_ms\": %.2f, "
               "\"detector_ms\": %.2f, \"tick_ms\": %.2f}\n",
               cases[c].name, N, outcome.n_alerts, outcome.n_entries, outcome.first_us / 1000.0,
               outcome.median_us / 1000.0, outcome.detector_us / 1000.0, outcome.tick_us / 1000.0);
    }
  return 0;
}
