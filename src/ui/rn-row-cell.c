/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A widget of the kind that list views make for their rows, so that the style is the same. Main
 * thread. */
#include "ui/rn-row-cell.h"

struct _RnRowCell {
  GtkWidget parent_instance;
  GtkWidget *row;
  RnKeyedItem *item; /* NULL none */
  guint position;
  gboolean selected;
};

G_DEFINE_FINAL_TYPE (RnRowCell, rn_row_cell, GTK_TYPE_WIDGET)

static void
rn_row_cell_dispose (GObject *object)
{
  RnRowCell *self = RN_ROW_CELL (object);

  g_clear_pointer (&self->row, gtk_widget_unparent);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (rn_row_cell_parent_class)->dispose (object);
}

static void
rn_row_cell_class_init (RnRowCellClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = rn_row_cell_dispose;
  gtk_widget_class_set_css_name (widget_class, "row");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
rn_row_cell_init (RnRowCell *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "activatable");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, FALSE, -1);
  self->row = rn_row_new ();
  gtk_widget_set_parent (self->row, GTK_WIDGET (self));
}

GtkWidget *
rn_row_cell_new (void)
{
  return g_object_new (RN_TYPE_ROW_CELL, NULL);
}

RnRow *
rn_row_cell_get_row (RnRowCell *self)
{
  return RN_ROW (self->row);
}

void
rn_row_cell_set_item (RnRowCell *self, RnKeyedItem *item)
{
  g_set_object (&self->item, item);
}

RnKeyedItem *
rn_row_cell_get_item (RnRowCell *self)
{
  return self->item;
}

void
rn_row_cell_set_position (RnRowCell *self, guint position)
{
  self->position = position;
}

guint
rn_row_cell_get_position (RnRowCell *self)
{
  return self->position;
}

void
rn_row_cell_set_selected (RnRowCell *self, gboolean selected)
{
  if (self->selected == selected)
    return;
  self->selected = selected;
  if (selected)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}
