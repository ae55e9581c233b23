/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file beside the journal for entries that it did not take before the program ended: the journal
 * takes them when it can be written again. One JSON document, made whole or not at all, never
 * changed, and removed when all of it is in the journal. Record thread. Private to the room. */
#pragma once

#include "record/rn-journal-chain.h"

typedef struct {
  char *id;           /* by which the journal knows what it has taken already */
  char *path;         /* NULL: not saved yet */
  GPtrArray *entries; /* RnJournalEntry, oldest first */
  /* The first `n_tried` of them may be in the journal all the same, as its end: a disk that did not
   * confirm may have written. Then that end is this sequence with this hash. */
  guint n_tried;
  guint64 tried_sequence;
  guint8 tried_hash[RN_JOURNAL_HASH];
} RnJournalRescue;

/** One with a new id and no entries. */
RnJournalRescue *rn_journal_rescue_new (void);
void rn_journal_rescue_free (RnJournalRescue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnJournalRescue, rn_journal_rescue_free)

/** Writes it in the first place that takes it: the user's folder of states, then that of the
 *  session, which is lost when the machine is switched off. @folder, @seat: of the journal. Sets
 *  `path`; FALSE with the @error of the last place. */
gboolean rn_journal_rescue_save (RnJournalRescue *self, const char *folder, const char *seat,
                                 GError **error);

/** All that were saved for this journal, oldest first: RnJournalRescue, caller's. What cannot be
 *  read is left where it is, with a message. */
GPtrArray *rn_journal_rescue_load_all (const char *folder, const char *seat);
