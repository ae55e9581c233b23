/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading rules: the document, and all members of a rule but its tiers. Every getter does nothing
 * once there is an error, so that a rule is read in one go. Pure, any thread. */
#include "alert/rn-rule-read.h"

#include <math.h>
#include <string.h>

#include "alert/rn-rule-read-private.h"
#include "base/rn-i18n.h"
#include "base/rn-nearest.h"
#include "model/rn-facility-state.h"
#include "rn-alert-resources.h"

#define DEFAULT_PATH "/com/example/RoadNet/alert/default.json"
#define MAX_ID 64
#define MAX_QUOTED 60
#define MAX_VERSION 1000000
#define SECONDS_A_DAY 86400
#define DEFAULT_HOLD_S 1800

G_DEFINE_QUARK (rn - rule - error - quark, rn_rule_error)

/* ---- shared -------------------------------------------------------------------------------- */

static void
fail_word (const RnJson *at, const char *word, const char *const *known, GError **error)
{
  g_autofree char *quoted = g_utf8_make_valid (word, strnlen (word, MAX_QUOTED));
  const char *meant = rn_nearest (word, known);

  if (meant != NULL)
    rn_json_fail (at, RN_JSON_ERROR_RANGE, error, _("unknown word: %s (did you mean %s?)"), quoted,
                  meant);
  else
    rn_json_fail (at, RN_JSON_ERROR_RANGE, error, _("unknown word: %s"), quoted);
}

static void
fail_member (const RnJson *at, const char *const *known, GError **error)
{
  const char *meant = rn_nearest (at->key, known);

  if (meant != NULL)
    rn_json_fail (at, RN_JSON_ERROR_RANGE, error, _("unknown member (did you mean %s?)"), meant);
  else
    rn_json_fail (at, RN_JSON_ERROR_RANGE, error, "%s", _("unknown member"));
}

void
rn_rule_check_members (const RnJson *self, const char *const *known, GError **error)
{
  g_autoptr (GList) keys = rn_json_keys (self);

  if (rn_json_is_null (self))
    rn_json_fail (self, RN_JSON_ERROR_MISSING, error, "%s", _("is missing"));
  else if (!rn_json_is_object (self))
    rn_json_fail (self, RN_JSON_ERROR_TYPE, error, "%s", _("is not an object"));
  for (GList *l = keys; l != NULL; l = l->next)
    {
      RnJson member = rn_json_member (self, l->data);

      if (!g_strv_contains (known, l->data))
        fail_member (&member, known, error);
      if (rn_json_is_null (&member))
        rn_json_fail (&member, RN_JSON_ERROR_TYPE, error, "%s", _("is null: leave it out"));
    }
}

int
rn_rule_read_word (const RnJson *self, const char *const *words, GError **error)
{
  const char *word = rn_json_string (self, error);

  if (word == NULL)
    return -1;
  for (int i = 0; words[i] != NULL; i++)
    if (g_str_equal (word, words[i]))
      return i;
  fail_word (self, word, words, error);
  return -1;
}

/* The length of a list that has to be one and not to be empty; 0 where absent. */
static guint
list_length (const RnJson *self, GError **error)
{
  if (rn_json_is_null (self))
    return 0;
  if (!rn_json_is_array (self))
    rn_json_fail (self, RN_JSON_ERROR_TYPE, error, "%s", _("is not a list"));
  else if (rn_json_length (self) == 0)
    rn_json_fail (self, RN_JSON_ERROR_RANGE, error, "%s", _("is empty"));
  return rn_json_length (self);
}

guint
rn_rule_read_bits (const RnJson *self, const char *const *words, GError **error)
{
  guint n = list_length (self, error), bits = 0;

  for (guint i = 0; i < n; i++)
    {
      RnJson element = rn_json_element (self, i);
      int word = rn_rule_read_word (&element, words, error);

      if (word >= 0 && bits & (1u << word))
        rn_json_fail (&element, RN_JSON_ERROR_RANGE, error, "%s", _("is there twice"));
      if (word >= 0)
        bits |= 1u << word;
    }
  return bits;
}

