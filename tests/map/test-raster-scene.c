/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Resampling: pixels unchanged at the source's own zoom, GCJ-02 where it belongs, what stands in
 * for a tile that is not there, order and opacity. */
#include "map/rn-raster-scene.h"

#include <math.h>

#include "carto/rn-mercator.h"
#include "tile-server.h"

static RnRasterImage *
picture (guint32 colour, gboolean ramp)
{
  g_autoptr (GBytes) bytes = tile_server_picture (colour, 256, ramp, "png");

  return rn_raster_image_decode (bytes, NULL);
}

static void
put (RnRasterStore *store, int z, int x, int y, guint32 colour, gboolean ramp)
{
  g_autoptr (RnRasterImage) image = picture (colour, ramp);

  rn_raster_store_put (store, rn_raster_key (z, x, y), image);
}

static guint32 *
draw (const RnRasterSheet *sheets, guint n, double zoom, double x, double y)
{
  RnScene *scene = rn_raster_scene_new (sheets, n, FALSE);
  RnTileSpec spec = { .zoom = zoom, .x = x, .y = y, .scale = 1, .size = RN_TILE_PX };
  guint32 *pixels = g_new0 (guint32, RN_TILE_PX * RN_TILE_PX);

  scene->draw (scene, &spec, pixels);
  rn_scene_unref (scene);
  return pixels;
}

static RnRasterSheet
sheet_of (RnRasterStore *store)
{
  return (RnRasterSheet){ .store = store, .crs = RN_CRS_WGS84, .opacity = 1, .min_zoom = 0,
                          .max_zoom = 18, .tile_px = 256 };
}

static void
test_unchanged (void)
{
  static const struct {
    int z, x, y;
  } places[] = { { 3, 6, 2 }, { 10, 850, 400 }, { 18, 217000, 106000 } };

  for (guint p = 0; p < G_N_ELEMENTS (places); p++)
    {
      g_autoptr (RnRasterStore) store = rn_raster_store_new (64 << 20);
      RnRasterSheet sheet = sheet_of (store);
      g_autofree guint32 *pixels = NULL;

      for (int i = 0; i < 4; i++)
        put (store, places[p].z, places[p].x + (i & 1), places[p].y + (i >> 1),
             0xff000000u | (guint32) (i * 50), TRUE);
      pixels = draw (&sheet, 1, places[p].z, places[p].x * 256.0, places[p].y * 256.0);
      for (int y = 0; y < 512; y++)
        for (int x = 0; x < 512; x++)
          g_assert_cmphex (pixels[y * 512 + x], ==,
                           0xff000000u | (guint32) (x & 255) << 16 | (guint32) (y & 255) << 8
                               | (guint32) ((x / 256 + y / 256 * 2) * 50));
    }
}

/* Ramps steep enough that the steps of a byte are an eighth of a pixel. */
#define RAMP_PX 64

static RnRasterImage *
ramps (void)
{
  RnRasterImage *image = rn_raster_image_new (256, 256);

  for (guint y = 0; y < 256; y++)
    for (guint x = 0; x < 256; x++)
      image->pixels[y * 256 + x] =
          0xff000000u | (x % RAMP_PX * 4) << 16 | (y % RAMP_PX * 4) << 8;
  return image;
}

/* The tiles of @level about the point. */
static void
put_ramps (RnRasterStore *store, int level, RnPoint about)
{
  g_autoptr (RnRasterImage) image = ramps ();
  double x, y;

  rn_mercator_project (about, level, &x, &y);
  for (int j = -3; j <= 3; j++)
    for (int i = -3; i <= 3; i++)
      rn_raster_store_put (store, rn_raster_key (level, (int) (x / 256) + i, (int) (y / 256) + j),
                           image);
}

/* How far the picture at @wgs lies from where the source has @gcj, in source pixels; the mean over
 * some pixels. */
