/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the desk shows: the book and lists of it. A list is made when somebody asks after a change
 * and lives until "changed" was told, so that what was borrowed stays good. Main thread. */
#include "session/rn-alert-desk-private.h"

struct _RnAlertShow {
  GPtrArray *all;       /* RnAlert, all there are in the book */
  GPtrArray *rows;      /* without children, in no order; borrowed from all */
  GPtrArray *sorted;    /* the same in the order of lists; NULL: not made yet */
  GHashTable *subjects; /* RnSubject → RnAlert that stands for it, borrowed; NULL: not made yet */
};

/* A row with what orders it, so that sorting does not look at each alert again and again. */
typedef struct {
  RnAlert *alert;
  gint64 raised_us;
  guint rank;
} Ranked;

static int
compare (gconstpointer a_ranked, gconstpointer b_ranked)
{
  const Ranked *a = a_ranked, *b = b_ranked;

  if (a->rank != b->rank)
    return a->rank < b->rank ? -1 : 1;
  if (a->raised_us != b->raised_us)
    return a->raised_us > b->raised_us ? -1 : 1;
  return rn_alert_compare (a->alert, b->alert);
}

static GPtrArray *
sort_rows (const GPtrArray *rows)
{
  g_autoptr (GArray) ranked = g_array_sized_new (FALSE, FALSE, sizeof (Ranked), rows->len);
  GPtrArray *sorted = g_ptr_array_sized_new (rows->len);

  for (guint i = 0; i < rows->len; i++)
    {
      RnAlert *alert = rows->pdata[i];
      Ranked row = { alert, alert->raised_us, rn_alert_rank (alert) };

      g_array_append_val (ranked, row);
    }
  g_array_sort (ranked, compare);
  for (guint i = 0; i < ranked->len; i++)
    g_ptr_array_add (sorted, g_array_index (ranked, Ranked, i).alert);
  return sorted;
}

static const RnAlert *
row_of (const RnAlertBook *book, const RnAlert *alert)
{
  const RnAlert *row = alert, *parent = alert;

  while (parent != NULL && (row = parent)->parent != NULL)
    parent = rn_alert_book_find (book, row->parent);
  return row;
}

/* A row of its own comes before the row of a parent. */
static void
add_subject (GHashTable *subjects, const RnAlertBook *book, const RnAlert *alert)
{
  const RnAlert *row = row_of (book, alert);
  const RnAlert *other = g_hash_table_lookup (subjects, alert->subject);
  gboolean own = row == alert, other_own;

  other_own = other != NULL && rn_subject_equal (other->subject, alert->subject);
  if (other != NULL && (own != other_own ? other_own : rn_alert_compare (other, row) <= 0))
    return;
  g_hash_table_replace (subjects, alert->subject, (gpointer) row);
}

static GHashTable *
index_subjects (const RnAlertBook *book, const GPtrArray *all)
{
  GHashTable *subjects =
      g_hash_table_new ((GHashFunc) rn_subject_hash, (GEqualFunc) rn_subject_equal);

  for (guint i = 0; i < all->len; i++)
    add_subject (subjects, book, all->pdata[i]);
  return subjects;
}

static RnAlertShow *
show_new (const RnAlertBook *book)
{
  RnAlertShow *self = g_new0 (RnAlertShow, 1);

  self->all = rn_alert_book_dup_alerts (book);
  self->rows = g_ptr_array_sized_new (self->all->len);
  for (guint i = 0; i < self->all->len; i++)
    if (((const RnAlert *) self->all->pdata[i])->parent == NULL)
      g_ptr_array_add (self->rows, self->all->pdata[i]);
  return self;
}

static void
show_free (gpointer data)
{
  RnAlertShow *self = data;

  g_clear_pointer (&self->subjects, g_hash_table_unref);
  g_clear_pointer (&self->sorted, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->all);
  g_free (self);
}

void
rn_alert_desk_clear_show (RnAlertDesk *self)
{
  g_clear_pointer (&self->show, show_free);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_handle_id (&self->changed_source, g_source_remove);
}

