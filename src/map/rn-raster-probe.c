/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A source without a disk, looked at through a small window; the task owns it. */
#include "map/rn-raster-probe.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "carto/rn-mercator.h"
#include "map/rn-raster-load.h"
#include "map/rn-raster-mesh.h"
#include "map/rn-raster-source.h"

#define PROBE_LEVEL 6
#define CAPABILITIES_BYTES ((gsize) 16 << 20)

typedef struct {
  RnRasterHub *hub;
  RnRasterSource *source; /* of a tile */
  RnRasterLoad *load;     /* of capabilities */
  double lon, lat;
  int level, x, y; /* asked for; level −1: not yet */
  guint idle_id;
} Probe;

static void
probe_free (gpointer data)
{
  Probe *probe = data;

  g_clear_handle_id (&probe->idle_id, g_source_remove);
  g_clear_object (&probe->source);
  rn_raster_load_cancel (&probe->load);
  rn_raster_hub_unref (probe->hub);
  g_free (probe);
}

static GTask *
new_task (gpointer owner, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (owner, NULL, callback, data);
  g_autoptr (RnClock) clock = rn_clock_new_system ();
  Probe *probe = g_new0 (Probe, 1);

  probe->hub = rn_raster_hub_new (clock, NULL);
  probe->level = -1;
  g_task_set_task_data (task, probe, probe_free);
  return task;
}

/* ---- a tile ---------------------------------------------------------------------------------- */

static void
ask_for_tile (Probe *probe, const RnRasterSheet *sheet)
{
  RnBox bounds = rn_raster_source_get_bounds (probe->source);
  RnPoint at = { probe->lon, probe->lat };
  double x, y, side, reach;

  if (at.lon < bounds.min_lon || at.lon > bounds.max_lon || at.lat < bounds.min_lat
      || at.lat > bounds.max_lat)
    at = (RnPoint){ (bounds.min_lon + bounds.max_lon) / 2, (bounds.min_lat + bounds.max_lat) / 2 };
  probe->level = CLAMP (PROBE_LEVEL, sheet->min_zoom, sheet->max_zoom);
  rn_mercator_project (at, probe->level, &x, &y);
  probe->x = (int) (x / 256);
  probe->y = (int) (y / 256);
  side = exp2 (-probe->level);
  reach = side / 100;
  rn_raster_mesh_from_source (sheet->crs, (probe->x + 0.5) * side, (probe->y + 0.5) * side, &x, &y);
  rn_raster_source_set_view (probe->source, probe->level + (sheet->tile_px == 512 ? 1 : 0),
                             x - reach, y - reach, x + reach, y + reach);
}

static void
say_tile (GTask *task, const RnRasterSheet *sheet)
{
  Probe *probe = g_task_get_task_data (task);
  const char *error = rn_raster_source_get_error (probe->source);
  guint n_shown, n_failed, n_absent;
  g_auto (RnRasterPart) part = { 0 };

  rn_raster_source_count (probe->source, &n_shown, &n_failed, &n_absent);
  if (n_shown > 0)
    part = rn_raster_store_find (sheet->store, probe->level, probe->x, probe->y);
  if (part.image != NULL)
    g_task_return_pointer (task,
                           g_strdup_printf (_("A tile came: level %d, %d × %d pixels"),
                                            probe->level, part.image->width, part.image->height),
                           g_free);
  else if (error != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", error);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                             _("the map answers, but has no tile there (level %d, column %d, "
                                "row %d)"),
                             probe->level, probe->x, probe->y);
}

static gboolean
look_cb (gpointer data)
{
  GTask *task = data;
  Probe *probe = g_task_get_task_data (task);
  RnRasterSheet sheet;
  gboolean ready = rn_raster_source_get_sheet (probe->source, &sheet);

  probe->idle_id = 0;
  if (ready && probe->level < 0)
    ask_for_tile (probe, &sheet);
  if (!rn_raster_source_is_settled (probe->source))
    return G_SOURCE_REMOVE;
  g_signal_handlers_disconnect_by_data (probe->source, task);
  say_tile (task, &sheet);
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

/* The source is in the middle of something: looked at a little later. */
static void
look_later (RnRasterSource *source, GTask *task)
{
  Probe *probe = g_task_get_task_data (task);

  if (probe->idle_id == 0)
    probe->idle_id = g_idle_add (look_cb, task);
}

void
rn_raster_probe_tile_async (const RnRasterSpec *spec, double lon, double lat, gpointer owner,
                            GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = new_task (owner, callback, data);
  Probe *probe = g_task_get_task_data (task);

  g_task_set_source_tag (task, rn_raster_probe_tile_async);
  probe->lon = lon;
  probe->lat = lat;
  probe->source = rn_raster_source_new (probe->hub, spec);
  g_signal_connect (probe->source, "changed", G_CALLBACK (look_later), task);
  look_later (probe->source, task);
}

char *
rn_raster_probe_tile_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- layers ---------------------------------------------------------------------------------- */

static gpointer
read_capabilities (GBytes *bytes, GError **error)
{
  return rn_wmts_parse (bytes, error);
}

static void
capabilities_cb (gpointer value, RnRasterLoadState state, const GError *error, gpointer data)
{
  g_autoptr (GTask) task = data;
  Probe *probe = g_task_get_task_data (task);

  probe->load = NULL;
  if (value != NULL)
    g_task_return_pointer (task, value, (GDestroyNotify) rn_wmts_free);
  else
    g_task_return_error (task, g_error_copy (error));
}

void
rn_raster_probe_layers_async (const RnRasterSpec *spec, gpointer owner,
                              GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = new_task (owner, callback, data);
  Probe *probe = g_task_get_task_data (task);
  g_autofree char *uri = rn_wmts_dup_capabilities_uri (spec->location);
  RnRasterLoadRequest request = { .uri = uri,
                                  .key = "capabilities",
                                  .accept = "application/xml, text/xml, */*",
                                  .allow_http = spec->allow_http,
                                  .max_bytes = CAPABILITIES_BYTES,
                                  .read = read_capabilities,
                                  .free_value = (GDestroyNotify) rn_wmts_free };

  g_task_set_source_tag (task, rn_raster_probe_layers_async);
  probe->load = rn_raster_load_start (probe->hub, &request, capabilities_cb, task);
}

RnWmts *
rn_raster_probe_layers_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
