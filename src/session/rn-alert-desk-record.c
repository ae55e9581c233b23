/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between engine, journal and what is shown. Entries of one job go to the journal as one
 * transaction and are shown when that says so; when it cannot write, or says nothing for two
 * seconds, they are shown all the same, as not recorded. Main thread. */
#include "base/rn-i18n.h"
#include "session/rn-alert-desk-private.h"

#define PATIENCE_US (2 * RN_SECOND)
#define LOAD_PATIENCE_US (30 * RN_SECOND)

typedef struct {
  guint64 through;    /* of the journal */
  gint64 since_us;    /* monotonic */
  GPtrArray *entries; /* RnAlertEntry */
  gboolean shown;
} Batch;

static void
batch_free (gpointer data)
{
  Batch *self = data;

  g_ptr_array_unref (self->entries);
  g_free (self);
}

static void
entry_free (gpointer data)
{
  rn_alert_entry_unref (data);
}

static void load_from (RnAlertDesk *self, gint64 from_us, RnAlertDeskLoad load);
static void lose_patience_with_loading (RnAlertDesk *self);

/* ---- what is recorded ---------------------------------------------------------------------- */

static void
count_unrecorded (RnAlertDesk *self, const Batch *batch, int by)
{
  for (guint i = 0; i < batch->entries->len; i++)
    {
      const char *key = ((RnAlertEntry *) batch->entries->pdata[i])->key;
      int n;

      if (key == NULL)
        continue;
      n = GPOINTER_TO_INT (g_hash_table_lookup (self->unrecorded, key)) + by;
      if (n > 0)
        g_hash_table_insert (self->unrecorded, g_strdup (key), GINT_TO_POINTER (n));
      else
        g_hash_table_remove (self->unrecorded, key);
    }
}

/* Shows it before it is on the disk. */
static void
show_unrecorded (RnAlertDesk *self, Batch *batch)
{
  if (batch->shown)
    return;
  batch->shown = TRUE;
  count_unrecorded (self, batch, 1);
  rn_alert_desk_show_entries (self, batch->entries);
}

static void
committed_cb (RnAlertDesk *self, guint64 n)
{
  g_autoptr (RnAlertDesk) alive = g_object_ref (self);
  Batch *batch;

  while ((batch = g_queue_peek_head (&self->batches)) != NULL && batch->through <= n)
    {
      g_queue_pop_head (&self->batches);
      if (batch->shown)
        {
          count_unrecorded (self, batch, -1);
          rn_alert_desk_queue_changed (self);
        }
      else
        rn_alert_desk_show_entries (self, batch->entries);
      batch_free (batch);
    }
}

static void
failed_cb (RnAlertDesk *self, guint64 n)
{
  g_autoptr (RnAlertDesk) alive = g_object_ref (self);

  for (GList *l = self->batches.head; l != NULL; l = l->next)
    if (((Batch *) l->data)->through <= n)
      show_unrecorded (self, l->data);
}

gboolean
rn_alert_desk_is_shown (RnAlertDesk *self)
{
  for (GList *l = self->batches.head; l != NULL; l = l->next)
    if (!((Batch *) l->data)->shown)
      return FALSE;
  return TRUE;
}

void
rn_alert_desk_lose_patience (RnAlertDesk *self)
{
  gint64 now_us = rn_clock_monotonic_us (self->clock);

  for (GList *l = self->batches.head; l != NULL; l = l->next)
    if (now_us - ((Batch *) l->data)->since_us >= PATIENCE_US)
      show_unrecorded (self, l->data);
  lose_patience_with_loading (self);
}

gboolean
rn_alert_desk_is_recorded (RnAlertDesk *self, const char *key)
{
  return self->journal != NULL && self->journal_state != RN_JOURNAL_ELSEWHERE
         && !g_hash_table_contains (self->unrecorded, key);
}

/* ---- from the engine ----------------------------------------------------------------------- */

