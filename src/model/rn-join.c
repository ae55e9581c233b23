/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spatial join over a uniform grid of segments in two flat arrays. The cell is chosen so that the
 * grid stays as big as the network, whatever its extent. Made once, then read by any thread. */
#include "model/rn-join.h"

#include <math.h>

#define METRES_PER_DEG 111195.08 /* of latitude, on the sphere of rn-geodesy */
#define MIN_CELL_DEG 0.001
#define MAX_BEARING_DEG 45.0
#define LINE_REACH_M 50.0
#define LINE_STEP_M 200.0
#define LINE_MAX_SAMPLES 10000
#define LINE_CHORD_M 25.0 /* the bearing of a line is that of a chord so far on both sides */

typedef struct {
  guint32 section, vertex;
} Segment;

struct _RnJoin {
  gatomicrefcount refs;
  RnNetwork *network;
  double min_lon, min_lat;
  double cell_lon, cell_lat; /* degrees */
  guint columns, rows;
  guint32 *first; /* by cell, and the end */
  Segment *segments;
};

/* ---- the grid ------------------------------------------------------------------------------ */

static guint
column_of (const RnJoin *self, double lon)
{
  return (guint) CLAMP ((lon - self->min_lon) / self->cell_lon, 0.0, self->columns - 1.0);
}

static guint
row_of (const RnJoin *self, double lat)
{
  return (guint) CLAMP ((lat - self->min_lat) / self->cell_lat, 0.0, self->rows - 1.0);
}

/* The mean length of a segment, but so that there are at most four cells a segment. */
static void
choose_cells (RnJoin *self, const RnNetwork *network, guint n_segments)
{
  const RnBox *box = &network->extent;
  double width = MAX (box->max_lon - box->min_lon, 1e-6);
  double height = MAX (box->max_lat - box->min_lat, 1e-6);
  double scale = MAX (cos ((box->min_lat + box->max_lat) / 2 * G_PI / 180.0), 0.05), length = 0;
  double cell;

  for (guint i = 0; i < network->n_sections; i++)
    for (guint32 k = network->first[i] + 1; k < network->first[i + 1]; k++)
      length += fabs (network->lon[k] - network->lon[k - 1]) * scale
                + fabs (network->lat[k] - network->lat[k - 1]);
  cell = MAX (length / n_segments, MIN_CELL_DEG);
  cell = MAX (cell, sqrt (width * scale * height / (4.0 * n_segments + 64)));
  cell = MAX (cell, MAX (width * scale, height) / 20000.0);
  self->min_lon = box->min_lon;
  self->min_lat = box->min_lat;
  self->cell_lat = cell;
  self->cell_lon = cell / scale;
  self->columns = (guint) (width / self->cell_lon) + 1;
  self->rows = (guint) (height / self->cell_lat) + 1;
}

/* Calls for each cell that the segment ends at vertex @k passes: row by row, the columns that it
 * spans there. @fill NULL only counts. */
static void
visit_cells (RnJoin *self, guint32 section, guint32 k, guint32 *count, Segment *fill)
{
  const RnNetwork *network = self->network;
  RnPoint a = { network->lon[k - 1], network->lat[k - 1] };
  RnPoint b = { network->lon[k], network->lat[k] };
  guint row, last;

  if (a.lat > b.lat)
    {
      RnPoint swap = a;

      a = b;
      b = swap;
    }
  last = row_of (self, b.lat);
  for (row = row_of (self, a.lat); row <= last; row++)
    {
      double low = MAX (a.lat, self->min_lat + row * self->cell_lat);
      double high = MIN (b.lat, self->min_lat + (row + 1) * self->cell_lat);
      double slope = b.lat > a.lat ? (b.lon - a.lon) / (b.lat - a.lat) : 0;
      double x = b.lat > a.lat ? a.lon + slope * (low - a.lat) : a.lon;
      double y = b.lat > a.lat ? a.lon + slope * (high - a.lat) : b.lon;
      guint to = column_of (self, MAX (x, y));

      for (guint column = column_of (self, MIN (x, y)); column <= to; column++)
        {
          guint32 *at = &count[row * self->columns + column];

          if (fill != NULL)
            fill[*at] = (Segment){ section, k - 1 };
          (*at)++;
        }
    }
}

