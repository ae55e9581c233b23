/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For developers: draws the demo network with made-up states on the base map into a PNG, to look
 * at. Text is drawn by cairo's toy interface, in the program it is the map room's. */
#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "carto/rn-basemap.h"
#include "carto/rn-colouring.h"
#include "carto/rn-placement.h"
#include "carto/rn-raster.h"
#include "carto/rn-symbols.h"
#include "networks.h"

static int width = 1280, height = 960;
static double zoom = 7.8, lon = 119.4, lat = 33.0, scale = 1.0;
static char *theme_word, *out_path, *quality_word;
static RnThemeId theme;

static const GOptionEntry ENTRIES[] = {
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &out_path, "PNG to write", "FILE" },
  { "width", 'w', 0, G_OPTION_ARG_INT, &width, "logical px", "N" },
  { "height", 'h', 0, G_OPTION_ARG_INT, &height, "logical px", "N" },
  { "zoom", 'z', 0, G_OPTION_ARG_DOUBLE, &zoom, "zoom", "Z" },
  { "lon", 0, 0, G_OPTION_ARG_DOUBLE, &lon, "middle", "DEG" },
  { "lat", 0, 0, G_OPTION_ARG_DOUBLE, &lat, "middle", "DEG" },
  { "scale", 's', 0, G_OPTION_ARG_DOUBLE, &scale, "device px a px", "S" },
  { "theme", 't', 0, G_OPTION_ARG_STRING, &theme_word, "dark, light, hc", "T" },
  { "quality", 'q', 0, G_OPTION_ARG_STRING, &quality_word, "live, stale, lost", "Q" },
  { NULL },
};

/* Mostly calm; around three places it gets worse the nearer. */
static void
invent_states (const RnNetwork *network, guint8 *classes)
{
  static const RnPoint jams[] = { { 120.3, 31.9 }, { 121.0, 31.75 }, { 118.75, 32.2 } };

  for (guint i = 0; i < network->n_sections; i++)
    {
      guint h = g_str_hash (network->id[i]);
      RnPoint p = rn_network_point_on (network, i, 0.5);

      classes[i] = h % 7 == 0 ? 2 : 1;
      if (h % 41 == 0)
        classes[i] = 0;
      for (guint j = 0; j < G_N_ELEMENTS (jams); j++)
        {
          double km = rn_distance_m (p, jams[j]) / 1000.0;

          if (network->direction[i] == RN_DIRECTION_ASC && km < 30.0)
            classes[i] = km < 8.0 ? 5 : km < 16.0 ? 4 : 3;
        }
    }
}

static void
set_colour (cairo_t *cr, guint32 c)
{
  cairo_set_source_rgb (cr, (c >> 16) / 255.0, ((c >> 8) & 255) / 255.0, (c & 255) / 255.0);
}

static void
draw_text (cairo_t *cr, const char *text, double x, double y, double size, guint32 colour)
{
  const RnThemeMap *map = &rn_theme_get (theme)->map;

  cairo_set_font_size (cr, size);
  cairo_move_to (cr, x, y);
  cairo_text_path (cr, text);
  set_colour (cr, map->halo);
  cairo_set_line_width (cr, 0.28 * size);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke_preserve (cr);
  set_colour (cr, colour);
  cairo_fill (cr);
}

static void
draw_labels (cairo_t *cr, RnPlacement *placement, double ox, double oy)
{
  const RnThemeMap *map = &rn_theme_get (theme)->map;
  const guint32 colours[] = { map->city, map->town, map->province, map->water_label };
  static const double sizes[] = { 13.0, 12.0, 13.0, 12.0 };
  const RnBasemap *basemap = rn_basemap_get_default ();
  guint n;
  const RnPlace *places = rn_basemap_places (basemap, &n);
  g_autofree RnLabel *labels = g_new0 (RnLabel, n);
  g_autofree RnLabelPlace *out = g_new0 (RnLabelPlace, n);
  guint m = 0;

  for (guint i = 0; i < n; i++)
    {
      cairo_text_extents_t e;
      double x, y;

      if (places[i].min_zoom > zoom)
        continue;
      rn_mercator_project (places[i].at, zoom, &x, &y);
      cairo_set_font_size (cr, sizes[places[i].kind]);
      cairo_text_extents (cr, rn_names_get (places[i].names, "en"), &e);
      labels[m] = (RnLabel){ i, places[i].kind <= RN_PLACE_TOWN ? RN_LABEL_POINT : RN_LABEL_AREA,
                             x - ox, y - oy, e.x_advance, sizes[places[i].kind],
                             places[i].kind == RN_PLACE_CITY ? 2.4 : places[i].kind == RN_PLACE_TOWN ? 1.6 : 0,
                             100 - places[i].rank * 10 - (int) places[i].kind };
      m++;
    }
  rn_placement_labels (placement, labels, m, out);
  for (guint i = 0; i < m; i++)
    if (out[i].shown)
      {
        const RnPlace *place = &places[labels[i].id];

        draw_text (cr, rn_names_get (place->names, "en"), out[i].rect.x,
                   out[i].rect.y + out[i].rect.height - 2.0, sizes[place->kind],
                   colours[place->kind]);
        if (labels[i].dot_px > 0.0)
          {
            cairo_arc (cr, labels[i].x, labels[i].y, labels[i].dot_px, 0, 2 * G_PI);
            cairo_fill (cr);
          }
      }
}

