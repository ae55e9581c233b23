/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One step: the detector's findings become entries; then, over what stands only: places under
 * causes, heads and queues, masks, ends, shelves, escalation, flood. Each entry goes through
 * rn_alert_engine_emit(), which applies it to the book and keeps the engine's own memory. */
#include "alert/rn-alert-engine-private.h"

#include <math.h>
#include <string.h>

#include "alert/rn-alert-group.h"

#define FLOOD_WINDOW_US (10 * 60 * G_GINT64_CONSTANT (1000000))
#define FLOOD_BEGINS 10 /* more new rows than that within the window */
#define FLOOD_ENDS 5    /* fewer */

/* ---- tracks -------------------------------------------------------------------------------- */

static void
track_free (gpointer data)
{
  RnAlertTrack *self = data;

  g_free (self->key);
  g_free (self->rule);
  rn_subject_free (self->subject);
  g_free (self->parent);
  g_free (self->head);
  g_free (self);
}

RnAlertTrack *
rn_alert_engine_find (RnAlertEngine *self, const char *key)
{
  return key != NULL ? g_hash_table_lookup (self->by_key, key) : NULL;
}

const RnAlert *
rn_alert_engine_alert (RnAlertEngine *self, const RnAlertTrack *track)
{
  return rn_alert_book_find (self->book, track->key);
}

const RnRule *
rn_alert_engine_rule (RnAlertEngine *self, const RnAlertTrack *track)
{
  return rn_rule_set_find (self->rules, track->rule);
}

gboolean
rn_alert_engine_is_heard (RnAlertEngine *self, const RnAlertTrack *track)
{
  const RnAlert *alert = rn_alert_engine_alert (self, track);

  return track->parent == NULL && alert != NULL && alert->mask == RN_MASK_NONE;
}

static RnAlertTrack *
add_track (RnAlertEngine *self, const RnAlertEntry *entry)
{
  RnAlertTrack *track = g_new0 (RnAlertTrack, 1);

  track->key = g_strdup (entry->key);
  track->rule = g_strdup (entry->rule);
  track->subject = rn_subject_copy (entry->subject);
  track->section = RN_NONE;
  track->queue_m = NAN;
  track->raised_us = track->asking_us = entry->at_us;
  track->tier = track->found_tier = entry->tier;
  track->quality = entry->quality;
  track->condition = RN_CONDITION_ACTIVE;
  track->parent = g_strdup (entry->parent);
  g_ptr_array_add (self->tracks, track);
  g_hash_table_insert (self->by_key, track->key, track);
  if (track->subject->kind != RN_SUBJECT_SECTION)
    g_ptr_array_add (self->things, track);
  return track;
}

static void
drop_track (RnAlertEngine *self, RnAlertTrack *track)
{
  GPtrArray *there = g_hash_table_lookup (self->by_section, GUINT_TO_POINTER (track->section));

  if (track->section != RN_NONE && there != NULL)
    g_ptr_array_remove (there, track);
  if (track->subject->kind != RN_SUBJECT_SECTION)
    g_ptr_array_remove (self->things, track);
  g_hash_table_remove (self->by_key, track->key);
  g_ptr_array_remove (self->tracks, track);
}

/* ---- entries ------------------------------------------------------------------------------- */

static void
note_rows (RnAlertEngine *self, gint64 at_us)
{
  gint64 *at = g_new (gint64, 1);

  *at = at_us;
  g_queue_push_tail (&self->rows, at);
}

static gboolean
is_section_parent (RnAlertEngine *self, const char *key)
{
  const RnAlertTrack *parent = rn_alert_engine_find (self, key);

  return parent != NULL && parent->subject->kind == RN_SUBJECT_SECTION;
}

gboolean
rn_alert_engine_is_masked (RnAlertEngine *self, const char *key)
{
  const RnAlert *alert = rn_alert_book_find (self->book, key);

  return alert != NULL && alert->mask != RN_MASK_NONE;
}

/* Whether an operator has been told of @entry's tier: by sound, or, where a flood is one sound, by
 * a new row. */
static gboolean
tells (RnAlertEngine *self, const RnAlertEntry *entry)
{
  return entry->rings || entry->kind == RN_ENTRY_RANG || entry->kind == RN_ENTRY_ESCALATED
         || (entry->kind == RN_ENTRY_RAISED && entry->parent == NULL
             && !rn_alert_engine_is_masked (self, entry->key));
}

static void
note_ring (RnAlertEngine *self, RnAlertTrack *track, const RnAlertEntry *entry)
{
  if (!tells (self, entry))
    return;
  track->rung_us = entry->at_us;
  track->rung_tier = rn_tier_worst (track->rung_tier, entry->tier);
  if (self->flood && entry->rings)
    self->flood_tier = rn_tier_worst (self->flood_tier, entry->tier);
  if (track->asking_us == 0)
    track->asking_us = entry->at_us;
}

