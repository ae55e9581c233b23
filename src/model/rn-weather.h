/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weather stations, warnings and controls. Immutable once in a frame, atomically refcounted. */
#pragma once

#include "model/rn-network.h"

typedef enum {
  RN_SURFACE_UNKNOWN,
  RN_SURFACE_DRY,
  RN_SURFACE_WET,
  RN_SURFACE_SNOW,
  RN_SURFACE_ICE,
  RN_SURFACE_WATER
} RnSurface;
typedef enum {
  RN_HAZARD_FOG,
  RN_HAZARD_RAIN,
  RN_HAZARD_SNOW,
  RN_HAZARD_ICE,
  RN_HAZARD_WIND,
  RN_HAZARD_TYPHOON,
  RN_HAZARD_HEAT,
  RN_N_HAZARDS
} RnHazard;
typedef enum { RN_CONTROL_SPECIAL, RN_CONTROL_1, RN_CONTROL_2, RN_CONTROL_3 } RnControlLevel;

typedef struct {
  char *source, *id, *key;
  RnNames *names;
  RnPoint at;
  double visibility_m, rain_mm_h, wind_ms, gust_ms, air_c, surface_c, friction; /* NaN unknown */
  RnSurface surface;
  gint64 observed_at_us;
} RnStation;

typedef struct {
  char *source, *id, *key;
  RnHazard hazard;
  int tier; /* 1 red … 4 blue */
  guint n_ring;
  RnPoint *ring; /* outer ring; 0: sections only */
  guint n_sections;
  guint32 *sections;
  gint64 from_us, until_us; /* 0 unknown */
  RnNames *text;
} RnWarning;

typedef struct {
  char *source, *id, *key;
  RnControlLevel level;
  double limit_kmh; /* NaN none */
  GStrv bans;
  guint n_sections;
  guint32 *sections;
  gint64 since_us;
  int hazard; /* RnHazard or -1 */
} RnControl;

RnStation *rn_station_new (const char *source, const char *id);
RnStation *rn_station_ref (const RnStation *self);
void rn_station_unref (const RnStation *self);
RnWarning *rn_warning_new (const char *source, const char *id);
RnWarning *rn_warning_ref (const RnWarning *self);
void rn_warning_unref (const RnWarning *self);
RnControl *rn_control_new (const char *source, const char *id);
RnControl *rn_control_ref (const RnControl *self);
void rn_control_unref (const RnControl *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnStation, rn_station_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnWarning, rn_warning_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnControl, rn_control_unref)

const char *const *rn_hazard_words (void);
const char *rn_hazard_title (RnHazard hazard);
/** Factor on capacity of a hazard at a tier (1 red … 4 blue): see the table in the .c. */
double rn_hazard_capacity_factor (RnHazard hazard, int tier);
/** "dry" … "water", NULL-terminated: RN_SURFACE_DRY is the first. */
const char *const *rn_surface_words (void);
const char *rn_surface_title (RnSurface surface); /* "Wet", in the language in use; "–" unknown */
