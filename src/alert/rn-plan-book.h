/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was decided about tiered plans, as the fold of entries: which tier is in force and since
 * when, what waits for a second person, what was declined and why, and each measure from its order
 * to its end. Applies and checks; decides nothing. Pure; one thread at a time.
 *
 * Entries, all with the plan as subject:
 *   PLAN_PROPOSED  `tier`; `person`; `text`: why; `body`: `from`, the
 *                  tier then in force, and `evidence`
 *   PLAN_CONFIRMED `tier`; `person`; `count` 1 or 2; tier 1 needs both, of two persons
 *   PLAN_DECLINED  `tier`; `person`; `text`: why
 *   PLAN_TIER      `tier`, after its confirmations
 *   MEASURE        `key`, `text`: the step; when ordered also `tier` and, in `body`, `what`,
 *                  `where`, `party`, `closure`, `second` */
#pragma once

#include "alert/rn-alert-entry.h"

typedef enum {
  RN_MEASURE_ORDERED,
  RN_MEASURE_CONFIRMED, /* by the party */
  RN_MEASURE_EXECUTED,
  RN_MEASURE_LIFTED,
  RN_N_MEASURE_STEPS
} RnMeasureStep;

/** "ordered": for entries and interfaces; and back: -1 when @word is none. */
const char *rn_measure_step_word (RnMeasureStep step);
int rn_measure_step_from_word (const char *word);

typedef struct {
  RnAlertEntryKind kind; /* PLAN_PROPOSED, PLAN_DECLINED, PLAN_TIER */
  gint64 at_us;
  int tier, from;               /* from: in force before */
  char *person, *second, *text; /* NULL: nobody, none */
} RnPlanDecision;

typedef struct {
  char *key;        /* of the plan */
  gboolean decided; /* some tier was put in force here */
  int tier;
  gint64 since_us;
  char *by, *second;
  gint64 entered_us[RN_N_TIERS]; /* of tiers in force, by their levels; 0 not entered here */
  int proposed, proposed_from;   /* tiers; -1 none stands */
  gint64 proposed_us;
  char *proposed_by, *proposed_text; /* NULL unknown, none */
  char *first;                       /* who has confirmed it first; NULL nobody */
  gint64 first_us;
  char *other;  /* who has confirmed it second; NULL nobody */
  int declined; /* tier last declined; -1 none */
  gint64 declined_us;
  char *declined_by, *declined_text;
  GPtrArray *decisions; /* RnPlanDecision, oldest first; the last 100 */
} RnPlanState;

typedef struct {
  char *key, *plan; /* keys */
  int tier;
  char *what, *where, *party; /* where, party: NULL unknown */
  gboolean closure;
  gint64 at_us[RN_N_MEASURE_STEPS]; /* 0 not yet */
  char *by[RN_N_MEASURE_STEPS];
  char *second; /* who ordered a closure with the first; NULL */
} RnPlanMeasure;

typedef struct _RnPlanBook RnPlanBook;

RnPlanBook *rn_plan_book_new (void);
void rn_plan_book_free (RnPlanBook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnPlanBook, rn_plan_book_free)

/** Whether @entry is of a plan or measure at all. */
gboolean rn_plan_book_takes (const RnAlertEntry *entry);
/** Applies @entry. FALSE with @error (G_IO_ERROR_INVALID_ARGUMENT, in words for the operator) and
 *  nothing changed when it cannot be: a tier without its confirmations, the same person twice, a
 *  step of a measure that was not ordered. */
gboolean rn_plan_book_apply (RnPlanBook *self, const RnAlertEntry *entry, GError **error);
/** Whether apply would take it. */
gboolean rn_plan_book_check (RnPlanBook *self, const RnAlertEntry *entry, GError **error);

const RnPlanState *rn_plan_book_find (const RnPlanBook *self, const char *plan_key); /* NULL none */
const RnPlanMeasure *rn_plan_book_find_measure (const RnPlanBook *self, const char *key);
/** RnPlanMeasure (borrowed) of a plan in the order in which they were ordered; caller's array. */
GPtrArray *rn_plan_book_dup_measures (const RnPlanBook *self, const char *plan_key);

/** How many persons have to confirm @tier: two for tier I. */
guint rn_plan_book_needs (int tier);

/** The whole state as canonical text: equal books have equal texts. Caller frees. */
char *rn_plan_book_dup_digest (const RnPlanBook *self);