static double
displacement (const guint32 *pixels, double zoom, double left, double top, int level, RnPoint wgs,
              RnPoint gcj)
{
  double wx, wy, gx, gy, ex = 0, ey = 0, factor = exp2 (level - zoom);
  guint n = 0;

  rn_mercator_project (wgs, zoom, &wx, &wy);
  rn_mercator_project (gcj, level, &gx, &gy);
  for (int j = -6; j <= 6; j++)
    for (int i = -6; i <= 6; i++)
      {
        int px = (int) floor (wx - left) + i, py = (int) floor (wy - top) + j;
        double sx = gx + (left + px + 0.5 - wx) * factor - 0.5;
        double sy = gy + (top + py + 0.5 - wy) * factor - 0.5;
        guint32 p = pixels[py * 512 + px];

        sx -= floor (sx / RAMP_PX) * RAMP_PX;
        sy -= floor (sy / RAMP_PX) * RAMP_PX;
        if (MIN (sx, sy) < 2 || MAX (sx, sy) > RAMP_PX - 3) /* the seam of two ramps */
          continue;
        ex += (p >> 16 & 255) / 4.0 - sx;
        ey += (p >> 8 & 255) / 4.0 - sy;
        n++;
      }
  g_assert_cmpuint (n, >, 20);
  return hypot (ex / n, ey / n);
}

static void
check_place (RnPoint wgs, RnPoint gcj, double zoom, double *worst)
{
  g_autoptr (RnRasterStore) store = rn_raster_store_new (256 << 20);
  RnRasterSheet sheet = sheet_of (store);
  g_autofree guint32 *pixels = NULL;
  int level = rn_raster_scene_level (&sheet, zoom);
  double x, y, off;

  sheet.crs = RN_CRS_GCJ02;
  put_ramps (store, level, gcj);
  rn_mercator_project (wgs, zoom, &x, &y);
  x = floor (x) - 256;
  y = floor (y) - 256;
  pixels = draw (&sheet, 1, zoom, x, y);
  off = displacement (pixels, zoom, x, y, level, wgs, gcj);
  *worst = MAX (*worst, off);
  /* a pixel of the source is at most √2 of the map's */
  g_assert_cmpfloat (off, <, 0.5 / G_SQRT2);
}

