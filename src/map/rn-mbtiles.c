/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Metadata is read once, tile by tile after that, through one connection behind a lock. The file
 * is foreign: SQLite is told to distrust its schema, and no statement writes. */
#include "map/rn-mbtiles.h"

#include <sqlite3.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "map/rn-raster-image.h"
#include "map/rn-raster-spec.h"

#define MAX_ATTRIBUTION_CHARS 200
#define BUSY_MS 200
/* Steps of SQLite's machine for one question: a schema can hide endless work in a view. */
#define MAX_STEPS 50000000
#define STEPS_A_CALL 1000

struct _RnMbtiles {
  gatomicrefcount ref_count;
  GMutex lock;
  char *path;
  sqlite3 *db;
  sqlite3_stmt *tile;
  guint n_calls; /* of the progress handler, since the last question */
  RnMbtilesInfo info;
};

static int
progress_cb (gpointer data)
{
  RnMbtiles *self = data;

  return ++self->n_calls > MAX_STEPS / STEPS_A_CALL;
}

static gboolean
fail (RnMbtiles *self, GError **error)
{
  g_autofree char *name = g_path_get_basename (self->path);
  int rc = sqlite3_errcode (self->db);

  if (rc == SQLITE_NOTADB || rc == SQLITE_CORRUPT || rc == SQLITE_ERROR)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("%s is not an MBTiles file: %s"),
                 name, sqlite3_errmsg (self->db));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("%s cannot be read: %s"), name,
                 sqlite3_errmsg (self->db));
  return FALSE;
}

static sqlite3_stmt *
prepare (RnMbtiles *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  self->n_calls = 0;
  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    fail (self, error);
  return statement;
}

/* ---- metadata -------------------------------------------------------------------------------- */

/* Attributions are HTML: the text without its tags and entities. */
static char *
dup_plain (const char *html)
{
  static const char *const entities[][2] = {
    { "&copy;", "©" },  { "&amp;", "&" },  { "&lt;", "<" },   { "&gt;", ">" },
    { "&quot;", "\"" }, { "&nbsp;", " " }, { "&#169;", "©" },
  };
  g_autofree char *valid = g_utf8_make_valid (html, -1);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean tag = FALSE;

  for (const char *p = valid; *p != '\0'; p++)
    {
      if (*p == '<')
        tag = TRUE;
      if (!tag)
        g_string_append_c (text, g_ascii_isspace (*p) ? ' ' : *p);
      if (*p == '>')
        tag = FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    g_string_replace (text, entities[i][0], entities[i][1], 0);
  if (g_utf8_strlen (text->str, -1) > MAX_ATTRIBUTION_CHARS)
    {
      g_string_truncate (
          text, (gsize) (g_utf8_offset_to_pointer (text->str, MAX_ATTRIBUTION_CHARS) - text->str));
      g_string_append (text, "…");
    }
  return g_strdup (g_strstrip (text->str));
}

static void
take_bounds (RnMbtilesInfo *info, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", 5);
  double v[4];

  if (g_strv_length (parts) != 4)
    return;
  for (guint i = 0; i < 4; i++)
    v[i] = g_ascii_strtod (parts[i], NULL);
  if (rn_point_is_valid (v[0], v[1]) && rn_point_is_valid (v[2], v[3]) && v[0] < v[2]
      && v[1] < v[3])
    info->bounds = (RnBox){ v[0], v[1], v[2], v[3] };
}

static gboolean
take_format (RnMbtiles *self, const char *format, GError **error)
{
  static const char *const formats[] = { "png",       "jpg",        "jpeg",       "webp",
                                         "image/png", "image/jpeg", "image/webp", NULL };
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *lower = g_ascii_strdown (format, -1);

  if (g_strv_contains (formats, lower))
    return TRUE;
  if (g_str_equal (lower, "pbf") || g_str_equal (lower, "mvt"))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                 _("%s holds vector tiles (pbf): only pictures (png, jpeg, webp) are shown"),
                 name);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                 _("%s holds tiles of a kind that is not known: “%.40s”"), name, lower);
  return FALSE;
}

static gboolean
take_metadata (RnMbtiles *self, const char *name, const char *value, GError **error)
{
  RnMbtilesInfo *info = &self->info;
  char **text = g_str_equal (name, "name")          ? &info->name
                : g_str_equal (name, "attribution") ? &info->attribution
                                                    : NULL;

  if (text != NULL)
    {
      g_free (*text);
      *text = dup_plain (value);
    }
  else if (g_str_equal (name, "minzoom"))
    info->min_zoom = (int) CLAMP (g_ascii_strtoll (value, NULL, 10), 0, RN_RASTER_MAX_ZOOM);
  else if (g_str_equal (name, "maxzoom"))
    info->max_zoom = (int) CLAMP (g_ascii_strtoll (value, NULL, 10), 0, RN_RASTER_MAX_ZOOM);
  else if (g_str_equal (name, "bounds"))
    take_bounds (info, value);
  else if (g_str_equal (name, "format"))
    return take_format (self, value, error);
  return TRUE;
}

