/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record for each tile that is wanted or failed; pictures are in the store. A tile that failed by
 * itself shows the embedded base map (the store knows that there is none) until it is tried again;
 * while the whole server fails, larger tiles may stand in. */
#include "map/rn-raster-source.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "map/rn-jobs.h"
#include "map/rn-mbtiles.h"
#include "map/rn-raster-load.h"
#include "map/rn-raster-mesh.h"
#include "map/rn-wmts.h"

#define STORE_BYTES ((gsize) 64 << 20)
#define CAPABILITIES_BYTES ((gsize) 16 << 20)
#define MAX_WANTED 2048
#define MAX_RECORDS 4096
/* Waits double from the first to the last. */
#define FIRST_WAIT_US (2 * (gint64) G_USEC_PER_SEC)
#define LAST_WAIT_US (120 * (gint64) G_USEC_PER_SEC)
/* How long it is believed that a source has no such tile. */
#define ABSENT_US (600 * (gint64) G_USEC_PER_SEC)

typedef enum { TILE_IDLE, TILE_LOADING, TILE_READY, TILE_ABSENT, TILE_FAILED } TileState;

typedef struct {
  RnRasterSource *source;
  gint64 key;
  int z, x, y;
  TileState state;
  guint turn;      /* the view in which it was wanted last */
  double distance; /* from the middle, in tiles */
  guint n_failures;
  gint64 retry_us;    /* monotonic; of FAILED and ABSENT */
  gboolean is_probe;  /* the one tile that a failing server is asked for */
  RnRasterLoad *load; /* NULL none */
  RnJob *job;         /* of a file; NULL none */
} Tile;

struct _RnRasterSource {
  GObject parent_instance;
  RnRasterHub *hub;
  RnRasterSpec *spec;
  RnRasterStore *store;
  GHashTable *tiles; /* gint64 → Tile */
  char *cache_key;   /* what stands before the tile in the keys of the disk */
  gboolean ready;
  RnMbtiles *file;    /* of a file */
  RnWmtsTiles *wmts;  /* of a service */
  RnRasterLoad *load; /* of its capabilities */
  RnJob *job;         /* opens the file */
  int min_zoom, max_zoom, tile_px;
  char *licence, *error;
  gboolean server_error; /* the error is of the whole server or file */
  guint n_failures;      /* of the server, one after the other */
  gint64 pause_us;       /* until then the server is left alone */
  guint timer_id;
  guint turn;
  gboolean has_view;
  double zoom, x0, y0, x1, y1; /* of the view */
};

enum { TOUCHED, CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnRasterSource, rn_raster_source, G_TYPE_OBJECT)

static void prepare (RnRasterSource *self);
static void pump (RnRasterSource *self);

static gint64
now_us (RnRasterSource *self)
{
  return rn_clock_monotonic_us (rn_raster_hub_get_clock (self->hub));
}

static gint64
wait_us (guint n_failures)
{
  return MIN (LAST_WAIT_US, FIRST_WAIT_US << MIN (n_failures - 1, 8));
}

static void
tile_free (gpointer data)
{
  Tile *tile = data;

  rn_raster_load_cancel (&tile->load);
  rn_job_clear (&tile->job);
  g_free (tile);
}

