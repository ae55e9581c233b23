/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of the rasteriser against stored ones (reference/NAME.png, over the theme's land), and
 * properties that hold for any picture. To store new ones after a wanted change: run it with
 * RN_REWRITE_REFERENCE=1 and look at them. */
#include <cairo.h>
#include <math.h>
#include <string.h>

#include "carto/rn-colouring.h"
#include "carto/rn-raster.h"
#include "networks.h"

#define SIDE 128
#define TOLERANCE 4 /* a channel: other compilers round otherwise */

static const RnPoint ORIGIN = { 120.0, 32.0 }; /* of all test networks: top left */

/* A network of lines in px at @zoom from the origin: "x y, x y" → degrees. */
static RnNetwork *
network_from_px (RnSide side, double zoom, const char *const *lines, guint n)
{
  g_autoptr (GPtrArray) degrees = g_ptr_array_new_with_free_func (g_free);
  double ox, oy;

  rn_mercator_project (ORIGIN, zoom, &ox, &oy);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      g_auto (GStrv) pairs = g_strsplit (lines[i], ",", -1);

      for (guint j = 0; pairs[j] != NULL; j++)
        {
          char *end;
          double x = g_ascii_strtod (pairs[j], &end), y = g_ascii_strtod (end, NULL);
          RnPoint p = rn_mercator_unproject (ox + x, oy + y, zoom);
          char lon[G_ASCII_DTOSTR_BUF_SIZE], lat[G_ASCII_DTOSTR_BUF_SIZE];

          g_string_append_printf (out, "%s%s %s", j > 0 ? "," : "",
                                  g_ascii_dtostr (lon, sizeof lon, p.lon),
                                  g_ascii_dtostr (lat, sizeof lat, p.lat));
        }
      g_ptr_array_add (degrees, g_string_free (g_steal_pointer (&out), FALSE));
    }
  return networks_from_lines (side, (const char *const *) degrees->pdata, n);
}

static RnRasterJob
make_job (double zoom, RnThemeId theme, RnColouring colouring, const guint8 *classes)
{
  RnRasterJob job = { .zoom = zoom, .width = SIDE, .height = SIDE, .scale = 1.0, .theme = theme };

  job.styles = rn_colouring_styles (colouring, theme, NULL);
  job.classes = classes;
  rn_mercator_project (ORIGIN, zoom, &job.x, &job.y);
  return job;
}

/* ---- stored pictures ---- */

static void
fill (guint32 *pixels, gsize n, guint32 colour)
{
  for (gsize i = 0; i < n; i++)
    pixels[i] = 0xff000000u | colour;
}

static int
difference (guint32 a, guint32 b)
{
  int most = 0;

  for (guint shift = 0; shift < 32; shift += 8)
    most = MAX (most, ABS ((int) ((a >> shift) & 255) - (int) ((b >> shift) & 255)));
  return most;
}

static cairo_surface_t *
surface_of (guint32 *pixels, int width, int height)
{
  return cairo_image_surface_create_for_data ((unsigned char *) pixels, CAIRO_FORMAT_ARGB32, width,
                                              height, width * 4);
}

static void
compare (const char *name, guint32 *pixels, int width, int height)
{
  g_autofree char *file = g_strdup_printf ("%s.png", name);
  g_autofree char *path = g_build_filename (RN_SOURCE_DIR, "tests", "carto", "reference", file,
                                            NULL);
  cairo_surface_t *stored;
  const unsigned char *data;

  if (g_getenv ("RN_REWRITE_REFERENCE") != NULL)
    {
      stored = surface_of (pixels, width, height);
      g_assert_cmpint (cairo_surface_write_to_png (stored, path), ==, CAIRO_STATUS_SUCCESS);
      cairo_surface_destroy (stored);
      return;
    }
  stored = cairo_image_surface_create_from_png (path);
  if (cairo_surface_status (stored) != CAIRO_STATUS_SUCCESS)
    g_error ("%s: %s", path, cairo_status_to_string (cairo_surface_status (stored)));
  g_assert_cmpint (cairo_image_surface_get_width (stored), ==, width);
  g_assert_cmpint (cairo_image_surface_get_height (stored), ==, height);
  data = cairo_image_surface_get_data (stored);
  for (int y = 0; y < height; y++)
    {
      const guint32 *row = (const guint32 *) (const void *)
          (data + (gsize) y * cairo_image_surface_get_stride (stored));

      for (int x = 0; x < width; x++)
        {
          guint32 is = pixels[(gsize) y * width + x] | 0xff000000u;
          guint32 should = row[x] | 0xff000000u; /* stored without alpha */

          if (difference (is, should) > TOLERANCE)
            g_error ("%s: at %d, %d is %08x, should be %08x", name, x, y, is, should);
        }
    }
  cairo_surface_destroy (stored);
}

