/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each section gets a flow it should carry at the top of the day, from its capacity, the cities
 * near it and chance. Turning shares at crossings are fitted to these flows (Deming and Stephan's
 * iterative proportional fitting, 1940), plazas give and take what is missing, and where a crossing
 * would carry more than its road holds the flows before it are lowered until all agrees. */
#include "sim/rn-sim-demand.h"

#include "sim/rn-sim-cities.h"
#include "sim/rn-sim-random.h"

#include <math.h>

#define EXIT_LEAST 0.06  /* of the flow leaves at every plaza */
#define ENTRY_LEAST 0.04 /* of the target enters at every plaza */
#define EXIT_MOST 0.55
#define ENTRY_MOST 0.80 /* of what its lanes can pass is wanted of a plaza at most … */
#define ENTRY_BUSY 1.04 /* … but of a few that have a queue at the top of the day */
#define BUSY_SHARE 0.05
#define MOST_SATURATION 0.97
#define SMALL_NETWORK 20000 /* sections that are fitted with many rounds */

/* Hour by hour; linear between. 1 is the top of a holiday. */
static const double workday[25] = { 0.14, 0.10, 0.08, 0.08, 0.10, 0.20, 0.50, 0.88, 0.99,
                                    0.88, 0.74, 0.66, 0.60, 0.62, 0.66, 0.74, 0.88, 0.99,
                                    0.90, 0.66, 0.50, 0.38, 0.28, 0.20, 0.14 };
static const double weekend[25] = { 0.16, 0.11, 0.09, 0.08, 0.09, 0.15, 0.30, 0.50, 0.70,
                                    0.82, 0.84, 0.78, 0.68, 0.66, 0.70, 0.78, 0.86, 0.88,
                                    0.78, 0.62, 0.50, 0.40, 0.30, 0.22, 0.16 };
static const double holiday[25] = { 0.30, 0.24, 0.20, 0.20, 0.25, 0.38, 0.58, 0.78, 0.91,
                                    0.98, 1.00, 0.96, 0.85, 0.80, 0.82, 0.88, 0.93, 0.94,
                                    0.84, 0.70, 0.58, 0.48, 0.40, 0.34, 0.30 };

static const double *
curve_of (gint64 at_us)
{
  switch (rn_sim_day_kind (at_us))
    {
    case RN_SIM_WORKDAY:
      return workday;
    case RN_SIM_HOLIDAY:
      return holiday;
    case RN_SIM_SATURDAY:
    case RN_SIM_SUNDAY:
    default:
      return weekend;
    }
}

double
rn_sim_demand_curve (gint64 at_us)
{
  const double *curve = curve_of (at_us);
  double hour = rn_sim_date (at_us).hour;
  int whole = CLAMP ((int) hour, 0, 23);

  return curve[whole] + (curve[whole + 1] - curve[whole]) * (hour - whole);
}

double
rn_sim_demand_since_midnight_h (gint64 at_us)
{
  const double *curve = curve_of (at_us);
  double hour = rn_sim_date (at_us).hour, sum = 0.0;

  for (int h = 0; h < 24 && h < hour; h++)
    {
      double part = MIN (hour - h, 1.0);

      sum += part * (curve[h] + 0.5 * part * (curve[h + 1] - curve[h]));
    }
  return sum;
}

double
rn_sim_demand_entry_vph (const RnSimDemand *self, guint section, guint64 seed, gint64 at_us)
{
  gint64 slot = at_us / (15 * RN_SIM_MINUTE);
  double part = (double) (at_us % (15 * RN_SIM_MINUTE)) / (double) (15 * RN_SIM_MINUTE);
  double a, b;

  if (self->entry_vph[section] <= 0.0)
    return 0.0;
  a = rn_sim_normal (seed, RN_SIM_STREAM_DEMAND, section, (guint64) slot);
  b = rn_sim_normal (seed, RN_SIM_STREAM_DEMAND, section, (guint64) slot + 1);
  return self->entry_vph[section] * self->scale * rn_sim_demand_curve (at_us)
         * (1.0 + 0.07 * (a + (b - a) * part));
}

