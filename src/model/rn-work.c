/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Works: life, phase and what they leave of the capacity. Filled by one thread, then immutable. */
#include "model/rn-work.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "model/rn-value.h"

typedef struct {
  RnWork pub;
  gatomicrefcount refs;
} Private;

RnWork *
rn_work_new (const char *source, const char *id)
{
  Private *self = g_new0 (Private, 1);

  g_atomic_ref_count_init (&self->refs);
  rn_value_set_key (&self->pub.source, &self->pub.id, &self->pub.key, source, id);
  self->pub.capacity_factor = NAN;
  self->pub.limit_kmh = NAN;
  self->pub.workers = -1;
  return &self->pub;
}

RnWork *
rn_work_ref (const RnWork *self)
{
  g_atomic_ref_count_inc (&((Private *) self)->refs);
  return (RnWork *) self;
}

void
rn_work_unref (const RnWork *work)
{
  RnWork *self = (RnWork *) work;

  if (self == NULL || !g_atomic_ref_count_dec (&((Private *) self)->refs))
    return;
  g_free (self->source);
  g_free (self->id);
  g_free (self->key);
  rn_names_unref (self->names);
  rn_names_unref (self->description);
  g_free (self->road);
  g_free (self->direction);
  g_free (self->sections);
  g_free (self->line);
  g_free (self->permit);
  g_free (self->owner);
  for (guint i = 0; i < self->n_lanes; i++)
    g_free (self->lanes[i].type);
  g_free (self->lanes);
  g_free (self);
}

RnWork *
rn_work_copy_shifted (const RnWork *self, guint32 by)
{
  RnWork *copy = rn_work_new (self->source, self->id);
  char *source = copy->source, *id = copy->id, *key = copy->key;

  *copy = *self;
  copy->source = source;
  copy->id = id;
  copy->key = key;
  rn_names_ref (copy->names);
  rn_names_ref (copy->description);
  copy->road = g_strdup (self->road);
  copy->direction = g_strdup (self->direction);
  copy->sections = rn_value_shift (self->sections, self->n_sections, by);
  copy->line = g_memdup2 (self->line, self->n_line * sizeof *self->line);
  copy->permit = g_strdup (self->permit);
  copy->owner = g_strdup (self->owner);
  copy->lanes = g_memdup2 (self->lanes, self->n_lanes * sizeof *self->lanes);
  for (guint i = 0; i < self->n_lanes; i++)
    copy->lanes[i].type = g_strdup (self->lanes[i].type);
  return copy;
}

RnWorkPhase
rn_work_phase (const RnWork *self, gint64 now_us)
{
  if (self->end_us != 0 && now_us >= self->end_us)
    return RN_WORK_ENDED;
  return self->start_us != 0 && now_us < self->start_us ? RN_WORK_PLANNED : RN_WORK_ACTIVE;
}

gint64
rn_work_overrun_us (const RnWork *self, gint64 now_us)
{
  gint64 end_us = self->plan_end_us != 0 ? self->plan_end_us : self->end_us;

  /* A best known end that is past means that they have ended. */
  if (end_us == 0 || now_us <= end_us || rn_work_phase (self, now_us) != RN_WORK_ACTIVE)
    return 0;
  return now_us - end_us;
}

double
rn_work_capacity_factor (const RnWork *self)
{
  guint open = 0, lanes = 0;

  if (!isnan (self->capacity_factor))
    return CLAMP (self->capacity_factor, 0.0, 1.0);
  if (self->impact == RN_IMPACT_ALL_CLOSED)
    return 0.0;
  for (guint i = 0; i < self->n_lanes; i++)
    {
      const char *type = self->lanes[i].type;

      /* Shoulders, ramps, turning lanes and the like are not part of the section's capacity. */
      if (type != NULL && !g_str_equal (type, "general"))
        continue;
      lanes++;
      open += self->lanes[i].state != RN_WORK_LANE_CLOSED;
    }
  if (lanes > 0 && open < lanes)
    return (double) open / lanes;
  return self->impact == RN_IMPACT_SOME_CLOSED || self->impact == RN_IMPACT_ALTERNATING ? 0.5 : 1.0;
}

const char *
rn_work_impact_title (RnWorkImpact impact)
{
  static const char *const titles[] = {
    NC_ ("works", "Effect unknown"),      NC_ ("works", "All lanes open"),
    NC_ ("works", "Some lanes closed"),   NC_ ("works", "All lanes closed"),
    NC_ ("works", "Alternating traffic"), NC_ ("works", "Other effect")
  };

  g_return_val_if_fail (impact < G_N_ELEMENTS (titles), "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "works", titles[impact]);
}
