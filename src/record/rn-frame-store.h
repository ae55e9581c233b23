/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history: what was measured, by section, for weeks. Each poll at full resolution for a day,
 * after that means over five minutes, until the bound of days or of bytes takes the oldest. Lives
 * in one file of a folder, which one process writes and others read. Main thread; nothing here
 * waits: all work is done on the record thread. */
#pragma once

#include <gio/gio.h>

#include "base/rn-clock.h"
#include "model/rn-frame.h"
#include "record/rn-frame-sample.h"

typedef struct {
  guint days;              /* that are kept */
  guint64 max_bytes;       /* of the file; at least 1 MiB is taken */
  gsize max_pending_bytes; /* of what waits in memory while the file cannot be written */
} RnFrameStoreLimits;

#define RN_FRAME_STORE_LIMITS_DEFAULT                                                              \
  ((RnFrameStoreLimits){                                                                           \
      .days = 30, .max_bytes = (guint64) 4 << 30, .max_pending_bytes = (gsize) 64 << 20 })

typedef enum {
  RN_FRAME_STORE_STARTING,
  RN_FRAME_STORE_ON,
  RN_FRAME_STORE_ELSEWHERE, /* another seat writes; this one reads */
  RN_FRAME_STORE_OFF,       /* it cannot be written now */
} RnFrameStoreState;

typedef struct {
  RnFrameStoreState state;
  char *reason;       /* why it is off or elsewhere, in words; NULL */
  gint64 since_us;    /* of this state; the clock's time */
  char *path;         /* of the file */
  gint64 oldest_us;   /* how far back the history reaches, data time; 0: it is empty */
  guint64 bytes;      /* of the file */
  guint pending;      /* polls that wait to be written */
  guint64 dropped;    /* polls that found no room to wait */
  guint64 unreadable; /* damaged pieces that were passed over */
  char *set_aside;    /* new name of a damaged file that this process came upon; NULL */
} RnFrameStoreStatus;

#define RN_TYPE_FRAME_STORE (rn_frame_store_get_type ())
G_DECLARE_FINAL_TYPE (RnFrameStore, rn_frame_store, RN, FRAME_STORE, GObject)

/* Signal: "status-changed" (), coalesced. */

/** Opens the history in @folder, or begins one. Returns at once; what becomes of it is in the
 *  status. @clock stamps the status. */
RnFrameStore *
rn_frame_store_new (const char *folder, const RnFrameStoreLimits *limits, RnClock *clock);

/** Other bounds from now on; what is too much goes by and by. */
void rn_frame_store_set_limits (RnFrameStore *self, const RnFrameStoreLimits *limits);

/** Writes what is queued, for up to some seconds, and ends the thread. No call but unref after. */
void rn_frame_store_close (RnFrameStore *self);

/** Keeps the flow of source @source (an index into frame->network->sources) under the name
 *  @series, by which its history goes on from start to start. Values that are not live or late are
 *  unknown; a frame without a newer observation is passed over, one of an older is kept: clocks go
 *  back. */
void
rn_frame_store_add (RnFrameStore *self, const RnFrame *frame, guint source, const char *series);

/** The samples of section @id of @series from @from_us to @until_us (data time, inclusive), oldest
 *  first. @span_us 0: as fine as they are kept; else means over spans of it, a multiple of five
 *  minutes. A section that is not known has none. The callback's source object is NULL. */
void rn_frame_store_load_section_async (RnFrameStore *self, const char *series, const char *id,
                                        gint64 from_us, gint64 until_us, gint64 span_us,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer data);
/** Array of RnFrameSample, caller's; NULL with an error of RN_RECORD_ERROR. */
GArray *
rn_frame_store_load_section_finish (RnFrameStore *self, GAsyncResult *result, GError **error);

/** As last heard of; borrowed until "status-changed". */
const RnFrameStoreStatus *rn_frame_store_get_status (RnFrameStore *self);
