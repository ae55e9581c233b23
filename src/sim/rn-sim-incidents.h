/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens on the roads and who does what about it: incidents begin by chance where much is
 * driven, by script for the demonstration, or by hand for tests; each lives through a plan of times
 * made when it begins, and ends when the traffic behind it flows again. One thread. */
#pragma once

#include "model/rn-incident.h"
#include "sim/rn-ctm.h"
#include "sim/rn-sim-demand.h"
#include "sim/rn-sim-scene.h"
#include "sim/rn-sim-weather.h"

#define RN_SIM_MAX_LANES 8
#define RN_SIM_NEVER G_MAXINT64
#define RN_SIM_DEMO_SEED 1 /* the seed whose world has the incidents of the demonstration */

typedef struct {
  gint64 at_us;
  const char *by, *text; /* static */
} RnSimLogLine;

typedef struct {
  char *id;
  RnIncidentType type;
  int level;
  guint32 section;
  double along_m; /* from the start of the section, in the direction of travel */
  int n_lanes;
  guint8 lane[RN_SIM_MAX_LANES + 1]; /* RnLaneState by lane; [0] the shoulder */
  int casualties;
  gboolean hazmat;
  gint64 times_us[RN_N_INCIDENT_TIMES]; /* as planned; RN_SIM_NEVER while nobody knows */
  gint64 expected_end_us;
  gint64 end_us;                             /* of being listed */
  gint64 party_us[RN_N_PARTIES][RN_N_STEPS]; /* RN_SIM_NEVER: not */
  gboolean party[RN_N_PARTIES];
  GArray *log;   /* RnSimLogLine, by time */
  char *related; /* id of the one it is secondary to, or NULL */
  const char *owner;
  char *zh, *en; /* description */
} RnSimIncident;

typedef struct _RnSimIncidents RnSimIncidents;

/** @demo: in the language of the embedded province, and, in the demonstration's own scene, with its
 *  incidents relative to @start_us; else with the jams of @scene. */
RnSimIncidents *
rn_sim_incidents_new (const RnNetwork *network, const RnSimDemand *demand, guint64 seed,
                      gint64 start_us, RnSimScene scene, gboolean demo);
void rn_sim_incidents_free (RnSimIncidents *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSimIncidents, rn_sim_incidents_free)

/** Every round, before the cells run: begins, ends. @ctm tells where traffic is heavy and whether
 *  it flows again, @weather where there is water on the road. */
void rn_sim_incidents_step (RnSimIncidents *self, const RnCtm *ctm, const RnSimWeather *weather,
                            gint64 at_us);

/** All of them, also those not reported yet; elements and array borrowed. */
const GPtrArray *rn_sim_incidents_all (const RnSimIncidents *self);
RnSimIncident *rn_sim_incidents_find (const RnSimIncidents *self, const char *id);
/** The jams of the scene: RnSimJam by time. */
const GArray *rn_sim_incidents_jams (const RnSimIncidents *self);

/** Whether it stands in the document at @at_us; its status, and revision, then. */
gboolean rn_sim_incident_listed (const RnSimIncident *incident, gint64 at_us);
RnIncidentStatus rn_sim_incident_status (const RnSimIncident *incident, gint64 at_us);
int rn_sim_incident_revision (const RnSimIncident *incident, gint64 at_us);
/** Whether it takes lanes, and what it leaves of the capacity where it lies, 0 … 1. */
double rn_sim_incident_factor (const RnSimIncident *incident, gint64 at_us);

/** Shuts @section at @along_m from @at_us on, until it is lifted. Returns the id. */
const char *
rn_sim_incidents_shut (RnSimIncidents *self, guint32 section, double along_m, gint64 at_us);
/** Lifts one made by rn_sim_incidents_shut(). FALSE: there is none. */
gboolean rn_sim_incidents_lift (RnSimIncidents *self, const char *id, gint64 at_us);
