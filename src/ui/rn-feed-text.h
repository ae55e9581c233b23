/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of feeds in words, in the language in use: what strip, banner and popover say. Pure;
 * all strings are the caller's. */
#pragma once

#include "model/rn-feed-status.h"

/** From where one looks at a status. Plain value; borrows the zone. */
typedef struct {
  gint64 now_us;       /* our clock, Unix µs: for retries */
  GTimeZone *timezone; /* of the source's wall clocks */
  gboolean several;    /* more than one source: titles name theirs */
} RnFeedContext;

/** How it is drawn, worst reason first: the CSS class of rn-feed. */
typedef enum {
  RN_FEED_LOOK_WAITING,
  RN_FEED_LOOK_LIVE,
  RN_FEED_LOOK_LATE,
  RN_FEED_LOOK_STALE,
  RN_FEED_LOOK_FROZEN,
  RN_FEED_LOOK_LOST,
  RN_N_FEED_LOOKS
} RnFeedLook;

RnFeedLook rn_feed_look (const RnFeedStatus *status);
const char *rn_feed_look_class (RnFeedLook look); /* "late" */

/** "Flow", with several sources "Flow · taiwan". */
char *rn_feed_text_title (const RnFeedStatus *status, const RnFeedContext *context);

/** What stands behind the title: "12 s", "late 3:20", "lost 4:12", "waiting". */
char *rn_feed_text_age (const RnFeedStatus *status);

/** All of it in one sentence for screen readers and tooltips: "Flow: late, 3:20 old". */
char *rn_feed_text_sentence (const RnFeedStatus *status, const RnFeedContext *context);

/** How long, with its unit: "12 s", "4 min 12 s", "11 min", "2 h 05 min". */
char *rn_feed_text_duration (gint64 us);

/** "Retry 6 in 38 s."; NULL when nothing fails. */
char *rn_feed_text_retry (const RnFeedStatus *status, const RnFeedContext *context);
