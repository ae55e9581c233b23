/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Networks, frames and stores for tests of the history. Stops the test on failure. */
#pragma once

#include "record/rn-frame-store.h"

#define HELP_HOUR (G_GINT64_CONSTANT (3600) * RN_SECOND)
#define HELP_T0 (G_GINT64_CONSTANT (497450) * HELP_HOUR) /* a full hour in October 2026 */

/** Sections "PREFIX0" … of source "a"; @first the number of the first. */
RnNetwork *help_network (guint first, guint n);

/** A live frame: section i has speed @speed + i % 7 and flow 100 × speed. */
RnFrame *help_frame (const RnNetwork *network, gint64 at_us, float speed);
float help_speed (guint section, float speed);

/** A new folder below the temporary one; help_remove() takes it away with what is in it. */
char *help_folder (void);
void help_remove (char *folder);

RnFrameStore *help_store (const char *folder, const RnFrameStoreLimits *limits);

/** Runs the main loop until all that was asked of the store before is done. */
void help_settle (RnFrameStore *store);
/** The same until the state is @state, for up to 90 s. */
void help_wait_for (RnFrameStore *store, RnFrameStoreState state);

/** Samples of section "s<@number>" of the series "test"; NULL at an error. */
GArray *help_load (RnFrameStore *store, guint number, gint64 from_us, gint64 until_us,
                   gint64 span_us);
