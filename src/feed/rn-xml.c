/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tree out of GMarkup's events. All strings lie in one GStringChunk and all elements in blocks,
 * so that a document of a million elements is freed in a few calls. GMarkup expands no declared
 * entity: a bomb is an unknown entity, that is a syntax error. */
#include "feed/rn-xml.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "feed/rn-adapter.h"

#define BLOCK_ELEMENTS 1024
#define MAX_ATTRIBUTES 256
#define MAX_COUNTED 16

struct _RnXml {
  RnXmlElement *root;
  GPtrArray *blocks; /* of BLOCK_ELEMENTS elements each */
  GPtrArray *arrays; /* attribute vectors */
  GStringChunk *strings;
};

typedef struct {
  const char *name;
  guint n;
} Counter;

typedef struct {
  RnXml *document;
  RnXmlElement *open[RN_XML_MAX_DEPTH];            /* path of open elements */
  RnXmlElement *last[RN_XML_MAX_DEPTH];            /* last child of each */
  Counter counters[RN_XML_MAX_DEPTH][MAX_COUNTED]; /* children of each by name */
  GString *text[RN_XML_MAX_DEPTH];                 /* made on first use, reused */
  guint depth;
  guint n_elements;
} Build;

/* ---- building ---- */

static const char *
local_name (const char *name)
{
  const char *colon = strrchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static RnXmlElement *
new_element (Build *build)
{
  guint at = build->n_elements++ % BLOCK_ELEMENTS;

  if (at == 0)
    g_ptr_array_add (build->document->blocks, g_new0 (RnXmlElement, BLOCK_ELEMENTS));

  GPtrArray *blocks = build->document->blocks;
  RnXmlElement *block = g_ptr_array_index (blocks, blocks->len - 1);
  return &block[at];
}

static const char *const *
copy_attributes (RnXml *document, const char **names, const char **values)
{
  static const char *const none[] = { NULL };
  guint n = g_strv_length ((char **) names);

  if (n == 0)
    return none;

  const char **copy = g_new0 (const char *, 2 * n + 1);
  for (guint i = 0; i < n; i++)
    {
      copy[2 * i] = g_string_chunk_insert_const (document->strings, local_name (names[i]));
      copy[2 * i + 1] = g_string_chunk_insert_const (document->strings, values[i]);
    }
  g_ptr_array_add (document->arrays, copy);
  return copy;
}

static gboolean
check_limits (Build *build, const char *name, const char **attribute_names, GError **error)
{
  if (build->depth == 0 && build->document->root != NULL)
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                 _("a second root element <%s>"), name);
  else if (build->depth >= RN_XML_MAX_DEPTH)
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                 _("elements nest deeper than %d"), RN_XML_MAX_DEPTH);
  else if (build->n_elements >= RN_XML_MAX_ELEMENTS)
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, _("more than %u elements"),
                 RN_XML_MAX_ELEMENTS);
  else if (g_strv_length ((char **) attribute_names) > MAX_ATTRIBUTES)
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                 _("<%s> has more than %d attributes"), name, MAX_ATTRIBUTES);
  else
    return TRUE;
  return FALSE;
}

/* How many children of this name the element at @depth had before; counts one more. Names are
 * interned: equal names are one pointer. Of more than MAX_COUNTED names the rest count as first. */
static guint
count_child (Build *build, guint depth, const char *name)
{
  Counter *counters = build->counters[depth];

  for (guint i = 0; i < MAX_COUNTED; i++)
    if (counters[i].name == name)
      return counters[i].n++;
    else if (counters[i].name == NULL)
      {
        counters[i] = (Counter){ name, 1 };
        return 0;
      }
  return 0;
}

static void
start_element_cb (GMarkupParseContext *context, const char *name, const char **attribute_names,
                  const char **attribute_values, gpointer data, GError **error)
{
  Build *build = data;

  if (!check_limits (build, name, attribute_names, error))
    return;

  RnXmlElement *parent = build->depth > 0 ? build->open[build->depth - 1] : NULL;
  RnXmlElement *element = new_element (build);
  element->name = g_string_chunk_insert_const (build->document->strings, local_name (name));
  element->text = "";
  element->parent = parent;
  element->attributes = copy_attributes (build->document, attribute_names, attribute_values);
  if (parent == NULL)
    build->document->root = element;
  else
    {
      RnXmlElement *last = build->last[build->depth - 1];

      element->index = count_child (build, build->depth - 1, element->name);
      if (last != NULL)
        last->next = element;
      else
        parent->first = element;
      build->last[build->depth - 1] = element;
    }
  build->open[build->depth] = element;
  build->last[build->depth] = NULL;
  memset (build->counters[build->depth], 0, sizeof build->counters[build->depth]);
  if (build->text[build->depth] != NULL)
    g_string_truncate (build->text[build->depth], 0);
  build->depth++;
}

