/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The criteria of a tiered plan: for each tier a tree to enter it and one to leave it, of `all`,
 * `any` and limits. Immutable after reading. Pure; any thread. */
#pragma once

#include "alert/rn-metric.h"
#include "alert/rn-tier.h"
#include "base/rn-json.h"

#define RN_PLAN_MAX_NODES 64 /* of a tree */

typedef enum { RN_PLAN_ALL, RN_PLAN_ANY, RN_PLAN_LIMIT } RnPlanNodeKind;

typedef struct {
  RnPlanNodeKind kind;
  gint64 for_us; /* has to hold so long, in data time */
  guint first;   /* ALL, ANY: its children are nodes[first] … nodes[first + n - 1] */
  guint n;
  RnMetric metric;     /* LIMIT */
  double above, below; /* value ≥ above, value < below; NaN: not asked */
} RnPlanNode;

/** nodes[0] is the root; children come after their parents. */
typedef struct {
  guint n_nodes, n_limits;
  RnPlanNode *nodes;
} RnPlanTree;

typedef struct {
  RnPlanTree enter[RN_N_TIERS], leave[RN_N_TIERS]; /* by tier; n_nodes 0: not given */
} RnPlanCriteria;

/** Reads `{"III": {"enter": TREE, "exit": TREE}, …}`. NULL with @error (RN_JSON_ERROR, with the
 *  path) for what makes no sense: a metric that plans do not have, no limit, leaving beyond
 *  entering. */
RnPlanCriteria *rn_plan_criteria_read (const RnJson *place, GError **error);
/** The same of JSON text. */
RnPlanCriteria *rn_plan_criteria_parse (const char *json, GError **error);
RnPlanCriteria *rn_plan_criteria_copy (const RnPlanCriteria *self);
void rn_plan_criteria_free (RnPlanCriteria *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnPlanCriteria, rn_plan_criteria_free)

/** Whether plans have this metric: those of their sections, plazas and incidents. */
gboolean rn_plan_has_metric (RnMetric metric);

/** The limit in words: "≥ 0.75", "< 2.0 km", "II or worse". Caller frees. */
char *rn_plan_node_dup_limit (const RnPlanNode *node);
