/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All alerts as the fold of entries: living through them and reading them from the journal give
 * the same. Applies and checks; decides nothing. Pure; one thread at a time.
 * What holds whatever the entries say:
 * - Never two alerts of one key; a transition from a state that is not there is refused.
 * - Acknowledging never hides a worse tier: when the own tier or the worst unmasked child is worse
 *   than what was acknowledged, the alert is unacknowledged, and stays so until it is acknowledged
 *   again. One who acknowledged tier III while it turned II has acknowledged tier III.
 * - Acknowledging a row acknowledges what stands under it, as far as it is not worse than the tier
 *   acknowledged. Withdrawing that concerns the row alone.
 * - An alert that ends (CLEARED, GONE) is forgotten, unless it is latched and unacknowledged,
 *   shelved or out of service; a suppression ends with it. What stood under it stands for itself
 *   again.
 * - STARTED with `one_shot` forgets everything: what follows is told anew.
 * - A shelf ends by its entry only, the one shot too: whoever makes CLEARED makes UNSHELVED. */
#pragma once

#include "alert/rn-alert.h"

#define RN_ALERT_ERROR (rn_alert_error_quark ())
GQuark rn_alert_error_quark (void);
typedef enum {
  RN_ALERT_ERROR_UNKNOWN, /* there is no such alert */
  RN_ALERT_ERROR_STATE,   /* not in this state: acknowledged already, not shelved … */
  RN_ALERT_ERROR_INVALID, /* a shelf without reason or end, over 8 h … */
} RnAlertError;

#define RN_SHELF_MAX_US (8 * 3600 * G_GINT64_CONSTANT (1000000))

typedef struct _RnAlertBook RnAlertBook;

RnAlertBook *rn_alert_book_new (void);
void rn_alert_book_free (RnAlertBook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnAlertBook, rn_alert_book_free)

/** Applies @entry. FALSE with @error and unchanged when it cannot be: acts and transitions alike.
 *  Entries that are of no alert are taken and change nothing but the flood. */
gboolean rn_alert_book_apply (RnAlertBook *self, const RnAlertEntry *entry, GError **error);
/** Whether apply would take it. */
gboolean rn_alert_book_check (const RnAlertBook *self, const RnAlertEntry *entry, GError **error);

/** NULL: none. Good until the next entry is applied; for longer take a reference, which never
 *  changes. */
const RnAlert *rn_alert_book_find (const RnAlertBook *self, const char *key);
/** The same for a look in passing: good until the next entry is applied, and not to be referenced,
 *  since the book may write the next entry into this very alert. */
const RnAlert *rn_alert_book_peek (const RnAlertBook *self, const char *key);
/** All that stand: active, recovering, latched or masked, in no order. RnAlert, refs of the
 *  caller. */
GPtrArray *rn_alert_book_dup_alerts (const RnAlertBook *self);
guint rn_alert_book_get_n (const RnAlertBook *self);
/** Active and recovering children of @key. RnAlert, refs of the caller. */
GPtrArray *rn_alert_book_dup_children (const RnAlertBook *self, const char *key);
/** The entries of the present occurrence, oldest first; the last 200 of it. RnAlertEntry, refs of
 *  the caller. */
GPtrArray *rn_alert_book_dup_timeline (const RnAlertBook *self, const char *key);
/** What stands as few entries that make it again, for a journal that begins anew: condition, tier,
 *  response, notes, owner, masks and groups come out the same; what led there is left out.
 *  RnAlertEntry, refs of the caller. */
GPtrArray *rn_alert_book_dup_story (const RnAlertBook *self);
gboolean rn_alert_book_is_flood (const RnAlertBook *self);

/** The entries from then on, with those of the 30 min before (raises), make the whole state.
 *  G_MAXINT64: nothing stands. */
gint64 rn_alert_book_get_since_us (const RnAlertBook *self);

/** The whole state as canonical text: equal books have equal texts. Caller frees. */
char *rn_alert_book_dup_digest (const RnAlertBook *self);
