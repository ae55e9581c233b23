/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens: incidents, works (WZDx 4.2) and weather. */
#include "sim/rn-sim-documents.h"

#include "sim/rn-sim-writer.h"

#include <math.h>

static const char *const step_words[RN_N_STEPS] = { "notified", "confirmed", "departed", "arrived",
                                                    "left" };
static const char *const party_words[RN_N_PARTIES] = { "operator", "police", "enforcement",
                                                       "rescue",   "fire",   "medical" };
static const char *const time_words[RN_N_INCIDENT_TIMES] = { "occurred",   "reported", "verified",
                                                             "dispatched", "arrived",  "lanes_open",
                                                             "departed",   "normal" };
static const char *const lane_words[] = { "open", "affected", "blocked" };

/* Chainage at a place along a section. */
static double
chainage_m (const RnNetwork *network, guint32 section, double along_m)
{
  double part = along_m / network->length_m[section];

  return network->from_m[section]
         + part * ((double) network->to_m[section] - (double) network->from_m[section]);
}

static void
write_feature (RnSimWriter *w, const char *id)
{
  rn_sim_write_object (w, NULL);
  rn_sim_write_string (w, "type", "Feature");
  rn_sim_write_string (w, "id", id);
}

static void
write_times (RnSimWriter *w, const RnSimIncident *incident, gint64 at_us)
{
  rn_sim_write_object (w, "times");
  for (guint k = 0; k < RN_N_INCIDENT_TIMES; k++)
    if (incident->times_us[k] <= at_us)
      rn_sim_write_time (w, time_words[k], incident->times_us[k]);
  rn_sim_write_end_object (w);
}

static void
write_parties (RnSimWriter *w, const RnSimIncident *incident, gint64 at_us)
{
  rn_sim_write_object (w, "parties");
  for (guint p = 0; p < RN_N_PARTIES; p++)
    {
      if (!incident->party[p])
        continue;
      rn_sim_write_object (w, party_words[p]);
      for (guint s = 0; s < RN_N_STEPS; s++)
        if (incident->party_us[p][s] <= at_us)
          rn_sim_write_time (w, step_words[s], incident->party_us[p][s]);
      rn_sim_write_end_object (w);
    }
  rn_sim_write_end_object (w);
}

static void
write_lanes (RnSimWriter *w, const RnSimIncident *incident, gint64 at_us)
{
  gboolean open = incident->times_us[RN_TIME_LANES_OPEN] <= at_us;

  rn_sim_write_object (w, "lanes");
  for (int lane = 1; lane <= incident->n_lanes; lane++)
    {
      char key[8];

      g_snprintf (key, sizeof key, "%d", lane);
      rn_sim_write_string (w, key, lane_words[open ? RN_LANE_OPEN : incident->lane[lane]]);
    }
  rn_sim_write_string (w, "shoulder", lane_words[open ? RN_LANE_OPEN : incident->lane[0]]);
  rn_sim_write_end_object (w);
}

static void
write_log (RnSimWriter *w, const RnSimIncident *incident, gint64 at_us)
{
  rn_sim_write_array (w, "log");
  for (guint i = 0; i < incident->log->len; i++)
    {
      const RnSimLogLine *line = &g_array_index (incident->log, RnSimLogLine, i);

      if (line->at_us > at_us)
        continue;
      rn_sim_write_object (w, NULL);
      rn_sim_write_time (w, "at", line->at_us);
      rn_sim_write_string (w, "by", line->by);
      rn_sim_write_string (w, "text", line->text);
      rn_sim_write_end_object (w);
    }
  rn_sim_write_end_array (w);
}

