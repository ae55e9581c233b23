/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scan (worker) → network (worker) → one answer after the other (worker, ahead of its time) → a
 * timer on our clock until the source's clock shows its time → the holding. */
#include "feed/rn-playback.h"

#include "base/rn-i18n.h"
#include "feed/rn-recording.h"
#include "feed/rn-source-load.h"

#define DEBOUNCE_US (RN_SECOND / 2)

/* An answer that was read and waits for its time. */
typedef struct {
  RnFeedKind kind;
  gint64 at_us;   /* when it came; 0: not known */
  char *identity; /* of its file, for `seen` */
  RnDocument *document;
  GError *error; /* one of both */
} Ready;

struct _RnPlayback {
  GObject parent_instance;
  RnSourceState *state;       /* borrowed */
  RnHolding *const *holdings; /* borrowed */
  RnRecording *recording;     /* what is there now */
  GHashTable *seen;           /* char *: files taken, by path, time and size */
  guint next;                 /* index into recording->played */
  Ready *ready;               /* waits for its time */
  GPtrArray *batch;           /* Ready: where all is shown at once */
  RnJoin *join;
  guint feeds;
  gboolean clock_runs;
  gboolean busy; /* a worker is at it */
  guint timer, debounce;
  GPtrArray *monitors; /* GFileMonitor */
  GCancellable *cancellable;
  gboolean stopped;
};

G_DEFINE_FINAL_TYPE (RnPlayback, rn_playback, G_TYPE_OBJECT)

enum { SCANNED, CHANGED, STATUS_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void load_next (RnPlayback *self);

static void
ready_free (Ready *self)
{
  if (self == NULL)
    return;
  rn_document_free (self->document);
  g_free (self->identity);
  g_clear_error (&self->error);
  g_free (self);
}

/* ---- a job in a worker --------------------------------------------------------------------- */

typedef struct {
  const RnAdapter *adapter;
  RnFeedKind kind;
  char **paths; /* by slot */
  RnDecodeContext *context;
} Job;

static void
job_free (Job *job)
{
  for (guint i = 0; i < job->adapter->n_slots; i++)
    g_free (job->paths[i]);
  g_free (job->paths);
  rn_decode_context_free (job->context);
  g_free (job);
}

static void
job_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  RnDecoded *decoded = rn_recording_decode (job->adapter, job->kind,
                                            (const char *const *) job->paths, job->context, &error);

  if (decoded != NULL)
    g_task_return_pointer (task, decoded, (GDestroyNotify) rn_decoded_free);
  else
    g_task_return_error (task, error);
}

static Job *
job_new (RnPlayback *self, RnFeedKind kind, gint64 received_us)
{
  RnSourceState *state = self->state;
  RnDecodeContext context = {
    .source = state->spec->name,
    .network = state->network,
    .join = state->join,
    .timezone = state->timezone,
    .received_us = received_us,
    .crs = state->spec->crs,
  };
  Job *job = g_new0 (Job, 1);

  job->adapter = state->adapter;
  job->kind = kind;
  job->paths = g_new0 (char *, state->adapter->n_slots + 1);
  job->context = rn_decode_context_copy (&context);
  return job;
}

static void
run (RnPlayback *self, Job *job, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, callback, g_object_ref (self));

  self->busy = TRUE;
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, job_thread);
}

/* ---- taking -------------------------------------------------------------------------------- */

static void
emit (RnPlayback *self, guint signal, RnFeedKind kind)
{
  if (!self->stopped)
    g_signal_emit (self, signals[signal], 0, (guint) kind);
}

static double
rate_of (RnPlayback *self)
{
  return self->state->spec->play_rate > 0 ? self->state->spec->play_rate : 1.0;
}

/* Tells the status of each feed when its next file comes, where that is known. */
static void
note_next (RnPlayback *self)
{
  const RnAdapter *adapter = self->state->adapter;
  gboolean known[RN_N_FEEDS] = { FALSE };

  for (guint kind = 0; kind < RN_N_FEEDS; kind++)
    if (self->holdings[kind] != NULL)
      rn_holding_set_next_us (self->holdings[kind], -1);
  for (guint i = self->next; i < self->recording->played->len; i++)
    {
      const RnRecordingEntry *entry = self->recording->played->pdata[i];
      RnFeedKind kind = adapter->slots[entry->slot].kind;

      if (known[kind] || entry->at_us == 0)
        continue;
      known[kind] = TRUE;
      rn_holding_set_next_us (self->holdings[kind],
                              rn_source_clock_wall_until_us (&self->state->time, entry->at_us));
    }
}

