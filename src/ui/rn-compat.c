/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one file of this room that knows about versions of GTK: the style context is deprecated from
 * 4.10 on, and 4.8 does not hand the name of a menu button to its inner button. Main thread. */
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

static void
set_label (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
rn_compat_set_name (GtkWidget *widget, const char *name)
{
  set_label (widget, name);
  if (GTK_IS_MENU_BUTTON (widget))
    {
      GtkWidget *inner = gtk_widget_get_first_child (widget);

      if (inner != NULL)
        set_label (inner, name);
    }
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
