/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes have passed the scanner before they come here, so that finding the elements needs no
 * grammar: brackets are counted, strings are skipped. */
#include "base/rn-json-split.h"

#include <string.h>

#include "base/rn-json-private.h"

typedef struct {
  gsize from, n;
} Span;

struct _RnJsonSplit {
  char *text; /* checked, without byte-order mark, as json-glib reads it */
  char *member;
  GArray *spans; /* Span of each element */
  JsonNode *root_node, *element_node;
  RnJson root, array, element;
  JsonParser *parser;
};

static const char *
skip_space (const char *at)
{
  while (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r')
    at++;
  return at;
}

static const char *
skip_string (const char *at)
{
  for (at++; *at != '"'; at++)
    if (*at == '\\')
      at++;
  return at + 1;
}

/* Behind the value that begins at @at. */
static const char *
skip_value (const char *at)
{
  guint depth = 0;

  do
    switch (*at)
      {
      case '"':
        at = skip_string (at);
        break;
      case '{':
      case '[':
        depth++;
        at++;
        break;
      case '}':
      case ']':
        depth--;
        at++;
        break;
      case ',':
      case ':':
        at++;
        break;
      default:
        at += strcspn (at, ",:]}\"[{");
      }
  while (depth > 0);
  return at;
}

/* The array @member of the object that @text is: from its bracket to behind the other one. Of
 * several of one name the last one counts, as in the tree. */
static gboolean
find_array (const char *text, const char *member, const char **from, const char **to)
{
  const char *at = skip_space (text);
  gsize n = strlen (member);
  gboolean found = FALSE;

  if (*at != '{')
    return FALSE;
  for (at = skip_space (at + 1); *at == '"';)
    {
      const char *key = at + 1, *key_end = skip_string (at), *value, *end;

      value = skip_space (skip_space (key_end) + 1);
      end = skip_value (value);
      if ((gsize) (key_end - 1 - key) == n && memcmp (key, member, n) == 0)
        {
          found = *value == '[';
          *from = value;
          *to = end;
        }
      at = skip_space (end);
      if (*at == ',')
        at = skip_space (at + 1);
    }
  return found;
}

static void
note_elements (RnJsonSplit *self, const char *from)
{
  const char *at = skip_space (from + 1);

  while (*at != ']')
    {
      const char *end = skip_value (at);
      Span span = { (gsize) (at - self->text), (gsize) (end - at) };

      g_array_append_val (self->spans, span);
      at = skip_space (end);
      if (*at == ',')
        at = skip_space (at + 1);
    }
}

RnJsonSplit *
rn_json_split_new (GBytes *bytes, const char *member, GError **error)
{
  g_autoptr (RnJsonSplit) self = g_new0 (RnJsonSplit, 1);
  g_autoptr (GString) head = NULL;
  const char *from, *to;

  self->text = rn_json_dup_checked (bytes, error);
  if (self->text == NULL)
    return NULL;
  self->member = g_strdup (member);
  self->spans = g_array_new (FALSE, FALSE, sizeof (Span));
  self->parser = json_parser_new ();
  if (find_array (self->text, member, &from, &to))
    {
      note_elements (self, from);
      head = g_string_new_len (self->text, from + 1 - self->text);
      g_string_append (head, to - 1);
    }
  self->root_node =
      rn_json_parse_checked (self->parser, head != NULL ? head->str : self->text, error);
  if (self->root_node == NULL)
    return NULL;
  self->root = rn_json_root (self->root_node);
  self->array = rn_json_member (&self->root, self->member);
  return g_steal_pointer (&self);
}

void
rn_json_split_free (RnJsonSplit *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->root_node, json_node_unref);
  g_clear_pointer (&self->element_node, json_node_unref);
  g_clear_pointer (&self->spans, g_array_unref);
  g_clear_object (&self->parser);
  g_free (self->member);
  g_free (self->text);
  g_free (self);
}

const RnJson *
rn_json_split_root (const RnJsonSplit *self)
{
  return &self->root;
}

guint
rn_json_split_length (const RnJsonSplit *self)
{
  return self->spans->len;
}

const RnJson *
rn_json_split_element (RnJsonSplit *self, guint index)
{
  const Span *span;
  char *end, kept;

  g_return_val_if_fail (index < self->spans->len, NULL);
  span = &g_array_index (self->spans, Span, index);
  end = self->text + span->from + span->n;
  kept = *end;
  *end = '\0'; /* the parser reads up to there */
  g_clear_pointer (&self->element_node, json_node_unref);
  self->element_node = rn_json_parse_checked (self->parser, self->text + span->from, NULL);
  *end = kept;
  self->element =
      (RnJson){ .node = self->element_node, .up = &self->array, .key = NULL, .index = index };
  return &self->element;
}
