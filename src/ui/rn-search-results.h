/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of hits below the search entry, with a mark that the entry's keys move. It floats in a
 * GtkOverlay of the window and not in a popover: while a window draws each second, GTK 4.8 on X11
 * takes the pointer that rests over a popover for one over what lies behind it, so that a click or
 * a turn of the wheel would go to the map. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-search-index.h"

#define RN_TYPE_SEARCH_RESULTS (rn_search_results_get_type ())
G_DECLARE_FINAL_TYPE (RnSearchResults, rn_search_results, RN, SEARCH_RESULTS, GtkWidget)

/* Signal: "chosen" (RnSubject *): a hit was clicked, or Enter was pressed on it. */

GtkWidget *rn_search_results_new (void);

/** Shows these hits (takes them out of the array) with the first one marked, and @message above
 *  them (NULL: none). NULL @hits: only the message. */
void rn_search_results_show_hits (RnSearchResults *self, GPtrArray *hits, const char *message);
guint rn_search_results_get_n (RnSearchResults *self);
void rn_search_results_move_mark (RnSearchResults *self, int by);
/** Chooses the marked hit; FALSE when there is none. */
gboolean rn_search_results_choose (RnSearchResults *self);
