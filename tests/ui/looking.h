/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking at widgets as a person does: what is in sight, by what it says or is. */
#pragma once

#include <string.h>

#include <gtk/gtk.h>

/** Runs the main loop until what was begun is drawn, some 80 ms. */
static inline void
settle (void)
{
  for (guint i = 0; i < 4; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (20000);
    }
}

typedef gboolean (*Test) (GtkWidget *widget, const char *argument);

/** The first one in sight, @widget or below it, for which @test holds, in order; NULL none. */
static inline GtkWidget *
find (GtkWidget *widget, Test test, const char *argument)
{
  GtkWidget *found = test (widget, argument) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_child_visible (child) && gtk_widget_get_visible (child))
      found = find (child, test, argument);
  return found;
}

static inline gboolean
is_label_with (GtkWidget *widget, const char *text)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

static inline gboolean
is_of_type (GtkWidget *widget, const char *type)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), type);
}
