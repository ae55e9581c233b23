/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rings, tile by tile; keeps the flow scene, for a ring is as wide as its section is drawn. */
#include "map/rn-ring-scene.h"

typedef struct {
  RnScene parent;
  RnFlowScene *flow;
  RnRing ring;
  guint n;
  guint32 *sections;
} RingScene;

static gboolean
touches (const RingScene *self, guint32 section, const RnTileSpec *spec, double reach_px)
{
  const RnFixedBox *box = &rn_levels_boxes (self->flow->levels)[section];
  double k = rn_mercator_scale (spec->zoom), side = (double) spec->size / spec->scale;

  return box->max_x * k + reach_px >= spec->x && box->min_x * k - reach_px <= spec->x + side
         && box->max_y * k + reach_px >= spec->y && box->min_y * k - reach_px <= spec->y + side;
}

static gboolean
ring_scene_draw (const RnScene *scene, const RnTileSpec *spec, guint32 *pixels)
{
  const RingScene *self = (const RingScene *) scene;
  RnRasterJob job = rn_flow_scene_job (self->flow, spec);
  gboolean drawn = FALSE;

  for (guint i = 0; i < self->n; i++)
    {
      guint32 section = self->sections[i];

      if (touches (self, section, spec, rn_raster_ring_reach_px (&job, section)))
        drawn |= rn_raster_ring (self->flow->levels, &job, section, self->ring, pixels);
    }
  return drawn;
}

static void
ring_scene_free (RnScene *scene)
{
  RingScene *self = (RingScene *) scene;

  rn_scene_unref (self->flow);
  g_free (self->sections);
  g_free (self);
}

RnScene *
rn_ring_scene_new (const RnFlowScene *flow, const GArray *sections, RnRing ring)
{
  RingScene *self;

  if (flow == NULL || sections->len == 0)
    return NULL;
  self = g_new0 (RingScene, 1);
  rn_scene_init (&self->parent, ring_scene_draw, ring_scene_free);
  self->flow = rn_scene_ref (flow);
  self->ring = ring;
  self->n = sections->len;
  self->sections = g_memdup2 (sections->data, sections->len * sizeof (guint32));
  return &self->parent;
}

GArray *
rn_ring_sections (const RnNetwork *network, const RnSubject *subject)
{
  GArray *sections = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 i;

  if (subject == NULL || network == NULL)
    return sections;
  if (subject->kind == RN_SUBJECT_SECTION)
    {
      i = rn_network_find_section_key (network, subject->key);
      if (i != RN_NONE)
        g_array_append_val (sections, i);
    }
  else if (subject->kind == RN_SUBJECT_ROAD)
    {
      i = rn_network_find_road (network, subject->key);
      if (i != RN_NONE)
        g_array_append_vals (sections, network->roads[i].sections, network->roads[i].n_sections);
    }
  return sections;
}
