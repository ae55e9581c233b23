/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A process that is killed while it writes, a hundred times over: after each the journal is clean,
 * has everything that was confirmed, whole transactions only, and goes on. The child confirms on its
 * standard output what "committed" says. */
#include <stdio.h>

#include "help-damage.h"
#include "help-journal.h"
#include "record/rn-journal-verify.h"

#define KILLS 100
#define TOGETHER 3 /* entries an append */

static void
committed_cb (RnJournal *journal, guint64 n, gpointer data)
{
  printf ("%" G_GUINT64_FORMAT "\n", n);
  fflush (stdout);
}

/* Appends, sometimes much at once, until it is killed. */
static G_NORETURN void
write_for_ever (const char *folder)
{
  HelpJournal *self = help_journal_new (folder, "A", "secret");

  g_signal_connect (self->journal, "committed", G_CALLBACK (committed_cb), NULL);
  for (guint i = 0;; i++)
    {
      for (guint k = 0; k < (i % 10 == 9 ? 50u : 1u); k++)
        help_journal_append (self, TOGETHER);
      if (i % 7 == 6)
        rn_journal_anchor (self->journal);
      while (self->committed < self->appended)
        g_main_context_iteration (NULL, TRUE);
    }
}

static const char *program;

static void
test_kill (void)
{
  g_autofree char *folder = help_folder ();
  g_autofree char *path = help_journal_path (folder);
  g_autoptr (GRand) random = g_rand_new_with_seed (42);
  g_autoptr (GBytes) key = g_bytes_new_static ("secret", 6);
  guint64 before = 0, anchors = 0;

  for (guint i = 0; i < KILLS; i++)
    {
      const char *argv[] = { program, "--write", folder, NULL };
      guint64 confirmed =
          help_damage_run_and_kill (argv, FALSE, g_rand_int_range (random, 0, 60000));
      g_autoptr (GError) error = NULL;
      g_autoptr (RnJournalVerdict) verdict = NULL;

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        continue; /* it had not come that far */
      verdict = rn_journal_verify (folder, key, &error);
      if (verdict == NULL) /* nor had it made the tables */
        {
          g_assert_cmpuint (before + confirmed, ==, 0);
          continue;
        }
      g_assert_cmpuint (verdict->n_faults, ==, 0);
      g_assert_cmpuint (verdict->entries, >=, before + confirmed);
      g_assert_cmpuint (verdict->entries % TOGETHER, ==, 0);
      before = verdict->entries;
      anchors = verdict->anchors;
    }
  g_assert_cmpuint (before, >, KILLS * TOGETHER);
  g_assert_cmpuint (anchors, >, 0);
  g_test_message ("%" G_GUINT64_FORMAT " entries, %d kills", before, KILLS);
  help_remove (g_steal_pointer (&folder));
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--write"))
    write_for_ever (argv[2]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/journal/kill", test_kill);
  return g_test_run ();
}