static gboolean
changed_cb (gpointer data)
{
  g_autoptr (RnAlertDesk) self = g_object_ref (data);
  g_autoptr (GPtrArray) shown = g_steal_pointer (&self->shown);

  self->changed_source = 0;
  g_signal_emit (self, rn_alert_desk_signals[RN_ALERT_DESK_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

void
rn_alert_desk_queue_changed (RnAlertDesk *self)
{
  if (self->show != NULL)
    {
      if (self->shown == NULL)
        self->shown = g_ptr_array_new_with_free_func (show_free);
      g_ptr_array_add (self->shown, g_steal_pointer (&self->show));
    }
  if (self->changed_source == 0)
    self->changed_source = g_idle_add_full (G_PRIORITY_DEFAULT, changed_cb, self, NULL);
}

static void
ring (RnAlertDesk *self, const RnAlertEntry *entry)
{
  const RnAlert *alert = entry->rings ? rn_alert_book_find (self->book, entry->key) : NULL;
  g_autoptr (RnAlert) rung = alert != NULL ? rn_alert_ref (alert) : NULL;

  if (rung != NULL)
    g_signal_emit (self, rn_alert_desk_signals[RN_ALERT_DESK_RANG], 0, rung, FALSE);
}

static void
entry_free (gpointer data)
{
  rn_alert_entry_unref (data);
}

guint
rn_alert_desk_show_entries (RnAlertDesk *self, GPtrArray *entries)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new_with_free_func (entry_free);

  for (guint i = 0; i < entries->len; i++)
    {
      const RnAlertEntry *entry = entries->pdata[i];
      g_autoptr (GError) error = NULL;

      if (!rn_alert_book_apply (self->book, entry, &error))
        {
          g_message ("%s of %s: %s", rn_alert_entry_word (entry->kind), entry->key, error->message);
          continue;
        }
      if (entry->kind == RN_ENTRY_CLEARED)
        self->last_cleared_us = MAX (self->last_cleared_us, entry->at_us);
      g_ptr_array_add (taken, rn_alert_entry_ref (entry));
    }
  if (taken->len == 0)
    return 0;
  rn_alert_desk_queue_changed (self);
  g_signal_emit (self, rn_alert_desk_signals[RN_ALERT_DESK_ENTRIES], 0, taken);
  for (guint i = 0; i < taken->len; i++)
    ring (self, taken->pdata[i]);
  return taken->len;
}

void
rn_alert_desk_show_book (RnAlertDesk *self, RnAlertBook *book)
{
  rn_alert_desk_queue_changed (self);
  rn_alert_book_free (self->book);
  self->book = book;
}

/* ---- queries ------------------------------------------------------------------------------- */

static RnAlertShow *
get_show (RnAlertDesk *self)
{
  if (self->show == NULL)
    self->show = show_new (self->book);
  return self->show;
}

const GPtrArray *
rn_alert_desk_get_rows (RnAlertDesk *self)
{
  return get_show (self)->rows;
}

const GPtrArray *
rn_alert_desk_get_alerts (RnAlertDesk *self)
{
  RnAlertShow *show = get_show (self);

  if (show->sorted == NULL)
    show->sorted = sort_rows (show->rows);
  return show->sorted;
}

const RnAlert *
rn_alert_desk_find (RnAlertDesk *self, const char *key)
{
  get_show (self); /* holds what is lent until "changed" */
  return key != NULL ? rn_alert_book_find (self->book, key) : NULL;
}

const RnAlert *
rn_alert_desk_find_for (RnAlertDesk *self, const RnSubject *subject)
{
  RnAlertShow *show = get_show (self);

  if (show->subjects == NULL)
    show->subjects = index_subjects (self->book, show->all);
  return g_hash_table_lookup (show->subjects, subject);
}

GPtrArray *
rn_alert_desk_dup_children (RnAlertDesk *self, const char *key)
{
  return rn_alert_book_dup_children (self->book, key);
}

GPtrArray *
rn_alert_desk_dup_timeline (RnAlertDesk *self, const char *key)
{
  return rn_alert_book_dup_timeline (self->book, key);
}

gboolean
rn_alert_desk_is_flood (RnAlertDesk *self)
{
  return rn_alert_book_is_flood (self->book);
}

gint64
rn_alert_desk_get_last_cleared_us (RnAlertDesk *self)
{
  return self->last_cleared_us;
}

gint64
rn_alert_desk_get_now_us (RnAlertDesk *self)
{
  return self->now_us;
}
