/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a list is about (alerts, incidents, works, facilities): a const table of functions of a frame
 * or a sheet of alerts. No state. */
#pragma once

#include "model/rn-frame.h"
#include "ui/rn-alert-sheet.h"
#include "ui/rn-row.h"

/** From where rows are looked at; borrowed. */
typedef struct {
  const RnFrame *frame;
  gint64 now_us;
  GTimeZone *timezone;
  const RnAlertSheet *alerts; /* of a list of alerts; else NULL */
} RnListContext;

typedef struct {
  const char *id;    /* of the chip, for tests */
  const char *title; /* N_() */
} RnListChip;

#define RN_LIST_MAX_CHIPS 8

/** A further order of the rows. */
typedef struct {
  const char *id;    /* in the settings */
  const char *title; /* N_() */
  int (*compare) (gconstpointer a, gconstpointer b, gpointer context);
} RnListOrder;

/* All functions but the last four are pure and may be called in any thread. */
typedef struct {
  RnSubjectKind subject_kind;
  guint other_kinds; /* bits 1 << RnSubjectKind: of rows that are of another kind */
  /** Of a list with other kinds; else NULL: all rows are of subject_kind. */
  RnSubjectKind (*get_subject_kind) (const RnFrame *frame, gconstpointer row);
  RnFeedKind feed;         /* that its rows come from */
  const RnListChip *chips; /* the first shows all */
  guint n_chips;           /* ≤ RN_LIST_MAX_CHIPS */
  gboolean filter_always;  /* the text filter is always in sight */
  const char *name;        /* N_(): of the list, for screen readers */
  /** Rows of the frame that the list is about: borrowed pointers, appended to @rows. */
  void (*collect) (const RnFrame *frame, GPtrArray *rows);
  /** Of a list of alerts, in its place: rows of the sheet, likewise. */
  void (*collect_alerts) (const RnAlertSheet *sheet, GPtrArray *rows);
  const char *(*get_key) (gconstpointer row);
  gboolean (*matches_chip) (const RnListContext *context, gconstpointer row, guint chip);
  /** All that the text filter looks through, casefolded; caller's. */
  char *(*dup_haystack) (const RnListContext *context, gconstpointer row);
  /** Order; the RnListContext as user data. */
  int (*compare) (gconstpointer a, gconstpointer b, gpointer context);
  const char *order_title;   /* N_(): of that order */
  const RnListOrder *orders; /* further ones; NULL: none */
  guint n_orders;
  void (*describe) (const RnListContext *context, gconstpointer row, RnRowText *out);
  /** "No incident matches (9 in all)." and "No incidents." in words; caller's. */
  char *(*dup_no_match) (guint n_all);
  char *(*dup_none) (void);
  /** Of a list of alerts, in its place: what it says when there is none. */
  char *(*dup_none_at) (const RnListContext *context);
  /** "2 set aside": how many rows the first chip leaves out; NULL: it shows all. Caller's. */
  char *(*dup_aside) (guint n_aside);
} RnListKind;
