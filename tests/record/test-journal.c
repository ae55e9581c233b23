/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journal on a sound file: what is appended is there in order, numbered and chained, anchors come
 * when they should, and nothing can be changed by mistake. */
#include <string.h>

#include <sqlite3.h>

#include "help-journal.h"
#include "record/rn-journal-chain.h"

static void
assert_sql (const char *folder, const char *sql, const char *text)
{
  g_autofree char *found = help_journal_sql (folder, sql);

  g_assert_cmpstr (found, ==, text);
}

/* Every member comes back as it was given, the hashes are those of the rule. */
static void
test_round (void)
{
  g_autofree char *folder = help_folder ();
  g_autoptr (HelpJournal) self = help_journal_new (folder, "seat 3", NULL);
  g_autoptr (GPtrArray) entries = NULL;
  guint8 before[RN_JOURNAL_HASH] = { 0 }, hash[RN_JOURNAL_HASH];

  help_journal_append (self, 3);
  rn_clock_advance (self->clock, RN_SECOND);
  help_journal_append (self, 2);
  g_assert_cmpuint (self->appended, ==, 5);
  g_assert_cmpuint (self->committed, ==, 0); /* nothing waits for the disk */
  help_journal_wait_committed (self);
  entries = help_journal_load (self, 0);
  g_assert_cmpuint (entries->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      const RnJournalEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *body = g_strdup_printf ("{\"number\":%u}", i);

      g_assert_cmpstr (entry->seat, ==, "seat 3");
      g_assert_cmpuint (entry->sequence, ==, i + 1);
      g_assert_cmpint (entry->at_us, ==, HELP_T0 + (i >= 3 ? RN_SECOND : 0));
      g_assert_cmpstr (entry->kind, ==, "raised");
      g_assert_cmpstr (entry->person, ==, i % 2 ? "陈敏" : NULL);
      g_assert_cmpstr (entry->body, ==, body);
      rn_journal_chain_entry (entry, before, hash);
      g_assert_cmpmem (hash, sizeof hash, entry->hash, sizeof entry->hash);
      memcpy (before, hash, sizeof hash);
    }
  g_assert_cmpint (rn_journal_get_status (self->journal)->state, ==, RN_JOURNAL_ON);
  g_assert_cmpuint (rn_journal_get_status (self->journal)->written, ==, 5);
  g_assert_cmpuint (rn_journal_get_status (self->journal)->pending, ==, 0);
  g_assert_true (rn_journal_get_status (self->journal)->unkeyed);
  assert_sql (folder, "PRAGMA journal_mode", "wal");
  g_clear_pointer (&self, help_journal_free);
  help_remove (g_steal_pointer (&folder));
}

/* From start to start the numbers go on; another seat in the same file has its own. */
static void
test_restart (void)
{
  g_autofree char *folder = help_folder ();

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (HelpJournal) self = help_journal_new (folder, "A", NULL);

      help_journal_append (self, 4);
      help_journal_wait_committed (self);
      g_assert_cmpuint (rn_journal_get_status (self->journal)->written, ==, 4 * (i + 1));
    }
  g_autoptr (HelpJournal) other = help_journal_new (folder, "B", NULL);
  help_journal_append (other, 2);
  help_journal_wait_committed (other);
  help_journal_assert_holds (other, 2);
  assert_sql (folder, "SELECT group_concat (sequence) FROM entry WHERE seat = 'A'",
              "1,2,3,4,5,6,7,8,9,10,11,12");
  assert_sql (folder, "SELECT group_concat (sequence) FROM entry WHERE seat = 'B'", "1,2");
  g_clear_pointer (&other, help_journal_free);
  assert_sql (folder, "SELECT group_concat (number || seat) FROM anchor", "1A,2A,3A,4B");
  help_remove (g_steal_pointer (&folder));
}

