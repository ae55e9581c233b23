/* SPDX-License-Identifier: GPL-3.0-or-later */
/* disk → (old or not there) → turn → GET → read and keep → done. What runs in a worker has data of
 * its own, for the load may be gone when it ends. */
#include "map/rn-raster-load.h"

#include "base/rn-i18n.h"
#include "map/rn-jobs.h"
#include "net/rn-http-rules.h"

#define TIMEOUT_US (20 * (gint64) G_USEC_PER_SEC)
/* What a server says nothing about is asked for again after a week, as OpenStreetMap wishes. */
#define DEFAULT_FRESH_US (7 * G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define MIN_FRESH_US (300 * (gint64) G_USEC_PER_SEC)

struct _RnRasterLoad {
  RnRasterHub *hub;
  char *uri, *key, *accept, *host;
  gboolean allow_http, offline, past_disk;
  gsize max_bytes;
  double rank;
  RnRasterReadFunc read;
  GDestroyNotify free_value;
  RnRasterLoadFunc func;
  gpointer user_data;
  char *etag, *modified; /* of what the disk has */
  RnJob *job;
  RnRasterSlot *slot;
  GCancellable *cancellable;
};

/* What a worker does: reads from disk, or reads and keeps what came. */
typedef struct {
  RnRasterLoad *load; /* main thread only, and not after a cancel */
  RnRasterCache *cache;
  char *key;
  gint64 now_us;
  RnRasterReadFunc read;
  GDestroyNotify free_value;
  RnRasterCached entry;
  gboolean keep;
  gpointer value;
  GError *error;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  if (work->value != NULL)
    work->free_value (work->value);
  g_clear_pointer (&work->cache, rn_raster_cache_unref);
  rn_raster_cached_clear (&work->entry);
  g_clear_error (&work->error);
  g_free (work->key);
  g_free (work);
}

static Work *
work_new (RnRasterLoad *load)
{
  Work *work = g_new0 (Work, 1);
  RnRasterCache *cache = rn_raster_hub_get_cache (load->hub);

  work->load = load;
  work->cache = cache != NULL ? rn_raster_cache_ref (cache) : NULL;
  work->key = g_strdup (load->key);
  work->now_us = rn_clock_now_us (rn_raster_hub_get_clock (load->hub));
  work->read = load->read;
  work->free_value = load->free_value;
  return work;
}

static void
load_free (RnRasterLoad *self)
{
  rn_job_clear (&self->job);
  rn_raster_slot_leave (&self->slot);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  rn_raster_hub_unref (self->hub);
  g_free (self->uri);
  g_free (self->key);
  g_free (self->accept);
  g_free (self->host);
  g_free (self->etag);
  g_free (self->modified);
  g_free (self);
}

void
rn_raster_load_cancel (RnRasterLoad **load)
{
  g_clear_pointer (load, load_free);
}

/* The last word. */
static void
end (RnRasterLoad *self, gpointer value, RnRasterLoadState state, const GError *error)
{
  RnRasterLoadFunc func = self->func;
  gpointer user_data = self->user_data;

  load_free (self);
  func (value, state, error, user_data);
}

/* ---- what came ------------------------------------------------------------------------------- */

static void
keep_run (gpointer data)
{
  Work *work = data;

  work->value = work->read (work->entry.body, &work->error);
  if (work->value != NULL && work->cache != NULL && work->keep)
    rn_raster_cache_write (work->cache, work->key, &work->entry, work->now_us);
}

static void
keep_done (gpointer data)
{
  Work *work = data;

  work->load->job = NULL;
  end (work->load, g_steal_pointer (&work->value),
       work->error != NULL ? RN_RASTER_LOAD_FAILED : RN_RASTER_LOAD_ANSWERED, work->error);
}

static void
refresh_run (gpointer data)
{
  Work *work = data;

  if (work->cache != NULL)
    rn_raster_cache_refresh (work->cache, work->key, work->entry.fresh_until_us);
}

static void
refresh_done (gpointer data)
{
  Work *work = data;

  work->load->job = NULL;
  end (work->load, NULL, RN_RASTER_LOAD_ANSWERED, NULL);
}

static gint64
fresh_until_us (const RnHttpAnswer *answer, gint64 now_us)
{
  if (answer->must_ask)
    return now_us;
  if (answer->max_age_us == 0)
    return now_us + DEFAULT_FRESH_US;
  return now_us + MAX (MIN_FRESH_US, answer->max_age_us - answer->age_us);
}

