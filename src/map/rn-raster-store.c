/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hash table behind a lock, which is held for look-ups only: pictures are refcounted. */
#include "map/rn-raster-store.h"

/* How many levels above may stand in for a tile. */
#define MAX_ABOVE 6

typedef struct {
  gint64 key;
  RnRasterImage *image; /* NULL: known to be none */
  gsize bytes;
  guint64 wanted; /* the turn in which it was wanted last */
} Entry;

struct _RnRasterStore {
  gatomicrefcount ref_count;
  GMutex lock;
  GHashTable *entries; /* gint64 → Entry */
  gsize bytes, max_bytes;
  guint64 turn;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->image, rn_raster_image_unref);
  g_free (entry);
}

void
rn_raster_part_clear (RnRasterPart *self)
{
  g_clear_pointer (&self->image, rn_raster_image_unref);
}

RnRasterStore *
rn_raster_store_new (gsize max_bytes)
{
  RnRasterStore *self = g_new0 (RnRasterStore, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, entry_free);
  self->max_bytes = max_bytes;
  return self;
}

RnRasterStore *
rn_raster_store_ref (RnRasterStore *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rn_raster_store_unref (RnRasterStore *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->entries);
  g_mutex_clear (&self->lock);
  g_free (self);
}

gint64
rn_raster_key (int z, int x, int y)
{
  return (gint64) z << 56 | (gint64) y << 28 | x;
}

void
rn_raster_store_begin (RnRasterStore *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->turn++;
}

gboolean
rn_raster_store_want (RnRasterStore *self, gint64 key)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Entry *entry = g_hash_table_lookup (self->entries, &key);

  if (entry != NULL)
    entry->wanted = self->turn;
  return entry != NULL && entry->image != NULL;
}

/* The lock is held. */
static void
remove_key (RnRasterStore *self, gint64 key)
{
  Entry *entry = g_hash_table_lookup (self->entries, &key);

  if (entry == NULL)
    return;
  self->bytes -= entry->bytes;
  g_hash_table_remove (self->entries, &key);
}

/* The lock is held. Lets half of what is not wanted go, the longest unwanted first, by turns. */
static void
make_room (RnRasterStore *self)
{
  while (self->bytes > self->max_bytes)
    {
      guint64 oldest = self->turn;
      GHashTableIter iter;
      Entry *entry;

      g_hash_table_iter_init (&iter, self->entries);
      while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
        oldest = MIN (oldest, entry->wanted);
      if (oldest == self->turn)
        return;
      g_hash_table_iter_init (&iter, self->entries);
      while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
        if (entry->wanted == oldest)
          {
            self->bytes -= entry->bytes;
            g_hash_table_iter_remove (&iter);
          }
    }
}

void
rn_raster_store_put (RnRasterStore *self, gint64 key, RnRasterImage *image)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Entry *entry = g_new0 (Entry, 1);

  remove_key (self, key);
  entry->key = key;
  entry->image = image != NULL ? rn_raster_image_ref (image) : NULL;
  entry->bytes =
      sizeof *entry + (image != NULL ? (gsize) image->width * image->height * sizeof (guint32) : 0);
  entry->wanted = self->turn;
  g_hash_table_insert (self->entries, &entry->key, entry);
  self->bytes += entry->bytes;
  make_room (self);
}

void
rn_raster_store_remove (RnRasterStore *self, gint64 key)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  remove_key (self, key);
}

/* The lock is held. */
static const Entry *
look_up (RnRasterStore *self, int z, int x, int y)
{
  gint64 key = rn_raster_key (z, x, y);

  return g_hash_table_lookup (self->entries, &key);
}

/* A smaller picture of @from into the quarter of @to that begins at (@x0, @y0). */
static void
put_quarter (RnRasterImage *to, int x0, int y0, const RnRasterImage *from)
{
  int width = to->width / 2, height = to->height / 2;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint sum[4] = { 2, 2, 2, 2 };

        for (int i = 0; i < 4; i++)
          {
            int sx = (2 * x + (i & 1)) * from->width / to->width;
            int sy = (2 * y + (i >> 1)) * from->height / to->height;
            guint32 p = from->pixels[(gsize) sy * from->width + sx];

            for (int c = 0; c < 4; c++)
              sum[c] += p >> (8 * c) & 255;
          }
        to->pixels[(gsize) (y0 + y) * to->width + x0 + x] =
            (sum[3] / 4) << 24 | (sum[2] / 4) << 16 | (sum[1] / 4) << 8 | sum[0] / 4;
      }
}

/* What stands there of the four tiles of the level below. */
static RnRasterImage *
compose (RnRasterImage *const *parts)
{
  RnRasterImage *image = NULL;

  for (int i = 0; i < 4; i++)
    {
      if (parts[i] == NULL)
        continue;
      if (image == NULL)
        image = rn_raster_image_new (parts[i]->width, parts[i]->height);
      put_quarter (image, i & 1 ? image->width / 2 : 0, i >> 1 ? image->height / 2 : 0, parts[i]);
    }
  return image;
}

RnRasterPart
rn_raster_store_find (RnRasterStore *self, int z, int x, int y)
{
  RnRasterPart part = { NULL, 0, 0, 1 };
  RnRasterImage *parts[4] = { NULL };
  const Entry *entry;

  g_mutex_lock (&self->lock);
  entry = look_up (self, z, x, y);
  if (entry == NULL)
    for (int i = 0; i < 4; i++)
      {
        const Entry *below = look_up (self, z + 1, 2 * x + (i & 1), 2 * y + (i >> 1));

        if (below != NULL && below->image != NULL)
          parts[i] = rn_raster_image_ref (below->image);
      }
  for (int up = 1; entry == NULL && up <= MIN (z, MAX_ABOVE); up++)
    {
      entry = look_up (self, z - up, x >> up, y >> up);
      if (entry == NULL || entry->image == NULL)
        {
          entry = NULL;
          continue;
        }
      part.side = 1.0 / (1 << up);
      part.u = (x & ((1 << up) - 1)) * part.side;
      part.v = (y & ((1 << up) - 1)) * part.side;
    }
  if (entry != NULL && entry->image != NULL)
    part.image = rn_raster_image_ref (entry->image);
  g_mutex_unlock (&self->lock);
  if (entry == NULL)
    part.image = compose (parts);
  for (int i = 0; i < 4; i++)
    g_clear_pointer (&parts[i], rn_raster_image_unref);
  return part;
}

gsize
rn_raster_store_get_bytes (RnRasterStore *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->bytes;
}
