/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The disk cache: what is kept comes back, also after a restart; it stays within its size; damage
 * costs the tiles and nothing else. */
#include <glib/gstdio.h>

#include "map/rn-raster-cache.h"

#define T0 G_GINT64_CONSTANT (1700000000000000)
#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

typedef struct {
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("rn-cache-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "tiles.sqlite", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, endings[i], NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
put (RnRasterCache *cache, const char *key, gsize size, gint64 now_us)
{
  g_auto (RnRasterCached) entry = { .body = g_bytes_new_take (g_malloc0 (size), size),
                                    .etag = g_strdup ("\"e\""),
                                    .fresh_until_us = now_us + HOUR };

  rn_raster_cache_write (cache, key, &entry, now_us);
}

static gboolean
has (RnRasterCache *cache, const char *key, gint64 now_us)
{
  g_auto (RnRasterCached) entry = { 0 };

  return rn_raster_cache_read (cache, key, now_us, &entry);
}

static void
test_keeps (Fixture *fixture, gconstpointer data)
{
  RnRasterCache *cache = rn_raster_cache_new (fixture->folder, 1 << 20);
  g_auto (RnRasterCached) entry = { 0 };

  g_assert_false (has (cache, "a", T0));
  put (cache, "a", 1000, T0);
  rn_raster_cache_unref (cache);

  cache = rn_raster_cache_new (fixture->folder, 1 << 20);
  g_assert_true (rn_raster_cache_read (cache, "a", T0, &entry));
  g_assert_cmpuint (g_bytes_get_size (entry.body), ==, 1000);
  g_assert_cmpstr (entry.etag, ==, "\"e\"");
  g_assert_null (entry.modified);
  g_assert_cmpint (entry.fresh_until_us, ==, T0 + HOUR);
  rn_raster_cache_refresh (cache, "a", T0 + 5 * HOUR);
  rn_raster_cached_clear (&entry);
  g_assert_true (rn_raster_cache_read (cache, "a", T0, &entry));
  g_assert_cmpint (entry.fresh_until_us, ==, T0 + 5 * HOUR);
  put (cache, "a", 10, T0);
  g_assert_cmpint (rn_raster_cache_get_bytes (cache), ==, 10);
  rn_raster_cache_unref (cache);
}

static void
test_bounded (Fixture *fixture, gconstpointer data)
{
  RnRasterCache *cache = rn_raster_cache_new (fixture->folder, 100000);

  for (int i = 0; i < 50; i++)
    {
      g_autofree char *key = g_strdup_printf ("k%d", i);

      put (cache, key, 5000, T0 + i * HOUR);
      /* the first is used again and again, and so stays */
      g_assert_true (has (cache, "k0", T0 + i * HOUR + 1));
      g_assert_cmpint (rn_raster_cache_get_bytes (cache), <=, 100000);
    }
  g_assert_true (has (cache, "k0", T0));
  g_assert_true (has (cache, "k49", T0));
  g_assert_false (has (cache, "k1", T0));
  rn_raster_cache_unref (cache);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  gsize size;
  RnRasterCache *cache = rn_raster_cache_new (fixture->folder, 1 << 20);

  for (int i = 0; i < 40; i++)
    {
      g_autofree char *key = g_strdup_printf ("k%d", i);

      put (cache, key, 5000, T0);
    }
  rn_raster_cache_unref (cache);

  /* not a database at all */
  g_assert_true (g_file_set_contents (fixture->path, "no database, but long enough to be one",
                                      -1, NULL));
  cache = rn_raster_cache_new (fixture->folder, 1 << 20);
  g_assert_false (has (cache, "k1", T0));
  put (cache, "k1", 5000, T0);
  g_assert_true (has (cache, "k1", T0));
  for (int i = 0; i < 40; i++)
    {
      g_autofree char *key = g_strdup_printf ("k%d", i);

      put (cache, key, 5000, T0);
    }
  rn_raster_cache_unref (cache);

  /* pages overwritten behind its back: within a few calls it is whole again */
  g_assert_true (g_file_get_contents (fixture->path, &text, &size, NULL));
  memset (text + 4096, 0xa5, size - 4096);
  g_assert_true (g_file_set_contents (fixture->path, text, (gssize) size, NULL));
  cache = rn_raster_cache_new (fixture->folder, 1 << 20);
  for (int i = 0; i < 4; i++)
    {
      has (cache, "k1", T0);
      put (cache, "k1", 5000, T0);
    }
  g_assert_true (has (cache, "k1", T0));
  rn_raster_cache_unref (cache);
}

/* A folder that cannot be: nothing is kept, nobody falls. */
static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "below-a-file", NULL);
  RnRasterCache *cache;

  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  cache = rn_raster_cache_new (path, 1 << 20);
  put (cache, "a", 10, T0);
  g_assert_false (has (cache, "a", T0));
  rn_raster_cache_unref (cache);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/raster-cache/keeps", Fixture, NULL, set_up, test_keeps, tear_down);
  g_test_add ("/raster-cache/bounded", Fixture, NULL, set_up, test_bounded, tear_down);
  g_test_add ("/raster-cache/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/raster-cache/no-folder", Fixture, NULL, set_up, test_no_folder, tear_down);
  return g_test_run ();
}
