/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One source in the preferences: what it is, how its feeds are doing, and what can be done with
 * it. Main thread. */
#pragma once

#include <adwaita.h>

#include "ui/rn-source-book.h"

#define RN_TYPE_SOURCE_ROW (rn_source_row_get_type ())
G_DECLARE_FINAL_TYPE (RnSourceRow, rn_source_row, RN, SOURCE_ROW, AdwActionRow)

/** Of entry @i of @book; it is made anew when the book changes. */
GtkWidget *rn_source_row_new (RnSourceBook *book, guint i);

/** Which of its controls has the focus, -1 none; and gives the focus to it, so that making the rows
 *  anew does not take the keyboard away. */
int rn_source_row_get_focus (RnSourceRow *self);
void rn_source_row_set_focus (RnSourceRow *self, int control);

const char *rn_source_row_get_name (RnSourceRow *self);

/** Says how it is doing now. @feeds: RnFeedStatus of all sources. */
void rn_source_row_set_feeds (RnSourceRow *self, const GPtrArray *feeds);
