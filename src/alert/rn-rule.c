/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules and sets of them as refcounted values. Pure. */
#include "alert/rn-rule.h"

#include <math.h>

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

const char *
rn_rule_title (const RnRule *self)
{
  const char *name = rn_names_get (self->names, NULL);

  return name != NULL ? name : self->id;
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
