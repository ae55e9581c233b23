/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list model of rows that belong to a frame, known by their keys: a new frame replaces them, and
 * what has the same key stays the same item, so that selection, focus and scroll stay where they
 * are. Items are made when they are asked for. Main thread. */
#pragma once

#include <gio/gio.h>

#define RN_TYPE_KEYED_ITEM (rn_keyed_item_get_type ())
G_DECLARE_FINAL_TYPE (RnKeyedItem, rn_keyed_item, RN, KEYED_ITEM, GObject)

const char *rn_keyed_item_get_key (RnKeyedItem *self);
/** The row, of the frame last taken; NULL when it has left the list. Borrowed. */
gconstpointer rn_keyed_item_get_row (RnKeyedItem *self);

#define RN_TYPE_KEYED_MODEL (rn_keyed_model_get_type ())
G_DECLARE_FINAL_TYPE (RnKeyedModel, rn_keyed_model, RN, KEYED_MODEL, GObject)

typedef const char *(*RnRowKeyFunc) (gconstpointer row);

RnKeyedModel *rn_keyed_model_new (RnRowKeyFunc key);

/** Key → 1 + position of @rows, whose keys it borrows: for rn_keyed_model_show(). Any thread. */
GHashTable *rn_keyed_model_index (RnRowKeyFunc key, const GPtrArray *rows);

/** Shows @rows, in this order, each key once. The rows are borrowed: they must live until the next
 *  call has returned (hold the frame). @index: of @rows, referenced; NULL: made here. Emits one
 *  items-changed for all of them. */
void rn_keyed_model_show (RnKeyedModel *self, const GPtrArray *rows, GHashTable *index);

gconstpointer rn_keyed_model_get_row (RnKeyedModel *self, guint position);
/** Position of the row with @key; G_MAXUINT when there is none. */
guint rn_keyed_model_find (RnKeyedModel *self, const char *key);
