/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Works of a day are made when the day comes into view, and dropped when they are over. A lane is
 * closed only where the road can do without it most of the day; elsewhere the shoulder is taken. */
#include "sim/rn-sim-works.h"

#include "sim/rn-sim-random.h"

#include <math.h>

#define AHEAD_DAYS 3 /* permits are known so long before */
#define LONGEST_DAYS 9
#define PER_DAY 5
#define SHOWN_AFTER (30 * RN_SIM_MINUTE)

struct _RnSimWorks {
  const RnNetwork *network;
  const RnSimDemand *demand;
  guint64 seed;
  gint64 first_day, end_day; /* days in works: first … end - 1 */
  GPtrArray *works;          /* RnSimWork, owned, ordered by id within a day */
  GPtrArray *shown;
};

static const struct {
  const char *word, *zh, *en;
} types[RN_SIM_N_WORK_TYPES] = {
  { "surface-work", "路面养护", "Resurfacing" },
  { "below-road-work", "桥梁检修", "Bridge inspection" },
  { "barrier-work", "护栏更换", "Guardrail replacement" },
  { "painting", "标线施划", "Lane marking" },
  { "roadside-work", "绿化作业", "Roadside planting" },
  { "overhead-work", "机电设备安装", "Gantry equipment" },
};

const char *
rn_sim_work_type_word (RnSimWorkType type)
{
  return types[type].word;
}

const char *
rn_sim_work_type_name (RnSimWorkType type, gboolean chinese)
{
  return chinese ? types[type].zh : types[type].en;
}

static void
work_free (gpointer data)
{
  RnSimWork *work = data;

  g_free (work->id);
  g_free (work->permit);
  g_free (work);
}

/* What one closed lane of several leaves: HCM 2010, Exhibit 10-16 has about 1,600 vehicles per hour
 * and open lane at short-term works. The shoulder alone costs some 6 %. */
static double
factor_of (const RnSimDemand *demand, guint32 section, int closed_lane)
{
  int lanes = demand->lanes[section];

  if (closed_lane == 0)
    return 0.94;
  return (lanes - 1) * 1600.0 / demand->capacity_vph[section];
}

static void
choose_lane (const RnSimWorks *self, RnSimWork *work, double chance)
{
  double left;

  work->closed_lane = 0;
  work->limit_kmh = 80.0;
  if (self->demand->lanes[work->section] >= 2 && chance < 0.7)
    {
      int lane = chance < 0.25 ? 1 : self->demand->lanes[work->section];

      left =
          factor_of (self->demand, work->section, lane) * self->demand->capacity_vph[work->section];
      if (self->demand->base_vph[work->section] < 0.85 * left)
        {
          work->closed_lane = lane;
          work->limit_kmh = 60.0;
        }
    }
  work->capacity_factor = factor_of (self->demand, work->section, work->closed_lane);
}

static RnSimWork *
make_work (const RnSimWorks *self, gint64 day, guint k)
{
#define DRAW(what) rn_sim_uniform (self->seed, RN_SIM_STREAM_WORK, (guint64) day * 64 + k, what)
  RnSimWork *work = g_new0 (RnSimWork, 1);
  gint64 midnight = day * RN_SIM_DAY - 8 * RN_SIM_HOUR;
  RnSimDate date = rn_sim_date (midnight);
  gboolean night = DRAW (1) < 0.25;
  double length, reach;

  work->section = (guint32) (DRAW (2) * self->network->n_sections);
  work->type = (RnSimWorkType) (DRAW (3) * RN_SIM_N_WORK_TYPES);
  if (work->type == RN_SIM_WORK_BRIDGE && self->network->bridge[work->section] == NULL)
    work->type = RN_SIM_WORK_SURFACE;
  work->id = g_strdup_printf ("W-%04d%02d%02d-%02u", date.year, date.month, date.day, k + 1);
  work->permit =
      g_strdup_printf ("SG-%04d-%05u", date.year, 10000u + (guint) (date.number % 365) * 10u + k);
  length = self->network->length_m[work->section];
  reach = MIN (800.0 + 3200.0 * DRAW (4), 0.6 * length);
  work->from_m = floor ((0.15 + 0.7 * DRAW (5)) * (length - reach));
  work->to_m = floor (work->from_m + reach);
  choose_lane (self, work, DRAW (6));
  if (night)
    {
      work->plan_start_us = midnight + 22 * RN_SIM_HOUR;
      work->plan_end_us = midnight + (27 + (gint64) (3 * DRAW (7))) * RN_SIM_HOUR;
    }
  else
    {
      work->plan_start_us = midnight + (7 + (gint64) (3 * DRAW (7))) * RN_SIM_HOUR;
      work->plan_end_us = work->plan_start_us
                          + (1 + (gint64) (LONGEST_DAYS * DRAW (8))) * RN_SIM_DAY
                          + (gint64) (8 * DRAW (9)) * RN_SIM_HOUR;
    }
  work->start_us = work->plan_start_us + (gint64) (40 * DRAW (10)) * RN_SIM_MINUTE;
  work->end_us = work->plan_end_us - (gint64) (50 * DRAW (11)) * RN_SIM_MINUTE;
  if (DRAW (12) < 0.12) /* some take longer than they may */
    work->end_us = work->plan_end_us + (gint64) (20 + 100 * DRAW (13)) * RN_SIM_MINUTE;
  work->created_us = midnight - AHEAD_DAYS * RN_SIM_DAY + 9 * RN_SIM_HOUR;
  return work;
#undef DRAW
}

