/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made-up states become frames the same way as real ones: as flow through rn_frame_build(). */
#include "frames.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "model/rn-network-builder.h"

/* ---- the network ---- */

static JsonArray *
read_features (JsonParser *parser, const char *name)
{
  const char *shared = g_getenv ("RN_TEST_SHARED");
  g_autofree char *path
      = g_build_filename (shared != NULL ? shared : "", "geo", "jiangsu", name, NULL);

  if (shared == NULL || !json_parser_load_from_file (parser, path, NULL))
    return NULL;
  return json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                       "features");
}

static RnNames *
two_names (JsonObject *p, const char *zh, const char *en)
{
  return rn_names_new_pairs ("zh-CN", json_object_get_string_member (p, zh), "en",
                             json_object_get_string_member (p, en), NULL);
}

static void
add_section (RnNetworkBuilder *builder, JsonObject *feature)
{
  JsonObject *p = json_object_get_object_member (feature, "properties");
  JsonArray *line = json_object_get_array_member (
      json_object_get_object_member (feature, "geometry"), "coordinates");
  guint n = json_array_get_length (line);
  g_autofree RnPoint *points = g_new (RnPoint, n);
  g_autoptr (RnNames) names = two_names (p, "name", "name_en");
  RnSectionRow row = RN_SECTION_ROW_INIT;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      JsonArray *pair = json_array_get_array_element (line, i);

      points[i] = (RnPoint){ json_array_get_double_element (pair, 0),
                             json_array_get_double_element (pair, 1) };
    }
  row.id = json_object_get_string_member (p, "id");
  row.road = json_object_get_string_member (p, "route");
  row.direction = g_str_equal (json_object_get_string_member (p, "dir"), "asc")
                      ? RN_DIRECTION_ASC
                      : RN_DIRECTION_DESC;
  row.from_m = json_object_get_double_member (p, "stake_from") * 1000;
  row.to_m = json_object_get_double_member (p, "stake_to") * 1000;
  row.lanes = (int) json_object_get_int_member (p, "lanes");
  row.free_speed_kmh = (double) json_object_get_int_member (p, "speed_limit");
  row.names = names;
  row.points = points;
  row.n_points = n;
  if (!rn_network_builder_add_section (builder, &row, &error))
    g_error ("section %s: %s", row.id, error->message);
}

static void
add_node (RnNetworkBuilder *builder, JsonObject *feature)
{
  static const struct {
    const char *word;
    RnFacilityType type;
  } kinds[] = { { "toll", RN_FACILITY_TOLL_PLAZA },   { "hub", RN_FACILITY_INTERCHANGE },
                { "service", RN_FACILITY_SERVICE_AREA }, { "bridge", RN_FACILITY_BRIDGE },
                { "tunnel", RN_FACILITY_TUNNEL },     { "boundary", RN_FACILITY_BORDER } };
  JsonObject *p = json_object_get_object_member (feature, "properties");
  JsonArray *pair = json_object_get_array_member (
      json_object_get_object_member (feature, "geometry"), "coordinates");
  g_autoptr (RnNames) names = two_names (p, "short", "name_en");
  const char *kind = json_object_get_string_member (p, "kind");
  RnFacilityRow row = RN_FACILITY_ROW_INIT;
  g_autoptr (GError) error = NULL;

  row.id = json_object_get_string_member (p, "id");
  row.names = names;
  row.at = (RnPoint){ json_array_get_double_element (pair, 0),
                      json_array_get_double_element (pair, 1) };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kind, kinds[i].word))
      row.type = kinds[i].type;
  if (!rn_network_builder_add_facility (builder, &row, &error))
    g_error ("facility %s: %s", row.id, error->message);
}

RnNetwork *
frames_jiangsu (void)
{
  g_autoptr (JsonParser) sections_parser = json_parser_new (), nodes_parser = json_parser_new ();
  JsonArray *sections = read_features (sections_parser, "sections.geojson");
  JsonArray *nodes = read_features (nodes_parser, "nodes.geojson");
  g_autoptr (RnNetworkBuilder) builder = NULL;
  g_autoptr (GHashTable) roads = g_hash_table_new (g_str_hash, g_str_equal);

  if (sections == NULL || nodes == NULL)
    return NULL;
  builder = rn_network_builder_new ("jiangsu", "1");
  for (guint i = 0; i < json_array_get_length (sections); i++)
    {
      JsonObject *feature = json_array_get_object_element (sections, i);
      const char *ref = json_object_get_string_member (
          json_object_get_object_member (feature, "properties"), "route");
      RnRoadRow road = { .ref = ref,
                         .shield = ref[0] == 'G'   ? RN_SHIELD_NATIONAL
                                   : ref[0] == 'S' ? RN_SHIELD_PROVINCIAL
                                                   : RN_SHIELD_OTHER };

      if (g_hash_table_add (roads, (gpointer) ref))
        rn_network_builder_add_road (builder, &road);
      add_section (builder, feature);
    }
  for (guint i = 0; i < json_array_get_length (nodes); i++)
    add_node (builder, json_array_get_object_element (nodes, i));
  return rn_network_builder_end (builder);
}

