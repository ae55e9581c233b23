/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules over sections. Per rule a loop without branches marks who is beyond an entering limit or
 * has something remembered; only those are looked at one by one. With 100,000 sections and 20 rules
 * that is what makes a step cost milliseconds. */
#include <math.h>
#include <string.h>

#include "alert/rn-detector-private.h"

/* ---- networks ------------------------------------------------------------------------------ */

/* Slots get their keys, for a network in which sections have other indices. */
void
rn_detector_leave_network (RnRuleState *state, const RnNetwork *network)
{
  for (guint32 i = 0; state->has != NULL && i < network->n_sections; i++)
    {
      RnSlot *slot;

      if (!state->has[i])
        continue;
      slot = &state->slots.slots[state->slot_of[i]];
      slot->key = g_strdup (network->key[i]);
      slot->index = RN_NONE;
      g_hash_table_insert (state->by_key, slot->key, GUINT_TO_POINTER (state->slot_of[i] + 1));
    }
  g_clear_pointer (&state->has, g_free);
  g_clear_pointer (&state->slot_of, g_free);
  g_clear_pointer (&state->scope, g_free);
  g_clear_pointer (&state->own, g_hash_table_unref);
}

static void
attach_slots (RnRuleState *state, const RnNetwork *network)
{
  for (guint32 at = 0; at < state->slots.n; at++)
    {
      RnSlot *slot = &state->slots.slots[at];
      guint32 i = slot->key != NULL ? rn_network_find_section_key (network, slot->key) : RN_NONE;

      if (i == RN_NONE || state->scope[i] == RN_SCOPE_OUT)
        continue;
      state->has[i] = TRUE;
      state->slot_of[i] = at;
      slot->index = i;
      g_hash_table_remove (state->by_key, slot->key);
      g_clear_pointer (&slot->key, g_free);
    }
}

void
rn_detector_enter_network (RnDetector *self, RnRuleState *state, const RnNetwork *network)
{
  guint n = network->n_sections;
  GHashTableIter iter;
  gpointer key;

  state->scope = g_malloc0 (self->n_padded);
  rn_scope_mark_sections (&state->rule->scope, network, state->scope);
  if (state->kind != RN_SUBJECT_SECTION)
    return;
  state->has = g_malloc0 (self->n_padded);
  state->slot_of = g_new (guint32, MAX (n, 1));
  state->own = rn_scope_read_own (state->rule, network, self->faults);
  if (state->own != NULL)
    {
      g_hash_table_iter_init (&iter, state->own);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        if (state->scope[GPOINTER_TO_UINT (key) - 1] != RN_SCOPE_OUT)
          state->scope[GPOINTER_TO_UINT (key) - 1] = RN_SCOPE_OWN;
    }
  attach_slots (state, network);
}

/* ---- samples ------------------------------------------------------------------------------- */

/* At the start flow may come before the controls and works that explain it: a limit of 60 would
 * look like a jam. A feed is waited for as long as none of its answers is overdue. */
static gboolean
is_waiting (const RnFrame *frame, const char *source)
{
  static const RnFeedKind kinds[] = { RN_FEED_INCIDENTS, RN_FEED_WORKS, RN_FEED_WEATHER };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      const RnFeedStatus *feed = rn_metric_find_feed (frame, source, kinds[k]);

      if (feed != NULL && feed->state == RN_FEED_WAITING)
        return TRUE;
    }
  return FALSE;
}

/* A row that was judged early is judged again once all that bears on it is there. */
void
rn_detector_mark_samples (RnDetector *self, const RnFrame *frame)
{
  const RnNetwork *network = frame->network;

  for (guint s = 0; s < network->n_sources; s++)
    {
      const RnFeedStatus *feed = rn_metric_find_feed (frame, network->sources[s], RN_FEED_FLOW);

      self->poll_us[s] = feed != NULL ? feed->poll_us : 0;
      if (is_waiting (frame, network->sources[s]))
        self->waits[s] = RN_WAITS_YES;
      else
        self->waits[s] = self->waits[s] == RN_WAITS_YES ? RN_WAITS_NO_LONGER : RN_WAITS_NO;
    }
  for (guint i = 0; i < network->n_sections; i++)
    {
      gint64 at_us = frame->flow_at_us[i], last_us = self->last_us[i];

      self->sampled[i] = RN_SAMPLED_NO;
      if (at_us == 0 || !rn_quality_is_usable (frame->quality[i])
          || (at_us == last_us && self->waits[network->source[i]] != RN_WAITS_NO_LONGER))
        continue;
      if (at_us >= last_us)
        self->sampled[i] = RN_SAMPLED;
      else if (last_us - at_us > rn_max_gap_us (self->poll_us[network->source[i]]))
        self->sampled[i] = RN_SAMPLED_BACK;
      else
        continue; /* a row that lags more than it did is no news */
      self->last_us[i] = at_us;
    }
}

