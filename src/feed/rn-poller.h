/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Polls one feed of a server: conditional GET, cursor, back-off; decodes in a worker; gives what
 * came to the holding. Never two at once. Main thread, on the injected clock. */
#pragma once

#include "feed/rn-holding.h"
#include "feed/rn-source-state.h"

#define RN_TYPE_POLLER (rn_poller_get_type ())
G_DECLARE_FINAL_TYPE (RnPoller, rn_poller, RN, POLLER, GObject)

/* Signals, each at the end of a poll at the most once, none after rn_poller_stop():
 *  "changed": the holding has new data.
 *  "status-changed": only its status is new.
 *  "network-unknown": the answer speaks of a network that is not held; poll again when it is.
 * After each poll, last: "finished". */

/** Both are borrowed and must outlive it. */
RnPoller *rn_poller_new (RnSourceState *state, RnHolding *holding);

/** Polls at once, unless it is just at it; ends any back-off. */
void rn_poller_poll_now (RnPoller *self);

/** Polls at once if the last poll failed for a reason that may have passed; not when the server
 *  refused us or told us when to come back. */
void rn_poller_end_backoff (RnPoller *self);

/** Forgets cursor and ETags, and drops what is under way: the data was forgotten. */
void rn_poller_forget (RnPoller *self);

/** Plans the next poll anew: interval or rate have changed. */
void rn_poller_plan (RnPoller *self);

/** Ends all; nothing is emitted any more. */
void rn_poller_stop (RnPoller *self);

/** Whether an answer is awaited or decoded. */
gboolean rn_poller_is_busy (RnPoller *self);

RnHolding *rn_poller_get_holding (RnPoller *self);
/** FALSE once the server has answered 404 where the adapter says that this is no fault. */
gboolean rn_poller_is_offered (RnPoller *self);
/** The join over the network last taken, borrowed; NULL for other kinds. */
RnJoin *rn_poller_get_join (RnPoller *self);

/** The address of a document of a source: @path below @base, whose query stays. NULL @path: the
 *  base itself. Caller frees; NULL when @base is no address. */
char *rn_poller_dup_uri (const char *base, const char *path, const char *cursor);
