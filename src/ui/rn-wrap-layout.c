/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Children have their natural width, or the width of the line where that is less. Main thread. */
#include "ui/rn-wrap-layout.h"

struct _RnWrapLayout {
  GtkLayoutManager parent_instance;
  int gap_px;
};

G_DEFINE_FINAL_TYPE (RnWrapLayout, rn_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Goes through the lines for @width; allocates when @place. The height of all lines. */
static int
arrange (RnWrapLayout *self, GtkWidget *widget, int width, gboolean place)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0, y = 0, line = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkRequisition size;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_get_preferred_size (child, NULL, &size);
      size.width = MIN (size.width, width);
      if (x > 0 && x + size.width > width)
        {
          x = 0;
          y += line + self->gap_px;
          line = 0;
        }
      if (place)
        gtk_widget_size_allocate (
            child, &(GtkAllocation){ rtl ? width - x - size.width : x, y, size.width, size.height },
            -1);
      line = MAX (line, size.height);
      x += size.width + self->gap_px;
    }
  return y + line;
}

static void
rn_wrap_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation,
                        int for_size, int *minimum, int *natural, int *minimum_baseline,
                        int *natural_baseline)
{
  RnWrapLayout *self = RN_WRAP_LAYOUT (manager);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = arrange (self, widget, for_size >= 0 ? for_size : G_MAXINT / 2, FALSE);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? self->gap_px : 0);
    }
}

static void
rn_wrap_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height,
                         int baseline)
{
  arrange (RN_WRAP_LAYOUT (manager), widget, width, TRUE);
}

static GtkSizeRequestMode
rn_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rn_wrap_layout_class_init (RnWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->measure = rn_wrap_layout_measure;
  manager_class->allocate = rn_wrap_layout_allocate;
  manager_class->get_request_mode = rn_wrap_layout_get_request_mode;
}

static void
rn_wrap_layout_init (RnWrapLayout *self)
{
}

GtkLayoutManager *
rn_wrap_layout_new (int gap_px)
{
  RnWrapLayout *self = g_object_new (RN_TYPE_WRAP_LAYOUT, NULL);

  self->gap_px = gap_px;
  return GTK_LAYOUT_MANAGER (self);
}
