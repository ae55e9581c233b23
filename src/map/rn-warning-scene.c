/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Areas by cairo on the tile's own pixels. The hatching hangs on the world's pixels, so that it
 * runs on from tile to tile. */
#include "map/rn-warning-scene.h"

#include <cairo.h>
#include <math.h>

#include "carto/rn-mercator.h"

#define HATCH_PX 9.0
#define HATCH_WIDTH_PX 1.0
#define HATCH_OPACITY 0.4
#define FILL_OPACITY 0.06
#define EDGE_PX 1.2
#define EDGE_ON_PX 5.0
#define EDGE_OFF_PX 3.0

typedef struct {
  guint32 colour;
  guint n;
  RnFixed *ring;
  RnFixedBox box;
} Area;

typedef struct {
  RnScene parent;
  GArray *areas; /* Area */
} WarningScene;

static void
set_colour (cairo_t *cr, guint32 colour, double opacity)
{
  cairo_set_source_rgba (cr, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
                         (colour & 255) / 255.0, opacity);
}

static void
add_ring (cairo_t *cr, const Area *area, double k)
{
  cairo_new_path (cr);
  for (guint i = 0; i < area->n; i++)
    cairo_line_to (cr, area->ring[i].x * k, area->ring[i].y * k);
  cairo_close_path (cr);
}

/* Lines x + y = n · 9 √2 across the tile. */
static void
hatch (cairo_t *cr, const RnTileSpec *spec, double side)
{
  double step = HATCH_PX * G_SQRT2;
  double first = floor ((spec->x + spec->y) / step) * step, last = spec->x + spec->y + 2 * side;

  cairo_new_path (cr);
  for (double sum = first; sum <= last; sum += step)
    {
      cairo_move_to (cr, sum - spec->y, spec->y);
      cairo_line_to (cr, sum - spec->y - side, spec->y + side);
    }
  cairo_set_line_width (cr, HATCH_WIDTH_PX);
  cairo_stroke (cr);
}

static void
draw_area (cairo_t *cr, const Area *area, const RnTileSpec *spec, double side)
{
  const double dash[] = { EDGE_ON_PX, EDGE_OFF_PX };
  double k = rn_mercator_scale (spec->zoom);

  cairo_save (cr);
  add_ring (cr, area, k);
  set_colour (cr, area->colour, FILL_OPACITY);
  cairo_fill_preserve (cr);
  cairo_clip (cr);
  set_colour (cr, area->colour, HATCH_OPACITY);
  hatch (cr, spec, side);
  cairo_restore (cr);

  add_ring (cr, area, k);
  set_colour (cr, area->colour, 1);
  cairo_set_line_width (cr, EDGE_PX);
  cairo_set_dash (cr, dash, G_N_ELEMENTS (dash), 0);
  cairo_stroke (cr);
}

static gboolean
warning_scene_draw (const RnScene *scene, const RnTileSpec *spec, guint32 *pixels)
{
  const WarningScene *self = (const WarningScene *) scene;
  double k = rn_mercator_scale (spec->zoom), side = (double) spec->size / spec->scale;
  cairo_surface_t *surface = NULL;
  cairo_t *cr = NULL;

  for (guint i = 0; i < self->areas->len; i++)
    {
      const Area *area = &g_array_index (self->areas, Area, i);

      if (area->box.max_x * k + 2 < spec->x || area->box.min_x * k - 2 > spec->x + side
          || area->box.max_y * k + 2 < spec->y || area->box.min_y * k - 2 > spec->y + side)
        continue;
      if (cr == NULL)
        {
          surface = cairo_image_surface_create_for_data ((guchar *) pixels, CAIRO_FORMAT_ARGB32,
                                                         spec->size, spec->size, spec->size * 4);
          cr = cairo_create (surface);
          cairo_scale (cr, spec->scale, spec->scale);
          cairo_translate (cr, -spec->x, -spec->y);
        }
      draw_area (cr, area, spec, side);
    }
  if (cr == NULL)
    return FALSE;
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return TRUE;
}

static void
area_clear (gpointer data)
{
  g_free (((Area *) data)->ring);
}

static void
warning_scene_free (RnScene *scene)
{
  WarningScene *self = (WarningScene *) scene;

  g_array_unref (self->areas);
  g_free (self);
}

RnScene *
rn_warning_scene_new (const RnFrame *frame, RnThemeId theme_id)
{
  const RnTheme *theme = rn_theme_get (theme_id);
  WarningScene *self = g_new0 (WarningScene, 1);

  rn_scene_init (&self->parent, warning_scene_draw, warning_scene_free);
  self->areas = g_array_new (FALSE, TRUE, sizeof (Area));
  g_array_set_clear_func (self->areas, area_clear);
  for (guint i = 0; i < frame->warnings->len; i++)
    {
      const RnWarning *warning = g_ptr_array_index (frame->warnings, i);
      Area area = { .colour = theme->tier[CLAMP (warning->tier, 0, 4)].fill,
                    .n = warning->n_ring,
                    .box = RN_FIXED_BOX_EMPTY };

      if (warning->n_ring < 3)
        continue;
      area.ring = g_new (RnFixed, area.n);
      for (guint j = 0; j < area.n; j++)
        {
          area.ring[j] = rn_fixed_from_point (warning->ring[j]);
          rn_fixed_box_add (&area.box, area.ring[j]);
        }
      g_array_append_val (self->areas, area);
    }
  if (self->areas->len > 0)
    return &self->parent;
  rn_scene_unref (self);
  return NULL;
}
