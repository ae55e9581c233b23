/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The side of the frame store that owns the file. Lives on the record thread and nowhere else.
 * Private to the room. */
#pragma once

#include "record/rn-database.h"
#include "record/rn-frame-code.h"
#include "record/rn-frame-store.h"

/** One poll of one source, ready to be written. */
typedef struct {
  char *series;
  RnNetwork *network;
  guint first; /* index of the source's first section there */
  gint64 at_us;
  RnFrameColumns columns;
} RnFramePoll;

void rn_frame_poll_free (RnFramePoll *self);

/** A source as the file knows it. A section keeps its slot for good, whatever network it is in. */
typedef struct {
  gint64 row;
  RnNetwork *network; /* that slots is of; NULL */
  guint n;
  guint32 *slots;
  gint64 last_us; /* of the poll last written by this process; 0 none */
} RnSeries;

typedef void (*RnKeeperReport) (const RnFrameStoreStatus *status, gpointer data);

typedef struct {
  char *folder;
  RnFrameStoreLimits limits;
  RnDatabase *db;     /* NULL: closed */
  GHashTable *series; /* name → RnSeries */
  GQueue pending;     /* RnFramePoll, oldest first */
  gsize pending_bytes;
  gint64 next_try_us; /* monotonic: while it cannot be written */
  guint n_set_aside;  /* damaged files of this run */
  gboolean untidy;    /* hours may have ended */
  RnFrameStoreStatus status;
  RnKeeperReport report;
  gpointer report_data;
  GDestroyNotify free_report_data;
} RnFrameKeeper;

RnFrameKeeper *
rn_frame_keeper_new (const char *folder, const RnFrameStoreLimits *limits, RnKeeperReport report,
                     gpointer report_data, GDestroyNotify free_report_data);
void rn_frame_keeper_free (RnFrameKeeper *self);

/** Others from now on; what is too much goes in the next idle steps. */
void rn_frame_keeper_set_limits (RnFrameKeeper *self, const RnFrameStoreLimits *limits);

/** Takes @poll: writes it and all that waits, or keeps it. */
void rn_frame_keeper_take (RnFrameKeeper *self, RnFramePoll *poll);
/** One step of what can wait; as RnRecordIdle. */
gint64 rn_frame_keeper_idle (RnFrameKeeper *self);
/** See rn_frame_store_load_section_async(). */
GArray *rn_frame_keeper_load (RnFrameKeeper *self, const char *series, const char *id,
                              gint64 from_us, gint64 until_us, gint64 span_us, GError **error);

/* ---- between the files of the keeper ---- */

/** The same of an open file (rn-frame-keeper-read.c). */
GArray *rn_frame_keeper_read (RnFrameKeeper *self, const char *series, const char *id,
                              gint64 from_us, gint64 until_us, gint64 span_us, GError **error);

/** Writes one poll in a transaction (rn-frame-keeper-write.c). */
gboolean rn_frame_keeper_write (RnFrameKeeper *self, const RnFramePoll *poll, GError **error);
void rn_series_free (RnSeries *self);

/** Makes trace and means of one segment's ended hour, or, when there is none, takes what is beyond
 *  the bounds and clears untidy (rn-frame-keeper-tidy.c). */
gboolean rn_frame_keeper_tidy (RnFrameKeeper *self, GError **error);
/** Deletes the oldest while the file is over its bound. */
gboolean rn_frame_keeper_hold_bound (RnFrameKeeper *self, GError **error);
/** Fills in oldest_us and bytes of the status. */
gboolean rn_frame_keeper_measure (RnFrameKeeper *self, GError **error);

/** The begin of the hour that @at_us lies in. */
gint64 rn_frame_keeper_hour (gint64 at_us);
