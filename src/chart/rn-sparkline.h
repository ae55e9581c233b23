/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small line chart of one value over time: gaps where it is unknown, a filled area, a grid with
 * labels, dashed thresholds, a dot at the last value. Colours come by name from the CSS (rn_grid,
 * rn_faint_fg, rn_tier_1 … rn_tier_4). Main thread. */
#pragma once

#include <gtk/gtk.h>

typedef struct {
  gint64 at_us; /* Unix µs, rising */
  double value; /* NaN unknown: a gap */
} RnSparklinePoint;

#define RN_TYPE_SPARKLINE (rn_sparkline_get_type ())
G_DECLARE_FINAL_TYPE (RnSparkline, rn_sparkline, RN, SPARKLINE, GtkWidget)

GtkWidget *rn_sparkline_new (void);

/** What the value is ("Speed"), its unit ("km/h") and the decimals to show; strings are copied. */
void
rn_sparkline_set_subject (RnSparkline *self, const char *title, const char *unit, guint decimals);

/** The values, oldest first, copied; n = 0: nothing is known. @until_us: the right end of the
 *  time axis (now in the source's clock); 0: the last point. @timezone: of the labels, reffed;
 *  NULL: UTC. Points further apart than @gap_us are not joined (0: all are). */
void rn_sparkline_set_points (RnSparkline *self, const RnSparklinePoint *points, guint n,
                              gint64 until_us, gint64 gap_us, GTimeZone *timezone);

/** How long the time axis is; 0: from the first point on, the way it begins. Counts from the next
 *  points on. Over more than a day times carry their date. */
void rn_sparkline_set_span (RnSparkline *self, gint64 span_us);

/** The y axis from 0 to at least @maximum, so that the line does not jump; NaN: as the values. */
void rn_sparkline_set_minimum_top (RnSparkline *self, double maximum);

/** The colour of the dot at the last value, by its name in the style sheet ("rn_state_5"); NULL:
 *  that of the line. */
void rn_sparkline_set_dot_colour (RnSparkline *self, const char *name);

/** Adds a dashed threshold line in the colour of @tier (1 … 4), labelled @label ("< 54"); at most
 *  4 lines. rn_sparkline_clear_thresholds() takes all away. */
void rn_sparkline_add_threshold (RnSparkline *self, double value, int tier, const char *label);
void rn_sparkline_clear_thresholds (RnSparkline *self);

/** The point nearest to @at_us as "10:42  17 km/h", for the tooltip; caller's. NULL without one. */
char *rn_sparkline_dup_text_at (RnSparkline *self, gint64 at_us);

/** A step of 1, 2, 4 or 5 times a power of ten (no 4 below 10) that divides 0 … @top into at most
 *  @max_steps. Pure. */
double rn_sparkline_nice_step (double top, guint max_steps);
/** A step of whole minutes or hours that divides @span_us into at most @max_steps. Pure. */
gint64 rn_sparkline_time_step (gint64 span_us, guint max_steps);
