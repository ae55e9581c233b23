/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules and sets of them as refcounted values. Pure. */
#include "alert/rn-rule.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MINUTES_A_DAY 1440

RnRule *
rn_rule_new (const char *id)
{
  RnRule *self = g_atomic_rc_box_new0 (RnRule);

  self->id = g_strdup (id);
  self->enabled = TRUE;
  for (guint i = 0; i < RN_N_TIERS; i++)
    self->tiers[i].enter = self->tiers[i].exit = NAN;
  return self;
}

RnRule *
rn_rule_ref (const RnRule *self)
{
  return g_atomic_rc_box_acquire ((RnRule *) self);
}

static void
scope_clear (RnRuleScope *self)
{
  g_strfreev (self->roads);
  g_strfreev (self->directions);
  g_strfreev (self->sections);
  g_strfreev (self->companies);
  g_strfreev (self->facilities);
  g_strfreev (self->tags);
}

static void
rule_clear (gpointer data)
{
  RnRule *self = data;

  g_free (self->id);
  g_clear_pointer (&self->names, rn_names_unref);
  g_free (self->owner);
  g_free (self->reason);
  g_free (self->select);
  scope_clear (&self->scope);
  g_free (self->guards);
  g_free (self->hours);
  g_clear_pointer (&self->guidance, rn_names_unref);
  g_free (self->group_by);
  g_free (self->display);
}

void
rn_rule_unref (const RnRule *self)
{
  g_atomic_rc_box_release_full ((RnRule *) self, rule_clear);
}

/* The reader takes care that all tiers of a rule have one side. */
RnBadSide
rn_rule_bad_side (const RnRule *self)
{
  RnBadSide side = rn_metric_bad_side (self->metric);

  if (side != RN_BAD_BY_LIMITS)
    return side;
  for (int tier = RN_N_TIERS - 1; tier > 0; tier--)
    if (self->tiers[tier].on)
      return self->tiers[tier].exit > self->tiers[tier].enter ? RN_BAD_LOW : RN_BAD_HIGH;
  return RN_BAD_HIGH;
}

gboolean
rn_rule_is_beyond (const RnRule *self, double value, double limit)
{
  return rn_bad_side_is_beyond (rn_rule_bad_side (self), value, limit);
}

const char *
rn_rule_title (const RnRule *self)
{
  const char *name = rn_names_get (self->names, NULL);

  return name != NULL ? name : self->id;
}

int
rn_rule_minute_from_text (const char *text)
{
  int minute;

  if (strlen (text) != 5 || text[2] != ':' || strspn (text, G_CSET_DIGITS) != 2
      || strspn (text + 3, G_CSET_DIGITS) != 2 || text[3] > '5')
    return -1;
  minute = atoi (text) * 60 + atoi (text + 3);
  return minute <= MINUTES_A_DAY ? minute : -1;
}

char *
rn_rule_minute_dup_text (int minute)
{
  return g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
}

/* Hours over midnight belong to the day on which they begin. */
static gboolean
hours_hold (const RnRuleHours *self, int weekday, int minute)
{
  gboolean over = self->until_min <= self->from_min;
  int day = weekday;

  if (over && minute < self->until_min)
    {
      day = weekday == 1 ? 7 : weekday - 1;
      minute += MINUTES_A_DAY;
    }
  if (self->weekdays != 0 && !(self->weekdays & (1u << day)))
    return FALSE;
  return minute >= self->from_min && minute < self->until_min + (over ? MINUTES_A_DAY : 0);
}

gboolean
rn_rule_is_on (const RnRule *self, gint64 now_us, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (!self->enabled)
    return FALSE;
  if (self->n_hours == 0)
    return TRUE;
  utc = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
  local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_to_local (utc);
  for (guint i = 0; i < self->n_hours; i++)
    if (hours_hold (&self->hours[i], g_date_time_get_day_of_week (local),
                    g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local)))
      return TRUE;
  return FALSE;
}

/* ---- sets ---------------------------------------------------------------------------------- */

RnRuleSet *
rn_rule_set_new (RnRule *const *rules, guint n)
{
  RnRuleSet *self = g_atomic_rc_box_new0 (RnRuleSet);
  RnRule **copy = g_new0 (RnRule *, n + 1);

  for (guint i = 0; i < n; i++)
    copy[i] = rn_rule_ref (rules[i]);
  self->n = n;
  self->rules = copy;
  return self;
}

RnRuleSet *
rn_rule_set_ref (const RnRuleSet *self)
{
  return g_atomic_rc_box_acquire ((RnRuleSet *) self);
}

static void
set_clear (gpointer data)
{
  RnRuleSet *self = data;

  for (guint i = 0; i < self->n; i++)
    rn_rule_unref (self->rules[i]);
  g_free ((gpointer) self->rules);
}

void
rn_rule_set_unref (const RnRuleSet *self)
{
  g_atomic_rc_box_release_full ((RnRuleSet *) self, set_clear);
}

const RnRule *
rn_rule_set_find (const RnRuleSet *self, const char *id)
{
  for (guint i = 0; i < self->n; i++)
    if (g_strcmp0 (self->rules[i]->id, id) == 0)
      return self->rules[i];
  return NULL;
}

RnRuleSet *
rn_rule_set_override (const RnRuleSet *base, const RnRuleSet *site)
{
  g_autoptr (GPtrArray) rules = g_ptr_array_new ();

  for (guint i = 0; i < base->n; i++)
    {
      const RnRule *own = rn_rule_set_find (site, base->rules[i]->id);

      g_ptr_array_add (rules, (gpointer) (own != NULL ? own : base->rules[i]));
    }
  for (guint i = 0; i < site->n; i++)
    if (rn_rule_set_find (base, site->rules[i]->id) == NULL)
      g_ptr_array_add (rules, site->rules[i]);
  return rn_rule_set_new ((RnRule *const *) rules->pdata, rules->len);
}
