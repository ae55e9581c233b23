/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A road work (construction, maintenance). Immutable once in a frame, atomically refcounted. */
#pragma once

#include "model/rn-network.h"

typedef enum { RN_WORK_PLANNED, RN_WORK_ACTIVE, RN_WORK_ENDED } RnWorkPhase;
typedef enum {
  RN_IMPACT_UNKNOWN,
  RN_IMPACT_ALL_OPEN,
  RN_IMPACT_SOME_CLOSED,
  RN_IMPACT_ALL_CLOSED,
  RN_IMPACT_ALTERNATING,
  RN_IMPACT_OTHER
} RnWorkImpact;
typedef enum { RN_WORK_LANE_OPEN, RN_WORK_LANE_CLOSED, RN_WORK_LANE_OTHER } RnWorkLaneState;

typedef struct {
  int order;  /* 1 = leftmost in the direction of travel */
  char *type; /* as given: "general", "shoulder" … */
  RnWorkLaneState state;
} RnWorkLane;

typedef struct {
  char *source, *id, *key;
  RnNames *names;       /* what is done */
  RnNames *description; /* NULL none */
  char *road;           /* reference as given, NULL unknown */
  char *direction;      /* as given */
  guint n_sections;
  guint32 *sections; /* indices in the frame's network */
  gboolean joined_by_place;
  guint n_line;
  RnPoint *line;           /* at least 1 when located */
  double capacity_factor;  /* 0…1; NaN unknown */
  double limit_kmh;        /* NaN none */
  gint64 start_us, end_us; /* best known; 0 unknown */
  gboolean start_verified, end_verified;
  gint64 plan_start_us, plan_end_us; /* as permitted */
  char *permit, *owner;
  RnWorkImpact impact;
  guint n_lanes;
  RnWorkLane *lanes;
  int workers; /* 1 present, 0 absent, -1 unknown */
  gint64 observed_at_us;
} RnWork;

RnWork *rn_work_new (const char *source, const char *id);
RnWork *rn_work_ref (const RnWork *self);
void rn_work_unref (const RnWork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnWork, rn_work_unref)

/** Whether it goes on at @now_us: start ≤ now < end; an unknown start counts as begun. */
RnWorkPhase rn_work_phase (const RnWork *self, gint64 now_us);
/** How long past its permitted (else best known) end it still goes on, µs; 0 when not. */
gint64 rn_work_overrun_us (const RnWork *self, gint64 now_us);
/** Share of capacity left while active: capacity_factor, else from lanes, else from the impact
 *  (all closed 0, some closed 0.5, alternating 0.5, else 1). */
double rn_work_capacity_factor (const RnWork *self);
const char *rn_work_impact_title (RnWorkImpact impact);
