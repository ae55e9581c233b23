/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of a step: who went, what network there is, what is new in the frame, then each rule in
 * turn. What a rule does is in the other files of the detector. */
#include "alert/rn-detector.h"

#include <string.h>

#include "alert/rn-detector-private.h"

#define MINUTE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define TOLD_NOTHING 0xff /* a class that no quality has: the first step tells it */

/* ---- life ---------------------------------------------------------------------------------- */

static void
state_clear (gpointer data)
{
  RnRuleState *state = data;

  rn_slots_clear (&state->slots);
  g_clear_pointer (&state->by_key, g_hash_table_unref);
  g_clear_pointer (&state->own, g_hash_table_unref);
  g_free (state->scope);
  g_free (state->has);
  g_free (state->slot_of);
}

static void
column_clear (gpointer data)
{
  g_free (((RnColumn *) data)->own);
}

RnDetector *
rn_detector_new (const RnRuleSet *rules, GTimeZone *zone)
{
  RnDetector *self = g_new0 (RnDetector, 1);

  self->rules = rn_rule_set_new (NULL, 0);
  self->zone = zone != NULL ? g_time_zone_ref (zone) : NULL;
  self->states = g_array_new (FALSE, FALSE, sizeof (RnRuleState));
  self->leaving = g_array_new (FALSE, FALSE, sizeof (RnRuleState));
  self->columns = g_array_new (FALSE, FALSE, sizeof (RnColumn));
  g_array_set_clear_func (self->states, state_clear);
  g_array_set_clear_func (self->leaving, state_clear);
  g_array_set_clear_func (self->columns, column_clear);
  self->old_rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_rule_set_unref);
  self->old_keys = g_ptr_array_new_with_free_func (g_free);
  self->faults = rn_threshold_faults_new ();
  self->queue = rn_queue_new ();
  self->minute = -1;
  rn_detector_set_rules (self, rules);
  return self;
}

