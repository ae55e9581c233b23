/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the journal does not take before the program ends waits in a file, and is in the journal
 * after the next start: once, in order, with its own times, and so that the journal is clean. */
#include <sys/resource.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "help-damage.h"
#include "help-journal.h"
#include "record/rn-journal-verify.h"

#define REFUSE "PRAGMA user_version = 2"
#define TAKE "PRAGMA user_version = 1"

typedef struct {
  char *folder;
  char *state, *runtime; /* where files may lie */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = help_folder ();
  f->state = g_build_filename (g_get_user_state_dir (), "roadnet", NULL);
  f->runtime = g_build_filename (g_get_user_runtime_dir (), "roadnet", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  help_remove (f->folder);
  help_remove (f->state);
  help_remove (f->runtime);
}

static guint
count_files (const char *place)
{
  g_autoptr (GDir) dir = g_dir_open (place, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static char *
find_file (const char *place)
{
  g_autoptr (GDir) dir = g_dir_open (place, 0, NULL);

  g_assert_nonnull (dir);
  return g_build_filename (place, g_dir_read_name (dir), NULL);
}

/* Entries from number @from on, of a program that ends while the journal is in @state. */
static void
run (const char *folder, guint from, guint n, RnJournalState state)
{
  g_autoptr (HelpJournal) self = help_journal_new (folder, "A", "secret");

  rn_clock_advance (self->clock, from * RN_SECOND);
  self->appended = from;
  help_journal_append (self, n);
  help_journal_wait_state (self, state);
}

/* The journal has the entries 0 … @n - 1, each at its time, and nobody finds fault with it. */
static void
assert_whole (Fixture *f, guint n)
{
  g_autoptr (GBytes) key = g_bytes_new_static ("secret", 6);
  g_autoptr (HelpJournal) self = help_journal_new (f->folder, "A", "secret");
  g_autoptr (RnJournalVerdict) verdict = NULL;
  g_autoptr (GError) error = NULL;

  help_journal_assert_holds (self, n);
  g_assert_null (rn_journal_get_status (self->journal)->mismatch);
  verdict = rn_journal_verify (f->folder, key, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (verdict->n_faults, ==, 0);
}

/* 5 entries in the journal, 3 that it refused. */
static void
begin (Fixture *f)
{
  run (f->folder, 0, 5, RN_JOURNAL_ON);
  g_free (help_journal_sql (f->folder, REFUSE));
  run (f->folder, 5, 3, RN_JOURNAL_OFF);
}

static void
test_later (Fixture *f, gconstpointer data)
{
  g_autofree char *times = NULL;
  g_autofree char *kinds = NULL;

  begin (f);
  g_assert_cmpuint (count_files (f->state), ==, 1);
  g_assert_cmpuint (count_files (f->runtime), ==, 0);
  g_free (help_journal_sql (f->folder, TAKE));
  run (f->folder, 8, 2, RN_JOURNAL_ON);
  assert_whole (f, 10);
  g_assert_cmpuint (count_files (f->state), ==, 0);
  times = help_journal_sql (f->folder, "SELECT group_concat ((at_us - (SELECT min (at_us) FROM"
                                       " entry)) / 1000000) FROM entry");
  g_assert_cmpstr (times, ==, "0,0,0,0,0,5,5,5,5,8,8");
  kinds = help_journal_sql (f->folder, "SELECT kind || substr (body, 1, 13) FROM entry"
                                       " WHERE sequence = 6");
  g_assert_cmpstr (kinds, ==, "journal-rescued{\"entries\":3,");
}

/* A disk that is not mended for days: each run's entries wait. */
static void
test_several_runs (Fixture *f, gconstpointer data)
{
  begin (f);
  run (f->folder, 8, 2, RN_JOURNAL_OFF);
  run (f->folder, 10, 4, RN_JOURNAL_OFF);
  g_assert_cmpuint (count_files (f->state), ==, 3);
  g_free (help_journal_sql (f->folder, TAKE));
  assert_whole (f, 14);
  g_assert_cmpuint (count_files (f->state), ==, 0);
}

/* Killed when the entries were in the journal and the file was not removed yet. */
static void
test_not_twice (Fixture *f, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  begin (f);
  path = find_file (f->state);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_free (help_journal_sql (f->folder, TAKE));
  assert_whole (f, 8);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  assert_whole (f, 8);
  g_assert_cmpuint (count_files (f->state), ==, 0);
}

/* Another seat, and another journal, have nothing to do with it. */
static void
test_of_others (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = help_folder ();
  g_autoptr (HelpJournal) other = NULL;

  begin (f);
  run (folder, 0, 2, RN_JOURNAL_ON);
  g_free (help_journal_sql (f->folder, TAKE));
  other = help_journal_new (f->folder, "B", "secret");
  help_journal_append (other, 1);
  help_journal_wait_committed (other);
  help_journal_assert_holds (other, 1);
  g_clear_pointer (&other, help_journal_free);
  g_assert_cmpuint (count_files (f->state), ==, 1);
  assert_whole (f, 8);
  help_remove (g_steal_pointer (&folder));
}

/* What cannot be read is left for a person, and holds nothing up. */
static void
test_broken (Fixture *f, gconstpointer data)
{
  static const char *const texts[] = { "", "{\"id\":\"x\",\"ent", "[]", "{\"entries\":[]}",
                                       "{\"entries\":[{\"at_us\":1,\"kind\":7}]}",
                                       "{\"entries\":[{\"at_us\":1,\"kind\":\"a\"}],\"id\":\"x\","
                                       "\"n_tried\":2,\"tried_sequence\":1,\"tried_hash\":\"\"}" };
  g_autofree char *path = NULL;

  begin (f);
  path = find_file (f->state);
  g_free (help_journal_sql (f->folder, TAKE));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      assert_whole (f, 5);
      g_assert_cmpuint (count_files (f->state), ==, 1);
    }
}

/* The second place; then none. */
static void
test_places (Fixture *f, gconstpointer data)
{
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_state_dir (), 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_runtime_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (f->state, "", 0, NULL));
  begin (f);
  g_assert_cmpuint (count_files (f->runtime), ==, 1);
  g_free (help_journal_sql (f->folder, TAKE));
  assert_whole (f, 8);
  g_assert_cmpuint (count_files (f->runtime), ==, 0);
  help_remove (g_strdup (f->runtime));
  g_assert_true (g_file_set_contents (f->runtime, "", 0, NULL));
  g_free (help_journal_sql (f->folder, REFUSE));
  run (f->folder, 8, 2, RN_JOURNAL_OFF); /* lost, as it says */
  g_free (help_journal_sql (f->folder, TAKE));
  assert_whole (f, 8);
  g_remove (f->state);
  g_remove (f->runtime);
}

/* ---- in a child, since it changes the process ------------------------------------------------- */

/* The test's own folders are root's where root runs it. */
static void
open_to_all (const char *place)
{
  g_autofree char *path = g_strdup (place);

  while (!g_str_equal (path, g_get_tmp_dir ()) && !g_str_equal (path, "/"))
    {
      g_autofree char *here = g_steal_pointer (&path);

      g_assert_cmpint (g_chmod (here, 0777), ==, 0);
      path = g_path_get_dirname (here);
    }
}

/* As a person who may not write the journal. */
static void
read_only_child (Fixture *f, gconstpointer data)
{
  g_autofree char *path = help_journal_path (f->folder);

  run (f->folder, 0, 5, RN_JOURNAL_ON);
  g_assert_cmpint (g_mkdir_with_parents (f->state, 0700), ==, 0);
  g_assert_cmpint (g_chmod (path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (f->folder, 0555), ==, 0);
  open_to_all (f->state);
  help_damage_drop_rights ();
  run (f->folder, 5, 3, RN_JOURNAL_OFF);
  help_damage_regain_rights ();
  g_assert_cmpint (g_chmod (f->folder, 0755), ==, 0);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  assert_whole (f, 8);
}

static void
test_read_only (void)
{
  help_damage_run_child ("/record/journal-rescue/read-only/child/subprocess");
}

/* A disk that is full where the journal lies. */
static void
full_disk_child (Fixture *f, gconstpointer data)
{
  g_autoptr (HelpJournal) self = NULL;

  self = help_journal_new (f->folder, "A", "secret");
  help_journal_append (self, 100);
  help_journal_wait_committed (self);
  help_damage_limit_files (8 << 10); /* the file is larger already */
  help_journal_append (self, 20);
  help_journal_wait_state (self, RN_JOURNAL_OFF);
  g_clear_pointer (&self, help_journal_free);
  g_assert_cmpuint (count_files (f->state), ==, 1);
  help_damage_limit_files (RLIM_INFINITY);
  assert_whole (f, 120);
}

static void
test_full_disk (void)
{
  help_damage_run_child ("/record/journal-rescue/full-disk/child/subprocess");
}

int
main (int argc, char **argv)
{
  char *home = help_folder ();
  g_autofree char *state = g_build_filename (home, "state", NULL);
  g_autofree char *runtime = g_build_filename (home, "runtime", NULL);
  int failed;

  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_setenv ("XDG_RUNTIME_DIR", runtime, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add ("/record/journal-rescue/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("later", test_later);
  ADD ("several-runs", test_several_runs);
  ADD ("not-twice", test_not_twice);
  ADD ("of-others", test_of_others);
  ADD ("broken", test_broken);
  ADD ("places", test_places);
  ADD ("read-only/child/subprocess", read_only_child);
  ADD ("full-disk/child/subprocess", full_disk_child);
  g_test_add_func ("/record/journal-rescue/read-only", test_read_only);
  g_test_add_func ("/record/journal-rescue/full-disk", test_full_disk);
  failed = g_test_run ();
  help_remove (home);
  return failed;
}
