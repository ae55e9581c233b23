/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See made-up.h. Names, numbers and places are invented along real roads. */
#include "made-up.h"

#include <math.h>

#include "base/rn-clock.h"
#include "model/rn-network-builder.h"

#define MINUTE_US (60 * RN_SECOND)

static const char *const towns[][2] = {
  { "江阴南", "Jiangyin South" }, { "江阴北", "Jiangyin North" }, { "靖江", "Jingjiang" },
  { "广陵", "Guangling" },        { "宣堡", "Xuanbao" },          { "泰州", "Taizhou" },
  { "江都", "Jiangdu" },
};

static void
add_road (RnNetworkBuilder *builder, const char *ref, const char *zh, const char *en,
          const char *asc_zh, const char *asc_en, const char *desc_zh, const char *desc_en)
{
  g_autoptr (RnNames) names = rn_names_new_pairs ("zh-CN", zh, "en", en, NULL);
  g_autoptr (RnNames) asc = rn_names_new_pairs ("zh-CN", asc_zh, "en", asc_en, NULL);
  g_autoptr (RnNames) desc = rn_names_new_pairs ("zh-CN", desc_zh, "en", desc_en, NULL);
  RnRoadRow row = { .ref = ref, .names = names, .direction_names = { asc, desc },
                    .shield = ref[0] == 'S' ? RN_SHIELD_PROVINCIAL : RN_SHIELD_NATIONAL };

  rn_network_builder_add_road (builder, &row);
}

static void
add_section (RnNetworkBuilder *builder, const char *ref, guint i, RnDirection direction,
             double base_m, double lat)
{
  gboolean asc = direction == RN_DIRECTION_ASC;
  const char *const *from = towns[asc ? i : i + 1];
  const char *const *to = towns[asc ? i + 1 : i];
  g_autofree char *id = g_strdup_printf ("%s%c%u", ref, asc ? 'a' : 'd', i);
  g_autofree char *zh = g_strdup_printf ("%s → %s", from[0], to[0]);
  g_autofree char *en = g_strdup_printf ("%s → %s", from[1], to[1]);
  g_autoptr (RnNames) names = rn_names_new_pairs ("zh-CN", zh, "en", en, NULL);
  double lon = 120 + 0.15 * i;
  RnPoint points[] = { { asc ? lon : lon + 0.15, lat }, { asc ? lon + 0.15 : lon, lat } };
  RnSectionRow row = RN_SECTION_ROW_INIT;
  g_autoptr (GError) error = NULL;

  row.id = id;
  row.road = ref;
  row.direction = direction;
  row.from_m = base_m + 14200.0 * (asc ? i : i + 1);
  row.to_m = base_m + 14200.0 * (asc ? i + 1 : i);
  row.lanes = 3;
  row.free_speed_kmh = 100;
  row.names = names;
  row.points = points;
  row.n_points = 2;
  if (!rn_network_builder_add_section (builder, &row, &error))
    g_error ("%s", error->message);
}

static void
add_facility (RnNetworkBuilder *builder, const char *id, RnFacilityType type, const char *zh,
              const char *en, const char *road, double chainage_m, double lon)
{
  g_autoptr (RnNames) names = rn_names_new_pairs ("zh-CN", zh, "en", en, NULL);
  const char *sections[] = { "G2a1", "G2d1", NULL };
  RnFacilityRow row = RN_FACILITY_ROW_INIT;
  g_autoptr (GError) error = NULL;

  row.id = id;
  row.type = type;
  row.names = names;
  row.road = road;
  row.chainage_m = chainage_m;
  row.at = (RnPoint){ lon, 31.9 };
  row.company = "Suzhou";
  row.sections = type == RN_FACILITY_BRIDGE ? sections : NULL;
  row.lanes_entry = type == RN_FACILITY_TOLL_PLAZA ? 12 : -1;
  row.lanes_exit = type == RN_FACILITY_TOLL_PLAZA ? 16 : -1;
  if (!rn_network_builder_add_facility (builder, &row, &error))
    g_error ("%s", error->message);
}

