/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How things stand: facilities and plans. */
#include "sim/rn-sim-documents.h"

#include "sim/rn-sim-writer.h"

#include <math.h>

#define SHORTEST_QUEUE_M 10.0 /* a shorter one is none */

static void
write_pool (RnSimWriter *w, const char *key, double used, int total)
{
  if (total < 0)
    return;
  rn_sim_write_object (w, key);
  rn_sim_write_number (w, "used", used, 0);
  rn_sim_write_int (w, "total", total);
  rn_sim_write_end_object (w);
}

static void
write_fuel (RnSimWriter *w, const RnSimFacility *state)
{
  const char *grade;
  double price;

  rn_sim_write_array (w, "fuel");
  for (guint k = 0; (grade = rn_sim_fuel (k, &price)) != NULL; k++)
    {
      if (isnan (state->stock_pct[k]))
        continue;
      rn_sim_write_object (w, NULL);
      rn_sim_write_string (w, "grade", grade);
      rn_sim_write_number (w, "price_cny_l", price, 2);
      rn_sim_write_bool (w, "available", state->stock_pct[k] > 8.0);
      rn_sim_write_number (w, "stock_pct", state->stock_pct[k], 0);
      rn_sim_write_end_object (w);
    }
  rn_sim_write_end_array (w);
}

static void
write_goods (RnSimWriter *w, guint f)
{
  static const struct {
    const char *zh, *en;
    double price;
    gboolean promotion;
  } goods[] = {
    { "饮用水 550 mL", "Water 550 mL", 2.0, FALSE },
    { "自助早餐", "Breakfast buffet", 18.0, FALSE },
    { "阳澄湖大闸蟹礼盒", "Hairy crab gift box", 268.0, TRUE },
    { "盐水鸭", "Salted duck", 46.0, TRUE },
    { "蟹黄汤包", "Crab soup dumplings", 22.0, FALSE },
  };

  rn_sim_write_array (w, "goods");
  for (guint k = 0; k < G_N_ELEMENTS (goods); k++)
    {
      if (k >= 2 && (f + k) % 3 != 0)
        continue;
      rn_sim_write_object (w, NULL);
      rn_sim_write_pair (w, "name", goods[k].zh, goods[k].en);
      rn_sim_write_number (w, "price_cny", goods[k].price, 2);
      rn_sim_write_bool (w, "promotion", goods[k].promotion);
      rn_sim_write_end_object (w);
    }
  rn_sim_write_end_array (w);
}

static void
write_area (RnSimWriter *w, const RnFacility *facility, const RnSimFacility *state, guint f)
{
  static const char *const words[] = { NULL, "open", "full", "controlled", "closed" };
  int total = MAX (facility->chargers, 0);

  rn_sim_write_object (w, "parking");
  write_pool (w, "car", state->car_used, facility->parking_car);
  write_pool (w, "truck", state->truck_used, facility->parking_truck);
  rn_sim_write_end_object (w);
  write_fuel (w, state);
  rn_sim_write_object (w, "chargers");
  rn_sim_write_int (w, "free", total - (int) lround (MIN (state->charging, total)));
  rn_sim_write_int (w, "total", total);
  rn_sim_write_number (w, "queue", state->charger_queue, 0);
  rn_sim_write_end_object (w);
  write_goods (w, f);
  rn_sim_write_string (w, "status", words[state->status]);
  rn_sim_write_number (w, "inflow_vph", round (state->inflow_vph / 10.0) * 10.0, 0);
}

static void
write_plaza (RnSimWriter *w, const RnSimFacility *state)
{
  static const char *const modes[] = { NULL, "booth", "card_no_booth", "no_card_no_booth",
                                       "free_flow" };
  static const char *const entries[] = { NULL, "open", "metered", "closed" };
  double queue = state->queue_m < SHORTEST_QUEUE_M ? 0.0 : round (state->queue_m / 10.0) * 10.0;

  rn_sim_write_object (w, "lanes_open");
  rn_sim_write_int (w, "entry", state->entry == RN_ENTRY_CLOSED ? 0 : state->entry_open);
  rn_sim_write_int (w, "exit", state->exit_open);
  rn_sim_write_end_object (w);
  rn_sim_write_object (w, "throughput_vph");
  rn_sim_write_number (w, "entry", round (state->entry_vph / 10.0) * 10.0, 0);
  rn_sim_write_number (w, "exit", round (state->exit_vph / 10.0) * 10.0, 0);
  rn_sim_write_end_object (w);
  rn_sim_write_number (w, "queue_m", queue, 0);
  rn_sim_write_string (w, "mode", modes[state->mode]);
  rn_sim_write_number (w, "etc_share_pct", state->etc_pct, 1);
  rn_sim_write_string (w, "entry", entries[state->entry]);
}

