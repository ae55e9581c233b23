/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tiles by (column, row) in a hash table. A tile has at most one job; a job takes the newest scene
 * when it begins, so that a queue of outdated work cannot build up. Owned by a tile layer. */
#include "map/rn-tile-set.h"

#include <math.h>
#include <string.h>

#include "map/rn-texture.h"

/* The newest scene, shared with the jobs: they may outlive the set. */
typedef struct {
  gatomicrefcount ref_count;
  GMutex lock;
  RnScene *scene;
  guint64 serial;
} Slot;

/* What is on a tile: pixels, one colour all over, or (transparent, no texture) nothing. */
typedef struct {
  GdkTexture *texture;
  GdkRGBA colour;
} Picture;

typedef struct {
  gint64 key;
  int ix, iy;
  guint64 wanted;       /* serial of the scene that it ought to show */
  guint64 shown;        /* serial of the scene that it shows; 0: not yet */
  guint64 fresh_serial; /* drawn and waiting; 0: none */
  Picture picture, fresh;
  gboolean marked;
  RnJob *job;
} Tile;

struct _RnTileSet {
  double zoom;
  int scale;
  RnJobUrgency urgency;
  Slot *slot;
  guint64 serial;
  guint n_unseen;    /* tiles that have not come back yet */
  guint n_jobs;      /* of all tiles */
  GHashTable *tiles; /* gint64 → Tile */
  GQueue fresh;      /* Tile, in the order they came back */
  RnTileStats *stats;
  RnTileSetFunc drawn;
  gpointer user_data;
};

typedef struct {
  RnTileSet *set; /* main thread only, and not after a cancel */
  Tile *tile;
  Slot *slot;
  RnTileSpec spec;
  guint64 serial;
  Picture picture;
} Draw;

