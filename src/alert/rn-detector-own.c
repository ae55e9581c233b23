/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A section's own limits: {"jam": {"III": {"enter": 0.50, "exit": 0.60}}}. They replace the rule's
 * limits of that tier; delays stay the rule's, those of its mildest tier where it has no such tier.
 * A fault costs the section's own limits of that rule, is told with its path, and nothing else. */
#include "alert/rn-detector-scope.h"

#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-json.h"
#include "base/rn-nearest.h"

#define MAX_LIMIT 1e9

static void
read_limits (const RnJson *tier, RnBadSide side, RnRuleTier *out, GError **error)
{
  RnJson enter = rn_json_member (tier, "enter"), exit = rn_json_member (tier, "exit");
  gboolean of_rule = out->on;

  out->enter = rn_json_number (&enter, -MAX_LIMIT, MAX_LIMIT, error);
  if (!rn_json_is_null (&exit))
    out->exit = rn_json_number (&exit, -MAX_LIMIT, MAX_LIMIT, error);
  else if (!of_rule || rn_bad_side_is_beyond (side, out->exit, out->enter))
    out->exit = out->enter;
  if (!rn_json_is_null (&exit) && out->exit != out->enter
      && rn_bad_side_is_beyond (side, out->exit, out->enter))
    rn_json_fail (&exit, RN_JSON_ERROR_RANGE, error, "%s", _("is on the wrong side of “enter”"));
}

static void
read_tier (const RnJson *object, const RnRule *rule, int t, RnRuleTier *out, GError **error)
{
  RnJson tier = rn_json_member (object, rn_tier_word (t));
  int mildest = rn_latch_mildest (rule->tiers);

  if (rn_json_is_null (&tier))
    return;
  if (!rn_json_is_object (&tier))
    {
      rn_json_fail (&tier, RN_JSON_ERROR_TYPE, error, "%s", _("is not an object"));
      return;
    }
  if (!out->on && mildest != 0)
    {
      RnRuleTier like = rule->tiers[mildest];

      like.on = FALSE;
      *out = like;
    }
  read_limits (&tier, rn_rule_bad_side (rule), out, error);
  out->on = TRUE;
}

static void
check_tiers (const RnJson *object, GError **error)
{
  g_autoptr (GList) keys = rn_json_keys (object);

  for (GList *l = keys; l != NULL; l = l->next)
    {
      RnJson tier = rn_json_member (object, l->data);

      if (rn_tier_from_word (l->data) == 0)
        rn_json_fail (&tier, RN_JSON_ERROR_RANGE, error, "%s", _("there is no such tier"));
    }
}

/* NULL when @text says nothing of @rule, or nothing that can be used. Text that is not JSON is no
 * fault of any one rule. */
static RnRuleTier *
read_text (const RnRule *rule, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (JsonNode) node = rn_json_parse (bytes, NULL);
  RnJson root = rn_json_root (node);
  RnJson object = rn_json_member (&root, rule->id);
  g_autofree RnRuleTier *tiers = NULL;
  GError *local = NULL;

  if (node == NULL || rn_json_is_null (&object))
    return NULL;
  if (!rn_json_is_object (&object))
    {
      rn_json_fail (&object, RN_JSON_ERROR_TYPE, error, "%s", _("is not an object"));
      return NULL;
    }
  tiers = g_memdup2 (rule->tiers, sizeof rule->tiers);
  for (int t = 1; t < RN_N_TIERS; t++)
    read_tier (&object, rule, t, &tiers[t], &local);
  check_tiers (&object, &local);
  if (local == NULL)
    return g_steal_pointer (&tiers);
  g_propagate_error (error, local);
  return NULL;
}

GHashTable *
rn_scope_read_own (const RnRule *rule, const RnNetwork *network, RnThresholdFaults *faults)
{
  GHashTable *own = NULL;

  for (guint32 i = 0; i < network->n_sections; i++)
    {
      g_autoptr (GError) error = NULL;
      RnRuleTier *tiers;

      if (network->thresholds[i] == NULL)
        continue;
      tiers = read_text (rule, network->thresholds[i], &error);
      if (error != NULL && faults != NULL)
        rn_threshold_faults_add (faults, network->key[i], error->message);
      if (tiers == NULL)
        continue;
      if (own == NULL)
        own = g_hash_table_new_full (NULL, NULL, NULL, g_free);
      g_hash_table_insert (own, GUINT_TO_POINTER (i + 1), tiers);
    }
  return own;
}

/* ---- of no rule ---------------------------------------------------------------------------- */

static GStrv
dup_ids (const RnRuleSet *rules)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < rules->n; i++)
    g_strv_builder_add (builder, rules->rules[i]->id);
  return g_strv_builder_end (builder);
}

static void
check_id (const RnJson *member, const RnRuleSet *rules, const char *const *ids, GError **error)
{
  const RnRule *rule = rn_rule_set_find (rules, member->key);
  const char *meant = rule == NULL ? rn_nearest (member->key, ids) : NULL;

  if (meant != NULL)
    rn_json_fail (member, RN_JSON_ERROR_RANGE, error,
                  _("there is no such rule (did you mean %s?)"), meant);
  else if (rule == NULL)
    rn_json_fail (member, RN_JSON_ERROR_RANGE, error, "%s", _("there is no such rule"));
  else if (rn_metric_subject_kind (rule->metric) != RN_SUBJECT_SECTION)
    rn_json_fail (member, RN_JSON_ERROR_RANGE, error, "%s", _("this rule is not about sections"));
}

static void
check_text (const RnNetwork *network, guint32 i, const RnRuleSet *rules, const char *const *ids,
            RnThresholdFaults *faults)
{
  const char *text = network->thresholds[i];
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) syntax = NULL;
  g_autoptr (JsonNode) node = rn_json_parse (bytes, &syntax);
  RnJson root = rn_json_root (node);
  g_autoptr (GList) keys = node != NULL ? rn_json_keys (&root) : NULL;

  if (node == NULL)
    rn_threshold_faults_add (faults, network->key[i], syntax->message);
  for (GList *l = keys; l != NULL; l = l->next)
    {
      RnJson member = rn_json_member (&root, l->data);
      g_autoptr (GError) error = NULL;

      check_id (&member, rules, ids, &error);
      if (error != NULL)
        rn_threshold_faults_add (faults, network->key[i], error->message);
    }
}

void
rn_scope_check_own (const RnRuleSet *rules, const RnNetwork *network, RnThresholdFaults *faults)
{
  g_auto (GStrv) ids = dup_ids (rules);

  for (guint32 i = 0; i < network->n_sections; i++)
    if (network->thresholds[i] != NULL)
      check_text (network, i, rules, (const char *const *) ids, faults);
}
