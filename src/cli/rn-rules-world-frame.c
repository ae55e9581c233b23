/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes frames from the series of a rule test. What a feed holds while no answer comes is what the
 * last answer said, as in life. */
#include "cli/rn-rules-world-private.h"

#include <math.h>

#include "model/rn-facility-state.h"

#define SPACES 1000

static double
value_of (const Actor *actor, guint measure, guint sample)
{
  return rn_rules_series_at (actor->series[measure], sample);
}

static void
take_flow (RnRulesWorld *self, guint sample, gint64 at_us)
{
  guint n = self->network->n_sections;
  g_autoptr (RnFlowUpdate) update = rn_flow_update_new (n);
  g_autoptr (RnFlow) before = g_steal_pointer (&self->flow);

  update->observed_at_us = at_us;
  update->full = TRUE;
  update->n = 0;
  for (guint i = 0; i < n; i++)
    {
      const Actor *actor = self->of_section[i];
      guint row = update->n;
      double ratio;

      if (actor == NULL)
        continue;
      ratio = value_of (actor, SPEED_RATIO, sample);
      update->section[row] = i;
      update->speed_kmh[row] = !isnan (ratio) ? ratio * self->network->free_speed_kmh[i]
                                              : value_of (actor, SPEED_KMH, sample);
      update->flow_vph[row] = value_of (actor, FLOW_VPH, sample);
      update->occupancy_pct[row] = value_of (actor, OCCUPANCY_PCT, sample);
      update->trucks_pct[row] = value_of (actor, TRUCKS_PCT, sample);
      update->typical_speed_kmh[row] = value_of (actor, TYPICAL_SPEED_KMH, sample);
      if (!isnan (update->speed_kmh[row]) || !isnan (update->flow_vph[row]))
        update->n++;
    }
  update->n_rows = update->n;
  self->flow = rn_flow_apply (before, update, n, FALSE);
}

static RnFacilityState *
make_facility (const RnRulesWorld *self, const Actor *actor, guint sample, gint64 at_us)
{
  guint32 index = rn_network_find_facility (self->network, NULL, actor->id);
  RnFacilityState *state =
      rn_facility_state_new (RN_RULES_SOURCE, actor->id, self->network->facilities[index].type);
  double parking = value_of (actor, PARKING_PCT, sample);
  double stock = value_of (actor, FUEL_STOCK_PCT, sample);

  state->facility = index;
  state->observed_at_us = at_us;
  state->queue_m = value_of (actor, PLAZA_QUEUE_M, sample);
  if (!isnan (parking))
    {
      state->car_total = SPACES;
      state->car_used = (int) round (parking * SPACES / 100);
    }
  if (!isnan (stock))
    {
      state->n_fuel = 1;
      state->fuel = g_new0 (RnFuel, 1);
      state->fuel[0] = (RnFuel){ g_strdup ("92"), NAN, stock, 1 };
    }
  return state;
}

static RnStation *
make_station (const Actor *actor, guint sample, gint64 at_us)
{
  RnStation *station = rn_station_new (RN_RULES_SOURCE, actor->id);
  double surface = value_of (actor, SURFACE, sample);

  station->at = (RnPoint){ 119, 32.01 };
  station->visibility_m = value_of (actor, VISIBILITY_M, sample);
  station->surface = isnan (surface) ? RN_SURFACE_UNKNOWN : RN_SURFACE_DRY + (int) surface;
  station->observed_at_us = at_us;
  return station;
}

static guint32
section_of (const RnRulesWorld *self, const Actor *actor)
{
  return actor->section != NULL ? rn_network_find_section (self->network, NULL, actor->section)
                                : RN_NONE;
}

/* NULL: there is none at this time. */
static RnIncident *
make_incident (const RnRulesWorld *self, const Actor *actor, guint sample, gint64 at_us)
{
  double level = value_of (actor, INCIDENT_LEVEL, sample);
  RnIncident *incident;

  if (isnan (level))
    return NULL;
  incident = rn_incident_new (RN_RULES_SOURCE, actor->id);
  incident->level = (int) level;
  incident->status = RN_INCIDENT_CONFIRMED;
  incident->section = section_of (self, actor);
  incident->observed_at_us = at_us;
  return incident;
}

/* Below 0: so long before its end. */
static RnWork *
make_work (const RnRulesWorld *self, const Actor *actor, guint sample, gint64 at_us)
{
  double overrun = value_of (actor, WORK_OVERRUN_S, sample);
  guint32 section = section_of (self, actor);
  RnWork *work;

  if (isnan (overrun))
    return NULL;
  work = rn_work_new (RN_RULES_SOURCE, actor->id);
  work->status = RN_WORK_STATUS_ACTIVE;
  work->plan_end_us = at_us - (gint64) (overrun * G_USEC_PER_SEC);
  work->capacity_factor = actor->capacity_factor;
  work->limit_kmh = actor->limit_kmh;
  work->observed_at_us = at_us;
  if (section != RN_NONE)
    {
      work->n_sections = 1;
      work->sections = g_memdup2 (&section, sizeof section);
    }
  return work;
}

