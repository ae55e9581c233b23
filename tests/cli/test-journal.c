/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roadnetctl journal verify and export as a script sees them: what they print, where, and their exit
 * status. The program to run is the first argument. */
#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "../record/help-journal.h"

static const char *program;

typedef struct {
  int status;
  char *out, *err;
} Result;

static void
clear_result (Result *self)
{
  g_free (self->out);
  g_free (self->err);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, clear_result)

/* Runs roadnetctl journal with @words, NULL-terminated. */
static Result
run (const char *const *words)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  Result result = { 0 };

  g_ptr_array_add (argv, (gpointer) program);
  g_ptr_array_add (argv, (gpointer) "journal");
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) words[i]);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &result.out, &result.err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  result.status = g_subprocess_get_exit_status (process);
  return result;
}

#define RUN(...) run ((const char *const[]){ __VA_ARGS__, NULL })

static void
append (HelpJournal *self, const char *kind, const char *person, const char *body)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_journal_entry_free);

  g_ptr_array_add (entries, rn_journal_entry_new (rn_clock_now_us (self->clock), kind, "jam G2",
                                                  person, body));
  self->appended = rn_journal_append (self->journal, entries);
}

/* Twelve entries, a second apart, and the file of their key. */
static char *
fill (char **key_file)
{
  char *folder = help_folder ();
  HelpJournal *self = help_journal_new (folder, "seat 3", "secret");

  for (guint i = 0; i < 12; i++)
    {
      append (self, i == 3 ? "note" : "raised",
              i == 4   ? "=HYPERLINK(\"http://x\")"
              : i == 5 ? "O\"Neil, 陈\n"
                       : NULL,
              i == 6   ? "no object"
              : i == 7 ? ""
                       : "{\"tier\":\"II\", \"value\":0.10}");
      rn_clock_advance (self->clock, RN_SECOND + 1);
    }
  help_journal_free (self);
  *key_file = g_build_filename (folder, "key", NULL);
  g_assert_true (g_file_set_contents (*key_file, "secret\n", -1, NULL));
  return folder;
}

/* What is wrong, by verify --json: "kind seat sequence", with its status checked. */
static char *
dup_faults (const char *folder, const char *key_file)
{
  g_auto (Result) result = RUN ("verify", "--json", "--key", key_file, folder);
  g_autoptr (JsonNode) node = json_from_string (result.out, NULL);
  JsonObject *root = json_node_get_object (node);
  JsonArray *faults = json_object_get_array_member (root, "faults");
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (faults); i++)
    {
      JsonObject *fault = json_array_get_object_element (faults, i);

      g_string_append_printf (text, "%s%s %s %d", i > 0 ? ", " : "",
                              json_object_get_string_member (fault, "kind"),
                              json_object_get_string_member (fault, "seat"),
                              (int) json_object_get_int_member (fault, "sequence"));
      g_assert_cmpuint (strlen (json_object_get_string_member (fault, "cause")), >, 10);
    }
  g_assert_cmpint (result.status, ==, text->len > 0 ? 1 : 0);
  g_assert_cmpint (json_object_get_boolean_member (root, "clean"), ==, text->len == 0);
  g_assert_cmpint (json_object_get_int_member (root, "faults_total"), ==,
                   json_array_get_length (faults));
  g_assert_cmpstr (result.err, ==, "");
  return g_string_free (text, FALSE);
}

