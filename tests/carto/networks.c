/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. The random numbers are our own, so that pictures stay the same. */
#include "networks.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <math.h>

static guint64 state;

static double
uniform (void)
{
  guint64 z = (state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (double) ((z ^ (z >> 31)) >> 11) / 9007199254740992.0;
}

static void
add (RnNetworkBuilder *builder, const char *id, const char *road, RnDirection direction, RnSide side,
     const RnPoint *points, guint n)
{
  RnSectionRow row = RN_SECTION_ROW_INIT;
  g_autoptr (GError) error = NULL;

  row.id = id;
  row.road = road;
  row.direction = direction;
  row.side = side;
  row.free_speed_kmh = 100; /* so that flow has a state */
  row.lanes = 2;
  row.points = points;
  row.n_points = n;
  if (!rn_network_builder_add_section (builder, &row, &error))
    g_error ("section %s: %s", id, error->message);
}

RnNetwork *
networks_from_lines (RnSide side, const char *const *lines, guint n)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("test", "1");
  RnRoadRow road = { .ref = "G1", .shield = RN_SHIELD_NATIONAL };

  rn_network_builder_add_road (builder, &road);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) pairs = g_strsplit (lines[i], ",", -1);
      guint count = g_strv_length (pairs);
      g_autofree RnPoint *points = g_new (RnPoint, count);
      g_autofree char *id = g_strdup_printf ("%u", i);

      for (guint j = 0; j < count; j++)
        {
          char *end;

          points[j].lon = g_ascii_strtod (pairs[j], &end);
          points[j].lat = g_ascii_strtod (end, NULL);
        }
      add (builder, id, "G1", RN_DIRECTION_ASC, side, points, count);
    }
  return rn_network_builder_end (builder);
}

RnNetwork *
networks_synthetic (guint n)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("test", "1");
  RnBox box = n <= 20000 ? (RnBox){ 116.3, 30.7, 122.0, 35.2 } : (RnBox){ 100.0, 22.0, 122.0, 40.0 };
  double lon = 0.0, lat = 0.0, heading = 0.0;
  int left = 0;
  guint road = 0;

  state = 12345;
  for (guint i = 0; i < n; i++)
    {
      RnPoint points[20];
      guint count = 10 + (guint) (uniform () * 11.0);
      g_autofree char *id = g_strdup_printf ("s%u", i), *ref = NULL;

      if (left-- <= 0 || lon < box.min_lon || lon > box.max_lon || lat < box.min_lat ||
          lat > box.max_lat)
        {
          lon = box.min_lon + uniform () * (box.max_lon - box.min_lon);
          lat = box.min_lat + uniform () * (box.max_lat - box.min_lat);
          heading = uniform () * 2.0 * G_PI;
          left = 20 + (int) (uniform () * 60.0);
          road++;
        }
      count = MIN (count, G_N_ELEMENTS (points));
      for (guint j = 0; j < count; j++)
        {
          points[j] = (RnPoint){ lon, lat };
          if (j + 1 < count)
            {
              double step = 0.0025 + uniform () * 0.002;

              heading += (uniform () - 0.5) * 0.35;
              lon += cos (heading) * step / cos (lat * G_PI / 180.0);
              lat += sin (heading) * step;
            }
        }
      ref = g_strdup_printf ("G%u", road);
      rn_network_builder_add_road (builder, &(RnRoadRow){ .ref = ref,
                                                          .shield = RN_SHIELD_NATIONAL });
      add (builder, id, ref, RN_DIRECTION_ASC, RN_SIDE_RIGHT, points, count);
    }
  return rn_network_builder_end (builder);
}

static void
add_feature (RnNetworkBuilder *builder, JsonObject *feature)
{
  JsonObject *p = json_object_get_object_member (feature, "properties");
  JsonObject *geometry = json_object_get_object_member (feature, "geometry");
  JsonArray *line = json_object_get_array_member (geometry, "coordinates");
  guint n = json_array_get_length (line);
  g_autofree RnPoint *points = g_new (RnPoint, n);
  gboolean asc = g_str_equal (json_object_get_string_member (p, "dir"), "asc");

  for (guint i = 0; i < n; i++)
    {
      JsonArray *pair = json_array_get_array_element (line, i);

      points[i] = (RnPoint){ json_array_get_double_element (pair, 0),
                             json_array_get_double_element (pair, 1) };
    }
  add (builder, json_object_get_string_member (p, "id"), json_object_get_string_member (p, "route"),
       asc ? RN_DIRECTION_ASC : RN_DIRECTION_DESC, RN_SIDE_RIGHT, points, n);
}

RnNetwork *
networks_jiangsu (void)
{
  const char *shared = g_getenv ("RN_TEST_SHARED");
  g_autofree char *path = g_build_filename (shared != NULL ? shared : "", "geo", "jiangsu",
                                            "sections.geojson", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("demo", "1");
  g_autoptr (GHashTable) roads = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *features;

  if (shared == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  if (!json_parser_load_from_file (parser, path, NULL))
    return NULL;
  features = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                           "features");
  for (guint i = 0; i < json_array_get_length (features); i++)
    {
      JsonObject *feature = json_array_get_object_element (features, i);
      const char *ref = json_object_get_string_member (
          json_object_get_object_member (feature, "properties"), "route");
      RnRoadRow road = { .ref = ref, .shield = ref[0] == 'G'   ? RN_SHIELD_NATIONAL
                                               : ref[0] == 'S' ? RN_SHIELD_PROVINCIAL
                                                               : RN_SHIELD_OTHER };

      if (g_hash_table_add (roads, (gpointer) ref))
        rn_network_builder_add_road (builder, &road);
      add_feature (builder, feature);
    }
  return rn_network_builder_end (builder);
}
