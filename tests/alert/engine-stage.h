/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stage for tests of the engine: the road of fixture.h, a minute a frame, speeds as one character
 * a section ('0' … '9': tenths of the free speed; '-': no data), and entries said in short words. */
#pragma once

#include <math.h>
#include <string.h>

#include "../model/fixture.h"
#include "alert/rn-alert-engine.h"
#include "alert/rn-alert-group.h"

#define S G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * S)
#define T0 (G_GINT64_CONSTANT (1790822556) * S)
#define N 12 /* sections a direction */

typedef struct {
  RnNetwork *network;
  GPtrArray *incidents, *works, *controls;
  RnFeedStatus feed;
  gboolean has_feed;
  RnFrame *frame;
  RnRule *rules[4];
  guint n_rules;
  RnRuleSet *set;
  RnAlertEngine *engine;
  gint64 now_us;
  GPtrArray *entries; /* all so far */
} Stage;

/* A rule on the speed ratio: III below 0.45 until 0.55, II below 0.25 until 0.35; at once. */
static inline RnRule *
stage_rule (const char *id)
{
  RnRule *rule = rn_rule_new (id);

  rule->version = 1;
  rule->enabled = TRUE;
  rule->metric = RN_METRIC_SPEED_RATIO;
  rule->tiers[3] = (RnRuleTier){ .on = TRUE, .enter = 0.45, .exit = 0.55 };
  rule->tiers[2] = (RnRuleTier){ .on = TRUE, .enter = 0.25, .exit = 0.35 };
  rule->no_data = RN_NO_DATA_HOLD;
  rule->hold_max_us = 3600 * S;
  return rule;
}

static inline void
stage_begin (Stage *stage)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  stage->set = rn_rule_set_new (stage->rules, stage->n_rules);
  stage->engine = rn_alert_engine_new (stage->set, utc);
}

static inline void
stage_init (Stage *stage)
{
  memset (stage, 0, sizeof *stage);
  stage->network = fixture_road ("s", N);
  stage->incidents = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_incident_unref);
  stage->works = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_work_unref);
  stage->controls = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_control_unref);
  stage->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_entry_unref);
  stage->now_us = T0;
  stage->rules[stage->n_rules++] = stage_rule ("jam");
}

static inline void
stage_clear (Stage *stage)
{
  g_clear_pointer (&stage->engine, rn_alert_engine_free);
  g_clear_pointer (&stage->set, rn_rule_set_unref);
  g_clear_pointer (&stage->frame, rn_frame_unref);
  for (guint i = 0; i < stage->n_rules; i++)
    rn_rule_unref (stage->rules[i]);
  rn_network_unref (stage->network);
  g_ptr_array_unref (stage->incidents);
  g_ptr_array_unref (stage->works);
  g_ptr_array_unref (stage->controls);
  g_ptr_array_unref (stage->entries);
}

/* Sections: a0 … a11 by the first N characters; d0 … by those behind a blank, else free. */
static inline RnFlow *
stage_flow (Stage *stage, const char *speeds)
{
  g_autoptr (RnFlowUpdate) update = rn_flow_update_new (2 * N);
  const char *other = strchr (speeds, ' ');

  update->full = TRUE;
  update->observed_at_us = stage->now_us;
  for (guint i = 0; i < 2 * N; i++)
    {
      char c = i < N ? speeds[i] : other != NULL ? other[1 + i - N] : '9';

      update->section[i] = i;
      update->flow_vph[i] = c == '-' ? NAN : 3000;
      update->speed_kmh[i] = c == '-' ? NAN : (float) (c - '0') * 12;
      update->typical_speed_kmh[i] = 108;
    }
  return rn_flow_apply (NULL, update, stage->network->n_sections, FALSE);
}

static inline RnFrame *
stage_frame (Stage *stage, const char *speeds)
{
  g_autoptr (RnFlow) flow = stage_flow (stage, speeds);
  const RnFeedStatus *feeds[1] = { &stage->feed };
  RnFrameParts part = {
    .network = stage->network,
    .flow = flow,
    .flow_quality_cap = stage->has_feed
                            ? rn_feed_state_quality (stage->feed.state, FALSE)
                            : RN_QUALITY_LIVE,
    .now_us = stage->now_us,
    .poll_us = MINUTE,
    .incidents = stage->incidents,
    .works = stage->works,
    .controls = stage->controls,
  };

  return rn_frame_build (stage->network, &part, 1, rn_state_table_default (), stage->now_us,
                         stage->frame, feeds, stage->has_feed ? 1 : 0);
}

