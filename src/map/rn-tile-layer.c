/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Up to two sets of tiles: the one that is shown and the next one, while it is being drawn. All
 * asking is done from snapshot(), so that a hidden map costs nothing. */
#include "map/rn-tile-layer.h"

#include "map/rn-texture.h"

/* Textures that are new in one frame: each is an upload of 1 MB and more. */
#define MAX_NEW_A_FRAME 16

/* Tiles that only replace others are held back until their last one is drawn, but no longer than
 * this: so new data comes at once, and the window is not painted again for each of them. */
#define HOLD_US (100 * 1000)

/* Tiles that are drawn ahead of a pan, and kept behind it. */
#define AHEAD_PX 128.0
#define KEEP_PX 256.0

typedef struct {
  RnJobUrgency urgency;
  RnScene *scene;
  RnTileSet *current; /* NULL: nothing to show yet */
  RnTileSet *next;
  RnTileStats stats;
  guint tick_id;
  gint64 held_since_us; /* frame time; 0: nothing is held back */
} RnTileLayerPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (RnTileLayer, rn_tile_layer, SHUMATE_TYPE_LAYER)

static RnTileLayerPrivate *
priv_of (RnTileLayer *self)
{
  return rn_tile_layer_get_instance_private (self);
}

static RnCamera
read_camera (RnTileLayer *self)
{
  return rn_camera_read (shumate_layer_get_viewport (SHUMATE_LAYER (self)), GTK_WIDGET (self));
}

/* What of the world is seen, in the pixels of @set. */
static RnWindow
window_in (const RnTileSet *set, const RnCamera *camera, double margin_px)
{
  RnWindow window = rn_camera_window (camera, margin_px);
  double factor, zoom = rn_tile_set_zoom (set);

  if (zoom == camera->zoom)
    return window;
  factor = rn_camera_world_px (zoom) / rn_camera_world_px (camera->zoom);
  return (RnWindow){ window.x0 * factor, window.y0 * factor, window.x1 * factor,
                     window.y1 * factor };
}

static gboolean
fits (const RnTileSet *set, const RnCamera *camera)
{
  return rn_tile_set_zoom (set) == camera->zoom && rn_tile_set_scale (set) == camera->scale;
}