static void
add_facilities (RnNetworkBuilder *builder)
{
  add_facility (builder, "yangcheng", RN_FACILITY_SERVICE_AREA, "阳澄湖服务区",
                "Yangcheng Lake Service Area", "G42", 80000, 120.7);
  add_facility (builder, "meicun", RN_FACILITY_SERVICE_AREA, "梅村服务区",
                "Meicun Service Area", "G2", 1116000, 120.4);
  add_facility (builder, "yanqiao", RN_FACILITY_SERVICE_AREA, "堰桥服务区",
                "Yanqiao Service Area", "G2", 1089000, 120.3);
  add_facility (builder, "huaqiao", RN_FACILITY_TOLL_PLAZA, "花桥收费站", "Huaqiao Toll Plaza",
                "G42", 45000, 120.9);
  add_facility (builder, "wuxi", RN_FACILITY_TOLL_PLAZA, "无锡收费站", "Wuxi Toll Plaza", "G42",
                140000, 120.3);
  add_facility (builder, "bridge", RN_FACILITY_BRIDGE, "江阴大桥", "Jiangyin Bridge", "G2",
                1064300, 120.25);
  add_facility (builder, "check", RN_FACILITY_CHECKPOINT, "苏沪检查站", "Suhu Checkpoint", "G42",
                42000, 120.95);
}

static void
add_more_facilities (RnNetworkBuilder *builder, guint n)
{
  static const char *const roads[] = { "G2", "G42", "S35" };

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("f%u", i);
      g_autofree char *zh = g_strdup_printf ("%s 收费站 %u", towns[i % G_N_ELEMENTS (towns)][0], i);
      g_autofree char *en = g_strdup_printf ("%s Toll %u", towns[i % G_N_ELEMENTS (towns)][1], i);

      add_facility (builder, id, i % 3 ? RN_FACILITY_TOLL_PLAZA : RN_FACILITY_SERVICE_AREA, zh, en,
                    roads[i % 3], 40000 + 13.0 * i, 120 + 0.0001 * i);
    }
}

RnNetwork *
made_up_network (void)
{
  return made_up_network_with (0);
}

RnNetwork *
made_up_network_with (guint n_more_facilities)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("x", "made-up-1");
  RnContact contact = { "operator", "Jiangyin Bridge Co.", "duty", "0510-8000", "G2" };

  add_road (builder, "G2", "京沪高速", "Beijing–Shanghai Expressway", "上海方向",
            "towards Shanghai", "北京方向", "towards Beijing");
  add_road (builder, "G42", "沪蓉高速", "Shanghai–Chengdu Expressway", "成都方向",
            "towards Chengdu", "上海方向", "towards Shanghai");
  add_road (builder, "S35", "阜溧高速", "Funing–Liyang Expressway", "溧阳方向",
            "towards Liyang", "阜宁方向", "towards Funing");
  for (guint d = RN_DIRECTION_ASC; d <= RN_DIRECTION_DESC; d++)
    for (guint i = 0; i + 1 < G_N_ELEMENTS (towns); i++)
      {
        add_section (builder, "G2", i, d, 1023500, 31.9);
        add_section (builder, "G42", i, d, 40000, 31.5);
        add_section (builder, "S35", i, d, 80000, 31.2);
      }
  add_facilities (builder);
  add_more_facilities (builder, n_more_facilities);
  rn_network_builder_add_contact (builder, &contact);
  return rn_network_builder_end (builder);
}

/* ---- flow ---------------------------------------------------------------------------------- */

static RnFlow *
make_flow (const RnNetwork *network, const MadeUp *how)
{
  g_autoptr (RnFlowUpdate) update = rn_flow_update_new (network->n_sections);

  update->observed_at_us = how->now_us - 12 * RN_SECOND;
  update->full = TRUE;
  update->n = update->n_rows = network->n_sections;
  for (guint i = 0; i < network->n_sections; i++)
    {
      update->section[i] = i;
      update->flow_vph[i] = 1800 + 60 * (i % 7);
      update->speed_kmh[i] = 92 - (float) (i % 5);
      if (g_strcmp0 (network->id[i], "S35a3") == 0)
        update->flow_vph[i] = update->speed_kmh[i] = NAN;
      if (g_strcmp0 (network->key[i], MADE_UP_SECTION) == 0)
        {
          update->flow_vph[i] = 3020;
          update->speed_kmh[i] = (float) how->crash_speed_kmh;
        }
      if (g_strcmp0 (network->id[i], "G2d3") == 0)
        {
          update->flow_vph[i] = 3400;
          update->speed_kmh[i] = 38;
        }
    }
  return rn_flow_apply (NULL, update, network->n_sections, FALSE);
}

