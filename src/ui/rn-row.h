/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the lists at the right and of the search: icon, two lines, and at the right edge an age
 * over a word. Main thread. */
#pragma once

#include <gtk/gtk.h>

/** What a row says. Strings are the row text's own unless const. */
typedef struct {
  const char *icon;       /* symbolic */
  const char *icon_class; /* "tier-2"; NULL: dim */
  char *title, *second;   /* second: NULL none */
  char *what;             /* behind the title and never cut; NULL none */
  guint n_more;           /* "+7" behind these; 0 none */
  char *age, *word;       /* right edge; NULL none */
  const char *word_class; /* "late", "warn"; NULL: dim */
  gboolean strong;        /* the title is bold */
  const char *edge_class; /* "tier-2": an edge that pulses; NULL none */
} RnRowText;

void rn_row_text_clear (RnRowText *self);

#define RN_TYPE_ROW (rn_row_get_type ())
G_DECLARE_FINAL_TYPE (RnRow, rn_row, RN, ROW, GtkWidget)

GtkWidget *rn_row_new (void);

/** Shows @text; what is as before is not touched. */
void rn_row_show (RnRow *self, const RnRowText *text);
/** The low part of the pulse: of a row with such an edge. */
void rn_row_set_pulse (RnRow *self, gboolean low);
