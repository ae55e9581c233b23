/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who wants to drive where: how much enters at each plaza and border, how it turns, what leaves,
 * and how that follows the day. Worked out once for a network, so that entries, turns and exits
 * agree with one another; read-only then. */
#pragma once

#include "model/rn-network.h"
#include "sim/rn-ctm.h"
#include "sim/rn-sim-time.h"

/** What one entry lane of a plaza passes in an hour, with most vehicles on ETC. */
#define RN_SIM_LANE_VPH 600.0

typedef struct {
  guint n;          /* sections */
  double scale;     /* of a day: on what wants to enter; 1 unless set */
  double *free_kmh; /* the network's, or a default where it does not say */
  double *capacity_vph;
  int *lanes;
  double *base_vph;   /* flow where the day's curve is 1 */
  double *entry_vph;  /* entering at the start of the section where the curve is 1; 0 none */
  double *exit_share; /* of the flow at the section's end */
  guint32 *plaza_in;  /* facility at the start of the section, or RN_NONE */
  guint32 *plaza_out; /* facility at the end of the section, or RN_NONE */
  double *entry_most; /* what the plaza can let through onto the section, vehicles per hour */
  guint n_turns;
  RnCtmTurn *turns;    /* ordered by section */
  guint32 *turn_first; /* n + 1 */
} RnSimDemand;

RnSimDemand *rn_sim_demand_new (const RnNetwork *network, guint64 seed);
void rn_sim_demand_free (RnSimDemand *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSimDemand, rn_sim_demand_free)

/** The day's curve at @at_us: 1 is the top of a holiday. Two peaks a day. */
double rn_sim_demand_curve (gint64 at_us);
/** The mean of the curve from local midnight to @at_us, times hours: vehicles per unit of entry. */
double rn_sim_demand_since_midnight_h (gint64 at_us);

/** What wants to enter @section at @at_us, vehicles per hour: curve and chance together. */
double rn_sim_demand_entry_vph (const RnSimDemand *self, guint section, guint64 seed, gint64 at_us);
