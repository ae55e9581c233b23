/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files and folders that are not as they should be: the history says so in words, goes on where it
 * can, and what could not be written is written later. */
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "help-damage.h"
#include "help.h"

#define MINUTE (60 * RN_SECOND)

static void
add (RnFrameStore *store, gint64 at_us)
{
  static RnNetwork *network;
  g_autoptr (RnFrame) frame = NULL;

  if (network == NULL)
    network = help_network (0, 2000);
  frame = help_frame (network, at_us, 60);
  rn_frame_store_add (store, frame, 0, "test");
}

/* Three hours of it. */
static void
fill (const char *folder)
{
  g_autoptr (RnFrameStore) store = help_store (folder, NULL);

  for (guint i = 0; i < 180; i++)
    add (store, HELP_T0 + i * MINUTE);
  for (guint i = 0; i < 10; i++)
    help_settle (store);
  g_assert_cmpint (rn_frame_store_get_status (store)->state, ==, RN_FRAME_STORE_ON);
}

static guint
count (RnFrameStore *store)
{
  g_autoptr (GArray) samples = help_load (store, 3, 0, G_MAXINT64, 0);

  return samples != NULL ? samples->len : 0;
}

static char *
file_in (const char *folder)
{
  return g_build_filename (folder, "history.db", NULL);
}

/* A store on a broken file: begins a new one, keeps the old under another name, says so. */
static void
assert_begins_anew (const char *folder)
{
  g_autoptr (RnFrameStore) store = help_store (folder, NULL);
  const RnFrameStoreStatus *status;

  add (store, HELP_T0 + 10 * HELP_HOUR);
  add (store, HELP_T0 + 10 * HELP_HOUR + MINUTE);
  for (guint i = 0; i < 5; i++)
    help_settle (store);
  g_assert_cmpuint (count (store), ==, 2);
  status = rn_frame_store_get_status (store);
  g_assert_cmpint (status->state, ==, RN_FRAME_STORE_ON);
  g_assert_nonnull (status->set_aside);
  g_assert_true (g_file_test (status->set_aside, G_FILE_TEST_EXISTS));
  g_assert_nonnull (strstr (status->set_aside, "history.db.damaged-2"));
  g_assert_cmpint (status->oldest_us, ==, HELP_T0 + 10 * HELP_HOUR);
  g_assert_cmpuint (status->dropped, ==, 0);
}

static void
test_random_bytes (void)
{
  g_autofree char *folder = help_folder ();
  g_autofree char *path = file_in (folder);

  help_damage_fill_randomly (path);
  assert_begins_anew (folder);
  help_remove (g_steal_pointer (&folder));
}

static void
test_truncated (void)
{
  static const goffset sizes[] = { 50, 100, 3000, 8192, 8192 * 3 + 17 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *folder = help_folder ();
      g_autofree char *path = file_in (folder);

      fill (folder);
      g_assert_cmpint (truncate (path, sizes[i]), ==, 0);
      assert_begins_anew (folder);
      help_remove (g_steal_pointer (&folder));
    }
}

/* Bytes that change in the middle: whatever they were, nothing crashes, the history goes on, and
 * what is read is either right or missing. */
static void
test_flipped (void)
{
  g_autofree char *filled = help_folder ();
  g_autofree char *whole = file_in (filled);
  g_autofree char *bytes = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  gsize size;

  fill (filled);
  g_assert_true (g_file_get_contents (whole, &bytes, &size, NULL));
  for (guint run = 0; run < 40; run++)
    {
      g_autofree char *folder = help_folder ();
      g_autofree char *path = file_in (folder);
      g_autoptr (RnFrameStore) store = NULL;
      g_autoptr (GArray) samples = NULL;

      help_damage_flip (path, bytes, size, random, 300);
      store = help_store (folder, NULL);
      add (store, HELP_T0 + 10 * HELP_HOUR);
      for (guint i = 0; i < 5; i++)
        help_settle (store);
      samples = help_load (store, 3, 0, G_MAXINT64, 0);
      if (samples == NULL) /* found out while reading; then there is a new one */
        samples = help_load (store, 3, 0, G_MAXINT64, 0);
      g_assert_nonnull (samples);
      g_assert_cmpint (rn_frame_store_get_status (store)->state, ==, RN_FRAME_STORE_ON);
      for (guint i = 0; i < samples->len; i++)
        g_assert_cmpfloat (g_array_index (samples, RnFrameSample, i).speed_kmh, ==,
                           help_speed (3, 60));
      g_clear_object (&store);
      help_remove (g_steal_pointer (&folder));
    }
  help_remove (g_steal_pointer (&filled));
}