static void
visit_all (RnJoin *self, guint32 *count, Segment *fill)
{
  const RnNetwork *network = self->network;

  for (guint32 i = 0; i < network->n_sections; i++)
    for (guint32 k = network->first[i] + 1; k < network->first[i + 1]; k++)
      visit_cells (self, i, k, count, fill);
}

RnJoin *
rn_join_new (const RnNetwork *network)
{
  RnJoin *self = g_new0 (RnJoin, 1);
  guint n_segments = network->first[network->n_sections] - network->n_sections;
  guint32 *next;
  guint n;

  g_atomic_ref_count_init (&self->refs);
  self->network = rn_network_ref (network);
  if (network->n_sections == 0)
    return self;
  choose_cells (self, network, n_segments);
  n = self->columns * self->rows;
  self->first = g_new0 (guint32, n + 1);
  visit_all (self, self->first + 1, NULL);
  for (guint c = 1; c <= n; c++)
    self->first[c] += self->first[c - 1];
  self->segments = g_new (Segment, MAX (self->first[n], 1));
  next = g_memdup2 (self->first, n * sizeof (guint32));
  visit_all (self, next, self->segments);
  g_free (next);
  return self;
}

RnJoin *
rn_join_ref (RnJoin *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
rn_join_unref (RnJoin *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  rn_network_unref (self->network);
  g_free (self->first);
  g_free (self->segments);
  g_free (self);
}

const RnBox *
rn_join_get_extent (const RnJoin *self)
{
  return &self->network->extent;
}

/* ---- points -------------------------------------------------------------------------------- */

typedef struct {
  Segment segment;
  double distance_m, t;
} Nearest;

static RnPoint
vertex (const RnNetwork *network, guint32 k)
{
  return (RnPoint){ network->lon[k], network->lat[k] };
}

static void
look_at (const RnJoin *self, Segment segment, RnPoint at, double bearing_deg, Nearest *nearest)
{
  RnPoint a = vertex (self->network, segment.vertex);
  RnPoint b = vertex (self->network, segment.vertex + 1);
  double t, distance_m = rn_distance_to_segment_m (at, a, b, &t);

  if (distance_m > nearest->distance_m
      || (distance_m == nearest->distance_m && segment.section >= nearest->segment.section))
    return;
  if (!isnan (bearing_deg)
      && rn_bearing_difference_deg (rn_bearing_deg (a, b), bearing_deg) >= MAX_BEARING_DEG)
    return;
  *nearest = (Nearest){ segment, distance_m, t };
}

static double
fraction_of (const RnNetwork *network, const Nearest *nearest)
{
  guint32 i = nearest->segment.section;
  double before = 0, whole = 0;

  for (guint32 k = network->first[i]; k + 1 < network->first[i + 1]; k++)
    {
      double step = rn_distance_m (vertex (network, k), vertex (network, k + 1));

      if (k < nearest->segment.vertex)
        before += step;
      else if (k == nearest->segment.vertex)
        before += step * nearest->t;
      whole += step;
    }
  return whole > 0 ? CLAMP (before / whole, 0.0, 1.0) : 0.0;
}

RnJoinHit
rn_join_point (const RnJoin *self, RnPoint at, double bearing_deg, double max_m)
{
  double reach_lat = max_m / METRES_PER_DEG;
  double reach_lon = reach_lat / MAX (cos (at.lat * G_PI / 180.0), 0.01);
  Nearest nearest = { { RN_NONE, 0 }, max_m, 0 };
  RnJoinHit hit = { RN_NONE, NAN, NAN, NAN };
  const RnBox *box = &self->network->extent;
  RnPoint a, b;

  if (self->segments == NULL || !rn_point_is_valid (at.lon, at.lat)
      || at.lon + reach_lon < box->min_lon || at.lon - reach_lon > box->max_lon
      || at.lat + reach_lat < box->min_lat || at.lat - reach_lat > box->max_lat)
    return hit;
  for (guint row = row_of (self, at.lat - reach_lat); row <= row_of (self, at.lat + reach_lat);
       row++)
    {
      guint from = row * self->columns + column_of (self, at.lon - reach_lon);
      guint to = row * self->columns + column_of (self, at.lon + reach_lon);

      for (guint32 k = self->first[from]; k < self->first[to + 1]; k++)
        look_at (self, self->segments[k], at, bearing_deg, &nearest);
    }
  if (nearest.segment.section == RN_NONE)
    return hit;
  a = vertex (self->network, nearest.segment.vertex);
  b = vertex (self->network, nearest.segment.vertex + 1);
  hit.section = nearest.segment.section;
  hit.distance_m = nearest.distance_m;
  hit.fraction = fraction_of (self->network, &nearest);
  hit.bearing_deg = rn_bearing_deg (a, b);
  return hit;
}

/* ---- lines --------------------------------------------------------------------------------- */

static double *
lengths_along (const RnPoint *line, guint n)
{
  double *along = g_new0 (double, n);

  for (guint k = 1; k < n; k++)
    along[k] = along[k - 1] + rn_distance_m (line[k - 1], line[k]);
  return along;
}

/* The point @m along the line; @k: (inout) a segment at or before it. */
static RnPoint
point_along (const RnPoint *line, const double *along, guint n, double m, guint *k)
{
  double step, t;

  while (*k + 2 < n && along[*k + 1] < m)
    (*k)++;
  step = along[*k + 1] - along[*k];
  t = step > 0 ? CLAMP ((m - along[*k]) / step, 0.0, 1.0) : 0.0;
  return (RnPoint){ line[*k].lon + (line[*k + 1].lon - line[*k].lon) * t,
                    line[*k].lat + (line[*k + 1].lat - line[*k].lat) * t };
}

static void
add_once (GArray *sections, GHashTable *seen, guint32 section)
{
  if (section != RN_NONE && g_hash_table_add (seen, GUINT_TO_POINTER (section)))
    g_array_append_val (sections, section);
}

/* Samples lie in the middle of pieces, so that none falls on the node where two sections meet. */
static void
join_samples (const RnJoin *self, const RnPoint *line, guint n, double turn_deg, GArray *sections,
              GHashTable *seen)
{
  g_autofree double *along = lengths_along (line, n);
  double whole = along[n - 1];
  guint pieces = (guint) CLAMP (ceil (whole / LINE_STEP_M), 1.0, LINE_MAX_SAMPLES);
  guint at_k = 0, back_k = 0, ahead_k = 0;

  for (guint s = 0; s < pieces; s++)
    {
      double m = whole * (s + 0.5) / pieces;
      RnPoint at = point_along (line, along, n, m, &at_k);
      RnPoint back = point_along (line, along, n, MAX (m - LINE_CHORD_M, 0), &back_k);
      RnPoint ahead = point_along (line, along, n, MIN (m + LINE_CHORD_M, whole), &ahead_k);
      double bearing = rn_bearing_deg (back, ahead);

      add_once (sections, seen,
                rn_join_point (self, at, fmod (bearing + turn_deg, 360.0), LINE_REACH_M).section);
    }
}

GArray *
rn_join_line (const RnJoin *self, const RnPoint *line, guint n, gboolean both)
{
  GArray *sections = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  if (n == 1)
    {
      RnJoinHit hit = rn_join_point (self, line[0], NAN, LINE_REACH_M);

      add_once (sections, seen, hit.section);
      if (both && hit.section != RN_NONE)
        add_once (sections, seen,
                  rn_join_point (self, line[0], fmod (hit.bearing_deg + 180.0, 360.0), LINE_REACH_M)
                      .section);
    }
  else if (n > 1)
    {
      join_samples (self, line, n, 0, sections, seen);
      if (both)
        join_samples (self, line, n, 180.0, sections, seen);
    }
  return sections;
}