gint64
rn_rule_read_delay (const RnJson *self, const char *key, gint64 fallback, GError **error)
{
  RnJson member = rn_json_member (self, key);
  double seconds = rn_json_opt_number (&member, 0, SECONDS_A_DAY, error);

  return isnan (seconds) ? fallback : (gint64) round (seconds * G_USEC_PER_SEC);
}

/* ---- members of a rule --------------------------------------------------------------------- */

static char *
read_text (const RnJson *self, const char *key, GError **error)
{
  RnJson member = rn_json_member (self, key);
  const char *text = rn_json_opt_string (&member, error);

  if (text != NULL && *text == '\0')
    rn_json_fail (&member, RN_JSON_ERROR_RANGE, error, "%s", _("is empty"));
  return g_strdup (text);
}

/* The key of an alert is "RULE KIND:SUBJECT", so an id is one plain word. */
static char *
read_id (const RnJson *self, GError **error)
{
  RnJson member = rn_json_member (self, "id");
  const char *id = rn_json_string (&member, error);
  gsize plain;

  if (id == NULL)
    return NULL;
  plain = strspn (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-");
  if (plain == 0 || plain > MAX_ID || id[plain] != '\0')
    rn_json_fail (&member, RN_JSON_ERROR_RANGE, error,
                  _("is not 1 to %d letters, digits, dots, lines and underscores"), MAX_ID);
  return g_strdup (id);
}

static GStrv
read_strings (const RnJson *self, const char *key, GError **error)
{
  RnJson list = rn_json_member (self, key);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = list_length (&list, error);

  for (guint i = 0; i < n; i++)
    {
      RnJson element = rn_json_element (&list, i);
      const char *text = rn_json_string (&element, error);

      if (text != NULL && *text == '\0')
        rn_json_fail (&element, RN_JSON_ERROR_RANGE, error, "%s", _("is empty"));
      if (text != NULL)
        g_strv_builder_add (builder, text);
    }
  return n > 0 ? g_strv_builder_end (builder) : NULL;
}

/* What a section is besides its class. */
static void
check_tags (const RnJson *scope, GError **error)
{
  static const char *const words[] = { "bridge", "tunnel", NULL };
  RnJson tags = rn_json_member (scope, "tags");

  rn_rule_read_bits (&tags, words, error);
}

static void
read_scope (const RnJson *rule, RnRuleScope *scope, GError **error)
{
  static const char *const known[] = { "roads",     "directions", "sections", "classes", "class",
                                       "companies", "facilities", "types",    "tags",    NULL };
  static const char *const classes[] = { "expressway", "ramp", "trunk", NULL };
  RnJson json = rn_json_member (rule, "scope");
  RnJson plural = rn_json_member (&json, "classes"), singular = rn_json_member (&json, "class");
  RnJson types = rn_json_member (&json, "types");

  if (rn_json_is_null (&json))
    return;
  rn_rule_check_members (&json, known, error);
  if (!rn_json_is_null (&plural) && !rn_json_is_null (&singular))
    rn_json_fail (&singular, RN_JSON_ERROR_RANGE, error, "%s", _("is there twice"));
  check_tags (&json, error);
  scope->roads = read_strings (&json, "roads", error);
  scope->directions = read_strings (&json, "directions", error);
  scope->sections = read_strings (&json, "sections", error);
  scope->companies = read_strings (&json, "companies", error);
  scope->facilities = read_strings (&json, "facilities", error);
  scope->tags = read_strings (&json, "tags", error);
  scope->classes =
      rn_rule_read_bits (rn_json_is_null (&plural) ? &singular : &plural, classes, error);
  scope->facility_types = rn_rule_read_bits (&types, rn_facility_type_words (), error);
}

/* Which member of `select` belongs to a metric, and its words; NULL: any. */
typedef struct {
  RnMetric metric;
  const char *known[2];
  const char *const *words;
} Select;

static const Select *
find_select (RnMetric metric)
{
  static const char *const vehicles[] = { "car", "truck", NULL }, *const truck[] = { "truck",
                                                                                     NULL };
  static const Select table[] = {
    { RN_METRIC_KPI, { "kpi" }, NULL },
    { RN_METRIC_PARKING_PCT, { "vehicle" }, vehicles },
    { RN_METRIC_FUEL_STOCK_PCT, { "grade" }, NULL },
    { RN_METRIC_FLOW_VPH, { "vehicle" }, truck },
    { RN_METRIC_FLOW_VPH_LANE, { "vehicle" }, truck },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].metric == metric)
      return &table[i];
  return NULL;
}

