/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders a round: what happened to the roads, what wants in, six steps of the cells, what the
 * detectors saw, and what follows from it. */
#include "sim/rn-sim-world.h"

#include "base/rn-i18n.h"
#include "sim/rn-sim-network.h"

#include <math.h>

G_DEFINE_QUARK (rn - sim - error - quark, rn_sim_error)

#define SLOW_MEMORY_S 900.0 /* drivers learn of a jam with this time constant */
#define BIG 20000           /* sections from which the run before the start is short */

struct _RnSimWorld {
  RnSimOptions options;
  gboolean demo;
  RnNetwork *network;
  RnSimDemand *demand;
  RnCtm *ctm;
  RnSimDetectors *detectors;
  RnSimIncidents *incidents;
  RnSimWorks *works;
  RnSimWeather *weather;
  RnSimFacilities *facilities;
  RnSimKpis *kpis;
  RnSimPlans *plans;
  gint64 at_us, begin_us;
  double *limit_kmh; /* by section, in force */
  double *factor;    /* by section, on capacity */
  double *ease;      /* by section: 1 flows, 0 stands, as drivers know it */
};

static RnNetwork *
open_network (const RnSimOptions *options, GError **error)
{
  RnNetwork *network;
  guint n_refused = 0;

  if (options->n_sections > 0)
    return rn_sim_network_new_grid (options->n_sections, options->seed);
  if (options->network_file == NULL)
    return rn_sim_network_new_demo (error);
  network = rn_sim_network_new_from_file (options->network_file, &n_refused, error);
  if (network != NULL && n_refused > 0)
    g_message ("%s: %u rows refused", options->network_file, n_refused);
  if (network != NULL && network->n_sections == 0)
    {
      g_set_error (error, RN_SIM_ERROR, RN_SIM_ERROR_NETWORK, _("%s: holds no section"),
                   options->network_file);
      g_clear_pointer (&network, rn_network_unref);
    }
  return network;
}

static void
set_up_cells (RnSimWorld *self)
{
  guint n = self->network->n_sections;
  g_autofree RnCtmLink *links = g_new0 (RnCtmLink, n);
  double curve = rn_sim_demand_curve (self->begin_us) * self->demand->scale;

  for (guint i = 0; i < n; i++)
    links[i] = (RnCtmLink){ self->network->length_m[i], self->demand->lanes[i],
                            self->demand->free_kmh[i], self->demand->capacity_vph[i] };
  self->ctm = rn_ctm_new (links, n, self->demand->turns, self->demand->n_turns);
  for (guint i = 0; i < n; i++)
    rn_ctm_set_density (self->ctm, i,
                        self->demand->base_vph[i] * curve / self->demand->free_kmh[i]
                            / self->demand->lanes[i]);
}

/* Whoever sees a jam ahead turns off: shares lean away from sections that stand. */
static void
divert (RnSimWorld *self)
{
  const RnSimDemand *demand = self->demand;
  double keep = exp (-60.0 / SLOW_MEMORY_S);

  for (guint i = 0; i < demand->n; i++)
    {
      RnCtmMeasure m = rn_ctm_measure (self->ctm, i);
      double ratio = isnan (m.speed_kmh) ? 1.0 : m.speed_kmh / self->limit_kmh[i];

      self->ease[i] = self->ease[i] * keep + CLAMP (ratio / 0.5, 0.0, 1.0) * (1.0 - keep);
    }
  for (guint i = 0; i < demand->n; i++)
    {
      double stay = 1.0 - demand->exit_share[i], sum = 0.0, eased = 0.0, part;
      guint32 a = demand->turn_first[i], z = demand->turn_first[i + 1];

      for (guint32 t = a; t < z; t++)
        {
          double ease = 0.08 + 0.92 * self->ease[demand->turns[t].to];

          sum += demand->turns[t].share;
          eased += demand->turns[t].share * ease;
        }
      if (a == z || eased > 0.999 * sum)
        part = 1.0;
      else if (demand->plaza_out[i] != RN_NONE || z - a == 1)
        part = demand->plaza_out[i] != RN_NONE ? eased / sum : 1.0;
      else
        part = 1.0;
      for (guint32 t = a; t < z; t++)
        {
          double ease = 0.08 + 0.92 * self->ease[demand->turns[t].to];
          double share = sum > 0.0 ? stay * part * demand->turns[t].share * ease / eased : 0.0;

          rn_ctm_set_share (self->ctm, t, share);
        }
    }
}

