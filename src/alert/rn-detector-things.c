/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules over the lists of a frame: facilities, weather stations, works, incidents, key figures, and
 * over its feeds. There are hundreds of them, not hundreds of thousands, so each is looked at. A
 * thing's sample is an answer of its feed, also one that only confirms (304). */
#include <math.h>

#include "alert/rn-detector-private.h"

#define MAX_FEED_KEY 512

/* All things begin with `char *source, *id, *key`. */
typedef struct {
  const char *source, *id, *key;
} Head;

typedef struct {
  RnDetector *detector;
  RnRuleState *state;
  const RnFrame *frame;
  gint64 now_us;
  GArray *findings;
} Step;

/* ---- one ----------------------------------------------------------------------------------- */

static guint8
sampled_of (const RnDetector *self, const RnSlot *slot, const RnSeen *seen)
{
  gint64 last_us = slot->latch.at_us;

  if (last_us == 0)
    return self->back ? RN_SAMPLED_BACK : RN_SAMPLED;
  if (seen->at_us > last_us)
    return RN_SAMPLED;
  return last_us - seen->at_us > rn_max_gap_us (seen->poll_us) ? RN_SAMPLED_BACK : RN_SAMPLED_NO;
}

static guint32
slot_of (const Step *step, const char *key)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (step->state->by_key, key));

  return found != 0 ? found - 1 : RN_NONE;
}

static void
keep_or_release (const Step *step, guint32 at, const char *key)
{
  RnSlot *slot = &step->state->slots.slots[at];

  if (!step->state->on || !rn_detector_keeps (step->state, slot))
    {
      rn_detector_release (step->detector, step->state, at);
      return;
    }
  if (slot->key != NULL)
    return;
  slot->key = g_strdup (key);
  g_hash_table_insert (step->state->by_key, slot->key, GUINT_TO_POINTER (at + 1));
}

static void
look_at (const Step *step, const char *key, guint32 index, RnSeen *seen)
{
  RnRuleState *state = step->state;
  guint32 at = slot_of (step, key);
  RnSlot *slot;

  if (at == RN_NONE && !state->on)
    return;
  if (at == RN_NONE)
    at = rn_slots_take (&state->slots);
  slot = &state->slots.slots[at];
  slot->seen = step->detector->step;
  slot->index = index;
  seen->sampled = sampled_of (step->detector, slot, seen);
  seen->enters = state->on && seen->sampled != RN_SAMPLED_NO
                 && rn_detector_guards_hold (state->rule, step->frame, state->kind, RN_NONE, key,
                                             step->detector->queue);
  if (state->on)
    {
      rn_detector_see (state, &state->limits, slot, rn_slots_ring (&state->slots, at), seen,
                       step->frame, step->now_us);
      rn_detector_tell (step->detector, state, &state->limits, slot, key, seen, step->frame,
                        step->now_us, step->findings);
    }
  else
    rn_detector_tell_end (step->detector, state, slot, TRUE, step->frame, step->findings);
  keep_or_release (step, at, key);
}

/* ---- lists --------------------------------------------------------------------------------- */

static double
value_of (const Step *step, gconstpointer thing)
{
  const RnRule *rule = step->state->rule;

  switch (step->state->kind)
    {
    case RN_SUBJECT_FACILITY:
      return rn_metric_of_facility (thing, rule->metric, rule->select);
    case RN_SUBJECT_STATION:
      return rn_metric_of_station (thing, rule->metric);
    case RN_SUBJECT_WORK:
      return rn_metric_of_work (thing, step->frame->at_us);
    case RN_SUBJECT_INCIDENT:
      return rn_metric_of_incident (thing);
    default:
      return ((const RnKpi *) thing)->value;
    }
}

static gboolean
is_selected (const Step *step, const Head *thing)
{
  const char *select = step->state->rule->select;

  return step->state->kind != RN_SUBJECT_KPI || select == NULL || g_str_equal (select, thing->id)
         || g_str_equal (select, thing->key);
}

static void
look_at_list (const Step *step, const GPtrArray *list)
{
  RnFeedKind feed_kind = rn_metric_feed_kind (step->state->kind);

  for (guint i = 0; i < list->len; i++)
    {
      const Head *thing = list->pdata[i];
      const RnFeedStatus *feed;
      RnSeen seen = { .quality = RN_QUALITY_LIVE, .at_us = step->frame->at_us };
      guint32 index = RN_NONE;

      if (!is_selected (step, thing)
          || !rn_scope_has_thing (&step->state->rule->scope, step->frame, step->state->kind, thing,
                                  step->state->scope))
        continue;
      feed = rn_metric_find_feed (step->frame, thing->source, feed_kind);
      seen.value = value_of (step, thing);
      if (feed != NULL)
        {
          seen.quality = rn_feed_state_quality (feed->state, feed->suspect);
          seen.at_us = feed->observed_at_us;
          seen.poll_us = feed->poll_us;
        }
      if (step->state->kind == RN_SUBJECT_FACILITY)
        index = ((const RnFacilityState *) list->pdata[i])->facility;
      look_at (step, thing->key, index, &seen);
    }
}

