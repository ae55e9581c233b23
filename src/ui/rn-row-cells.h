/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of an RnRowList: which row has one, and their use for one row after the other. The list
 * says which rows are to have cells, and gives these their places. Main thread. */
#pragma once

#include "ui/rn-row-cell.h"

/** Writes what @item, which is in the list, says into @row. */
typedef void (*RnRowShow) (RnRow *row, RnKeyedItem *item, gpointer data);

typedef struct _RnRowCells RnRowCells;

/** Cells are children of @list, which lives longer, and show rows of @model by @show. */
RnRowCells *rn_row_cells_new (GtkWidget *list, RnKeyedModel *model, RnRowShow show, gpointer data);
/** The children go, too. */
void rn_row_cells_free (RnRowCells *self);

/** Cells for the rows from @first to before @end, in their order among the children, and for the
 *  one that has the focus while it is in the model. @mark has the mark, NULL none. @anew: those
 *  that had a cell already are shown anew, too. */
void
rn_row_cells_place (RnRowCells *self, guint first, guint end, RnKeyedItem *mark, gboolean anew);
void rn_row_cells_mark (RnRowCells *self, RnKeyedItem *mark);
/** Takes the cells away when rows of them have gone: of a list that is not on the screen. */
void rn_row_cells_forget_gone (RnRowCells *self);

/** Position of the first and number of those in order. */
guint rn_row_cells_get_first (RnRowCells *self);
guint rn_row_cells_get_n (RnRowCells *self);
/** The cell of a row; NULL when it has none. */
RnRowCell *rn_row_cells_get (RnRowCells *self, guint position);