static void
changed (RnRasterSource *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Where the tile lies on the map. */
static void
touch (Tile *tile)
{
  RnRasterSource *self = tile->source;
  double side = exp2 (-tile->z), min_x = 2, min_y = 2, max_x = -1, max_y = -1;

  for (int i = 0; i < 4; i++)
    {
      double x, y;

      rn_raster_mesh_from_source (self->spec->crs, (tile->x + (i & 1)) * side,
                                  (tile->y + (i >> 1)) * side, &x, &y);
      min_x = MIN (min_x, x);
      min_y = MIN (min_y, y);
      max_x = MAX (max_x, x);
      max_y = MAX (max_y, y);
    }
  g_signal_emit (self, signals[TOUCHED], 0, min_x, min_y, max_x, max_y);
}

/* ---- waiting --------------------------------------------------------------------------------- */

static gboolean
timer_cb (gpointer data)
{
  RnRasterSource *self = data;

  self->timer_id = 0;
  if (!self->ready)
    prepare (self);
  else
    pump (self);
  return G_SOURCE_REMOVE;
}

static void
set_timer (RnRasterSource *self, gint64 at_us)
{
  RnClock *clock = rn_raster_hub_get_clock (self->hub);

  rn_clock_clear_timer (clock, &self->timer_id);
  if (at_us != 0)
    self->timer_id =
        rn_clock_add_timer (clock, MAX (0, at_us - now_us (self)), timer_cb, self, NULL);
}

/* ---- failures -------------------------------------------------------------------------------- */

/* Whether it is not about one tile but about the server, or the way to it. */
static gboolean
is_of_server (const GError *error)
{
  if (error->domain != RN_NET_ERROR)
    return FALSE;
  switch (error->code)
    {
    case RN_NET_ERROR_UNREACHABLE:
    case RN_NET_ERROR_TIMEOUT:
    case RN_NET_ERROR_TLS:
    case RN_NET_ERROR_BUSY:
    case RN_NET_ERROR_INSECURE:
      return TRUE;
    default:
      /* 403 is what some stores of tiles answer for one that they do not have */
      return rn_http_error_status (error) == 401;
    }
}

static void
note_error (RnRasterSource *self, const GError *error, gboolean of_server)
{
  g_free (self->error);
  self->error = g_strdup (error->message);
  self->server_error = of_server;
}

static void
note_success (RnRasterSource *self)
{
  self->n_failures = 0;
  self->pause_us = 0;
  if (self->server_error)
    g_clear_pointer (&self->error, g_free);
  self->server_error = FALSE;
}

/* The server is left alone for a while; what still waits for it is given up, but not what waits for
 * the disk. */
static void
pause_server (RnRasterSource *self, const GError *error)
{
  GHashTableIter iter;
  Tile *tile;

  note_error (self, error, TRUE);
  self->n_failures++;
  self->pause_us =
      now_us (self) + MAX (wait_us (self->n_failures), rn_http_error_retry_after_us (error));
  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
    {
      if (tile->load == NULL || rn_raster_load_stay_offline (tile->load))
        continue;
      rn_raster_load_cancel (&tile->load);
      if (tile->state == TILE_LOADING)
        {
          tile->state = TILE_FAILED;
          tile->retry_us = self->pause_us;
        }
    }
}

static void
tile_failed (Tile *tile, const GError *error)
{
  RnRasterSource *self = tile->source;
  guint status = rn_http_error_status (error);
  gboolean absent = status == 404 || status == 204 || status == 410;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED))
    {
      tile->state = TILE_FAILED;
      tile->retry_us = self->pause_us;
      return;
    }
  if (is_of_server (error))
    {
      tile->state = TILE_FAILED;
      pause_server (self, error);
      tile->retry_us = self->pause_us;
      return;
    }
  note_success (self);
  if (!absent)
    note_error (self, error, FALSE);
  tile->n_failures++;
  tile->state = absent ? TILE_ABSENT : TILE_FAILED;
  tile->retry_us = now_us (self) + (absent ? ABSENT_US : wait_us (tile->n_failures));
  rn_raster_store_put (self->store, tile->key, NULL);
  touch (tile);
}

/* ---- tiles that come ------------------------------------------------------------------------- */

static void
tile_ready (Tile *tile, RnRasterImage *image)
{
  tile->state = TILE_READY;
  tile->n_failures = 0;
  rn_raster_store_put (tile->source->store, tile->key, image);
  touch (tile);
}

static void
loaded_cb (gpointer value, RnRasterLoadState state, const GError *error, gpointer user_data)
{
  Tile *tile = user_data;
  RnRasterSource *self = tile->source;
  g_autoptr (RnRasterImage) image = value;
  gboolean done = state != RN_RASTER_LOAD_OLD;

  if (done)
    {
      tile->load = NULL;
      tile->is_probe = FALSE;
    }
  if (image != NULL)
    tile_ready (tile, image);
  if (error != NULL && tile->state == TILE_READY && is_of_server (error))
    pause_server (self, error); /* what the disk had is still shown */
  else if (error != NULL && tile->state != TILE_READY)
    tile_failed (tile, error);
  else if (state == RN_RASTER_LOAD_ANSWERED)
    note_success (self);
  changed (self);
  if (done)
    pump (self);
}

typedef struct {
  Tile *tile; /* main thread only, and not after a cancel */
  RnMbtiles *file;
  int z, x, y;
  RnRasterImage *image;
  GError *error;
} FileRead;

static void
file_read_run (gpointer data)
{
  FileRead *read = data;
  g_autoptr (GBytes) bytes = rn_mbtiles_read (read->file, read->z, read->x, read->y, &read->error);

  if (bytes != NULL)
    read->image = rn_raster_image_decode (bytes, &read->error);
}