static Slot *
slot_ref (Slot *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
slot_unref (Slot *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  rn_scene_unref (self->scene);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static RnScene *
slot_get (Slot *self, guint64 *serial)
{
  RnScene *scene;

  g_mutex_lock (&self->lock);
  scene = rn_scene_ref (self->scene);
  *serial = self->serial;
  g_mutex_unlock (&self->lock);
  return scene;
}

static void
tile_free (gpointer data)
{
  Tile *tile = data;

  rn_job_clear (&tile->job);
  g_clear_object (&tile->picture.texture);
  g_clear_object (&tile->fresh.texture);
  g_free (tile);
}

/* Takes @pixels. One colour all over needs no texture. */
static void
picture_take (Picture *self, guint32 *pixels, int size)
{
  gsize n = (gsize) size * size;
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, n * sizeof *pixels);
  guint32 p = pixels[0];
  float alpha = (float) (p >> 24) / 255.0f;

  if ((alpha == 0 || alpha == 1) && memcmp (pixels, pixels + 1, (n - 1) * sizeof *pixels) == 0)
    self->colour = (GdkRGBA){ (float) (p >> 16 & 255) / 255.0f, (float) (p >> 8 & 255) / 255.0f,
                              (float) (p & 255) / 255.0f, alpha };
  else
    self->texture = rn_texture_new (size, size, bytes, (gsize) size * 4);
}

static void
picture_move (Picture *to, Picture *from)
{
  g_clear_object (&to->texture);
  *to = *from;
  *from = (Picture){ 0 };
}

static void
draw_run (gpointer data)
{
  Draw *draw = data;
  RnScene *scene = slot_get (draw->slot, &draw->serial);
  gsize n = (gsize) draw->spec.size * draw->spec.size;
  guint32 *pixels;

  if (scene == NULL)
    return;
  pixels = g_new0 (guint32, n);
  if (scene->draw (scene, &draw->spec, pixels))
    picture_take (&draw->picture, pixels, draw->spec.size);
  else
    g_free (pixels);
  rn_scene_unref (scene);
}

static void
draw_free (gpointer data)
{
  Draw *draw = data;

  g_clear_object (&draw->picture.texture);
  slot_unref (draw->slot);
  g_free (draw);
}

static void ask (RnTileSet *self, Tile *tile, gboolean background);

static void
draw_done (gpointer data)
{
  Draw *draw = data;
  RnTileSet *self = draw->set;
  Tile *tile = draw->tile;

  tile->job = NULL;
  self->n_jobs--;
  if (tile->fresh_serial == 0)
    g_queue_push_tail (&self->fresh, tile);
  if (tile->fresh_serial == 0 && tile->shown == 0)
    self->n_unseen--;
  picture_move (&tile->fresh, &draw->picture);
  tile->fresh_serial = draw->serial;
  self->stats->n_drawn++;
  if (draw->serial < tile->wanted)
    ask (self, tile, FALSE);
  self->drawn (self->user_data);
}

static void
ask (RnTileSet *self, Tile *tile, gboolean background)
{
  Draw *draw;

  if (tile->job != NULL)
    return;
  draw = g_new0 (Draw, 1);
  draw->set = self;
  draw->tile = tile;
  draw->slot = slot_ref (self->slot);
  draw->spec.zoom = self->zoom;
  draw->spec.x = (double) tile->ix * RN_TILE_PX;
  draw->spec.y = (double) tile->iy * RN_TILE_PX;
  draw->spec.scale = self->scale;
  draw->spec.size = RN_TILE_PX * self->scale;
  self->stats->n_asked++;
  self->n_jobs++;
  tile->job = rn_job_push (background ? RN_JOB_BACKGROUND : self->urgency, draw_run, draw_done,
                           draw, draw_free);
}

RnTileSet *
rn_tile_set_new (double zoom, int scale, RnJobUrgency urgency, const RnScene *scene,
                 RnTileStats *stats, RnTileSetFunc drawn, gpointer user_data)
{
  RnTileSet *self = g_new0 (RnTileSet, 1);

  self->zoom = zoom;
  self->scale = scale;
  self->urgency = urgency;
  self->stats = stats;
  self->drawn = drawn;
  self->user_data = user_data;
  self->tiles = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, tile_free);
  g_queue_init (&self->fresh);
  self->slot = g_new0 (Slot, 1);
  g_atomic_ref_count_init (&self->slot->ref_count);
  g_mutex_init (&self->slot->lock);
  rn_tile_set_set_scene (self, scene);
  return self;
}

void
rn_tile_set_free (RnTileSet *self)
{
  g_queue_clear (&self->fresh);
  g_hash_table_unref (self->tiles);
  slot_unref (self->slot);
  g_free (self);
}

double
rn_tile_set_zoom (const RnTileSet *self)
{
  return self->zoom;
}

int
rn_tile_set_scale (const RnTileSet *self)
{
  return self->scale;
}

guint
rn_tile_set_n_tiles (const RnTileSet *self)
{
  return g_hash_table_size (self->tiles);
}

void
rn_tile_set_set_scene (RnTileSet *self, const RnScene *scene)
{
  RnScene *before;

  g_mutex_lock (&self->slot->lock);
  before = self->slot->scene;
  self->slot->scene = rn_scene_ref (scene);
  self->slot->serial = ++self->serial;
  g_mutex_unlock (&self->slot->lock);
  rn_scene_unref (before);
}

/* The columns and rows that touch a window, within the world. */
static void
window_cells (const RnTileSet *self, const RnWindow *window, int *x0, int *y0, int *x1, int *y1)
{
  double last = rn_camera_world_px (self->zoom) / RN_TILE_PX;

  *x0 = (int) floor (CLAMP (window->x0 / RN_TILE_PX, 0.0, last));
  *y0 = (int) floor (CLAMP (window->y0 / RN_TILE_PX, 0.0, last));
  *x1 = (int) ceil (CLAMP (window->x1 / RN_TILE_PX, 0.0, last)) - 1;
  *y1 = (int) ceil (CLAMP (window->y1 / RN_TILE_PX, 0.0, last)) - 1;
}

