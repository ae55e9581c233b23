/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums over the sections of a scope. Pure. */
#include "alert/rn-plan-measure.h"

#include <math.h>

#define LEAST_SPEED_KMH 1.0
#define GAP_POLLS 3
#define DEFAULT_POLL_US (60 * G_GINT64_CONSTANT (1000000))

/* ---- scope --------------------------------------------------------------------------------- */

static gboolean
follows (const RnNetwork *network, guint32 before, guint32 section)
{
  for (guint k = network->down_first[before]; k < network->down_first[before + 1]; k++)
    if (network->down[k] == section)
      return TRUE;
  return FALSE;
}

static int
compare_along (gconstpointer a, gconstpointer b, gpointer data)
{
  const RnNetwork *network = data;
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;
  double from_x = network->from_m[x], from_y = network->from_m[y];

  if (network->road[x] != network->road[y])
    return network->road[x] < network->road[y] ? -1 : 1;
  if (network->direction[x] != network->direction[y])
    return network->direction[x] < network->direction[y] ? -1 : 1;
  if (network->direction[x] == RN_DIRECTION_DESC)
    return from_x > from_y ? -1 : from_x < from_y;
  return from_x < from_y ? -1 : from_x > from_y;
}

static GArray *
find_plazas (const RnPlan *plan, const RnNetwork *network, const guint8 *on)
{
  GArray *plazas = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 f = 0; f < network->n_facilities; f++)
    {
      const RnFacility *facility = &network->facilities[f];
      gboolean on_scope = plan->facilities != NULL && g_str_equal (facility->source, plan->source)
                          && g_strv_contains ((const char *const *) plan->facilities, facility->id);

      if (facility->type != RN_FACILITY_TOLL_PLAZA)
        continue;
      for (guint k = 0; k < facility->n_sections && !on_scope; k++)
        on_scope = on[facility->sections[k]];
      if (on_scope)
        g_array_append_val (plazas, f);
    }
  return plazas;
}

RnPlanScope *
rn_plan_scope_new (const RnPlan *plan, const RnNetwork *network)
{
  RnPlanScope *self = g_new0 (RnPlanScope, 1);
  g_autoptr (GArray) sections = g_array_new (FALSE, FALSE, sizeof (guint32));
  GArray *plazas;

  self->network = rn_network_ref (network);
  self->on = g_new0 (guint8, MAX (network->n_sections, 1));
  for (guint i = 0; plan->sections != NULL && plan->sections[i] != NULL; i++)
    {
      guint32 section = rn_network_find_section (network, plan->source, plan->sections[i]);

      if (section == RN_NONE)
        self->n_unknown++;
      else if (!self->on[section])
        g_array_append_val (sections, section);
      if (section != RN_NONE)
        self->on[section] = TRUE;
    }
  g_array_sort_with_data (sections, compare_along, (gpointer) network);
  plazas = find_plazas (plan, network, self->on);
  self->n_sections = sections->len;
  self->runs = g_new0 (gboolean, MAX (sections->len, 1));
  for (guint i = 0; i < sections->len; i++)
    {
      guint32 section = g_array_index (sections, guint32, i);

      self->runs[i] =
          i == 0 || !follows (network, g_array_index (sections, guint32, i - 1), section);
      self->length_m += network->length_m[section];
    }
  self->sections = (guint32 *) g_array_free (g_steal_pointer (&sections), FALSE);
  self->n_plazas = plazas->len;
  self->plazas = (guint32 *) g_array_free (plazas, FALSE);
  return self;
}

void
rn_plan_scope_free (RnPlanScope *self)
{
  if (self == NULL)
    return;
  rn_network_unref (self->network);
  g_free (self->sections);
  g_free (self->runs);
  g_free (self->plazas);
  g_free (self->on);
  g_free (self);
}

char *
rn_plan_scope_dup_extent (const RnPlanScope *self)
{
  guint last = 0;
  guint32 first;

  if (self->n_sections == 0)
    return NULL;
  first = self->sections[0];
  while (last + 1 < self->n_sections && !self->runs[last + 1])
    last++;
  if (isnan (self->network->from_m[first]) || isnan (self->network->to_m[self->sections[last]]))
    return g_strdup (self->network->roads[self->network->road[first]].ref);
  return g_strdup_printf ("%s K%.0f–K%.0f", self->network->roads[self->network->road[first]].ref,
                          floor (self->network->from_m[first] / 1000),
                          floor (self->network->to_m[self->sections[last]] / 1000));
}

