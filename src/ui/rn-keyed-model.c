/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Items are kept by key while somebody holds them (weak), since lists know rows by the identity of
 * their items. Main thread; rows are borrowed from the frame that the owner holds. */
#include "ui/rn-keyed-model.h"

struct _RnKeyedItem {
  GObject parent_instance;
  char *key;
  gconstpointer row;   /* NULL when it has left the list */
  RnKeyedModel *model; /* NULL when that is gone */
};

struct _RnKeyedModel {
  GObject parent_instance;
  RnRowKeyFunc key;
  GPtrArray *rows;   /* shown, borrowed */
  GHashTable *index; /* key → 1 + position; NULL none shown yet */
  GHashTable *items; /* key of the item → RnKeyedItem, not reffed */
};

G_DEFINE_FINAL_TYPE (RnKeyedItem, rn_keyed_item, G_TYPE_OBJECT)

static void rn_keyed_model_list_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnKeyedModel, rn_keyed_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rn_keyed_model_list_init))

/* ---- item ---------------------------------------------------------------------------------- */

static void
rn_keyed_item_finalize (GObject *object)
{
  RnKeyedItem *self = RN_KEYED_ITEM (object);

  if (self->model != NULL)
    g_hash_table_remove (self->model->items, self->key);
  g_free (self->key);
  G_OBJECT_CLASS (rn_keyed_item_parent_class)->finalize (object);
}

static void
rn_keyed_item_class_init (RnKeyedItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = rn_keyed_item_finalize;
}

static void
rn_keyed_item_init (RnKeyedItem *self)
{
}

const char *
rn_keyed_item_get_key (RnKeyedItem *self)
{
  g_return_val_if_fail (RN_IS_KEYED_ITEM (self), NULL);
  return self->key;
}

gconstpointer
rn_keyed_item_get_row (RnKeyedItem *self)
{
  g_return_val_if_fail (RN_IS_KEYED_ITEM (self), NULL);
  return self->row;
}

/* ---- list ---------------------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return RN_TYPE_KEYED_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return RN_KEYED_MODEL (model)->rows->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  RnKeyedModel *self = RN_KEYED_MODEL (model);
  RnKeyedItem *item;
  const char *key;

  if (position >= self->rows->len)
    return NULL;
  key = self->key (self->rows->pdata[position]);
  item = g_hash_table_lookup (self->items, key);
  if (item != NULL)
    return g_object_ref (item);
  item = g_object_new (RN_TYPE_KEYED_ITEM, NULL);
  item->key = g_strdup (key);
  item->row = self->rows->pdata[position];
  item->model = self;
  g_hash_table_insert (self->items, item->key, item);
  return item;
}

static void
rn_keyed_model_list_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

static void
rn_keyed_model_finalize (GObject *object)
{
  RnKeyedModel *self = RN_KEYED_MODEL (object);
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      ((RnKeyedItem *) item)->model = NULL;
      ((RnKeyedItem *) item)->row = NULL;
    }
  g_hash_table_unref (self->items);
  g_clear_pointer (&self->index, g_hash_table_unref);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (rn_keyed_model_parent_class)->finalize (object);
}

static void
rn_keyed_model_class_init (RnKeyedModelClass *class)
{
  G_OBJECT_CLASS (class)->finalize = rn_keyed_model_finalize;
}

static void
rn_keyed_model_init (RnKeyedModel *self)
{
  self->rows = g_ptr_array_new ();
  self->items = g_hash_table_new (g_str_hash, g_str_equal);
}

RnKeyedModel *
rn_keyed_model_new (RnRowKeyFunc key)
{
  RnKeyedModel *self = g_object_new (RN_TYPE_KEYED_MODEL, NULL);

  self->key = key;
  return self;
}

/* ---- showing another list ------------------------------------------------------------------ */

GHashTable *
rn_keyed_model_index (RnRowKeyFunc key, const GPtrArray *rows)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++)
    g_hash_table_insert (index, (gpointer) key (rows->pdata[i]), GUINT_TO_POINTER (i + 1));
  return index;
}

/* Items that leave forget their row before it dies; those that stay get the new one. */
static void
update_items (RnKeyedModel *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      guint position = rn_keyed_model_find (self, ((RnKeyedItem *) item)->key);

      ((RnKeyedItem *) item)->row = position != G_MAXUINT ? self->rows->pdata[position] : NULL;
    }
}

void
rn_keyed_model_show (RnKeyedModel *self, const GPtrArray *rows, GHashTable *index)
{
  guint n_before;

  g_return_if_fail (RN_IS_KEYED_MODEL (self));
  n_before = self->rows->len;
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_extend (self->rows, (GPtrArray *) rows, NULL, NULL);
  g_clear_pointer (&self->index, g_hash_table_unref);
  self->index =
      index != NULL ? g_hash_table_ref (index) : rn_keyed_model_index (self->key, self->rows);
  update_items (self);
  if (n_before > 0 || rows->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, rows->len);
}

gconstpointer
rn_keyed_model_get_row (RnKeyedModel *self, guint position)
{
  g_return_val_if_fail (RN_IS_KEYED_MODEL (self), NULL);
  return position < self->rows->len ? self->rows->pdata[position] : NULL;
}

guint
rn_keyed_model_find (RnKeyedModel *self, const char *key)
{
  guint place;

  g_return_val_if_fail (RN_IS_KEYED_MODEL (self), G_MAXUINT);
  place = self->index != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->index, key)) : 0;
  return place > 0 ? place - 1 : G_MAXUINT;
}
