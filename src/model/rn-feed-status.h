/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a feed is doing: what the truth strip shows. Plain values; copied with the frame. */
#pragma once

#include "base/rn-refusals.h"

typedef enum {
  RN_FEED_NETWORK,
  RN_FEED_FLOW,
  RN_FEED_INCIDENTS,
  RN_FEED_WORKS,
  RN_FEED_WEATHER,
  RN_FEED_FACILITIES,
  RN_FEED_KPIS,
  RN_FEED_PLANS,
  RN_N_FEEDS
} RnFeedKind;

/** In order of badness; see "Poll rules" of the operations API for the limits. */
typedef enum {
  RN_FEED_WAITING, /* no answer yet, none overdue */
  RN_FEED_LIVE,
  RN_FEED_LATE,
  RN_FEED_STALE,
  RN_FEED_FROZEN, /* answers come, values do not move */
  RN_FEED_LOST,
} RnFeedState;

/** Quality of one value. */
typedef enum {
  RN_QUALITY_UNKNOWN, /* there is no value */
  RN_QUALITY_LIVE,
  RN_QUALITY_LATE,
  RN_QUALITY_STALE,
  RN_QUALITY_SUSPECT, /* of a frozen feed, or observed in the future: not to be taken for live */
  RN_QUALITY_LOST,
} RnQuality;

typedef struct {
  char *source;
  char *adapter; /* "roadnet", "tw-freeway" */
  RnFeedKind kind;
  RnFeedState state;
  gboolean partial;       /* the last answer held under 60 % of the rows before */
  gboolean suspect;       /* observed_at lies in the future */
  gboolean refused;       /* 401/403: needs a person */
  gint64 observed_at_us;  /* of the data held; 0: none */
  gint64 delay_us;        /* the source's own lag, taken off the age */
  gint64 age_us;          /* on the source's clock at the time of this status; -1 unknown */
  gint64 poll_us;         /* P, in data time */
  double rate;            /* of the source's clock, 1 = life */
  gint64 clock_offset_us; /* source's clock − ours when no RoadNet-Time was given */
  gint64 last_success_us, next_poll_us; /* our clock, Unix µs; 0 unknown */
  gint64 failing_since_us;              /* 0: not failing */
  guint attempt;                        /* failed tries in a row */
  char *error;                          /* NULL when the last try was good */
  guint rows;                           /* of the last answer */
  guint unjoined;                       /* rows without a known section */
  GPtrArray *unjoined_ids;              /* their ids (char *), not to be changed; NULL unknown */
  guint duplicates;                     /* things shown from another source, which sees them too */
  char *shown_from;                     /* that source, or several ("a, b"); NULL none */
  char *warning;        /* what is wrong with the data though it comes, in words; NULL none */
  guint dropped_old;    /* answers older than the one held, so far */
  gint64 unchanged_us;  /* how long no value has moved, data time; 0 unknown */
  RnRefusals *refusals; /* of the last answer; NULL none */
} RnFeedStatus;

RnFeedStatus *rn_feed_status_copy (const RnFeedStatus *self);
void rn_feed_status_free (RnFeedStatus *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnFeedStatus, rn_feed_status_free)

/** The feed's name in the language in use ("Flow", "流量") and its word for interfaces ("flow"). */
const char *rn_feed_kind_title (RnFeedKind kind);
const char *rn_feed_kind_word (RnFeedKind kind);
/** "late", "中断" …; "" for live and waiting. */
const char *rn_feed_state_title (RnFeedState state);
/** The quality that a fresh value of a feed in this state has. */
RnQuality rn_feed_state_quality (RnFeedState state, gboolean suspect);
/** Whether this kind can be frozen at all: flow and weather. */
gboolean rn_feed_kind_freezes (RnFeedKind kind);