static void
write_facility (RnSimWriter *w, const RnFacility *facility, const RnSimFacility *state, guint f)
{
  rn_sim_write_object (w, NULL);
  rn_sim_write_string (w, "id", facility->id);
  rn_sim_write_string (w, "type", rn_facility_type_words ()[facility->type]);
  if (facility->type == RN_FACILITY_SERVICE_AREA)
    write_area (w, facility, state, f);
  else if (facility->type == RN_FACILITY_TOLL_PLAZA)
    write_plaza (w, state);
  else
    {
      rn_sim_write_number (w, "vehicles_today", state->vehicles_today, 0);
      rn_sim_write_number (w, "people_today", 2.6 * state->vehicles_today, 0);
    }
  rn_sim_write_end_object (w);
}

GBytes *
rn_sim_document_facilities (const RnSimWorld *world, const RnSimView *view)
{
  const RnNetwork *network = rn_sim_world_network (world);
  const RnSimFacilities *facilities = rn_sim_world_facilities (world);
  RnSimWriter w = RN_SIM_WRITER_INIT;

  rn_sim_write_object (&w, NULL);
  rn_sim_write_string (&w, "observed_at", RN_SIM_OBSERVED_AT);
  rn_sim_write_array (&w, "facilities");
  for (guint f = 0; f < network->n_facilities; f++)
    {
      const RnFacility *facility = &network->facilities[f];

      if ((facility->type == RN_FACILITY_SERVICE_AREA || facility->type == RN_FACILITY_TOLL_PLAZA
           || facility->type == RN_FACILITY_CHECKPOINT)
          && rn_sim_view_shows (view, f))
        write_facility (&w, facility, &facilities->state[f], f);
    }
  rn_sim_write_end_array (&w);
  rn_sim_write_end_object (&w);
  return rn_sim_writer_end (&w);
}

/* ---- plans ---- */

static void
write_plan (RnSimWriter *w, const RnNetwork *network, const RnSimPlan *plan, const char *measures)
{
  rn_sim_write_object (w, NULL);
  rn_sim_write_string (w, "id", plan->id);
  rn_sim_write_pair (w, "name", plan->zh, plan->en);
  rn_sim_write_object (w, "scope");
  rn_sim_write_array (w, "sections");
  for (guint i = 0; i < plan->sections->len; i++)
    rn_sim_write_string (w, NULL, network->id[g_array_index (plan->sections, guint32, i)]);
  rn_sim_write_end_array (w);
  rn_sim_write_array (w, "facilities");
  for (guint i = 0; i < plan->facilities->len; i++)
    rn_sim_write_string (w, NULL, g_ptr_array_index (plan->facilities, i));
  rn_sim_write_end_array (w);
  rn_sim_write_end_object (w);
  rn_sim_write_int (w, "tier", plan->tier);
  rn_sim_write_time (w, "since", plan->since_us);
  rn_sim_write_raw (w, "criteria", rn_sim_plans_criteria ());
  rn_sim_write_raw (w, "measures", measures);
  rn_sim_write_end_object (w);
}

static void
write_measure (RnSimWriter *w, const RnSimMeasure *measure)
{
  rn_sim_write_object (w, NULL);
  rn_sim_write_string (w, "id", measure->id);
  rn_sim_write_string (w, "plan", measure->plan->id);
  rn_sim_write_int (w, "tier", measure->tier);
  rn_sim_write_string (w, "what", measure->what);
  rn_sim_write_string (w, "where", measure->where);
  rn_sim_write_string (w, "party", measure->party);
  rn_sim_write_time (w, "ordered", measure->ordered_us);
  rn_sim_write_time (w, "confirmed", measure->confirmed_us);
  rn_sim_write_time (w, "executed", measure->executed_us);
  rn_sim_write_time (w, "lifted", measure->lifted_us);
  rn_sim_write_string (w, "by", measure->by);
  rn_sim_write_end_object (w);
}

GBytes *
rn_sim_document_plans (const RnSimWorld *world, const RnSimView *view)
{
  const RnSimPlans *plans = rn_sim_world_plans (world);
  g_autofree char *measures = rn_sim_plans_measures ();
  RnSimWriter w = RN_SIM_WRITER_INIT;

  rn_sim_write_object (&w, NULL);
  rn_sim_write_string (&w, "observed_at", RN_SIM_OBSERVED_AT);
  rn_sim_write_array (&w, "plans");
  for (guint i = 0; i < plans->plans->len; i++)
    if (rn_sim_view_shows (view, i))
      write_plan (&w, rn_sim_world_network (world), g_ptr_array_index (plans->plans, i), measures);
  rn_sim_write_end_array (&w);
  rn_sim_write_array (&w, "measures");
  for (guint i = 0; i < plans->measures->len; i++)
    if (rn_sim_view_shows (view, 1000 + i))
      write_measure (&w, g_ptr_array_index (plans->measures, i));
  rn_sim_write_end_array (&w);
  rn_sim_write_end_object (&w);
  return rn_sim_writer_end (&w);
}
