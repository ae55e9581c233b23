/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a forger may do to a copy of the file, by SQL and with the triggers dropped, is found and named
 * with its place; what the journal itself does never is. */
#include <string.h>

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "help-journal.h"
#include "record/rn-journal-chain.h"
#include "record/rn-journal-verify.h"

#define N 60 /* entries of seat A; anchors at 20, 40 and the end */

static GBytes *
key_of (const char *text)
{
  return text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
}

static char *
fill (const char *key)
{
  char *folder = help_folder ();
  HelpJournal *self = help_journal_new (folder, "A", key);

  for (guint i = 0; i < N / 10; i++)
    {
      help_journal_append (self, 10);
      if (i % 2 == 1 && i < 5)
        rn_journal_anchor (self->journal);
      rn_clock_advance (self->clock, RN_SECOND);
    }
  help_journal_free (self);
  return folder;
}

static RnJournalVerdict *
verify (const char *folder, const char *key_text)
{
  g_autoptr (GBytes) key = key_of (key_text);
  g_autoptr (GError) error = NULL;
  RnJournalVerdict *verdict = rn_journal_verify (folder, key, &error);

  g_assert_no_error (error);
  return verdict;
}

/* "changed 5, missing 7-9, anchor-forged #2" */
static char *
dup_faults (const RnJournalVerdict *verdict)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpuint (verdict->n_faults, ==, verdict->faults->len);
  for (guint i = 0; i < verdict->faults->len; i++)
    {
      const RnJournalFault *fault = g_ptr_array_index (verdict->faults, i);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", rn_journal_fault_word (fault->kind));
      if (fault->anchor > 0)
        g_string_append_printf (text, " #%" G_GUINT64_FORMAT, fault->anchor);
      else if (fault->sequence > 0)
        g_string_append_printf (text, " %" G_GUINT64_FORMAT, fault->sequence);
      if (fault->until > fault->sequence)
        g_string_append_printf (text, "-%" G_GUINT64_FORMAT, fault->until);
      g_assert_cmpuint (strlen (fault->cause), >, 10);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_faults (const char *folder, const char *key, const char *faults)
{
  g_autoptr (RnJournalVerdict) verdict = verify (folder, key);
  g_autofree char *found = dup_faults (verdict);

  g_assert_cmpstr (found, ==, faults);
}

/* ---- SQL as a forger has it: without triggers, with the journal's own hash functions ------------ */

static void
hash_func (sqlite3_context *context, int n, sqlite3_value **values)
{
  RnJournalEntry entry = { .seat = (char *) sqlite3_value_text (values[1]),
                           .sequence = (guint64) sqlite3_value_int64 (values[2]),
                           .at_us = sqlite3_value_int64 (values[3]),
                           .kind = (char *) sqlite3_value_text (values[4]),
                           .subject = (char *) sqlite3_value_text (values[5]),
                           .person = (char *) sqlite3_value_text (values[6]),
                           .body = (char *) sqlite3_value_text (values[7]) };
  guint8 hash[RN_JOURNAL_HASH];

  rn_journal_chain_entry (&entry, sqlite3_value_blob (values[0]), hash);
  sqlite3_result_blob (context, hash, sizeof hash, SQLITE_TRANSIENT);
}

static void
exec (sqlite3 *db, const char *sql)
{
  char *words = NULL;

  if (sqlite3_exec (db, sql, NULL, NULL, &words) != SQLITE_OK)
    g_error ("%s: %s", sql, words);
}

static void
drop_triggers (sqlite3 *db)
{
  static const char *const names[] = { "entry_in_order",   "anchor_in_order",  "entry_no_UPDATE",
                                       "entry_no_DELETE",  "anchor_no_UPDATE", "anchor_no_DELETE",
                                       "head_no_DELETE" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *sql = g_strdup_printf ("DROP TRIGGER %s", names[i]);

      exec (db, sql);
    }
}

/* "REHASH n": the chain anew from number n on. */
static void
rehash (sqlite3 *db, guint from)
{
  for (guint i = from; i <= N + 1; i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "UPDATE entry SET hash = rehash ((SELECT hash FROM entry WHERE seat = 'A' AND sequence ="
          " %u), seat, sequence, at_us, kind, subject, person, body)"
          " WHERE seat = 'A' AND sequence = %u",
          i - 1, i);

      exec (db, sql);
    }
}

