/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Main thread. The store has all that the memory has but what waits to be written; the memory is
 * finer where both have it, so it is taken from its first value on. */
#include "session/rn-history.h"

#include <math.h>

struct _RnHistory {
  GObject parent_instance;
  const RnRecent *recent;
  char *folder; /* NULL: off */
  RnFrameStoreLimits limits;
  RnClock *clock;
  RnFrameStore *store; /* NULL: nothing to keep yet */
  GHashTable *series;  /* source name → name in the store; of sources that are kept */
};

G_DEFINE_FINAL_TYPE (RnHistory, rn_history, G_TYPE_OBJECT)

enum { STATUS_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- keeping ------------------------------------------------------------------------------- */

static void
status_changed_cb (RnHistory *self)
{
  g_signal_emit (self, signals[STATUS_CHANGED], 0);
}

static RnSource *
find_source (const GPtrArray *sources, const char *name)
{
  for (guint i = 0; i < sources->len; i++)
    if (g_str_equal (rn_source_get_spec (sources->pdata[i])->name, name))
      return sources->pdata[i];
  return NULL;
}

/* The name in the store: what and where the source is, since people rename things, and two servers
 * must not share a past. NULL: it is not kept. */
static const char *
find_series (RnHistory *self, const GPtrArray *sources, const char *name)
{
  RnSource *source = find_source (sources, name);
  const RnSourceSpec *spec;
  char *series;

  if (source == NULL || rn_source_is_recording (source))
    {
      g_hash_table_remove (self->series, name);
      return NULL;
    }
  spec = rn_source_get_spec (source);
  series = g_strdup_printf ("%s %s", spec->adapter, spec->location);
  g_hash_table_replace (self->series, g_strdup (name), series);
  return series;
}

void
rn_history_add (RnHistory *self, const RnFrame *frame, const GPtrArray *sources)
{
  if (self->folder == NULL)
    return;
  for (guint i = 0; i < frame->network->n_sources; i++)
    {
      const char *series = find_series (self, sources, frame->network->sources[i]);

      if (series == NULL)
        continue;
      if (self->store == NULL)
        {
          self->store = rn_frame_store_new (self->folder, &self->limits, self->clock);
          g_signal_connect_object (self->store, "status-changed", G_CALLBACK (status_changed_cb),
                                   self, G_CONNECT_SWAPPED);
        }
      rn_frame_store_add (self->store, frame, i, series);
    }
}

void
rn_history_open (RnHistory *self, const char *folder, const RnFrameStoreLimits *limits,
                 RnClock *clock)
{
  rn_history_close (self);
  self->folder = g_strdup (folder);
  self->limits = *limits;
  g_set_object (&self->clock, clock);
}

void
rn_history_close (RnHistory *self)
{
  if (self->store != NULL)
    rn_frame_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_pointer (&self->folder, g_free);
}

void
rn_history_set_limits (RnHistory *self, const RnFrameStoreLimits *limits)
{
  self->limits = *limits;
  if (self->store != NULL)
    rn_frame_store_set_limits (self->store, limits);
}

/* ---- reading ------------------------------------------------------------------------------- */

static GArray *
dup_memory (RnHistory *self, guint32 section, gint64 from_us)
{
  g_autoptr (GArray) recent = rn_recent_dup_section (self->recent, section);
  GArray *samples = g_array_sized_new (FALSE, FALSE, sizeof (RnFrameSample), recent->len);

  for (guint i = 0; i < recent->len; i++)
    {
      const RnRecentSample *from = &g_array_index (recent, RnRecentSample, i);
      RnFrameSample sample = { .at_us = from->at_us,
                               .speed_kmh = from->speed_kmh,
                               .flow_vph = from->flow_vph,
                               .state = from->state,
                               .n = !isnan (from->speed_kmh) || !isnan (from->flow_vph) };

      if (sample.at_us >= from_us)
        g_array_append_val (samples, sample);
    }
  return samples;
}

GArray *
rn_history_dup_recent (RnHistory *self, guint32 section, gint64 from_us, gint64 span_us)
{
  g_autoptr (GArray) samples = dup_memory (self, section, from_us);

  return span_us == 0 ? g_steal_pointer (&samples) : rn_frame_samples_mean (samples, span_us);
}

typedef struct {
  GArray *memory; /* RnFrameSample */
  gint64 span_us;
} Loading;

static void
loading_free (gpointer data)
{
  Loading *self = data;

  g_array_unref (self->memory);
  g_free (self);
}

/* @stored up to where the memory begins, then the memory. The mean of the span in which it begins
 * is the store's, which saw all of it. */
static GArray *
join (const GArray *stored, const Loading *loading)
{
  const GArray *memory = loading->memory;
  GArray *all = g_array_new (FALSE, FALSE, sizeof (RnFrameSample));
  gint64 begin_us = memory->len > 0
                        ? g_array_index (memory, RnFrameSample, 0).at_us + loading->span_us
                        : G_MAXINT64;
  gint64 last_us = G_MININT64;

  for (guint i = 0; i < stored->len; i++)
    {
      RnFrameSample sample = g_array_index (stored, RnFrameSample, i);

      if (sample.at_us >= begin_us)
        break;
      last_us = sample.at_us;
      g_array_append_val (all, sample);
    }
  for (guint i = 0; i < memory->len; i++)
    {
      RnFrameSample sample = g_array_index (memory, RnFrameSample, i);

      if (sample.at_us > last_us)
        g_array_append_val (all, sample);
    }
  return all;
}

static void
stored_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  RnHistory *self = g_task_get_source_object (task);
  Loading *loading = g_task_get_task_data (task);
  g_autoptr (GArray) stored = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->store != NULL)
    stored = rn_frame_store_load_section_finish (self->store, result, NULL); /* see the status */
  if (stored == NULL)
    g_task_return_pointer (task, g_array_ref (loading->memory), (GDestroyNotify) g_array_unref);
  else
    g_task_return_pointer (task, join (stored, loading), (GDestroyNotify) g_array_unref);
}

