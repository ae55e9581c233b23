/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Projected geometry and its levels. Everything but the levels is constant after construction; a
 * level is published with an atomic pointer, so that readers take no lock once it is there. */
#include "carto/rn-levels.h"

#include <math.h>
#include <string.h>

#include "carto/rn-path.h"

#define MIN_ZOOM 3
#define MAX_ZOOM 15 /* beyond it the full geometry is drawn */
#define TOLERANCE_PX 0.5

typedef struct {
  guint32 *first;
  RnFixed *at;
} Level;

struct _RnLevels {
  gatomicrefcount ref_count;
  RnNetwork *network;
  RnFixed *at;                /* all vertices; firsts are the network's */
  RnFixedBox *box;            /* by section */
  float *length;              /* by section */
  GMutex lock;                /* while a level is built */
  Level *level[MAX_ZOOM + 1]; /* atomic; NULL until built */
};

/* ---- Douglas–Peucker ---- */

/* Index of the vertex between @a and @b that lies farthest from the segment, and how far². */
static guint
farthest (const RnFixed *at, guint a, guint b, double *distance2)
{
  double dx = (double) at[b].x - at[a].x, dy = (double) at[b].y - at[a].y;
  double length2 = dx * dx + dy * dy, best = -1.0;
  guint found = a;

  for (guint i = a + 1; i < b; i++)
    {
      double ex = (double) at[i].x - at[a].x, ey = (double) at[i].y - at[a].y;
      double t = length2 > 0.0 ? CLAMP ((ex * dx + ey * dy) / length2, 0.0, 1.0) : 0.0;
      double qx = ex - t * dx, qy = ey - t * dy;

      if (qx * qx + qy * qy > best)
        {
          best = qx * qx + qy * qy;
          found = i;
        }
    }
  *distance2 = best;
  return found;
}

/* Marks in @keep which of the @n vertices stay; the ends always do. @stack: spans still to do. */
static void
simplify (const RnFixed *at, guint n, double tolerance2, guint8 *keep, GArray *stack)
{
  guint span[2] = { 0, n - 1 };

  memset (keep, 0, n);
  keep[0] = keep[n - 1] = 1;
  g_array_set_size (stack, 0);
  g_array_append_vals (stack, span, 2);
  while (stack->len > 0)
    {
      double distance2;
      guint a = g_array_index (stack, guint, stack->len - 2);
      guint b = g_array_index (stack, guint, stack->len - 1);
      guint middle = farthest (at, a, b, &distance2);

      g_array_set_size (stack, stack->len - 2);
      if (!(distance2 > tolerance2))
        continue;
      keep[middle] = 1;
      g_array_append_vals (stack, ((guint[]){ a, middle, middle, b }), 4);
    }
}

static Level *
build_level (const RnLevels *self, int zoom)
{
  const RnNetwork *network = self->network;
  double tolerance = TOLERANCE_PX / rn_mercator_scale (zoom);
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GByteArray) keep = g_byte_array_new ();
  Level *level = g_new0 (Level, 1);
  guint32 m = 0;

  level->first = g_new (guint32, network->n_sections + 1);
  level->at = g_new (RnFixed, network->first[network->n_sections] + 1);
  for (guint i = 0; i < network->n_sections; i++)
    {
      const RnFixed *at = self->at + network->first[i];
      guint n = network->first[i + 1] - network->first[i];

      g_byte_array_set_size (keep, MAX (keep->len, n));
      simplify (at, n, tolerance * tolerance, keep->data, stack);
      level->first[i] = m;
      for (guint j = 0; j < n; j++)
        if (keep->data[j])
          level->at[m++] = at[j];
    }
  level->first[network->n_sections] = m;
  level->at = g_renew (RnFixed, level->at, m + 1);
  return level;
}

static void
free_level (Level *level)
{
  if (level == NULL)
    return;
  g_free (level->first);
  g_free (level->at);
  g_free (level);
}

/* ---- life ---- */

