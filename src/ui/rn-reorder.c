/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dragged row is found by its address, which never leaves the program: a drop from elsewhere is
 * refused by comparing lists. Main thread. */
#include "ui/rn-reorder.h"

typedef struct {
  RnReorderFunc move;
  gpointer data;
} Order;

static Order *
order_of (GtkWidget *list)
{
  return list != NULL ? g_object_get_data (G_OBJECT (list), "rn-reorder") : NULL;
}

static gboolean
is_movable (GtkListBoxRow *row)
{
  return row != NULL && g_object_get_data (G_OBJECT (row), "rn-movable") != NULL;
}

void
rn_reorder_move (GtkListBoxRow *row, int by)
{
  GtkWidget *list = gtk_widget_get_parent (GTK_WIDGET (row));
  Order *order = order_of (list);
  GtkListBoxRow *target;

  if (order == NULL || !is_movable (row))
    return;
  target =
      gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), gtk_list_box_row_get_index (row) + by);
  if (is_movable (target))
    order->move (row, target, order->data);
}

static gboolean
key_cb (GtkWidget *list, GVariant *by, gpointer data)
{
  GtkWidget *row = gtk_widget_get_focus_child (list);

  if (!GTK_IS_LIST_BOX_ROW (row) || !is_movable (GTK_LIST_BOX_ROW (row)))
    return FALSE;
  rn_reorder_move (GTK_LIST_BOX_ROW (row), g_variant_get_int32 (by));
  return TRUE;
}

static void
add_key (GtkEventController *keys, guint key, int by)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, GDK_ALT_MASK),
                                            gtk_callback_action_new (key_cb, NULL, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (by));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
}

void
rn_reorder_init (GtkListBox *list, RnReorderFunc move, gpointer data)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  Order *order = g_new (Order, 1);

  *order = (Order){ move, data };
  g_object_set_data_full (G_OBJECT (list), "rn-reorder", order, g_free);
  add_key (keys, GDK_KEY_Up, -1);
  add_key (keys, GDK_KEY_Down, 1);
  /* before the list moves the focus by these keys */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (list), keys);
}

/* ---- dragging -------------------------------------------------------------------------------- */

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, GtkWidget *row)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);
  return gdk_content_provider_new_typed (GTK_TYPE_LIST_BOX_ROW, row);
}

typedef struct {
  GtkListBoxRow *row, *target;
} Drop;

static void
drop_free (gpointer data)
{
  Drop *drop = data;

  g_object_unref (drop->row);
  g_object_unref (drop->target);
  g_free (drop);
}

/* Later: rows may go, which must not be while they handle the drop. */
static gboolean
dropped_cb (gpointer data)
{
  Drop *drop = data;
  GtkWidget *list = gtk_widget_get_parent (GTK_WIDGET (drop->target));
  Order *order = order_of (list);

  if (order != NULL && gtk_widget_get_parent (GTK_WIDGET (drop->row)) == list)
    order->move (drop->row, drop->target, order->data);
  return G_SOURCE_REMOVE;
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, GtkListBoxRow *row)
{
  GtkListBoxRow *dragged = g_value_get_object (value);
  Drop *drop;

  if (dragged == NULL || dragged == row
      || gtk_widget_get_parent (GTK_WIDGET (dragged)) != gtk_widget_get_parent (GTK_WIDGET (row)))
    return FALSE;
  drop = g_new (Drop, 1);
  *drop = (Drop){ g_object_ref (dragged), g_object_ref (row) };
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, dropped_cb, drop, drop_free);
  return TRUE;
}

void
rn_reorder_add_row (GtkListBoxRow *row)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (GTK_TYPE_LIST_BOX_ROW, GDK_ACTION_MOVE);

  g_object_set_data (G_OBJECT (row), "rn-movable", row);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), row);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), row);
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (target));
}
