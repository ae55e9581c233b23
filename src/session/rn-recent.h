/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section values of the last hours in memory, for trends since the start: one byte a value and
 * sample, bounded. Main thread. */
#pragma once

#include "model/rn-frame.h"

typedef struct {
  gint64 at_us;
  float speed_kmh; /* NaN unknown */
  float flow_vph;  /* NaN unknown, steps of 40 vehicles per hour */
  guint8 state;
} RnRecentSample;

typedef struct _RnRecent RnRecent;

/** All sections at one time, immutable, atomically refcounted. */
typedef struct _RnRecentSlice RnRecentSlice;

/** @span_us: how far back (3 h); @max_bytes: the oldest goes when it would be more. */
RnRecent *rn_recent_new (gint64 span_us, gsize max_bytes);
void rn_recent_free (RnRecent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnRecent, rn_recent_free)

/** Takes the flow of @frame when it is newer than the last taken; another network empties it. */
void rn_recent_add (RnRecent *self, const RnFrame *frame);

/** What is held, oldest first: array of RnRecentSlice, and the network that they are of (a
 *  reference; NULL: nothing is held). Both caller's; they may go to another thread. */
GPtrArray *rn_recent_dup_slices (const RnRecent *self, RnNetwork **network);
gint64 rn_recent_slice_get_at_us (const RnRecentSlice *self);
/** As a flow of that network. Any thread. Caller's. */
RnFlow *rn_recent_slice_make_flow (const RnRecentSlice *self, const RnNetwork *network);

/** The samples of a section, oldest first: array of RnRecentSample, caller's. */
GArray *rn_recent_dup_section (const RnRecent *self, guint32 section);
