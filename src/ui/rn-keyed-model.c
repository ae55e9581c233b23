/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares the old keys with the new ones and splices run by run, consistent at each signal. Items
 * are kept by key while somebody holds them (weak), since views know rows by the identity of their
 * items. Main thread; rows are borrowed from the frame that the owner holds. */
#include "ui/rn-keyed-model.h"

#include <string.h>

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
  GHashTable *items; /* key of the item → RnKeyedItem, not reffed */
};

/* More runs than this become one. */
#define MAX_RUNS 24

typedef struct {
  guint position, removed; /* in the old list */
  guint start, added;      /* in the new one */
} Run;

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

/* What both lists begin and end with: at a refresh mostly all of them. */
static void
count_same (RnKeyedModel *self, gconstpointer *rows, guint n, guint *head, guint *tail)
{
  guint least = MIN (self->rows->len, n);

  for (*head = 0; *head < least; (*head)++)
    if (!g_str_equal (self->key (self->rows->pdata[*head]), self->key (rows[*head])))
      break;
  for (*tail = 0; *head + *tail < least; (*tail)++)
    if (!g_str_equal (self->key (self->rows->pdata[self->rows->len - 1 - *tail]),
                      self->key (rows[n - 1 - *tail])))
      break;
}

/* Key → 1 + position, of the positions from @start to before @end. */
static GHashTable *
index_keys (RnKeyedModel *self, gconstpointer *rows, guint start, guint end)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = start; i < end; i++)
    g_hash_table_insert (index, (gpointer) self->key (rows[i]), GUINT_TO_POINTER (i + 1));
  return index;
}

/* Walks both lists; what is missing in the other, or stands in another order, makes a run. */
static GArray *
find_runs (RnKeyedModel *self, gconstpointer *rows, guint n)
{
  g_autoptr (GHashTable) olds = NULL;
  g_autoptr (GHashTable) news = NULL;
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));
  guint i, j, tail, old_end, new_end;

  count_same (self, rows, n, &i, &tail);
  j = i;
  old_end = self->rows->len - tail;
  new_end = n - tail;
  olds = index_keys (self, (gconstpointer *) self->rows->pdata, i, old_end);
  news = index_keys (self, rows, j, new_end);
  while (i < old_end || j < new_end)
    {
      Run run = { i, 0, j, 0 };

      while (i < old_end || j < new_end)
        {
          const char *old = i < old_end ? self->key (self->rows->pdata[i]) : NULL;
          const char *new = j < new_end ? self->key (rows[j]) : NULL;
          guint place, old_place;

          if (old != NULL && new != NULL && g_str_equal (old, new))
            break;
          place = old != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (news, old)) : 0;
          old_place = new != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (olds, new)) : 0;
          if (old != NULL && place <= j) /* gone, or put in further up */
            i++, run.removed++;
          else if (new != NULL && old_place <= i) /* new, or taken out further up */
            j++, run.added++;
          else if (old != NULL) /* both live on, in another order: the old one moves */
            i++, run.removed++;
          else
            j++, run.added++;
        }
      if (run.removed > 0 || run.added > 0)
        g_array_append_val (runs, run);
      else
        i++, j++;
    }
  return runs;
}

static void
merge_runs (GArray *runs)
{
  Run *first = &g_array_index (runs, Run, 0);
  Run *last = &g_array_index (runs, Run, runs->len - 1);

  first->removed = last->position + last->removed - first->position;
  first->added = last->start + last->added - first->start;
  g_array_set_size (runs, 1);
}

/* Items that leave forget their row before it dies; those that stay get the new one. */
static void
update_items (RnKeyedModel *self, gconstpointer *rows, guint n)
{
  GHashTableIter iter;
  gpointer item;

  if (g_hash_table_size (self->items) == 0)
    return;
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    ((RnKeyedItem *) item)->row = NULL;
  for (guint i = 0; i < n; i++)
    {
      RnKeyedItem *found = g_hash_table_lookup (self->items, self->key (rows[i]));

      if (found != NULL)
        found->row = rows[i];
    }
}

/* Replaces @run of the old list, which earlier runs have shifted by @shift. */
static void
splice (RnKeyedModel *self, gconstpointer *rows, const Run *run, int shift)
{
  guint position = (guint) ((int) run->position + shift);
  guint old_length = self->rows->len, tail = old_length - position - run->removed;

  if (run->added > run->removed)
    g_ptr_array_set_size (self->rows, (int) (old_length + run->added - run->removed));
  memmove (self->rows->pdata + position + run->added, self->rows->pdata + position + run->removed,
           tail * sizeof (gpointer));
  if (run->added > 0)
    memcpy (self->rows->pdata + position, rows + run->start, run->added * sizeof (gpointer));
  if (run->added < run->removed)
    g_ptr_array_set_size (self->rows, (int) (old_length + run->added - run->removed));
  g_list_model_items_changed (G_LIST_MODEL (self), position, run->removed, run->added);
}

/* The rows outside of the runs have the same keys and come from the new frame too. */
static void
renew_kept (RnKeyedModel *self, gconstpointer *rows, GArray *runs)
{
  guint i = 0, j = 0;

  for (guint r = 0; r <= runs->len; r++)
    {
      const Run *run = r < runs->len ? &g_array_index (runs, Run, r) : NULL;
      guint end = run != NULL ? run->position : self->rows->len;

      for (; i < end; i++, j++)
        self->rows->pdata[i] = (gpointer) rows[j];
      if (run != NULL)
        {
          i = run->position + run->removed;
          j = run->start + run->added;
        }
    }
}

void
rn_keyed_model_show (RnKeyedModel *self, gconstpointer *rows, guint n)
{
  g_autoptr (GArray) runs = NULL;
  int shift = 0;

  g_return_if_fail (RN_IS_KEYED_MODEL (self));
  runs = find_runs (self, rows, n);
  if (runs->len > MAX_RUNS)
    merge_runs (runs);
  update_items (self, rows, n);
  renew_kept (self, rows, runs);
  for (guint i = 0; i < runs->len; i++)
    {
      const Run *run = &g_array_index (runs, Run, i);

      splice (self, rows, run, shift);
      shift += (int) run->added - (int) run->removed;
    }
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
  g_return_val_if_fail (RN_IS_KEYED_MODEL (self), G_MAXUINT);
  for (guint i = 0; i < self->rows->len; i++)
    if (g_strcmp0 (self->key (self->rows->pdata[i]), key) == 0)
      return i;
  return G_MAXUINT;
}
