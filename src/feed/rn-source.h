/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A source: one server, file or folder of recorded answers, its pollers and what they hold. Lives
 * on the main thread; reads, inflates and decodes in workers. */
#pragma once

#include "base/rn-clock.h"
#include "feed/rn-adapter.h"
#include "model/rn-frame.h"
#include "net/rn-http.h"

/** What to watch, as a person says it: KIND=URL, KIND=FILE or KIND=FOLDER. */
typedef struct {
  char *name;          /* unique in a session: "demo", "taiwan" */
  char *adapter;       /* kind word of the adapter */
  char *location;      /* address, file or folder; several files joined by ',' */
  char *token;         /* bearer token or NULL */
  gboolean allow_http; /* plain http beyond loopback */
  double play_rate;    /* of a folder; 0: all at once as fast as they decode, latest wins */
  gint64 poll_us;      /* 0: by the rules */
  RnCrs crs;           /* of all coordinates in its documents */
} RnSourceSpec;

RnSourceSpec *rn_source_spec_new (const char *adapter, const char *location);
/** Parses "KIND[:OPTION…]=WHERE", where each OPTION is a system of coordinates (wgs84, gcj02, bd09)
 *  or the rate at which a recording is played (x600). Error RN_FEED_ERROR_SOURCE names the kinds
 *  there are, or the option. */
RnSourceSpec *rn_source_spec_parse (const char *text, GError **error);
/** The same the other way round; name, token and intervals are not part of it. Caller frees. */
char *rn_source_spec_to_text (const RnSourceSpec *self);
RnSourceSpec *rn_source_spec_copy (const RnSourceSpec *self);
gboolean rn_source_spec_equal (const RnSourceSpec *a, const RnSourceSpec *b);
void rn_source_spec_free (RnSourceSpec *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSourceSpec, rn_source_spec_free)

#define RN_TYPE_SOURCE (rn_source_get_type ())
G_DECLARE_FINAL_TYPE (RnSource, rn_source, RN, SOURCE, GObject)

/* Signals:
 *  "changed" (RnFeedKind kind): the part of this feed is new (data).
 *  "status-changed" (RnFeedKind kind): only its status changed (failure, retry, 304, ageing). */

RnSource *rn_source_new (const RnSourceSpec *spec, RnClock *clock, RnHttp *http, GError **error);
void rn_source_start (RnSource *self);
void rn_source_stop (RnSource *self); /* cancels; no signal after it */

const RnSourceSpec *rn_source_get_spec (RnSource *self);
const char *rn_source_get_title (RnSource *self); /* name the server gives itself, else spec's */

/** The parts it holds now; borrowed until the next "changed". */
void rn_source_get_parts (RnSource *self, RnFrameParts *parts);

/** The join over its own network, borrowed until the next "changed"; NULL while it has none. */
RnJoin *rn_source_get_join (RnSource *self);

/** Feeds that this source has (bit mask of 1 << RnFeedKind). */
guint rn_source_get_feeds (RnSource *self);

/** Status of a feed as of now (ages run on without a poll). */
RnFeedStatus *rn_source_dup_status (RnSource *self, RnFeedKind kind);

/** The source's clock now, Unix µs, and its rate. */
gint64 rn_source_now_us (RnSource *self);
/** Whether an answer or a recording has set it; until then it is ours. */
gboolean rn_source_has_clock (RnSource *self);
double rn_source_get_rate (RnSource *self);
/** Whether its answers were recorded (files, a folder) rather than asked of a server now. */
gboolean rn_source_is_recording (RnSource *self);
/** Time zone of the source's wall clocks, for display. */
GTimeZone *rn_source_get_timezone (RnSource *self);

/** Whether an answer is awaited, read or decoded just now: for tests and snapshots. */
gboolean rn_source_is_busy (RnSource *self);

/** Ends any back-off and polls at once. */
void rn_source_poll_now (RnSource *self);