static void
note_extent (RnAlertTrack *track, const RnAlertEntry *entry)
{
  g_free (track->head);
  track->head = g_strdup (entry->head);
  track->queue_m = entry->queue_m;
  /* What a row begins with is no news; nor is what it rang for. */
  if (entry->kind == RN_ENTRY_RANG || entry->at_us == track->raised_us)
    track->rung_queue = MAX (track->rung_queue, rn_alert_engine_queue_limits (entry->queue_m));
}

static void
note_transition (RnAlertEngine *self, RnAlertTrack *track, const RnAlertEntry *entry)
{
  switch (entry->kind)
    {
    case RN_ENTRY_ESCALATED:
      track->escalated = TRUE;
      G_GNUC_FALLTHROUGH;
    case RN_ENTRY_TIER:
      track->tier = entry->tier;
      track->found_tier = track->escalated ? entry->tier + 1 : entry->tier;
      break;
    case RN_ENTRY_RECOVERING:
      track->condition = RN_CONDITION_RECOVERING;
      break;
    case RN_ENTRY_RELAPSED:
      track->condition = RN_CONDITION_ACTIVE;
      track->calm_us = 0;
      break;
    case RN_ENTRY_DATA:
      track->quality = entry->quality;
      break;
    case RN_ENTRY_PARENT:
      g_free (track->parent);
      track->parent = g_strdup (entry->parent);
      break;
    case RN_ENTRY_RANG:
    case RN_ENTRY_EXTENT:
      note_extent (track, entry);
      break;
    case RN_ENTRY_ACKNOWLEDGED:
      track->asking_us = 0;
      break;
    case RN_ENTRY_UNACKNOWLEDGED:
      track->asking_us = entry->at_us;
      break;
    default:
      break;
    }
  note_ring (self, track, entry);
}

static void
note_shelf (RnAlertEngine *self, const RnAlertEntry *entry)
{
  if (entry->kind == RN_ENTRY_SHELVED)
    g_hash_table_insert (self->shelves, g_strdup (entry->key),
                         g_memdup2 (&entry->until_us, sizeof entry->until_us));
  else if (entry->kind == RN_ENTRY_UNSHELVED)
    g_hash_table_remove (self->shelves, entry->key);
}

/* The engine's memory of an entry that the book has taken, live and from the journal alike. */
static void
note (RnAlertEngine *self, const RnAlertEntry *entry)
{
  RnAlertTrack *track = rn_alert_engine_find (self, entry->key);

  note_shelf (self, entry);
  if (entry->kind == RN_ENTRY_RAISED)
    {
      if (track == NULL)
        track = add_track (self, entry);
      track->own_row = !is_section_parent (self, entry->parent);
      note_ring (self, track, entry);
      if (entry->parent == NULL)
        note_rows (self, entry->at_us);
    }
  else if (entry->kind == RN_ENTRY_FLOOD_BEGAN || entry->kind == RN_ENTRY_FLOOD_ENDED)
    {
      self->flood = entry->kind == RN_ENTRY_FLOOD_BEGAN;
      self->flood_tier = 0;
    }
  else if (entry->kind == RN_ENTRY_CLEARED || entry->kind == RN_ENTRY_GONE)
    {
      if (track != NULL)
        drop_track (self, track);
    }
  else if (track != NULL)
    note_transition (self, track, entry);
}

RnAlertEntry *
rn_alert_engine_entry (RnAlertEngine *self, RnAlertEntryKind kind, const RnAlertTrack *track)
{
  RnAlertEntry *entry = rn_alert_entry_new (kind, self->now_us);
  const RnRule *rule = rn_alert_engine_rule (self, track);

  entry->key = g_strdup (track->key);
  entry->rule = g_strdup (track->rule);
  entry->rule_version = rule != NULL ? rule->version : 0;
  entry->subject = rn_subject_copy (track->subject);
  entry->tier = track->tier;
  entry->quality = track->quality;
  return entry;
}

void
rn_alert_engine_emit (RnAlertEngine *self, RnAlertEntry *entry)
{
  g_autoptr (RnAlertEntry) held = entry;
  g_autoptr (GError) error = NULL;

  if (!rn_alert_book_apply (self->book, entry, &error))
    {
      g_warning ("%s %s: %s", rn_alert_entry_word (entry->kind), entry->key, error->message);
      return;
    }
  note (self, entry);
  g_ptr_array_add (self->entries, g_steal_pointer (&held));
}

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

