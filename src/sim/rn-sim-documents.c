/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Root, identity, network and flow. */
#include "sim/rn-sim-documents.h"

#include "model/rn-facility-state.h"
#include "sim/rn-sim-random.h"
#include "sim/rn-sim-writer.h"

#include <math.h>
#include <string.h>

#define CURSORS 20 /* rounds for which a delta is given */

static const char *const class_words[] = { "expressway", "ramp", "trunk" };
static const char *const shield_words[] = { "national", "provincial", "other" };

gboolean
rn_sim_view_shows (const RnSimView *view, guint64 index)
{
  return view->missing <= 0.0
         || rn_sim_uniform (view->salt, RN_SIM_STREAM_FAULT, index, 0) >= view->missing;
}

GBytes *
rn_sim_document_stamp (GBytes *document, gint64 at_us)
{
  gsize size, length = strlen (RN_SIM_OBSERVED_AT);
  const char *data = g_bytes_get_data (document, &size);
  const char *place = g_strstr_len (data, (gssize) size, RN_SIM_OBSERVED_AT);
  char stamp[RN_SIM_TIME_SIZE];
  GString *out;

  if (place == NULL)
    return g_bytes_ref (document);
  rn_sim_time_format (at_us, stamp);
  out = g_string_sized_new (size + 8);
  g_string_append_len (out, data, place - data);
  g_string_append (out, stamp);
  g_string_append_len (out, place + length, (gssize) size - (place - data) - (gssize) length);
  return g_string_free_to_bytes (out);
}

GBytes *
rn_sim_document_root (const RnSimWorld *world)
{
  static const struct {
    const char *kind;
    int poll_s;
  } polls[] = {
    { "flow", RN_SIM_POLL_FLOW_S },         { "incidents", RN_SIM_POLL_INCIDENTS_S },
    { "works", RN_SIM_POLL_OTHERS_S },      { "weather", RN_SIM_POLL_OTHERS_S },
    { "facilities", RN_SIM_POLL_OTHERS_S }, { "kpis", RN_SIM_POLL_OTHERS_S },
    { "plans", RN_SIM_POLL_OTHERS_S },
  };
  RnSimWriter w = RN_SIM_WRITER_INIT;

  rn_sim_write_object (&w, NULL);
  if (rn_sim_world_is_demo (world))
    rn_sim_write_pair (&w, "name", "江苏高速公路网（演示数据）", "Jiangsu expressways (demo data)");
  else
    rn_sim_write_pair (&w, "name", "模拟路网（演示数据）", "Simulated network (demo data)");
  rn_sim_write_string (&w, "version", RN_SIM_API_VERSION);
  rn_sim_write_bool (&w, "demo", TRUE);
  rn_sim_write_object (&w, "poll_s");
  for (guint i = 0; i < G_N_ELEMENTS (polls); i++)
    rn_sim_write_int (&w, polls[i].kind, polls[i].poll_s);
  rn_sim_write_end_object (&w);
  rn_sim_write_object (&w, "delay_s");
  for (guint i = 0; i < G_N_ELEMENTS (polls); i++)
    rn_sim_write_int (&w, polls[i].kind, 0);
  rn_sim_write_end_object (&w);
  rn_sim_write_string (&w, "timezone", RN_SIM_TIMEZONE);
  rn_sim_write_end_object (&w);
  return rn_sim_writer_end (&w);
}

GBytes *
rn_sim_document_me (const char *name, gboolean operate)
{
  RnSimWriter w = RN_SIM_WRITER_INIT;

  rn_sim_write_object (&w, NULL);
  rn_sim_write_string (&w, "name", name);
  rn_sim_write_array (&w, "roles");
  rn_sim_write_string (&w, NULL, "view");
  if (operate)
    rn_sim_write_string (&w, NULL, "operate");
  rn_sim_write_end_array (&w);
  if (name != NULL)
    rn_sim_write_string (&w, "company", "路网调度指挥中心");
  rn_sim_write_end_object (&w);
  return rn_sim_writer_end (&w);
}

static void
write_road (RnSimWriter *w, const RnRoad *road)
{
  rn_sim_write_object (w, NULL);
  rn_sim_write_string (w, "ref", road->ref);
  rn_sim_write_names (w, "name", road->names);
  rn_sim_write_string (w, "shield", shield_words[road->shield]);
  rn_sim_write_object (w, "directions");
  rn_sim_write_names (w, "asc", road->direction_names[RN_DIRECTION_ASC]);
  rn_sim_write_names (w, "desc", road->direction_names[RN_DIRECTION_DESC]);
  rn_sim_write_end_object (w);
  rn_sim_write_end_object (w);
}

