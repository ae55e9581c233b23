/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections into pixels: collect what the picture touches, project it once, then draw order by
 * order (good first, worst last), in each order first all edges, then all bodies, so that one
 * section's edge never cuts its neighbour's body. A pure function, any thread. */
#include "carto/rn-raster.h"

#include <math.h>
#include <string.h>

#include "carto/rn-path.h"
#include "carto/rn-stroke.h"
#include "model/rn-feed-status.h"

/* Cuts of stale lines: land colour, 2.5 px of every 7.5. */
#define CUT_ON_PX 2.5f
#define CUT_PERIOD_PX 7.5f
/* Casings of smooth lines fade in between these zooms: below, lines are as thin as their casing. */
#define CASING_FROM_ZOOM 7.0
#define CASING_FULL_ZOOM 7.6
#define RING_LAND_PX 2.5f
#define RING_VIOLET_PX 2.0f

typedef struct {
  guint32 section;
  guint32 first; /* in the paths */
  guint32 n;
} Piece;

typedef struct {
  const RnLevels *levels;
  const RnRasterJob *job;
  RnPen *pen;
  guint32 land;
  double k;       /* device px a fixed unit */
  double width;   /* of factor 1, device px */
  GArray *pieces; /* Piece, by order */
  guint32 order_first[RN_N_ORDERS + 1];
  GArray *paths; /* RnSpot */
} Run;

static const RnLineStyle *
style_of (const RnRasterJob *job, guint32 section)
{
  return &job->styles[job->classes[section]];
}

static double
device_zoom (const RnRasterJob *job)
{
  return job->zoom + log2 (job->scale);
}

/* ---- preparation ---- */

/* The sections whose box with @reach device px round it touches the picture. */
static void
collect_visible (Run *run, double reach)
{
  const RnRasterJob *job = run->job;
  double margin = reach / job->scale;
  g_autoptr (GArray) found = NULL;
  guint32 next[RN_N_ORDERS + 1] = { 0 };

  found = rn_levels_in_rect (run->levels, job->zoom, job->x - margin, job->y - margin,
                             job->width / job->scale + 2.0 * margin,
                             job->height / job->scale + 2.0 * margin);
  for (guint i = 0; i < found->len; i++)
    next[style_of (job, g_array_index (found, guint32, i))->order + 1]++;
  for (guint o = 0; o < RN_N_ORDERS; o++)
    next[o + 1] += next[o];
  memcpy (run->order_first, next, sizeof next);
  g_array_set_size (run->pieces, found->len);
  for (guint i = 0; i < found->len; i++)
    {
      guint32 section = g_array_index (found, guint32, i);

      g_array_index (run->pieces, Piece, next[style_of (job, section)->order]++).section = section;
    }
}

static void
make_paths (Run *run)
{
  const RnRasterJob *job = run->job;
  const RnNetwork *network = rn_levels_network (run->levels);
  RnLevel level = rn_levels_get (run->levels, device_zoom (job));
  double ox = job->x * job->scale, oy = job->y * job->scale;

  for (guint j = 0; j < run->pieces->len; j++)
    {
      Piece *piece = &g_array_index (run->pieces, Piece, j);
      guint32 i = piece->section, n = level.first[i + 1] - level.first[i];
      double width = run->width * style_of (job, i)->width_factor;

      piece->first = run->paths->len;
      g_array_set_size (run->paths, piece->first + n);
      piece->n = rn_path_make (level.at + level.first[i], n, run->k, ox, oy,
                               rn_path_offset (network, i, width, job->scale),
                               &g_array_index (run->paths, RnSpot, piece->first));
      g_array_set_size (run->paths, piece->first + piece->n);
    }
}

/* ---- drawing ---- */

static double
strength_of (const RnRasterJob *job, guint32 section)
{
  if (job->quality == NULL || job->classes[section] == 0)
    return 1.0;
  switch ((RnQuality) job->quality[section])
    {
    case RN_QUALITY_STALE:
      return 0.8;
    case RN_QUALITY_SUSPECT:
    case RN_QUALITY_LOST:
      return 0.55;
    case RN_QUALITY_UNKNOWN:
    case RN_QUALITY_LIVE:
    case RN_QUALITY_LATE:
    default:
      return 1.0;
    }
}

/* Width of the edge on each side, device px. */
static float
edge_of (const RnRasterJob *job, const RnLineStyle *style)
{
  double edge = style->edge_px * job->scale;

  if (style->pattern == RN_PATTERN_PLAIN || style->pattern == RN_PATTERN_DOTTED)
    edge *=
        CLAMP ((job->zoom - CASING_FROM_ZOOM) / (CASING_FULL_ZOOM - CASING_FROM_ZOOM), 0.0, 1.0);
  return (float) edge;
}

