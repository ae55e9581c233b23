/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Network figures: smooth rate, slow km, severe km, mean speed, vehicles today against the record.
 * When there is no room the least of them are left out. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "model/rn-frame.h"

#define RN_TYPE_FIGURES_BAR (rn_figures_bar_get_type ())
G_DECLARE_FINAL_TYPE (RnFiguresBar, rn_figures_bar, RN, FIGURES_BAR, GtkWidget)

GtkWidget *rn_figures_bar_new (void);

/** @as_of: clock time that the figures stand for when their feed is not live any more, so that old
 *  ones do not look calm; NULL: live. */
void rn_figures_bar_set_figures (RnFiguresBar *self, const RnFigures *figures, const char *as_of);