static void
write_contact (RnSimWriter *w, const RnContact *contact)
{
  rn_sim_write_object (w, NULL);
  rn_sim_write_string (w, "party", contact->party);
  rn_sim_write_string (w, "name", contact->name);
  rn_sim_write_string (w, "duty", contact->duty);
  rn_sim_write_string (w, "phone", contact->phone);
  rn_sim_write_array (w, "roads");
  if (contact->roads != NULL)
    {
      g_auto (GStrv) roads = g_strsplit (contact->roads, " ", -1);

      for (guint i = 0; roads[i] != NULL; i++)
        rn_sim_write_string (w, NULL, roads[i]);
    }
  rn_sim_write_end_array (w);
  rn_sim_write_end_object (w);
}

static void
write_opt_number (RnSimWriter *w, const char *key, double value, int decimals)
{
  if (!isnan (value))
    rn_sim_write_number (w, key, value, decimals);
}

static void
write_opt_string (RnSimWriter *w, const char *key, const char *text)
{
  if (text != NULL)
    rn_sim_write_string (w, key, text);
}

static void
write_section (RnSimWriter *w, const RnNetwork *network, guint32 i)
{
  rn_sim_write_object (w, NULL);
  rn_sim_write_string (w, "type", "Feature");
  rn_sim_write_string (w, "id", network->id[i]);
  rn_sim_write_object (w, "properties");
  rn_sim_write_string (w, "kind", "section");
  rn_sim_write_string (w, "road", network->roads[network->road[i]].ref);
  rn_sim_write_string (w, "direction", network->direction[i] == RN_DIRECTION_ASC ? "asc" : "desc");
  rn_sim_write_number (w, "from_m", network->from_m[i], 0);
  rn_sim_write_number (w, "to_m", network->to_m[i], 0);
  rn_sim_write_names (w, "name", network->names[i]);
  if (network->lanes[i] > 0)
    rn_sim_write_int (w, "lanes", network->lanes[i]);
  write_opt_number (w, "free_speed_kmh", network->free_speed_kmh[i], 1);
  write_opt_number (w, "capacity_vph", network->capacity_vph[i], 0);
  rn_sim_write_number (w, "length_m", network->length_m[i], 1);
  rn_sim_write_string (w, "class", class_words[network->section_class[i]]);
  write_opt_string (w, "bridge", network->bridge[i]);
  write_opt_string (w, "tunnel", network->tunnel[i]);
  write_opt_string (w, "company", network->company[i]);
  if (network->thresholds[i] != NULL)
    rn_sim_write_raw (w, "thresholds", network->thresholds[i]);
  rn_sim_write_array (w, "downstream");
  for (guint32 k = network->down_first[i]; k < network->down_first[i + 1]; k++)
    rn_sim_write_string (w, NULL, network->id[network->down[k]]);
  rn_sim_write_end_array (w);
  rn_sim_write_end_object (w);
  rn_sim_write_object (w, "geometry");
  rn_sim_write_string (w, "type", "LineString");
  rn_sim_write_array (w, "coordinates");
  for (guint32 k = network->first[i]; k < network->first[i + 1]; k++)
    rn_sim_write_position (w, network->lon[k], network->lat[k]);
  rn_sim_write_end_array (w);
  rn_sim_write_end_object (w);
  rn_sim_write_end_object (w);
}

static void
write_count (RnSimWriter *w, const char *key, int count)
{
  if (count >= 0)
    rn_sim_write_int (w, key, count);
}

static void
write_facility (RnSimWriter *w, const RnNetwork *network, const RnFacility *facility)
{
  rn_sim_write_object (w, NULL);
  rn_sim_write_string (w, "type", "Feature");
  rn_sim_write_string (w, "id", facility->id);
  rn_sim_write_object (w, "properties");
  rn_sim_write_string (w, "kind", "facility");
  rn_sim_write_string (w, "type", rn_facility_type_words ()[facility->type]);
  rn_sim_write_names (w, "name", facility->names);
  if (facility->road != RN_NONE)
    rn_sim_write_string (w, "road", network->roads[facility->road].ref);
  write_opt_number (w, "chainage_m", facility->chainage_m, 0);
  rn_sim_write_array (w, "sections");
  for (guint k = 0; k < facility->n_sections; k++)
    rn_sim_write_string (w, NULL, network->id[facility->sections[k]]);
  rn_sim_write_end_array (w);
  write_opt_string (w, "company", facility->company);
  write_count (w, "lanes_entry", facility->lanes_entry);
  write_count (w, "lanes_exit", facility->lanes_exit);
  write_count (w, "parking_car", facility->parking_car);
  write_count (w, "parking_truck", facility->parking_truck);
  write_count (w, "chargers", facility->chargers);
  rn_sim_write_end_object (w);
  rn_sim_write_point (w, facility->at.lon, facility->at.lat);
  rn_sim_write_end_object (w);
}

