/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the detectors on the sections report: the model's flow, speed and density as a loop would
 * measure them, with noise, gaps and reports that come late. Holds the last report of every section
 * and in which round it last changed, so that a delta since any round can be written. */
#pragma once

#include "model/rn-network.h"
#include "sim/rn-ctm.h"
#include "sim/rn-sim-demand.h"

/** One report. NaN: not known. */
typedef struct {
  float flow_vph, speed_kmh, occupancy_pct, trucks_pct, typical_kmh;
  gint32 offset_s; /* how much older than the round it is */
} RnSimReport;

typedef struct {
  guint n;
  guint64 round; /* of the last rn_sim_detectors_measure() */
  RnSimReport *report;
  guint64 *changed; /* by section: round of the last change */
} RnSimDetectors;

/** Whether a section has no detector at all. */
gboolean rn_sim_detectors_is_blind (guint64 seed, guint section);

RnSimDetectors *rn_sim_detectors_new (guint n_sections, guint64 seed);
void rn_sim_detectors_free (RnSimDetectors *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSimDetectors, rn_sim_detectors_free)

/** Takes the measures of the interval that ends at @at_us as round @round. @limit_kmh: by section,
 *  the speed limit in force. */
void rn_sim_detectors_measure (RnSimDetectors *self, const RnCtm *ctm, const RnSimDemand *demand,
                               const double *limit_kmh, guint64 round, gint64 at_us);