static void
file_read_done (gpointer data)
{
  FileRead *read = data;
  Tile *tile = read->tile;
  RnRasterSource *self = tile->source;

  tile->job = NULL;
  if (read->image != NULL)
    tile_ready (tile, read->image);
  else if (read->error != NULL)
    tile_failed (tile, read->error);
  else
    {
      tile->state = TILE_ABSENT;
      tile->retry_us = G_MAXINT64;
      rn_raster_store_put (self->store, tile->key, NULL);
      touch (tile);
    }
  changed (self);
}

static void
file_read_free (gpointer data)
{
  FileRead *read = data;

  rn_mbtiles_unref (read->file);
  g_clear_pointer (&read->image, rn_raster_image_unref);
  g_clear_error (&read->error);
  g_free (read);
}

static void
read_from_file (Tile *tile)
{
  FileRead *read = g_new0 (FileRead, 1);

  read->tile = tile;
  read->file = rn_mbtiles_ref (tile->source->file);
  read->z = tile->z;
  read->x = tile->x;
  read->y = tile->y;
  tile->job = rn_job_push (RN_JOB_FILE, file_read_run, file_read_done, read, file_read_free);
}

static gpointer
read_image (GBytes *bytes, GError **error)
{
  return rn_raster_image_decode (bytes, error);
}

static void
load_tile (Tile *tile, gboolean offline)
{
  RnRasterSource *self = tile->source;
  g_autofree char *uri = self->wmts != NULL
                             ? rn_wmts_tiles_dup_uri (self->wmts, tile->z, tile->x, tile->y)
                             : rn_raster_spec_dup_tile_uri (self->spec, tile->z, tile->x, tile->y);
  g_autofree char *key =
      g_strdup_printf ("%s/%d/%d/%d", self->cache_key, tile->z, tile->x, tile->y);
  RnRasterLoadRequest request = { .uri = uri,
                                  .key = key,
                                  .accept = "image/*, */*;q=0.1",
                                  .allow_http = self->spec->allow_http,
                                  .offline = offline,
                                  .max_bytes = RN_RASTER_IMAGE_MAX_BYTES,
                                  .rank = tile->distance,
                                  .read = read_image,
                                  .free_value = (GDestroyNotify) rn_raster_image_unref };

  if (uri == NULL) /* beyond the limits of the layer */
    {
      tile->state = TILE_ABSENT;
      tile->retry_us = G_MAXINT64;
      rn_raster_store_put (self->store, tile->key, NULL);
      touch (tile);
      return;
    }
  tile->load = rn_raster_load_start (self->hub, &request, loaded_cb, tile);
}

/* ---- demand ---------------------------------------------------------------------------------- */

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  const Tile *x = *(Tile *const *) a, *y = *(Tile *const *) b;

  return x->distance < y->distance ? -1 : x->distance > y->distance;
}

/* The wanted tiles that are to be begun now, nearest first; *@next_us: when to look again. */
static GPtrArray *
collect (RnRasterSource *self, gint64 *next_us)
{
  GPtrArray *due = g_ptr_array_new ();
  gint64 now = now_us (self);
  GHashTableIter iter;
  Tile *tile;

  *next_us = G_MAXINT64;
  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
    {
      gboolean again = tile->state == TILE_FAILED || tile->state == TILE_ABSENT;

      if (tile->turn != self->turn)
        continue;
      if (tile->state == TILE_IDLE || (again && tile->retry_us <= now))
        g_ptr_array_add (due, tile);
      else if (again)
        *next_us = MIN (*next_us, tile->retry_us);
    }
  g_ptr_array_sort (due, compare_cb);
  return due;
}

static gboolean
is_trying (RnRasterSource *self)
{
  GHashTableIter iter;
  Tile *tile;

  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
    if (tile->is_probe)
      return TRUE;
  return FALSE;
}

/* Begins what is due. While the server fails only the disk is asked, and, when the pause is over,
 * the server for one tile. */
static void
pump (RnRasterSource *self)
{
  gint64 next_us, now = now_us (self);
  g_autoptr (GPtrArray) due = collect (self, &next_us);
  gboolean paused = self->pause_us > now;
  gboolean probe = self->n_failures > 0 && !paused && !is_trying (self);

  for (guint i = 0; i < due->len; i++)
    {
      Tile *tile = due->pdata[i];
      gboolean first = tile->state == TILE_IDLE;
      gboolean offline = self->n_failures > 0 && !probe;

      if (offline && !first)
        continue; /* the disk has been asked already */
      tile->state = TILE_LOADING;
      if (self->file != NULL)
        read_from_file (tile);
      else
        load_tile (tile, offline);
      tile->is_probe = probe && tile->load != NULL;
      probe = probe && !tile->is_probe;
    }
  if (paused)
    next_us = MIN (next_us, self->pause_us);
  set_timer (self, next_us != G_MAXINT64 ? MAX (next_us, now + 1000) : 0);
}

