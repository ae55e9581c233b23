/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says, for each tiered plan, which criteria hold, for how long, what is missing, and whether a
 * tier should be entered or left. It proposes; people decide. Durations run in data time. Pure and
 * deterministic; one thread at a time. */
#pragma once

#include "alert/rn-plan-measure.h"

typedef enum {
  RN_PLAN_ABSENT,  /* nobody measures it here: left out of its tree */
  RN_PLAN_UNKNOWN, /* it is measured, but not known now */
  RN_PLAN_NO,
  RN_PLAN_YES,
} RnPlanTruth;

/** One limit of a tree. */
typedef struct {
  const RnPlanNode *node;
  double value;      /* NaN unknown */
  RnPlanTruth truth; /* with its own duration, where it has one */
  gint64 held_us;    /* so long beyond the limit; 0 not now */
} RnPlanLimitFinding;

/** One tree. */
typedef struct {
  const RnPlanTree *tree; /* n_nodes 0: not given; all else is 0 */
  RnPlanTruth truth;      /* without the duration of the whole */
  gboolean met;           /* and for as long as it has to */
  gint64 held_us, for_us;
  gint64 met_since_us;        /* data time; 0 not met */
  guint n, n_yes;             /* limits that are measured; that hold of these */
  RnPlanLimitFinding *limits; /* tree->n_limits, in their order */
} RnPlanTreeFinding;

typedef enum { RN_PLAN_HOLD, RN_PLAN_RAISE, RN_PLAN_LOWER } RnPlanMove;

/** A plan as it stands. Borrowed until the next step. */
typedef struct {
  RnPlan *plan;
  RnPlanScope *scope;
  RnPlanCriteria *criteria; /* its own, else those of the file */
  GPtrArray *templates;     /* RnPlanTemplate: its own, else those of the file */
  gboolean served;          /* by a server; else from the file */
  char *refusal;            /* why its own criteria or measures are not used; NULL */
  int tier;                 /* in force, as the caller of the step says */
  RnPlanReadings readings;
  RnPlanTreeFinding enter[RN_N_TIERS], leave[RN_N_TIERS];
  gboolean lost;     /* what would decide is not known: nothing is proposed */
  RnPlanMove move;   /* what is proposed */
  int to;            /* the tier proposed; with HOLD the present one */
  gboolean straight; /* straight to I, for an incident */
  int evidence;      /* tier whose tree decides: enter[] when raising, leave[] when lowering */
  gint64 since_us;   /* session's clock: since when this is proposed; 0 with HOLD */
  GArray *trend;     /* RnPlanSample, oldest first: a day at most, one a minute */
} RnPlanAdvice;

typedef struct {
  gint64 at_us;
  double slow_km, saturation; /* NaN unknown */
} RnPlanSample;

typedef struct _RnPlanAdvisor RnPlanAdvisor;

/** The tier in force of a plan: 0 none, 4 (IV) … 1 (I). */
typedef int (*RnPlanTierFunc) (const RnPlan *plan, gpointer data);

RnPlanAdvisor *rn_plan_advisor_new (const RnPlanFile *file);
void rn_plan_advisor_free (RnPlanAdvisor *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnPlanAdvisor, rn_plan_advisor_free)

/** Another file; plans that keep their criteria keep what is remembered of them. */
void rn_plan_advisor_set_file (RnPlanAdvisor *self, const RnPlanFile *file);

/** Looks at @frame at @now_us (session's clock). A plan of a source that serves plans is the
 *  server's; the file's plans count for networks of sources without any. */
void rn_plan_advisor_step (RnPlanAdvisor *self, const RnFrame *frame, gint64 now_us,
                           RnPlanTierFunc tier_of, gpointer data);

/** RnPlanAdvice, in the order of the sources and the file. Borrowed. */
const GPtrArray *rn_plan_advisor_get (const RnPlanAdvisor *self);
const RnPlanAdvice *rn_plan_advisor_find (const RnPlanAdvisor *self, const char *key);

/** Whether a move is one that a person may confirm: a tier up or down; to I from any with an
 *  incident of level I or II on the scope. */
gboolean rn_plan_advice_allows (const RnPlanAdvice *self, int to);
/** Since when a measure ordered at @tier should be lifted, for its tier's criteria to leave are
 *  met: data time; 0: not. */
gint64 rn_plan_advice_lift_us (const RnPlanAdvice *self, int tier);
/** The evidence of the tree that decides (or is nearest to deciding), as a JSON object. Caller
 *  frees. */
char *rn_plan_advice_dup_evidence (const RnPlanAdvice *self, RnPlanMove move, int tier);
/** The next tier up (from none to IV … to I), and down; I has none up, none has none down: -1. */
int rn_plan_next_up (int tier);
int rn_plan_next_down (int tier);
