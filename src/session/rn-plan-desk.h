/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where tiered plans are worked: steps the advisor with each frame, folds the entries of the alert
 * desk into the book of plans, and offers what people do about them as entries of that desk.
 * Nothing is sent to a server: what is decided here is recorded here. Main thread; owned by the
 * session. */
#pragma once

#include "alert/rn-plan-advisor.h"
#include "alert/rn-plan-book.h"
#include "session/rn-alert-desk.h"

#define RN_TYPE_PLAN_DESK (rn_plan_desk_get_type ())
G_DECLARE_FINAL_TYPE (RnPlanDesk, rn_plan_desk, RN, PLAN_DESK, GObject)

/* Signals:
 *  "changed" (): advice, tiers, measures or the file of plans are others.
 *  "refused" (char *text): an act could not be done; in words for the operator. */

/** @desk is borrowed and outlives it. */
RnPlanDesk *rn_plan_desk_new (RnAlertDesk *desk);

/** The site's own file of plans from now on, watched for changes; NULL: the one built in. A wrong
 *  file is refused whole and the one before stays. */
void rn_plan_desk_set_file (RnPlanDesk *self, const char *path);
/** Why the site's file does not hold as it lies there, with file, place and cause; NULL. */
const char *rn_plan_desk_get_file_error (RnPlanDesk *self);

/** A new frame, or the same again. @now_us: the session's clock. */
void rn_plan_desk_step (RnPlanDesk *self, const RnFrame *frame, gint64 now_us);

/* ---- what is shown ---- */
const GPtrArray *rn_plan_desk_get_plans (RnPlanDesk *self); /* RnPlanAdvice; until "changed" */
const RnPlanAdvice *rn_plan_desk_find (RnPlanDesk *self, const char *plan_key);     /* NULL */
const RnPlanState *rn_plan_desk_get_state (RnPlanDesk *self, const char *plan_key); /* NULL */
gint64 rn_plan_desk_get_now_us (RnPlanDesk *self);
/** Who sits at the desk and would confirm first. */
const char *rn_plan_desk_get_person (RnPlanDesk *self);

typedef struct {
  int tier;
  gint64 since_us; /* 0 unknown */
  gboolean here;   /* decided here, after the last word of the server, if there is one */
  int server_tier; /* what the server says; -1 no server */
  gint64 server_since_us;
} RnPlanTierNow;

/** The tier in force: the newest word, the server's or that of a decision here. */
RnPlanTierNow rn_plan_desk_get_tier (RnPlanDesk *self, const RnPlanAdvice *advice);
/** Whether its proposal asks a person: not just declined, nor waiting for the second. */
gboolean rn_plan_desk_asks (RnPlanDesk *self, const RnPlanAdvice *advice);
/** Whether a first person has confirmed and the second is waited for. */
gboolean rn_plan_desk_awaits_second (RnPlanDesk *self, const char *plan_key);

/** A measure in the ledger. */
typedef struct {
  RnPlanMeasure measure; /* the server's times, and those recorded here where it has none */
  gboolean served;       /* known to the server */
  gboolean here;         /* some step was recorded here */
  gint64 overdue_us;     /* since when it should be lifted: 0 it should not */
} RnPlanLedgerRow;

/** RnPlanLedgerRow of a plan: IV first, then by the time of ordering; caller's. */
GPtrArray *rn_plan_desk_dup_ledger (RnPlanDesk *self, const char *plan_key);
/** What would be ordered with @tier: RnPlanTemplate (borrowed), caller's array. */
GPtrArray *rn_plan_desk_dup_to_order (RnPlanDesk *self, const char *plan_key, int tier);

/* ---- acts of the person at the desk: FALSE, with "refused" emitted, when it cannot be ---- */
/** Confirms a change to @tier; @reason: NULL when it is the advisor's proposal. Tier I then waits
 *  for the second. Otherwise it is in force, and its measures are ordered. */
gboolean
rn_plan_desk_confirm (RnPlanDesk *self, const char *plan_key, int tier, const char *reason);
/** The second person, whose credentials were checked by the caller. @credential: how
 *  ("passphrase", or "enrolled" when it was set just now), for the record. */
gboolean rn_plan_desk_confirm_second (RnPlanDesk *self, const char *plan_key, const char *second,
                                      const char *credential);
/** Not now, with the reason: of the advisor's proposal, or of what waits for the second. */
gboolean rn_plan_desk_decline (RnPlanDesk *self, const char *plan_key, const char *reason);
/** @second: NULL unless @closure. */
gboolean
rn_plan_desk_order (RnPlanDesk *self, const char *plan_key, int tier, const char *what,
                    const char *where, const char *party, gboolean closure, const char *second);
gboolean rn_plan_desk_step_measure (RnPlanDesk *self, const char *plan_key, const char *measure_key,
                                    RnMeasureStep step);
