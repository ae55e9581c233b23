/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Traces and means are stored as differences along time, which deflate well; gzip's own checksum
 * tells damage. Pure. */
#include "record/rn-frame-code.h"

#include <math.h>
#include <string.h>

#include "base/rn-gzip.h"

#define FLOW_SCALE 1.8f
#define MAX_POLLS (60 * 60 * 10) /* an hour: ten a second are no poll */
#define MAX_BYTES ((gsize) 64 << 20)
#define POLL_LEVEL 1 /* of deflate: written once a poll, for an hour */
#define HOUR_LEVEL 4

/* ---- values -------------------------------------------------------------------------------- */

guint8
rn_frame_code_speed (float speed_kmh)
{
  if (!(speed_kmh >= 0))
    return RN_CODE_UNKNOWN;
  return (guint8) (fminf (speed_kmh, RN_CODE_UNKNOWN - 1) + 0.5f);
}

guint8
rn_frame_code_flow (float flow_vph)
{
  if (!(flow_vph >= 0))
    return RN_CODE_UNKNOWN;
  return (guint8) (fminf (sqrtf (flow_vph) * FLOW_SCALE, RN_CODE_UNKNOWN - 1) + 0.5f);
}

float
rn_frame_decode_speed (guint8 code)
{
  return code == RN_CODE_UNKNOWN ? NAN : code;
}

float
rn_frame_decode_flow (guint8 code)
{
  float root = code / FLOW_SCALE;

  return code == RN_CODE_UNKNOWN ? NAN : root * root;
}

guint8
rn_frame_code_state (guint8 state, RnQuality quality)
{
  return (guint8) (state | quality << 4);
}

/* ---- polls --------------------------------------------------------------------------------- */

static void
lay_out (RnFrameColumns *self, guint n, guint8 *block)
{
  self->n = n;
  self->speed = block;
  self->flow = block + n;
  self->state = block + (gsize) 2 * n;
}

RnFrameColumns
rn_frame_columns_new (guint n)
{
  RnFrameColumns self;

  lay_out (&self, n, g_malloc ((gsize) MAX (n, 1) * 3));
  memset (self.speed, RN_CODE_UNKNOWN, (gsize) 2 * n);
  memset (self.state, 0, n);
  return self;
}

void
rn_frame_columns_clear (RnFrameColumns *self)
{
  g_clear_pointer (&self->speed, g_free);
}

GBytes *
rn_frame_columns_encode (const RnFrameColumns *self)
{
  g_autoptr (GBytes) plain = g_bytes_new_static (self->speed, (gsize) self->n * 3);

  return rn_gzip_deflate (plain, POLL_LEVEL);
}

/* Inflated; NULL when it is damaged. */
static guint8 *
inflate (gconstpointer data, gsize size, gsize *n)
{
  g_autoptr (GBytes) packed = g_bytes_new_static (data, size);
  GBytes *plain = size > 0 ? rn_gzip_inflate (packed, MAX_BYTES, NULL) : NULL;

  return plain != NULL ? g_bytes_unref_to_data (plain, n) : NULL;
}

gboolean
rn_frame_columns_decode (gconstpointer data, gsize size, guint n, RnFrameColumns *out)
{
  gsize got = 0;
  g_autofree guint8 *plain = inflate (data, size, &got);

  if (plain == NULL || got != (gsize) n * 3)
    return FALSE;
  lay_out (out, n, g_steal_pointer (&plain));
  return TRUE;
}

/* ---- differences along time ---------------------------------------------------------------- */

static void
to_differences (guint8 *values, guint n_rows, guint n)
{
  for (guint row = 0; row < n_rows; row++, values += n)
    for (guint i = n; i-- > 1;)
      values[i] = (guint8) (values[i] - values[i - 1]);
}

static void
from_differences (guint8 *values, guint n_rows, guint n)
{
  for (guint row = 0; row < n_rows; row++, values += n)
    for (guint i = 1; i < n; i++)
      values[i] = (guint8) (values[i] + values[i - 1]);
}

/* ---- traces -------------------------------------------------------------------------------- */

/* n, the times, then the three columns. */
#define TRACE_HEAD 8
#define TRACE_BYTES(n) (TRACE_HEAD + (gsize) (n) * (8 + 3 * RN_BLOCK_SECTIONS))

RnTrace *
rn_trace_new (guint n)
{
  RnTrace *self = g_malloc (sizeof *self + (gsize) n * (8 + 3 * RN_BLOCK_SECTIONS));

  self->n = n;
  self->at_us = (gint64 *) (self + 1);
  self->speed = (guint8 *) (self->at_us + n);
  self->flow = self->speed + (gsize) n * RN_BLOCK_SECTIONS;
  self->state = self->flow + (gsize) n * RN_BLOCK_SECTIONS;
  return self;
}

