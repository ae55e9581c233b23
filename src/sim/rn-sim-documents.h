/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The documents of the operations API, written from the world as it stands. Each is a pure function
 * of the world and of which rows to leave out. Where a document says when it was true it holds
 * RN_SIM_OBSERVED_AT once, which rn_sim_document_stamp() replaces: an entity tag is made before. */
#pragma once

#include "sim/rn-sim-world.h"

#define RN_SIM_API_VERSION "1.0"
#define RN_SIM_OBSERVED_AT "0000-00-00T00:00:00+00:00"

/** Intervals in seconds of data time. */
#define RN_SIM_POLL_FLOW_S 30
#define RN_SIM_POLL_INCIDENTS_S 30
#define RN_SIM_POLL_OTHERS_S 60

typedef struct {
  double missing; /* 0 … 1: share of rows to leave out (the fault "partial") */
  guint64 salt;   /* which ones */
} RnSimView;

/** Whether a view shows row @index. */
gboolean rn_sim_view_shows (const RnSimView *view, guint64 index);

/** @document with @at_us where RN_SIM_OBSERVED_AT stands; another reference when it stands
 *  nowhere. */
GBytes *rn_sim_document_stamp (GBytes *document, gint64 at_us);

GBytes *rn_sim_document_root (const RnSimWorld *world);
/** @name: NULL without a token. */
GBytes *rn_sim_document_me (const char *name, gboolean operate);
GBytes *rn_sim_document_network (const RnSimWorld *world, const RnSimView *view);

/** @since: round of the cursor, or 0 for all rows. */
GBytes *rn_sim_document_flow (const RnSimWorld *world, const RnSimView *view, guint64 since);
GBytes *rn_sim_document_incidents (const RnSimWorld *world, const RnSimView *view);
/** One incident; NULL when it is not listed (any more). @revision is set. */
GBytes *rn_sim_document_incident (const RnSimWorld *world, const char *id, int *revision);
GBytes *rn_sim_document_works (const RnSimWorld *world, const RnSimView *view);
GBytes *rn_sim_document_weather (const RnSimWorld *world, const RnSimView *view);
GBytes *rn_sim_document_facilities (const RnSimWorld *world, const RnSimView *view);
GBytes *rn_sim_document_kpis (const RnSimWorld *world, const RnSimView *view);
GBytes *rn_sim_document_plans (const RnSimWorld *world, const RnSimView *view);

/** The cursor of the present round, and the round of a cursor: 0 when it is none of this world's,
 *  or too old. */
char *rn_sim_flow_cursor (const RnSimWorld *world);
guint64 rn_sim_flow_cursor_round (const RnSimWorld *world, const char *cursor);
