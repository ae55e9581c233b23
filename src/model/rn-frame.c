/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame: its making from the parts of all sources, and looking things up in it. The columns lie
 * in one block; every loop runs over columns and allocates nothing a row. What reduces capacity and
 * speed is in rn-frame-effects.c. Pure, any thread. */
#include "model/rn-frame.h"

#include <math.h>
#include <string.h>

#include "model/rn-frame-private.h"
#include "model/rn-value.h"

#define SECOND_US G_GINT64_CONSTANT (1000000)
/* Older than anything, and no overflow when taken off a time. */
#define NEVER_US (G_MAXINT64 / 4)
#define FUTURE_US (60 * SECOND_US) /* further ahead than that is suspect */
#define VEHICLES_KPI "vehicles_today"

static RnFrame *
boxed_copy (RnFrame *self)
{
  return rn_frame_ref (self);
}

static void
boxed_free (RnFrame *self)
{
  rn_frame_unref (self);
}

G_DEFINE_BOXED_TYPE (RnFrame, rn_frame, boxed_copy, boxed_free)

/* ---- life ---------------------------------------------------------------------------------- */

static GPtrArray *
new_list (gpointer unref)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) unref);
}

static gpointer
take (char **at, gsize bytes)
{
  gpointer here = *at;

  *at += (bytes + 15) & ~(gsize) 15;
  return here;
}

/* All columns in one block, each on 16 bytes. */
static void
make_columns (RnFramePrivate *self, guint n)
{
  gsize floats = (n * sizeof (float) + 15) & ~(gsize) 15;
  gsize times = (n * sizeof (gint64) + 15) & ~(gsize) 15;
  gsize bytes = ((gsize) n + 15) & ~(gsize) 15;
  char *at = self->block = g_malloc (8 * floats + 3 * times + 5 * bytes + 16);
  RnFrame *pub = &self->pub;

  pub->flow_vph = self->flow_vph = take (&at, floats);
  pub->speed_kmh = self->speed_kmh = take (&at, floats);
  pub->occupancy_pct = self->occupancy_pct = take (&at, floats);
  pub->trucks_pct = self->trucks_pct = take (&at, floats);
  pub->typical_speed_kmh = self->typical_speed_kmh = take (&at, floats);
  pub->free_speed_kmh = self->free_speed_kmh = take (&at, floats);
  pub->effective_capacity_vph = self->capacity_vph = take (&at, floats);
  pub->effective_speed_kmh = self->effective_kmh = take (&at, floats);
  pub->flow_at_us = self->flow_at_us = take (&at, times);
  pub->slow_us = self->slow_us = take (&at, times);
  pub->jam_us = self->jam_us = take (&at, times);
  pub->quality = self->quality = take (&at, bytes);
  pub->state = self->state = take (&at, bytes);
  pub->mark = self->mark = take (&at, bytes);
  pub->los = self->los = take (&at, bytes);
  pub->factors = self->factors = take (&at, bytes);
}

static RnFramePrivate *
frame_new (const RnNetwork *network)
{
  RnFramePrivate *self = g_new0 (RnFramePrivate, 1);
  RnFrame *pub = &self->pub;

  g_atomic_ref_count_init (&self->refs);
  pub->network = rn_network_ref (network);
  make_columns (self, network->n_sections);
  pub->incidents = new_list (rn_incident_unref);
  pub->works = new_list (rn_work_unref);
  pub->devices = new_list (rn_device_unref);
  pub->stations = new_list (rn_station_unref);
  pub->warnings = new_list (rn_warning_unref);
  pub->controls = new_list (rn_control_unref);
  pub->facility_states = new_list (rn_facility_state_unref);
  pub->kpis = new_list (rn_kpi_unref);
  pub->plans = new_list (rn_plan_unref);
  pub->measures = new_list (rn_measure_unref);
  return self;
}

RnFrame *
rn_frame_ref (const RnFrame *self)
{
  g_atomic_ref_count_inc (&((RnFramePrivate *) self)->refs);
  return (RnFrame *) self;
}

void
rn_frame_unref (const RnFrame *frame)
{
  RnFramePrivate *self = (RnFramePrivate *) frame;
  RnFrame *pub = (RnFrame *) frame;

  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (pub->incidents);
  g_ptr_array_unref (pub->works);
  g_ptr_array_unref (pub->devices);
  g_ptr_array_unref (pub->stations);
  g_ptr_array_unref (pub->warnings);
  g_ptr_array_unref (pub->controls);
  g_ptr_array_unref (pub->facility_states);
  g_ptr_array_unref (pub->kpis);
  g_ptr_array_unref (pub->plans);
  g_ptr_array_unref (pub->measures);
  for (guint i = 0; i < pub->n_feeds; i++)
    rn_feed_status_free (self->feeds[i]);
  g_free (self->feeds);
  g_free (self->facility_state_of);
  g_free (self->block);
  g_clear_pointer (&self->weather, rn_weather_effect_unref);
  rn_network_unref (pub->network);
  g_free (self);
}

