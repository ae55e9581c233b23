/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made-up feed statuses for tests and pictures of the truth strip and the banner. */
#pragma once

#include "ui/rn-feed-text.h"

/** 1 October 2026, 10:42:36 in China: "now" on the source's clock and on ours. */
#define FEEDS_NOW_US (G_GINT64_CONSTANT (1790822556) * 1000000)

typedef enum {
  FEEDS_LIVE,
  FEEDS_WAITING,
  FEEDS_LATE,
  FEEDS_STALE,
  FEEDS_FROZEN,
  FEEDS_LOST_SERVER,
  FEEDS_LOST_ONE,
  FEEDS_LOST_OLD,
  FEEDS_REFUSED,
  FEEDS_PARTIAL,
  FEEDS_REFUSED_ROWS,
  FEEDS_SUSPECT,
  FEEDS_SEVERAL,
  FEEDS_WARNED,
  N_FEEDS_CASES
} FeedsCase;

const char *feeds_case_name (FeedsCase i);

/** The statuses of a case, caller's; and from where they are looked at (@context borrows a zone that
 *  lives as long as the program). */
GPtrArray *feeds_new (FeedsCase i, RnFeedContext *context);
