/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the file is opened, tried again or given up, and what becomes of entries meanwhile: they
 * wait in order. The file is closed at any failure and opened anew for the next try, so that no
 * half-broken state is carried along. How many may wait is bounded where they come in
 * (rn-journal.c). */
#include "record/rn-journal-keeper.h"

#include <string.h>

#include <glib/gstdio.h>

#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "base/rn-json.h"
#include "record/rn-record-thread.h"

#define FIRST_RETRY_US RN_SECOND
#define MAX_RETRY_US (30 * RN_SECOND)
#define MAX_SET_ASIDE 3  /* files of one run: a disk that damages them all is not fed for ever */
#define MAX_TOGETHER 500 /* entries of several appends in one transaction, when catching up */

void
rn_journal_batch_free (RnJournalBatch *self)
{
  g_ptr_array_unref (self->entries);
  if (self->done != NULL)
    self->done (self->done_data);
  g_free (self->rescued);
  g_free (self);
}

/* ---- state --------------------------------------------------------------------------------- */

static void
report (RnJournalKeeper *self)
{
  RnJournalBatch *last = g_queue_peek_tail (&self->pending);

  self->status.pending = self->n_pending;
  if (last != NULL)
    self->failed = last->through;
  self->report (&self->status, self->committed, self->failed, self->report_data);
}

static void
set_state (RnJournalKeeper *self, RnJournalState state, const char *reason)
{
  g_free (self->status.reason);
  self->status.reason = g_strdup (reason);
  self->status.state = state;
}

/* @error: why there is no writing; what waits is tried again later. */
static void
give_up_for_now (RnJournalKeeper *self, const GError *error)
{
  gboolean elsewhere = g_error_matches (error, RN_RECORD_ERROR, RN_RECORD_ERROR_ELSEWHERE);
  gint64 wait_us = MIN (FIRST_RETRY_US << MIN (self->n_failures, 10), MAX_RETRY_US);

  set_state (self, elsewhere ? RN_JOURNAL_ELSEWHERE : RN_JOURNAL_OFF, error->message);
  self->n_failures = elsewhere ? 0 : self->n_failures + 1;
  self->next_try_us = g_get_monotonic_time () + wait_us;
}

/* An entry of the journal's own; its time is that of what it is written with. Takes @body. */
static void
add_own (RnJournalKeeper *self, const char *kind, char *body)
{
  g_ptr_array_add (self->own, rn_journal_entry_new (0, kind, NULL, NULL, body));
  g_free (body);
}

static void
note_set_aside (RnJournalKeeper *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *name = g_path_get_basename (self->status.set_aside);
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "set_aside");
  json_builder_add_string_value (builder, name);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  add_own (self, RN_JOURNAL_KIND_BEGUN, rn_json_dup_text (root, FALSE));
}

static void
set_mismatch (RnJournalKeeper *self, const char *words)
{
  g_free (self->status.mismatch);
  self->status.mismatch = g_strdup (words);
}

/* ---- the file ------------------------------------------------------------------------------ */

/* After a failure in the midst of work: a damaged file makes room for a new one at once. */
static void
handle_failure (RnJournalKeeper *self, const GError *error)
{
  g_autoptr (GError) local = NULL;
  char *aside;

  if (g_error_matches (error, RN_RECORD_ERROR, RN_RECORD_ERROR_DAMAGED)
      && rn_database_can_write (self->db) && self->n_set_aside < MAX_SET_ASIDE)
    {
      self->n_set_aside++;
      aside = rn_database_set_aside (self->db, &local);
      if (aside == NULL)
        give_up_for_now (self, local);
      else
        {
          g_free (self->status.set_aside);
          self->status.set_aside = aside;
          self->next_try_us = 0;
          note_set_aside (self);
        }
    }
  else
    give_up_for_now (self, error);
  g_clear_pointer (&self->db, rn_database_close);
}

static void
drop_written (RnJournalKeeper *self, guint n_batches)
{
  for (guint i = 0; i < n_batches; i++)
    {
      RnJournalBatch *batch = g_queue_pop_head (&self->pending);

      self->n_pending -= batch->entries->len;
      self->committed = batch->through;
      if (batch->rescued != NULL)
        g_unlink (batch->rescued);
      rn_journal_batch_free (batch);
    }
  g_ptr_array_set_size (self->own, 0);
}

/* A disk that refuses to confirm may have written all the same, and what was in the log comes back
 * when that is opened anew: then it is not written twice. */
