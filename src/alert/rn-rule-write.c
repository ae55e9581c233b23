/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing rules as a document that people can read on: what is as by default is left out, numbers
 * are as short as they can be read back, and what is flat stands on one line. Pure, any thread. */
#include <math.h>
#include <string.h>

#include "alert/rn-rule-read.h"
#include "base/rn-json.h"
#include "model/rn-facility-state.h"
#include "model/rn-weather.h"

#define INDENT 2
#define LINE 96

static void
add_string (JsonObject *object, const char *key, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, key, text);
}

/* Whole numbers as such. */
static JsonNode *
number_node (double value)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  if (value == floor (value) && fabs (value) < 1e15)
    json_node_set_int (node, (gint64) value);
  else
    json_node_set_double (node, value);
  return node;
}

static void
add_number (JsonObject *object, const char *key, double value)
{
  if (!isnan (value))
    json_object_set_member (object, key, number_node (value));
}

static void
add_delay (JsonObject *object, const char *key, gint64 us, gint64 fallback)
{
  if (us != fallback)
    add_number (object, key, us / 1e6);
}

static void
add_names (JsonObject *object, const char *key, const RnNames *names)
{
  const char *tag, *text;
  JsonObject *by_language;

  if (!rn_names_nth (names, 0, &tag, &text))
    return;
  if (*tag == '\0')
    {
      add_string (object, key, text);
      return;
    }
  by_language = json_object_new ();
  for (guint i = 0; rn_names_nth (names, i, &tag, &text); i++)
    add_string (by_language, tag, text);
  json_object_set_object_member (object, key, by_language);
}

static void
add_strings (JsonObject *object, const char *key, const char *const *texts)
{
  JsonArray *array;

  if (texts == NULL)
    return;
  array = json_array_new ();
  for (guint i = 0; texts[i] != NULL; i++)
    json_array_add_string_element (array, texts[i]);
  json_object_set_array_member (object, key, array);
}

/* @first: the bit of words[0]. */
static void
add_bits (JsonObject *object, const char *key, guint bits, guint first, const char *const *words)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (bits & (1u << (first + i)))
      g_ptr_array_add (texts, (gpointer) words[i]);
  g_ptr_array_add (texts, NULL);
  if (texts->len > 1)
    add_strings (object, key, (const char *const *) texts->pdata);
}

static void
add_object (JsonObject *object, const char *key, JsonObject *member)
{
  if (json_object_get_size (member) > 0)
    json_object_set_object_member (object, key, member);
  else
    json_object_unref (member);
}

/* ---- members ------------------------------------------------------------------------------- */

static void
add_scope (JsonObject *object, const RnRuleScope *scope)
{
  static const char *const classes[] = { "expressway", "ramp", "trunk", NULL };
  JsonObject *json = json_object_new ();

  add_strings (json, "roads", (const char *const *) scope->roads);
  add_strings (json, "directions", (const char *const *) scope->directions);
  add_strings (json, "sections", (const char *const *) scope->sections);
  add_bits (json, "classes", scope->classes, 0, classes);
  add_strings (json, "companies", (const char *const *) scope->companies);
  add_strings (json, "facilities", (const char *const *) scope->facilities);
  add_bits (json, "types", scope->facility_types, 0, rn_facility_type_words ());
  add_strings (json, "tags", (const char *const *) scope->tags);
  add_object (object, "scope", json);
}

static void
add_select (JsonObject *object, const RnRule *rule)
{
  JsonObject *json = json_object_new ();

  if (rule->select != NULL)
    add_string (json, rn_rule_select_word (rule->metric), rule->select);
  add_object (object, "select", json);
}

