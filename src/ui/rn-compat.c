/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one file of this room that knows about versions of GTK: the style context is deprecated from
 * 4.10 on, and before 4.12 a list item has no name of its own to set. A menu button hands its name
 * on to the button inside it, a drop-down does not. Main thread. */
#include "ui/rn-compat.h"

gboolean
rn_compat_lookup_colour (GtkWidget *widget, const char *name, GdkRGBA *colour)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  if (gtk_style_context_lookup_color (context, name, colour))
    return TRUE;
  *colour = (GdkRGBA){ 0, 0, 0, 1 };
  return FALSE;
}

void
rn_compat_get_colour (GtkWidget *widget, GdkRGBA *colour)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), colour);
}

void
rn_compat_set_name (GtkWidget *widget, const char *name)
{
  GtkWidget *inner = GTK_IS_DROP_DOWN (widget) ? gtk_widget_get_first_child (widget) : NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (inner != NULL)
    rn_compat_set_name (inner, name);
}

void
rn_compat_set_row_name (GtkWidget *child, const char *name)
{
  GtkWidget *row = gtk_widget_get_parent (child);

  rn_compat_set_name (row != NULL ? row : child, name);
}

void
rn_compat_set_tooltip (GtkWidget *widget, const char *name)
{
  gtk_widget_set_tooltip_text (widget, name);
  rn_compat_set_name (widget, name);
}

void
rn_compat_set_class (GtkWidget *widget, const char *css_class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}
