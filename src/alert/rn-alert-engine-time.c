/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the session's clock alone brings about: shelves end, what is not answered escalates and is
 * reminded of, floods begin and end. */
#include "alert/rn-alert-engine-private.h"

#include <string.h>

#define FLOOD_WINDOW_US (10 * 60 * G_GINT64_CONSTANT (1000000))
#define FLOOD_BEGINS 10 /* more new rows than that within the window */
#define FLOOD_ENDS 5    /* fewer */

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
end_shelf (RnAlertEngine *self, const char *key)
{
  const RnAlert *alert = rn_alert_book_peek (self->book, key);
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

void
rn_alert_engine_end_shelves (RnAlertEngine *self)
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

/* The rule by which a row asks: its own; of one that the engine made that of what is under it. */
static const RnRule *
asking_rule (RnAlertEngine *self, const RnAlertTrack *track)
{
  const RnRule *rule = rn_alert_engine_rule (self, track);

  if (rule != NULL || !rn_alert_engine_has_children (self, track))
    return rule;
  for (guint i = 0; rule == NULL && i < self->tracks->len; i++)
    {
      const RnAlertTrack *child = self->tracks->pdata[i];

      if (g_strcmp0 (child->parent, track->key) == 0)
        rule = rn_alert_engine_rule (self, child);
    }
  return rule;
}

void
rn_alert_engine_escalate (RnAlertEngine *self)
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

void
rn_alert_engine_watch_flood (RnAlertEngine *self)
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
      g_ptr_array_add (nags, rn_alert_ref (rn_alert_book_find (self->book, track->key)));
    }
  return nags;
}
