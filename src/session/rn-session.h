/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place that orders the others in time: poll → frame → (alerts → record) → "changed". Main
 * thread. Views read the frame and nothing else. */
#pragma once

#include "feed/rn-source.h"
#include "session/rn-alert-desk.h"
#include "session/rn-history.h"
#include "session/rn-plan-desk.h"
#include "session/rn-recent.h"
#include "session/rn-shift-figures.h"

#define RN_TYPE_SESSION (rn_session_get_type ())
G_DECLARE_FINAL_TYPE (RnSession, rn_session, RN, SESSION, GObject)

/* Signals:
 *  "changed": there is a new frame (data, or the quality of data, changed).
 *  "feeds-changed": statuses changed without a new frame; and once a second, for the ages.
 * Properties: "frame" (RnFrame, boxed, notified with "changed"). */

RnSession *rn_session_new (RnClock *clock);

/** Adds a source; it starts with rn_session_start(), or at once when that was called. */
gboolean rn_session_add_source (RnSession *self, const RnSourceSpec *spec, GError **error);

/** Watches exactly these from now on, in this order: a source whose name and spec are unchanged
 *  keeps running with all that it holds; any other is stopped, started or replaced. A spec whose
 *  adapter is "demo" starts the simulator as a child (its location: further arguments, separated by
 *  blanks; may be empty). One that cannot be used at all is kept with its error, see
 *  rn_session_get_source_error(), and shown among the feeds as lost. @specs are copied. */
void rn_session_set_sources (RnSession *self, const RnSourceSpec *const *specs, guint n);

/** Stops the source and forgets what it held. FALSE when there is none of this name. */
gboolean rn_session_remove_source (RnSession *self, const char *name);

/** Why this source does not run at all, in words for an operator; NULL when it does, or when there
 *  is none of this name. A source that runs tells its troubles by the status of its feeds. */
const char *rn_session_get_source_error (RnSession *self, const char *name);

/** The demo: starts roadnet-simulator as a child and adds it as source "demo". The child ends with
 *  this process. @arguments: further ones for it, NULL-terminated, or NULL. */
gboolean rn_session_add_demo (RnSession *self, const char *const *arguments, GError **error);

void rn_session_start (RnSession *self);
void rn_session_stop (RnSession *self);

const RnFrame *rn_session_get_frame (RnSession *self);    /* never NULL */
const RnRecent *rn_session_get_recent (RnSession *self);  /* section values since the start */
RnHistory *rn_session_get_history (RnSession *self);      /* and before; off until it is opened */
RnAlertDesk *rn_session_get_alert_desk (RnSession *self); /* borrowed, never NULL */
RnPlanDesk *rn_session_get_plan_desk (RnSession *self);   /* borrowed, never NULL */
RnShiftFigures *rn_session_get_shift_figures (RnSession *self); /* borrowed, never NULL */
/** Keeps a journal of the alerts in @folder while the first source, whose clock counts, is a live
 *  server: the demo's clock begins anew at each start, and a recording can be played again. NULL:
 *  never. @seat, @key: see rn_alert_desk_open(); a key may come later, by another call. */
void rn_session_keep_alerts (RnSession *self, const char *folder, const char *seat, GBytes *key);
/** From now on a journal without a given key is opened when its key was looked for: in @file, NULL
 *  in the keyring, where one is made at the first use. Without any after 5 s it does without. Call
 *  before keep_alerts(). */
void rn_session_seek_journal_key (RnSession *self, const char *file);
RnClock *rn_session_get_clock (RnSession *self);
guint rn_session_get_n_sources (RnSession *self);
gboolean rn_session_is_demo (RnSession *self);
/** Why the demo did not come up, in words; NULL while all is well. */
const char *rn_session_get_demo_error (RnSession *self);
/** Title for the header: what the first source calls itself. For this, for clock, rate and zone a
 *  source that gives nothing but a network does not count while there is another. */
const char *rn_session_get_title (RnSession *self);

/** Status of all feeds as of now, in the order of the truth strip: RnFeedStatus, caller's. */
GPtrArray *rn_session_dup_feeds (RnSession *self);
/** A source's clock now, Unix µs (first source; ours without one); its rate; its time zone. */
gint64 rn_session_now_us (RnSession *self);
double rn_session_get_rate (RnSession *self);
GTimeZone *rn_session_get_timezone (RnSession *self);

/** Shows @frame from now on, as if it had just been made: for views of frames that no source of
 *  this session gives (a replay, a test). Takes it. The next frame of a source replaces it. */
void rn_session_take_frame (RnSession *self, RnFrame *frame);

/** Whether the first source, whose clock is shown, plays recorded answers. */
gboolean rn_session_is_recording (RnSession *self);

/** Ends back-off of all sources and polls at once. */
void rn_session_poll_now (RnSession *self);
