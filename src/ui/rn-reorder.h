/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a list box that are moved by dragging or by Alt+Up and Alt+Down. Only asks; who is asked
 * moves them. Main thread. */
#pragma once

#include <gtk/gtk.h>

/** @row is to take the place of @target, a row of the same list. */
typedef void (*RnReorderFunc) (GtkListBoxRow *row, GtkListBoxRow *target, gpointer data);

/** Rows of @list that rn_reorder_add_row() knows are moved by the keys. @data is borrowed. */
void rn_reorder_init (GtkListBox *list, RnReorderFunc move, gpointer data);
/** @row of a list that is set up: may be dragged and dropped upon. */
void rn_reorder_add_row (GtkListBoxRow *row);
/** Moves @row by one place, as the keys do; nothing at the ends. */
void rn_reorder_move (GtkListBoxRow *row, int by);
