/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A made-up stretch of a province, for tests and pictures of the right side of the seat: three
 * roads, a queue behind a crash, works, facilities, weather. Built through the model's own
 * constructors. */
#pragma once

#include "session/rn-session.h"

#define MADE_UP_NOW_US (G_GINT64_CONSTANT (1790822556) * 1000000) /* 2026-10-01 02:42:36 UTC */

typedef struct {
  gint64 now_us;
  RnFeedState feeds;       /* of all feeds */
  guint n_more_incidents;  /* besides the named ones */
  guint n_more_works;
  guint n_more_facilities; /* with a state; of a network that has them */
  guint round;             /* every 20th of the more rows is another one in each round */
  gboolean without_crash;  /* the crash on G2 has ended */
  double crash_speed_kmh;  /* of the section with the crash */
  int plan_tier;           /* of a plan on the road of the crash; 0: the server has no plan */
} MadeUp;

#define MADE_UP_INIT { .now_us = MADE_UP_NOW_US, .feeds = RN_FEED_LIVE, .crash_speed_kmh = 17 }

RnNetwork *made_up_network (void);
RnNetwork *made_up_network_with (guint n_more_facilities);
RnFrame *made_up_frame (const RnNetwork *network, const MadeUp *how, const RnFrame *before);

/* keys */
#define MADE_UP_CRASH "x/crash"
#define MADE_UP_WORK "x/w1"
#define MADE_UP_AREA "x/yangcheng"
#define MADE_UP_PLAZA "x/huaqiao"
#define MADE_UP_SECTION "x/G2d2"
#define MADE_UP_STATION "x/ws1"
#define MADE_UP_WARNING "x/fog"
#define MADE_UP_PLAN "x/corridor"
