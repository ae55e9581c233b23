/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One tab of lists: filter chips, a text filter, the virtual list, and a word when it is empty.
 * What it lists is told by a kind (incidents, works, facilities): a table of functions. Main
 * thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-row.h"
#include "ui/rn-seat.h"

/** From where rows are looked at; borrowed. */
typedef struct {
  const RnFrame *frame;
  gint64 now_us;
  GTimeZone *timezone;
} RnListContext;

typedef struct {
  const char *id;    /* of the chip, for tests */
  const char *title; /* N_() */
} RnListChip;

typedef struct {
  RnSubjectKind subject_kind;
  guint other_kinds; /* bits 1 << RnSubjectKind: of rows that are of another kind */
  /** Of a list with other kinds; else NULL: all rows are of subject_kind. */
  RnSubjectKind (*get_subject_kind) (const RnFrame *frame, gconstpointer row);
  RnFeedKind feed;         /* that its rows come from */
  const RnListChip *chips; /* the first shows all */
  guint n_chips;
  gboolean filter_always; /* the text filter is always in sight */
  const char *name;       /* N_(): of the list, for screen readers */
  /** Rows of the frame that the list is about: borrowed pointers, appended to @rows. */
  void (*collect) (const RnFrame *frame, GPtrArray *rows);
  const char *(*get_key) (gconstpointer row);
  gboolean (*matches_chip) (const RnListContext *context, gconstpointer row, guint chip);
  /** All that the text filter looks through, casefolded; caller's. */
  char *(*dup_haystack) (const RnListContext *context, gconstpointer row);
  /** Order; @context as user data. */
  int (*compare) (gconstpointer a, gconstpointer b, gpointer context);
  void (*describe) (const RnListContext *context, gconstpointer row, RnRowText *out);
  /** "No incident matches (9 in all)." and "No incidents." in words; caller's. */
  char *(*dup_no_match) (guint n_all);
  char *(*dup_none) (void);
} RnListKind;

#define RN_TYPE_LIST_PAGE (rn_list_page_get_type ())
G_DECLARE_FINAL_TYPE (RnListPage, rn_list_page, RN, LIST_PAGE, GtkWidget)

/* Property: "count" (uint): all rows, filtered or not. */

GtkWidget *rn_list_page_new (RnSeat *seat, const RnListKind *kind);

guint rn_list_page_get_count (RnListPage *self);
GListModel *rn_list_page_get_model (RnListPage *self); /* of RnKeyedItem, as shown; borrowed */
void rn_list_page_set_filter (RnListPage *self, guint chip, const char *text);
/** Shows the text filter and puts the focus into it. */
void rn_list_page_start_filter (RnListPage *self);
void rn_list_page_focus (RnListPage *self);
