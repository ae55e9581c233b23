/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of the operator, counted from the simulated traffic and incidents; what the roads do
 * not tell (the hotline, tolling's back office) follows the day's curve. One thread. */
#pragma once

#include "sim/rn-sim-detectors.h"
#include "sim/rn-sim-facilities.h"
#include "sim/rn-sim-incidents.h"
#include "sim/rn-sim-works.h"

#define RN_SIM_SAMPLES 72 /* of a series: 12 h, one each 10 min */

typedef struct {
  double smooth_pct, slow_km, severe_km, mean_kmh;
} RnSimRoadFigures;

typedef struct {
  gint64 at_us;
  RnSimRoadFigures roads;
  double vehicles_today, vehicles_record;
  guint incidents_today, secondary_today;
  double response_min; /* median of occurred → arrived today; NaN none */
  double etc_pct;
  guint n_samples; /* of the series, oldest first */
  gint64 sample_us[RN_SIM_SAMPLES];
  float sample_smooth[RN_SIM_SAMPLES], sample_kmh[RN_SIM_SAMPLES], sample_vehicles[RN_SIM_SAMPLES];
} RnSimFigures;

typedef struct _RnSimKpis RnSimKpis;

RnSimKpis *rn_sim_kpis_new (const RnNetwork *network, const RnSimDemand *demand);
void rn_sim_kpis_free (RnSimKpis *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSimKpis, rn_sim_kpis_free)

/** Every 60 s. @limit_kmh: by section, in force. */
void rn_sim_kpis_step (RnSimKpis *self, const RnCtm *ctm, const RnSimDetectors *detectors,
                       const RnSimIncidents *incidents, const RnSimFacilities *facilities,
                       const double *limit_kmh, gint64 at_us);

const RnSimFigures *rn_sim_kpis_figures (const RnSimKpis *self);