static void
test_empty_file (void)
{
  g_autofree char *folder = help_folder ();
  g_autofree char *path = file_in (folder);
  g_autoptr (RnFrameStore) store = NULL;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  store = help_store (folder, NULL);
  add (store, HELP_T0);
  g_assert_cmpuint (count (store), ==, 1);
  g_clear_object (&store);
  help_remove (g_steal_pointer (&folder));
}

static void
test_folder_in_its_place (void)
{
  g_autofree char *folder = help_folder ();
  g_autofree char *path = file_in (folder);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_begins_anew (folder);
  help_remove (g_steal_pointer (&folder));
}

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static void
test_foreign_database (void)
{
  g_autofree char *folder = help_folder ();
  g_autofree char *path = file_in (folder);

  run_sql (path, "CREATE TABLE letters (a TEXT)");
  assert_begins_anew (folder);
  help_remove (g_steal_pointer (&folder));
}

/* It is left as it is; what is measured meanwhile waits and is counted. */
static void
test_newer (void)
{
  g_autofree char *folder = help_folder ();
  g_autofree char *path = file_in (folder);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (RnFrameStore) store = NULL;
  gsize n_before, n_after;
  const RnFrameStoreStatus *status;

  fill (folder);
  run_sql (path, "PRAGMA user_version = 2; PRAGMA wal_checkpoint (TRUNCATE)");
  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  store = help_store (folder, NULL);
  add (store, HELP_T0 + 20 * HELP_HOUR);
  help_wait_for (store, RN_FRAME_STORE_OFF);
  status = rn_frame_store_get_status (store);
  g_assert_nonnull (strstr (status->reason, "newer"));
  help_settle (store);
  g_assert_cmpuint (rn_frame_store_get_status (store)->pending, ==, 1);
  g_clear_object (&store);
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
  help_remove (g_steal_pointer (&folder));
}

/* Another program holds the file for a while: what came meanwhile is written when it lets go. */
static void
test_locked (void)
{
  g_autofree char *folder = help_folder ();
  g_autofree char *path = file_in (folder);
  g_autoptr (RnFrameStore) store = NULL;
  sqlite3 *other = NULL;

  fill (folder);
  other = help_damage_hold (path);
  store = help_store (folder, NULL);
  for (guint i = 0; i < 5; i++)
    add (store, HELP_T0 + 3 * HELP_HOUR + i * MINUTE);
  help_wait_for (store, RN_FRAME_STORE_OFF);
  g_assert_nonnull (strstr (rn_frame_store_get_status (store)->reason, "another program"));
  help_settle (store);
  g_assert_cmpuint (rn_frame_store_get_status (store)->pending, ==, 5);
  help_damage_let_go (other);
  help_wait_for (store, RN_FRAME_STORE_ON);
  help_settle (store);
  g_assert_cmpuint (rn_frame_store_get_status (store)->pending, ==, 0);
  g_assert_cmpuint (count (store), ==, 185);
  g_clear_object (&store);
  help_remove (g_steal_pointer (&folder));
}

/* Two seats on one folder: one writes, both read; when the first ends, the other takes over. */
static void
test_two_seats (void)
{
  g_autofree char *folder = help_folder ();
  RnFrameStore *first = NULL;
  g_autoptr (RnFrameStore) second = NULL;

  first = help_store (folder, NULL);
  for (guint i = 0; i < 10; i++)
    add (first, HELP_T0 + i * MINUTE);
  help_wait_for (first, RN_FRAME_STORE_ON);
  help_settle (first);
  second = help_store (folder, NULL);
  add (second, HELP_T0 + 30 * MINUTE);
  help_wait_for (second, RN_FRAME_STORE_ELSEWHERE);
  g_assert_nonnull (strstr (rn_frame_store_get_status (second)->reason, "another seat"));
  g_assert_cmpuint (count (second), ==, 10);
  add (first, HELP_T0 + 11 * MINUTE);
  help_settle (first);
  g_assert_cmpuint (count (second), ==, 11);
  g_assert_cmpuint (rn_frame_store_get_status (second)->pending, ==, 0);
  g_object_unref (first);
  help_wait_for (second, RN_FRAME_STORE_ON);
  add (second, HELP_T0 + 40 * MINUTE);
  g_assert_cmpuint (count (second), ==, 12);
  g_clear_object (&second);
  help_remove (g_steal_pointer (&folder));
}

