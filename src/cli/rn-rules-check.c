/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report on a file of rules. Pure. */
#include "cli/rn-rules-check.h"

#include <string.h>

#include "alert/rn-rule-names.h"
#include "alert/rn-rule-text.h"
#include "alert/rn-threshold-faults.h"
#include "base/rn-i18n.h"

GPtrArray *
rn_rules_check_names (const RnRuleSet *rules, const RnNetwork *network)
{
  GPtrArray *out = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rules->n; i++)
    {
      g_autoptr (GPtrArray) missing = rn_rule_check_names (rules->rules[i], network);

      for (guint k = 0; k < missing->len; k++)
        g_ptr_array_add (out,
                         g_strdup_printf (_("%s (rule “%s”)"), (const char *) missing->pdata[k],
                                          rules->rules[i]->id));
    }
  return out;
}

GPtrArray *
rn_rules_check_thresholds (const RnRuleSet *rules, const RnNetwork *network)
{
  GPtrArray *out = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RnRuleSet) in_force = rn_rule_set_override (rn_rule_set_default (), rules);
  g_autoptr (RnThresholdFaults) faults = rn_threshold_faults_find (in_force, network);

  for (guint i = 0; i < faults->n_kept; i++)
    {
      const char *section = strchr (faults->faults[i].section, '/') + 1; /* "source/id" */

      g_ptr_array_add (out, g_strdup_printf (_("thresholds of section %s: %s"), section,
                                             faults->faults[i].what));
    }
  if (faults->n > faults->n_kept)
    {
      guint rest = faults->n - faults->n_kept;

      g_ptr_array_add (out,
                       g_strdup_printf (ngettext ("and %u more threshold cannot be used",
                                                  "and %u more thresholds cannot be used", rest),
                                        rest));
    }
  return out;
}

static gboolean
replaces_default (const RnRule *rule)
{
  return rule->local && rn_rule_set_find (rn_rule_set_default (), rule->id) != NULL;
}

char *
rn_rules_check_text (const RnRuleSet *rules)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rules->n; i++)
    {
      const RnRule *rule = rules->rules[i];
      g_autofree char *tiers = rn_rule_dup_tiers_text (rule);

      g_string_append_printf (text, "  %-14s v%u  %s: %s %s", rule->id, rule->version,
                              rn_rule_title (rule), rn_metric_title (rule->metric), tiers);
      if (!rule->enabled)
        g_string_append_printf (text, " (%s)", _("switched off"));
      if (replaces_default (rule))
        g_string_append_printf (text, " (%s)", _("in place of the default one"));
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static void
add_rule (JsonBuilder *builder, const RnRule *rule)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, rule->id);
  json_builder_set_member_name (builder, "title");
  json_builder_add_string_value (builder, rn_rule_title (rule));
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, rule->version);
  json_builder_set_member_name (builder, "metric");
  json_builder_add_string_value (builder, rn_metric_word (rule->metric));
  json_builder_set_member_name (builder, "enabled");
  json_builder_add_boolean_value (builder, rule->enabled);
  json_builder_set_member_name (builder, "replaces_default");
  json_builder_add_boolean_value (builder, replaces_default (rule));
  json_builder_end_object (builder);
}

JsonNode *
rn_rules_check_to_json (const RnRuleSet *rules, const GPtrArray *warnings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "usable");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_set_member_name (builder, "rules");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rules->n; i++)
    add_rule (builder, rules->rules[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  for (guint i = 0; warnings != NULL && i < warnings->len; i++)
    json_builder_add_string_value (builder, warnings->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
