/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine on a thread of its own: jobs in, results out, in order. A step over 100,000 sections
 * takes some ten milliseconds, which the main thread does not have. Made, fed, heard and freed on
 * the main thread. Private to the desk. */
#pragma once

#include "alert/rn-alert-engine.h"
#include "record/rn-journal.h"

typedef struct {
  GPtrArray *entries; /* RnAlertEntry; NULL none */
  GPtrArray *journal; /* RnJournalEntry of the same, to be taken (set to NULL), or a story retold */
  GPtrArray *nags;    /* RnAlert that ring again for want of an answer; NULL none */
  GError *refusal;    /* of an act; NULL */
  RnThresholdFaults *faults; /* when they are others than before; NULL */
  /* of a restored journal */
  RnAlertBook *book;   /* the same fold, to be taken; NULL: not of one */
  gint64 cleared_us;   /* when one last cleared; 0 */
  char *rules_print;   /* body of the last RN_ENTRY_RULES; NULL none */
  guint n_skipped;     /* entries that could not be used */
  char *skipped;       /* the first of them, and why */
  gboolean mismatched; /* the bookmark is not what the entries before it give: read all */
} RnAlertResult;

/** Hears of each job that gave something. */
typedef void (*RnAlertHear) (RnAlertResult *result, gpointer data);

typedef struct _RnAlertWork RnAlertWork;

RnAlertWork *rn_alert_work_new (const RnRuleSet *rules, RnAlertHear hear, gpointer data);
/** Does what is queued, and lets it be heard, before it ends. */
void rn_alert_work_free (RnAlertWork *self);

/** Whether jobs are queued or running. */
gboolean rn_alert_work_is_busy (RnAlertWork *self);

void rn_alert_work_step (RnAlertWork *self, const RnFrame *frame, gint64 now_us, gint64 wall_us,
                         GTimeZone *zone);
/** Takes @act. */
void rn_alert_work_take (RnAlertWork *self, RnAlertEntry *act, gint64 wall_us);
void rn_alert_work_set_rules (RnAlertWork *self, const RnRuleSet *rules);
/** Begins anew with what @journal (RnJournalEntry, taken) tells; NULL: with nothing.
 *  @from_bookmark: it was read only as far back as its last bookmark says. */
void rn_alert_work_restore (RnAlertWork *self, GPtrArray *journal, gboolean from_bookmark);

/** Tells all that stands once more, into a journal that was begun anew; @entry, taken, comes
 *  first. */
void rn_alert_work_retell (RnAlertWork *self, RnAlertEntry *entry, gint64 wall_us);

/** Where reading has to begin for the bookmark @entry; FALSE when it is none. */
gboolean rn_alert_bookmark_read (const RnJournalEntry *entry, gint64 *from_us);
