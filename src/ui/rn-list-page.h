/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One tab of lists: filter chips, a text filter, the virtual list, and a word when it is empty.
 * What it lists is told by a kind (incidents, works, facilities): a table of functions. Main
 * thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-list-kind.h"
#include "ui/rn-seat.h"

#define RN_TYPE_LIST_PAGE (rn_list_page_get_type ())
G_DECLARE_FINAL_TYPE (RnListPage, rn_list_page, RN, LIST_PAGE, GtkWidget)

/* Property: "count" (uint): all rows, filtered or not.
 * Signal: "filter-changed" (): chip, text or order are others now. */

GtkWidget *rn_list_page_new (RnSeat *seat, const RnListKind *kind);

guint rn_list_page_get_count (RnListPage *self);
GListModel *rn_list_page_get_model (RnListPage *self); /* of RnKeyedItem, as shown; borrowed */
void rn_list_page_set_filter (RnListPage *self, guint chip, const char *text);
guint rn_list_page_get_chip (RnListPage *self);
/** The order of the rows: 0 the kind's own, then its further ones. */
void rn_list_page_set_order (RnListPage *self, guint order);

/** Chip, text and order as they are kept, "a{sv}", floating; NULL when all is as at first. */
GVariant *rn_list_page_filter_to_variant (RnListPage *self);
/** These again; FALSE with G_IO_ERROR_INVALID_DATA when they name what there is not; then the rest
 *  holds. */
gboolean rn_list_page_restore_filter (RnListPage *self, GVariant *filter, GError **error);

/** Whether the rows in sight are those of the newest frame and filter: large lists are filtered in
 *  a worker. */
gboolean rn_list_page_is_settled (RnListPage *self);

/** Shows the text filter and puts the focus into it. */
void rn_list_page_start_filter (RnListPage *self);
void rn_list_page_focus (RnListPage *self);
