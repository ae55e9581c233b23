/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One connection behind a lock. What goes wrong is said once in the log and then means "not
 * there"; a file that SQLite calls damaged is removed with its companions and made anew. */
#include "map/rn-raster-cache.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

#define BUSY_MS 200
/* A last use is written down again only when it is this much newer: reading stays reading. */
#define USED_STEP_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
/* To how much of its size it is emptied when it is full, so that not every tile empties. */
#define KEEP_PART 0.9

struct _RnRasterCache {
  gatomicrefcount ref_count;
  GMutex lock;
  char *folder, *path;
  gint64 max_bytes, bytes;
  sqlite3 *db;      /* NULL: not open */
  gboolean refused; /* the disk does not want it: not tried again */
};

static const char schema[] = "PRAGMA journal_mode=WAL;"
                             "PRAGMA synchronous=NORMAL;"
                             "CREATE TABLE IF NOT EXISTS tiles ("
                             " key TEXT PRIMARY KEY, body BLOB NOT NULL, etag TEXT, modified TEXT,"
                             " fresh_until INTEGER NOT NULL, used INTEGER NOT NULL);"
                             "CREATE INDEX IF NOT EXISTS tiles_used ON tiles (used);";

void
rn_raster_cached_clear (RnRasterCached *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->modified, g_free);
}

