/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main thread's side: codes the values of a frame (three bytes each, about a millisecond at
 * 100,000 sections), hands them over, and hears of the status by an idle of its own context. */
#include "record/rn-frame-store.h"

#include <string.h>

#include "record/rn-frame-keeper.h"
#include "record/rn-mailbox.h"
#include "record/rn-record-thread.h"

#define PATIENCE_US (3 * RN_SECOND)

/* What was last kept of a series, to tell a new observation. */
typedef struct {
  gint64 at_us;
  guint n_known;
  guint hash;
} Last;

struct _RnFrameStore {
  GObject parent_instance;
  RnRecordThread *thread; /* NULL: closed */
  RnClock *clock;
  RnMailbox *mailbox; /* RnFrameStoreStatus; its bytes are of polls that the thread has not taken */
  RnFrameStoreStatus status;
  GHashTable *last;    /* series → Last */
  gsize max_under_way; /* bytes */
  guint64 refused;     /* polls that found a thread that hangs */
};

G_DEFINE_FINAL_TYPE (RnFrameStore, rn_frame_store, G_TYPE_OBJECT)

enum { STATUS_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- status -------------------------------------------------------------------------------- */

static void
status_clear (RnFrameStoreStatus *status)
{
  g_clear_pointer (&status->reason, g_free);
  g_clear_pointer (&status->path, g_free);
  g_clear_pointer (&status->set_aside, g_free);
}

/* All but the time, which is the main thread's. */
static void
status_copy (RnFrameStoreStatus *to, const RnFrameStoreStatus *from)
{
  gint64 since_us = to->since_us;

  status_clear (to);
  *to = *from;
  to->since_us = since_us;
  to->reason = g_strdup (from->reason);
  to->path = g_strdup (from->path);
  to->set_aside = g_strdup (from->set_aside);
}

static gboolean
status_equal (gconstpointer one, gconstpointer other)
{
  const RnFrameStoreStatus *a = one, *b = other;

  return a->state == b->state && g_strcmp0 (a->reason, b->reason) == 0
         && a->oldest_us == b->oldest_us && a->bytes == b->bytes && a->pending == b->pending
         && a->dropped == b->dropped && a->unreadable == b->unreadable
         && g_strcmp0 (a->path, b->path) == 0 && g_strcmp0 (a->set_aside, b->set_aside) == 0;
}

static gpointer
status_dup (gconstpointer status)
{
  RnFrameStoreStatus *copy = g_new0 (RnFrameStoreStatus, 1);

  status_copy (copy, status);
  return copy;
}

static void
status_free (gpointer status)
{
  status_clear (status);
  g_free (status);
}

static const RnMailboxKind statuses = { status_equal, status_dup, status_free };

static void
look_cb (gpointer owner, gconstpointer status)
{
  RnFrameStore *self = owner;
  RnFrameStoreState before = self->status.state;

  status_copy (&self->status, status);
  self->status.dropped += self->refused;
  if (before != self->status.state)
    self->status.since_us = rn_clock_now_us (self->clock);
  g_signal_emit (self, signals[STATUS_CHANGED], 0);
}

/* On the record thread. */
static void
report_cb (const RnFrameStoreStatus *status, gpointer data)
{
  rn_mailbox_post (data, status);
}

/* ---- frames -------------------------------------------------------------------------------- */

static gboolean
find_range (const RnNetwork *network, guint source, guint *first, guint *n)
{
  guint begin = 0, end;

  while (begin < network->n_sections && network->source[begin] != source)
    begin++;
  for (end = begin; end < network->n_sections && network->source[end] == source;)
    end++;
  *first = begin;
  *n = end - begin;
  return *n > 0;
}

static gboolean
is_trusted (guint8 quality)
{
  return quality == RN_QUALITY_LIVE || quality == RN_QUALITY_LATE;
}

/* Codes the rows of a source; what is not live or late has no value, but its quality says why.
 * @last gets the time of the newest trusted row and how many have a value. */
static RnFrameColumns
code_rows (const RnFrame *frame, guint first, guint n, Last *last)
{
  RnFrameColumns columns = rn_frame_columns_new (n);

  *last = (Last){ .at_us = 0, .hash = 2166136261u };
  for (guint i = 0; i < n; i++)
    {
      guint k = first + i;
      gboolean trusted = is_trusted (frame->quality[k]);

      columns.state[i] = rn_frame_code_state (trusted ? frame->state[k] : 0, frame->quality[k]);
      if (!trusted)
        continue;
      columns.speed[i] = rn_frame_code_speed (frame->speed_kmh[k]);
      columns.flow[i] = rn_frame_code_flow (frame->flow_vph[k]);
      last->at_us = MAX (last->at_us, frame->flow_at_us[k]);
      last->n_known += columns.speed[i] != RN_CODE_UNKNOWN || columns.flow[i] != RN_CODE_UNKNOWN;
      last->hash = (last->hash ^ columns.speed[i] ^ (guint) columns.flow[i] << 8) * 16777619u;
    }
  return columns;
}

/* The same observation seen again, maybe by now with rows that have aged, is none. */
static gboolean
is_new (const Last *last, const Last *now)
{
  if (now->at_us == 0 || now->n_known == 0)
    return FALSE;
  if (last == NULL || now->at_us != last->at_us)
    return TRUE;
  return now->n_known > last->n_known || (now->n_known == last->n_known && now->hash != last->hash);
}

/* A poll on its way. */
typedef struct {
  RnFramePoll *poll;
  RnMailbox *mailbox;
  gssize bytes;
} Message;

static void
take_cb (gpointer owner, gpointer data)
{
  Message *message = data;

  rn_mailbox_add_bytes (message->mailbox, -message->bytes);
  rn_frame_keeper_take (owner, message->poll);
}

static void
message_free (gpointer data)
{
  Message *message = data;

  rn_mailbox_unref (message->mailbox);
  g_free (message);
}

/* FALSE when a disk that hangs has left no room. */
static gboolean
send_poll (RnFrameStore *self, RnFramePoll *poll)
{
  gssize bytes = (gssize) poll->columns.n * 3;
  Message *message;

  if ((gsize) (rn_mailbox_get_bytes (self->mailbox) + bytes) > self->max_under_way)
    return FALSE;
  rn_mailbox_add_bytes (self->mailbox, bytes);
  message = g_new (Message, 1);
  *message = (Message){ .poll = poll, .mailbox = rn_mailbox_ref (self->mailbox), .bytes = bytes };
  rn_record_thread_push (self->thread, take_cb, message, message_free);
  return TRUE;
}

void
rn_frame_store_add (RnFrameStore *self, const RnFrame *frame, guint source, const char *series)
{
  RnFramePoll *poll;
  Last now;
  guint first, n;

  g_return_if_fail (RN_IS_FRAME_STORE (self));
  if (self->thread == NULL || !find_range (frame->network, source, &first, &n))
    return;
  poll = g_new0 (RnFramePoll, 1);
  poll->series = g_strdup (series);
  poll->network = rn_network_ref (frame->network);
  poll->first = first;
  poll->columns = code_rows (frame, first, n, &now);
  poll->at_us = now.at_us;
  if (!is_new (g_hash_table_lookup (self->last, series), &now))
    {
      rn_frame_poll_free (poll);
      return;
    }
  g_hash_table_insert (self->last, g_strdup (series), g_memdup2 (&now, sizeof now));
  if (send_poll (self, poll))
    return;
  rn_frame_poll_free (poll);
  self->refused++;
  self->status.dropped++;
  g_signal_emit (self, signals[STATUS_CHANGED], 0);
}

/* ---- reading ------------------------------------------------------------------------------- */

/* The task has no source object: the thread may be the last to hold it, and the store may not go
 * there. */
typedef struct {
  GTask *task;
  char *series, *id;
  gint64 from_us, until_us, span_us;
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  g_object_unref (self->task);
  g_free (self->series);
  g_free (self->id);
  g_free (self);
}

static void
load_cb (gpointer owner, gpointer message)
{
  Request *request = message;
  GError *error = NULL;
  GArray *samples;

  if (g_task_return_error_if_cancelled (request->task))
    return;
  samples = rn_frame_keeper_load (owner, request->series, request->id, request->from_us,
                                  request->until_us, request->span_us, &error);
  if (samples != NULL)
    g_task_return_pointer (request->task, samples, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (request->task, error);
}

void
rn_frame_store_load_section_async (RnFrameStore *self, const char *series, const char *id,
                                   gint64 from_us, gint64 until_us, gint64 span_us,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data)
{
  Request *request;

  g_return_if_fail (RN_IS_FRAME_STORE (self) && self->thread != NULL);
  g_return_if_fail (span_us >= 0 && span_us % RN_MEAN_US == 0);
  request = g_new (Request, 1);
  *request = (Request){ .task = g_task_new (NULL, cancellable, callback, data),
                        .series = g_strdup (series),
                        .id = g_strdup (id),
                        .from_us = from_us,
                        .until_us = until_us,
                        .span_us = span_us };
  rn_record_thread_push (self->thread, load_cb, request, request_free);
}

GArray *
rn_frame_store_load_section_finish (RnFrameStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
limits_cb (gpointer owner, gpointer data)
{
  rn_frame_keeper_set_limits (owner, data);
}

void
rn_frame_store_set_limits (RnFrameStore *self, const RnFrameStoreLimits *limits)
{
  self->max_under_way = limits->max_pending_bytes;
  rn_record_thread_push (self->thread, limits_cb, g_memdup2 (limits, sizeof *limits), g_free);
}

/* ---- life ---------------------------------------------------------------------------------- */

static gint64
idle_cb (gpointer owner)
{
  return rn_frame_keeper_idle (owner);
}

static void
free_keeper (gpointer owner)
{
  rn_frame_keeper_free (owner);
}

void
rn_frame_store_close (RnFrameStore *self)
{
  RnRecordThread *thread = g_steal_pointer (&self->thread);

  if (thread != NULL && !rn_record_thread_stop (thread, PATIENCE_US))
    g_message ("the history is still being written");
}

static void
rn_frame_store_dispose (GObject *object)
{
  RnFrameStore *self = RN_FRAME_STORE (object);

  rn_frame_store_close (self);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (rn_frame_store_parent_class)->dispose (object);
}

static void
rn_frame_store_finalize (GObject *object)
{
  RnFrameStore *self = RN_FRAME_STORE (object);

  rn_mailbox_unref (self->mailbox);
  status_clear (&self->status);
  g_hash_table_unref (self->last);
  G_OBJECT_CLASS (rn_frame_store_parent_class)->finalize (object);
}

static void
rn_frame_store_class_init (RnFrameStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rn_frame_store_dispose;
  object_class->finalize = rn_frame_store_finalize;
  signals[STATUS_CHANGED] = g_signal_new ("status-changed", RN_TYPE_FRAME_STORE, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rn_frame_store_init (RnFrameStore *self)
{
  self->last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->mailbox = rn_mailbox_new (self, &statuses, look_cb);
}

RnFrameStore *
rn_frame_store_new (const char *folder, const RnFrameStoreLimits *limits, RnClock *clock)
{
  RnFrameStore *self = g_object_new (RN_TYPE_FRAME_STORE, NULL);
  RnFrameKeeper *keeper = rn_frame_keeper_new (folder, limits, report_cb,
                                               rn_mailbox_ref (self->mailbox), rn_mailbox_unref);

  self->clock = g_object_ref (clock);
  self->max_under_way = limits->max_pending_bytes;
  self->status.since_us = rn_clock_now_us (clock);
  self->thread = rn_record_thread_new ("rn-record", keeper, idle_cb, free_keeper);
  return self;
}

const RnFrameStoreStatus *
rn_frame_store_get_status (RnFrameStore *self)
{
  return &self->status;
}
