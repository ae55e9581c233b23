/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a journal is what was written: walks the chain of each seat, the anchors and the heads,
 * and says what is wrong where. Without the key of the anchors only what a forger who does not know
 * the format did shows; with it, everything up to the last anchor. Pure but for the file; one thread
 * at a time. */
#pragma once

#include "record/rn-journal-reader.h"

typedef enum {
  RN_JOURNAL_CHANGED,   /* an entry is not as it was written */
  RN_JOURNAL_MISSING,   /* entries were taken out, or cut off at the end */
  RN_JOURNAL_INSERTED,  /* an entry was never written by the journal */
  RN_JOURNAL_REORDERED, /* an entry stands at another place */
  RN_JOURNAL_RECOUNTED, /* the chain was made anew: an anchor or the head holds another hash */
  RN_JOURNAL_ANCHOR_MISSING,
  RN_JOURNAL_ANCHOR_FORGED, /* an anchor's seal does not fit */
  RN_JOURNAL_HEAD_FORGED,   /* the head is missing, or its seal does not fit */
  RN_JOURNAL_OTHER_KEY,     /* sealed with another key than the one given */
  RN_JOURNAL_UNKEYED,       /* nothing at the end is sealed with the key given */
  RN_JOURNAL_TOLD,       /* the journal itself says that it had been changed while it was closed */
  RN_JOURNAL_UNREADABLE, /* damaged: nothing beyond this place can be read */
  RN_N_JOURNAL_FAULTS
} RnJournalFaultKind;

typedef struct {
  RnJournalFaultKind kind;
  char *seat;              /* NULL: of the file */
  guint64 sequence, until; /* of the first and last entry; 0: of none */
  guint64 anchor;          /* number; 0 none */
  char *cause;             /* a sentence in the language in use */
} RnJournalFault;

/** "changed", "missing": for interfaces. */
const char *rn_journal_fault_word (RnJournalFaultKind kind);

typedef struct {
  char *seat;
  guint64 entries;
  gint64 first_us, last_us;     /* times of its first and last entry */
  guint64 anchored;             /* sequence of its last anchor; 0 none */
  guint8 hash[RN_JOURNAL_HASH]; /* of its last entry */
} RnJournalSeat;

typedef struct {
  char *path;
  guint64 entries, anchors;
  guint64 unkeyed;   /* anchors without a key */
  guint64 unchecked; /* anchors with a key, when none was given */
  guint64 dropped;   /* entries that the journal says it had no room for */
  gint64 anchor_us;  /* time of the last anchor; 0 none */
  GPtrArray *seats;  /* RnJournalSeat */
  GPtrArray *aside;  /* char *: damaged files that this one says it follows */
  GPtrArray *faults; /* RnJournalFault, the first RN_JOURNAL_MAX_FAULTS */
  guint64 n_faults;  /* in all */
} RnJournalVerdict;

#define RN_JOURNAL_MAX_FAULTS 1000

/** @key: NULL none. NULL with an error of RN_RECORD_ERROR when it cannot be read at all. */
RnJournalVerdict *rn_journal_verify (const char *path, GBytes *key, GError **error);
void rn_journal_verdict_free (RnJournalVerdict *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnJournalVerdict, rn_journal_verdict_free)
