/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries as JSON and back, without loss: times are whole µs, numbers have 17 digits, what is
 * unknown is absent, and what JSON has no number for is a word. Pure. */
#include "alert/rn-alert-entry.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-json.h"
#include "model/rn-frame.h"

static const char *const quality_words[] = { "unknown", "live", "late", "stale",
                                             "suspect", "lost", NULL };
static const char *const factor_words[] = { "works", "incident", "weather", "control", NULL };

/* ---- writing ------------------------------------------------------------------------------- */

static void
add_text (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

static void
add_integer (JsonObject *object, const char *member, gint64 value)
{
  if (value != 0)
    json_object_set_int_member (object, member, value);
}

static void
add_number (JsonObject *object, const char *member, double value)
{
  if (isinf (value))
    json_object_set_string_member (object, member, value > 0 ? "endless" : "-endless");
  else if (!isnan (value))
    json_object_set_double_member (object, member, value);
}

static void
add_flag (JsonObject *object, const char *member, gboolean on)
{
  if (on)
    json_object_set_boolean_member (object, member, TRUE);
}

static void
add_factors (JsonObject *object, guint8 factors)
{
  JsonArray *array;

  if (factors == 0)
    return;
  array = json_array_new ();
  for (guint i = 0; factor_words[i] != NULL; i++)
    if (factors & (1u << i))
      json_array_add_string_element (array, factor_words[i]);
  json_object_set_array_member (object, "factors", array);
}

static void
add_subject (JsonObject *object, const RnSubject *subject)
{
  g_autofree char *text = NULL;

  if (subject == NULL)
    return;
  text = g_strdup_printf ("%s:%s", rn_subject_kind_word (subject->kind), subject->key);
  json_object_set_string_member (object, "subject", text);
}

/* What is no JSON is kept as the text that it is. */
static void
add_body (JsonObject *object, const char *body)
{
  g_autoptr (GBytes) bytes = NULL;
  JsonNode *node;

  if (body == NULL)
    return;
  bytes = g_bytes_new_static (body, strlen (body));
  node = rn_json_parse (bytes, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    json_object_set_member (object, "body", node);
  else
    {
      g_clear_pointer (&node, json_node_unref);
      json_object_set_string_member (object, "body", body);
    }
}

char *
rn_alert_entry_dup_json (const RnAlertEntry *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  add_text (object, "alert", self->key);
  add_text (object, "rule", self->rule);
  add_integer (object, "rule_version", self->rule_version);
  add_subject (object, self->subject);
  add_text (object, "tier", self->tier != 0 ? rn_tier_word (self->tier) : NULL);
  add_number (object, "value", self->value);
  add_number (object, "threshold", self->threshold);
  add_text (object, "quality",
            self->quality != RN_QUALITY_UNKNOWN ? quality_words[self->quality] : NULL);
  add_factors (object, self->factors);
  add_integer (object, "data_us", self->data_us);
  add_integer (object, "count", self->count);
  add_text (object, "parent", self->parent);
  add_text (object, "head", self->head);
  add_number (object, "queue_m", self->queue_m);
  add_text (object, "section", self->section);
  add_number (object, "chainage_m", self->chainage_m);
  add_flag (object, "rings", self->rings);
  add_flag (object, "latch", self->latch);
  add_text (object, "person", self->person);
  add_text (object, "where", self->where);
  add_text (object, "text", self->text);
  add_integer (object, "until_us", self->until_us);
  add_flag (object, "one_shot", self->one_shot);
  add_body (object, self->body);
  json_node_set_object (node, object);
  return rn_json_dup_text (node, FALSE);
}

/* ---- reading ------------------------------------------------------------------------------- */

static char *
dup_text (const RnJson *root, const char *member, GError **error)
{
  RnJson json = rn_json_member (root, member);

  return g_strdup (rn_json_opt_string (&json, error));
}

static gint64
read_integer (const RnJson *root, const char *member, gint64 min, gint64 max, GError **error)
{
  RnJson json = rn_json_member (root, member);

  return rn_json_opt_integer (&json, min, max, 0, error);
}

static gboolean
read_flag (const RnJson *root, const char *member, GError **error)
{
  RnJson json = rn_json_member (root, member);

  return rn_json_opt_boolean (&json, FALSE, error);
}

static double
read_number (const RnJson *root, const char *member, GError **error)
{
  RnJson json = rn_json_member (root, member);

  if (json.node == NULL || !JSON_NODE_HOLDS_VALUE (json.node)
      || json_node_get_value_type (json.node) != G_TYPE_STRING)
    return rn_json_opt_number (&json, -G_MAXDOUBLE, G_MAXDOUBLE, error);
  if (g_str_equal (json_node_get_string (json.node), "endless"))
    return INFINITY;
  if (g_str_equal (json_node_get_string (json.node), "-endless"))
    return -INFINITY;
  rn_json_fail (&json, RN_JSON_ERROR_TYPE, error, "%s", _("is not a number"));
  return NAN;
}

static int
read_tier (const RnJson *root, GError **error)
{
  RnJson json = rn_json_member (root, "tier");
  const char *word = rn_json_opt_string (&json, error);

  if (word != NULL && rn_tier_from_word (word) == 0)
    rn_json_fail (&json, RN_JSON_ERROR_RANGE, error, _("“%s” is no tier"), word);
  return rn_tier_from_word (word);
}

static RnSubject *
read_subject (const RnJson *root, GError **error)
{
  RnJson json = rn_json_member (root, "subject");
  const char *text = rn_json_opt_string (&json, error);
  const char *colon = text != NULL ? strchr (text, ':') : NULL;
  g_autofree char *word = colon != NULL ? g_strndup (text, colon - text) : NULL;
  RnSubjectKind kind;

  if (text == NULL)
    return NULL;
  if (word != NULL && rn_subject_kind_from_word (word, &kind))
    return rn_subject_new (kind, colon + 1);
  rn_json_fail (&json, RN_JSON_ERROR_RANGE, error, _("“%s” is no subject"), text);
  return NULL;
}

/* Factors of a newer version say nothing here. */
static guint8
read_factors (const RnJson *root, GError **error)
{
  RnJson json = rn_json_member (root, "factors");
  guint8 factors = 0;

  for (guint i = 0; i < rn_json_length (&json); i++)
    {
      RnJson element = rn_json_element (&json, i);
      const char *word = rn_json_string (&element, error);

      for (guint bit = 0; factor_words[bit] != NULL; bit++)
        if (g_strcmp0 (word, factor_words[bit]) == 0)
          factors |= 1u << bit;
    }
  return factors;
}

static char *
dup_body (const RnJson *root, GError **error)
{
  RnJson json = rn_json_member (root, "body");

  return rn_json_is_object (&json) ? rn_json_dup_text (json.node, FALSE)
                                   : g_strdup (rn_json_opt_string (&json, error));
}

static void
read_members (RnAlertEntry *self, const RnJson *root, GError **error)
{
  RnJson quality = rn_json_member (root, "quality");

  self->key = dup_text (root, "alert", error);
  self->rule = dup_text (root, "rule", error);
  self->rule_version = (guint) read_integer (root, "rule_version", 0, G_MAXUINT32, error);
  self->subject = read_subject (root, error);
  self->tier = read_tier (root, error);
  self->value = read_number (root, "value", error);
  self->threshold = read_number (root, "threshold", error);
  self->quality = MAX (rn_json_opt_word (&quality, quality_words, RN_QUALITY_UNKNOWN, error), 0);
  self->factors = read_factors (root, error);
  self->data_us = read_integer (root, "data_us", G_MININT64, G_MAXINT64, error);
  self->count = (guint) read_integer (root, "count", 0, G_MAXUINT32, error);
  self->parent = dup_text (root, "parent", error);
  self->head = dup_text (root, "head", error);
  self->queue_m = read_number (root, "queue_m", error);
  self->section = dup_text (root, "section", error);
  self->chainage_m = read_number (root, "chainage_m", error);
  self->rings = read_flag (root, "rings", error);
  self->latch = read_flag (root, "latch", error);
  self->person = dup_text (root, "person", error);
  self->where = dup_text (root, "where", error);
  self->text = dup_text (root, "text", error);
  self->until_us = read_integer (root, "until_us", G_MININT64, G_MAXINT64, error);
  self->one_shot = read_flag (root, "one_shot", error);
  self->body = dup_body (root, error);
}

RnAlertEntry *
rn_alert_entry_parse (const char *word, gint64 at_us, const char *json, GError **error)
{
  g_autoptr (RnAlertEntry) self = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr (JsonNode) node = NULL;
  GError *local = NULL;
  RnAlertEntryKind kind;
  RnJson root;

  if (!rn_alert_entry_kind_from_word (word, &kind))
    {
      g_set_error (error, RN_JSON_ERROR, RN_JSON_ERROR_RANGE, _("“%s” is no kind of entry"), word);
      return NULL;
    }
  node = rn_json_parse (bytes, error);
  if (node == NULL)
    return NULL;
  root = rn_json_root (node);
  self = rn_alert_entry_new (kind, at_us);
  if (rn_json_is_object (&root))
    read_members (self, &root, &local);
  else
    rn_json_fail (&root, RN_JSON_ERROR_TYPE, &local, "%s", _("is not an object"));
  if (local == NULL)
    return g_steal_pointer (&self);
  g_propagate_error (error, local);
  return NULL;
}
