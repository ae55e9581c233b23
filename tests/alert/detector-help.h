/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small world for tests of the detector: one road whose rows are set by hand, and rules by a line
 * each. */
#pragma once

#include <math.h>
#include <string.h>

#include "../model/fixture.h"
#include "alert/rn-detector.h"

#define S G_GINT64_CONSTANT (1000000)
#define T0 (G_GINT64_CONSTANT (1790822556) * S)
#define HELP_MAX 64

typedef struct {
  RnNetwork *network;
  RnFrame *frame; /* the last one */
  gint64 at_us, now_us, poll_us;
  float speed[HELP_MAX], flow[HELP_MAX], occupancy[HELP_MAX], typical[HELP_MAX];
  gboolean lacking[HELP_MAX]; /* not in the answer */
  gint32 offset_s[HELP_MAX];
  RnFeedState state;
  gboolean refused;
  GPtrArray *incidents, *works, *stations, *facilities, *kpis; /* borrowed by frames */
  gboolean no_feeds;
} HelpWorld;

static inline void
help_world_init (HelpWorld *self, RnNetwork *network)
{
  *self = (HelpWorld){ .network = network, .at_us = T0, .now_us = T0, .poll_us = 60 * S,
                       .state = RN_FEED_LIVE };
  for (guint i = 0; i < HELP_MAX; i++)
    {
      self->speed[i] = 110;
      self->flow[i] = 3000;
      self->occupancy[i] = self->typical[i] = NAN;
    }
  self->incidents = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_incident_unref);
  self->works = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_work_unref);
  self->stations = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_station_unref);
  self->facilities = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_facility_state_unref);
  self->kpis = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_kpi_unref);
}

static inline void
help_world_clear (HelpWorld *self)
{
  g_clear_pointer (&self->frame, rn_frame_unref);
  g_clear_pointer (&self->network, rn_network_unref);
  g_ptr_array_unref (self->incidents);
  g_ptr_array_unref (self->works);
  g_ptr_array_unref (self->stations);
  g_ptr_array_unref (self->facilities);
  g_ptr_array_unref (self->kpis);
}

static inline RnFlow *
help_world_flow (const HelpWorld *self)
{
  g_autoptr (RnFlowUpdate) update = rn_flow_update_new (self->network->n_sections);
  guint n = 0;

  update->observed_at_us = self->at_us;
  update->full = TRUE;
  update->offset_s = g_new0 (gint32, self->network->n_sections);
  for (guint i = 0; i < self->network->n_sections; i++)
    {
      if (self->lacking[i])
        continue;
      update->section[n] = i;
      update->speed_kmh[n] = self->speed[i];
      update->flow_vph[n] = self->flow[i];
      update->occupancy_pct[n] = self->occupancy[i];
      update->typical_speed_kmh[n] = self->typical[i];
      update->offset_s[n] = self->offset_s[i];
      n++;
    }
  update->n = n;
  return rn_flow_apply (NULL, update, self->network->n_sections, FALSE);
}

/* The next frame, @data_s later by data and by the session's clock. */
static inline const RnFrame *
help_world_next (HelpWorld *self, int data_s)
{
  static const RnFeedKind kinds[] = { RN_FEED_NETWORK, RN_FEED_FLOW,       RN_FEED_INCIDENTS,
                                      RN_FEED_WORKS,   RN_FEED_WEATHER,    RN_FEED_FACILITIES,
                                      RN_FEED_KPIS };
  g_autoptr (RnFlow) flow = NULL;
  RnFeedStatus status[G_N_ELEMENTS (kinds)];
  const RnFeedStatus *feeds[G_N_ELEMENTS (kinds)];
  RnFrameParts part = { .network = self->network, .poll_us = self->poll_us,
                        .incidents = self->incidents, .works = self->works,
                        .stations = self->stations, .facility_states = self->facilities,
                        .kpis = self->kpis };
  RnFrame *frame;

  self->at_us += data_s * S;
  self->now_us += data_s * S;
  flow = help_world_flow (self);
  part.flow = flow;
  part.now_us = self->at_us;
  part.flow_quality_cap = rn_feed_state_quality (self->state, FALSE);
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      status[k] = (RnFeedStatus){ .source = "t", .adapter = "roadnet", .kind = kinds[k],
                                  .state = self->state, .refused = self->refused,
                                  .observed_at_us = self->at_us, .rate = 1,
                                  .poll_us = kinds[k] == RN_FEED_NETWORK ? 0 : self->poll_us };
      feeds[k] = &status[k];
    }
  frame = rn_frame_build (self->network, &part, 1, rn_state_table_default (), self->at_us,
                          self->frame, feeds, self->no_feeds ? 0 : G_N_ELEMENTS (kinds));
  g_clear_pointer (&self->frame, rn_frame_unref);
  self->frame = frame;
  return frame;
}

static inline RnRule *
help_rule (const char *id, RnMetric metric)
{
  RnRule *rule = rn_rule_new (id);

  rule->metric = metric;
  rule->hold_max_us = 180 * S;
  return rule;
}

static inline void
help_tier (RnRule *rule, int tier, double enter, double exit, int for_s, int keep_s)
{
  rule->tiers[tier] = (RnRuleTier){ .on = TRUE, .enter = enter, .exit = exit,
                                    .for_us = for_s * S, .keep_us = keep_s * S };
}

static inline void
help_guard (RnRule *rule, RnMetric metric, double above, double below)
{
  rule->guards = g_renew (RnRuleGuard, rule->guards, rule->n_guards + 1);
  rule->guards[rule->n_guards++] = (RnRuleGuard){ metric, above, below };
}

/* Takes over @rule. */
static inline RnDetector *
help_detector (RnRule *rule)
{
  RnRuleSet *set = rn_rule_set_new (&rule, 1);
  RnDetector *detector = rn_detector_new (set, NULL);

  rn_rule_set_unref (set);
  rn_rule_unref (rule);
  return detector;
}

/* "A3" active in tier III, "R2" recovering, "N" normal, "G" gone; after a colon what its data is
 * when it is not live: m missing, s stale, f suspect, l lost. */
static inline void
help_say (GString *out, const RnFinding *finding)
{
  static const char qualities[] = { [RN_QUALITY_UNKNOWN] = 'm', [RN_QUALITY_LIVE] = 0,
                                    [RN_QUALITY_LATE] = 0,      [RN_QUALITY_STALE] = 's',
                                    [RN_QUALITY_SUSPECT] = 'f', [RN_QUALITY_LOST] = 'l' };

  if (finding->condition == RN_CONDITION_NORMAL)
    g_string_append_c (out, finding->gone ? 'G' : 'N');
  else
    {
      g_string_append_printf (out, "%c%d", finding->condition == RN_CONDITION_ACTIVE ? 'A' : 'R',
                              finding->tier);
      if (qualities[finding->quality] != 0)
        g_string_append_printf (out, ":%c", qualities[finding->quality]);
    }
}
