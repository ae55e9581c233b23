/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told of rows from frame to frame: where their queue begins and how long it is, what of it
 * rings again, what is suppressed by design, and when they end. */
#include "alert/rn-alert-engine-private.h"

#include <math.h>

#include "alert/rn-alert-group.h"

#define EXTENT_M 1000.0   /* a change of the queue that is told */
#define EXTENT_SHARE 0.25 /* and that of a long one */

/* ---- extent -------------------------------------------------------------------------------- */

static guint32
section_of_incident (const RnFrame *frame, const RnAlertTrack *row)
{
  const RnIncident *incident = row->subject->kind == RN_SUBJECT_INCIDENT
                                   ? rn_frame_find_incident (frame, row->subject->key)
                                   : NULL;

  return incident != NULL && incident->section < frame->network->n_sections ? incident->section
                                                                            : RN_NONE;
}

/* Where the queue of a row begins: at its incident, else downstream from its own section or from
 * the first of its alerts that is active; RN_NONE when there is none. */
static guint32
head_of_row (RnAlertEngine *self, const RnFrame *frame, const RnAlertTrack *row,
             GHashTable *standing)
{
  guint32 section = section_of_incident (frame, row);

  if (section != RN_NONE)
    return section;
  if (row->condition == RN_CONDITION_ACTIVE)
    section = row->section;
  if (section == RN_NONE && !rn_alert_engine_has_children (self, row))
    return RN_NONE;
  for (guint i = 0; section == RN_NONE && i < self->tracks->len; i++)
    {
      const RnAlertTrack *track = self->tracks->pdata[i];

      if (g_strcmp0 (track->parent, row->key) == 0 && track->condition == RN_CONDITION_ACTIVE)
        section = track->section;
    }
  return section != RN_NONE ? rn_alert_group_head (frame, section, standing) : RN_NONE;
}

static gboolean
is_news (const RnAlertTrack *row, const char *head, double queue_m)
{
  double before = isnan (row->queue_m) ? 0 : row->queue_m, now = isnan (queue_m) ? 0 : queue_m;

  if (now == 0 && before == 0)
    return FALSE;
  return g_strcmp0 (row->head, head) != 0
         || fabs (now - before) >= fmax (EXTENT_M, EXTENT_SHARE * before)
         || rn_alert_engine_queue_limits (now) != rn_alert_engine_queue_limits (before);
}

static void
extend (RnAlertEngine *self, const RnFrame *frame, RnAlertTrack *row, GHashTable *standing)
{
  guint32 section = head_of_row (self, frame, row, standing);
  RnAlertEntry *entry;
  const char *head;
  double queue_m;

  if (section == RN_NONE)
    return;
  /* without data nobody knows: what was told stays */
  if (frame->state[section] == 0 || frame->quality[section] == RN_QUALITY_LOST)
    return;
  head = frame->network->key[section];
  queue_m = rn_queue_walk (self->queue, frame, section, NULL, NULL);
  if (!is_news (row, head, queue_m))
    return;
  entry = rn_alert_engine_entry (self, RN_ENTRY_EXTENT, row);
  entry->head = g_strdup (head);
  entry->queue_m = queue_m;
  rn_alert_engine_emit (self, entry);
}

/* A row rings again when it shows a tier, or a queue, beyond all that it rang for. */
static void
ring_again (RnAlertEngine *self, RnAlertTrack *row)
{
  const RnAlert *alert = rn_alert_engine_alert (self, row);
  int tier = alert != NULL ? rn_alert_shown_tier (alert) : 0;
  guint queue = rn_alert_engine_queue_limits (row->queue_m);
  RnAlertEntry *entry;

  if (!rn_alert_engine_is_heard (self, row)
      || (!rn_tier_is_worse (tier, row->rung_tier) && queue <= row->rung_queue))
    return;
  entry = rn_alert_engine_entry (self, RN_ENTRY_RANG, row);
  entry->tier = tier;
  entry->head = g_strdup (row->head);
  entry->queue_m = row->queue_m;
  entry->rings = rn_alert_engine_may_ring (self, tier);
  rn_alert_engine_emit (self, entry);
}