gboolean
rn_alert_engine_may_ring (RnAlertEngine *self, int tier)
{
  return !self->flood || rn_tier_is_worse (tier, self->flood_tier);
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

/* ---- time ---------------------------------------------------------------------------------- */

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
end_shelf (RnAlertEngine *self, const char *key)
{
  const RnAlert *alert = rn_alert_book_find (self->book, key);
  const RnAlertTrack *track = rn_alert_engine_find (self, key);
  RnAlertEntry *entry;

  if (alert == NULL || !alert->shelved)
    {
      g_hash_table_remove (self->shelves, key);
      return;
    }
  entry = rn_alert_entry_new (RN_ENTRY_UNSHELVED, self->now_us);
  entry->key = g_strdup (alert->key);
  entry->rule = g_strdup (alert->rule);
  entry->rule_version = alert->rule_version;
  entry->subject = rn_subject_copy (alert->subject);
  entry->tier = rn_alert_shown_tier (alert);
  entry->quality = alert->quality;
  entry->rings = track != NULL && track->parent == NULL && !alert->suppressed
                 && !alert->out_of_service && !alert->acknowledged
                 && rn_tier_is_worse (entry->tier, track->rung_tier)
                 && rn_alert_engine_may_ring (self, entry->tier);
  rn_alert_engine_emit (self, entry);
}

static void
end_shelves (RnAlertEngine *self)
{
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key, until;

  g_hash_table_iter_init (&iter, self->shelves);
  while (g_hash_table_iter_next (&iter, &key, &until))
    if (self->now_us >= *(const gint64 *) until)
      g_ptr_array_add (due, g_strdup (key));
  g_ptr_array_sort (due, compare_keys);
  for (guint i = 0; i < due->len; i++)
    end_shelf (self, due->pdata[i]);
}

/* The rule by which a row asks: its own; of a row that the engine made that of what stands under it. */
static const RnRule *
asking_rule (RnAlertEngine *self, const RnAlertTrack *track)
{
  const RnRule *rule = rn_alert_engine_rule (self, track);

  for (guint i = 0; rule == NULL && i < self->tracks->len; i++)
    {
      const RnAlertTrack *child = self->tracks->pdata[i];

      if (g_strcmp0 (child->parent, track->key) == 0)
        rule = rn_alert_engine_rule (self, child);
    }
  return rule;
}

static void
escalate (RnAlertEngine *self)
{
  for (guint i = 0; i < self->tracks->len; i++)
    {
      RnAlertTrack *track = self->tracks->pdata[i];
      const RnRule *rule = rn_alert_engine_rule (self, track);
      const RnAlert *alert = rn_alert_engine_alert (self, track);
      RnAlertEntry *entry;

      if (rule == NULL || rule->escalate_us == 0 || track->escalated || track->asking_us == 0
          || track->condition != RN_CONDITION_ACTIVE || track->found_tier <= 1 || alert == NULL
          || !rn_alert_asks (alert) || self->now_us - track->asking_us < rule->escalate_us)
        continue;
      entry = rn_alert_engine_entry (self, RN_ENTRY_ESCALATED, track);
      entry->tier = track->found_tier - 1;
      entry->value = alert->value;
      entry->threshold = alert->threshold;
      entry->rings = rn_alert_engine_may_ring (self, entry->tier);
      rn_alert_engine_emit (self, entry);
    }
}

static void
watch_flood (RnAlertEngine *self)
{
  guint n = 0;
  RnAlertEntry *entry;

  while (!g_queue_is_empty (&self->rows)
         && self->now_us - *(gint64 *) g_queue_peek_head (&self->rows) > FLOOD_WINDOW_US)
    g_free (g_queue_pop_head (&self->rows));
  n = g_queue_get_length (&self->rows);
  if (self->flood ? n >= FLOOD_ENDS : n <= FLOOD_BEGINS)
    return;
  entry =
      rn_alert_entry_new (self->flood ? RN_ENTRY_FLOOD_ENDED : RN_ENTRY_FLOOD_BEGAN, self->now_us);
  entry->count = n;
  rn_alert_engine_emit (self, entry);
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
  end_shelves (self);
  escalate (self);
  watch_flood (self);
  self->entries = NULL;
}

gboolean
rn_alert_engine_take (RnAlertEngine *self, const RnAlertEntry *act, GPtrArray *entries,
                      GError **error)
{
  if (!rn_alert_book_apply (self->book, act, error))
    return FALSE;
  note (self, act);
  g_ptr_array_add (entries, rn_alert_entry_ref (act));
  return TRUE;
}

gboolean
rn_alert_engine_restore (RnAlertEngine *self, const RnAlertEntry *entry, GError **error)
{
  if (!rn_alert_book_apply (self->book, entry, error))
    return FALSE;
  note (self, entry);
  return TRUE;
}

GPtrArray *
rn_alert_engine_dup_nags (RnAlertEngine *self, gint64 now_us)
{
  GPtrArray *nags = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_unref);

  for (guint i = 0; i < self->tracks->len; i++)
    {
      RnAlertTrack *track = self->tracks->pdata[i];
      const RnAlert *alert = track->parent == NULL ? rn_alert_engine_alert (self, track) : NULL;
      const RnRule *rule;

      if (alert == NULL || !rn_alert_asks (alert))
        continue;
      rule = asking_rule (self, track);
      if (rule == NULL || rule->nag_us == 0
          || now_us - MAX (track->rung_us, track->asking_us) < rule->nag_us)
        continue;
      track->rung_us = now_us;
      g_ptr_array_add (nags, rn_alert_ref ((RnAlert *) alert));
    }
  return nags;
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
  self->tracks = g_ptr_array_new_with_free_func (track_free);
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
