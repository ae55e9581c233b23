/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See rn-plan-text.h. */
#include "ui/rn-plan-text.h"

#include <math.h>

#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "base/rn-text.h"

#define MINUTE_US (60 * RN_SECOND)

const char *
rn_plan_title (const RnPlanAdvice *advice)
{
  const char *name = rn_names_get (advice->plan->names, NULL);

  return name != NULL ? name : advice->plan->id;
}

char *
rn_plan_dup_extent (const RnPlanAdvice *advice)
{
  g_autofree char *extent = rn_plan_scope_dup_extent (advice->scope);
  g_autofree char *plazas =
      g_strdup_printf (ngettext ("%u toll plaza", "%u toll plazas", advice->scope->n_plazas),
                       advice->scope->n_plazas);
  g_autofree char *length = rn_text_quantity (rn_quantity_length (advice->scope->length_m / 1000));

  if (extent == NULL)
    return g_strdup (_("Its sections are not in the network"));
  return g_strdup_printf ("%s · %s", extent, advice->scope->n_plazas > 0 ? plazas : length);
}

const char *
rn_plan_tier_title (int tier)
{
  static const char *const titles[RN_N_TIERS] = { N_("No tier"), N_("Tier I"), N_("Tier II"),
                                                  N_("Tier III"), N_("Tier IV") };

  return _ (titles[CLAMP (tier, 0, RN_N_TIERS - 1)]);
}

const char *
rn_plan_tier_colour (int tier)
{
  static const char *const colours[RN_N_TIERS] = { "", N_("red"), N_("orange"), N_("yellow"),
                                                   N_("blue") };

  return tier >= 1 && tier < RN_N_TIERS ? _ (colours[tier]) : "";
}

const char *
rn_plan_tier_numeral (int tier)
{
  return tier >= 1 && tier < RN_N_TIERS ? rn_tier_word (tier) : C_ ("tier", "none");
}

const char *
rn_plan_measures_title (int tier)
{
  static const char *const titles[RN_N_TIERS] = {
    N_("Measures of no tier"), N_("Measures of tier I"), N_("Measures of tier II"),
    N_("Measures of tier III"), N_("Measures of tier IV")
  };

  return _ (titles[CLAMP (tier, 0, RN_N_TIERS - 1)]);
}

/* ---- status -------------------------------------------------------------------------------- */

char *
rn_plan_dup_duration (gint64 held_us, gint64 for_us)
{
  if (for_us == 0)
    return held_us == 0 ? g_strdup (RN_DASH) : rn_text_age (held_us);
  return g_strdup_printf (_("%d / %d min"), (int) (held_us / MINUTE_US),
                          (int) (for_us / MINUTE_US));
}

/* "III → II: 3 of 4, for 6 of 10 min" */
static char *
dup_progress (int from, int to, const RnPlanTreeFinding *finding)
{
  return g_strdup_printf (_("%s → %s: %u of %u, for %d of %d min"), rn_plan_tier_numeral (from),
                          rn_plan_tier_numeral (to), finding->n_yes, finding->n,
                          (int) (MIN (finding->held_us, finding->for_us) / MINUTE_US),
                          (int) (finding->for_us / MINUTE_US));
}

char *
rn_plan_dup_status (RnPlanDesk *desk, const RnPlanAdvice *advice, const char **css_class)
{
  int up = rn_plan_next_up (advice->tier);

  *css_class = NULL;
  if (rn_plan_desk_awaits_second (desk, advice->plan->key))
    {
      *css_class = "late";
      return g_strdup (_("Waits for the second person"));
    }
  if (rn_plan_desk_asks (desk, advice))
    {
      gboolean raise = advice->move == RN_PLAN_RAISE;

      *css_class = raise ? "lost" : NULL;
      return g_strdup_printf (raise ? _("Suggested: up to %s") : _("Suggested: down to %s"),
                              rn_plan_tier_numeral (advice->to));
    }
  if (advice->move != RN_PLAN_HOLD)
    return g_strdup (_("Declined for now"));
  if (advice->lost)
    {
      *css_class = "stale";
      return g_strdup (_("Data lost: no change"));
    }
  if (up > 0 && advice->enter[up].truth == RN_PLAN_YES)
    return dup_progress (advice->tier, up, &advice->enter[up]);
  if (advice->tier > 0 && advice->leave[advice->tier].truth == RN_PLAN_YES)
    return dup_progress (advice->tier, rn_plan_next_down (advice->tier),
                         &advice->leave[advice->tier]);
  return g_strdup (advice->tier == 0 ? _("Not active") : _("Hold"));
}