void
rn_alert_engine_extend (RnAlertEngine *self, const RnFrame *frame)
{
  g_autoptr (GHashTable) standing = rn_alert_engine_dup_standing (self, TRUE);

  for (guint i = 0; i < self->tracks->len; i++)
    {
      RnAlertTrack *row = self->tracks->pdata[i];

      if (row->parent != NULL)
        continue;
      extend (self, frame, row, standing);
      ring_again (self, row);
    }
}

/* ---- suppression by design ----------------------------------------------------------------- */

void
rn_alert_engine_suppress (RnAlertEngine *self, const RnFrame *frame)
{
  g_autoptr (GHashTable) closed = rn_alert_group_closed (frame);

  for (guint i = 0; i < self->tracks->len; i++)
    {
      RnAlertTrack *track = self->tracks->pdata[i];
      const RnAlert *alert = rn_alert_engine_alert (self, track);
      gboolean off = closed != NULL && track->section != RN_NONE
                     && g_hash_table_contains (closed, GUINT_TO_POINTER (track->section));
      RnAlertEntry *entry;

      if (alert == NULL || alert->suppressed == off)
        continue;
      entry =
          rn_alert_engine_entry (self, off ? RN_ENTRY_SUPPRESSED : RN_ENTRY_UNSUPPRESSED, track);
      entry->rings = !off && track->parent == NULL && !alert->shelved && !alert->out_of_service
                     && !alert->acknowledged && rn_tier_is_worse (track->tier, track->rung_tier)
                     && rn_alert_engine_may_ring (self, track->tier);
      rn_alert_engine_emit (self, entry);
    }
}

/* ---- ends ---------------------------------------------------------------------------------- */

static void
recover (RnAlertEngine *self, RnAlertTrack *track)
{
  if (track->condition == RN_CONDITION_ACTIVE)
    rn_alert_engine_emit (self, rn_alert_engine_entry (self, RN_ENTRY_RECOVERING, track));
}

/* A jam that forms again within half an hour is the same one. */
static gboolean
may_relapse (RnAlertEngine *self, const RnAlertTrack *track)
{
  return !track->gone && rn_alert_engine_is_in_queue (self, track)
         && self->now_us - track->calm_us < RN_ALERT_REJOIN_US;
}

static gboolean
end_if_over (RnAlertEngine *self, RnAlertTrack *track)
{
  const RnAlert *alert = rn_alert_engine_alert (self, track);
  gboolean made = g_strcmp0 (track->rule, RN_ALERT_CAUSE) == 0;
  RnAlertEntry *entry;

  if (alert == NULL || (!made && track->calm_us == 0))
    return FALSE;
  if (alert->n_children > 0 || may_relapse (self, track))
    return FALSE;
  entry =
      rn_alert_engine_entry (self, track->gone && !made ? RN_ENTRY_GONE : RN_ENTRY_CLEARED, track);
  if (alert->one_shot)
    {
      RnAlertEntry *unshelved = rn_alert_engine_entry (self, RN_ENTRY_UNSHELVED, track);

      rn_alert_engine_emit (self, entry);
      rn_alert_engine_emit (self, unshelved);
    }
  else
    rn_alert_engine_emit (self, entry);
  return TRUE;
}

void
rn_alert_engine_end_calm (RnAlertEngine *self)
{
  gboolean again = TRUE;

  for (guint i = 0; i < self->tracks->len; i++)
    {
      RnAlertTrack *track = self->tracks->pdata[i];

      if (track->calm_us != 0)
        recover (self, track);
    }
  /* a parent may end after its last child */
  while (again)
    {
      again = FALSE;
      for (guint i = self->tracks->len; i > 0; i--)
        if (end_if_over (self, self->tracks->pdata[i - 1]))
          again = TRUE;
    }
}