/* ---- incidents ----------------------------------------------------------------------------- */

static void
set_lanes (RnIncident *incident, RnLaneState first, RnLaneState second, RnLaneState third)
{
  incident->n_lanes = 4;
  incident->lanes = g_new0 (RnIncidentLane, 4);
  incident->lanes[0] = (RnIncidentLane){ 1, first };
  incident->lanes[1] = (RnIncidentLane){ 2, second };
  incident->lanes[2] = (RnIncidentLane){ 3, third };
  incident->lanes[3] = (RnIncidentLane){ 0, RN_LANE_OPEN };
}

static void
set_log (RnIncident *incident, gint64 now_us)
{
  static const struct {
    int minutes_ago;
    const char *by, *text;
  } lines[] = {
    { 21, "RoadNet", "Seven alerts upstream taken over by this incident." },
    { 13, "Patrol 14", "On site. One slightly injured, third car off the guardrail." },
    { 6, "Unit 2", "Two lanes blocked, oil on lane 3. Sand truck requested." },
    { 1, "Zhou Min", "Sign G2 K1072 set: “Accident ahead, use Jiangyin–Jingjiang Tunnel”." },
  };

  incident->n_log = G_N_ELEMENTS (lines);
  incident->log = g_new0 (RnLogLine, incident->n_log);
  for (guint i = 0; i < incident->n_log; i++)
    incident->log[i] = (RnLogLine){ now_us - lines[i].minutes_ago * MINUTE_US,
                                    g_strdup (lines[i].by), g_strdup (lines[i].text) };
}

static RnIncident *
make_crash (const RnNetwork *network, gint64 now_us)
{
  RnIncident *incident = rn_incident_new ("x", "crash");

  incident->type = RN_INCIDENT_CRASH;
  incident->status = RN_INCIDENT_RESPONDING;
  incident->level = 2;
  incident->section = rn_network_find_section_key (network, MADE_UP_SECTION);
  incident->chainage_m = 1064300;
  set_lanes (incident, RN_LANE_BLOCKED, RN_LANE_BLOCKED, RN_LANE_AFFECTED);
  incident->casualties = 1;
  for (guint t = 0; t <= RN_TIME_ARRIVED; t++)
    incident->times_us[t] = now_us - (26 - 3 * (gint64) t) * MINUTE_US;
  incident->expected_end_us = now_us + 23 * MINUTE_US;
  for (guint p = RN_PARTY_OPERATOR; p <= RN_PARTY_RESCUE; p++)
    {
      incident->party_known[p] = TRUE;
      for (guint s = 0; s <= (p == RN_PARTY_RESCUE ? RN_STEP_DEPARTED : RN_STEP_ARRIVED); s++)
        incident->party_us[p][s] = now_us - (24 - 4 * (gint64) s - p) * MINUTE_US;
    }
  set_log (incident, now_us);
  incident->description
    = rn_names_new_pairs ("zh-CN", "三车追尾", "en", "Rear-end crash, 3 cars", NULL);
  incident->revision = 12;
  incident->observed_at_us = now_us - 8 * RN_SECOND;
  return incident;
}

/* Every 20th has ended since the round before, and another one has come: caller's. */
static char *
dup_id (char letter, guint i, const MadeUp *how)
{
  gboolean replaced = i > 1 && how->round > 0 && i % 20 == how->round % 20;

  return replaced ? g_strdup_printf ("%c%u-%u", letter, i, how->round)
                  : g_strdup_printf ("%c%u", letter, i);
}

