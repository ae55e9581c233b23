/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what is seen of a subject to its latch, and from the latch to a finding. */
#include <math.h>
#include <string.h>

#include "alert/rn-detector-private.h"

void
rn_rule_limits (const RnRule *rule, RnLatchLimits *limits)
{
  *limits = (RnLatchLimits){ .side = rn_rule_bad_side (rule), .tiers = rule->tiers };
  for (int t = 1; t < RN_N_TIERS; t++)
    if (rule->tiers[t].on)
      limits->ring = MAX (limits->ring, rule->tiers[t].count);
}

/* ---- guards -------------------------------------------------------------------------------- */

static gboolean
guard_holds (const RnRuleGuard *guard, double value)
{
  if (isnan (value))
    return TRUE;
  return (isnan (guard->above) || value > guard->above)
         && (isnan (guard->below) || value < guard->below);
}

gboolean
rn_detector_guards_hold (const RnRule *rule, const RnFrame *frame, RnSubjectKind kind,
                         guint32 section, const char *key, RnQueue *queue)
{
  if (rule->n_guards == 0 || (kind == RN_SUBJECT_SECTION && rn_metric_stands (frame, section)))
    return TRUE;
  for (guint g = 0; g < rule->n_guards; g++)
    {
      const RnRuleGuard *guard = &rule->guards[g];
      double value = kind == RN_SUBJECT_SECTION
                         ? rn_metric_of_section (frame, guard->metric, NULL, section, queue)
                         : rn_metric_measure (frame, guard->metric, NULL, kind, key, NULL);

      if (!guard_holds (guard, value))
        return FALSE;
    }
  return TRUE;
}

/* ---- seeing -------------------------------------------------------------------------------- */

static gboolean
is_usable (const RnSeen *seen)
{
  return !isnan (seen->value) && rn_quality_is_usable (seen->quality);
}

/* Missing for longer than a rule holds it, and for more than one poll: what is missing once proves
 * nothing. */
static gboolean
is_overdue (const RnRule *rule, const RnLatch *latch, const RnSeen *seen, const RnFrame *frame,
            gint64 now_us)
{
  gint64 held_us = now_us - latch->missing_us;
  gint64 data_us = MAX (frame->at_us - latch->missing_at_us, held_us);

  return latch->missing_us != 0 && held_us >= rule->hold_max_us
         && data_us >= seen->poll_us + seen->poll_us / 2;
}

static void
see_missing (RnRuleState *state, const RnLatchLimits *limits, RnLatch *latch, const RnSeen *seen,
             const RnFrame *frame, gint64 now_us)
{
  rn_latch_miss (latch, now_us, frame->at_us);
  if (!is_overdue (state->rule, latch, seen, frame, now_us))
    return;
  rn_latch_drop_pending (latch);
  if (state->rule->no_data == RN_NO_DATA_NORMAL)
    latch->latched = latch->keeping = 0;
  else if (state->rule->no_data == RN_NO_DATA_ALERT && latch->latched == 0 && state->on)
    rn_latch_set_missing (latch, limits, frame->at_us);
}

void
rn_detector_see (RnRuleState *state, const RnLatchLimits *limits, RnSlot *slot, gint64 *rings,
                 const RnSeen *seen, const RnFrame *frame, gint64 now_us)
{
  RnSample sample = { .value = seen->value,
                      .at_us = seen->at_us,
                      .enters = seen->enters,
                      .early = seen->early,
                      .back = seen->sampled == RN_SAMPLED_BACK,
                      .max_gap_us = rn_max_gap_us (seen->poll_us) };

  if (!is_usable (seen))
    see_missing (state, limits, &slot->latch, seen, frame, now_us);
  else if (seen->sampled)
    rn_latch_take (&slot->latch, limits, &sample, rings);
  else
    slot->latch.missing_us = slot->latch.missing_at_us = 0;
}