void
rn_trace_free (RnTrace *self)
{
  g_free (self);
}

GBytes *
rn_trace_encode (const RnTrace *self)
{
  gsize column = (gsize) self->n * RN_BLOCK_SECTIONS;
  g_autofree guint8 *plain = g_malloc0 (TRACE_BYTES (self->n));
  g_autoptr (GBytes) bytes = g_bytes_new_static (plain, TRACE_BYTES (self->n));
  guint32 n = GUINT32_TO_LE (self->n);
  guint8 *values = plain + TRACE_HEAD + (gsize) self->n * 8;

  memcpy (plain, &n, sizeof n);
  for (guint t = 0; t < self->n; t++)
    {
      gint64 at_us = GINT64_TO_LE (self->at_us[t]);

      memcpy (plain + TRACE_HEAD + (gsize) t * 8, &at_us, 8);
    }
  memcpy (values, self->speed, column * 3);
  to_differences (values, 2 * RN_BLOCK_SECTIONS, self->n);
  return rn_gzip_deflate (bytes, HOUR_LEVEL);
}

RnTrace *
rn_trace_decode (gconstpointer data, gsize size)
{
  gsize got = 0;
  g_autofree guint8 *plain = inflate (data, size, &got);
  guint32 n;
  RnTrace *self;

  if (plain == NULL || got < TRACE_HEAD)
    return NULL;
  memcpy (&n, plain, sizeof n);
  n = GUINT32_FROM_LE (n);
  if (n > MAX_POLLS || got != TRACE_BYTES (n))
    return NULL;
  self = rn_trace_new (n);
  for (guint t = 0; t < n; t++)
    {
      gint64 at_us;

      memcpy (&at_us, plain + TRACE_HEAD + (gsize) t * 8, 8);
      self->at_us[t] = GINT64_FROM_LE (at_us);
    }
  memcpy (self->speed, plain + TRACE_HEAD + (gsize) n * 8, (gsize) n * 3 * RN_BLOCK_SECTIONS);
  from_differences (self->speed, 2 * RN_BLOCK_SECTIONS, n);
  return self;
}

static void
copy_poll (RnTrace *to, guint t, const RnTrace *from, guint u)
{
  to->at_us[t] = from->at_us[u];
  for (gsize s = 0; s < RN_BLOCK_SECTIONS; s++)
    {
      to->speed[s * to->n + t] = from->speed[s * from->n + u];
      to->flow[s * to->n + t] = from->flow[s * from->n + u];
      to->state[s * to->n + t] = from->state[s * from->n + u];
    }
}

RnTrace *
rn_trace_merge (const RnTrace *before, const RnTrace *later)
{
  gint64 first_us = later->n > 0 ? later->at_us[0] : G_MAXINT64;
  gint64 last_us = later->n > 0 ? later->at_us[later->n - 1] : G_MININT64;
  guint ahead = 0, behind = before->n, t = 0;
  RnTrace *both;

  while (ahead < before->n && before->at_us[ahead] < first_us)
    ahead++;
  while (behind > ahead && before->at_us[behind - 1] > last_us)
    behind--;
  both = rn_trace_new (ahead + later->n + before->n - behind);
  for (guint u = 0; u < ahead; u++)
    copy_poll (both, t++, before, u);
  for (guint u = 0; u < later->n; u++)
    copy_poll (both, t++, later, u);
  for (guint u = behind; u < before->n; u++)
    copy_poll (both, t++, before, u);
  return both;
}

void
rn_trace_append (const RnTrace *self, guint section, gint64 from_us, gint64 until_us,
                 GArray *samples)
{
  gsize row = (gsize) section * self->n;

  for (guint t = 0; t < self->n; t++)
    {
      RnFrameSample sample = {
        .at_us = self->at_us[t],
        .speed_kmh = rn_frame_decode_speed (self->speed[row + t]),
        .flow_vph = rn_frame_decode_flow (self->flow[row + t]),
        .state = self->state[row + t] & 0xf,
      };

      sample.n = !isnan (sample.speed_kmh) || !isnan (sample.flow_vph);
      if (sample.at_us >= from_us && sample.at_us <= until_us)
        g_array_append_val (samples, sample);
    }
}

/* ---- means --------------------------------------------------------------------------------- */

static guint
span_of (gint64 at_us, gint64 hour_us)
{
  return (guint) CLAMP ((at_us - hour_us) / RN_MEAN_US, 0, RN_HOUR_MEANS - 1);
}

