/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Live states of facilities, and words for their types. Filled by one thread, then immutable. */
#include "model/rn-facility-state.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "model/rn-value.h"

typedef struct {
  RnFacilityState pub;
  gatomicrefcount refs;
} Private;

RnFacilityState *
rn_facility_state_new (const char *source, const char *id, RnFacilityType type)
{
  Private *self = g_new0 (Private, 1);
  RnFacilityState *pub = &self->pub;

  g_atomic_ref_count_init (&self->refs);
  rn_value_set_key (&pub->source, &pub->id, &pub->key, source, id);
  pub->type = type;
  pub->facility = RN_NONE;
  pub->car_used = pub->car_total = pub->truck_used = pub->truck_total = -1;
  pub->chargers_free = pub->chargers_total = pub->chargers_queue = -1;
  pub->lanes_entry = pub->lanes_exit = -1;
  pub->inflow_vph = pub->entry_vph = pub->exit_vph = pub->queue_m = pub->etc_share_pct = NAN;
  pub->vehicles_today = pub->people_today = -1;
  return pub;
}

RnFacilityState *
rn_facility_state_ref (const RnFacilityState *self)
{
  g_atomic_ref_count_inc (&((Private *) self)->refs);
  return (RnFacilityState *) self;
}

void
rn_facility_state_unref (const RnFacilityState *state)
{
  RnFacilityState *self = (RnFacilityState *) state;

  if (self == NULL || !g_atomic_ref_count_dec (&((Private *) self)->refs))
    return;
  g_free (self->source);
  g_free (self->id);
  g_free (self->key);
  for (guint i = 0; i < self->n_fuel; i++)
    g_free (self->fuel[i].grade);
  g_free (self->fuel);
  for (guint i = 0; i < self->n_goods; i++)
    rn_names_unref (self->goods[i].names);
  g_free (self->goods);
  g_free (self);
}

RnFacilityState *
rn_facility_state_copy_at (const RnFacilityState *self, guint32 facility)
{
  RnFacilityState *copy = rn_facility_state_new (self->source, self->id, self->type);
  char *source = copy->source, *id = copy->id, *key = copy->key;

  *copy = *self;
  copy->source = source;
  copy->id = id;
  copy->key = key;
  copy->facility = facility;
  copy->fuel = g_memdup2 (self->fuel, self->n_fuel * sizeof *self->fuel);
  for (guint i = 0; i < self->n_fuel; i++)
    copy->fuel[i].grade = g_strdup (self->fuel[i].grade);
  copy->goods = g_memdup2 (self->goods, self->n_goods * sizeof *self->goods);
  for (guint i = 0; i < self->n_goods; i++)
    rn_names_ref (copy->goods[i].names);
  return copy;
}

const char *const *
rn_facility_type_words (void)
{
  static const char *const words[] = { "interchange",     "toll_plaza", "service_area",
                                       "bridge",          "tunnel",     "border",
                                       "weather_station", "camera",     "sign",
                                       "checkpoint",      NULL };

  return words;
}

const char *
rn_facility_type_title (RnFacilityType type)
{
  static const char *const titles[RN_N_FACILITY_TYPES] = { NC_ ("facility", "Interchange"),
                                                           NC_ ("facility", "Toll plaza"),
                                                           NC_ ("facility", "Service area"),
                                                           NC_ ("facility", "Bridge"),
                                                           NC_ ("facility", "Tunnel"),
                                                           NC_ ("facility", "Border"),
                                                           NC_ ("facility", "Weather station"),
                                                           NC_ ("facility", "Camera"),
                                                           NC_ ("facility", "Sign"),
                                                           NC_ ("facility", "Checkpoint") };

  g_return_val_if_fail (type < RN_N_FACILITY_TYPES, "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "facility", titles[type]);
}