static gboolean
draw_edge (const Run *run, const Piece *piece, const RnSpot *path)
{
  const RnLineStyle *style = style_of (run->job, piece->section);
  float edge = edge_of (run->job, style);
  RnStroke stroke = { (float) (run->width * style->width_factor / 2.0) + edge, { 0 } };
  double strength = strength_of (run->job, piece->section);

  if (edge < 0.05f)
    return FALSE;
  return rn_pen_stroke (run->pen, path, piece->n, &stroke,
                        rn_colour_mix (run->land, style->edge, strength), 255);
}

/* The dashes of @style for a line of @width device px: as tabled, longer where the line is so wide
 * that they would lie across it. FALSE: none. */
static gboolean
make_dash (const RnLineStyle *style, double width, double scale, float *dash)
{
  double across = style->pattern == RN_PATTERN_DOTTED ? 3.0 : 1.4, on, off, factor;

  if (!rn_line_dash (style->pattern, &on, &off))
    return FALSE;
  factor = MAX (width / (across * on), scale);
  dash[0] = (float) (on * factor);
  dash[1] = (float) (off * factor);
  return TRUE;
}

/* Dashes of @style's core, or none when the section is too short to show what they mean. */
static void
draw_core (const Run *run, const Piece *piece, const RnSpot *path, double strength)
{
  const RnLineStyle *style = style_of (run->job, piece->section);
  float width = (float) (run->width * style->width_factor), scale = (float) run->job->scale;
  float core = MAX (style->core_px * scale, style->core_share * width);
  RnStroke stroke = { core / 2.0f, { 0 } };

  if (style->core_px <= 0.0f || !make_dash (style, core, scale, stroke.dash))
    return;
  if (rn_path_length (path, piece->n) < stroke.dash[0] + stroke.dash[1])
    return;
  rn_pen_stroke (run->pen, path, piece->n, &stroke,
                 rn_colour_mix (run->land, style->core, strength), 255);
}

/* Stale and lost lines are broken up. A section too short for one cut is cut whole, every third. */
static void
draw_cuts (const Run *run, const Piece *piece, const RnSpot *path)
{
  const RnLineStyle *style = style_of (run->job, piece->section);
  float scale = (float) run->job->scale;
  RnStroke stroke = {
    (float) (run->width * style->width_factor / 2.0) + edge_of (run->job, style) + 0.5f * scale,
    { CUT_ON_PX * scale, (CUT_PERIOD_PX - CUT_ON_PX) * scale },
  };

  if (rn_path_length (path, piece->n) < CUT_PERIOD_PX * scale)
    {
      if (piece->section % 3 != 0)
        return;
      stroke.dash[0] = stroke.dash[1] = 0.0f;
    }
  rn_pen_stroke (run->pen, path, piece->n, &stroke, run->land, 255);
}

static gboolean
draw_body (const Run *run, const Piece *piece, const RnSpot *path)
{
  const RnLineStyle *style = style_of (run->job, piece->section);
  double strength = strength_of (run->job, piece->section);
  RnStroke stroke = { (float) (run->width * style->width_factor / 2.0), { 0 } };
  gboolean drawn;

  if (style->pattern == RN_PATTERN_DOTTED)
    make_dash (style, 2.0 * stroke.half_width, run->job->scale, stroke.dash);
  drawn = rn_pen_stroke (run->pen, path, piece->n, &stroke,
                         rn_colour_mix (run->land, style->colour, strength), 255);
  draw_core (run, piece, path, strength);
  if (strength < 1.0)
    draw_cuts (run, piece, path);
  return drawn;
}

static gboolean
draw_order (const Run *run, guint order)
{
  const Piece *pieces = (const Piece *) run->pieces->data;
  const RnSpot *paths = (const RnSpot *) run->paths->data;
  guint32 first = run->order_first[order], end = run->order_first[order + 1];
  gboolean drawn = FALSE;

  for (guint32 j = first; j < end; j++)
    drawn |= draw_edge (run, &pieces[j], paths + pieces[j].first);
  for (guint32 j = first; j < end; j++)
    drawn |= draw_body (run, &pieces[j], paths + pieces[j].first);
  return drawn;
}

static void
run_init (Run *run, const RnLevels *levels, const RnRasterJob *job, guint32 *pixels)
{
  *run = (Run){ .levels = levels, .job = job };
  run->land = rn_theme_get (job->theme)->map.land;
  run->k = rn_mercator_scale (job->zoom) * job->scale;
  run->width = rn_line_width_px (job->zoom) * job->scale;
  run->pen = rn_pen_new (job->width, job->height, pixels);
  run->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  run->paths = g_array_new (FALSE, FALSE, sizeof (RnSpot));
}

