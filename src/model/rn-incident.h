/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An incident and what is done about it. Immutable once in a frame, atomically refcounted. */
#pragma once

#include "model/rn-network.h"

typedef enum {
  RN_INCIDENT_CRASH,
  RN_INCIDENT_BREAKDOWN,
  RN_INCIDENT_DEBRIS,
  RN_INCIDENT_FIRE,
  RN_INCIDENT_HAZMAT,
  RN_INCIDENT_CONGESTION,
  RN_INCIDENT_WEATHER,
  RN_INCIDENT_CLOSURE,
  RN_INCIDENT_INFRASTRUCTURE,
  RN_INCIDENT_OTHER,
  RN_N_INCIDENT_TYPES
} RnIncidentType;
typedef enum {
  RN_INCIDENT_REPORTED,
  RN_INCIDENT_CONFIRMED,
  RN_INCIDENT_RESPONDING,
  RN_INCIDENT_CLEARING,
  RN_INCIDENT_CLOSED
} RnIncidentStatus;
typedef enum { RN_LANE_OPEN, RN_LANE_AFFECTED, RN_LANE_BLOCKED } RnLaneState;
/* T0–T7 of FHWA's traffic incident management timeline */
typedef enum {
  RN_TIME_OCCURRED,
  RN_TIME_REPORTED,
  RN_TIME_VERIFIED,
  RN_TIME_DISPATCHED,
  RN_TIME_ARRIVED,
  RN_TIME_LANES_OPEN,
  RN_TIME_DEPARTED,
  RN_TIME_NORMAL,
  RN_N_INCIDENT_TIMES
} RnIncidentTime;
typedef enum {
  RN_PARTY_OPERATOR,
  RN_PARTY_POLICE,
  RN_PARTY_ENFORCEMENT,
  RN_PARTY_RESCUE,
  RN_PARTY_FIRE,
  RN_PARTY_MEDICAL,
  RN_N_PARTIES
} RnParty;
typedef enum {
  RN_STEP_NOTIFIED,
  RN_STEP_CONFIRMED,
  RN_STEP_DEPARTED,
  RN_STEP_ARRIVED,
  RN_STEP_LEFT,
  RN_N_STEPS
} RnPartyStep;

typedef struct {
  int lane; /* 1 = the median's; 0 = shoulder */
  RnLaneState state;
} RnIncidentLane;
typedef struct {
  gint64 at_us;
  char *by, *text;
} RnLogLine;
typedef struct {
  char *id;
  gboolean duplicate; /* else: this one is secondary to it */
} RnIncidentLink;

typedef struct {
  char *source, *id, *key;
  RnIncidentType type;
  RnIncidentStatus status;
  int level;         /* 1 (I) … 4 (IV); 0 unknown */
  guint32 section;   /* index in the frame's network, or RN_NONE */
  char *section_id;  /* as the source named it, NULL none */
  double chainage_m; /* NaN unknown */
  gboolean located;
  RnPoint at; /* when located */
  guint n_line;
  RnPoint *line; /* n_line = 0: a point */
  guint n_lanes;
  RnIncidentLane *lanes;
  int casualties; /* -1 unknown */
  gboolean hazmat;
  gint64 times_us[RN_N_INCIDENT_TIMES]; /* 0 unknown */
  gint64 expected_end_us;
  gboolean party_known[RN_N_PARTIES];
  gint64 party_us[RN_N_PARTIES][RN_N_STEPS]; /* 0 not yet */
  guint n_log;
  RnLogLine *log;
  guint n_related;
  RnIncidentLink *related;
  char *event_id; /* of the event that it is one record of, as its source names it; NULL none */
  char *owner;    /* NULL unknown */
  RnNames *description;
  gint64 revision;
  gint64 observed_at_us; /* of the answer that held it last */
} RnIncident;

/** A new one with everything unknown; fields are filled by the adapter before it is shared. */
RnIncident *rn_incident_new (const char *source, const char *id);
RnIncident *rn_incident_ref (const RnIncident *self);
void rn_incident_unref (const RnIncident *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnIncident, rn_incident_unref)

/** The share of @lanes running lanes that it leaves open, 0…1: a blocked lane counts 0, an affected
 *  one 0.5, the shoulder nothing. A closure without lanes leaves 0; an unknown lane count 1. */
double rn_incident_open_share (const RnIncident *self, int lanes);
gboolean rn_incident_active (const RnIncident *self); /* not closed */

const char *rn_incident_type_word (RnIncidentType type);  /* "crash", for symbols and interfaces */
const char *rn_incident_type_title (RnIncidentType type); /* in the language in use */
const char *rn_incident_status_title (RnIncidentStatus status);
const char *rn_party_title (RnParty party);
const char *const *rn_incident_type_words (void); /* NULL-terminated, in order */
const char *const *rn_incident_status_words (void);
