/* SPDX-License-Identifier: GPL-3.0-or-later */
/* At most one sound waits. It waits for the end of its burst and for the end of the gap since the
 * last one, which only a worse tier passes over. Pure. */
#include "ui/rn-alarm-policy.h"

struct _RnAlarmPolicy {
  int least;
  gint64 muted_until_us; /* 0 not */

  int waiting; /* tier; 0 nothing waits */
  gint64 waiting_since_us;
  int last; /* tier of the last sound; 0 none yet */
  gint64 last_us;

  gboolean flood;
  int flood_tier; /* worst that has sounded in it, or waits; 0 none */
};

RnAlarmPolicy *
rn_alarm_policy_new (void)
{
  RnAlarmPolicy *self = g_new0 (RnAlarmPolicy, 1);

  self->least = RN_N_TIERS - 1;
  return self;
}

void
rn_alarm_policy_free (RnAlarmPolicy *self)
{
  g_free (self);
}

static gboolean
is_heard (const RnAlarmPolicy *self, int tier, gint64 now_us)
{
  if (tier == 0 || tier > self->least)
    return FALSE;
  return tier == 1 || now_us >= self->muted_until_us;
}

void
rn_alarm_policy_set_least (RnAlarmPolicy *self, int least)
{
  self->least = least;
  if (self->waiting > least)
    self->waiting = 0;
}

void
rn_alarm_policy_mute (RnAlarmPolicy *self, gint64 until_us)
{
  self->muted_until_us = until_us;
  if (until_us != 0 && self->waiting > 1)
    self->waiting = 0;
}

gint64
rn_alarm_policy_get_muted_until_us (const RnAlarmPolicy *self)
{
  return self->muted_until_us;
}

void
rn_alarm_policy_set_flood (RnAlarmPolicy *self, gboolean flood)
{
  if (flood == self->flood)
    return;
  self->flood = flood;
  self->flood_tier = 0;
}

/* Whether a flood leaves it unheard. */
static gboolean
is_drowned (const RnAlarmPolicy *self, int tier, gboolean again, gint64 now_us)
{
  if (!self->flood || tier == 1 || self->flood_tier == 0
      || rn_tier_is_worse (tier, self->flood_tier))
    return FALSE;
  return !again || self->waiting != 0 || now_us - self->last_us < RN_ALARM_FLOOD_NAG_US;
}

void
rn_alarm_policy_ring (RnAlarmPolicy *self, const RnAlert *alert, gboolean again, gint64 now_us)
{
  int tier = rn_alert_shown_tier (alert);

  if (!rn_alert_asks (alert) || !is_heard (self, tier, now_us)
      || is_drowned (self, tier, again, now_us))
    return;
  if (self->waiting == 0)
    self->waiting_since_us = now_us;
  self->waiting = rn_tier_worst (self->waiting, tier);
  if (self->flood)
    self->flood_tier = rn_tier_worst (self->flood_tier, tier);
}

gint64
rn_alarm_policy_get_due_us (const RnAlarmPolicy *self)
{
  gint64 due_us = self->waiting_since_us + RN_ALARM_GATHER_US;

  if (self->waiting == 0)
    return 0;
  if (self->last == 0 || rn_tier_is_worse (self->waiting, self->last))
    return due_us;
  return MAX (due_us, self->last_us + (self->flood ? RN_ALARM_FLOOD_GAP_US : RN_ALARM_GAP_US));
}

int
rn_alarm_policy_take (RnAlarmPolicy *self, gint64 now_us)
{
  int tier = self->waiting;

  if (tier == 0 || now_us < rn_alarm_policy_get_due_us (self))
    return 0;
  self->waiting = 0;
  self->last = tier;
  self->last_us = now_us;
  return tier;
}
