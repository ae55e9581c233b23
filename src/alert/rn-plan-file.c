/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads files of plans and lays their outlines on a network. Pure. */
#include "alert/rn-plan-file.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "rn-alert-resources.h"

#define PATH "/com/example/RoadNet/alert/plans.json"
#define CHAINAGE_MAX_M 1e7

static void
template_free (gpointer data)
{
  RnPlanTemplate *self = data;

  rn_names_unref (self->what);
  rn_names_unref (self->where);
  g_free (self->party);
  g_free (self);
}

static void
outline_free (gpointer data)
{
  RnPlanOutline *self = data;

  g_free (self->id);
  rn_names_unref (self->names);
  g_free (self->road);
  g_free (self);
}

/* ---- reading ------------------------------------------------------------------------------- */

static void
read_template (GPtrArray *templates, int tier, const RnJson *place, GError **error)
{
  RnPlanTemplate *row = g_new0 (RnPlanTemplate, 1);
  RnJson what = rn_json_member (place, "what"), where = rn_json_member (place, "where"),
         party = rn_json_member (place, "party"), closure = rn_json_member (place, "closure");

  g_ptr_array_add (templates, row);
  row->tier = tier;
  row->what = rn_json_opt_names (&what, error);
  row->where = rn_json_opt_names (&where, error);
  row->party = g_strdup (rn_json_opt_string (&party, error));
  row->closure = rn_json_opt_boolean (&closure, FALSE, error);
  if (row->what == NULL)
    rn_json_fail (&what, RN_JSON_ERROR_MISSING, error, _("a measure says what is done"));
}

static GPtrArray *
read_templates (const RnJson *place, GError **error)
{
  g_autoptr (GPtrArray) templates = g_ptr_array_new_with_free_func (template_free);

  if (!rn_json_is_object (place))
    rn_json_fail (place, RN_JSON_ERROR_TYPE, error, _("an object by tier is expected"));
  for (int tier = RN_N_TIERS - 1; tier >= 1; tier--)
    {
      RnJson list = rn_json_member (place, rn_tier_word (tier));

      if (!rn_json_is_null (&list) && !rn_json_is_array (&list))
        rn_json_fail (&list, RN_JSON_ERROR_TYPE, error, _("a list of measures is expected"));
      for (guint i = 0; i < rn_json_length (&list) && *error == NULL; i++)
        {
          RnJson row = rn_json_element (&list, i);

          read_template (templates, tier, &row, error);
        }
    }
  return *error == NULL ? g_steal_pointer (&templates) : NULL;
}

GPtrArray *
rn_plan_templates_parse (const char *json, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  GError *local = NULL;
  g_autoptr (JsonNode) node = rn_json_parse (bytes, &local);
  RnJson root = rn_json_root (node);
  GPtrArray *templates = node != NULL ? read_templates (&root, &local) : NULL;

  if (local != NULL)
    g_propagate_error (error, local);
  return templates;
}

static void
read_outline (GPtrArray *outlines, const RnJson *place, GError **error)
{
  static const char *const directions[] = { "asc", "desc", NULL };
  RnPlanOutline *row = g_new0 (RnPlanOutline, 1);
  RnJson id = rn_json_member (place, "id"), name = rn_json_member (place, "name"),
         road = rn_json_member (place, "road"), direction = rn_json_member (place, "direction"),
         from = rn_json_member (place, "from_m"), to = rn_json_member (place, "to_m");

  g_ptr_array_add (outlines, row);
  row->id = rn_json_id (&id, error);
  row->names = rn_json_opt_names (&name, error);
  row->road = g_strdup (rn_json_string (&road, error));
  row->direction =
      rn_json_word (&direction, directions, error) == 1 ? RN_DIRECTION_DESC : RN_DIRECTION_ASC;
  row->from_m = rn_json_number (&from, 0, CHAINAGE_MAX_M, error);
  row->to_m = rn_json_number (&to, 0, CHAINAGE_MAX_M, error);
  if (row->from_m >= row->to_m)
    rn_json_fail (&to, RN_JSON_ERROR_RANGE, error, _("it ends where it begins, or before"));
}

static void
check_ids (const RnPlanFile *self, const RnJson *place, GError **error)
{
  for (guint i = 0; i < self->outlines->len; i++)
    for (guint k = 0; k < i; k++)
      if (g_str_equal (((RnPlanOutline *) self->outlines->pdata[i])->id,
                       ((RnPlanOutline *) self->outlines->pdata[k])->id))
        {
          RnJson row = rn_json_element (place, i), id = rn_json_member (&row, "id");

          rn_json_fail (&id, RN_JSON_ERROR_RANGE, error, _("there is another plan with this id"));
          return;
        }
}

static void
file_clear (gpointer data)
{
  RnPlanFile *self = data;

  rn_plan_criteria_free (self->criteria);
  g_clear_pointer (&self->templates, g_ptr_array_unref);
  g_clear_pointer (&self->outlines, g_ptr_array_unref);
}

static double
read_number (const RnJson *root, const char *key, double min, double max, double fallback,
             GError **error)
{
  RnJson place = rn_json_member (root, key);
  double value = rn_json_opt_number (&place, min, max, error);

  return isnan (value) ? fallback : value;
}

