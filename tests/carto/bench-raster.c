/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of the rasteriser on made-up networks of 5,000 and 100,000 sections, one JSON object a
 * line: CPU milliseconds of one thread, best of some runs, and the ratio to cairo drawing the same
 * lines without patterns in the same run. */
#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "carto/rn-basemap.h"
#include "carto/rn-colouring.h"
#include "carto/rn-path.h"
#include "carto/rn-placement.h"
#include "carto/rn-raster.h"
#include "networks.h"

#define RUNS 5

static double
cpu_ms (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

typedef struct {
  const char *name;
  const RnLevels *levels;
  RnRasterJob job;
  guint32 *pixels;
} Case;

static double
own_ms (const Case *c)
{
  double best = G_MAXDOUBLE;

  for (int i = 0; i < RUNS; i++)
    {
      double start;

      memset (c->pixels, 0, (gsize) c->job.width * c->job.height * 4);
      start = cpu_ms ();
      rn_raster_sections (c->levels, &c->job, c->pixels);
      best = MIN (best, cpu_ms () - start);
    }
  return best;
}

/* The same sections at the same places, a plain line each. */
static double
cairo_ms (const Case *c)
{
  const RnNetwork *network = rn_levels_network (c->levels);
  RnLevel level = rn_levels_get (c->levels, c->job.zoom);
  g_autofree RnSpot *path = g_new (RnSpot, 64);
  double k = rn_mercator_scale (c->job.zoom), best = G_MAXDOUBLE;

  for (int run = 0; run < 2; run++)
    {
      double start = cpu_ms ();
      g_autoptr (GArray) seen = rn_levels_in_rect (c->levels, c->job.zoom, c->job.x, c->job.y,
                                                   c->job.width, c->job.height);
      cairo_surface_t *surface = cairo_image_surface_create_for_data (
          (unsigned char *) c->pixels, CAIRO_FORMAT_ARGB32, c->job.width, c->job.height,
          c->job.width * 4);
      cairo_t *cr = cairo_create (surface);

      cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      for (guint j = 0; j < seen->len; j++)
        {
          guint32 i = g_array_index (seen, guint32, j), n = level.first[i + 1] - level.first[i];
          const RnLineStyle *style = &c->job.styles[c->job.classes[i]];
          double width = rn_line_width_px (c->job.zoom) * style->width_factor;
          guint m = rn_path_make (level.at + level.first[i], n, k, c->job.x, c->job.y,
                                  rn_path_offset (network, i, width, 1.0), path);

          cairo_set_line_width (cr, width);
          cairo_set_source_rgb (cr, (style->colour >> 16) / 255.0,
                                ((style->colour >> 8) & 255) / 255.0,
                                (style->colour & 255) / 255.0);
          for (guint v = 0; v < m; v++)
            cairo_line_to (cr, path[v].x, path[v].y);
          cairo_stroke (cr);
        }
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
      best = MIN (best, cpu_ms () - start);
    }
  return best;
}

static void
report (const Case *c)
{
  double own = own_ms (c), cairo = cairo_ms (c);

  g_print ("{\"bench\": \"raster\", \"case\": \"%s\", \"sections\": %u, \"zoom\": %.1f, "
           "\"width\": %d, \"height\": %d, \"own_ms\": %.1f, \"cairo_ms\": %.1f, "
           "\"cairo_to_own\": %.2f}\n",
           c->name, rn_levels_network (c->levels)->n_sections, c->job.zoom, c->job.width,
           c->job.height, own, cairo, cairo / own);
}

/* Shields and symbols of the whole view at 1080p. */
static void
bench_placement (const RnLevels *levels, double zoom, RnPoint middle)
{
  const RnNetwork *network = rn_levels_network (levels);
  g_autoptr (RnPlacement) placement = rn_placement_new ();
  g_autoptr (GArray) shields = g_array_new (FALSE, FALSE, sizeof (RnShieldPlace));
  g_autofree float *widths = g_new (float, network->n_roads + 1);
  g_autofree RnSymbolItem *items = g_new0 (RnSymbolItem, 2000);
  g_autofree RnSymbolPlace *places = g_new0 (RnSymbolPlace, 2000);
  RnRect view = { 0.0, 0.0, 1920.0, 1080.0 };
  double x, y, start, symbols_ms;

  rn_mercator_project (middle, zoom, &x, &y);
  x -= view.width / 2.0;
  y -= view.height / 2.0;
  for (guint i = 0; i < network->n_roads; i++)
    widths[i] = 40.0f;
  for (guint i = 0; i < 2000; i++)
    {
      guint32 section = i * 7919u % network->n_sections;
      RnPx px = rn_levels_point_on (levels, zoom, section, 0.5, 0.0);

      items[i] = (RnSymbolItem){ .id = i, .x = px.x - x, .y = px.y - y, .size_px = 17.0,
                                 .group = i < 200 ? RN_SYMBOL_GROUP_INCIDENT
                                                  : RN_SYMBOL_GROUP_FACILITY,
                                 .tier = i < 200 ? (int) (i % 5) : 0 };
    }
  start = cpu_ms ();
  rn_placement_begin (placement, &view, NULL, 0);
  rn_placement_symbols (placement, items, 2000, places);
  symbols_ms = cpu_ms () - start;
  start = cpu_ms ();
  rn_placement_shields (placement, levels, zoom, x, y, 0.0, widths, 17.0, shields);
  g_print ("{\"bench\": \"placement\", \"sections\": %u, \"roads\": %u, \"zoom\": %.1f, "
           "\"symbols\": 2000, \"symbols_ms\": %.1f, \"shields\": %u, \"shields_ms\": %.1f}\n",
           network->n_sections, network->n_roads, zoom, symbols_ms, shields->len,
           cpu_ms () - start);
}

static void
bench_network (guint n, double whole_zoom)
{
  g_autoptr (RnNetwork) network = networks_synthetic (n);
  g_autoptr (RnLevels) levels = NULL;
  g_autofree guint8 *calm = g_malloc (n), *mixed = g_malloc (n), *quality = g_malloc (n);
  g_autofree guint32 *pixels = g_new (guint32, 3840 * 2160);
  RnPoint middle = { (network->extent.min_lon + network->extent.max_lon) / 2.0,
                     (network->extent.min_lat + network->extent.max_lat) / 2.0 };
  const double zooms[] = { whole_zoom, whole_zoom + 2.0, 12.0 };
  double start = cpu_ms (), found;

  levels = rn_levels_new (network, RN_DATUM_WGS84);
  g_print ("{\"bench\": \"levels\", \"sections\": %u, \"project_ms\": %.1f", n, cpu_ms () - start);
  start = cpu_ms ();
  for (int z = 3; z <= 15; z++)
    rn_levels_get (levels, z);
  g_print (", \"all_levels_ms\": %.1f}\n", cpu_ms () - start);
  for (guint i = 0; i < n; i++)
    {
      calm[i] = i % 50 == 0 ? 3 + i / 50 % 3 : 1 + i % 7 / 6;
      mixed[i] = i * 2654435761u >> 16 & 7;
      mixed[i] = mixed[i] > 5 ? 1 : mixed[i];
      quality[i] = RN_QUALITY_LOST;
    }
  bench_placement (levels, whole_zoom, middle);
  bench_placement (levels, whole_zoom + 2.0, middle);
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    for (guint big = 0; big < 2; big++)
      {
        Case c = { .name = "calm", .levels = levels, .pixels = pixels };

        c.job = (RnRasterJob){ .zoom = zooms[i] + big, .width = 1920 << big, .height = 1080 << big,
                               .scale = 1.0, .theme = RN_THEME_DARK, .classes = calm };
        c.job.styles = rn_colouring_styles (RN_COLOURING_STATE, RN_THEME_DARK, NULL);
        rn_mercator_project (middle, c.job.zoom, &c.job.x, &c.job.y);
        c.job.x -= c.job.width / 2.0;
        c.job.y -= c.job.height / 2.0;
        report (&c);
        c.name = "mixed";
        c.job.classes = mixed;
        report (&c);
        c.name = "lost";
        c.job.classes = calm;
        c.job.quality = quality;
        report (&c);
        start = cpu_ms ();
        for (int run = 0; run < 100; run++)
          rn_levels_hit (levels, c.job.zoom, c.job.x + run, c.job.y + run, 6.0, NULL, NULL, &found);
        g_print ("{\"bench\": \"hit\", \"sections\": %u, \"zoom\": %.1f, \"hit_ms\": %.3f}\n", n,
                 c.job.zoom, (cpu_ms () - start) / 100.0);
      }
}

static void
bench_basemap (void)
{
  g_autofree guint32 *pixels = g_new (guint32, 512 * 512);
  double start = cpu_ms (), x, y, worst = 0.0, sum = 0.0;
  const RnBasemap *basemap = rn_basemap_get_default ();
  double read = cpu_ms () - start;
  int n = 0;

  for (double zoom = 5.0; zoom <= 12.0; zoom += 1.0)
    for (int i = 0; i < 9; i++, n++)
      {
        double ms;

        rn_mercator_project ((RnPoint){ 119.5, 32.5 }, zoom, &x, &y);
        start = cpu_ms ();
        rn_basemap_raster (basemap, RN_THEME_DARK, zoom, x + 512 * (i % 3 - 1),
                           y + 512 * (i / 3 - 1), 512, 512, 1.0, pixels);
        ms = cpu_ms () - start;
        worst = MAX (worst, ms);
        sum += ms;
      }
  g_print ("{\"bench\": \"basemap\", \"read_ms\": %.1f, \"tile_512_ms\": %.2f, "
           "\"worst_tile_ms\": %.2f}\n",
           read, sum / n, worst);
}

int
main (void)
{
  bench_basemap ();
  bench_network (5000, 8.0);
  bench_network (100000, 6.0);
  return 0;
}
