/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Traffic state and level of service: the tables of alerting.md as data, and the rule that turns a
 * row of flow into a state. Pure. */
#pragma once

#include "model/rn-network.h"

/** 0 no data, 1 smooth … 5 severe. */
#define RN_N_STATES 6

typedef enum {
  RN_MARK_NONE,
  RN_MARK_FEW_VEHICLES, /* state 1 because hardly anyone drives */
  RN_MARK_STANDSTILL,   /* counts although there is no flow */
} RnStateMark;

typedef struct {
  double min_ratio[RN_N_STATES]; /* [1]…[4]: least speed ratio of the state; [5] is 0 */
  double max_los[7];             /* [1]…[5]: greatest v/C of the level; [6] unbounded */
  double min_flow_vph_lane;      /* 60 */
  double min_occupancy_pct;      /* 15 */
  double standstill_kmh;         /* 15 */
  gint64 standstill_memory_us;   /* 10 min */
  guint8 standstill_own, standstill_upstream; /* 3, 4 */
} RnStateTable;

/** The default table, read from the embedded data/tables/traffic-state.json; never NULL. */
const RnStateTable *rn_state_table_default (void);
/** Reads a table; refuses one that is not strictly falling or has a member out of range. */
gboolean rn_state_table_parse (GBytes *json, RnStateTable *out, GError **error);

/** The state of one row. @flow_vph, @lanes (0 unknown: counts as 1), @speed_kmh,
 *  @effective_speed_kmh, @occupancy_pct: NaN unknown. @remembered: whether the section was in state
 *  ≥ standstill_own, or an upstream neighbour ≥ standstill_upstream, within the memory. */
guint8 rn_state_of (const RnStateTable *table, double flow_vph, int lanes, double speed_kmh,
                    double effective_speed_kmh, double occupancy_pct, gboolean remembered,
                    RnStateMark *mark);

/** Level of service 1…6 of volume over capacity; 0 when either is unknown. */
guint8 rn_los_of (const RnStateTable *table, double flow_vph, double capacity_vph);

const char *rn_state_title (guint8 state); /* "Severe", in the language in use */
