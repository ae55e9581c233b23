/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Key figures: life only. Filled by one thread, then immutable. */
#include "model/rn-kpi.h"

#include <math.h>

#include "model/rn-value.h"

typedef struct {
  RnKpi pub;
  gatomicrefcount refs;
} Private;

RnKpi *
rn_kpi_new (const char *source, const char *id)
{
  Private *self = g_new0 (Private, 1);

  g_atomic_ref_count_init (&self->refs);
  rn_value_set_key (&self->pub.source, &self->pub.id, &self->pub.key, source, id);
  self->pub.value = self->pub.target = self->pub.record_value = NAN;
  return &self->pub;
}

RnKpi *
rn_kpi_ref (const RnKpi *self)
{
  g_atomic_ref_count_inc (&((Private *) self)->refs);
  return (RnKpi *) self;
}

static void
free_tasks (RnKpi *self)
{
  for (guint i = 0; i < self->n_tasks; i++)
    {
      g_free (self->tasks[i].id);
      g_free (self->tasks[i].title);
      g_free (self->tasks[i].list);
      g_free (self->tasks[i].owner);
      g_free (self->tasks[i].note);
    }
  g_free (self->tasks);
}

void
rn_kpi_unref (const RnKpi *kpi)
{
  RnKpi *self = (RnKpi *) kpi;

  if (self == NULL || !g_atomic_ref_count_dec (&((Private *) self)->refs))
    return;
  g_free (self->source);
  g_free (self->id);
  g_free (self->key);
  rn_names_unref (self->names);
  g_free (self->unit);
  g_free (self->period);
  g_free (self->record_on);
  g_free (self->record_what);
  g_free (self->series);
  for (guint i = 0; i < self->n_by; i++)
    {
      g_free (self->by[i].dimension);
      g_free (self->by[i].key);
      rn_names_unref (self->by[i].names);
    }
  g_free (self->by);
  free_tasks (self);
  g_free (self);
}