static Tile *
ensure_tile (RnRasterSource *self, int z, int x, int y)
{
  gint64 key = rn_raster_key (z, x, y);
  Tile *tile = g_hash_table_lookup (self->tiles, &key);

  if (tile != NULL)
    return tile;
  tile = g_new0 (Tile, 1);
  tile->source = self;
  tile->key = key;
  tile->z = z;
  tile->x = x;
  tile->y = y;
  g_hash_table_insert (self->tiles, &tile->key, tile);
  return tile;
}

static void
want (RnRasterSource *self, int z, int x, int y, double distance)
{
  Tile *tile = ensure_tile (self, z, x, y);
  gboolean there = rn_raster_store_want (self->store, tile->key);

  tile->turn = self->turn;
  tile->distance = distance;
  if (there && tile->load == NULL)
    tile->state = TILE_READY;
  else if (tile->state == TILE_READY && !there)
    tile->state = TILE_IDLE; /* it was let go */
}

static void
want_box (RnRasterSource *self, int level)
{
  double side = exp2 (level), x0 = self->x0, y0 = self->y0, x1 = self->x1, y1 = self->y1;
  int last = (1 << level) - 1, cx0, cy0, cx1, cy1;

  rn_raster_mesh_cover (self->spec->crs, &x0, &y0, &x1, &y1);
  cx0 = (int) CLAMP (floor (x0 * side), 0, last);
  cy0 = (int) CLAMP (floor (y0 * side), 0, last);
  cx1 = (int) CLAMP (ceil (x1 * side) - 1, cx0, last);
  cy1 = (int) CLAMP (ceil (y1 * side) - 1, cy0, last);
  if ((gint64) (cx1 - cx0 + 1) * (cy1 - cy0 + 1) > MAX_WANTED)
    return;
  for (int y = cy0; y <= cy1; y++)
    for (int x = cx0; x <= cx1; x++)
      want (self, level, x, y,
            hypot (x + 0.5 - (x0 + x1) * side / 2, y + 0.5 - (y0 + y1) * side / 2));
}

/* What is not wanted any more is not waited for. */
static void
drop_unwanted (RnRasterSource *self)
{
  gboolean many = g_hash_table_size (self->tiles) > MAX_RECORDS;
  GHashTableIter iter;
  Tile *tile;

  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
    {
      gboolean busy = tile->load != NULL || tile->job != NULL;
      gboolean failed = tile->state == TILE_FAILED || tile->state == TILE_ABSENT;

      if (tile->turn == self->turn || (failed && !busy && !many))
        continue;
      if (failed)
        rn_raster_store_remove (self->store, tile->key);
      g_hash_table_iter_remove (&iter);
    }
}

static void
update_demand (RnRasterSource *self)
{
  RnRasterSheet sheet;
  int level;

  if (!rn_raster_source_get_sheet (self, &sheet) || !self->has_view)
    return;
  level = rn_raster_scene_level (&sheet, self->zoom);
  self->turn++;
  rn_raster_store_begin (self->store);
  if (level >= 0)
    want_box (self, level);
  drop_unwanted (self);
  pump (self);
}

void
rn_raster_source_set_view (RnRasterSource *self, double zoom, double x0, double y0, double x1,
                           double y1)
{
  self->has_view = TRUE;
  self->zoom = zoom;
  self->x0 = x0;
  self->y0 = y0;
  self->x1 = x1;
  self->y1 = y1;
  update_demand (self);
}

/* ---- getting ready --------------------------------------------------------------------------- */

static void
set_licence (RnRasterSource *self, const char *licence)
{
  g_free (self->licence);
  self->licence = g_strdup (licence);
}

/* The source has said which levels it has. */
static void
set_levels (RnRasterSource *self, int min_zoom, int max_zoom)
{
  self->min_zoom = MAX (self->spec->min_zoom, min_zoom);
  self->max_zoom = MIN (self->spec->max_zoom, max_zoom);
}

static void
become_ready (RnRasterSource *self)
{
  self->ready = TRUE;
  note_success (self);
  update_demand (self);
  changed (self);
}