/* ---- flow ---------------------------------------------------------------------------------- */

static gboolean
is_usable (const RnFrame *frame, guint32 section)
{
  RnQuality quality = frame->quality[section];

  return (quality == RN_QUALITY_LIVE || quality == RN_QUALITY_LATE)
         && !isnan (frame->speed_kmh[section]);
}

/* Sums over a stretch: what is not known of a section leaves it out of that figure. */
typedef struct {
  double saturated_m, flow_m; /* Σ saturation × length, over those of Σ length */
  double free_s, driven_s;    /* time at effective speed, and as driven */
} Sums;

static void
add (Sums *sums, const RnFrame *frame, guint32 i)
{
  double length_m = frame->network->length_m[i], saturation = rn_frame_saturation (frame, i);
  double effective_kmh = frame->effective_speed_kmh[i];

  if (!is_usable (frame, i))
    return;
  if (!isnan (saturation))
    {
      sums->saturated_m += saturation * length_m;
      sums->flow_m += length_m;
    }
  if (effective_kmh > 0)
    {
      gboolean few = frame->mark[i] == RN_MARK_FEW_VEHICLES;
      double speed_kmh = few ? effective_kmh : MAX (frame->speed_kmh[i], LEAST_SPEED_KMH);

      sums->free_s += length_m / effective_kmh;
      sums->driven_s += length_m / speed_kmh;
    }
}

/* Every stretch begins with a section and goes on along its run until it is long enough. Traffic
 * that hardly anyone drives in is not slow, as for the state of a section. */
static void
measure_stretches (const RnPlanScope *scope, const RnFrame *frame, double window_m,
                   RnPlanReadings *readings)
{
  double *saturation = &readings->value[RN_METRIC_SATURATION];
  double *ratio = &readings->value[RN_METRIC_SPEED_RATIO];

  for (guint from = 0; from < scope->n_sections; from++)
    {
      Sums sums = { 0 };
      double length_m = 0;

      for (guint i = from; i < scope->n_sections && length_m < window_m; i++)
        {
          if (i > from && scope->runs[i])
            break;
          add (&sums, frame, scope->sections[i]);
          length_m += frame->network->length_m[scope->sections[i]];
        }
      if (sums.flow_m > 0)
        *saturation = fmax (*saturation, sums.saturated_m / sums.flow_m);
      if (sums.driven_s > 0 && !(sums.free_s / sums.driven_s >= *ratio))
        {
          *ratio = sums.free_s / sums.driven_s;
          readings->worst_section = scope->sections[from];
        }
    }
}

static void
measure_flow (const RnPlanScope *scope, const RnFrame *frame, double coverage, double window_m,
              RnPlanReadings *readings)
{
  static const RnMetric of_flow[] = { RN_METRIC_SLOW_KM, RN_METRIC_SEVERE_KM, RN_METRIC_SPEED_KMH,
                                      RN_METRIC_SPEED_RATIO, RN_METRIC_SATURATION };
  double known_m = 0, slow_m = 0, severe_m = 0, hours = 0;

  for (guint k = 0; k < scope->n_sections; k++)
    {
      guint32 i = scope->sections[k];
      double length_m = frame->network->length_m[i];

      if (!is_usable (frame, i))
        continue;
      known_m += length_m;
      slow_m += frame->state[i] >= 3 ? length_m : 0;
      severe_m += frame->state[i] == 5 ? length_m : 0;
      hours += length_m / 1000 / MAX (frame->speed_kmh[i], LEAST_SPEED_KMH);
      readings->at_us = MAX (readings->at_us, frame->flow_at_us[i]);
    }
  readings->known_share = scope->length_m > 0 ? known_m / scope->length_m : 0;
  if (known_m <= 0 || readings->known_share < coverage)
    {
      for (guint i = 0; i < G_N_ELEMENTS (of_flow); i++)
        readings->lost[of_flow[i]] = TRUE;
      return;
    }
  readings->value[RN_METRIC_SLOW_KM] = slow_m / 1000;
  readings->value[RN_METRIC_SEVERE_KM] = severe_m / 1000;
  readings->value[RN_METRIC_SPEED_KMH] = known_m / 1000 / hours;
  measure_stretches (scope, frame, window_m, readings);
}

/* ---- incidents and plazas ------------------------------------------------------------------ */

