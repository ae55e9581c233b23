/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A work that names sections is drawn along them, another along its own line; from the zoom on at
 * which its dashes can be told from the road. The lines are projected by the first worker that
 * draws, for there may be thousands of them. */
#include "map/rn-work-scene.h"

#define WIDTH_PX 1.8
#define DASH_ON_PX 6.0
#define DASH_OFF_PX 4.0
#define GAP_PX 2.0 /* between carriageway and line */
#define FROM_ZOOM 9.0

typedef struct {
  RnScene parent;
  RnFlowScene *flow;
  gsize collected;
  GArray *sections; /* guint32 */
  GPtrArray *lines; /* GArray of RnFixed */
} WorkScene;

static double
line_offset_px (const WorkScene *self, double zoom, guint32 section)
{
  const RnNetwork *network = self->flow->frame->network;
  const RnLineStyle *style = &self->flow->styles[self->flow->classes[section]];
  double width = rn_line_width_px (zoom) * style->width_factor;
  double outside = width + 0.5 + style->edge_px + GAP_PX;

  switch (network->side[section])
    {
    case RN_SIDE_LEFT:
      return -outside;
    case RN_SIDE_RIGHT:
      return outside;
    default: /* lies where it is drawn */
      return width / 2.0 + style->edge_px + GAP_PX;
    }
}

static void
add_work (WorkScene *self, const RnWork *work)
{
  const RnNetwork *network = self->flow->frame->network;
  GArray *points;

  for (guint i = 0; i < work->n_sections; i++)
    if (work->sections[i] < network->n_sections)
      g_array_append_val (self->sections, work->sections[i]);
  if (work->n_sections > 0 || work->n_line < 2)
    return;
  points = g_array_sized_new (FALSE, FALSE, sizeof (RnFixed), work->n_line);
  for (guint i = 0; i < work->n_line; i++)
    {
      RnFixed at = rn_fixed_from_point (work->line[i]);

      g_array_append_val (points, at);
    }
  g_ptr_array_add (self->lines, points);
}

static gboolean
goes_on (const RnFrame *frame, guint i)
{
  return rn_work_phase (g_ptr_array_index (frame->works, i), frame->at_us) == RN_WORK_ACTIVE;
}

static void
collect (WorkScene *self)
{
  const RnFrame *frame = self->flow->frame;

  for (guint i = 0; i < frame->works->len; i++)
    if (goes_on (frame, i))
      add_work (self, g_ptr_array_index (frame->works, i));
}

static gboolean
work_scene_draw (const RnScene *scene, const RnTileSpec *spec, guint32 *pixels)
{
  WorkScene *self = (WorkScene *) scene;
  RnRasterJob job = rn_flow_scene_job (self->flow, spec);
  g_autoptr (GArray) lines = g_array_new (FALSE, TRUE, sizeof (RnRasterLine));
  RnLevel level;
  RnRasterLine line = { .colour = rn_theme_get (self->flow->theme)->works.ink,
                        .opacity = 1,
                        .width_px = WIDTH_PX,
                        .dash_px = { DASH_ON_PX, DASH_OFF_PX, DASH_ON_PX, DASH_OFF_PX } };

  if (spec->zoom < FROM_ZOOM)
    return FALSE;
  if (g_once_init_enter (&self->collected))
    {
      collect (self);
      g_once_init_leave (&self->collected, 1);
    }
  level = rn_levels_get (self->flow->levels, spec->zoom);
  for (guint i = 0; i < self->sections->len; i++)
    {
      guint32 section = g_array_index (self->sections, guint32, i);

      line.points = level.at + level.first[section];
      line.n_points = level.first[section + 1] - level.first[section];
      line.offset_px = line_offset_px (self, spec->zoom, section);
      g_array_append_val (lines, line);
    }
  for (guint i = 0; i < self->lines->len; i++)
    {
      const GArray *points = g_ptr_array_index (self->lines, i);

      line.points = (const RnFixed *) (gconstpointer) points->data;
      line.n_points = points->len;
      line.offset_px = rn_line_width_px (spec->zoom) + 0.5 + GAP_PX;
      g_array_append_val (lines, line);
    }
  return rn_raster_lines (&job, (const RnRasterLine *) (gconstpointer) lines->data, lines->len,
                          pixels);
}

static void
work_scene_free (RnScene *scene)
{
  WorkScene *self = (WorkScene *) scene;

  rn_scene_unref (self->flow);
  g_array_unref (self->sections);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

RnScene *
rn_work_scene_new (const RnFlowScene *flow)
{
  const RnFrame *frame = flow->frame;
  guint n = 0;
  WorkScene *self;

  for (guint i = 0; i < frame->works->len && n == 0; i++)
    n += goes_on (frame, i);
  if (n == 0)
    return NULL;
  self = g_new0 (WorkScene, 1);
  rn_scene_init (&self->parent, work_scene_draw, work_scene_free);
  self->flow = rn_scene_ref (flow);
  self->sections = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  return &self->parent;
}