/* Works take capacity along their whole length. */
static void
put_work (RnSimWorld *self, const RnSimWork *work)
{
  double step = rn_ctm_cell_length_m (self->ctm, work->section);

  for (double m = work->from_m; m < work->to_m; m += step)
    rn_ctm_set_cell (self->ctm, work->section, m, work->capacity_factor);
}

/* What limits speed and capacity now: weather, works, incidents. */
static void
set_roads (RnSimWorld *self)
{
  const GPtrArray *works = rn_sim_works_at (self->works, self->at_us);
  const GPtrArray *incidents = rn_sim_incidents_all (self->incidents);

  for (guint i = 0; i < self->demand->n; i++)
    {
      self->limit_kmh[i] = MIN (self->demand->free_kmh[i], self->weather->limit_kmh[i]);
      self->factor[i] = self->weather->factor[i];
    }
  for (guint k = 0; k < works->len; k++)
    {
      const RnSimWork *work = g_ptr_array_index (works, k);

      /* signs are turned a minute before the end: see the weather's controls */
      if (rn_sim_work_active (work, self->at_us)
          && rn_sim_work_active (work, self->at_us + RN_SIM_MINUTE))
        self->limit_kmh[work->section] = MIN (self->limit_kmh[work->section], work->limit_kmh);
    }
  for (guint i = 0; i < self->demand->n; i++)
    rn_ctm_set_link (self->ctm, i, self->limit_kmh[i], self->factor[i]);
  for (guint k = 0; k < works->len; k++)
    if (rn_sim_work_active (g_ptr_array_index (works, k), self->at_us))
      put_work (self, g_ptr_array_index (works, k));
  for (guint k = 0; k < incidents->len; k++)
    {
      const RnSimIncident *incident = g_ptr_array_index (incidents, k);

      rn_ctm_set_cell (self->ctm, incident->section, incident->along_m,
                       rn_sim_incident_factor (incident, self->at_us));
    }
}

static void
set_entries (RnSimWorld *self)
{
  for (guint i = 0; i < self->demand->n; i++)
    {
      double open = rn_sim_facilities_entry_share (self->facilities, i);

      if (self->demand->entry_vph[i] > 0.0) /* who finds a plaza closed goes another way */
        rn_ctm_set_entry (
            self->ctm, i,
            open > 0.0 ? rn_sim_demand_entry_vph (self->demand, i, self->options.seed, self->at_us)
                       : 0.0,
            open * self->demand->entry_most[i]);
    }
}

static void
run_round (RnSimWorld *self)
{
  guint64 round = (guint64) ((self->at_us - self->begin_us) / RN_SIM_ROUND) + 1;

  gboolean minute = round % 2 == 1; /* this round begins on the grid of 60 s */

  rn_sim_incidents_step (self->incidents, self->ctm, self->weather, self->at_us);
  set_roads (self);
  set_entries (self);
  if (minute && round > 1)
    divert (self);
  rn_ctm_begin (self->ctm);
  for (guint k = 0; k < RN_SIM_ROUND / (gint64) (RN_CTM_STEP_S * RN_SIM_SECOND); k++)
    rn_ctm_step (self->ctm);
  self->at_us += RN_SIM_ROUND;
  rn_sim_detectors_measure (self->detectors, self->ctm, self->demand, self->limit_kmh, round,
                            self->at_us);
  if (!minute) /* it ended on the grid of 60 s */
    {
      rn_sim_weather_step (self->weather, self->at_us);
      rn_sim_facilities_step (self->facilities, self->ctm, self->ease, self->at_us);
      rn_sim_kpis_step (self->kpis, self->ctm, self->detectors, self->incidents, self->facilities,
                        self->limit_kmh, self->at_us);
      rn_sim_plans_step (self->plans, self->detectors, self->limit_kmh, self->factor, self->at_us);
    }
}

static RnSimSkyKind
sky_of (RnSimScene scene)
{
  if (scene == RN_SIM_SCENE_DEMO)
    return RN_SIM_SKY_SURE;
  return rn_sim_scene_traits (scene)->storm ? RN_SIM_SKY_STORM : RN_SIM_SKY_CHANCE;
}