static void
measure_section (RnLevels *self, guint i)
{
  const RnNetwork *network = self->network;
  double length = 0.0;

  self->box[i] = RN_FIXED_BOX_EMPTY;
  for (guint32 j = network->first[i]; j < network->first[i + 1]; j++)
    {
      rn_fixed_box_add (&self->box[i], self->at[j]);
      if (j > network->first[i])
        length += hypot ((double) self->at[j].x - self->at[j - 1].x,
                         (double) self->at[j].y - self->at[j - 1].y);
    }
  self->length[i] = (float) length;
}

RnLevels *
rn_levels_new (const RnNetwork *network, RnDatum datum)
{
  RnLevels *self = g_new0 (RnLevels, 1);
  guint32 n_vertices = network->n_sections > 0 ? network->first[network->n_sections] : 0;

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->network = rn_network_ref (network);
  self->at = g_new (RnFixed, n_vertices + 1);
  self->box = g_new (RnFixedBox, network->n_sections + 1);
  self->length = g_new (float, network->n_sections + 1);
  for (guint32 i = 0; i < n_vertices; i++)
    {
      RnPoint p = { network->lon[i], network->lat[i] };

      self->at[i] = rn_fixed_from_point (datum == RN_DATUM_GCJ02 ? rn_wgs84_to_gcj02 (p) : p);
    }
  for (guint i = 0; i < network->n_sections; i++)
    measure_section (self, i);
  return self;
}

RnLevels *
rn_levels_ref (const RnLevels *self)
{
  RnLevels *mutable = (RnLevels *) self;

  g_atomic_ref_count_inc (&mutable->ref_count);
  return mutable;
}

void
rn_levels_unref (const RnLevels *self)
{
  RnLevels *mutable = (RnLevels *) self;

  if (!g_atomic_ref_count_dec (&mutable->ref_count))
    return;
  for (guint z = 0; z < G_N_ELEMENTS (mutable->level); z++)
    free_level (mutable->level[z]);
  rn_network_unref (mutable->network);
  g_mutex_clear (&mutable->lock);
  g_free (mutable->at);
  g_free (mutable->box);
  g_free (mutable->length);
  g_free (mutable);
}

const RnNetwork *
rn_levels_network (const RnLevels *self)
{
  return self->network;
}

const RnFixedBox *
rn_levels_boxes (const RnLevels *self)
{
  return self->box;
}

const float *
rn_levels_lengths (const RnLevels *self)
{
  return self->length;
}

RnLevel
rn_levels_get (const RnLevels *self, double zoom)
{
  RnLevels *mutable = (RnLevels *) self;
  int z = (int) ceil (CLAMP (zoom, MIN_ZOOM, MAX_ZOOM + 1.0) - 1e-9);
  Level *level;

  if (z > MAX_ZOOM)
    return (RnLevel){ self->network->first, self->at };
  level = g_atomic_pointer_get (&mutable->level[z]);
  if (level == NULL)
    {
      g_mutex_lock (&mutable->lock);
      level = mutable->level[z];
      if (level == NULL)
        {
          level = build_level (self, z);
          g_atomic_pointer_set (&mutable->level[z], level);
        }
      g_mutex_unlock (&mutable->lock);
    }
  return (RnLevel){ level->first, level->at };
}

/* ---- questions ---- */

static guint32
clamp_fixed (double f)
{
  return f <= 0.0 ? 0 : f >= (double) G_MAXUINT32 ? G_MAXUINT32 : (guint32) f;
}

GArray *
rn_levels_in_rect (const RnLevels *self, double zoom, double x, double y, double width,
                   double height)
{
  double k = rn_mercator_scale (zoom);
  RnFixedBox r = { clamp_fixed (x / k), clamp_fixed (y / k), clamp_fixed ((x + width) / k),
                   clamp_fixed ((y + height) / k) };
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; i < self->network->n_sections; i++)
    {
      const RnFixedBox *box = &self->box[i];

      if (box->max_x >= r.min_x && box->min_x <= r.max_x && box->max_y >= r.min_y
          && box->min_y <= r.max_y)
        g_array_append_val (found, i);
    }
  return found;
}