void
rn_history_load_section_async (RnHistory *self, const RnNetwork *network, guint32 section,
                               gint64 from_us, gint64 until_us, gint64 span_us,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  Loading *loading = g_new0 (Loading, 1);
  const char *series =
      g_hash_table_lookup (self->series, network->sources[network->source[section]]);

  loading->memory = rn_history_dup_recent (self, section, from_us, span_us);
  loading->span_us = span_us;
  g_task_set_task_data (task, loading, loading_free);
  if (self->store != NULL && series != NULL)
    {
      rn_frame_store_load_section_async (self->store, series, network->id[section], from_us,
                                         until_us, span_us, cancellable, stored_cb, task);
      return;
    }
  g_task_return_pointer (task, g_array_ref (loading->memory), (GDestroyNotify) g_array_unref);
  g_object_unref (task);
}

GArray *
rn_history_load_section_finish (RnHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- object -------------------------------------------------------------------------------- */

const char *
rn_history_get_folder (RnHistory *self)
{
  return self->folder;
}

const RnFrameStoreLimits *
rn_history_get_limits (RnHistory *self)
{
  return &self->limits;
}

const RnFrameStoreStatus *
rn_history_get_status (RnHistory *self)
{
  return self->store != NULL ? rn_frame_store_get_status (self->store) : NULL;
}

static void
rn_history_dispose (GObject *object)
{
  RnHistory *self = RN_HISTORY (object);

  rn_history_close (self);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->series, g_hash_table_unref);
  G_OBJECT_CLASS (rn_history_parent_class)->dispose (object);
}

static void
rn_history_class_init (RnHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_history_dispose;
  signals[STATUS_CHANGED] = g_signal_new ("status-changed", RN_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rn_history_init (RnHistory *self)
{
  self->series = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

RnHistory *
rn_history_new (const RnRecent *recent)
{
  RnHistory *self = g_object_new (RN_TYPE_HISTORY, NULL);

  self->recent = recent;
  return self;
}
