/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All alerts as the fold of entries: living through them and reading them from the journal give
 * the same. Applies and checks; decides nothing. Pure; one thread at a time. */
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

const RnAlert *rn_alert_book_find (const RnAlertBook *self, const char *key); /* NULL none */
/** All that stand: active, recovering, latched or masked, in no order. RnAlert, refs of the
 *  caller. */
GPtrArray *rn_alert_book_dup_alerts (const RnAlertBook *self);
guint rn_alert_book_get_n (const RnAlertBook *self);
/** Active and recovering children of @key. RnAlert, refs of the caller. */
GPtrArray *rn_alert_book_dup_children (const RnAlertBook *self, const char *key);
/** The entries of the present occurrence, oldest first; the last 200 of it. RnAlertEntry, refs of
 *  the caller. */
GPtrArray *rn_alert_book_dup_timeline (const RnAlertBook *self, const char *key);
gboolean rn_alert_book_is_flood (const RnAlertBook *self);

/** The whole state as canonical text: equal books have equal texts. Caller frees. */
char *rn_alert_book_dup_digest (const RnAlertBook *self);