static const float *
column_of (RnDetector *self, const RnFrame *frame, const RnRule *rule)
{
  for (guint c = 0; c < self->columns->len; c++)
    {
      RnColumn *column = &g_array_index (self->columns, RnColumn, c);

      if (column->metric != rule->metric || g_strcmp0 (column->select, rule->select) != 0)
        continue;
      if (column->values != NULL)
        return column->values;
      if (column->own == NULL)
        column->own = g_new (float, MAX (self->n_padded, 1));
      column->values =
          rn_metric_column (frame, rule->metric, rule->select, self->queue, column->own);
      return column->values;
    }
  g_return_val_if_reached (NULL);
}

/* ---- who is looked at ---------------------------------------------------------------------- */

/* The limit that comes first of all tiers. */
static float
first_limit (const RnLatchLimits *limits)
{
  double first = NAN;

  for (int t = 1; t < RN_N_TIERS; t++)
    if (limits->tiers[t].on
        && (isnan (first) || rn_bad_side_is_beyond (limits->side, first, limits->tiers[t].enter)))
      first = limits->tiers[t].enter;
  return (float) first;
}

/* scope: bit 0 in, bit 1 has limits of its own. A NaN is beyond nothing. */
static void
mark_low (const float *v, float limit, const guint8 *scope, const guint8 *sampled,
          const guint8 *has, guint8 *todo, guint n)
{
  for (guint i = 0; i < n; i++)
    todo[i] = ((((guint8) (v[i] <= limit) & scope[i]) | (scope[i] >> 1)) & sampled[i] & 1) | has[i];
}

static void
mark_high (const float *v, float limit, const guint8 *scope, const guint8 *sampled,
           const guint8 *has, guint8 *todo, guint n)
{
  for (guint i = 0; i < n; i++)
    todo[i] = ((((guint8) (v[i] >= limit) & scope[i]) | (scope[i] >> 1)) & sampled[i] & 1) | has[i];
}

/* Where missing data is an alert by itself. */
static void
mark_missing (const float *v, const guint8 *quality, const guint8 *scope, guint8 *todo, guint n)
{
  for (guint i = 0; i < n; i++)
    todo[i] |= scope[i] & (isnan (v[i]) || !rn_quality_is_usable (quality[i]));
}

/* A float limit may lie a hair on the safe side of the double one: the latch decides. */
static float
widen (RnBadSide side, float limit)
{
  return nextafterf (limit, side == RN_BAD_LOW ? INFINITY : -INFINITY);
}

static const guint8 *
mark (RnDetector *self, RnRuleState *state, const RnFrame *frame, const float *values)
{
  float limit = widen (state->limits.side, first_limit (&state->limits));
  guint n = self->n_sections;

  if (state->limits.side == RN_BAD_LOW)
    mark_low (values, limit, state->scope, self->sampled, state->has, self->todo, n);
  else
    mark_high (values, limit, state->scope, self->sampled, state->has, self->todo, n);
  if (state->rule->no_data == RN_NO_DATA_ALERT)
    mark_missing (values, frame->quality, state->scope, self->todo, n);
  return self->todo;
}

/* ---- one by one ---------------------------------------------------------------------------- */

static RnLatchLimits
limits_of (const RnRuleState *state, guint32 i)
{
  RnLatchLimits limits = state->limits;

  if (state->scope[i] == RN_SCOPE_OWN)
    limits.tiers = g_hash_table_lookup (state->own, GUINT_TO_POINTER (i + 1));
  return limits;
}

/* A new subject is judged beside the pool first: most of those that are beyond a limit and held by
 * a guard need no place in it. */
static void
look_at_new (RnDetector *self, RnRuleState *state, guint32 i, const RnSeen *seen,
             const RnFrame *frame, gint64 now_us, GArray *findings)
{
  RnLatchLimits limits = limits_of (state, i);
  RnSlots *slots = &state->slots;
  RnSlot *slot;
  guint32 at = rn_slots_take (slots);

  slot = &slots->slots[at];
  slot->index = i;
  rn_detector_see (state, &limits, slot, rn_slots_ring (slots, at), seen, frame, now_us);
  rn_detector_tell (self, state, &limits, slot, frame->network->key[i], seen, frame, now_us,
                    findings);
  if (!rn_detector_keeps (state, slot))
    {
      rn_slots_release (slots, at);
      return;
    }
  state->has[i] = TRUE;
  state->slot_of[i] = at;
}

