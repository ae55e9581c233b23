/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules as values: tiers, metrics, hours, sets. */
#include <math.h>

#include "alert/rn-rule.h"

static void
test_tiers (void)
{
  g_assert_true (rn_tier_is_worse (1, 2));
  g_assert_true (rn_tier_is_worse (4, 0));
  g_assert_false (rn_tier_is_worse (0, 4));
  g_assert_false (rn_tier_is_worse (3, 3));
  g_assert_cmpint (rn_tier_worst (0, 3), ==, 3);
  g_assert_cmpint (rn_tier_worst (2, 3), ==, 2);
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    g_assert_cmpint (rn_tier_from_word (rn_tier_word (tier)), ==, tier);
  g_assert_cmpint (rn_tier_from_word ("V"), ==, 0);
}

static void
test_metrics (void)
{
  for (guint i = 0; i < RN_N_METRICS; i++)
    {
      g_autofree char *unknown = rn_metric_text (i, NAN);

      g_assert_nonnull (rn_metric_word (i));
      g_assert_cmpstr (rn_metric_words ()[i], ==, rn_metric_word (i));
      g_assert_cmpstr (unknown, ==, RN_DASH);
      g_assert_false (rn_bad_side_is_beyond (rn_metric_bad_side (i), NAN, 1));
    }
  g_assert_null (rn_metric_words ()[RN_N_METRICS]);
}

/* Mostly the metric's; of a key figure its limits tell. */
static void
test_sides (void)
{
  g_autoptr (RnRule) rule = rn_rule_new ("r");

  rule->metric = RN_METRIC_SPEED_RATIO;
  g_assert_cmpint (rn_rule_bad_side (rule), ==, RN_BAD_LOW);
  g_assert_true (rn_rule_is_beyond (rule, 0.2, 0.25));
  g_assert_false (rn_rule_is_beyond (rule, 0.3, 0.25));
  g_assert_false (rn_rule_is_beyond (rule, 0.2, NAN));
  rule->metric = RN_METRIC_DELAY_S;
  g_assert_true (rn_rule_is_beyond (rule, 600, 300));
  rule->metric = RN_METRIC_SURFACE;
  g_assert_cmpint (rn_rule_bad_side (rule), ==, RN_BAD_SET);
  g_assert_false (rn_rule_is_beyond (rule, 3, 3));
  rule->metric = RN_METRIC_KPI;
  g_assert_cmpint (rn_rule_bad_side (rule), ==, RN_BAD_HIGH); /* no limits yet */
  rule->tiers[4] = (RnRuleTier){ .on = TRUE, .enter = 75, .exit = 80 };
  g_assert_cmpint (rn_rule_bad_side (rule), ==, RN_BAD_LOW);
  g_assert_true (rn_rule_is_beyond (rule, 75, 75));
  g_assert_false (rn_rule_is_beyond (rule, 90, 75));
  rule->tiers[4] = (RnRuleTier){ .on = TRUE, .enter = 50, .exit = 40 };
  g_assert_cmpint (rn_rule_bad_side (rule), ==, RN_BAD_HIGH);
  g_assert_true (rn_rule_is_beyond (rule, 60, 50));
}

/* A key figure may be a share or a count. */
static void
test_plain_numbers (void)
{
  g_autofree char *share = rn_metric_text (RN_METRIC_KPI, 0.914);
  g_autofree char *rate = rn_metric_text (RN_METRIC_KPI, 91.42);
  g_autofree char *count = rn_metric_text (RN_METRIC_KPI, 12);

  g_assert_cmpstr (share, ==, "0.91");
  g_assert_cmpstr (rate, ==, "91.4");
  g_assert_cmpstr (count, ==, "12");
}

/* Monday 2026-10-05, UTC */
static gint64
at (int day, int hour, int minute)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 10, 4 + day, hour, minute, 0);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
test_hours (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (RnRule) rule = rn_rule_new ("night");

  g_assert_true (rn_rule_is_on (rule, at (1, 12, 0), utc));
  rule->n_hours = 1;
  rule->hours = g_new0 (RnRuleHours, 1);
  rule->hours[0] = (RnRuleHours){ .weekdays = 1u << 1, .from_min = 22 * 60, .until_min = 6 * 60 };
  g_assert_false (rn_rule_is_on (rule, at (1, 21, 59), utc));
  g_assert_true (rn_rule_is_on (rule, at (1, 22, 0), utc));
  g_assert_true (rn_rule_is_on (rule, at (2, 5, 59), utc)); /* still Monday's night */
  g_assert_false (rn_rule_is_on (rule, at (2, 6, 0), utc));
  g_assert_false (rn_rule_is_on (rule, at (1, 3, 0), utc)); /* Sunday's */
  rule->enabled = FALSE;
  g_assert_false (rn_rule_is_on (rule, at (1, 23, 0), utc));
}

static void
test_sets (void)
{
  g_autoptr (RnRule) a = rn_rule_new ("a");
  g_autoptr (RnRule) b = rn_rule_new ("b");
  g_autoptr (RnRule) b2 = rn_rule_new ("b");
  g_autoptr (RnRule) c = rn_rule_new ("c");
  g_autoptr (RnRuleSet) base = rn_rule_set_new ((RnRule *[]){ a, b }, 2);
  g_autoptr (RnRuleSet) site = rn_rule_set_new ((RnRule *[]){ c, b2 }, 2);
  g_autoptr (RnRuleSet) both = rn_rule_set_override (base, site);

  g_assert_cmpuint (both->n, ==, 3);
  g_assert_true (both->rules[0] == a);
  g_assert_true (both->rules[1] == b2);
  g_assert_true (both->rules[2] == c);
  g_assert_null (rn_rule_set_find (both, "d"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rule/tiers", test_tiers);
  g_test_add_func ("/rule/metrics", test_metrics);
  g_test_add_func ("/rule/sides", test_sides);
  g_test_add_func ("/rule/plain-numbers", test_plain_numbers);
  g_test_add_func ("/rule/hours", test_hours);
  g_test_add_func ("/rule/sets", test_sets);
  return g_test_run ();
}