static void
recognise_tried (RnJournalKeeper *self)
{
  if (self->tried.sequence != 0 && self->tried.sequence == self->end.sequence
      && memcmp (self->tried.hash, self->end.hash, RN_JOURNAL_HASH) == 0)
    drop_written (self, self->n_tried);
  self->tried.sequence = 0;
}

/* TRUE when it can be written. FALSE with @error when it was opened and then found to be bad. */
static gboolean
open_file (RnJournalKeeper *self, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *set_aside = NULL;
  g_autofree char *mismatch = NULL;

  self->db = rn_database_open (self->folder, &rn_journal_kind, &reason, &set_aside, &local);
  if (set_aside != NULL)
    {
      g_free (self->status.set_aside);
      self->status.set_aside = g_steal_pointer (&set_aside);
      note_set_aside (self);
    }
  if (self->db == NULL)
    {
      give_up_for_now (self, reason != NULL ? reason : local);
      return FALSE;
    }
  if (!rn_journal_keeper_find_end (self, &self->end, &mismatch, &self->status.anchor_us, error))
    return FALSE;
  self->status.written = self->end.sequence;
  if (!rn_database_can_write (self->db))
    {
      give_up_for_now (self, reason);
      return FALSE;
    }
  recognise_tried (self);
  if (mismatch != NULL && !rn_journal_keeper_is_whole (self, error))
    return FALSE;
  if (mismatch != NULL)
    {
      set_mismatch (self, _("the journal did not end where it had been left"));
      add_own (self, RN_JOURNAL_KIND_MISMATCH, g_steal_pointer (&mismatch));
    }
  if (!rn_journal_keeper_take_rescued (self, error))
    return FALSE;
  set_state (self, RN_JOURNAL_ON, NULL);
  self->n_failures = 0;
  return TRUE;
}

/* TRUE when the file can be written. Else it may be open for reading, and the status says why. */
static gboolean
ensure_open (RnJournalKeeper *self)
{
  g_autoptr (GError) error = NULL;

  if (self->db != NULL && rn_database_can_write (self->db))
    return TRUE;
  if (g_get_monotonic_time () < self->next_try_us)
    return FALSE;
  g_clear_pointer (&self->db, rn_database_close);
  if (open_file (self, &error))
    return TRUE;
  if (error != NULL)
    handle_failure (self, error);
  return FALSE;
}

/* ---- entries ------------------------------------------------------------------------------- */

/* The arrays of entries that are written next, and how many batches those are. */
static GPtrArray *
gather (RnJournalKeeper *self, guint *n_batches)
{
  GPtrArray *arrays = g_ptr_array_new ();
  guint n = 0;

  if (self->own->len > 0)
    g_ptr_array_add (arrays, self->own);
  *n_batches = 0;
  for (GList *link = self->pending.head; link != NULL; link = link->next)
    {
      RnJournalBatch *batch = link->data;

      n += batch->entries->len;
      if (*n_batches > 0 && n > MAX_TOGETHER)
        break;
      g_ptr_array_add (arrays, batch->entries);
      (*n_batches)++;
    }
  return arrays;
}

/* The time of what is written next. */
static gint64
next_us (const RnJournalKeeper *self)
{
  const RnJournalBatch *first = self->pending.head != NULL ? self->pending.head->data : NULL;

  if (first == NULL)
    return self->anchor_us;
  return ((RnJournalEntry *) g_ptr_array_index (first->entries, 0))->at_us;
}

static void
date_own (RnJournalKeeper *self)
{
  gint64 at_us = next_us (self);

  for (guint i = 0; i < self->own->len; i++)
    ((RnJournalEntry *) g_ptr_array_index (self->own, i))->at_us = at_us;
}

/* One transaction. FALSE: it could not be. */
static gboolean
write_next (RnJournalKeeper *self)
{
  g_autoptr (GError) error = NULL;
  guint n_batches;
  g_autoptr (GPtrArray) arrays = gather (self, &n_batches);
  gboolean all = n_batches == self->pending.length;
  gint64 anchor_us = all ? self->anchor_us : 0;

  date_own (self);
  if (anchor_us == 0 && self->end.other_key)
    anchor_us = next_us (self); /* from the first entry on this key vouches for the end */
  if (self->end.sequence == 0 && arrays->len == 0)
    {
      self->anchor_us = 0; /* there is nothing to prove yet */
      return TRUE;
    }
  self->n_tried = n_batches;
  if (!rn_journal_keeper_write (self, arrays, anchor_us, &self->end, &error))
    {
      handle_failure (self, error);
      return FALSE;
    }
  drop_written (self, n_batches);
  self->status.written = self->end.sequence;
  if (anchor_us != 0)
    self->status.anchor_us = anchor_us;
  if (all)
    self->anchor_us = 0;
  return TRUE;
}

