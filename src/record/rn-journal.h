/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journal: what people and the engine did, append-only, each entry chained to the one before of
 * the same seat by SHA-256, with anchors that prove how far it reached. One file of a folder; one
 * process writes. Main thread; nothing here waits: all work is done on the record thread. What an
 * entry means is not this room's business: kind, subject and person are words, the rest a body. */
#pragma once

#include <gio/gio.h>

#include "base/rn-clock.h"

typedef struct {
  char *seat;
  guint64 sequence; /* from 1, by seat, without gaps */
  gint64 at_us;     /* Unix µs */
  char *kind;       /* "raised"; "journal-…" are the journal's own */
  char *subject;    /* key of the alert, plan …; NULL none */
  char *person;     /* NULL: the program */
  char *body;       /* JSON object as text; NULL none */
  guint8 hash[32];  /* SHA-256 over the one before and all of the above: see rn-journal-chain.h */
} RnJournalEntry;

RnJournalEntry *rn_journal_entry_new (gint64 at_us, const char *kind, const char *subject,
                                      const char *person, const char *body);
void rn_journal_entry_free (RnJournalEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnJournalEntry, rn_journal_entry_free)

/* Kinds of the journal's own entries. They stand in the file, and rn_journal_load_async() leaves
 * them out. */
#define RN_JOURNAL_KIND_BEGUN "journal-begun"       /* a new file, for one that was set aside */
#define RN_JOURNAL_KIND_MISMATCH "journal-mismatch" /* it did not end where it had been left */
#define RN_JOURNAL_KIND_DROPPED "journal-dropped"   /* entries found no room to wait */
#define RN_JOURNAL_KIND_RESCUED "journal-rescued"   /* what follows had waited in a file */

typedef enum {
  RN_JOURNAL_STARTING,
  RN_JOURNAL_ON,
  RN_JOURNAL_ELSEWHERE, /* another process has it: entries wait until that has gone */
  RN_JOURNAL_OFF,       /* it cannot be written now: entries wait in memory */
} RnJournalState;

typedef struct {
  RnJournalState state;
  char *reason;     /* why it is off or elsewhere, in words; NULL */
  gint64 since_us;  /* of this state */
  char *path;       /* of the file */
  guint pending;    /* entries that wait to be written */
  guint64 written;  /* entries of this seat in the file */
  gint64 anchor_us; /* time of the last anchor; 0 none */
  char *set_aside;  /* new name of a damaged file that this process came upon; NULL */
  gboolean unkeyed; /* anchors are made without a key: nobody gave one */
  guint64 dropped;  /* entries that found no room to wait (64 MiB); the journal will say so too */
  char *mismatch;   /* somebody changed the file: in words; `journal verify` tells what; NULL */
} RnJournalStatus;

#define RN_TYPE_JOURNAL (rn_journal_get_type ())
G_DECLARE_FINAL_TYPE (RnJournal, rn_journal, RN, JOURNAL, GObject)

/* Signals: "status-changed" (), coalesced.
 *  "committed" (guint64 n): the first n entries appended so far in all are on the disk (fsync), but
 *  for those that were dropped. In order; after each transaction, or one for several.
 *  "failed" (guint64 n): of the first n, those not committed could not be written now; they wait,
 *  and "committed" will tell when they are. */

/** Opens the journal in @folder, or begins one; @seat names this seat. @key: of the HMAC of the
 *  anchors, NULL none. Returns at once. */
RnJournal *rn_journal_new (const char *folder, const char *seat, GBytes *key, RnClock *clock);

/** Another key from now on, and an anchor with it at once. NULL none. */
void rn_journal_set_key (RnJournal *self, GBytes *key);

/** Queues @entries (RnJournalEntry; taken over with the array) to be written in one transaction
 *  with synchronous=FULL. What cannot be written waits, in order, and is written later. Returns how
 *  many were appended in all, with these: see "committed". */
guint64 rn_journal_append (RnJournal *self, GPtrArray *entries);

/** Writes an anchor now (the end of a shift); one is written hourly by itself, and at close. */
void rn_journal_anchor (RnJournal *self);

/** The entries of this seat from the first one at or after @from_us on, oldest first; of what was
 *  appended before, what could be written is among them. The callback's source is NULL. */
void rn_journal_load_async (RnJournal *self, gint64 from_us, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);
/** The same from the last entry of @kind on, with it; all when there is none. For a reader that
 *  writes its state into the journal now and then, so that it need not read a year. */
void rn_journal_load_since_async (RnJournal *self, const char *kind, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);
/** As rn_journal_load_async(), but only entries of these kinds: for a reader to whom few of them
 *  matter, from far back. @kinds: NULL-terminated. */
void rn_journal_load_kinds_async (RnJournal *self, const char *const *kinds, gint64 from_us,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data);
/** Array of RnJournalEntry, caller's; NULL with an error of RN_RECORD_ERROR. */
GPtrArray *rn_journal_load_finish (RnJournal *self, GAsyncResult *result, GError **error);

/** Writes what is queued, an anchor, and ends the thread; waits some seconds at most. What the disk
 *  still refuses is put into a file elsewhere, and written by the next one who opens this journal
 *  for this seat. No call but unref after. */
void rn_journal_close (RnJournal *self);

const RnJournalStatus *rn_journal_get_status (RnJournal *self); /* borrowed until the signal */
