/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line over an empty seat: that no source is watched, and the way to one. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-source-book.h"

#define RN_TYPE_SOURCE_HINT (rn_source_hint_get_type ())
G_DECLARE_FINAL_TYPE (RnSourceHint, rn_source_hint, RN, SOURCE_HINT, GtkWidget)

/** Follows @book: shown while none of its sources can run. Its button activates
 *  "win.choose-source" or "app.preferences". */
void rn_source_hint_set_book (RnSourceHint *self, RnSourceBook *book);