RnFrame *
rn_frame_new_empty (void)
{
  g_autoptr (RnNetwork) network = rn_network_new_empty ();

  return rn_frame_build (network, NULL, 0, rn_state_table_default (), 0, NULL, NULL, 0);
}

/* ---- flow ---------------------------------------------------------------------------------- */

static void
copy_floats (float *to, const float *from, guint n)
{
  if (from != NULL)
    memcpy (to, from, n * sizeof (float));
  else
    for (guint i = 0; i < n; i++)
      to[i] = NAN;
}

/* What the network knows of its roads is better than what a row says of them. */
static void
lay_free_speed (float *to, const RnNetwork *network, const RnFlow *flow)
{
  if (network->n_sections > 0)
    memcpy (to, network->free_speed_kmh, network->n_sections * sizeof (float));
  for (guint i = 0; flow != NULL && i < flow->n; i++)
    if (isnan (to[i]))
      to[i] = flow->free_speed_kmh[i];
}

/* How old a row may be to count as live, late, stale (operations API, "Poll rules"). */
typedef struct {
  gint64 live_us, late_us, stale_us;
} AgeLimits;

static AgeLimits
age_limits (const RnFrameParts *part)
{
  gint64 p_us = part->poll_us;

  if (p_us <= 0)
    return (AgeLimits){ NEVER_US, NEVER_US, NEVER_US };
  return (AgeLimits){ 2 * p_us + 5 * SECOND_US, 4 * p_us, 10 * p_us };
}

/* The worse of the feed's quality and that of the row's own age. */
static void
set_qualities (RnFramePrivate *self, const RnFrameParts *part, guint from, guint n)
{
  AgeLimits limits = age_limits (part);
  gint64 newest_us = part->now_us - part->delay_us;
  gint64 live_us = newest_us - limits.live_us, late_us = newest_us - limits.late_us;
  gint64 stale_us = newest_us - limits.stale_us, future_us = part->now_us + FUTURE_US;

  for (guint i = from; i < from + n; i++)
    {
      gint64 at_us = self->flow_at_us[i];
      gboolean known = at_us != 0
                       && !(isnan (self->speed_kmh[i]) && isnan (self->flow_vph[i])
                            && isnan (self->occupancy_pct[i]));
      guint8 own = at_us >= live_us    ? RN_QUALITY_LIVE
                   : at_us >= late_us  ? RN_QUALITY_LATE
                   : at_us >= stale_us ? RN_QUALITY_STALE
                                       : RN_QUALITY_LOST;

      if (at_us > future_us)
        own = RN_QUALITY_SUSPECT;
      self->quality[i] = known ? MAX (own, (guint8) part->flow_quality_cap) : RN_QUALITY_UNKNOWN;
    }
}

gint64
rn_frame_parts_next_ageing_us (const RnFrameParts *part)
{
  AgeLimits limits = age_limits (part);
  gint64 next_us = G_MAXINT64;

  for (guint i = 0; part->flow != NULL && part->poll_us > 0 && i < part->flow->n; i++)
    {
      gint64 age_us = part->now_us - part->delay_us - part->flow->at_us[i];
      gint64 limit_us = age_us <= limits.live_us    ? limits.live_us
                        : age_us <= limits.late_us  ? limits.late_us
                        : age_us <= limits.stale_us ? limits.stale_us
                                                    : NEVER_US;

      if (part->flow->at_us[i] != 0 && limit_us != NEVER_US)
        next_us = MIN (next_us, part->now_us + limit_us - age_us + 1);
    }
  return next_us;
}

static void
lay_flow (RnFramePrivate *self, const RnFrameParts *part, guint from)
{
  const RnFlow *flow = part->flow;
  guint n = part->network->n_sections;

  if (flow != NULL && flow->n != n) /* of another network than the one now held */
    flow = NULL;
  copy_floats (self->flow_vph + from, flow != NULL ? flow->flow_vph : NULL, n);
  copy_floats (self->speed_kmh + from, flow != NULL ? flow->speed_kmh : NULL, n);
  copy_floats (self->occupancy_pct + from, flow != NULL ? flow->occupancy_pct : NULL, n);
  copy_floats (self->trucks_pct + from, flow != NULL ? flow->trucks_pct : NULL, n);
  copy_floats (self->typical_speed_kmh + from, flow != NULL ? flow->typical_speed_kmh : NULL, n);
  lay_free_speed (self->free_speed_kmh + from, part->network, flow);
  if (flow != NULL)
    memcpy (self->flow_at_us + from, flow->at_us, n * sizeof (gint64));
  else
    memset (self->flow_at_us + from, 0, n * sizeof (gint64));
  set_qualities (self, part, from, n);
}

