/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A queue a host. Turns are given from an idle source, so that nobody is called back from within
 * its own call. */
#include "map/rn-raster-hub.h"

typedef struct {
  char *name;
  guint n_turns;
  GQueue waiting; /* RnRasterSlot by rank */
} Host;

struct _RnRasterHub {
  int ref_count;
  RnClock *clock;
  RnHttp *http;
  RnRasterCache *cache;
  GHashTable *hosts; /* name → Host */
  guint idle_id;
};

struct _RnRasterSlot {
  RnRasterHub *hub;
  Host *host;
  double rank;
  gboolean has_turn;
  void (*turn) (gpointer data);
  gpointer data;
};

static void
host_free (gpointer data)
{
  Host *host = data;

  g_queue_clear (&host->waiting);
  g_free (host->name);
  g_free (host);
}

RnRasterHub *
rn_raster_hub_new (RnClock *clock, RnRasterCache *cache)
{
  RnRasterHub *self = g_new0 (RnRasterHub, 1);

  self->ref_count = 1;
  self->clock = g_object_ref (clock);
  self->http = rn_http_new ();
  self->cache = cache != NULL ? rn_raster_cache_ref (cache) : NULL;
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, host_free);
  return self;
}

RnRasterHub *
rn_raster_hub_ref (RnRasterHub *self)
{
  self->ref_count++;
  return self;
}

void
rn_raster_hub_unref (RnRasterHub *self)
{
  if (--self->ref_count > 0)
    return;
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_hash_table_unref (self->hosts);
  g_clear_pointer (&self->cache, rn_raster_cache_unref);
  g_object_unref (self->http);
  g_object_unref (self->clock);
  g_free (self);
}

RnRasterCache *
rn_raster_hub_open_user_cache (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "roadnet", "tiles", NULL);

  return rn_raster_cache_new (folder, RN_RASTER_CACHE_MAX_BYTES);
}

RnClock *
rn_raster_hub_get_clock (RnRasterHub *self)
{
  return self->clock;
}

RnHttp *
rn_raster_hub_get_http (RnRasterHub *self)
{
  return self->http;
}

RnRasterCache *
rn_raster_hub_get_cache (RnRasterHub *self)
{
  return self->cache;
}

static gboolean
give_turns_cb (gpointer data)
{
  RnRasterHub *self = data;
  GHashTableIter iter;
  Host *host;
  g_autoptr (GPtrArray) turns = g_ptr_array_new ();

  self->idle_id = 0;
  g_hash_table_iter_init (&iter, self->hosts);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &host))
    while (host->n_turns < RN_RASTER_MAX_AT_A_TIME && !g_queue_is_empty (&host->waiting))
      {
        RnRasterSlot *slot = g_queue_pop_head (&host->waiting);

        host->n_turns++;
        slot->has_turn = TRUE;
        g_ptr_array_add (turns, slot);
      }
  /* a turn only starts a request: it neither ends another nor frees the hub */
  for (guint i = 0; i < turns->len; i++)
    {
      RnRasterSlot *slot = turns->pdata[i];

      slot->turn (slot->data);
    }
  return G_SOURCE_REMOVE;
}

static void
look_later (RnRasterHub *self)
{
  if (self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_DEFAULT, give_turns_cb, self, NULL);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  double x = ((const RnRasterSlot *) a)->rank, y = ((const RnRasterSlot *) b)->rank;

  return x < y ? -1 : x > y;
}

RnRasterSlot *
rn_raster_hub_queue (RnRasterHub *self, const char *name, double rank, void (*turn) (gpointer),
                     gpointer data)
{
  RnRasterSlot *slot = g_new0 (RnRasterSlot, 1);
  Host *host = g_hash_table_lookup (self->hosts, name);

  if (host == NULL)
    {
      host = g_new0 (Host, 1);
      host->name = g_strdup (name);
      g_queue_init (&host->waiting);
      g_hash_table_insert (self->hosts, host->name, host);
    }
  slot->hub = rn_raster_hub_ref (self);
  slot->host = host;
  slot->rank = rank;
  slot->turn = turn;
  slot->data = data;
  g_queue_insert_sorted (&host->waiting, slot, compare_cb, NULL);
  look_later (self);
  return slot;
}

void
rn_raster_slot_leave (RnRasterSlot **slot)
{
  RnRasterSlot *self = g_steal_pointer (slot);

  if (self == NULL)
    return;
  if (self->has_turn)
    {
      self->host->n_turns--;
      look_later (self->hub);
    }
  else
    g_queue_remove (&self->host->waiting, self);
  rn_raster_hub_unref (self->hub);
  g_free (self);
}
