/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the trees into flat arrays, breadth first, so that what an advisor remembers of them is an
 * array beside. Pure. */
#include "alert/rn-plan-criteria.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"

#define MAX_NODES RN_PLAN_MAX_NODES
#define MAX_FOR_S 86400

gboolean
rn_plan_has_metric (RnMetric metric)
{
  switch (metric)
    {
    case RN_METRIC_SPEED_KMH:
    case RN_METRIC_SPEED_RATIO:
    case RN_METRIC_SATURATION:
    case RN_METRIC_SLOW_KM:
    case RN_METRIC_SEVERE_KM:
    case RN_METRIC_PLAZA_QUEUE_M:
    case RN_METRIC_INCIDENT_LEVEL:
      return TRUE;
    default:
      return FALSE;
    }
}

/* ---- reading ------------------------------------------------------------------------------- */

static void read_node (GArray *nodes, guint i, const RnJson *place, GError **error);

static void
read_limit (RnPlanNode *node, const RnJson *place, GError **error)
{
  RnJson metric = rn_json_member (place, "metric"), above = rn_json_member (place, "above"),
         below = rn_json_member (place, "below");
  int word = rn_json_word (&metric, rn_metric_words (), error);

  node->above = rn_json_opt_number (&above, -1e9, 1e9, error);
  node->below = rn_json_opt_number (&below, -1e9, 1e9, error);
  if (error != NULL && *error != NULL)
    return;
  node->metric = (RnMetric) word;
  if (!rn_plan_has_metric (node->metric))
    rn_json_fail (&metric, RN_JSON_ERROR_RANGE, error, _("a plan has no “%s”"),
                  rn_metric_word (node->metric));
  else if (isnan (node->above) && isnan (node->below))
    rn_json_fail (place, RN_JSON_ERROR_MISSING, error, _("neither “above” nor “below”"));
  else if (node->above >= node->below)
    rn_json_fail (&above, RN_JSON_ERROR_RANGE, error, _("nothing is above %g and below %g"),
                  node->above, node->below);
}

/* @list: its children, given by the member of that name. */
static void
read_children (GArray *nodes, guint i, const RnJson *list, GError **error)
{
  guint n = rn_json_length (list), first = nodes->len;

  if (!rn_json_is_array (list) || n == 0)
    {
      rn_json_fail (list, RN_JSON_ERROR_TYPE, error, _("a list of criteria is expected"));
      return;
    }
  if (first + n > MAX_NODES)
    {
      rn_json_fail (list, RN_JSON_ERROR_RANGE, error, _("more than %d criteria"), MAX_NODES);
      return;
    }
  g_array_set_size (nodes, first + n);
  g_array_index (nodes, RnPlanNode, i).first = first;
  g_array_index (nodes, RnPlanNode, i).n = n;
  for (guint k = 0; k < n; k++)
    {
      RnJson child = rn_json_element (list, k);

      read_node (nodes, first + k, &child, error);
    }
}

static void
read_node (GArray *nodes, guint i, const RnJson *place, GError **error)
{
  RnJson all = rn_json_member (place, "all"), any = rn_json_member (place, "any"),
         seconds = rn_json_member (place, "for_s");
  RnPlanNode node = { .kind = RN_PLAN_LIMIT, .above = NAN, .below = NAN };
  double for_s = rn_json_opt_number (&seconds, 0, MAX_FOR_S, error);

  if (*error != NULL)
    return;
  if (!rn_json_is_null (&all) && !rn_json_is_null (&any))
    {
      rn_json_fail (place, RN_JSON_ERROR_TYPE, error, _("both “all” and “any”"));
      return;
    }
  node.for_us = isnan (for_s) ? 0 : (gint64) (for_s * G_USEC_PER_SEC);
  if (!rn_json_is_null (&all))
    node.kind = RN_PLAN_ALL;
  else if (!rn_json_is_null (&any))
    node.kind = RN_PLAN_ANY;
  else
    read_limit (&node, place, error);
  g_array_index (nodes, RnPlanNode, i) = node;
  if (node.kind != RN_PLAN_LIMIT)
    read_children (nodes, i, node.kind == RN_PLAN_ALL ? &all : &any, error);
}