/* What all tiers have in common is said once, for the rule. */
static RnRuleTier
common_delays (const RnRule *rule)
{
  RnRuleTier common = { 0 };
  gboolean first = TRUE;

  for (guint i = 1; i < RN_N_TIERS; i++)
    {
      const RnRuleTier *tier = &rule->tiers[i];

      if (!tier->on)
        continue;
      if (first)
        common = *tier;
      common.for_us = tier->for_us == common.for_us ? common.for_us : 0;
      common.keep_us = tier->keep_us == common.keep_us ? common.keep_us : 0;
      if (tier->count != common.count || tier->window_us != common.window_us)
        common.count = common.window_us = 0;
      first = FALSE;
    }
  return common;
}

static void
add_delays (JsonObject *object, const RnRuleTier *tier, const RnRuleTier *common)
{
  add_delay (object, "for_s", tier->for_us, common->for_us);
  add_delay (object, "keep_s", tier->keep_us, common->keep_us);
  if (tier->count == common->count && tier->window_us == common->window_us)
    return;
  json_object_set_int_member (object, "count", tier->count);
  add_number (object, "window_s", tier->window_us / 1e6);
}

static void
add_tiers (JsonObject *object, const RnRule *rule)
{
  static const RnRuleTier none = { 0 };
  RnRuleTier common = common_delays (rule);
  JsonObject *tiers = json_object_new ();

  for (guint i = RN_N_TIERS - 1; i > 0; i--)
    {
      const RnRuleTier *tier = &rule->tiers[i];
      JsonObject *json;

      if (!tier->on)
        continue;
      json = json_object_new ();
      if (rn_rule_bad_side (rule) == RN_BAD_SET)
        add_bits (json, "enter", tier->set, RN_SURFACE_DRY, rn_surface_words ());
      add_number (json, "enter", tier->enter);
      add_number (json, "exit", tier->exit);
      add_delays (json, tier, &common);
      json_object_set_object_member (tiers, rn_tier_word (i), json);
    }
  json_object_set_object_member (object, "tiers", tiers);
  add_delays (object, &common, &none);
}

static void
add_guards (JsonObject *object, const RnRule *rule)
{
  JsonArray *guards = json_array_new ();

  for (guint i = 0; i < rule->n_guards; i++)
    {
      JsonObject *json = json_object_new ();

      add_string (json, "metric", rn_metric_word (rule->guards[i].metric));
      add_number (json, "above", rule->guards[i].above);
      add_number (json, "below", rule->guards[i].below);
      json_array_add_object_element (guards, json);
    }
  if (rule->n_guards == 1)
    json_object_set_member (object, "guard", json_array_dup_element (guards, 0));
  else if (rule->n_guards > 1)
    json_object_set_array_member (object, "guard", json_array_ref (guards));
  json_array_unref (guards);
}

static void
add_schedule (JsonObject *object, const RnRule *rule)
{
  static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };
  JsonArray *schedule = json_array_new ();

  for (guint i = 0; i < rule->n_hours; i++)
    {
      const RnRuleHours *hours = &rule->hours[i];
      JsonObject *json = json_object_new ();
      g_autofree char *from = rn_rule_minute_dup_text (hours->from_min);
      g_autofree char *until = rn_rule_minute_dup_text (hours->until_min);

      add_bits (json, "days", hours->weekdays, 1, days);
      add_string (json, "from", from);
      add_string (json, "until", until);
      json_array_add_object_element (schedule, json);
    }
  if (rule->n_hours > 0)
    json_object_set_array_member (object, "schedule", json_array_ref (schedule));
  json_array_unref (schedule);
}

static JsonNode *
rule_node (const RnRule *rule)
{
  static const char *const no_data[] = { "hold", "alert", "normal" };
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  add_string (object, "id", rule->id);
  add_names (object, "name", rule->names);
  json_object_set_int_member (object, "version", rule->version);
  add_string (object, "owner", rule->owner);
  add_string (object, "reason", rule->reason);
  if (!rule->enabled)
    json_object_set_boolean_member (object, "enabled", FALSE);
  add_string (object, "metric", rn_metric_word (rule->metric));
  add_select (object, rule);
  add_scope (object, &rule->scope);
  add_tiers (object, rule);
  add_guards (object, rule);
  add_string (object, "no_data", no_data[rule->no_data]);
  add_delay (object, "hold_max_s", rule->hold_max_us, -1);
  if (rule->latch)
    json_object_set_boolean_member (object, "latch", TRUE);
  add_delay (object, "escalate_s", rule->escalate_us, 0);
  add_delay (object, "nag_s", rule->nag_us, 0);
  add_schedule (object, rule);
  add_names (object, "guidance", rule->guidance);
  add_string (object, "group_by", rule->group_by);
  add_string (object, "display", rule->display);
  json_node_take_object (node, object);
  return node;
}

