/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Journals for tests: what they told, waiting for it, and SQL on their files. Stops the test on
 * failure. */
#pragma once

#include "record/rn-journal.h"

#include "help.h"

/** A journal on a manual clock, and what it has told. */
typedef struct {
  RnJournal *journal;
  RnClock *clock;
  guint64 appended, committed, failed;
  guint n_commits; /* times "committed" came */
} HelpJournal;

HelpJournal *help_journal_new (const char *folder, const char *seat, const char *key);
void help_journal_free (HelpJournal *self); /* closes it */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HelpJournal, help_journal_free)

/** Appends @n entries in one go; number i of all has the subject "s<i>" and tells i in its body. */
void help_journal_append (HelpJournal *self, guint n);

/** Until all that was appended is on the disk, for up to 90 s. */
void help_journal_wait_committed (HelpJournal *self);
/** Until its state is @state, and what was appended is known to wait or is written. */
void help_journal_wait_state (HelpJournal *self, RnJournalState state);

/** RnJournalEntry, caller's; NULL at an error. */
GPtrArray *help_journal_load (HelpJournal *self, gint64 from_us);
GPtrArray *help_journal_load_since (HelpJournal *self, const char *kind);
/** Loads all and asserts that it is the entries number 0 … @n - 1. */
void help_journal_assert_holds (HelpJournal *self, guint n);

char *help_journal_path (const char *folder);
/** Runs @sql on the file; the first column of the first row as text, NULL none; caller frees. */
char *help_journal_sql (const char *folder, const char *sql);
