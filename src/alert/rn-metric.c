/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of metrics. Pure. */
#include "alert/rn-metric.h"

#include <math.h>

#include "alert/rn-tier.h"
#include "base/rn-i18n.h"
#include "model/rn-state.h"
#include "model/rn-weather.h"

typedef enum {
  AS_VPH,
  AS_VPH_LANE,
  AS_SPEED,
  AS_RATIO,
  AS_DENSITY,
  AS_PERCENT,
  AS_STATE,
  AS_DISTANCE,
  AS_LENGTH,
  AS_SECONDS,
  AS_METRES,
  AS_SURFACE,
  AS_LEVEL,
  AS_PLAIN,
} Said;

typedef struct {
  const char *word, *title;
  RnSubjectKind kind;
  RnBadSide bad;
  Said said;
  double min, max; /* what a limit can sensibly be */
} Metric;

static const Metric table[RN_N_METRICS] = {
  [RN_METRIC_FLOW_VPH] = { "flow_vph", N_("Flow"), RN_SUBJECT_SECTION, RN_BAD_HIGH, AS_VPH, 0,
                           30000 },
  [RN_METRIC_FLOW_VPH_LANE] = { "flow_vph_lane", N_("Flow per lane"), RN_SUBJECT_SECTION,
                                RN_BAD_HIGH, AS_VPH_LANE, 0, 4000 },
  [RN_METRIC_SPEED_KMH] = { "speed_kmh", N_("Speed"), RN_SUBJECT_SECTION, RN_BAD_LOW, AS_SPEED, 0,
                            200 },
  [RN_METRIC_SPEED_RATIO] = { "speed_ratio", N_("Speed ratio"), RN_SUBJECT_SECTION, RN_BAD_LOW,
                              AS_RATIO, 0, 2 },
  [RN_METRIC_DENSITY_VPKM] = { "density_vpkm", N_("Density"), RN_SUBJECT_SECTION, RN_BAD_HIGH,
                               AS_DENSITY, 0, 400 },
  [RN_METRIC_OCCUPANCY_PCT] = { "occupancy_pct", N_("Occupancy"), RN_SUBJECT_SECTION, RN_BAD_HIGH,
                                AS_PERCENT, 0, 100 },
  [RN_METRIC_SATURATION] = { "saturation", N_("Saturation"), RN_SUBJECT_SECTION, RN_BAD_HIGH,
                             AS_RATIO, 0, 2 },
  [RN_METRIC_STATE] = { "state", N_("Traffic state"), RN_SUBJECT_SECTION, RN_BAD_HIGH, AS_STATE, 1,
                        5 },
  [RN_METRIC_QUEUE_M] = { "queue_m", N_("Queue"), RN_SUBJECT_SECTION, RN_BAD_HIGH, AS_DISTANCE, 0,
                          200000 },
  [RN_METRIC_SLOW_KM] = { "slow_km", N_("Slow length"), RN_SUBJECT_SECTION, RN_BAD_HIGH, AS_LENGTH,
                          0, 2000 },
  [RN_METRIC_SEVERE_KM] = { "severe_km", N_("Severe length"), RN_SUBJECT_SECTION, RN_BAD_HIGH,
                            AS_LENGTH, 0, 2000 },
  [RN_METRIC_TRAVEL_TIME_INDEX] = { "travel_time_index", N_("Travel time index"),
                                    RN_SUBJECT_SECTION, RN_BAD_HIGH, AS_RATIO, 1, 100 },
  [RN_METRIC_TYPICAL_TIME_RATIO] = { "typical_time_ratio", N_("Travel time over the typical one"),
                                     RN_SUBJECT_SECTION, RN_BAD_HIGH, AS_RATIO, 0, 100 },
  [RN_METRIC_DELAY_S] = { "delay_s", N_("Delay"), RN_SUBJECT_SECTION, RN_BAD_HIGH, AS_SECONDS, 0,
                          86400 },
  [RN_METRIC_VISIBILITY_M] = { "visibility_m", N_("Visibility"), RN_SUBJECT_STATION, RN_BAD_LOW,
                               AS_METRES, 0, 20000 },
  [RN_METRIC_SURFACE] = { "surface", N_("Surface condition"), RN_SUBJECT_STATION, RN_BAD_SET,
                          AS_SURFACE, RN_SURFACE_DRY, RN_SURFACE_WATER },
  [RN_METRIC_PARKING_PCT] = { "parking_pct", N_("Parking in use"), RN_SUBJECT_FACILITY,
                              RN_BAD_HIGH, AS_PERCENT, 0, 200 },
  [RN_METRIC_PLAZA_QUEUE_M] = { "plaza_queue_m", N_("Queue at the plaza"), RN_SUBJECT_FACILITY,
                                RN_BAD_HIGH, AS_DISTANCE, 0, 20000 },
  [RN_METRIC_FUEL_STOCK_PCT] = { "fuel_stock_pct", N_("Fuel in stock"), RN_SUBJECT_FACILITY,
                                 RN_BAD_LOW, AS_PERCENT, 0, 100 },
  [RN_METRIC_KPI] = { "kpi", N_("Key figure"), RN_SUBJECT_KPI, RN_BAD_BY_LIMITS, AS_PLAIN, -1e12,
                      1e12 },
  [RN_METRIC_WORK_OVERRUN_S] = { "work_overrun_s", N_("Works overrun"), RN_SUBJECT_WORK,
                                 RN_BAD_HIGH, AS_SECONDS, 0, 2592000 },
  [RN_METRIC_INCIDENT_LEVEL] = { "incident_level", N_("Incident level"), RN_SUBJECT_INCIDENT,
                                 RN_BAD_LOW, AS_LEVEL, 1, 4 },
  [RN_METRIC_FEED_AGE_S] = { "feed_age_s", N_("Age of a feed"), RN_SUBJECT_FEED, RN_BAD_HIGH,
                             AS_SECONDS, 0, 86400 },
};