/* A work at a road's chainage, for the demonstration. */
static void
add_scripted (RnSimWorks *self, const char *id, const char *ref, RnDirection direction,
              double chainage_m, RnSimWorkType type, gint64 plan_start_us, gint64 plan_end_us,
              gint64 end_us, int lane)
{
  guint32 road = rn_network_find_road (self->network, ref);
  guint32 section = road == RN_NONE
                        ? RN_NONE
                        : rn_network_section_at (self->network, road, direction, chainage_m);
  RnSimWork *work;
  double along;

  if (section == RN_NONE)
    return;
  along = fabs (chainage_m - (double) self->network->from_m[section]);
  work = g_new0 (RnSimWork, 1);
  work->id = g_strdup (id);
  work->permit = g_strconcat ("SG-", id + 2, NULL);
  work->type = type;
  work->section = section;
  work->from_m = CLAMP (along, 0.0, MAX (self->network->length_m[section] - 1500.0, 0.0));
  work->to_m = MIN (work->from_m + 1500.0, self->network->length_m[section]);
  work->closed_lane = MIN (lane, self->demand->lanes[section]);
  work->capacity_factor = factor_of (self->demand, section, work->closed_lane);
  work->limit_kmh = work->closed_lane > 0 ? 60.0 : 80.0;
  work->plan_start_us = work->start_us = plan_start_us;
  work->plan_end_us = plan_end_us;
  work->end_us = end_us;
  work->created_us = plan_start_us - RN_SIM_DAY;
  g_ptr_array_add (self->works, work);
}

RnSimWorks *
rn_sim_works_new (const RnNetwork *network, const RnSimDemand *demand, guint64 seed,
                  gint64 start_us, gboolean demo)
{
  RnSimWorks *self = g_new0 (RnSimWorks, 1);
  gint64 today = rn_sim_date (start_us).number;

  self->network = network;
  self->demand = demand;
  self->seed = seed;
  self->works = g_ptr_array_new_with_free_func (work_free);
  self->shown = g_ptr_array_new ();
  self->first_day = self->end_day = today - LONGEST_DAYS - 2;
  if (demo)
    {
      gint64 m = RN_SIM_MINUTE, h = RN_SIM_HOUR;

      /* One that will be overdue some minutes after the start, one that makes a queue. */
      add_scripted (self, "W-DEMO-01", "G25", RN_DIRECTION_DESC, 2090000.0, RN_SIM_WORK_SURFACE,
                    start_us - 4 * h, start_us + 8 * m, start_us + 80 * m, 2);
      add_scripted (self, "W-DEMO-02", "G40", RN_DIRECTION_ASC, 427500.0, RN_SIM_WORK_BARRIER,
                    start_us - 45 * m, start_us + 70 * m, start_us + 70 * m, 1);
    }
  return self;
}

void
rn_sim_works_free (RnSimWorks *self)
{
  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->works);
  g_free (self);
}

gboolean
rn_sim_work_active (const RnSimWork *work, gint64 at_us)
{
  return work->start_us <= at_us && at_us < work->end_us;
}

GPtrArray *
rn_sim_works_at (RnSimWorks *self, gint64 at_us)
{
  gint64 last = rn_sim_date (at_us).number + AHEAD_DAYS;

  for (; self->end_day <= last; self->end_day++)
    for (guint k = 0; k < PER_DAY; k++)
      g_ptr_array_add (self->works, make_work (self, self->end_day, k));
  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < self->works->len;)
    {
      RnSimWork *work = g_ptr_array_index (self->works, i);

      if (work->end_us + SHOWN_AFTER + RN_SIM_HOUR <= at_us)
        {
          g_ptr_array_remove_index (self->works, i);
          continue;
        }
      if (work->created_us <= at_us && at_us < work->end_us + SHOWN_AFTER)
        g_ptr_array_add (self->shown, work);
      i++;
    }
  return self->shown;
}
