/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list and its chances. Where: by vehicle-kilometres. When: more by day, since more drive. An
 * incident is over when its lanes are open and the cells behind it flow, or after a while. */
#include "sim/rn-sim-incidents.h"

#include "sim/rn-sim-incident.h"
#include "sim/rn-sim-random.h"
#include "sim/rn-sim-time.h"

#include <math.h>
#include <string.h>

#define PER_HOUR_1000_KM 0.85 /* where the day's curve is 1 */
#define MOST_PER_HOUR 40.0
#define ROUNDS_PER_HOUR 120.0
#define SECONDARY 0.06 /* of the new ones lie in the queue of another */
#define HEAVY_RAIN_MM_H 5.0
#define CLOSED_SHOWN (5 * RN_SIM_MINUTE)
#define LONGEST_TAIL (60 * RN_SIM_MINUTE)
#define UNTIL_LIFTED (3650 * RN_SIM_DAY)

struct _RnSimIncidents {
  const RnNetwork *network;
  const RnSimDemand *demand;
  guint64 seed;
  gboolean chinese;
  double *weight; /* by section: running sum of vehicle-km */
  double per_hour;
  gint64 day; /* the latest that got a number */
  guint number, shut;
  GPtrArray *list; /* RnSimIncident */
  GArray *jams;    /* RnSimJam */
};

static const struct {
  RnIncidentType type;
  double share;
} shares[] = {
  { RN_INCIDENT_CRASH, 0.40 },   { RN_INCIDENT_BREAKDOWN, 0.36 },
  { RN_INCIDENT_DEBRIS, 0.09 },  { RN_INCIDENT_CONGESTION, 0.05 },
  { RN_INCIDENT_OTHER, 0.035 },  { RN_INCIDENT_INFRASTRUCTURE, 0.025 },
  { RN_INCIDENT_FIRE, 0.015 },   { RN_INCIDENT_HAZMAT, 0.015 },
  { RN_INCIDENT_WEATHER, 0.01 },
};

static char *
next_id (RnSimIncidents *self, gint64 at_us)
{
  RnSimDate date = rn_sim_date (at_us);

  if (date.number > self->day)
    {
      self->day = date.number;
      self->number = 0;
    }
  return g_strdup_printf ("J-%04d%02d%02d-%04u", date.year, date.month, date.day, ++self->number);
}

static RnSimIncident *
add (RnSimIncidents *self, const char *id, RnIncidentType type, guint32 section, double along_m,
     gint64 at_us)
{
  RnSimIncidentMaker maker = { self->network,
                               rn_sim_hash (self->seed, RN_SIM_STREAM_INCIDENT, (guint64) at_us,
                                            g_str_hash (id)),
                               self->chinese };
  RnSimIncident *incident = rn_sim_incident_new (&maker, id, type, section, along_m, at_us);

  g_ptr_array_add (self->list, incident);
  return incident;
}

static guint32
section_by_chance (const RnSimIncidents *self, double u)
{
  double wanted = u * self->weight[self->network->n_sections - 1];
  guint32 low = 0, high = self->network->n_sections - 1;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (self->weight[middle] < wanted)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static RnIncidentType
type_by_chance (double u)
{
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      if (u < shares[i].share)
        return shares[i].type;
      u -= shares[i].share;
    }
  return RN_INCIDENT_CRASH;
}

/* One that blocks lanes now and has a section before it. */
static const RnSimIncident *
find_cause (const RnSimIncidents *self, gint64 at_us)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      const RnSimIncident *incident = g_ptr_array_index (self->list, i);
      guint32 s = incident->section;

      if (rn_sim_incident_factor (incident, at_us) < 0.6
          && self->network->up_first[s + 1] > self->network->up_first[s]
          && at_us - incident->times_us[RN_TIME_OCCURRED] > 10 * RN_SIM_MINUTE)
        return incident;
    }
  return NULL;
}

/* What cannot be there is a broken-down vehicle instead: heavy traffic on an empty road, water on a
 * dry one. */