/* One span of one section: the polls @first … @end - 1 of its row. */
static void
make_mean (RnMeans *self, gsize to, const RnTrace *trace, gsize row, guint first, guint end)
{
  guint n = 0, n_speed = 0, n_flow = 0, speed = 0;
  float flow = 0;

  for (gsize i = row + first; i < row + end; i++)
    {
      gboolean has_speed = trace->speed[i] != RN_CODE_UNKNOWN;
      gboolean has_flow = trace->flow[i] != RN_CODE_UNKNOWN;

      n += has_speed || has_flow;
      n_speed += has_speed;
      n_flow += has_flow;
      speed += has_speed ? trace->speed[i] : 0;
      flow += has_flow ? rn_frame_decode_flow (trace->flow[i]) : 0;
      self->state[to] = MAX (self->state[to], trace->state[i] & 0xf);
    }
  self->speed[to] = rn_frame_code_speed (n_speed > 0 ? (float) speed / (float) n_speed : NAN);
  self->flow[to] = rn_frame_code_flow (n_flow > 0 ? flow / (float) n_flow : NAN);
  self->n[to] = (guint8) MIN (n, 255);
}

RnMeans *
rn_means_new (const RnTrace *trace, gint64 hour_us)
{
  RnMeans *self = g_new0 (RnMeans, 1);
  guint first[RN_HOUR_MEANS + 1] = { 0 };

  for (guint t = 0; t < trace->n; t++)
    first[span_of (trace->at_us[t], hour_us) + 1]++;
  for (guint i = 0; i < RN_HOUR_MEANS; i++)
    first[i + 1] += first[i];
  for (gsize s = 0; s < RN_BLOCK_SECTIONS; s++)
    for (guint i = 0; i < RN_HOUR_MEANS; i++)
      make_mean (self, s * RN_HOUR_MEANS + i, trace, s * trace->n, first[i], first[i + 1]);
  return self;
}

GBytes *
rn_means_encode (const RnMeans *self)
{
  g_autofree RnMeans *plain = g_new (RnMeans, 1);
  g_autoptr (GBytes) bytes = g_bytes_new_static (plain, sizeof *plain);

  *plain = *self;
  to_differences (plain->speed, RN_BLOCK_SECTIONS, RN_HOUR_MEANS);
  to_differences (plain->flow, RN_BLOCK_SECTIONS, RN_HOUR_MEANS);
  return rn_gzip_deflate (bytes, HOUR_LEVEL);
}

RnMeans *
rn_means_decode (gconstpointer data, gsize size)
{
  gsize got = 0;
  g_autofree guint8 *plain = inflate (data, size, &got);
  RnMeans *self;

  if (plain == NULL || got != sizeof *self)
    return NULL;
  self = (RnMeans *) g_steal_pointer (&plain);
  from_differences (self->speed, RN_BLOCK_SECTIONS, RN_HOUR_MEANS);
  from_differences (self->flow, RN_BLOCK_SECTIONS, RN_HOUR_MEANS);
  return self;
}

void
rn_means_fill (RnMeans *later, const RnTrace *trace, gint64 hour_us, const RnMeans *before)
{
  gboolean covered[RN_HOUR_MEANS] = { FALSE };

  for (guint t = 0; t < trace->n; t++)
    covered[span_of (trace->at_us[t], hour_us)] = TRUE;
  for (gsize i = 0; i < RN_BLOCK_SECTIONS * RN_HOUR_MEANS; i++)
    if (!covered[i % RN_HOUR_MEANS])
      {
        later->speed[i] = before->speed[i];
        later->flow[i] = before->flow[i];
        later->state[i] = before->state[i];
        later->n[i] = before->n[i];
      }
}

void
rn_means_append (const RnMeans *self, guint section, gint64 hour_us, gint64 from_us,
                 gint64 until_us, GArray *samples)
{
  gsize row = (gsize) section * RN_HOUR_MEANS;

  for (guint i = 0; i < RN_HOUR_MEANS; i++)
    {
      RnFrameSample sample = {
        .at_us = hour_us + i * RN_MEAN_US,
        .span_us = RN_MEAN_US,
        .speed_kmh = rn_frame_decode_speed (self->speed[row + i]),
        .flow_vph = rn_frame_decode_flow (self->flow[row + i]),
        .state = self->state[row + i] & 0xf,
        .n = self->n[row + i],
      };

      if (sample.n > 0 && sample.at_us + RN_MEAN_US > from_us && sample.at_us <= until_us)
        g_array_append_val (samples, sample);
    }
}