static void
draw_shields (cairo_t *cr, RnPlacement *placement, const RnLevels *levels, double ox, double oy)
{
  const RnNetwork *network = rn_levels_network (levels);
  g_autofree float *widths = g_new0 (float, network->n_roads + 1);
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (RnShieldPlace));

  for (guint i = 0; i < network->n_roads; i++)
    widths[i] = 9.0f + 7.2f * strlen (network->roads[i].ref);
  rn_placement_shields (placement, levels, zoom, ox, oy, 0.0, widths, 17.0, out);
  cairo_set_font_size (cr, 11.0);
  for (guint i = 0; i < out->len; i++)
    {
      const RnShieldPlace *p = &g_array_index (out, RnShieldPlace, i);
      const RnRoad *road = &network->roads[p->road];
      cairo_text_extents_t e;

      cairo_save (cr);
      cairo_translate (cr, p->rect.x, p->rect.y);
      rn_symbol_draw_shield (cr, theme, road->shield, p->rect.width, 17.0);
      cairo_text_extents (cr, road->ref, &e);
      cairo_move_to (cr, (p->rect.width - e.x_advance) / 2.0, 14.2);
      set_colour (cr, rn_theme_get (theme)->shield.text);
      cairo_show_text (cr, road->ref);
      cairo_restore (cr);
    }
}

static void
draw_symbols (cairo_t *cr, RnPlacement *placement, const RnLevels *levels, double ox, double oy)
{
  const RnNetwork *network = rn_levels_network (levels);
  RnSymbolItem items[60];
  RnSymbol symbols[60];
  RnSymbolPlace out[60];

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      guint32 section = (i * 7919u) % network->n_sections;
      RnPx px = rn_levels_point_on (levels, zoom, section, 0.5, rn_line_width_px (zoom));

      if (i < 10)
        symbols[i] = (RnSymbol){ RN_SYMBOL_INCIDENT, i % RN_N_INCIDENT_TYPES, (int) (i % 5), FALSE };
      else if (i < 20)
        symbols[i] = (RnSymbol){ RN_SYMBOL_WORKS, 0, 0, FALSE };
      else
        symbols[i] = (RnSymbol){ RN_SYMBOL_FACILITY, i % 4 == 0 ? RN_FACILITY_TOLL_PLAZA
                                                                 : RN_FACILITY_SERVICE_AREA,
                                 i == 25 ? 2 : 0, FALSE };
      items[i] = (RnSymbolItem){ .id = i, .x = px.x - ox, .y = px.y - oy,
                                 .size_px = rn_symbol_size_px (&symbols[i]),
                                 .group = i < 10   ? RN_SYMBOL_GROUP_INCIDENT
                                          : i < 20 ? RN_SYMBOL_GROUP_WORKS
                                                   : RN_SYMBOL_GROUP_FACILITY,
                                 .subtype = symbols[i].subtype, .tier = symbols[i].tier };
    }
  rn_placement_symbols (placement, items, G_N_ELEMENTS (items), out);
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    if (out[i].fate == RN_SYMBOL_SINGLE || out[i].fate == RN_SYMBOL_CLUSTER)
      {
        double x = out[i].rect.x + out[i].rect.width / 2.0,
               y = out[i].rect.y + out[i].rect.height / 2.0;

        if (out[i].leader)
          {
            cairo_move_to (cr, items[i].x, items[i].y);
            cairo_line_to (cr, x, y);
            set_colour (cr, rn_theme_get (theme)->map.city);
            cairo_set_line_width (cr, 1.2);
            cairo_stroke (cr);
          }
        symbols[i].cluster = out[i].fate == RN_SYMBOL_CLUSTER;
        cairo_save (cr);
        cairo_translate (cr, x, y);
        rn_symbol_draw (cr, theme, &symbols[i]);
        cairo_restore (cr);
      }
}

