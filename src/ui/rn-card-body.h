/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a card shows of one kind of subject. The card asks it to show a key as a frame has it and
 * gets back what belongs into its head. One subclass a kind. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-seat.h"
#include "ui/rn-side-text.h"

/** From where a subject is looked at; borrowed. */
typedef struct {
  RnSeat *seat;
  const RnFrame *frame;
  const char *key;
  gint64 now_us; /* the source's clock */
  GTimeZone *timezone;
  const RnRule *rule; /* of the alert about it; NULL none */
  gboolean fresh;     /* another frame or subject than at the last call; else only time went by */
} RnCardContext;

/** The head of a card. Strings are its own unless const. */
typedef struct {
  const char *icon;       /* large, left; NULL none */
  const char *icon_class; /* NULL: dim */
  char *road;             /* on a shield; NULL none */
  RnShield shield;
  char *title;
  char *second; /* NULL none */
  int state;    /* chip of traffic state 0 … 5; -1 none */
  char *badge;  /* word in a chip; NULL none */
  const char *badge_class;
  RnDataAge age;
  gint64 ended_us; /* the subject itself says that it is over; 0 not */
} RnCardHead;

void rn_card_head_clear (RnCardHead *self);

#define RN_TYPE_CARD_BODY (rn_card_body_get_type ())
G_DECLARE_DERIVABLE_TYPE (RnCardBody, rn_card_body, RN, CARD_BODY, GtkWidget)

struct _RnCardBodyClass {
  GtkWidgetClass parent_class;
  /** FALSE when the frame does not have the subject (any more); then nothing has been changed. */
  gboolean (*show) (RnCardBody *self, const RnCardContext *context, RnCardHead *head);
};

/** The body for a kind of subject, floating. */
GtkWidget *rn_card_body_new (RnSubjectKind kind);
gboolean rn_card_body_show (RnCardBody *self, const RnCardContext *context, RnCardHead *head);

/* ---- for the subclasses ---- */

/** A label of a table or list: left, ellipsised, with a class. */
GtkWidget *rn_card_label (const char *text, const char *css_class, float xalign);
/** Takes all children out of a box or grid. */
void rn_card_clear (GtkWidget *box);
/** A row "what … value" for boxed lists; @value "–" when NULL. */
GtkWidget *rn_card_pair (const char *what, const char *value);
/** A cell of a table (GtkGrid.rn-table) of @n_columns; row 0 is its head. */
void rn_card_attach_cell (GtkWidget *grid, GtkWidget *child, int column, int n_columns, int row);
/** "10:42" of a moment, "–" when 0. Caller's. */
char *rn_card_moment (const RnCardContext *context, gint64 at_us);
