/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans and measures: life only. Filled by one thread, then immutable. */
#include "model/rn-plan.h"

#include "model/rn-value.h"

typedef struct {
  RnPlan pub;
  gatomicrefcount refs;
} Plan;
typedef struct {
  RnMeasure pub;
  gatomicrefcount refs;
} Measure;

RnPlan *
rn_plan_new (const char *source, const char *id)
{
  Plan *self = g_new0 (Plan, 1);

  g_atomic_ref_count_init (&self->refs);
  rn_value_set_key (&self->pub.source, &self->pub.id, &self->pub.key, source, id);
  return &self->pub;
}

RnPlan *
rn_plan_ref (const RnPlan *self)
{
  g_atomic_ref_count_inc (&((Plan *) self)->refs);
  return (RnPlan *) self;
}

void
rn_plan_unref (const RnPlan *plan)
{
  RnPlan *self = (RnPlan *) plan;

  if (self == NULL || !g_atomic_ref_count_dec (&((Plan *) self)->refs))
    return;
  g_free (self->source);
  g_free (self->id);
  g_free (self->key);
  rn_names_unref (self->names);
  g_strfreev (self->sections);
  g_strfreev (self->facilities);
  g_free (self->criteria_json);
  g_free (self->measures_json);
  g_free (self);
}

RnMeasure *
rn_measure_new (const char *source, const char *id)
{
  Measure *self = g_new0 (Measure, 1);

  g_atomic_ref_count_init (&self->refs);
  rn_value_set_key (&self->pub.source, &self->pub.id, &self->pub.key, source, id);
  return &self->pub;
}

RnMeasure *
rn_measure_ref (const RnMeasure *self)
{
  g_atomic_ref_count_inc (&((Measure *) self)->refs);
  return (RnMeasure *) self;
}

void
rn_measure_unref (const RnMeasure *measure)
{
  RnMeasure *self = (RnMeasure *) measure;

  if (self == NULL || !g_atomic_ref_count_dec (&((Measure *) self)->refs))
    return;
  g_free (self->source);
  g_free (self->id);
  g_free (self->key);
  g_free (self->plan);
  g_free (self->what);
  g_free (self->where);
  g_free (self->party);
  g_free (self->by);
  g_free (self);
}
