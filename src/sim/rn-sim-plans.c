/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Criteria are the default table of the alerting rules. */
#include "sim/rn-sim-plans.h"

#include "sim/rn-sim-random.h"
#include "sim/rn-sim-writer.h"

#include <math.h>

typedef struct {
  RnSimPlans public;
  const RnNetwork *network;
  const RnSimDemand *demand;
  guint64 seed;
  guint count;
} Plans;

static const struct {
  const char *id, *zh, *en, *ref;
  RnDirection direction;
  double low_m, high_m;
} scopes[] = {
  { "jiangyin", "江阴大桥通道 北行", "Jiangyin Bridge corridor, northbound", "G2",
    RN_DIRECTION_DESC, 1035000, 1125000 },
  { "sutong", "苏通大桥通道 北行", "Sutong Bridge corridor, northbound", "G15", RN_DIRECTION_DESC,
    1191000, 1266000 },
  { "huning", "沪宁通道 西行", "Shanghai–Nanjing corridor, westbound", "G42", RN_DIRECTION_ASC,
    41000, 162000 },
  { "ring", "南京绕城 外圈", "Nanjing ring, outer", "G2503", RN_DIRECTION_ASC, 0, 400000 },
  { "runyang", "润扬大桥通道 南行", "Runyang Bridge corridor, southbound", "G4011",
    RN_DIRECTION_ASC, 0, 60000 },
};

static const struct {
  int tier;
  const char *what, *where, *party;
} orders[] = {
  { 4, "巡逻加密，15 分一趟", "通道全线", "operator" },
  { 4, "信息发布：过江建议", "沿线情报板", "operator" },
  { 4, "通报三方", "联合指挥群", "operator" },
  { 3, "事故快处快撤", "沿线快处点", "police" },
  { 3, "收费站增开入口车道", "沿线收费站", "operator" },
  { 3, "无人机巡查", "通道瓶颈段", "police" },
  { 2, "应急车道借用", "瓶颈上游 15 km", "police" },
  { 2, "入口限流", "沿线收费站", "operator" },
  { 2, "分流至相邻通道", "上游枢纽", "police" },
  { 2, "服务区间歇放行", "沿线服务区", "operator" },
  { 1, "关闭入口", "沿线收费站", "police" },
  { 1, "主线分流", "上游枢纽", "police" },
};

const char *
rn_sim_tier_word (int tier)
{
  static const char *const words[] = { "", "I", "II", "III", "IV" };

  return words[CLAMP (tier, 0, 4)];
}

const char *
rn_sim_plans_criteria (void)
{
  return "{\"IV\":{\"enter\":{\"any\":[{\"metric\":\"saturation\",\"above\":0.75},"
         "{\"metric\":\"speed_ratio\",\"below\":0.60}],\"for_s\":600},"
         "\"exit\":{\"all\":[{\"metric\":\"saturation\",\"below\":0.70},"
         "{\"metric\":\"speed_ratio\",\"above\":0.65}],\"for_s\":900}},"
         "\"III\":{\"enter\":{\"all\":[{\"any\":[{\"metric\":\"saturation\",\"above\":0.90},"
         "{\"metric\":\"speed_ratio\",\"below\":0.45}]},{\"metric\":\"slow_km\",\"above\":2}],"
         "\"for_s\":600},\"exit\":{\"all\":[{\"metric\":\"saturation\",\"below\":0.85},"
         "{\"metric\":\"speed_ratio\",\"above\":0.55}],\"for_s\":1200}},"
         "\"II\":{\"enter\":{\"any\":[{\"metric\":\"speed_ratio\",\"below\":0.25},"
         "{\"metric\":\"slow_km\",\"above\":5}],\"for_s\":900},"
         "\"exit\":{\"all\":[{\"metric\":\"slow_km\",\"below\":2},"
         "{\"metric\":\"speed_ratio\",\"above\":0.45}],\"for_s\":1200}},"
         "\"I\":{\"enter\":{\"any\":[{\"metric\":\"severe_km\",\"above\":10},"
         "{\"metric\":\"incident_level\",\"below\":2.5}],\"for_s\":0},"
         "\"exit\":{\"all\":[{\"metric\":\"severe_km\",\"below\":2}],\"for_s\":1800}}}";
}

char *
rn_sim_plans_measures (void)
{
  RnSimWriter w = RN_SIM_WRITER_INIT;

  rn_sim_write_object (&w, NULL);
  for (int tier = 4; tier >= 1; tier--)
    {
      rn_sim_write_array (&w, rn_sim_tier_word (tier));
      for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
        if (orders[i].tier == tier)
          {
            rn_sim_write_object (&w, NULL);
            rn_sim_write_string (&w, "what", orders[i].what);
            rn_sim_write_string (&w, "party", orders[i].party);
            rn_sim_write_string (&w, "where", orders[i].where);
            rn_sim_write_end_object (&w);
          }
      rn_sim_write_end_array (&w);
    }
  rn_sim_write_end_object (&w);
  return g_string_free (g_steal_pointer (&w.out), FALSE);
}