static void
got_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnHttpAnswer) answer = rn_http_get_finish (RN_HTTP (object), result, &error);
  RnRasterLoad *self = data;
  Work *work;

  /* cancelled: the load is gone */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  rn_raster_slot_leave (&self->slot);
  if (answer == NULL)
    {
      end (self, NULL, RN_RASTER_LOAD_FAILED, error);
      return;
    }
  work = work_new (self);
  work->entry.fresh_until_us = fresh_until_us (answer, work->now_us);
  if (answer->status != 304)
    {
      work->keep = !answer->no_store;
      work->entry.body = g_bytes_ref (answer->body);
      work->entry.etag = g_strdup (answer->etag);
      work->entry.modified = g_strdup (answer->modified);
    }
  self->job = answer->status == 304
                  ? rn_job_push (RN_JOB_FILE, refresh_run, refresh_done, work, work_free)
                  : rn_job_push (RN_JOB_FILE, keep_run, keep_done, work, work_free);
}

/* A cancelled request still calls back, but after its data are gone: it is told apart by this
 * cancellable alone, so the callback looks at the load only when it was not cancelled. */
static void
turn_cb (gpointer data)
{
  RnRasterLoad *self = data;
  RnHttpRequest request = { .uri = self->uri,
                            .etag = self->etag,
                            .modified = self->modified,
                            .accept = self->accept,
                            .allow_http = self->allow_http,
                            .timeout_us = TIMEOUT_US,
                            .max_bytes = self->max_bytes };

  self->cancellable = g_cancellable_new ();
  rn_http_get_async (rn_raster_hub_get_http (self->hub), &request, self->cancellable, got_cb, self);
}

/* ---- from the disk --------------------------------------------------------------------------- */

static void
disk_run (gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;

  if (work->cache == NULL
      || !rn_raster_cache_read (work->cache, work->key, work->now_us, &work->entry))
    return;
  work->value = work->read (work->entry.body, &error);
  /* what cannot be read any more is as good as not there: it is asked for anew, as a whole */
  if (work->value == NULL)
    rn_raster_cached_clear (&work->entry);
}

static void
ask (RnRasterLoad *self)
{
  self->past_disk = TRUE;
  self->slot = rn_raster_hub_queue (self->hub, self->host, self->rank, turn_cb, self);
}

static void
disk_done (gpointer data)
{
  Work *work = data;
  RnRasterLoad *self = work->load;
  gpointer value = g_steal_pointer (&work->value);
  gboolean fresh = value != NULL && work->entry.fresh_until_us > work->now_us;

  self->job = NULL;
  if (value != NULL && (fresh || self->offline))
    end (self, value, RN_RASTER_LOAD_KEPT, NULL);
  else if (self->offline)
    {
      g_autoptr (GError) error =
          g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, _("not kept on disk"));

      end (self, NULL, RN_RASTER_LOAD_FAILED, error);
    }
  else
    {
      self->etag = g_strdup (work->entry.etag);
      self->modified = g_strdup (work->entry.modified);
      ask (self);
      if (value != NULL)
        self->func (value, RN_RASTER_LOAD_OLD, NULL, self->user_data);
    }
}

/* ---- start ----------------------------------------------------------------------------------- */

RnRasterLoad *
rn_raster_load_start (RnRasterHub *hub, const RnRasterLoadRequest *request, RnRasterLoadFunc func,
                      gpointer user_data)
{
  RnRasterLoad *self = g_new0 (RnRasterLoad, 1);
  g_autoptr (GUri) uri = g_uri_parse (request->uri, G_URI_FLAGS_ENCODED, NULL);

  self->hub = rn_raster_hub_ref (hub);
  self->uri = g_strdup (request->uri);
  self->key = g_strdup (request->key);
  self->accept = g_strdup (request->accept);
  self->host =
      uri != NULL && g_uri_get_host (uri) != NULL ? rn_http_rules_dup_place (uri) : g_strdup ("");
  self->allow_http = request->allow_http;
  self->offline = request->offline;
  self->max_bytes = request->max_bytes;
  self->rank = request->rank;
  self->read = request->read;
  self->free_value = request->free_value;
  self->func = func;
  self->user_data = user_data;
  self->job = rn_job_push (RN_JOB_FILE, disk_run, disk_done, work_new (self), work_free);
  return self;
}

gboolean
rn_raster_load_stay_offline (RnRasterLoad *self)
{
  self->offline = TRUE;
  return !self->past_disk;
}