static void
tamper (const char *folder, const char *sql)
{
  g_autofree char *path = help_journal_path (folder);
  sqlite3 *db = NULL;
  const char *again = strstr (sql, "REHASH ");
  g_autofree char *before = again != NULL ? g_strndup (sql, (gsize) (again - sql)) : g_strdup (sql);

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_create_function (db, "rehash", 8, SQLITE_UTF8, NULL, hash_func, NULL, NULL);
  drop_triggers (db);
  exec (db, before);
  if (again != NULL)
    rehash (db, (guint) g_ascii_strtoull (again + 7, NULL, 10));
  exec (db, "PRAGMA wal_checkpoint (TRUNCATE)");
  sqlite3_close (db);
}

/* ---- cases --------------------------------------------------------------------------------- */

#define SHIFT(from, by)                                                                            \
  "UPDATE entry SET sequence = -sequence - (" by ") WHERE sequence >= " from ";"                     \
  "UPDATE entry SET sequence = -sequence WHERE sequence < 0;"

static const struct {
  const char *sql, *faults;
} cases[] = {
  { "", "" },
  /* changed */
  { "UPDATE entry SET person = 'x' WHERE sequence = 5", "changed 5" },
  { "UPDATE entry SET person = NULL WHERE sequence = 2", "changed 2" },
  { "UPDATE entry SET at_us = at_us + 1 WHERE sequence = 1", "changed 1" },
  { "UPDATE entry SET body = '' WHERE sequence IN (8, 9, 40)", "changed 8, changed 9, changed 40" },
  { "UPDATE entry SET kind = 'cleared' WHERE sequence = 60", "changed 60" },
  { "UPDATE entry SET subject = subject || char (0) || 'x' WHERE sequence = 5", "changed 5" },
  { "UPDATE entry SET hash = x'00' WHERE sequence = 5", "changed 5, changed 6" },
  { "UPDATE entry SET body = 'x' WHERE sequence = 30; REHASH 30", "recounted #2" },
  /* missing */
  { "DELETE FROM entry WHERE sequence = 1", "missing 1" },
  { "DELETE FROM entry WHERE sequence = 33", "missing 33" },
  { "DELETE FROM entry WHERE sequence BETWEEN 30 AND 34", "missing 30-34" },
  { "DELETE FROM entry WHERE sequence IN (10, 12, 50)", "missing 10, missing 12, missing 50" },
  { "DELETE FROM entry WHERE sequence IN (1, 3, 5, 58, 60)",
    "missing 1, missing 3, missing 5, missing 58, missing 60" },
  { "DELETE FROM entry WHERE sequence % 3 = 0 AND sequence < 9; UPDATE entry SET kind = 'x' WHERE"
    " sequence = 30", "missing 3, missing 6, changed 30" },
  { "DELETE FROM entry WHERE sequence = 60", "missing 60" },
  { "DELETE FROM entry WHERE sequence > 45", "missing 46-60" },
  { "DELETE FROM entry WHERE sequence > 45; UPDATE head SET sequence = 45", "missing 46-60, head-forged 45" },
  { "DELETE FROM entry", "missing 1-60" },
  { "DELETE FROM entry WHERE sequence = 33;" SHIFT ("34", "-1"), "missing 33" },
  /* inserted */
  { "INSERT INTO entry VALUES ('A', 61, 0, 'k', NULL, NULL, NULL, zeroblob (32))", "inserted 61" },
  { SHIFT ("11", "1") "INSERT INTO entry VALUES ('A', 11, 0, 'k', NULL, NULL, NULL, zeroblob (32))",
    "inserted 11" },
  { "INSERT INTO entry SELECT seat, 61, at_us, kind, subject, person, body, hash FROM entry"
    " WHERE sequence = 60; REHASH 61", "inserted 61" },
  { "INSERT INTO entry VALUES ('B', 1, 0, 'k', NULL, NULL, NULL, zeroblob (32))",
    "changed 1, head-forged 1" },
  /* reordered */
  { "UPDATE entry SET sequence = -5 WHERE sequence = 5; UPDATE entry SET sequence = 5 WHERE"
    " sequence = 6; UPDATE entry SET sequence = 6 WHERE sequence = -5", "reordered 5, reordered 6" },
  { "UPDATE entry SET sequence = -5 WHERE sequence = 5; UPDATE entry SET sequence = 5 WHERE"
    " sequence = 15; UPDATE entry SET sequence = 15 WHERE sequence = -5",
    "reordered 5, reordered 15" },
  { SHIFT ("31", "5"), "reordered 36" },
  { "UPDATE entry SET person = 'x' WHERE sequence = 30;" SHIFT ("31", "5"),
    "reordered 36, changed 30" },
  /* anchors and heads */
  { "DELETE FROM anchor WHERE number = 2", "anchor-missing #2" },
  { "DELETE FROM anchor WHERE number = 3", "anchor-missing #3" },
  { "DELETE FROM anchor", "anchor-missing #1" },
  { "UPDATE anchor SET at_us = 0 WHERE number = 2", "anchor-forged #2" },
  { "UPDATE anchor SET head = zeroblob (32) WHERE number = 2", "recounted #2, anchor-forged #2" },
  { "UPDATE anchor SET seal = zeroblob (32) WHERE number = 3", "anchor-forged #3" },
  { "INSERT INTO anchor SELECT 4, seat, sequence, at_us, head, key_id, seal FROM anchor WHERE"
    " number = 3", "anchor-forged #4, anchor-forged #4" },
  { "DELETE FROM head", "head-forged 60" },
  { "UPDATE head SET seal = zeroblob (32)", "head-forged 60" },
  { "UPDATE head SET hash = zeroblob (32)", "recounted 60, head-forged 60" },
  { "DROP TABLE anchor; DROP TABLE head", "unreadable, unreadable, head-forged 60" },
};