/* All classes of a colouring as bent roads with both carriageways, one under the other. */
static RnNetwork *
all_classes (double zoom, guint n)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  double step = (SIDE - 16.0) / n;

  for (guint i = 0; i < n; i++)
    {
      double y = 12.0 + i * step;

      g_ptr_array_add (lines, g_strdup_printf ("-20 %.1f, 40 %.1f, 90 %.1f, 118 %.1f", y, y, y + 7.0,
                                               y + 1.0));
      g_ptr_array_add (lines, g_strdup_printf ("118 %.1f, 90 %.1f, 40 %.1f, -20 %.1f", y + 1.0,
                                               y + 7.0, y, y));
    }
  return network_from_px (RN_SIDE_RIGHT, zoom, (const char *const *) lines->pdata, lines->len);
}

static void
check_picture (RnColouring colouring, RnThemeId theme, RnQuality quality, double zoom, double scale)
{
  static const char *const qualities[] = { "unknown", "live", "late", "stale", "suspect", "lost" };
  guint8 classes[2 * RN_MAX_BANDS], qualities_of[2 * RN_MAX_BANDS];
  int side = (int) (SIDE * scale);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) side * side);
  g_autofree char *name = NULL;
  g_autoptr (RnNetwork) network = NULL;
  g_autoptr (RnLevels) levels = NULL;
  RnRasterJob job;
  guint n;

  rn_colouring_bands (colouring, &n);
  for (guint i = 0; i < 2 * n; i++)
    classes[i] = i / 2;
  memset (qualities_of, quality, sizeof qualities_of);
  network = all_classes (zoom, n);
  levels = rn_levels_new (network, RN_DATUM_WGS84);
  job = make_job (zoom, theme, colouring, classes);
  job.quality = qualities_of;
  job.scale = scale;
  job.width = job.height = side;
  fill (pixels, (gsize) side * side, rn_theme_get (theme)->map.land);
  g_assert_true (rn_raster_sections (levels, &job, pixels));
  name = g_strdup_printf ("%s-%s-%s-z%.0f-x%.0f", rn_colouring_word (colouring),
                          rn_theme_get (theme)->word, qualities[quality], zoom, scale);
  compare (name, pixels, side, side);
}

static void
test_states (void)
{
  for (guint t = 0; t < RN_N_THEMES; t++)
    {
      check_picture (RN_COLOURING_STATE, t, RN_QUALITY_LIVE, 9.0, 1.0);
      check_picture (RN_COLOURING_STATE, t, RN_QUALITY_STALE, 9.0, 1.0);
      check_picture (RN_COLOURING_STATE, t, RN_QUALITY_LOST, 9.0, 1.0);
    }
  check_picture (RN_COLOURING_STATE, RN_THEME_DARK, RN_QUALITY_LIVE, 11.0, 1.0);
  check_picture (RN_COLOURING_STATE, RN_THEME_DARK, RN_QUALITY_LIVE, 6.0, 1.0);
  check_picture (RN_COLOURING_STATE, RN_THEME_DARK, RN_QUALITY_LIVE, 9.0, 2.0);
}

