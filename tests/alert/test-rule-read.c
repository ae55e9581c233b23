/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules from JSON and back: what is taken, how it is refused, and that nothing is lost. Arguments
 * from the build: the folder of the rules. */
#include <math.h>
#include <string.h>

#include "alert/rn-rule-names.h"
#include "alert/rn-rule-read.h"
#include "alert/rn-rule-start.h"
#include "alert/rn-rule-text.h"
#include "model/rn-weather.h"
#include "model/rn-facility-state.h"
#include "model/rn-kpi.h"

#define S(seconds) ((gint64) (seconds) *G_USEC_PER_SEC)
#define KPI "'select': {'kpi': 'k'}"

static RnRuleSet *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return rn_rule_set_parse (bytes, TRUE, error);
}

/* A document of one rule: @members after id, metric and tiers, or in place of them. */
static char *
document (const char *metric, const char *tiers, const char *members)
{
  g_autofree char *rule = g_strdup_printf ("{\"rules\": [{\"id\": \"r\", \"metric\": \"%s\", "
                                           "\"tiers\": %s%s%s}]}",
                                           metric, tiers, *members != '\0' ? ", " : "", members);

  for (char *c = rule; *c != '\0'; c++)
    if (*c == '\'')
      *c = '"';
  return g_steal_pointer (&rule);
}