static void
test_cases (void)
{
  static const char *const keys[] = { NULL, "secret" };

  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autofree char *folder = fill (keys[k]);

        g_test_message ("%s", cases[i].sql);
        tamper (folder, cases[i].sql);
        assert_faults (folder, keys[k], cases[i].faults);
        help_remove (g_steal_pointer (&folder));
      }
}

/* The key decides: who does not have it cannot seal. */
static void
test_keys (void)
{
  g_autofree char *keyed = fill ("secret");
  g_autofree char *unkeyed = fill (NULL);
  g_autoptr (RnJournalVerdict) verdict = verify (keyed, NULL);

  g_assert_cmpuint (verdict->n_faults, ==, 0);
  g_assert_cmpuint (verdict->anchors, ==, 3);
  g_assert_cmpuint (verdict->unchecked, ==, 3);
  g_assert_cmpuint (verdict->unkeyed, ==, 0);
  g_assert_cmpuint (verdict->entries, ==, N);
  assert_faults (keyed, "other", "other-key #1, other-key 60");
  assert_faults (unkeyed, "secret", "unkeyed 60, unkeyed #3");
  /* all made anew by one who knows all but the key: without it nothing shows, with it it does */
  tamper (keyed, "UPDATE anchor SET key_id = NULL");
  assert_faults (keyed, "secret",
                 "anchor-forged #1, anchor-forged #2, anchor-forged #3, unkeyed #3");
  help_remove (g_steal_pointer (&keyed));
  help_remove (g_steal_pointer (&unkeyed));
}

/* A key that comes later vouches for the end at once. */
static void
test_key_later (void)
{
  g_autofree char *folder = fill (NULL);
  HelpJournal *self = help_journal_new (folder, "A", "secret");

  help_journal_append (self, 1);
  help_journal_wait_committed (self);
  assert_faults (folder, "secret", "");
  help_journal_free (self);
  assert_faults (folder, "secret", "");
  assert_faults (folder, NULL, "");
  help_remove (g_steal_pointer (&folder));
}

