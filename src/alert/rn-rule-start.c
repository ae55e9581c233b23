/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is usual: a table, in the units of the rules' files. Pure. */
#include "alert/rn-rule-start.h"

#include <math.h>

#include "model/rn-kpi.h"
#include "model/rn-weather.h"

#define SECONDS(s) ((gint64) (s) *G_USEC_PER_SEC)
#define HOLD_US SECONDS (1800)
#define FOR_US SECONDS (120)
#define KEEP_US SECONDS (300)
#define MARGIN 0.05 /* of a key figure: between its target and the limit at which it is left */
#define NO_KPI "id" /* while nobody measures one, to be written over */

typedef struct {
  RnMetric metric;
  int tier; /* the milder of both */
  double enter, exit, worse_enter, worse_exit;
} Usual;

static const Usual usual[] = {
  { RN_METRIC_FLOW_VPH, 3, 6000, 5500, NAN, NAN },
  { RN_METRIC_FLOW_VPH_LANE, 3, 1900, 1700, NAN, NAN },
  { RN_METRIC_SPEED_KMH, 3, 40, 50, 20, 30 },
  { RN_METRIC_SPEED_RATIO, 3, 0.45, 0.55, 0.25, 0.35 },
  { RN_METRIC_DENSITY_VPKM, 3, 35, 30, NAN, NAN },
  { RN_METRIC_OCCUPANCY_PCT, 3, 30, 25, 45, 40 },
  { RN_METRIC_SATURATION, 4, 0.9, 0.85, 1, 0.95 },
  { RN_METRIC_STATE, 3, 4, 3, 5, 4 },
  { RN_METRIC_QUEUE_M, 3, 2000, 1500, 5000, 4000 },
  { RN_METRIC_SLOW_KM, 3, 2, 1.5, 5, 4 },
  { RN_METRIC_SEVERE_KM, 3, 1, 0.5, 3, 2 },
  { RN_METRIC_TRAVEL_TIME_INDEX, 3, 2, 1.7, 4, 3 },
  { RN_METRIC_TYPICAL_TIME_RATIO, 4, 1.5, 1.3, NAN, NAN },
  { RN_METRIC_DELAY_S, 4, 600, 480, 1800, 1500 },
  { RN_METRIC_VISIBILITY_M, 3, 200, 250, 100, 130 },
  { RN_METRIC_PARKING_PCT, 4, 90, 85, 100, 95 },
  { RN_METRIC_PLAZA_QUEUE_M, 4, 500, 400, 1000, 800 },
  { RN_METRIC_FUEL_STOCK_PCT, 3, 15, 20, 5, 10 },
  { RN_METRIC_WORK_OVERRUN_S, 4, 1800, 900, NAN, NAN },
  { RN_METRIC_INCIDENT_LEVEL, 3, 3, 4, 2, 3 },
  { RN_METRIC_FEED_AGE_S, 4, 300, 120, NAN, NAN },
};

static void
set_tier (RnRule *rule, int tier, double enter, double exit)
{
  if (isnan (enter))
    return;
  rule->tiers[tier].on = TRUE;
  rule->tiers[tier].enter = enter;
  rule->tiers[tier].exit = exit;
}

static void
set_surfaces (RnRule *rule)
{
  set_tier (rule, 3, 0, 0);
  set_tier (rule, 2, 0, 0);
  rule->tiers[3].set = 1u << RN_SURFACE_SNOW | 1u << RN_SURFACE_WATER;
  rule->tiers[2].set = 1u << RN_SURFACE_ICE;
  for (int tier = 2; tier <= 3; tier++)
    rule->tiers[tier].enter = rule->tiers[tier].exit = NAN;
}

/* Bad is what falls short of the target, or goes past it; without one, a tenth from what it is. */
static void
set_kpi (RnRule *rule, const RnFrame *frame)
{
  const RnKpi *kpi = frame->kpis->len > 0 ? frame->kpis->pdata[0] : NULL;
  gboolean low = kpi != NULL && kpi->better > 0;
  double value = kpi != NULL && isfinite (kpi->value) ? kpi->value : 100;
  double limit = kpi != NULL && isfinite (kpi->target) ? kpi->target : value * (low ? 0.9 : 1.1);
  double margin = limit != 0 ? fabs (limit) * MARGIN : 1;

  rule->select = g_strdup (kpi != NULL ? kpi->id : NO_KPI);
  set_tier (rule, 4, limit, low ? limit + margin : limit - margin);
}

RnRule *
rn_rule_start (RnMetric metric, const char *id, const RnFrame *frame)
{
  RnRule *rule = rn_rule_new (id);
  RnSubjectKind kind = rn_metric_subject_kind (metric);
  gboolean measured =
      kind == RN_SUBJECT_SECTION || kind == RN_SUBJECT_STATION || kind == RN_SUBJECT_FACILITY;

  rule->metric = metric;
  rule->names = rn_names_new (rn_metric_title (metric));
  rule->version = 1;
  rule->hold_max_us = HOLD_US;
  rule->local = TRUE;
  if (metric == RN_METRIC_SURFACE)
    set_surfaces (rule);
  else if (metric == RN_METRIC_KPI)
    set_kpi (rule, frame);
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (usual[i].metric == metric)
      {
        set_tier (rule, usual[i].tier, usual[i].enter, usual[i].exit);
        set_tier (rule, usual[i].tier - 1, usual[i].worse_enter, usual[i].worse_exit);
      }
  for (int tier = 1; tier < RN_N_TIERS && measured; tier++)
    {
      rule->tiers[tier].for_us = FOR_US;
      rule->tiers[tier].keep_us = KEEP_US;
    }
  return rule;
}
