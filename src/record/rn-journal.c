/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main thread's side: counts what was appended, bounds what waits, hands it over, and hears of
 * what is on the disk by an idle of its own context. */
#include "record/rn-journal.h"

#include <string.h>

#include "record/rn-journal-keeper.h"
#include "record/rn-mailbox.h"
#include "record/rn-record-thread.h"

#define PATIENCE_US (3 * RN_SECOND)
#define ANCHOR_US (3600 * RN_SECOND)
#define MAX_WAITING_BYTES ((gssize) 64 << 20)
#define ENTRY_OVERHEAD 256

/* What the thread tells. */
typedef struct {
  RnJournalStatus status;
  guint64 committed, failed;
} Letter;

struct _RnJournal {
  GObject parent_instance;
  RnRecordThread *thread; /* NULL: closed */
  RnClock *clock;
  guint timer;
  RnMailbox *mailbox; /* Letter; its bytes are of entries that are not on the disk */
  RnJournalStatus status;
  guint64 appended, committed, failed;
  guint64 dropped, dropped_unsaid;
  gint64 dropped_from_us, dropped_until_us;
};

G_DEFINE_FINAL_TYPE (RnJournal, rn_journal, G_TYPE_OBJECT)

enum { STATUS_CHANGED, COMMITTED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- entries ------------------------------------------------------------------------------- */

RnJournalEntry *
rn_journal_entry_new (gint64 at_us, const char *kind, const char *subject, const char *person,
                      const char *body)
{
  RnJournalEntry *self;

  g_return_val_if_fail (kind != NULL, NULL);
  self = g_new0 (RnJournalEntry, 1);
  self->at_us = at_us;
  self->kind = g_strdup (kind);
  self->subject = g_strdup (subject);
  self->person = g_strdup (person);
  self->body = g_strdup (body);
  return self;
}

void
rn_journal_entry_free (RnJournalEntry *self)
{
  g_free (self->seat);
  g_free (self->kind);
  g_free (self->subject);
  g_free (self->person);
  g_free (self->body);
  g_free (self);
}

static gsize
text_bytes (const char *text)
{
  return text != NULL ? strlen (text) : 0;
}

static gssize
entries_bytes (const GPtrArray *entries)
{
  gsize bytes = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const RnJournalEntry *entry = g_ptr_array_index (entries, i);

      bytes += ENTRY_OVERHEAD + text_bytes (entry->kind) + text_bytes (entry->subject)
               + text_bytes (entry->person) + text_bytes (entry->body);
    }
  return (gssize) bytes;
}

/* ---- status -------------------------------------------------------------------------------- */

void
rn_journal_status_clear (RnJournalStatus *self)
{
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->set_aside, g_free);
  g_clear_pointer (&self->mismatch, g_free);
}

/* All but the time, which is the main thread's. */
static void
status_copy (RnJournalStatus *to, const RnJournalStatus *from)
{
  gint64 since_us = to->since_us;

  rn_journal_status_clear (to);
  *to = *from;
  to->since_us = since_us;
  to->reason = g_strdup (from->reason);
  to->path = g_strdup (from->path);
  to->set_aside = g_strdup (from->set_aside);
  to->mismatch = g_strdup (from->mismatch);
}

static gboolean
status_equal (const RnJournalStatus *a, const RnJournalStatus *b)
{
  return a->state == b->state && a->pending == b->pending && a->written == b->written
         && a->anchor_us == b->anchor_us && a->unkeyed == b->unkeyed
         && g_strcmp0 (a->reason, b->reason) == 0 && g_strcmp0 (a->path, b->path) == 0
         && g_strcmp0 (a->set_aside, b->set_aside) == 0
         && g_strcmp0 (a->mismatch, b->mismatch) == 0;
}

static gboolean
letter_equal (gconstpointer a, gconstpointer b)
{
  const Letter *one = a, *other = b;

  return one->committed == other->committed && one->failed == other->failed
         && status_equal (&one->status, &other->status);
}

static gpointer
letter_copy (gconstpointer letter)
{
  const Letter *from = letter;
  Letter *to = g_new0 (Letter, 1);

  status_copy (&to->status, &from->status);
  to->committed = from->committed;
  to->failed = from->failed;
  return to;
}

static void
letter_free (gpointer letter)
{
  rn_journal_status_clear (&((Letter *) letter)->status);
  g_free (letter);
}

static const RnMailboxKind letters = { letter_equal, letter_copy, letter_free };

static void
tell_count (RnJournal *self, guint64 *known, guint64 now, guint signal)
{
  if (now <= *known)
    return;
  *known = now;
  g_signal_emit (self, signals[signal], 0, now);
}