static void
write_incident (RnSimWriter *w, const RnNetwork *network, const RnSimIncident *incident,
                gint64 at_us)
{
  static const char *const status_words[] = { "reported", "confirmed", "responding", "clearing",
                                              "closed" };
  guint32 s = incident->section;
  RnPoint at = rn_network_point_on (network, s, incident->along_m / network->length_m[s]);

  write_feature (w, incident->id);
  rn_sim_write_object (w, "properties");
  rn_sim_write_string (w, "type", rn_incident_type_word (incident->type));
  rn_sim_write_string (w, "status", status_words[rn_sim_incident_status (incident, at_us)]);
  rn_sim_write_int (w, "level", incident->level);
  rn_sim_write_string (w, "section", network->id[s]);
  rn_sim_write_number (w, "chainage_m", chainage_m (network, s, incident->along_m), 0);
  write_lanes (w, incident, at_us);
  rn_sim_write_int (w, "casualties", incident->casualties);
  rn_sim_write_bool (w, "hazmat", incident->hazmat);
  write_times (w, incident, at_us);
  rn_sim_write_time (w, "expected_end", incident->expected_end_us);
  rn_sim_write_string (w, "owner", incident->owner);
  write_parties (w, incident, at_us);
  write_log (w, incident, at_us);
  rn_sim_write_object (w, "related");
  if (incident->related != NULL)
    rn_sim_write_string (w, incident->related, "secondary_of");
  rn_sim_write_end_object (w);
  rn_sim_write_pair (w, "description", incident->zh, incident->en);
  rn_sim_write_int (w, "revision", rn_sim_incident_revision (incident, at_us));
  rn_sim_write_end_object (w);
  rn_sim_write_point (w, at.lon, at.lat);
  rn_sim_write_end_object (w);
}

GBytes *
rn_sim_document_incidents (const RnSimWorld *world, const RnSimView *view)
{
  const GPtrArray *all = rn_sim_incidents_all (rn_sim_world_incidents (world));
  gint64 at_us = rn_sim_world_at (world, RN_SIM_POLL_INCIDENTS_S);
  RnSimWriter w = RN_SIM_WRITER_INIT;

  rn_sim_write_object (&w, NULL);
  rn_sim_write_string (&w, "type", "FeatureCollection");
  rn_sim_write_string (&w, "observed_at", RN_SIM_OBSERVED_AT);
  rn_sim_write_array (&w, "features");
  for (guint i = 0; i < all->len; i++)
    if (rn_sim_incident_listed (g_ptr_array_index (all, i), at_us) && rn_sim_view_shows (view, i))
      write_incident (&w, rn_sim_world_network (world), g_ptr_array_index (all, i), at_us);
  rn_sim_write_end_array (&w);
  rn_sim_write_end_object (&w);
  return rn_sim_writer_end (&w);
}

GBytes *
rn_sim_document_incident (const RnSimWorld *world, const char *id, int *revision)
{
  gint64 at_us = rn_sim_world_at (world, RN_SIM_POLL_INCIDENTS_S);
  const RnSimIncident *incident = rn_sim_incidents_find (rn_sim_world_incidents (world), id);
  RnSimWriter w;

  if (incident == NULL || !rn_sim_incident_listed (incident, at_us))
    return NULL;
  w = (RnSimWriter) RN_SIM_WRITER_INIT;
  write_incident (&w, rn_sim_world_network (world), incident, at_us);
  *revision = rn_sim_incident_revision (incident, at_us);
  return rn_sim_writer_end (&w);
}

/* ---- works ---- */

/* The line of a section between two places along it. */
static void
write_slice (RnSimWriter *w, const RnNetwork *network, guint32 i, double from_m, double to_m)
{
  RnPoint start = rn_network_point_on (network, i, from_m / network->length_m[i]);
  RnPoint end = rn_network_point_on (network, i, to_m / network->length_m[i]);
  double whole = 0.0, run = 0.0, scale;

  for (guint32 k = network->first[i]; k + 1 < network->first[i + 1]; k++)
    whole += rn_distance_m ((RnPoint){ network->lon[k], network->lat[k] },
                            (RnPoint){ network->lon[k + 1], network->lat[k + 1] });
  scale = network->length_m[i] / whole;
  rn_sim_write_object (w, "geometry");
  rn_sim_write_string (w, "type", "LineString");
  rn_sim_write_array (w, "coordinates");
  rn_sim_write_position (w, start.lon, start.lat);
  for (guint32 k = network->first[i]; k + 1 < network->first[i + 1]; k++)
    {
      run += scale
             * rn_distance_m ((RnPoint){ network->lon[k], network->lat[k] },
                              (RnPoint){ network->lon[k + 1], network->lat[k + 1] });
      if (run > from_m && run < to_m)
        rn_sim_write_position (w, network->lon[k + 1], network->lat[k + 1]);
    }
  rn_sim_write_position (w, end.lon, end.lat);
  rn_sim_write_end_array (w);
  rn_sim_write_end_object (w);
}

/* WZDx wants a compass word. */
static const char *
compass (const RnNetwork *network, guint32 i)
{
  static const char *const words[] = { "northbound", "eastbound", "southbound", "westbound" };
  guint32 a = network->first[i], z = network->first[i + 1] - 1;
  double bearing = rn_bearing_deg ((RnPoint){ network->lon[a], network->lat[a] },
                                   (RnPoint){ network->lon[z], network->lat[z] });

  return words[(int) floor ((bearing + 45.0) / 90.0) % 4];
}

