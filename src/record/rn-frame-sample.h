/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the history says of one section at one time, or over a span of time. Plain values. */
#pragma once

#include <glib.h>

typedef struct {
  gint64 at_us;    /* begin, data time, Unix µs */
  gint64 span_us;  /* that it is the mean of; 0: one observation */
  float speed_kmh; /* NaN unknown */
  float flow_vph;  /* NaN unknown */
  guint8 state;    /* worst; 0 no data */
  guint n;         /* observations with a value */
} RnFrameSample;

/** The samples (array of RnFrameSample, rising) as means over spans of @span_us that begin at whole
 *  multiples of it; a span without a value has no sample. Weighted by observations. Caller's. */
GArray *rn_frame_samples_mean (const GArray *samples, gint64 span_us);
