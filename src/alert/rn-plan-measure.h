/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan looks at: its scope on a network, and the metrics of that scope in a frame. Pure; any
 * thread. */
#pragma once

#include "alert/rn-metric.h"
#include "alert/rn-plan-file.h"
#include "model/rn-frame.h"

typedef struct {
  const RnNetwork *network; /* reffed */
  guint n_sections, n_plazas;
  guint32 *sections; /* in runs along the traffic; runs[i]: another one begins here */
  gboolean *runs;
  guint32 *plazas;
  guint8 *on; /* by section of the network: it is one of them */
  double length_m;
  guint n_unknown; /* ids of the plan that the network does not have */
} RnPlanScope;

/** The sections of @plan, and its toll plazas: those it names and those on its sections. */
RnPlanScope *rn_plan_scope_new (const RnPlan *plan, const RnNetwork *network);
void rn_plan_scope_free (RnPlanScope *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnPlanScope, rn_plan_scope_free)

/** "G2 K1125–K1035": of the scope's first run; NULL without sections. Caller frees. */
char *rn_plan_scope_dup_extent (const RnPlanScope *self);

/** No incident: milder than any level. */
#define RN_PLAN_NO_INCIDENT 5

typedef struct {
  double value[RN_N_METRICS];  /* NaN unknown; only those of rn_plan_has_metric() */
  gboolean lost[RN_N_METRICS]; /* unknown, but somebody measures it */
  double known_share;          /* of the length, 0…1: sections with live or late data */
  gint64 at_us;                /* data time: the newest of what was looked at; 0 nothing known */
  gint64 gap_us;               /* samples further apart than this are not joined */
  char *incident;              /* key of the worst on the scope; NULL none */
  guint32 worst_section;       /* begin of the stretch of the speed ratio; RN_NONE */
  guint32 worst_plaza;         /* of the longest queue; RN_NONE */
  guint n_plazas, n_entries_known, n_closed, n_metered;
} RnPlanReadings;

/** Measures @scope in @frame, whose network it was made for. Only live and late values count.
 *  Lost: flow figures when less than @coverage of the length is known; the level of incidents and
 *  the queues when their feed is not live or late. Saturation and speed ratio are those of the
 *  worst stretch of @window_m, see src/DESIGN.md. */
void rn_plan_measure (const RnPlanScope *scope, const RnFrame *frame, double coverage,
                      double window_m, RnPlanReadings *readings);
void rn_plan_readings_clear (RnPlanReadings *self);