gboolean
rn_detector_keeps (const RnRuleState *state, const RnSlot *slot)
{
  return slot->latch.latched != 0 || slot->latch.pending != 0
         || (state->rule->no_data == RN_NO_DATA_ALERT && slot->latch.missing_us != 0);
}

void
rn_detector_release (RnDetector *self, RnRuleState *state, guint32 at)
{
  RnSlot *slot = &state->slots.slots[at];

  if (slot->key != NULL)
    {
      g_hash_table_remove (state->by_key, slot->key);
      g_ptr_array_add (self->old_keys, g_steal_pointer (&slot->key));
    }
  rn_slots_release (&state->slots, at);
}

gboolean
rn_detector_is_key_of (const char *key, const char *source)
{
  gsize n = strlen (source);

  return strncmp (key, source, n) == 0 && key[n] == '/';
}

/* ---- telling ------------------------------------------------------------------------------- */

static RnQuality
quality_of (const RnRule *rule, const RnLatch *latch, const RnSeen *seen, const RnFrame *frame,
            gint64 now_us)
{
  if (is_usable (seen))
    return seen->quality;
  if (is_overdue (rule, latch, seen, frame, now_us))
    return RN_QUALITY_LOST;
  return isnan (seen->value) ? RN_QUALITY_UNKNOWN : seen->quality;
}

/* Live and late are one class: lateness comes and goes with each poll. */
static guint8
class_of (RnQuality quality)
{
  return quality == RN_QUALITY_LATE ? RN_QUALITY_LIVE : quality;
}

static guint8
factors_of (const RnFrame *frame, RnSubjectKind kind, guint32 index)
{
  return kind == RN_SUBJECT_SECTION && index < frame->network->n_sections ? frame->factors[index]
                                                                          : 0;
}

void
rn_detector_tell (RnDetector *self, RnRuleState *state, const RnLatchLimits *limits, RnSlot *slot,
                  const char *key, const RnSeen *seen, const RnFrame *frame, gint64 now_us,
                  GArray *findings)
{
  const RnLatch *latch = &slot->latch;
  RnCondition condition = rn_latch_condition (latch);
  RnFinding finding = { .rule = state->rule,
                        .kind = state->kind,
                        .key = key,
                        .index = slot->index,
                        .tier = rn_latch_tier (latch) };

  finding.condition = condition == RN_CONDITION_PENDING ? RN_CONDITION_NORMAL : condition;
  finding.quality = quality_of (state->rule, latch, seen, frame, now_us);
  if (finding.condition == slot->told_condition
      && (finding.condition == RN_CONDITION_NORMAL
          || (finding.tier == slot->told_tier && class_of (finding.quality) == slot->told_class)))
    return;
  finding.value = seen->value;
  finding.threshold = rn_latch_threshold (latch, limits);
  finding.factors = factors_of (frame, state->kind, slot->index);
  finding.at_us = is_usable (seen) ? seen->at_us : frame->at_us;
  finding.n_samples = latch->n_samples;
  g_array_append_val (findings, finding);
  slot->told_condition = finding.condition;
  slot->told_tier = finding.tier;
  slot->told_class = class_of (finding.quality);
}

void
rn_detector_tell_end (RnDetector *self, RnRuleState *state, RnSlot *slot, gboolean gone,
                      const RnFrame *frame, GArray *findings)
{
  RnFinding finding = { .rule = state->rule,
                        .kind = state->kind,
                        .index = RN_NONE,
                        .condition = RN_CONDITION_NORMAL,
                        .gone = gone,
                        .value = NAN,
                        .threshold = NAN,
                        .quality = RN_QUALITY_UNKNOWN,
                        .at_us = frame->at_us };

  if (slot->told_condition == RN_CONDITION_NORMAL)
    return;
  slot->told_condition = RN_CONDITION_NORMAL;
  finding.key = slot->key != NULL ? slot->key : frame->network->key[slot->index];
  g_array_append_val (findings, finding);
}