static RnIncidentType
possible_type (const RnSimIncidents *self, RnIncidentType type, guint32 section, const RnCtm *ctm,
               const RnSimWeather *weather, gint64 at_us)
{
  RnPoint middle = rn_network_point_on (self->network, section, 0.5);

  if (type == RN_INCIDENT_CONGESTION
      && rn_ctm_measure (ctm, section).density_vpkm < 0.9 * rn_ctm_critical_vpkm (ctm, section))
    return RN_INCIDENT_BREAKDOWN;
  if (type == RN_INCIDENT_WEATHER
      && rn_sim_weather_sky (weather, middle, at_us).rain_mm_h < HEAVY_RAIN_MM_H)
    return RN_INCIDENT_BREAKDOWN;
  return type;
}

static void
begin_by_chance (RnSimIncidents *self, const RnCtm *ctm, const RnSimWeather *weather, gint64 at_us)
{
  guint64 slot = (guint64) (at_us / RN_SIM_SECOND);
#define DRAW(what) rn_sim_uniform (self->seed, RN_SIM_STREAM_INCIDENT, slot, what)
  double chance = self->per_hour * rn_sim_demand_curve (at_us) / ROUNDS_PER_HOUR;
  gint64 occurred = at_us + (gint64) (30.0 * DRAW (4)) * RN_SIM_SECOND;
  const RnSimIncident *cause = NULL;
  RnIncidentType type = type_by_chance (DRAW (1));
  guint32 section = section_by_chance (self, DRAW (2));
  g_autofree char *id = NULL;
  RnSimIncident *incident;

  if (DRAW (0) >= chance)
    return;
  type = possible_type (self, type, section, ctm, weather, at_us);
  if (DRAW (5) < SECONDARY)
    cause = find_cause (self, at_us);
  if (cause != NULL)
    {
      section = self->network->up[self->network->up_first[cause->section]];
      type = RN_INCIDENT_CRASH;
    }
  id = next_id (self, at_us);
  incident = add (self, id, type, section,
                  (0.15 + 0.8 * DRAW (3)) * self->network->length_m[section], occurred);
  if (cause != NULL)
    incident->related = g_strdup (cause->id);
#undef DRAW
}

/* Whether the road behind it flows: its own section up to it, and the one before. */
static gboolean
flows (const RnSimIncidents *self, const RnSimIncident *incident, const RnCtm *ctm)
{
  guint32 s = incident->section;
  guint count = rn_ctm_n_cells (ctm, s);
  guint upto = (guint) (incident->along_m / self->network->length_m[s] * count);

  for (guint c = 0; c <= MIN (upto, count - 1); c++)
    if (rn_ctm_cell_vpkm (ctm, s, c) > 1.6 * rn_ctm_critical_vpkm (ctm, s))
      return FALSE;
  for (guint32 k = self->network->up_first[s]; k < self->network->up_first[s + 1]; k++)
    {
      guint32 up = self->network->up[k];
      guint last = rn_ctm_n_cells (ctm, up) - 1;

      if (self->network->road[up] == self->network->road[s]
          && rn_ctm_cell_vpkm (ctm, up, last) > 1.6 * rn_ctm_critical_vpkm (ctm, up))
        return FALSE;
    }
  return TRUE;
}

static void
end_some (RnSimIncidents *self, const RnCtm *ctm, gint64 at_us)
{
  for (guint i = 0; i < self->list->len;)
    {
      RnSimIncident *incident = g_ptr_array_index (self->list, i);
      gint64 departed = incident->times_us[RN_TIME_DEPARTED];

      if (incident->end_us <= at_us - RN_SIM_HOUR)
        {
          g_ptr_array_remove_index (self->list, i);
          continue;
        }
      if (incident->end_us == RN_SIM_NEVER && departed <= at_us
          && (flows (self, incident, ctm) || at_us - departed > LONGEST_TAIL))
        {
          incident->times_us[RN_TIME_NORMAL] = at_us;
          incident->end_us = at_us + CLOSED_SHOWN;
        }
      i++;
    }
}