static RnKpi *
make_kpi (const Actor *actor, guint sample, gint64 at_us)
{
  RnKpi *kpi = rn_kpi_new (RN_RULES_SOURCE, actor->id);

  kpi->value = value_of (actor, KPI, sample);
  kpi->observed_at_us = at_us;
  return kpi;
}

static void
add_thing (GPtrArray *list, gpointer thing)
{
  if (thing != NULL)
    g_ptr_array_add (list, thing);
}

/* All things as their feeds told them last. */
static void
fill_parts (const RnRulesWorld *self, RnFrameParts *parts)
{
  for (guint i = 0; i < self->actors->len; i++)
    {
      const Actor *actor = self->actors->pdata[i];
      const Held *held = &self->held[rn_rules_feed_of (actor->kind)];

      if (held->at_us == 0)
        continue;
      if (actor->kind == RN_SUBJECT_FACILITY)
        add_thing (parts->facility_states, make_facility (self, actor, held->sample, held->at_us));
      else if (actor->kind == RN_SUBJECT_STATION)
        add_thing (parts->stations, make_station (actor, held->sample, held->at_us));
      else if (actor->kind == RN_SUBJECT_INCIDENT)
        add_thing (parts->incidents, make_incident (self, actor, held->sample, held->at_us));
      else if (actor->kind == RN_SUBJECT_WORK)
        add_thing (parts->works, make_work (self, actor, held->sample, held->at_us));
      else if (actor->kind == RN_SUBJECT_KPI)
        add_thing (parts->kpis, make_kpi (actor, held->sample, held->at_us));
    }
}

static guint
state_at (const Held *held, guint sample)
{
  double state = held->status != NULL ? value_of (held->status, STATE, sample) : NAN;

  return isnan (state) ? 0 : (guint) state;
}

static RnFeedState
feed_state (guint word)
{
  static const RnFeedState states[] = { RN_FEED_LIVE,   RN_FEED_LATE, RN_FEED_STALE,
                                        RN_FEED_FROZEN, RN_FEED_LOST, RN_FEED_LOST };

  return states[word];
}

/* Answers come while a feed is live or frozen. */
static void
take_answers (RnRulesWorld *self, guint sample, gint64 at_us)
{
  for (guint kind = 0; kind < RN_N_FEEDS; kind++)
    {
      Held *held = &self->held[kind];
      RnFeedState state = feed_state (state_at (held, sample));

      if (!held->used || (state != RN_FEED_LIVE && state != RN_FEED_FROZEN))
        continue;
      held->sample = sample;
      held->at_us = at_us;
      if (kind == RN_FEED_FLOW)
        take_flow (self, sample, at_us);
    }
}

static guint
fill_statuses (const RnRulesWorld *self, RnFeedStatus *all, const RnFeedStatus **out, guint sample,
               gint64 at_us, gint64 interval_us)
{
  guint n = 0;

  for (guint kind = 0; kind < RN_N_FEEDS; kind++)
    {
      const Held *held = &self->held[kind];
      guint word = state_at (held, sample);

      if (!held->used)
        continue;
      all[n] = (RnFeedStatus){
        .source = (char *) RN_RULES_SOURCE,
        .adapter = (char *) RN_RULES_SOURCE,
        .kind = kind,
        .state = feed_state (word),
        .refused = word == RN_RULES_REFUSED,
        .observed_at_us = held->at_us,
        .age_us = held->at_us != 0 ? at_us - held->at_us : -1,
        .poll_us = interval_us,
        .rate = 1,
        .last_success_us = held->at_us,
      };
      out[n] = &all[n];
      n++;
    }
  return n;
}

RnFrame *
rn_rules_world_make_frame (RnRulesWorld *self, guint sample, gint64 at_us, gint64 interval_us)
{
  g_autoptr (GPtrArray) facilities =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_facility_state_unref);
  g_autoptr (GPtrArray) stations =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_station_unref);
  g_autoptr (GPtrArray) incidents =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_incident_unref);
  g_autoptr (GPtrArray) works = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_work_unref);
  g_autoptr (GPtrArray) kpis = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_kpi_unref);
  RnFeedStatus statuses[RN_N_FEEDS];
  const RnFeedStatus *feeds[RN_N_FEEDS];
  RnFrameParts parts = { .network = self->network,
                         .now_us = at_us,
                         .poll_us = interval_us,
                         .facility_states = facilities,
                         .stations = stations,
                         .incidents = incidents,
                         .works = works,
                         .kpis = kpis };
  RnFrame *frame;
  guint n;

  take_answers (self, sample, at_us);
  parts.flow = self->flow;
  parts.flow_quality_cap =
      rn_feed_state_quality (feed_state (state_at (&self->held[RN_FEED_FLOW], sample)), FALSE);
  fill_parts (self, &parts);
  n = fill_statuses (self, statuses, feeds, sample, at_us, interval_us);
  frame = rn_frame_build (self->network, &parts, 1, rn_state_table_default (), at_us, self->before,
                          feeds, n);
  g_clear_pointer (&self->before, rn_frame_unref);
  self->before = rn_frame_ref (frame);
  return frame;
}
