/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How section values lie in the file: three bytes a section and poll, in columns, deflated. A poll
 * is written at once in segments of 4096 sections; an hour of it becomes a trace and means for each
 * block of 256 sections, so that one section's past touches little. Pure; any thread. Private to
 * the room. */
#pragma once

#include "model/rn-feed-status.h"
#include "record/rn-frame-sample.h"

#define RN_SEGMENT_SECTIONS 4096
#define RN_BLOCK_SECTIONS 256
#define RN_CODE_UNKNOWN 255
#define RN_MEAN_US (G_GINT64_CONSTANT (300) * 1000000)
#define RN_HOUR_US (12 * RN_MEAN_US)
#define RN_HOUR_MEANS 12

/** One byte a value. Speed in steps of 1 km/h up to 254. Flow by its root: counts scatter with
 *  theirs, so the error stays under √flow / 1.8 vehicles per hour, up to 19,900. NaN is 255. */
guint8 rn_frame_code_speed (float speed_kmh);
guint8 rn_frame_code_flow (float flow_vph);
float rn_frame_decode_speed (guint8 code);
float rn_frame_decode_flow (guint8 code);

/** Traffic state in the low half, RnQuality in the high one. */
guint8 rn_frame_code_state (guint8 state, RnQuality quality);

/** Columns of speed, flow and state, each of @n sections. */
typedef struct {
  guint n;
  guint8 *speed, *flow, *state; /* one block of memory, that of speed */
} RnFrameColumns;

RnFrameColumns rn_frame_columns_new (guint n); /* all unknown */
void rn_frame_columns_clear (RnFrameColumns *self);

GBytes *rn_frame_columns_encode (const RnFrameColumns *self);
/** FALSE when @data is no such columns of @n. */
gboolean rn_frame_columns_decode (gconstpointer data, gsize size, guint n, RnFrameColumns *out);

/** An hour of a block at full resolution: @n polls; the value of section s at poll t is at
 *  s × n + t of its column. */
typedef struct {
  guint n;
  gint64 *at_us; /* rising */
  guint8 *speed, *flow, *state;
} RnTrace;

RnTrace *rn_trace_new (guint n);
void rn_trace_free (RnTrace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnTrace, rn_trace_free)
GBytes *rn_trace_encode (const RnTrace *self);
RnTrace *rn_trace_decode (gconstpointer data, gsize size); /* NULL when it is none */
/** Both in one. Over the time that @later covers, from its first poll to its last, it alone counts:
 *  it was written by a clock that had gone back. */
RnTrace *rn_trace_merge (const RnTrace *before, const RnTrace *later);
/** Appends section @section (0…255) to @samples (RnFrameSample), from @from_us to @until_us. */
void rn_trace_append (const RnTrace *self, guint section, gint64 from_us, gint64 until_us,
                      GArray *samples);

/** Means of an hour of a block: section s, span i at s × 12 + i. */
typedef struct {
  guint8 speed[RN_BLOCK_SECTIONS * RN_HOUR_MEANS];
  guint8 flow[RN_BLOCK_SECTIONS * RN_HOUR_MEANS];
  guint8 state[RN_BLOCK_SECTIONS * RN_HOUR_MEANS]; /* worst */
  guint8 n[RN_BLOCK_SECTIONS * RN_HOUR_MEANS];     /* polls with a value, at most 255 */
} RnMeans;

/** Means of @trace, whose polls lie in the hour that begins at @hour_us. Rounded once, from the
 *  exact mean of the coded values. */
RnMeans *rn_means_new (const RnTrace *trace, gint64 hour_us);
GBytes *rn_means_encode (const RnMeans *self);
RnMeans *rn_means_decode (gconstpointer data, gsize size); /* g_free(); NULL when it is none */
/** Takes the spans of @before that @later, which was made of @trace, does not cover. */
void rn_means_fill (RnMeans *later, const RnTrace *trace, gint64 hour_us, const RnMeans *before);
void rn_means_append (const RnMeans *self, guint section, gint64 hour_us, gint64 from_us,
                      gint64 until_us, GArray *samples);