static Tile *
find (const RnTileSet *self, int ix, int iy)
{
  gint64 key = ((gint64) iy << 32) | (guint32) ix;

  return g_hash_table_lookup (self->tiles, &key);
}

void
rn_tile_set_touch (RnTileSet *self, double x0, double y0, double x1, double y1, double reach_px)
{
  double world = rn_camera_world_px (self->zoom);
  RnWindow window = { x0 * world - reach_px, y0 * world - reach_px, x1 * world + reach_px,
                      y1 * world + reach_px };
  int cx0, cy0, cx1, cy1;
  Tile *tile;

  window_cells (self, &window, &cx0, &cy0, &cx1, &cy1);
  if ((gint64) (cx1 - cx0 + 1) * (cy1 - cy0 + 1) > g_hash_table_size (self->tiles))
    {
      GHashTableIter iter;

      g_hash_table_iter_init (&iter, self->tiles);
      while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
        if (tile->ix >= cx0 && tile->ix <= cx1 && tile->iy >= cy0 && tile->iy <= cy1)
          tile->marked = TRUE;
      return;
    }
  for (int iy = cy0; iy <= cy1; iy++)
    for (int ix = cx0; ix <= cx1; ix++)
      if ((tile = find (self, ix, iy)) != NULL)
        tile->marked = TRUE;
}

/* Before a tile leaves the table. */
static void
forget (RnTileSet *self, Tile *tile)
{
  if (tile->job != NULL)
    self->n_jobs--;
  if (tile->fresh_serial != 0)
    g_queue_remove (&self->fresh, tile);
  else if (tile->shown == 0)
    self->n_unseen--;
}

void
rn_tile_set_redraw (RnTileSet *self, const RnWindow *seen)
{
  int x0, y0, x1, y1;
  GHashTableIter iter;
  Tile *tile;

  window_cells (self, seen, &x0, &y0, &x1, &y1);
  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
    {
      if (!tile->marked)
        continue;
      if (tile->ix < x0 || tile->ix > x1 || tile->iy < y0 || tile->iy > y1)
        {
          forget (self, tile);
          g_hash_table_iter_remove (&iter);
          continue;
        }
      tile->marked = FALSE;
      tile->wanted = self->serial;
      ask (self, tile, FALSE);
    }
}

void
rn_tile_set_require (RnTileSet *self, const RnWindow *window, gboolean background)
{
  int x0, y0, x1, y1;

  window_cells (self, window, &x0, &y0, &x1, &y1);
  for (int iy = y0; iy <= y1; iy++)
    for (int ix = x0; ix <= x1; ix++)
      {
        Tile *tile;

        if (find (self, ix, iy) != NULL)
          continue;
        tile = g_new0 (Tile, 1);
        tile->key = ((gint64) iy << 32) | (guint32) ix;
        tile->ix = ix;
        tile->iy = iy;
        tile->wanted = self->serial;
        g_hash_table_insert (self->tiles, &tile->key, tile);
        self->n_unseen++;
        ask (self, tile, background);
      }
}

void
rn_tile_set_trim (RnTileSet *self, const RnWindow *window)
{
  int x0, y0, x1, y1;
  GHashTableIter iter;
  Tile *tile;

  window_cells (self, window, &x0, &y0, &x1, &y1);
  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
    if (tile->ix < x0 || tile->ix > x1 || tile->iy < y0 || tile->iy > y1)
      {
        forget (self, tile);
        g_hash_table_iter_remove (&iter);
      }
}

gboolean
rn_tile_set_is_complete (const RnTileSet *self)
{
  return self->n_unseen == 0;
}

