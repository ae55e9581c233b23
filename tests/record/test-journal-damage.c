/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files and folders that are not as they should be: the journal says so in words, what was appended
 * waits, and is written later in order and with its own times. */
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "help-damage.h"
#include "help-journal.h"

static const RnJournalStatus *
status_of (HelpJournal *self)
{
  return rn_journal_get_status (self->journal);
}

static void
assert_reason (HelpJournal *self, const char *word)
{
  g_assert_nonnull (strstr (status_of (self)->reason, word));
}

static void
fill (const char *folder, guint n)
{
  HelpJournal *self = help_journal_new (folder, "A", NULL);

  for (guint i = 0; i < n; i++)
    help_journal_append (self, 1);
  help_journal_wait_committed (self);
  help_journal_free (self);
}

/* A journal on a broken file: begins a new one, keeps the old under another name, and its first
 * entry says so. */
static void
assert_begins_anew (const char *folder)
{
  g_autoptr (HelpJournal) self = help_journal_new (folder, "A", NULL);
  g_autofree char *first = NULL;
  g_autofree char *aside = NULL;

  help_journal_append (self, 2);
  help_journal_append (self, 1);
  help_journal_wait_committed (self);
  help_journal_assert_holds (self, 3);
  g_assert_cmpint (status_of (self)->state, ==, RN_JOURNAL_ON);
  g_assert_cmpuint (status_of (self)->written, ==, 4);
  g_assert_nonnull (strstr (status_of (self)->set_aside, "journal.db.damaged-2"));
  g_assert_true (g_file_test (status_of (self)->set_aside, G_FILE_TEST_EXISTS));
  aside = g_path_get_basename (status_of (self)->set_aside);
  g_clear_pointer (&self, help_journal_free);
  first = help_journal_sql (folder, "SELECT kind || sequence || at_us || body FROM entry");
  g_assert_true (g_str_has_prefix (first, "journal-begun1"));
  g_assert_nonnull (strstr (first, aside));
}

static void
test_random_bytes (void)
{
  g_autofree char *folder = help_folder ();
  g_autofree char *path = help_journal_path (folder);

  help_damage_fill_randomly (path);
  assert_begins_anew (folder);
  help_remove (g_steal_pointer (&folder));
}

static void
test_truncated (void)
{
  static const goffset sizes[] = { 50, 100, 3000, 8192, 8192 * 2 + 17 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *folder = help_folder ();
      g_autofree char *path = help_journal_path (folder);

      fill (folder, 100);
      g_assert_cmpint (truncate (path, sizes[i]), ==, 0);
      assert_begins_anew (folder);
      help_remove (g_steal_pointer (&folder));
    }
}

static void
test_odd_files (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *folder = help_folder ();
      g_autofree char *path = help_journal_path (folder);
      g_autofree char *none = NULL;

      if (i == 0)
        g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
      else
        none = help_journal_sql (folder, "CREATE TABLE letters (a TEXT)");
      assert_begins_anew (folder);
      help_remove (g_steal_pointer (&folder));
    }
}

/* Bytes that change in the middle: whatever they were, nothing crashes, and what is appended is
 * there afterwards, in this file or in a new one. */
static void
test_flipped (void)
{
  g_autofree char *filled = help_folder ();
  g_autofree char *whole = help_journal_path (filled);
  g_autofree char *bytes = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  gsize size;

  fill (filled, 300);
  g_assert_true (g_file_get_contents (whole, &bytes, &size, NULL));
  for (guint run = 0; run < 40; run++)
    {
      g_autofree char *folder = help_folder ();
      g_autofree char *path = help_journal_path (folder);
      g_autoptr (HelpJournal) self = NULL;
      g_autoptr (GPtrArray) entries = NULL;
      guint n = 0;

      help_damage_flip (path, bytes, size, random, 60);
      self = help_journal_new (folder, "A", NULL);
      rn_clock_advance (self->clock, RN_SECOND);
      help_journal_append (self, 3);
      help_journal_wait_committed (self);
      entries = help_journal_load (self, 0);
      if (entries == NULL) /* found out while reading: there is a new one */
        {
          g_assert_nonnull (status_of (self)->set_aside);
          help_journal_append (self, 3);
          help_journal_wait_committed (self);
          entries = help_journal_load (self, 0);
        }
      g_assert_nonnull (entries);
      for (guint i = 0; i < entries->len; i++)
        n += ((RnJournalEntry *) entries->pdata[i])->at_us == HELP_T0 + RN_SECOND;
      g_assert_cmpuint (n, ==, 3);
      g_clear_pointer (&self, help_journal_free);
      help_remove (g_steal_pointer (&folder));
    }
  help_remove (g_steal_pointer (&filled));
}

