/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See help-journal.h. */
#include "help-journal.h"

#include <string.h>

#include <sqlite3.h>

static void
committed_cb (RnJournal *journal, guint64 n, HelpJournal *self)
{
  g_assert_cmpuint (n, >, self->committed);
  self->committed = n;
  self->n_commits++;
}

static void
failed_cb (RnJournal *journal, guint64 n, HelpJournal *self)
{
  g_assert_cmpuint (n, >, self->failed);
  self->failed = n;
}

HelpJournal *
help_journal_new (const char *folder, const char *seat, const char *key)
{
  HelpJournal *self = g_new0 (HelpJournal, 1);
  g_autoptr (GBytes) bytes = key != NULL ? g_bytes_new (key, strlen (key)) : NULL;

  self->clock = rn_clock_new_manual (HELP_T0);
  self->journal = rn_journal_new (folder, seat, bytes, self->clock);
  g_signal_connect (self->journal, "committed", G_CALLBACK (committed_cb), self);
  g_signal_connect (self->journal, "failed", G_CALLBACK (failed_cb), self);
  return self;
}

void
help_journal_free (HelpJournal *self)
{
  g_signal_handlers_disconnect_by_data (self->journal, self);
  rn_journal_close (self->journal);
  g_object_unref (self->journal);
  g_object_unref (self->clock);
  g_free (self);
}

void
help_journal_append (HelpJournal *self, guint n)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_journal_entry_free);

  for (guint i = 0; i < n; i++)
    {
      guint number = (guint) self->appended + i;
      g_autofree char *subject = g_strdup_printf ("s%u", number);
      g_autofree char *body = g_strdup_printf ("{\"number\":%u}", number);

      g_ptr_array_add (entries, rn_journal_entry_new (rn_clock_now_us (self->clock), "raised",
                                                      subject, number % 2 ? "陈敏" : NULL, body));
    }
  self->appended = rn_journal_append (self->journal, entries);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_until (HelpJournal *self, gboolean (*holds) (HelpJournal *self, gint value), gint value)
{
  gint64 until_us = g_get_monotonic_time () + 90 * RN_SECOND;
  guint wake = g_timeout_add (10, wake_cb, NULL);

  while (!holds (self, value) && g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  g_assert_true (holds (self, value));
}

static gboolean
is_committed (HelpJournal *self, gint value)
{
  return self->committed == self->appended;
}

void
help_journal_wait_committed (HelpJournal *self)
{
  wait_until (self, is_committed, 0);
}

static gboolean
is_in_state (HelpJournal *self, gint value)
{
  return (gint) rn_journal_get_status (self->journal)->state == value
         && (self->committed == self->appended || self->failed == self->appended);
}

void
help_journal_wait_state (HelpJournal *self, RnJournalState state)
{
  wait_until (self, is_in_state, (gint) state);
}

typedef struct {
  RnJournal *journal;
  GPtrArray *entries;
  gboolean done;
} Loading;

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Loading *loading = data;

  loading->entries = rn_journal_load_finish (loading->journal, result, NULL);
  loading->done = TRUE;
}

static GPtrArray *
wait_loaded (Loading *loading)
{
  while (!loading->done)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return loading->entries;
}

GPtrArray *
help_journal_load (HelpJournal *self, gint64 from_us)
{
  Loading loading = { self->journal, NULL, FALSE };

  rn_journal_load_async (self->journal, from_us, NULL, loaded_cb, &loading);
  return wait_loaded (&loading);
}

GPtrArray *
help_journal_load_since (HelpJournal *self, const char *kind)
{
  Loading loading = { self->journal, NULL, FALSE };

  rn_journal_load_since_async (self->journal, kind, NULL, loaded_cb, &loading);
  return wait_loaded (&loading);
}

void
help_journal_assert_holds (HelpJournal *self, guint n)
{
  g_autoptr (GPtrArray) entries = help_journal_load (self, 0);

  g_assert_nonnull (entries);
  g_assert_cmpuint (entries->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      const RnJournalEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *subject = g_strdup_printf ("s%u", i);

      g_assert_cmpstr (entry->subject, ==, subject);
    }
}

char *
help_journal_path (const char *folder)
{
  return g_build_filename (folder, "journal.db", NULL);
}

char *
help_journal_sql (const char *folder, const char *sql)
{
  g_autofree char *path = help_journal_path (folder);
  sqlite3 *db = NULL;
  sqlite3_stmt *statement;
  char *text = NULL;
  int rc;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  while (*sql != '\0')
    {
      if (sqlite3_prepare_v2 (db, sql, -1, &statement, &sql) != SQLITE_OK)
        g_error ("%s", sqlite3_errmsg (db));
      while ((rc = sqlite3_step (statement)) == SQLITE_ROW)
        if (text == NULL)
          text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      if (rc != SQLITE_DONE)
        g_error ("%s", sqlite3_errmsg (db));
      sqlite3_finalize (statement);
    }
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  return text;
}
