/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One alert of a book with what the value does not tell, and its place in the tree of groups. The
 * counts below a row are kept as its children change, so that a parent of thousands costs a walk
 * up, not down. Private to the book. */
#pragma once

#include "alert/rn-alert-book.h"

typedef struct _RnAlertRow RnAlertRow;
struct _RnAlertRow {
  char *key;
  RnAlert *alert;  /* read it; to write: rn_alert_row_edit() */
  gboolean shared; /* somebody else may hold it */
  gboolean latch;
  gint64 since_us; /* its first entry: all after it make it as it is */
  char *shelved_by, *shelved_reason;
  char *service_by, *service_reason; /* of being out of it */
  GQueue timeline;                   /* RnAlertEntry, oldest first */
  RnAlertRow *parent;
  GPtrArray *children;       /* RnAlertRow, borrowed */
  guint n_below;             /* standing, of all depths */
  guint by_tier[RN_N_TIERS]; /* of those the unmasked ones */
  gboolean counted;          /* itself among those of its parents */
  int counted_tier;          /* as which tier; 0: masked */
};

RnAlertRow *rn_alert_row_new (const char *key);
void rn_alert_row_free (RnAlertRow *self); /* not linked any more */

/** Its alert, to be changed. */
RnAlert *rn_alert_row_edit (RnAlertRow *self);
/** Another reference for somebody else. */
RnAlert *rn_alert_row_share (RnAlertRow *self);

gboolean rn_alert_row_stands (const RnAlertRow *self); /* active or recovering */
/** Nothing keeps it: ended, no latch, no mask of a person. */
gboolean rn_alert_row_is_over (const RnAlertRow *self);
gboolean rn_alert_row_waits_for_ack (const RnAlertRow *self); /* ended, but latched */

/** Tells the rows above what it is now; after each change of condition, tier or mask. */
void rn_alert_row_recount (RnAlertRow *self);
/** Moves it and all below under @parent (NULL: under none). */
void rn_alert_row_move (RnAlertRow *self, RnAlertRow *parent);
/** Whether @other is @self or below it. */
gboolean rn_alert_row_holds (const RnAlertRow *self, const RnAlertRow *other);
/** Calls @func for each row below it, parents first. */
void
rn_alert_row_walk (RnAlertRow *self, void (*func) (RnAlertRow *row, gpointer data), gpointer data);

/** Sets which mask is shown, of those that hold. */
void rn_alert_row_settle_mask (RnAlertRow *self);
void rn_alert_row_remember (RnAlertRow *self, const RnAlertEntry *entry);
