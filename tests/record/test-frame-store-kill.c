/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A process that is killed while it writes, fifty times over: after each the file is whole and has
 * everything that was confirmed. The child confirms a poll, on its standard output, when the store
 * says that nothing waits any more. */
#include <stdio.h>

#include <sqlite3.h>

#include "help-damage.h"
#include "help.h"

#define KILLS 50
#define SECTIONS 6000
#define STEP (5 * RN_SECOND) /* an hour in 720 polls: hours are packed amid the kills */

static float
speed_at (guint i)
{
  return 20 + i % 90;
}

/* Writes polls from number @from on until it is killed. */
static int
write_for_ever (const char *folder, guint from)
{
  g_autoptr (RnNetwork) network = help_network (0, SECTIONS);
  g_autoptr (RnFrameStore) store = help_store (folder, NULL);

  for (guint i = from;; i++)
    {
      g_autoptr (RnFrame) frame = help_frame (network, HELP_T0 + i * STEP, speed_at (i));

      rn_frame_store_add (store, frame, 0, "test");
      help_settle (store);
      if (rn_frame_store_get_status (store)->pending > 0)
        return 1;
      printf ("%u\n", i);
      fflush (stdout);
    }
}

static int
first_word_cb (void *data, int n, char **values, char **names)
{
  g_strlcpy (data, values[0], 64);
  return 0;
}

static void
assert_whole (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  sqlite3 *db = NULL;
  char word[64] = "";

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA integrity_check", first_word_cb, word, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpstr (word, ==, "ok");
  sqlite3_close (db);
}

static void
assert_all_there (const char *folder, guint last)
{
  g_autoptr (RnFrameStore) store = help_store (folder, NULL);

  for (guint section = 0; section < SECTIONS; section += 5999)
    {
      g_autoptr (GArray) samples = help_load (store, section, HELP_T0, HELP_T0 + last * STEP, 0);

      g_assert_cmpuint (samples->len, ==, last + 1);
      for (guint i = 0; i <= last; i++)
        g_assert_cmpfloat (g_array_index (samples, RnFrameSample, i).speed_kmh, ==,
                           help_speed (section, speed_at (i)));
    }
  g_assert_null (rn_frame_store_get_status (store)->set_aside);
}

static const char *program;

static void
test_kill (void)
{
  g_autofree char *folder = help_folder ();
  g_autoptr (GRand) random = g_rand_new_with_seed (42);
  guint next = 0;

  for (guint i = 0; i < KILLS; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", next);
      const char *argv[] = { program, "--write", folder, number, NULL };
      guint last = (guint) help_damage_run_and_kill (argv, TRUE,
                                                     g_rand_int_range (random, 0, 120000));

      assert_whole (folder);
      assert_all_there (folder, last);
      next = last + 1;
    }
  g_test_message ("%u polls, %d kills", next, KILLS);
  help_remove (g_steal_pointer (&folder));
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--write"))
    return write_for_ever (argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10));
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/frame-store/kill", test_kill);
  return g_test_run ();
}