static void
take (RnPlayback *self, Ready *ready)
{
  RnHolding *holding = self->holdings[ready->kind];
  const RnNetwork *network = self->state->network;
  gint64 at_us = ready->at_us != 0 ? ready->at_us : rn_source_clock_now_us (&self->state->time);
  RnTaken taken;

  g_hash_table_add (self->seen, g_steal_pointer (&ready->identity));
  if (ready->error != NULL)
    {
      rn_holding_fail (holding, ready->error);
      emit (self, STATUS_CHANGED, ready->kind);
      return;
    }
  taken = rn_holding_take (holding, g_steal_pointer (&ready->document), at_us,
                           network != NULL ? network->n_sections : 0);
  emit (self, taken == RN_TAKEN ? CHANGED : STATUS_CHANGED, ready->kind);
}

/* All was read: it is shown as of the newest of its times, and the clock goes on from there. */
static void
take_batch (RnPlayback *self)
{
  g_autoptr (GPtrArray) batch = g_steal_pointer (&self->batch);
  gint64 newest_us = 0;

  for (guint i = 0; i < batch->len; i++)
    {
      const Ready *ready = batch->pdata[i];

      if (ready->document != NULL)
        newest_us = MAX (newest_us, ready->at_us);
    }
  if (newest_us != 0
      && (!self->clock_runs || newest_us > rn_source_clock_now_us (&self->state->time)))
    {
      rn_source_clock_set (&self->state->time, newest_us, rate_of (self));
      self->clock_runs = TRUE;
    }
  for (guint i = 0; i < batch->len && !self->stopped; i++)
    take (self, batch->pdata[i]);
}

static void
take_ready (RnPlayback *self)
{
  g_autoptr (RnPlayback) alive = g_object_ref (self);
  Ready *ready = g_steal_pointer (&self->ready);

  note_next (self);
  take (self, ready);
  ready_free (ready);
  if (!self->stopped)
    load_next (self);
}

static gboolean
timer_cb (gpointer data)
{
  RnPlayback *self = data;

  self->timer = 0;
  take_ready (self);
  return G_SOURCE_REMOVE;
}

/* Waits until the source's clock shows the time of what is ready. */
static void
wait_for_ready (RnPlayback *self)
{
  RnSourceClock *time = &self->state->time;
  gint64 at_us = self->ready->at_us, wait_us;

  if (at_us != 0
      && (!self->clock_runs
          || (self->state->spec->play_rate <= 0 && at_us > rn_source_clock_now_us (time))))
    {
      rn_source_clock_set (time, at_us, rate_of (self));
      self->clock_runs = TRUE;
    }
  wait_us = at_us != 0 ? rn_source_clock_wall_until_us (time, at_us) : 0;
  if (wait_us == 0)
    {
      take_ready (self);
      return;
    }
  rn_holding_set_next_us (self->holdings[self->ready->kind], wait_us);
  self->timer = rn_clock_add_timer (self->state->clock, wait_us, timer_cb, self, NULL);
}

/* ---- reading one answer after the other ---------------------------------------------------- */

static char *
identity_of (const RnRecordingEntry *entry)
{
  return g_strdup_printf ("%s\n%" G_GINT64_FORMAT "\n%" G_GUINT64_FORMAT, entry->path,
                          entry->changed_us, entry->size);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RnPlayback) self = data;
  const RnRecordingEntry *entry;
  GError *error = NULL;
  RnDecoded *decoded = g_task_propagate_pointer (G_TASK (result), &error);
  Ready *ready;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      return;
    }
  self->busy = FALSE;
  entry = self->recording->played->pdata[self->next++];
  ready = g_new0 (Ready, 1);
  ready->identity = identity_of (entry);
  ready->kind = self->state->adapter->slots[entry->slot].kind;
  ready->error = error;
  ready->at_us = entry->at_us;
  if (decoded != NULL)
    ready->document = g_steal_pointer (&decoded->document);
  rn_decoded_free (decoded);
  if (ready->document != NULL && (entry->at_us == 0 || self->batch != NULL)
      && ready->document->observed_at_us != 0)
    ready->at_us = ready->document->observed_at_us;
  else if (ready->at_us == 0 && ready->document != NULL)
    ready->at_us = entry->changed_us;
  if (self->batch != NULL)
    {
      g_ptr_array_add (self->batch, ready);
      load_next (self);
      return;
    }
  self->ready = ready;
  wait_for_ready (self);
}

