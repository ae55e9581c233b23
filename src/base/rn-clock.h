/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only door to the time of day and to timers: injected everywhere, so that tests and replays
 * own the time. g_get_real_time() outside base/ fails a test. Main thread only. */
#pragma once

#include <glib-object.h>

#define RN_SECOND G_GINT64_CONSTANT (1000000)

#define RN_TYPE_CLOCK (rn_clock_get_type ())
G_DECLARE_FINAL_TYPE (RnClock, rn_clock, RN, CLOCK, GObject)

/** A clock on the machine's time and the default main context. */
RnClock *rn_clock_new_system (void);

/** A clock that stands at @now_us (Unix time, µs) until rn_clock_advance(). */
RnClock *rn_clock_new_manual (gint64 now_us);

/** Time of day, Unix µs UTC. */
gint64 rn_clock_now_us (RnClock *self);

/** Monotonic µs: for intervals; never jumps with the time of day. */
gint64 rn_clock_monotonic_us (RnClock *self);

/** Moves a manual clock on, both times of it, and runs the timers that fall due, in order. */
void rn_clock_advance (RnClock *self, gint64 by_us);

/** Jumps the time of day of a manual clock (a wrong or corrected clock); timers are not moved. */
void rn_clock_jump (RnClock *self, gint64 by_us);

/** Calls @func in @delay_us, once, or again each time while it returns G_SOURCE_CONTINUE.
 *  Returns an id for rn_clock_remove_timer(). */
guint rn_clock_add_timer (RnClock *self, gint64 delay_us, GSourceFunc func, gpointer data,
                          GDestroyNotify destroy);
void rn_clock_remove_timer (RnClock *self, guint id);

/** Removes the timer whose id stands in @id, if any, and clears it. */
void rn_clock_clear_timer (RnClock *self, guint *id);