/* What a network leaves open: 2 lanes, 100 km/h, 2,100 vehicles per hour and lane. */
static void
copy_sizes (RnSimDemand *self, const RnNetwork *network)
{
  for (guint i = 0; i < self->n; i++)
    {
      double speed = network->free_speed_kmh[i], capacity = network->capacity_vph[i];

      self->lanes[i] = network->lanes[i] > 0 ? network->lanes[i] : 2;
      self->free_kmh[i] = isnan (speed) || speed < 10.0 ? 100.0 : speed;
      self->capacity_vph[i] =
          isnan (capacity) || capacity <= 0.0 ? 2100.0 * self->lanes[i] : capacity;
    }
}

/* Which end of a section lies at the plaza. Only plazas at an end count. */
static void
find_plazas (RnSimDemand *self, const RnNetwork *network)
{
  for (guint f = 0; f < network->n_facilities; f++)
    {
      const RnFacility *facility = &network->facilities[f];

      if (facility->type != RN_FACILITY_TOLL_PLAZA)
        continue;
      for (guint k = 0; k < facility->n_sections; k++)
        {
          guint32 i = facility->sections[k];
          guint32 a = network->first[i], z = network->first[i + 1] - 1;
          RnPoint start = { network->lon[a], network->lat[a] };
          RnPoint end = { network->lon[z], network->lat[z] };
          double to_start = rn_distance_m (facility->at, start);
          double to_end = rn_distance_m (facility->at, end);

          if (MIN (to_start, to_end) > 0.4 * network->length_m[i])
            continue;
          if (to_start < to_end)
            self->plaza_in[i] = f;
          else
            self->plaza_out[i] = f;
        }
    }
}

/* A plaza's entry lanes serve all sections that begin there, in equal parts. One with an unknown
 * number of lanes has six. */
static void
share_lanes (RnSimDemand *self, const RnNetwork *network)
{
  g_autofree guint *served = g_new0 (guint, network->n_facilities + 1);

  for (guint i = 0; i < self->n; i++)
    if (self->plaza_in[i] != RN_NONE)
      served[self->plaza_in[i]]++;
  for (guint i = 0; i < self->n; i++)
    {
      guint32 f = self->plaza_in[i];

      self->entry_most[i] = INFINITY;
      if (f != RN_NONE)
        self->entry_most[i] =
            RN_SIM_LANE_VPH
            * (network->facilities[f].lanes_entry > 0 ? network->facilities[f].lanes_entry : 6)
            / served[f];
    }
}

/* What a section should carry at the top of a holiday, as part of its capacity. */
static double
saturation_of (const RnNetwork *network, guint32 i, gboolean near_cities, guint64 seed)
{
  RnPoint middle = rn_network_point_on (network, i, 0.5);
  double road = rn_sim_uniform (seed, RN_SIM_STREAM_TARGET, network->road[i], 0);
  double own = rn_sim_normal (seed, RN_SIM_STREAM_TARGET, i, 1);
  double sum = near_cities ? 0.20 : 0.25 + 0.4 * road;

  for (guint c = 0; near_cities && c < rn_sim_n_cities; c++)
    {
      RnPoint city = { rn_sim_cities[c].lon, rn_sim_cities[c].lat };
      double d = rn_distance_m (middle, city) / 1000.0 / rn_sim_cities[c].reach_km;

      sum += rn_sim_cities[c].weight * exp (-0.5 * d * d);
    }
  if (network->roads[network->road[i]].shield == RN_SHIELD_NATIONAL)
    sum *= 1.12;
  sum *= 0.86 + 0.28 * road;
  sum *= 1.0 + 0.03 * own;
  return CLAMP (sum, 0.08, MOST_SATURATION);
}

static void
set_targets (const RnSimDemand *self, const RnNetwork *network, guint64 seed, double *target)
{
  gboolean near_cities = FALSE;
  const RnBox *box = &network->extent;

  for (guint c = 0; c < rn_sim_n_cities; c++)
    near_cities |= rn_sim_cities[c].lon > box->min_lon && rn_sim_cities[c].lon < box->max_lon
                   && rn_sim_cities[c].lat > box->min_lat && rn_sim_cities[c].lat < box->max_lat;
  for (guint i = 0; i < self->n; i++)
    target[i] = self->capacity_vph[i] * saturation_of (network, i, near_cities, seed);
}