static RnIncident *
make_incident (const RnNetwork *network, guint i, const MadeUp *how)
{
  g_autofree char *id = dup_id ('i', i, how);
  gint64 now_us = how->now_us;
  RnIncident *incident = rn_incident_new ("x", id);

  incident->type = i % RN_N_INCIDENT_TYPES;
  incident->status = i % RN_INCIDENT_CLOSED;
  incident->level = 1 + (int) (i * 7 + 3) % 4;
  incident->section = i % 11 == 10 ? RN_NONE : (i * 5 + 1) % network->n_sections;
  if (incident->section != RN_NONE)
    incident->chainage_m = network->from_m[incident->section];
  incident->times_us[RN_TIME_OCCURRED] = now_us - (gint64) (i * 7 + 2) * MINUTE_US;
  incident->casualties = i % 3 == 0 ? (int) i % 4 : -1;
  incident->hazmat = i % 5 == 4;
  if (i % 4 == 1)
    set_lanes (incident, RN_LANE_OPEN, RN_LANE_OPEN, RN_LANE_BLOCKED);
  incident->revision = 1;
  incident->observed_at_us = now_us - 8 * RN_SECOND;
  return incident;
}

/* ---- works, facilities, weather ------------------------------------------------------------ */

static RnWork *
make_work (const RnNetwork *network, guint i, const MadeUp *how)
{
  g_autofree char *id = dup_id ('w', i, how);
  gint64 now_us = how->now_us;
  RnWork *work = rn_work_new ("x", id);

  work->names = i % 2 ? rn_names_new_pairs ("zh-CN", "路面铣刨重铺", "en", "Resurfacing", NULL)
                      : rn_names_new_pairs ("zh-CN", "护栏维修", "en", "Guardrail repair", NULL);
  work->description = rn_names_new_pairs ("zh-CN", "夜间占用一个车道。", "en",
                                          "Takes one lane at night, from the median.", NULL);
  work->n_sections = 1;
  work->sections = g_new (guint32, 1);
  work->sections[0] = (i * 3 + 2) % network->n_sections;
  work->start_us = now_us + (i % 3 == 2 ? 90 : -120) * MINUTE_US;
  work->end_us = now_us + (i % 3 == 2 ? 400 : 180) * MINUTE_US;
  work->plan_start_us = work->start_us;
  work->plan_end_us = i == 1 ? now_us - 22 * MINUTE_US : work->end_us;
  work->limit_kmh = 60;
  work->capacity_factor = 0.6;
  work->impact = RN_IMPACT_SOME_CLOSED;
  work->n_lanes = 3;
  work->lanes = g_new0 (RnWorkLane, 3);
  for (guint l = 0; l < 3; l++)
    work->lanes[l] = (RnWorkLane){ (int) l + 1, g_strdup ("general"),
                                   l == 0 ? RN_WORK_LANE_CLOSED : RN_WORK_LANE_OPEN };
  work->owner = g_strdup ("养护二所");
  work->permit = g_strdup_printf ("JS-2026-%04u", 1000 + i);
  work->workers = 1;
  work->observed_at_us = now_us - 46 * RN_SECOND;
  return work;
}

static RnFacilityState *
make_state (const RnNetwork *network, const char *id, RnFacilityType type, gint64 now_us)
{
  RnFacilityState *state = rn_facility_state_new ("x", id, type);

  state->facility = rn_network_find_facility (network, "x", id);
  state->observed_at_us = now_us - 17 * RN_SECOND;
  return state;
}

static RnFacilityState *
make_area (const RnNetwork *network, const char *id, int used, gint64 now_us)
{
  static const struct {
    const char *grade;
    double price, stock;
    int available;
  } fuels[] = { { "92", 7.68, 62, 1 }, { "95", 8.17, 44, 1 }, { "98", 9.67, 9, 1 },
                { "0", 7.29, 71, 1 },  { "LNG", 4.85, NAN, 0 } };
  RnFacilityState *state = make_state (network, id, RN_FACILITY_SERVICE_AREA, now_us);
  gboolean full = used > 1150;

  state->car_used = used;
  state->car_total = 1150;
  state->truck_used = 142;
  state->truck_total = 210;
  state->chargers_free = full ? 3 : 20;
  state->chargers_total = 48;
  state->chargers_queue = full ? 22 : 0;
  state->status = full ? RN_AREA_FULL : RN_AREA_OPEN;
  state->inflow_vph = 1020;
  if (!full)
    return state;
  state->n_fuel = G_N_ELEMENTS (fuels);
  state->fuel = g_new0 (RnFuel, state->n_fuel);
  for (guint i = 0; i < state->n_fuel; i++)
    state->fuel[i] = (RnFuel){ g_strdup (fuels[i].grade), fuels[i].price, fuels[i].stock,
                               fuels[i].available };
  state->n_goods = 2;
  state->goods = g_new0 (RnGood, 2);
  state->goods[0] = (RnGood){ rn_names_new_pairs ("zh-CN", "阳澄湖大闸蟹 礼盒", "en",
                                                  "Hairy crab, gift box", NULL), 268, 1 };
  state->goods[1] = (RnGood){ rn_names_new_pairs ("zh-CN", "饮用水 550 mL", "en",
                                                  "Water 550 mL", NULL), 2, 0 };
  return state;
}

