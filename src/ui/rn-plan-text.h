/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of tiered plans. Pure, no widgets; main thread, for it asks the desk. Returned strings
 * are the caller's unless const. */
#pragma once

#include "session/rn-plan-desk.h"

/** "Jiangyin Bridge corridor, northbound"; borrowed. */
const char *rn_plan_title (const RnPlanAdvice *advice);
/** "G2 K1125–K1035 · 8 toll plazas". */
char *rn_plan_dup_extent (const RnPlanAdvice *advice);

/** "Tier II", "No tier"; its colour as a word: "orange", "". Borrowed. */
const char *rn_plan_tier_title (int tier);
const char *rn_plan_tier_colour (int tier);
/** "II", "none". Borrowed. */
const char *rn_plan_tier_numeral (int tier);
/** "IV", "III" of a heading: "Measures of tier IV". Borrowed. */
const char *rn_plan_measures_title (int tier);

/** What a list says of it: "Suggested: up to I", "III → II: 3 of 4, for 6 of 10 min", "Hold".
 *  @css_class: (out) "lost", "warn", "late", NULL: dim. */
char *rn_plan_dup_status (RnPlanDesk *desk, const RnPlanAdvice *advice, const char **css_class);
/** "Suggested: II → I; 1 criterion holds (any one will do)". */
char *rn_plan_dup_suggestion (const RnPlanAdvice *advice);
/** Why, in a sentence or two. */
char *rn_plan_dup_grounds (const RnPlanAdvice *advice);
/** All of the tree that decides, line by line, for the clipboard. */
char *rn_plan_dup_evidence_text (RnPlanDesk *desk, const RnPlanAdvice *advice, GTimeZone *zone);

/** "6 / 10 min". */
char *rn_plan_dup_duration (gint64 held_us, gint64 for_us);
/** The value of a limit as it is said: "II", "none", "8.6 km". */
char *rn_plan_dup_value (const RnPlanLimitFinding *limit);
/** How far the bar of its degree goes, 0…1, and where the tick of its limit stands. */
void rn_plan_get_degree (const RnPlanLimitFinding *limit, double *share, double *tick);
/** "Holds", "1.4 km short", "Not known" … */
char *rn_plan_dup_conclusion (const RnPlanLimitFinding *limit);

/** "Operator", "Traffic police", or the word as it is. Borrowed. */
const char *rn_plan_party_title (const char *party);
/** "In force", "To be lifted for 22 min"; @css_class as above, "overdue". */
char *rn_plan_dup_measure_state (const RnPlanLedgerRow *row, gint64 now_us, const char **css_class);
/** The step that comes next: RN_N_MEASURE_STEPS when it is lifted. */
RnMeasureStep rn_plan_next_step (const RnPlanLedgerRow *row);
/** "Raised to II", "Lowered to III", "Ended", "Not raised to II". */
char *rn_plan_dup_decision (const RnPlanDecision *decision);
