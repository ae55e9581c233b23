/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What differs between versions of GTK, and small helpers for names of controls. Main thread. */
#pragma once

#include <gtk/gtk.h>

/** A colour of the style sheet by its name ("rn_dim_fg"); FALSE and black when there is none. */
gboolean rn_compat_lookup_colour (GtkWidget *widget, const char *name, GdkRGBA *colour);

/** The text colour of @widget. */
void rn_compat_get_colour (GtkWidget *widget, GdkRGBA *colour);

/** Names a control for screen readers. */
void rn_compat_set_name (GtkWidget *widget, const char *name);

/** Names the row of a list view that @child stands in, for it is the row that has the focus. Call
 *  it when the row is bound. */
void rn_compat_set_row_name (GtkWidget *child, const char *name);

/** Sets @name as the tooltip and as the accessible name. */
void rn_compat_set_tooltip (GtkWidget *widget, const char *name);

/** Adds @css_class when @on, else removes it. */
void rn_compat_set_class (GtkWidget *widget, const char *css_class, gboolean on);
