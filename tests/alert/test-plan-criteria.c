/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Criteria trees and files of plans: what is read, and what is refused with its place. */
#include <math.h>
#include <string.h>

#include "alert/rn-plan-file.h"

static void
test_trees (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnPlanCriteria) criteria = rn_plan_criteria_parse (
      "{\"III\": {\"enter\": {\"all\": [{\"any\": [{\"metric\": \"saturation\", \"above\": 0.9},"
      " {\"metric\": \"speed_ratio\", \"below\": 0.45}]}, {\"metric\": \"slow_km\","
      " \"above\": 2, \"for_s\": 60}], \"for_s\": 600}}}",
      &error);
  const RnPlanTree *tree;
  g_autofree char *limit = NULL;

  g_assert_no_error (error);
  tree = &criteria->enter[3];
  g_assert_cmpuint (tree->n_nodes, ==, 5);
  g_assert_cmpuint (tree->n_limits, ==, 3);
  g_assert_cmpint (tree->nodes[0].kind, ==, RN_PLAN_ALL);
  g_assert_cmpint (tree->nodes[0].for_us, ==, 600 * G_USEC_PER_SEC);
  g_assert_cmpint (tree->nodes[1].kind, ==, RN_PLAN_ANY);
  g_assert_cmpint (tree->nodes[2].metric, ==, RN_METRIC_SLOW_KM);
  g_assert_cmpint (tree->nodes[2].for_us, ==, 60 * G_USEC_PER_SEC);
  g_assert_cmpuint (criteria->leave[3].n_nodes, ==, 0);
  g_assert_cmpuint (criteria->enter[2].n_nodes, ==, 0);
  limit = rn_plan_node_dup_limit (&tree->nodes[2]);
  g_assert_cmpstr (limit, ==, "≥ 2.0\u202fkm");
}

