/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours of the style sheet by name, for what charts draw themselves. Main thread. */
#pragma once

#include <gtk/gtk.h>

/** The colour named @name ("rn_grid") in the style of @widget; its text colour when there is none
 *  of that name. */
GdkRGBA rn_chart_colour (GtkWidget *widget, const char *name);

/** Sets it as the source of @cr, its alpha times @alpha. */
void rn_chart_set_source (cairo_t *cr, const GdkRGBA *colour, double alpha);