static void
list_turns (RnSimDemand *self, const RnNetwork *network)
{
  self->n_turns = network->down_first[self->n];
  self->turns = g_new0 (RnCtmTurn, self->n_turns);
  self->turn_first = g_memdup2 (network->down_first, sizeof (guint32) * (self->n + 1));
  for (guint i = 0; i < self->n; i++)
    for (guint32 t = self->turn_first[i]; t < self->turn_first[i + 1]; t++)
      self->turns[t] = (RnCtmTurn){ i, network->down[t], 1.0 };
}

/* Most go straight on: on the same road, else with the least bend. */
static double
inclination (const RnNetwork *network, const RnCtmTurn *turn)
{
  guint32 i = turn->from, j = turn->to, z = network->first[i + 1] - 1, a = network->first[j];
  double before = rn_bearing_deg ((RnPoint){ network->lon[z - 1], network->lat[z - 1] },
                                  (RnPoint){ network->lon[z], network->lat[z] });
  double after = rn_bearing_deg ((RnPoint){ network->lon[a], network->lat[a] },
                                 (RnPoint){ network->lon[a + 1], network->lat[a + 1] });
  double bend = rn_bearing_difference_deg (before, after);
  double lean = bend < 45.0 ? 3.0 : bend < 100.0 ? 1.0 : 0.4;

  if (network->road[i] == network->road[j] && network->direction[i] == network->direction[j])
    lean *= 4.0;
  return lean;
}

/* Fits the shares of all crossings to the targets. @sum is scratch by section. */
static void
fit_turns (RnSimDemand *self, const RnNetwork *network, const double *target, double *sum)
{
  for (guint t = 0; t < self->n_turns; t++)
    self->turns[t].share = inclination (network, &self->turns[t]) * target[self->turns[t].to];
  for (guint round = 0; round < 8; round++)
    {
      for (guint i = 0; i < self->n; i++)
        {
          double row = 0.0;

          for (guint32 t = self->turn_first[i]; t < self->turn_first[i + 1]; t++)
            row += self->turns[t].share;
          for (guint32 t = self->turn_first[i]; t < self->turn_first[i + 1]; t++)
            self->turns[t].share *= target[i] / row;
          sum[i] = 0.0;
        }
      if (round == 7)
        break;
      for (guint t = 0; t < self->n_turns; t++)
        sum[self->turns[t].to] += self->turns[t].share;
      for (guint t = 0; t < self->n_turns; t++)
        self->turns[t].share *= target[self->turns[t].to] / sum[self->turns[t].to];
    }
  for (guint t = 0; t < self->n_turns; t++)
    self->turns[t].share /= target[self->turns[t].from];
}

/* What comes in at the start of each section from the sections before it. */
static void
gather (const RnSimDemand *self, double *in)
{
  for (guint i = 0; i < self->n; i++)
    in[i] = 0.0;
  for (guint t = 0; t < self->n_turns; t++)
    {
      guint32 i = self->turns[t].from;

      in[self->turns[t].to] +=
          self->base_vph[i] * (1.0 - self->exit_share[i]) * self->turns[t].share;
    }
}

/* What may be wanted of the plaza at the start of a section, as part of what it can pass. */
static double
most_wanted (const RnSimDemand *self, guint64 seed, guint i)
{
  return rn_sim_uniform (seed, RN_SIM_STREAM_TARGET, self->plaza_in[i], 4) < BUSY_SHARE
             ? ENTRY_BUSY
             : ENTRY_MOST;
}

/* One round of all flows under the targets: plazas take what is too much for the road behind them
 * and give what it lacks. */
static void
balance (RnSimDemand *self, guint64 seed, const double *target, double *in)
{
  for (guint i = 0; i < self->n; i++)
    {
      double wanted = 0.0, flow = MAX (self->base_vph[i], 1.0);

      if (self->plaza_out[i] == RN_NONE)
        continue;
      for (guint32 t = self->turn_first[i]; t < self->turn_first[i + 1]; t++)
        wanted += target[self->turns[t].to];
      if (self->turn_first[i + 1] > self->turn_first[i])
        self->exit_share[i] =
            CLAMP (1.0 - (1.0 - ENTRY_LEAST) * wanted / flow, EXIT_LEAST, EXIT_MOST);
    }
  gather (self, in);
  for (guint i = 0; i < self->n; i++)
    {
      if (self->entry_vph[i] > 0.0)
        self->entry_vph[i] = MIN (MAX (ENTRY_LEAST * target[i], target[i] - in[i]),
                                  most_wanted (self, seed, i) * self->entry_most[i]);
      self->base_vph[i] = in[i] + self->entry_vph[i];
    }
}

