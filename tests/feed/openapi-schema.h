/* SPDX-License-Identifier: GPL-3.0-or-later */
/* As much of JSON Schema 2020-12 as data/api/openapi.json uses, for tests: whether a value keeps to
 * a schema. An unknown keyword fails the test, so that none is passed over in silence. */
#pragma once

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rn-text.h"

static JsonObject *schema_root; /* the whole openapi.json */

static inline JsonNode *
schema_member (JsonNode *schema, const char *key)
{
  return json_object_get_member (json_node_get_object (schema), key);
}

/* "#/components/schemas/Id" → the schema. */
static inline JsonNode *
schema_lookup (const char *pointer)
{
  g_auto (GStrv) steps = g_strsplit (pointer, "/", -1);
  JsonNode *node = NULL;

  g_assert_cmpstr (steps[0], ==, "#");
  for (guint i = 1; steps[i] != NULL; i++)
    {
      JsonObject *object = i == 1 ? schema_root : json_node_get_object (node);

      node = json_object_get_member (object, steps[i]);
      if (node == NULL)
        g_error ("%s leads nowhere", pointer);
    }
  return node;
}

static inline JsonNode *
schema_resolve (JsonNode *schema)
{
  JsonNode *target = schema_member (schema, "$ref");

  return target != NULL ? schema_resolve (schema_lookup (json_node_get_string (target))) : schema;
}

static inline gboolean
schema_type_is (const char *type, JsonNode *value)
{
  GType held = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_NONE;

  if (g_str_equal (type, "null"))
    return JSON_NODE_HOLDS_NULL (value);
  if (g_str_equal (type, "object"))
    return JSON_NODE_HOLDS_OBJECT (value);
  if (g_str_equal (type, "array"))
    return JSON_NODE_HOLDS_ARRAY (value);
  if (g_str_equal (type, "string"))
    return held == G_TYPE_STRING;
  if (g_str_equal (type, "boolean"))
    return held == G_TYPE_BOOLEAN;
  if (g_str_equal (type, "integer"))
    return held == G_TYPE_INT64;
  g_assert_cmpstr (type, ==, "number");
  return held == G_TYPE_INT64 || held == G_TYPE_DOUBLE;
}

/* Whether @value is of the type, or one of the types, that @types names. */
static inline gboolean
schema_type_matches (JsonNode *types, JsonNode *value)
{
  JsonArray *list;

  if (!JSON_NODE_HOLDS_ARRAY (types))
    return schema_type_is (json_node_get_string (types), value);
  list = json_node_get_array (types);
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (schema_type_is (json_array_get_string_element (list, i), value))
      return TRUE;
  return FALSE;
}

static inline gboolean schema_accepts (JsonNode *schema, JsonNode *value);

static inline gboolean
schema_object_accepts (JsonNode *schema, JsonObject *value)
{
  JsonNode *required = schema_member (schema, "required");
  JsonNode *properties = schema_member (schema, "properties");
  JsonNode *others = schema_member (schema, "additionalProperties");
  g_autoptr (GList) keys = json_object_get_members (value);
  JsonArray *names = required != NULL ? json_node_get_array (required) : NULL;

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    if (!json_object_has_member (value, json_array_get_string_element (names, i)))
      return FALSE;
  for (GList *l = keys; l != NULL; l = l->next)
    {
      JsonNode *of = properties != NULL ? schema_member (properties, l->data) : NULL;

      if (of == NULL)
        of = others;
      if (of != NULL && !schema_accepts (of, json_object_get_member (value, l->data)))
        return FALSE;
    }
  return TRUE;
}

static inline gboolean
schema_array_accepts (JsonNode *schema, JsonArray *value)
{
  JsonNode *items = schema_member (schema, "items"), *least = schema_member (schema, "minItems");
  JsonNode *prefix = schema_member (schema, "prefixItems");
  guint n_prefix = prefix != NULL ? json_array_get_length (json_node_get_array (prefix)) : 0;

  if (least != NULL && json_array_get_length (value) < (guint) json_node_get_int (least))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (value); i++)
    {
      JsonNode *of =
          i < n_prefix ? json_array_get_element (json_node_get_array (prefix), i) : items;

      if (of != NULL && !schema_accepts (of, json_array_get_element (value, i)))
        return FALSE;
    }
  return TRUE;
}

static inline gboolean
schema_value_accepts (JsonNode *schema, JsonNode *value)
{
  JsonNode *min = schema_member (schema, "minimum"), *max = schema_member (schema, "maximum");
  JsonNode *above = schema_member (schema, "exclusiveMinimum");
  JsonNode *length = schema_member (schema, "minLength");
  JsonNode *format = schema_member (schema, "format");
  gint64 at_us;

  if (json_node_get_value_type (value) == G_TYPE_STRING)
    {
      const char *text = json_node_get_string (value);

      if (length != NULL && g_utf8_strlen (text, -1) < json_node_get_int (length))
        return FALSE;
      return format == NULL || !g_str_equal (json_node_get_string (format), "date-time") ||
             rn_text_parse_rfc3339 (text, &at_us);
    }
  if (json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    return TRUE;

  double number = json_node_get_double (value);
  return (min == NULL || number >= json_node_get_double (min)) &&
         (max == NULL || number <= json_node_get_double (max)) &&
         (above == NULL || number > json_node_get_double (above));
}

static inline gboolean
schema_listed (JsonNode *list, JsonNode *value)
{
  JsonArray *words = json_node_get_array (list);

  for (guint i = 0; i < json_array_get_length (words); i++)
    if (json_node_equal (json_array_get_element (words, i), value))
      return TRUE;
  return FALSE;
}

/* Whether exactly one of the alternatives accepts @value. */
static inline gboolean
schema_one_of (JsonNode *alternatives, JsonNode *value)
{
  JsonArray *list = json_node_get_array (alternatives);
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (list); i++)
    n += schema_accepts (json_array_get_element (list, i), value) ? 1 : 0;
  return n == 1;
}

static inline void
schema_check_keywords (JsonNode *schema)
{
  static const char *const known[] = {
    "$ref", "type", "const", "enum", "required", "properties", "additionalProperties", "items",
    "prefixItems", "minItems", "minimum", "maximum", "exclusiveMinimum", "minLength", "format",
    "oneOf", "propertyNames", "description", "examples", "deprecated", NULL,
  };
  g_autoptr (GList) keys = json_object_get_members (json_node_get_object (schema));

  for (GList *l = keys; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      g_error ("schema keyword %s is not known to this test", (const char *) l->data);
}

static inline gboolean
schema_accepts (JsonNode *schema, JsonNode *value)
{
  JsonNode *part;

  schema = schema_resolve (schema);
  schema_check_keywords (schema);
  if ((part = schema_member (schema, "type")) != NULL && !schema_type_matches (part, value))
    return FALSE;
  if ((part = schema_member (schema, "const")) != NULL && !json_node_equal (part, value))
    return FALSE;
  if ((part = schema_member (schema, "enum")) != NULL && !schema_listed (part, value))
    return FALSE;
  if ((part = schema_member (schema, "oneOf")) != NULL && !schema_one_of (part, value))
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (value))
    return schema_object_accepts (schema, json_node_get_object (value));
  if (JSON_NODE_HOLDS_ARRAY (value))
    return schema_array_accepts (schema, json_node_get_array (value));
  return JSON_NODE_HOLDS_NULL (value) || schema_value_accepts (schema, value);
}
