/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coverage of a segment is that of a capsule: half width + 0.5 − distance, cut to 0 … 1, so joints
 * and ends are round and edges one pixel soft. Segments of a stroke meet in a plane of bytes by
 * their maximum; rows remember which span was touched. The row functions are plain loops over
 * floats, made for the compiler's vectors. */
#include "carto/rn-stroke.h"

#include <math.h>
#include <string.h>

typedef struct {
  int from, to; /* touched pixels of a row; from >= to: none */
} Span;

struct _RnPen {
  int width, height;
  guint32 *pixels;
  guint8 *plane;   /* zero between strokes */
  guint8 *row;     /* coverage of one row of one segment */
  Span *spans;     /* by row */
  int top, bottom; /* rows touched */
};

/* A segment, its first point as the origin. */
typedef struct {
  float x, y, dx, dy;
  float inverse; /* 1 / length², 0 for a point */
  float length;
  float reach; /* half width + 0.5 */
  float most;  /* greatest coverage: less than 1 for hair lines */
  float start; /* along the path, for dashes */
  gboolean first, last;
} Segment;

RnPen *
rn_pen_new (int width, int height, guint32 *pixels)
{
  RnPen *self = g_new0 (RnPen, 1);

  self->width = width;
  self->height = height;
  self->pixels = pixels;
  self->plane = g_malloc0 ((gsize) width * height + 1);
  self->row = g_malloc (width + 1);
  self->spans = g_new (Span, height + 1);
  for (int y = 0; y < height; y++)
    self->spans[y] = (Span){ width, 0 };
  self->top = height;
  return self;
}

void
rn_pen_free (RnPen *self)
{
  g_free (self->plane);
  g_free (self->row);
  g_free (self->spans);
  g_free (self);
}

/* ---- rows ---- */

/* @qx, @py: middle of the first pixel from the segment's first point. */
static void
cover_row (guint8 *restrict out, int n, float qx, float py, const Segment *segment)
{
  const float dx = segment->dx, dy = segment->dy, inverse = segment->inverse;
  const float reach = segment->reach, most = segment->most, along = py * dy;

  for (int i = 0; i < n; i++)
    {
      float q = qx + (float) i;
      float t = (q * dx + along) * inverse;
      float ux, uy, c;

      t = t > 0.0f ? t : 0.0f;
      t = t < 1.0f ? t : 1.0f;
      ux = q - t * dx;
      uy = py - t * dy;
      c = reach - sqrtf (ux * ux + uy * uy);
      c = c > 0.0f ? c : 0.0f;
      c = c < most ? c : most;
      out[i] = (guint8) (int) (c * 255.0f + 0.5f);
    }
}

/* Like fminf() and fmaxf(), but for vectors. */
#define LEAST(a, b) ((a) < (b) ? (a) : (b))
#define MOST(a, b) ((a) > (b) ? (a) : (b))
#define UNIT(a) LEAST (MOST (a, 0.0f), 1.0f)

/* The same cut by dashes, with straight ends at the ends of the path. */
static void
cover_row_dashed (guint8 *restrict out, int n, float qx, float py, const Segment *segment,
                  const float *dash)
{
  const float dx = segment->dx, dy = segment->dy, inverse = segment->inverse;
  const float reach = segment->reach, most = segment->most, along = py * dy;
  const float length = segment->length, start = segment->start;
  const float period = dash[0] + dash[1] + dash[2] + dash[3], per_period = 1.0f / period;
  const float middle1 = dash[0] / 2.0f, middle2 = dash[0] + dash[1] + dash[2] / 2.0f;
  const float half1 = dash[0] / 2.0f + 0.5f, half2 = dash[2] / 2.0f + 0.5f;
  const float gap = dash[2] > 0.0f ? 0.0f : 1e6f; /* no second dash: never within its half */
  const float before = segment->first ? 0.5f : 1e6f, after = segment->last ? 0.5f : 1e6f;

  for (int i = 0; i < n; i++)
    {
      float q = qx + (float) i;
      float t = (q * dx + along) * inverse, to_start = t * length + before;
      float to_end = (1.0f - t) * length + after, end = LEAST (to_start, to_end);
      float ux, uy, s, d1, d2, cut1, cut2, c;

      t = UNIT (t);
      ux = q - t * dx;
      uy = py - t * dy;
      c = reach - sqrtf (ux * ux + uy * uy);
      c = MOST (c, 0.0f);
      c = LEAST (c, most);
      s = start + t * length;
      s -= period * (float) (int) (s * per_period);
      d1 = fabsf (s - middle1);
      d1 = LEAST (d1, period - d1);
      d2 = fabsf (s - middle2);
      d2 = LEAST (d2, period - d2) + gap;
      cut1 = half1 - d1;
      cut2 = half2 - d2;
      cut1 = MOST (cut1, cut2);
      c *= UNIT (cut1) * UNIT (end);
      out[i] = (guint8) (int) (c * 255.0f + 0.5f);
    }
}

