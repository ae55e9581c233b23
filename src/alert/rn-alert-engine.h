/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine: frame in, entries out. Puts the detector's findings into groups (incident, works,
 * jam, lost feed), decides what rings, escalates and nags, ends shelves, sees floods, and answers
 * acts. Every entry that it gives is already applied to its book. Pure and deterministic: time is
 * injected; one thread at a time. */
#pragma once

#include "alert/rn-alert-book.h"
#include "alert/rn-threshold-faults.h"

typedef struct _RnAlertEngine RnAlertEngine;

RnAlertEngine *rn_alert_engine_new (const RnRuleSet *rules, GTimeZone *zone);
void rn_alert_engine_free (RnAlertEngine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnAlertEngine, rn_alert_engine_free)

/** Other rules; their entry (RN_ENTRY_RULES) is the caller's to give to rn_alert_engine_take(). */
void rn_alert_engine_set_rules (RnAlertEngine *self, const RnRuleSet *rules);
const RnRuleSet *rn_alert_engine_get_rules (const RnAlertEngine *self);
/** The zone of schedules, which a source tells with its first answer; NULL: the machine's. */
void rn_alert_engine_set_zone (RnAlertEngine *self, GTimeZone *zone);

/** As of its detector. Borrowed until the next call. */
const RnThresholdFaults *rn_alert_engine_get_threshold_faults (const RnAlertEngine *self);

/** One step. @frame: the newest (the same again: only time goes on). @now_us: session's clock.
 *  Appends RnAlertEntry (refs of the caller) to @entries, in order. */
void
rn_alert_engine_step (RnAlertEngine *self, const RnFrame *frame, gint64 now_us, GPtrArray *entries);

/** An act of a person, or an entry of the seat. Applied and appended to @entries with what follows
 *  from it, or FALSE with @error (RN_ALERT_ERROR) and nothing changed. */
gboolean rn_alert_engine_take (RnAlertEngine *self, const RnAlertEntry *act, GPtrArray *entries,
                               GError **error);

/** As if @person answered at once what rings in @entries: nothing escalates, and only what is worse
 *  rings again. For trials of rules on what was; what follows from it is not handed out. */
void rn_alert_engine_answer (RnAlertEngine *self, const GPtrArray *entries, const char *person);

/** Before the first step: an entry of the journal, in their order. */
gboolean rn_alert_engine_restore (RnAlertEngine *self, const RnAlertEntry *entry, GError **error);

/** Alerts that ask and were not answered within their rule's nag time since they last rang: RnAlert
 *  (refs of the caller). Not journalled; called on the tick. */
GPtrArray *rn_alert_engine_dup_nags (RnAlertEngine *self, gint64 now_us);

RnAlertBook *rn_alert_engine_get_book (RnAlertEngine *self); /* borrowed, read only */