static void
draw_ring (cairo_t *cr, const RnLevels *levels, const RnRasterJob *job, guint32 section,
           RnRing ring)
{
  g_autofree guint32 *pixels = g_new0 (guint32, (gsize) job->width * job->height);
  cairo_surface_t *surface;

  rn_raster_ring (levels, job, section, ring, pixels);
  surface = cairo_image_surface_create_for_data ((unsigned char *) pixels, CAIRO_FORMAT_ARGB32,
                                                 job->width, job->height, job->width * 4);
  cairo_save (cr);
  cairo_scale (cr, 1.0 / scale, 1.0 / scale);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

static void
draw_legend (cairo_t *cr)
{
  guint n;
  const RnLineStyle *styles = rn_colouring_styles (RN_COLOURING_STATE, theme, &n);

  for (guint i = 0; i < n; i++)
    {
      int w = (int) (36 * scale), h = (int) (14 * scale);
      g_autofree guint32 *pixels = g_new0 (guint32, (gsize) w * h);
      cairo_surface_t *surface = cairo_image_surface_create_for_data (
          (unsigned char *) pixels, CAIRO_FORMAT_ARGB32, w, h, w * 4);

      rn_raster_sample (&styles[i], theme, 3.3, w, h, scale, pixels);
      cairo_surface_mark_dirty (surface);
      cairo_save (cr);
      cairo_translate (cr, 20.0, 20.0 + 20.0 * i);
      cairo_scale (cr, 1.0 / scale, 1.0 / scale);
      cairo_set_source_surface (cr, surface, 0, 0);
      cairo_paint (cr);
      cairo_restore (cr);
      cairo_surface_destroy (surface);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnNetwork) network = NULL;
  g_autoptr (RnLevels) levels = NULL;
  g_autoptr (RnPlacement) placement = rn_placement_new ();
  g_autofree guint8 *classes = NULL, *quality = NULL;
  g_autofree guint32 *pixels = NULL;
  cairo_surface_t *surface;
  cairo_t *cr;
  RnRasterJob job = { 0 };
  RnRect view;
  gint64 t0, t1, t2;

  g_option_context_add_main_entries (options, ENTRIES, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  network = networks_jiangsu ();
  if (network == NULL)
    {
      g_printerr ("RN_TEST_SHARED does not lead to geo/jiangsu\n");
      return 1;
    }
  theme = g_strcmp0 (theme_word, "light") == 0 ? RN_THEME_LIGHT
          : g_strcmp0 (theme_word, "hc") == 0  ? RN_THEME_HC
                                               : RN_THEME_DARK;
  classes = g_new0 (guint8, network->n_sections);
  quality = g_malloc (network->n_sections);
  memset (quality,
          g_strcmp0 (quality_word, "stale") == 0  ? RN_QUALITY_STALE
          : g_strcmp0 (quality_word, "lost") == 0 ? RN_QUALITY_LOST
                                                  : RN_QUALITY_LIVE,
          network->n_sections);
  invent_states (network, classes);
  levels = rn_levels_new (network, RN_DATUM_WGS84);
  job = (RnRasterJob){ .zoom = zoom, .width = (int) (width * scale),
                       .height = (int) (height * scale), .scale = scale, .theme = theme,
                       .styles = rn_colouring_styles (RN_COLOURING_STATE, theme, NULL),
                       .classes = classes, .quality = quality };
  rn_mercator_project ((RnPoint){ lon, lat }, zoom, &job.x, &job.y);
  job.x = floor (job.x - width / 2.0);
  job.y = floor (job.y - height / 2.0);
  pixels = g_new0 (guint32, (gsize) job.width * job.height);
  rn_basemap_get_default ();
  rn_levels_get (levels, zoom + log2 (scale));
  t0 = g_get_monotonic_time ();
  rn_basemap_raster (rn_basemap_get_default (), theme, zoom, job.x, job.y, job.width, job.height,
                     scale, pixels);
  t1 = g_get_monotonic_time ();
  rn_raster_sections (levels, &job, pixels);
  t2 = g_get_monotonic_time ();
  g_print ("base map %.1f ms, sections %.1f ms\n", (t1 - t0) / 1e3, (t2 - t1) / 1e3);

  surface = cairo_image_surface_create_for_data ((unsigned char *) pixels, CAIRO_FORMAT_ARGB32,
                                                 job.width, job.height, job.width * 4);
  cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  cairo_select_font_face (cr, "Cantarell", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
  for (guint i = 0, drawn = 0; i < network->n_sections && drawn < 2; i++)
    if (classes[i] == (drawn == 0 ? 5 : 1))
      draw_ring (cr, levels, &job, i, drawn++ == 0 ? RN_RING_SELECTION : RN_RING_HOVER);
  view = (RnRect){ 0, 0, width, height };
  rn_placement_begin (placement, &view, NULL, 0);
  draw_symbols (cr, placement, levels, job.x, job.y);
  draw_shields (cr, placement, levels, job.x, job.y);
  draw_labels (cr, placement, job.x, job.y);
  draw_legend (cr);
  cairo_destroy (cr);
  cairo_surface_write_to_png (surface, out_path != NULL ? out_path : "carto.png");
  cairo_surface_destroy (surface);
  return 0;
}
