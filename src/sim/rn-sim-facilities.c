/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parking follows a balance of arrivals and stays; what part of the passing traffic comes in is
 * fitted once, so that an area is about as full at the top of a holiday as its draw says. A plaza
 * opens lanes with demand and is metered or closed when the road behind it stands. */
#include "sim/rn-sim-facilities.h"

#include "sim/rn-sim-random.h"
#include "sim/rn-sim-time.h"

#include <math.h>

#define STEP_H (1.0 / 60.0)
#define CAR_STAY_H 0.55
#define TRUCK_STAY_H 1.2
#define CHARGE_H 0.75
#define OVERFULL 1.03 /* cars park where they should not, up to this */
#define CONTROL_AT 0.97
#define STOCK_HOURS 30.0 /* that a full tank lasts at the inflow of a holiday */
/* Tankers come between these, but for a few tanks that are known to be filled late. */
#define REFILL_LEAST_PCT 20.0
#define REFILL_MOST_PCT 32.0
#define REFILL_LATE_PCT 7.0
#define LATE_SHARE 0.025
#define VEHICLE_M 7.1 /* of a queue */
#define METER_EASE 0.35
#define CLOSE_EASE 0.10

typedef struct {
  RnSimFacilities public;
  const RnNetwork *network;
  const RnSimDemand *demand;
  guint64 seed;
  gint64 day;
  double *base_vph; /* by facility: passing flow at the top of a holiday */
} Facilities;

static const struct {
  const char *grade;
  double price_cny_l, sold; /* share of the areas that sell it */
} fuels[RN_SIM_N_FUELS] = {
  { "92", 7.68, 1.0 }, { "95", 8.17, 1.0 },  { "98", 9.67, 0.7 },
  { "0", 7.29, 1.0 },  { "LNG", 4.85, 0.3 }, { "H2", 35.0, 0.06 },
};

const char *
rn_sim_fuel (guint i, double *price_cny_l)
{
  if (i >= RN_SIM_N_FUELS)
    return NULL;
  *price_cny_l = fuels[i].price_cny_l;
  return fuels[i].grade;
}

static double
draw (const Facilities *self, guint f, guint64 what)
{
  return rn_sim_uniform (self->seed, RN_SIM_STREAM_FACILITY, f, what);
}

/* At what stock a tanker fills tank @k up. */
static double
refill_pct (const Facilities *self, guint f, guint k)
{
  if (draw (self, f, 40 + k) < LATE_SHARE)
    return REFILL_LATE_PCT;
  return REFILL_LEAST_PCT + (REFILL_MOST_PCT - REFILL_LEAST_PCT) * draw (self, f, 50 + k);
}

static void
set_up_area (Facilities *self, guint f)
{
  const RnFacility *facility = &self->network->facilities[f];
  RnSimFacility *state = &self->public.state[f];
  double base = MAX (self->base_vph[f], 200.0), full = 0.55 + 0.50 * draw (self, f, 1);

  if (facility->parking_car >= 1000)
    full = 1.3; /* the famous one is always full */
  state->car_rate = full * MAX (facility->parking_car, 0) / (CAR_STAY_H * base);
  state->truck_rate =
      (0.45 + 0.4 * draw (self, f, 2)) * MAX (facility->parking_truck, 0) / (TRUCK_STAY_H * base);
  state->charge_rate =
      (0.6 + 0.6 * draw (self, f, 3)) * MAX (facility->chargers, 0) / (CHARGE_H * base);
  for (guint k = 0; k < RN_SIM_N_FUELS; k++)
    state->stock_pct[k] = draw (self, f, 10 + k) < fuels[k].sold
                              ? refill_pct (self, f, k) + 62.0 * draw (self, f, 20 + k)
                              : NAN;
}

static void
set_up_plaza (Facilities *self, guint f)
{
  RnSimFacility *state = &self->public.state[f];
  double u = draw (self, f, 4);

  state->mode = u < 0.62   ? RN_TOLL_BOOTH
                : u < 0.80 ? RN_TOLL_CARD_NO_BOOTH
                : u < 0.96 ? RN_TOLL_NO_CARD_NO_BOOTH
                           : RN_TOLL_FREE_FLOW;
  state->etc_pct = 62.0 + 16.0 * draw (self, f, 5);
  state->entry = RN_ENTRY_OPEN;
}

RnSimFacilities *
rn_sim_facilities_new (const RnNetwork *network, const RnSimDemand *demand, guint64 seed)
{
  Facilities *self = g_new0 (Facilities, 1);

  self->network = network;
  self->demand = demand;
  self->seed = seed;
  self->public.n = network->n_facilities;
  self->public.state = g_new0 (RnSimFacility, network->n_facilities + 1);
  self->base_vph = g_new0 (double, network->n_facilities + 1);
  for (guint f = 0; f < network->n_facilities; f++)
    {
      const RnFacility *facility = &network->facilities[f];

      for (guint k = 0; k < facility->n_sections; k++)
        self->base_vph[f] += demand->base_vph[facility->sections[k]];
      if (facility->type == RN_FACILITY_SERVICE_AREA)
        set_up_area (self, f);
      else if (facility->type == RN_FACILITY_TOLL_PLAZA)
        set_up_plaza (self, f);
    }
  return &self->public;
}

void
rn_sim_facilities_free (RnSimFacilities *public)
{
  Facilities *self = (Facilities *) public;

  g_free (public->state);
  g_free (self->base_vph);
  g_free (self);
}