/* ---- states -------------------------------------------------------------------------------- */

/* Whether an upstream neighbour was in state ≥ standstill_upstream, now or within the memory. */
static gboolean
upstream_jammed (const RnFramePrivate *self, const RnStateTable *table, guint32 i, gint64 since_us)
{
  const RnNetwork *network = self->pub.network;

  for (guint32 k = network->up_first[i]; k < network->up_first[i + 1]; k++)
    if (self->jam_us[network->up[k]] != 0 && self->jam_us[network->up[k]] >= since_us)
      return TRUE;
  return FALSE;
}

/* Rows that stand but are counted as "few vehicles" so far: with memory they are a standstill. What
 * the first pass left in slow_us and jam_us decides, so that the order of sections does not. */
static void
look_for_standstill (RnFramePrivate *self, const RnStateTable *table, const guint32 *candidates,
                     guint n)
{
  g_autofree guint8 *remembered = n > 0 ? g_malloc (n) : NULL;

  for (guint c = 0; c < n; c++)
    {
      guint32 i = candidates[c];
      gint64 since_us = self->flow_at_us[i] - table->standstill_memory_us;

      remembered[c] = (self->slow_us[i] != 0 && self->slow_us[i] >= since_us)
                      || upstream_jammed (self, table, i, since_us);
    }
  for (guint c = 0; c < n; c++)
    {
      guint32 i = candidates[c];
      RnStateMark mark;

      if (!remembered[c])
        continue;
      self->state[i] =
          rn_state_of (table, self->flow_vph[i], self->pub.network->lanes[i], self->speed_kmh[i],
                       self->effective_kmh[i], self->occupancy_pct[i], TRUE, &mark);
      self->mark[i] = mark;
    }
}

static void
remember (RnFramePrivate *self, const RnStateTable *table, guint32 i)
{
  if (self->state[i] >= table->standstill_own)
    self->slow_us[i] = self->flow_at_us[i];
  if (self->state[i] >= table->standstill_upstream)
    self->jam_us[i] = self->flow_at_us[i];
}

/* Memory is in data time: a state counts from the time when its row was true. */
static void
set_states (RnFramePrivate *self, const RnStateTable *table, const RnFrame *before)
{
  const RnNetwork *network = self->pub.network;
  guint n = network->n_sections, n_candidates = 0;
  g_autofree guint32 *candidates = g_new (guint32, MAX (n, 1));

  if (before != NULL && before->network == network)
    {
      memcpy (self->slow_us, before->slow_us, n * sizeof (gint64));
      memcpy (self->jam_us, before->jam_us, n * sizeof (gint64));
    }
  else
    {
      memset (self->slow_us, 0, n * sizeof (gint64));
      memset (self->jam_us, 0, n * sizeof (gint64));
    }
  for (guint i = 0; i < n; i++)
    {
      RnStateMark mark;

      self->state[i] = rn_state_of (table, self->flow_vph[i], network->lanes[i], self->speed_kmh[i],
                                    self->effective_kmh[i], self->occupancy_pct[i], FALSE, &mark);
      self->mark[i] = mark;
      self->los[i] = rn_los_of (table, self->flow_vph[i], self->capacity_vph[i]);
      if (mark == RN_MARK_FEW_VEHICLES && self->speed_kmh[i] <= table->standstill_kmh)
        candidates[n_candidates++] = i;
      remember (self, table, i);
    }
  look_for_standstill (self, table, candidates, n_candidates);
  for (guint c = 0; c < n_candidates; c++)
    remember (self, table, candidates[c]);
}

/* ---- figures ------------------------------------------------------------------------------- */

/* A mean over vehicle-kilometres; a row without flow counts as if it had the mean one. */
typedef struct {
  double km_flow, km_flow_speed, km; /* rows with flow */
  double other_km, other_km_speed;   /* rows without */
} SpeedMean;

static double
mean_speed (const SpeedMean *mean)
{
  double flow = mean->km > 0 ? mean->km_flow / mean->km : 0;

  if (flow <= 0)
    return mean->other_km > 0 ? mean->other_km_speed / mean->other_km : NAN;
  return (mean->km_flow_speed + flow * mean->other_km_speed)
         / (mean->km_flow + flow * mean->other_km);
}

