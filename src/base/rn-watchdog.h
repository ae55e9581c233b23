/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watches the turns of the main loop of a test build (meson -Dwatchdog=true) and tells at the end
 * which ones were long, and where. In other builds it does nothing. Main thread. */
#pragma once

#include <glib.h>

/** Begins to watch the default main context when RN_WATCHDOG is set: its value is the limit in ms,
 *  by default 50. */
void rn_watchdog_start (void);

/** Ends it and writes what was seen to the file that RN_WATCHDOG_LOG names, else to standard
 *  error: one line of JSON with the number of turns, of those over the limit and of seconds, then
 *  one a turn of the longest, worst first: ms of wall time, of it ms in which the thread waited for
 *  a processor, seconds since the start, and the calls that ran when the limit passed. */
void rn_watchdog_stop (void);
