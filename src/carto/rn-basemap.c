/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the embedded base map once and draws pictures of it: areas by cairo (clipped to the
 * picture before, since cairo's coordinates are short), lines by the room's pen. Near the ends of
 * its box everything fades into plain land, so that the end of the data does not look like a
 * coast. Constant after reading; drawing is pure and runs in workers. */
#include "carto/rn-basemap.h"

#include <cairo.h>
#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-json.h"
#include "carto/rn-carto-data.h"
#include "carto/rn-placement.h"

#define UNITS_PER_DEGREE 10000.0
#define FADE_DEGREES 1.5
#define EARLIER 0.3 /* names come a little before their zoom, which counts whole steps */

typedef struct {
  RnFixed *at;
  guint n;
  int rank;
  RnFixedBox box;
} Line; /* or ring */

typedef struct {
  Line *rings;
  guint n;
} Polygon;

typedef struct {
  Polygon *items;
  guint n;
} Areas;

typedef struct {
  Line *items;
  guint n;
} Lines;

struct _RnBasemap {
  RnBox extent;
  Areas land, lakes, river_areas;
  Lines rivers, canals, boundaries;
  RnPlace *places;
  guint n_places;
};

/* ---- reading ---- */

static Line
read_line (const RnJson *place, int rank, GError **error)
{
  guint length = rn_json_length (place);
  Line line = { .n = length / 2, .rank = rank, .box = RN_FIXED_BOX_EMPTY };
  gint64 lon = 0, lat = 0;

  line.at = g_new (RnFixed, line.n + 1);
  for (guint i = 0; i + 1 < length; i += 2)
    {
      RnJson x = rn_json_element (place, i), y = rn_json_element (place, i + 1);

      lon += rn_json_integer (&x, -3600000, 3600000, error);
      lat += rn_json_integer (&y, -3600000, 3600000, error);
      line.at[i / 2] = rn_fixed_from_point (
          (RnPoint){ (double) lon / UNITS_PER_DEGREE, (double) lat / UNITS_PER_DEGREE });
      rn_fixed_box_add (&line.box, line.at[i / 2]);
    }
  return line;
}

static Areas
read_areas (const RnJson *root, const char *key, GError **error)
{
  RnJson list = rn_json_member (root, key);
  Areas areas = { .n = rn_json_length (&list) };

  areas.items = g_new0 (Polygon, areas.n + 1);
  for (guint i = 0; i < areas.n; i++)
    {
      RnJson polygon = rn_json_element (&list, i);
      Polygon *item = &areas.items[i];

      item->n = rn_json_length (&polygon);
      item->rings = g_new0 (Line, item->n + 1);
      for (guint j = 0; j < item->n; j++)
        {
          RnJson ring = rn_json_element (&polygon, j);

          item->rings[j] = read_line (&ring, 0, error);
        }
    }
  return areas;
}

static Lines
read_lines (const RnJson *root, const char *key, GError **error)
{
  RnJson list = rn_json_member (root, key);
  Lines lines = { .n = rn_json_length (&list) };

  lines.items = g_new0 (Line, lines.n + 1);
  for (guint i = 0; i < lines.n; i++)
    {
      RnJson row = rn_json_element (&list, i);
      RnJson rank = rn_json_element (&row, 0), points = rn_json_element (&row, 1);

      lines.items[i] = read_line (&points, (int) rn_json_integer (&rank, 0, 99, error), error);
    }
  return lines;
}

static void
read_places (RnBasemap *self, const RnJson *root, GError **error)
{
  static const char *const kinds[] = { "city", "town", "province", "water", "sea", NULL };
  RnJson list = rn_json_member (root, "names");

  self->n_places = rn_json_length (&list);
  self->places = g_new0 (RnPlace, self->n_places + 1);
  for (guint i = 0; i < self->n_places; i++)
    {
      RnPlace *place = &self->places[i];
      RnJson row = rn_json_element (&list, i), cell[6];

      for (guint j = 0; j < G_N_ELEMENTS (cell); j++)
        cell[j] = rn_json_element (&row, j);
      place->kind = (RnPlaceKind) MIN (rn_json_word (&cell[0], kinds, error), RN_PLACE_WATER);
      place->rank = (int) rn_json_integer (&cell[1], 1, 99, error);
      place->min_zoom = rn_json_number (&cell[2], 0.0, 20.0, error) - EARLIER;
      place->at.lon = rn_json_number (&cell[3], -180.0, 180.0, error);
      place->at.lat = rn_json_number (&cell[4], -90.0, 90.0, error);
      place->names = rn_json_opt_names (&cell[5], error);
    }
}

static const RnBasemap *
read_basemap (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rn_carto_data_json ("basemap.json");
  RnBasemap *self = g_new0 (RnBasemap, 1);
  RnJson root = rn_json_root (node), box = rn_json_member (&root, "box"), side[4];

  for (guint i = 0; i < G_N_ELEMENTS (side); i++)
    side[i] = rn_json_element (&box, i);
  self->extent.min_lon = rn_json_number (&side[0], -180.0, 180.0, &error);
  self->extent.min_lat = rn_json_number (&side[1], -90.0, 90.0, &error);
  self->extent.max_lon = rn_json_number (&side[2], -180.0, 180.0, &error);
  self->extent.max_lat = rn_json_number (&side[3], -90.0, 90.0, &error);
  self->land = read_areas (&root, "land", &error);
  self->lakes = read_areas (&root, "lakes", &error);
  self->river_areas = read_areas (&root, "river_areas", &error);
  self->rivers = read_lines (&root, "rivers", &error);
  self->canals = read_lines (&root, "canals", &error);
  self->boundaries = read_lines (&root, "boundaries", &error);
  read_places (self, &root, &error);
  if (error != NULL)
    g_error ("embedded base map: %s", error->message);
  return self;
}

const RnBasemap *
rn_basemap_get_default (void)
{
  static gsize once;
  static const RnBasemap *basemap;

  if (g_once_init_enter (&once))
    {
      basemap = read_basemap ();
      g_once_init_leave (&once, 1);
    }
  return basemap;
}

/* ---- one picture ---- */

typedef struct {
  RnRasterJob job;
  double k, ox, oy; /* fixed → device px */
  RnRect clip;      /* device px, somewhat larger than the picture */
  cairo_t *cr;
  GArray *a, *b; /* RnPx, scratch of the clipper */
} View;

static gboolean
box_touches (const View *view, const RnFixedBox *box)
{
  return box->max_x * view->k - view->ox >= view->clip.x
         && box->min_x * view->k - view->ox <= view->clip.x + view->clip.width
         && box->max_y * view->k - view->oy >= view->clip.y
         && box->min_y * view->k - view->oy <= view->clip.y + view->clip.height;
}

/* One pass of Sutherland–Hodgman: keeps what lies on the positive side of coordinate·sign − at. */
static void
clip_side (const GArray *in, GArray *out, gboolean vertical, double sign, double at)
{
  const RnPx *p = (const RnPx *) in->data;

  g_array_set_size (out, 0);
  for (guint i = 0; i < in->len; i++)
    {
      RnPx from = p[i > 0 ? i - 1 : in->len - 1], to = p[i];
      double a = ((vertical ? from.y : from.x) - at) * sign;
      double b = ((vertical ? to.y : to.x) - at) * sign;

      if ((a >= 0.0) != (b >= 0.0))
        {
          double t = a / (a - b);
          RnPx cut = { from.x + t * (to.x - from.x), from.y + t * (to.y - from.y) };

          g_array_append_val (out, cut);
        }
      if (b >= 0.0)
        g_array_append_val (out, to);
    }
}

static void
add_ring (View *view, const Line *ring)
{
  const RnRect *clip = &view->clip;
  const RnPx *p;
  RnPx last = { -1e9, -1e9 };

  g_array_set_size (view->a, 0);
  for (guint i = 0; i < ring->n; i++)
    {
      RnPx px = { ring->at[i].x * view->k - view->ox, ring->at[i].y * view->k - view->oy };

      if (fabs (px.x - last.x) + fabs (px.y - last.y) < 0.4)
        continue;
      g_array_append_val (view->a, px);
      last = px;
    }
  clip_side (view->a, view->b, FALSE, 1.0, clip->x);
  clip_side (view->b, view->a, FALSE, -1.0, clip->x + clip->width);
  clip_side (view->a, view->b, TRUE, 1.0, clip->y);
  clip_side (view->b, view->a, TRUE, -1.0, clip->y + clip->height);
  p = (const RnPx *) view->a->data;
  for (guint i = 0; i < view->a->len; i++)
    cairo_line_to (view->cr, p[i].x, p[i].y);
  cairo_close_path (view->cr);
  cairo_new_sub_path (view->cr);
}

static void
set_colour (cairo_t *cr, guint32 colour, double alpha)
{
  cairo_set_source_rgba (cr, ((colour >> 16) & 255) / 255.0, ((colour >> 8) & 255) / 255.0,
                         (colour & 255) / 255.0, alpha);
}

static void
fill_areas (View *view, const Areas *areas, guint32 colour)
{
  set_colour (view->cr, colour, 1.0);
  for (guint i = 0; i < areas->n; i++)
    {
      const Polygon *polygon = &areas->items[i];

      if (polygon->n == 0 || !box_touches (view, &polygon->rings[0].box))
        continue;
      cairo_new_path (view->cr);
      for (guint j = 0; j < polygon->n; j++)
        add_ring (view, &polygon->rings[j]);
      cairo_fill (view->cr);
    }
}

static void
draw_lines (const View *view, const Lines *lines, int max_rank, const RnRasterLine *look,
            guint32 *pixels)
{
  for (guint i = 0; i < lines->n; i++)
    {
      const Line *item = &lines->items[i];
      RnRasterLine line = *look;

      if (item->rank > max_rank || !box_touches (view, &item->box))
        continue;
      line.points = item->at;
      line.n_points = item->n;
      rn_raster_lines (&view->job, &line, 1, pixels);
    }
}

/* The covered box in device px of the picture, cut to its clip. */
static RnRect
extent_rect (const View *view, RnBox extent)
{
  RnFixed a = rn_fixed_from_point ((RnPoint){ extent.min_lon, extent.max_lat });
  RnFixed b = rn_fixed_from_point ((RnPoint){ extent.max_lon, extent.min_lat });
  double x0 = a.x * view->k - view->ox, y0 = a.y * view->k - view->oy;
  double x1 = b.x * view->k - view->ox, y1 = b.y * view->k - view->oy;

  return (RnRect){ x0, y0, x1 - x0, y1 - y0 };
}

static void
fill_rect (View *view, double x0, double y0, double x1, double y1)
{
  const RnRect *clip = &view->clip;

  x0 = CLAMP (x0, clip->x, clip->x + clip->width);
  x1 = CLAMP (x1, clip->x, clip->x + clip->width);
  y0 = CLAMP (y0, clip->y, clip->y + clip->height);
  y1 = CLAMP (y1, clip->y, clip->y + clip->height);
  cairo_rectangle (view->cr, x0, y0, x1 - x0, y1 - y0);
  cairo_fill (view->cr);
}

/* Land over one side of the box: opaque on its end, clear FADE_DEGREES inside. */
static void
fade_side (View *view, const RnRect *box, guint32 land, gboolean vertical, double from, double to)
{
  cairo_pattern_t *fade = vertical ? cairo_pattern_create_linear (0, from, 0, to)
                                   : cairo_pattern_create_linear (from, 0, to, 0);
  double r = ((land >> 16) & 255) / 255.0, g = ((land >> 8) & 255) / 255.0,
         b = (land & 255) / 255.0;
  double low = MIN (from, to), high = MAX (from, to);
  double start = vertical ? view->clip.y : view->clip.x;
  double size = vertical ? view->clip.height : view->clip.width;

  if (high > start && low < start + size)
    {
      cairo_pattern_add_color_stop_rgba (fade, 0.0, r, g, b, 1.0);
      cairo_pattern_add_color_stop_rgba (fade, 1.0, r, g, b, 0.0);
      cairo_set_source (view->cr, fade);
      if (vertical)
        fill_rect (view, box->x, low, box->x + box->width, high);
      else
        fill_rect (view, low, box->y, high, box->y + box->height);
    }
  cairo_pattern_destroy (fade);
}

static void
fade_ends (View *view, const RnRect *box, guint32 land, RnBox extent)
{
  double fade = box->width * FADE_DEGREES / (extent.max_lon - extent.min_lon);

  fade_side (view, box, land, FALSE, box->x, box->x + fade);
  fade_side (view, box, land, FALSE, box->x + box->width, box->x + box->width - fade);
  fade_side (view, box, land, TRUE, box->y, box->y + fade);
  fade_side (view, box, land, TRUE, box->y + box->height, box->y + box->height - fade);
}

/* Meridians and parallels, at least some 100 px apart, outside of the covered box only. */
static void
draw_graticule (View *view, const RnRect *box, guint32 colour)
{
  static const double steps[] = { 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0 };
  double degree = exp2 (view->job.zoom + 8.0) / 360.0, step = steps[G_N_ELEMENTS (steps) - 1];
  double scale = view->job.scale;
  RnPoint a = rn_mercator_unproject (view->job.x, view->job.y, view->job.zoom);
  RnPoint b = rn_mercator_unproject (view->job.x + view->job.width / scale,
                                     view->job.y + view->job.height / scale, view->job.zoom);
  double x, y;

  for (guint i = G_N_ELEMENTS (steps); i-- > 0;)
    if (steps[i] * degree >= 100.0)
      step = steps[i];
  cairo_save (view->cr);
  cairo_rectangle (view->cr, 0, 0, view->job.width, view->job.height);
  cairo_rectangle (view->cr, CLAMP (box->x, -9.0, view->job.width + 9.0),
                   CLAMP (box->y, -9.0, view->job.height + 9.0),
                   CLAMP (box->x + box->width, -9.0, view->job.width + 9.0)
                       - CLAMP (box->x, -9.0, view->job.width + 9.0),
                   CLAMP (box->y + box->height, -9.0, view->job.height + 9.0)
                       - CLAMP (box->y, -9.0, view->job.height + 9.0));
  cairo_set_fill_rule (view->cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_clip (view->cr);
  set_colour (view->cr, colour, 0.35);
  for (double lon = ceil (a.lon / step) * step; lon <= MIN (b.lon, 180.0); lon += step)
    {
      rn_mercator_project ((RnPoint){ lon, 0.0 }, view->job.zoom, &x, &y);
      fill_rect (view, floor ((x - view->job.x) * scale), -9.0,
                 floor ((x - view->job.x) * scale) + scale, view->job.height + 9.0);
    }
  for (double lat = ceil (b.lat / step) * step; lat <= MIN (a.lat, 85.0); lat += step)
    {
      rn_mercator_project ((RnPoint){ 0.0, lat }, view->job.zoom, &x, &y);
      fill_rect (view, -9.0, floor ((y - view->job.y) * scale), view->job.width + 9.0,
                 floor ((y - view->job.y) * scale) + scale);
    }
  cairo_restore (view->cr);
}

static gboolean
covers (const RnRect *outer, int width, int height, double margin)
{
  return outer->x + margin <= 0.0 && outer->y + margin <= 0.0
         && outer->x + outer->width - margin >= width
         && outer->y + outer->height - margin >= height;
}

static void
draw_all (const RnBasemap *self, View *view, const RnTheme *theme, guint32 *pixels)
{
  const RnThemeMap *map = &theme->map;
  RnRect box = extent_rect (view, self->extent);
  double zoom = view->job.zoom;
  RnRasterLine river = { .colour = map->water,
                         .opacity = 1.0,
                         .width_px = CLAMP (1.6 + (zoom - 8.0) * 0.4, 0.8, 5.0) };
  RnRasterLine boundary = { .colour = map->boundary,
                            .opacity = CLAMP ((zoom - 3.0) / 3.0, 0.3, 1.0),
                            .width_px = 1.0,
                            .dash_px = { 7.0, 3.0, 1.5, 3.0 } };

  set_colour (view->cr, map->land, 1.0);
  cairo_paint (view->cr);
  if (box.x <= view->clip.x + view->clip.width && box.x + box.width >= view->clip.x
      && box.y <= view->clip.y + view->clip.height && box.y + box.height >= view->clip.y)
    {
      set_colour (view->cr, map->water, 1.0);
      fill_rect (view, box.x, box.y, box.x + box.width, box.y + box.height);
      fill_areas (view, &self->land, map->land);
      fill_areas (view, &self->lakes, map->water);
      fill_areas (view, &self->river_areas, map->water);
      cairo_surface_flush (cairo_get_target (view->cr));
      draw_lines (view, &self->rivers, (int) zoom + 1, &river, pixels);
      river.width_px *= 0.7;
      if (zoom >= 7.0)
        draw_lines (view, &self->canals, 99, &river, pixels);
      draw_lines (view, &self->boundaries, 99, &boundary, pixels);
      cairo_surface_mark_dirty (cairo_get_target (view->cr));
      fade_ends (view, &box, map->land, self->extent);
    }
  if (!covers (&box, view->job.width, view->job.height, 0.0))
    draw_graticule (view, &box, map->boundary);
}

void
rn_basemap_raster (const RnBasemap *self, RnThemeId theme, double zoom, double x, double y,
                   int width, int height, double scale, guint32 *pixels)
{
  cairo_surface_t *surface;
  View view = {
    .job = { .zoom = zoom,
             .x = x,
             .y = y,
             .width = width,
             .height = height,
             .scale = scale,
             .theme = theme },
    .k = rn_mercator_scale (zoom) * scale,
    .ox = x * scale,
    .oy = y * scale,
    .clip = { -8.0, -8.0, width + 16.0, height + 16.0 },
  };

  surface = cairo_image_surface_create_for_data ((unsigned char *) pixels, CAIRO_FORMAT_ARGB32,
                                                 width, height, width * 4);
  view.cr = cairo_create (surface);
  view.a = g_array_new (FALSE, FALSE, sizeof (RnPx));
  view.b = g_array_new (FALSE, FALSE, sizeof (RnPx));
  draw_all (self, &view, rn_theme_get (theme), pixels);
  cairo_destroy (view.cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  g_array_unref (view.a);
  g_array_unref (view.b);
}

const RnPlace *
rn_basemap_places (const RnBasemap *self, guint *n)
{
  *n = self->n_places;
  return self->places;
}

RnBox
rn_basemap_extent (const RnBasemap *self)
{
  return self->extent;
}

const char *
rn_basemap_credit (void)
{
  return _("Natural Earth · GeoNames (CC BY 4.0)");
}