/* It is left as it is, what is appended waits; when a sound file is there, it is written. */
static void
test_newer (void)
{
  g_autofree char *folder = help_folder ();
  g_autoptr (HelpJournal) self = NULL;
  g_autofree char *none = NULL;

  fill (folder, 5);
  none = help_journal_sql (folder, "PRAGMA user_version = 2; PRAGMA wal_checkpoint (TRUNCATE)");
  self = help_journal_new (folder, "A", NULL);
  help_journal_append (self, 3);
  help_journal_wait_state (self, RN_JOURNAL_OFF);
  assert_reason (self, "newer");
  g_assert_cmpuint (status_of (self)->pending, ==, 3);
  g_assert_cmpuint (self->failed, ==, 3);
  g_assert_cmpuint (self->committed, ==, 0);
  g_free (help_journal_sql (folder, "PRAGMA user_version = 1"));
  help_journal_wait_committed (self);
  g_assert_cmpuint (status_of (self)->written, ==, 8);
  g_clear_pointer (&self, help_journal_free);
  help_remove (g_steal_pointer (&folder));
}

/* Another program holds the file for a while. */
static void
test_locked (void)
{
  g_autofree char *folder = help_folder ();
  g_autofree char *path = help_journal_path (folder);
  g_autofree char *times = NULL;
  g_autoptr (HelpJournal) self = NULL;
  sqlite3 *other = NULL;

  self = help_journal_new (folder, "A", NULL);
  help_journal_append (self, 1);
  help_journal_wait_committed (self);
  other = help_damage_hold (path);
  for (guint i = 0; i < 5; i++)
    {
      rn_clock_advance (self->clock, RN_SECOND);
      help_journal_append (self, 2);
    }
  help_journal_wait_state (self, RN_JOURNAL_OFF);
  assert_reason (self, "another program");
  g_assert_cmpuint (status_of (self)->pending, ==, 10);
  g_assert_cmpuint (self->failed, ==, 11);
  g_assert_cmpuint (self->committed, ==, 1);
  rn_clock_advance (self->clock, 60 * RN_SECOND);
  rn_journal_anchor (self->journal);
  help_damage_let_go (other);
  help_journal_wait_committed (self);
  g_assert_cmpint (status_of (self)->state, ==, RN_JOURNAL_ON);
  help_journal_assert_holds (self, 11);
  times = help_journal_sql (folder, "SELECT group_concat ((at_us - (SELECT min (at_us) FROM entry))"
                                    " / 1000000) FROM (SELECT at_us FROM entry ORDER BY sequence)");
  g_assert_cmpstr (times, ==, "0,1,1,2,2,3,3,4,4,5,5");
  g_assert_cmpint (status_of (self)->anchor_us, ==, HELP_T0 + 65 * RN_SECOND);
  g_clear_pointer (&self, help_journal_free);
  help_remove (g_steal_pointer (&folder));
}

/* Two processes on one folder: one writes; when it ends, the other goes on with the numbers. */
static void
test_elsewhere (void)
{
  g_autofree char *folder = help_folder ();
  HelpJournal *first = help_journal_new (folder, "A", NULL);
  g_autoptr (HelpJournal) second = NULL;

  help_journal_append (first, 4);
  help_journal_wait_committed (first);
  second = help_journal_new (folder, "A", NULL);
  help_journal_wait_state (second, RN_JOURNAL_ELSEWHERE);
  assert_reason (second, "another RoadNet");
  g_assert_cmpuint (status_of (second)->written, ==, 4);
  help_journal_assert_holds (second, 4);
  help_journal_append (first, 1);
  help_journal_wait_committed (first);
  help_journal_append (second, 2);
  help_journal_wait_state (second, RN_JOURNAL_ELSEWHERE);
  g_assert_cmpuint (second->failed, ==, 2);
  help_journal_free (first);
  help_journal_wait_committed (second);
  g_assert_cmpuint (status_of (second)->written, ==, 7);
  g_assert_null (status_of (second)->mismatch);
  g_clear_pointer (&second, help_journal_free);
  help_remove (g_steal_pointer (&folder));
}