/* ---- frames ---- */

/* The middle of each band of the default table, so that a state comes out as it goes in. */
static const double ratio_of_state[RN_N_STATES] = { 0, 0.95, 0.67, 0.52, 0.35, 0.12 };

/* @states: 1…5, 0 no data. */
static RnFrame *
build (const RnNetwork *network, const guint8 *states, RnQuality quality, RnFrameParts *extra)
{
  g_autoptr (RnFlowUpdate) update = rn_flow_update_new (MAX (network->n_sections, 1));
  g_autoptr (RnFlow) flow = NULL;
  RnFrameParts part = { 0 };

  if (extra != NULL)
    part = *extra;
  update->observed_at_us = FRAMES_AT_US;
  update->full = TRUE;
  update->n = 0;
  for (guint32 i = 0; i < network->n_sections; i++)
    {
      double free_kmh
          = isfinite (network->free_speed_kmh[i]) ? network->free_speed_kmh[i] : 100.0;

      if (states[i] == 0)
        continue;
      update->section[update->n] = i;
      update->flow_vph[update->n] = 1000;
      update->speed_kmh[update->n] = (float) (free_kmh * ratio_of_state[states[i]]);
      update->n++;
    }
  flow = rn_flow_apply (NULL, update, network->n_sections, FALSE);
  part.network = network;
  part.flow = flow;
  part.flow_quality_cap = quality;
  part.now_us = FRAMES_AT_US;
  part.poll_us = 15 * G_USEC_PER_SEC;
  return rn_frame_build (network, &part, 1, rn_state_table_default (), FRAMES_AT_US, NULL, NULL,
                         0);
}

static guint8 *
calm_states (const RnNetwork *network, guint seed)
{
  static const RnPoint jams[] = { { 120.3, 31.9 }, { 121.0, 31.75 }, { 118.75, 32.2 } };
  guint8 *states = g_new (guint8, MAX (network->n_sections, 1));

  for (guint32 i = 0; i < network->n_sections; i++)
    {
      RnPoint at = { network->lon[network->first[i]], network->lat[network->first[i]] };
      guint32 hash = (i + 7919 * seed) * 2654435761u >> 8;
      double near_m = G_MAXDOUBLE;

      for (guint j = 0; j < G_N_ELEMENTS (jams); j++)
        near_m = MIN (near_m, rn_distance_m (at, jams[j]));
      states[i] = hash % 9 == 0 ? 2 : 1;
      if (hash % 97 == 0)
        states[i] = 0;
      if (near_m < 25000 && hash % 3 == 0)
        states[i] = (guint8) (5 - (int) (near_m / 8400));
    }
  return states;
}

RnFrame *
frames_calm (const RnNetwork *network, guint seed, RnQuality quality)
{
  g_autofree guint8 *states = calm_states (network, seed);

  return build (network, states, quality, NULL);
}

static guint8 *
striped_states (const RnNetwork *network, guint shift)
{
  guint8 *states = g_new (guint8, MAX (network->n_sections, 1));

  for (guint32 i = 0; i < network->n_sections; i++)
    states[i] = (guint8) (1 + (i + shift) % 5);
  return states;
}

RnFrame *
frames_striped (const RnNetwork *network, guint shift)
{
  g_autofree guint8 *states = striped_states (network, shift);

  return build (network, states, RN_QUALITY_LIVE, NULL);
}

RnFrame *
frames_one_changed (const RnNetwork *network, guint32 section)
{
  g_autofree guint8 *states = striped_states (network, 0);

  states[section] = states[section] == 5 ? 1 : 5;
  return build (network, states, RN_QUALITY_LIVE, NULL);
}

/* ---- what stands on the roads ---- */

static void
add_incident (GPtrArray *incidents, const char *id, RnIncidentType type, int level, double lon,
              double lat)
{
  RnIncident *incident = rn_incident_new ("jiangsu", id);

  incident->type = type;
  incident->status = RN_INCIDENT_RESPONDING;
  incident->level = level;
  incident->section = RN_NONE;
  incident->located = TRUE;
  incident->at = (RnPoint){ lon, lat };
  g_ptr_array_add (incidents, incident);
}

static GPtrArray *
make_incidents (void)
{
  GPtrArray *incidents = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_incident_unref);

  add_incident (incidents, "i1", RN_INCIDENT_CRASH, 2, 120.26, 31.95);
  add_incident (incidents, "i2", RN_INCIDENT_CONGESTION, 1, 120.98, 31.80);
  add_incident (incidents, "i3", RN_INCIDENT_BREAKDOWN, 4, 120.05, 31.80);
  add_incident (incidents, "i4", RN_INCIDENT_HAZMAT, 3, 119.40, 33.47);
  add_incident (incidents, "i5", RN_INCIDENT_DEBRIS, 0, 118.40, 34.30);
  add_incident (incidents, "closed", RN_INCIDENT_FIRE, 1, 119.90, 32.60);
  ((RnIncident *) g_ptr_array_index (incidents, incidents->len - 1))->status
      = RN_INCIDENT_CLOSED;
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("near%d", i);

      add_incident (incidents, id, RN_INCIDENT_BREAKDOWN, 4, 118.90 + i * 0.01, 31.93);
    }
  return incidents;
}

