/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was measured before: values since the start from memory, older ones from the frame store.
 * Decides what the store keeps: what live servers say, each under what and where it is. The demo's
 * clock begins anew at each start and a recording can be played again at any time: what is on the
 * disk of them would be told as a past that they never had, so of them only the memory is shown.
 * Main thread; owned by the session. */
#pragma once

#include "feed/rn-source.h"
#include "record/rn-frame-store.h"
#include "session/rn-recent.h"

#define RN_TYPE_HISTORY (rn_history_get_type ())
G_DECLARE_FINAL_TYPE (RnHistory, rn_history, RN, HISTORY, GObject)

/* Signal: "status-changed" (). */

/** @recent is borrowed and outlives the history. It is off until rn_history_open(). */
RnHistory *rn_history_new (const RnRecent *recent);

/** Keeps the history in @folder from now on. The file is touched only when there is something to
 *  keep, so that a demo does not hold it against another seat. */
void rn_history_open (RnHistory *self, const char *folder, const RnFrameStoreLimits *limits,
                      RnClock *clock);
void rn_history_close (RnHistory *self);
/** Other bounds than those it was opened with. */
void rn_history_set_limits (RnHistory *self, const RnFrameStoreLimits *limits);

/** Takes a new frame. @sources: those (RnSource) whose values are kept, unless they play a
 *  recording. */
void rn_history_add (RnHistory *self, const RnFrame *frame, const GPtrArray *sources);

/** Whether it was opened, and the folder; NULL when it is off. */
const char *rn_history_get_folder (RnHistory *self);
/** The bounds it was opened with. */
const RnFrameStoreLimits *rn_history_get_limits (RnHistory *self);
/** Status of the file; NULL while there is nothing to keep. Borrowed until "status-changed". */
const RnFrameStoreStatus *rn_history_get_status (RnHistory *self);

/** Samples of @section of @network from @from_us to @until_us (source clock), oldest first;
 *  @span_us: 0 as fine as they are kept, else means over spans of it, whole multiples of five
 *  minutes. What cannot be read is left out: the status says so. */
void rn_history_load_section_async (RnHistory *self, const RnNetwork *network, guint32 section,
                                    gint64 from_us, gint64 until_us, gint64 span_us,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer data);
/** Array of RnFrameSample, caller's; NULL with an error only when it was cancelled. */
GArray *rn_history_load_section_finish (RnHistory *self, GAsyncResult *result, GError **error);

/** Those of the memory alone, at once: for a first picture. Caller's. */
GArray *rn_history_dup_recent (RnHistory *self, guint32 section, gint64 from_us, gint64 span_us);
