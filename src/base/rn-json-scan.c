/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scanner over bytes for RFC 8259: grammar, depth, UTF-8, escapes and finite numbers, without
 * recursion (a stack of bits says what each level is). Runs at some hundred MB/s, so it costs a
 * small part of the parsing that follows. Pure; any thread. */
#include "base/rn-json-scan.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-json.h"

#define MAX_SURE_DIGITS 18 /* always within 64 bits */

typedef struct {
  const char *data, *end, *at;
  guint64 arrays; /* bit per open level: an array, else an object */
  guint depth;
  GArray *fixes;
  GError **error;
} Scan;

G_STATIC_ASSERT (RN_JSON_MAX_DEPTH <= 64);

/* Sets the error with line and column (in characters) of @at. */
static gboolean
fail (Scan *scan, const char *at, RnJsonError code, const char *message)
{
  guint line = 1, column = 1;

  for (const char *c = scan->data; c < at; c++)
    {
      if (*c == '\n')
        {
          line++;
          column = 1;
        }
      else if ((*c & 0xc0) != 0x80)
        column++;
    }
  g_set_error (scan->error, RN_JSON_ERROR, code, _("line %u, column %u: %s"), line, column,
               message);
  return FALSE;
}

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end
         && (*scan->at == ' ' || *scan->at == '\n' || *scan->at == '\r' || *scan->at == '\t'))
    scan->at++;
}

static gboolean
fail_here (Scan *scan, const char *expected)
{
  g_autofree char *message = NULL;

  if (scan->at >= scan->end)
    message = g_strdup_printf (_("the document ends where %s was expected"), expected);
  else
    message = g_strdup_printf (_("%s was expected"), expected);
  return fail (scan, scan->at, RN_JSON_ERROR_SYNTAX, message);
}

/* The four digits of a \u escape at @at; -1 when they are none. */
static int
hex4 (Scan *scan, const char *at)
{
  int value = 0;

  if (scan->end - at < 4)
    return -1;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);

      if (digit < 0)
        return -1;
      value = value << 4 | digit;
    }
  return value;
}

/* At the backslash; behind the escape on success. */
static gboolean
scan_escape (Scan *scan)
{
  const char *start = scan->at++;
  int code, low;

  if (scan->at < scan->end && *scan->at != '\0' && strchr ("\"\\/bfnrt", *scan->at) != NULL)
    {
      scan->at++;
      return TRUE;
    }
  if (scan->at >= scan->end || *scan->at != 'u' || (code = hex4 (scan, scan->at + 1)) < 0)
    return fail (scan, start, RN_JSON_ERROR_SYNTAX, _("unknown escape in a string"));
  scan->at += 5;
  if (code == 0)
    {
      gsize offset = start - scan->data;

      g_array_append_val (scan->fixes, offset);
    }
  if (code < 0xd800 || code > 0xdfff)
    return TRUE;
  low = scan->end - scan->at >= 6 && scan->at[0] == '\\' && scan->at[1] == 'u'
            ? hex4 (scan, scan->at + 2)
            : -1;
  if (code > 0xdbff || low < 0xdc00 || low > 0xdfff)
    return fail (scan, start, RN_JSON_ERROR_UTF8, _("half of a surrogate pair in a string"));
  scan->at += 6;
  return TRUE;
}

/* At the opening quote; behind the closing one on success. */
static gboolean
scan_string (Scan *scan)
{
  const char *start = scan->at++;

  while (scan->at < scan->end)
    {
      guchar c = *scan->at;

      if (c == '"')
        {
          scan->at++;
          return TRUE;
        }
      if (c < 0x20)
        return fail (scan, scan->at, RN_JSON_ERROR_SYNTAX, _("control character in a string"));
      if (c != '\\')
        scan->at++;
      else if (!scan_escape (scan))
        return FALSE;
    }
  return fail (scan, start, RN_JSON_ERROR_SYNTAX, _("a string that does not end"));
}

static gsize
scan_digits (Scan *scan)
{
  const char *start = scan->at;

  while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
    scan->at++;
  return scan->at - start;
}

/* Far from the limits the length tells; else the value is looked at. */
static gboolean
check_finite (Scan *scan, const char *start, gsize digits, gboolean exponent)
{
  g_autofree char *copy = NULL;

  if (!exponent && digits < 300)
    return TRUE;
  copy = g_strndup (start, scan->at - start);
  if (isfinite (g_ascii_strtod (copy, NULL)))
    return TRUE;
  return fail (scan, start, RN_JSON_ERROR_RANGE, _("a number too large"));
}

static void
note_integer (Scan *scan, const char *start, gsize digits)
{
  gsize offset = scan->at - scan->data;

  if (digits > MAX_SURE_DIGITS)
    {
      g_autofree char *copy = g_strndup (start, scan->at - start);

      if (!g_ascii_string_to_signed (copy, 10, G_MININT64, G_MAXINT64, NULL, NULL))
        g_array_append_val (scan->fixes, offset);
    }
}