/* Where more arrives than a section should carry and no plaza stands between, the sections before
 * it must carry less. */
static void
lower_targets (const RnSimDemand *self, double *target)
{
  for (guint t = 0; t < self->n_turns; t++)
    {
      guint32 i = self->turns[t].from, j = self->turns[t].to;
      double most = MAX (target[j], MOST_SATURATION * self->capacity_vph[j]);
      double excess = self->base_vph[j] / most;

      if (excess > 1.0 && self->turns[t].share > 0.05 && self->plaza_in[j] == RN_NONE)
        target[i] *= MAX (0.8, 1.0 - 0.35 * (excess - 1.0));
    }
}

/* Where traffic may begin and end: plazas, and sections that nothing leads to. A network without a
 * single plaza gets some at plain joints. */
static void
open_entries (RnSimDemand *self, const RnNetwork *network, guint64 seed)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->n; i++)
    any |= self->plaza_in[i] != RN_NONE;
  for (guint i = 0; i < self->n; i++)
    {
      gboolean source = network->up_first[i + 1] == network->up_first[i];
      gboolean joint = !any && network->up_first[i + 1] == network->up_first[i] + 1
                       && rn_sim_uniform (seed, RN_SIM_STREAM_TARGET, i, 2) < 0.4;

      if (source || joint || self->plaza_in[i] != RN_NONE)
        self->entry_vph[i] = 1.0;
      if (joint)
        self->exit_share[network->up[network->up_first[i]]] = 0.10;
      if (self->plaza_out[i] != RN_NONE)
        self->exit_share[i] = EXIT_LEAST;
    }
}

RnSimDemand *
rn_sim_demand_new (const RnNetwork *network, guint64 seed)
{
  RnSimDemand *self = g_new0 (RnSimDemand, 1);
  guint n = network->n_sections, rounds = n < SMALL_NETWORK ? 60 : 6;
  g_autofree double *target = g_new0 (double, n + 1);
  g_autofree double *scratch = g_new0 (double, n + 1);

  self->n = n;
  self->scale = 1.0;
  self->free_kmh = g_new0 (double, n);
  self->capacity_vph = g_new0 (double, n);
  self->lanes = g_new0 (int, n);
  self->base_vph = g_new0 (double, n);
  self->entry_vph = g_new0 (double, n);
  self->exit_share = g_new0 (double, n);
  self->entry_most = g_new0 (double, n);
  self->plaza_in = g_new (guint32, n);
  self->plaza_out = g_new (guint32, n);
  for (guint i = 0; i < n; i++)
    self->plaza_in[i] = self->plaza_out[i] = RN_NONE;
  copy_sizes (self, network);
  find_plazas (self, network);
  share_lanes (self, network);
  set_targets (self, network, seed, target);
  list_turns (self, network);
  open_entries (self, network, seed);
  for (guint i = 0; i < n; i++)
    self->base_vph[i] = target[i];
  for (guint round = 0; round < rounds; round++)
    {
      if (round % 6 == 0)
        fit_turns (self, network, target, scratch);
      for (guint k = 0; k < 12; k++)
        balance (self, seed, target, scratch);
      lower_targets (self, target);
    }
  for (guint i = 0; i < n; i++)
    for (guint32 t = self->turn_first[i]; t < self->turn_first[i + 1]; t++)
      self->turns[t].share *= 1.0 - self->exit_share[i];
  return self;
}

void
rn_sim_demand_free (RnSimDemand *self)
{
  gpointer all[] = { self->free_kmh,  self->capacity_vph, self->lanes,      self->base_vph,
                     self->entry_vph, self->exit_share,   self->entry_most, self->plaza_in,
                     self->plaza_out, self->turns,        self->turn_first };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_free (all[i]);
  g_free (self);
}
