/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading that all decoders of the operations API share. Each complaint names its place. Pure. */
#include "feed/rn-adapter-roadnet-parts.h"

#include <string.h>

#include "base/rn-i18n.h"

#define MAX_POSITIONS 1000000u

gboolean
rn_roadnet_opt_object (const RnJson *place, GError **error)
{
  if (*error != NULL || rn_json_is_null (place))
    return FALSE;
  if (!rn_json_is_object (place))
    rn_json_fail (place, RN_JSON_ERROR_TYPE, error, "%s", _("is not an object"));
  return rn_json_is_object (place);
}

gboolean
rn_roadnet_opt_array (const RnJson *place, GError **error)
{
  if (*error != NULL || rn_json_is_null (place))
    return FALSE;
  if (!rn_json_is_array (place))
    rn_json_fail (place, RN_JSON_ERROR_TYPE, error, "%s", _("is not an array"));
  return rn_json_is_array (place);
}

/* ---- rows ---- */

static gboolean
decode_row (RnDocument *document, const RnJson *row, GHashTable *seen, RnRoadnetRow decode,
            const RnDecodeContext *context, GError **error)
{
  g_autofree char *id = NULL;

  if (!rn_json_is_object (row))
    {
      rn_json_fail (row, RN_JSON_ERROR_TYPE, error, "%s", _("is not an object"));
      return FALSE;
    }
  id = rn_json_id (RN_AT (row, "id"), error);
  if (id == NULL)
    return FALSE;
  if (g_hash_table_contains (seen, id))
    {
      rn_json_fail (RN_AT (row, "id"), RN_JSON_ERROR_RANGE, error,
                    _("a second one of this id: %s"), id);
      return FALSE;
    }
  if (!decode (document, row, id, context, error))
    return FALSE;
  g_hash_table_add (seen, g_steal_pointer (&id));
  return TRUE;
}

gboolean
rn_roadnet_each_row (RnDocument *document, const RnJson *root, const char *key, gboolean mandatory,
                     RnRoadnetRow decode, const RnDecodeContext *context, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const RnJson *rows = RN_AT (root, key);

  if (!rn_roadnet_opt_array (rows, error))
    {
      if (mandatory)
        rn_json_fail (rows, RN_JSON_ERROR_MISSING, error, "%s", _("is missing"));
      return *error == NULL;
    }
  for (guint i = 0; i < rn_json_length (rows); i++)
    {
      RnJson row = rn_json_element (rows, i);
      GError *refused = NULL;

      document->n_rows++;
      if (!decode_row (document, &row, seen, decode, context, &refused))
        rn_refusals_take_error (document->refusals, refused);
    }
  return TRUE;
}

/* ---- lists ---- */

char *
rn_roadnet_dup_string (const RnJson *place, GError **error)
{
  return g_strdup (rn_json_opt_string (place, error));
}

GStrv
rn_roadnet_dup_ids (const RnJson *place, GError **error)
{
  if (!rn_roadnet_opt_array (place, error))
    return NULL;

  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < rn_json_length (place); i++)
    {
      RnJson element = rn_json_element (place, i);
      g_autofree char *id = rn_json_id (&element, error);

      if (id == NULL)
        return NULL;
      g_strv_builder_add (builder, id);
    }
  return g_strv_builder_end (builder);
}

GArray *
rn_roadnet_dup_sections (const RnJson *place, const RnDecodeContext *context, guint *n_unknown,
                         GError **error)
{
  g_auto (GStrv) ids = rn_roadnet_dup_ids (place, error);
  guint unknown = 0;

  if (ids == NULL)
    return NULL;

  GArray *sections = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; ids[i] != NULL; i++)
    {
      guint32 section = context->network != NULL
                            ? rn_network_find_section (context->network, NULL, ids[i])
                            : RN_NONE;

      if (section != RN_NONE)
        g_array_append_val (sections, section);
      else
        unknown++;
    }
  if (n_unknown != NULL)
    *n_unknown = unknown;
  return sections;
}

/* ---- places ---- */