static const RnFeedStatus *
find_feed (const RnFrame *frame, const char *source, RnFeedKind kind)
{
  for (guint i = 0; i < frame->n_feeds; i++)
    if (frame->feeds[i]->kind == kind && g_strcmp0 (frame->feeds[i]->source, source) == 0)
      return frame->feeds[i];
  return NULL;
}

static gboolean
is_fresh (const RnFeedStatus *feed)
{
  return feed != NULL && (feed->state == RN_FEED_LIVE || feed->state == RN_FEED_LATE)
         && !feed->suspect;
}

/* Any source that watches incidents says that there is none; only a known worst one needs its own
 * source to be fresh. */
static void
measure_incidents (const RnPlanScope *scope, const RnFrame *frame, RnPlanReadings *readings)
{
  double *level = &readings->value[RN_METRIC_INCIDENT_LEVEL];
  gboolean watched = FALSE, all_fresh = TRUE;

  for (guint i = 0; i < frame->n_feeds; i++)
    if (frame->feeds[i]->kind == RN_FEED_INCIDENTS)
      {
        watched = TRUE;
        all_fresh = all_fresh && is_fresh (frame->feeds[i]);
        if (is_fresh (frame->feeds[i]))
          readings->at_us = MAX (readings->at_us, frame->feeds[i]->observed_at_us);
      }
  for (guint i = 0; i < frame->incidents->len; i++)
    {
      const RnIncident *incident = frame->incidents->pdata[i];

      if (incident->level < 1 || !rn_incident_active (incident)
          || incident->section >= frame->network->n_sections || !scope->on[incident->section]
          || !is_fresh (find_feed (frame, incident->source, RN_FEED_INCIDENTS))
          || incident->level >= *level)
        continue;
      *level = incident->level;
      g_free (readings->incident);
      readings->incident = g_strdup (incident->key);
    }
  if (isnan (*level) && watched && all_fresh)
    *level = RN_PLAN_NO_INCIDENT;
  readings->lost[RN_METRIC_INCIDENT_LEVEL] = isnan (*level) && watched;
}

static void
measure_plazas (const RnPlanScope *scope, const RnFrame *frame, RnPlanReadings *readings)
{
  double *queue_m = &readings->value[RN_METRIC_PLAZA_QUEUE_M];
  gboolean all_fresh = TRUE;

  readings->n_plazas = scope->n_plazas;
  for (guint i = 0; i < scope->n_plazas; i++)
    {
      const RnFacilityState *state = rn_frame_facility_state (frame, scope->plazas[i]);

      const char *source = frame->network->facilities[scope->plazas[i]].source;
      const RnFeedStatus *feed = find_feed (frame, source, RN_FEED_FACILITIES);

      all_fresh = all_fresh && (feed == NULL || is_fresh (feed));
      if (state == NULL || !is_fresh (feed))
        continue;
      readings->at_us = MAX (readings->at_us, state->observed_at_us);
      readings->n_entries_known += state->entry != RN_ENTRY_UNKNOWN;
      readings->n_closed += state->entry == RN_ENTRY_CLOSED;
      readings->n_metered += state->entry == RN_ENTRY_METERED;
      if (!isnan (state->queue_m) && !(state->queue_m <= *queue_m))
        {
          *queue_m = state->queue_m;
          readings->worst_plaza = scope->plazas[i];
        }
    }
  readings->lost[RN_METRIC_PLAZA_QUEUE_M] = isnan (*queue_m) && !all_fresh;
}

void
rn_plan_measure (const RnPlanScope *scope, const RnFrame *frame, double coverage, double window_m,
                 RnPlanReadings *readings)
{
  const char *source = NULL;
  const RnFeedStatus *flow;

  *readings = (RnPlanReadings){ .worst_section = RN_NONE, .worst_plaza = RN_NONE };
  for (guint i = 0; i < RN_N_METRICS; i++)
    readings->value[i] = NAN;
  if (scope->n_sections > 0)
    source = frame->network->sources[frame->network->source[scope->sections[0]]];
  flow = find_feed (frame, source, RN_FEED_FLOW);
  readings->gap_us =
      GAP_POLLS * (flow != NULL && flow->poll_us > 0 ? flow->poll_us : DEFAULT_POLL_US);
  measure_flow (scope, frame, coverage, window_m, readings);
  measure_incidents (scope, frame, readings);
  measure_plazas (scope, frame, readings);
}

void
rn_plan_readings_clear (RnPlanReadings *self)
{
  g_clear_pointer (&self->incident, g_free);
}
