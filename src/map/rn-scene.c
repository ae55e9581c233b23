/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reference counting of scenes: shared between the main thread and the workers. */
#include "map/rn-scene.h"

void
rn_scene_init (RnScene *self, gboolean (*draw) (const RnScene *, const RnTileSpec *, guint32 *),
               void (*free_func) (RnScene *))
{
  g_atomic_ref_count_init (&self->ref_count);
  self->draw = draw;
  self->free = free_func;
}

gpointer
rn_scene_ref (gconstpointer self)
{
  RnScene *scene = (RnScene *) self;

  if (scene != NULL)
    g_atomic_ref_count_inc (&scene->ref_count);
  return scene;
}

void
rn_scene_unref (gconstpointer self)
{
  RnScene *scene = (RnScene *) self;

  if (scene != NULL && g_atomic_ref_count_dec (&scene->ref_count))
    scene->free (scene);
}