static void
write_core_details (RnSimWriter *w, const RnNetwork *network, const RnSimWork *work,
                    const char *name, const char *place)
{
  rn_sim_write_object (w, "core_details");
  rn_sim_write_string (w, "event_type", "work-zone");
  rn_sim_write_string (w, "data_source_id", "roadnet-works");
  rn_sim_write_array (w, "road_names");
  rn_sim_write_string (w, NULL, network->roads[network->road[work->section]].ref);
  rn_sim_write_end_array (w);
  rn_sim_write_string (w, "direction", compass (network, work->section));
  rn_sim_write_string (w, "name", name);
  rn_sim_write_format (w, "description", "%s，%s", place, name);
  rn_sim_write_time (w, "creation_date", work->created_us);
  rn_sim_write_end_object (w);
}

static void
write_work_lanes (RnSimWriter *w, const RnSimWork *work, int lanes)
{
  rn_sim_write_array (w, "lanes");
  for (int lane = 1; lane <= lanes; lane++)
    {
      rn_sim_write_object (w, NULL);
      rn_sim_write_int (w, "order", lane);
      rn_sim_write_string (w, "type", "general");
      rn_sim_write_string (w, "status", lane == work->closed_lane ? "closed" : "open");
      rn_sim_write_end_object (w);
    }
  rn_sim_write_object (w, NULL);
  rn_sim_write_int (w, "order", lanes + 1);
  rn_sim_write_string (w, "type", "shoulder");
  rn_sim_write_string (w, "status",
                       work->closed_lane == 0 || work->closed_lane == lanes ? "closed" : "open");
  rn_sim_write_end_object (w);
  rn_sim_write_end_array (w);
}

static void
write_own_part (RnSimWriter *w, const RnNetwork *network, const RnSimWork *work, const char *place)
{
  g_autofree char *zh = g_strdup_printf ("%s，%s", place, rn_sim_work_type_name (work->type, TRUE));
  g_autofree char *en =
      g_strdup_printf ("%s, %s", place, rn_sim_work_type_name (work->type, FALSE));

  rn_sim_write_object (w, "roadnet");
  rn_sim_write_array (w, "sections");
  rn_sim_write_string (w, NULL, network->id[work->section]);
  rn_sim_write_end_array (w);
  rn_sim_write_number (w, "capacity_factor", work->capacity_factor, 2);
  rn_sim_write_number (w, "limit_kmh", work->limit_kmh, 0);
  rn_sim_write_object (w, "plan");
  rn_sim_write_time (w, "start", work->plan_start_us);
  rn_sim_write_time (w, "end", work->plan_end_us);
  rn_sim_write_end_object (w);
  rn_sim_write_string (w, "permit", work->permit);
  rn_sim_write_pair (w, "name", rn_sim_work_type_name (work->type, TRUE),
                     rn_sim_work_type_name (work->type, FALSE));
  rn_sim_write_pair (w, "description", zh, en);
  rn_sim_write_end_object (w);
}

static void
write_work (RnSimWriter *w, const RnSimWorld *world, const RnSimWork *work, gint64 at_us)
{
  const RnNetwork *network = rn_sim_world_network (world);
  double from = chainage_m (network, work->section, work->from_m);
  double to = chainage_m (network, work->section, work->to_m);
  gboolean active = rn_sim_work_active (work, at_us);
  g_autofree char *place =
      g_strdup_printf ("%s K%d+%03d–K%d+%03d", network->roads[network->road[work->section]].ref,
                       (int) from / 1000, (int) from % 1000, (int) to / 1000, (int) to % 1000);

  write_feature (w, work->id);
  rn_sim_write_object (w, "properties");
  write_core_details (w, network, work,
                      rn_sim_work_type_name (work->type, rn_sim_world_is_demo (world)), place);
  rn_sim_write_time (w, "start_date", work->start_us);
  rn_sim_write_time (w, "end_date", work->end_us);
  rn_sim_write_bool (w, "is_start_date_verified", work->start_us <= at_us);
  rn_sim_write_bool (w, "is_end_date_verified", work->end_us <= at_us);
  rn_sim_write_bool (w, "is_start_position_verified", active);
  rn_sim_write_bool (w, "is_end_position_verified", active);
  rn_sim_write_string (w, "location_method", "channel-device-method");
  rn_sim_write_string (w, "work_zone_type", "static");
  rn_sim_write_string (w, "vehicle_impact",
                       work->closed_lane > 0 ? "some-lanes-closed" : "all-lanes-open");
  write_work_lanes (w, work, rn_sim_world_demand (world)->lanes[work->section]);
  rn_sim_write_number (w, "reduced_speed_limit_kph", work->limit_kmh, 0);
  rn_sim_write_object (w, "worker_presence");
  rn_sim_write_bool (w, "are_workers_present", active);
  rn_sim_write_end_object (w);
  rn_sim_write_array (w, "types_of_work");
  rn_sim_write_object (w, NULL);
  rn_sim_write_string (w, "type_name", rn_sim_work_type_word (work->type));
  rn_sim_write_end_object (w);
  rn_sim_write_end_array (w);
  write_own_part (w, network, work, place);
  rn_sim_write_end_object (w);
  write_slice (w, network, work->section, work->from_m, work->to_m);
  rn_sim_write_end_object (w);
}

