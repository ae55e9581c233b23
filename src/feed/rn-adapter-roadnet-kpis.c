/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /v1/kpis: key figures with their record, series, shares and tasks. Pure; runs in a worker. */
#include "feed/rn-adapter-roadnet-parts.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "model/rn-kpi.h"

#define MAX_VALUE 1e15

static const char *const group_words[] = { "traffic",    "tolling", "data", "hotline",
                                           "concession", "work",    NULL };
static const char *const better_words[] = { "higher", "lower", NULL };

static double
read_value (const RnJson *place, const char *key, GError **error)
{
  return rn_json_opt_number (RN_AT (place, key), -MAX_VALUE, MAX_VALUE, error);
}

static void
read_record (RnKpi *kpi, const RnJson *place, GError **error)
{
  if (!rn_roadnet_opt_object (place, error))
    return;
  kpi->record_value = read_value (place, "value", error);
  kpi->record_on = rn_roadnet_dup_string (RN_AT (place, "on"), error);
  kpi->record_what = rn_roadnet_dup_string (RN_AT (place, "what"), error);
}

static void
read_series (RnKpi *kpi, const RnJson *place, GError **error)
{
  if (!rn_roadnet_opt_array (place, error))
    return;
  kpi->series = g_new0 (RnKpiSample, MAX (rn_json_length (place), 1));
  for (guint i = 0; i < rn_json_length (place) && *error == NULL; i++)
    {
      RnJson sample = rn_json_element (place, i);

      if (!rn_roadnet_opt_object (&sample, error))
        continue;
      kpi->series[kpi->n_series].at_us = rn_json_time (RN_AT (&sample, "at"), error);
      kpi->series[kpi->n_series++].value = read_value (&sample, "value", error);
    }
}

static void
read_shares (RnKpi *kpi, const RnJson *place, GError **error)
{
  if (!rn_roadnet_opt_array (place, error))
    return;
  kpi->by = g_new0 (RnKpiShare, MAX (rn_json_length (place), 1));
  for (guint i = 0; i < rn_json_length (place) && *error == NULL; i++)
    {
      RnJson share = rn_json_element (place, i);

      if (!rn_roadnet_opt_object (&share, error))
        continue;
      kpi->by[kpi->n_by++] = (RnKpiShare){
        .dimension = rn_roadnet_dup_string (RN_AT (&share, "dimension"), error),
        .key = rn_json_id (RN_AT (&share, "key"), error),
        .names = rn_json_opt_names (RN_AT (&share, "name"), error),
        .value = read_value (&share, "value", error),
      };
    }
}

static void
read_tasks (RnKpi *kpi, const RnJson *place, GError **error)
{
  if (!rn_roadnet_opt_array (place, error))
    return;
  kpi->tasks = g_new0 (RnKpiTask, MAX (rn_json_length (place), 1));
  for (guint i = 0; i < rn_json_length (place) && *error == NULL; i++)
    {
      RnJson task = rn_json_element (place, i);

      if (!rn_roadnet_opt_object (&task, error))
        continue;
      kpi->tasks[kpi->n_tasks++] = (RnKpiTask){
        .id = rn_json_id (RN_AT (&task, "id"), error),
        .title = rn_roadnet_dup_string (RN_AT (&task, "title"), error),
        .list = rn_roadnet_dup_string (RN_AT (&task, "list"), error),
        .owner = rn_roadnet_dup_string (RN_AT (&task, "owner"), error),
        .note = rn_roadnet_dup_string (RN_AT (&task, "note"), error),
        .due_us = rn_json_opt_time (RN_AT (&task, "due"), error),
        .progress_pct = rn_json_opt_number (RN_AT (&task, "progress_pct"), 0, 100, error),
      };
    }
}

static gboolean
read_kpi (RnDocument *document, const RnJson *row, const char *id, const RnDecodeContext *context,
          GError **error)
{
  g_autoptr (RnKpi) kpi = rn_kpi_new (context->source, id);
  int group = rn_json_word (RN_AT (row, "group"), group_words, error);
  int better = rn_json_opt_word (RN_AT (row, "better"), better_words, -1, error);

  kpi->group = (RnKpiGroup) MAX (group, 0);
  kpi->better = better < 0 ? 0 : better == 0 ? 1 : -1;
  kpi->names = rn_json_opt_names (RN_AT (row, "name"), error);
  if (kpi->names == NULL)
    rn_json_fail (RN_AT (row, "name"), RN_JSON_ERROR_MISSING, error, "%s", _("is missing"));
  kpi->value = read_value (row, "value", error);
  kpi->target = read_value (row, "target", error);
  kpi->unit = rn_roadnet_dup_string (RN_AT (row, "unit"), error);
  kpi->period = rn_roadnet_dup_string (RN_AT (row, "period"), error);
  kpi->observed_at_us = document->observed_at_us;
  read_record (kpi, RN_AT (row, "record"), error);
  read_series (kpi, RN_AT (row, "series"), error);
  read_shares (kpi, RN_AT (row, "by"), error);
  read_tasks (kpi, RN_AT (row, "tasks"), error);
  if (*error != NULL)
    return FALSE;
  g_ptr_array_add (document->kpis, g_steal_pointer (&kpi));
  return TRUE;
}

gboolean
rn_roadnet_decode_kpis (RnDocument *document, const RnJson *root, const RnDecodeContext *context,
                        GError **error)
{
  document->kpis = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_kpi_unref);
  document->observed_at_us = rn_json_opt_time (RN_AT (root, "observed_at"), error);
  return *error == NULL
         && rn_roadnet_each_row (document, root, "kpis", TRUE, read_kpi, context, error);
}