static void
read_tree (RnPlanTree *tree, const RnJson *place, GError **error)
{
  g_autoptr (GArray) nodes = g_array_new (FALSE, TRUE, sizeof (RnPlanNode));

  if (*error != NULL || rn_json_is_null (place))
    return;
  g_array_set_size (nodes, 1);
  read_node (nodes, 0, place, error);
  for (guint i = 0; i < nodes->len; i++)
    tree->n_limits += g_array_index (nodes, RnPlanNode, i).kind == RN_PLAN_LIMIT;
  tree->n_nodes = nodes->len;
  tree->nodes = (RnPlanNode *) g_array_free (g_steal_pointer (&nodes), FALSE);
}

/* Leaving lies on the safe side of entering: else a plan would be entered and left at once. */
static void
check_sides (const RnPlanTree *enter, const RnPlanTree *leave, const RnJson *place, GError **error)
{
  for (guint i = 0; i < enter->n_nodes; i++)
    for (guint k = 0; k < leave->n_nodes; k++)
      {
        const RnPlanNode *a = &enter->nodes[i], *b = &leave->nodes[k];

        if (a->kind != RN_PLAN_LIMIT || b->kind != RN_PLAN_LIMIT || a->metric != b->metric)
          continue;
        if (b->below > a->above || b->above < a->below)
          {
            rn_json_fail (place, RN_JSON_ERROR_RANGE, error,
                          _("“%s” lets the tier be left where it is entered"),
                          rn_metric_word (a->metric));
            return;
          }
      }
}

RnPlanCriteria *
rn_plan_criteria_read (const RnJson *place, GError **error)
{
  g_autoptr (RnPlanCriteria) self = g_new0 (RnPlanCriteria, 1);
  GError *local = NULL;

  if (!rn_json_is_object (place))
    rn_json_fail (place, RN_JSON_ERROR_TYPE, &local, _("an object by tier is expected"));
  for (int tier = 1; tier < RN_N_TIERS && local == NULL; tier++)
    {
      RnJson of_tier = rn_json_member (place, rn_tier_word (tier));
      RnJson enter = rn_json_member (&of_tier, "enter"), leave = rn_json_member (&of_tier, "exit");

      read_tree (&self->enter[tier], &enter, &local);
      read_tree (&self->leave[tier], &leave, &local);
      if (local == NULL)
        check_sides (&self->enter[tier], &self->leave[tier], &leave, &local);
    }
  if (local == NULL)
    return g_steal_pointer (&self);
  g_propagate_error (error, local);
  return NULL;
}

RnPlanCriteria *
rn_plan_criteria_parse (const char *json, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr (JsonNode) node = rn_json_parse (bytes, error);
  RnJson root = rn_json_root (node);

  return node != NULL ? rn_plan_criteria_read (&root, error) : NULL;
}

RnPlanCriteria *
rn_plan_criteria_copy (const RnPlanCriteria *criteria)
{
  RnPlanCriteria *copy = g_memdup2 (criteria, sizeof *criteria);

  for (int tier = 0; tier < RN_N_TIERS; tier++)
    {
      copy->enter[tier].nodes = g_memdup2 (criteria->enter[tier].nodes,
                                           criteria->enter[tier].n_nodes * sizeof (RnPlanNode));
      copy->leave[tier].nodes = g_memdup2 (criteria->leave[tier].nodes,
                                           criteria->leave[tier].n_nodes * sizeof (RnPlanNode));
    }
  return copy;
}

void
rn_plan_criteria_free (RnPlanCriteria *self)
{
  if (self == NULL)
    return;
  for (int tier = 0; tier < RN_N_TIERS; tier++)
    {
      g_free (self->enter[tier].nodes);
      g_free (self->leave[tier].nodes);
    }
  g_free (self);
}

/* ---- words --------------------------------------------------------------------------------- */

char *
rn_plan_node_dup_limit (const RnPlanNode *node)
{
  g_autofree char *above = rn_metric_text (node->metric, node->above);
  g_autofree char *below = rn_metric_text (node->metric, node->below);

  /* of levels the smaller is the worse: "below 2.5" is II and I */
  if (node->metric == RN_METRIC_INCIDENT_LEVEL && !isnan (node->below))
    return g_strdup_printf ("≥ %s", rn_tier_word ((int) ceil (node->below) - 1));
  if (node->metric == RN_METRIC_INCIDENT_LEVEL)
    return g_strdup_printf ("< %s", rn_tier_word ((int) ceil (node->above) - 1));
  if (isnan (node->below))
    return g_strdup_printf ("≥ %s", above);
  if (isnan (node->above))
    return g_strdup_printf ("< %s", below);
  return g_strdup_printf ("%s – %s", above, below);
}