GBytes *
rn_sim_document_works (const RnSimWorld *world, const RnSimView *view)
{
  gint64 at_us = rn_sim_world_at (world, RN_SIM_POLL_OTHERS_S);
  const GPtrArray *works = rn_sim_works_at (rn_sim_world_works (world), at_us);
  RnSimWriter w = RN_SIM_WRITER_INIT;

  rn_sim_write_object (&w, NULL);
  rn_sim_write_object (&w, "feed_info");
  rn_sim_write_string (&w, "publisher", "RoadNet simulator (demo data)");
  rn_sim_write_string (&w, "version", "4.2");
  rn_sim_write_string (&w, "license", "https://creativecommons.org/publicdomain/zero/1.0/");
  rn_sim_write_string (&w, "update_date", RN_SIM_OBSERVED_AT);
  rn_sim_write_int (&w, "update_frequency", RN_SIM_POLL_OTHERS_S);
  rn_sim_write_array (&w, "data_sources");
  rn_sim_write_object (&w, NULL);
  rn_sim_write_string (&w, "data_source_id", "roadnet-works");
  rn_sim_write_string (&w, "organization_name",
                       rn_sim_world_is_demo (world) ? "养护管理部" : "Maintenance");
  rn_sim_write_int (&w, "update_frequency", RN_SIM_POLL_OTHERS_S);
  rn_sim_write_end_object (&w);
  rn_sim_write_end_array (&w);
  rn_sim_write_end_object (&w);
  rn_sim_write_string (&w, "type", "FeatureCollection");
  rn_sim_write_array (&w, "features");
  for (guint i = 0; i < works->len; i++)
    if (rn_sim_view_shows (view, i))
      write_work (&w, world, g_ptr_array_index (works, i), at_us);
  rn_sim_write_end_array (&w);
  rn_sim_write_end_object (&w);
  return rn_sim_writer_end (&w);
}

/* ---- weather ---- */

static void
write_station (RnSimWriter *w, const RnSimWeather *weather, const RnSimStation *station,
               gint64 at_us)
{
  static const char *const surfaces[] = { NULL, "dry", "wet", "snow", "ice", "water" };
  RnSimSky sky = rn_sim_weather_sky (weather, station->at, at_us);

  write_feature (w, station->id);
  rn_sim_write_object (w, "properties");
  rn_sim_write_string (w, "kind", "station");
  rn_sim_write_names (w, "name", station->names);
  rn_sim_write_number (w, "visibility_m", round (sky.visibility_m / 10.0) * 10.0, 0);
  rn_sim_write_number (w, "rain_mm_h", sky.rain_mm_h, 1);
  rn_sim_write_number (w, "wind_ms", sky.wind_ms, 1);
  rn_sim_write_number (w, "gust_ms", sky.gust_ms, 1);
  rn_sim_write_number (w, "air_c", sky.air_c, 1);
  rn_sim_write_number (w, "surface_c", sky.surface_c, 1);
  rn_sim_write_string (w, "surface", surfaces[sky.surface]);
  rn_sim_write_number (w, "friction", sky.friction, 2);
  rn_sim_write_end_object (w);
  rn_sim_write_point (w, station->at.lon, station->at.lat);
  rn_sim_write_end_object (w);
}

