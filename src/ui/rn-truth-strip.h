/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strip that is never hidden: each feed with its state and age, and the network figures. Feeds
 * come first when space runs out, and of them the worst. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "model/rn-frame.h"
#include "record/rn-journal.h"
#include "session/rn-history.h"
#include "ui/rn-feed-text.h"

#define RN_TYPE_TRUTH_STRIP (rn_truth_strip_get_type ())
G_DECLARE_FINAL_TYPE (RnTruthStrip, rn_truth_strip, RN, TRUTH_STRIP, GtkWidget)

/** @feeds: RnFeedStatus in the order of the strip; copied. */
void
rn_truth_strip_set_feeds (RnTruthStrip *self, const GPtrArray *feeds, const RnFeedContext *context);
void rn_truth_strip_set_figures (RnTruthStrip *self, const RnFigures *figures, const char *as_of);
/** Shows how the record is doing, behind the feeds. @journal NULL: there is none. */
void rn_truth_strip_set_record (RnTruthStrip *self, RnHistory *history,
                                const RnJournalStatus *journal, const RnFeedContext *context);
