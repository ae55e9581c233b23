/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The side of the journal that owns the file. Lives on the record thread and nowhere else. Private
 * to the room. */
#pragma once

#include "record/rn-database.h"
#include "record/rn-journal-chain.h"

/** What was appended in one go. */
typedef struct {
  GPtrArray *entries;  /* RnJournalEntry */
  guint64 through;     /* how many had been appended in all, with these */
  char *rescued;       /* the file that they come from, removed when they are written; NULL none */
  GDestroyNotify done; /* called with done_data when it is on the disk or given up; NULL none */
  gpointer done_data;
} RnJournalBatch;

void rn_journal_batch_free (RnJournalBatch *self);
void rn_journal_status_clear (RnJournalStatus *self); /* its strings */

/** Where the file ends. */
typedef struct {
  guint64 sequence; /* of this seat's last entry */
  guint8 hash[RN_JOURNAL_HASH];
  guint64 anchors; /* number of the last anchor of the file */
  guint8 seal[RN_JOURNAL_HASH];
  gboolean other_key; /* that anchor was made with another key than this program's, or with none */
} RnJournalEnd;

/** @committed, @failed: as the signals of RnJournal. */
typedef void (*RnJournalReport) (const RnJournalStatus *status, guint64 committed, guint64 failed,
                                 gpointer data);

typedef struct {
  char *folder, *seat;
  GBytes *key; /* NULL none */
  char *key_id;
  RnDatabase *db; /* NULL: closed */
  RnJournalEnd end;
  RnJournalEnd tried; /* where a transaction that was said to fail would end; sequence 0: none */
  guint n_tried;      /* batches in it */
  GQueue pending;     /* RnJournalBatch, oldest first */
  guint n_pending;
  GPtrArray *own;     /* RnJournalEntry without a time: to be written before the next ones */
  gint64 anchor_us;   /* an anchor that is to be written; 0 none */
  gint64 next_try_us; /* monotonic: while it cannot be written */
  guint n_failures;   /* in a row */
  guint n_set_aside;  /* damaged files of this run */
  guint64 committed, failed;
  RnJournalStatus status;
  RnJournalReport report;
  gpointer report_data;
  GDestroyNotify free_report_data;
} RnJournalKeeper;

RnJournalKeeper *
rn_journal_keeper_new (const char *folder, const char *seat, GBytes *key, RnJournalReport report,
                       gpointer report_data, GDestroyNotify free_report_data);
/** Tries once more to write what waits; what cannot be written is rescued. */
void rn_journal_keeper_free (RnJournalKeeper *self);

/** Takes @batch: writes it and all that waits, or keeps it. */
void rn_journal_keeper_take (RnJournalKeeper *self, RnJournalBatch *batch);
/** An anchor with the time @at_us, after what waits. */
void rn_journal_keeper_anchor (RnJournalKeeper *self, gint64 at_us);
void rn_journal_keeper_set_key (RnJournalKeeper *self, GBytes *key, gint64 at_us);
/** As RnRecordIdle. */
gint64 rn_journal_keeper_idle (RnJournalKeeper *self);
/** See rn_journal_load_async() and, with a @kind, rn_journal_load_since_async(); with @only
 *  (",kind,kind,"), rn_journal_load_kinds_async(). */
GPtrArray *rn_journal_keeper_load (RnJournalKeeper *self, gint64 from_us, const char *kind,
                                   const char *only, GError **error);

/* ---- between the files of the keeper: rescue (rn-journal-keeper-rescue.c) ---- */

/** Puts what had waited when a program ended before all that waits now. The file can be written. */
gboolean rn_journal_keeper_take_rescued (RnJournalKeeper *self, GError **error);
/** Puts what waits into a file. */
void rn_journal_keeper_rescue (RnJournalKeeper *self);

/* ---- rows (rn-journal-keeper-rows.c) ---- */

extern const RnDatabaseKind rn_journal_kind;

/** Where the file of @self ends. @mismatch gets the body of an entry of that kind when it is not
 *  where it had been left, else NULL; @anchor_us the time of the seat's last anchor. */
gboolean rn_journal_keeper_find_end (RnJournalKeeper *self, RnJournalEnd *end, char **mismatch,
                                     gint64 *anchor_us, GError **error);
/** Writes the entries (arrays of RnJournalEntry) of @arrays, an anchor unless @anchor_us is 0, and
 *  the head, in a transaction. @end is moved on. */
gboolean rn_journal_keeper_write (RnJournalKeeper *self, const GPtrArray *arrays, gint64 anchor_us,
                                  RnJournalEnd *end, GError **error);
/** @chained: whether what was read is all of it, each entry the next of the one before; with @only
 *  that cannot be seen, and is TRUE. */
GPtrArray *rn_journal_keeper_read (RnJournalKeeper *self, gint64 from_us, const char *kind,
                                   const char *only, gboolean *chained, GError **error);
/** Whether what was rescued as @id, the first of it at @at_us, is in the file already. */
gboolean rn_journal_keeper_has_rescued (RnJournalKeeper *self, const char *id, gint64 at_us,
                                        gboolean *has, GError **error);
/** FALSE with @error when SQLite finds its file damaged. Reads all of it. */
gboolean rn_journal_keeper_is_whole (RnJournalKeeper *self, GError **error);
