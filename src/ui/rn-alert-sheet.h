/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All alert rows as they stand at one moment, with what is needed to tell of them: lists filter and
 * sort them in a worker. Immutable, atomically refcounted; made on the main thread. */
#pragma once

#include "session/rn-alert-desk.h"

typedef struct {
  GPtrArray *alerts; /* RnAlert, in no order; children left out */
  RnRuleSet *rules;
  char *person;            /* who sits here */
  GHashTable *unrecorded;  /* set of keys that are not on the disk; NULL: none */
  guint n_shown;           /* not set aside */
  guint asks[RN_N_TIERS];  /* that nobody has acknowledged, by the tier shown; [0]: all of them */
  guint known[RN_N_TIERS]; /* acknowledged and not set aside, likewise */
  gint64 last_cleared_us;  /* 0 none yet */
  gboolean flood;
} RnAlertSheet;

RnAlertSheet *rn_alert_sheet_new (RnAlertDesk *desk);
RnAlertSheet *rn_alert_sheet_ref (const RnAlertSheet *self);
void rn_alert_sheet_unref (const RnAlertSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnAlertSheet, rn_alert_sheet_unref)

gboolean rn_alert_sheet_is_recorded (const RnAlertSheet *self, const char *key);
/** Whether it is out of the list, on the shelf or likewise: shelved, suppressed, out of service. */
gboolean rn_alert_sheet_is_aside (const RnAlert *alert);
