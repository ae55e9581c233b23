/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The weather over the roads: fog at dawn near the coast, a band of rain that crosses from the
 * west, wind, temperatures; what stations measure, what is warned of, and which roads are put under
 * control. The sky is a formula of seed, place and time; controls have a memory. One thread. */
#pragma once

#include "model/rn-weather.h"
#include "sim/rn-sim-time.h"

typedef struct {
  double visibility_m, rain_mm_h, wind_ms, gust_ms, air_c, surface_c, friction;
  RnSurface surface;
  gboolean snow; /* what falls is snow */
} RnSimSky;

typedef struct {
  char *id;
  RnNames *names;
  RnPoint at;
} RnSimStation;

typedef struct {
  char *id;
  RnHazard hazard;
  int tier;         /* 1 red … 4 blue */
  RnPoint ring[32]; /* closed: the last is the first */
  guint n_ring;
  gint64 from_us, until_us;
  double least_visibility_m, most_rain_mm_h;
} RnSimWarning;

typedef struct {
  char *id;
  guint32 road;
  RnControlLevel level;
  RnHazard hazard;
  double limit_kmh;
  GArray *sections; /* guint32 */
  gint64 since_us;
} RnSimControl;

typedef struct {
  GPtrArray *stations; /* RnSimStation */
  GPtrArray *warnings; /* RnSimWarning, as of the last step */
  GPtrArray *controls; /* RnSimControl */
  double *limit_kmh;   /* by section: of a control in force; INFINITY none */
  double *factor;      /* by section: on capacity */
  gint64 at_us;        /* of the last step */
} RnSimWeather;

typedef enum {
  RN_SIM_SKY_CHANCE, /* each day as the seed says */
  RN_SIM_SKY_SURE,   /* the day of the start has fog and rain for certain */
  RN_SIM_SKY_STORM, /* … thick fog, and a wide band of heavy rain; snow and ice when it is cold */
} RnSimSkyKind;

RnSimWeather *
rn_sim_weather_new (const RnNetwork *network, guint64 seed, gint64 start_us, RnSimSkyKind kind);
void rn_sim_weather_free (RnSimWeather *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSimWeather, rn_sim_weather_free)

/** Every 60 s of data time. */
void rn_sim_weather_step (RnSimWeather *self, gint64 at_us);

RnSimSky rn_sim_weather_sky (const RnSimWeather *self, RnPoint at, gint64 at_us);

/** Vehicle classes that a level bans, NULL-terminated; and its word in the API. */
const char *const *rn_sim_control_bans (RnControlLevel level);
const char *rn_sim_control_word (RnControlLevel level);
