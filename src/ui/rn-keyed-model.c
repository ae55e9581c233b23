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
  GPtrArray *rows;         /* shown, borrowed */
  GHashTable *items;       /* key of the item → RnKeyedItem, not reffed */
  gboolean items_outdated; /* items were made while both lists were mixed */
};

/* More runs than this become one: at each, a list view makes and drops widgets, while within one it
 * finds those that stay by their items. */
#define MAX_RUNS 8

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
  self->items_outdated = TRUE;
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
count_same (RnRowKeyFunc key, const GPtrArray *olds, const GPtrArray *news, guint *head,
            guint *tail)
{
  guint least = MIN (olds->len, news->len);

  for (*head = 0; *head < least; (*head)++)
    if (!g_str_equal (key (olds->pdata[*head]), key (news->pdata[*head])))
      break;
  for (*tail = 0; *head + *tail < least; (*tail)++)
    if (!g_str_equal (key (olds->pdata[olds->len - 1 - *tail]),
                      key (news->pdata[news->len - 1 - *tail])))
      break;
}

/* Key → 1 + position, of the positions from @start to before @end. */
static GHashTable *
index_keys (RnRowKeyFunc key, const GPtrArray *rows, guint start, guint end)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = start; i < end; i++)
    g_hash_table_insert (index, (gpointer) key (rows->pdata[i]), GUINT_TO_POINTER (i + 1));
  return index;
}

/* Walks both lists; what is missing in the other, or stands in another order, makes a run. */
static GArray *
find_runs (RnRowKeyFunc key, const GPtrArray *olds, const GPtrArray *news)
{
  g_autoptr (GHashTable) old_index = NULL;
  g_autoptr (GHashTable) new_index = NULL;
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));
  guint i, j, tail, old_end, new_end;

  count_same (key, olds, news, &i, &tail);
  j = i;
  old_end = olds->len - tail;
  new_end = news->len - tail;
  old_index = index_keys (key, olds, i, old_end);
  new_index = index_keys (key, news, j, new_end);
  while (i < old_end || j < new_end)
    {
      Run run = { i, 0, j, 0 };

      while (i < old_end || j < new_end)
        {
          const char *old = i < old_end ? key (olds->pdata[i]) : NULL;
          const char *new = j < new_end ? key (news->pdata[j]) : NULL;
          guint place, old_place;

          if (old != NULL && new != NULL && g_str_equal (old, new))
            break;
          place = old != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (new_index, old)) : 0;
          old_place = new != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (old_index, new)) : 0;
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
update_items (RnKeyedModel *self, const GPtrArray *rows)
{
  GHashTableIter iter;
  gpointer item;

  if (g_hash_table_size (self->items) == 0)
    return;
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    ((RnKeyedItem *) item)->row = NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      RnKeyedItem *found = g_hash_table_lookup (self->items, self->key (rows->pdata[i]));

      if (found != NULL)
        found->row = rows->pdata[i];
    }
}

/* Replaces @run of the old list, which earlier runs have shifted by @shift. */
static void
splice (RnKeyedModel *self, const GPtrArray *rows, const Run *run, int shift)
{
  guint position = (guint) ((int) run->position + shift);
  guint old_length = self->rows->len, tail = old_length - position - run->removed;

  if (run->added > run->removed)
    g_ptr_array_set_size (self->rows, (int) (old_length + run->added - run->removed));
  memmove (self->rows->pdata + position + run->added, self->rows->pdata + position + run->removed,
           tail * sizeof (gpointer));
  if (run->added > 0)
    memcpy (self->rows->pdata + position, rows->pdata + run->start, run->added * sizeof (gpointer));
  if (run->added < run->removed)
    g_ptr_array_set_size (self->rows, (int) (old_length + run->added - run->removed));
  g_list_model_items_changed (G_LIST_MODEL (self), position, run->removed, run->added);
}

/* The rows outside of the runs have the same keys and come from the new frame too. */
static void
renew_kept (RnKeyedModel *self, const GPtrArray *rows, GArray *runs)
{
  guint i = 0, j = 0;

  for (guint r = 0; r <= runs->len; r++)
    {
      const Run *run = r < runs->len ? &g_array_index (runs, Run, r) : NULL;
      guint end = run != NULL ? run->position : self->rows->len;

      for (; i < end; i++, j++)
        self->rows->pdata[i] = rows->pdata[j];
      if (run != NULL)
        {
          i = run->position + run->removed;
          j = run->start + run->added;
        }
    }
}

GArray *
rn_keyed_model_plan (RnRowKeyFunc key, const GPtrArray *olds, const GPtrArray *news)
{
  GArray *runs = find_runs (key, olds, news);

  if (runs->len > MAX_RUNS)
    merge_runs (runs);
  return runs;
}

GPtrArray *
rn_keyed_model_dup_rows (RnKeyedModel *self)
{
  g_return_val_if_fail (RN_IS_KEYED_MODEL (self), NULL);
  return g_ptr_array_copy (self->rows, NULL, NULL);
}

void
rn_keyed_model_show (RnKeyedModel *self, const GPtrArray *rows, GArray *plan)
{
  g_autoptr (GArray) runs = NULL;
  int shift = 0;

  g_return_if_fail (RN_IS_KEYED_MODEL (self));
  runs = plan != NULL ? g_array_ref (plan) : rn_keyed_model_plan (self->key, self->rows, rows);
  update_items (self, rows);
  renew_kept (self, rows, runs);
  self->items_outdated = FALSE;
  for (guint i = 0; i < runs->len; i++)
    {
      const Run *run = &g_array_index (runs, Run, i);

      splice (self, rows, run, shift);
      shift += (int) run->added - (int) run->removed;
    }
  /* one that was asked for between two runs may have an old row, though its key lives on */
  if (runs->len > 1 && self->items_outdated)
    update_items (self, rows);
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