static void
max_row (guint8 *restrict plane, const guint8 *restrict row, int n)
{
  for (int i = 0; i < n; i++)
    plane[i] = plane[i] > row[i] ? plane[i] : row[i];
}

/* a · b / 255, rounded, for the two bytes 0x00ff00ff at once. */
static inline guint32
scale_pair (guint32 pair, guint32 a)
{
  guint32 t = pair * a + 0x00800080u;

  return ((t + ((t >> 8) & 0x00ff00ffu)) >> 8) & 0x00ff00ffu;
}

static inline guint32
scale_pixel (guint32 pixel, guint32 a)
{
  return scale_pair (pixel & 0x00ff00ffu, a) | scale_pair ((pixel >> 8) & 0x00ff00ffu, a) << 8;
}

static void
blend_row (guint32 *pixels, const guint8 *row, int n, guint32 colour)
{
  for (int i = 0; i < n; i++)
    {
      guint32 a = row[i];

      if (a == 255 && colour >> 24 == 255)
        pixels[i] = colour;
      else if (a > 0)
        {
          guint32 source = scale_pixel (colour, a);

          pixels[i] = source + scale_pixel (pixels[i], 255 - (source >> 24));
        }
    }
}

static void
erase_row (guint32 *pixels, const guint8 *row, int n)
{
  for (int i = 0; i < n; i++)
    if (row[i] > 0)
      pixels[i] = scale_pixel (pixels[i], 255 - row[i]);
}

/* ---- segments ---- */

static Segment
make_segment (RnSpot a, RnSpot b, float half_width, float start)
{
  float dx = b.x - a.x, dy = b.y - a.y;
  float length2 = dx * dx + dy * dy;

  return (Segment){
    .x = a.x,
    .y = a.y,
    .dx = dx,
    .dy = dy,
    .inverse = length2 > 1e-12f ? 1.0f / length2 : 0.0f,
    .length = sqrtf (length2),
    .reach = half_width + 0.5f,
    .most = MIN (1.0f, 2.0f * half_width),
    .start = start,
  };
}

/* The pixels of row @y that the segment can reach, within the picture. */
static Span
reach_of_row (const RnPen *self, const Segment *s, int y)
{
  float low = MIN (0.0f, s->dx) - s->reach, high = MAX (0.0f, s->dx) + s->reach;

  if (fabsf (s->dy) > 1e-3f && high - low > 8.0f)
    {
      float centre = (y + 0.5f - s->y) * s->dx / s->dy;
      float wide = s->reach * s->length / fabsf (s->dy) + 1.0f;

      low = MAX (low, centre - wide);
      high = MIN (high, centre + wide);
    }
  low = CLAMP (s->x + low, 0.0f, (float) self->width);
  high = CLAMP (s->x + high + 1.0f, 0.0f, (float) self->width);
  return (Span){ (int) low, (int) high };
}

