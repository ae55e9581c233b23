/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the key "base-maps" and RnRasterSpec. */
#include "ui/rn-base-maps.h"

#include "ui/rn-settings.h"

#define KEY "base-maps"

GPtrArray *
rn_base_maps_load (void)
{
  g_autoptr (GVariant) list = g_settings_get_value (rn_settings_get (), KEY);
  GPtrArray *specs = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_raster_spec_free);

  for (gsize i = 0; i < g_variant_n_children (list); i++)
    {
      g_autoptr (GVariant) value = g_variant_get_child_value (list, i);
      g_autoptr (GError) error = NULL;
      RnRasterSpec *spec = rn_raster_spec_from_variant (value, &error);

      if (spec != NULL)
        g_ptr_array_add (specs, spec);
      else
        g_message ("settings, " KEY "[%" G_GSIZE_FORMAT "]: %s", i, error->message);
    }
  return specs;
}

void
rn_base_maps_save (GPtrArray *specs)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < specs->len; i++)
    g_variant_builder_add_value (&builder, rn_raster_spec_to_variant (specs->pdata[i]));
  g_settings_set_value (rn_settings_get (), KEY, g_variant_builder_end (&builder));
}

static void
apply (RnMapView *map)
{
  g_autoptr (GPtrArray) specs = rn_base_maps_load ();

  rn_map_view_set_rasters (map, (const RnRasterSpec *const *) specs->pdata, specs->len);
}

void
rn_base_maps_bind (RnMapView *map)
{
  g_signal_connect_object (rn_settings_get (), "changed::" KEY, G_CALLBACK (apply), map,
                           G_CONNECT_SWAPPED);
  apply (map);
}