static void
hand_over (RnAlertDesk *self, RnAlertResult *result)
{
  Batch *batch;

  if (self->journal == NULL || self->journal_state == RN_JOURNAL_ELSEWHERE)
    {
      rn_alert_desk_show_entries (self, result->entries);
      return;
    }
  batch = g_new0 (Batch, 1);
  batch->entries = g_ptr_array_ref (result->entries);
  batch->since_us = rn_clock_monotonic_us (self->clock);
  batch->through = rn_journal_append (self->journal, g_steal_pointer (&result->journal));
  g_queue_push_tail (&self->batches, batch);
}

static void
nag (RnAlertDesk *self, GPtrArray *alerts)
{
  for (guint i = 0; i < alerts->len; i++)
    {
      const RnAlert *alert = alerts->pdata[i];

      if (rn_alert_book_peek (self->book, alert->key) != NULL)
        g_signal_emit (self, rn_alert_desk_signals[RN_ALERT_DESK_RANG], 0, alert, TRUE);
    }
}

static void
take_held (RnAlertDesk *self)
{
  for (guint i = 0; i < self->held->len; i++)
    rn_alert_work_take (self->work, (RnAlertEntry *) rn_alert_entry_ref (self->held->pdata[i]),
                        rn_clock_now_us (self->clock));
  g_ptr_array_set_size (self->held, 0);
}

static RnAlertEntry *
make_started (RnAlertDesk *self, gboolean with_nothing)
{
  RnAlertEntry *entry = rn_alert_entry_new (RN_ENTRY_STARTED, self->now_us);

  entry->text = g_strdup (RN_VERSION);
  entry->where = g_strdup (self->seat);
  entry->person = g_strdup (self->person);
  entry->one_shot = with_nothing;
  return entry;
}

void
rn_alert_desk_begin (RnAlertDesk *self)
{
  if (!self->begun && self->journal == NULL)
    rn_alert_work_take (self->work, make_started (self, FALSE), rn_clock_now_us (self->clock));
  self->begun = TRUE;
}

/* A damaged file was set aside while we ran: the new one has to know what stands. */
static void
retell_if_begun_anew (RnAlertDesk *self)
{
  const char *aside = rn_journal_get_status (self->journal)->set_aside;

  if (g_strcmp0 (aside, self->set_aside) == 0)
    return;
  g_free (self->set_aside);
  self->set_aside = g_strdup (aside);
  if (aside != NULL && self->loading == NULL)
    rn_alert_work_retell (self->work, make_started (self, TRUE), rn_clock_now_us (self->clock));
}

void
rn_alert_desk_tell_start (RnAlertDesk *self)
{
  if (!self->start_untold)
    return;
  self->start_untold = FALSE;
  rn_alert_work_take (self->work, make_started (self, self->load_failed),
                      rn_clock_now_us (self->clock));
  rn_alert_desk_tell_rules (self, self->rules_print);
  take_held (self);
}

static void
take_restored (RnAlertDesk *self, RnAlertResult *result)
{
  if (self->loading == NULL)
    return; /* closed meanwhile */
  if (result->mismatched)
    {
      g_message (
          "the last bookmark of the journal does not fit what stands before it: all is read");
      load_from (self, G_MININT64, LOAD_ALL);
      return;
    }
  if (result->n_skipped > 0)
    g_message ("%u entries of the journal could not be used; the first: %s", result->n_skipped,
               result->skipped);
  g_clear_object (&self->loading);
  self->last_cleared_us = MAX (self->last_cleared_us, result->cleared_us);
  rn_alert_desk_show_book (self, g_steal_pointer (&result->book));
  rn_alert_desk_load_plans (self);
  self->start_untold = self->journal_state != RN_JOURNAL_ELSEWHERE;
  g_free (self->rules_print);
  self->rules_print = g_strdup (result->rules_print);
  g_clear_pointer (&self->stepped, rn_frame_unref);
  if (self->frame != NULL)
    rn_alert_desk_step (self, self->frame, self->now_us, self->zone);
  g_signal_emit (self, rn_alert_desk_signals[RN_ALERT_DESK_STATUS_CHANGED], 0);
}

