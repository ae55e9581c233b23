/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two halves of the world of a rule test share: reading it, and making frames of it. */
#pragma once

#include "cli/rn-rules-series.h"
#include "cli/rn-rules-world.h"

enum {
  SPEED_KMH,
  SPEED_RATIO,
  FLOW_VPH,
  OCCUPANCY_PCT,
  TRUCKS_PCT,
  TYPICAL_SPEED_KMH,
  PARKING_PCT,
  PLAZA_QUEUE_M,
  FUEL_STOCK_PCT,
  VISIBILITY_M,
  SURFACE,
  INCIDENT_LEVEL,
  WORK_OVERRUN_S,
  KPI,
  STATE,
  N_MEASURES
};

/* Indices of the words of a feed's state. */
enum {
  RN_RULES_LIVE,
  RN_RULES_LATE,
  RN_RULES_STALE,
  RN_RULES_FROZEN,
  RN_RULES_LOST,
  RN_RULES_REFUSED
};

/* One subject and its series. */
typedef struct {
  RnSubjectKind kind;
  char *id;                          /* "*": all sections that are not named */
  char *section;                     /* id of the one that it is at, NULL none */
  double capacity_factor, limit_kmh; /* of works */
  RnRulesSeries *series[N_MEASURES];
} Actor;

/* What one kind of feed has said. */
typedef struct {
  gboolean used;
  guint sample; /* of its last answer */
  gint64 at_us; /* 0: none yet */
  const Actor *status;
} Held;

struct _RnRulesWorld {
  RnNetwork *network;
  GPtrArray *actors; /* Actor */
  const Actor **of_section;
  Held held[RN_N_FEEDS];
  RnFlow *flow;
  RnFrame *before;
};

RnFeedKind rn_rules_feed_of (RnSubjectKind kind);