static void
test_verify (void)
{
  static const struct {
    const char *sql, *faults;
  } cases[] = {
    { "", "" },
    { "UPDATE entry SET person = 'nobody' WHERE sequence = 4", "changed seat 3 4" },
    { "DELETE FROM entry WHERE sequence = 4", "missing seat 3 4" },
    { "DELETE FROM entry WHERE sequence > 9", "missing seat 3 10" },
    { "INSERT INTO entry SELECT seat, 13, at_us, kind, subject, person, body, hash FROM entry"
      " WHERE sequence = 12", "inserted seat 3 13" },
    { "UPDATE anchor SET seal = randomblob (32)", "anchor-forged seat 3 12" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key_file = NULL;
      g_autofree char *folder = fill (&key_file);
      g_autofree char *sql = g_strconcat (
          "DROP TRIGGER entry_no_UPDATE; DROP TRIGGER entry_no_DELETE; DROP TRIGGER"
          " entry_in_order; DROP TRIGGER anchor_no_UPDATE;", cases[i].sql, NULL);
      g_autofree char *none = help_journal_sql (folder, sql);
      g_autofree char *faults = dup_faults (folder, key_file);

      g_assert_cmpstr (faults, ==, cases[i].faults);
      help_remove (g_steal_pointer (&folder));
    }
}

static void
test_verify_text (void)
{
  g_autofree char *key_file = NULL;
  g_autofree char *folder = fill (&key_file);
  g_autofree char *path = help_journal_path (folder);
  g_autofree char *none = NULL;
  g_auto (Result) clean = RUN ("verify", path);
  g_auto (Result) changed = { 0 };

  g_assert_cmpint (clean.status, ==, 0);
  g_assert_nonnull (strstr (clean.out, "Entries: 12, anchors: 1"));
  g_assert_nonnull (strstr (clean.out, "not checked, for want of their key: 1"));
  g_assert_nonnull (strstr (clean.out, "Nothing is wrong with it."));
  none = help_journal_sql (folder, "DROP TRIGGER entry_no_DELETE; DELETE FROM entry WHERE sequence"
                                   " IN (3, 4)");
  changed = RUN ("verify", folder);
  g_assert_cmpint (changed.status, ==, 1);
  g_assert_nonnull (
      strstr (changed.out, "  seat seat 3, entries 3 to 4: 2 entries are missing (missing)\n"));
  help_remove (g_steal_pointer (&folder));
}

/* Its own status for what cannot be read, with the cause on standard error. */
static void
test_refused (void)
{
  g_autofree char *folder = help_folder ();
  g_autofree char *path = help_journal_path (folder);
  const char *const cases[][5] = {
    { "verify", NULL },
    { "verify", folder, "more", NULL },
    { "verify", folder, NULL },
    { "export", folder, NULL },
    { "export", "--format", "xml", folder, NULL },
    { "export", "--from", "yesterday", folder, NULL },
    { "verify", "--key", "/nowhere/key", folder, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Result) result = run (cases[i]);

      g_assert_cmpint (result.status, ==, 2);
      g_assert_cmpstr (result.out, ==, "");
      g_assert_cmpuint (strlen (result.err), >, 10);
    }
  g_assert_true (g_file_set_contents (path, "something else altogether", -1, NULL));
  g_auto (Result) other = RUN ("verify", folder);
  g_assert_cmpint (other.status, ==, 2);
  help_remove (g_steal_pointer (&folder));
}

static void
test_json_lines (void)
{
  g_autofree char *key_file = NULL;
  g_autofree char *folder = fill (&key_file);
  g_auto (Result) result = RUN ("export", folder);
  g_auto (GStrv) lines = g_strsplit (result.out, "\n", -1);

  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 13);
  g_assert_cmpstr (lines[12], ==, "");
  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);
      JsonObject *entry = json_node_get_object (node);

      g_assert_cmpint (json_object_get_int_member (entry, "sequence"), ==, i + 1);
      g_assert_cmpstr (json_object_get_string_member (entry, "seat"), ==, "seat 3");
      g_assert_cmpuint (strlen (json_object_get_string_member (entry, "hash")), ==, 64);
      g_assert_cmpint (json_object_get_null_member (entry, "person"), ==, i != 4 && i != 5);
      if (i == 5)
        g_assert_cmpstr (json_object_get_string_member (entry, "person"), ==, "O\"Neil, 陈\n");
      if (i == 6)
        g_assert_cmpstr (json_object_get_string_member (entry, "body"), ==, "no object");
      if (i == 8) /* byte by byte, and to the microsecond */
        g_assert_nonnull (strstr (lines[i], "\"body\":{\"tier\":\"II\", \"value\":0.10},"));
      if (i == 8)
        g_assert_nonnull (strstr (lines[i], ":08.000008Z\""));
    }
  help_remove (g_steal_pointer (&folder));
}

static void
test_csv (void)
{
  g_autofree char *key_file = NULL;
  g_autofree char *folder = fill (&key_file);
  g_auto (Result) result = RUN ("export", "--format", "csv", folder);

  g_assert_cmpint (result.status, ==, 0);
  g_assert_true (
      g_str_has_prefix (result.out, "sequence,at,seat,kind,subject,person,body,hash\r\n1,2026-"));
  g_assert_nonnull (strstr (result.out, ",\"'=HYPERLINK(\"\"http://x\"\")\","));
  g_assert_nonnull (strstr (result.out, ",\"O\"\"Neil, 陈\n\","));
  g_assert_nonnull (strstr (result.out, ",\"raised\",\"jam G2\",,\"no object\","));
  g_assert_nonnull (strstr (result.out, ",\"raised\",\"jam G2\",,\"\","));
  g_assert_true (g_str_has_suffix (result.out, "\r\n"));
  help_remove (g_steal_pointer (&folder));
}

/* From a time on, inclusive, to before another, in any zone. */
static void
test_span (void)
{
  g_autofree char *key_file = NULL;
  g_autofree char *folder = fill (&key_file);
  g_autoptr (GDateTime) begin = g_date_time_new_from_unix_utc (HELP_T0 / RN_SECOND + 3);
  g_autofree char *from = g_date_time_format (begin, "%Y-%m-%dT%H:%M:%S.000003Z");
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (8 * 3600);
  g_autoptr (GDateTime) later = g_date_time_add_seconds (begin, 4);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (later, zone);
  g_autofree char *until = g_date_time_format (there, "%Y-%m-%dT%H:%M:%S+08:00");
  g_auto (Result) result = RUN ("export", "--from", from, "--until", until, folder);
  g_auto (GStrv) lines = g_strsplit (result.out, "\n", -1);

  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  g_assert_true (g_str_has_prefix (lines[0], "{\"sequence\":4,"));
  g_assert_true (g_str_has_prefix (lines[3], "{\"sequence\":7,"));
  help_remove (g_steal_pointer (&folder));
}

/* While another process writes. */
static void
test_live (void)
{
  g_autofree char *key_file = NULL;
  g_autofree char *folder = fill (&key_file);
  g_autoptr (HelpJournal) self = help_journal_new (folder, "seat 3", "secret");

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *faults = NULL;

      for (guint k = 0; k < 30; k++)
        append (self, "raised", NULL, "{}");
      if (i % 2 == 1)
        help_journal_wait_committed (self);
      faults = dup_faults (folder, key_file);
      g_assert_cmpstr (faults, ==, "");
    }
  g_clear_pointer (&self, help_journal_free);
  help_remove (g_steal_pointer (&folder));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_add_func ("/cli/journal/verify", test_verify);
  g_test_add_func ("/cli/journal/verify-text", test_verify_text);
  g_test_add_func ("/cli/journal/refused", test_refused);
  g_test_add_func ("/cli/journal/json-lines", test_json_lines);
  g_test_add_func ("/cli/journal/csv", test_csv);
  g_test_add_func ("/cli/journal/span", test_span);
  g_test_add_func ("/cli/journal/live", test_live);
  return g_test_run ();
}
