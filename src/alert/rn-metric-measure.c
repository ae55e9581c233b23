/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. What is not known stays NaN: nothing here guesses. */
#include "alert/rn-metric-measure.h"

#include <math.h>

#define CLOSED_LEVEL 5 /* calmer than any */

/* ---- sections ------------------------------------------------------------------------------ */

static double
per_lane (double flow_vph, int lanes)
{
  if (lanes > 0)
    return flow_vph / lanes;
  return flow_vph == 0 ? 0 : NAN;
}

static double
flow_of (const RnFrame *frame, const char *select, guint32 i)
{
  double flow = frame->flow_vph[i];

  return g_strcmp0 (select, "truck") == 0 ? flow * frame->trucks_pct[i] / 100.0 : flow;
}

/* Speed over another one, as a ratio of times; NaN where either is not known or 0. */
static double
time_ratio (double reference_kmh, double speed_kmh)
{
  return speed_kmh > 0 && reference_kmh > 0 ? reference_kmh / speed_kmh : NAN;
}

static double
delay_s (const RnFrame *frame, guint32 i)
{
  double speed = frame->speed_kmh[i] / 3.6, typical = frame->typical_speed_kmh[i] / 3.6;
  double length_m = frame->network->length_m[i];

  if (!(speed > 0) || !(typical > 0))
    return NAN;
  return fmax (length_m / speed - length_m / typical, 0);
}

static double
length_km_from (const RnFrame *frame, guint32 i, guint8 least)
{
  if (frame->state[i] == 0)
    return NAN;
  return frame->state[i] >= least ? frame->network->length_m[i] / 1000.0 : 0;
}

static double
queue_m (const RnFrame *frame, guint32 i, RnQueue *queue)
{
  if (frame->state[i] == 0)
    return NAN;
  return rn_queue_is_head (frame, i) ? rn_queue_walk (queue, frame, i, NULL, NULL) : 0;
}

double
rn_metric_of_section (const RnFrame *frame, RnMetric metric, const char *select, guint32 i,
                      RnQueue *queue)
{
  switch (metric)
    {
    case RN_METRIC_FLOW_VPH:
      return flow_of (frame, select, i);
    case RN_METRIC_FLOW_VPH_LANE:
      return per_lane (flow_of (frame, select, i), frame->network->lanes[i]);
    case RN_METRIC_SPEED_KMH:
      return frame->speed_kmh[i];
    case RN_METRIC_SPEED_RATIO:
      return rn_frame_speed_ratio (frame, i);
    case RN_METRIC_DENSITY_VPKM:
      return rn_frame_density_vpkm (frame, i);
    case RN_METRIC_OCCUPANCY_PCT:
      return frame->occupancy_pct[i];
    case RN_METRIC_SATURATION:
      return rn_frame_saturation (frame, i);
    case RN_METRIC_STATE:
      return frame->state[i] != 0 ? frame->state[i] : NAN;
    case RN_METRIC_QUEUE_M:
      return queue_m (frame, i, queue);
    case RN_METRIC_SLOW_KM:
      return length_km_from (frame, i, 3);
    case RN_METRIC_SEVERE_KM:
      return length_km_from (frame, i, 5);
    case RN_METRIC_TRAVEL_TIME_INDEX:
      return time_ratio (frame->free_speed_kmh[i], frame->speed_kmh[i]);
    case RN_METRIC_TYPICAL_TIME_RATIO:
      return time_ratio (frame->typical_speed_kmh[i], frame->speed_kmh[i]);
    case RN_METRIC_DELAY_S:
      return delay_s (frame, i);
    default:
      return NAN;
    }
}

const float *
rn_metric_column (const RnFrame *frame, RnMetric metric, const char *select, RnQueue *queue,
                  float *out)
{
  guint n = frame->network->n_sections;

  switch (metric)
    {
    case RN_METRIC_FLOW_VPH:
      if (select == NULL)
        return frame->flow_vph;
      break;
    case RN_METRIC_SPEED_KMH:
      return frame->speed_kmh;
    case RN_METRIC_OCCUPANCY_PCT:
      return frame->occupancy_pct;
    case RN_METRIC_SPEED_RATIO: /* the two that most rules use, without a call a section */
      for (guint i = 0; i < n; i++)
        out[i] = frame->effective_speed_kmh[i] > 0
                     ? frame->speed_kmh[i] / frame->effective_speed_kmh[i]
                     : NAN;
      return out;
    case RN_METRIC_STATE:
      for (guint i = 0; i < n; i++)
        out[i] = frame->state[i] != 0 ? frame->state[i] : NAN;
      return out;
    default:
      break;
    }
  for (guint i = 0; i < n; i++)
    out[i] = (float) rn_metric_of_section (frame, metric, select, i, queue);
  return out;
}

