/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One step: the detector's findings become entries; then, over what stands only: places under
 * causes, heads and queues, masks, ends, shelves, escalation, flood. Each entry goes through
 * rn_alert_engine_emit(), which applies it to the book and keeps the engine's own memory. */
#include "alert/rn-alert-engine-private.h"

#include <math.h>
#include <string.h>

#include "alert/rn-alert-group.h"

/* ---- findings ------------------------------------------------------------------------------ */

static void
fill (RnAlertEntry *entry, const RnFinding *finding)
{
  entry->rule_version = finding->rule->version;
  entry->data_us = finding->at_us;
  entry->value = finding->value;
  entry->threshold = finding->threshold;
  entry->quality = finding->quality;
  entry->factors = finding->factors;
  entry->count = finding->n_samples;
}

static int
tier_of (const RnAlertTrack *track, int found)
{
  return track->escalated ? MAX (found - 1, 1) : found;
}

static void
raise_alert (RnAlertEngine *self, const RnFrame *frame, const RnFinding *finding)
{
  g_autoptr (RnAlertEntry) entry = rn_alert_entry_new (RN_ENTRY_RAISED, self->now_us);
  g_autofree char *key = NULL;
  const RnAlertTrack *parent = rn_alert_engine_place (self, frame, finding);
  RnAlertTrack *track;

  entry->subject = rn_subject_new (finding->kind, finding->key);
  entry->rule = g_strdup (finding->rule->id);
  entry->key = rn_alert_key (entry->rule, entry->subject);
  key = g_strdup (entry->key);
  entry->tier = finding->tier;
  entry->parent = parent != NULL ? g_strdup (parent->key) : NULL;
  entry->rings = parent == NULL && !rn_alert_engine_is_masked (self, key)
                 && rn_alert_engine_may_ring (self, finding->tier);
  entry->latch = finding->rule->latch;
  fill (entry, finding);
  rn_alert_engine_tell_thing (entry, frame);
  rn_alert_engine_emit (self, g_steal_pointer (&entry));
  track = rn_alert_engine_find (self, key);
  if (track == NULL)
    return;
  rn_alert_engine_index_track (self, frame, track);
  rn_alert_engine_merge (self, frame, track);
}

static void
change_tier (RnAlertEngine *self, RnAlertTrack *track, const RnFinding *finding)
{
  RnAlertEntry *entry;
  int tier = tier_of (track, finding->tier);

  track->found_tier = finding->tier;
  if (tier == track->tier)
    return;
  entry = rn_alert_engine_entry (self, RN_ENTRY_TIER, track);
  fill (entry, finding);
  entry->tier = tier;
  entry->rings = rn_alert_engine_is_heard (self, track) && rn_tier_is_worse (tier, track->rung_tier)
                 && rn_alert_engine_may_ring (self, tier);
  rn_alert_engine_emit (self, entry);
  track->found_tier = finding->tier;
}

static void
change_condition (RnAlertEngine *self, RnAlertTrack *track, const RnFinding *finding,
                  RnAlertEntryKind kind)
{
  RnAlertEntry *entry = rn_alert_engine_entry (self, kind, track);

  fill (entry, finding);
  rn_alert_engine_emit (self, entry);
}

static void
take_finding (RnAlertEngine *self, const RnFrame *frame, const RnFinding *finding)
{
  g_autoptr (RnSubject) subject = rn_subject_new (finding->kind, finding->key);
  g_autofree char *key = rn_alert_key (finding->rule->id, subject);
  RnAlertTrack *track = rn_alert_engine_find (self, key);

  if (track == NULL)
    {
      if (finding->condition == RN_CONDITION_ACTIVE)
        raise_alert (self, frame, finding);
      return;
    }
  track->gone = finding->gone;
  track->calm_us = finding->condition == RN_CONDITION_NORMAL ? self->now_us : 0;
  if (finding->condition == RN_CONDITION_ACTIVE && track->condition == RN_CONDITION_RECOVERING)
    change_condition (self, track, finding, RN_ENTRY_RELAPSED);
  if (finding->condition != RN_CONDITION_ACTIVE && track->condition == RN_CONDITION_ACTIVE)
    change_condition (self, track, finding, RN_ENTRY_RECOVERING);
  if (finding->condition != RN_CONDITION_NORMAL)
    change_tier (self, track, finding);
  if (finding->condition != RN_CONDITION_NORMAL && finding->quality != track->quality)
    change_condition (self, track, finding, RN_ENTRY_DATA);
}

/* Causes before what they cause, the worse before the less bad, else as the detector has them. */
static int
rank_of (const RnFinding *finding)
{
  switch (finding->kind)
    {
    case RN_SUBJECT_FEED:
      return 0;
    case RN_SUBJECT_INCIDENT:
      return 1;
    case RN_SUBJECT_WORK:
      return 2;
    default:
      return 3;
    }
}

static int
compare_findings (gconstpointer a, gconstpointer b, gpointer data)
{
  const RnFinding *base = data;
  guint i = *(const guint *) a, k = *(const guint *) b;
  const RnFinding *x = base + i, *y = base + k;

  if (rank_of (x) != rank_of (y))
    return rank_of (x) - rank_of (y);
  if (x->tier != y->tier)
    return rn_tier_is_worse (x->tier, y->tier) ? -1 : 1;
  return i < k ? -1 : i > k;
}