static gboolean
read_metadata (RnMbtiles *self, GError **error)
{
  sqlite3_stmt *statement = prepare (self, "SELECT name, value FROM metadata LIMIT 1000", error);
  gboolean ok = TRUE;
  int rc = SQLITE_DONE;

  if (statement == NULL)
    return FALSE;
  while (ok && (rc = sqlite3_step (statement)) == SQLITE_ROW)
    {
      const char *name = (const char *) sqlite3_column_text (statement, 0);
      const char *value = (const char *) sqlite3_column_text (statement, 1);

      ok = name == NULL || value == NULL || take_metadata (self, name, value, error);
    }
  if (ok && rc != SQLITE_DONE)
    ok = fail (self, error);
  sqlite3_finalize (statement);
  return ok;
}

/* What it holds, for the levels that it does not name itself; and whether it holds anything. */
static gboolean
read_levels (RnMbtiles *self, GError **error)
{
  g_autofree char *name = g_path_get_basename (self->path);
  sqlite3_stmt *statement =
      prepare (self,
               "SELECT (SELECT zoom_level FROM tiles ORDER BY zoom_level LIMIT 1),"
               " (SELECT zoom_level FROM tiles ORDER BY zoom_level DESC LIMIT 1)",
               error);
  gboolean ok = FALSE;

  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    fail (self, error);
  else if (sqlite3_column_type (statement, 0) == SQLITE_NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("%s holds no tiles"), name);
  else
    {
      RnMbtilesInfo *info = &self->info;

      if (info->min_zoom < 0)
        info->min_zoom = CLAMP (sqlite3_column_int (statement, 0), 0, RN_RASTER_MAX_ZOOM);
      if (info->max_zoom < info->min_zoom)
        info->max_zoom =
            CLAMP (sqlite3_column_int (statement, 1), info->min_zoom, RN_RASTER_MAX_ZOOM);
      ok = TRUE;
    }
  sqlite3_finalize (statement);
  return ok;
}

/* ---- the file -------------------------------------------------------------------------------- */

static gboolean
open_file (RnMbtiles *self, GError **error)
{
  g_autofree char *name = g_path_get_basename (self->path);

  if (!g_file_test (self->path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("there is no file %s"), self->path);
      return FALSE;
    }
  if (sqlite3_open_v2 (self->path, &self->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL)
      != SQLITE_OK)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("%s cannot be read: %s"), name,
                   sqlite3_errmsg (self->db));
      return FALSE;
    }
  sqlite3_busy_timeout (self->db, BUSY_MS);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_limit (self->db, SQLITE_LIMIT_LENGTH, 2 * (int) RN_RASTER_IMAGE_MAX_BYTES);
  sqlite3_progress_handler (self->db, STEPS_A_CALL, progress_cb, self);
  return TRUE;
}

RnMbtiles *
rn_mbtiles_open (const char *path, GError **error)
{
  g_autoptr (RnMbtiles) self = g_new0 (RnMbtiles, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->path =
      g_str_has_prefix (path, "file:") ? g_filename_from_uri (path, NULL, error) : g_strdup (path);
  self->info.name = g_strdup ("");
  self->info.attribution = g_strdup ("");
  self->info.min_zoom = self->info.max_zoom = -1;
  self->info.bounds = (RnBox){ -180, -90, 180, 90 };
  if (self->path == NULL || !open_file (self, error) || !read_metadata (self, error)
      || !read_levels (self, error))
    return NULL;
  self->tile = prepare (self,
                        "SELECT tile_data FROM tiles WHERE zoom_level = ?1 AND tile_column = ?2"
                        " AND tile_row = ?3",
                        error);
  return self->tile != NULL ? g_steal_pointer (&self) : NULL;
}

RnMbtiles *
rn_mbtiles_ref (RnMbtiles *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rn_mbtiles_unref (RnMbtiles *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  sqlite3_finalize (self->tile);
  sqlite3_close (self->db);
  g_mutex_clear (&self->lock);
  g_free (self->path);
  g_free (self->info.name);
  g_free (self->info.attribution);
  g_free (self);
}

const RnMbtilesInfo *
rn_mbtiles_get_info (const RnMbtiles *self)
{
  return &self->info;
}

GBytes *
rn_mbtiles_read (RnMbtiles *self, int z, int x, int y, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GBytes *bytes = NULL;
  int rc;

  self->n_calls = 0;
  sqlite3_bind_int (self->tile, 1, z);
  sqlite3_bind_int (self->tile, 2, x);
  sqlite3_bind_int (self->tile, 3, (1 << z) - 1 - y);
  rc = sqlite3_step (self->tile);
  if (rc == SQLITE_ROW && sqlite3_column_type (self->tile, 0) == SQLITE_BLOB)
    {
      gconstpointer blob = sqlite3_column_blob (self->tile, 0);

      bytes = g_bytes_new (blob, (gsize) sqlite3_column_bytes (self->tile, 0));
    }
  else if (rc != SQLITE_DONE && rc != SQLITE_ROW)
    fail (self, error);
  sqlite3_reset (self->tile);
  return bytes;
}