void
rn_sim_incidents_step (RnSimIncidents *self, const RnCtm *ctm, const RnSimWeather *weather,
                       gint64 at_us)
{
  end_some (self, ctm, at_us);
  begin_by_chance (self, ctm, weather, at_us);
}

/* An incident at a road's chainage; NULL where this network has no such place. */
static RnSimIncident *
add_at (RnSimIncidents *self, const char *ref, RnDirection direction, double chainage_m,
        RnIncidentType type, gint64 at_us)
{
  guint32 road = rn_network_find_road (self->network, ref);
  guint32 section = road == RN_NONE
                        ? RN_NONE
                        : rn_network_section_at (self->network, road, direction, chainage_m);
  g_autofree char *id = NULL;
  double along;

  if (section == RN_NONE)
    return NULL;
  along = fabs (chainage_m - (double) self->network->from_m[section]);
  id = next_id (self, at_us);
  return add (self, id, type, section, MIN (along, self->network->length_m[section] * 0.98), at_us);
}

static void
rewrite (RnSimIncident *incident, const char *zh, const char *en, int level)
{
  g_free (incident->zh);
  g_free (incident->en);
  incident->zh = g_strdup (zh);
  incident->en = g_strdup (en);
  incident->level = level;
}

/* What the demonstration shows first: a crash on one great bridge, and another one shut. */
static void
add_script (RnSimIncidents *self, gint64 start_us)
{
  gint64 m = RN_SIM_MINUTE;
  RnSimIncident *incident;

  incident =
      add_at (self, "G15", RN_DIRECTION_DESC, 1222300.0, RN_INCIDENT_CLOSURE, start_us - 47 * m);
  if (incident != NULL)
    {
      incident->casualties = 2;
      incident->party[RN_PARTY_MEDICAL] = incident->party[RN_PARTY_FIRE] = TRUE;
      incident->party_us[RN_PARTY_FIRE][RN_STEP_NOTIFIED] = start_us - 44 * m;
      incident->party_us[RN_PARTY_FIRE][RN_STEP_DEPARTED] = start_us - 42 * m;
      incident->party_us[RN_PARTY_FIRE][RN_STEP_ARRIVED] = start_us - 30 * m;
      rn_sim_incident_open_at (incident, start_us + 75 * m);
      rewrite (incident, "苏通大桥 多车相撞，全幅中断，双向分流中",
               "Multi-vehicle crash on Sutong Bridge, all lanes blocked, traffic diverted", 1);
    }
  incident =
      add_at (self, "G1516", RN_DIRECTION_ASC, 86100.0, RN_INCIDENT_HAZMAT, start_us - 20 * m);
  if (incident != NULL)
    {
      memset (incident->lane, RN_LANE_OPEN, sizeof incident->lane);
      incident->lane[0] = RN_LANE_BLOCKED;
      rn_sim_incident_open_at (incident, start_us + 60 * m);
      rewrite (incident, "危化品罐车故障，占应急车道，无泄漏",
               "Broken-down tanker on the shoulder, no leak", 3);
    }
  incident =
      add_at (self, "G2", RN_DIRECTION_DESC, 1064300.0, RN_INCIDENT_CRASH, start_us - 26 * m);
  if (incident != NULL)
    {
      memset (incident->lane, RN_LANE_OPEN, sizeof incident->lane);
      incident->lane[1] = RN_LANE_BLOCKED;
      if (incident->n_lanes > 2)
        incident->lane[2] = RN_LANE_BLOCKED;
      else
        incident->lane[2] = RN_LANE_AFFECTED;
      incident->casualties = 1;
      incident->party[RN_PARTY_MEDICAL] = TRUE;
      incident->party_us[RN_PARTY_MEDICAL][RN_STEP_NOTIFIED] = start_us - 23 * m;
      rn_sim_incident_open_at (incident, start_us + 35 * m);
      rewrite (
          incident, "江阴大桥 三车追尾，占用第 1、2 车道，轻伤 1 人",
          "Rear-end crash of three cars on Jiangyin Bridge, lanes 1 and 2 taken, 1 slight injury",
          2);
    }
}

