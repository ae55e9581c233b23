/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clock of a source: where its answers say it stands, advanced by its rate on our monotonic
 * time, so that a jump of our time of day ages nothing. Plain value on the main thread. */
#pragma once

#include "base/rn-clock.h"
#include "net/rn-http.h"

typedef struct {
  RnClock *clock;    /* ours; borrowed */
  gint64 at_us;      /* the source's time … */
  gint64 mono_us;    /* … at this monotonic time of ours */
  double rate;       /* 1 = life */
  gboolean given;    /* by RoadNet-Time */
  gboolean anchored; /* an answer or a recording has set it */
  gint64 offset_us;  /* Date − our time of day at the last answer without RoadNet-Time */
} RnSourceClock;

/** Starts at our own time and rate 1. */
void rn_source_clock_init (RnSourceClock *self, RnClock *clock);

/** Takes what an answer says: RoadNet-Time, else Date, else our own time. An answer that stands
 *  less than 2 s of wall time behind is taken for one that was long on its way: it does not set
 *  the clock back. */
void rn_source_clock_hear (RnSourceClock *self, const RnHttpAnswer *answer);

/** Sets it by hand: recordings. @rate 0 stands still. */
void rn_source_clock_set (RnSourceClock *self, gint64 at_us, double rate);

/** Moves it on by @by_us of our time: what passed while this machine slept. */
void rn_source_clock_skip (RnSourceClock *self, gint64 by_us);

gint64 rn_source_clock_now_us (const RnSourceClock *self);

/** Offset of the source's clock from ours, 0 when it is at most 30 s, or when RoadNet-Time was
 *  given. */
gint64 rn_source_clock_offset_us (const RnSourceClock *self);

/** The wall time until the source's clock shows @at_us; 0 when it has passed, or when the clock
 *  stands. */
gint64 rn_source_clock_wall_until_us (const RnSourceClock *self, gint64 at_us);