static void
write_warning_text (RnSimWriter *w, const RnSimWarning *warning)
{
  static const char *const zh_colours[] = { "", "红色", "橙色", "黄色", "蓝色" };
  static const char *const en_colours[] = { "", "Red", "Orange", "Yellow", "Blue" };
  g_autofree char *zh = NULL;
  g_autofree char *en = NULL;

  if (warning->hazard == RN_HAZARD_FOG)
    {
      zh = g_strdup_printf ("大雾%s预警：能见度低至 %.0f 米", zh_colours[warning->tier],
                            warning->least_visibility_m);
      en = g_strdup_printf ("%s warning of dense fog: visibility down to %.0f m",
                            en_colours[warning->tier], warning->least_visibility_m);
    }
  else
    {
      zh = g_strdup_printf ("降雨%s预警：小时雨量可达 %.0f 毫米", zh_colours[warning->tier],
                            warning->most_rain_mm_h);
      en = g_strdup_printf ("%s warning of rain: up to %.0f mm in an hour",
                            en_colours[warning->tier], warning->most_rain_mm_h);
    }
  rn_sim_write_pair (w, "text", zh, en);
}

static void
write_warning (RnSimWriter *w, const RnSimWarning *warning)
{
  static const char *const colours[] = { NULL, "red", "orange", "yellow", "blue" };

  write_feature (w, warning->id);
  rn_sim_write_object (w, "properties");
  rn_sim_write_string (w, "kind", "warning");
  rn_sim_write_string (w, "hazard", rn_hazard_words ()[warning->hazard]);
  rn_sim_write_string (w, "level", colours[warning->tier]);
  rn_sim_write_time (w, "from", warning->from_us);
  rn_sim_write_time (w, "until", warning->until_us);
  write_warning_text (w, warning);
  rn_sim_write_end_object (w);
  rn_sim_write_object (w, "geometry");
  rn_sim_write_string (w, "type", "Polygon");
  rn_sim_write_array (w, "coordinates");
  rn_sim_write_array (w, NULL);
  for (guint k = 0; k < warning->n_ring; k++)
    rn_sim_write_position (w, warning->ring[k].lon, warning->ring[k].lat);
  rn_sim_write_end_array (w);
  rn_sim_write_end_array (w);
  rn_sim_write_end_object (w);
  rn_sim_write_end_object (w);
}

static void
write_control (RnSimWriter *w, const RnNetwork *network, const RnSimControl *control)
{
  const char *const *bans = rn_sim_control_bans (control->level);

  write_feature (w, control->id);
  rn_sim_write_object (w, "properties");
  rn_sim_write_string (w, "kind", "control");
  rn_sim_write_string (w, "level", rn_sim_control_word (control->level));
  rn_sim_write_number (w, "limit_kmh", control->limit_kmh, 0);
  rn_sim_write_array (w, "bans");
  for (guint i = 0; bans[i] != NULL; i++)
    rn_sim_write_string (w, NULL, bans[i]);
  rn_sim_write_end_array (w);
  rn_sim_write_array (w, "sections");
  for (guint i = 0; i < control->sections->len; i++)
    rn_sim_write_string (w, NULL, network->id[g_array_index (control->sections, guint32, i)]);
  rn_sim_write_end_array (w);
  rn_sim_write_time (w, "since", control->since_us);
  rn_sim_write_string (w, "hazard", rn_hazard_words ()[control->hazard]);
  rn_sim_write_end_object (w);
  rn_sim_write_null (w, "geometry");
  rn_sim_write_end_object (w);
}

GBytes *
rn_sim_document_weather (const RnSimWorld *world, const RnSimView *view)
{
  const RnSimWeather *weather = rn_sim_world_weather (world);
  gint64 at_us = rn_sim_world_at (world, RN_SIM_POLL_OTHERS_S);
  RnSimWriter w = RN_SIM_WRITER_INIT;

  rn_sim_write_object (&w, NULL);
  rn_sim_write_string (&w, "type", "FeatureCollection");
  rn_sim_write_string (&w, "observed_at", RN_SIM_OBSERVED_AT);
  rn_sim_write_array (&w, "features");
  for (guint i = 0; i < weather->stations->len; i++)
    if (rn_sim_view_shows (view, i))
      write_station (&w, weather, g_ptr_array_index (weather->stations, i), at_us);
  for (guint i = 0; i < weather->warnings->len; i++)
    write_warning (&w, g_ptr_array_index (weather->warnings, i));
  for (guint i = 0; i < weather->controls->len; i++)
    write_control (&w, rn_sim_world_network (world), g_ptr_array_index (weather->controls, i));
  rn_sim_write_end_array (&w);
  rn_sim_write_end_object (&w);
  return rn_sim_writer_end (&w);
}