static void
add_states (GPtrArray *states, const RnNetwork *network, gint64 now_us)
{
  RnFacilityState *plaza = make_state (network, "huaqiao", RN_FACILITY_TOLL_PLAZA, now_us);
  RnFacilityState *check = make_state (network, "check", RN_FACILITY_CHECKPOINT, now_us);

  g_ptr_array_add (states, make_area (network, "yangcheng", 1164, now_us));
  g_ptr_array_add (states, make_area (network, "meicun", 620, now_us));
  plaza->lanes_entry = 9;
  plaza->lanes_exit = 16;
  plaza->entry_vph = 2180;
  plaza->exit_vph = 3640;
  plaza->queue_m = 620;
  plaza->etc_share_pct = 71.4;
  plaza->mode = RN_TOLL_NO_CARD_NO_BOOTH;
  plaza->entry = RN_ENTRY_METERED;
  g_ptr_array_add (states, plaza);
  check->vehicles_today = 4812;
  check->people_today = 9120;
  g_ptr_array_add (states, check);
}

static void
add_weather (RnFrameParts *parts, const RnNetwork *network, gint64 now_us)
{
  RnStation *station = rn_station_new ("x", "ws1");
  RnWarning *warning = rn_warning_new ("x", "fog");

  station->names = rn_names_new_pairs ("zh-CN", "响水气象站", "en", "Xiangshui station", NULL);
  station->at = (RnPoint){ 120.3, 32.0 };
  station->visibility_m = 160;
  station->rain_mm_h = 0;
  station->wind_ms = 3.4;
  station->air_c = 14.2;
  station->surface = RN_SURFACE_WET;
  station->observed_at_us = now_us - 200 * RN_SECOND;
  g_ptr_array_add (parts->stations, station);
  warning->hazard = RN_HAZARD_FOG;
  warning->tier = 3;
  warning->n_sections = 2;
  warning->sections = g_new (guint32, 2);
  warning->sections[0] = 0;
  warning->sections[1] = rn_network_find_section_key (network, MADE_UP_SECTION);
  warning->from_us = now_us - 60 * MINUTE_US;
  warning->until_us = now_us + 120 * MINUTE_US;
  warning->text = rn_names_new_pairs ("zh-CN", "能见度低于 200 米。", "en",
                                      "Visibility under 200 m.", NULL);
  g_ptr_array_add (parts->warnings, warning);
}

/* ---- plans ---------------------------------------------------------------------------------- */

/* The corridor of the crash; a server with a plan and a measure of it, when asked for. */
static void
add_plan (GPtrArray *plans, GPtrArray *measures, const RnNetwork *network, const MadeUp *how)
{
  RnPlan *plan = rn_plan_new ("x", "corridor");
  RnMeasure *measure = rn_measure_new ("x", "m1");
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < network->n_sections; i++)
    if (g_str_has_prefix (network->id[i], "G2d"))
      g_strv_builder_add (ids, network->id[i]);
  plan->names = rn_names_new_pairs ("zh-CN", "江阴大桥通道", "en", "Jiangyin corridor", NULL);
  plan->sections = g_strv_builder_end (ids);
  plan->tier = how->plan_tier;
  plan->since_us = how->now_us - 20 * MINUTE_US;
  g_ptr_array_add (plans, plan);
  measure->plan = g_strdup ("corridor");
  measure->tier = 4;
  measure->what = g_strdup ("Patrols every 15 min");
  measure->party = g_strdup ("operator");
  measure->by = g_strdup ("Li Weidong");
  measure->ordered_us = how->now_us - 19 * MINUTE_US;
  g_ptr_array_add (measures, measure);
}

