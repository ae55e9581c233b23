/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One preparation at a time; what is set meanwhile is prepared after it, the latest only. */
#include "map/rn-flow-layer.h"

struct _RnFlowLayer {
  RnTileLayer parent_instance;

  /* what was set last */
  const RnFrame *frame;
  RnColouring colouring;
  RnThemeId theme;

  RnFlowScene *scene; /* what is drawn */
  RnJob *job;         /* that prepares */
  gboolean outdated;  /* the job prepares something older than what was set last */
};

enum { SCENE_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnFlowLayer, rn_flow_layer, RN_TYPE_TILE_LAYER)

typedef struct {
  RnFlowLayer *layer; /* not after a cancel */
  const RnFrame *frame;
  RnColouring colouring;
  RnThemeId theme;
  RnFlowScene *before; /* NULL: none of the same network */
  RnFlowScene *scene;
  GArray *changes; /* NULL: all of it */
} Prepare;

static void
prepare_run (gpointer data)
{
  Prepare *prepare = data;
  const RnFlowScene *before = prepare->before;

  prepare->scene = rn_flow_scene_new (prepare->frame, prepare->colouring, prepare->theme, before);
  if (before != NULL && before->levels == prepare->scene->levels
      && before->colouring == prepare->colouring && before->theme == prepare->theme)
    prepare->changes = rn_flow_scene_changes (prepare->scene, before);
}

static void
prepare_free (gpointer data)
{
  Prepare *prepare = data;

  g_clear_pointer (&prepare->frame, rn_frame_unref);
  g_clear_pointer (&prepare->before, rn_scene_unref);
  g_clear_pointer (&prepare->scene, rn_scene_unref);
  g_clear_pointer (&prepare->changes, g_array_unref);
  g_free (prepare);
}

/* With more changes than this every tile is likely to have some; looking at each box would only
 * keep the main thread. */
#define MANY_CHANGES 4000

static double
unit (guint32 fixed)
{
  return fixed / 4294967296.0;
}

static void
touch_changes (RnFlowLayer *self, const RnFlowScene *scene, const GArray *changes)
{
  RnTileLayer *layer = RN_TILE_LAYER (self);
  const RnFixedBox *boxes = rn_levels_boxes (scene->levels);
  double reach = rn_flow_scene_reach_px (RN_MAX_ZOOM);

  if (changes->len > MANY_CHANGES)
    {
      rn_tile_layer_touch (layer, 0, 0, 1, 1, 0);
      return;
    }
  for (guint i = 0; i < changes->len; i++)
    {
      const RnFixedBox *b = &boxes[g_array_index (changes, guint32, i)];

      rn_tile_layer_touch (layer, unit (b->min_x), unit (b->min_y), unit (b->max_x),
                           unit (b->max_y), reach);
    }
}

static void prepare (RnFlowLayer *self);

static void
prepare_done (gpointer data)
{
  Prepare *ready = data;
  RnFlowLayer *self = ready->layer;

  self->job = NULL;
  g_clear_pointer (&self->scene, rn_scene_unref);
  self->scene = g_steal_pointer (&ready->scene);
  if (ready->changes != NULL)
    {
      rn_tile_layer_update_scene (RN_TILE_LAYER (self), &self->scene->parent);
      touch_changes (self, self->scene, ready->changes);
      rn_tile_layer_redraw (RN_TILE_LAYER (self));
    }
  else
    rn_tile_layer_set_scene (RN_TILE_LAYER (self), &self->scene->parent);
  if (self->outdated)
    prepare (self);
  g_signal_emit (self, signals[SCENE_CHANGED], 0);
}

static void
prepare (RnFlowLayer *self)
{
  Prepare *job = g_new0 (Prepare, 1);

  self->outdated = FALSE;
  job->layer = self;
  job->frame = rn_frame_ref (self->frame);
  job->colouring = self->colouring;
  job->theme = self->theme;
  job->before = rn_scene_ref (self->scene);
  self->job = rn_job_push (RN_JOB_FLOW, prepare_run, prepare_done, job, prepare_free);
}

static void
forget (RnFlowLayer *self)
{
  rn_job_clear (&self->job);
  self->outdated = FALSE;
  g_clear_pointer (&self->scene, rn_scene_unref);
}

static void
rn_flow_layer_dispose (GObject *object)
{
  RnFlowLayer *self = RN_FLOW_LAYER (object);

  forget (self);
  g_clear_pointer (&self->frame, rn_frame_unref);
  G_OBJECT_CLASS (rn_flow_layer_parent_class)->dispose (object);
}

static void
rn_flow_layer_class_init (RnFlowLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_flow_layer_dispose;
  signals[SCENE_CHANGED] = g_signal_new ("scene-changed", RN_TYPE_FLOW_LAYER, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rn_flow_layer_init (RnFlowLayer *self)
{
}

RnFlowLayer *
rn_flow_layer_new (ShumateViewport *viewport)
{
  return g_object_new (RN_TYPE_FLOW_LAYER, "viewport", viewport, NULL);
}

void
rn_flow_layer_set (RnFlowLayer *self, const RnFrame *frame, RnColouring colouring, RnThemeId theme)
{
  gboolean same_network =
      self->frame != NULL && frame != NULL && self->frame->network == frame->network;
  const RnFrame *before = self->frame;

  self->frame = frame != NULL ? rn_frame_ref (frame) : NULL;
  self->colouring = colouring;
  self->theme = theme;
  g_clear_pointer (&before, rn_frame_unref);
  if (!same_network)
    {
      forget (self);
      rn_tile_layer_set_scene (RN_TILE_LAYER (self), NULL);
      g_signal_emit (self, signals[SCENE_CHANGED], 0);
    }
  if (frame == NULL)
    return;
  if (self->job != NULL)
    self->outdated = TRUE;
  else
    prepare (self);
}

const RnFlowScene *
rn_flow_layer_get_scene (RnFlowLayer *self)
{
  return self->scene;
}

gboolean
rn_flow_layer_is_prepared (RnFlowLayer *self)
{
  return self->job == NULL;
}