static void
copy_file (const char *from, const char *folder, const char *name)
{
  g_autofree char *to = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (from, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize) size, NULL));
}

/* While it is written; a copy with its log, and one without; two seats. Nothing is made beside it. */
static void
test_live (void)
{
  g_autofree char *folder = fill ("secret");
  g_autofree char *path = help_journal_path (folder);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *with = help_folder ();
  g_autofree char *without = help_folder ();
  g_autofree char *made = g_build_filename (without, "journal.db-shm", NULL);
  g_autoptr (HelpJournal) self = help_journal_new (folder, "B", "secret");
  g_autoptr (RnJournalVerdict) verdict = NULL;

  help_journal_append (self, 7);
  help_journal_wait_committed (self);
  verdict = verify (folder, "secret");
  g_assert_cmpuint (verdict->n_faults, ==, 0);
  g_assert_cmpuint (verdict->entries, ==, N + 7);
  g_assert_cmpuint (verdict->seats->len, ==, 2);
  copy_file (path, with, "journal.db");
  copy_file (log, with, "journal.db-wal");
  copy_file (path, without, "journal.db");
  assert_faults (with, "secret", "");
  assert_faults (without, "secret", "");
  g_assert_false (g_file_test (made, G_FILE_TEST_EXISTS));
  g_clear_pointer (&self, help_journal_free);
  help_remove (g_steal_pointer (&folder));
  help_remove (g_steal_pointer (&with));
  help_remove (g_steal_pointer (&without));
}

/* Bytes that change: there is a verdict or an error, and never a clean one on other content. */
static void
test_flipped (void)
{
  g_autofree char *filled = fill (NULL);
  g_autofree char *whole = help_journal_path (filled);
  g_autofree char *bytes = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  guint n_faults = 0;
  gsize size;

  g_assert_true (g_file_get_contents (whole, &bytes, &size, NULL));
  for (guint run = 0; run < 200; run++)
    {
      g_autofree char *folder = help_folder ();
      g_autofree char *path = help_journal_path (folder);
      g_autofree char *copy = g_memdup2 (bytes, size);
      g_autoptr (RnJournalVerdict) verdict = NULL;

      for (guint k = 0; k < 30; k++)
        copy[g_rand_int_range (random, 0, (gint32) size)] ^= 0x21;
      g_assert_true (g_file_set_contents (path, copy, (gssize) size, NULL));
      verdict = rn_journal_verify (folder, NULL, NULL);
      if (verdict == NULL || verdict->n_faults > 0)
        n_faults++;
      else
        g_assert_cmpuint (verdict->entries, ==, N);
      help_remove (g_steal_pointer (&folder));
    }
  g_test_message ("%u of 200 found", n_faults);
  g_assert_cmpuint (n_faults, >, 100);
  help_remove (g_steal_pointer (&filled));
}

static void
test_unreadable (void)
{
  g_autofree char *folder = help_folder ();
  g_autofree char *path = help_journal_path (folder);
  static const char *const contents[] = { NULL, "", "not a database, whatever its name may say" };

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (GError) error = NULL;

      if (contents[i] != NULL)
        g_assert_true (g_file_set_contents (path, contents[i], -1, NULL));
      g_assert_null (rn_journal_verify (folder, NULL, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, "journal.db"));
    }
  help_remove (g_steal_pointer (&folder));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/journal-verify/cases", test_cases);
  g_test_add_func ("/record/journal-verify/keys", test_keys);
  g_test_add_func ("/record/journal-verify/key-later", test_key_later);
  g_test_add_func ("/record/journal-verify/live", test_live);
  g_test_add_func ("/record/journal-verify/flipped", test_flipped);
  g_test_add_func ("/record/journal-verify/unreadable", test_unreadable);
  return g_test_run ();
}
