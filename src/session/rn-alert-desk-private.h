/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the desk share. */
#pragma once

#include "session/rn-alert-desk.h"
#include "session/rn-alert-work.h"
#include "session/rn-rule-file.h"

/* What is shown as lists, made when somebody asks. */
typedef struct _RnAlertShow RnAlertShow;

typedef enum { LOAD_BOOKMARK, LOAD_REST, LOAD_ALL, LOAD_GIVEN_UP } RnAlertDeskLoad;

struct _RnAlertDesk {
  GObject parent_instance;
  RnClock *clock;
  char *person, *seat;
  gboolean by_hand; /* rn_alert_desk_take_entries() */

  RnAlertBook *book; /* what is shown: the fold of committed entries */
  RnAlertShow *show; /* of the book as it is; NULL: nobody asked yet */
  GPtrArray *shown;  /* RnAlertShow lent before, until "changed" */
  guint changed_source;
  gint64 now_us, last_cleared_us;

  RnAlertWork *work;
  RnFrame *frame; /* the newest that was given */
  RnFrame *stepped;
  GTimeZone *zone;

  RnJournal *journal; /* NULL: nothing is kept */
  RnJournalState journal_state;
  GCancellable *loading;   /* NULL: not under way */
  gint64 loading_since_us; /* monotonic */
  RnAlertDeskLoad load;
  gboolean load_failed;
  gboolean begun;              /* the first frame was stepped */
  gboolean start_untold;       /* the journal does not know yet that we are here */
  char *rules_print;           /* of the rules that it knows of; NULL none */
  char *set_aside;             /* a damaged file that is known of */
  GPtrArray *held;             /* RnAlertEntry that came while loading */
  GQueue batches;              /* of entries handed to the journal, oldest first */
  GHashTable *unrecorded;      /* key → how many entries are shown, but not on the disk */
  GCancellable *loading_plans; /* NULL: not under way */

  RnRuleFile *rule_file;     /* NULL none */
  gint64 rule_file_us;       /* monotonic: since it is read */
  RnRuleSet *rules;          /* in force */
  RnThresholdFaults *faults; /* of sections' own thresholds; NULL none */
};

enum {
  RN_ALERT_DESK_CHANGED,
  RN_ALERT_DESK_ENTRIES,
  RN_ALERT_DESK_RANG,
  RN_ALERT_DESK_RULES_CHANGED,
  RN_ALERT_DESK_FAULTS_CHANGED,
  RN_ALERT_DESK_STATUS_CHANGED,
  RN_ALERT_DESK_REFUSED,
  RN_ALERT_DESK_PLANS_RESTORED,
  RN_ALERT_DESK_N_SIGNALS
};
extern guint rn_alert_desk_signals[RN_ALERT_DESK_N_SIGNALS];

/* ---- what is shown (rn-alert-desk-show.c) ---- */
/** Applies @entries to what is shown, in order, and tells of it. Returns how many fitted. */
guint rn_alert_desk_show_entries (RnAlertDesk *self, GPtrArray *entries);
/** Shows @book, taken, from now on. */
void rn_alert_desk_show_book (RnAlertDesk *self, RnAlertBook *book);
void rn_alert_desk_queue_changed (RnAlertDesk *self);
void rn_alert_desk_clear_show (RnAlertDesk *self);

/* ---- what is kept (rn-alert-desk-record.c) ---- */
void rn_alert_desk_record_init (RnAlertDesk *self);
void rn_alert_desk_record_clear (RnAlertDesk *self);
/** Why acts cannot be done at this desk; NULL: they can. */
const char *rn_alert_desk_why_not (RnAlertDesk *self);
/** Hands an act over, having been checked against what is shown. Takes @act. */
void rn_alert_desk_act (RnAlertDesk *self, RnAlertEntry *act);
/** Whether all that the engine gave is shown. */
gboolean rn_alert_desk_is_shown (RnAlertDesk *self);
/** Tells the journal that the program is here, once the time is known: with the first step. */
void rn_alert_desk_tell_start (RnAlertDesk *self);
/** Before the first step: without a journal the engine is told here that the program started. */
void rn_alert_desk_begin (RnAlertDesk *self);
/** Shows what the journal has not answered for too long. */
void rn_alert_desk_lose_patience (RnAlertDesk *self);

/* ---- plans (rn-alert-desk-plans.c) ---- */
/** Reads what the journal has of plans and emits "plans-restored". */
void rn_alert_desk_load_plans (RnAlertDesk *self);

/* ---- rules (rn-alert-desk-rules.c) ---- */
/** Shows @faults from now on. */
void rn_alert_desk_take_faults (RnAlertDesk *self, const RnThresholdFaults *faults);
/** Whether the site's rules are still to be read: nothing is judged by others before. */
gboolean rn_alert_desk_waits_for_rules (RnAlertDesk *self);
/** An entry that says which rules are in force, unless @print (of the journal) says so. */
void rn_alert_desk_tell_rules (RnAlertDesk *self, const char *print);
