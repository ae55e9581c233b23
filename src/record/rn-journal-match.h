/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a chain breaks: finds out, for a stretch of entries that do not follow each other, which
 * numbers they had when they were written, so that a changed entry can be told from one that was
 * taken out, put in or moved. Pure. Private to the room. */
#pragma once

#include "record/rn-journal-chain.h"

/** Entries that are looked at together. */
#define RN_JOURNAL_STRETCH 32

typedef struct {
  RnJournalEntry entry; /* owns its strings */
  gboolean sound;       /* its columns are of the right kinds */
  guint64 original;     /* the number it was written with; 0: it was never written so */
} RnJournalRow;

void rn_journal_row_clear (RnJournalRow *self);

/** Sets original of the @n @rows. @before: hash of the entry before them, whose original number is
 *  @last; NULL: it is not known. @thorough: tries every place near, else only the next one. */
void rn_journal_match (RnJournalRow *rows, guint n, const guint8 *before, guint64 last,
                       gboolean thorough);
