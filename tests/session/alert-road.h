/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A made-up road whose speeds a test sets, and desks to watch it. */
#pragma once

#include <math.h>

#include "../model/fixture.h"
#include "session/rn-alert-desk-private.h"

typedef struct {
  RnNetwork *network;
  guint n;
  float *ratio; /* speed / free speed by section */
  RnFrame *frame;
  gint64 now_us;
} Road;

/** Takes @network. */
static inline Road *
road_new_on (RnNetwork *network, gint64 now_us)
{
  Road *self = g_new0 (Road, 1);

  self->network = network;
  self->n = self->network->n_sections;
  self->ratio = g_new (float, self->n);
  for (guint i = 0; i < self->n; i++)
    self->ratio[i] = 0.9f;
  self->now_us = now_us;
  return self;
}

static inline Road *
road_new (guint n, gint64 now_us)
{
  return road_new_on (fixture_road ("s", n), now_us);
}

static inline void
road_free (Road *self)
{
  g_clear_pointer (&self->frame, rn_frame_unref);
  rn_network_unref (self->network);
  g_free (self->ratio);
  g_free (self);
}

/** Lets @by_us pass and measures. Borrowed. */
static inline const RnFrame *
road_measure (Road *self, gint64 by_us)
{
  g_autoptr (RnFlowUpdate) update = rn_flow_update_new (self->n);
  g_autoptr (RnFlow) flow = NULL;
  RnFrameParts part;
  RnFrame *frame;

  self->now_us += by_us;
  update->full = TRUE;
  update->observed_at_us = self->now_us;
  for (guint i = 0; i < self->n; i++)
    {
      update->section[i] = i;
      update->flow_vph[i] = 3000;
      update->speed_kmh[i] = self->ratio[i] * 120;
      update->typical_speed_kmh[i] = 108;
    }
  flow = rn_flow_apply (NULL, update, self->n, FALSE);
  part = (RnFrameParts){ .network = self->network,
                         .flow = flow,
                         .flow_quality_cap = RN_QUALITY_LIVE,
                         .now_us = self->now_us,
                         .poll_us = 60 * RN_SECOND };
  frame = rn_frame_build (self->network, &part, 1, rn_state_table_default (), self->now_us,
                          self->frame, NULL, 0);
  g_clear_pointer (&self->frame, rn_frame_unref);
  self->frame = frame;
  return frame;
}
