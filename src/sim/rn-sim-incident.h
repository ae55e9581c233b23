/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes one incident with all that will happen to it. Private to the incidents. */
#pragma once

#include "sim/rn-sim-incidents.h"

typedef struct {
  const RnNetwork *network;
  guint64 seed;     /* of this incident's chance */
  gboolean chinese; /* language of its log */
} RnSimIncidentMaker;

/** @id is copied. Lanes, level, people, times and log follow from type and chance. */
RnSimIncident *
rn_sim_incident_new (const RnSimIncidentMaker *maker, const char *id, RnIncidentType type,
                     guint32 section, double along_m, gint64 occurred_us);
void rn_sim_incident_free (RnSimIncident *self);

/** Sets when the lanes open again; what comes after moves with it. */
void rn_sim_incident_open_at (RnSimIncident *self, gint64 lanes_open_us);
void rn_sim_incident_add_log (RnSimIncident *self, gint64 at_us, const char *by, const char *text);
/** Describes it anew from its type, lanes and place. */
void rn_sim_incident_describe (RnSimIncident *self, const RnNetwork *network);