static void
test_colourings (void)
{
  check_picture (RN_COLOURING_LOS, RN_THEME_DARK, RN_QUALITY_LIVE, 9.0, 1.0);
  check_picture (RN_COLOURING_LOS, RN_THEME_LIGHT, RN_QUALITY_LIVE, 9.0, 1.0);
  check_picture (RN_COLOURING_FLOW, RN_THEME_DARK, RN_QUALITY_LIVE, 9.0, 1.0);
  check_picture (RN_COLOURING_FLOW, RN_THEME_LIGHT, RN_QUALITY_LIVE, 9.0, 1.0);
}

static void
test_rings (void)
{
  const char *lines[] = { "30 40, 64 70, 100 80" };
  guint8 classes[] = { 5 };
  g_autoptr (RnNetwork) network = network_from_px (RN_SIDE_RIGHT, 10.0, lines, 1);
  g_autoptr (RnLevels) levels = rn_levels_new (network, RN_DATUM_WGS84);
  RnRasterJob job = make_job (10.0, RN_THEME_DARK, RN_COLOURING_STATE, classes);
  guint32 pixels[SIDE * SIDE] = { 0 };
  guint32 picture[SIDE * SIDE];
  cairo_surface_t *surface, *over;
  cairo_t *cr;
  RnPx middle;

  g_assert_true (rn_raster_ring (levels, &job, 0, RN_RING_SELECTION, pixels));
  /* the section itself stays free, and nothing reaches past what is promised */
  middle = rn_levels_point_on (levels, 10.0, 0, 0.5, rn_line_width_px (10.0) * 2.0);
  g_assert_cmphex (pixels[(int) (middle.y - job.y) * SIDE + (int) (middle.x - job.x)], ==, 0);
  g_assert_cmpfloat (rn_raster_ring_reach_px (&job, 0), <, 25.0);
  for (int x = 0; x < SIDE; x++)
    g_assert_cmphex (pixels[x], ==, 0);

  fill (picture, SIDE * SIDE, rn_theme_get (RN_THEME_DARK)->map.land);
  rn_raster_sections (levels, &job, picture);
  surface = surface_of (picture, SIDE, SIDE);
  over = surface_of (pixels, SIDE, SIDE);
  cr = cairo_create (surface);
  cairo_set_source_surface (cr, over, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (over);
  cairo_surface_flush (surface);
  compare ("ring-selection", picture, SIDE, SIDE);
  cairo_surface_destroy (surface);
}

static void
test_lines (void)
{
  const struct {
    double x, y;
  } spots[] = { { 10, 20 }, { 60, 24 }, { 118, 100 } };
  RnFixed points[G_N_ELEMENTS (spots)];
  RnRasterJob job = make_job (9.0, RN_THEME_DARK, RN_COLOURING_STATE, NULL);
  RnRasterLine lines[] = {
    { points, 3, 0xe0b778, 1.0, 3.0, 0.0, { 6.0, 4.0, 0.0, 0.0 } },
    { points, 3, 0x48525c, 1.0, 1.0, 12.0, { 7.0, 3.0, 1.5, 3.0 } },
    { points, 3, 0xff0000, 0.5, 6.0, -14.0, { 0 } },
  };
  guint32 pixels[SIDE * SIDE];

  for (guint i = 0; i < G_N_ELEMENTS (spots); i++)
    points[i] = rn_fixed_from_point (
        rn_mercator_unproject (job.x + spots[i].x, job.y + spots[i].y, 9.0));
  fill (pixels, SIDE * SIDE, 0x14181c);
  g_assert_true (rn_raster_lines (&job, lines, G_N_ELEMENTS (lines), pixels));
  compare ("lines", pixels, SIDE, SIDE);
}

static void
test_samples (void)
{
  for (guint t = 0; t < RN_N_THEMES; t++)
    {
      guint32 pixels[40 * 6 * 14];
      guint n;
      const RnLineStyle *styles = rn_colouring_styles (RN_COLOURING_STATE, (RnThemeId) t, &n);
      g_autofree char *name = g_strdup_printf ("legend-%s", rn_theme_get ((RnThemeId) t)->word);

      g_assert_cmpuint (n, ==, 6);
      fill (pixels, G_N_ELEMENTS (pixels), rn_theme_get ((RnThemeId) t)->map.land);
      for (guint i = 0; i < n; i++)
        rn_raster_sample (&styles[i], (RnThemeId) t, 3.3, 40, 14, 1.0, pixels + i * 40 * 14);
      compare (name, pixels, 40, 6 * 14);
    }
}

/* ---- properties ---- */

/* Four tiles side by side are the same picture as one big one. */
static void
test_seams (void)
{
  g_autoptr (RnNetwork) network = networks_synthetic (3000);
  g_autoptr (RnLevels) levels = rn_levels_new (network, RN_DATUM_WGS84);
  g_autofree guint8 *classes = g_malloc (3000), *quality = g_malloc (3000);
  g_autofree guint32 *big = g_new0 (guint32, 512 * 512), *tile = g_new (guint32, 256 * 256);
  RnRasterJob job;

  for (guint i = 0; i < 3000; i++)
    {
      classes[i] = i / 3 % 6;
      quality[i] = i % 5 == 0 ? RN_QUALITY_STALE : RN_QUALITY_LIVE;
    }
  for (double zoom = 7.0; zoom <= 12.0; zoom += 1.3)
    {
      int different = 0;

      job = make_job (zoom, RN_THEME_LIGHT, RN_COLOURING_STATE, classes);
      rn_mercator_project ((RnPoint){ 119.0, 33.0 }, zoom, &job.x, &job.y);
      job.quality = quality;
      job.width = job.height = 512;
      memset (big, 0, 512 * 512 * 4);
      g_assert_true (rn_raster_sections (levels, &job, big));
      job.width = job.height = 256;
      for (int t = 0; t < 4; t++)
        {
          RnRasterJob part = job;

          part.x += t % 2 * 256;
          part.y += t / 2 * 256;
          memset (tile, 0, 256 * 256 * 4);
          rn_raster_sections (levels, &part, tile);
          for (int y = 0; y < 256; y++)
            for (int x = 0; x < 256; x++)
              different = MAX (different,
                               difference (tile[y * 256 + x],
                                           big[(y + t / 2 * 256) * 512 + x + t % 2 * 256]));
        }
      g_assert_cmpint (different, <=, 3);
    }
}

static void
test_empty_tile (void)
{
  const char *lines[] = { "10 10, 100 100" };
  guint8 classes[] = { 1 };
  g_autoptr (RnNetwork) network = network_from_px (RN_SIDE_RIGHT, 10.0, lines, 1);
  g_autoptr (RnLevels) levels = rn_levels_new (network, RN_DATUM_WGS84);
  RnRasterJob job = make_job (10.0, RN_THEME_DARK, RN_COLOURING_STATE, classes);
  guint32 pixels[SIDE * SIDE] = { 0 };

  job.x += 1000.0;
  g_assert_false (rn_raster_sections (levels, &job, pixels));
  for (guint i = 0; i < SIDE * SIDE; i++)
    g_assert_cmphex (pixels[i], ==, 0);
}

/* One bent section: no pixel is darker or lighter than its coverage once, at joints too. */
static void
test_blended_once (void)
{
  const char *lines[] = { "10 64, 40 60, 50 70, 70 64, 118 64" };
  guint8 classes[] = { 1 };
  g_autoptr (RnNetwork) network = network_from_px (RN_SIDE_NONE, 12.0, lines, 1);
  RnFixed points[5];
  RnRasterJob job = make_job (12.0, RN_THEME_DARK, RN_COLOURING_STATE, classes);
  RnRasterLine line = { points, 5, 0xffffff, 0.5, 9.0, 0.0, { 0 } };
  guint32 pixels[SIDE * SIDE] = { 0 };
  guint most = 0;

  for (guint i = 0; i < 5; i++)
    points[i] = rn_fixed_from_point ((RnPoint){ network->lon[i], network->lat[i] });
  g_assert_true (rn_raster_lines (&job, &line, 1, pixels));
  for (guint i = 0; i < SIDE * SIDE; i++)
    most = MAX (most, pixels[i] >> 24);
  g_assert_cmpuint (most, ==, 128);
}

/* Premultiplied: no channel is above alpha. */
static void
test_premultiplied (void)
{
  guint8 classes[12];
  g_autoptr (RnNetwork) network = all_classes (9.0, 6);
  g_autoptr (RnLevels) levels = rn_levels_new (network, RN_DATUM_WGS84);
  RnRasterJob job = make_job (9.0, RN_THEME_HC, RN_COLOURING_STATE, classes);
  guint32 pixels[SIDE * SIDE] = { 0 };

  for (guint i = 0; i < 12; i++)
    classes[i] = i / 2;
  rn_raster_sections (levels, &job, pixels);
  for (guint i = 0; i < SIDE * SIDE; i++)
    for (guint shift = 0; shift < 24; shift += 8)
      g_assert_cmpuint ((pixels[i] >> shift) & 255, <=, pixels[i] >> 24);
}

/* Where roads cross, the worse one is seen, whatever their order in the network. */
static void
test_worst_on_top (void)
{
  const char *lines[] = { "10 10, 118 118", "10 118, 118 10" };
  g_autoptr (RnNetwork) network = network_from_px (RN_SIDE_NONE, 12.0, lines, 2);
  g_autoptr (RnLevels) levels = rn_levels_new (network, RN_DATUM_WGS84);
  const guint8 pairs[][2] = { { 3, 1 }, { 1, 3 }, { 2, 0 }, { 0, 3 }, { 3, 0 }, { 4, 3 }, { 3, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      guint32 pixels[SIDE * SIDE] = { 0 };
      RnRasterJob job = make_job (12.0, RN_THEME_DARK, RN_COLOURING_STATE, pairs[i]);
      guint8 top = job.styles[pairs[i][0]].order > job.styles[pairs[i][1]].order ? pairs[i][0]
                                                                                 : pairs[i][1];
      const guint32 *p = pixels + 64 * SIDE + 64;
      guint32 colour = 0xff000000u | job.styles[top].colour;

      rn_raster_sections (levels, &job, pixels);
      if (job.styles[top].pattern == RN_PATTERN_DOTTED || top == 4)
        continue; /* its own pattern may lie in the middle */
      g_assert_cmphex (*p, ==, colour);
    }
}

/* Huge offsets, points in one place, lines through the picture from far away: no crash, no NaN. */
static void
test_odd_geometry (void)
{
  const char *lines[] = { "64 64, 64.0001 64, 64 64.0001", "-90000 60, 90000 60",
                          "20 20, 21 20, 20 20, 60 60, 20 20" };
  guint8 classes[] = { 5, 4, 3 };
  g_autoptr (RnNetwork) network = network_from_px (RN_SIDE_LEFT, 15.0, lines, 3);
  g_autoptr (RnLevels) levels = rn_levels_new (network, RN_DATUM_WGS84);

  for (double zoom = 3.0; zoom <= 22.0; zoom += 0.9)
    {
      guint32 pixels[SIDE * SIDE] = { 0 };
      RnRasterJob job = make_job (zoom, RN_THEME_LIGHT, RN_COLOURING_STATE, classes);

      rn_raster_sections (levels, &job, pixels);
      for (guint i = 0; i < 3; i++)
        rn_raster_ring (levels, &job, i, RN_RING_HOVER, pixels);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/carto/raster/states", test_states);
  g_test_add_func ("/carto/raster/colourings", test_colourings);
  g_test_add_func ("/carto/raster/rings", test_rings);
  g_test_add_func ("/carto/raster/lines", test_lines);
  g_test_add_func ("/carto/raster/samples", test_samples);
  g_test_add_func ("/carto/raster/seams", test_seams);
  g_test_add_func ("/carto/raster/empty-tile", test_empty_tile);
  g_test_add_func ("/carto/raster/blended-once", test_blended_once);
  g_test_add_func ("/carto/raster/premultiplied", test_premultiplied);
  g_test_add_func ("/carto/raster/worst-on-top", test_worst_on_top);
  g_test_add_func ("/carto/raster/odd-geometry", test_odd_geometry);
  return g_test_run ();
}