/* Meals and tired drivers: more come in around noon and in the evening. */
static double
appetite (double hour)
{
  double noon = (hour - 12.2) / 1.1, evening = (hour - 18.2) / 1.2;

  return 0.9 + 0.35 * exp (-noon * noon) + 0.25 * exp (-evening * evening);
}

static void
step_area (const Facilities *self, guint f, double passing_vph, double hour)
{
  const RnFacility *facility = &self->network->facilities[f];
  RnSimFacility *state = &self->public.state[f];
  double cars = passing_vph * state->car_rate * appetite (hour);
  double trucks = passing_vph * state->truck_rate;
  double evs = passing_vph * state->charge_rate * appetite (hour);
  double room = OVERFULL * facility->parking_car, total = MAX (facility->chargers, 0);

  state->car_used += (cars - state->car_used / CAR_STAY_H) * STEP_H;
  if (state->car_used > room) /* the rest drives on */
    {
      cars -= (state->car_used - room) / STEP_H;
      state->car_used = room;
    }
  state->truck_used += (trucks - state->truck_used / TRUCK_STAY_H) * STEP_H;
  state->truck_used = MIN (state->truck_used, MAX (facility->parking_truck, 0));
  state->charging += (evs - MIN (state->charging, total) / CHARGE_H) * STEP_H;
  state->charging = MIN (state->charging, 1.6 * total);
  state->charger_queue = MAX (state->charging - total, 0.0);
  state->inflow_vph = MAX (cars, 0.0) + trucks;
  state->status = facility->parking_car <= 0                              ? RN_AREA_OPEN
                  : state->car_used >= 0.995 * facility->parking_car      ? RN_AREA_FULL
                  : state->car_used >= CONTROL_AT * facility->parking_car ? RN_AREA_CONTROLLED
                                                                          : RN_AREA_OPEN;
  for (guint k = 0; k < RN_SIM_N_FUELS; k++)
    {
      double use = passing_vph / MAX (self->base_vph[f], 1.0) * 100.0 / STOCK_HOURS * STEP_H;

      state->stock_pct[k] -= use * (0.7 + 0.6 * draw (self, f, 30 + k));
      if (state->stock_pct[k] < refill_pct (self, f, k))
        state->stock_pct[k] = 95.0;
    }
}

static void
step_plaza (const Facilities *self, guint f, const RnCtm *ctm, const double *ease)
{
  const RnFacility *facility = &self->network->facilities[f];
  RnSimFacility *state = &self->public.state[f];
  double wanted = 0.0, waiting = 0.0, least = 1.0;

  state->entry_vph = state->exit_vph = 0.0;
  for (guint k = 0; k < facility->n_sections; k++)
    {
      guint32 i = facility->sections[k];
      RnCtmMeasure m = rn_ctm_measure (ctm, i);

      if (self->demand->plaza_in[i] == f)
        {
          state->entry_vph += m.entered_vph;
          waiting += rn_ctm_waiting (ctm, i);
          least = MIN (least, ease[i]);
        }
      if (self->demand->plaza_out[i] == f)
        state->exit_vph += m.left_vph;
    }
  wanted = state->entry_vph + 20.0 * waiting;
  state->entry_open =
      CLAMP ((int) ceil (wanted / (0.75 * RN_SIM_LANE_VPH)) + 1, 1, MAX (facility->lanes_entry, 1));
  state->exit_open = CLAMP ((int) ceil (state->exit_vph / (0.6 * RN_SIM_LANE_VPH)) + 2, 1,
                            MAX (facility->lanes_exit, 1));
  state->queue_m = waiting * VEHICLE_M / state->entry_open;
  state->entry = least < CLOSE_EASE   ? RN_ENTRY_CLOSED
                 : least < METER_EASE ? RN_ENTRY_METERED
                                      : RN_ENTRY_OPEN;
}

void
rn_sim_facilities_step (RnSimFacilities *public, const RnCtm *ctm, const double *ease, gint64 at_us)
{
  Facilities *self = (Facilities *) public;
  RnSimDate date = rn_sim_date (at_us);

  for (guint f = 0; f < public->n; f++)
    {
      const RnFacility *facility = &self->network->facilities[f];
      RnSimFacility *state = &public->state[f];
      double passing = 0.0;

      for (guint k = 0; k < facility->n_sections; k++)
        passing += rn_ctm_measure (ctm, facility->sections[k]).flow_vph;
      state->passing_vph = passing;
      if (facility->type == RN_FACILITY_SERVICE_AREA)
        step_area (self, f, passing, date.hour);
      else if (facility->type == RN_FACILITY_TOLL_PLAZA)
        step_plaza (self, f, ctm, ease);
      else if (facility->type == RN_FACILITY_CHECKPOINT)
        {
          if (date.number != self->day) /* the part of the day before the world began, once */
            state->vehicles_today =
                self->day == 0 ? 0.3 * self->base_vph[f] * rn_sim_demand_since_midnight_h (at_us)
                               : 0.0;
          state->vehicles_today += 0.3 * passing * STEP_H;
        }
    }
  self->day = date.number;
  public->at_us = at_us;
}

double
rn_sim_facilities_entry_share (const RnSimFacilities *public, guint32 section)
{
  const Facilities *self = (const Facilities *) public;
  guint32 f = self->demand->plaza_in[section];

  if (f == RN_NONE)
    return 1.0;
  switch (public->state[f].entry)
    {
    case RN_ENTRY_CLOSED:
      return 0.0;
    case RN_ENTRY_METERED:
      return 0.4;
    case RN_ENTRY_UNKNOWN:
    case RN_ENTRY_OPEN:
    default:
      return 1.0;
    }
}