/* Writes what waits, oldest first, as far as it goes. */
static void
flush (RnJournalKeeper *self)
{
  while ((self->pending.length > 0 || self->anchor_us != 0) && ensure_open (self))
    write_next (self);
}

void
rn_journal_keeper_take (RnJournalKeeper *self, RnJournalBatch *batch)
{
  g_return_if_fail (rn_record_thread_is_current ());
  g_queue_push_tail (&self->pending, batch);
  self->n_pending += batch->entries->len;
  flush (self);
  report (self);
}

void
rn_journal_keeper_anchor (RnJournalKeeper *self, gint64 at_us)
{
  self->anchor_us = at_us;
  flush (self);
  report (self);
}

static void
take_key (RnJournalKeeper *self, GBytes *key)
{
  g_clear_pointer (&self->key, g_bytes_unref);
  g_free (self->key_id);
  self->key = key != NULL ? g_bytes_ref (key) : NULL;
  self->key_id = rn_journal_chain_key_id (key);
  self->status.unkeyed = key == NULL;
}

void
rn_journal_keeper_set_key (RnJournalKeeper *self, GBytes *key, gint64 at_us)
{
  ensure_open (self); /* where it ends is still judged by the key before */
  take_key (self, key);
  rn_journal_keeper_anchor (self, at_us);
}

/* What is read and is not a chain comes of a damaged file, or somebody changed it: then it is read
 * all the same, and told. */
static GPtrArray *
read_chain (RnJournalKeeper *self, gint64 from_us, const char *kind, const char *only,
            GError **error)
{
  gboolean chained;
  g_autoptr (GPtrArray) entries =
      rn_journal_keeper_read (self, from_us, kind, only, &chained, error);

  if (entries == NULL || (!chained && !rn_journal_keeper_is_whole (self, error)))
    return NULL;
  if (!chained)
    set_mismatch (self, _("entries of the journal are missing or were changed"));
  return g_steal_pointer (&entries);
}

GPtrArray *
rn_journal_keeper_load (RnJournalKeeper *self, gint64 from_us, const char *kind, const char *only,
                        GError **error)
{
  GError *local = NULL;
  GPtrArray *entries;

  g_return_val_if_fail (rn_record_thread_is_current (), NULL);
  if (!ensure_open (self) && self->db == NULL)
    {
      g_set_error_literal (error, RN_RECORD_ERROR, RN_RECORD_ERROR_FAILED, self->status.reason);
      report (self);
      return NULL;
    }
  entries = read_chain (self, from_us, kind, only, &local);
  if (entries == NULL)
    {
      handle_failure (self, local);
      g_propagate_error (error, local);
    }
  report (self);
  return entries;
}

gint64
rn_journal_keeper_idle (RnJournalKeeper *self)
{
  if (ensure_open (self))
    flush (self);
  report (self);
  if (self->status.state == RN_JOURNAL_ON && self->db != NULL)
    return -1;
  return MAX (self->next_try_us - g_get_monotonic_time (), 1);
}

/* ---- life ---------------------------------------------------------------------------------- */

RnJournalKeeper *
rn_journal_keeper_new (const char *folder, const char *seat, GBytes *key,
                       RnJournalReport report_func, gpointer report_data,
                       GDestroyNotify free_report_data)
{
  RnJournalKeeper *self = g_new0 (RnJournalKeeper, 1);

  self->folder = g_strdup (folder);
  self->seat = g_strdup (seat);
  self->own = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_journal_entry_free);
  g_queue_init (&self->pending);
  take_key (self, key);
  self->status.path = g_strdup_printf ("%s/%s.db", folder, rn_journal_kind.name);
  self->report = report_func;
  self->report_data = report_data;
  self->free_report_data = free_report_data;
  return self;
}

void
rn_journal_keeper_free (RnJournalKeeper *self)
{
  self->next_try_us = 0; /* a last try */
  flush (self);
  report (self);
  rn_journal_keeper_rescue (self);
  g_clear_pointer (&self->db, rn_database_close);
  g_queue_clear_full (&self->pending, (GDestroyNotify) rn_journal_batch_free);
  g_ptr_array_unref (self->own);
  take_key (self, NULL);
  rn_journal_status_clear (&self->status);
  self->free_report_data (self->report_data);
  g_free (self->folder);
  g_free (self->seat);
  g_free (self);
}
