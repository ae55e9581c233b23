/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a rule would have done over what the session holds: rows, sections, the longest, now. */
#include "session/rn-rule-trial.h"

#include "alert-road.h"
#include "alert/rn-rule-read.h"
#include "alert/rn-rule-start.h"

#define T0 (G_GINT64_CONSTANT (1790820000) * RN_SECOND)
#define MINUTE (60 * RN_SECOND)

typedef struct {
  RnClock *clock;
  RnSession *session;
  Road *road;
  RnRule *rule;
  RnRuleTrial trial;
  gboolean done, good;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->clock = rn_clock_new_manual (T0);
  f->session = rn_session_new (f->clock);
  f->road = road_new (12, T0);
  f->rule = rn_rule_start (RN_METRIC_SPEED_KMH, "slow", rn_session_get_frame (f->session));
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    f->rule->tiers[tier].for_us = f->rule->tiers[tier].keep_us = 0;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rn_rule_unref (f->rule);
  road_free (f->road);
  g_object_unref (f->session);
  g_object_unref (f->clock);
}

/* @kmh on section @i for so many minutes. */
static void
drive (Fixture *f, guint i, double kmh, guint minutes)
{
  f->road->ratio[i] = (float) (kmh / 120);
  for (guint m = 0; m < minutes; m++)
    rn_session_take_frame (f->session, rn_frame_ref (road_measure (f->road, MINUTE)));
}

static void
done_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Fixture *f = data;

  f->good = rn_rule_trial_run_finish (f->session, result, &f->trial, NULL);
  f->done = TRUE;
}

static void
run (Fixture *f, GCancellable *cancellable)
{
  f->done = FALSE;
  rn_rule_trial_run_async (f->session, f->rule, cancellable, done_cb, f);
  while (!f->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_nothing_yet (Fixture *f, gconstpointer data)
{
  run (f, NULL);
  g_assert_true (f->good);
  g_assert_cmpuint (f->trial.n_samples, ==, 0);
  g_assert_cmpuint (f->trial.n_rows, ==, 0);
}

static void
test_counts (Fixture *f, gconstpointer data)
{
  drive (f, 2, 110, 5);
  drive (f, 2, 30, 14); /* from minute 6 to minute 20 */
  drive (f, 2, 110, 40);
  drive (f, 8, 30, 4);
  run (f, NULL);
  g_assert_true (f->good);
  g_assert_cmpuint (f->trial.n_samples, ==, 63);
  g_assert_cmpint (f->trial.until_us - f->trial.from_us, ==, 62 * MINUTE);
  g_assert_cmpuint (f->trial.n_rows, ==, 2);
  g_assert_cmpuint (f->trial.n_subjects, ==, 2);
  g_assert_cmpuint (f->trial.n_now, ==, 1);
  g_assert_cmpint (f->trial.longest_us, >=, 14 * MINUTE);
  f->rule->enabled = FALSE; /* as if it were switched on */
  run (f, NULL);
  g_assert_cmpuint (f->trial.n_rows, ==, 2);
  f->rule->tiers[3].enter = f->rule->tiers[2].enter = 1;
  f->rule->tiers[2].on = FALSE;
  run (f, NULL);
  g_assert_cmpuint (f->trial.n_rows, ==, 0);
  g_assert_cmpint (f->trial.longest_us, ==, 0);
}

/* Neighbours are one row over two sections. */
static void
test_rows (Fixture *f, gconstpointer data)
{
  drive (f, 2, 110, 3);
  f->road->ratio[3] = 0.25f;
  drive (f, 2, 30, 10);
  run (f, NULL);
  g_assert_cmpuint (f->trial.n_rows, ==, 1);
  g_assert_cmpuint (f->trial.n_subjects, ==, 2);
  g_assert_cmpuint (f->trial.n_now, ==, 1);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  drive (f, 2, 30, 5);
  g_cancellable_cancel (cancellable);
  run (f, cancellable);
  g_assert_false (f->good);
}

static void
test_what_is_held (Fixture *f, gconstpointer data)
{
  g_autoptr (RnRule) fog =
      rn_rule_start (RN_METRIC_VISIBILITY_M, "fog", rn_session_get_frame (f->session));

  g_assert_true (rn_rule_trial_has_past (f->rule));
  g_assert_false (rn_rule_trial_has_past (fog));
  g_assert_true (rn_rule_trial_has_guards (f->rule));
  f->rule->n_guards = 1;
  f->rule->guards = g_new0 (RnRuleGuard, 1);
  f->rule->guards[0] = (RnRuleGuard){ RN_METRIC_OCCUPANCY_PCT, 20, NAN };
  g_assert_false (rn_rule_trial_has_guards (f->rule));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/rule-trial/nothing-yet", test_nothing_yet);
  ADD ("/rule-trial/counts", test_counts);
  ADD ("/rule-trial/rows", test_rows);
  ADD ("/rule-trial/cancelled", test_cancelled);
  ADD ("/rule-trial/what-is-held", test_what_is_held);
#undef ADD
  return g_test_run ();
}