/* @base: whose members stand for those that are absent; NULL: none may be. */
static RnPlanFile *
read_file (const RnJson *root, const RnPlanFile *base, GError **error)
{
  g_autoptr (RnPlanFile) self = g_atomic_rc_box_new0 (RnPlanFile);
  RnJson criteria = rn_json_member (root, "criteria"), measures = rn_json_member (root, "measures"),
         plans = rn_json_member (root, "plans");
  GError *local = NULL;

  self->outlines = g_ptr_array_new_with_free_func (outline_free);
  if (!rn_json_is_object (root))
    rn_json_fail (root, RN_JSON_ERROR_TYPE, &local, _("a file of plans is an object"));
  else if (!rn_json_is_null (&plans) && !rn_json_is_array (&plans))
    rn_json_fail (&plans, RN_JSON_ERROR_TYPE, &local, _("a list of plans is expected"));
  self->ask_again_us =
      (gint64) (read_number (root, "ask_again_s", 60, 86400,
                             base != NULL ? base->ask_again_us / 1e6 : 1800, &local)
                * G_USEC_PER_SEC);
  self->coverage =
      read_number (root, "coverage", 0, 1, base != NULL ? base->coverage : 0.8, &local);
  self->window_m =
      read_number (root, "window_km", 0.1, 1000, base != NULL ? base->window_m / 1000 : 5, &local)
      * 1000;
  if (local == NULL && (base == NULL || !rn_json_is_null (&criteria)))
    self->criteria = rn_plan_criteria_read (&criteria, &local);
  if (local == NULL && (base == NULL || !rn_json_is_null (&measures)))
    self->templates = read_templates (&measures, &local);
  if (self->criteria == NULL && base != NULL)
    self->criteria = rn_plan_criteria_copy (base->criteria);
  if (self->templates == NULL && base != NULL)
    self->templates = g_ptr_array_ref (base->templates);
  for (guint i = 0; i < rn_json_length (&plans) && local == NULL; i++)
    {
      RnJson row = rn_json_element (&plans, i);

      read_outline (self->outlines, &row, &local);
    }
  if (local == NULL)
    check_ids (self, &plans, &local);
  if (local == NULL)
    return g_steal_pointer (&self);
  g_propagate_error (error, local);
  return NULL;
}

const RnPlanFile *
rn_plan_file_default (void)
{
  static const RnPlanFile *file;
  static gsize done;

  if (g_once_init_enter (&done))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = g_resource_lookup_data (rn_alert_get_resource (), PATH, 0, &error);
      g_autoptr (JsonNode) node = bytes != NULL ? rn_json_parse (bytes, &error) : NULL;
      RnJson root = rn_json_root (node);

      file = node != NULL ? read_file (&root, NULL, &error) : NULL;
      if (file == NULL)
        g_error ("%s: %s", PATH, error->message); /* built in: a fault of the build */
      g_once_init_leave (&done, 1);
    }
  return file;
}

RnPlanFile *
rn_plan_file_parse (GBytes *json, const char *name, GError **error)
{
  g_autoptr (JsonNode) node = rn_json_parse (json, error);
  RnJson root = rn_json_root (node);
  RnPlanFile *self = node != NULL ? read_file (&root, rn_plan_file_default (), error) : NULL;

  if (self == NULL)
    g_prefix_error (error, "%s: ", name);
  return self;
}

RnPlanFile *
rn_plan_file_ref (const RnPlanFile *self)
{
  return g_atomic_rc_box_acquire ((RnPlanFile *) self);
}

void
rn_plan_file_unref (const RnPlanFile *self)
{
  g_atomic_rc_box_release_full ((RnPlanFile *) self, file_clear);
}

/* ---- laying on a network ------------------------------------------------------------------- */

static RnPlan *
lay (const RnPlanOutline *outline, const RnNetwork *network)
{
  guint32 road = rn_network_find_road (network, outline->road);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  const char *source = NULL;
  RnPlan *plan;

  for (guint k = 0; road != RN_NONE && k < network->roads[road].n_sections; k++)
    {
      guint32 i = network->roads[road].sections[k];
      double middle_m = 0.5 * ((double) network->from_m[i] + (double) network->to_m[i]);

      if (network->direction[i] != outline->direction || middle_m < outline->from_m
          || middle_m > outline->to_m)
        continue;
      source = network->sources[network->source[i]];
      g_strv_builder_add (ids, network->id[i]);
    }
  if (source == NULL)
    return NULL;
  plan = rn_plan_new (source, outline->id);
  plan->names = outline->names != NULL ? rn_names_ref (outline->names) : NULL;
  plan->sections = g_strv_builder_end (ids);
  return plan;
}

GPtrArray *
rn_plan_file_dup_plans (const RnPlanFile *self, const RnNetwork *network)
{
  GPtrArray *plans = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_plan_unref);

  for (guint i = 0; i < self->outlines->len; i++)
    {
      RnPlan *plan = lay (self->outlines->pdata[i], network);

      if (plan != NULL)
        g_ptr_array_add (plans, plan);
    }
  return plans;
}
