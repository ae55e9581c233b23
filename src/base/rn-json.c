/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checked reading over json-glib: bytes are scanned first (rn-json-scan.c), getters check type and
 * range, and a complaint carries the path to its place. Pure; any thread. */
#include "base/rn-json.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-json-private.h"
#include "base/rn-json-scan.h"
#include "base/rn-text.h"

#define MAX_QUOTED 40
#define MAX_EXACT_INTEGER 9007199254740992.0 /* 2^53 */

G_DEFINE_QUARK (rn - json - error - quark, rn_json_error)

/* The checked text: @data itself, or in *@repaired. NULL and @error. */
static const char *
check (GBytes *bytes, gsize *n, char **repaired, GError **error)
{
  g_autoptr (GArray) fixes = g_array_new (FALSE, FALSE, sizeof (gsize));
  const char *data = g_bytes_get_data (bytes, n);

  if (*n > RN_JSON_MAX_BYTES)
    {
      g_set_error (error, RN_JSON_ERROR, RN_JSON_ERROR_TOO_LARGE,
                   _("the document has more than %u MiB"), (guint) (RN_JSON_MAX_BYTES >> 20));
      return NULL;
    }
  if (*n >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      *n -= 3;
    }
  if (!rn_json_scan (*n > 0 ? data : "", *n, fixes, error))
    return NULL;
  if (fixes->len > 0)
    data = *repaired = rn_json_repair (data, *n, fixes, n);
  return data;
}

static JsonNode *
parse (JsonParser *parser, const char *data, gsize n, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (json_parser_load_from_data (parser, data, (gssize) n, &local))
    return json_parser_steal_root (parser);
  g_set_error_literal (error, RN_JSON_ERROR, RN_JSON_ERROR_SYNTAX, local->message);
  return NULL;
}

JsonNode *
rn_json_parse (GBytes *bytes, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *repaired = NULL;
  gsize n;
  const char *data = check (bytes, &n, &repaired, error);

  return data != NULL ? parse (parser, data, n, error) : NULL;
}

/* json-glib escapes control characters up to U+001E and leaves the one after it; and bytes that are
 * not UTF-8 (names of files) it hands on. Both can only be within strings. */
char *
rn_json_dup_text (JsonNode *node, gboolean pretty)
{
  g_autofree char *text = json_to_string (node, pretty);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *whole = g_string_new (valid);

  g_string_replace (whole, "\x1f", "\\u001f", 0);
  return g_string_free (whole, FALSE);
}

char *
rn_json_dup_checked (GBytes *bytes, GError **error)
{
  g_autofree char *repaired = NULL;
  gsize n;
  const char *data = check (bytes, &n, &repaired, error);

  return data != NULL ? g_strndup (data, n) : NULL;
}

JsonNode *
rn_json_parse_checked (JsonParser *parser, const char *text, GError **error)
{
  return parse (parser, text, strlen (text), error);
}

RnJson
rn_json_root (JsonNode *node)
{
  return (RnJson){ .node = node };
}

static void
append_path (const RnJson *self, GString *path)
{
  if (self->up == NULL)
    return;
  append_path (self->up, path);
  if (self->key == NULL)
    g_string_append_printf (path, "[%u]", self->index);
  else
    g_string_append_printf (path, "%s%s", path->len > 0 ? "." : "", self->key);
}

char *
rn_json_path (const RnJson *self)
{
  GString *path = g_string_new (NULL);

  append_path (self, path);
  if (path->len == 0)
    g_string_assign (path, "$");
  return g_string_free (path, FALSE);
}

gboolean
rn_json_is_object (const RnJson *self)
{
  return self->node != NULL && JSON_NODE_HOLDS_OBJECT (self->node);
}

gboolean
rn_json_is_array (const RnJson *self)
{
  return self->node != NULL && JSON_NODE_HOLDS_ARRAY (self->node);
}

gboolean
rn_json_is_null (const RnJson *self)
{
  return self->node == NULL || JSON_NODE_HOLDS_NULL (self->node);
}

RnJson
rn_json_member (const RnJson *self, const char *key)
{
  RnJson member = { .up = self, .key = key };

  if (rn_json_is_object (self))
    member.node = json_object_get_member (json_node_get_object (self->node), key);
  return member;
}

guint
rn_json_length (const RnJson *self)
{
  return rn_json_is_array (self) ? json_array_get_length (json_node_get_array (self->node)) : 0;
}

RnJson
rn_json_element (const RnJson *self, guint index)
{
  RnJson element = { .up = self, .index = index };

  if (index < rn_json_length (self))
    element.node = json_array_get_element (json_node_get_array (self->node), index);
  return element;
}

GList *
rn_json_keys (const RnJson *self)
{
  return rn_json_is_object (self) ? json_object_get_members (json_node_get_object (self->node))
                                  : NULL;
}