static gboolean
rows_of (const RnPen *self, const Segment *s, int *top, int *bottom)
{
  float left = s->x + MIN (0.0f, s->dx), right = s->x + MAX (0.0f, s->dx);
  float low = s->y + MIN (0.0f, s->dy), high = s->y + MAX (0.0f, s->dy);

  if (!(right + s->reach > 0.0f && left - s->reach < self->width && high + s->reach > 0.0f
        && low - s->reach < self->height))
    return FALSE;
  *top = (int) MAX (low - s->reach, 0.0f);
  *bottom = (int) MIN (high + s->reach + 1.0f, (float) self->height);
  return *top < *bottom;
}

static void
plane_segment (RnPen *self, const Segment *s, const float *dash)
{
  int top, bottom;

  if (!rows_of (self, s, &top, &bottom))
    return;
  for (int y = top; y < bottom; y++)
    {
      Span reach = reach_of_row (self, s, y), *span = &self->spans[y];
      int n = reach.to - reach.from;
      float qx = reach.from + 0.5f - s->x, py = y + 0.5f - s->y;

      if (n <= 0)
        continue;
      if (dash != NULL)
        cover_row_dashed (self->row, n, qx, py, s, dash);
      else
        cover_row (self->row, n, qx, py, s);
      max_row (self->plane + (gsize) y * self->width + reach.from, self->row, n);
      span->from = MIN (span->from, reach.from);
      span->to = MAX (span->to, reach.to);
    }
  self->top = MIN (self->top, top);
  self->bottom = MAX (self->bottom, bottom);
}

/* A stroke of a single segment needs no plane. */
static gboolean
direct_segment (RnPen *self, const Segment *s, guint32 colour)
{
  int top, bottom;

  if (!rows_of (self, s, &top, &bottom))
    return FALSE;
  for (int y = top; y < bottom; y++)
    {
      Span reach = reach_of_row (self, s, y);
      int n = reach.to - reach.from;

      if (n <= 0)
        continue;
      cover_row (self->row, n, reach.from + 0.5f - s->x, y + 0.5f - s->y, s);
      blend_row (self->pixels + (gsize) y * self->width + reach.from, self->row, n, colour);
    }
  return TRUE;
}

static void
plane_path (RnPen *self, const RnSpot *path, guint n, float half_width, const float *dash)
{
  float start = 0.0f;

  for (guint i = 1; i < n; i++)
    {
      Segment segment = make_segment (path[i - 1], path[i], half_width, start);

      segment.first = i == 1;
      segment.last = i == n - 1;
      plane_segment (self, &segment, dash);
      start += segment.length;
    }
}

/* Blends (or with @erase takes away) what the plane holds, and clears it. */
static gboolean
flush (RnPen *self, guint32 colour, gboolean erase)
{
  gboolean drawn = FALSE;

  for (int y = self->top; y < self->bottom; y++)
    {
      Span *span = &self->spans[y];
      gsize at = (gsize) y * self->width + span->from;
      int n = span->to - span->from;

      if (n > 0)
        {
          if (erase)
            erase_row (self->pixels + at, self->plane + at, n);
          else
            blend_row (self->pixels + at, self->plane + at, n, colour);
          memset (self->plane + at, 0, n);
          drawn = TRUE;
        }
      *span = (Span){ self->width, 0 };
    }
  self->top = self->height;
  self->bottom = 0;
  return drawn;
}

gboolean
rn_pen_stroke (RnPen *self, const RnSpot *path, guint n, const RnStroke *stroke, guint32 colour,
               guint alpha)
{
  guint32 pixel = scale_pixel (0xff000000u | colour, MIN (alpha, 255));
  gboolean dashed = stroke->dash[0] > 0.0f;

  if (n == 2 && !dashed)
    {
      Segment segment = make_segment (path[0], path[1], stroke->half_width, 0.0f);

      return direct_segment (self, &segment, pixel);
    }
  plane_path (self, path, n, stroke->half_width, dashed ? stroke->dash : NULL);
  return flush (self, pixel, FALSE);
}

void
rn_pen_erase (RnPen *self, const RnSpot *path, guint n, float half_width)
{
  plane_path (self, path, n, half_width, NULL);
  flush (self, 0, TRUE);
}
