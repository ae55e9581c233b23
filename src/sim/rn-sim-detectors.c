/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The triangular diagram has one speed for all free traffic; drivers do not. Free traffic is
 * reported slower the more of it there is, by what a speed-flow curve loses up to capacity; queued
 * traffic is reported as the model has it. Occupancy is density times the length over which a mean
 * vehicle covers a loop. */
#include "sim/rn-sim-detectors.h"

#include "sim/rn-sim-random.h"

#include <math.h>

#define NONE_SHARE 0.02 /* sections without a detector */
#define OUT_SHARE 0.004 /* of the others are out for 20 min */
#define OUT_SLOT (20 * RN_SIM_MINUTE)
#define SLOW_SHARE 0.03 /* report only every 2nd to 4th round */
#define ROUND_S 30
#define NOISE_SLOT (2 * RN_SIM_MINUTE)
#define TYPICAL_SLOT (15 * RN_SIM_MINUTE)
#define COVER_M 6.6 /* mean vehicle 4.6 m + 2 m loop */
#define STANDING_VPKM 25.0

typedef struct {
  float driver; /* mean speed of an empty road over its limit */
  float trucks; /* % */
  guint8 none, period, phase;
} Kind;

typedef struct {
  RnSimDetectors public;
  guint64 seed;
  Kind *kind;
} Detectors;

gboolean
rn_sim_detectors_is_blind (guint64 seed, guint section)
{
  return rn_sim_uniform (seed, RN_SIM_STREAM_DETECTOR, section, 3) < NONE_SHARE;
}

RnSimDetectors *
rn_sim_detectors_new (guint n_sections, guint64 seed)
{
  Detectors *self = g_new0 (Detectors, 1);

  self->seed = seed;
  self->public.n = n_sections;
  self->public.report = g_new0 (RnSimReport, n_sections);
  self->public.changed = g_new0 (guint64, n_sections);
  self->kind = g_new0 (Kind, n_sections);
  for (guint i = 0; i < n_sections; i++)
    {
      Kind *kind = &self->kind[i];

      kind->driver = (float) (0.93 + 0.025 * rn_sim_normal (seed, RN_SIM_STREAM_DETECTOR, i, 1));
      kind->trucks = (float) (9.0 + 16.0 * rn_sim_uniform (seed, RN_SIM_STREAM_DETECTOR, i, 2));
      kind->none = rn_sim_detectors_is_blind (seed, i);
      kind->period = 1;
      if (rn_sim_uniform (seed, RN_SIM_STREAM_DETECTOR, i, 4) < SLOW_SHARE)
        kind->period = (guint8) rn_sim_between (seed, RN_SIM_STREAM_DETECTOR, i, 5, 2, 4);
      kind->phase = (guint8) rn_sim_between (seed, RN_SIM_STREAM_DETECTOR, i, 6, 0, 3);
    }
  return &self->public;
}

void
rn_sim_detectors_free (RnSimDetectors *public)
{
  Detectors *self = (Detectors *) public;

  g_free (self->public.report);
  g_free (self->public.changed);
  g_free (self->kind);
  g_free (self);
}

/* Speed of free traffic over that of an empty road, by flow over capacity. */
static double
crowding (double saturation)
{
  double x = CLAMP (saturation, 0.0, 1.0);

  return 1.0 - 0.22 * x * x;
}

static double
round_to (double value, double step)
{
  return round (value / step) * step;
}

/* The new value, or the old one where they hardly differ: a loop's controller does not report every
 * wobble. */
static float
settle (float old, double value, double step, double dead)
{
  if (!isnan (old) && !isnan (value) && fabs (value - old) < dead)
    return old;
  return (float) round_to (value, step);
}

static float
typical_kmh (const Detectors *self, const RnSimDemand *demand, guint i, gint64 at_us)
{
  double flow = demand->base_vph[i] * rn_sim_demand_curve (at_us - at_us % TYPICAL_SLOT);

  return (float) round (demand->free_kmh[i] * self->kind[i].driver
                        * crowding (flow / demand->capacity_vph[i]));
}

