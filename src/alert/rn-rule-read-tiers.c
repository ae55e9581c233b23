/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the tiers of a rule, and their sense: each is left on the safe side of where it is
 * entered, and a worse one lies beyond a milder one. Which side is safe belongs to the metric; of a
 * key figure nobody knows but the rule, so there `exit` tells it, alike in all tiers. Pure, any
 * thread. */
#include <math.h>

#include "alert/rn-rule-read-private.h"
#include "base/rn-i18n.h"
#include "model/rn-weather.h"

#define MAX_COUNT 1000

/* Whether @a lies on the bad side of @b; equal does not. */
static gboolean
is_worse (RnBadSide side, double a, double b)
{
  return rn_bad_side_is_beyond (side, a, b) && a != b;
}

static double
read_number (const RnJson *json, const char *key, RnMetric metric, gboolean optional,
             GError **error)
{
  RnJson member = rn_json_member (json, key);
  double min, max;

  rn_metric_get_range (metric, &min, &max);
  return optional ? rn_json_opt_number (&member, min, max, error)
                  : rn_json_number (&member, min, max, error);
}

static void
read_limits (const RnJson *json, RnMetric metric, RnRuleTier *tier, GError **error)
{
  RnJson exit = rn_json_member (json, "exit");
  gboolean stepped = rn_metric_is_stepped (metric);
  RnBadSide side = rn_metric_bad_side (metric);

  tier->enter = read_number (json, "enter", metric, FALSE, error);
  tier->exit = read_number (json, "exit", metric, stepped, error);
  if (isnan (tier->exit))
    tier->exit = tier->enter; /* of steps: left as soon as it is not entered */
  else if (side == RN_BAD_BY_LIMITS && tier->exit == tier->enter)
    rn_json_fail (&exit, RN_JSON_ERROR_RANGE, error, "%s",
                  _("has to differ from “enter”: it tells which side is bad"));
  else if (is_worse (side, tier->exit, tier->enter) || (!stepped && tier->exit == tier->enter))
    rn_json_fail (&exit, RN_JSON_ERROR_RANGE, error,
                  side == RN_BAD_LOW
                      ? _("has to be above “enter”, since low values of %s are bad")
                      : _("has to be below “enter”, since high values of %s are bad"),
                  rn_metric_word (metric));
}

/* Words as bits 1 << value: the first word, "dry", is value 1. */
static void
read_set (const RnJson *json, RnRuleTier *tier, GError **error)
{
  RnJson enter = rn_json_member (json, "enter"), exit = rn_json_member (json, "exit");
  const RnJson *list = rn_json_is_array (json) ? json : &enter;

  if (rn_json_is_null (list))
    rn_json_fail (list, RN_JSON_ERROR_MISSING, error, "%s", _("is missing"));
  if (!rn_json_is_null (&exit))
    rn_json_fail (&exit, RN_JSON_ERROR_RANGE, error, "%s", _("has no sense for a list of words"));
  tier->set = rn_rule_read_bits (list, rn_surface_words (), error) << RN_SURFACE_DRY;
}

/* @of: of the whole rule, for what the tier does not say. */
static void
read_delays (const RnJson *json, const RnRuleTier *of, RnRuleTier *tier, GError **error)
{
  RnJson count = rn_json_member (json, "count"), window = rn_json_member (json, "window_s");

  tier->for_us = rn_rule_read_delay (json, "for_s", of->for_us, error);
  tier->keep_us = rn_rule_read_delay (json, "keep_s", of->keep_us, error);
  tier->count = rn_json_opt_integer (&count, 2, MAX_COUNT, of->count, error);
  tier->window_us = rn_rule_read_delay (json, "window_s", of->window_us, error);
  if (rn_json_is_null (&count) != rn_json_is_null (&window))
    rn_json_fail (rn_json_is_null (&count) ? &count : &window, RN_JSON_ERROR_MISSING, error, "%s",
                  _("is missing: “count” and “window_s” belong together"));
  if (!rn_json_is_null (&window) && tier->window_us == 0)
    rn_json_fail (&window, RN_JSON_ERROR_RANGE, error, "%s", _("has to be above 0"));
}