const char *
rn_rule_select_word (RnMetric metric)
{
  const Select *select = find_select (metric);

  return select != NULL ? select->known[0] : NULL;
}

/* {"kpi": "smooth-rate"}, {"vehicle": "truck"}, {"grade": "92"} */
static char *
read_select (const RnJson *rule, RnMetric metric, GError **error)
{
  const Select *select = find_select (metric);
  RnJson json = rn_json_member (rule, "select");
  RnJson word;

  if (rn_json_is_null (&json) && metric != RN_METRIC_KPI)
    return NULL;
  if (select == NULL)
    {
      rn_json_fail (&json, RN_JSON_ERROR_RANGE, error, _("nothing can be selected of %s"),
                    rn_metric_word (metric));
      return NULL;
    }
  rn_rule_check_members (&json, select->known, error);
  word = rn_json_member (&json, select->known[0]);
  if (select->words != NULL)
    rn_rule_read_word (&word, select->words, error);
  else
    rn_json_string (&word, error);
  return read_text (&json, select->known[0], error);
}

static double
read_limit (const RnJson *guard, const char *key, RnMetric metric, GError **error)
{
  RnJson member = rn_json_member (guard, key);
  double min, max;

  rn_metric_get_range (metric, &min, &max);
  return rn_json_opt_number (&member, min, max, error);
}

static void
read_guard (const RnJson *json, RnMetric of, RnRuleGuard *guard, GError **error)
{
  static const char *const known[] = { "metric", "above", "below", NULL };
  RnJson word = rn_json_member (json, "metric");
  int metric;

  rn_rule_check_members (json, known, error);
  metric = rn_rule_read_word (&word, rn_metric_words (), error);
  if (metric < 0)
    return;
  guard->metric = metric;
  if (rn_metric_subject_kind (metric) != rn_metric_subject_kind (of)
      || rn_metric_bad_side (metric) == RN_BAD_SET || metric == RN_METRIC_KPI)
    rn_json_fail (&word, RN_JSON_ERROR_RANGE, error, _("cannot guard %s"), rn_metric_word (of));
  guard->above = read_limit (json, "above", metric, error);
  guard->below = read_limit (json, "below", metric, error);
  if (isnan (guard->above) && isnan (guard->below))
    rn_json_fail (json, RN_JSON_ERROR_MISSING, error, "%s", _("has neither “above” nor “below”"));
  if (guard->above >= guard->below)
    rn_json_fail (json, RN_JSON_ERROR_RANGE, error, "%s", _("nothing is above and below these"));
}

/* One object, or a list of them. */
static void
read_guards (const RnJson *json, RnRule *rule, GError **error)
{
  RnJson guards = rn_json_member (json, "guard");
  gboolean many = rn_json_is_array (&guards);
  guint n = many ? list_length (&guards, error) : rn_json_is_null (&guards) ? 0 : 1;

  rule->guards = g_new0 (RnRuleGuard, n);
  rule->n_guards = n;
  for (guint i = 0; i < n; i++)
    {
      RnJson element = rn_json_element (&guards, i);

      read_guard (many ? &element : &guards, rule->metric, &rule->guards[i], error);
    }
}

/* "22:00", "24:00" */
static int
read_minute (const RnJson *hours, const char *key, int fallback, int max, GError **error)
{
  RnJson member = rn_json_member (hours, key);
  const char *text = rn_json_opt_string (&member, error);
  int minute;

  if (text == NULL)
    return fallback;
  minute = rn_rule_minute_from_text (text);
  if (minute < 0 || minute > max)
    rn_json_fail (&member, RN_JSON_ERROR_RANGE, error,
                  _("is not a time of the day like 06:30: %s"), text);
  return minute;
}