/* ---- frame --------------------------------------------------------------------------------- */

static void
fill_feeds (RnFeedStatus *feeds, const MadeUp *how)
{
  for (guint k = 0; k < RN_N_FEEDS; k++)
    feeds[k] = (RnFeedStatus){ .source = (char *) "x",
                               .adapter = (char *) "roadnet",
                               .kind = k,
                               .state = how->feeds,
                               .observed_at_us = how->now_us - 12 * RN_SECOND,
                               .age_us = 12 * RN_SECOND,
                               .poll_us = 30 * RN_SECOND,
                               .rate = 1 };
}

/* Every tenth is strained; of these every 20th is another one in each round. */
static gboolean
is_strained (guint i, guint round)
{
  if (i % 200 == round * 10 % 200 + 3)
    return FALSE;
  return i % 10 == 3 || i % 200 == round * 10 % 200 + 4;
}

/* Every 20th has other figures in each round. */
static void
add_more_states (GPtrArray *states, const RnNetwork *network, const MadeUp *how)
{
  for (guint i = 0; i < how->n_more_facilities; i++)
    {
      g_autofree char *id = g_strdup_printf ("f%u", i);
      RnFacilityState *state;

      if (i % 3 == 0)
        state = make_area (network, id,
                           is_strained (i, how->round)
                               ? 1100
                               : 600 + (int) (i % 20 == how->round % 20 ? how->round : 0),
                           how->now_us);
      else
        {
          state = make_state (network, id, RN_FACILITY_TOLL_PLAZA, how->now_us);
          state->queue_m = is_strained (i, how->round) ? 700 : 50;
        }
      g_ptr_array_add (states, state);
    }
}

static GPtrArray *
new_list (void (*unref) (gpointer))
{
  return g_ptr_array_new_with_free_func (unref);
}

RnFrame *
made_up_frame (const RnNetwork *network, const MadeUp *how, const RnFrame *before)
{
  g_autoptr (RnFlow) flow = make_flow (network, how);
  g_autoptr (GPtrArray) incidents = new_list ((GDestroyNotify) rn_incident_unref);
  g_autoptr (GPtrArray) works = new_list ((GDestroyNotify) rn_work_unref);
  g_autoptr (GPtrArray) states = new_list ((GDestroyNotify) rn_facility_state_unref);
  g_autoptr (GPtrArray) stations = new_list ((GDestroyNotify) rn_station_unref);
  g_autoptr (GPtrArray) warnings = new_list ((GDestroyNotify) rn_warning_unref);
  g_autoptr (GPtrArray) plans = new_list ((GDestroyNotify) rn_plan_unref);
  g_autoptr (GPtrArray) measures = new_list ((GDestroyNotify) rn_measure_unref);
  RnFeedStatus feeds[RN_N_FEEDS];
  const RnFeedStatus *statuses[RN_N_FEEDS];
  RnFrameParts parts = { .network = network,
                         .flow = flow,
                         .flow_quality_cap = rn_feed_state_quality (how->feeds, FALSE),
                         .now_us = how->now_us,
                         .poll_us = 30 * RN_SECOND,
                         .incidents = incidents,
                         .works = works,
                         .stations = stations,
                         .warnings = warnings,
                         .facility_states = states,
                         .plans = plans,
                         .measures = measures };

  if (!how->without_crash)
    g_ptr_array_add (incidents, make_crash (network, how->now_us));
  for (guint i = 0; i < how->n_more_incidents; i++)
    g_ptr_array_add (incidents, make_incident (network, i, how));
  for (guint i = 0; i < 2 + how->n_more_works; i++)
    g_ptr_array_add (works, make_work (network, i, how));
  add_states (states, network, how->now_us);
  add_more_states (states, network, how);
  add_weather (&parts, network, how->now_us);
  if (how->plan_tier != 0)
    add_plan (plans, measures, network, how);
  fill_feeds (feeds, how);
  for (guint k = 0; k < RN_N_FEEDS; k++)
    statuses[k] = &feeds[k];
  return rn_frame_build (network, &parts, 1, rn_state_table_default (), how->now_us, before,
                         statuses, RN_N_FEEDS);
}
