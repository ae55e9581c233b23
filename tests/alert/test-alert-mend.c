/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Round numbers, and the mend of each trouble, as tables. */
#include <math.h>

#include "alert/rn-rule-load.h"

static void
test_round (void)
{
  static const struct {
    double value, from, wanted;
  } cases[] = {
    { 0.59, 0.55, 0.60 }, { 0.601, 0.55, 0.65 }, { 0.60, 0.55, 0.60 },  { 0.55, 0.55, 0.55 },
    { 0.33, 0.45, 0.30 }, { 0.35, 0.45, 0.35 },  { 2130, 2000, 2200 },  { 47, 60, 45 },
    { 310, 300, 320 },    { 12, 10, 12 },        { 12.2, 10, 13 },      { 3, 0, 3 },
    { -12.3, -10, -13 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpfloat_with_epsilon (rn_mend_round (cases[i].value, cases[i].from), cases[i].wanted,
                                    1e-6);
  g_assert_cmpfloat (rn_mend_round_s (1), ==, 30);
  g_assert_cmpfloat (rn_mend_round_s (60), ==, 60);
  g_assert_cmpfloat (rn_mend_round_s (61), ==, 120);
  g_assert_cmpfloat (rn_mend_round_s (240), ==, 240);
  g_assert_cmpfloat (rn_mend_round_s (601), ==, 900);
}

static void
test_samples (void)
{
  RnLoadSamples samples = { 0 };

  g_assert_true (isnan (rn_load_samples_quantile (&samples, 0, 0.5)));
  rn_load_samples_add (&samples, NAN, 2);
  rn_load_samples_add (&samples, INFINITY, 2);
  g_assert_cmpuint (samples.n, ==, 0);
  for (int i = 1; i <= 10; i++)
    rn_load_samples_add (&samples, i, i <= 5 ? 2 : 3);
  g_assert_cmpfloat (rn_load_samples_quantile (&samples, 0, 0.9), ==, 9);
  g_assert_cmpfloat (rn_load_samples_quantile (&samples, 0, 0), ==, 1);
  g_assert_cmpfloat (rn_load_samples_quantile (&samples, 2, 1), ==, 5);
  g_assert_cmpfloat (rn_load_samples_quantile (&samples, 3, 0.5), ==, 8);
  g_assert_true (isnan (rn_load_samples_quantile (&samples, 1, 0.5)));
  /* the last ones only */
  for (guint i = 0; i < 3 * RN_LOAD_SAMPLES; i++)
    rn_load_samples_add (&samples, 100, 2);
  g_assert_cmpfloat (rn_load_samples_quantile (&samples, 0, 0), ==, 100);
}

/* r < 0.45 enters, > 0.55 leaves, after 2 min, kept for 5. */
static RnRule *
make_rule (void)
{
  RnRule *rule = rn_rule_new ("jam");

  rule->metric = RN_METRIC_SPEED_RATIO;
  rule->tiers[3] = (RnRuleTier){ .on = TRUE,
                                 .enter = 0.45,
                                 .exit = 0.55,
                                 .for_us = 120 * G_USEC_PER_SEC,
                                 .keep_us = 300 * G_USEC_PER_SEC };
  return rule;
}

static RnRuleLoad *
make_load (guint n_new)
{
  RnRuleLoad *load = rn_rule_load_new ("jam");

  load->n_new = load->n_ended = load->n_new_by_tier[3] = n_new;
  return load;
}

static void
add (RnLoadSamples *samples, guint n, const double *values)
{
  for (guint i = 0; i < n; i++)
    rn_load_samples_add (samples, values[i], 3);
}

static void
assert_mend (const RnRuleLoad *load, const RnRule *rule, RnMendKind kind, const char *change)
{
  RnMend mend = rn_rule_load_mend (load, rule, 8);
  g_autofree char *got = rn_mend_dup_change (&mend);
  g_autofree char *reason = rn_mend_dup_reason (&mend);

  g_assert_cmpint (mend.kind, ==, kind);
  g_assert_cmpstr (got, ==, change);
  g_assert_cmpstr (reason, !=, "");
}

static void
test_returning (void)
{
  static const double near_exit[] = { 0.56, 0.57, 0.58, 0.59, 0.56 };
  static const double far_off[] = { 0.9, 0.95, 0.91, 0.88, 0.97 };
  static const double minutes[] = { 360, 400, 420, 330, 500 };
  static const double hours[] = { 7200, 8000, 9000, 7300, 7800 };
  g_autoptr (RnRule) rule = make_rule ();
  RnRuleLoad *load = make_load (4);

  load->n_returned = 5;
  load->n_chattering = 1;
  assert_mend (load, rule, RN_MEND_CHECK, NULL); /* no samples: no number */
  assert_mend (load, NULL, RN_MEND_CHECK, NULL);
  add (&load->left_too_early, 5, near_exit);
  add (&load->away_s, 5, minutes);
  assert_mend (load, rule, RN_MEND_EXIT, "III: exit 0.55 → 0.60");
  assert_mend (load, NULL, RN_MEND_CHECK, NULL); /* the rule is gone */
  /* an exit far away would never be reached: wait longer instead */
  add (&load->left_too_early, 5, far_off);
  add (&load->left_too_early, 5, far_off);
  assert_mend (load, rule, RN_MEND_KEEP, "III: keep_s 300 → 540");
  add (&load->away_s, 5, hours);
  assert_mend (load, rule, RN_MEND_CHECK, NULL);
  rn_rule_load_free (load);
}

static void
test_high_is_bad (void)
{
  static const double left[] = { 880, 850, 900, 860 };
  g_autoptr (RnRule) rule = rn_rule_new ("delay");
  RnRuleLoad *load = make_load (4);

  rule->metric = RN_METRIC_DELAY_S;
  rule->tiers[3] = (RnRuleTier){ .on = TRUE, .enter = 1200, .exit = 900 };
  load->n_returned = 4;
  add (&load->left_too_early, 4, left);
  assert_mend (load, rule, RN_MEND_EXIT, "III: exit 900 → 800");
  rn_rule_load_free (load);
}

/* A key figure of which low values are bad: mends go down and up as with a speed. */
static void
test_low_key_figure (void)
{
  static const double left[] = { 80.5, 81, 82, 81.5 };
  static const double entered[] = { 74, 73, 70, 66, 62, 60 };
  g_autoptr (RnRule) rule = rn_rule_new ("smooth");
  RnRuleLoad *load = make_load (6);

  rule->metric = RN_METRIC_KPI;
  rule->tiers[3] = (RnRuleTier){ .on = TRUE, .enter = 75, .exit = 80 };
  load->n_never = 5;
  add (&load->entered, 6, entered);
  assert_mend (load, rule, RN_MEND_ENTER, "III: enter 75 → 70");
  load->n_returned = 4;
  add (&load->left_too_early, 4, left);
  assert_mend (load, rule, RN_MEND_EXIT, "III: exit 80 → 90");
  rn_rule_load_free (load);
}

static void
test_fleeting (void)
{
  static const double held[] = { 30, 60, 90, 60 };
  g_autoptr (RnRule) rule = make_rule ();
  RnRuleLoad *load = make_load (8);

  load->n_fleeting = 4;
  add (&load->short_s, 4, held);
  assert_mend (load, rule, RN_MEND_FOR, "III: for_s 120 → 240");
  load->n_new = 40; /* four of forty are no trouble */
  assert_mend (load, rule, RN_MEND_NONE, NULL);
  rn_rule_load_free (load);
}

static void
test_stale_and_unanswered (void)
{
  static const double values[] = { 0.44, 0.41, 0.38, 0.33, 0.20, 0.12 };
  static const double at_limit[] = { 0.45, 0.449, 0.45, 0.448, 0.45, 0.45 };
  g_autoptr (RnRule) rule = make_rule ();
  RnRuleLoad *load = make_load (6);

  load->n_stale = 2;
  assert_mend (load, rule, RN_MEND_SCOPE, NULL);
  load->n_stale = 0;
  load->n_never = 5;
  assert_mend (load, rule, RN_MEND_RETIRE, NULL);
  add (&load->entered, 6, values);
  assert_mend (load, rule, RN_MEND_ENTER, "III: enter 0.45 → 0.35");
  load->n_never = 1; /* one of six may be missed */
  assert_mend (load, rule, RN_MEND_NONE, NULL);
  load->n_new = 60; /* over six an hour */
  load->n_never = 0;
  assert_mend (load, rule, RN_MEND_ENTER, "III: enter 0.45 → 0.35");
  rn_rule_load_free (load);
  load = make_load (60);
  add (&load->entered, 6, at_limit);
  assert_mend (load, rule, RN_MEND_ENTER, NULL); /* too many, but no limit is known to help */
  rn_rule_load_free (load);
}

/* Sets of values have no limits that could be moved. */
static void
test_sets (void)
{
  static const double values[] = { 3, 3, 4, 3 };
  g_autoptr (RnRule) rule = rn_rule_new ("ice");
  RnRuleLoad *load = make_load (60);

  rule->metric = RN_METRIC_SURFACE;
  rule->tiers[3] = (RnRuleTier){ .on = TRUE, .enter = NAN, .exit = NAN, .set = 0x18 };
  add (&load->entered, 4, values);
  add (&load->left_too_early, 4, values);
  load->n_never = 60;
  assert_mend (load, rule, RN_MEND_RETIRE, NULL);
  load->n_returned = 60;
  load->n_chattering = 3;
  assert_mend (load, rule, RN_MEND_CHECK, NULL);
  rn_rule_load_free (load);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alert-mend/round", test_round);
  g_test_add_func ("/alert-mend/samples", test_samples);
  g_test_add_func ("/alert-mend/returning", test_returning);
  g_test_add_func ("/alert-mend/high-is-bad", test_high_is_bad);
  g_test_add_func ("/alert-mend/low-key-figure", test_low_key_figure);
  g_test_add_func ("/alert-mend/fleeting", test_fleeting);
  g_test_add_func ("/alert-mend/stale-and-unanswered", test_stale_and_unanswered);
  g_test_add_func ("/alert-mend/sets", test_sets);
  return g_test_run ();
}
