/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rules would have raised on recorded answers: plays them on a clock of its own, as fast as
 * they decode, through a source, frames and the engine. Main thread, blocks: for the command
 * line. */
#pragma once

#include "alert/rn-alert-engine.h"
#include "feed/rn-source.h"

/** One alert from its raise to its end. */
typedef struct {
  guint id;  /* from 1, in the order of raising */
  char *key; /* of the alert */
  /* id as its source names it, of an incident that of its event; of others "feed:flow" */
  char *subject;
  char *rule;
  int tier;                     /* its worst */
  gint64 raised_us, cleared_us; /* the source's clock; 0: still there at the end */
  guint parent;                 /* id of the row that it was raised under; 0 none */
  GArray *rises;                /* gint64: when it rang again for a worse tier */
} RnBacktestAlert;

typedef struct {
  GPtrArray *alerts; /* RnBacktestAlert */
  guint n_frames, n_sections;
  gint64 from_us, until_us; /* of the source's clock */
} RnBacktest;

/** @spec: of recorded answers. @without: feeds that are left out, bits 1 << RnFeedKind. NULL with
 *  @error when nothing can be played. */
RnBacktest *
rn_backtest_run (const RnRuleSet *rules, const RnSourceSpec *spec, guint without, GError **error);
void rn_backtest_free (RnBacktest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnBacktest, rn_backtest_free)