static void
prepare_failed (RnRasterSource *self, const GError *error)
{
  note_error (self, error, TRUE);
  self->n_failures++;
  set_timer (self, now_us (self)
                       + MAX (wait_us (self->n_failures), rn_http_error_retry_after_us (error)));
  changed (self);
}

typedef struct {
  RnRasterSource *source; /* main thread only, and not after a cancel */
  char *path;
  RnMbtiles *file;
  GError *error;
} Opening;

static void
open_run (gpointer data)
{
  Opening *opening = data;

  opening->file = rn_mbtiles_open (opening->path, &opening->error);
}

static void
open_done (gpointer data)
{
  Opening *opening = data;
  RnRasterSource *self = opening->source;

  self->job = NULL;
  if (opening->file == NULL)
    {
      prepare_failed (self, opening->error);
      return;
    }
  self->file = g_steal_pointer (&opening->file);
  set_levels (self, rn_mbtiles_get_info (self->file)->min_zoom,
              rn_mbtiles_get_info (self->file)->max_zoom);
  set_licence (self, rn_mbtiles_get_info (self->file)->attribution);
  become_ready (self);
}

static void
open_free (gpointer data)
{
  Opening *opening = data;

  g_clear_pointer (&opening->file, rn_mbtiles_unref);
  g_clear_error (&opening->error);
  g_free (opening->path);
  g_free (opening);
}

static gpointer
read_capabilities (GBytes *bytes, GError **error)
{
  return rn_wmts_parse (bytes, error);
}

static void
capabilities_cb (gpointer value, RnRasterLoadState state, const GError *error, gpointer user_data)
{
  RnRasterSource *self = user_data;
  g_autoptr (RnWmts) wmts = value;
  g_autoptr (RnWmtsTiles) tiles = NULL;
  g_autoptr (GError) cause = NULL;

  if (state != RN_RASTER_LOAD_OLD)
    self->load = NULL;
  if (wmts != NULL)
    tiles = rn_wmts_choose (wmts, self->spec, &cause);
  if (tiles != NULL)
    {
      g_clear_pointer (&self->wmts, rn_wmts_tiles_free);
      self->wmts = g_steal_pointer (&tiles);
      self->tile_px = rn_wmts_tiles_px (self->wmts);
      set_levels (self, rn_wmts_tiles_min_zoom (self->wmts), rn_wmts_tiles_max_zoom (self->wmts));
      set_licence (self, rn_wmts_get_provider (wmts));
      become_ready (self);
    }
  else if (!self->ready && (cause != NULL || error != NULL))
    prepare_failed (self, cause != NULL ? cause : error);
}

static void
prepare_file (RnRasterSource *self)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->source = self;
  opening->path = g_strdup (self->spec->location);
  self->job = rn_job_push (RN_JOB_FILE, open_run, open_done, opening, open_free);
}

static void
prepare_service (RnRasterSource *self)
{
  g_autofree char *uri = rn_wmts_dup_capabilities_uri (self->spec->location);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);
  g_autofree char *key = g_strconcat ("capabilities/", hash, NULL);
  RnRasterLoadRequest request = { .uri = uri,
                                  .key = key,
                                  .accept = "application/xml, text/xml, */*",
                                  .allow_http = self->spec->allow_http,
                                  .max_bytes = CAPABILITIES_BYTES,
                                  .read = read_capabilities,
                                  .free_value = (GDestroyNotify) rn_wmts_free };

  self->load = rn_raster_load_start (self->hub, &request, capabilities_cb, self);
}

static void
prepare (RnRasterSource *self)
{
  rn_raster_load_cancel (&self->load);
  rn_job_clear (&self->job);
  if (self->spec->kind == RN_RASTER_MBTILES)
    prepare_file (self);
  else if (self->spec->kind == RN_RASTER_WMTS)
    prepare_service (self);
  else
    self->ready = TRUE;
}

/* ---- the object ------------------------------------------------------------------------------ */

static void
rn_raster_source_dispose (GObject *object)
{
  RnRasterSource *self = RN_RASTER_SOURCE (object);

  if (self->hub != NULL)
    rn_clock_clear_timer (rn_raster_hub_get_clock (self->hub), &self->timer_id);
  g_hash_table_remove_all (self->tiles);
  rn_raster_load_cancel (&self->load);
  rn_job_clear (&self->job);
  g_clear_pointer (&self->hub, rn_raster_hub_unref);
  G_OBJECT_CLASS (rn_raster_source_parent_class)->dispose (object);
}