static void
test_load_from (void)
{
  g_autofree char *folder = help_folder ();
  g_autoptr (HelpJournal) self = help_journal_new (folder, "A", NULL);
  static const gint64 steps_s[] = { 10, 10, -30, 10, 20 }; /* the clock goes back once */
  static const struct {
    gint64 from_s;
    guint n;
  } cases[] = { { -100, 6 }, { 0, 6 }, { 5, 5 }, { 15, 4 }, { 20, 4 }, { 21, 0 } };

  help_journal_append (self, 1);
  for (guint i = 0; i < G_N_ELEMENTS (steps_s); i++)
    {
      rn_clock_jump (self->clock, steps_s[i] * RN_SECOND);
      help_journal_append (self, 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) entries
          = help_journal_load (self, HELP_T0 + cases[i].from_s * RN_SECOND);

      g_assert_cmpuint (entries->len, ==, cases[i].n);
    }
  g_clear_pointer (&self, help_journal_free);
  help_remove (g_steal_pointer (&folder));
}

static void
append_kind (HelpJournal *self, const char *kind)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_journal_entry_free);

  g_ptr_array_add (entries, rn_journal_entry_new (HELP_T0, kind, NULL, NULL, NULL));
  self->appended = rn_journal_append (self->journal, entries);
}

static void
test_load_since (void)
{
  static const struct {
    const char *kind;
    guint n;
  } cases[] = { { "state", 3 }, { "raised", 1 }, { "never", 9 } };
  g_autofree char *folder = help_folder ();
  g_autoptr (HelpJournal) self = help_journal_new (folder, "A", NULL);

  help_journal_append (self, 3);
  append_kind (self, "state");
  help_journal_append (self, 2);
  append_kind (self, "state");
  append_kind (self, "note");
  help_journal_append (self, 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) entries = help_journal_load_since (self, cases[i].kind);

      g_assert_cmpuint (entries->len, ==, cases[i].n);
    }
  g_clear_pointer (&self, help_journal_free);
  help_remove (g_steal_pointer (&folder));
}

/* None while there is nothing to prove; then hourly by the clock, at will and at close. */
static void
test_anchors (void)
{
  g_autofree char *folder = help_folder ();
  g_autoptr (HelpJournal) self = help_journal_new (folder, "A", "key");

  rn_clock_advance (self->clock, HELP_HOUR);
  help_journal_append (self, 5);
  help_journal_wait_committed (self);
  assert_sql (folder, "SELECT count(*) FROM anchor", "0");
  rn_clock_advance (self->clock, HELP_HOUR - 1);
  help_journal_append (self, 1);
  help_journal_wait_committed (self);
  assert_sql (folder, "SELECT count(*) FROM anchor", "0");
  rn_clock_advance (self->clock, 1);
  help_journal_append (self, 1);
  help_journal_wait_committed (self);
  assert_sql (folder, "SELECT sequence FROM anchor", "6");
  g_assert_cmpint (rn_journal_get_status (self->journal)->anchor_us, ==, HELP_T0 + 2 * HELP_HOUR);
  rn_journal_anchor (self->journal);
  help_journal_append (self, 1);
  g_assert_false (rn_journal_get_status (self->journal)->unkeyed);
  g_clear_pointer (&self, help_journal_free);
  assert_sql (folder, "SELECT group_concat (number || ':' || sequence) FROM anchor", "1:6,2:7,3:8");
  assert_sql (folder, "SELECT sequence || ':' || anchors FROM head", "8:3");
  assert_sql (folder, "SELECT count (DISTINCT key_id) || ':' || count (key_id) FROM anchor", "1:3");
  help_remove (g_steal_pointer (&folder));
}

static void
test_key_later (void)
{
  g_autofree char *folder = help_folder ();
  g_autoptr (HelpJournal) self = help_journal_new (folder, "A", NULL);
  g_autoptr (GBytes) key = g_bytes_new_static ("k", 1);

  help_journal_append (self, 1);
  rn_journal_set_key (self->journal, key);
  help_journal_append (self, 1);
  help_journal_wait_committed (self);
  g_assert_false (rn_journal_get_status (self->journal)->unkeyed);
  assert_sql (folder, "SELECT sequence FROM anchor WHERE key_id IS NOT NULL", "1");
  g_assert_null (rn_journal_get_status (self->journal)->mismatch);
  g_clear_pointer (&self, help_journal_free);
  help_remove (g_steal_pointer (&folder));
}