static void
look_cb (gpointer owner, gconstpointer value)
{
  RnJournal *self = owner;
  const Letter *letter = value;
  RnJournalState before = self->status.state;

  status_copy (&self->status, &letter->status);
  self->status.dropped = self->dropped;
  if (before != self->status.state)
    self->status.since_us = rn_clock_now_us (self->clock);
  tell_count (self, &self->committed, letter->committed, COMMITTED);
  if (letter->failed > self->committed)
    tell_count (self, &self->failed, letter->failed, FAILED);
  g_signal_emit (self, signals[STATUS_CHANGED], 0);
}

/* On the record thread. */
static void
report_cb (const RnJournalStatus *status, guint64 committed, guint64 failed, gpointer data)
{
  Letter letter = { *status, committed, failed };

  rn_mailbox_post (data, &letter);
}

/* ---- appending ----------------------------------------------------------------------------- */

static void
take_cb (gpointer owner, gpointer data)
{
  rn_journal_keeper_take (owner, data);
}

/* What is on the disk, or given up, waits no more. */
typedef struct {
  RnMailbox *mailbox;
  gssize bytes;
} Room;

static void
give_room_cb (gpointer data)
{
  Room *self = data;

  rn_mailbox_add_bytes (self->mailbox, -self->bytes);
  rn_mailbox_unref (self->mailbox);
  g_free (self);
}

static void
send_entries (RnJournal *self, GPtrArray *entries)
{
  RnJournalBatch *batch = g_new (RnJournalBatch, 1);
  Room *room = g_new (Room, 1);

  *room = (Room){ .mailbox = rn_mailbox_ref (self->mailbox), .bytes = entries_bytes (entries) };
  rn_mailbox_add_bytes (self->mailbox, room->bytes);
  *batch = (RnJournalBatch){
    .entries = entries, .through = self->appended, .done = give_room_cb, .done_data = room
  };
  rn_record_thread_push (self->thread, take_cb, batch, NULL);
}

static void
drop_entries (RnJournal *self, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const RnJournalEntry *entry = g_ptr_array_index (entries, i);

      if (self->dropped_unsaid++ == 0)
        self->dropped_from_us = entry->at_us;
      self->dropped_until_us = entry->at_us;
    }
  self->dropped += entries->len;
  self->status.dropped = self->dropped;
  g_ptr_array_unref (entries);
  g_signal_emit (self, signals[STATUS_CHANGED], 0);
}

/* The journal itself says what is missing in it, at its place. */
static void
say_dropped (RnJournal *self)
{
  g_autofree char *body = NULL;
  GPtrArray *entries;

  if (self->dropped_unsaid == 0)
    return;
  body = g_strdup_printf ("{\"entries\":%" G_GUINT64_FORMAT ",\"from_us\":%" G_GINT64_FORMAT
                          ",\"until_us\":%" G_GINT64_FORMAT "}",
                          self->dropped_unsaid, self->dropped_from_us, self->dropped_until_us);
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_journal_entry_free);
  g_ptr_array_add (entries, rn_journal_entry_new (self->dropped_until_us, RN_JOURNAL_KIND_DROPPED,
                                                  NULL, NULL, body));
  self->dropped_unsaid = 0;
  send_entries (self, entries);
}

guint64
rn_journal_append (RnJournal *self, GPtrArray *entries)
{
  gssize waiting;

  g_return_val_if_fail (RN_IS_JOURNAL (self) && self->thread != NULL, 0);
  waiting = rn_mailbox_get_bytes (self->mailbox);
  if (entries->len == 0)
    {
      g_ptr_array_unref (entries);
      return self->appended;
    }
  if (waiting > 0 && waiting + entries_bytes (entries) > MAX_WAITING_BYTES)
    {
      self->appended += entries->len;
      drop_entries (self, entries);
      return self->appended;
    }
  say_dropped (self);
  self->appended += entries->len;
  send_entries (self, entries);
  return self->appended;
}

/* ---- anchors ------------------------------------------------------------------------------- */

typedef struct {
  GBytes *key;
  gint64 at_us;
} Anchoring;

static void
anchoring_free (gpointer data)
{
  Anchoring *self = data;

  g_clear_pointer (&self->key, g_bytes_unref);
  g_free (self);
}

static void
anchor_cb (gpointer owner, gpointer data)
{
  rn_journal_keeper_anchor (owner, ((Anchoring *) data)->at_us);
}

static void
set_key_cb (gpointer owner, gpointer data)
{
  Anchoring *anchoring = data;

  rn_journal_keeper_set_key (owner, anchoring->key, anchoring->at_us);
}

static void
push_anchor (RnJournal *self, RnRecordFunc func, GBytes *key)
{
  Anchoring *anchoring = g_new0 (Anchoring, 1);

  anchoring->key = key != NULL ? g_bytes_ref (key) : NULL;
  anchoring->at_us = rn_clock_now_us (self->clock);
  rn_record_thread_push (self->thread, func, anchoring, anchoring_free);
}

void
rn_journal_anchor (RnJournal *self)
{
  g_return_if_fail (RN_IS_JOURNAL (self) && self->thread != NULL);
  push_anchor (self, anchor_cb, NULL);
}

