/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of roads, directions, sections, companies, facilities and rules. Pure. */
#include "alert/rn-rule-names.h"

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
check (GPtrArray *out, const char *what, const GStrv names, const RnNetwork *network,
       gboolean (*has) (const RnNetwork *, const char *))
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!has (network, names[i]))
      g_ptr_array_add (out,
                       g_strdup_printf (_("scope.%s: not in the network: %s"), what, names[i]));
}

GPtrArray *
rn_rule_check_names (const RnRule *rule, const RnNetwork *network)
{
  GPtrArray *out = g_ptr_array_new_with_free_func (g_free);
  const RnRuleScope *scope = &rule->scope;

  check (out, "roads", scope->roads, network, has_road);
  check (out, "directions", scope->directions, network, has_direction);
  check (out, "sections", scope->sections, network, has_section);
  check (out, "companies", scope->companies, network, has_company);
  check (out, "facilities", scope->facilities, network, has_facility);
  return out;
}

char *
rn_rule_set_dup_free_id (const RnRuleSet *rules, const char *stem)
{
  char *id = g_strdup (stem);

  for (guint n = 2; rn_rule_set_find (rules, id) != NULL; n++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", stem, n);
    }
  return id;
}
