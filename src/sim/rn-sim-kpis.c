/* SPDX-License-Identifier: GPL-3.0-or-later */
/* States by the default table: slow under 0.60, severe under 0.25 of the speed in force. */
#include "sim/rn-sim-kpis.h"

#include "sim/rn-sim-time.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SLOW_RATIO 0.60
#define SEVERE_RATIO 0.25
#define FEW_VPH_LANE 60.0
#define STANDING_PCT 15.0
#define SAMPLE_EVERY (10 * RN_SIM_MINUTE)
#define RECORD_FACTOR 1.045 /* the record day over what this holiday will bring */

struct _RnSimKpis {
  const RnNetwork *network;
  const RnSimDemand *demand;
  RnSimFigures figures;
  gint64 day;
  double base_entered; /* of the cells, at local midnight */
  double before;       /* vehicles of the day before the world began */
  double entry_vph;    /* sum of all entries where the curve is 1 */
  GHashTable *seen;    /* ids of incidents counted today */
  GArray *responses;   /* double: minutes, of today */
};

RnSimKpis *
rn_sim_kpis_new (const RnNetwork *network, const RnSimDemand *demand)
{
  RnSimKpis *self = g_new0 (RnSimKpis, 1);

  self->network = network;
  self->demand = demand;
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->responses = g_array_new (FALSE, FALSE, sizeof (double));
  self->figures.response_min = NAN;
  for (guint i = 0; i < demand->n; i++)
    self->entry_vph += demand->scale * demand->entry_vph[i];
  return self;
}

void
rn_sim_kpis_free (RnSimKpis *self)
{
  g_hash_table_unref (self->seen);
  g_array_unref (self->responses);
  g_free (self);
}

static RnSimRoadFigures
road_figures (const RnSimKpis *self, const RnSimDetectors *detectors, const double *limit_kmh)
{
  double known_km = 0.0, speed_km = 0.0, speed_sum = 0.0;
  RnSimRoadFigures figures = { 0 };

  for (guint i = 0; i < detectors->n; i++)
    {
      const RnSimReport *report = &detectors->report[i];
      double km = self->network->length_m[i] / 1000.0, ratio;

      if (isnan (report->flow_vph))
        continue;
      known_km += km;
      if (isnan (report->speed_kmh))
        continue;
      speed_km += km;
      speed_sum += km * report->speed_kmh;
      ratio = report->speed_kmh / limit_kmh[i];
      if (report->flow_vph <= FEW_VPH_LANE * self->demand->lanes[i]
          && report->occupancy_pct < STANDING_PCT)
        continue;
      figures.slow_km += ratio < SLOW_RATIO ? km : 0.0;
      figures.severe_km += ratio < SEVERE_RATIO ? km : 0.0;
    }
  figures.smooth_pct = known_km > 0.0 ? 100.0 * (1.0 - figures.slow_km / known_km) : NAN;
  figures.mean_kmh = speed_km > 0.0 ? speed_sum / speed_km : NAN;
  return figures;
}

static int
compare_minutes (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
count_incidents (RnSimKpis *self, const RnSimIncidents *incidents, gint64 at_us)
{
  const GPtrArray *all = rn_sim_incidents_all (incidents);
  RnSimFigures *f = &self->figures;

  for (guint i = 0; i < all->len; i++)
    {
      const RnSimIncident *incident = g_ptr_array_index (all, i);
      gint64 arrived = incident->times_us[RN_TIME_ARRIVED];
      double minutes;

      if (arrived > at_us || rn_sim_midnight (arrived) != rn_sim_midnight (at_us)
          || g_hash_table_contains (self->seen, incident->id))
        continue;
      g_hash_table_add (self->seen, g_strdup (incident->id));
      minutes = (double) (arrived - incident->times_us[RN_TIME_OCCURRED]) / (double) RN_SIM_MINUTE;
      g_array_append_val (self->responses, minutes);
      f->incidents_today++;
      f->secondary_today += incident->related != NULL;
    }
  g_array_sort (self->responses, compare_minutes);
  f->response_min = self->responses->len > 0
                        ? g_array_index (self->responses, double, self->responses->len / 2)
                        : NAN;
}

static void
begin_day (RnSimKpis *self, const RnCtm *ctm, gint64 at_us, gint64 day)
{
  RnCtmTotals totals = rn_ctm_totals (ctm);
  double curve_day =
      rn_sim_demand_since_midnight_h (rn_sim_midnight (at_us) + RN_SIM_DAY - RN_SIM_SECOND);

  self->base_entered = totals.entered;
  self->before = self->day == 0 ? self->entry_vph * rn_sim_demand_since_midnight_h (at_us) : 0.0;
  if (self->day == 0) /* the record is that of a holiday, whatever today is */
    {
      gint64 holiday = rn_sim_midnight (at_us);

      while (rn_sim_day_kind (holiday) != RN_SIM_HOLIDAY)
        holiday += RN_SIM_DAY;
      curve_day = rn_sim_demand_since_midnight_h (holiday + RN_SIM_DAY - RN_SIM_SECOND);
      self->figures.vehicles_record = RECORD_FACTOR * self->entry_vph * curve_day;
    }
  self->day = day;
  self->figures.incidents_today = self->figures.secondary_today = 0;
  g_hash_table_remove_all (self->seen);
  g_array_set_size (self->responses, 0);
}

static void
add_sample (RnSimFigures *f)
{
  if (f->n_samples > 0 && f->at_us - f->sample_us[f->n_samples - 1] < SAMPLE_EVERY)
    return;
  if (f->n_samples == RN_SIM_SAMPLES)
    {
      f->n_samples--;
      memmove (f->sample_us, f->sample_us + 1, f->n_samples * sizeof f->sample_us[0]);
      memmove (f->sample_smooth, f->sample_smooth + 1, f->n_samples * sizeof f->sample_smooth[0]);
      memmove (f->sample_kmh, f->sample_kmh + 1, f->n_samples * sizeof f->sample_kmh[0]);
      memmove (f->sample_vehicles, f->sample_vehicles + 1,
               f->n_samples * sizeof f->sample_vehicles[0]);
    }
  f->sample_us[f->n_samples] = f->at_us;
  f->sample_smooth[f->n_samples] = (float) f->roads.smooth_pct;
  f->sample_kmh[f->n_samples] = (float) f->roads.mean_kmh;
  f->sample_vehicles[f->n_samples] = (float) f->vehicles_today;
  f->n_samples++;
}

void
rn_sim_kpis_step (RnSimKpis *self, const RnCtm *ctm, const RnSimDetectors *detectors,
                  const RnSimIncidents *incidents, const RnSimFacilities *facilities,
                  const double *limit_kmh, gint64 at_us)
{
  RnSimFigures *f = &self->figures;
  gint64 day = rn_sim_date (at_us).number;
  double etc = 0.0, through = 0.0;

  if (day != self->day)
    begin_day (self, ctm, at_us, day);
  f->at_us = at_us;
  f->roads = road_figures (self, detectors, limit_kmh);
  f->vehicles_today = self->before + rn_ctm_totals (ctm).entered - self->base_entered;
  for (guint i = 0; i < facilities->n; i++)
    {
      double flow = facilities->state[i].entry_vph + facilities->state[i].exit_vph;

      etc += flow * facilities->state[i].etc_pct;
      through += flow;
    }
  f->etc_pct = through > 0.0 ? etc / through : NAN;
  count_incidents (self, incidents, at_us);
  add_sample (f);
}

const RnSimFigures *
rn_sim_kpis_figures (const RnSimKpis *self)
{
  return &self->figures;
}
