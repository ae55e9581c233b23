/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of plans: the criteria and typical measures that hold where a plan brings none of its own,
 * and plans for networks whose server has none. Immutable, atomically refcounted. Pure; any
 * thread. */
#pragma once

#include "alert/rn-plan-criteria.h"
#include "model/rn-network.h"
#include "model/rn-plan.h"

/** A measure as it stands in a plan, before it is ordered. */
typedef struct {
  int tier;
  RnNames *what, *where; /* where: NULL none */
  char *party;           /* "operator", "police" …; NULL unknown */
  gboolean closure;      /* closes something: needs a second person */
} RnPlanTemplate;

typedef struct {
  char *id;
  RnNames *names;
  char *road;
  RnDirection direction;
  double from_m, to_m;
} RnPlanOutline;

typedef struct {
  RnPlanCriteria *criteria;
  GPtrArray *templates; /* RnPlanTemplate, IV first */
  GPtrArray *outlines;  /* RnPlanOutline */
  gint64 ask_again_us;  /* after a suggestion was declined */
  double coverage;      /* share of the length that has to be known, 0…1 */
  double window_m;      /* over which saturation and speed ratio are averaged */
} RnPlanFile;

/** Built in: data/rules/plans.json; never NULL. */
const RnPlanFile *rn_plan_file_default (void);
/** Another one; members that it lacks are those of the default. NULL with @error, whose message
 *  names @name and the path in it. */
RnPlanFile *rn_plan_file_parse (GBytes *json, const char *name, GError **error);
RnPlanFile *rn_plan_file_ref (const RnPlanFile *self);
void rn_plan_file_unref (const RnPlanFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnPlanFile, rn_plan_file_unref)

/** Measures by tier, as plans carry them: `{"III": [{"what", "party", "where"}]}`; RnPlanTemplate,
 *  caller's. NULL with @error. */
GPtrArray *rn_plan_templates_parse (const char *json, GError **error);

/** Its plans that have sections in @network: RnPlan of the source of those, caller's. */
GPtrArray *rn_plan_file_dup_plans (const RnPlanFile *self, const RnNetwork *network);
