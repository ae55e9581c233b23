/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What still waits when the program ends goes into a file beside the journal, and from there into
 * the journal at the next chance: in one transaction with an entry that says so, by which it is
 * known when the file is found once more. Record thread. */
#include <string.h>

#include <glib/gstdio.h>

#include "record/rn-journal-keeper.h"
#include "record/rn-journal-rescue.h"

/* ---- back ---------------------------------------------------------------------------------- */

static gboolean
is_waiting (const RnJournalKeeper *self, const char *path)
{
  for (const GList *link = self->pending.head; link != NULL; link = link->next)
    if (g_strcmp0 (((const RnJournalBatch *) link->data)->rescued, path) == 0)
      return TRUE;
  return FALSE;
}

/* Without what a disk had written that did not confirm it. */
static void
drop_written (const RnJournalKeeper *self, RnJournalRescue *rescue)
{
  if (rescue->n_tried > 0 && rescue->tried_sequence == self->end.sequence
      && memcmp (rescue->tried_hash, self->end.hash, RN_JOURNAL_HASH) == 0)
    g_ptr_array_remove_range (rescue->entries, 0, rescue->n_tried);
}

/* Before all that this program has to write. */
static void
push_first (RnJournalKeeper *self, const RnJournalRescue *rescue, gint64 at_us)
{
  RnJournalBatch *batch = g_new0 (RnJournalBatch, 1);
  g_autofree char *body =
      g_strdup_printf ("{\"entries\":%u,\"id\":\"%s\"}", rescue->entries->len, rescue->id);

  batch->entries = g_ptr_array_ref (rescue->entries);
  g_ptr_array_insert (batch->entries, 0,
                      rn_journal_entry_new (at_us, RN_JOURNAL_KIND_RESCUED, NULL, NULL, body));
  batch->through = self->committed;
  batch->rescued = g_strdup (rescue->path);
  g_queue_push_head (&self->pending, batch);
  self->n_pending += batch->entries->len;
}

static gboolean
take (RnJournalKeeper *self, RnJournalRescue *rescue, GError **error)
{
  gint64 at_us = ((const RnJournalEntry *) rescue->entries->pdata[0])->at_us;
  gboolean known;

  if (is_waiting (self, rescue->path))
    return TRUE;
  if (!rn_journal_keeper_has_rescued (self, rescue->id, at_us, &known, error))
    return FALSE;
  drop_written (self, rescue);
  if (known || rescue->entries->len == 0)
    g_unlink (rescue->path);
  else
    push_first (self, rescue, at_us);
  return TRUE;
}

gboolean
rn_journal_keeper_take_rescued (RnJournalKeeper *self, GError **error)
{
  g_autoptr (GPtrArray) all = rn_journal_rescue_load_all (self->folder, self->seat);

  for (guint i = all->len; i > 0; i--)
    if (!take (self, all->pdata[i - 1], error))
      return FALSE;
  return TRUE;
}

/* ---- away ---------------------------------------------------------------------------------- */

/* Of what comes from a file that is still there nothing need be done. */
static void
gather (const RnJournalKeeper *self, RnJournalRescue *rescue)
{
  guint n = 0;

  for (const GList *link = self->pending.head; link != NULL; link = link->next, n++)
    {
      const RnJournalBatch *batch = link->data;

      if (batch->rescued != NULL)
        continue;
      for (guint i = 0; i < batch->entries->len; i++)
        g_ptr_array_add (rescue->entries, batch->entries->pdata[i]);
      if (self->tried.sequence != 0 && n < self->n_tried)
        rescue->n_tried = rescue->entries->len;
    }
  rescue->tried_sequence = self->tried.sequence;
  memcpy (rescue->tried_hash, self->tried.hash, RN_JOURNAL_HASH);
}

void
rn_journal_keeper_rescue (RnJournalKeeper *self)
{
  g_autoptr (RnJournalRescue) rescue = rn_journal_rescue_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_set_free_func (rescue->entries, NULL); /* borrowed */
  gather (self, rescue);
  if (rescue->entries->len == 0)
    return;
  if (rn_journal_rescue_save (rescue, self->folder, self->seat, &error))
    g_message ("%u entries that the journal could not take wait in %s", rescue->entries->len,
               rescue->path);
  else
    g_message ("%u entries that the journal could not take are lost: %s", rescue->entries->len,
               error->message);
}
