/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule tests: reads a file, lets its worlds run past the engine, and compares what stands at each
 * time asked for with what was expected: all of it, neither less nor more. */
#include "cli/rn-rules-test.h"

#include <math.h>
#include <string.h>

#include "alert/rn-alert-engine.h"
#include "base/rn-file.h"
#include "base/rn-i18n.h"
#include "cli/rn-rules-world.h"

#define DEFAULT_START_US                                                                           \
  (G_GINT64_CONSTANT (1790820000) * G_USEC_PER_SEC) /* 2026-10-01 02:00 UTC */
#define DEFAULT_INTERVAL_S 60
#define MAX_INTERVAL_S 86400
#define MAX_FILE_BYTES ((gsize) 8 << 20)

static const char *const condition_words[] = { "normal", "pending", "active", "recovering", NULL };
/* RnQuality: "held" while the value is missing and the last one stands for it */
static const char *const data_words[] = {
  "held", "live", "late", "stale", "suspect", "lost", NULL
};

/* An alert as it stands, or as it is expected. */
typedef struct {
  char *rule, *subject; /* "section s1" */
  int tier;             /* 0: of the expected, any */
  int condition;        /* RnCondition; of the expected -1: any */
  int data;             /* RnQuality; of the expected -1: any */
  char *parent;         /* "jam section s1", NULL none; of the expected NULL: any */
} Standing;

/* All that stands at one time. */
typedef struct {
  gint64 after_us;
  GPtrArray *expected; /* Standing */
} Check;

typedef struct {
  RnRuleSet *rules;
  GTimeZone *zone;
  gint64 start_us, interval_us;
  RnRulesWorld *world;
  GArray *checks; /* Check, in the order of their times */
} Case;

static void
standing_free (Standing *self)
{
  g_free (self->rule);
  g_free (self->subject);
  g_free (self->parent);
  g_free (self);
}

static void
check_clear (Check *self)
{
  g_ptr_array_unref (self->expected);
}

static void
case_clear (Case *self)
{
  g_clear_pointer (&self->rules, rn_rule_set_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->world, rn_rules_world_free);
  g_clear_pointer (&self->checks, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

void
rn_rules_test_report_free (RnRulesTestReport *self)
{
  g_ptr_array_unref (self->lines);
  g_free (self);
}

/* ---- reading ------------------------------------------------------------------------------- */

RnRuleSet *
rn_rules_load (const char *word, const char *folder, GError **error)
{
  g_autofree char *path = rn_rules_build_path (word, folder);
  g_autoptr (GBytes) bytes = NULL;
  RnRuleSet *rules = NULL;

  if (g_str_equal (word, "default"))
    return rn_rule_set_ref (rn_rule_set_default ());
  bytes = rn_file_read (path, MAX_FILE_BYTES, error);
  if (bytes != NULL)
    rules = rn_rule_set_parse (bytes, TRUE, error);
  if (rules == NULL)
    g_prefix_error (error, "%s: ", word);
  return rules;
}

/* "90s", "10m", "1h30m", or a number of seconds. */
static gint64
read_duration (const RnJson *json, GError **error)
{
  const char *text;
  gint64 seconds = 0;

  if (json->node != NULL && JSON_NODE_HOLDS_VALUE (json->node)
      && json_node_get_value_type (json->node) != G_TYPE_STRING)
    return (gint64) (rn_json_number (json, 0, 1e7, error) * G_USEC_PER_SEC);
  text = rn_json_string (json, error);
  for (const char *at = text; at != NULL && *at != '\0';)
    {
      char *unit;
      guint64 n = g_ascii_strtoull (at, &unit, 10);
      int factor = *unit == 'h' ? 3600 : *unit == 'm' ? 60 : *unit == 's' ? 1 : 0;

      if (unit == at || factor == 0 || n > 100000)
        {
          rn_json_fail (json, RN_JSON_ERROR_RANGE, error, _("is not a time like 1h30m or 90s: %s"),
                        text);
          return 0;
        }
      seconds += (gint64) n * factor;
      at = unit + 1;
    }
  return seconds * G_USEC_PER_SEC;
}

/* The rules that are told inline, by name, or the default ones. */
static RnRuleSet *
read_rules (const RnJson *json, const char *folder, GError **error)
{
  g_autoptr (JsonNode) document = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) cause = NULL;
  RnRuleSet *rules = NULL;
  char *text;

  if (rn_json_is_array (json))
    {
      JsonObject *object = json_object_new ();

      json_object_set_member (object, "rules", json_node_copy (json->node));
      document = json_node_init_object (json_node_alloc (), object);
      json_object_unref (object);
      text = rn_json_dup_text (document, FALSE);
      bytes = g_bytes_new_take (text, strlen (text));
      rules = rn_rule_set_parse (bytes, TRUE, &cause);
    }
  else
    {
      const char *word = rn_json_opt_string (json, error);

      rules = rn_rules_load (word != NULL ? word : "default", folder, &cause);
    }
  if (rules == NULL)
    rn_json_fail (json, RN_JSON_ERROR_RANGE, error, "%s", cause->message);
  return rules;
}

/* Only the rules that a test names, so that it says nothing of others. */
static RnRuleSet *
narrow_rules (RnRuleSet *rules, const RnJson *only, GError **error)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  if (rn_json_is_null (only) || rules == NULL)
    return rules != NULL ? rn_rule_set_ref (rules) : NULL;
  for (guint i = 0; i < rn_json_length (only); i++)
    {
      RnJson element = rn_json_element (only, i);
      const char *id = rn_json_string (&element, error);
      const RnRule *rule = id != NULL ? rn_rule_set_find (rules, id) : NULL;

      if (rule == NULL)
        rn_json_fail (&element, RN_JSON_ERROR_RANGE, error, "%s", _("there is no such rule"));
      else
        g_ptr_array_add (kept, (gpointer) rule);
    }
  if (kept->len == 0)
    rn_json_fail (only, RN_JSON_ERROR_TYPE, error, "%s", _("is not a list of rules"));
  return rn_rule_set_new ((RnRule *const *) kept->pdata, kept->len);
}

