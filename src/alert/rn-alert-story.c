/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands, told by as few entries as make it again. One thread at a time. */
#include "alert/rn-alert-book-private.h"

static RnAlertEntry *
add (GPtrArray *story, const RnAlertRow *row, RnAlertEntryKind kind, gint64 at_us)
{
  RnAlertEntry *entry = rn_alert_entry_new (kind, at_us);

  entry->key = g_strdup (row->key);
  g_ptr_array_add (story, entry);
  return entry;
}

static void
tell_raised (GPtrArray *story, const RnAlertRow *row)
{
  const RnAlert *alert = row->alert;
  RnAlertEntry *entry = add (story, row, RN_ENTRY_RAISED, alert->raised_us);

  entry->data_us = alert->raised_data_us;
  entry->rule = g_strdup (alert->rule);
  entry->rule_version = alert->rule_version;
  entry->subject = rn_subject_copy (alert->subject);
  entry->tier = alert->worst_tier;
  entry->latch = row->latch;
  entry->value = alert->value;
  entry->threshold = alert->threshold;
  entry->quality = alert->quality;
  entry->factors = alert->factors;
  entry->head = g_strdup (alert->head);
  entry->queue_m = alert->queue_m;
  entry->text = g_strdup (alert->title);
  entry->section = g_strdup (alert->section);
  entry->chainage_m = alert->chainage_m;
}

static void
tell_notes (GPtrArray *story, const RnAlertRow *row)
{
  for (GList *l = row->timeline.head; l != NULL; l = l->next)
    if (((RnAlertEntry *) l->data)->kind == RN_ENTRY_NOTE)
      g_ptr_array_add (story, rn_alert_entry_ref (l->data));
}

/* What was acknowledged and asks again rang since. */
static void
tell_response (GPtrArray *story, const RnAlertRow *row)
{
  const RnAlert *alert = row->alert;
  RnAlertEntry *entry;

  if (alert->acknowledged_tier != 0)
    {
      entry = add (story, row, RN_ENTRY_ACKNOWLEDGED, alert->acknowledged_us);
      entry->tier = alert->acknowledged_tier;
      entry->person = g_strdup (alert->acknowledged_by);
    }
  if (alert->owner != NULL)
    add (story, row, RN_ENTRY_OWNER, alert->changed_us)->text = g_strdup (alert->owner);
}

static void
tell_masks (GPtrArray *story, const RnAlertRow *row)
{
  const RnAlert *alert = row->alert;
  RnAlertEntry *entry;

  if (alert->suppressed)
    add (story, row, RN_ENTRY_SUPPRESSED, alert->changed_us);
  if (alert->shelved)
    {
      entry = add (story, row, RN_ENTRY_SHELVED, alert->shelved_us);
      entry->until_us = alert->shelved_until_us;
      entry->one_shot = alert->one_shot;
      entry->person = g_strdup (row->shelved_by);
      entry->text = g_strdup (row->shelved_reason);
    }
  if (alert->out_of_service)
    {
      entry = add (story, row, RN_ENTRY_OUT_OF_SERVICE, alert->changed_us);
      entry->person = g_strdup (row->service_by);
      entry->text = g_strdup (row->service_reason);
    }
}

/* Tiers go from the worst to the present one; an answer comes after, or a ring after the answer. */
static void
tell_row (GPtrArray *story, const RnAlertRow *row)
{
  const RnAlert *alert = row->alert;

  int tier = alert->tier != 0 ? alert->tier : alert->acknowledged_tier;

  tell_raised (story, row);
  if (tier != 0 && tier != alert->worst_tier)
    add (story, row, RN_ENTRY_TIER, alert->changed_us)->tier = tier;
  tell_response (story, row);
  if (alert->acknowledged_tier != 0 && !alert->acknowledged)
    add (story, row, RN_ENTRY_RANG, alert->changed_us);
  tell_notes (story, row);
  tell_masks (story, row);
}

/* When all are raised. What has ended stands for itself from now on. */
static void
tell_group (GPtrArray *story, const RnAlertRow *row)
{
  if (row->parent != NULL && rn_alert_row_stands (row))
    add (story, row, RN_ENTRY_PARENT, row->alert->changed_us)->parent =
        g_strdup (row->alert->parent);
}

/* When all stand in their groups. */
static void
tell_end (GPtrArray *story, const RnAlertRow *row)
{
  if (row->alert->condition == RN_CONDITION_RECOVERING)
    add (story, row, RN_ENTRY_RECOVERING, row->alert->changed_us);
  else if (!rn_alert_row_stands (row))
    add (story, row, RN_ENTRY_CLEARED, row->alert->changed_us);
}

static void
tell_rows (GPtrArray *story, const RnAlertBook *self,
           void (*func) (GPtrArray *story, const RnAlertRow *row))
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    func (story, row);
}

GPtrArray *
rn_alert_book_dup_story (const RnAlertBook *self)
{
  GPtrArray *story = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_entry_unref);

  tell_rows (story, self, tell_row);
  tell_rows (story, self, tell_group);
  tell_rows (story, self, tell_end);
  if (self->flood)
    g_ptr_array_add (story, rn_alert_entry_new (RN_ENTRY_FLOOD_BEGAN, self->flood_us));
  return story;
}
