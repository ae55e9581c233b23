/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the journal holds of this seat, read again for figures. Main thread; entries are made of
 * their text by a worker. */
#include "session/rn-alert-desk-private.h"

static void
entry_free (gpointer data)
{
  rn_alert_entry_unref (data);
}

/* What a newer version wrote is passed over: the desk has told of it when it restored. */
static void
parse_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GPtrArray *journal = data;
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);

  for (guint i = 0; i < journal->len; i++)
    {
      const RnJournalEntry *from = journal->pdata[i];
      RnAlertEntry *entry = rn_alert_entry_parse (from->kind, from->at_us,
                                                  from->body != NULL ? from->body : "{}", NULL);

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }
  g_task_return_pointer (task, entries, (GDestroyNotify) g_ptr_array_unref);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GPtrArray *journal = rn_journal_load_finish (RN_JOURNAL (object), result, &error);

  if (journal == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, journal, (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, parse_thread);
}

void
rn_alert_desk_load_async (RnAlertDesk *self, gint64 from_us, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  if (self->journal != NULL)
    {
      rn_journal_load_async (self->journal, from_us, cancellable, loaded_cb, task);
      return;
    }
  g_task_return_pointer (task, g_ptr_array_new_with_free_func (entry_free),
                         (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

GPtrArray *
rn_alert_desk_load_finish (RnAlertDesk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rn_alert_desk_anchor (RnAlertDesk *self)
{
  if (self->journal != NULL && self->journal_state == RN_JOURNAL_ON)
    rn_journal_anchor (self->journal);
}