static void
take_findings (RnAlertEngine *self, const RnFrame *frame, const GArray *findings)
{
  g_autofree guint *order = g_new (guint, findings->len + 1);

  for (guint i = 0; i < findings->len; i++)
    order[i] = i;
  g_qsort_with_data (order, findings->len, sizeof *order, compare_findings, findings->data);
  for (guint i = 0; i < findings->len; i++)
    take_finding (self, frame, &g_array_index (findings, RnFinding, order[i]));
}

/* ---- engine -------------------------------------------------------------------------------- */

/* What the journal left standing goes on in the detector. */
static void
hand_on (RnAlertEngine *self)
{
  for (guint i = 0; i < self->tracks->len; i++)
    {
      RnAlertTrack *track = self->tracks->pdata[i];
      const RnAlert *alert = rn_alert_engine_alert (self, track);

      if (alert != NULL && rn_alert_engine_rule (self, track) != NULL)
        rn_detector_restore (self->detector, track->rule, track->subject, track->condition,
                             track->found_tier, alert->raised_data_us);
      else if (g_strcmp0 (track->rule, RN_ALERT_CAUSE) != 0)
        {
          track->gone = TRUE;
          track->calm_us = self->now_us;
        }
    }
  self->restored = TRUE;
}

void
rn_alert_engine_step (RnAlertEngine *self, const RnFrame *frame, gint64 now_us, GPtrArray *entries)
{
  g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (RnFinding));
  gboolean fresh = frame != self->frame;

  self->now_us = now_us;
  self->entries = entries;
  if (!self->restored)
    hand_on (self);
  if (fresh)
    rn_alert_engine_index (self, frame);
  rn_detector_step (self->detector, frame, now_us, findings);
  take_findings (self, frame, findings);
  if ((fresh || findings->len > 0) && self->tracks->len > 0)
    {
      rn_alert_engine_regroup (self, frame);
      rn_alert_engine_suppress (self, frame);
      rn_alert_engine_extend (self, frame);
    }
  g_clear_pointer (&self->causes, g_hash_table_unref);
  rn_alert_engine_end_calm (self);
  rn_alert_engine_end_shelves (self);
  rn_alert_engine_escalate (self);
  rn_alert_engine_watch_flood (self);
  self->entries = NULL;
}

gboolean
rn_alert_engine_take (RnAlertEngine *self, const RnAlertEntry *act, GPtrArray *entries,
                      GError **error)
{
  if (!rn_alert_book_apply (self->book, act, error))
    return FALSE;
  rn_alert_engine_note (self, act);
  g_ptr_array_add (entries, rn_alert_entry_ref (act));
  return TRUE;
}

void
rn_alert_engine_answer (RnAlertEngine *self, const GPtrArray *entries, const char *person)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const RnAlertEntry *rung = entries->pdata[i];
      const RnAlert *alert = rung->rings ? rn_alert_book_peek (self->book, rung->key) : NULL;
      g_autoptr (RnAlertEntry) act = NULL;

      if (alert == NULL || !rn_alert_asks (alert))
        continue;
      act = rn_alert_entry_new (RN_ENTRY_ACKNOWLEDGED, rung->at_us);
      act->key = g_strdup (rung->key);
      act->person = g_strdup (person);
      act->tier = rn_alert_shown_tier (alert);
      rn_alert_book_apply (self->book, act, NULL); /* it asks: it can be acknowledged */
      rn_alert_engine_note (self, act);
    }
}

gboolean
rn_alert_engine_restore (RnAlertEngine *self, const RnAlertEntry *entry, GError **error)
{
  if (!rn_alert_book_apply (self->book, entry, error))
    return FALSE;
  rn_alert_engine_note (self, entry);
  return TRUE;
}

RnAlertBook *
rn_alert_engine_get_book (RnAlertEngine *self)
{
  return self->book;
}

void
rn_alert_engine_set_rules (RnAlertEngine *self, const RnRuleSet *rules)
{
  RnRuleSet *held = rn_rule_set_ref (rules);

  rn_rule_set_unref (self->rules);
  self->rules = held;
  rn_detector_set_rules (self->detector, held);
}

const RnThresholdFaults *
rn_alert_engine_get_threshold_faults (const RnAlertEngine *self)
{
  return rn_detector_get_threshold_faults (self->detector);
}

void
rn_alert_engine_set_zone (RnAlertEngine *self, GTimeZone *zone)
{
  rn_detector_set_zone (self->detector, zone);
}

const RnRuleSet *
rn_alert_engine_get_rules (const RnAlertEngine *self)
{
  return self->rules;
}

RnAlertEngine *
rn_alert_engine_new (const RnRuleSet *rules, GTimeZone *zone)
{
  RnAlertEngine *self = g_new0 (RnAlertEngine, 1);

  self->book = rn_alert_book_new ();
  self->rules = rn_rule_set_ref (rules);
  self->detector = rn_detector_new (rules, zone);
  self->tracks = g_ptr_array_new_with_free_func (rn_alert_track_free);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_section = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->things = g_ptr_array_new ();
  self->queue = rn_queue_new ();
  self->shelves = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&self->rows);
  return self;
}

void
rn_alert_engine_free (RnAlertEngine *self)
{
  if (self == NULL)
    return;
  rn_detector_free (self->detector);
  rn_alert_book_free (self->book);
  rn_rule_set_unref (self->rules);
  g_hash_table_unref (self->by_section);
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->things);
  rn_queue_free (self->queue);
  g_hash_table_unref (self->shelves);
  g_ptr_array_unref (self->tracks);
  g_clear_pointer (&self->causes, g_hash_table_unref);
  g_clear_pointer (&self->frame, rn_frame_unref);
  g_queue_clear_full (&self->rows, g_free);
  g_free (self);
}
