/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first start, while no source is known: which network to watch, whether it works, and in which
 * language. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-source-book.h"

#define RN_TYPE_START_PAGE (rn_start_page_get_type ())
G_DECLARE_FINAL_TYPE (RnStartPage, rn_start_page, RN, START_PAGE, GtkWidget)

/* Signal "later": the person wants to see the seat without a source. */

/** Where the chosen source goes. */
void rn_start_page_set_book (RnStartPage *self, RnSourceBook *book);