static void
rn_raster_source_finalize (GObject *object)
{
  RnRasterSource *self = RN_RASTER_SOURCE (object);

  g_hash_table_unref (self->tiles);
  rn_raster_store_unref (self->store);
  g_clear_pointer (&self->spec, rn_raster_spec_free);
  g_clear_pointer (&self->file, rn_mbtiles_unref);
  g_clear_pointer (&self->wmts, rn_wmts_tiles_free);
  g_free (self->cache_key);
  g_free (self->licence);
  g_free (self->error);
  G_OBJECT_CLASS (rn_raster_source_parent_class)->finalize (object);
}

static void
rn_raster_source_class_init (RnRasterSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_raster_source_dispose;
  G_OBJECT_CLASS (klass)->finalize = rn_raster_source_finalize;
  signals[TOUCHED] =
      g_signal_new ("touched", RN_TYPE_RASTER_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 4, G_TYPE_DOUBLE, G_TYPE_DOUBLE, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[CHANGED] = g_signal_new ("changed", RN_TYPE_RASTER_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
rn_raster_source_init (RnRasterSource *self)
{
  self->tiles = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, tile_free);
  self->store = rn_raster_store_new (STORE_BYTES);
}

/* Addresses may hold a key, so the disk knows them by a checksum only. */
static char *
dup_cache_key (const RnRasterSpec *spec)
{
  g_autofree char *words =
      g_strjoin ("\n", rn_raster_kind_word (spec->kind), spec->location, spec->layer,
                 spec->matrix_set, spec->style, spec->format, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, words, -1);
}

RnRasterSource *
rn_raster_source_new (RnRasterHub *hub, const RnRasterSpec *spec)
{
  RnRasterSource *self = g_object_new (RN_TYPE_RASTER_SOURCE, NULL);

  self->hub = rn_raster_hub_ref (hub);
  self->spec = rn_raster_spec_copy (spec);
  self->cache_key = dup_cache_key (spec);
  self->min_zoom = spec->min_zoom;
  self->max_zoom = spec->max_zoom;
  self->tile_px = spec->tile_px;
  prepare (self);
  return self;
}

const RnRasterSpec *
rn_raster_source_get_spec (RnRasterSource *self)
{
  return self->spec;
}

void
rn_raster_source_set_spec (RnRasterSource *self, const RnRasterSpec *spec)
{
  RnRasterSpec *copy = rn_raster_spec_copy (spec);

  rn_raster_spec_free (self->spec);
  self->spec = copy;
}

gboolean
rn_raster_source_get_sheet (RnRasterSource *self, RnRasterSheet *sheet)
{
  *sheet = (RnRasterSheet){ .store = self->store,
                            .crs = self->spec->crs,
                            .opacity = self->spec->opacity,
                            .min_zoom = self->min_zoom,
                            .max_zoom = self->max_zoom,
                            .tile_px = self->tile_px };
  return self->ready;
}

gboolean
rn_raster_source_is_settled (RnRasterSource *self)
{
  GHashTableIter iter;
  Tile *tile;

  if (!self->ready)
    return self->load == NULL && self->job == NULL;
  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
    if (tile->turn == self->turn && (tile->state == TILE_IDLE || tile->state == TILE_LOADING))
      return FALSE;
  return self->has_view;
}

void
rn_raster_source_count (RnRasterSource *self, guint *n_shown, guint *n_failed, guint *n_absent)
{
  GHashTableIter iter;
  Tile *tile;

  *n_shown = *n_failed = *n_absent = 0;
  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
    if (tile->turn == self->turn)
      {
        *n_shown += tile->state == TILE_READY;
        *n_failed += tile->state == TILE_FAILED;
        *n_absent += tile->state == TILE_ABSENT;
      }
}

const char *
rn_raster_source_get_error (RnRasterSource *self)
{
  guint n_shown, n_failed, n_absent;

  rn_raster_source_count (self, &n_shown, &n_failed, &n_absent);
  return self->server_error || n_failed > 0 ? self->error : NULL;
}

const char *
rn_raster_source_get_licence (RnRasterSource *self)
{
  if (*self->spec->licence != '\0')
    return self->spec->licence;
  return self->licence != NULL ? self->licence : "";
}

RnBox
rn_raster_source_get_bounds (RnRasterSource *self)
{
  return self->file != NULL ? rn_mbtiles_get_info (self->file)->bounds
                            : (RnBox){ -180, -90, 180, 90 };
}