static void
hear_cb (RnAlertResult *result, gpointer data)
{
  g_autoptr (RnAlertDesk) self = g_object_ref (data);

  if (result->book != NULL)
    take_restored (self, result);
  if (result->refusal != NULL)
    g_signal_emit (self, rn_alert_desk_signals[RN_ALERT_DESK_REFUSED], 0, result->refusal->message);
  if (result->journal->len > 0)
    hand_over (self, result);
  if (result->nags != NULL)
    nag (self, result->nags);
  if (result->faults != NULL)
    rn_alert_desk_take_faults (self, result->faults);
}

/* ---- acts ---------------------------------------------------------------------------------- */

const char *
rn_alert_desk_why_not (RnAlertDesk *self)
{
  if (self->journal != NULL && self->journal_state == RN_JOURNAL_ELSEWHERE)
    return _("Another RoadNet on this machine keeps the journal: alerts are answered there");
  return NULL;
}

void
rn_alert_desk_act (RnAlertDesk *self, RnAlertEntry *act)
{
  if (self->by_hand)
    {
      g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);

      g_ptr_array_add (entries, act);
      rn_alert_desk_show_entries (self, entries);
    }
  else if (self->loading != NULL || self->start_untold)
    g_ptr_array_add (self->held, act);
  else
    rn_alert_work_take (self->work, act, rn_clock_now_us (self->clock));
}

/* ---- loading ------------------------------------------------------------------------------- */

/* A journal that cannot be read: begin with nothing, and say so in it. */
static void
restore (RnAlertDesk *self, GPtrArray *entries, const GError *error)
{
  self->load_failed = entries == NULL;
  if (error != NULL)
    g_message ("the journal could not be read: %s", error->message);
  rn_alert_work_restore (self->work, entries, self->load == LOAD_REST);
}

static void
weak_free (GWeakRef *weak)
{
  g_weak_ref_clear (weak);
  g_free (weak);
}

