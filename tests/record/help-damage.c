/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See help-damage.h. */
#include "help-damage.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

void
help_damage_fill_randomly (const char *path)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  char bytes[20000];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (char) g_rand_int (random);
  g_assert_true (g_file_set_contents (path, bytes, sizeof bytes, NULL));
}

void
help_damage_flip (const char *path, const char *bytes, gsize size, GRand *random, guint n)
{
  g_autofree char *copy = g_memdup2 (bytes, size);

  for (guint i = 0; i < n; i++)
    copy[g_rand_int_range (random, 0, (gint32) size)] = (char) g_rand_int (random);
  g_assert_true (g_file_set_contents (path, copy, (gssize) size, NULL));
}

sqlite3 *
help_damage_hold (const char *path)
{
  sqlite3 *other = NULL;

  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  return other;
}

void
help_damage_let_go (sqlite3 *other)
{
  sqlite3_exec (other, "COMMIT", NULL, NULL, NULL);
  sqlite3_close (other);
}

void
help_damage_run_child (const char *path)
{
  g_test_trap_subprocess (path, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

void
help_damage_limit_files (guint64 bytes)
{
  struct rlimit limit = { bytes, RLIM_INFINITY };

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

void
help_damage_drop_rights (void)
{
  if (geteuid () == 0 && seteuid (65534) != 0)
    g_error ("seteuid: %s", g_strerror (errno));
}

void
help_damage_regain_rights (void)
{
  if (getuid () == 0 && seteuid (0) != 0)
    g_error ("seteuid: %s", g_strerror (errno));
}

/* FALSE at the end. */
static gboolean
read_number (GDataInputStream *lines, guint64 *number)
{
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

  if (line != NULL)
    *number = g_ascii_strtoull (line, NULL, 10);
  return line != NULL;
}

guint64
help_damage_run_and_kill (const char *const *argv, gboolean is_ready, gint64 after_us)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_autoptr (GDataInputStream) lines = NULL;
  guint64 last = 0;

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  if (is_ready)
    g_assert_true (read_number (lines, &last));
  g_usleep ((gulong) after_us);
  g_subprocess_send_signal (child, SIGKILL);
  while (read_number (lines, &last))
    ;
  g_subprocess_wait (child, NULL, NULL);
  return last;
}
