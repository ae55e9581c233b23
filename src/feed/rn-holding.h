/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one feed of a source holds, and how it stands with it: takes answers, confirmations and
 * failures in the order of their coming and keeps the rules of the operations API (older answers
 * dropped, partial ones held, frozen ones told). Knows nothing of where answers come from. Main
 * thread; owned by its source. */
#pragma once

#include "feed/rn-document.h"
#include "feed/rn-freshness.h"
#include "feed/rn-source-clock.h"
#include "model/rn-frame.h"

typedef struct _RnHolding RnHolding;

typedef enum {
  RN_TAKEN,     /* the part is new */
  RN_TAKEN_OLD, /* older than the one held: dropped and counted */
  RN_TAKEN_SAME /* a network that is held already: only its status is new */
} RnTaken;

/** @time is borrowed and must outlive it. @user_poll_us: the user's setting, 0 none.
 *  @default_poll_us: of the kind; 0: static. */
RnHolding *rn_holding_new (const char *source, const char *adapter, RnFeedKind kind,
                           const RnSourceClock *time, gint64 user_poll_us, gint64 default_poll_us);
void rn_holding_free (RnHolding *self);

RnFeedKind rn_holding_get_kind (const RnHolding *self);

/** What the server asks for: 0 and -1 where it says nothing. */
void rn_holding_set_service (RnHolding *self, gint64 poll_us, gint64 delay_us);
/** max-age of the last answer; 0 none. */
void rn_holding_set_max_age (RnHolding *self, gint64 max_age_us);
/** P by the rules: the user's, else the server's, else the document's, else max-age, else the
 *  default; as it can be kept at the clock's rate. 0: static. */
gint64 rn_holding_get_poll_us (const RnHolding *self);

/** Takes a whole answer; @document is taken over. @received_us: the source's clock when it came,
 *  which stands for an observed_at that the document lacks. @n_sections: of the network. */
RnTaken
rn_holding_take (RnHolding *self, RnDocument *document, gint64 received_us, guint n_sections);

/** A 304: the data held is confirmed as of @as_of_us (0: now). TRUE when a part changed with it:
 *  the times of flow rows, or a short answer that is confirmed thereby. */
gboolean rn_holding_confirm (RnHolding *self, gint64 as_of_us, guint n_sections);

/** The server has what we hold, without saying anything of it (as 404 on an optional slot). */
void rn_holding_succeed (RnHolding *self);
void rn_holding_fail (RnHolding *self, const GError *error);

/** Forgets the data (indices of another network), not how the tries went. */
void rn_holding_forget (RnHolding *self);

/** Wall µs until the next poll by the rules; remembered for the status. @jitter: 0 … 1. */
gint64 rn_holding_plan_next_us (RnHolding *self, double jitter);
/** When the next answer is due, from now in wall µs, where it is not by the rules; -1: none. */
void rn_holding_set_next_us (RnHolding *self, gint64 wait_us);

gboolean rn_holding_has_data (const RnHolding *self);
/** Whether the last try failed. */
gboolean rn_holding_is_failing (const RnHolding *self);
/** Whether it failed so that asking again soon may help (not refused, not told to wait). */
gboolean rn_holding_is_backing_off (const RnHolding *self);
RnNetwork *rn_holding_get_network (const RnHolding *self);
const char *rn_holding_get_cursor (const RnHolding *self);
void rn_holding_drop_cursor (RnHolding *self);
/** observed_at of the data held, 0 none. */
gint64 rn_holding_get_observed_us (const RnHolding *self);

RnFeedState rn_holding_get_state (const RnHolding *self);
RnFeedStatus *rn_holding_dup_status (const RnHolding *self);

/** Sets the members of @parts that this feed has. */
void rn_holding_fill_parts (const RnHolding *self, RnFrameParts *parts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnHolding, rn_holding_free)