static RnRuleSet *
parse_one (const char *metric, const char *tiers, const char *members)
{
  g_autofree char *text = document (metric, tiers, members);
  g_autoptr (GError) error = NULL;
  RnRuleSet *set = parse (text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (set->n, ==, 1);
  return set;
}

/* The example of the design, word by word. */
static void
test_example (void)
{
  g_autoptr (RnRuleSet) set = parse_one (
      "speed_ratio",
      "{'III': {'enter': 0.45, 'exit': 0.55}, 'II': {'enter': 0.25, 'exit': 0.35, 'for_s': 60}}",
      "'name': {'zh-CN': 'D', 'en': 'Jam'}, 'version': 3, 'owner': 'x', 'reason': 'why', "
      "'scope': {'class': ['expressway']}, 'for_s': 120, 'keep_s': 300, "
      "'guard': {'metric': 'flow_vph_lane', 'above': 60}, 'no_data': 'hold', 'hold_max_s': 180, "
      "'guidance': 'Look'");
  const RnRule *rule = set->rules[0];

  g_assert_cmpstr (rule->id, ==, "r");
  g_assert_cmpstr (rn_names_get (rule->names, "en"), ==, "Jam");
  g_assert_cmpuint (rule->version, ==, 3);
  g_assert_true (rule->enabled && rule->local);
  g_assert_cmpuint (rule->scope.classes, ==, 1u << RN_CLASS_EXPRESSWAY);
  g_assert_false (rule->tiers[1].on || rule->tiers[4].on);
  g_assert_cmpfloat (rule->tiers[3].enter, ==, 0.45);
  g_assert_cmpfloat (rule->tiers[3].exit, ==, 0.55);
  g_assert_cmpint (rule->tiers[3].for_us, ==, S (120));
  g_assert_cmpint (rule->tiers[2].for_us, ==, S (60));
  g_assert_cmpint (rule->tiers[2].keep_us, ==, S (300));
  g_assert_cmpuint (rule->n_guards, ==, 1);
  g_assert_cmpint (rule->guards[0].metric, ==, RN_METRIC_FLOW_VPH_LANE);
  g_assert_cmpfloat (rule->guards[0].above, ==, 60);
  g_assert_true (isnan (rule->guards[0].below));
  g_assert_cmpint (rule->hold_max_us, ==, S (180));
}

static void
test_members (void)
{
  g_autoptr (RnRuleSet) set = parse_one (
      "parking_pct", "{'IV': {'enter': 90, 'exit': 85, 'count': 3, 'window_s': 600}}",
      "'enabled': false, 'select': {'vehicle': 'truck'}, 'latch': true, 'escalate_s': 900, "
      "'nag_s': 60.5, 'no_data': 'alert', 'group_by': 'company', 'display': 'd', "
      "'scope': {'types': ['service_area', 'border'], 'facilities': ['a', 'b'], "
      "'directions': ['desc', '北京方向'], 'tags': ['bridge'], 'companies': ['c'], 'roads': ['G2']}, "
      "'schedule': [{'days': ['sat', 'sun'], 'from': '22:00', 'until': '06:30'}, "
      "{'until': '24:00'}], "
      "'guard': [{'metric': 'plaza_queue_m', 'above': 1, 'below': 2}, "
      "{'metric': 'fuel_stock_pct', 'below': 5}]");
  const RnRule *rule = set->rules[0];

  g_assert_false (rule->enabled);
  g_assert_cmpstr (rule->select, ==, "truck");
  g_assert_true (rule->latch);
  g_assert_cmpint (rule->nag_us, ==, S (60) + 500000);
  g_assert_cmpint (rule->no_data, ==, RN_NO_DATA_ALERT);
  g_assert_cmpuint (rule->tiers[4].count, ==, 3);
  g_assert_cmpint (rule->tiers[4].window_us, ==, S (600));
  g_assert_cmpuint (rule->scope.facility_types, ==,
                    1u << RN_FACILITY_SERVICE_AREA | 1u << RN_FACILITY_BORDER);
  g_assert_cmpstr (rule->scope.facilities[1], ==, "b");
  g_assert_null (rule->scope.sections);
  g_assert_cmpuint (rule->n_hours, ==, 2);
  g_assert_cmpuint (rule->hours[0].weekdays, ==, 1u << 6 | 1u << 7);
  g_assert_cmpint (rule->hours[0].from_min, ==, 22 * 60);
  g_assert_cmpint (rule->hours[0].until_min, ==, 6 * 60 + 30);
  g_assert_cmpuint (rule->hours[1].weekdays, ==, 0);
  g_assert_cmpint (rule->hours[1].until_min, ==, 24 * 60);
  g_assert_cmpuint (rule->n_guards, ==, 2);
}

static void
test_reason (void)
{
  g_autoptr (RnRuleSet) one = parse_one ("queue_m", "{'I': {'enter': 5, 'exit': 4}}",
                                         "'reason': {'zh-CN': 'C', 'en': 'E'}");

  g_assert_cmpstr (one->rules[0]->reason, ==, "E"); /* tests run in English */
}

static void
test_sets (void)
{
  g_autoptr (RnRuleSet) set = parse_one (
      "surface", "{'III': ['snow', 'water'], 'II': {'enter': ['ice'], 'for_s': 5}}", "'for_s': 9");
  const RnRule *rule = set->rules[0];

  g_assert_cmpuint (rule->tiers[3].set, ==, 1u << RN_SURFACE_SNOW | 1u << RN_SURFACE_WATER);
  g_assert_cmpuint (rule->tiers[2].set, ==, 1u << RN_SURFACE_ICE);
  g_assert_cmpint (rule->tiers[3].for_us, ==, S (9));
  g_assert_cmpint (rule->tiers[2].for_us, ==, S (5));
  g_assert_true (isnan (rule->tiers[2].enter));
}

/* What goes in steps may be left where it is entered; the same limit may be worse for longer. */
static void
test_steps (void)
{
  g_autoptr (RnRuleSet) level =
      parse_one ("incident_level", "{'I': {'enter': 1}, 'II': {'enter': 2, 'exit': 3}}", "");
  g_autoptr (RnRuleSet) longer =
      parse_one ("speed_ratio",
                 "{'III': {'enter': 0.4, 'exit': 0.5}, 'II': {'enter': 0.4, 'exit': 0.5, "
                 "'for_s': 3600}}",
                 "");

  g_assert_cmpfloat (level->rules[0]->tiers[1].exit, ==, 1);
  g_assert_cmpfloat (level->rules[0]->tiers[2].exit, ==, 3);
  g_assert_cmpint (longer->rules[0]->tiers[2].for_us, ==, S (3600));
}

/* ---- refusals ------------------------------------------------------------------------------ */

#define RATIO "{'III': {'enter': 0.45, 'exit': 0.55}}"

typedef struct {
  const char *metric, *tiers, *members;
  RnRuleError code;
  const char *path, *cause; /* parts of the message */
} Refusal;

static const Refusal refusals[] = {
  { "speed_ratio", "{'II': {'enter': 0.45, 'exit': 0.40}}", "", RN_RULE_ERROR_SENSE,
    "rules[0].tiers.II.exit: ", "above “enter”" },
  { "speed_ratio", "{'II': {'enter': 0.45, 'exit': 0.45}}", "", RN_RULE_ERROR_SENSE,
    "rules[0].tiers.II.exit: ", "above “enter”" },
  { "queue_m", "{'II': {'enter': 2000, 'exit': 3000}}", "", RN_RULE_ERROR_SENSE,
    "rules[0].tiers.II.exit: ", "below “enter”" },
  { "speed_ratio", "{'II': {'enter': 0.45}}", "", RN_RULE_ERROR_SYNTAX,
    "rules[0].tiers.II.exit: ", "missing" },
  { "speed_ratio", "{'II': {'exit': 0.45}}", "", RN_RULE_ERROR_SYNTAX,
    "rules[0].tiers.II.enter: ", "missing" },
  { "speed_ratio",
    "{'II': {'enter': 0.45, 'exit': 0.55}, 'III': {'enter': 0.25, 'exit': 0.35}}", "",
    RN_RULE_ERROR_SENSE, "rules[0].tiers.II.enter: ", "tier III" },
  { "speed_ratio",
    "{'II': {'enter': 0.25, 'exit': 0.65}, 'III': {'enter': 0.45, 'exit': 0.55}}", "",
    RN_RULE_ERROR_SENSE, "rules[0].tiers.II.exit: ", "milder" },
  { "speed_ratio", "{'I': {'enter': 0.2, 'exit': 0.6}, 'IV': {'enter': 0.2, 'exit': 0.6}}", "",
    RN_RULE_ERROR_SENSE, "rules[0].tiers.I.enter: ", "tier IV" },
  { "queue_m", "{'I': {'enter': 2000, 'exit': 900}, 'III': {'enter': 5000, 'exit': 100}}", "",
    RN_RULE_ERROR_SENSE, "rules[0].tiers.I.enter: ", "tier III" },
  { "surface", "{'III': ['ice', 'snow'], 'I': ['ice']}", "", RN_RULE_ERROR_SENSE,
    "rules[0].tiers.I: ", "tier III" },
  { "surface", "{'III': ['icy']}", "", RN_RULE_ERROR_SENSE, "rules[0].tiers.III[0]: ",
    "icy (did you mean ice?)" },
  { "surface", "{'III': {'enter': ['ice'], 'exit': ['dry']}}", "", RN_RULE_ERROR_SENSE,
    "rules[0].tiers.III.exit: ", "no sense" },
  { "surface", "{'III': []}", "", RN_RULE_ERROR_SENSE, "rules[0].tiers.III: ", "empty" },
  { "surface", "{'III': {'enter': 3}}", "", RN_RULE_ERROR_SYNTAX, "rules[0].tiers.III.enter: ",
    "not a list" },
  { "speed_ratio", "{'III': ['ice']}", "", RN_RULE_ERROR_SYNTAX, "rules[0].tiers.III: ",
    "not an object" },
  { "speed_ratio", "{}", "", RN_RULE_ERROR_SENSE, "rules[0].tiers: ", "empty" },
  { "speed_ratio", "{'V': {'enter': 0.45, 'exit': 0.55}}", "", RN_RULE_ERROR_SENSE,
    "rules[0].tiers.V: ", "unknown member" },
  { "speed_ratio", "{'II': {'enter': 45, 'exit': 55}}", "", RN_RULE_ERROR_SENSE,
    "rules[0].tiers.II.enter: ", "out of range 0…2: 45" },
  { "speed_ratio", "{'II': {'enter': '0.45', 'exit': 0.55}}", "", RN_RULE_ERROR_SYNTAX,
    "rules[0].tiers.II.enter: ", "not a number" },
  { "speed_ratio", "{'II': {'enter': 0.45, 'exit': 0.55, 'fors': 3}}", "", RN_RULE_ERROR_SENSE,
    "rules[0].tiers.II.fors: ", "did you mean for_s?" },
  { "spede_ratio", RATIO, "", RN_RULE_ERROR_SENSE, "rules[0].metric: ",
    "spede_ratio (did you mean speed_ratio?)" },
  { "banana", RATIO, "", RN_RULE_ERROR_SENSE, "rules[0].metric: ", "unknown word: banana (rule" },
  { "speed_ratio", RATIO, "'keeps': 3", RN_RULE_ERROR_SENSE, "rules[0].keeps: ", "did you mean keep_s?" },
  { "speed_ratio", RATIO, "'for_s': -1", RN_RULE_ERROR_SENSE, "rules[0].for_s: ", "out of range" },
  { "speed_ratio", RATIO, "'for_s': 86401", RN_RULE_ERROR_SENSE, "rules[0].for_s: ",
    "out of range" },
  { "speed_ratio", RATIO, "'for_s': null", RN_RULE_ERROR_SYNTAX, "rules[0].for_s: ", "null" },
  { "speed_ratio", RATIO, "'count': 3", RN_RULE_ERROR_SYNTAX, "rules[0].window_s: ", "together" },
  { "speed_ratio", RATIO, "'window_s': 3", RN_RULE_ERROR_SYNTAX, "rules[0].count: ", "together" },
  { "speed_ratio", RATIO, "'count': 3, 'window_s': 0", RN_RULE_ERROR_SENSE,
    "rules[0].window_s: ", "above 0" },
  { "speed_ratio", RATIO, "'version': 0", RN_RULE_ERROR_SENSE, "rules[0].version: ", "range" },
  { "speed_ratio", RATIO, "'version': 1.5", RN_RULE_ERROR_SYNTAX, "rules[0].version: ", "whole" },
  { "speed_ratio", RATIO, "'reason': ''", RN_RULE_ERROR_SENSE, "rules[0].reason: ", "empty" },
  { "speed_ratio", RATIO, "'enabled': 'yes'", RN_RULE_ERROR_SYNTAX, "rules[0].enabled: ", "true" },
  { "speed_ratio", RATIO, "'no_data': 'keep'", RN_RULE_ERROR_SENSE, "rules[0].no_data: ", "keep" },
  { "speed_ratio", RATIO, "'group_by': 'roads'", RN_RULE_ERROR_SENSE, "rules[0].group_by: ",
    "road?" },
  { "speed_ratio", RATIO, "'guard': {'metric': 'flow_vph_lane'}", RN_RULE_ERROR_SYNTAX,
    "rules[0].guard: ", "neither" },
  { "speed_ratio", RATIO, "'guard': []", RN_RULE_ERROR_SENSE, "rules[0].guard: ", "empty" },
  { "speed_ratio", RATIO, "'guard': {'metric': 'parking_pct', 'above': 50}", RN_RULE_ERROR_SENSE,
    "rules[0].guard.metric: ", "cannot guard speed_ratio" },
  { "visibility_m", "{'II': {'enter': 100, 'exit': 130}}",
    "'guard': [{'metric': 'surface', 'above': 1}]", RN_RULE_ERROR_SENSE,
    "rules[0].guard[0].metric: ", "cannot guard" },
  { "speed_ratio", RATIO, "'guard': {'metric': 'flow_vph', 'above': 500, 'below': 400}",
    RN_RULE_ERROR_SENSE, "rules[0].guard: ", "above and below" },
  { "speed_ratio", RATIO, "'guard': {'metric': 'occupancy_pct', 'above': 500}",
    RN_RULE_ERROR_SENSE, "rules[0].guard.above: ", "out of range" },
  { "speed_ratio", RATIO, "'scope': {'classes': ['motorway']}", RN_RULE_ERROR_SENSE,
    "rules[0].scope.classes[0]: ", "motorway" },
  { "speed_ratio", RATIO, "'scope': {'tags': ['viaduct']}", RN_RULE_ERROR_SENSE,
    "rules[0].scope.tags[0]: ", "viaduct" },
  { "speed_ratio", RATIO, "'scope': {'road': ['G2']}", RN_RULE_ERROR_SENSE, "rules[0].scope.road: ", "did you mean roads?" },
  { "speed_ratio", RATIO, "'scope': {'roads': 'G2'}", RN_RULE_ERROR_SYNTAX,
    "rules[0].scope.roads: ", "not a list" },
  { "speed_ratio", RATIO, "'scope': {'classes': ['ramp', 'ramp']}", RN_RULE_ERROR_SENSE,
    "rules[0].scope.classes[1]: ", "twice" },
  { "speed_ratio", RATIO, "'select': {'kpi': 'x'}", RN_RULE_ERROR_SENSE, "rules[0].select: ",
    "selected" },
  { "kpi", "{'II': {'enter': 4, 'exit': 3}}", "", RN_RULE_ERROR_SYNTAX, "rules[0].select: ",
    "missing" },
  { "kpi", "{'II': {'enter': 4, 'exit': 4}}", KPI, RN_RULE_ERROR_SENSE,
    "rules[0].tiers.II.exit: ", "which side is bad" },
  { "kpi", "{'II': {'enter': 4}}", KPI, RN_RULE_ERROR_SYNTAX, "rules[0].tiers.II.exit: ",
    "missing" },
  { "kpi", "{'IV': {'enter': 75, 'exit': 80}, 'II': {'enter': 70, 'exit': 60}}", KPI,
    RN_RULE_ERROR_SENSE, "rules[0].tiers.II.exit: ", "above “enter”, as in tier IV" },
  { "kpi", "{'III': {'enter': 75, 'exit': 70}, 'I': {'enter': 80, 'exit': 85}}", KPI,
    RN_RULE_ERROR_SENSE, "rules[0].tiers.I.exit: ", "below “enter”, as in tier III" },
  { "kpi", "{'IV': {'enter': 75, 'exit': 80}, 'II': {'enter': 78, 'exit': 79}}", KPI,
    RN_RULE_ERROR_SENSE, "rules[0].tiers.II.enter: ", "worse than that of tier IV" },
  { "kpi", "{'IV': {'enter': 75, 'exit': 80}, 'II': {'enter': 70, 'exit': 90}}", KPI,
    RN_RULE_ERROR_SENSE, "rules[0].tiers.II.exit: ", "milder than that of tier IV" },
  { "parking_pct", "{'II': {'enter': 4, 'exit': 3}}", "'select': {'vehicle': 'bus'}",
    RN_RULE_ERROR_SENSE, "rules[0].select.vehicle: ", "bus" },
  { "speed_ratio", RATIO, "'schedule': 'nightly'", RN_RULE_ERROR_SYNTAX, "rules[0].schedule: ",
    "not an object" },
  { "speed_ratio", RATIO, "'schedule': {'from': '6:00'}", RN_RULE_ERROR_SENSE,
    "rules[0].schedule.from: ", "time of the day" },
  { "speed_ratio", RATIO, "'schedule': [{'from': '24:00'}]", RN_RULE_ERROR_SENSE,
    "rules[0].schedule[0].from: ", "time of the day" },
  { "speed_ratio", RATIO, "'schedule': [{'until': '12:60'}]", RN_RULE_ERROR_SENSE,
    "rules[0].schedule[0].until: ", "time of the day" },
  { "speed_ratio", RATIO, "'schedule': {'days': ['monday']}", RN_RULE_ERROR_SENSE,
    "rules[0].schedule.days[0]: ", "monday" },
  { "speed_ratio", RATIO, "'name': 3", RN_RULE_ERROR_SYNTAX, "rules[0].name: ", "name" },
};

/* Which side of a key figure is bad its limits tell, and all tiers alike. */
static void
test_kpi_sides (void)
{
  g_autoptr (RnRuleSet) low =
      parse_one ("kpi",
                 "{'IV': {'enter': 75, 'exit': 80}, 'II': {'enter': 60, 'exit': 70}, "
                 "'I': {'enter': -5, 'exit': 0}}",
                 KPI);
  g_autoptr (RnRuleSet) high = parse_one (
      "kpi", "{'IV': {'enter': 0.5, 'exit': 0.4}, 'III': {'enter': 0.6, 'exit': 0.5}}", KPI);
  g_autofree char *low_text = rn_rule_dup_tiers_text (low->rules[0]);
  g_autofree char *high_text = rn_rule_dup_tiers_text (high->rules[0]);

  g_assert_cmpint (rn_rule_bad_side (low->rules[0]), ==, RN_BAD_LOW);
  g_assert_cmpint (rn_rule_bad_side (high->rules[0]), ==, RN_BAD_HIGH);
  g_assert_cmpstr (low_text, ==, "IV ≤ 75 · II ≤ 60 · I ≤ −5");
  g_assert_cmpstr (high_text, ==, "IV ≥ 0.50 · III ≥ 0.60");
}

static void
test_refusals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      const Refusal *r = &refusals[i];
      g_autofree char *text = document (r->metric, r->tiers, r->members);
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (text, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, RN_RULE_ERROR, (int) r->code);
      g_assert_true (g_str_has_prefix (error->message, r->path));
      g_assert_nonnull (strstr (error->message, r->cause));
      g_assert_true (g_str_has_suffix (error->message, "(rule “r”)"));
    }
}