void
rn_json_fail (const RnJson *self, RnJsonError code, GError **error, const char *format, ...)
{
  g_autofree char *path = NULL, *message = NULL, *valid = NULL;
  va_list args;

  if (error == NULL || *error != NULL)
    return;
  path = rn_json_path (self);
  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  valid = g_utf8_make_valid (message, -1); /* a quote may be cut within a character */
  g_set_error (error, RN_JSON_ERROR, code, "%s: %s", path, valid);
}

/* Whether there is something to read; complains when it is missing and @mandatory. */
static gboolean
has_value (const RnJson *self, gboolean mandatory, GError **error)
{
  if (error != NULL && *error != NULL)
    return FALSE;
  if (!rn_json_is_null (self))
    return TRUE;
  if (mandatory)
    rn_json_fail (self, RN_JSON_ERROR_MISSING, error, "%s", _("is missing"));
  return FALSE;
}

static gboolean
holds (const RnJson *self, GType type)
{
  return JSON_NODE_HOLDS_VALUE (self->node) && json_node_get_value_type (self->node) == type;
}

static gboolean
is_number (const RnJson *self)
{
  return holds (self, G_TYPE_INT64) || holds (self, G_TYPE_DOUBLE);
}

/* As much of foreign text as a complaint needs, cut between characters. */
static char *
clip (const char *text)
{
  if (g_utf8_strlen (text, -1) <= MAX_QUOTED)
    return g_strdup (text);
  else
    {
      g_autofree char *head = g_utf8_substring (text, 0, MAX_QUOTED);

      return g_strconcat (head, "…", NULL);
    }
}

/* "812", "0.5": as short as it can be told apart. */
static const char *
number_text (double value, char *buffer, int size)
{
  if (value == floor (value) && fabs (value) < 1e15)
    return g_ascii_formatd (buffer, size, "%.0f", value);
  return g_ascii_formatd (buffer, size, "%.10g", value);
}

static void
fail_range (const RnJson *self, double value, double min, double max, GError **error)
{
  char a[G_ASCII_DTOSTR_BUF_SIZE], b[G_ASCII_DTOSTR_BUF_SIZE], c[G_ASCII_DTOSTR_BUF_SIZE];

  rn_json_fail (self, RN_JSON_ERROR_RANGE, error, _("out of range %s…%s: %s"),
                number_text (min, a, sizeof a), number_text (max, b, sizeof b),
                number_text (value, c, sizeof c));
}

static double
read_number (const RnJson *self, gboolean mandatory, double min, double max, GError **error)
{
  double value;

  if (!has_value (self, mandatory, error))
    return NAN;
  if (!is_number (self))
    {
      rn_json_fail (self, RN_JSON_ERROR_TYPE, error, "%s", _("is not a number"));
      return NAN;
    }
  value = json_node_get_double (self->node);
  if (value >= min && value <= max)
    return value;
  fail_range (self, value, min, max, error);
  return NAN;
}

double
rn_json_number (const RnJson *self, double min, double max, GError **error)
{
  return read_number (self, TRUE, min, max, error);
}

double
rn_json_opt_number (const RnJson *self, double min, double max, GError **error)
{
  return read_number (self, FALSE, min, max, error);
}

static gint64
read_integer (const RnJson *self, gboolean mandatory, gint64 min, gint64 max, gint64 fallback,
              GError **error)
{
  gint64 value;
  double real;

  if (!has_value (self, mandatory, error))
    return fallback;
  real = is_number (self) ? json_node_get_double (self->node) : NAN;
  if (is_number (self) && !holds (self, G_TYPE_INT64) && fabs (real) > MAX_EXACT_INTEGER)
    {
      fail_range (self, real, min, max, error);
      return fallback;
    }
  if (!is_number (self) || (holds (self, G_TYPE_DOUBLE) && real != floor (real)))
    {
      rn_json_fail (self, RN_JSON_ERROR_TYPE, error, "%s", _("is not a whole number"));
      return fallback;
    }
  value = holds (self, G_TYPE_INT64) ? json_node_get_int (self->node) : (gint64) real;
  if (value >= min && value <= max)
    return value;
  fail_range (self, value, min, max, error);
  return fallback;
}

gint64
rn_json_integer (const RnJson *self, gint64 min, gint64 max, GError **error)
{
  return read_integer (self, TRUE, min, max, min, error);
}

gint64
rn_json_opt_integer (const RnJson *self, gint64 min, gint64 max, gint64 fallback, GError **error)
{
  return read_integer (self, FALSE, min, max, fallback, error);
}

static gboolean
read_boolean (const RnJson *self, gboolean mandatory, gboolean fallback, GError **error)
{
  if (!has_value (self, mandatory, error))
    return fallback;
  if (holds (self, G_TYPE_BOOLEAN))
    return json_node_get_boolean (self->node);
  rn_json_fail (self, RN_JSON_ERROR_TYPE, error, "%s", _("is neither true nor false"));
  return fallback;
}

