/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report on a file of rules. Pure. */
#include "cli/rn-rules-check.h"

#include "alert/rn-rule-text.h"
#include "base/rn-i18n.h"

static gboolean
has_company (const RnNetwork *network, const char *name)
{
  for (guint i = 0; i < network->n_sections; i++)
    if (network->company[i] != NULL && g_ascii_strcasecmp (network->company[i], name) == 0)
      return TRUE;
  for (guint i = 0; i < network->n_facilities; i++)
    if (network->facilities[i].company != NULL
        && g_ascii_strcasecmp (network->facilities[i].company, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_direction (const RnNetwork *network, const char *name)
{
  const char *tag, *text;

  if (g_ascii_strcasecmp (name, "asc") == 0 || g_ascii_strcasecmp (name, "desc") == 0)
    return TRUE;
  for (guint i = 0; i < network->n_roads * 2; i++)
    for (guint k = 0; rn_names_nth (network->roads[i / 2].direction_names[i % 2], k, &tag, &text);
         k++)
      if (g_ascii_strcasecmp (text, name) == 0)
        return TRUE;
  return FALSE;
}

static gboolean
has_road (const RnNetwork *network, const char *name)
{
  return rn_network_find_road (network, name) != RN_NONE;
}

static gboolean
has_section (const RnNetwork *network, const char *name)
{
  return rn_network_find_section (network, NULL, name) != RN_NONE
         || rn_network_find_section_key (network, name) != RN_NONE;
}

static gboolean
has_facility (const RnNetwork *network, const char *name)
{
  return rn_network_find_facility (network, NULL, name) != RN_NONE
         || rn_network_find_facility_key (network, name) != RN_NONE;
}

static void
check_names (GPtrArray *out, const RnRule *rule, const char *what, const GStrv names,
             const RnNetwork *network, gboolean (*has) (const RnNetwork *, const char *))
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!has (network, names[i]))
      g_ptr_array_add (out, g_strdup_printf (_("scope.%s: not in the network: %s (rule “%s”)"),
                                             what, names[i], rule->id));
}

GPtrArray *
rn_rules_check_names (const RnRuleSet *rules, const RnNetwork *network)
{
  GPtrArray *out = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rules->n; i++)
    {
      const RnRule *rule = rules->rules[i];
      const RnRuleScope *scope = &rule->scope;

      check_names (out, rule, "roads", scope->roads, network, has_road);
      check_names (out, rule, "directions", scope->directions, network, has_direction);
      check_names (out, rule, "sections", scope->sections, network, has_section);
      check_names (out, rule, "companies", scope->companies, network, has_company);
      check_names (out, rule, "facilities", scope->facilities, network, has_facility);
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