static void
assert_refused (const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (text, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (error->domain, ==, RN_RULE_ERROR);
  g_assert_nonnull (strstr (error->message, message));
}

static void
test_documents (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnRuleSet) none = parse ("{\"rules\": []}", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (none->n, ==, 0);
  assert_refused ("", "");
  assert_refused ("{", "line 1");
  assert_refused ("[]", "$: is not an object");
  assert_refused ("{}", "rules: is missing");
  assert_refused ("{\"rules\": {}}", "rules: is not a list");
  assert_refused ("{\"rules\": [], \"rule\": []}", "rule: unknown member (did you mean rules?)");
  assert_refused ("{\"rules\": [3]}", "rules[0]: is not an object");
  assert_refused ("{\"rules\": [null]}", "rules[0]: is not an object");
  assert_refused ("{\"rules\": [{}]}", "rules[0].id: is missing");
  assert_refused ("{\"rules\": [{\"id\": \"a b\"}]}", "rules[0].id: ");
  assert_refused ("{\"rules\": [{\"id\": \"\"}]}", "rules[0].id: ");
  assert_refused ("{\"rules\": [{\"id\": 7}]}", "rules[0].id: is not a string");
  assert_refused ("{\"rules\": [{\"id\": \"a\"}]}", "rules[0].metric: is missing");
  assert_refused ("{\"rules\": [{\"id\": \"a\", \"metric\": \"speed_kmh\"}]}",
                  "rules[0].tiers: is missing");
  assert_refused ("{\"rules\": [{\"id\": \"a\", \"metric\": \"incident_level\", \"tiers\": "
                  "{\"I\": {\"enter\": 1}}}, {\"id\": \"a\", \"metric\": \"incident_level\", "
                  "\"tiers\": {\"I\": {\"enter\": 1}}}]}",
                  "rules[1].id: is there twice (rule “a”)");
}

/* ---- and back ------------------------------------------------------------------------------ */

static void
assert_same_number (double a, double b)
{
  g_assert_true (a == b || (isnan (a) && isnan (b)));
}

static void
assert_same (const RnRule *a, const RnRule *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (rn_rule_title (a), ==, rn_rule_title (b));
  g_assert_cmpuint (a->version, ==, b->version);
  g_assert_cmpstr (a->reason, ==, b->reason);
  g_assert_cmpint (a->enabled, ==, b->enabled);
  g_assert_cmpint (a->metric, ==, b->metric);
  g_assert_cmpstr (a->select, ==, b->select);
  g_assert_cmpuint (a->scope.classes, ==, b->scope.classes);
  g_assert_cmpuint (a->scope.facility_types, ==, b->scope.facility_types);
  for (guint i = 1; i < RN_N_TIERS; i++)
    {
      g_assert_cmpint (a->tiers[i].on, ==, b->tiers[i].on);
      assert_same_number (a->tiers[i].enter, b->tiers[i].enter);
      assert_same_number (a->tiers[i].exit, b->tiers[i].exit);
      g_assert_cmpuint (a->tiers[i].set, ==, b->tiers[i].set);
      g_assert_cmpint (a->tiers[i].for_us, ==, b->tiers[i].for_us);
      g_assert_cmpint (a->tiers[i].keep_us, ==, b->tiers[i].keep_us);
      g_assert_cmpuint (a->tiers[i].count, ==, b->tiers[i].count);
      g_assert_cmpint (a->tiers[i].window_us, ==, b->tiers[i].window_us);
    }
  g_assert_cmpuint (a->n_guards, ==, b->n_guards);
  for (guint i = 0; i < a->n_guards; i++)
    {
      g_assert_cmpint (a->guards[i].metric, ==, b->guards[i].metric);
      assert_same_number (a->guards[i].above, b->guards[i].above);
      assert_same_number (a->guards[i].below, b->guards[i].below);
    }
  g_assert_cmpint (a->no_data, ==, b->no_data);
  g_assert_cmpint (a->hold_max_us, ==, b->hold_max_us);
  g_assert_cmpint (a->latch, ==, b->latch);
  g_assert_cmpint (a->escalate_us, ==, b->escalate_us);
  g_assert_cmpint (a->nag_us, ==, b->nag_us);
  g_assert_cmpmem (a->hours, a->n_hours * sizeof *a->hours, b->hours,
                   b->n_hours * sizeof *b->hours);
  g_assert_cmpstr (a->group_by, ==, b->group_by);
  g_assert_cmpstr (a->display, ==, b->display);
}

static void
assert_comes_back (const RnRuleSet *set)
{
  g_autofree char *text = rn_rule_set_dup_json (set);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnRuleSet) again = parse (text, &error);
  g_autofree char *second = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (again->n, ==, set->n);
  for (guint i = 0; i < set->n; i++)
    assert_same (set->rules[i], again->rules[i]);
  second = rn_rule_set_dup_json (again);
  g_assert_cmpstr (text, ==, second);
}