/* What waits is bounded; what found no room is counted, and told at its place. */
static void
test_bound (void)
{
  g_autofree char *folder = help_folder ();
  g_autofree char *kinds = NULL;
  g_autofree char *large = g_strnfill (4 << 20, 'x');
  g_autoptr (HelpJournal) self = NULL;

  fill (folder, 1);
  g_free (help_journal_sql (folder, "PRAGMA user_version = 9"));
  self = help_journal_new (folder, "A", NULL);
  for (guint i = 0; i < 20; i++)
    {
      GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_journal_entry_free);

      rn_clock_advance (self->clock, RN_SECOND);
      g_ptr_array_add (entries, rn_journal_entry_new (rn_clock_now_us (self->clock), "note", NULL,
                                                      NULL, large));
      self->appended = rn_journal_append (self->journal, entries);
    }
  g_assert_cmpuint (self->appended, ==, 20);
  g_assert_cmpuint (status_of (self)->dropped, ==, 5); /* 15 of 4 MiB and a bit */
  g_free (help_journal_sql (folder, "PRAGMA user_version = 1"));
  self->appended = 15;
  help_journal_wait_committed (self);
  self->appended = 20;
  help_journal_append (self, 1);
  help_journal_wait_committed (self);
  kinds = help_journal_sql (folder, "SELECT body || (SELECT kind FROM entry WHERE sequence = 18)"
                                    " FROM entry WHERE sequence = 17");
  g_assert_cmpstr (kinds, ==,
                   "{\"entries\":5,\"from_us\":1790820016000000,\"until_us\":1790820020000000}"
                   "raised");
  g_clear_pointer (&self, help_journal_free);
  help_remove (g_steal_pointer (&folder));
}

static void
copy_file (const char *from, const char *to, gsize size)
{
  g_autofree char *bytes = NULL;
  gsize whole;

  g_assert_true (g_file_get_contents (from, &bytes, &whole, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize) MIN (size, whole), NULL));
}

/* A log that ends anywhere, as a disk without power may leave it: the transactions before are there,
 * whole and chained; none is there in part. */