/* Keys of feeds are made here: what was found of one keeps its own until the next step. */
static void
keep_key (const Step *step, guint n_before)
{
  for (guint i = n_before; i < step->findings->len; i++)
    {
      RnFinding *finding = &g_array_index (step->findings, RnFinding, i);
      char *key = g_strdup (finding->key);

      g_ptr_array_add (step->detector->old_keys, key);
      finding->key = key;
    }
}

/* A feed is known at every moment: between frames its age goes on by the session's clock, so that a
 * delay ends even when no frame comes any more. */
static void
look_at_feeds (const Step *step)
{
  const RnFrame *frame = step->frame;
  gint64 since_us = MAX (step->now_us - step->detector->frame_now_us, 0);

  for (guint i = 0; i < frame->n_feeds; i++)
    {
      const RnFeedStatus *feed = frame->feeds[i];
      const char *word = rn_feed_kind_word (feed->kind);
      char key[MAX_FEED_KEY];
      RnSeen seen = { .value = rn_metric_of_feed (feed),
                      .quality = RN_QUALITY_LIVE,
                      .at_us = frame->at_us + since_us,
                      .poll_us = feed->poll_us };
      guint n_before;

      if (step->state->rule->select != NULL && g_strcmp0 (step->state->rule->select, word) != 0)
        continue;
      if (rn_scope_narrows (&step->state->rule->scope))
        continue;
      g_snprintf (key, sizeof key, "%s/%s", feed->source, word);
      if (feed->poll_us > 0)
        seen.value += since_us / 1e6;
      n_before = step->findings->len;
      look_at (step, key, RN_NONE, &seen);
      keep_key (step, n_before);
    }
}

/* ---- who is not there any more -------------------------------------------------------------- */

static const RnFeedStatus *
feed_of_key (const RnFrame *frame, const char *key, RnFeedKind kind)
{
  for (guint i = 0; i < frame->n_feeds; i++)
    if (frame->feeds[i]->kind == kind && rn_detector_is_key_of (key, frame->feeds[i]->source))
      return frame->feeds[i];
  return NULL;
}

/* Whether its absence means anything: not before its feed has answered for the first time. */
static gboolean
absence_counts (const Step *step, const RnSlot *slot, const RnFeedStatus *feed)
{
  if (feed != NULL)
    return feed->observed_at_us != 0;
  return !slot->latch.restored || step->now_us - step->detector->first_us > RN_RESTORE_WAIT_US;
}

static void
look_at_absent (const Step *step, guint32 at)
{
  RnRuleState *state = step->state;
  RnSlot *slot = &state->slots.slots[at];
  gboolean ends = state->kind == RN_SUBJECT_INCIDENT || state->kind == RN_SUBJECT_WORK;
  const RnFeedStatus *feed =
      state->kind == RN_SUBJECT_FEED
          ? NULL
          : feed_of_key (step->frame, slot->key, rn_metric_feed_kind (state->kind));
  RnSeen seen = { .value = NAN,
                  .quality = RN_QUALITY_UNKNOWN,
                  .poll_us = feed != NULL ? feed->poll_us : 0 };

  if (!state->on
      || (absence_counts (step, slot, feed) && (ends || feed == NULL || slot->latch.latched == 0)))
    {
      rn_detector_tell_end (step->detector, state, slot, !ends || !state->on, step->frame,
                            step->findings);
      rn_detector_release (step->detector, state, at);
      return;
    }
  rn_detector_see (state, &state->limits, slot, NULL, &seen, step->frame, step->now_us);
  rn_detector_tell (step->detector, state, &state->limits, slot, slot->key, &seen, step->frame,
                    step->now_us, step->findings);
  keep_or_release (step, at, slot->key);
}

void
rn_detector_step_things (RnDetector *self, RnRuleState *state, const RnFrame *frame, gint64 now_us,
                         GArray *findings)
{
  Step step = { self, state, frame, now_us, findings };

  switch (state->kind)
    {
    case RN_SUBJECT_FACILITY:
      look_at_list (&step, frame->facility_states);
      break;
    case RN_SUBJECT_STATION:
      look_at_list (&step, frame->stations);
      break;
    case RN_SUBJECT_WORK:
      look_at_list (&step, frame->works);
      break;
    case RN_SUBJECT_INCIDENT:
      look_at_list (&step, frame->incidents);
      break;
    case RN_SUBJECT_KPI:
      look_at_list (&step, frame->kpis);
      break;
    default:
      look_at_feeds (&step);
    }
  for (guint32 at = 0; at < state->slots.n; at++)
    if (state->slots.slots[at].key != NULL && state->slots.slots[at].seen != self->step)
      look_at_absent (&step, at);
}
