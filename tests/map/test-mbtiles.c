/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MBTiles files made here with SQLite: rows from the south, what they say of themselves, and files
 * that are none. */
#include "map/rn-mbtiles.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "tile-server.h"

static void
run_sql (sqlite3 *db, const char *sql)
{
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
add_tile (sqlite3 *db, int z, int x, int row, GBytes *bytes)
{
  sqlite3_stmt *statement;

  g_assert_cmpint (
      sqlite3_prepare_v2 (db, "INSERT INTO tiles VALUES (?, ?, ?, ?)", -1, &statement, NULL), ==,
      SQLITE_OK);
  sqlite3_bind_int (statement, 1, z);
  sqlite3_bind_int (statement, 2, x);
  sqlite3_bind_int (statement, 3, row);
  sqlite3_bind_blob (statement, 4, g_bytes_get_data (bytes, NULL), (int) g_bytes_get_size (bytes),
                     SQLITE_TRANSIENT);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
}

/* A file with levels 2 and 3, and more @sql. */
static char *
make_file (const char *sql)
{
  char *path = NULL;
  int fd = g_file_open_tmp ("rn-XXXXXX.mbtiles", &path, NULL);
  sqlite3 *db;

  g_close (fd, NULL);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  run_sql (db, "CREATE TABLE metadata (name TEXT, value TEXT);"
               "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER,"
               " tile_data BLOB)");
  for (int z = 2; z <= 3; z++)
    for (int y = 0; y < 1 << z; y++)
      {
        g_autoptr (GBytes) bytes =
            tile_server_picture (tile_server_colour (z, 1, y), 256, FALSE, "png");

        add_tile (db, z, 1, (1 << z) - 1 - y, bytes);
      }
  run_sql (db, sql);
  sqlite3_close (db);
  return path;
}

static void
test_reads (void)
{
  g_autofree char *path = make_file (
      "INSERT INTO metadata VALUES ('name', 'Test'), ('format', 'png'), ('bounds', '110,20,120,30'),"
      " ('attribution', '<a href=\"x\">&copy; Someone</a> &amp; others')");
  g_autoptr (GError) error = NULL;
  g_autoptr (RnMbtiles) file = rn_mbtiles_open (path, &error);
  const RnMbtilesInfo *info;

  g_assert_no_error (error);
  info = rn_mbtiles_get_info (file);
  g_assert_cmpstr (info->name, ==, "Test");
  g_assert_cmpstr (info->attribution, ==, "© Someone & others");
  g_assert_cmpint (info->min_zoom, ==, 2);
  g_assert_cmpint (info->max_zoom, ==, 3);
  g_assert_cmpfloat (info->bounds.min_lon, ==, 110);
  g_assert_cmpfloat (info->bounds.max_lat, ==, 30);
  for (int y = 0; y < 8; y++)
    {
      g_autoptr (GBytes) bytes = rn_mbtiles_read (file, 3, 1, y, &error);
      g_autoptr (RnRasterImage) image = NULL;

      g_assert_no_error (error);
      image = rn_raster_image_decode (bytes, &error);
      g_assert_no_error (error);
      g_assert_cmphex (image->pixels[0], ==, tile_server_colour (3, 1, y));
    }
  g_assert_null (rn_mbtiles_read (file, 3, 2, 2, &error));
  g_assert_null (rn_mbtiles_read (file, 24, 1, 1, &error));
  g_assert_no_error (error);
  g_remove (path);
}

static void
test_says_levels (void)
{
  g_autofree char *path =
      make_file ("INSERT INTO metadata VALUES ('minzoom', '0'), ('maxzoom', '3'),"
                 " ('format', 'png'), ('bounds', 'everywhere')");
  g_autoptr (RnMbtiles) file = rn_mbtiles_open (path, NULL);

  g_assert_cmpint (rn_mbtiles_get_info (file)->min_zoom, ==, 0);
  g_assert_cmpint (rn_mbtiles_get_info (file)->max_zoom, ==, 3);
  g_assert_cmpfloat (rn_mbtiles_get_info (file)->bounds.min_lon, ==, -180);
  g_remove (path);
}

/* Takes @path. */
static void
refuse (char *path, const char *word)
{
  g_autofree char *owned = path;
  g_autoptr (GError) error = NULL;
  g_autoptr (RnMbtiles) file = rn_mbtiles_open (path, &error);

  g_assert_null (file);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
  g_remove (path);
}

static void
test_refused (void)
{
  char *path;

  refuse (g_strdup ("/nowhere/at/all.mbtiles"), "there is no file");
  refuse (g_strdup (g_get_tmp_dir ()), "there is no file");
  refuse (make_file ("INSERT INTO metadata VALUES ('format', 'pbf')"), "vector tiles (pbf)");
  refuse (make_file ("INSERT INTO metadata VALUES ('format', 'xyzzy')"), "xyzzy");
  refuse (make_file ("DELETE FROM tiles"), "holds no tiles");
  refuse (make_file ("DROP TABLE tiles"), "not an MBTiles file");
  refuse (make_file ("DROP TABLE metadata"), "not an MBTiles file");
  /* a view that never ends */
  refuse (make_file ("DROP TABLE metadata; CREATE VIEW metadata AS WITH RECURSIVE n(i) AS"
                     " (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS name, i AS value"
                     " FROM n WHERE i < 0"),
          "cannot be read");
  path = make_file ("");
  g_assert_true (g_file_set_contents (path, "This is a letter, not a database.", -1, NULL));
  refuse (path, "not an MBTiles file");
}

/* A page overwritten: the tile fails, with a word. */
static void
test_damaged (void)
{
  g_autofree char *path = make_file ("INSERT INTO metadata VALUES ('format', 'png')");
  g_autofree char *text = NULL;
  g_autoptr (RnMbtiles) file = NULL;
  guint n_bad = 0;
  gsize size;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  memset (text + size - 4096, 0x5a, 4096);
  g_assert_true (g_file_set_contents (path, text, (gssize) size, NULL));
  file = rn_mbtiles_open (path, NULL);
  for (int y = 0; file != NULL && y < 8; y++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = rn_mbtiles_read (file, 3, 1, y, &error);

      n_bad += bytes == NULL;
    }
  g_assert_true (file == NULL || n_bad > 0);
  g_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mbtiles/reads", test_reads);
  g_test_add_func ("/mbtiles/says-levels", test_says_levels);
  g_test_add_func ("/mbtiles/refused", test_refused);
  g_test_add_func ("/mbtiles/damaged", test_damaged);
  return g_test_run ();
}
