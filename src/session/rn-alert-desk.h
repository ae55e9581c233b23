/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where alerts are worked: steps the engine with each frame and tick, hands its entries to the
 * journal, and shows a state only when it is on the disk. What is shown is the fold of committed
 * entries; while the journal is off or was not opened it is shown all the same, marked as not
 * recorded. Main thread; owned by the session. */
#pragma once

#include "alert/rn-alert-engine.h"
#include "record/rn-journal.h"

#define RN_TYPE_ALERT_DESK (rn_alert_desk_get_type ())
G_DECLARE_FINAL_TYPE (RnAlertDesk, rn_alert_desk, RN, ALERT_DESK, GObject)

/* Signals:
 *  "changed" (): alerts, flood or plans shown are others; coalesced, once a turn of the main loop.
 *  "entries" (GPtrArray *): RnAlertEntry just committed and applied, in order. Not for restored.
 *  "plans-restored" (GPtrArray *): RnAlertEntry of plans and measures as the journal has them, in
 *  order, after it was opened: all there is of them, those told by "entries" among them.
 *  "rang" (RnAlert *, gboolean again): it asks for a sound; @again: a nag.
 *  "rules-changed" (): other rules are in force, or a file was refused: see get_rules_error().
 *  "faults-changed" (): see get_threshold_faults().
 *  "status-changed" (): of the journal, or who sits here.
 *  "refused" (char *text): an act could not be done; in words for the operator. */

RnAlertDesk *rn_alert_desk_new (RnClock *clock);

/** Opens the journal and begins anew with what it tells; until it is read nothing is stepped.
 *  Before, and with @folder NULL (the demo), entries are shown at once and nothing is kept. @seat
 *  NULL: the name of the machine. When another process has the journal, its alerts of the start are
 *  shown and followed by an engine of our own, nothing is recorded and acts are refused; when that
 *  process has gone, this one begins anew with the journal. */
void rn_alert_desk_open (RnAlertDesk *self, const char *folder, const char *seat, GBytes *key);
/** Writes that the program ended, and what waits; takes some seconds at most. */
void rn_alert_desk_close (RnAlertDesk *self);
/** Another key for the anchors; see rn_journal_set_key(). */
void rn_alert_desk_set_key (RnAlertDesk *self, GBytes *key);

/** A new frame, or the same again on the tick. @now_us: the session's clock. */
void rn_alert_desk_step (RnAlertDesk *self, const RnFrame *frame, gint64 now_us, GTimeZone *zone);

/** Entries that no engine of this desk made (a replay, a test), RnAlertEntry, in order: applied and
 *  shown as if they had just happened, not kept. From then on this desk steps no engine; acts work.
 *  Those that do not fit are left out; returns how many did. */
guint rn_alert_desk_take_entries (RnAlertDesk *self, GPtrArray *entries);

/* ---- what is shown ---- */
/** RnAlert in the order of lists, children left out; borrowed until "changed". */
const GPtrArray *rn_alert_desk_get_alerts (RnAlertDesk *self);
/** The same in no order, which costs less; likewise. */
const GPtrArray *rn_alert_desk_get_rows (RnAlertDesk *self);
const RnAlert *rn_alert_desk_find (RnAlertDesk *self, const char *key); /* NULL; borrowed */
/** The alert row that stands for @subject: its own, else that of the parent; NULL none. */
const RnAlert *rn_alert_desk_find_for (RnAlertDesk *self, const RnSubject *subject);
GPtrArray *rn_alert_desk_dup_children (RnAlertDesk *self, const char *key); /* RnAlert */
GPtrArray *rn_alert_desk_dup_timeline (RnAlertDesk *self, const char *key); /* RnAlertEntry */
gboolean rn_alert_desk_is_flood (RnAlertDesk *self);
/** FALSE while an entry of it is shown that is not on the disk; always without a journal. */
gboolean rn_alert_desk_is_recorded (RnAlertDesk *self, const char *key);
gint64 rn_alert_desk_get_last_cleared_us (RnAlertDesk *self);                /* 0 none yet */
gint64 rn_alert_desk_get_now_us (RnAlertDesk *self);                         /* of the last step */
const RnJournalStatus *rn_alert_desk_get_journal_status (RnAlertDesk *self); /* NULL: not opened */

/* ---- who ---- */
/** The operator by name; the login name at first. */
const char *rn_alert_desk_get_person (RnAlertDesk *self);
void rn_alert_desk_set_person (RnAlertDesk *self, const char *name);
const char *rn_alert_desk_get_seat (RnAlertDesk *self);

/* ---- acts: FALSE, with "refused" emitted, when it cannot be ---- */
gboolean rn_alert_desk_acknowledge (RnAlertDesk *self, const char *key);
gboolean rn_alert_desk_unacknowledge (RnAlertDesk *self, const char *key);
gboolean rn_alert_desk_note (RnAlertDesk *self, const char *key, const char *text);
gboolean rn_alert_desk_set_owner (RnAlertDesk *self, const char *key, const char *owner);
gboolean rn_alert_desk_shelve (RnAlertDesk *self, const char *key, const char *reason,
                               gint64 for_us, gboolean one_shot);
gboolean rn_alert_desk_unshelve (RnAlertDesk *self, const char *key);
gboolean rn_alert_desk_set_out_of_service (RnAlertDesk *self, const char *key, gboolean out,
                                           const char *reason);
/** Any other entry of a person or the seat (plans, a shift); who and where are filled in when
 *  absent. Takes @entry. */
gboolean rn_alert_desk_enter (RnAlertDesk *self, RnAlertEntry *entry);

/* ---- what was ---- */
/** The entries of this seat in the journal from @from_us on, oldest first; none without one. */
void rn_alert_desk_load_async (RnAlertDesk *self, gint64 from_us, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);
/** Array of RnAlertEntry, caller's; NULL with an error. */
GPtrArray *rn_alert_desk_load_finish (RnAlertDesk *self, GAsyncResult *result, GError **error);
/** Writes an anchor of all that is in the journal now: at the end of a shift. */
void rn_alert_desk_anchor (RnAlertDesk *self);

/* ---- rules ---- */
const RnRuleSet *rn_alert_desk_get_rules (RnAlertDesk *self);
/** The site's own file from now on, watched for changes; NULL: none. */
void rn_alert_desk_set_rules_file (RnAlertDesk *self, const char *path);
/** Why the site's file is not in force as it lies there, with file, place and cause; NULL. */
const char *rn_alert_desk_get_rules_error (RnAlertDesk *self);
/** What the engine could not use of the sections' own thresholds, of the last network that it saw
 *  and the rules in force. NULL: nothing is known to be wrong. Borrowed until "faults-changed". */
const RnThresholdFaults *rn_alert_desk_get_threshold_faults (RnAlertDesk *self);
/** Puts @rule (new, or another version) into the site's file and in force. FALSE with @error. */
gboolean rn_alert_desk_save_rule (RnAlertDesk *self, const RnRule *rule, GError **error);
/** Takes the site's own version of a rule out of its file: the default holds again. */
gboolean rn_alert_desk_reset_rule (RnAlertDesk *self, const char *id, GError **error);
