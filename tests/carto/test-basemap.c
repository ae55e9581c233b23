/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The base map: what is land and what is water, that tiles fit together, what is named. */
#include <math.h>
#include <string.h>

#include "carto/rn-basemap.h"

/* The colour at a place. */
static guint32
colour_at (RnPoint p, RnThemeId theme, double zoom)
{
  guint32 pixels[9];
  double x, y;

  rn_mercator_project (p, zoom, &x, &y);
  rn_basemap_raster (rn_basemap_get_default (), theme, zoom, x - 1.5, y - 1.5, 3, 3, 1.0, pixels);
  g_assert_cmphex (pixels[4] >> 24, ==, 0xff);
  return pixels[4] & 0xffffff;
}

static void
test_land_and_water (void)
{
  static const RnPoint water[] = { { 120.2, 31.2 }, { 122.5, 33.0 }, { 118.6, 33.3 }, { 122.4, 31.5 } };
  static const RnPoint land[] = { { 118.5, 31.7 }, { 119.9, 33.4 }, { 117.2, 34.0 }, { 121.45, 31.23 } };

  for (guint t = 0; t < RN_N_THEMES; t++)
    for (double zoom = 6.0; zoom <= 18.0; zoom += 3.0)
      {
        const RnThemeMap *map = &rn_theme_get ((RnThemeId) t)->map;

        for (guint i = 0; i < G_N_ELEMENTS (water); i++)
          g_assert_cmphex (colour_at (water[i], (RnThemeId) t, zoom), ==, map->water);
        for (guint i = 0; i < G_N_ELEMENTS (land); i++)
          g_assert_cmphex (colour_at (land[i], (RnThemeId) t, zoom), ==, map->land);
      }
}

/* Outside there is no sea, and no edge: each pixel differs little from the one beside it. */
static void
test_outside (void)
{
  static const RnPoint places[] = { { 121.03, 23.57 }, { 100.3, 30.3 }, { 139.2, 35.3 }, { 0.3, 0.3 } };
  guint32 row[400];
  double x, y;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    g_assert_cmphex (colour_at (places[i], RN_THEME_DARK, 8.0), ==,
                     rn_theme_get (RN_THEME_DARK)->map.land);
  rn_mercator_project ((RnPoint){ 125.0, 33.3 }, 8.0, &x, &y);
  rn_basemap_raster (rn_basemap_get_default (), RN_THEME_LIGHT, 8.0, x - 350.0, y, 400, 1, 1.0, row);
  g_assert_cmphex (row[0] & 0xffffff, ==, rn_theme_get (RN_THEME_LIGHT)->map.water);
  g_assert_cmphex (row[370] & 0xffffff, ==, rn_theme_get (RN_THEME_LIGHT)->map.land);
  for (guint i = 1; i < 350; i++) /* then comes a meridian */
    for (guint shift = 0; shift < 24; shift += 8)
      g_assert_cmpint (ABS ((int) ((row[i] >> shift) & 255) - (int) ((row[i - 1] >> shift) & 255)),
                       <=, 3);
}

static void
test_tiles_fit (void)
{
  static guint32 big[256 * 256], tile[128 * 128];
  double x, y;

  rn_mercator_project ((RnPoint){ 120.6, 31.8 }, 9.3, &x, &y);
  rn_basemap_raster (rn_basemap_get_default (), RN_THEME_LIGHT, 9.3, x, y, 256, 256, 1.0, big);
  for (int t = 0; t < 4; t++)
    {
      int dx = t % 2 * 128, dy = t / 2 * 128, worst = 0;

      rn_basemap_raster (rn_basemap_get_default (), RN_THEME_LIGHT, 9.3, x + dx, y + dy, 128, 128,
                         1.0, tile);
      for (int i = 0; i < 128 * 128; i++)
        for (guint shift = 0; shift < 24; shift += 8)
          worst = MAX (worst, ABS ((int) ((tile[i] >> shift) & 255) -
                                   (int) ((big[(i / 128 + dy) * 256 + i % 128 + dx] >> shift) & 255)));
      g_assert_cmpint (worst, <=, 6);
    }
}

static void
test_any_view (void)
{
  static guint32 pixels[64 * 64];

  for (double zoom = 0.0; zoom <= 22.0; zoom += 0.75)
    for (int i = 0; i < 10; i++)
      {
        double x, y;
        RnPoint p = { g_test_rand_double_range (-180.0, 180.0),
                      g_test_rand_double_range (-85.0, 85.0) };

        if (i < 5)
          p = (RnPoint){ g_test_rand_double_range (113.0, 125.0),
                         g_test_rand_double_range (28.0, 38.0) };
        rn_mercator_project (p, zoom, &x, &y);
        memset (pixels, 0, sizeof pixels);
        rn_basemap_raster (rn_basemap_get_default (), RN_THEME_HC, zoom, x, y, 64, 64, 1.5, pixels);
        for (guint j = 0; j < G_N_ELEMENTS (pixels); j++)
          g_assert_cmphex (pixels[j] >> 24, ==, 0xff);
      }
}

static void
test_places (void)
{
  guint n, cities = 0, water = 0;
  const RnPlace *places = rn_basemap_places (rn_basemap_get_default (), &n);
  RnBox box = rn_basemap_extent (rn_basemap_get_default ());
  gboolean nanjing = FALSE;

  g_assert_cmpuint (n, ==, 107);
  for (guint i = 0; i < n; i++)
    {
      const RnPlace *p = &places[i];

      g_assert_nonnull (rn_names_get (p->names, "en"));
      g_assert_nonnull (rn_names_get (p->names, "zh-CN"));
      g_assert_true (p->at.lon > box.min_lon && p->at.lon < box.max_lon && p->at.lat > box.min_lat &&
                     p->at.lat < box.max_lat);
      g_assert_true (p->min_zoom > 3.0 && p->min_zoom < 10.0);
      cities += p->kind == RN_PLACE_CITY;
      water += p->kind == RN_PLACE_WATER;
      if (g_strcmp0 (rn_names_get (p->names, "en"), "Nanjing") == 0)
        {
          nanjing = p->kind == RN_PLACE_CITY && fabs (p->at.lon - 118.796) < 1e-6;
          g_assert_cmpstr (rn_names_get (p->names, "zh-CN"), ==, "南京");
        }
    }
  g_assert_true (nanjing);
  g_assert_cmpuint (cities, >=, 13);
  g_assert_cmpuint (water, >=, 10);
  g_assert_true (strstr (rn_basemap_credit (), "GeoNames") != NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/carto/basemap/land-and-water", test_land_and_water);
  g_test_add_func ("/carto/basemap/outside", test_outside);
  g_test_add_func ("/carto/basemap/tiles-fit", test_tiles_fit);
  g_test_add_func ("/carto/basemap/any-view", test_any_view);
  g_test_add_func ("/carto/basemap/places", test_places);
  return g_test_run ();
}