static char *
dup_string (const RnJson *json, const char *key, GError **error)
{
  RnJson member = rn_json_member (json, key);

  return g_strdup (rn_json_string (&member, error));
}

static Standing *
read_standing (const RnJson *json, GError **error)
{
  static const char *const tiers[] = { "", "I", "II", "III", "IV", NULL };
  static const char *const known[] = { "rule", "subject", "tier", "condition",
                                       "data", "parent",  NULL };
  Standing *self = g_new0 (Standing, 1);
  RnJson tier = rn_json_member (json, "tier"), condition = rn_json_member (json, "condition");
  RnJson data = rn_json_member (json, "data"), parent = rn_json_member (json, "parent");
  g_autoptr (GList) keys = rn_json_keys (json);

  for (GList *l = keys; l != NULL; l = l->next)
    {
      RnJson member = rn_json_member (json, l->data);

      if (!g_strv_contains (known, l->data))
        rn_json_fail (&member, RN_JSON_ERROR_RANGE, error, "%s", _("unknown member"));
    }
  self->rule = dup_string (json, "rule", error);
  self->subject = dup_string (json, "subject", error);
  self->tier = rn_json_opt_word (&tier, tiers, 0, error);
  self->condition = rn_json_opt_word (&condition, condition_words, -1, error);
  self->data = rn_json_opt_word (&data, data_words, -1, error);
  self->parent = g_strdup (rn_json_opt_string (&parent, error));
  return self;
}

static Check
read_check (const RnJson *json, GError **error)
{
  RnJson at = rn_json_member (json, "at"), expect = rn_json_member (json, "expect");
  Check self = { read_duration (&at, error),
                 g_ptr_array_new_with_free_func ((GDestroyNotify) standing_free) };

  if (!rn_json_is_array (&expect))
    rn_json_fail (&expect, RN_JSON_ERROR_TYPE, error, "%s", _("is not a list"));
  for (guint i = 0; i < rn_json_length (&expect) && *error == NULL; i++)
    {
      RnJson element = rn_json_element (&expect, i);

      g_ptr_array_add (self.expected, read_standing (&element, error));
    }
  return self;
}

static int
compare_checks (gconstpointer a, gconstpointer b)
{
  const Check *one = a, *other = b;

  return one->after_us < other->after_us ? -1 : one->after_us > other->after_us;
}

static void
read_checks (Case *self, const RnJson *json, GError **error)
{
  RnJson list = rn_json_member (json, "alerts");

  self->checks = g_array_new (FALSE, FALSE, sizeof (Check));
  g_array_set_clear_func (self->checks, (GDestroyNotify) check_clear);
  if (rn_json_length (&list) == 0)
    rn_json_fail (&list, RN_JSON_ERROR_TYPE, error, "%s", _("is not a list of expected alerts"));
  for (guint i = 0; i < rn_json_length (&list) && *error == NULL; i++)
    {
      RnJson element = rn_json_element (&list, i);
      Check check = read_check (&element, error);

      g_array_append_val (self->checks, check);
    }
  g_array_sort (self->checks, compare_checks);
}

/* A member of the test, else that of the file. */
static RnJson
inherited (const RnJson *test, const RnJson *root, const char *key)
{
  RnJson own = rn_json_member (test, key);

  return rn_json_is_null (&own) ? rn_json_member (root, key) : own;
}

