/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trends since the start: a queue of slices, one a new observation of the flow, each with two bytes
 * a section (speed, flow) and four bits of state packed in a third. Main thread; owned by the
 * session. */
#include "session/rn-recent.h"

#include <math.h>

/* When, and the three columns behind one another. */
struct _RnRecentSlice {
  gint64 at_us;
  guint8 *speed; /* km/h, 255 unknown */
  guint8 *flow;  /* steps of 40 vehicles per hour, 255 unknown */
  guint8 *state;
};

#define FLOW_STEP_VPH 40.0
#define UNKNOWN 255

struct _RnRecent {
  gint64 span_us;
  gsize max_bytes;
  RnNetwork *network; /* of the slices; NULL before the first */
  GQueue slices;      /* oldest first */
};

static void
slice_clear (gpointer data)
{
  g_free (((RnRecentSlice *) data)->speed); /* one block holds all three */
}

static void
slice_unref (gpointer slice)
{
  g_atomic_rc_box_release_full (slice, slice_clear);
}

static guint8
quantise (float value, double step)
{
  if (!isfinite (value) || value < 0)
    return UNKNOWN;
  return (guint8) MIN (lround (value / step), UNKNOWN - 1);
}

static RnRecentSlice *
slice_new (const RnFrame *frame, gint64 at_us)
{
  guint n = frame->network->n_sections;
  RnRecentSlice *slice = g_atomic_rc_box_new (RnRecentSlice);

  slice->at_us = at_us;
  slice->speed = g_malloc ((gsize) MAX (n, 1) * 3);
  slice->flow = slice->speed + n;
  slice->state = slice->flow + n;
  for (guint i = 0; i < n; i++)
    {
      slice->speed[i] = quantise (frame->speed_kmh[i], 1.0);
      slice->flow[i] = quantise (frame->flow_vph[i], FLOW_STEP_VPH);
      slice->state[i] = frame->state[i];
    }
  return slice;
}

static void
clear (RnRecent *self)
{
  g_queue_clear_full (&self->slices, slice_unref);
  g_clear_pointer (&self->network, rn_network_unref);
}

static void
drop_old (RnRecent *self, gint64 now_us)
{
  gsize bytes = (gsize) self->network->n_sections * 3;

  while (self->slices.length > 1)
    {
      const RnRecentSlice *oldest = g_queue_peek_head (&self->slices);

      if (oldest->at_us >= now_us - self->span_us && bytes * self->slices.length <= self->max_bytes)
        return;
      slice_unref (g_queue_pop_head (&self->slices));
    }
}

/* The newest observation in the frame: rows carry their own times. */
static gint64
newest_row_us (const RnFrame *frame)
{
  gint64 newest = 0;

  for (guint i = 0; i < frame->network->n_sections; i++)
    newest = MAX (newest, frame->flow_at_us[i]);
  return newest;
}

RnRecent *
rn_recent_new (gint64 span_us, gsize max_bytes)
{
  RnRecent *self = g_new0 (RnRecent, 1);

  self->span_us = span_us;
  self->max_bytes = max_bytes;
  g_queue_init (&self->slices);
  return self;
}

void
rn_recent_free (RnRecent *self)
{
  clear (self);
  g_free (self);
}

void
rn_recent_add (RnRecent *self, const RnFrame *frame)
{
  const RnRecentSlice *last;
  gint64 at_us;

  if (self->network != frame->network)
    {
      clear (self);
      self->network = rn_network_ref (frame->network);
    }
  if (frame->network->n_sections == 0)
    return;
  at_us = newest_row_us (frame);
  last = g_queue_peek_tail (&self->slices);
  if (at_us == 0 || (last != NULL && at_us <= last->at_us))
    return;
  g_queue_push_tail (&self->slices, slice_new (frame, at_us));
  drop_old (self, at_us);
}

GArray *
rn_recent_dup_section (const RnRecent *self, guint32 section)
{
  GArray *samples = g_array_sized_new (FALSE, FALSE, sizeof (RnRecentSample), self->slices.length);

  if (self->network == NULL || section >= self->network->n_sections)
    return samples;
  for (const GList *l = self->slices.head; l != NULL; l = l->next)
    {
      const RnRecentSlice *slice = l->data;
      guint8 speed = slice->speed[section], flow = slice->flow[section];
      RnRecentSample sample = {
        .at_us = slice->at_us,
        .speed_kmh = speed == UNKNOWN ? NAN : speed,
        .flow_vph = flow == UNKNOWN ? NAN : (float) (flow * FLOW_STEP_VPH),
        .state = slice->state[section],
      };

      g_array_append_val (samples, sample);
    }
  return samples;
}

/* ---- for others ---------------------------------------------------------------------------- */

GPtrArray *
rn_recent_dup_slices (const RnRecent *self, RnNetwork **network)
{
  GPtrArray *slices = g_ptr_array_new_full (self->slices.length, slice_unref);

  *network = self->network != NULL ? rn_network_ref (self->network) : NULL;
  for (const GList *l = self->slices.head; l != NULL; l = l->next)
    g_ptr_array_add (slices, g_atomic_rc_box_acquire (l->data));
  return slices;
}

gint64
rn_recent_slice_get_at_us (const RnRecentSlice *self)
{
  return self->at_us;
}

RnFlow *
rn_recent_slice_make_flow (const RnRecentSlice *self, const RnNetwork *network)
{
  guint n = network->n_sections, row = 0;
  g_autoptr (RnFlowUpdate) update = rn_flow_update_new (n);

  update->observed_at_us = self->at_us;
  update->full = TRUE;
  for (guint i = 0; i < n; i++)
    {
      if (self->speed[i] == UNKNOWN && self->flow[i] == UNKNOWN)
        continue;
      update->section[row] = i;
      update->offset_s[row] = 0;
      update->speed_kmh[row] = self->speed[i] == UNKNOWN ? NAN : self->speed[i];
      update->flow_vph[row] =
          self->flow[i] == UNKNOWN ? NAN : (float) (self->flow[i] * FLOW_STEP_VPH);
      row++;
    }
  update->n = row;
  return rn_flow_apply (NULL, update, n, FALSE);
}