RnRasterCache *
rn_raster_cache_new (const char *folder, gint64 max_bytes)
{
  RnRasterCache *self = g_new0 (RnRasterCache, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->folder = g_strdup (folder);
  self->path = g_build_filename (folder, "tiles.sqlite", NULL);
  self->max_bytes = max_bytes;
  return self;
}

RnRasterCache *
rn_raster_cache_ref (RnRasterCache *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rn_raster_cache_unref (RnRasterCache *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  sqlite3_close (self->db);
  g_mutex_clear (&self->lock);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

static gboolean
is_damage (int rc)
{
  return (rc & 0xff) == SQLITE_CORRUPT || (rc & 0xff) == SQLITE_NOTADB;
}

static void
remove_files (RnRasterCache *self)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (self->path, endings[i], NULL);

      if (g_remove (path) != 0 && errno != ENOENT)
        g_message ("%s: %s", path, g_strerror (errno));
    }
}

static int
open_file (RnRasterCache *self)
{
  int rc = sqlite3_open_v2 (self->path, &self->db,
                            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
  sqlite3_stmt *statement = NULL;

  if (rc != SQLITE_OK)
    return rc;
  sqlite3_busy_timeout (self->db, BUSY_MS);
  rc = sqlite3_exec (self->db, schema, NULL, NULL, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_prepare_v2 (self->db,
                             "SELECT coalesce(sum(length(body)), 0), count(etag), count(modified),"
                             " count(fresh_until) FROM tiles",
                             -1, &statement, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    {
      self->bytes = sqlite3_column_int64 (statement, 0);
      rc = SQLITE_OK;
    }
  sqlite3_finalize (statement);
  return rc;
}

static void
close_file (RnRasterCache *self)
{
  sqlite3_close (self->db);
  self->db = NULL;
}

/* Opens it if need be; a damaged file is made anew. */
static gboolean
ensure_open (RnRasterCache *self)
{
  int rc;

  if (self->db != NULL)
    return TRUE;
  if (self->refused)
    return FALSE;
  rc = g_mkdir_with_parents (self->folder, 0700) == 0 ? open_file (self) : SQLITE_CANTOPEN;
  if (is_damage (rc))
    {
      g_message ("%s was damaged and is begun anew", self->path);
      close_file (self);
      remove_files (self);
      rc = open_file (self);
    }
  if (rc == SQLITE_OK)
    return TRUE;
  g_message ("%s: %s; tiles are not kept on disk", self->path, sqlite3_errstr (rc));
  close_file (self);
  self->refused = TRUE;
  return FALSE;
}

/* After a call that ended with @rc: what is damaged is begun anew at the next one. */
static void
note (RnRasterCache *self, int rc)
{
  if (rc == SQLITE_DONE || rc == SQLITE_ROW || rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY)
    return;
  g_message ("%s: %s", self->path, sqlite3_errstr (rc));
  close_file (self);
  if (is_damage (rc))
    remove_files (self);
  else
    self->refused = TRUE;
}

static sqlite3_stmt *
prepare (RnRasterCache *self, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (ensure_open (self))
    {
      int rc = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL);

      if (rc != SQLITE_OK)
        note (self, rc);
    }
  return statement;
}

/* Runs it to its end and frees it. */
static int
finish (RnRasterCache *self, sqlite3_stmt *statement)
{
  int rc = sqlite3_step (statement);

  sqlite3_finalize (statement);
  note (self, rc);
  return rc;
}

static char *
dup_column (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

static void
note_use (RnRasterCache *self, const char *key, gint64 used_us, gint64 now_us)
{
  sqlite3_stmt *statement;

  if (now_us - used_us < USED_STEP_US)
    return;
  statement = prepare (self, "UPDATE tiles SET used = ?2 WHERE key = ?1");
  if (statement == NULL)
    return;
  sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, now_us);
  finish (self, statement);
}

gboolean
rn_raster_cache_read (RnRasterCache *self, const char *key, gint64 now_us, RnRasterCached *out)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  sqlite3_stmt *statement =
      prepare (self, "SELECT body, etag, modified, fresh_until, used FROM tiles WHERE key = ?1");
  gint64 used_us = 0;
  int rc;

  *out = (RnRasterCached){ 0 };
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
  rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    {
      gconstpointer body = sqlite3_column_blob (statement, 0);

      out->body = g_bytes_new (body, (gsize) sqlite3_column_bytes (statement, 0));
      out->etag = dup_column (statement, 1);
      out->modified = dup_column (statement, 2);
      out->fresh_until_us = sqlite3_column_int64 (statement, 3);
      used_us = sqlite3_column_int64 (statement, 4);
    }
  sqlite3_finalize (statement);
  note (self, rc);
  if (rc != SQLITE_ROW)
    return FALSE;
  note_use (self, key, used_us, now_us);
  return TRUE;
}

/* The bytes kept under @key; 0 none. */
static gint64
size_of (RnRasterCache *self, const char *key)
{
  sqlite3_stmt *statement = prepare (self, "SELECT length(body) FROM tiles WHERE key = ?1");
  gint64 size = 0;

  if (statement == NULL)
    return 0;
  sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    size = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return size;
}

/* Lets the longest unused go until there is room again. */
static void
make_room (RnRasterCache *self)
{
  gint64 surplus = self->bytes - (gint64) ((double) self->max_bytes * KEEP_PART);
  sqlite3_stmt *statement = prepare (self, "SELECT used, length(body) FROM tiles ORDER BY used");
  gint64 used_us = 0, freed = 0;

  if (statement == NULL)
    return;
  while (freed < surplus && sqlite3_step (statement) == SQLITE_ROW)
    {
      used_us = sqlite3_column_int64 (statement, 0);
      freed += sqlite3_column_int64 (statement, 1);
    }
  sqlite3_finalize (statement);
  statement = prepare (self, "DELETE FROM tiles WHERE used <= ?1");
  if (statement == NULL)
    return;
  sqlite3_bind_int64 (statement, 1, used_us);
  if (finish (self, statement) != SQLITE_DONE)
    return;
  statement = prepare (self, "SELECT coalesce(sum(length(body)), 0) FROM tiles");
  if (statement == NULL)
    return;
  if (sqlite3_step (statement) == SQLITE_ROW)
    self->bytes = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
}

void
rn_raster_cache_write (RnRasterCache *self, const char *key, const RnRasterCached *entry,
                       gint64 now_us)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 before = size_of (self, key);
  sqlite3_stmt *statement =
      prepare (self, "INSERT OR REPLACE INTO tiles (key, body, etag, modified, fresh_until, used)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
  gsize size;
  gconstpointer body = g_bytes_get_data (entry->body, &size);

  if (statement == NULL)
    return;
  sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
  sqlite3_bind_blob64 (statement, 2, body, size, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, entry->etag, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, entry->modified, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 5, entry->fresh_until_us);
  sqlite3_bind_int64 (statement, 6, now_us);
  if (finish (self, statement) != SQLITE_DONE)
    return;
  self->bytes += (gint64) size - before;
  if (self->bytes > self->max_bytes)
    make_room (self);
}

void
rn_raster_cache_refresh (RnRasterCache *self, const char *key, gint64 fresh_until_us)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  sqlite3_stmt *statement = prepare (self, "UPDATE tiles SET fresh_until = ?2 WHERE key = ?1");

  if (statement == NULL)
    return;
  sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, fresh_until_us);
  finish (self, statement);
}

gint64
rn_raster_cache_get_bytes (RnRasterCache *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return ensure_open (self) ? self->bytes : 0;
}
