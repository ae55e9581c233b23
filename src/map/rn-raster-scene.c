/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing is by what is drawn, not by source tile: for each pixel the place in the source is
 * interpolated from a mesh, and read bilinearly, from several points where the source is finer. At
 * the source's own zoom that gives its pixels unchanged. */
#include "map/rn-raster-scene.h"

#include <math.h>

#include "map/rn-raster-mesh.h"

/* Pixels between the points of a mesh: over that the shift of GCJ-02 is straight to under a
 * hundredth of a pixel at all zooms. */
#define MESH_PX 16
#define MAX_PARTS 4096
/* Source pixels a drawn pixel from which one sample is not enough. */
#define FINE 1.05
#define MAX_SAMPLES 4

typedef struct {
  RnScene parent;
  gboolean dim;
  guint n;
  RnRasterSheet sheets[];
} RasterScene;

/* A part of a picture, prepared for reading: its place in 1/256 of a pixel, made positive. */
#define TAP_BIAS 65536

typedef struct {
  const guint32 *pixels; /* NULL: nothing to show */
  int width, height;
  double x0, x_scale, y0, y_scale;
} Tap;

/* The tiles that a drawn tile needs, one row after the other. */
typedef struct {
  int x0, y0, columns, rows, last; /* last: highest column and row of the level */
  RnRasterPart *parts;
  Tap *taps;
} Parts;

typedef struct {
  double x, y; /* in tiles of the level */
} Node;

int
rn_raster_scene_level (const RnRasterSheet *sheet, double zoom)
{
  int level = (int) floor (zoom - (sheet->tile_px == 512 ? 1 : 0) + 0.5);

  return level < sheet->min_zoom ? -1 : MIN (level, sheet->max_zoom);
}

/* ---- pixels ---------------------------------------------------------------------------------- */

/* a + (b − a)·t/256 of all four channels, rounded. */
static inline guint32
mix (guint32 a, guint32 b, guint t)
{
  guint32 low = ((a & 0xff00ff) * (256 - t) + (b & 0xff00ff) * t + 0x800080) >> 8 & 0xff00ff;
  guint32 high =
      ((a >> 8 & 0xff00ff) * (256 - t) + (b >> 8 & 0xff00ff) * t + 0x800080) & 0xff00ff00;

  return low | high;
}

/* @u, @v: 0 … 1 within the tile. Casts round towards zero, which is down for what is positive: much
 * cheaper than floor(), for this is done for each pixel. */
static inline guint32
sample (const Tap *tap, double u, double v)
{
  int fx = (int) (tap->x0 + u * tap->x_scale) - TAP_BIAS;
  int fy = (int) (tap->y0 + v * tap->y_scale) - TAP_BIAS;
  int x = fx >> 8, y = fy >> 8;
  int x1 = CLAMP (x + 1, 0, tap->width - 1), y1 = CLAMP (y + 1, 0, tap->height - 1);
  const guint32 *top, *bottom;

  x = CLAMP (x, 0, tap->width - 1);
  y = CLAMP (y, 0, tap->height - 1);
  top = tap->pixels + (gsize) y * tap->width;
  bottom = tap->pixels + (gsize) y1 * tap->width;
  return mix (mix (top[x], top[x1], fx & 255), mix (bottom[x], bottom[x1], fx & 255), fy & 255);
}

static inline guint32
sample_at (const Parts *parts, double x, double y)
{
  int ix = (int) x, iy = (int) y;
  const Tap *tap;

  if (x < 0 || y < 0 || ix > parts->last || iy > parts->last)
    return 0;
  tap = &parts->taps[CLAMP (iy - parts->y0, 0, parts->rows - 1) * parts->columns
                     + CLAMP (ix - parts->x0, 0, parts->columns - 1)];
  return tap->pixels != NULL ? sample (tap, x - ix, y - iy) : 0;
}

/* The mean of @n × @n samples within a pixel of @step tiles. */
static guint32
sample_fine (const Parts *parts, double x, double y, double step, int n)
{
  guint sum[4] = { 0 };
  guint total = (guint) (n * n);

  for (int j = 0; j < n; j++)
    for (int i = 0; i < n; i++)
      {
        guint32 p =
            sample_at (parts, x + step * ((i + 0.5) / n - 0.5), y + step * ((j + 0.5) / n - 0.5));

        for (int c = 0; c < 4; c++)
          sum[c] += p >> (8 * c) & 255;
      }
  for (int c = 0; c < 4; c++)
    sum[c] = (sum[c] + total / 2) / total;
  return sum[3] << 24 | sum[2] << 16 | sum[1] << 8 | sum[0];
}

