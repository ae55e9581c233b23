/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lists of things that a feed holds (incidents, works, …), by one table: taking a new one, and
 * keeping what a short answer lacks. Part of RnHolding. Pure. */
#pragma once

#include "feed/rn-document.h"
#include "model/rn-frame.h"

typedef enum {
  RN_HOLDING_INCIDENTS,
  RN_HOLDING_WORKS,
  RN_HOLDING_DEVICES,
  RN_HOLDING_STATIONS,
  RN_HOLDING_WARNINGS,
  RN_HOLDING_CONTROLS,
  RN_HOLDING_FACILITY_STATES,
  RN_HOLDING_KPIS,
  RN_HOLDING_PLANS,
  RN_HOLDING_MEASURES,
  RN_HOLDING_N_PARTS
} RnHoldingPart;

/** Puts the lists of @document in place of those of its kind; of works and devices a list that it
 *  lacks stays, for these come in documents of their own. @hold: rows of the lists before whose
 *  key it lacks are kept, after its own. */
void rn_holding_parts_apply (GPtrArray **parts, const RnDocument *document, gboolean hold);

/** Sets the members of @out that belong to @kind; borrowed. */
void rn_holding_parts_fill (GPtrArray *const *parts, RnFeedKind kind, RnFrameParts *out);

/** Whether @document is short of what @parts and @rows_before (of the last answer that was taken
 *  for complete) lead to expect. Things that it lacks but that were to end by @observed_us are not
 *  missed. Never of a network, which has a version, nor of a delta. */
gboolean rn_holding_parts_is_short (GPtrArray *const *parts, const RnDocument *document,
                                    guint rows_before, gint64 observed_us);

/** How many stations known in both have equal values; @n_known gets those known in both. */
guint
rn_holding_parts_count_equal_stations (const GPtrArray *a, const GPtrArray *b, guint *n_known);

/** Whether enough rows are known for standing still to mean anything. */
gboolean rn_holding_parts_can_freeze (const RnFlow *flow, GPtrArray *const *parts, guint min_rows);
