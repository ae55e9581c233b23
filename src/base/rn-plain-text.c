/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass: tags fall away or become a new line, character references become their character, runs
 * of white space one space or one line end. A "<" that begins no tag stays. */
#include "base/rn-plain-text.h"

#include <string.h>

#define MAX_TAG_BYTES 2000
#define MAX_REFERENCE_BYTES 12
#define MAX_LINE_ENDS 2 /* in a row: one empty line */

typedef struct {
  GString *out;
  guint n_chars, max_chars;
  guint line_ends;  /* that wait to be written */
  gboolean space;   /* waits to be written */
  gboolean cut_off; /* there was more */
} Writer;

static void
put (Writer *self, gunichar c)
{
  if (self->n_chars >= self->max_chars)
    {
      self->cut_off = TRUE;
      return;
    }
  g_string_append_unichar (self->out, c);
  self->n_chars++;
}

static void
put_visible (Writer *self, gunichar c)
{
  guint line_ends = self->out->len > 0 ? MIN (self->line_ends, MAX_LINE_ENDS) : 0;

  for (guint i = 0; i < line_ends; i++)
    put (self, '\n');
  if (line_ends == 0 && self->space && self->out->len > 0)
    put (self, ' ');
  self->line_ends = 0;
  self->space = FALSE;
  put (self, c);
}

/* Signs that are not to be seen, or that turn round what stands beside them. */
static gboolean
is_hidden (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_PRIVATE_USE
         || type == G_UNICODE_UNASSIGNED || type == G_UNICODE_SURROGATE;
}

static void
take (Writer *self, gunichar c)
{
  if (c == '\n' || c == 0x2028 || c == 0x2029)
    self->line_ends++;
  else if (g_unichar_isspace (c))
    self->space = TRUE;
  else if (!is_hidden (c))
    put_visible (self, c);
}

/* ---- markup ---- */

static gboolean
is_word (const char *name, gsize n, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strlen (words[i]) == n && g_ascii_strncasecmp (words[i], name, n) == 0)
      return TRUE;
  return FALSE;
}

/* Bytes of the tag or comment that begins at @text; 0 when none does. */
static gsize
take_tag (Writer *self, const char *text)
{
  static const char *const breaking[] = { "br", "p",  "div", "li", "ul", "ol",
                                          "tr", "h1", "h2",  "h3", "h4", NULL };
  const char *name = text + 1 + (text[1] == '/');
  const char *end;
  gsize n = 0;

  if (!g_ascii_isalpha (*name) && text[1] != '!')
    return 0;
  end = memchr (text, '>', strnlen (text, MAX_TAG_BYTES));
  if (end == NULL)
    return 0;
  while (g_ascii_isalnum (name[n]))
    n++;
  if (is_word (name, n, breaking))
    self->line_ends = MAX (self->line_ends, 1);
  else
    self->space = self->space || is_word (name, n, (const char *const[]){ "td", "th", NULL });
  return end + 1 - text;
}

static gunichar
named_character (const char *name, gsize n)
{
  static const struct {
    const char *name;
    gunichar character;
  } table[] = { { "amp", '&' },      { "lt", '<' },       { "gt", '>' },        { "quot", '"' },
                { "apos", '\'' },    { "nbsp", ' ' },     { "ndash", 0x2013 },  { "mdash", 0x2014 },
                { "bull", 0x2022 },  { "deg", 0xb0 },     { "hellip", 0x2026 }, { "rsquo", 0x2019 },
                { "lsquo", 0x2018 }, { "ldquo", 0x201c }, { "rdquo", 0x201d } };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strlen (table[i].name) == n && strncmp (table[i].name, name, n) == 0)
      return table[i].character;
  return 0;
}

/* Bytes of the character reference that begins at @text; 0 when none does. */
static gsize
take_reference (Writer *self, const char *text)
{
  const char *end = memchr (text, ';', strnlen (text, MAX_REFERENCE_BYTES));
  gunichar c;

  if (end == NULL)
    return 0;
  if (text[1] != '#')
    c = named_character (text + 1, end - text - 1);
  else
    {
      gboolean hex = g_ascii_tolower (text[2]) == 'x';
      const char *digits = text + 2 + hex;
      char *after = NULL;
      guint64 value =
          g_ascii_isxdigit (*digits) ? g_ascii_strtoull (digits, &after, hex ? 16 : 10) : 0;

      c = after == end && value <= 0x10ffff && g_unichar_validate (value) ? (gunichar) value : 0;
    }
  if (c == 0)
    return 0;
  take (self, c);
  return end + 1 - text;
}

char *
rn_plain_text (const char *text, guint max_chars)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Writer writer = { .out = out, .max_chars = max_chars };

  for (const char *p = text != NULL ? text : ""; *p != '\0' && !writer.cut_off;)
    {
      gsize n = *p == '<' ? take_tag (&writer, p) : *p == '&' ? take_reference (&writer, p) : 0;

      if (n == 0)
        {
          take (&writer, g_utf8_get_char (p));
          n = g_utf8_next_char (p) - p;
        }
      p += n;
    }
  if (writer.cut_off)
    {
      g_strchomp (out->str);
      out->len = strlen (out->str);
      g_string_append (out, "…");
    }
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}