/* What waits is bounded; what found no room is counted. */
static void
test_pending_bound (void)
{
  RnFrameStoreLimits limits = RN_FRAME_STORE_LIMITS_DEFAULT;
  g_autofree char *folder = help_folder ();
  g_autofree char *path = file_in (folder);
  g_autoptr (RnFrameStore) store = NULL;

  run_sql (path, "CREATE TABLE t (a); PRAGMA application_id = 1380862067; PRAGMA user_version = 9");
  limits.max_pending_bytes = 4 * (2000 * 3 + 256) + 10;
  store = help_store (folder, &limits);
  for (guint i = 0; i < 10; i++)
    add (store, HELP_T0 + i * MINUTE);
  help_settle (store);
  g_assert_cmpuint (rn_frame_store_get_status (store)->pending, ==, 4);
  g_assert_cmpuint (rn_frame_store_get_status (store)->dropped, ==, 6);
  g_clear_object (&store);
  help_remove (g_steal_pointer (&folder));
}

/* ---- in a child, since it changes the process ------------------------------------------------- */

static void
test_full_disk (void)
{
  help_damage_run_child ("/record/damage/full-disk/child/subprocess");
}

/* The disk takes some MiB and no more; then it does again. */
static void
full_disk_child (void)
{
  g_autofree char *folder = help_folder ();
  g_autoptr (RnFrameStore) store = NULL;
  guint n = 200;

  help_damage_limit_files (300 << 10);
  store = help_store (folder, NULL);
  for (guint i = 0; i < n; i++)
    add (store, HELP_T0 + i * MINUTE);
  help_wait_for (store, RN_FRAME_STORE_OFF);
  help_settle (store);
  g_assert_nonnull (strstr (rn_frame_store_get_status (store)->reason, "disk refuses"));
  g_assert_cmpuint (rn_frame_store_get_status (store)->pending, >, 0);
  g_assert_cmpuint (rn_frame_store_get_status (store)->dropped, ==, 0);
  help_damage_limit_files (RLIM_INFINITY);
  help_wait_for (store, RN_FRAME_STORE_ON);
  for (guint i = 0; i < 10; i++)
    help_settle (store);
  g_assert_cmpuint (rn_frame_store_get_status (store)->pending, ==, 0);
  g_assert_cmpuint (count (store), ==, n);
  g_clear_object (&store);
  help_remove (g_steal_pointer (&folder));
}

static void
test_read_only (void)
{
  help_damage_run_child ("/record/damage/read-only/child/subprocess");
}

/* As a person without rights: the past is shown, the present is not kept, and it says why. */
static void
read_only_child (void)
{
  g_autofree char *folder = help_folder ();
  g_autofree char *path = file_in (folder);
  g_autofree char *lock = g_build_filename (folder, "history.lock", NULL);
  g_autofree char *missing = g_build_filename (folder, "deeper", "still", NULL);
  g_autoptr (RnFrameStore) store = NULL;
  g_autoptr (RnFrameStore) nowhere = NULL;

  fill (folder);
  g_assert_cmpint (g_chmod (path, 0444), ==, 0);
  g_assert_cmpint (g_remove (lock), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  help_damage_drop_rights ();
  store = help_store (folder, NULL);
  add (store, HELP_T0 + 4 * HELP_HOUR);
  help_wait_for (store, RN_FRAME_STORE_OFF);
  g_assert_nonnull (strstr (rn_frame_store_get_status (store)->reason, "history.lock"));
  g_assert_cmpuint (count (store), ==, 180);
  g_assert_cmpuint (rn_frame_store_get_status (store)->pending, ==, 1);
  nowhere = help_store (missing, NULL);
  add (nowhere, HELP_T0);
  help_wait_for (nowhere, RN_FRAME_STORE_OFF);
  g_assert_nonnull (strstr (rn_frame_store_get_status (nowhere)->reason, "deeper"));
  g_clear_object (&store);
  g_clear_object (&nowhere);
  help_damage_regain_rights ();
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  help_remove (g_steal_pointer (&folder));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/damage/random-bytes", test_random_bytes);
  g_test_add_func ("/record/damage/truncated", test_truncated);
  g_test_add_func ("/record/damage/flipped", test_flipped);
  g_test_add_func ("/record/damage/empty-file", test_empty_file);
  g_test_add_func ("/record/damage/folder-in-its-place", test_folder_in_its_place);
  g_test_add_func ("/record/damage/foreign-database", test_foreign_database);
  g_test_add_func ("/record/damage/newer", test_newer);
  g_test_add_func ("/record/damage/locked", test_locked);
  g_test_add_func ("/record/damage/two-seats", test_two_seats);
  g_test_add_func ("/record/damage/pending-bound", test_pending_bound);
  g_test_add_func ("/record/damage/full-disk", test_full_disk);
  g_test_add_func ("/record/damage/full-disk/child/subprocess", full_disk_child);
  g_test_add_func ("/record/damage/read-only", test_read_only);
  g_test_add_func ("/record/damage/read-only/child/subprocess", read_only_child);
  return g_test_run ();
}