static void
read_tier (const RnJson *json, RnMetric metric, const RnRuleTier *of, RnRuleTier *tier,
           GError **error)
{
  static const char *const known[] = {
    "enter", "exit", "for_s", "keep_s", "count", "window_s", NULL
  };
  gboolean set = rn_metric_bad_side (metric) == RN_BAD_SET;

  *tier = *of;
  tier->on = TRUE;
  tier->enter = tier->exit = NAN;
  if (!set || !rn_json_is_array (json))
    {
      rn_rule_check_members (json, known, error);
      read_delays (json, of, tier, error);
    }
  if (set)
    read_set (json, tier, error);
  else
    read_limits (json, metric, tier, error);
}

/* ---- order --------------------------------------------------------------------------------- */

static void
check_sets (const RnJson *at, const RnRuleTier *worse, const RnRuleTier *milder,
            const char *milder_word, GError **error)
{
  if (worse->set & milder->set)
    rn_json_fail (at, RN_JSON_ERROR_RANGE, error, _("has a word that tier %s has, too"),
                  milder_word);
}

/* The same limit held longer is worse, too. */
static void
check_limits (const RnJson *at, RnBadSide side, const RnRuleTier *worse, const RnRuleTier *milder,
              const char *milder_word, GError **error)
{
  RnJson enter = rn_json_member (at, "enter"), exit = rn_json_member (at, "exit");
  gboolean longer = worse->for_us > milder->for_us || worse->count > milder->count;

  if (!is_worse (side, worse->enter, milder->enter) && !(worse->enter == milder->enter && longer))
    rn_json_fail (&enter, RN_JSON_ERROR_RANGE, error,
                  _("has to be worse than that of tier %s, or as bad for longer"), milder_word);
  if (is_worse (side, milder->exit, worse->exit))
    rn_json_fail (&exit, RN_JSON_ERROR_RANGE, error, _("is milder than that of tier %s"),
                  milder_word);
}

/* All tiers are left on the side on which the mildest is. */
static void
check_sides (const RnJson *tiers, const RnRule *rule, GError **error)
{
  gboolean low = rn_rule_bad_side (rule) == RN_BAD_LOW;
  const char *mildest = NULL;

  for (int i = RN_N_TIERS - 1; i > 0; i--)
    {
      RnJson tier = rn_json_member (tiers, rn_tier_word (i));
      RnJson exit = rn_json_member (&tier, "exit");

      if (!rule->tiers[i].on)
        continue;
      if (mildest == NULL)
        mildest = rn_tier_word (i);
      else if ((rule->tiers[i].exit > rule->tiers[i].enter) != low)
        rn_json_fail (&exit, RN_JSON_ERROR_RANGE, error,
                      low ? _("has to be above “enter”, as in tier %s: there low values are bad")
                          : _("has to be below “enter”, as in tier %s: there high values are bad"),
                      mildest);
    }
}

static void
check_order (const RnJson *tiers, const RnRule *rule, GError **error)
{
  RnBadSide side = rn_rule_bad_side (rule);
  int worse = 0;

  for (int milder = 1; milder < RN_N_TIERS; milder++)
    {
      const char *word = rn_tier_word (milder);
      RnJson at = rn_json_member (tiers, rn_tier_word (worse));

      if (!rule->tiers[milder].on)
        continue;
      if (worse != 0 && side != RN_BAD_SET)
        check_limits (&at, side, &rule->tiers[worse], &rule->tiers[milder], word, error);
      for (int i = 1; i < milder && side == RN_BAD_SET; i++)
        {
          at = rn_json_member (tiers, rn_tier_word (i));
          check_sets (&at, &rule->tiers[i], &rule->tiers[milder], word, error);
        }
      worse = milder;
    }
}

void
rn_rule_read_tiers (const RnJson *json, RnRule *rule, GError **error)
{
  static const char *const known[] = { "I", "II", "III", "IV", NULL };
  RnJson tiers = rn_json_member (json, "tiers");
  RnRuleTier of = { 0 };
  gboolean any = FALSE;

  read_delays (json, &of, &of, error);
  rn_rule_check_members (&tiers, known, error);
  for (int i = 1; i < RN_N_TIERS; i++)
    {
      RnJson tier = rn_json_member (&tiers, rn_tier_word (i));

      if (rn_json_is_null (&tier))
        continue;
      read_tier (&tier, rule->metric, &of, &rule->tiers[i], error);
      any = TRUE;
    }
  if (!any)
    rn_json_fail (&tiers, RN_JSON_ERROR_RANGE, error, "%s", _("is empty"));
  if (*error == NULL && rn_metric_bad_side (rule->metric) == RN_BAD_BY_LIMITS)
    check_sides (&tiers, rule, error);
  if (*error == NULL)
    check_order (&tiers, rule, error);
}
