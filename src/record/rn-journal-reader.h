/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a journal's file from outside: while a program writes it, or a copy of it with or without
 * its log. Changes nothing. What it reads is one moment of the file. One thread at a time. */
#pragma once

#include "record/rn-journal-chain.h"
#include "record/rn-database.h"

typedef struct _RnJournalReader RnJournalReader;

/** @path: the file, or the folder with a journal.db. NULL with an error of RN_RECORD_ERROR. */
RnJournalReader *rn_journal_reader_open (const char *path, GError **error);
void rn_journal_reader_free (RnJournalReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnJournalReader, rn_journal_reader_free)

/** The file that is read. */
const char *rn_journal_reader_get_path (const RnJournalReader *self);

/** Whether a program has begun to write the file since it was opened as one that nobody writes: then
 *  what was read may be torn, and should be read again. */
gboolean rn_journal_reader_is_overtaken (const RnJournalReader *self);

/** One entry; its strings are borrowed. @sound: all columns are of the kinds that this program
 *  writes. FALSE ends the walk. */
typedef gboolean (*RnJournalReaderFunc) (const RnJournalEntry *entry, gboolean sound,
                                         gpointer data);

/** The entries from @from_us to before @until_us, by seat and sequence. FALSE with @error when the
 *  file could not be read to its end. */
gboolean rn_journal_reader_walk (RnJournalReader *self, gint64 from_us, gint64 until_us,
                                 RnJournalReaderFunc func, gpointer data, GError **error);

/** RnJournalAnchor by number, RnJournalHead by seat; caller's. NULL with @error. */
GPtrArray *rn_journal_reader_dup_anchors (RnJournalReader *self, GError **error);
GPtrArray *rn_journal_reader_dup_heads (RnJournalReader *self, GError **error);
