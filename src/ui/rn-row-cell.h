/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The place of a row in an RnRowList: it has the focus, the mark and the name that a screen reader
 * tells, and shows one item after the other. Main thread. */
#pragma once

#include "ui/rn-keyed-model.h"
#include "ui/rn-row.h"

#define RN_TYPE_ROW_CELL (rn_row_cell_get_type ())
G_DECLARE_FINAL_TYPE (RnRowCell, rn_row_cell, RN, ROW_CELL, GtkWidget)

GtkWidget *rn_row_cell_new (void);

RnRow *rn_row_cell_get_row (RnRowCell *self);

/** What it shows: referenced; NULL nothing. */
void rn_row_cell_set_item (RnRowCell *self, RnKeyedItem *item);
RnKeyedItem *rn_row_cell_get_item (RnRowCell *self);

/** Where it stands in the list, from 0. */
void rn_row_cell_set_position (RnRowCell *self, guint position);
guint rn_row_cell_get_position (RnRowCell *self);

/** Whether it has the mark. */
void rn_row_cell_set_selected (RnRowCell *self, gboolean selected);
