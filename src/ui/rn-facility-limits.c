/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists are made in workers, so the limits are behind a lock. */
#include "ui/rn-facility-limits.h"

#include <math.h>

#include "alert/rn-rule-read.h"

static GMutex lock;
static RnFacilityLimits limits;
static gboolean known;

/* Where the mildest tier of the rules for @metric is entered; rules for some places only do not
 * count. */
static double
find_limit (const RnRuleSet *rules, RnMetric metric)
{
  for (guint i = 0; i < rules->n; i++)
    {
      const RnRule *rule = rules->rules[i];
      const RnRuleScope *scope = &rule->scope;

      if (!rule->enabled || rule->metric != metric || rule->select != NULL || scope->roads != NULL
          || scope->facilities != NULL || scope->sections != NULL || scope->companies != NULL)
        continue;
      for (int tier = RN_N_TIERS - 1; tier > 0; tier--)
        if (rule->tiers[tier].on)
          return rule->tiers[tier].enter;
    }
  return NAN;
}

static void
take (const RnRuleSet *rules)
{
  limits.parking_share = find_limit (rules, RN_METRIC_PARKING_PCT) / 100;
  limits.queue_m = find_limit (rules, RN_METRIC_PLAZA_QUEUE_M);
  limits.fuel_pct = find_limit (rules, RN_METRIC_FUEL_STOCK_PCT);
  known = TRUE;
}

RnFacilityLimits
rn_facility_limits_get (void)
{
  RnFacilityLimits copy;

  g_mutex_lock (&lock);
  if (!known)
    take (rn_rule_set_default ());
  copy = limits;
  g_mutex_unlock (&lock);
  return copy;
}

void
rn_facility_limits_set (const RnRuleSet *rules)
{
  g_mutex_lock (&lock);
  take (rules);
  g_mutex_unlock (&lock);
}

static void
rules_changed_cb (RnAlertDesk *desk)
{
  rn_facility_limits_set (rn_alert_desk_get_rules (desk));
}

void
rn_facility_limits_follow (RnAlertDesk *desk)
{
  g_signal_connect (desk, "rules-changed", G_CALLBACK (rules_changed_cb), NULL);
  rules_changed_cb (desk);
}