static void
test_back (void)
{
  g_autoptr (RnRuleSet) odd = parse_one (
      "speed_ratio",
      "{'I': {'enter': 0.1, 'exit': 0.2, 'for_s': 600, 'count': 5, 'window_s': 900}, "
      "'IV': {'enter': 0.30000000000000004, 'exit': 0.4, 'for_s': 0, 'keep_s': 0.25}}",
      "'for_s': 60, 'count': 2, 'window_s': 60, 'keep_s': 30, 'enabled': false, 'version': 9, "
      "'name': 'a \\u0022quote\\u0022 \\u001f', 'scope': {'classes': ['ramp'], 'roads': ['G2']}, "
      "'schedule': {'days': ['mon', 'fri'], 'from': '22:05', 'until': '06:30'}, "
      "'guard': {'metric': 'flow_vph', 'below': 1234.5}, 'latch': true, 'display': 'x'");
  g_autoptr (RnRuleSet) sets = parse_one ("surface", "{'I': ['ice'], 'II': ['snow']}", "");
  g_autoptr (RnRuleSet) kpi =
      parse_one ("kpi", "{'I': {'enter': -3.5, 'exit': -4}}", "'select': {'kpi': 'a'}");

  assert_comes_back (odd);
  assert_comes_back (sets);
  assert_comes_back (kpi);
  assert_comes_back (rn_rule_set_default ());
}

