/* SPDX-License-Identifier: GPL-3.0-or-later */
/* References to the desk's alerts, counted once. */
#include "ui/rn-alert-sheet.h"

gboolean
rn_alert_sheet_is_aside (const RnAlert *alert)
{
  return alert->mask != RN_MASK_NONE;
}

static void
count (RnAlertSheet *self, const RnAlert *alert)
{
  int tier = rn_alert_shown_tier (alert);
  guint *counts = rn_alert_asks (alert) ? self->asks : self->known;

  if (rn_alert_sheet_is_aside (alert))
    return;
  self->n_shown++;
  counts[0]++;
  if (tier > 0 && tier < RN_N_TIERS)
    counts[tier]++;
}

/* While all is written there is nothing to ask for each of them. */
static gboolean
may_miss_some (RnAlertDesk *desk)
{
  const RnJournalStatus *status = rn_alert_desk_get_journal_status (desk);

  return status != NULL && (status->state != RN_JOURNAL_ON || status->pending > 0);
}

static void
find_unrecorded (RnAlertSheet *self, RnAlertDesk *desk)
{
  self->unrecorded = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->alerts->len; i++)
    {
      const RnAlert *alert = self->alerts->pdata[i];

      if (!rn_alert_desk_is_recorded (desk, alert->key))
        g_hash_table_add (self->unrecorded, alert->key);
    }
}

RnAlertSheet *
rn_alert_sheet_new (RnAlertDesk *desk)
{
  RnAlertSheet *self = g_atomic_rc_box_new0 (RnAlertSheet);
  const GPtrArray *alerts = rn_alert_desk_get_rows (desk);

  self->alerts = g_ptr_array_new_full (alerts->len, (GDestroyNotify) rn_alert_unref);
  for (guint i = 0; i < alerts->len; i++)
    {
      g_ptr_array_add (self->alerts, rn_alert_ref (alerts->pdata[i]));
      count (self, alerts->pdata[i]);
    }
  self->rules = rn_rule_set_ref (rn_alert_desk_get_rules (desk));
  self->person = g_strdup (rn_alert_desk_get_person (desk));
  self->last_cleared_us = rn_alert_desk_get_last_cleared_us (desk);
  self->flood = rn_alert_desk_is_flood (desk);
  if (may_miss_some (desk))
    find_unrecorded (self, desk);
  return self;
}

RnAlertSheet *
rn_alert_sheet_ref (const RnAlertSheet *self)
{
  return g_atomic_rc_box_acquire ((RnAlertSheet *) self);
}

static void
sheet_clear (gpointer data)
{
  RnAlertSheet *self = data;

  g_clear_pointer (&self->unrecorded, g_hash_table_unref);
  g_ptr_array_unref (self->alerts);
  rn_rule_set_unref (self->rules);
  g_free (self->person);
}

void
rn_alert_sheet_unref (const RnAlertSheet *self)
{
  g_atomic_rc_box_release_full ((RnAlertSheet *) self, sheet_clear);
}

gboolean
rn_alert_sheet_is_recorded (const RnAlertSheet *self, const char *key)
{
  return self->unrecorded == NULL || !g_hash_table_contains (self->unrecorded, key);
}