static void
test_levels_in_words (void)
{
  static const struct {
    double above, below;
    const char *words;
  } rows[] = { { NAN, 2.5, "≥ II" }, { NAN, 3, "≥ II" }, { NAN, 2, "≥ I" }, { 3, NAN, "< II" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      RnPlanNode node = { .kind = RN_PLAN_LIMIT, .metric = RN_METRIC_INCIDENT_LEVEL,
                          .above = rows[i].above, .below = rows[i].below };
      g_autofree char *words = rn_plan_node_dup_limit (&node);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

static void
test_refusals (void)
{
  static const struct {
    const char *json, *place;
  } rows[] = {
    { "[]", "$" },
    { "{\"IV\": {\"enter\": 7}}", "IV.enter" },
    { "{\"IV\": {\"enter\": {\"any\": []}}}", "IV.enter.any" },
    { "{\"IV\": {\"enter\": {\"any\": {}}}}", "IV.enter.any" },
    { "{\"IV\": {\"enter\": {\"any\": [], \"all\": []}}}", "IV.enter" },
    { "{\"II\": {\"enter\": {\"metric\": \"slow_km\"}}}", "II.enter" },
    { "{\"II\": {\"enter\": {\"metric\": \"slow_mi\", \"above\": 1}}}", "II.enter.metric" },
    { "{\"II\": {\"enter\": {\"metric\": \"fuel_stock_pct\", \"above\": 1}}}", "II.enter.metric" },
    { "{\"II\": {\"enter\": {\"metric\": \"slow_km\", \"above\": \"5\"}}}", "II.enter.above" },
    { "{\"II\": {\"enter\": {\"metric\": \"slow_km\", \"above\": 5, \"below\": 5}}}",
      "II.enter.above" },
    { "{\"II\": {\"enter\": {\"metric\": \"slow_km\", \"above\": 5, \"for_s\": -1}}}",
      "II.enter.for_s" },
    { "{\"II\": {\"enter\": {\"all\": [{\"any\": [{\"metric\": \"slow_km\", \"above\": 5}, null]}]}}}",
      "II.enter.all[0].any[1].metric" },
    { "{\"II\": {\"enter\": {\"metric\": \"slow_km\", \"above\": 5},"
      " \"exit\": {\"metric\": \"slow_km\", \"below\": 6}}}",
      "II.exit" },
    { "{\"IV\": {\"enter\": {\"metric\": \"speed_ratio\", \"below\": 0.6},"
      " \"exit\": {\"metric\": \"speed_ratio\", \"above\": 0.55}}}",
      "IV.exit" },
    { "{", "1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].json);
      g_assert_null (rn_plan_criteria_parse (rows[i].json, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, rows[i].place));
    }
}

/* A tree of more limits than can be looked through is refused and not cut. */
static void
test_too_many (void)
{
  g_autoptr (GString) json = g_string_new ("{\"IV\": {\"enter\": {\"any\": [");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < RN_PLAN_MAX_NODES; i++)
    g_string_append_printf (json, "%s{\"metric\": \"slow_km\", \"above\": %u}", i > 0 ? "," : "",
                            i + 1);
  g_string_append (json, "]}}}");
  g_assert_null (rn_plan_criteria_parse (json->str, &error));
  g_assert_nonnull (strstr (error->message, "IV.enter.any"));
}

static void
test_default_file (void)
{
  const RnPlanFile *file = rn_plan_file_default ();
  guint of_tier[RN_N_TIERS] = { 0 };
  gboolean closure = FALSE;

  for (int tier = 1; tier < RN_N_TIERS; tier++)
    {
      g_assert_cmpuint (file->criteria->enter[tier].n_limits, >, 0);
      g_assert_cmpuint (file->criteria->leave[tier].n_limits, >, 0);
    }
  for (guint i = 0; i < file->templates->len; i++)
    {
      const RnPlanTemplate *row = file->templates->pdata[i];

      of_tier[row->tier]++;
      g_assert_nonnull (row->party);
      closure = closure || row->closure;
    }
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    g_assert_cmpuint (of_tier[tier], >=, 3);
  g_assert_true (closure);
  g_assert_cmpuint (file->outlines->len, >, 0);
}

static RnPlanFile *
parse (const char *json, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));

  return rn_plan_file_parse (bytes, "plans.json", error);
}

static void
test_own_file (void)
{
  static const char *const wrong[][2] = {
    { "{\"plans\": [{\"id\": \"a\"}]}", "plans[0].road" },
    { "{\"plans\": [{\"id\": \"a\", \"road\": \"G2\", \"direction\": \"up\", \"from_m\": 0,"
      " \"to_m\": 1}]}",
      "plans[0].direction" },
    { "{\"plans\": [{\"id\": \"a\", \"road\": \"G2\", \"direction\": \"asc\", \"from_m\": 2,"
      " \"to_m\": 1}]}",
      "plans[0].to_m" },
    { "{\"measures\": {\"I\": [{\"party\": \"police\"}]}}", "measures.I[0].what" },
    { "{\"criteria\": {\"I\": {\"enter\": {}}}}", "criteria.I.enter.metric" },
    { "{\"coverage\": 2}", "coverage" },
    { "[]", "$" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RnPlanFile) file = parse ("{\"plans\": [], \"coverage\": 0.5}", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (file->outlines->len, ==, 0);
  g_assert_cmpfloat (file->coverage, ==, 0.5);
  g_assert_cmpuint (file->criteria->enter[1].n_limits, ==,
                    rn_plan_file_default ()->criteria->enter[1].n_limits);
  g_assert_cmpuint (file->templates->len, ==, rn_plan_file_default ()->templates->len);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) refused = NULL;

      g_test_message ("%s", wrong[i][0]);
      g_assert_null (parse (wrong[i][0], &refused));
      g_assert_true (g_str_has_prefix (refused->message, "plans.json: "));
      g_assert_nonnull (strstr (refused->message, wrong[i][1]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan-criteria/trees", test_trees);
  g_test_add_func ("/plan-criteria/levels", test_levels_in_words);
  g_test_add_func ("/plan-criteria/refusals", test_refusals);
  g_test_add_func ("/plan-criteria/too-many", test_too_many);
  g_test_add_func ("/plan-criteria/default-file", test_default_file);
  g_test_add_func ("/plan-criteria/own-file", test_own_file);
  return g_test_run ();
}