static RnSimReport
measure (const Detectors *self, const RnCtm *ctm, const RnSimDemand *demand, double limit_kmh,
         guint i, gint64 at_us)
{
  const Kind *kind = &self->kind[i];
  RnSimReport old = self->public.report[i], new;
  RnCtmMeasure m = rn_ctm_measure (ctm, i);
  guint64 slot = (guint64) ((at_us + i * 7 * RN_SIM_SECOND) / NOISE_SLOT);
  double noise = rn_sim_normal (self->seed, RN_SIM_STREAM_DETECTOR, i, 100 + slot);
  double critical = rn_ctm_critical_vpkm (ctm, i);
  double queued = CLAMP ((m.density_vpkm - critical) / critical, 0.0, 1.0);
  double free_part = kind->driver * crowding (m.flow_vph / demand->capacity_vph[i]);
  double speed = m.speed_kmh * (free_part + (1.0 - free_part) * queued) * (1.0 + 0.012 * noise);
  double flow = m.flow_vph * (1.0 + 0.015 * noise);
  double density = m.density_vpkm;

  if (density > STANDING_VPKM)
    speed = MAX (speed, 0.0) + (speed < 5.0 ? 1.5 + 1.4 * noise * 0.5 : 0.0);
  speed = CLAMP (speed, 0.0, 1.15 * limit_kmh);
  new.flow_vph = settle (old.flow_vph, flow, 10.0, MAX (15.0, 0.015 * flow));
  new.speed_kmh = settle (old.speed_kmh, speed, 1.0, 1.2);
  if (new.flow_vph < 5.0f && density < 0.5)
    {
      new.speed_kmh = NAN; /* nobody to measure */
      new.flow_vph = 0.0f;
    }
  if (speed > 1.0 && queued < 0.5)
    density = MAX (density, m.flow_vph / speed / demand->lanes[i]);
  new.occupancy_pct = settle (old.occupancy_pct, MIN (density * COVER_M / 10.0, 100.0), 0.1, 0.35);
  new.trucks_pct =
      settle (old.trucks_pct, kind->trucks * (1.4 - 0.6 * rn_sim_demand_curve (at_us)), 1.0, 1.5);
  new.typical_kmh = typical_kmh (self, demand, i, at_us);
  new.offset_s = 0;
  return new;
}

static gboolean
same (float a, float b)
{
  return a == b || (isnan (a) && isnan (b));
}

static gboolean
report_equal (const RnSimReport *a, const RnSimReport *b)
{
  return same (a->flow_vph, b->flow_vph) && same (a->speed_kmh, b->speed_kmh)
         && same (a->occupancy_pct, b->occupancy_pct) && same (a->trucks_pct, b->trucks_pct)
         && same (a->typical_kmh, b->typical_kmh) && a->offset_s == b->offset_s;
}

void
rn_sim_detectors_measure (RnSimDetectors *public, const RnCtm *ctm, const RnSimDemand *demand,
                          const double *limit_kmh, guint64 round, gint64 at_us)
{
  static const RnSimReport silent = { NAN, NAN, NAN, NAN, NAN, 0 };
  Detectors *self = (Detectors *) public;
  guint64 out_slot = (guint64) (at_us / OUT_SLOT);

  for (guint i = 0; i < public->n; i++)
    {
      const Kind *kind = &self->kind[i];
      guint due = (guint) ((round + kind->phase) % kind->period);
      RnSimReport new;

      if (kind->none
          || rn_sim_uniform (self->seed, RN_SIM_STREAM_DETECTOR_OUT, i, out_slot) < OUT_SHARE)
        new = silent;
      else if (due == 0 || public->round == 0 || isnan (public->report[i].flow_vph))
        new = measure (self, ctm, demand, limit_kmh[i], i, at_us);
      else
        {
          new = public->report[i];
          new.offset_s += ROUND_S;
        }
      if (public->round == 0 || !report_equal (&new, &public->report[i]))
      public->changed[i] = round;
      public->report[i] = new;
    }
  public->round = round;
}