/* ---- text ---------------------------------------------------------------------------------- */

static void
write_number (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (int digits = 15; digits <= 17; digits++)
    {
      g_autofree char *format = g_strdup_printf ("%%.%dg", digits);

      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  g_string_append (text, buffer);
}

/* @depth < 0: on one line. */
static void
break_line (GString *text, int depth)
{
  if (depth < 0)
    return;
  g_string_append_c (text, '\n');
  for (int i = 0; i < depth * INDENT; i++)
    g_string_append_c (text, ' ');
}

static void write_node (GString *text, JsonNode *node, int depth);

static void
write_object (GString *text, JsonObject *object, int depth)
{
  int inner = depth < 0 ? -1 : depth + 1;
  g_autoptr (GList) keys = json_object_get_members (object);

  g_string_append_c (text, '{');
  for (GList *l = keys; l != NULL; l = l->next)
    {
      g_autoptr (JsonNode) key = json_node_init_string (json_node_alloc (), l->data);
      g_autofree char *quoted = rn_json_dup_text (key, FALSE);

      if (l != keys)
        g_string_append (text, depth < 0 ? ", " : ",");
      break_line (text, inner);
      g_string_append_printf (text, "%s: ", quoted);
      write_node (text, json_object_get_member (object, l->data), inner);
    }
  break_line (text, depth);
  g_string_append_c (text, '}');
}

static void
write_array (GString *text, JsonArray *array, int depth)
{
  int inner = depth < 0 ? -1 : depth + 1;

  g_string_append_c (text, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append (text, depth < 0 ? ", " : ",");
      break_line (text, inner);
      write_node (text, json_array_get_element (array, i), inner);
    }
  break_line (text, depth);
  g_string_append_c (text, ']');
}

/* Flat or broken: as a whole on one line when it fits. */
static void
write_node (GString *text, JsonNode *node, int depth)
{
  gsize before = text->len;
  g_autofree char *value = NULL;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
    {
      write_number (text, json_node_get_double (node));
      return;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node) && !JSON_NODE_HOLDS_ARRAY (node))
    {
      value = rn_json_dup_text (node, FALSE);
      g_string_append (text, value);
      return;
    }
  if (depth >= 2) /* the document, its list and a rule are always broken */
    {
      const char *line;

      write_node (text, node, -1);
      line = strrchr (text->str, '\n');
      if (line == NULL || text->str + text->len - line <= LINE)
        return;
      g_string_truncate (text, before);
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    write_object (text, json_node_get_object (node), depth);
  else
    write_array (text, json_node_get_array (node), depth);
}

char *
rn_rule_set_dup_json (const RnRuleSet *self)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *rules = json_array_new ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->n; i++)
    json_array_add_element (rules, rule_node (self->rules[i]));
  json_object_set_array_member (object, "rules", rules);
  json_node_take_object (root, object);
  write_node (text, root, 0);
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

/* By way of the document, which tells all that a rule is. */
RnRule *
rn_rule_copy (const RnRule *self)
{
  g_autoptr (RnRuleSet) one = rn_rule_set_new ((RnRule *[]){ (RnRule *) self }, 1);
  g_autofree char *text = rn_rule_set_dup_json (one);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (RnRuleSet) copy = rn_rule_set_parse (bytes, self->local, &error);

  if (copy == NULL)
    g_error ("%s: %s", self->id, error->message); /* it was read by the same reader */
  return rn_rule_ref (copy->rules[0]);
}