static void
add_jam (RnSimIncidents *self, const RnSimJam *jam)
{
  RnIncidentType type = jam->lanes_open > 0 ? RN_INCIDENT_CRASH : RN_INCIDENT_CLOSURE;
  RnSimIncident *incident = add (self, jam->id, type, jam->section, jam->along_m, jam->from_us);

  memset (incident->lane, RN_LANE_OPEN, sizeof incident->lane);
  for (int lane = 1; lane <= incident->n_lanes - jam->lanes_open; lane++)
    incident->lane[lane] = RN_LANE_BLOCKED;
  incident->level = 2;
  rn_sim_incident_open_at (incident, jam->until_us);
  rn_sim_incident_describe (incident, self->network);
}

RnSimIncidents *
rn_sim_incidents_new (const RnNetwork *network, const RnSimDemand *demand, guint64 seed,
                      gint64 start_us, RnSimScene scene, gboolean demo)
{
  RnSimIncidents *self = g_new0 (RnSimIncidents, 1);
  double sum = 0.0, km = 0.0;

  self->network = network;
  self->demand = demand;
  self->seed = seed;
  self->chinese = demo;
  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_sim_incident_free);
  self->weight = g_new0 (double, network->n_sections);
  for (guint i = 0; i < network->n_sections; i++)
    {
      km += network->length_m[i] / 1000.0;
      sum += demand->base_vph[i] * network->length_m[i] / 1000.0;
      self->weight[i] = sum;
    }
  self->per_hour =
      MIN (PER_HOUR_1000_KM * km / 1000.0, MOST_PER_HOUR) * rn_sim_scene_traits (scene)->incidents;
  self->jams = rn_sim_scene_new_jams (scene, network, demand, seed, start_us);
  for (guint k = 0; k < self->jams->len; k++)
    add_jam (self, &g_array_index (self->jams, RnSimJam, k));
  if (demo && scene == RN_SIM_SCENE_DEMO && seed == RN_SIM_DEMO_SEED)
    add_script (self, start_us);
  return self;
}

void
rn_sim_incidents_free (RnSimIncidents *self)
{
  g_ptr_array_unref (self->list);
  g_array_unref (self->jams);
  g_free (self->weight);
  g_free (self);
}

const GPtrArray *
rn_sim_incidents_all (const RnSimIncidents *self)
{
  return self->list;
}

const GArray *
rn_sim_incidents_jams (const RnSimIncidents *self)
{
  return self->jams;
}

RnSimIncident *
rn_sim_incidents_find (const RnSimIncidents *self, const char *id)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      RnSimIncident *incident = g_ptr_array_index (self->list, i);

      if (strcmp (incident->id, id) == 0)
        return incident;
    }
  return NULL;
}

const char *
rn_sim_incidents_shut (RnSimIncidents *self, guint32 section, double along_m, gint64 at_us)
{
  g_autofree char *id = g_strdup_printf ("X-%u", ++self->shut);
  RnSimIncident *incident = add (self, id, RN_INCIDENT_CLOSURE, section, along_m, at_us);

  incident->times_us[RN_TIME_REPORTED] = at_us;
  rn_sim_incident_open_at (incident, at_us + UNTIL_LIFTED);
  incident->expected_end_us = 0;
  return incident->id;
}

gboolean
rn_sim_incidents_lift (RnSimIncidents *self, const char *id, gint64 at_us)
{
  RnSimIncident *incident = rn_sim_incidents_find (self, id);

  if (incident == NULL || !g_str_has_prefix (id, "X-")
      || incident->times_us[RN_TIME_LANES_OPEN] <= at_us)
    return FALSE;
  rn_sim_incident_open_at (incident, at_us);
  incident->expected_end_us = incident->times_us[RN_TIME_DEPARTED];
  return TRUE;
}