static void
test_truncated_log (void)
{
  g_autofree char *folder = help_folder ();
  g_autofree char *path = help_journal_path (folder);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autoptr (HelpJournal) self = help_journal_new (folder, "A", NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  guint64 most = 0;
  GStatBuf info;

  for (guint i = 0; i < 30; i++)
    help_journal_append (self, 3);
  help_journal_wait_committed (self);
  g_assert_cmpint (g_stat (log, &info), ==, 0);
  for (guint run = 0; run < 30; run++)
    {
      g_autofree char *other = help_folder ();
      g_autofree char *other_path = help_journal_path (other);
      g_autofree char *other_log = g_strconcat (other_path, "-wal", NULL);
      g_autoptr (HelpJournal) after = NULL;

      copy_file (path, other_path, G_MAXSIZE);
      copy_file (log, other_log, (gsize) g_rand_int_range (random, 0, (gint32) info.st_size));
      after = help_journal_new (other, "A", NULL);
      help_journal_wait_state (after, RN_JOURNAL_ON);
      g_assert_cmpuint (status_of (after)->written % 3, ==, 0);
      g_assert_null (status_of (after)->mismatch);
      g_assert_null (status_of (after)->set_aside);
      most = MAX (most, status_of (after)->written);
      help_journal_assert_holds (after, (guint) status_of (after)->written);
      g_clear_pointer (&after, help_journal_free);
      help_remove (g_steal_pointer (&other));
    }
  g_assert_cmpuint (most, >, 30);
  g_clear_pointer (&self, help_journal_free);
  help_remove (g_steal_pointer (&folder));
}

/* ---- a disk that does not confirm -------------------------------------------------------------- */

static sqlite3_vfs *disk;
static const sqlite3_io_methods *sound_log;
static gint is_refusing; /* atomic: confirms nothing */

static int
sync_func (sqlite3_file *file, int flags)
{
  return g_atomic_int_get (&is_refusing) ? SQLITE_IOERR_FSYNC : sound_log->xSync (file, flags);
}

static int
open_func (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  static sqlite3_io_methods methods;
  int rc = disk->xOpen (disk, name, file, flags, out_flags);

  if (rc == SQLITE_OK && (flags & SQLITE_OPEN_WAL) != 0)
    {
      sound_log = file->pMethods;
      methods = *sound_log;
      methods.xSync = sync_func;
      file->pMethods = &methods;
    }
  return rc;
}

/* What it wrote without confirming comes back from the log, and must not be there twice. */
static void
test_unconfirmed (void)
{
  g_autofree char *folder = help_folder ();
  g_autoptr (HelpJournal) self = NULL;
  sqlite3_vfs refusing;

  disk = sqlite3_vfs_find (NULL);
  refusing = *disk;
  refusing.zName = "refusing";
  refusing.xOpen = open_func;
  sqlite3_vfs_register (&refusing, 1);
  self = help_journal_new (folder, "A", NULL);
  help_journal_append (self, 5);
  help_journal_wait_committed (self);
  g_atomic_int_set (&is_refusing, TRUE);
  help_journal_append (self, 3);
  help_journal_wait_state (self, RN_JOURNAL_OFF);
  help_journal_append (self, 2);
  g_usleep (RN_SECOND * 3 / 2); /* a try in vain */
  g_assert_cmpuint (self->committed, ==, 5);
  g_atomic_int_set (&is_refusing, FALSE);
  help_journal_wait_committed (self);
  help_journal_assert_holds (self, 10);
  g_atomic_int_set (&is_refusing, TRUE); /* until the program ends */
  help_journal_append (self, 3);
  help_journal_wait_state (self, RN_JOURNAL_OFF);
  help_journal_append (self, 2);
  g_clear_pointer (&self, help_journal_free);
  g_atomic_int_set (&is_refusing, FALSE);
  self = help_journal_new (folder, "A", NULL);
  self->appended = 15;
  help_journal_append (self, 1);
  help_journal_wait_committed (self);
  help_journal_assert_holds (self, 16);
  g_clear_pointer (&self, help_journal_free);
  sqlite3_vfs_register (disk, 1);
  sqlite3_vfs_unregister (&refusing);
  help_remove (g_steal_pointer (&folder));
}

/* ---- in a child, since it changes the process ------------------------------------------------- */

static void
test_full_disk (void)
{
  help_damage_run_child ("/record/journal-damage/full-disk/child/subprocess");
}

/* The disk takes a little and no more; then it does again. */
static void
full_disk_child (void)
{
  g_autofree char *folder = help_folder ();
  g_autoptr (HelpJournal) self = NULL;

  help_damage_limit_files (200 << 10);
  self = help_journal_new (folder, "A", NULL);
  for (guint i = 0; i < 200; i++)
    help_journal_append (self, 20);
  help_journal_wait_state (self, RN_JOURNAL_OFF);
  assert_reason (self, "disk refuses");
  g_assert_cmpuint (status_of (self)->pending, >, 0);
  g_assert_cmpuint (self->committed, <, self->appended);
  g_assert_cmpuint (self->failed, ==, self->appended);
  help_damage_limit_files (RLIM_INFINITY);
  help_journal_wait_committed (self);
  g_assert_cmpuint (status_of (self)->pending, ==, 0);
  help_journal_assert_holds (self, 4000);
  g_clear_pointer (&self, help_journal_free);
  help_remove (g_steal_pointer (&folder));
}

static void
test_read_only (void)
{
  help_damage_run_child ("/record/journal-damage/read-only/child/subprocess");
}

/* As a person without rights: the past can be read, the present waits, and it says why. */
static void
read_only_child (void)
{
  g_autofree char *folder = help_folder ();
  g_autofree char *path = help_journal_path (folder);
  g_autofree char *lock = g_build_filename (folder, "journal.lock", NULL);
  g_autoptr (HelpJournal) self = NULL;

  fill (folder, 6);
  g_assert_cmpint (g_chmod (path, 0444), ==, 0);
  g_assert_cmpint (g_remove (lock), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  help_damage_drop_rights ();
  self = help_journal_new (folder, "A", NULL);
  help_journal_append (self, 2);
  help_journal_wait_state (self, RN_JOURNAL_OFF);
  assert_reason (self, "journal.lock");
  help_journal_assert_holds (self, 6);
  g_assert_cmpuint (status_of (self)->pending, ==, 2);
  help_damage_regain_rights ();
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  help_journal_wait_committed (self);
  g_assert_cmpuint (status_of (self)->written, ==, 8);
  g_clear_pointer (&self, help_journal_free);
  help_remove (g_steal_pointer (&folder));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/journal-damage/random-bytes", test_random_bytes);
  g_test_add_func ("/record/journal-damage/truncated", test_truncated);
  g_test_add_func ("/record/journal-damage/odd-files", test_odd_files);
  g_test_add_func ("/record/journal-damage/flipped", test_flipped);
  g_test_add_func ("/record/journal-damage/newer", test_newer);
  g_test_add_func ("/record/journal-damage/locked", test_locked);
  g_test_add_func ("/record/journal-damage/elsewhere", test_elsewhere);
  g_test_add_func ("/record/journal-damage/bound", test_bound);
  g_test_add_func ("/record/journal-damage/truncated-log", test_truncated_log);
  g_test_add_func ("/record/journal-damage/unconfirmed", test_unconfirmed);
  g_test_add_func ("/record/journal-damage/full-disk", test_full_disk);
  g_test_add_func ("/record/journal-damage/full-disk/child/subprocess", full_disk_child);
  g_test_add_func ("/record/journal-damage/read-only", test_read_only);
  g_test_add_func ("/record/journal-damage/read-only/child/subprocess", read_only_child);
  return g_test_run ();
}
