/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a rule can look at. A const table: word, kind of subject, unit, which side is bad. Pure. */
#pragma once

#include "base/rn-text.h"
#include "model/rn-subject.h"

typedef enum {
  /* of a section */
  RN_METRIC_FLOW_VPH,
  RN_METRIC_FLOW_VPH_LANE,
  RN_METRIC_SPEED_KMH,
  RN_METRIC_SPEED_RATIO, /* speed / effective speed */
  RN_METRIC_DENSITY_VPKM,
  RN_METRIC_OCCUPANCY_PCT,
  RN_METRIC_SATURATION, /* flow / effective capacity */
  RN_METRIC_STATE,      /* 1 … 5 */
  RN_METRIC_QUEUE_M,    /* congested sections upstream without a break, from the head's end */
  RN_METRIC_SLOW_KM,    /* of the scope of a plan; of a section: itself when its state is ≥ 3 */
  RN_METRIC_SEVERE_KM,  /* the same of state 5 */
  RN_METRIC_TRAVEL_TIME_INDEX,  /* travel time / that at free speed */
  RN_METRIC_TYPICAL_TIME_RATIO, /* travel time / typical one */
  RN_METRIC_DELAY_S,            /* travel time − typical one, not below 0 */
  /* of a weather station */
  RN_METRIC_VISIBILITY_M,
  RN_METRIC_SURFACE, /* a set of RnSurface */
  /* of a facility */
  RN_METRIC_PARKING_PCT,
  RN_METRIC_PLAZA_QUEUE_M,
  RN_METRIC_FUEL_STOCK_PCT,
  /* of others */
  RN_METRIC_KPI,
  RN_METRIC_WORK_OVERRUN_S,
  RN_METRIC_INCIDENT_LEVEL, /* 1 (I) … 4; low is bad */
  RN_METRIC_FEED_AGE_S,     /* age of a feed; that of a lost, refused or frozen one is endless */
  RN_N_METRICS
} RnMetric;

typedef enum {
  RN_BAD_HIGH,
  RN_BAD_LOW,
  RN_BAD_SET,       /* the tiers are sets of values */
  RN_BAD_BY_LIMITS, /* of a metric only: the limits of its rule tell, see rn_rule_bad_side() */
} RnBadSide;

/** "speed_ratio": the word of rules and interfaces. */
const char *rn_metric_word (RnMetric metric);
/** NULL-terminated, in order: for rn_json_word(). */
const char *const *rn_metric_words (void);
/** "Speed ratio" in the language in use. */
const char *rn_metric_title (RnMetric metric);
RnBadSide rn_metric_bad_side (RnMetric metric);
RnSubjectKind rn_metric_subject_kind (RnMetric metric);
/** What a limit of it can sensibly be, in its unit. */
void rn_metric_get_range (RnMetric metric, double *min, double *max);
/** Whether it goes in whole steps (a state, a level): it can be left where it is entered. */
gboolean rn_metric_is_stepped (RnMetric metric);
/** Whether @value is at or beyond @limit on the bad side; FALSE for NaN and for sets. Here, since
 *  each latch asks it. */
static inline gboolean
rn_bad_side_is_beyond (RnBadSide self, double value, double limit)
{
  return self == RN_BAD_LOW ? value <= limit : self == RN_BAD_HIGH && value >= limit;
}
/** A value of it as it is said, in the operator's units. Ratios have two decimals and no unit. */
RnQuantity rn_metric_quantity (RnMetric metric, double value);
/** In words: "17 km/h", "ice", "II", "22 min". Caller frees. */
char *rn_metric_text (RnMetric metric, double value);
