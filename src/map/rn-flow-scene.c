/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Classes of the sections and the drawing of one tile of them. Made in a worker, read by all. */
#include "map/rn-flow-scene.h"

#include <math.h>

static gboolean
flow_scene_draw (const RnScene *scene, const RnTileSpec *spec, guint32 *pixels)
{
  const RnFlowScene *self = (const RnFlowScene *) scene;
  RnRasterJob job = rn_flow_scene_job (self, spec);

  /* the hit test on the main thread reads the level without the scale: it finds it made */
  if (spec->scale > 1)
    rn_levels_get (self->levels, spec->zoom);
  return rn_raster_sections (self->levels, &job, pixels);
}

static void
flow_scene_free (RnScene *scene)
{
  RnFlowScene *self = (RnFlowScene *) scene;

  g_clear_pointer (&self->levels, rn_levels_unref);
  g_clear_pointer (&self->frame, rn_frame_unref);
  g_free (self->classes);
  g_free (self);
}

RnFlowScene *
rn_flow_scene_new (const RnFrame *frame, RnColouring colouring, RnThemeId theme,
                   const RnFlowScene *before)
{
  RnFlowScene *self = g_new0 (RnFlowScene, 1);

  rn_scene_init (&self->parent, flow_scene_draw, flow_scene_free);
  self->frame = rn_frame_ref (frame);
  if (before != NULL && before->frame->network == frame->network)
    self->levels = rn_levels_ref (before->levels);
  else
    self->levels = rn_levels_new (frame->network, RN_DATUM_WGS84);
  self->colouring = colouring;
  self->theme = theme;
  self->styles = rn_colouring_styles (colouring, theme, NULL);
  self->classes = g_malloc (MAX (frame->network->n_sections, 1));
  rn_colouring_classify (colouring, frame, self->classes);
  return self;
}

GArray *
rn_flow_scene_changes (const RnFlowScene *self, const RnFlowScene *before)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (guint32));
  const guint8 *q = self->frame->quality, *p = before->frame->quality;

  for (guint32 i = 0; i < self->frame->network->n_sections; i++)
    if (self->classes[i] != before->classes[i] || q[i] != p[i])
      g_array_append_val (changes, i);
  return changes;
}

RnRasterJob
rn_flow_scene_job (const RnFlowScene *self, const RnTileSpec *spec)
{
  return (RnRasterJob){ .zoom = spec->zoom,
                        .x = spec->x,
                        .y = spec->y,
                        .width = spec->size,
                        .height = spec->size,
                        .scale = spec->scale,
                        .theme = self->theme,
                        .styles = self->styles,
                        .classes = self->classes,
                        .quality = self->frame->quality };
}

double
rn_flow_scene_reach_px (double zoom)
{
  /* the widest class is twice as wide and lies beside its line; edge and smoothing on top */
  return 2.0 * rn_line_width_px (zoom) + 4.0;
}
