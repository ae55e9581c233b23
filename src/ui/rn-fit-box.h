/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row that hides its least important children when there is no room for all, instead of growing
 * or clipping. Main thread. */
#pragma once

#include <gtk/gtk.h>

#define RN_TYPE_FIT_BOX (rn_fit_box_get_type ())
G_DECLARE_FINAL_TYPE (RnFitBox, rn_fit_box, RN, FIT_BOX, GtkWidget)

/* Property: "spacing" (int, px).
 * Signal: "hidden-changed" (): another set of children does not fit. Emitted from an idle. */

GtkWidget *rn_fit_box_new (int spacing);

/** Adds @child at the end. The one with the least priority goes first. */
void rn_fit_box_append (RnFitBox *self, GtkWidget *child, int priority);
void rn_fit_box_remove (RnFitBox *self, GtkWidget *child);
void rn_fit_box_set_priority (RnFitBox *self, GtkWidget *child, int priority);

/** Whether the children stand at the end of the row instead of its start. */
void rn_fit_box_set_pack_end (RnFitBox *self, gboolean pack_end);

/** Shown at the end, and only when another child is not. Takes the place of the one before. */
void rn_fit_box_set_overflow (RnFitBox *self, GtkWidget *overflow);

/** Whether @child found room in the last allocation. */
gboolean rn_fit_box_fits (RnFitBox *self, GtkWidget *child);