static void
count_vehicles (RnFramePrivate *self)
{
  RnFigures *figures = &self->pub.figures;

  figures->vehicles_today = figures->vehicles_record = -1;
  for (guint i = 0; i < self->pub.kpis->len; i++)
    {
      const RnKpi *kpi = self->pub.kpis->pdata[i];

      if (!g_str_equal (kpi->id, VEHICLES_KPI))
        continue;
      if (kpi->value >= 0 && kpi->value < 1e15)
        figures->vehicles_today = llround (kpi->value);
      if (kpi->record_value >= 0 && kpi->record_value < 1e15)
        figures->vehicles_record = llround (kpi->record_value);
      return;
    }
}

/* A lost value is no data: it must not keep the figures calm. */
static void
set_figures (RnFramePrivate *self)
{
  RnFigures *figures = &self->pub.figures;
  const RnNetwork *network = self->pub.network;
  SpeedMean mean = { 0 };

  for (guint i = 0; i < network->n_sections; i++)
    {
      guint8 state = self->quality[i] == RN_QUALITY_LOST ? 0 : self->state[i];
      double km = network->length_m[i] / 1000.0, flow = self->flow_vph[i];

      figures->state_km[state] += km;
      if (state == 0)
        continue;
      figures->n_sections_known++;
      if (isnan (flow))
        {
          mean.other_km += km;
          mean.other_km_speed += km * self->speed_kmh[i];
        }
      else
        {
          mean.km += km;
          mean.km_flow += km * flow;
          mean.km_flow_speed += km * flow * self->speed_kmh[i];
        }
    }
  for (guint s = 1; s < RN_N_STATES; s++)
    figures->data_km += figures->state_km[s];
  figures->total_km = figures->data_km + figures->state_km[0];
  figures->slow_km = figures->state_km[3] + figures->state_km[4] + figures->state_km[5];
  figures->severe_km = figures->state_km[5];
  figures->smooth_rate = figures->data_km > 0 ? 1 - figures->slow_km / figures->data_km : NAN;
  figures->mean_speed_kmh = mean_speed (&mean);
  count_vehicles (self);
}

/* ---- all ----------------------------------------------------------------------------------- */

static void
index_facilities (RnFramePrivate *self)
{
  guint n = self->pub.network->n_facilities;

  self->facility_state_of = g_new (guint32, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    self->facility_state_of[i] = RN_NONE;
  for (guint i = 0; i < self->pub.facility_states->len; i++)
    {
      const RnFacilityState *state = self->pub.facility_states->pdata[i];

      if (state->facility < n)
        self->facility_state_of[state->facility] = i;
    }
  self->pub.facility_state_of = self->facility_state_of;
}

static void
copy_feeds (RnFramePrivate *self, const RnFeedStatus *const *feeds, guint n)
{
  self->feeds = g_new0 (RnFeedStatus *, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    self->feeds[i] = rn_feed_status_copy (feeds[i]);
  self->pub.feeds = (const RnFeedStatus *const *) self->feeds;
  self->pub.n_feeds = n;
}

RnFrame *
rn_frame_build (const RnNetwork *network, const RnFrameParts *parts, guint n_parts,
                const RnStateTable *table, gint64 at_us, const RnFrame *before,
                const RnFeedStatus *const *feeds, guint n_feeds)
{
  RnFramePrivate *self = frame_new (network);
  g_autoptr (RnHidden) hidden = rn_hidden_find (parts, n_parts);
  guint32 section = 0, facility = 0;

  self->pub.at_us = at_us;
  self->pub.serial = before != NULL ? before->serial + 1 : 1;
  for (guint k = 0; k < n_parts; k++)
    {
      const RnNetwork *part = parts[k].network;

      g_return_val_if_fail (section + part->n_sections <= network->n_sections, NULL);
      lay_flow (self, &parts[k], section);
      rn_frame_add_lists (&self->pub, &parts[k], section, facility, hidden);
      section += part->n_sections;
      facility += part->n_facilities;
    }
  g_return_val_if_fail (section == network->n_sections, NULL);
  rn_frame_apply_effects (self, parts, n_parts, hidden, (const RnFramePrivate *) before);
  set_states (self, table, before);
  index_facilities (self);
  set_figures (self);
  copy_feeds (self, feeds, n_feeds);
  for (guint i = 0; i < n_feeds; i++)
    rn_hidden_tell (hidden, self->feeds[i]);
  return &self->pub;
}