/* Whether what waits may wait on. */
static gboolean
hold_back (RnTileLayerPrivate *priv, GdkFrameClock *clock)
{
  gint64 now_us = gdk_frame_clock_get_frame_time (clock);

  if (priv->held_since_us == 0)
    priv->held_since_us = now_us;
  return !rn_tile_set_fills_hole (priv->current) && rn_tile_set_is_drawing (priv->current)
         && now_us - priv->held_since_us < HOLD_US;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RnTileLayerPrivate *priv = priv_of (RN_TILE_LAYER (widget));

  if (priv->current != NULL && rn_tile_set_has_fresh (priv->current))
    {
      if (hold_back (priv, clock))
        return G_SOURCE_CONTINUE;
      rn_tile_set_show (priv->current, MAX_NEW_A_FRAME);
      gtk_widget_queue_draw (widget);
      if (rn_tile_set_has_fresh (priv->current))
        return G_SOURCE_CONTINUE;
    }
  priv->held_since_us = 0;
  priv->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static void
drawn_cb (gpointer user_data)
{
  RnTileLayer *self = user_data;
  RnTileLayerPrivate *priv = priv_of (self);

  /* whether the next set is complete is seen in the next snapshot */
  if (priv->next != NULL && rn_tile_set_is_complete (priv->next))
    gtk_widget_queue_draw (GTK_WIDGET (self));
  if (priv->current != NULL && rn_tile_set_has_fresh (priv->current) && priv->tick_id == 0)
    priv->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
start_next (RnTileLayer *self, const RnCamera *camera)
{
  RnTileLayerPrivate *priv = priv_of (self);
  RnWindow seen;

  g_clear_pointer (&priv->next, rn_tile_set_free);
  priv->next = rn_tile_set_new (camera->zoom, camera->scale, priv->urgency, priv->scene,
                                &priv->stats, drawn_cb, self);
  seen = window_in (priv->next, camera, 0);
  rn_tile_set_require (priv->next, &seen, FALSE);
}

/* The next set becomes the picture, all of it in one frame. */
static void
swap (RnTileLayerPrivate *priv)
{
  g_clear_pointer (&priv->current, rn_tile_set_free);
  priv->current = g_steal_pointer (&priv->next);
  rn_tile_set_show (priv->current, G_MAXUINT);
}

/* Asks for what the camera lacks and swaps when the next set is complete. A set that was begun at
 * a zoom that has moved on is still ended and shown, for it is nearer than the one before; but it
 * is not extended, or it would never be complete. */
static void
update (RnTileLayer *self, const RnCamera *camera)
{
  RnTileLayerPrivate *priv = priv_of (self);
  RnWindow seen, ahead, keep;

  if (priv->scene == NULL || camera->width <= 0 || camera->height <= 0)
    return;
  if (priv->next != NULL)
    {
      keep = window_in (priv->next, camera, KEEP_PX);
      rn_tile_set_trim (priv->next, &keep);
      seen = window_in (priv->next, camera, 0);
      if (fits (priv->next, camera))
        rn_tile_set_require (priv->next, &seen, FALSE);
      if (rn_tile_set_is_complete (priv->next))
        swap (priv);
    }
  if (priv->next == NULL && (priv->current == NULL || !fits (priv->current, camera)))
    start_next (self, camera);
  if (priv->current == NULL || !fits (priv->current, camera))
    return;
  keep = window_in (priv->current, camera, KEEP_PX);
  rn_tile_set_trim (priv->current, &keep);
  seen = window_in (priv->current, camera, 0);
  rn_tile_set_require (priv->current, &seen, FALSE);
  if (priv->next != NULL)
    return;
  ahead = window_in (priv->current, camera, AHEAD_PX);
  rn_tile_set_require (priv->current, &ahead, TRUE);
}

static void
rn_tile_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RnTileLayer *self = RN_TILE_LAYER (widget);
  RnTileLayerPrivate *priv = priv_of (self);
  RnCamera camera = read_camera (self);

  update (self, &camera);
  if (priv->current != NULL)
    rn_tile_set_snapshot (priv->current, &camera, rn_texture_is_software (widget), snapshot);
}

static void
rn_tile_layer_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
rn_tile_layer_constructed (GObject *object)
{
  ShumateViewport *viewport;

  G_OBJECT_CLASS (rn_tile_layer_parent_class)->constructed (object);
  viewport = shumate_layer_get_viewport (SHUMATE_LAYER (object));
  g_signal_connect_object (viewport, "notify", G_CALLBACK (gtk_widget_queue_draw), object,
                           G_CONNECT_SWAPPED);
}

static void
clear_sets (RnTileLayerPrivate *priv)
{
  g_clear_pointer (&priv->current, rn_tile_set_free);
  g_clear_pointer (&priv->next, rn_tile_set_free);
}

static void
rn_tile_layer_dispose (GObject *object)
{
  RnTileLayerPrivate *priv = priv_of (RN_TILE_LAYER (object));

  clear_sets (priv);
  g_clear_pointer (&priv->scene, rn_scene_unref);
  G_OBJECT_CLASS (rn_tile_layer_parent_class)->dispose (object);
}

static void
rn_tile_layer_class_init (RnTileLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = rn_tile_layer_constructed;
  object_class->dispose = rn_tile_layer_dispose;
  widget_class->snapshot = rn_tile_layer_snapshot;
  widget_class->measure = rn_tile_layer_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
rn_tile_layer_init (RnTileLayer *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

RnTileLayer *
rn_tile_layer_new (ShumateViewport *viewport)
{
  return g_object_new (RN_TYPE_TILE_LAYER, "viewport", viewport, NULL);
}

void
rn_tile_layer_set_urgency (RnTileLayer *self, RnJobUrgency urgency)
{
  priv_of (self)->urgency = urgency;
}

static void
take_scene (RnTileLayer *self, const RnScene *scene)
{
  RnTileLayerPrivate *priv = priv_of (self);
  RnScene *before = priv->scene;

  priv->scene = rn_scene_ref (scene);
  rn_scene_unref (before);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
rn_tile_layer_set_scene (RnTileLayer *self, const RnScene *scene)
{
  RnTileLayerPrivate *priv = priv_of (self);

  take_scene (self, scene);
  if (scene == NULL)
    clear_sets (priv);
  else if (priv->current != NULL || priv->next != NULL)
    {
      RnCamera camera = read_camera (self);

      start_next (self, &camera);
    }
}

void
rn_tile_layer_update_scene (RnTileLayer *self, const RnScene *scene)
{
  RnTileLayerPrivate *priv = priv_of (self);

  take_scene (self, scene);
  if (priv->current != NULL)
    rn_tile_set_set_scene (priv->current, scene);
  if (priv->next != NULL)
    rn_tile_set_set_scene (priv->next, scene);
}

void
rn_tile_layer_touch (RnTileLayer *self, double x0, double y0, double x1, double y1, double reach_px)
{
  RnTileLayerPrivate *priv = priv_of (self);

  if (priv->current != NULL)
    rn_tile_set_touch (priv->current, x0, y0, x1, y1, reach_px);
  if (priv->next != NULL)
    rn_tile_set_touch (priv->next, x0, y0, x1, y1, reach_px);
}

static void
redraw (RnTileSet *set, const RnCamera *camera)
{
  RnWindow seen = window_in (set, camera, 0);

  rn_tile_set_redraw (set, &seen);
}

void
rn_tile_layer_redraw (RnTileLayer *self)
{
  RnTileLayerPrivate *priv = priv_of (self);
  RnCamera camera = read_camera (self);

  if (priv->current != NULL)
    redraw (priv->current, &camera);
  if (priv->next != NULL)
    redraw (priv->next, &camera);
}

gboolean
rn_tile_layer_is_settled (RnTileLayer *self)
{
  RnTileLayerPrivate *priv = priv_of (self);
  RnCamera camera = read_camera (self);
  RnWindow seen;

  if (priv->scene == NULL)
    return TRUE;
  if (priv->next != NULL || priv->current == NULL || !fits (priv->current, &camera))
    return FALSE;
  seen = window_in (priv->current, &camera, 0);
  return rn_tile_set_is_settled (priv->current, &seen);
}

RnTileStats
rn_tile_layer_get_stats (RnTileLayer *self)
{
  return priv_of (self)->stats;
}

guint
rn_tile_layer_count_tiles (RnTileLayer *self)
{
  RnTileLayerPrivate *priv = priv_of (self);

  return (priv->current != NULL ? rn_tile_set_n_tiles (priv->current) : 0)
         + (priv->next != NULL ? rn_tile_set_n_tiles (priv->next) : 0);
}