/* Against the published pairs, from the whole country to a crossing. */
static void
test_gcj02 (void)
{
  static const double zooms[] = { 4, 7.3, 10, 11.5, 13, 15.4, 16.6, 18 };
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  double worst = 0;
  guint n = 0;

  g_assert_true (g_file_get_contents (RN_SOURCE_DIR "/tests/base/gcj02_vectors.csv", &text,
                                      NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
      double v[4];

      if (g_strv_length (cells) < 5)
        continue;
      for (guint k = 0; k < 4; k++)
        v[k] = g_ascii_strtod (cells[k + 1], NULL);
      for (guint z = 0; z < G_N_ELEMENTS (zooms); z++)
        check_place ((RnPoint){ v[0], v[1] }, (RnPoint){ v[2], v[3] }, zooms[z], &worst);
      n++;
    }
  g_assert_cmpuint (n, >=, 4);
  g_test_message ("%u places, worst %.3f source pixels", n, worst);
}

static guint32
middle (const guint32 *pixels)
{
  return pixels[256 * 512 + 256];
}

static void
test_stand_ins (void)
{
  g_autoptr (RnRasterStore) store = rn_raster_store_new (64 << 20);
  RnRasterSheet sheet = sheet_of (store);
  guint32 *pixels = draw (&sheet, 1, 10, 850 * 256.0, 400 * 256.0);

  g_assert_cmphex (middle (pixels), ==, 0);
  g_free (pixels);
  /* its four parts */
  for (int i = 0; i < 4; i++)
    put (store, 11, 1702 + (i & 1), 802 + (i >> 1), 0xff0000aa, FALSE);
  pixels = draw (&sheet, 1, 10, 850 * 256.0, 400 * 256.0);
  g_assert_cmphex (pixels[300 * 512 + 300], ==, 0xff0000aa);
  g_assert_cmphex (pixels[100 * 512 + 100], ==, 0);
  g_free (pixels);
  /* a larger one, as a part of it: the ramp goes on */
  put (store, 8, 212, 100, 0xff000000, TRUE);
  pixels = draw (&sheet, 1, 10, 848 * 256.0, 400 * 256.0);
  g_assert_cmpint (ABS ((int) (pixels[200 * 512 + 400] >> 16 & 255) - 100), <=, 1);
  g_assert_cmpint (ABS ((int) (pixels[200 * 512 + 400] >> 8 & 255) - 50), <=, 1);
  g_free (pixels);
  /* but not where it is known that there is none */
  rn_raster_store_put (store, rn_raster_key (10, 849, 400), NULL);
  pixels = draw (&sheet, 1, 10, 848 * 256.0, 400 * 256.0);
  g_assert_cmphex (pixels[200 * 512 + 400], ==, 0);
  g_assert_cmphex (pixels[200 * 512 + 100] >> 24, ==, 0xff);
  g_free (pixels);
}

/* Beyond what the source has: larger above, nothing below. */
static void
test_levels (void)
{
  RnRasterSheet sheet = { .min_zoom = 5, .max_zoom = 12, .tile_px = 256 };

  g_assert_cmpint (rn_raster_scene_level (&sheet, 4.4), ==, -1);
  g_assert_cmpint (rn_raster_scene_level (&sheet, 4.6), ==, 5);
  g_assert_cmpint (rn_raster_scene_level (&sheet, 9.4), ==, 9);
  g_assert_cmpint (rn_raster_scene_level (&sheet, 9.5), ==, 10);
  g_assert_cmpint (rn_raster_scene_level (&sheet, 17), ==, 12);
  sheet.tile_px = 512;
  g_assert_cmpint (rn_raster_scene_level (&sheet, 10), ==, 9);
}

static void
test_order_and_opacity (void)
{
  g_autoptr (RnRasterStore) below = rn_raster_store_new (64 << 20);
  g_autoptr (RnRasterStore) above = rn_raster_store_new (64 << 20);
  RnRasterSheet sheets[2] = { sheet_of (below), sheet_of (above) };
  guint32 *pixels;

  for (int i = 0; i < 4; i++)
    {
      put (below, 10, 850 + (i & 1), 400 + (i >> 1), 0xff0000ff, FALSE);
      put (above, 10, 850 + (i & 1), 400 + (i >> 1), 0xffff0000, FALSE);
    }
  pixels = draw (sheets, 2, 10, 850 * 256.0, 400 * 256.0);
  g_assert_cmphex (middle (pixels), ==, 0xffff0000);
  g_free (pixels);
  sheets[1].opacity = 0.25;
  pixels = draw (sheets, 2, 10, 850 * 256.0, 400 * 256.0);
  g_assert_cmpint (ABS ((int) (middle (pixels) >> 16 & 255) - 64), <=, 1);
  g_assert_cmpint (ABS ((int) (middle (pixels) & 255) - 191), <=, 1);
  g_assert_cmpuint (middle (pixels) >> 24, >=, 254);
  g_free (pixels);
  pixels = draw (sheets + 1, 1, 10, 850 * 256.0, 400 * 256.0);
  g_assert_cmphex (middle (pixels), ==, 0x40400000);
  g_free (pixels);
}

/* Of a tile that is @grey all over, as it is dimmed. */
static int
dimmed (guint32 grey)
{
  g_autoptr (RnRasterStore) store = rn_raster_store_new (64 << 20);
  RnRasterSheet sheet = sheet_of (store);
  RnTileSpec spec = { .zoom = 10, .x = 850 * 256.0, .y = 400 * 256.0, .scale = 1, .size = 512 };
  RnScene *scene = rn_raster_scene_new (&sheet, 1, TRUE);
  g_autofree guint32 *pixels = g_new0 (guint32, 512 * 512);

  put (store, 10, 850, 400, 0xff000000 | grey * 0x010101, FALSE);
  scene->draw (scene, &spec, pixels);
  rn_scene_unref (scene);
  return (int) (pixels[100 * 512 + 100] & 255);
}

/* White loses most, dark little, and what was brighter stays so. */
static void
test_dim (void)
{
  int before = 0;

  for (guint32 grey = 0; grey <= 255; grey += 15)
    {
      int now = dimmed (grey);

      g_assert_cmpint (now, >=, before);
      before = now;
    }
  g_assert_cmpint (dimmed (255), ==, 51);
  g_assert_cmpint (dimmed (128), <, dimmed (255));
  g_assert_cmpint (dimmed (16), >=, 12);
  g_assert_cmpint (dimmed (0), ==, 0);
}

/* The store keeps what is wanted, and within its size the rest. */
static void
test_store_bounded (void)
{
  g_autoptr (RnRasterStore) store = rn_raster_store_new (2 << 20);

  for (int turn = 0; turn < 20; turn++)
    {
      rn_raster_store_begin (store);
      for (int i = 0; i < 4; i++)
        put (store, 10, turn, i, 0xff000000, FALSE);
      g_assert_cmpuint (rn_raster_store_get_bytes (store), <=, 2 << 20);
      for (int i = 0; i < 4; i++)
        g_assert_true (rn_raster_store_want (store, rn_raster_key (10, turn, i)));
    }
  g_assert_false (rn_raster_store_want (store, rn_raster_key (10, 0, 0)));
  rn_raster_store_begin (store);
  for (int i = 0; i < 20; i++)
    put (store, 11, i, 0, 0xff000000, FALSE);
  for (int i = 0; i < 20; i++)
    g_assert_true (rn_raster_store_want (store, rn_raster_key (11, i, 0)));
}

/* With -m perf: what a drawn tile of 512 px costs. */
static void
test_speed (void)
{
  static const struct {
    const char *what;
    double zoom;
    RnCrs crs;
  } cases[] = {
    { "own zoom", 10, RN_CRS_WGS84 },
    { "larger", 10.4, RN_CRS_WGS84 },
    { "smaller", 9.6, RN_CRS_WGS84 },
    { "GCJ-02, larger", 10.4, RN_CRS_GCJ02 },
  };
  g_autoptr (RnRasterStore) store = rn_raster_store_new (256 << 20);

  for (int y = 395; y < 425; y++)
    for (int x = 840; x < 870; x++)
      put (store, 10, x, y, 0xff000000u, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RnRasterSheet sheet = sheet_of (store);
      double at = exp2 (cases[i].zoom - 10) * 256;
      gint64 since_us = g_get_monotonic_time ();

      sheet.crs = cases[i].crs;
      for (int k = 0; k < 20; k++)
        g_free (draw (&sheet, 1, cases[i].zoom, floor (850 * at), floor (405 * at)));
      g_test_minimized_result ((double) (g_get_monotonic_time () - since_us) / 20e3,
                               "%s: %.1f ms a tile", cases[i].what,
                               (double) (g_get_monotonic_time () - since_us) / 20e3);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/raster-scene/unchanged", test_unchanged);
  g_test_add_func ("/raster-scene/gcj02", test_gcj02);
  g_test_add_func ("/raster-scene/stand-ins", test_stand_ins);
  g_test_add_func ("/raster-scene/levels", test_levels);
  g_test_add_func ("/raster-scene/order-and-opacity", test_order_and_opacity);
  g_test_add_func ("/raster-scene/dim", test_dim);
  g_test_add_func ("/raster-scene/store-bounded", test_store_bounded);
  if (g_test_perf ())
    g_test_add_func ("/raster-scene/speed", test_speed);
  return g_test_run ();
}
