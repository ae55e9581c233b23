/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weather stations, warnings and controls: life, words and what weather takes from the capacity.
 * Filled by one thread, then immutable. */
#include "model/rn-weather.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "model/rn-value.h"

typedef struct {
  RnStation pub;
  gatomicrefcount refs;
} Station;
typedef struct {
  RnWarning pub;
  gatomicrefcount refs;
} Warning;
typedef struct {
  RnControl pub;
  gatomicrefcount refs;
} Control;

RnStation *
rn_station_new (const char *source, const char *id)
{
  Station *self = g_new0 (Station, 1);
  RnStation *pub = &self->pub;

  g_atomic_ref_count_init (&self->refs);
  rn_value_set_key (&pub->source, &pub->id, &pub->key, source, id);
  pub->visibility_m = pub->rain_mm_h = pub->wind_ms = pub->gust_ms = NAN;
  pub->air_c = pub->surface_c = pub->friction = NAN;
  return pub;
}

RnStation *
rn_station_ref (const RnStation *self)
{
  g_atomic_ref_count_inc (&((Station *) self)->refs);
  return (RnStation *) self;
}

void
rn_station_unref (const RnStation *station)
{
  RnStation *self = (RnStation *) station;

  if (self == NULL || !g_atomic_ref_count_dec (&((Station *) self)->refs))
    return;
  g_free (self->source);
  g_free (self->id);
  g_free (self->key);
  rn_names_unref (self->names);
  g_free (self);
}

RnWarning *
rn_warning_new (const char *source, const char *id)
{
  Warning *self = g_new0 (Warning, 1);

  g_atomic_ref_count_init (&self->refs);
  rn_value_set_key (&self->pub.source, &self->pub.id, &self->pub.key, source, id);
  self->pub.tier = 4;
  return &self->pub;
}

RnWarning *
rn_warning_ref (const RnWarning *self)
{
  g_atomic_ref_count_inc (&((Warning *) self)->refs);
  return (RnWarning *) self;
}

void
rn_warning_unref (const RnWarning *warning)
{
  RnWarning *self = (RnWarning *) warning;

  if (self == NULL || !g_atomic_ref_count_dec (&((Warning *) self)->refs))
    return;
  g_free (self->source);
  g_free (self->id);
  g_free (self->key);
  g_free (self->ring);
  g_free (self->sections);
  rn_names_unref (self->text);
  g_free (self);
}

RnWarning *
rn_warning_copy_shifted (const RnWarning *self, guint32 by)
{
  RnWarning *copy = rn_warning_new (self->source, self->id);
  char *source = copy->source, *id = copy->id, *key = copy->key;

  *copy = *self;
  copy->source = source;
  copy->id = id;
  copy->key = key;
  copy->ring = g_memdup2 (self->ring, self->n_ring * sizeof *self->ring);
  copy->sections = rn_value_shift (self->sections, self->n_sections, by);
  rn_names_ref (copy->text);
  return copy;
}

RnControl *
rn_control_new (const char *source, const char *id)
{
  Control *self = g_new0 (Control, 1);

  g_atomic_ref_count_init (&self->refs);
  rn_value_set_key (&self->pub.source, &self->pub.id, &self->pub.key, source, id);
  self->pub.level = RN_CONTROL_3;
  self->pub.limit_kmh = NAN;
  self->pub.hazard = -1;
  return &self->pub;
}

RnControl *
rn_control_ref (const RnControl *self)
{
  g_atomic_ref_count_inc (&((Control *) self)->refs);
  return (RnControl *) self;
}

void
rn_control_unref (const RnControl *control)
{
  RnControl *self = (RnControl *) control;

  if (self == NULL || !g_atomic_ref_count_dec (&((Control *) self)->refs))
    return;
  g_free (self->source);
  g_free (self->id);
  g_free (self->key);
  g_strfreev (self->bans);
  g_free (self->sections);
  g_free (self);
}

RnControl *
rn_control_copy_shifted (const RnControl *self, guint32 by)
{
  RnControl *copy = rn_control_new (self->source, self->id);
  char *source = copy->source, *id = copy->id, *key = copy->key;

  *copy = *self;
  copy->source = source;
  copy->id = id;
  copy->key = key;
  copy->bans = g_strdupv (self->bans);
  copy->sections = rn_value_shift (self->sections, self->n_sections, by);
  return copy;
}

const char *const *
rn_hazard_words (void)
{
  static const char *const words[] = {
    "fog", "rain", "snow", "ice", "wind", "typhoon", "heat", NULL
  };

  return words;
}

const char *
rn_hazard_title (RnHazard hazard)
{
  static const char *const titles[RN_N_HAZARDS] = {
    NC_ ("hazard", "Fog"), NC_ ("hazard", "Rain"), NC_ ("hazard", "Snow"),
    NC_ ("hazard", "Ice"), NC_ ("hazard", "Wind"), NC_ ("hazard", "Typhoon"),
    NC_ ("hazard", "Heat")
  };

  g_return_val_if_fail (hazard < RN_N_HAZARDS, "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "hazard", titles[hazard]);
}

/* What weather leaves of the capacity, from the worst tier (red) to the mildest (blue). Anchors are
 * the losses that the Highway Capacity Manual gives for freeways: heavy rain 14 % (orange), heavy
 * snow 24 % (orange), low visibility 12 % (fog, yellow). The rest is our estimate along the Chinese
 * warning scale, whose red is beyond what was measured there. */
double
rn_hazard_capacity_factor (RnHazard hazard, int tier)
{
  static const double factors[RN_N_HAZARDS][4] = {
    [RN_HAZARD_FOG] = { 0.60, 0.75, 0.88, 0.95 },  [RN_HAZARD_RAIN] = { 0.75, 0.86, 0.93, 0.97 },
    [RN_HAZARD_SNOW] = { 0.60, 0.76, 0.88, 0.95 }, [RN_HAZARD_ICE] = { 0.55, 0.70, 0.85, 0.93 },
    [RN_HAZARD_WIND] = { 0.85, 0.92, 0.97, 0.99 }, [RN_HAZARD_TYPHOON] = { 0.60, 0.75, 0.88, 0.95 },
    [RN_HAZARD_HEAT] = { 0.98, 0.99, 1.00, 1.00 },
  };

  if (hazard >= RN_N_HAZARDS || tier < 1 || tier > 4)
    return 1.0;
  return factors[hazard][tier - 1];
}

const char *const *
rn_surface_words (void)
{
  static const char *const words[] = { "dry", "wet", "snow", "ice", "water", NULL };

  return words;
}

const char *
rn_surface_title (RnSurface surface)
{
  static const char *const titles[] = {
    [RN_SURFACE_UNKNOWN] = RN_DASH,
    [RN_SURFACE_DRY] = NC_ ("surface", "Dry"),
    [RN_SURFACE_WET] = NC_ ("surface", "Wet"),
    [RN_SURFACE_SNOW] = NC_ ("surface", "Snow"),
    [RN_SURFACE_ICE] = NC_ ("surface", "Ice"),
    [RN_SURFACE_WATER] = NC_ ("surface", "Water"),
  };

  if ((guint) surface >= G_N_ELEMENTS (titles) || surface == RN_SURFACE_UNKNOWN)
    return RN_DASH;
  return g_dpgettext2 (GETTEXT_PACKAGE, "surface", titles[surface]);
}
