/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure of a card: small label above, large number, small unit behind it; optionally a note
 * below. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "base/rn-text.h"

#define RN_TYPE_FIGURE (rn_figure_get_type ())
G_DECLARE_FINAL_TYPE (RnFigure, rn_figure, RN, FIGURE, GtkWidget)

/* Properties for templates: "label" (what it is), "unit", "note" (NULL: none), "large". */

GtkWidget *rn_figure_new (const char *label, const char *unit);

/** A number without its unit, already as text; NULL or "–": not known, and no unit is shown. */
void rn_figure_set_text (RnFigure *self, const char *text);
/** The same of a number: NaN is not known. */
void rn_figure_set_value (RnFigure *self, double value, int decimals);
/** The value and its unit. */
void rn_figure_set_quantity (RnFigure *self, RnQuantity quantity);
void rn_figure_set_label (RnFigure *self, const char *label);
void rn_figure_set_unit (RnFigure *self, const char *unit);
void rn_figure_set_note (RnFigure *self, const char *note);
/** CSS class of the number ("warn"), NULL: none. */
void rn_figure_set_class (RnFigure *self, const char *css_class);
