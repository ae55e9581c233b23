/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A raster map against a server that does well and badly, on a clock that is moved by hand. */
#include "map/rn-raster-source.h"

#include <glib/gstdio.h>
#include <math.h>

#include "capabilities.h"
#include "map/rn-jobs.h"
#include "tile-server.h"

#define T0 G_GINT64_CONSTANT (1700000000000000)
#define S RN_SECOND
#define PATIENCE_US (90 * G_USEC_PER_SEC)
/* A view of 4 × 4 tiles at level 10. */
#define LEVEL 10
#define X0 848
#define Y0 412
#define N 4

typedef struct {
  TileServer *server;
  RnClock *clock;
  char *folder;
  RnRasterCache *cache;
  RnRasterHub *hub;
  RnRasterSource *source; /* NULL none */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = tile_server_new ();
  fixture->clock = rn_clock_new_manual (T0);
  fixture->folder = g_dir_make_tmp ("rn-tiles-XXXXXX", NULL);
  fixture->cache = rn_raster_cache_new (fixture->folder, 64 << 20);
  fixture->hub = rn_raster_hub_new (fixture->clock, fixture->cache);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until @done, or fails. */
static void
run_until (Fixture *fixture, gboolean (*done) (Fixture *fixture))
{
  gint64 since_us = g_get_monotonic_time ();
  guint id = g_timeout_add (5, wake_cb, NULL);

  while (!done (fixture))
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time () - since_us, <, PATIENCE_US);
    }
  g_source_remove (id);
}

static gboolean
no_jobs (Fixture *fixture)
{
  return rn_jobs_count () == 0;
}

static gboolean
is_settled (Fixture *fixture)
{
  return rn_raster_source_is_settled (fixture->source) && rn_jobs_count () == 0;
}

static void
settle (Fixture *fixture)
{
  run_until (fixture, is_settled);
}