static void
test_default (void)
{
  const RnRuleSet *set = rn_rule_set_default ();

  g_assert_true (set == rn_rule_set_default ());
  g_assert_cmpuint (set->n, >=, 10);
  for (guint i = 0; i < set->n; i++)
    {
      const RnRule *rule = set->rules[i];

      g_assert_false (rule->local);
      g_assert_nonnull (rn_names_get (rule->names, "zh-CN"));
      g_assert_cmpstr (rn_names_get (rule->names, "zh-CN"), !=, rn_names_get (rule->names, "en"));
      g_assert_nonnull (rule->guidance);
      g_assert_nonnull (rule->reason);
      g_assert_nonnull (rule->owner);
    }
}

/* ---- the schema ---------------------------------------------------------------------------- */

/* Prints one line a sample, "ok DOCUMENT" or "refused DOCUMENT", for test-rule-schema.py. */
static void
print_samples (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *text =
          document (refusals[i].metric, refusals[i].tiers, refusals[i].members);

      g_print ("%s\n", text);
    }
}

/* What the editor begins with is lawful for each metric, and kept as it is. */
static void
test_start (void)
{
  g_autoptr (RnFrame) frame = rn_frame_new_empty ();
  g_autoptr (RnRuleSet) all = NULL;
  g_autoptr (RnRuleSet) read = NULL;
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_rule_unref);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *again = NULL, *id = NULL, *next = NULL;
  RnKpi *kpi = rn_kpi_new ("t", "smooth");

  kpi->value = 92;
  kpi->target = 80;
  kpi->better = 1;
  g_ptr_array_add (frame->kpis, kpi);
  for (RnMetric metric = 0; metric < RN_N_METRICS; metric++)
    g_ptr_array_add (rules, rn_rule_start (metric, rn_metric_word (metric), frame));
  all = rn_rule_set_new ((RnRule *const *) rules->pdata, rules->len);
  text = rn_rule_set_dup_json (all);
  read = parse (text, &error);
  g_assert_no_error (error);
  again = rn_rule_set_dup_json (read);
  g_assert_cmpstr (again, ==, text);
  g_assert_cmpint (rn_rule_bad_side (rules->pdata[RN_METRIC_KPI]), ==, RN_BAD_LOW);
  g_assert_cmpfloat (read->rules[RN_METRIC_KPI]->tiers[4].enter, ==, 80);
  g_assert_cmpstr (read->rules[RN_METRIC_KPI]->select, ==, "smooth");
  id = rn_rule_set_dup_free_id (all, "new");
  g_assert_cmpstr (id, ==, "new");
  next = rn_rule_set_dup_free_id (all, "kpi");
  g_assert_cmpstr (next, ==, "kpi-2");
}