gboolean
rn_metric_stands (const RnFrame *frame, guint32 i)
{
  const RnStateTable *table = rn_state_table_default ();

  return frame->mark[i] == RN_MARK_STANDSTILL
         || (frame->speed_kmh[i] <= table->standstill_kmh
             && frame->occupancy_pct[i] >= table->min_occupancy_pct);
}

/* ---- things -------------------------------------------------------------------------------- */

/* Spaces that are known of both kinds together, or of the kind asked for. */
static double
parking_pct (const RnFacilityState *state, const char *select)
{
  gboolean cars = g_strcmp0 (select, "truck") != 0, trucks = g_strcmp0 (select, "car") != 0;
  double used = 0, total = 0;

  if (cars && state->car_used >= 0 && state->car_total > 0)
    {
      used += state->car_used;
      total += state->car_total;
    }
  if (trucks && state->truck_used >= 0 && state->truck_total > 0)
    {
      used += state->truck_used;
      total += state->truck_total;
    }
  return total > 0 ? 100 * used / total : NAN;
}

/* The least of all grades, or that of the one asked for. One that is not sold is not there. */
static double
fuel_pct (const RnFacilityState *state, const char *select)
{
  double least = NAN;

  for (guint i = 0; i < state->n_fuel; i++)
    {
      const RnFuel *fuel = &state->fuel[i];

      if (select == NULL || g_strcmp0 (select, fuel->grade) == 0)
        least = fmin (least, fuel->available == 0 ? 0 : fuel->stock_pct);
    }
  return least;
}

double
rn_metric_of_facility (const RnFacilityState *state, RnMetric metric, const char *select)
{
  switch (metric)
    {
    case RN_METRIC_PARKING_PCT:
      return parking_pct (state, select);
    case RN_METRIC_PLAZA_QUEUE_M:
      return state->queue_m;
    case RN_METRIC_FUEL_STOCK_PCT:
      return fuel_pct (state, select);
    default:
      return NAN;
    }
}

double
rn_metric_of_station (const RnStation *station, RnMetric metric)
{
  if (metric == RN_METRIC_VISIBILITY_M)
    return station->visibility_m;
  return metric == RN_METRIC_SURFACE && station->surface != RN_SURFACE_UNKNOWN ? station->surface
                                                                               : NAN;
}

double
rn_metric_of_work (const RnWork *work, gint64 at_us)
{
  return rn_work_overrun_us (work, at_us) / 1e6;
}

double
rn_metric_of_incident (const RnIncident *incident)
{
  if (!rn_incident_active (incident))
    return CLOSED_LEVEL;
  return incident->level > 0 ? incident->level : NAN;
}

double
rn_metric_of_feed (const RnFeedStatus *status)
{
  if (status->refused || status->state == RN_FEED_FROZEN || status->state == RN_FEED_LOST)
    return INFINITY;
  if (status->poll_us == 0) /* what is not asked for again does not age */
    return 0;
  return status->age_us >= 0 ? status->age_us / 1e6 : NAN;
}

RnFeedKind
rn_metric_feed_kind (RnSubjectKind kind)
{
  switch (kind)
    {
    case RN_SUBJECT_INCIDENT:
      return RN_FEED_INCIDENTS;
    case RN_SUBJECT_WORK:
      return RN_FEED_WORKS;
    case RN_SUBJECT_STATION:
      return RN_FEED_WEATHER;
    case RN_SUBJECT_FACILITY:
      return RN_FEED_FACILITIES;
    case RN_SUBJECT_KPI:
      return RN_FEED_KPIS;
    default:
      return RN_FEED_FLOW;
    }
}

const RnFeedStatus *
rn_metric_find_feed (const RnFrame *frame, const char *source, RnFeedKind kind)
{
  for (guint i = 0; i < frame->n_feeds; i++)
    if (frame->feeds[i]->kind == kind && g_strcmp0 (frame->feeds[i]->source, source) == 0)
      return frame->feeds[i];
  return NULL;
}