static void
look_again (RnDetector *self, RnRuleState *state, guint32 i, const RnSeen *seen,
            const RnFrame *frame, gint64 now_us, GArray *findings)
{
  RnLatchLimits limits = limits_of (state, i);
  RnSlots *slots = &state->slots;
  guint32 at = state->slot_of[i];
  RnSlot *slot = &slots->slots[at];

  if (!state->on)
    rn_detector_tell_end (self, state, slot, TRUE, frame, findings);
  else
    {
      rn_detector_see (state, &limits, slot, rn_slots_ring (slots, at), seen, frame, now_us);
      rn_detector_tell (self, state, &limits, slot, frame->network->key[i], seen, frame, now_us,
                        findings);
    }
  if (state->on && rn_detector_keeps (state, slot))
    return;
  rn_slots_release (slots, at);
  state->has[i] = FALSE;
}

/* Columns are floats; the few that are looked at are measured as everybody else measures them, but
 * for queues, which have been walked already. */
static double
exact_value (RnDetector *self, const RnRule *rule, const RnFrame *frame, guint32 i, float value)
{
  if (rule->metric == RN_METRIC_QUEUE_M)
    return value;
  return rn_metric_of_section (frame, rule->metric, rule->select, i, self->queue);
}

static void
look_at (RnDetector *self, RnRuleState *state, guint32 i, float value, guint8 sampled,
         const RnFrame *frame, gint64 now_us, GArray *findings)
{
  RnSeen seen = { .value = exact_value (self, state->rule, frame, i, value),
                  .quality = frame->quality[i],
                  .at_us = frame->flow_at_us[i],
                  .poll_us = self->poll_us[frame->network->source[i]],
                  .sampled = sampled,
                  .early = self->waits[frame->network->source[i]] == RN_WAITS_YES };

  seen.enters =
      state->on && sampled != RN_SAMPLED_NO
      && rn_detector_guards_hold (state->rule, frame, RN_SUBJECT_SECTION, i, NULL, self->queue);
  if (state->has[i])
    look_again (self, state, i, &seen, frame, now_us, findings);
  else if (state->on)
    look_at_new (self, state, i, &seen, frame, now_us, findings);
}

static guint64
word_at (const guint8 *bytes, guint i)
{
  guint64 word;

  memcpy (&word, bytes + i, sizeof word);
  return word;
}

/* ---- waiting for their section --------------------------------------------------------------- */

/* Whether the network of the key's source is there, or will never come. */
static gboolean
network_has_come (const RnDetector *self, const RnFrame *frame, const RnSlot *slot, gint64 now_us)
{
  for (guint s = 0; s < frame->network->n_sources; s++)
    if (rn_detector_is_key_of (slot->key, frame->network->sources[s]))
      return TRUE;
  for (guint f = 0; f < frame->n_feeds; f++)
    if (rn_detector_is_key_of (slot->key, frame->feeds[f]->source))
      return FALSE;
  return !slot->latch.restored || now_us - self->first_us > RN_RESTORE_WAIT_US;
}

static void
look_at_homeless (RnDetector *self, RnRuleState *state, guint32 at, const RnFrame *frame,
                  gint64 now_us, GArray *findings)
{
  RnSlot *slot = &state->slots.slots[at];
  RnSeen seen = { .value = NAN, .quality = RN_QUALITY_UNKNOWN };

  if (!network_has_come (self, frame, slot, now_us))
    {
      rn_detector_see (state, &state->limits, slot, NULL, &seen, frame, now_us);
      rn_detector_tell (self, state, &state->limits, slot, slot->key, &seen, frame, now_us,
                        findings);
      if (slot->latch.latched != 0)
        return;
    }
  rn_detector_tell_end (self, state, slot, TRUE, frame, findings);
  rn_detector_release (self, state, at);
}

/* ---- all ------------------------------------------------------------------------------------- */

void
rn_detector_step_sections (RnDetector *self, RnRuleState *state, const RnFrame *frame,
                           gint64 now_us, gboolean fresh, GArray *findings)
{
  const float *values = NULL;
  const guint8 *todo = state->has;

  for (guint32 at = 0; g_hash_table_size (state->by_key) > 0 && at < state->slots.n; at++)
    if (state->slots.slots[at].key != NULL)
      look_at_homeless (self, state, at, frame, now_us, findings);
  if (self->n_sections == 0 || (!fresh && state->slots.n_used == 0))
    return;
  if (fresh || state->slots.n_used > 0)
    values = column_of (self, frame, state->rule);
  if (fresh)
    todo = mark (self, state, frame, values);
  for (guint i = 0; i < self->n_sections; i += 8)
    {
      if (word_at (todo, i) == 0)
        continue;
      for (guint k = i; k < MIN (i + 8, self->n_sections); k++)
        if (todo[k])
          look_at (self, state, k, values[k], fresh ? self->sampled[k] : RN_SAMPLED_NO, frame,
                   now_us, findings);
    }
}