static void
test_minutes (void)
{
  static const char *const wrong[] = { "", "6:30", "24:01", "12:60", "12-30", "ab:cd", "006:30" };
  g_autofree char *text = rn_rule_minute_dup_text (390);

  g_assert_cmpint (rn_rule_minute_from_text ("06:30"), ==, 390);
  g_assert_cmpint (rn_rule_minute_from_text ("24:00"), ==, 1440);
  g_assert_cmpstr (text, ==, "06:30");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_cmpint (rn_rule_minute_from_text (wrong[i]), ==, -1);
}

int
main (int argc, char **argv)
{
  if (argc > 1 && g_str_equal (argv[1], "--print-samples"))
    {
      print_samples ();
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rule-read/example", test_example);
  g_test_add_func ("/rule-read/members", test_members);
  g_test_add_func ("/rule-read/reason", test_reason);
  g_test_add_func ("/rule-read/sets", test_sets);
  g_test_add_func ("/rule-read/steps", test_steps);
  g_test_add_func ("/rule-read/kpi-sides", test_kpi_sides);
  g_test_add_func ("/rule-read/refusals", test_refusals);
  g_test_add_func ("/rule-read/documents", test_documents);
  g_test_add_func ("/rule-read/back", test_back);
  g_test_add_func ("/rule-read/default", test_default);
  g_test_add_func ("/rule-read/start", test_start);
  g_test_add_func ("/rule-read/minutes", test_minutes);
  return g_test_run ();
}
