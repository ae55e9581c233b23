/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plays recorded answers: a file at the time it came, on the source's clock, which runs at the rate
 * that was asked for. Where each document is there only once, all of it is shown as of its newest
 * time. Watches its files and folders for changes. Main thread; reads and decodes in workers. */
#pragma once

#include "feed/rn-holding.h"
#include "feed/rn-source-state.h"

#define RN_TYPE_PLAYBACK (rn_playback_get_type ())
G_DECLARE_FINAL_TYPE (RnPlayback, rn_playback, RN, PLAYBACK, GObject)

/* Signals, none after rn_playback_stop():
 *  "scanned": it is known which feeds there are.
 *  "changed" (guint kind): a holding has new data; for the network before anything that needs it.
 *  "status-changed" (guint kind). */

/** @holdings: by kind, NULL where the adapter has none; borrowed, as @state. */
RnPlayback *rn_playback_new (RnSourceState *state, RnHolding *const *holdings);

/** Looks at the files, again if it is called again: what is new is played. */
void rn_playback_scan (RnPlayback *self);
void rn_playback_stop (RnPlayback *self);

/** Whether files are being looked at, read or decoded. */
gboolean rn_playback_is_busy (RnPlayback *self);

/** Feeds that have files, as bits; 0 before "scanned". */
guint rn_playback_get_feeds (RnPlayback *self);
gboolean rn_playback_is_scanned (RnPlayback *self);
/** The join over the network last taken, borrowed. */
RnJoin *rn_playback_get_join (RnPlayback *self);