void
rn_journal_set_key (RnJournal *self, GBytes *key)
{
  g_return_if_fail (RN_IS_JOURNAL (self) && self->thread != NULL);
  push_anchor (self, set_key_cb, key);
}

static gboolean
hour_cb (gpointer data)
{
  rn_journal_anchor (data);
  return G_SOURCE_CONTINUE;
}

/* ---- reading ------------------------------------------------------------------------------- */

/* The task has no source object: the thread may be the last to hold it, and the journal may not go
 * there. */
typedef struct {
  GTask *task;
  gint64 from_us;
  char *kind, *only;
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  g_object_unref (self->task);
  g_free (self->kind);
  g_free (self->only);
  g_free (self);
}

static void
load_cb (gpointer owner, gpointer message)
{
  Request *request = message;
  GError *error = NULL;
  GPtrArray *entries;

  if (g_task_return_error_if_cancelled (request->task))
    return;
  entries = rn_journal_keeper_load (owner, request->from_us, request->kind, request->only, &error);
  if (entries != NULL)
    g_task_return_pointer (request->task, entries, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (request->task, error);
}

static void
push_load (RnJournal *self, gint64 from_us, const char *kind, char *only, GTask *task)
{
  Request *request = g_new (Request, 1);

  *request = (Request){ .task = task, .from_us = from_us, .kind = g_strdup (kind), .only = only };
  rn_record_thread_push (self->thread, load_cb, request, request_free);
}

void
rn_journal_load_async (RnJournal *self, gint64 from_us, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (RN_IS_JOURNAL (self) && self->thread != NULL);
  push_load (self, from_us, NULL, NULL, g_task_new (NULL, cancellable, callback, data));
}

void
rn_journal_load_since_async (RnJournal *self, const char *kind, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (RN_IS_JOURNAL (self) && self->thread != NULL && kind != NULL);
  push_load (self, 0, kind, NULL, g_task_new (NULL, cancellable, callback, data));
}

void
rn_journal_load_kinds_async (RnJournal *self, const char *const *kinds, gint64 from_us,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autofree char *words = g_strjoinv (",", (char **) kinds);

  g_return_if_fail (RN_IS_JOURNAL (self) && self->thread != NULL);
  push_load (self, from_us, NULL, g_strdup_printf (",%s,", words),
             g_task_new (NULL, cancellable, callback, data));
}

GPtrArray *
rn_journal_load_finish (RnJournal *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- life ---------------------------------------------------------------------------------- */

static gint64
idle_cb (gpointer owner)
{
  return rn_journal_keeper_idle (owner);
}

static void
free_keeper (gpointer owner)
{
  rn_journal_keeper_free (owner);
}

void
rn_journal_close (RnJournal *self)
{
  RnRecordThread *thread;

  if (self->thread == NULL)
    return;
  rn_clock_clear_timer (self->clock, &self->timer);
  say_dropped (self);
  rn_journal_anchor (self);
  thread = g_steal_pointer (&self->thread);
  if (!rn_record_thread_stop (thread, PATIENCE_US))
    g_message ("the journal is still being written");
}

static void
rn_journal_dispose (GObject *object)
{
  RnJournal *self = RN_JOURNAL (object);

  rn_journal_close (self);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (rn_journal_parent_class)->dispose (object);
}

static void
rn_journal_finalize (GObject *object)
{
  RnJournal *self = RN_JOURNAL (object);

  rn_mailbox_unref (self->mailbox);
  rn_journal_status_clear (&self->status);
  G_OBJECT_CLASS (rn_journal_parent_class)->finalize (object);
}

static void
rn_journal_class_init (RnJournalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rn_journal_dispose;
  object_class->finalize = rn_journal_finalize;
  signals[STATUS_CHANGED] = g_signal_new ("status-changed", RN_TYPE_JOURNAL, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[COMMITTED] = g_signal_new ("committed", RN_TYPE_JOURNAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
  signals[FAILED] = g_signal_new ("failed", RN_TYPE_JOURNAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
rn_journal_init (RnJournal *self)
{
  self->mailbox = rn_mailbox_new (self, &letters, look_cb);
}

RnJournal *
rn_journal_new (const char *folder, const char *seat, GBytes *key, RnClock *clock)
{
  RnJournal *self = g_object_new (RN_TYPE_JOURNAL, NULL);
  RnJournalKeeper *keeper = rn_journal_keeper_new (
      folder, seat, key, report_cb, rn_mailbox_ref (self->mailbox), rn_mailbox_unref);

  self->clock = g_object_ref (clock);
  self->status.since_us = rn_clock_now_us (clock);
  self->status.unkeyed = key == NULL;
  self->timer = rn_clock_add_timer (clock, ANCHOR_US, hour_cb, self, NULL);
  self->thread = rn_record_thread_new ("rn-journal", keeper, idle_cb, free_keeper);
  return self;
}

const RnJournalStatus *
rn_journal_get_status (RnJournal *self)
{
  return &self->status;
}