static void
end_element_cb (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  Build *build = data;
  guint depth = --build->depth;
  GString *text = build->text[depth];

  if (text == NULL || text->len == 0)
    return;
  g_strstrip (text->str);
  if (*text->str != '\0')
    build->open[depth]->text = g_string_chunk_insert (build->document->strings, text->str);
}

static gboolean
is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;
  return TRUE;
}

static void
text_cb (GMarkupParseContext *context, const char *text, gsize length, gpointer data,
         GError **error)
{
  Build *build = data;

  if (build->depth == 0)
    {
      if (!is_blank (text, length))
        g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                     _("text outside of the root element"));
      return;
    }

  GString **own = &build->text[build->depth - 1];
  if (*own == NULL)
    *own = g_string_sized_new (256);
  if ((*own)->len == 0 && is_blank (text, length))
    return;
  g_string_append_len (*own, text, (gssize) length);
}

static void
skip_mark (const char **text, gsize *length)
{
  if (*length >= 3 && memcmp (*text, "\xEF\xBB\xBF", 3) == 0)
    {
      *text += 3;
      *length -= 3;
    }
}

/* GMarkup's own messages, and those of the callbacks, begin with line and column. Some of its own
 * quote the first byte of a character. */
static void
fail_syntax (const GError *cause, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (cause->message, -1);

  g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SYNTAX, _("not well-formed XML: %s"), valid);
}

/* The encoding that the declaration names, NULL when none: <?xml version="1.0" encoding="…"?> */
static char *
dup_encoding (const char *text, gsize length)
{
  const char *end =
      g_str_has_prefix (text, "<?xml") ? g_strstr_len (text, (gssize) length, "?>") : NULL;
  const char *at = end != NULL ? g_strstr_len (text, end - text, "encoding") : NULL;
  gsize n = 0;

  if (at == NULL)
    return NULL;
  at += strlen ("encoding");
  while (at < end && (g_ascii_isspace (*at) || strchr ("=\"'", *at) != NULL))
    at++;
  while (at + n < end && (g_ascii_isalnum (at[n]) || strchr ("._-", at[n]) != NULL))
    n++;
  return n > 0 ? g_strndup (at, n) : NULL;
}

/* @text of another encoding than UTF-8 (old systems write ISO-8859-1), in UTF-8; NULL when none
 * that is known is named or it is not of that one: @n means nothing then. What is UTF-8 whatever it
 * says is left alone. */
static char *
dup_recoded (const char *text, gsize length, gsize *n)
{
  g_autofree char *encoding = NULL;

  if (length == 0 || g_utf8_validate_len (text, length, NULL))
    return NULL;
  encoding = dup_encoding (text, length);
  return encoding != NULL ? g_convert (text, (gssize) length, "UTF-8", encoding, NULL, n, NULL)
                          : NULL;
}

/* GMarkup looks at names before it looks at their encoding, and then warns: so this comes first. */
static gboolean
check_utf8 (const char *text, gsize length, GError **error)
{
  const char *bad;
  guint line = 1;

  if (g_utf8_validate_len (text, length, &bad))
    return TRUE;
  for (const char *c = text; c < bad; c++)
    line += *c == '\n';
  g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SYNTAX,
               _("not well-formed XML: line %u is not UTF-8"), line);
  return FALSE;
}

/* ---- API ---- */