static void
run_ms (guint ms)
{
  gint64 until_us = g_get_monotonic_time () + ms * 1000;
  guint id = g_timeout_add (5, wake_cb, NULL);

  while (g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

static void
close_source (Fixture *fixture)
{
  g_clear_object (&fixture->source);
  run_until (fixture, no_jobs);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "tiles.sqlite", "tiles.sqlite-wal", "tiles.sqlite-shm" };

  close_source (fixture);
  run_ms (20);
  rn_raster_hub_unref (fixture->hub);
  rn_raster_cache_unref (fixture->cache);
  tile_server_free (fixture->server);
  g_object_unref (fixture->clock);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

/* Opens a source "KIND…=BASE…". */
static void
open_source (Fixture *fixture, const char *kind, const char *path)
{
  g_autofree char *text = g_strdup_printf ("%s=%s%s", kind, fixture->server->base, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnRasterSpec) spec = rn_raster_spec_parse (text, &error);

  g_assert_no_error (error);
  g_clear_object (&fixture->source);
  fixture->source = rn_raster_source_new (fixture->hub, spec);
}

static void
look (Fixture *fixture, int x0, int y0, int n)
{
  double side = exp2 (-LEVEL);

  rn_raster_source_set_view (fixture->source, LEVEL, (x0 + 0.1) * side, (y0 + 0.1) * side,
                             (x0 + n - 0.1) * side, (y0 + n - 0.1) * side);
}

static void
show (Fixture *fixture, const char *kind, const char *path)
{
  open_source (fixture, kind, path);
  look (fixture, X0, Y0, N);
  settle (fixture);
}

static guint32
colour_at (Fixture *fixture, int z, int x, int y)
{
  RnRasterSheet sheet;
  RnRasterPart part;
  guint32 colour = 0;

  g_assert_true (rn_raster_source_get_sheet (fixture->source, &sheet));
  part = rn_raster_store_find (sheet.store, z, x, y);
  if (part.image != NULL)
    colour = part.image->pixels[(int) ((part.v + part.side / 2) * part.image->height)
                                    * part.image->width
                                + (int) ((part.u + part.side / 2) * part.image->width)];
  rn_raster_part_clear (&part);
  return colour;
}

static void
expect_counts (Fixture *fixture, guint shown, guint failed, guint absent)
{
  guint n_shown, n_failed, n_absent;

  rn_raster_source_count (fixture->source, &n_shown, &n_failed, &n_absent);
  g_assert_cmpuint (n_shown, ==, shown);
  g_assert_cmpuint (n_failed, ==, failed);
  g_assert_cmpuint (n_absent, ==, absent);
}

static void
expect_all (Fixture *fixture)
{
  expect_counts (fixture, N * N, 0, 0);
  for (int y = Y0; y < Y0 + N; y++)
    for (int x = X0; x < X0 + N; x++)
      g_assert_cmphex (colour_at (fixture, LEVEL, x, y), ==, tile_server_colour (LEVEL, x, y));
  g_assert_null (rn_raster_source_get_error (fixture->source));
}

/* Each tile comes where it belongs, a few at a time. */
static void
test_xyz (Fixture *fixture, gconstpointer data)
{
  show (fixture, "xyz", "/xyz/{z}/{x}/{y}.png");
  expect_all (fixture);
  g_assert_cmpuint (fixture->server->n_tiles, ==, N * N);
  g_assert_cmpuint (fixture->server->max_open, <=, RN_RASTER_MAX_AT_A_TIME);
}

static void
test_tms (Fixture *fixture, gconstpointer data)
{
  show (fixture, "tms", "/tms");
  expect_all (fixture);
}

static void
test_wmts (Fixture *fixture, gconstpointer data)
{
  static const double side = 1.0 / 16;

  fixture->server->capabilities = g_strdup (CAPABILITIES);
  open_source (fixture, "wmts:layer:aerial", "/wmts");
  rn_raster_source_set_view (fixture->source, 4, 11.5 * side, 4.5 * side, 13.5 * side, 6.5 * side);
  settle (fixture);
  /* 3 × 3 tiles are seen, of which the limits leave four */
  expect_counts (fixture, 4, 0, 5);
  g_assert_cmphex (colour_at (fixture, 4, 13, 6), ==, tile_server_colour (4, 13, 6));
  g_assert_cmphex (colour_at (fixture, 4, 11, 6), ==, 0);
  g_assert_cmpstr (rn_raster_source_get_licence (fixture->source), ==, "© Surveyors");
  g_assert_nonnull (strstr (fixture->server->last_query, "LAYER=aerial"));
  close_source (fixture);

  /* and again without the service, its capabilities are on disk too */
  g_clear_pointer (&fixture->server->capabilities, g_free);
  fixture->server->mode = TILE_SERVER_500;
  open_source (fixture, "wmts:layer:aerial", "/wmts");
  rn_raster_source_set_view (fixture->source, 4, 11.5 * side, 4.5 * side, 13.5 * side, 6.5 * side);
  settle (fixture);
  expect_counts (fixture, 4, 0, 5);
}

static void
test_wmts_without (Fixture *fixture, gconstpointer data)
{
  show (fixture, "wmts", "/wmts");
  g_assert_nonnull (strstr (rn_raster_source_get_error (fixture->source), "404"));
  /* it comes back by itself */
  fixture->server->capabilities = g_strdup (CAPABILITIES);
  rn_clock_advance (fixture->clock, 3 * S);
  rn_raster_source_set_view (fixture->source, 4, 0.7, 0.4, 0.75, 0.45);
  settle (fixture);
  g_assert_null (rn_raster_source_get_error (fixture->source));
}

/* After a restart: from disk without a word to the server while fresh; then one question each, which
 * is answered with "unchanged". */
static void
test_disk (Fixture *fixture, gconstpointer data)
{
  fixture->server->etag = "\"one\"";
  fixture->server->cache_control = "max-age=3600";
  show (fixture, "xyz", "/xyz/{z}/{x}/{y}.png");
  close_source (fixture);
  fixture->server->n_requests = 0;

  show (fixture, "xyz", "/xyz/{z}/{x}/{y}.png");
  expect_all (fixture);
  g_assert_cmpuint (fixture->server->n_requests, ==, 0);
  close_source (fixture);

  rn_clock_advance (fixture->clock, 3700 * S);
  show (fixture, "xyz", "/xyz/{z}/{x}/{y}.png");
  expect_all (fixture);
  while (fixture->server->n_not_modified < N * N)
    g_main_context_iteration (NULL, TRUE);
  run_ms (50);
  g_assert_cmpuint (fixture->server->n_tiles, ==, N * N);
  close_source (fixture);
  fixture->server->n_requests = 0;

  /* that made them fresh again */
  show (fixture, "xyz", "/xyz/{z}/{x}/{y}.png");
  g_assert_cmpuint (fixture->server->n_requests, ==, 0);
  close_source (fixture);

  /* the map has changed on the server */
  rn_clock_advance (fixture->clock, 3700 * S);
  fixture->server->etag = "\"two\"";
  show (fixture, "xyz", "/xyz/{z}/{x}/{y}.png");
  while (fixture->server->n_tiles < 2 * N * N)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_no_store (Fixture *fixture, gconstpointer data)
{
  fixture->server->cache_control = "no-store";
  show (fixture, "xyz", "/xyz/{z}/{x}/{y}.png");
  close_source (fixture);
  show (fixture, "xyz", "/xyz/{z}/{x}/{y}.png");
  expect_all (fixture);
  g_assert_cmpuint (fixture->server->n_tiles, ==, 2 * N * N);
}

/* The server is gone: what the disk has is shown, also what is old; the rest is asked for by one
 * tile at a time, ever more rarely; and when it is back all comes. */
static void
test_offline (Fixture *fixture, gconstpointer data)
{
  show (fixture, "xyz", "/xyz/{z}/{x}/{y}.png");
  close_source (fixture);
  rn_clock_advance (fixture->clock, 30 * 86400 * S);
  fixture->server->mode = TILE_SERVER_BUSY;
  show (fixture, "xyz", "/xyz/{z}/{x}/{y}.png");
  expect_counts (fixture, N * N, 0, 0);
  g_assert_cmphex (colour_at (fixture, LEVEL, X0, Y0), ==, tile_server_colour (LEVEL, X0, Y0));
  run_ms (100);

  fixture->server->n_requests = 0;
  look (fixture, X0 + 10, Y0, N);
  settle (fixture);
  expect_counts (fixture, 0, N * N, 0);
  g_assert_nonnull (strstr (rn_raster_source_get_error (fixture->source), "503"));
  g_assert_cmpuint (fixture->server->n_requests, ==, 0); /* Retry-After is kept */
  rn_clock_advance (fixture->clock, 29 * S);
  run_ms (50);
  g_assert_cmpuint (fixture->server->n_requests, ==, 0);
  rn_clock_advance (fixture->clock, 2 * S);
  run_ms (100);
  settle (fixture);
  g_assert_cmpuint (fixture->server->n_requests, ==, 1);

  fixture->server->mode = TILE_SERVER_GOOD;
  rn_clock_advance (fixture->clock, 31 * S);
  run_ms (100);
  settle (fixture);
  expect_counts (fixture, N * N, 0, 0);
  g_assert_null (rn_raster_source_get_error (fixture->source));
}

static void
test_refused_connection (Fixture *fixture, gconstpointer data)
{
  soup_server_disconnect (fixture->server->server);
  show (fixture, "xyz", "/xyz/{z}/{x}/{y}.png");
  expect_counts (fixture, 0, N * N, 0);
  g_assert_nonnull (strstr (rn_raster_source_get_error (fixture->source), "cannot be reached"));
}

/* A tile that the source does not have, and what is believed for a while. */
static void
test_absent (Fixture *fixture, gconstpointer data)
{
  fixture->server->mode = TILE_SERVER_404;
  fixture->server->bad_z = LEVEL;
  fixture->server->bad_x = X0 + 1;
  fixture->server->bad_y = Y0 + 1;
  show (fixture, "xyz", "/xyz/{z}/{x}/{y}.png");
  expect_counts (fixture, N * N - 1, 0, 1);
  g_assert_cmphex (colour_at (fixture, LEVEL, X0 + 1, Y0 + 1), ==, 0);
  g_assert_null (rn_raster_source_get_error (fixture->source));
  fixture->server->n_requests = 0;
  look (fixture, X0 + 20, Y0, 1);
  settle (fixture);
  look (fixture, X0, Y0, N);
  settle (fixture);
  g_assert_cmpuint (fixture->server->n_requests, ==, 1); /* the one elsewhere */
  fixture->server->mode = TILE_SERVER_GOOD;
  rn_clock_advance (fixture->clock, 601 * S);
  run_ms (50);
  settle (fixture);
  expect_all (fixture);
}

/* One tile is bad: it alone is not shown, and is tried again. */
static void
test_bad_tile (Fixture *fixture, gconstpointer data)
{
  static const struct {
    TileServerMode mode;
    const char *word;
  } cases[] = {
    { TILE_SERVER_500, "500" },        { TILE_SERVER_TRUNCATED, "cut off" },
    { TILE_SERVER_HTML, "a text" },    { TILE_SERVER_BOMB, "50000 × 50000" },
    { TILE_SERVER_REDIRECT, "192.0.2.1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int x = X0 - 100 * (int) i;

      fixture->server->mode = cases[i].mode;
      fixture->server->bad_z = LEVEL;
      fixture->server->bad_x = x;
      fixture->server->bad_y = Y0;
      open_source (fixture, "xyz", "/xyz/{z}/{x}/{y}.png");
      look (fixture, x, Y0, N);
      settle (fixture);
      expect_counts (fixture, N * N - 1, 1, 0);
      g_test_message ("%s", rn_raster_source_get_error (fixture->source));
      g_assert_nonnull (strstr (rn_raster_source_get_error (fixture->source), cases[i].word));
      g_assert_cmphex (colour_at (fixture, LEVEL, x, Y0), ==, 0);
      fixture->server->mode = TILE_SERVER_GOOD;
      rn_clock_advance (fixture->clock, 3 * S);
      run_ms (50);
      settle (fixture);
      expect_counts (fixture, N * N, 0, 0);
      g_assert_null (rn_raster_source_get_error (fixture->source));
    }
}

/* What is no longer seen is no longer waited for, and holds nobody up. */
static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  fixture->server->mode = TILE_SERVER_SILENT;
  open_source (fixture, "xyz", "/xyz/{z}/{x}/{y}.png");
  look (fixture, X0, Y0, N);
  run_ms (200);
  g_assert_cmpuint (fixture->server->n_requests, ==, RN_RASTER_MAX_AT_A_TIME);
  fixture->server->mode = TILE_SERVER_GOOD;
  look (fixture, X0 + 50, Y0, N);
  settle (fixture);
  expect_counts (fixture, N * N, 0, 0);
  g_assert_cmpuint (fixture->server->n_requests, ==, RN_RASTER_MAX_AT_A_TIME + N * N);
}

/* A larger tile stands in while the server is silent. */
static void
test_overzoom (Fixture *fixture, gconstpointer data)
{
  double side = exp2 (-LEVEL);

  show (fixture, "xyz:max:10", "/xyz/{z}/{x}/{y}.png");
  fixture->server->n_requests = 0;
  rn_raster_source_set_view (fixture->source, LEVEL + 2, X0 * side, Y0 * side, (X0 + 1) * side,
                             (Y0 + 1) * side);
  settle (fixture);
  g_assert_cmpuint (fixture->server->n_requests, ==, 0);
  g_assert_cmphex (colour_at (fixture, LEVEL + 2, X0 * 4 + 1, Y0 * 4 + 2), ==,
                   tile_server_colour (LEVEL, X0, Y0));
}

/* Below its first level a map has nothing and asks for nothing. */
static void
test_below (Fixture *fixture, gconstpointer data)
{
  open_source (fixture, "xyz:min:12", "/xyz/{z}/{x}/{y}.png");
  look (fixture, X0, Y0, N);
  settle (fixture);
  g_assert_cmpuint (fixture->server->n_requests, ==, 0);
  expect_counts (fixture, 0, 0, 0);
}

/* A tile of a shifted source covers another part of the map: all of the view is asked for. */
static void
test_gcj02 (Fixture *fixture, gconstpointer data)
{
  double side = exp2 (-16);
  int x = 54300, y = 26500;

  open_source (fixture, "xyz:gcj02", "/xyz/{z}/{x}/{y}.png");
  rn_raster_source_set_view (fixture->source, 16, x * side, y * side, (x + 1) * side,
                             (y + 1) * side);
  settle (fixture);
  /* the shift of some 500 m is about one tile there, and never a whole number of them */
  g_assert_cmpuint (fixture->server->n_tiles, >=, 4);
  g_assert_cmpuint (fixture->server->n_tiles, <=, 6);
}

#define ADD(name, func) g_test_add ("/raster-source/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("xyz", test_xyz);
  ADD ("tms", test_tms);
  ADD ("wmts", test_wmts);
  ADD ("wmts-without", test_wmts_without);
  ADD ("disk", test_disk);
  ADD ("no-store", test_no_store);
  ADD ("offline", test_offline);
  ADD ("refused-connection", test_refused_connection);
  ADD ("absent", test_absent);
  ADD ("bad-tile", test_bad_tile);
  ADD ("cancelled", test_cancelled);
  ADD ("overzoom", test_overzoom);
  ADD ("below", test_below);
  ADD ("gcj02", test_gcj02);
  return g_test_run ();
}
