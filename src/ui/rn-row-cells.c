/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells stay with their items while these are near, so that focus, hover and text stay; those of
 * rows that have gone out of reach are used for the ones that came into it. The one with the focus
 * stays with its row wherever that is. Main thread. */
#include "ui/rn-row-cells.h"

#define MAX_SPARE_CELLS 128

struct _RnRowCells {
  GtkWidget *list;
  RnKeyedModel *model;
  RnRowShow show;
  gpointer show_data;
  GPtrArray *cells;   /* by position, one after the other; not reffed: they are children */
  RnRowCell *strayed; /* the one with the focus when it is not among them; NULL none */
  GPtrArray *spares;  /* cells without a parent, reffed */
};

RnRowCells *
rn_row_cells_new (GtkWidget *list, RnKeyedModel *model, RnRowShow show, gpointer data)
{
  RnRowCells *self = g_new0 (RnRowCells, 1);

  self->list = list;
  self->model = g_object_ref (model);
  self->show = show;
  self->show_data = data;
  self->cells = g_ptr_array_new ();
  self->spares = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
rn_row_cells_free (RnRowCells *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_widget_unparent (child);
  g_ptr_array_unref (self->cells);
  g_ptr_array_unref (self->spares);
  g_object_unref (self->model);
  g_free (self);
}

guint
rn_row_cells_get_first (RnRowCells *self)
{
  return self->cells->len > 0 ? rn_row_cell_get_position (self->cells->pdata[0]) : 0;
}

guint
rn_row_cells_get_n (RnRowCells *self)
{
  return self->cells->len;
}

RnRowCell *
rn_row_cells_get (RnRowCells *self, guint position)
{
  guint first = rn_row_cells_get_first (self);

  if (position >= first && position - first < self->cells->len)
    return self->cells->pdata[position - first];
  if (self->strayed != NULL && rn_row_cell_get_position (self->strayed) == position)
    return self->strayed;
  return NULL;
}

/* ---- cells --------------------------------------------------------------------------------- */

static void
show_cell (RnRowCells *self, RnRowCell *cell, RnKeyedItem *mark)
{
  RnKeyedItem *item = rn_row_cell_get_item (cell);

  rn_row_cell_set_selected (cell, item == mark);
  if (rn_keyed_item_get_row (item) != NULL)
    self->show (rn_row_cell_get_row (cell), item, self->show_data);
}

static void
put_away (RnRowCells *self, RnRowCell *cell)
{
  g_object_ref (cell);
  gtk_widget_unparent (GTK_WIDGET (cell));
  rn_row_cell_set_item (cell, NULL);
  if (self->spares->len < MAX_SPARE_CELLS)
    g_ptr_array_add (self->spares, cell);
  else
    g_object_unref (cell);
}

static RnRowCell *
take_cell (RnRowCells *self, GPtrArray *freed)
{
  if (freed->len > 0)
    return g_ptr_array_steal_index (freed, freed->len - 1);
  if (self->spares->len > 0)
    {
      RnRowCell *cell = g_ptr_array_steal_index_fast (self->spares, self->spares->len - 1);

      gtk_widget_insert_before (GTK_WIDGET (cell), self->list, NULL);
      g_object_unref (cell);
      return cell;
    }
  else
    {
      GtkWidget *cell = rn_row_cell_new ();

      gtk_widget_insert_before (cell, self->list, NULL);
      return RN_ROW_CELL (cell);
    }
}

/* Item → cell of all there are. */
static GHashTable *
index_cells (RnRowCells *self)
{
  GHashTable *index = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->cells->len; i++)
    g_hash_table_insert (index, rn_row_cell_get_item (self->cells->pdata[i]),
                         self->cells->pdata[i]);
  if (self->strayed != NULL)
    g_hash_table_insert (index, rn_row_cell_get_item (self->strayed), self->strayed);
  return index;
}

/* What is left in @index is free, but for the one with the focus while its row is in the list. */
static GPtrArray *
free_cells (RnRowCells *self, GHashTable *index)
{
  GtkWidget *focus = gtk_widget_get_focus_child (self->list);
  GPtrArray *freed = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer cell;

  self->strayed = NULL;
  g_hash_table_iter_init (&iter, index);
  while (g_hash_table_iter_next (&iter, NULL, &cell))
    if (cell == focus && rn_keyed_item_get_row (rn_row_cell_get_item (cell)) != NULL)
      self->strayed = cell;
    else
      g_ptr_array_add (freed, cell);
  if (self->strayed != NULL)
    rn_row_cell_set_position (
        self->strayed,
        rn_keyed_model_find (self->model,
                             rn_keyed_item_get_key (rn_row_cell_get_item (self->strayed))));
  return freed;
}

/* Children stand in the order of the rows, for those who read them one after the other. */
static void
order_cells (RnRowCells *self)
{
  GtkWidget *before = NULL;

  for (guint i = 0; i < self->cells->len; i++)
    {
      GtkWidget *cell = self->cells->pdata[i];

      if (gtk_widget_get_prev_sibling (cell) != before)
        gtk_widget_insert_after (cell, self->list, before);
      before = cell;
    }
}

void
rn_row_cells_place (RnRowCells *self, guint first, guint end, RnKeyedItem *mark, gboolean anew)
{
  g_autoptr (GHashTable) index = index_cells (self);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) freed = NULL;

  g_ptr_array_set_size (self->cells, 0);
  for (guint i = first; i < end; i++)
    {
      gpointer item = g_list_model_get_item (G_LIST_MODEL (self->model), i), cell = NULL;

      g_ptr_array_add (items, item);
      g_hash_table_steal_extended (index, item, NULL, &cell);
      g_ptr_array_add (self->cells, cell);
    }
  freed = free_cells (self, index);
  for (guint i = 0; i < self->cells->len; i++)
    {
      gboolean fresh = self->cells->pdata[i] == NULL;

      if (fresh)
        self->cells->pdata[i] = take_cell (self, freed);
      rn_row_cell_set_item (self->cells->pdata[i], items->pdata[i]);
      rn_row_cell_set_position (self->cells->pdata[i], first + i);
      if (fresh || anew)
        show_cell (self, self->cells->pdata[i], mark);
    }
  if (self->strayed != NULL && anew)
    show_cell (self, self->strayed, mark);
  for (guint i = 0; i < freed->len; i++)
    put_away (self, freed->pdata[i]);
  order_cells (self);
}

void
rn_row_cells_mark (RnRowCells *self, RnKeyedItem *mark)
{
  for (guint i = 0; i < self->cells->len; i++)
    rn_row_cell_set_selected (self->cells->pdata[i],
                              rn_row_cell_get_item (self->cells->pdata[i]) == mark);
  if (self->strayed != NULL)
    rn_row_cell_set_selected (self->strayed, rn_row_cell_get_item (self->strayed) == mark);
}

/* Screen readers read what is not on the screen, too: not what has gone. */
void
rn_row_cells_forget_gone (RnRowCells *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->cells->len; i++)
    any = any || rn_keyed_item_get_row (rn_row_cell_get_item (self->cells->pdata[i])) == NULL;
  if (!any)
    return;
  for (guint i = 0; i < self->cells->len; i++)
    put_away (self, self->cells->pdata[i]);
  g_ptr_array_set_size (self->cells, 0);
}