static void
run_clear (Run *run)
{
  rn_pen_free (run->pen);
  g_array_unref (run->pieces);
  g_array_unref (run->paths);
}

gboolean
rn_raster_sections (const RnLevels *levels, const RnRasterJob *job, guint32 *pixels)
{
  gboolean drawn = FALSE;
  Run run;

  run_init (&run, levels, job, pixels);
  collect_visible (&run, 4.0 * run.width + 4.0 * job->scale);
  make_paths (&run);
  for (guint order = 0; order < RN_N_ORDERS; order++)
    drawn |= draw_order (&run, order);
  run_clear (&run);
  return drawn;
}

/* ---- other lines ---- */

static gboolean
draw_line (RnPen *pen, const RnRasterJob *job, const RnRasterLine *line)
{
  g_autofree RnSpot *path = g_new (RnSpot, line->n_points);
  double k = rn_mercator_scale (job->zoom) * job->scale;
  RnStroke stroke = { (float) (line->width_px * job->scale / 2.0), { 0 } };
  guint n = rn_path_make (line->points, line->n_points, k, job->x * job->scale, job->y * job->scale,
                          (float) (line->offset_px * job->scale), path);

  for (guint i = 0; i < 4; i++)
    stroke.dash[i] = (float) (line->dash_px[i] * job->scale);
  return rn_pen_stroke (pen, path, n, &stroke, line->colour,
                        (guint) (CLAMP (line->opacity, 0.0, 1.0) * 255.0 + 0.5));
}

gboolean
rn_raster_lines (const RnRasterJob *job, const RnRasterLine *lines, guint n_lines, guint32 *pixels)
{
  g_autoptr (RnPen) pen = rn_pen_new (job->width, job->height, pixels);
  gboolean drawn = FALSE;

  for (guint i = 0; i < n_lines; i++)
    if (lines[i].n_points >= 2)
      drawn |= draw_line (pen, job, &lines[i]);
  return drawn;
}

/* ---- rings ---- */

double
rn_raster_ring_reach_px (const RnRasterJob *job, guint32 i)
{
  const RnLineStyle *style = style_of (job, i);
  double width = rn_line_width_px (job->zoom) * style->width_factor;

  return rn_line_offset_px (width) * 2.0 + width / 2.0 + style->edge_px + RING_LAND_PX
         + RING_VIOLET_PX + 1.0;
}

gboolean
rn_raster_ring (const RnLevels *levels, const RnRasterJob *job, guint32 i, RnRing ring,
                guint32 *pixels)
{
  const RnTheme *theme = rn_theme_get (job->theme);
  const RnLineStyle *style = style_of (job, i);
  float scale = (float) job->scale;
  float land = ring == RN_RING_SELECTION ? RING_LAND_PX * scale : 0.0f;
  float own;
  gboolean drawn;
  Piece piece = { .section = i };
  RnStroke stroke = { 0 };
  Run run;

  run_init (&run, levels, job, pixels);
  g_array_append_val (run.pieces, piece);
  make_paths (&run);
  own = (float) (run.width * style->width_factor / 2.0) + edge_of (job, style);
  stroke.half_width = own + land + RING_VIOLET_PX * scale;
  drawn = rn_pen_stroke (run.pen, (const RnSpot *) run.paths->data, run.paths->len, &stroke,
                         theme->map.selection, 255);
  if (drawn && land > 0.0f)
    {
      stroke.half_width = own + land;
      rn_pen_stroke (run.pen, (const RnSpot *) run.paths->data, run.paths->len, &stroke,
                     theme->map.land, 255);
    }
  if (drawn)
    rn_pen_erase (run.pen, (const RnSpot *) run.paths->data, run.paths->len, own);
  run_clear (&run);
  return drawn;
}

/* ---- legend ---- */

void
rn_raster_sample (const RnLineStyle *style, RnThemeId theme, double line_px, int width, int height,
                  double scale, guint32 *pixels)
{
  guint8 classes[1] = { 0 };
  RnRasterJob job = { .zoom = CASING_FULL_ZOOM,
                      .width = width,
                      .height = height,
                      .scale = scale,
                      .theme = theme,
                      .styles = style,
                      .classes = classes };
  float inset = (float) (style->width_factor * line_px / 2.0 + style->edge_px + 0.5);
  RnSpot path[2];
  Piece piece = { 0, 0, 2 };
  Run run;

  if (style->pattern == RN_PATTERN_DOTTED)
    inset = 1.0f;
  path[0] = (RnSpot){ inset * (float) scale, height / 2.0f };
  path[1] = (RnSpot){ width - inset * (float) scale, height / 2.0f };
  run_init (&run, NULL, &job, pixels);
  run.width = line_px * scale;
  draw_edge (&run, &piece, path);
  draw_body (&run, &piece, path);
  run_clear (&run);
}
