/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A process that is killed while it writes, a hundred times over: after each the journal is clean,
 * has everything that was confirmed, whole transactions only, and goes on. The child confirms on its
 * standard output what "committed" says. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

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

/* Starts a child, kills it after @after_us, returns how many entries it confirmed. */
static guint64
write_and_kill (const char *program, const char *folder, gint64 after_us)
{
  const char *argv[] = { program, "--write", folder, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_autoptr (GDataInputStream) lines = NULL;
  guint64 last = 0;
  char *line;

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_usleep ((gulong) after_us);
  g_subprocess_send_signal (child, SIGKILL);
  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
    {
      last = g_ascii_strtoull (line, NULL, 10);
      g_free (line);
    }
  g_subprocess_wait (child, NULL, NULL);
  return last;
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
      guint64 confirmed
          = write_and_kill (program, folder, g_rand_int_range (random, 0, 60000));
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
