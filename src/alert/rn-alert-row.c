/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a book: the alert, copied before it is changed when somebody holds it, and the counts of
 * the tree. One thread at a time. */
#include "alert/rn-alert-row.h"

#define TIMELINE_MAX 200

RnAlertRow *
rn_alert_row_new (const char *key)
{
  RnAlertRow *self = g_new0 (RnAlertRow, 1);

  self->key = g_strdup (key);
  self->alert = rn_alert_new (key);
  self->children = g_ptr_array_new ();
  g_queue_init (&self->timeline);
  return self;
}

void
rn_alert_row_free (RnAlertRow *self)
{
  g_free (self->key);
  rn_alert_unref (self->alert);
  g_free (self->shelved_by);
  g_free (self->shelved_reason);
  g_free (self->service_by);
  g_free (self->service_reason);
  g_queue_clear_full (&self->timeline, (GDestroyNotify) rn_alert_entry_unref);
  g_ptr_array_unref (self->children);
  g_free (self);
}

RnAlert *
rn_alert_row_edit (RnAlertRow *self)
{
  RnAlert *copy;

  if (!self->shared)
    return self->alert;
  copy = rn_alert_copy (self->alert);
  rn_alert_unref (self->alert);
  self->alert = copy;
  self->shared = FALSE;
  return copy;
}

RnAlert *
rn_alert_row_share (RnAlertRow *self)
{
  self->shared = TRUE;
  return rn_alert_ref (self->alert);
}

gboolean
rn_alert_row_stands (const RnAlertRow *self)
{
  return self->alert->condition == RN_CONDITION_ACTIVE
         || self->alert->condition == RN_CONDITION_RECOVERING;
}

gboolean
rn_alert_row_waits_for_ack (const RnAlertRow *self)
{
  return !rn_alert_row_stands (self) && self->latch && !self->alert->acknowledged;
}

gboolean
rn_alert_row_is_over (const RnAlertRow *self)
{
  return !rn_alert_row_stands (self) && !rn_alert_row_waits_for_ack (self) && !self->alert->shelved
         && !self->alert->out_of_service;
}

/* ---- counts -------------------------------------------------------------------------------- */

static int
worst_of (const guint *by_tier)
{
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    if (by_tier[tier] > 0)
      return tier;
  return 0;
}

/* The alert says what its counts say. A worse child than was acknowledged asks again. */
static void
tell_counts (RnAlertRow *self)
{
  RnAlert *alert = rn_alert_row_edit (self);

  alert->n_children = self->n_below;
  alert->worst_child = worst_of (self->by_tier);
  if (rn_tier_is_worse (alert->worst_child, alert->acknowledged_tier))
    alert->acknowledged = FALSE;
}

static void
count (RnAlertRow *self, gboolean counted, int tier)
{
  for (RnAlertRow *row = self->parent; row != NULL; row = row->parent)
    {
      row->n_below += counted - self->counted;
      row->by_tier[self->counted_tier]--;
      row->by_tier[tier]++;
      tell_counts (row);
    }
  self->counted = counted;
  self->counted_tier = tier;
}

void
rn_alert_row_recount (RnAlertRow *self)
{
  gboolean stands = rn_alert_row_stands (self);
  int tier = stands && self->alert->mask == RN_MASK_NONE ? self->alert->tier : 0;

  if (stands != self->counted || tier != self->counted_tier)
    count (self, stands, tier);
}

/* Adds all that @self and what is below it count for, to the rows above; or takes it off. */
static void
carry (RnAlertRow *self, gboolean add)
{
  for (RnAlertRow *row = self->parent; row != NULL; row = row->parent)
    {
      guint n = self->n_below + (self->counted ? 1 : 0);

      row->n_below = add ? row->n_below + n : row->n_below - n;
      for (guint i = 0; i < RN_N_TIERS; i++)
        {
          guint of_tier = self->by_tier[i] + ((guint) self->counted_tier == i ? 1 : 0);

          row->by_tier[i] = add ? row->by_tier[i] + of_tier : row->by_tier[i] - of_tier;
        }
      tell_counts (row);
    }
}

void
rn_alert_row_move (RnAlertRow *self, RnAlertRow *parent)
{
  RnAlert *alert;

  if (self->parent == parent)
    return;
  if (self->parent != NULL)
    {
      carry (self, FALSE);
      g_ptr_array_remove_fast (self->parent->children, self);
    }
  self->parent = parent;
  if (parent != NULL)
    {
      g_ptr_array_add (parent->children, self);
      carry (self, TRUE);
    }
  alert = rn_alert_row_edit (self);
  g_free (alert->parent);
  alert->parent = parent != NULL ? g_strdup (parent->alert->key) : NULL;
}

gboolean
rn_alert_row_holds (const RnAlertRow *self, const RnAlertRow *other)
{
  for (const RnAlertRow *row = other; row != NULL; row = row->parent)
    if (row == self)
      return TRUE;
  return FALSE;
}

void
rn_alert_row_walk (RnAlertRow *self, void (*func) (RnAlertRow *row, gpointer data), gpointer data)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      func (self->children->pdata[i], data);
      rn_alert_row_walk (self->children->pdata[i], func, data);
    }
}

/* ---- mask and timeline --------------------------------------------------------------------- */

void
rn_alert_row_settle_mask (RnAlertRow *self)
{
  RnAlert *alert = rn_alert_row_edit (self);

  g_clear_pointer (&alert->mask_by, g_free);
  g_clear_pointer (&alert->mask_reason, g_free);
  alert->mask = RN_MASK_NONE;
  if (alert->out_of_service)
    {
      alert->mask = RN_MASK_OUT_OF_SERVICE;
      alert->mask_by = g_strdup (self->service_by);
      alert->mask_reason = g_strdup (self->service_reason);
    }
  else if (alert->suppressed)
    alert->mask = RN_MASK_SUPPRESSED;
  else if (alert->shelved)
    {
      alert->mask = RN_MASK_SHELVED;
      alert->mask_by = g_strdup (self->shelved_by);
      alert->mask_reason = g_strdup (self->shelved_reason);
    }
}

void
rn_alert_row_remember (RnAlertRow *self, const RnAlertEntry *entry)
{
  g_queue_push_tail (&self->timeline, rn_alert_entry_ref (entry));
  if (g_queue_get_length (&self->timeline) > TIMELINE_MAX)
    rn_alert_entry_unref (g_queue_pop_head (&self->timeline));
}