/* ---- suggestion ---------------------------------------------------------------------------- */

static const RnPlanTreeFinding *
deciding_tree (const RnPlanAdvice *advice)
{
  return advice->move == RN_PLAN_LOWER ? &advice->leave[advice->evidence]
                                       : &advice->enter[advice->evidence];
}

static gboolean
is_any (const RnPlanTreeFinding *finding)
{
  return finding->tree->n_nodes > 0 && finding->tree->nodes[0].kind == RN_PLAN_ANY;
}

char *
rn_plan_dup_suggestion (const RnPlanAdvice *advice)
{
  const RnPlanTreeFinding *finding = deciding_tree (advice);
  g_autofree char *holds = g_strdup_printf (
      ngettext ("%u criterion holds", "%u criteria hold", finding->n_yes), finding->n_yes);

  return g_strdup_printf (is_any (finding) ? _("Suggested: %s → %s; %s (any one will do)")
                                           : _("Suggested: %s → %s; %s"),
                          rn_plan_tier_numeral (advice->tier), rn_plan_tier_numeral (advice->to),
                          holds);
}

char *
rn_plan_dup_grounds (const RnPlanAdvice *advice)
{
  const RnPlanTreeFinding *finding = deciding_tree (advice);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < finding->tree->n_limits; i++)
    {
      const RnPlanLimitFinding *limit = &finding->limits[i];
      g_autofree char *value = rn_plan_dup_value (limit);
      g_autofree char *bound = rn_plan_node_dup_limit (limit->node);
      g_autofree char *held = rn_text_age (limit->held_us);

      if (limit->truth != RN_PLAN_YES)
        continue;
      g_string_append_printf (text, "%s%s %s (%s)", text->len > 0 ? " · " : "",
                              rn_metric_title (limit->node->metric), value, bound);
      if (limit->held_us >= MINUTE_US)
        g_string_append_printf (text, _(" for %s"), held);
    }
  if (advice->straight)
    g_string_append_printf (text, " · %s",
                            _("An incident of level I or II goes straight to tier I."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
rn_plan_dup_evidence_text (RnPlanDesk *desk, const RnPlanAdvice *advice, GTimeZone *zone)
{
  const RnPlanTreeFinding *finding = deciding_tree (advice);
  g_autofree char *extent = rn_plan_dup_extent (advice);
  g_autofree char *suggestion = rn_plan_dup_suggestion (advice);
  g_autofree char *at = rn_text_clock (rn_plan_desk_get_now_us (desk), zone);
  g_autofree char *day = rn_text_day (rn_plan_desk_get_now_us (desk), zone);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s · %s\n%s %s\n%s\n", rn_plan_title (advice), extent, day, at,
                          suggestion);
  for (guint i = 0; i < finding->tree->n_limits; i++)
    {
      const RnPlanLimitFinding *limit = &finding->limits[i];
      g_autofree char *value = rn_plan_dup_value (limit);
      g_autofree char *bound = rn_plan_node_dup_limit (limit->node);
      g_autofree char *held = rn_text_age (limit->held_us);
      g_autofree char *conclusion = rn_plan_dup_conclusion (limit);

      g_string_append_printf (text, "%s\t%s\t%s\t%s\t%s\n", rn_metric_title (limit->node->metric),
                              value, bound, held, conclusion);
    }
  return g_string_free (text, FALSE);
}

/* ---- limits -------------------------------------------------------------------------------- */

char *
rn_plan_dup_value (const RnPlanLimitFinding *limit)
{
  if (limit->node->metric == RN_METRIC_INCIDENT_LEVEL && limit->value >= RN_PLAN_NO_INCIDENT)
    return g_strdup (C_ ("incident", "none"));
  return rn_metric_text (limit->node->metric, limit->value);
}

/* Levels count the other way round: I is the most. */
void
rn_plan_get_degree (const RnPlanLimitFinding *limit, double *share, double *tick)
{
  const RnPlanNode *node = limit->node;
  double bound = isnan (node->above) ? node->below : node->above, full;

  if (node->metric == RN_METRIC_INCIDENT_LEVEL)
    {
      *share = (RN_PLAN_NO_INCIDENT - limit->value) / 4;
      *tick = (RN_PLAN_NO_INCIDENT - ceil (bound) + 1) / 4;
      return;
    }
  full = node->metric == RN_METRIC_SPEED_RATIO || node->metric == RN_METRIC_SATURATION
             ? fmax (1.0, bound * 1.25)
             : bound * 1.25;
  if (!isnan (node->below) && full < 10 * bound && bound <= 5
      && (node->metric == RN_METRIC_SLOW_KM || node->metric == RN_METRIC_SEVERE_KM))
    full = bound * 10; /* a length to fall below: most of what there is lies above it */
  *share = full > 0 ? limit->value / full : 0;
  *tick = full > 0 ? bound / full : 0;
}

static char *
dup_missing (const RnPlanLimitFinding *limit)
{
  const RnPlanNode *node = limit->node;
  double bound = !isnan (node->above) && limit->value < node->above ? node->above : node->below;
  g_autofree char *missing = rn_metric_text (node->metric, fabs (bound - limit->value));

  if (node->metric == RN_METRIC_INCIDENT_LEVEL)
    return g_strdup (_("Does not hold"));
  return g_strdup_printf (
      bound > limit->value ? C_ ("criterion", "%s short") : C_ ("criterion", "%s over"), missing);
}

char *
rn_plan_dup_conclusion (const RnPlanLimitFinding *limit)
{
  switch (limit->truth)
    {
    case RN_PLAN_YES:
      return g_strdup (_("Holds"));
    case RN_PLAN_ABSENT:
      return g_strdup (_("Not measured"));
    case RN_PLAN_UNKNOWN:
      return g_strdup (_("Not known"));
    case RN_PLAN_NO:
    default:
      break;
    }
  if (limit->held_us > 0 || (limit->node->for_us > 0 && limit->value >= limit->node->above))
    return g_strdup_printf (
        _("%d min to go"),
        (int) ((limit->node->for_us - limit->held_us + MINUTE_US - 1) / MINUTE_US));
  return dup_missing (limit);
}

/* ---- measures and decisions ---------------------------------------------------------------- */

const char *
rn_plan_party_title (const char *party)
{
  static const char *const words[RN_N_PARTIES] = { "operator", "police", "enforcement",
                                                   "rescue",   "fire",   "medical" };

  for (guint i = 0; party != NULL && i < RN_N_PARTIES; i++)
    if (g_str_equal (words[i], party))
      return rn_party_title ((RnParty) i);
  return party != NULL ? party : RN_DASH;
}

RnMeasureStep
rn_plan_next_step (const RnPlanLedgerRow *row)
{
  const gint64 *at_us = row->measure.at_us;

  if (at_us[RN_MEASURE_LIFTED] != 0)
    return RN_N_MEASURE_STEPS;
  for (int step = RN_MEASURE_EXECUTED; step > RN_MEASURE_ORDERED; step--)
    if (at_us[step] != 0)
      return (RnMeasureStep) (step + 1);
  return RN_MEASURE_CONFIRMED;
}

char *
rn_plan_dup_measure_state (const RnPlanLedgerRow *row, gint64 now_us, const char **css_class)
{
  const gint64 *at_us = row->measure.at_us;
  g_autofree char *age = NULL;

  *css_class = NULL;
  if (at_us[RN_MEASURE_LIFTED] != 0)
    return g_strdup (_("Lifted"));
  if (row->overdue_us != 0)
    {
      age = rn_text_age (now_us - row->overdue_us);
      *css_class = "rn-overdue";
      return g_strdup_printf (_("Overdue %s"), age);
    }
  if (at_us[RN_MEASURE_EXECUTED] != 0)
    {
      *css_class = "strong";
      return g_strdup (_("In force"));
    }
  if (at_us[RN_MEASURE_CONFIRMED] != 0)
    {
      *css_class = "late";
      return g_strdup (C_ ("measure state", "Confirmed"));
    }
  age = rn_text_age (now_us - at_us[RN_MEASURE_ORDERED]);
  *css_class = "warn";
  return g_strdup_printf (_("Unconfirmed %s"), age);
}

char *
rn_plan_dup_decision (const RnPlanDecision *decision)
{
  const char *numeral = rn_plan_tier_numeral (decision->tier);
  gboolean up = rn_tier_is_worse (decision->tier, decision->from);

  if (decision->kind == RN_ENTRY_PLAN_DECLINED)
    return g_strdup_printf (up ? _("Not raised to %s") : _("Not lowered to %s"), numeral);
  if (decision->tier == 0)
    return g_strdup (_("Control ended"));
  return g_strdup_printf (up ? _("Raised to %s") : _("Lowered to %s"), numeral);
}