void
rn_detector_free (RnDetector *self)
{
  g_array_unref (self->states);
  g_array_unref (self->leaving);
  g_array_unref (self->columns);
  g_ptr_array_unref (self->old_rules);
  g_ptr_array_unref (self->old_keys);
  rn_threshold_faults_unref (self->faults);
  rn_queue_free (self->queue);
  g_clear_pointer (&self->frame, rn_frame_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  rn_rule_set_unref (self->rules);
  g_free (self->last_us);
  g_free (self->sampled);
  g_free (self->todo);
  g_free (self->poll_us);
  g_free (self->waits);
  g_free (self);
}

/* ---- rules --------------------------------------------------------------------------------- */

static RnRuleState *
find_state (GArray *states, const char *id)
{
  for (guint i = 0; i < states->len; i++)
    {
      RnRuleState *state = &g_array_index (states, RnRuleState, i);

      if (g_str_equal (state->rule->id, id))
        return state;
    }
  return NULL;
}

static RnRuleState
state_new (const RnRule *rule)
{
  RnRuleState state = { .rule = rule, .kind = rn_metric_subject_kind (rule->metric) };

  rn_rule_limits (rule, &state.limits);
  rn_slots_init (&state.slots, state.limits.ring);
  state.by_key = g_hash_table_new (g_str_hash, g_str_equal);
  return state;
}

/* What was remembered for the rule of this id goes on. */
static void
inherit (RnDetector *self, RnRuleState *state, RnRuleState *old)
{
  if (old->has != NULL)
    rn_detector_leave_network (old, self->frame->network);
  g_hash_table_unref (state->by_key);
  state->by_key = g_steal_pointer (&old->by_key);
  state->slots = old->slots;
  rn_slots_init (&old->slots, 0);
  rn_slots_set_ring (&state->slots, state->limits.ring);
}

/* A rule that takes the place of one over other things inherits nothing: the old alerts end. */
static void
leave (RnDetector *self, RnRuleState *old)
{
  if (old->has != NULL)
    rn_detector_leave_network (old, self->frame->network);
  if (old->slots.n_used == 0)
    return;
  g_array_append_val (self->leaving, *old);
  *old = (RnRuleState){ .rule = old->rule };
}

/* Found anew with other rules and with another network: what was given away stays as it is. */
static void
renew_faults (RnDetector *self)
{
  rn_threshold_faults_unref (self->faults);
  self->faults = rn_threshold_faults_new ();
}

static void
need_column (RnDetector *self, const RnRule *rule)
{
  RnColumn column = { .metric = rule->metric, .select = rule->select };

  for (guint c = 0; c < self->columns->len; c++)
    {
      const RnColumn *at = &g_array_index (self->columns, RnColumn, c);

      if (at->metric == rule->metric && g_strcmp0 (at->select, rule->select) == 0)
        return;
    }
  g_array_append_val (self->columns, column);
}

void
rn_detector_set_rules (RnDetector *self, const RnRuleSet *rules)
{
  GArray *old = self->states;

  self->states = g_array_new (FALSE, FALSE, sizeof (RnRuleState));
  g_array_set_clear_func (self->states, state_clear);
  g_array_set_size (self->columns, 0);
  renew_faults (self);
  for (guint i = 0; i < rules->n; i++)
    {
      const RnRule *rule = rules->rules[i];
      RnRuleState *before = find_state (old, rule->id), state;

      if (!rule->enabled)
        continue;
      state = state_new (rule);
      if (before != NULL && before->kind == state.kind && before->by_key != NULL)
        inherit (self, &state, before);
      if (state.kind == RN_SUBJECT_SECTION)
        need_column (self, rule);
      if (self->frame != NULL)
        rn_detector_enter_network (self, &state, self->frame->network);
      g_array_append_val (self->states, state);
    }
  for (guint i = 0; i < old->len; i++)
    if (g_array_index (old, RnRuleState, i).by_key != NULL)
      leave (self, &g_array_index (old, RnRuleState, i));
  g_array_unref (old);
  g_ptr_array_add (self->old_rules, self->rules);
  self->rules = rn_rule_set_ref (rules);
  if (self->frame != NULL)
    rn_scope_check_own (rules, self->frame->network, self->faults);
  self->minute = -1;
  self->rules_changed = TRUE;
}

void
rn_detector_set_zone (RnDetector *self, GTimeZone *zone)
{
  GTimeZone *before = self->zone;

  self->zone = zone != NULL ? g_time_zone_ref (zone) : NULL;
  g_clear_pointer (&before, g_time_zone_unref);
  self->minute = -1; /* schedules are looked at anew */
}

const RnRuleSet *
rn_detector_get_rules (const RnDetector *self)
{
  return self->rules;
}

const RnThresholdFaults *
rn_detector_get_threshold_faults (const RnDetector *self)
{
  return self->faults;
}

/* ---- network ------------------------------------------------------------------------------- */

static void
make_columns (RnDetector *self, const RnNetwork *network, const RnNetwork *before)
{
  g_autofree gint64 *last_us = g_steal_pointer (&self->last_us);

  self->n_sections = network->n_sections;
  self->n_padded = (network->n_sections + 7) & ~7u;
  self->last_us = g_new0 (gint64, MAX (self->n_padded, 1));
  for (guint i = 0; before != NULL && before->n_sections > 0 && i < network->n_sections; i++)
    {
      guint32 old = rn_network_find_section_key (before, network->key[i]);

      if (old != RN_NONE)
        self->last_us[i] = last_us[old];
    }
  g_free (self->sampled);
  g_free (self->todo);
  g_free (self->poll_us);
  g_free (self->waits);
  self->sampled = g_malloc0 (MAX (self->n_padded, 1));
  self->todo = g_malloc0 (MAX (self->n_padded, 1));
  self->poll_us = g_new0 (gint64, MAX (network->n_sources, 1));
  self->waits = g_malloc0 (MAX (network->n_sources, 1));
  for (guint c = 0; c < self->columns->len; c++)
    g_clear_pointer (&g_array_index (self->columns, RnColumn, c).own, g_free);
}

static void
take_network (RnDetector *self, const RnNetwork *network)
{
  const RnNetwork *before = self->frame != NULL ? self->frame->network : NULL;

  if (network == before)
    return;
  for (guint i = 0; before != NULL && i < self->states->len; i++)
    rn_detector_leave_network (&g_array_index (self->states, RnRuleState, i), before);
  make_columns (self, network, before);
  renew_faults (self);
  for (guint i = 0; i < self->states->len; i++)
    rn_detector_enter_network (self, &g_array_index (self->states, RnRuleState, i), network);
  rn_scope_check_own (self->rules, network, self->faults);
}

/* ---- a step -------------------------------------------------------------------------------- */

static void
take_frame (RnDetector *self, const RnFrame *frame, gint64 now_us)
{
  self->back = self->frame != NULL && frame->at_us < self->frame->at_us;
  take_network (self, frame->network);
  for (guint c = 0; c < self->columns->len; c++)
    g_array_index (self->columns, RnColumn, c).values = NULL;
  rn_detector_mark_samples (self, frame);
  rn_frame_ref (frame);
  g_clear_pointer (&self->frame, rn_frame_unref);
  self->frame = (RnFrame *) frame;
  self->frame_now_us = now_us;
}

/* Schedules are written in minutes. */
static void
look_at_hours (RnDetector *self, gint64 now_us)
{
  gint64 minute = now_us / MINUTE_US;

  if (minute == self->minute)
    return;
  self->minute = minute;
  for (guint i = 0; i < self->states->len; i++)
    {
      RnRuleState *state = &g_array_index (self->states, RnRuleState, i);

      state->on = rn_rule_is_on (state->rule, now_us, self->zone);
    }
}

static void
end_leaving (RnDetector *self, const RnFrame *frame, GArray *findings)
{
  for (guint i = 0; i < self->leaving->len; i++)
    {
      RnRuleState *state = &g_array_index (self->leaving, RnRuleState, i);

      for (guint32 at = 0; at < state->slots.n; at++)
        if (state->slots.slots[at].key != NULL)
          {
            rn_detector_tell_end (self, state, &state->slots.slots[at], TRUE, frame, findings);
            rn_detector_release (self, state, at);
          }
    }
  g_array_set_size (self->leaving, 0);
}

void
rn_detector_step (RnDetector *self, const RnFrame *frame, gint64 now_us, GArray *findings)
{
  gboolean fresh = frame != self->frame;

  g_ptr_array_set_size (self->old_keys, 0);
  /* Sets that went before the last step; what left since then is told in this one. */
  if (!self->rules_changed)
    g_ptr_array_set_size (self->old_rules, 0);
  self->rules_changed = FALSE;
  if (self->first_us == 0)
    self->first_us = now_us;
  self->step++;
  self->back = FALSE;
  if (fresh)
    take_frame (self, frame, now_us);
  look_at_hours (self, now_us);
  end_leaving (self, frame, findings);
  for (guint i = 0; i < self->states->len; i++)
    {
      RnRuleState *state = &g_array_index (self->states, RnRuleState, i);

      if (state->kind == RN_SUBJECT_SECTION)
        rn_detector_step_sections (self, state, frame, now_us, fresh, findings);
      else
        rn_detector_step_things (self, state, frame, now_us, findings);
    }
}

/* An alert whose rule is no more, or is over other things now: it ends in the first step. */
static RnRuleState
state_of_nothing (RnDetector *self, const char *rule_id, RnSubjectKind kind)
{
  RnRule *rule = rn_rule_new (rule_id);
  RnRuleState state = state_new (rule);

  state.kind = kind;
  g_ptr_array_add (self->old_rules, rn_rule_set_new (&rule, 1));
  rn_rule_unref (rule);
  self->rules_changed = TRUE;
  return state;
}

static void
restore_into (RnRuleState *state, const char *key, RnCondition condition, int tier, gint64 at_us)
{
  guint32 at = rn_slots_take (&state->slots);
  RnSlot *slot = &state->slots.slots[at];

  rn_latch_restore (&slot->latch, &state->limits, condition, tier, at_us);
  slot->key = g_strdup (key);
  slot->told_condition = condition;
  slot->told_tier = tier;
  slot->told_class = TOLD_NOTHING;
  g_hash_table_insert (state->by_key, slot->key, GUINT_TO_POINTER (at + 1));
}

void
rn_detector_restore (RnDetector *self, const char *rule_id, const RnSubject *subject,
                     RnCondition condition, int tier, gint64 at_us)
{
  RnRuleState *state = find_state (self->states, rule_id);

  g_return_if_fail (tier > 0 && tier < RN_N_TIERS && condition >= RN_CONDITION_ACTIVE);
  if (state == NULL || state->kind != subject->kind)
    {
      RnRuleState nothing = state_of_nothing (self, rule_id, subject->kind);

      restore_into (&nothing, subject->key, condition, tier, at_us);
      g_array_append_val (self->leaving, nothing);
    }
  else if (!g_hash_table_contains (state->by_key, subject->key))
    restore_into (state, subject->key, condition, tier, at_us);
}