static gboolean
check (RnTileSet *self, const RnWindow *window, gboolean settled)
{
  int x0, y0, x1, y1;

  window_cells (self, window, &x0, &y0, &x1, &y1);
  for (int iy = y0; iy <= y1; iy++)
    for (int ix = x0; ix <= x1; ix++)
      {
        const Tile *tile = find (self, ix, iy);

        if (tile == NULL || (tile->shown == 0 && tile->fresh_serial == 0))
          return FALSE;
        if (settled && (tile->shown < tile->wanted || tile->fresh_serial != 0))
          return FALSE;
      }
  return TRUE;
}

gboolean
rn_tile_set_covers (RnTileSet *self, const RnWindow *window)
{
  return check (self, window, FALSE);
}

gboolean
rn_tile_set_is_settled (RnTileSet *self, const RnWindow *window)
{
  return check (self, window, TRUE);
}

guint
rn_tile_set_show (RnTileSet *self, guint max)
{
  guint n = 0;
  Tile *tile;

  while (n < max && (tile = g_queue_pop_head (&self->fresh)) != NULL)
    {
      /* only textures cost an upload */
      if (tile->fresh.texture != NULL)
        n++;
      picture_move (&tile->picture, &tile->fresh);
      tile->shown = tile->fresh_serial;
      tile->fresh_serial = 0;
      self->stats->n_shown++;
    }
  return n;
}

gboolean
rn_tile_set_fills_hole (const RnTileSet *self)
{
  for (const GList *l = self->fresh.head; l != NULL; l = l->next)
    if (((const Tile *) l->data)->shown == 0)
      return TRUE;
  return FALSE;
}

gboolean
rn_tile_set_is_drawing (const RnTileSet *self)
{
  return self->n_jobs > 0;
}

gboolean
rn_tile_set_has_fresh (const RnTileSet *self)
{
  return !g_queue_is_empty ((GQueue *) &self->fresh);
}

/* Where a tile edge lies. At the set's own zoom on whole device pixels, or lines blur; at another
 * both sides of an edge are rounded alike, or seams show. Turned pictures are not rounded. */
static double
place (double edge, double factor, double origin, const RnCamera *camera)
{
  double at = edge * factor - origin;

  return camera->rotation == 0 ? round (at * camera->scale) / camera->scale : at;
}

void
rn_tile_set_snapshot (RnTileSet *self, const RnCamera *camera, gboolean software,
                      GtkSnapshot *snapshot)
{
  double factor = exp2 (camera->zoom - self->zoom);
  double ox = camera->x - camera->width / 2.0, oy = camera->y - camera->height / 2.0;
  RnWindow window = rn_camera_window (camera, 0);
  GHashTableIter iter;
  Tile *tile;

  if (camera->zoom == self->zoom)
    factor = 1.0;
  gtk_snapshot_save (snapshot);
  rn_camera_rotate_snapshot (camera, snapshot);
  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
    {
      double side = RN_TILE_PX * factor;
      double wx = tile->ix * side, wy = tile->iy * side;
      const Picture *picture = &tile->picture;
      graphene_rect_t rect;
      double x0, y0;

      if ((picture->texture == NULL && picture->colour.alpha == 0) || wx > window.x1
          || wy > window.y1 || wx + side < window.x0 || wy + side < window.y0)
        continue;
      x0 = place (tile->ix * (double) RN_TILE_PX, factor, ox, camera);
      y0 = place (tile->iy * (double) RN_TILE_PX, factor, oy, camera);
      rect.origin.x = (float) x0;
      rect.origin.y = (float) y0;
      rect.size.width =
          (float) (place ((tile->ix + 1) * (double) RN_TILE_PX, factor, ox, camera) - x0);
      rect.size.height =
          (float) (place ((tile->iy + 1) * (double) RN_TILE_PX, factor, oy, camera) - y0);
      if (picture->texture != NULL)
        rn_texture_append (picture->texture, software, snapshot, &rect);
      else
        gtk_snapshot_append_color (snapshot, &picture->colour, &rect);
    }
  gtk_snapshot_restore (snapshot);
}