static void
plan_free (gpointer data)
{
  RnSimPlan *plan = data;

  g_free (plan->id);
  g_free (plan->zh);
  g_free (plan->en);
  g_array_unref (plan->sections);
  g_ptr_array_unref (plan->facilities);
  g_free (plan);
}

static void
measure_free (gpointer data)
{
  RnSimMeasure *measure = data;

  g_free (measure->id);
  g_free (measure);
}

static gboolean
holds_section (const GArray *sections, guint32 section)
{
  for (guint i = 0; i < sections->len; i++)
    if (g_array_index (sections, guint32, i) == section)
      return TRUE;
  return FALSE;
}

/* Sections of a road and direction whose middle lies between two chainages, and the bridges and
 * service areas on them. */
static void
add_plan (Plans *self, const char *id, const char *zh, const char *en, guint32 road,
          RnDirection direction, double low_m, double high_m)
{
  const RnNetwork *network = self->network;
  const RnRoad *row = &network->roads[road];
  RnSimPlan *plan = g_new0 (RnSimPlan, 1);

  plan->id = g_strdup (id);
  plan->zh = g_strdup (zh);
  plan->en = g_strdup (en);
  plan->sections = g_array_new (FALSE, FALSE, sizeof (guint32));
  plan->facilities = g_ptr_array_new ();
  for (guint k = 0; k < row->n_sections; k++)
    {
      guint32 i = row->sections[k];
      double middle = 0.5 * ((double) network->from_m[i] + (double) network->to_m[i]);

      if (network->direction[i] == direction && middle >= low_m && middle <= high_m)
        g_array_append_val (plan->sections, i);
    }
  for (guint f = 0; f < network->n_facilities; f++)
    {
      const RnFacility *facility = &network->facilities[f];

      if ((facility->type == RN_FACILITY_BRIDGE || facility->type == RN_FACILITY_SERVICE_AREA
           || facility->type == RN_FACILITY_TUNNEL)
          && facility->n_sections > 0
          && (holds_section (plan->sections, facility->sections[0])
              || holds_section (plan->sections, facility->sections[facility->n_sections - 1])))
        g_ptr_array_add (plan->facilities, (gpointer) facility->id);
    }
  if (plan->sections->len > 0)
    g_ptr_array_add (self->public.plans, plan);
  else
    plan_free (plan);
}

RnSimPlans *
rn_sim_plans_new (const RnNetwork *network, const RnSimDemand *demand, guint64 seed, gboolean demo)
{
  Plans *self = g_new0 (Plans, 1);

  self->network = network;
  self->demand = demand;
  self->seed = seed;
  self->public.plans = g_ptr_array_new_with_free_func (plan_free);
  self->public.measures = g_ptr_array_new_with_free_func (measure_free);
  for (guint i = 0; demo && i < G_N_ELEMENTS (scopes); i++)
    {
      guint32 road = rn_network_find_road (network, scopes[i].ref);

      if (road != RN_NONE)
        add_plan (self, scopes[i].id, scopes[i].zh, scopes[i].en, road, scopes[i].direction,
                  scopes[i].low_m, scopes[i].high_m);
    }
  for (guint32 road = 0; !demo && road < MIN (network->n_roads, 2u); road++)
    add_plan (self, network->roads[road].ref, network->roads[road].ref, network->roads[road].ref,
              road, RN_DIRECTION_ASC, 0.0, G_MAXDOUBLE);
  return &self->public;
}

void
rn_sim_plans_free (RnSimPlans *public)
{
  Plans *self = (Plans *) public;

  g_ptr_array_unref (public->measures);
  g_ptr_array_unref (public->plans);
  g_free (self);
}

static void
look (const Plans *self, RnSimPlan *plan, const RnSimDetectors *detectors, const double *limit_kmh,
      const double *factor)
{
  plan->saturation = plan->slow_km = plan->severe_km = 0.0;
  plan->ratio = 1.0;
  for (guint k = 0; k < plan->sections->len; k++)
    {
      guint32 i = g_array_index (plan->sections, guint32, k);
      const RnSimReport *report = &detectors->report[i];
      double km = self->network->length_m[i] / 1000.0, ratio;

      if (isnan (report->speed_kmh))
        continue;
      ratio = report->speed_kmh / limit_kmh[i];
      plan->ratio = MIN (plan->ratio, ratio);
      plan->saturation =
          MAX (plan->saturation,
               report->flow_vph / MAX (self->demand->capacity_vph[i] * factor[i], 1.0));
      plan->slow_km += ratio < 0.60 ? km : 0.0;
      plan->severe_km += ratio < 0.25 ? km : 0.0;
    }
}

