/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tiered plans for heavy flow and the measures in force. A simulated shift leader raises and lowers
 * tiers by the default table, one step at a time and never to I, which needs a second person. One
 * thread. */
#pragma once

#include "sim/rn-sim-detectors.h"
#include "sim/rn-sim-time.h"

typedef struct {
  char *id;
  char *zh, *en;
  GArray *sections;      /* guint32, in the direction of travel */
  GPtrArray *facilities; /* ids, borrowed from the network */
  int tier;              /* 0 none, 4 … 1 */
  gint64 since_us;
  gint64 up_us, down_us; /* since when the criteria for the next tier, for the end of this hold */
  double saturation, ratio, slow_km, severe_km; /* of the last step */
} RnSimPlan;

typedef struct {
  char *id;
  const RnSimPlan *plan;
  int tier;
  const char *what, *where, *party, *by;
  gint64 ordered_us, confirmed_us, executed_us, lifted_us; /* 0 not yet */
} RnSimMeasure;

typedef struct {
  GPtrArray *plans;    /* RnSimPlan */
  GPtrArray *measures; /* RnSimMeasure, oldest first */
  gint64 at_us;
} RnSimPlans;

RnSimPlans *
rn_sim_plans_new (const RnNetwork *network, const RnSimDemand *demand, guint64 seed, gboolean demo);
void rn_sim_plans_free (RnSimPlans *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSimPlans, rn_sim_plans_free)

/** Every 60 s. @limit_kmh and @factor: by section, in force. */
void rn_sim_plans_step (RnSimPlans *self, const RnSimDetectors *detectors, const double *limit_kmh,
                        const double *factor, gint64 at_us);

/** "IV" … "I"; the default criteria of all plans, and what is ordered at a tier, as JSON text. */
const char *rn_sim_tier_word (int tier);
const char *rn_sim_plans_criteria (void);
char *rn_sim_plans_measures (void);
