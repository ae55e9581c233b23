/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scrolled list of rows of one height. It has widgets for the rows in sight and about a screen
 * around them only, so ten thousand rows cost no more than fifty; GtkListView of GTK 4.8 keeps,
 * binds and measures 200 at each change. Main thread.
 *
 * Signals: "activate" (guint): Enter or a click on the row at that position; "moved": a person has
 * moved the mark by key or click. */
#pragma once

#include "ui/rn-row-cells.h"

#define RN_TYPE_ROW_LIST (rn_row_list_get_type ())
G_DECLARE_FINAL_TYPE (RnRowList, rn_row_list, RN, ROW_LIST, GtkWidget)

/** @model is referenced; @data lives as long as the list. Call it once. */
void rn_row_list_set_model (RnRowList *self, RnKeyedModel *model, RnRowShow show, gpointer data);

/** Shows the rows anew, after they have changed: the mark, the focus and what is in sight stay
 *  where they are; only a list that stands at its top shows what has come above. */
void rn_row_list_update (RnRowList *self);
/** Calls @func for each row that has a widget. */
void rn_row_list_foreach (RnRowList *self, void (*func) (RnRow *row, gpointer data), gpointer data);

/** Position of the row with the mark; GTK_INVALID_LIST_POSITION none. */
guint rn_row_list_get_selected (RnRowList *self);
/** The item with the mark; NULL none. Borrowed. */
RnKeyedItem *rn_row_list_get_selected_item (RnRowList *self);
void rn_row_list_set_selected (RnRowList *self, guint position);
/** Brings the row at @position into sight, at once or when the list is on the screen. */
void rn_row_list_scroll_to (RnRowList *self, guint position);
