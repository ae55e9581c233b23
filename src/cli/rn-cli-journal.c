/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roadnetctl journal verify and export: a journal read from outside, while the program writes it or
 * a copy of it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-json.h"
#include "base/rn-text.h"
#include "cli/rn-cli.h"
#include "cli/rn-journal-export.h"
#include "cli/rn-journal-report.h"
#include "session/rn-journal-key.h"

#define BUFFER_BYTES (64 << 10)

/* ---- verify -------------------------------------------------------------------------------- */

typedef struct {
  GMainLoop *loop;
  GBytes *key;
  GError *error;
} Asking;

static void
key_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;

  asking->key = rn_journal_key_load_finish (result, &asking->error);
  g_main_loop_quit (asking->loop);
}

static GBytes *
ask_keyring (GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Asking asking = { .loop = loop };

  rn_journal_key_load_async (NULL, FALSE, NULL, key_cb, &asking);
  g_main_loop_run (loop);
  if (asking.error != NULL)
    g_propagate_error (error, asking.error);
  return asking.key;
}

static int
print_verdict (const RnJournalVerdict *verdict, gboolean json)
{
  if (json)
    {
      g_autoptr (JsonNode) node = rn_journal_report_json (verdict);
      g_autofree char *text = rn_json_dup_text (node, TRUE);

      g_print ("%s\n", text);
    }
  else
    {
      g_autofree char *text = rn_journal_report_text (verdict);

      g_print ("%s", text);
    }
  return verdict->n_faults == 0 ? RN_CLI_OK : RN_CLI_NOTHING;
}

static int
refuse (const GError *error)
{
  g_printerr ("roadnetctl: %s\n", error->message);
  return RN_CLI_USAGE;
}

static gboolean
needs_one_path (int argc, char **argv)
{
  if (argc == 2)
    return TRUE;
  g_printerr (_("%s: one FILE or FOLDER is needed\n"), argv[0]);
  return FALSE;
}

static int
run_verify (int argc, char **argv)
{
  gboolean json = FALSE, keyring = FALSE;
  g_autofree char *key_file = NULL;
  const GOptionEntry entries[] = {
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &key_file, N_("Check the anchors with the key in FILE"),
      N_("FILE") },
    { "keyring", 0, 0, G_OPTION_ARG_NONE, &keyring,
      N_("Check the anchors with the key in this desktop's keyring"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON object"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  int status =
      rn_cli_parse (&rn_cli_journal_verify, entries,
                    _("Finds what was changed, taken out, put in or moved, up to the last anchor, "
                       "and says seat, "
                       "number and cause.\nWithout a key it trusts the seals of the anchors.\n"
                       "Exit status: 0 nothing is wrong, 1 something is, 2 it cannot be read."),
                    &argc, &argv);
  g_autoptr (GBytes) key = NULL;
  g_autoptr (RnJournalVerdict) verdict = NULL;
  g_autoptr (GError) error = NULL;

  if (status >= 0)
    return status;
  if (!needs_one_path (argc, argv))
    return RN_CLI_USAGE;
  if (key_file != NULL)
    key = rn_journal_key_read (key_file, &error);
  else if (keyring)
    key = ask_keyring (&error);
  if (error != NULL)
    return refuse (error);
  verdict = rn_journal_verify (argv[1], key, &error);
  return verdict != NULL ? print_verdict (verdict, json) : refuse (error);
}

const RnCliCommand rn_cli_journal_verify = {
  .group = "journal",
  .name = "verify",
  .arguments = N_("FILE|FOLDER [--key FILE|--keyring] [--json]"),
  .summary = N_("Say whether a journal is what was written"),
  .run = run_verify,
};

/* ---- export -------------------------------------------------------------------------------- */

typedef struct {
  void (*append) (const RnJournalEntry *entry, GString *out);
  GString *buffer;
  gboolean broken; /* nobody reads any more, or the disk is full */
} Export;

static void
flush (Export *self)
{
  if (fwrite (self->buffer->str, 1, self->buffer->len, stdout) != self->buffer->len)
    self->broken = TRUE;
  g_string_truncate (self->buffer, 0);
}

static gboolean
entry_cb (const RnJournalEntry *entry, gboolean sound, gpointer data)
{
  Export *self = data;

  self->append (entry, self->buffer);
  if (self->buffer->len >= BUFFER_BYTES)
    flush (self);
  return !self->broken;
}

static int export(const char *path, gboolean csv, gint64 from_us, gint64 until_us)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnJournalReader) reader = rn_journal_reader_open (path, &error);
  g_autoptr (GString) buffer = g_string_sized_new (2 * BUFFER_BYTES);
  Export self = { .append = csv ? rn_journal_export_csv : rn_journal_export_json,
                  .buffer = buffer };
  gboolean whole;

  if (reader == NULL)
    return refuse (error);
  if (csv)
    rn_journal_export_header (buffer);
  whole = rn_journal_reader_walk (reader, from_us, until_us, entry_cb, &self, &error);
  flush (&self);
  if (fflush (stdout) != 0 || self.broken)
    {
      g_printerr ("roadnetctl: %s\n", g_strerror (errno));
      return RN_CLI_NOTHING;
    }
  if (whole)
    return RN_CLI_OK;
  g_printerr ("roadnetctl: %s\n", error->message);
  return RN_CLI_NOTHING;
}

static gboolean
parse_time (const char *option, const char *text, gint64 *at_us)
{
  if (text == NULL || rn_text_parse_rfc3339 (text, at_us))
    return TRUE;
  g_printerr (_("roadnetctl: %s: “%s” is no time like 2026-10-01T08:00:00+08:00\n"), option, text);
  return FALSE;
}

static int
run_export (int argc, char **argv)
{
  g_autofree char *format = NULL;
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;
  gint64 from_us = G_MININT64, until_us = G_MAXINT64;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_("jsonl (default) or csv"), N_("FORMAT") },
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, N_("Entries of this time on (RFC 3339)"),
      N_("TIME") },
    { "until", 0, 0, G_OPTION_ARG_STRING, &until, N_("Entries before this time (RFC 3339)"),
      N_("TIME") },
    G_OPTION_ENTRY_NULL,
  };
  int status = rn_cli_parse (
      &rn_cli_journal_export, entries,
      _("One line an entry, by seat and number. JSON Lines are exact; in CSV a text that a "
         "spreadsheet would take for a formula gets a leading apostrophe.\n"
         "Exit status: 0 all was written, 1 not all, 2 it cannot be read."),
      &argc, &argv);

  if (status >= 0)
    return status;
  if (!needs_one_path (argc, argv))
    return RN_CLI_USAGE;
  if (format != NULL && strcmp (format, "jsonl") != 0 && strcmp (format, "csv") != 0)
    {
      g_printerr (_("%s: --format: “%s” is none of jsonl and csv\n"), argv[0], format);
      return RN_CLI_USAGE;
    }
  if (!parse_time ("--from", from, &from_us) || !parse_time ("--until", until, &until_us))
    return RN_CLI_USAGE;
  return export(argv[1], g_strcmp0 (format, "csv") == 0, from_us, until_us);
}

const RnCliCommand rn_cli_journal_export = {
  .group = "journal",
  .name = "export",
  .arguments = N_("FILE|FOLDER [--format jsonl|csv] [--from TIME] [--until TIME]"),
  .summary = N_("Print the entries of a journal, one a line"),
  .run = run_export,
};