/* "a3" of "s/a3"; of an alert "jam a3". */
static inline char *
short_key (const char *key)
{
  g_auto (GStrv) words = g_strsplit_set (key, " :", 3);
  const char *slash = strrchr (key, '/');
  const char *id = slash != NULL ? slash + 1 : key;

  if (words[0] == NULL || words[1] == NULL)
    return g_strdup (id);
  return g_strdup_printf ("%s %s", words[0], id);
}

/* "raised jam a3 III ring", "raised jam a2 III under jam a3". */
static inline char *
entry_text (const RnAlertEntry *entry)
{
  GString *text = g_string_new (rn_alert_entry_word (entry->kind));

  if (entry->key != NULL)
    {
      g_autofree char *key = short_key (entry->key);

      g_string_append_printf (text, " %s", key);
    }
  if (entry->kind == RN_ENTRY_RAISED || entry->kind == RN_ENTRY_TIER
      || entry->kind == RN_ENTRY_RANG || entry->kind == RN_ENTRY_ESCALATED)
    g_string_append_printf (text, " %s", rn_tier_word (entry->tier));
  if (entry->kind == RN_ENTRY_EXTENT)
    {
      g_autofree char *head = short_key (entry->head);

      g_string_append_printf (text, " at %s %.0f", head, entry->queue_m);
    }
  if (entry->parent != NULL)
    {
      g_autofree char *parent = short_key (entry->parent);

      g_string_append_printf (text, " under %s", parent);
    }
  if (entry->rings)
    g_string_append (text, " ring");
  return g_string_free (text, FALSE);
}

static inline char *
entries_text (const GPtrArray *entries)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      g_autofree char *one = entry_text (entries->pdata[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", one);
    }
  return g_string_free (text, FALSE);
}

static inline char *
stage_note (Stage *stage, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (stage->entries, rn_alert_entry_ref (entries->pdata[i]));
  return entries_text (entries);
}

/* A frame with these speeds now, and a step; then a minute passes. What the engine gave, in words;
 * caller's. NULL speeds: the same frame again. */
static inline char *
stage_step (Stage *stage, const char *speeds)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_entry_unref);

  if (speeds != NULL)
    {
      RnFrame *frame = stage_frame (stage, speeds);

      g_clear_pointer (&stage->frame, rn_frame_unref);
      stage->frame = frame;
    }
  rn_alert_engine_step (stage->engine, stage->frame, stage->now_us, entries);
  stage->now_us += MINUTE;
  return stage_note (stage, entries);
}

/* Steps @n times with the same speeds; only what came of the last one, or of all. */
static inline char *
stage_hold (Stage *stage, const char *speeds, guint n)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = stage_step (stage, speeds);

      if (*text != '\0')
        g_string_append_printf (all, "%s%s", all->len > 0 ? "; " : "", text);
    }
  return g_string_free (all, FALSE);
}

/* An act of a person on the alert "RULE section:s/ID". */
static inline char *
stage_act (Stage *stage, RnAlertEntryKind kind, const char *rule, const char *id, int tier)
{
  g_autoptr (RnAlertEntry) act = rn_alert_entry_new (kind, stage->now_us);
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_entry_unref);
  g_autoptr (GError) error = NULL;

  act->key = g_strdup_printf ("%s section:s/%s", rule, id);
  act->person = g_strdup ("li");
  act->where = g_strdup ("seat-1");
  act->tier = tier;
  if (kind == RN_ENTRY_SHELVED || kind == RN_ENTRY_OUT_OF_SERVICE)
    act->text = g_strdup ("known");
  if (kind == RN_ENTRY_SHELVED)
    act->until_us = stage->now_us + 10 * MINUTE;
  if (!rn_alert_engine_take (stage->engine, act, entries, &error))
    return g_strdup (error->message);
  return stage_note (stage, entries);
}

static inline RnIncident *
stage_incident (Stage *stage, const char *id, guint32 section)
{
  RnIncident *incident = rn_incident_new ("s", id);

  incident->section = section;
  incident->type = RN_INCIDENT_CRASH;
  incident->status = RN_INCIDENT_CONFIRMED;
  g_ptr_array_add (stage->incidents, incident);
  return incident;
}

static inline RnWork *
stage_work (Stage *stage, const char *id, guint32 section)
{
  RnWork *work = rn_work_new ("s", id);

  work->sections = g_memdup2 (&section, sizeof section);
  work->n_sections = 1;
  work->capacity_factor = 0.5;
  g_ptr_array_add (stage->works, work);
  return work;
}

#define assert_text(call, expected)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *text_ = (call);                                                               \
                                                                                                   \
    g_assert_cmpstr (text_, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END