const char *
rn_metric_word (RnMetric metric)
{
  return table[metric].word;
}

const char *const *
rn_metric_words (void)
{
  static const char *words[RN_N_METRICS + 1];
  static gsize done;

  if (g_once_init_enter (&done))
    {
      for (guint i = 0; i < RN_N_METRICS; i++)
        words[i] = table[i].word;
      g_once_init_leave (&done, 1);
    }
  return words;
}

const char *
rn_metric_title (RnMetric metric)
{
  return _ (table[metric].title);
}

RnBadSide
rn_metric_bad_side (RnMetric metric)
{
  return table[metric].bad;
}

RnSubjectKind
rn_metric_subject_kind (RnMetric metric)
{
  return table[metric].kind;
}

void
rn_metric_get_range (RnMetric metric, double *min, double *max)
{
  *min = table[metric].min;
  *max = table[metric].max;
}

gboolean
rn_metric_is_stepped (RnMetric metric)
{
  Said said = table[metric].said;

  return said == AS_STATE || said == AS_LEVEL || said == AS_SURFACE;
}

RnQuantity
rn_metric_quantity (RnMetric metric, double value)
{
  switch (table[metric].said)
    {
    case AS_VPH:
      return (RnQuantity){ value, 0, _("veh/h") };
    case AS_VPH_LANE:
      return (RnQuantity){ value, 0, _("veh/h/lane") };
    case AS_SPEED:
      return rn_quantity_speed (value);
    case AS_RATIO:
      return (RnQuantity){ value, 2, NULL };
    case AS_DENSITY:
      return (RnQuantity){ value, 0, _("veh/km/lane") };
    case AS_PERCENT:
      return (RnQuantity){ value, 0, "%" };
    case AS_DISTANCE:
    case AS_METRES:
      return rn_quantity_distance (value);
    case AS_LENGTH:
      return rn_quantity_length (value);
    case AS_SECONDS:
      return (RnQuantity){ value / 60.0, 0, _("min") };
    case AS_STATE:
    case AS_SURFACE:
    case AS_LEVEL:
    case AS_PLAIN:
      break;
    }
  return (RnQuantity){ value, value == floor (value) ? 0 : fabs (value) < 10 ? 2 : 1, NULL };
}

char *
rn_metric_text (RnMetric metric, double value)
{
  if (isnan (value))
    return g_strdup (RN_DASH);
  switch (table[metric].said)
    {
    case AS_STATE:
      return g_strdup (rn_state_title (CLAMP (value, 0, RN_N_STATES - 1)));
    case AS_SURFACE:
      return g_strdup (rn_surface_title (CLAMP (value, 0, RN_SURFACE_WATER)));
    case AS_LEVEL:
      return g_strdup (rn_tier_word (value));
    case AS_SECONDS:
      return isinf (value) ? g_strdup (RN_DASH) : rn_text_age (value * 1e6);
    default:
      return rn_text_quantity (rn_metric_quantity (metric, value));
    }
}