gboolean
rn_json_boolean (const RnJson *self, GError **error)
{
  return read_boolean (self, TRUE, FALSE, error);
}

gboolean
rn_json_opt_boolean (const RnJson *self, gboolean fallback, GError **error)
{
  return read_boolean (self, FALSE, fallback, error);
}

static const char *
read_string (const RnJson *self, gboolean mandatory, GError **error)
{
  if (!has_value (self, mandatory, error))
    return NULL;
  if (holds (self, G_TYPE_STRING))
    return json_node_get_string (self->node);
  rn_json_fail (self, RN_JSON_ERROR_TYPE, error, "%s", _("is not a string"));
  return NULL;
}

const char *
rn_json_string (const RnJson *self, GError **error)
{
  return read_string (self, TRUE, error);
}

const char *
rn_json_opt_string (const RnJson *self, GError **error)
{
  return read_string (self, FALSE, error);
}

char *
rn_json_id (const RnJson *self, GError **error)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!has_value (self, TRUE, error))
    return NULL;
  if (holds (self, G_TYPE_STRING) && *json_node_get_string (self->node) != '\0')
    return g_strdup (json_node_get_string (self->node));
  if (holds (self, G_TYPE_INT64))
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (self->node));
  if (holds (self, G_TYPE_DOUBLE))
    return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, json_node_get_double (self->node)));
  rn_json_fail (self, RN_JSON_ERROR_TYPE, error, "%s",
                holds (self, G_TYPE_STRING) ? _("is empty")
                                            : _("is neither a string nor a number"));
  return NULL;
}

static gint64
read_moment (const RnJson *self, gboolean mandatory, GError **error)
{
  const char *text = read_string (self, mandatory, error);
  gint64 at_us = 0;

  if (text != NULL && !rn_text_parse_rfc3339 (text, &at_us))
    {
      g_autofree char *quoted = clip (text);

      rn_json_fail (self, RN_JSON_ERROR_RANGE, error, _("is not a time by RFC 3339: %s"), quoted);
    }
  return at_us;
}

gint64
rn_json_time (const RnJson *self, GError **error)
{
  return read_moment (self, TRUE, error);
}

gint64
rn_json_opt_time (const RnJson *self, GError **error)
{
  return read_moment (self, FALSE, error);
}

static RnNames *
read_pairs (const RnJson *self, GError **error)
{
  g_autoptr (GList) keys = rn_json_keys (self);
  g_autoptr (GPtrArray) tags = g_ptr_array_new (), texts = g_ptr_array_new ();

  for (GList *l = keys; l != NULL; l = l->next)
    {
      RnJson member = rn_json_member (self, l->data);
      const char *text;

      if (rn_json_is_null (&member))
        continue;
      if (!holds (&member, G_TYPE_STRING))
        {
          rn_json_fail (&member, RN_JSON_ERROR_TYPE, error, "%s", _("is not a string"));
          return NULL;
        }
      text = json_node_get_string (member.node);
      if (*text == '\0')
        continue;
      g_ptr_array_add (tags, l->data);
      g_ptr_array_add (texts, (gpointer) text);
    }
  return rn_names_new_arrays (tags->len, (const char *const *) tags->pdata,
                              (const char *const *) texts->pdata);
}

RnNames *
rn_json_opt_names (const RnJson *self, GError **error)
{
  if (!has_value (self, FALSE, error))
    return NULL;
  if (holds (self, G_TYPE_STRING))
    return *json_node_get_string (self->node) != '\0'
               ? rn_names_new (json_node_get_string (self->node))
               : NULL;
  if (rn_json_is_object (self))
    return read_pairs (self, error);
  rn_json_fail (self, RN_JSON_ERROR_TYPE, error, "%s",
                _("is neither a name nor names by language"));
  return NULL;
}

static int
read_word (const RnJson *self, gboolean mandatory, const char *const *words, int fallback,
           GError **error)
{
  const char *text = read_string (self, mandatory, error);
  g_autofree char *quoted = NULL;

  if (text == NULL)
    return fallback;
  for (int i = 0; words[i] != NULL; i++)
    if (g_str_equal (text, words[i]))
      return i;
  quoted = clip (text);
  rn_json_fail (self, RN_JSON_ERROR_RANGE, error, _("unknown word: %s"), quoted);
  return -1;
}

int
rn_json_word (const RnJson *self, const char *const *words, GError **error)
{
  return read_word (self, TRUE, words, -1, error);
}

int
rn_json_opt_word (const RnJson *self, const char *const *words, int fallback, GError **error)
{
  return read_word (self, FALSE, words, fallback, error);
}