static gboolean
enters (const RnSimPlan *plan, int tier)
{
  switch (tier)
    {
    case 4:
      return plan->saturation >= 0.75 || plan->ratio < 0.60;
    case 3:
      return (plan->saturation >= 0.90 || plan->ratio < 0.45) && plan->slow_km >= 2.0;
    case 2:
      return plan->ratio < 0.25 || plan->slow_km >= 5.0;
    default:
      return FALSE;
    }
}

static gboolean
leaves (const RnSimPlan *plan, int tier)
{
  switch (tier)
    {
    case 4:
      return plan->saturation < 0.70 && plan->ratio > 0.65;
    case 3:
      return plan->saturation < 0.85 && plan->ratio > 0.55;
    case 2:
      return plan->slow_km < 2.0 && plan->ratio > 0.45;
    default:
      return FALSE;
    }
}

static void
order (Plans *self, const RnSimPlan *plan, gint64 at_us)
{
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (orders[i].tier == plan->tier)
      {
        RnSimMeasure *measure = g_new0 (RnSimMeasure, 1);

        measure->id = g_strdup_printf ("M-%05u", ++self->count);
        measure->plan = plan;
        measure->tier = plan->tier;
        measure->what = orders[i].what;
        measure->where = orders[i].where;
        measure->party = orders[i].party;
        measure->by = "周敏";
        measure->ordered_us = at_us;
        g_ptr_array_add (self->public.measures, measure);
      }
}

/* Parties confirm after some minutes and carry out after some more; what belongs to a tier that is
 * left is lifted, and forgotten after a day. */
static void
carry_on (Plans *self, gint64 at_us)
{
  GPtrArray *measures = self->public.measures;

  for (guint i = 0; i < measures->len;)
    {
      RnSimMeasure *m = g_ptr_array_index (measures, i);
      guint64 number = g_str_hash (m->id);
      gint64 wait = rn_sim_between (self->seed, RN_SIM_STREAM_PLAN, number, 1, 1, 5);
      gint64 work = rn_sim_between (self->seed, RN_SIM_STREAM_PLAN, number, 2, 2, 12);

      if (m->confirmed_us == 0 && at_us >= m->ordered_us + wait * RN_SIM_MINUTE)
        m->confirmed_us = at_us;
      if (m->executed_us == 0 && m->confirmed_us != 0
          && at_us >= m->confirmed_us + work * RN_SIM_MINUTE)
        m->executed_us = at_us;
      if (m->lifted_us == 0 && (m->plan->tier == 0 || m->plan->tier > m->tier))
        m->lifted_us = at_us;
      if (m->lifted_us != 0 && at_us > m->lifted_us + RN_SIM_DAY)
        g_ptr_array_remove_index (measures, i);
      else
        i++;
    }
}

void
rn_sim_plans_step (RnSimPlans *public, const RnSimDetectors *detectors, const double *limit_kmh,
                   const double *factor, gint64 at_us)
{
  static const gint64 up_after_s[5] = { 0, 0, 900, 600, 600 };
  static const gint64 down_after_s[5] = { 0, 1800, 1200, 1200, 900 };
  Plans *self = (Plans *) public;

  public->at_us = at_us;
  for (guint i = 0; i < public->plans->len; i++)
    {
      RnSimPlan *plan = g_ptr_array_index (public->plans, i);
      int next = plan->tier == 0 ? 4 : plan->tier - 1;

      look (self, plan, detectors, limit_kmh, factor);
      if (!enters (plan, next))
        plan->up_us = 0;
      else if (plan->up_us == 0)
        plan->up_us = at_us;
      if (plan->tier == 0 || !leaves (plan, plan->tier))
        plan->down_us = 0;
      else if (plan->down_us == 0)
        plan->down_us = at_us;
      if (plan->up_us != 0 && at_us - plan->up_us >= up_after_s[next] * RN_SIM_SECOND)
        plan->tier = next;
      else if (plan->down_us != 0
               && at_us - plan->down_us >= down_after_s[plan->tier] * RN_SIM_SECOND)
        {
          plan->tier = plan->tier == 4 ? 0 : plan->tier + 1;
          next = -1;
        }
      else
        continue;
      plan->since_us = at_us;
      plan->up_us = plan->down_us = 0;
      if (next > 0)
        order (self, plan, at_us);
    }
  carry_on (self, at_us);
}