static void
load_next (RnPlayback *self)
{
  GPtrArray *played = self->recording->played;
  const RnRecordingEntry *entry;
  Job *job;

  for (; self->next < played->len; self->next++)
    {
      g_autofree char *identity = identity_of (played->pdata[self->next]);

      if (!g_hash_table_contains (self->seen, identity))
        break;
    }
  if (self->next >= played->len)
    {
      if (self->batch != NULL)
        take_batch (self);
      return;
    }
  entry = played->pdata[self->next];
  job = job_new (self, self->state->adapter->slots[entry->slot].kind,
                 entry->at_us != 0 ? entry->at_us : entry->changed_us);
  job->paths[entry->slot] = g_strdup (entry->path);
  run (self, job, loaded_cb);
}

/* ---- the network --------------------------------------------------------------------------- */

static void
play (RnPlayback *self)
{
  self->next = 0;
  if (self->recording->one_each)
    self->batch = g_ptr_array_new_with_free_func ((GDestroyNotify) ready_free);
  load_next (self);
}

static void
network_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RnPlayback) self = data;
  RnHolding *holding = self->holdings[RN_FEED_NETWORK];
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDecoded) decoded = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->busy = FALSE;
  if (error != NULL)
    {
      rn_holding_fail (holding, error);
      emit (self, STATUS_CHANGED, RN_FEED_NETWORK);
    }
  else if (rn_holding_take (holding, g_steal_pointer (&decoded->document),
                            rn_source_clock_now_us (&self->state->time), 0)
           == RN_TAKEN)
    {
      g_clear_pointer (&self->join, rn_join_unref);
      self->join = g_steal_pointer (&decoded->join);
      g_hash_table_remove_all (self->seen); /* indices of the network before are void */
      emit (self, CHANGED, RN_FEED_NETWORK);
    }
  else
    emit (self, STATUS_CHANGED, RN_FEED_NETWORK);
  if (!self->stopped)
    play (self);
}

/* FALSE when there is none to read. */
static gboolean
load_network (RnPlayback *self)
{
  const RnAdapter *adapter = self->state->adapter;
  Job *job;

  if (!(self->feeds & (1u << RN_FEED_NETWORK)))
    return FALSE;
  job = job_new (self, RN_FEED_NETWORK, rn_source_clock_now_us (&self->state->time));
  for (guint i = 0; i < adapter->n_slots; i++)
    {
      const RnRecordingEntry *entry = self->recording->fixed->pdata[i];

      if (entry != NULL && adapter->slots[i].kind == RN_FEED_NETWORK)
        job->paths[i] = g_strdup (entry->path);
    }
  run (self, job, network_cb);
  return TRUE;
}

/* ---- scan and watch ------------------------------------------------------------------------ */

static gboolean
debounce_cb (gpointer data)
{
  RnPlayback *self = data;

  self->debounce = 0;
  rn_playback_scan (self);
  return G_SOURCE_REMOVE;
}

static void
monitor_cb (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
            RnPlayback *self)
{
  if (self->stopped || event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED
      || event == G_FILE_MONITOR_EVENT_PRE_UNMOUNT)
    return;
  if (self->debounce == 0)
    self->debounce = rn_clock_add_timer (self->state->clock, DEBOUNCE_US, debounce_cb, self, NULL);
}

static void
watch_one (RnPlayback *self, const char *path, gboolean folder)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  GFileMonitor *monitor =
      folder ? g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, &error)
             : g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);

  if (monitor == NULL)
    {
      g_message ("%s", error->message);
      return;
    }
  g_signal_connect_object (monitor, "changed", G_CALLBACK (monitor_cb), self, 0);
  g_ptr_array_add (self->monitors, monitor);
}

static void
unwatch (RnPlayback *self)
{
  for (guint i = 0; i < self->monitors->len; i++)
    g_file_monitor_cancel (self->monitors->pdata[i]);
  g_ptr_array_set_size (self->monitors, 0);
}

static void
watch (RnPlayback *self)
{
  unwatch (self);
  for (guint i = 0; i < self->recording->folders->len; i++)
    watch_one (self, self->recording->folders->pdata[i], TRUE);
  for (guint i = 0; i < self->recording->files->len; i++)
    watch_one (self, self->recording->files->pdata[i], FALSE);
}

static guint
feeds_of (RnPlayback *self)
{
  const RnAdapterSlot *slots = self->state->adapter->slots;
  guint feeds = 0;

  for (guint i = 0; i < self->recording->fixed->len; i++)
    if (self->recording->fixed->pdata[i] != NULL)
      feeds |= 1u << slots[i].kind;
  for (guint i = 0; i < self->recording->played->len; i++)
    feeds |= 1u << slots[((RnRecordingEntry *) self->recording->played->pdata[i])->slot].kind;
  return feeds;
}

