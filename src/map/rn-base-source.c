/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference map source, which has no picture of its own, and the scene of the embedded base
 * map, drawn in workers through carto. */
#include "map/rn-base-source.h"

#include "carto/rn-basemap.h"
#include "map/rn-camera.h"

#define TILE_PX 256

struct _RnBaseSource {
  ShumateMapSource parent_instance;
};

G_DEFINE_FINAL_TYPE (RnBaseSource, rn_base_source, SHUMATE_TYPE_MAP_SOURCE)

/* Not called while the source is only a reference. In a map layer: an empty picture, always DONE,
 * so that no tile stays in the state of loading. */
static void
rn_base_source_fill_tile_async (ShumateMapSource *source, ShumateTile *tile,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  g_autoptr (GdkPaintable) empty = gdk_paintable_new_empty (TILE_PX, TILE_PX);

  g_task_set_source_tag (task, rn_base_source_fill_tile_async);
  shumate_tile_set_fade_in (tile, FALSE);
  shumate_tile_set_paintable (tile, empty);
  shumate_tile_set_state (tile, SHUMATE_STATE_DONE);
  g_task_return_boolean (task, TRUE);
}

static gboolean
rn_base_source_fill_tile_finish (ShumateMapSource *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
rn_base_source_class_init (RnBaseSourceClass *klass)
{
  ShumateMapSourceClass *source_class = SHUMATE_MAP_SOURCE_CLASS (klass);

  source_class->fill_tile_async = rn_base_source_fill_tile_async;
  source_class->fill_tile_finish = rn_base_source_fill_tile_finish;
}

static void
rn_base_source_init (RnBaseSource *self)
{
}

ShumateMapSource *
rn_base_source_new (void)
{
  return g_object_new (RN_TYPE_BASE_SOURCE, "id", "roadnet-base", "min-zoom-level", RN_MIN_ZOOM,
                       "max-zoom-level", RN_MAX_ZOOM, "tile-size", TILE_PX, NULL);
}

typedef struct {
  RnScene parent;
  RnThemeId theme;
} BaseScene;

static gboolean
base_scene_draw (const RnScene *scene, const RnTileSpec *spec, guint32 *pixels)
{
  const BaseScene *self = (const BaseScene *) scene;

  rn_basemap_raster (rn_basemap_get_default (), self->theme, spec->zoom, spec->x, spec->y,
                     spec->size, spec->size, spec->scale, pixels);
  return TRUE;
}

static void
base_scene_free (RnScene *scene)
{
  g_free (scene);
}

RnScene *
rn_base_scene_new (RnThemeId theme)
{
  BaseScene *self = g_new0 (BaseScene, 1);

  rn_scene_init (&self->parent, base_scene_draw, base_scene_free);
  self->theme = theme;
  return &self->parent;
}
