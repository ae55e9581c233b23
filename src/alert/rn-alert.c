/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An alert as a refcounted value, and the order of lists. Pure. */
#include "alert/rn-alert.h"

#include <math.h>

RnAlert *
rn_alert_new (const char *key)
{
  RnAlert *self = g_atomic_rc_box_new0 (RnAlert);

  self->key = g_strdup (key);
  self->value = self->threshold = self->queue_m = self->chainage_m = NAN;
  return self;
}

RnAlert *
rn_alert_copy (const RnAlert *self)
{
  RnAlert *copy = g_atomic_rc_box_new0 (RnAlert);

  *copy = *self;
  copy->key = g_strdup (self->key);
  copy->rule = g_strdup (self->rule);
  copy->subject = rn_subject_copy (self->subject);
  copy->title = g_strdup (self->title);
  copy->section = g_strdup (self->section);
  copy->acknowledged_by = g_strdup (self->acknowledged_by);
  copy->owner = g_strdup (self->owner);
  copy->mask_by = g_strdup (self->mask_by);
  copy->mask_reason = g_strdup (self->mask_reason);
  copy->parent = g_strdup (self->parent);
  copy->head = g_strdup (self->head);
  return copy;
}

RnAlert *
rn_alert_ref (const RnAlert *self)
{
  return g_atomic_rc_box_acquire ((RnAlert *) self);
}

static void
alert_clear (gpointer data)
{
  RnAlert *self = data;

  g_free (self->key);
  g_free (self->rule);
  rn_subject_free (self->subject);
  g_free (self->title);
  g_free (self->section);
  g_free (self->acknowledged_by);
  g_free (self->owner);
  g_free (self->mask_by);
  g_free (self->mask_reason);
  g_free (self->parent);
  g_free (self->head);
}

void
rn_alert_unref (const RnAlert *self)
{
  g_atomic_rc_box_release_full ((RnAlert *) self, alert_clear);
}

int
rn_alert_shown_tier (const RnAlert *self)
{
  return rn_tier_worst (self->tier, self->n_children > 0 ? self->worst_child : 0);
}

gboolean
rn_alert_asks (const RnAlert *self)
{
  return !self->acknowledged && self->mask == RN_MASK_NONE && self->parent == NULL;
}

#define URGENCIES (2u * RN_N_TIERS)

/* Lost data never looks calm: half a step above the last tier. */
static int
urgency (const RnAlert *self)
{
  int tier = rn_alert_shown_tier (self);
  gboolean lost = self->quality == RN_QUALITY_LOST || self->quality == RN_QUALITY_UNKNOWN;

  return (tier > 0 ? (RN_N_TIERS - tier) * 2 : 0) + (lost ? 1 : 0);
}

guint
rn_alert_rank (const RnAlert *self)
{
  return (rn_alert_asks (self) ? 0u : 2u * URGENCIES) + (self->acknowledged ? URGENCIES : 0u)
         + (URGENCIES - 1u - (guint) urgency (self));
}

int
rn_alert_compare (const RnAlert *a, const RnAlert *b)
{
  guint a_rank = rn_alert_rank (a), b_rank = rn_alert_rank (b);

  if (a_rank != b_rank)
    return a_rank < b_rank ? -1 : 1;
  if (a->raised_us != b->raised_us)
    return a->raised_us > b->raised_us ? -1 : 1;
  return g_strcmp0 (a->key, b->key);
}