static void
check_members (const RnJson *json, const char *const *known, GError **error)
{
  g_autoptr (GList) keys = rn_json_keys (json);

  for (GList *l = keys; l != NULL; l = l->next)
    {
      RnJson member = rn_json_member (json, l->data);

      if (!g_strv_contains (known, l->data))
        rn_json_fail (&member, RN_JSON_ERROR_RANGE, error, "%s", _("unknown member"));
    }
}

static void
read_times (Case *self, const RnJson *test, const RnJson *root, GError **error)
{
  RnJson start = inherited (test, root, "start"), zone = inherited (test, root, "zone");
  RnJson interval = inherited (test, root, "interval_s");
  const char *name = rn_json_opt_string (&zone, error);
  double seconds = rn_json_opt_number (&interval, 1, MAX_INTERVAL_S, error);

  self->start_us = rn_json_opt_time (&start, error);
  if (self->start_us == 0)
    self->start_us = DEFAULT_START_US;
  self->interval_us = (gint64) ((isnan (seconds) ? DEFAULT_INTERVAL_S : seconds) * G_USEC_PER_SEC);
  self->zone = name != NULL ? g_time_zone_new_identifier (name) : g_time_zone_new_utc ();
  if (self->zone == NULL)
    {
      self->zone = g_time_zone_new_utc ();
      rn_json_fail (&zone, RN_JSON_ERROR_RANGE, error, "%s", _("is not a time zone"));
    }
}

static void
read_case (Case *self, const RnJson *test, const RnJson *root, RnRuleSet *rules, const char *folder,
           GError **error)
{
  static const char *const known[] = { "name",   "only",   "start",   "zone", "interval_s",
                                       "series", "alerts", "network", NULL };
  RnJson only = rn_json_member (test, "only"), series = rn_json_member (test, "series");
  RnJson network = inherited (test, root, "network");
  GError *cause = NULL;

  check_members (test, known, error);
  read_times (self, test, root, error);
  self->rules = narrow_rules (rules, &only, error);
  read_checks (self, test, error);
  if (*error != NULL)
    return;
  self->world = rn_rules_world_new (&network, &series, folder, &cause);
  if (cause != NULL)
    g_propagate_error (error, cause);
}

/* ---- running ------------------------------------------------------------------------------- */

/* "section s1" of "test/s1". */
static char *
subject_text (RnSubjectKind kind, const char *key)
{
  const char *id =
      g_str_has_prefix (key, RN_RULES_SOURCE "/") ? key + strlen (RN_RULES_SOURCE "/") : key;

  return g_strdup_printf ("%s %s", rn_subject_kind_word (kind), id);
}

/* "jam section s1" of the key "jam section:test/s1". */
static char *
short_key (const char *key)
{
  GString *text = g_string_new (key);

  g_string_replace (text, ":" RN_RULES_SOURCE "/", " ", 1);
  return g_string_free (text, FALSE);
}

/* All alerts of the book, parents and children alike, by "rule kind id". */
static GHashTable *
collect (RnAlertEngine *engine)
{
  GHashTable *standing =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) standing_free);
  g_autoptr (GPtrArray) alerts = rn_alert_book_dup_alerts (rn_alert_engine_get_book (engine));

  g_ptr_array_set_free_func (alerts, (GDestroyNotify) rn_alert_unref);
  for (guint i = 0; i < alerts->len; i++)
    {
      const RnAlert *alert = alerts->pdata[i];
      Standing *self = g_new0 (Standing, 1);

      self->rule = g_strdup (alert->rule);
      self->subject = subject_text (alert->subject->kind, alert->subject->key);
      self->tier = alert->tier;
      self->condition = alert->condition;
      self->data = alert->quality;
      self->parent = alert->parent != NULL ? short_key (alert->parent) : NULL;
      g_hash_table_replace (standing, g_strdup_printf ("%s %s", self->rule, self->subject), self);
    }
  return standing;
}

static char *
standing_text (const Standing *self)
{
  GString *text = g_string_new (self->rule);

  g_string_append_printf (text, " %s", self->subject);
  if (self->tier != 0)
    g_string_append_printf (text, " %s", rn_tier_word (self->tier));
  if (self->condition >= 0)
    g_string_append_printf (text, " %s", condition_words[self->condition]);
  if (self->data >= 0)
    g_string_append_printf (text, " %s", data_words[self->data]);
  if (self->parent != NULL)
    g_string_append_printf (text, " (%s)", self->parent);
  return g_string_free (text, FALSE);
}