/* @p with @opacity (of 256) over @below. No channel overflows: it is at most its alpha, and the two
 * alphas are rounded to 255 at most. */
static guint32
over (guint32 below, guint32 p, guint opacity)
{
  guint32 top = mix (0, p, opacity);
  guint rest = 255 - (top >> 24);

  return rest == 0 ? top : top + mix (0, below, rest);
}

/* Brightness that is halved; more is pressed below it, and stays in order: a white road of the
 * raster never becomes darker than its land. White comes to 51, on which the dimmest label of the
 * dark theme has a contrast of 3. */
#define DIM_LUMA 64

static void
dim_pixels (guint32 *pixels, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      guint32 p = pixels[i];
      guint luma = ((p >> 16 & 255) * 54 + (p >> 8 & 255) * 183 + (p & 255) * 19) >> 8;

      pixels[i] = (p & 0xff000000) | (mix (0, p, 256 * DIM_LUMA / (DIM_LUMA + luma)) & 0xffffff);
    }
}

/* ---- a sheet --------------------------------------------------------------------------------- */

static int
samples_a_side (const Parts *parts, double step)
{
  double finest = 0;

  for (int i = 0; i < parts->columns * parts->rows; i++)
    if (parts->parts[i].image != NULL)
      finest = MAX (finest, step * parts->parts[i].image->width * parts->parts[i].side);
  return finest <= FINE ? 1 : MIN (MAX_SAMPLES, (int) ceil (finest));
}

/* One square of the mesh. */
static void
draw_cell (const Parts *parts, const Node corners[4], int x0, int y0, int side, double step, int n,
           guint opacity, guint32 *pixels, int stride)
{
  for (int y = 0; y < side; y++)
    {
      double t = (y + 0.5) / side;
      double ax = corners[0].x + (corners[2].x - corners[0].x) * t;
      double ay = corners[0].y + (corners[2].y - corners[0].y) * t;
      double bx = corners[1].x + (corners[3].x - corners[1].x) * t;
      double by = corners[1].y + (corners[3].y - corners[1].y) * t;
      guint32 *row = pixels + (gsize) (y0 + y) * stride + x0;

      for (int x = 0; x < side; x++)
        {
          double s = (x + 0.5) / side, px = ax + (bx - ax) * s, py = ay + (by - ay) * s;
          guint32 p = n == 1 ? sample_at (parts, px, py) : sample_fine (parts, px, py, step, n);

          if (p != 0)
            row[x] = over (row[x], p, opacity);
        }
    }
}

/* The points of the mesh over the drawn tile, in tiles of @level; (cells + 1)² of them. */
static Node *
make_mesh (const RnRasterSheet *sheet, const RnTileSpec *spec, int level, int cells)
{
  Node *nodes = g_new (Node, (gsize) (cells + 1) * (cells + 1));
  double world = 256 * exp2 (spec->zoom), tiles = exp2 (level);
  double side = (double) spec->size / spec->scale;

  for (int j = 0; j <= cells; j++)
    for (int i = 0; i <= cells; i++)
      {
        Node *node = &nodes[j * (cells + 1) + i];

        rn_raster_mesh_to_source (sheet->crs, (spec->x + side * i / cells) / world,
                                  (spec->y + side * j / cells) / world, &node->x, &node->y);
        node->x *= tiles;
        node->y *= tiles;
      }
  return nodes;
}

static Tap
tap_of (const RnRasterPart *part)
{
  Tap tap = { 0 };

  if (part->image == NULL)
    return tap;
  tap.pixels = part->image->pixels;
  tap.width = part->image->width;
  tap.height = part->image->height;
  tap.x_scale = part->side * tap.width * 256;
  tap.y_scale = part->side * tap.height * 256;
  /* half a pixel to its middle, half a 256th to round */
  tap.x0 = part->u * tap.width * 256 - 127.5 + TAP_BIAS;
  tap.y0 = part->v * tap.height * 256 - 127.5 + TAP_BIAS;
  return tap;
}