RnSimWorld *
rn_sim_world_new (const RnSimOptions *options, GError **error)
{
  const RnSimSceneTraits *traits = rn_sim_scene_traits (options->scene);
  g_autoptr (RnSimWorld) self = g_new0 (RnSimWorld, 1);
  gint64 start_us;
  guint n;

  self->options = *options;
  if (traits->start_us != 0)
    self->options.start_us = traits->start_us;
  self->demo = options->network_file == NULL && options->n_sections == 0;
  self->network = open_network (options, error);
  if (self->network == NULL)
    return NULL;
  n = self->network->n_sections;
  start_us = self->options.start_us;
  self->begin_us = start_us - (n < BIG ? 150 : 15) * RN_SIM_MINUTE;
  self->at_us = self->begin_us;
  self->demand = rn_sim_demand_new (self->network, options->seed);
  self->demand->scale = traits->demand;
  self->detectors = rn_sim_detectors_new (n, options->seed);
  self->incidents = rn_sim_incidents_new (self->network, self->demand, options->seed, start_us,
                                          options->scene, self->demo);
  self->works = rn_sim_works_new (self->network, self->demand, options->seed, start_us, self->demo);
  self->weather =
      rn_sim_weather_new (self->network, options->seed, start_us, sky_of (options->scene));
  self->facilities = rn_sim_facilities_new (self->network, self->demand, options->seed);
  self->kpis = rn_sim_kpis_new (self->network, self->demand);
  self->plans = rn_sim_plans_new (self->network, self->demand, options->seed, self->demo);
  self->limit_kmh = g_new0 (double, n);
  self->factor = g_new0 (double, n);
  self->ease = g_new (double, n);
  for (guint i = 0; i < n; i++)
    self->ease[i] = 1.0;
  set_up_cells (self);
  rn_sim_weather_step (self->weather, self->begin_us);
  rn_sim_world_advance (self, start_us);
  return g_steal_pointer (&self);
}

void
rn_sim_world_free (RnSimWorld *self)
{
  g_clear_pointer (&self->plans, rn_sim_plans_free);
  g_clear_pointer (&self->kpis, rn_sim_kpis_free);
  g_clear_pointer (&self->facilities, rn_sim_facilities_free);
  g_clear_pointer (&self->weather, rn_sim_weather_free);
  g_clear_pointer (&self->works, rn_sim_works_free);
  g_clear_pointer (&self->incidents, rn_sim_incidents_free);
  g_clear_pointer (&self->detectors, rn_sim_detectors_free);
  g_clear_pointer (&self->ctm, rn_ctm_free);
  g_clear_pointer (&self->demand, rn_sim_demand_free);
  g_clear_pointer (&self->network, rn_network_unref);
  g_free (self->limit_kmh);
  g_free (self->factor);
  g_free (self->ease);
  g_free (self);
}

void
rn_sim_world_advance (RnSimWorld *self, gint64 at_us)
{
  while (self->at_us + RN_SIM_ROUND <= at_us)
    run_round (self);
}

gint64
rn_sim_world_at (const RnSimWorld *self, int poll_s)
{
  gint64 since = self->at_us - self->options.start_us;

  return self->options.start_us + since - since % (poll_s * RN_SIM_SECOND);
}

gint64
rn_sim_world_start (const RnSimWorld *self)
{
  return self->options.start_us;
}

guint64
rn_sim_world_seed (const RnSimWorld *self)
{
  return self->options.seed;
}

const RnNetwork *
rn_sim_world_network (const RnSimWorld *self)
{
  return self->network;
}

const RnSimDemand *
rn_sim_world_demand (const RnSimWorld *self)
{
  return self->demand;
}

const RnCtm *
rn_sim_world_ctm (const RnSimWorld *self)
{
  return self->ctm;
}

const RnSimDetectors *
rn_sim_world_detectors (const RnSimWorld *self)
{
  return self->detectors;
}

gboolean
rn_sim_world_is_demo (const RnSimWorld *self)
{
  return self->demo;
}

RnSimIncidents *
rn_sim_world_incidents (const RnSimWorld *self)
{
  return self->incidents;
}

RnSimWorks *
rn_sim_world_works (const RnSimWorld *self)
{
  return self->works;
}

const RnSimWeather *
rn_sim_world_weather (const RnSimWorld *self)
{
  return self->weather;
}

const RnSimFacilities *
rn_sim_world_facilities (const RnSimWorld *self)
{
  return self->facilities;
}

const RnSimFigures *
rn_sim_world_figures (const RnSimWorld *self)
{
  return rn_sim_kpis_figures (self->kpis);
}

const RnSimPlans *
rn_sim_world_plans (const RnSimWorld *self)
{
  return self->plans;
}