static gboolean
is_as_expected (const Standing *expected, const Standing *found)
{
  return found != NULL && (expected->tier == 0 || expected->tier == found->tier)
         && (expected->condition < 0 || expected->condition == found->condition)
         && (expected->data < 0 || expected->data == found->data)
         && (expected->parent == NULL || g_strcmp0 (expected->parent, found->parent) == 0);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Lines for what is missing, differs or is too much. */
static gboolean
compare (const Check *check, GHashTable *standing, const char *name, GPtrArray *lines)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) differences = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key, value;

  for (guint i = 0; i < check->expected->len; i++)
    {
      const Standing *expected = check->expected->pdata[i];
      char *id = g_strdup_printf ("%s %s", expected->rule, expected->subject);
      const Standing *found = g_hash_table_lookup (standing, id);
      g_autofree char *want = standing_text (expected);
      g_autofree char *have = found != NULL ? standing_text (found) : NULL;

      g_hash_table_add (wanted, id);
      if (!is_as_expected (expected, found))
        g_ptr_array_add (differences,
                         have != NULL ? g_strdup_printf (_("expected %s, found %s"), want, have)
                                      : g_strdup_printf (_("expected %s, found nothing"), want));
    }
  g_hash_table_iter_init (&iter, standing);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!g_hash_table_contains (wanted, key))
      {
        g_autofree char *have = standing_text (value);

        g_ptr_array_add (differences, g_strdup_printf (_("not expected: %s"), have));
      }
  g_ptr_array_sort (differences, compare_texts);
  for (guint i = 0; i < differences->len; i++)
    g_ptr_array_add (lines, g_strdup_printf (_("%s, after %g s: %s"), name, check->after_us / 1e6,
                                             (const char *) differences->pdata[i]));
  return differences->len == 0;
}

static void
step (RnAlertEngine *engine, const RnFrame *frame, gint64 now_us)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_entry_unref);

  rn_alert_engine_step (engine, frame, now_us, entries);
}

/* Samples at their times; between them, and after the last one, time only goes on. */
static gboolean
run_case (const Case *self, const char *name, GPtrArray *lines)
{
  g_autoptr (RnAlertEngine) engine = rn_alert_engine_new (self->rules, self->zone);
  g_autoptr (RnFrame) frame = NULL;
  guint next = 0;
  gboolean good = TRUE;

  for (guint i = 0; i < self->checks->len; i++)
    {
      const Check *check = &g_array_index (self->checks, Check, i);
      g_autoptr (GHashTable) standing = NULL;

      while (next * self->interval_us <= check->after_us)
        {
          gint64 at_us = self->start_us + next * self->interval_us;

          g_clear_pointer (&frame, rn_frame_unref);
          frame = rn_rules_world_make_frame (self->world, next, at_us, self->interval_us);
          step (engine, frame, at_us);
          next++;
        }
      step (engine, frame, self->start_us + check->after_us);
      standing = collect (engine);
      good = compare (check, standing, name, lines) && good;
    }
  return good;
}

static void
run_test (RnRulesTestReport *report, const RnJson *test, const RnJson *root, RnRuleSet *rules,
          const char *folder, GError **error)
{
  g_auto (Case) self = { 0 };
  RnJson name = rn_json_member (test, "name");
  const char *title = rn_json_string (&name, error);

  read_case (&self, test, root, rules, folder, error);
  if (*error != NULL)
    return;
  if (run_case (&self, title, report->lines))
    report->n_passed++;
  else
    report->n_failed++;
}

RnRulesTestReport *
rn_rules_test_file (const char *path, GError **error)
{
  static const char *const known[] = { "rules",      "network", "start", "zone",
                                       "interval_s", "tests",   NULL };
  g_autoptr (RnRulesTestReport) report = g_new0 (RnRulesTestReport, 1);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GBytes) bytes = rn_file_read (path, MAX_FILE_BYTES, error);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (RnRuleSet) rules = NULL;
  GError *cause = NULL;

  report->lines = g_ptr_array_new_with_free_func (g_free);
  if (bytes == NULL)
    return NULL;
  node = rn_json_parse (bytes, &cause);
  if (node != NULL)
    {
      RnJson root = rn_json_root (node);
      RnJson tests = rn_json_member (&root, "tests"), named = rn_json_member (&root, "rules");

      check_members (&root, known, &cause);
      rules = read_rules (&named, folder, &cause);
      if (rn_json_length (&tests) == 0)
        rn_json_fail (&tests, RN_JSON_ERROR_TYPE, &cause, "%s", _("is not a list of tests"));
      for (guint i = 0; i < rn_json_length (&tests) && cause == NULL; i++)
        {
          RnJson test = rn_json_element (&tests, i);

          run_test (report, &test, &root, rules, folder, &cause);
        }
    }
  if (cause == NULL)
    return g_steal_pointer (&report);
  g_propagate_error (error, cause);
  return NULL;
}