/* FALSE: nothing is there. */
static gboolean
gather (const RnRasterSheet *sheet, const Node *nodes, guint n, int level, Parts *parts)
{
  double x0 = nodes[0].x, y0 = nodes[0].y, x1 = x0, y1 = y0;
  gboolean any = FALSE;

  for (guint i = 1; i < n; i++)
    {
      x0 = MIN (x0, nodes[i].x);
      y0 = MIN (y0, nodes[i].y);
      x1 = MAX (x1, nodes[i].x);
      y1 = MAX (y1, nodes[i].y);
    }
  parts->last = (1 << level) - 1;
  parts->x0 = CLAMP ((int) floor (x0), 0, parts->last);
  parts->y0 = CLAMP ((int) floor (y0), 0, parts->last);
  parts->columns = CLAMP ((int) ceil (x1) - 1, parts->x0, parts->last) - parts->x0 + 1;
  parts->rows = CLAMP ((int) ceil (y1) - 1, parts->y0, parts->last) - parts->y0 + 1;
  if ((gint64) parts->columns * parts->rows > MAX_PARTS)
    return FALSE;
  parts->parts = g_new0 (RnRasterPart, (gsize) parts->columns * parts->rows);
  parts->taps = g_new0 (Tap, (gsize) parts->columns * parts->rows);
  for (int j = 0; j < parts->rows; j++)
    for (int i = 0; i < parts->columns; i++)
      {
        RnRasterPart *part = &parts->parts[j * parts->columns + i];

        *part = rn_raster_store_find (sheet->store, level, parts->x0 + i, parts->y0 + j);
        parts->taps[j * parts->columns + i] = tap_of (part);
        any |= part->image != NULL;
      }
  return any;
}

static void
parts_clear (Parts *parts)
{
  for (int i = 0; parts->parts != NULL && i < parts->columns * parts->rows; i++)
    rn_raster_part_clear (&parts->parts[i]);
  g_clear_pointer (&parts->parts, g_free);
  g_clear_pointer (&parts->taps, g_free);
}

static gboolean
draw_sheet (const RnRasterSheet *sheet, const RnTileSpec *spec, guint32 *pixels)
{
  int level = rn_raster_scene_level (sheet, spec->zoom);
  int cells = rn_raster_mesh_is_plain (sheet->crs) ? 1 : spec->size / MESH_PX;
  int side = spec->size / cells, n;
  double step = exp2 (level) / (256 * exp2 (spec->zoom) * spec->scale);
  g_autofree Node *nodes = NULL;
  Parts parts = { 0 };
  gboolean any;

  if (level < 0)
    return FALSE;
  nodes = make_mesh (sheet, spec, level, cells);
  any = gather (sheet, nodes, (guint) ((cells + 1) * (cells + 1)), level, &parts);
  n = any ? samples_a_side (&parts, step) : 1;
  for (int j = 0; any && j < cells; j++)
    for (int i = 0; i < cells; i++)
      {
        const Node *at = &nodes[j * (cells + 1) + i];
        const Node corners[4] = { at[0], at[1], at[cells + 1], at[cells + 2] };

        draw_cell (&parts, corners, i * side, j * side, side, step, n,
                   (guint) lround (sheet->opacity * 256), pixels, spec->size);
      }
  parts_clear (&parts);
  return any;
}

/* ---- the scene ------------------------------------------------------------------------------- */

static gboolean
raster_scene_draw (const RnScene *scene, const RnTileSpec *spec, guint32 *pixels)
{
  const RasterScene *self = (const RasterScene *) scene;
  gboolean any = FALSE;

  for (guint i = 0; i < self->n; i++)
    any |= draw_sheet (&self->sheets[i], spec, pixels);
  if (any && self->dim)
    dim_pixels (pixels, (gsize) spec->size * spec->size);
  return any;
}

static void
raster_scene_free (RnScene *scene)
{
  RasterScene *self = (RasterScene *) scene;

  for (guint i = 0; i < self->n; i++)
    rn_raster_store_unref (self->sheets[i].store);
  g_free (self);
}

RnScene *
rn_raster_scene_new (const RnRasterSheet *sheets, guint n, gboolean dim)
{
  RasterScene *self = g_malloc0 (sizeof *self + n * sizeof *sheets);

  rn_scene_init (&self->parent, raster_scene_draw, raster_scene_free);
  self->dim = dim;
  self->n = n;
  for (guint i = 0; i < n; i++)
    {
      self->sheets[i] = sheets[i];
      rn_raster_store_ref (sheets[i].store);
    }
  return &self->parent;
}