static void
read_hours (const RnJson *json, RnRuleHours *hours, GError **error)
{
  static const char *const known[] = { "days", "from", "until", NULL };
  static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };
  RnJson list = rn_json_member (json, "days");

  rn_rule_check_members (json, known, error);
  hours->weekdays = rn_rule_read_bits (&list, days, error) << 1;
  hours->from_min = read_minute (json, "from", 0, 24 * 60 - 1, error);
  hours->until_min = read_minute (json, "until", 24 * 60, 24 * 60, error);
}

static void
read_schedule (const RnJson *json, RnRule *rule, GError **error)
{
  RnJson schedule = rn_json_member (json, "schedule");
  gboolean many = rn_json_is_array (&schedule);
  guint n = many ? list_length (&schedule, error) : rn_json_is_null (&schedule) ? 0 : 1;

  rule->hours = g_new0 (RnRuleHours, n);
  rule->n_hours = n;
  for (guint i = 0; i < n; i++)
    {
      RnJson element = rn_json_element (&schedule, i);

      read_hours (many ? &element : &schedule, &rule->hours[i], error);
    }
}

static RnNames *
read_names (const RnJson *json, const char *key, GError **error)
{
  RnJson member = rn_json_member (json, key);

  return rn_json_opt_names (&member, error);
}

/* Who changes a rule writes it as one text; that of a default rule is there in several
 * languages and is read in the one in use. */
static char *
read_reason (const RnJson *json, GError **error)
{
  RnJson member = rn_json_member (json, "reason");
  g_autoptr (RnNames) names = NULL;

  if (!rn_json_is_object (&member))
    return read_text (json, "reason", error);
  names = rn_json_opt_names (&member, error);
  return g_strdup (rn_names_get (names, NULL));
}

static gboolean
read_boolean (const RnJson *json, const char *key, gboolean fallback, GError **error)
{
  RnJson member = rn_json_member (json, key);

  return rn_json_opt_boolean (&member, fallback, error);
}

static int
read_opt_word (const RnJson *json, const char *key, const char *const *words, int fallback,
               GError **error)
{
  RnJson member = rn_json_member (json, key);

  return rn_json_is_null (&member) ? fallback : rn_rule_read_word (&member, words, error);
}

/* What hangs on the metric. */
static void
read_judgement (const RnJson *json, RnRule *rule, GError **error)
{
  RnJson word = rn_json_member (json, "metric");
  int metric = rn_rule_read_word (&word, rn_metric_words (), error);

  if (metric < 0)
    return;
  rule->metric = metric;
  rule->select = read_select (json, metric, error);
  rn_rule_read_tiers (json, rule, error);
  read_guards (json, rule, error);
}

static void
read_rule (const RnJson *json, RnRule *rule, GError **error)
{
  static const char *const known[] = {
    "id",       "name",     "version",  "owner",      "reason", "enabled", "metric",
    "select",   "scope",    "tiers",    "for_s",      "keep_s", "count",   "window_s",
    "guard",    "no_data",  "latch",    "hold_max_s", "nag_s",  "display", "escalate_s",
    "schedule", "guidance", "group_by", NULL
  };
  static const char *const no_data[] = { "hold", "alert", "normal", NULL };
  static const char *const groups[] = { "queue", "road", "company", "none", NULL };
  RnJson version = rn_json_member (json, "version");
  int word;

  rn_rule_check_members (json, known, error);
  rule->names = read_names (json, "name", error);
  rule->version = rn_json_opt_integer (&version, 1, MAX_VERSION, 1, error);
  rule->owner = read_text (json, "owner", error);
  rule->reason = read_reason (json, error);
  rule->enabled = read_boolean (json, "enabled", TRUE, error);
  read_judgement (json, rule, error);
  read_scope (json, &rule->scope, error);
  rule->no_data = MAX (read_opt_word (json, "no_data", no_data, RN_NO_DATA_HOLD, error), 0);
  rule->hold_max_us =
      rn_rule_read_delay (json, "hold_max_s", DEFAULT_HOLD_S * G_USEC_PER_SEC, error);
  rule->latch = read_boolean (json, "latch", FALSE, error);
  rule->escalate_us = rn_rule_read_delay (json, "escalate_s", 0, error);
  rule->nag_us = rn_rule_read_delay (json, "nag_s", 0, error);
  read_schedule (json, rule, error);
  rule->guidance = read_names (json, "guidance", error);
  word = read_opt_word (json, "group_by", groups, -1, error);
  rule->group_by = word >= 0 ? g_strdup (groups[word]) : NULL;
  rule->display = read_text (json, "display", error);
}