/* The path of a section relative to (@ox, @oy) world px; @n gets its vertices. */
static RnSpot *
make_path (const RnLevels *self, double zoom, guint32 i, double width_px, double ox, double oy,
           guint *n)
{
  RnLevel level = rn_levels_get (self, zoom);
  guint n_vertices = level.first[i + 1] - level.first[i];
  RnSpot *path = g_new (RnSpot, n_vertices);
  float offset = width_px > 0.0 ? rn_path_offset (self->network, i, width_px, 1.0) : 0.0f;

  *n = rn_path_make (level.at + level.first[i], n_vertices, rn_mercator_scale (zoom), ox, oy,
                     offset, path);
  return path;
}

/* Distance from (0, 0) to the path. */
static double
path_distance (const RnSpot *path, guint n)
{
  double best = G_MAXDOUBLE;

  for (guint i = 1; i < n; i++)
    {
      double dx = path[i].x - path[i - 1].x, dy = path[i].y - path[i - 1].y;
      double length2 = dx * dx + dy * dy;
      double t = length2 > 0.0 ? -(path[i - 1].x * dx + path[i - 1].y * dy) / length2 : 0.0;

      t = CLAMP (t, 0.0, 1.0);
      best = MIN (best, hypot (path[i - 1].x + t * dx, path[i - 1].y + t * dy));
    }
  return best;
}

guint32
rn_levels_hit (const RnLevels *self, double zoom, double x, double y, double radius_px,
               const RnLineStyle *styles, const guint8 *classes, double *distance_px)
{
  double width = rn_line_width_px (zoom);
  double reach = radius_px + 2.0 * width + 1.0; /* no factor is above 2 */
  g_autoptr (GArray) near =
      rn_levels_in_rect (self, zoom, x - reach, y - reach, 2.0 * reach, 2.0 * reach);
  double best = G_MAXDOUBLE, best_edge = 0.0;
  guint best_order = 0;
  guint32 found = RN_NONE;

  for (guint j = 0; j < near->len; j++)
    {
      guint32 i = g_array_index (near, guint32, j);
      const RnLineStyle *style = styles != NULL ? &styles[classes[i]] : NULL;
      double own = width * (style != NULL ? style->width_factor : 1.0);
      guint order = style != NULL ? style->order : 0;
      guint n;
      g_autofree RnSpot *path = make_path (self, zoom, i, own, x, y, &n);
      double distance = path_distance (path, n);

      if (distance > own / 2.0 + radius_px)
        continue;
      if (distance < best - 0.5 || (distance < best + 0.5 && order > best_order)
          || (distance < best && order == best_order))
        {
          best = distance;
          best_edge = MAX (distance - own / 2.0, 0.0);
          best_order = order;
          found = i;
        }
    }
  if (found != RN_NONE && distance_px != NULL)
    *distance_px = best_edge;
  return found;
}

void
rn_levels_section_path (const RnLevels *self, double zoom, guint32 i, double width_px, GArray *path)
{
  double k = rn_mercator_scale (zoom);
  double ox = self->box[i].min_x * k, oy = self->box[i].min_y * k;
  guint n;
  g_autofree RnSpot *spots = make_path (self, zoom, i, width_px, ox, oy, &n);

  for (guint j = 0; j < n; j++)
    {
      RnPx px = { spots[j].x + ox, spots[j].y + oy };

      g_array_append_val (path, px);
    }
}

RnPx
rn_levels_point_on (const RnLevels *self, double zoom, guint32 i, double fraction, double width_px)
{
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (RnPx));
  const RnPx *p;
  double total = 0.0, left;
  guint j;

  rn_levels_section_path (self, zoom, i, width_px, path);
  p = (const RnPx *) path->data;
  for (j = 1; j < path->len; j++)
    total += hypot (p[j].x - p[j - 1].x, p[j].y - p[j - 1].y);
  left = total * CLAMP (fraction, 0.0, 1.0);
  for (j = 1; j + 1 < path->len; j++)
    {
      double length = hypot (p[j].x - p[j - 1].x, p[j].y - p[j - 1].y);

      if (left <= length)
        break;
      left -= length;
    }
  total = hypot (p[j].x - p[j - 1].x, p[j].y - p[j - 1].y);
  total = total > 0.0 ? CLAMP (left / total, 0.0, 1.0) : 0.0;
  return (RnPx){ p[j - 1].x + total * (p[j].x - p[j - 1].x),
                 p[j - 1].y + total * (p[j].y - p[j - 1].y) };
}
