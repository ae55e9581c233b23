/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine's memory: what it keeps of each alert that stands is made of entries alone, the same
 * when they are lived through and when they come from the journal. */
#include "alert/rn-alert-engine-private.h"

#include <math.h>

/* What a program finds when it starts is not new, and no flood. */
#define SETTLING_US (3 * 60 * G_GINT64_CONSTANT (1000000))

/* ---- tracks -------------------------------------------------------------------------------- */

void
rn_alert_track_free (gpointer data)
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
  return rn_alert_book_peek (self->book, track->key);
}

const RnRule *
rn_alert_engine_rule (RnAlertEngine *self, const RnAlertTrack *track)
{
  return rn_rule_set_find (self->rules, track->rule);
}

gboolean
rn_alert_engine_has_children (RnAlertEngine *self, const RnAlertTrack *track)
{
  const RnAlert *alert = rn_alert_engine_alert (self, track);

  return alert != NULL && alert->n_children > 0;
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
  gint64 *at;

  if (at_us < self->settled_us)
    return;
  at = g_new (gint64, 1);
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
  const RnAlert *alert = rn_alert_book_peek (self->book, key);

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

void
rn_alert_engine_note (RnAlertEngine *self, const RnAlertEntry *entry)
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
  else if (entry->kind == RN_ENTRY_STARTED)
    self->settled_us = entry->at_us + SETTLING_US;
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

static void
tell_section (RnAlertEntry *entry, const RnFrame *frame, guint32 section)
{
  if (section < frame->network->n_sections)
    entry->section = g_strdup (frame->network->key[section]);
}

void
rn_alert_engine_tell_thing (RnAlertEntry *entry, const RnFrame *frame)
{
  const RnIncident *incident = NULL;
  const RnWork *work = NULL;

  if (entry->subject->kind == RN_SUBJECT_INCIDENT)
    incident = rn_frame_find_incident (frame, entry->subject->key);
  else if (entry->subject->kind == RN_SUBJECT_WORK)
    work = rn_frame_find_work (frame, entry->subject->key);
  if (incident != NULL)
    {
      const char *description = rn_names_get (incident->description, NULL);
      gboolean said = description != NULL && *description != '\0';

      entry->text = g_strdup (said ? description : rn_incident_type_title (incident->type));
      entry->chainage_m = incident->chainage_m;
      tell_section (entry, frame, incident->section);
    }
  else if (work != NULL && work->n_sections > 0)
    tell_section (entry, frame, work->sections[0]);
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
  rn_alert_engine_note (self, entry);
  g_ptr_array_add (self->entries, g_steal_pointer (&held));
}

/* ---- sound ---- */

gboolean
rn_alert_engine_may_ring (RnAlertEngine *self, int tier)
{
  return !self->flood || rn_tier_is_worse (tier, self->flood_tier);
}