RnJson
rn_roadnet_properties (const RnJson *feature, GError **error)
{
  RnJson properties = rn_json_member (feature, "properties");

  if (!rn_roadnet_opt_object (&properties, error))
    rn_json_fail (&properties, RN_JSON_ERROR_MISSING, error, "%s", _("is missing"));
  return properties;
}

static gboolean
read_position (const RnJson *place, RnPoint *point, GError **error)
{
  RnJson lon = rn_json_element (place, 0), lat = rn_json_element (place, 1);

  if (!rn_json_is_array (place))
    rn_json_fail (place, RN_JSON_ERROR_TYPE, error, "%s", _("is not a position [lon, lat]"));
  point->lon = rn_json_number (&lon, -180, 180, error);
  point->lat = rn_json_number (&lat, -90, 90, error);
  return *error == NULL;
}

static GArray *
read_positions (const RnJson *place, guint least, GError **error)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (RnPoint));
  guint n = rn_json_length (place);

  if (!rn_json_is_array (place))
    rn_json_fail (place, RN_JSON_ERROR_TYPE, error, "%s", _("is not an array of positions"));
  else if (n < least || n > MAX_POSITIONS)
    rn_json_fail (place, RN_JSON_ERROR_RANGE, error, _("out of range %u…%u positions: %u"), least,
                  MAX_POSITIONS, n);
  for (guint i = 0; i < n && *error == NULL; i++)
    {
      RnJson element = rn_json_element (place, i);
      RnPoint point;

      if (read_position (&element, &point, error))
        g_array_append_val (points, point);
    }
  return *error == NULL ? g_steal_pointer (&points) : NULL;
}

static GArray *
read_coordinates (const RnJson *place, RnRoadnetShape shape, GError **error)
{
  RnPoint point;

  switch (shape)
    {
    case RN_SHAPE_POINT:
      if (!read_position (place, &point, error))
        return NULL;
      return g_array_append_val (g_array_new (FALSE, FALSE, sizeof (RnPoint)), point);
    case RN_SHAPE_POINTS:
      return read_positions (place, 1, error);
    case RN_SHAPE_LINE:
      return read_positions (place, 2, error);
      case RN_SHAPE_RING: {
        RnJson ring = rn_json_element (place, 0);

        return read_positions (&ring, 4, error);
      }
    case RN_SHAPE_NONE:
    default:
      return NULL;
    }
}

RnRoadnetShape
rn_roadnet_read_geometry (const RnJson *feature, guint allowed, GArray **points, GError **error)
{
  static const char *const words[] = { "Point", "MultiPoint", "LineString", "Polygon", NULL };
  const RnJson *geometry = RN_AT (feature, "geometry");
  RnRoadnetShape shape = RN_SHAPE_NONE;

  *points = NULL;
  if (rn_roadnet_opt_object (geometry, error))
    {
      int word = rn_json_word (RN_AT (geometry, "type"), words, error);

      if (word >= 0)
        shape = (RnRoadnetShape) (RN_SHAPE_POINT + word);
    }
  if (*error != NULL)
    return RN_SHAPE_NONE;
  if ((allowed & (1u << shape)) == 0)
    {
      rn_json_fail (geometry, RN_JSON_ERROR_RANGE, error, _("not a place for this: %s"),
                    shape == RN_SHAPE_NONE ? "null" : words[shape - RN_SHAPE_POINT]);
      return RN_SHAPE_NONE;
    }
  *points = read_coordinates (RN_AT (geometry, "coordinates"), shape, error);
  return *error == NULL ? shape : RN_SHAPE_NONE;
}

RnRoadnetShape
rn_roadnet_read_place (const RnJson *feature, guint allowed, const RnDecodeContext *context,
                       GArray **points, GError **error)
{
  RnRoadnetShape shape = rn_roadnet_read_geometry (feature, allowed, points, error);

  for (guint i = 0; *points != NULL && i < (*points)->len; i++)
    {
      RnPoint *point = &g_array_index (*points, RnPoint, i);

      *point = rn_crs_to_wgs84 (context->crs, *point);
    }
  return shape;
}