/* The file refuses what would change the past, whoever asks. */
static void
test_append_only (void)
{
  static const char *const refused[] = {
    "UPDATE entry SET person = 'x' WHERE sequence = 1",
    "DELETE FROM entry WHERE sequence = 2",
    "INSERT INTO entry VALUES ('A', 9, 0, 'k', NULL, NULL, NULL, x'00')",
    "INSERT OR REPLACE INTO entry VALUES ('A', 1, 0, 'k', NULL, NULL, NULL, x'00')",
    "UPDATE anchor SET at_us = 0",
    "DELETE FROM anchor",
    "DELETE FROM head",
  };
  g_autofree char *folder = help_folder ();
  g_autofree char *path = help_journal_path (folder);
  sqlite3 *db = NULL;
  HelpJournal *self = help_journal_new (folder, "A", NULL);

  help_journal_append (self, 3);
  help_journal_free (self);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_assert_cmpint (sqlite3_exec (db, refused[i], NULL, NULL, NULL), ==, SQLITE_CONSTRAINT);
      g_assert_nonnull (strstr (sqlite3_errmsg (db), "the journal"));
    }
  sqlite3_close (db);
  help_remove (g_steal_pointer (&folder));
}

/* A tail that was cut off between two starts is told by the journal itself, and not covered up. */
static void
test_cut_tail (void)
{
  static const char *const cuts[] = {
    "DROP TRIGGER entry_no_DELETE; DELETE FROM entry WHERE sequence > 7",
    "DROP TRIGGER head_no_DELETE; DELETE FROM head",
    "UPDATE head SET anchors = 7",
    "UPDATE head SET seal = zeroblob (32)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autofree char *folder = help_folder ();
      g_autofree char *none = NULL;
      g_autofree char *body = NULL;
      HelpJournal *self = help_journal_new (folder, "A", "key");

      help_journal_append (self, 9);
      help_journal_free (self);
      none = help_journal_sql (folder, cuts[i]);
      self = help_journal_new (folder, "A", "key");
      help_journal_append (self, 1);
      help_journal_wait_committed (self);
      g_assert_nonnull (rn_journal_get_status (self->journal)->mismatch);
      help_journal_free (self);
      body = help_journal_sql (folder, "SELECT body FROM entry WHERE kind = 'journal-mismatch'");
      g_assert_nonnull (body);
      if (i == 0)
        g_assert_cmpstr (body, ==, "{\"expected\":9,\"found\":7}");
      help_remove (g_steal_pointer (&folder));
    }
}

/* A year of entries: opening and reading the latest of them stays quick. */
static void
test_large (void)
{
  g_autofree char *folder = help_folder ();
  g_autoptr (HelpJournal) self = help_journal_new (folder, "A", NULL);
  g_autoptr (GPtrArray) entries = NULL;
  gint64 begin_us;

  for (guint i = 0; i < 20; i++)
    {
      help_journal_append (self, 5000);
      rn_clock_advance (self->clock, RN_SECOND);
    }
  help_journal_wait_committed (self);
  g_clear_pointer (&self, help_journal_free);
  begin_us = g_get_monotonic_time ();
  self = help_journal_new (folder, "A", NULL);
  entries = help_journal_load (self, HELP_T0 + 19 * RN_SECOND);
  g_assert_cmpuint (entries->len, ==, 5000);
  g_test_message ("opened, and 5000 of 100000 read: %.0f ms",
                  (double) (g_get_monotonic_time () - begin_us) / 1000);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, RN_SECOND);
  g_clear_pointer (&self, help_journal_free);
  help_remove (g_steal_pointer (&folder));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/journal/round", test_round);
  g_test_add_func ("/record/journal/restart", test_restart);
  g_test_add_func ("/record/journal/load-from", test_load_from);
  g_test_add_func ("/record/journal/load-since", test_load_since);
  g_test_add_func ("/record/journal/anchors", test_anchors);
  g_test_add_func ("/record/journal/key-later", test_key_later);
  g_test_add_func ("/record/journal/append-only", test_append_only);
  g_test_add_func ("/record/journal/cut-tail", test_cut_tail);
  g_test_add_func ("/record/journal/large", test_large);
  return g_test_run ();
}