/* Nothing can be read: that is so for all feeds. */
static void
fail_all (RnPlayback *self, const GError *error)
{
  for (guint kind = 0; kind < RN_N_FEEDS && !self->stopped; kind++)
    if (self->holdings[kind] != NULL)
      {
        rn_holding_fail (self->holdings[kind], error);
        emit (self, STATUS_CHANGED, kind);
      }
}

static void
fail_empty (RnPlayback *self)
{
  g_autoptr (GError) error = NULL;
  const RnSourceProblem *first =
      self->recording->problems->len > 0 ? self->recording->problems->pdata[0] : NULL;

  error = first != NULL
              ? g_error_new (RN_FEED_ERROR, RN_FEED_ERROR_SOURCE,
                             _("no file that “%s” can read; %s: %s"), self->state->adapter->kind,
                             first->path, first->reason)
              : g_error_new (RN_FEED_ERROR, RN_FEED_ERROR_SOURCE, _("there are no files in “%s”"),
                             self->state->spec->location);
  fail_all (self, error);
}

static void
scan_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  RnRecording *recording =
      rn_recording_scan (job->adapter, job->paths[0], job->context->timezone, cancellable, &error);

  if (recording != NULL)
    g_task_return_pointer (task, recording, (GDestroyNotify) rn_recording_free);
  else
    g_task_return_error (task, error);
}

static void
scanned_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RnPlayback) self = data;
  g_autoptr (GError) error = NULL;
  RnRecording *recording = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->busy = FALSE;
  if (recording == NULL)
    {
      fail_all (self, error);
      return;
    }
  g_clear_pointer (&self->recording, rn_recording_free);
  self->recording = recording;
  self->feeds = feeds_of (self);
  watch (self);
  for (guint i = 0; i < recording->problems->len; i++)
    {
      const RnSourceProblem *problem = recording->problems->pdata[i];

      g_debug ("%s: %s", problem->path, problem->reason);
    }
  g_signal_emit (self, signals[SCANNED], 0);
  if (self->stopped)
    return;
  if (self->feeds == 0)
    fail_empty (self);
  else if (!load_network (self))
    play (self);
}

/* Drops what is under way; what was taken stays. */
static void
halt (RnPlayback *self)
{
  self->busy = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  rn_clock_clear_timer (self->state->clock, &self->timer);
  rn_clock_clear_timer (self->state->clock, &self->debounce);
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  g_clear_pointer (&self->ready, ready_free);
}

void
rn_playback_scan (RnPlayback *self)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  if (self->stopped)
    return;
  halt (self);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (NULL, self->cancellable, scanned_cb, g_object_ref (self));
  self->busy = TRUE;
  job = job_new (self, RN_FEED_NETWORK, 0);
  job->paths[0] = g_strdup (self->state->spec->location);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, scan_thread);
}

void
rn_playback_stop (RnPlayback *self)
{
  if (self->stopped)
    return;
  self->stopped = TRUE;
  halt (self);
  unwatch (self);
}

/* ---- object -------------------------------------------------------------------------------- */

gboolean
rn_playback_is_busy (RnPlayback *self)
{
  return self->busy;
}

guint
rn_playback_get_feeds (RnPlayback *self)
{
  return self->feeds;
}

gboolean
rn_playback_is_scanned (RnPlayback *self)
{
  return self->recording != NULL;
}

RnJoin *
rn_playback_get_join (RnPlayback *self)
{
  return self->join;
}

static void
rn_playback_finalize (GObject *object)
{
  RnPlayback *self = RN_PLAYBACK (object);

  g_assert (self->stopped);
  g_clear_pointer (&self->recording, rn_recording_free);
  g_clear_pointer (&self->join, rn_join_unref);
  g_hash_table_unref (self->seen);
  g_ptr_array_unref (self->monitors);
  G_OBJECT_CLASS (rn_playback_parent_class)->finalize (object);
}

static void
rn_playback_class_init (RnPlaybackClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rn_playback_finalize;
  signals[SCANNED] = g_signal_new ("scanned", RN_TYPE_PLAYBACK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", RN_TYPE_PLAYBACK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[STATUS_CHANGED] = g_signal_new ("status-changed", RN_TYPE_PLAYBACK, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
rn_playback_init (RnPlayback *self)
{
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->monitors = g_ptr_array_new_with_free_func (g_object_unref);
}

RnPlayback *
rn_playback_new (RnSourceState *state, RnHolding *const *holdings)
{
  RnPlayback *self = g_object_new (RN_TYPE_PLAYBACK, NULL);

  self->state = state;
  self->holdings = holdings;
  return self;
}
