/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door to the room's resource bundle; naming its getter keeps the linker from dropping it. */
#include "carto/rn-carto-data.h"

#include <gio/gio.h>

#include "base/rn-json.h"
#include "rn-carto-resources.h"

JsonNode *
rn_carto_data_json (const char *name)
{
  g_autofree char *path = g_strconcat ("/com/example/RoadNet/carto/", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  JsonNode *node = NULL;

  bytes =
      g_resource_lookup_data (rn_carto_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  if (bytes != NULL)
    node = rn_json_parse (bytes, &error);
  if (node == NULL)
    g_error ("embedded %s: %s", name, error->message);
  return node;
}
