/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Appends to one buffer; nothing is kept, whatever the number of rows. */
#include "cli/rn-journal-export.h"

#include <string.h>

#include "base/rn-json.h"
#include "record/rn-journal-chain.h"

/* RFC 3339 with all six digits: a time goes into the hash to the microsecond. */
static void
append_time (GString *out, gint64 at_us)
{
  gint64 second = at_us / G_USEC_PER_SEC - (at_us % G_USEC_PER_SEC < 0);
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (second);
  g_autofree char *text = at != NULL ? g_date_time_format (at, "%Y-%m-%dT%H:%M:%S") : NULL;

  if (text != NULL)
    g_string_append_printf (out, "%s.%06dZ", text, (int) (at_us - second * G_USEC_PER_SEC));
}

static void
append_hash (GString *out, const guint8 *hash)
{
  for (guint i = 0; i < RN_JOURNAL_HASH; i++)
    g_string_append_printf (out, "%02x", hash[i]);
}

/* ---- CSV ----------------------------------------------------------------------------------- */

static void
append_field (GString *out, const char *text)
{
  g_string_append_c (out, ',');
  if (text == NULL)
    return;
  g_string_append_c (out, '"');
  if (*text != '\0' && strchr ("=+-@\t\r", *text) != NULL)
    g_string_append_c (out, '\'');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *c);
    }
  g_string_append_c (out, '"');
}

void
rn_journal_export_header (GString *out)
{
  g_string_append (out, "sequence,at,seat,kind,subject,person,body,hash\r\n");
}

void
rn_journal_export_csv (const RnJournalEntry *entry, GString *out)
{
  g_string_append_printf (out, "%" G_GUINT64_FORMAT ",", entry->sequence);
  append_time (out, entry->at_us);
  append_field (out, entry->seat);
  append_field (out, entry->kind);
  append_field (out, entry->subject);
  append_field (out, entry->person);
  append_field (out, entry->body);
  g_string_append_c (out, ',');
  append_hash (out, entry->hash);
  g_string_append (out, "\r\n");
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static void
append_string (GString *out, const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL)
    {
      g_string_append (out, "null");
      return;
    }
  valid = g_utf8_make_valid (text, -1);
  g_string_append_c (out, '"');
  for (const char *c = valid; *c != '\0'; c++)
    if (*c == '"' || *c == '\\')
      g_string_append_printf (out, "\\%c", *c);
    else if ((guchar) *c < 0x20)
      g_string_append_printf (out, "\\u%04x", (guint) (guchar) *c);
    else
      g_string_append_c (out, *c);
  g_string_append_c (out, '"');
}

static gboolean
is_object_line (const char *text)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (text == NULL || *text != '{' || strpbrk (text, "\r\n") != NULL)
    return FALSE;
  bytes = g_bytes_new_static (text, strlen (text));
  node = rn_json_parse (bytes, NULL);
  return node != NULL;
}

static void
append_member (GString *out, const char *name, const char *text)
{
  g_string_append_printf (out, ",\"%s\":", name);
  append_string (out, text);
}

void
rn_journal_export_json (const RnJournalEntry *entry, GString *out)
{
  g_string_append_printf (out, "{\"sequence\":%" G_GUINT64_FORMAT ",\"at\":\"", entry->sequence);
  append_time (out, entry->at_us);
  g_string_append_c (out, '"');
  append_member (out, "seat", entry->seat);
  append_member (out, "kind", entry->kind);
  append_member (out, "subject", entry->subject);
  append_member (out, "person", entry->person);
  g_string_append (out, ",\"body\":");
  if (is_object_line (entry->body))
    g_string_append (out, entry->body);
  else
    append_string (out, entry->body);
  g_string_append (out, ",\"hash\":\"");
  append_hash (out, entry->hash);
  g_string_append (out, "\"}\n");
}