static GPtrArray *
make_works (const RnNetwork *network)
{
  GPtrArray *works = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_work_unref);

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *id = g_strdup_printf ("w%u", i);
      RnWork *work = rn_work_new ("jiangsu", id);

      work->n_sections = 1;
      work->sections = g_new (guint32, 1);
      work->sections[0] = (guint32) (network->n_sections / 9 * (i + 1));
      work->start_us = FRAMES_AT_US - G_TIME_SPAN_HOUR;
      work->end_us = i == 7 ? FRAMES_AT_US - 1 : FRAMES_AT_US + G_TIME_SPAN_HOUR;
      g_ptr_array_add (works, work);
    }
  return works;
}

static GPtrArray *
make_warnings (void)
{
  static const RnPoint ring[] = { { 119.75, 34.25 }, { 120.10, 34.30 }, { 120.45, 33.90 },
                                  { 120.75, 33.40 }, { 120.70, 33.05 }, { 120.50, 32.95 },
                                  { 120.20, 33.20 }, { 119.95, 33.70 } };
  GPtrArray *warnings = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_warning_unref);
  RnWarning *warning = rn_warning_new ("jiangsu", "fog");

  warning->hazard = RN_HAZARD_FOG;
  warning->tier = 3;
  warning->n_ring = G_N_ELEMENTS (ring);
  warning->ring = g_memdup2 (ring, sizeof ring);
  g_ptr_array_add (warnings, warning);
  return warnings;
}

static GPtrArray *
make_stations (void)
{
  GPtrArray *stations = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_station_unref);
  RnStation *station = rn_station_new ("jiangsu", "st1");

  station->at = (RnPoint){ 120.3, 33.6 };
  station->visibility_m = 160;
  g_ptr_array_add (stations, station);
  return stations;
}

static GPtrArray *
make_facility_states (const RnNetwork *network)
{
  GPtrArray *states = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_facility_state_unref);
  guint n = 0;

  for (guint32 i = 0; i < network->n_facilities && n < 2; i++)
    if (network->facilities[i].type == RN_FACILITY_SERVICE_AREA && i % 3 == 0)
      {
        RnFacilityState *state = rn_facility_state_new ("jiangsu", network->facilities[i].id,
                                                        RN_FACILITY_SERVICE_AREA);

        state->facility = i;
        state->status = n == 0 ? RN_AREA_FULL : RN_AREA_CLOSED;
        g_ptr_array_add (states, state);
        n++;
      }
  return states;
}

RnFrame *
frames_busy (const RnNetwork *network, RnQuality quality)
{
  g_autofree guint8 *states = calm_states (network, 0);
  g_autoptr (GPtrArray) incidents = make_incidents (), works = make_works (network);
  g_autoptr (GPtrArray) warnings = make_warnings (), stations = make_stations ();
  g_autoptr (GPtrArray) facility_states = make_facility_states (network);
  RnFrameParts extra = { .incidents = incidents,
                         .works = works,
                         .warnings = warnings,
                         .stations = stations,
                         .facility_states = facility_states };

  return build (network, states, quality, &extra);
}

static int
level_of (guint32 hash)
{
  guint percent = hash % 100;

  return percent < 1 ? 1 : percent < 5 ? 2 : percent < 30 ? 3 : 4;
}

RnFrame *
frames_crowded (const RnNetwork *network, guint n)
{
  g_autofree guint8 *states = calm_states (network, 0);
  g_autoptr (GPtrArray) incidents
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_incident_unref);
  g_autoptr (GPtrArray) works = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_work_unref);
  RnFrameParts extra = { .incidents = incidents, .works = works };

  for (guint i = 0; i < n; i++)
    {
      guint32 hash = i * 2654435761u >> 8, section = hash % network->n_sections;
      g_autofree char *id = g_strdup_printf ("c%u", i);
      RnPoint at = rn_network_point_on (network, section, hash % 97 / 97.0);

      if (i % 2 == 0)
        add_incident (incidents, id, (RnIncidentType) (hash % RN_N_INCIDENT_TYPES),
                      level_of (hash / 7), at.lon, at.lat);
      else
        {
          RnWork *work = rn_work_new ("jiangsu", id);

          work->n_line = 1;
          work->line = g_memdup2 (&at, sizeof at);
          g_ptr_array_add (works, work);
        }
    }
  return build (network, states, RN_QUALITY_LIVE, &extra);
}
