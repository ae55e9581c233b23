/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The simulated province: owns all parts and orders one round of 30 s of data time. Goes forward
 * only, on a fixed grid from its start, so that what it holds at a data time depends on seed, start
 * and that time alone. One thread. */
#pragma once

#include "model/rn-network.h"
#include "sim/rn-ctm.h"
#include "sim/rn-sim-demand.h"
#include "sim/rn-sim-detectors.h"
#include "sim/rn-sim-facilities.h"
#include "sim/rn-sim-incidents.h"
#include "sim/rn-sim-kpis.h"
#include "sim/rn-sim-plans.h"
#include "sim/rn-sim-scene.h"
#include "sim/rn-sim-time.h"
#include "sim/rn-sim-weather.h"
#include "sim/rn-sim-works.h"

#define RN_SIM_ERROR (rn_sim_error_quark ())
GQuark rn_sim_error_quark (void);
typedef enum {
  RN_SIM_ERROR_OPTION,  /* an option that makes no sense */
  RN_SIM_ERROR_NETWORK, /* a network that cannot be simulated */
  RN_SIM_ERROR_UNKNOWN, /* no such section or incident */
} RnSimError;

#define RN_SIM_ROUND (30 * RN_SIM_SECOND)
#define RN_SIM_SEED RN_SIM_DEMO_SEED
/** 2026-10-01T10:12:00+08:00: the first morning of the holiday week. */
#define RN_SIM_START G_GINT64_CONSTANT (1790820720000000)

typedef struct {
  guint64 seed;
  gint64 start_us;          /* Unix µs; whole seconds */
  const char *network_file; /* NULL: the embedded province */
  guint n_sections;         /* 0: no grid */
  RnSimScene scene;         /* what the day brings; its own start counts where it has one */
} RnSimOptions;

#define RN_SIM_OPTIONS_INIT                                                                        \
  {                                                                                                \
    .seed = RN_SIM_SEED, .start_us = RN_SIM_START                                                  \
  }

typedef struct _RnSimWorld RnSimWorld;

/** Builds the world and runs it from some hours before the start, so that queues and works are
 *  there when it begins. */
RnSimWorld *rn_sim_world_new (const RnSimOptions *options, GError **error);
void rn_sim_world_free (RnSimWorld *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSimWorld, rn_sim_world_free)

/** Runs on to the last grid time at or before @at_us; nothing when that is past. */
void rn_sim_world_advance (RnSimWorld *self, gint64 at_us);

/** The last grid time reached, and the last one that is a multiple of @poll_s after the start. */
gint64 rn_sim_world_at (const RnSimWorld *self, int poll_s);
gint64 rn_sim_world_start (const RnSimWorld *self);
guint64 rn_sim_world_seed (const RnSimWorld *self);

const RnNetwork *rn_sim_world_network (const RnSimWorld *self);
const RnSimDemand *rn_sim_world_demand (const RnSimWorld *self);
const RnCtm *rn_sim_world_ctm (const RnSimWorld *self);
const RnSimDetectors *rn_sim_world_detectors (const RnSimWorld *self);
RnSimIncidents *rn_sim_world_incidents (const RnSimWorld *self);
RnSimWorks *rn_sim_world_works (const RnSimWorld *self);
const RnSimWeather *rn_sim_world_weather (const RnSimWorld *self);
const RnSimFacilities *rn_sim_world_facilities (const RnSimWorld *self);
const RnSimFigures *rn_sim_world_figures (const RnSimWorld *self);
const RnSimPlans *rn_sim_world_plans (const RnSimWorld *self);
/** Whether it is the embedded province. */
gboolean rn_sim_world_is_demo (const RnSimWorld *self);