static gboolean
scan_number (Scan *scan)
{
  const char *start = scan->at;
  gboolean integer = TRUE, exponent = FALSE;
  const char *first;
  gsize digits;

  if (*scan->at == '-')
    scan->at++;
  first = scan->at;
  digits = scan_digits (scan);
  if (digits == 0)
    return fail_here (scan, _("a digit"));
  if (digits > 1 && *first == '0')
    return fail (scan, start, RN_JSON_ERROR_SYNTAX, _("a number with a leading zero"));
  if (scan->at < scan->end && *scan->at == '.')
    {
      integer = FALSE;
      scan->at++;
      if (scan_digits (scan) == 0)
        return fail_here (scan, _("a digit"));
    }
  if (scan->at < scan->end && (*scan->at == 'e' || *scan->at == 'E'))
    {
      integer = FALSE;
      exponent = TRUE;
      scan->at++;
      if (scan->at < scan->end && (*scan->at == '+' || *scan->at == '-'))
        scan->at++;
      if (scan_digits (scan) == 0)
        return fail_here (scan, _("a digit"));
    }
  if (!check_finite (scan, start, digits, exponent))
    return FALSE;
  if (integer)
    note_integer (scan, start, digits);
  return TRUE;
}

static gboolean
scan_literal (Scan *scan, const char *word)
{
  gsize n = strlen (word);

  if ((gsize) (scan->end - scan->at) < n || memcmp (scan->at, word, n) != 0)
    return fail (scan, scan->at, RN_JSON_ERROR_SYNTAX, _("an unknown word"));
  scan->at += n;
  return TRUE;
}

static gboolean
scan_key (Scan *scan)
{
  skip_space (scan);
  if (scan->at >= scan->end || *scan->at != '"')
    return fail_here (scan, _("the name of a member"));
  if (!scan_string (scan))
    return FALSE;
  skip_space (scan);
  if (scan->at >= scan->end || *scan->at != ':')
    return fail_here (scan, "“:”");
  scan->at++;
  return TRUE;
}

/* At a bracket that opens. @value: whether a value must follow now. */
static gboolean
open_level (Scan *scan, gboolean *value)
{
  gboolean array = *scan->at == '[';

  if (scan->depth >= RN_JSON_MAX_DEPTH)
    return fail (scan, scan->at, RN_JSON_ERROR_DEPTH, _("nested too deeply"));
  scan->arrays = scan->arrays << 1 | array;
  scan->depth++;
  scan->at++;
  skip_space (scan);
  *value = scan->at >= scan->end || *scan->at != (array ? ']' : '}');
  return !*value || array || scan_key (scan);
}

/* One value; for an array or object only its beginning. @value as in open_level(). */
static gboolean
scan_value (Scan *scan, gboolean *value)
{
  skip_space (scan);
  *value = FALSE;
  if (scan->at >= scan->end)
    return fail_here (scan, _("a value"));
  switch (*scan->at)
    {
    case '{':
    case '[':
      return open_level (scan, value);
    case '"':
      return scan_string (scan);
    case 't':
      return scan_literal (scan, "true");
    case 'f':
      return scan_literal (scan, "false");
    case 'n':
      return scan_literal (scan, "null");
    default:
      if (*scan->at == '-' || g_ascii_isdigit (*scan->at))
        return scan_number (scan);
      return fail_here (scan, _("a value"));
    }
}

/* After a value: closes what ends there, up to the next value or the end of all. */
static gboolean
scan_after (Scan *scan, gboolean *value)
{
  while (scan->depth > 0)
    {
      gboolean array = scan->arrays & 1;

      skip_space (scan);
      if (scan->at < scan->end && *scan->at == ',')
        {
          scan->at++;
          *value = TRUE;
          return array || scan_key (scan);
        }
      if (scan->at >= scan->end || *scan->at != (array ? ']' : '}'))
        return fail_here (scan, array ? _("“,” or “]”") : _("“,” or “}”"));
      scan->at++;
      scan->arrays >>= 1;
      scan->depth--;
    }
  return TRUE;
}

gboolean
rn_json_scan (const char *data, gsize n, GArray *fixes, GError **error)
{
  Scan scan = { .data = data, .end = data + n, .at = data, .fixes = fixes, .error = error };
  gboolean value = TRUE;
  const char *bad;

  if (!g_utf8_validate_len (data, n, &bad))
    return fail (&scan, bad, *bad == '\0' ? RN_JSON_ERROR_SYNTAX : RN_JSON_ERROR_UTF8,
                 *bad == '\0' ? _("a zero byte") : _("not UTF-8"));
  skip_space (&scan);
  if (scan.at >= scan.end)
    return fail (&scan, scan.at, RN_JSON_ERROR_SYNTAX, _("the document is empty"));
  while (value)
    if (!scan_value (&scan, &value) || (!value && !scan_after (&scan, &value)))
      return FALSE;
  skip_space (&scan);
  if (scan.at < scan.end)
    return fail (&scan, scan.at, RN_JSON_ERROR_SYNTAX, _("something follows the document"));
  return TRUE;
}

char *
rn_json_repair (const char *data, gsize n, const GArray *fixes, gsize *length)
{
  GString *out = g_string_sized_new (n + 2 * fixes->len + 1);
  gsize from = 0;

  for (guint i = 0; i < fixes->len; i++)
    {
      gsize at = g_array_index (fixes, gsize, i);

      g_string_append_len (out, data + from, at - from);
      from = at;
      if (at < n && data[at] == '\\')
        {
          g_string_append (out, "\\ufffd");
          from += strlen ("\\u0000");
        }
      else
        g_string_append (out, ".0");
    }
  g_string_append_len (out, data + from, n - from);
  *length = out->len;
  return g_string_free (out, FALSE);
}
