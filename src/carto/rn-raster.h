/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws sections and lines into pixels: coverage by distance to segments, anti-aliased, patterns
 * along the line. A pure function of its arguments, any thread, no display. Pixels are 32-bit
 * premultiplied ARGB in the machine's byte order: cairo's ARGB32 and GDK_MEMORY_DEFAULT. What is
 * there already is drawn over: clear it first. */
#pragma once

#include "carto/rn-levels.h"
#include "carto/rn-theme.h"

typedef struct {
  double zoom;       /* fractional */
  double x, y;       /* top left of the picture in world px at zoom */
  int width, height; /* in device px */
  double scale;      /* device px to one (logical, world) px: 1, 2, 1.5 … */
  RnThemeId theme;
  const RnLineStyle *styles; /* rn_colouring_styles() */
  const guint8 *classes;     /* by section: index into styles */
  const guint8 *quality;     /* by section: RnQuality; NULL: all live */
} RnRasterJob;

/** Draws the sections, worst on top. @pixels: width × height. FALSE when nothing was drawn. */
gboolean rn_raster_sections (const RnLevels *levels, const RnRasterJob *job, guint32 *pixels);

/** A line of its own: works, queues, boundaries. */
typedef struct {
  const RnFixed *points;
  guint n_points; /* ≥ 2 */
  guint32 colour; /* 0xRRGGBB */
  double opacity; /* 0 … 1 */
  double width_px;
  double offset_px;  /* to the right of its direction */
  double dash_px[4]; /* on, off, on, off; all 0: solid */
} RnRasterLine;

/** Draws lines in their order. Of the job only place, size and scale are read. */
gboolean
rn_raster_lines (const RnRasterJob *job, const RnRasterLine *lines, guint n_lines, guint32 *pixels);

typedef enum { RN_RING_SELECTION, RN_RING_HOVER } RnRing;

/** The ring round section @i as drawn by the same job, the section itself left free: land 2.5 px
 *  and violet 2 px (hover: violet only). To be shown over the tiles. */
gboolean rn_raster_ring (const RnLevels *levels, const RnRasterJob *job, guint32 i, RnRing ring,
                         guint32 *pixels);

/** How far a ring reaches from the line of a section at @zoom, px: for the size of its picture. */
double rn_raster_ring_reach_px (const RnRasterJob *job, guint32 i);

/** A short horizontal piece of a style for the legend: @width × @height device px, drawn as at
 *  a carriageway of @line_px logical px. */
void rn_raster_sample (const RnLineStyle *style, RnThemeId theme, double line_px, int width,
                       int height, double scale, guint32 *pixels);