GBytes *
rn_sim_document_network (const RnSimWorld *world, const RnSimView *view)
{
  const RnNetwork *network = rn_sim_world_network (world);
  gboolean left = network->n_sections > 0 && network->side[0] == RN_SIDE_LEFT;
  gboolean apart = network->n_sections > 0 && network->side[0] == RN_SIDE_NONE;
  RnSimWriter w = RN_SIM_WRITER_INIT;

  rn_sim_write_object (&w, NULL);
  rn_sim_write_string (&w, "type", "FeatureCollection");
  rn_sim_write_string (&w, "version", network->version);
  rn_sim_write_string (&w, "observed_at", RN_SIM_OBSERVED_AT);
  rn_sim_write_string (&w, "drive_on", left ? "left" : "right");
  rn_sim_write_string (&w, "geometry", apart ? "carriageway" : "centreline");
  rn_sim_write_array (&w, "roads");
  for (guint i = 0; i < network->n_roads; i++)
    write_road (&w, &network->roads[i]);
  rn_sim_write_end_array (&w);
  rn_sim_write_array (&w, "contacts");
  for (guint i = 0; i < network->n_contacts; i++)
    write_contact (&w, &network->contacts[i]);
  rn_sim_write_end_array (&w);
  rn_sim_write_array (&w, "features");
  for (guint i = 0; i < network->n_sections; i++)
    if (rn_sim_view_shows (view, i))
      write_section (&w, network, i);
  for (guint i = 0; i < network->n_facilities; i++)
    if (rn_sim_view_shows (view, network->n_sections + i))
      write_facility (&w, network, &network->facilities[i]);
  rn_sim_write_end_array (&w);
  rn_sim_write_end_object (&w);
  return rn_sim_writer_end (&w);
}

/* Names seed, start and network, so that a cursor of another run is not taken for one of this. */
static guint32
world_tag (const RnSimWorld *world)
{
  guint64 hash = rn_sim_hash (rn_sim_world_seed (world), RN_SIM_STREAM_NETWORK,
                              (guint64) rn_sim_world_start (world),
                              g_str_hash (rn_sim_world_network (world)->version));

  return (guint32) hash;
}

char *
rn_sim_flow_cursor (const RnSimWorld *world)
{
  return g_strdup_printf ("%08x-%" G_GUINT64_FORMAT, world_tag (world),
                          rn_sim_world_detectors (world)->round);
}

guint64
rn_sim_flow_cursor_round (const RnSimWorld *world, const char *cursor)
{
  g_autofree char *prefix = g_strdup_printf ("%08x-", world_tag (world));
  guint64 round, now = rn_sim_world_detectors (world)->round;

  if (!g_str_has_prefix (cursor, prefix)
      || !g_ascii_string_to_unsigned (cursor + strlen (prefix), 10, 1, now, &round, NULL))
    return 0;
  return now - round <= CURSORS ? round : 0;
}

static void
write_column (RnSimWriter *w, const char *key, const RnSimDetectors *detectors, const guint32 *rows,
              guint n, gsize offset, int decimals)
{
  rn_sim_write_array (w, key);
  for (guint k = 0; k < n; k++)
    {
      const char *report = (const char *) &detectors->report[rows[k]];

      rn_sim_write_number (w, NULL, (double) *(const float *) (const void *) (report + offset),
                           decimals);
    }
  rn_sim_write_end_array (w);
}

GBytes *
rn_sim_document_flow (const RnSimWorld *world, const RnSimView *view, guint64 since)
{
  const RnSimDetectors *detectors = rn_sim_world_detectors (world);
  const RnNetwork *network = rn_sim_world_network (world);
  g_autofree guint32 *rows = g_new (guint32, detectors->n);
  g_autofree char *cursor = rn_sim_flow_cursor (world);
  RnSimWriter w = RN_SIM_WRITER_INIT;
  guint n = 0;

  for (guint i = 0; i < detectors->n; i++)
    if ((since == 0 || detectors->changed[i] > since) && rn_sim_view_shows (view, i))
      rows[n++] = i;
  rn_sim_write_object (&w, NULL);
  rn_sim_write_string (&w, "network_version", network->version);
  rn_sim_write_string (&w, "observed_at", RN_SIM_OBSERVED_AT);
  rn_sim_write_string (&w, "cursor", cursor);
  rn_sim_write_bool (&w, "full", since == 0);
  rn_sim_write_array (&w, "sections");
  for (guint k = 0; k < n; k++)
    rn_sim_write_string (&w, NULL, network->id[rows[k]]);
  rn_sim_write_end_array (&w);
#define COLUMN(key, member, decimals)                                                              \
  write_column (&w, key, detectors, rows, n, G_STRUCT_OFFSET (RnSimReport, member), decimals)
  COLUMN ("flow_vph", flow_vph, 0);
  COLUMN ("speed_kmh", speed_kmh, 0);
  COLUMN ("occupancy_pct", occupancy_pct, 1);
  COLUMN ("trucks_pct", trucks_pct, 0);
  COLUMN ("typical_speed_kmh", typical_kmh, 0);
#undef COLUMN
  rn_sim_write_array (&w, "observed_offset_s");
  for (guint k = 0; k < n; k++)
    rn_sim_write_int (&w, NULL, detectors->report[rows[k]].offset_s);
  rn_sim_write_end_array (&w);
  rn_sim_write_end_object (&w);
  return rn_sim_writer_end (&w);
}
