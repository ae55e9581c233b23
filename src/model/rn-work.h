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
  RN_IMPACT_OTHER,
  RN_IMPACT_SHIFTED /* all lanes open, but not where they were */
} RnWorkImpact;
typedef enum { RN_WORK_LANE_OPEN, RN_WORK_LANE_CLOSED, RN_WORK_LANE_OTHER } RnWorkLaneState;
typedef enum {
  RN_WORK_ZONE,
  RN_WORK_DETOUR,     /* the way round some works */
  RN_WORK_RESTRICTION /* holds without works */
} RnWorkKind;
/** What its owner says of it, apart from times. */
typedef enum {
  RN_WORK_STATUS_UNKNOWN,
  RN_WORK_STATUS_PLANNED,
  RN_WORK_STATUS_ACTIVE,
  RN_WORK_STATUS_COMPLETED,
  RN_WORK_STATUS_CANCELLED
} RnWorkStatus;

typedef struct {
  int order;  /* 1 = leftmost in the direction of travel */
  char *type; /* "general", "shoulder" …: the words of WZDx 4 */
  RnWorkLaneState state;
} RnWorkLane;

/** What may not drive there. */
typedef struct {
  char *type;       /* the words of WZDx: "no-trucks", "reduced-width" … */
  double limit;     /* of width, height, length in m, of weight in t; NaN none */
  gboolean is_mass; /* the limit is one of weight */
} RnWorkRestriction;

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
  RnWorkKind kind;
  RnWorkStatus status;
  GStrv roads;                 /* all references, `road` the first; NULL none */
  char *from_place, *to_place; /* cross streets, junctions; NULL unknown */
  double from_post, to_post;   /* mileposts, may run down; NaN unknown */
  gboolean posts_in_km;        /* they count kilometres, not miles */
  char *reference;             /* the owner's own name of it, not for reading out; NULL none */
  gint64 workers_at_us;        /* when their presence was last confirmed; 0 unknown */
  gint64 updated_us;           /* when its owner last changed it; 0 unknown */
  guint n_restrictions;
  RnWorkRestriction *restrictions;
} RnWork;

RnWork *rn_work_new (const char *source, const char *id);
RnWork *rn_work_ref (const RnWork *self);
void rn_work_unref (const RnWork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnWork, rn_work_unref)

/** Whether it goes on at @now_us: start ≤ now < end; an unknown start counts as begun. What the
 *  owner says comes before a time that is only estimated: completed and cancelled always count as
 *  ended, active and planned where the time has not been verified. */
RnWorkPhase rn_work_phase (const RnWork *self, gint64 now_us);
/** How long past its permitted (else best known) end it still goes on, µs; 0 when not. */
gint64 rn_work_overrun_us (const RnWork *self, gint64 now_us);
/** Share of capacity left while active: capacity_factor, else from lanes, else from the impact
 *  (all closed 0, some closed 0.5, alternating 0.5, else 1). A list of closed lanes only says
 *  nothing of how many there are; then the impact counts. */
double rn_work_capacity_factor (const RnWork *self);
const char *rn_work_impact_title (RnWorkImpact impact);
/** "Road works", "Detour", "Restriction": for a work without a name. */
const char *rn_work_kind_title (RnWorkKind kind);
/** "Width up to 3.4 m", "No trucks". Caller's. */
char *rn_work_restriction_title (const RnWorkRestriction *restriction);
/** "northbound" in the language in use; other words as they are, NULL for none and "unknown". */
const char *rn_work_direction_title (const char *direction);
/** "surface-work" in the language in use, to be read within a list; NULL for words not known. */
const char *rn_work_type_title (const char *type);
/** Where it lies by its own posts or cross streets: "mile 87–89", "K12+300–K14+000", "Exit 87 – CO
 *  13"; NULL unknown. Caller's. */
char *rn_work_dup_reach (const RnWork *self);