static GWeakRef *
weak_new (RnAlertDesk *self)
{
  GWeakRef *weak = g_new (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  return weak;
}

/* First from the last bookmark on; when that says where to begin, from there. */
static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RnAlertDesk) self = g_weak_ref_get (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  gint64 from_us;

  weak_free (data);
  if (self == NULL)
    return;
  entries = rn_journal_load_finish (self->journal, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (self->load == LOAD_BOOKMARK && entries != NULL && entries->len > 0
      && rn_alert_bookmark_read (entries->pdata[0], &from_us))
    load_from (self, from_us, LOAD_REST);
  else
    restore (self, g_steal_pointer (&entries), error);
}

static void
load_from (RnAlertDesk *self, gint64 from_us, RnAlertDeskLoad load)
{
  self->load = load;
  rn_journal_load_async (self->journal, from_us, self->loading, loaded_cb, weak_new (self));
}

static void
stop_loading (RnAlertDesk *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

static void
start_loading (RnAlertDesk *self)
{
  stop_loading (self);
  self->loading = g_cancellable_new ();
  self->loading_since_us = rn_clock_monotonic_us (self->clock);
  self->load = LOAD_BOOKMARK;
  rn_journal_load_since_async (self->journal, rn_alert_entry_word (RN_ENTRY_BOOKMARK),
                               self->loading, loaded_cb, weak_new (self));
}

/* A disk that says nothing must not keep alerts from being seen. */
static void
lose_patience_with_loading (RnAlertDesk *self)
{
  if (self->loading == NULL || self->load == LOAD_GIVEN_UP
      || rn_clock_monotonic_us (self->clock) - self->loading_since_us < LOAD_PATIENCE_US)
    return;
  g_cancellable_cancel (self->loading);
  self->load = LOAD_GIVEN_UP;
  g_message ("the journal could not be read in time");
  restore (self, NULL, NULL);
}

/* ---- the journal --------------------------------------------------------------------------- */

/* When the other process has gone, this one goes on from what that one wrote. */
static void
status_changed_cb (RnAlertDesk *self)
{
  RnJournalState state = rn_journal_get_status (self->journal)->state;
  gboolean takes_over = self->journal_state == RN_JOURNAL_ELSEWHERE && state == RN_JOURNAL_ON;

  if ((state == RN_JOURNAL_ELSEWHERE) != (self->journal_state == RN_JOURNAL_ELSEWHERE))
    rn_alert_desk_queue_changed (self);
  self->journal_state = state;
  if (takes_over)
    start_loading (self);
  retell_if_begun_anew (self);
  g_signal_emit (self, rn_alert_desk_signals[RN_ALERT_DESK_STATUS_CHANGED], 0);
}

void
rn_alert_desk_open (RnAlertDesk *self, const char *folder, const char *seat, GBytes *key)
{
  rn_alert_desk_close (self);
  if (seat != NULL)
    {
      g_free (self->seat);
      self->seat = g_strdup (seat);
    }
  if (folder == NULL)
    return;
  self->journal = rn_journal_new (folder, self->seat, key, self->clock);
  self->journal_state = RN_JOURNAL_STARTING;
  g_signal_connect_object (self->journal, "committed", G_CALLBACK (committed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->journal, "failed", G_CALLBACK (failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->journal, "status-changed", G_CALLBACK (status_changed_cb), self,
                           G_CONNECT_SWAPPED);
  start_loading (self);
}

static void
tell_stopped (RnAlertDesk *self)
{
  RnAlertEntry *entry = rn_alert_entry_new (RN_ENTRY_STOPPED, self->now_us);

  entry->where = g_strdup (self->seat);
  rn_alert_work_take (self->work, entry, rn_clock_now_us (self->clock));
}

/* Waits for the engine, which has some milliseconds to do, and for the journal some seconds at
 * most. An engine begins anew after it. */
void
rn_alert_desk_close (RnAlertDesk *self)
{
  if (self->journal != NULL && self->loading == NULL && !self->start_untold
      && self->journal_state != RN_JOURNAL_ELSEWHERE)
    tell_stopped (self);
  self->start_untold = FALSE;
  stop_loading (self);
  rn_alert_work_free (self->work);
  self->work = rn_alert_work_new (self->rules, hear_cb, self);
  g_clear_pointer (&self->stepped, rn_frame_unref);
  g_cancellable_cancel (self->loading_plans);
  g_clear_object (&self->loading_plans);
  if (self->journal != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->journal, self);
      rn_journal_close (self->journal);
    }
  g_clear_object (&self->journal);
  g_clear_pointer (&self->set_aside, g_free);
  g_queue_clear_full (&self->batches, batch_free);
  g_hash_table_remove_all (self->unrecorded);
  rn_alert_desk_show_book (self, rn_alert_book_new ());
}

void
rn_alert_desk_set_key (RnAlertDesk *self, GBytes *key)
{
  if (self->journal != NULL)
    rn_journal_set_key (self->journal, key);
}

const RnJournalStatus *
rn_alert_desk_get_journal_status (RnAlertDesk *self)
{
  return self->journal != NULL ? rn_journal_get_status (self->journal) : NULL;
}

void
rn_alert_desk_record_init (RnAlertDesk *self)
{
  self->work = rn_alert_work_new (self->rules, hear_cb, self);
  self->held = g_ptr_array_new_with_free_func (entry_free);
  self->unrecorded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->batches);
}

void
rn_alert_desk_record_clear (RnAlertDesk *self)
{
  if (self->work == NULL)
    return;
  rn_alert_desk_close (self);
  g_clear_pointer (&self->work, rn_alert_work_free);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_clear_pointer (&self->rules_print, g_free);
  g_clear_pointer (&self->unrecorded, g_hash_table_unref);
}
