/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /v1/plans: the tiered plans and the measures in force. Criteria and the measures of a plan
 * stay as JSON text; the alert room reads them. Pure; runs in a worker. */
#include "feed/rn-adapter-roadnet-parts.h"

#include "base/rn-i18n.h"
#include "model/rn-plan.h"

/* An optional object as JSON text. */
static char *
dup_json (const RnJson *place, GError **error)
{
  return rn_roadnet_opt_object (place, error) ? rn_json_dup_text (place->node, FALSE) : NULL;
}

static gboolean
read_plan (RnDocument *document, const RnJson *row, const char *id, const RnDecodeContext *context,
           GError **error)
{
  g_autoptr (RnPlan) plan = rn_plan_new (context->source, id);
  const RnJson *scope = RN_AT (row, "scope");

  plan->names = rn_json_opt_names (RN_AT (row, "name"), error);
  plan->tier = (int) rn_json_opt_integer (RN_AT (row, "tier"), 0, 4, 0, error);
  plan->since_us = rn_json_opt_time (RN_AT (row, "since"), error);
  if (rn_roadnet_opt_object (scope, error))
    {
      plan->sections = rn_roadnet_dup_ids (RN_AT (scope, "sections"), error);
      plan->facilities = rn_roadnet_dup_ids (RN_AT (scope, "facilities"), error);
    }
  plan->criteria_json = dup_json (RN_AT (row, "criteria"), error);
  plan->measures_json = dup_json (RN_AT (row, "measures"), error);
  if (*error != NULL)
    return FALSE;
  g_ptr_array_add (document->plans, g_steal_pointer (&plan));
  return TRUE;
}

static gboolean
read_measure (RnDocument *document, const RnJson *row, const char *id,
              const RnDecodeContext *context, GError **error)
{
  g_autoptr (RnMeasure) measure = rn_measure_new (context->source, id);

  if (!rn_json_is_null (RN_AT (row, "plan")))
    measure->plan = rn_json_id (RN_AT (row, "plan"), error);
  measure->tier = (int) rn_json_opt_integer (RN_AT (row, "tier"), 0, 4, 0, error);
  measure->what = rn_roadnet_dup_string (RN_AT (row, "what"), error);
  measure->where = rn_roadnet_dup_string (RN_AT (row, "where"), error);
  measure->party = rn_roadnet_dup_string (RN_AT (row, "party"), error);
  measure->by = rn_roadnet_dup_string (RN_AT (row, "by"), error);
  measure->ordered_us = rn_json_opt_time (RN_AT (row, "ordered"), error);
  measure->confirmed_us = rn_json_opt_time (RN_AT (row, "confirmed"), error);
  measure->executed_us = rn_json_opt_time (RN_AT (row, "executed"), error);
  measure->lifted_us = rn_json_opt_time (RN_AT (row, "lifted"), error);
  if (*error != NULL)
    return FALSE;
  g_ptr_array_add (document->measures, g_steal_pointer (&measure));
  return TRUE;
}

gboolean
rn_roadnet_decode_plans (RnDocument *document, const RnJson *root, const RnDecodeContext *context,
                         GError **error)
{
  document->plans = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_plan_unref);
  document->measures = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_measure_unref);
  document->observed_at_us = rn_json_opt_time (RN_AT (root, "observed_at"), error);
  return *error == NULL
         && rn_roadnet_each_row (document, root, "plans", TRUE, read_plan, context, error)
         && rn_roadnet_each_row (document, root, "measures", FALSE, read_measure, context, error);
}
