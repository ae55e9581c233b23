/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the desk share. */
#pragma once

#include "session/rn-alert-desk.h"

/* What is shown as lists, made when somebody asks. */
typedef struct _RnAlertShow RnAlertShow;

struct _RnAlertDesk {
  GObject parent_instance;
  RnClock *clock;
  char *person, *seat;
  const RnRuleSet *rules;
  gboolean by_hand; /* rn_alert_desk_take_entries() */

  RnAlertBook *book; /* what is shown: the fold of committed entries */
  RnAlertShow *show; /* of the book as it is; NULL: nobody asked yet */
  GPtrArray *shown;  /* RnAlertShow lent before, until "changed" */
  guint changed_source;
  gint64 now_us, last_cleared_us;
};

enum {
  RN_ALERT_DESK_CHANGED,
  RN_ALERT_DESK_ENTRIES,
  RN_ALERT_DESK_RANG,
  RN_ALERT_DESK_RULES_CHANGED,
  RN_ALERT_DESK_STATUS_CHANGED,
  RN_ALERT_DESK_REFUSED,
  RN_ALERT_DESK_N_SIGNALS
};
extern guint rn_alert_desk_signals[RN_ALERT_DESK_N_SIGNALS];

/** Applies @entries to what is shown, in order, and tells of it. Returns how many fitted. */
guint rn_alert_desk_show_entries (RnAlertDesk *self, GPtrArray *entries);
void rn_alert_desk_queue_changed (RnAlertDesk *self);
void rn_alert_desk_clear_show (RnAlertDesk *self);

/** Hands an act over, having been checked against what is shown. Takes @act. */
gboolean rn_alert_desk_act (RnAlertDesk *self, RnAlertEntry *act);
