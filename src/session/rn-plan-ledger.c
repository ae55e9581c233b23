/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger: measures as the server tells them and as they were recorded here, one row each. Main
 * thread. */
#include <string.h>

#include "session/rn-plan-desk-private.h"

static void
row_free (gpointer data)
{
  RnPlanLedgerRow *row = data;

  g_free (row->measure.key);
  g_free (row->measure.plan);
  g_free (row->measure.what);
  g_free (row->measure.where);
  g_free (row->measure.party);
  g_free (row->measure.second);
  for (int step = 0; step < RN_N_MEASURE_STEPS; step++)
    g_free (row->measure.by[step]);
  g_free (row);
}

static RnPlanLedgerRow *
row_of_server (const RnMeasure *served, const char *plan_key)
{
  RnPlanLedgerRow *row = g_new0 (RnPlanLedgerRow, 1);
  RnPlanMeasure *measure = &row->measure;

  row->served = TRUE;
  measure->key = g_strdup (served->key);
  measure->plan = g_strdup (plan_key);
  measure->tier = served->tier;
  measure->what = g_strdup (served->what);
  measure->where = g_strdup (served->where);
  measure->party = g_strdup (served->party);
  measure->at_us[RN_MEASURE_ORDERED] = served->ordered_us;
  measure->at_us[RN_MEASURE_CONFIRMED] = served->confirmed_us;
  measure->at_us[RN_MEASURE_EXECUTED] = served->executed_us;
  measure->at_us[RN_MEASURE_LIFTED] = served->lifted_us;
  measure->by[RN_MEASURE_ORDERED] = g_strdup (served->by);
  return row;
}

/* What the server does not know yet. */
static void
add_recorded (RnPlanLedgerRow *row, const RnPlanMeasure *recorded)
{
  for (int step = 0; step < RN_N_MEASURE_STEPS; step++)
    if (row->measure.at_us[step] == 0 && recorded->at_us[step] != 0)
      {
        row->measure.at_us[step] = recorded->at_us[step];
        row->measure.by[step] = g_strdup (recorded->by[step]);
      }
  row->here = TRUE;
}

static RnPlanLedgerRow *
row_of_book (const RnPlanMeasure *recorded)
{
  RnPlanLedgerRow *row = g_new0 (RnPlanLedgerRow, 1);

  row->measure.key = g_strdup (recorded->key);
  row->measure.plan = g_strdup (recorded->plan);
  row->measure.tier = recorded->tier;
  row->measure.what = g_strdup (recorded->what);
  row->measure.where = g_strdup (recorded->where);
  row->measure.party = g_strdup (recorded->party);
  row->measure.closure = recorded->closure;
  row->measure.second = g_strdup (recorded->second);
  add_recorded (row, recorded);
  return row;
}

static const RnPlanLedgerRow *
find_row (GPtrArray *rows, const char *key)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((RnPlanLedgerRow *) rows->pdata[i])->measure.key, key))
      return rows->pdata[i];
  return NULL;
}

/* It should be lifted since its tier's criteria to leave are met, or its tier was left: the
 * earlier. A measure without a tier belongs to the plan as a whole. */
static gint64
find_overdue_us (RnPlanDesk *self, const RnPlanAdvice *advice, const RnPlanMeasure *measure)
{
  RnPlanTierNow now = rn_plan_desk_get_tier (self, advice);
  gboolean left = now.tier == 0 || (measure->tier != 0 && measure->tier < now.tier);
  gint64 left_us = left ? MAX (now.since_us, measure->at_us[RN_MEASURE_ORDERED]) : 0;
  gint64 lift_us = rn_plan_advice_lift_us (advice, measure->tier);

  if (measure->at_us[RN_MEASURE_LIFTED] != 0)
    return 0;
  if (lift_us != 0)
    lift_us = MAX (lift_us, measure->at_us[RN_MEASURE_ORDERED]);
  if (left_us == 0 || lift_us == 0)
    return left_us + lift_us;
  return MIN (left_us, lift_us);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const RnPlanMeasure *x = &(*(RnPlanLedgerRow *const *) a)->measure;
  const RnPlanMeasure *y = &(*(RnPlanLedgerRow *const *) b)->measure;

  if (x->tier != y->tier)
    return y->tier - x->tier;
  if (x->at_us[0] != y->at_us[0])
    return x->at_us[0] < y->at_us[0] ? -1 : 1;
  return strcmp (x->key, y->key);
}

GPtrArray *
rn_plan_desk_dup_ledger (RnPlanDesk *self, const char *plan_key)
{
  const RnPlanAdvice *advice = rn_plan_desk_find (self, plan_key);
  g_autoptr (GPtrArray) recorded = rn_plan_book_dup_measures (self->book, plan_key);
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);

  for (guint i = 0; advice != NULL && self->frame != NULL && i < self->frame->measures->len; i++)
    {
      const RnMeasure *served = self->frame->measures->pdata[i];
      const RnPlanMeasure *same = rn_plan_book_find_measure (self->book, served->key);
      RnPlanLedgerRow *row;

      if (g_strcmp0 (served->plan, advice->plan->id) != 0
          || !g_str_equal (served->source, advice->plan->source))
        continue;
      row = row_of_server (served, plan_key);
      if (same != NULL)
        add_recorded (row, same);
      g_ptr_array_add (rows, row);
    }
  for (guint i = 0; i < recorded->len; i++)
    if (find_row (rows, ((RnPlanMeasure *) recorded->pdata[i])->key) == NULL)
      g_ptr_array_add (rows, row_of_book (recorded->pdata[i]));
  for (guint i = 0; advice != NULL && i < rows->len; i++)
    {
      RnPlanLedgerRow *row = rows->pdata[i];

      row->overdue_us = find_overdue_us (self, advice, &row->measure);
    }
  g_ptr_array_sort (rows, compare_rows);
  return rows;
}