/* ---- by key -------------------------------------------------------------------------------- */

static RnQuality
feed_quality (const RnFrame *frame, const char *source, RnSubjectKind kind)
{
  const RnFeedStatus *feed = rn_metric_find_feed (frame, source, rn_metric_feed_kind (kind));

  return feed != NULL ? rn_feed_state_quality (feed->state, feed->suspect) : RN_QUALITY_LIVE;
}

static double
measure_section (const RnFrame *frame, RnMetric metric, const char *select, const char *key,
                 RnQuality *quality)
{
  guint32 i = rn_network_find_section_key (frame->network, key);
  g_autoptr (RnQueue) queue = NULL;

  if (i == RN_NONE)
    return NAN;
  queue = rn_queue_new ();
  *quality = frame->quality[i];
  return rn_metric_of_section (frame, metric, select, i, queue);
}

/* All things begin with `char *source, *id, *key`. */
typedef struct {
  const char *source, *id, *key;
} Head;

static gconstpointer
find_thing (const GPtrArray *list, const char *key)
{
  for (guint i = 0; i < list->len; i++)
    if (g_strcmp0 (((const Head *) list->pdata[i])->key, key) == 0)
      return list->pdata[i];
  return NULL;
}

/* There are many; those of the network are known by their keys. */
static gconstpointer
find_facility (const RnFrame *frame, const char *key)
{
  return rn_frame_facility_state (frame, rn_network_find_facility_key (frame->network, key));
}

static const GPtrArray *
list_of (const RnFrame *frame, RnSubjectKind kind)
{
  switch (kind)
    {
    case RN_SUBJECT_FACILITY:
      return frame->facility_states;
    case RN_SUBJECT_STATION:
      return frame->stations;
    case RN_SUBJECT_INCIDENT:
      return frame->incidents;
    case RN_SUBJECT_WORK:
      return frame->works;
    case RN_SUBJECT_KPI:
      return frame->kpis;
    default:
      return NULL;
    }
}

static double
value_of_thing (const RnFrame *frame, RnMetric metric, const char *select, RnSubjectKind kind,
                gconstpointer thing)
{
  switch (kind)
    {
    case RN_SUBJECT_FACILITY:
      return rn_metric_of_facility (thing, metric, select);
    case RN_SUBJECT_STATION:
      return rn_metric_of_station (thing, metric);
    case RN_SUBJECT_INCIDENT:
      return rn_metric_of_incident (thing);
    case RN_SUBJECT_WORK:
      return rn_metric_of_work (thing, frame->at_us);
    default:
      return ((const RnKpi *) thing)->value;
    }
}

static double
measure_feed (const RnFrame *frame, const char *key, RnQuality *quality)
{
  for (guint i = 0; i < frame->n_feeds; i++)
    {
      const RnFeedStatus *feed = frame->feeds[i];
      g_autofree char *own =
          g_strdup_printf ("%s/%s", feed->source, rn_feed_kind_word (feed->kind));

      if (!g_str_equal (own, key))
        continue;
      *quality = RN_QUALITY_LIVE;
      return rn_metric_of_feed (feed);
    }
  return NAN;
}

static double
measure (const RnFrame *frame, RnMetric metric, const char *select, RnSubjectKind kind,
         const char *key, RnQuality *told)
{
  gconstpointer thing;

  if (metric >= RN_N_METRICS || rn_metric_subject_kind (metric) != kind)
    return NAN;
  if (kind == RN_SUBJECT_SECTION)
    return measure_section (frame, metric, select, key, told);
  if (kind == RN_SUBJECT_FEED)
    return measure_feed (frame, key, told);
  thing = kind == RN_SUBJECT_FACILITY ? find_facility (frame, key) : NULL;
  if (thing == NULL)
    thing = find_thing (list_of (frame, kind), key);
  if (thing == NULL)
    return NAN;
  *told = feed_quality (frame, ((const Head *) thing)->source, kind);
  return value_of_thing (frame, metric, select, kind, thing);
}

double
rn_metric_measure (const RnFrame *frame, RnMetric metric, const char *select, RnSubjectKind kind,
                   const char *key, RnQuality *quality)
{
  RnQuality found = RN_QUALITY_UNKNOWN;
  double value = measure (frame, metric, select, kind, key, &found);

  if (quality != NULL)
    *quality = isnan (value) ? RN_QUALITY_UNKNOWN : found;
  return value;
}
