/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place of this room that asks the style context, which GTK deprecates from 4.10 on. Main
 * thread; holds nothing. */
#include "chart/rn-chart-colour.h"

GdkRGBA
rn_chart_colour (GtkWidget *widget, const char *name)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA colour;

  if (!gtk_style_context_lookup_color (context, name, &colour))
    gtk_style_context_get_color (context, &colour);
  return colour;
}

void
rn_chart_set_source (cairo_t *cr, const GdkRGBA *colour, double alpha)
{
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha * alpha);
}
