/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a carriageway is drawn: width by zoom, pattern, colours. A style is a row of a table; the
 * rasteriser, the hit test and the legend read the same rows. Pure. */
#pragma once

#include <glib.h>

typedef enum {
  RN_PATTERN_PLAIN,
  RN_PATTERN_CASED,     /* plain; the casing or edge is what tells */
  RN_PATTERN_CORE_DASH, /* dark core 0.3 of the width, dashes 5–5 px */
  RN_PATTERN_SEVERE,    /* edge on each side, core dashes 2.2–3.4 px */
  RN_PATTERN_DOTTED,    /* 2–4 px */
} RnPattern;

typedef struct {
  guint32 colour; /* 0xRRGGBB */
  guint32 edge;   /* colour of casing or edge */
  guint32 core;   /* colour of the core dashes */
  float width_factor;
  float edge_px;             /* of the edge on each side, outside of the width; 0 none */
  float core_px, core_share; /* width of the core: the larger of px and share of the width */
  RnPattern pattern;
  guint8 order; /* 0 first … RN_N_ORDERS - 1 on top */
} RnLineStyle;

#define RN_N_ORDERS 5

/** Dash of a style: lengths on and off in logical px; FALSE when its pattern has none. */
gboolean rn_line_dash (RnPattern pattern, double *on_px, double *off_px);

/** Width of one carriageway of factor 1 in logical px: 2.0 up to zoom 7.5, … 14 from 15. */
double rn_line_width_px (double zoom);

/** From the centre line to the middle of a carriageway of @width_px: its inner edge lies 0.5 px
 *  off the line, so that two of them leave 1 px. */
double rn_line_offset_px (double width_px);
