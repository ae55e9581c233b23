/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Service areas, toll plazas and checkpoints: who is in them now, following from the traffic beside
 * them. One thread. */
#pragma once

#include "model/rn-facility-state.h"
#include "sim/rn-ctm.h"
#include "sim/rn-sim-demand.h"

#define RN_SIM_N_FUELS 6

typedef struct {
  /* service area; counts are fluid and rounded when written */
  double car_used, truck_used, charging, charger_queue, inflow_vph;
  double car_rate, truck_rate, charge_rate; /* of the passing flow that comes in */
  double stock_pct[RN_SIM_N_FUELS];         /* NaN: not sold here */
  RnAreaStatus status;
  /* toll plaza */
  int entry_open, exit_open; /* lanes */
  double entry_vph, exit_vph, queue_m, etc_pct;
  RnTollMode mode;
  RnEntry entry;
  double vehicles_today; /* checkpoint */
  double passing_vph;    /* on the sections beside it */
} RnSimFacility;

typedef struct {
  guint n;
  RnSimFacility *state; /* by facility of the network */
  gint64 at_us;
} RnSimFacilities;

RnSimFacilities *
rn_sim_facilities_new (const RnNetwork *network, const RnSimDemand *demand, guint64 seed);
void rn_sim_facilities_free (RnSimFacilities *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSimFacilities, rn_sim_facilities_free)

/** Every 60 s, with the measures of the round before. @ease: by section, 1 flows … 0 stands. */
void
rn_sim_facilities_step (RnSimFacilities *self, const RnCtm *ctm, const double *ease, gint64 at_us);

/** The share of its lanes' flow that the plaza at the start of @section lets in now: 1 open, less
 *  when metered, 0 closed. */
double rn_sim_facilities_entry_share (const RnSimFacilities *self, guint32 section);

/** What is sold: grade, price in yuan a litre; NULL past the last. */
const char *rn_sim_fuel (guint i, double *price_cny_l);