/* ---- the document -------------------------------------------------------------------------- */

/* "rules[3].tiers.II.exit: is missing (rule “jam”)" */
static void throw (GError * *error, GError *cause, const char *id)
{
  gboolean sense = g_error_matches (cause, RN_JSON_ERROR, RN_JSON_ERROR_RANGE);
  g_autoptr (GError) owned = cause;
  g_autofree char *whole = id != NULL ? g_strdup_printf (_("%s (rule “%s”)"), cause->message, id)
                                      : g_strdup (cause->message);

  g_set_error_literal (error, RN_RULE_ERROR, sense ? RN_RULE_ERROR_SENSE : RN_RULE_ERROR_SYNTAX,
                       whole);
}

static RnRule *
read_element (const RnJson *rules, guint index, GHashTable *ids, gboolean local, GError **error)
{
  RnJson json = rn_json_element (rules, index);
  GError *cause = NULL;
  g_autofree char *id = read_id (&json, &cause);
  g_autoptr (RnRule) rule = rn_rule_new (id);

  rule->local = local;
  if (!rn_json_is_object (&json))
    {
      g_clear_error (&cause);
      rn_json_fail (&json, RN_JSON_ERROR_TYPE, &cause, "%s", _("is not an object"));
    }
  if (cause == NULL && !g_hash_table_add (ids, g_strdup (id)))
    {
      RnJson member = rn_json_member (&json, "id");

      rn_json_fail (&member, RN_JSON_ERROR_RANGE, &cause, "%s", _("is there twice"));
    }
  read_rule (&json, rule, &cause);
  if (cause == NULL)
    return g_steal_pointer (&rule);
  throw (error, cause, id);
  return NULL;
}

RnRuleSet *
rn_rule_set_parse (GBytes *bytes, gboolean local, GError **error)
{
  static const char *const known[] = { "$schema", "rules", NULL };
  GError *cause = NULL;
  g_autoptr (JsonNode) node = rn_json_parse (bytes, &cause);
  RnJson root = rn_json_root (node);
  RnJson list = rn_json_member (&root, "rules"), schema = rn_json_member (&root, "$schema");
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_rule_unref);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (cause == NULL)
    {
      rn_rule_check_members (&root, known, &cause);
      rn_json_opt_string (&schema, &cause);
      if (rn_json_is_null (&list))
        rn_json_fail (&list, RN_JSON_ERROR_MISSING, &cause, "%s", _("is missing"));
      else if (!rn_json_is_array (&list))
        rn_json_fail (&list, RN_JSON_ERROR_TYPE, &cause, "%s", _("is not a list"));
    }
  if (cause != NULL)
    {
      throw (error, cause, NULL);
      return NULL;
    }
  for (guint i = 0; i < rn_json_length (&list); i++)
    {
      RnRule *rule = read_element (&list, i, ids, local, error);

      if (rule == NULL)
        return NULL;
      g_ptr_array_add (rules, rule);
    }
  return rn_rule_set_new ((RnRule *const *) rules->pdata, rules->len);
}

const RnRuleSet *
rn_rule_set_default (void)
{
  static const RnRuleSet *rules;
  static gsize read_it = 0;

  if (g_once_init_enter (&read_it))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) json =
          g_resource_lookup_data (rn_alert_get_resource (), DEFAULT_PATH, 0, &error);

      if (json != NULL)
        rules = rn_rule_set_parse (json, FALSE, &error);
      if (rules == NULL)
        g_error ("%s: %s", DEFAULT_PATH, error->message); /* built in: a fault of the build */
      g_once_init_leave (&read_it, 1);
    }
  return rules;
}
