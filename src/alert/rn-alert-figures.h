/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How good the alerts themselves are, of one seat and its present shift, told from the entries
 * alone: so the same comes out of living through them and of reading the journal. Memory is
 * bounded. Pure; time comes with the entries; one thread at a time.
 *
 * Limits of ISA-18.2 / IEC 62682 for one operator, beside which the figures are shown: 1 new alert
 * in 10 min is very likely acceptable and 2 the most that can be managed; no 10 minutes with more
 * than 10; in flood less than 1 % of the time; chattering and fleeting none, stale fewer than 5;
 * the ten most frequent together under 5 %; priorities about 80 % low, 15 % middle, 5 % high. */
#pragma once

#include "alert/rn-alert-entry.h"
#include "alert/rn-alert-mend.h"

#define RN_ALERT_REPORT_RULES 10

/* Definitions of design "alerting". */
#define RN_CHATTER_RAISES 3
#define RN_CHATTER_US (30 * 60 * G_GINT64_CONSTANT (1000000))
#define RN_CHATTER_SAMPLES 20
#define RN_STALE_US (24 * 3600 * G_GINT64_CONSTANT (1000000))
#define RN_FLEETING_SAMPLES 3

/** What the alerts of one rule did. */
typedef struct {
  char *rule;
  guint n_new;      /* new rows */
  guint n_returned; /* relapses and raises that followed an end within the window of chatter */
  guint n_chattering, n_fleeting, n_stale, n_never;
  RnMend mend;
} RnRuleFigures;

typedef struct {
  gint64 from_us, until_us;        /* session's clock */
  char *shift, *person;            /* NULL unknown */
  guint n_new;                     /* rows: children and masked alerts are none */
  guint n_new_by_tier[RN_N_TIERS]; /* by the tier it came with */
  double per_10_min;               /* new rows; of at least 10 min */
  guint peak_per_10_min;           /* in any 10 min, not only whole tens */
  guint n_last_10_min;
  double flood_share;                             /* 0 … 1 of the time */
  guint n_chattering, n_stale, n_fleeting;        /* alerts */
  guint n_acknowledged;                           /* acts */
  double acknowledge_median_s, acknowledge_p95_s; /* NaN: none yet */
  guint n_never;                                  /* rows that ended and were never acknowledged */
  guint n_standing, n_asking;                     /* rows now */
  gboolean overrun; /* more alerts than can be followed: figures are at least these */
  guint n_rules;    /* the worst, worst first */
  RnRuleFigures rules[RN_ALERT_REPORT_RULES];
} RnAlertReport;

void rn_alert_report_free (RnAlertReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnAlertReport, rn_alert_report_free)

typedef struct _RnAlertFigures RnAlertFigures;

/** @from_us: when this shift began, as far as is known. */
RnAlertFigures *rn_alert_figures_new (gint64 from_us);
void rn_alert_figures_free (RnAlertFigures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnAlertFigures, rn_alert_figures_free)

/** The next entry, in their order. RN_ENTRY_SHIFT begins the figures anew; what stands stays. */
void rn_alert_figures_take (RnAlertFigures *self, const RnAlertEntry *entry);

/** All of it as of @now_us; @rules, which the mends start from, may be NULL. Caller frees. */
RnAlertReport *
rn_alert_figures_dup_report (RnAlertFigures *self, const RnRuleSet *rules, gint64 now_us);