RnXml *
rn_xml_parse (GBytes *bytes, GError **error)
{
  static const GMarkupParser parser = { start_element_cb, end_element_cb, text_cb, NULL, NULL };
  gsize length = 0, n_recoded = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autofree char *recoded = NULL;

  if (length > RN_XML_MAX_BYTES)
    {
      g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SYNTAX, _("more than %u MiB"),
                   (guint) (RN_XML_MAX_BYTES >> 20));
      return NULL;
    }
  if (length > 0)
    skip_mark (&text, &length);
  recoded = dup_recoded (text, length, &n_recoded);
  if (recoded != NULL)
    {
      text = recoded;
      length = n_recoded;
    }
  if (length > 0 && !check_utf8 (text, length, error))
    return NULL;

  Build build = { .document = g_new0 (RnXml, 1) };
  g_autoptr (RnXml) document = build.document;
  document->blocks = g_ptr_array_new_with_free_func (g_free);
  document->arrays = g_ptr_array_new_with_free_func (g_free);
  document->strings = g_string_chunk_new (1 << 16);

  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (
      &parser, G_MARKUP_TREAT_CDATA_AS_TEXT | G_MARKUP_PREFIX_ERROR_POSITION, &build, NULL);
  g_autoptr (GError) cause = NULL;
  gboolean good =
      (length == 0 || g_markup_parse_context_parse (context, text, (gssize) length, &cause))
      && g_markup_parse_context_end_parse (context, &cause);

  for (guint i = 0; i < RN_XML_MAX_DEPTH; i++)
    if (build.text[i] != NULL)
      g_string_free (build.text[i], TRUE);
  if (!good)
    {
      fail_syntax (cause, error);
      return NULL;
    }
  if (document->root == NULL)
    {
      g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SYNTAX, _("XML without any element"));
      return NULL;
    }
  return g_steal_pointer (&document);
}

void
rn_xml_free (RnXml *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->arrays);
  g_string_chunk_free (self->strings);
  g_free (self);
}

const RnXmlElement *
rn_xml_root (const RnXml *self)
{
  return self->root;
}

const RnXmlElement *
rn_xml_child (const RnXmlElement *element, const char *name)
{
  if (element == NULL || element->first == NULL)
    return NULL;
  return strcmp (element->first->name, name) == 0 ? element->first
                                                  : rn_xml_next (element->first, name);
}

const RnXmlElement *
rn_xml_next (const RnXmlElement *element, const char *name)
{
  for (element = element->next; element != NULL; element = element->next)
    if (strcmp (element->name, name) == 0)
      return element;
  return NULL;
}

const char *
rn_xml_attribute (const RnXmlElement *element, const char *name)
{
  for (guint i = 0; element->attributes[i] != NULL; i += 2)
    if (strcmp (element->attributes[i], name) == 0)
      return element->attributes[i + 1];
  return NULL;
}

const char *
rn_xml_text (const RnXmlElement *element, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);

  for (guint i = 0; names[i] != NULL && element != NULL; i++)
    element = rn_xml_child (element, names[i]);
  return element != NULL && *element->text != '\0' ? element->text : NULL;
}

double
rn_xml_parse_number (const char *text)
{
  char *end = NULL;

  if (text == NULL)
    return NAN;
  while (g_ascii_isspace (*text))
    text++;
  for (const char *c = text; *c != '\0'; c++)
    if (strchr ("0123456789+-.eE \t\r\n", *c) == NULL)
      return NAN;

  double value = g_ascii_strtod (text, &end);
  if (end == text)
    return NAN;
  while (g_ascii_isspace (*end))
    end++;
  return *end == '\0' && isfinite (value) ? value : NAN;
}

char *
rn_xml_path (const RnXmlElement *element, const char *below)
{
  GString *path = g_string_new (below);

  for (; element != NULL; element = element->parent)
    {
      const RnXmlElement *next = element->next;
      gboolean alone = element->index == 0 && (next == NULL || next->name != element->name);
      g_autofree char *step = alone ? g_strdup (element->name)
                                    : g_strdup_printf ("%s[%u]", element->name, element->index);

      if (path->len > 0)
        g_string_prepend_c (path, '/');
      g_string_prepend (path, step);
    }
  return g_string_free (path, FALSE);
}

/* ---- sniffing ---- */

typedef struct {
  char **names;
  guint n, max;
} Sniff;

static void
sniff_start_cb (GMarkupParseContext *context, const char *name, const char **attribute_names,
                const char **attribute_values, gpointer data, GError **error)
{
  Sniff *sniff = data;

  if (sniff->n < sniff->max)
    sniff->names[sniff->n++] = g_strdup (local_name (name));
  else /* enough seen: ends the parse */
    g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "enough");
}

guint
rn_xml_sniff (const char *head, gsize length, char **names, guint max)
{
  static const GMarkupParser parser = { sniff_start_cb, NULL, NULL, NULL, NULL };
  Sniff sniff = { names, 0, max };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &sniff, NULL);

  if (length > 0)
    {
      const char *end;

      skip_mark (&head, &length);
      if (!g_utf8_validate_len (head, length, &end))
        length = (gsize) (end - head);
    }
  /* The end may be cut anywhere and the rest be damaged: what was seen before counts. */
  if (length > 0)
    g_markup_parse_context_parse (context, head, (gssize) length, NULL);
  return sniff.n;
}
