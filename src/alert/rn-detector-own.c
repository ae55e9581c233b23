/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A section's own limits: {"jam": {"III": {"enter": 0.50, "exit": 0.60}}}. They replace the rule's
 * limits of that tier; delays stay the rule's, those of its mildest tier where it has no such tier.
 * A fault costs the section's own limits of that rule, is told with its path, and nothing else. */
#include "alert/rn-detector-scope.h"

#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-json.h"

#define MAX_LIMIT 1e9

static void
read_limits (const RnJson *tier, RnBadSide side, RnRuleTier *out, GError **error)
{
  RnJson enter = rn_json_member (tier, "enter"), exit = rn_json_member (tier, "exit");
  gboolean of_rule = out->on;

  out->enter = rn_json_number (&enter, -MAX_LIMIT, MAX_LIMIT, error);
  if (!rn_json_is_null (&exit))
    out->exit = rn_json_number (&exit, -MAX_LIMIT, MAX_LIMIT, error);
  else if (!of_rule || rn_latch_is_beyond (side, out->exit, out->enter))
    out->exit = out->enter;
  if (!rn_json_is_null (&exit) && out->exit != out->enter
      && rn_latch_is_beyond (side, out->exit, out->enter))
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
  read_limits (&tier, rn_metric_bad_side (rule->metric), out, error);
  out->on = TRUE;
}

/* NULL when @text says nothing of @rule, or nothing that can be used. */
static RnRuleTier *
read_text (const RnRule *rule, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (JsonNode) node = rn_json_parse (bytes, error);
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
  if (local == NULL)
    return g_steal_pointer (&tiers);
  g_propagate_error (error, local);
  return NULL;
}

static void
complain (GPtrArray *complaints, const RnNetwork *network, guint32 i, const char *message)
{
  char *text = g_strdup_printf ("%s: thresholds: %s", network->key[i], message);

  if (g_ptr_array_find_with_equal_func (complaints, text, g_str_equal, NULL))
    g_free (text);
  else
    g_ptr_array_add (complaints, text);
}

GHashTable *
rn_scope_read_own (const RnRule *rule, const RnNetwork *network, GPtrArray *complaints)
{
  GHashTable *own = NULL;

  for (guint32 i = 0; i < network->n_sections; i++)
    {
      g_autoptr (GError) error = NULL;
      RnRuleTier *tiers;

      if (network->thresholds[i] == NULL)
        continue;
      tiers = read_text (rule, network->thresholds[i], &error);
      if (error != NULL)
        complain (complaints, network, i, error->message);
      if (tiers == NULL)
        continue;
      if (own == NULL)
        own = g_hash_table_new_full (NULL, NULL, NULL, g_free);
      g_hash_table_insert (own, GUINT_TO_POINTER (i + 1), tiers);
    }
  return own;
}
