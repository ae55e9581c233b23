/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places are fractions of the network's extent, so that any network has weather. Limits by
 * visibility: 60 km/h under 200 m, 40 under 100 m, 20 under 50 m, as the default rules for severe
 * weather say; 80 under 500 m. */
#include "sim/rn-sim-weather.h"

#include "sim/rn-sim-random.h"

#include <math.h>
#include <string.h>

#define CONTROL_EVERY (10 * RN_SIM_MINUTE) /* how often controls are reviewed */
#define CLEAR_M 10000.0
#define STATIONS 40 /* for networks that have none of their own */

typedef struct {
  RnSimWeather public;
  const RnNetwork *network;
  guint64 seed;
  gint64 start_day;
  RnSimSkyKind kind;
  gint64 reviewed_us;
  guint8 *level; /* by section: 0 none, else RnControlLevel + 1 of the limit that drivers keep */
  guint8 *shown; /* the same of the control in the document */
  guint8 *hazard;
} Weather;

/* A day's fog: an ellipse, in fractions of the extent. */
typedef struct {
  gboolean any;
  double x, y, rx, ry, tilt, from_h, full_h, fades_h, gone_h, least_m;
} Fog;
typedef struct {
  gboolean any;
  double from_h, hours, y, ry, width, most_mm_h;
} Rain;

static double
draw (const Weather *self, gint64 day, guint64 what)
{
  return rn_sim_uniform (self->seed, RN_SIM_STREAM_WEATHER, (guint64) day, what);
}

static gboolean
is_stormy (const Weather *self, gint64 day)
{
  return self->kind == RN_SIM_SKY_STORM && day == self->start_day;
}

static gboolean
is_sure (const Weather *self, gint64 day)
{
  return self->kind == RN_SIM_SKY_SURE && day == self->start_day;
}

static Fog
fog_of (const Weather *self, gint64 day)
{
  gboolean sure = is_sure (self, day);
  Fog fog = {
    .any = sure || draw (self, day, 1) < 0.6,
    .x = 0.67 + (sure ? 0.0 : 0.12 * (draw (self, day, 2) - 0.5)),
    .y = 0.69 + (sure ? 0.0 : 0.30 * (draw (self, day, 3) - 0.5)),
    .rx = 0.085,
    .ry = 0.155,
    .tilt = 0.45,
    .from_h = 2.0 + draw (self, day, 4),
    .full_h = 5.5,
    .fades_h = sure ? 10.75 : 8.0 + 1.5 * draw (self, day, 5),
    .gone_h = sure ? 12.75 : 10.0 + 1.5 * draw (self, day, 6),
    .least_m = sure ? 150.0 : 70.0 + 500.0 * draw (self, day, 7),
  };

  if (is_stormy (self, day))
    {
      fog.any = TRUE;
      fog.rx = 0.16;
      fog.ry = 0.25;
      fog.least_m = 70.0 + 60.0 * draw (self, day, 7);
    }
  return fog;
}

static Rain
rain_of (const Weather *self, gint64 day)
{
  gboolean sure = is_sure (self, day);
  Rain rain = {
    .any = sure || draw (self, day, 11) < 0.5,
    .from_h = sure ? 7.2 : 2.0 + 14.0 * draw (self, day, 12),
    .hours = 7.0 + 4.0 * draw (self, day, 13),
    .y = sure ? 0.26 : 0.2 + 0.6 * draw (self, day, 14),
    .ry = 0.16 + 0.1 * draw (self, day, 15),
    .width = 0.07 + 0.04 * draw (self, day, 16),
    .most_mm_h = sure ? 13.0 : 4.0 + 30.0 * draw (self, day, 17) * draw (self, day, 18),
  };

  if (is_stormy (self, day))
    {
      rain.any = TRUE;
      rain.from_h = 3.0 + 2.0 * draw (self, day, 12);
      rain.hours = 13.0;
      rain.y = 0.45;
      rain.ry = 0.5;
      rain.width = 0.13;
      rain.most_mm_h = 22.0 + 10.0 * draw (self, day, 17);
    }
  return rain;
}

/* 0 … 1 along a trapeze with soft corners. */
static double
ramp (double h, double from, double full, double fades, double gone)
{
  double up = CLAMP ((h - from) / (full - from), 0.0, 1.0);
  double down = CLAMP ((gone - h) / (gone - fades), 0.0, 1.0);
  double least = MIN (up, down);

  return least * least * (3.0 - 2.0 * least);
}

static void
place_of (const Weather *self, RnPoint at, double *x, double *y)
{
  const RnBox *box = &self->network->extent;

  *x = (at.lon - box->min_lon) / MAX (box->max_lon - box->min_lon, 1e-6);
  *y = (at.lat - box->min_lat) / MAX (box->max_lat - box->min_lat, 1e-6);
}

static double
fog_visibility_m (const Fog *fog, double x, double y, double hour)
{
  double dx = x - fog->x, dy = y - fog->y;
  double u = (dx * cos (fog->tilt) + dy * sin (fog->tilt)) / fog->rx;
  double v = (dy * cos (fog->tilt) - dx * sin (fog->tilt)) / fog->ry;
  double d2 = u * u + v * v, part;

  if (!fog->any || d2 > 4.0)
    return CLEAR_M;
  part = ramp (hour, fog->from_h, fog->full_h, fog->fades_h, fog->gone_h) * exp (-0.45 * d2 * d2);
  return CLEAR_M * pow (fog->least_m / CLEAR_M, part);
}

/* Where the band's middle is at this height, as a fraction of the width. */
static double
rain_x (const Rain *rain, double y, double hour)
{
  return (hour - rain->from_h) / rain->hours - 0.25 * (y - rain->y);
}

static double
rain_rate_mm_h (const Rain *rain, double x, double y, double hour)
{
  double dx = (x - rain_x (rain, y, hour)) / rain->width, dy = (y - rain->y) / rain->ry;
  double d2 = dx * dx + dy * dy;

  return rain->any && d2 < 6.0 ? rain->most_mm_h * exp (-d2) : 0.0;
}

/* Monthly means of a temperate coast, °C. */
static double
mean_air_c (int month)
{
  static const double means[12] = { 3.0,  5.0,  9.5,  15.5, 21.0, 25.0,
                                    28.5, 28.0, 23.5, 18.0, 11.5, 5.5 };

  return means[month - 1];
}

RnSimSky
rn_sim_weather_sky (const RnSimWeather *public, RnPoint at, gint64 at_us)
{
  const Weather *self = (const Weather *) public;
  RnSimDate date = rn_sim_date (at_us);
  Fog fog = fog_of (self, date.number);
  Rain rain = rain_of (self, date.number);
  double x, y, before, sun = cos ((date.hour - 14.5) / 24.0 * 2.0 * G_PI);
  RnSimSky sky;

  place_of (self, at, &x, &y);
  sky.rain_mm_h = rain_rate_mm_h (&rain, x, y, date.hour);
  before = rain_rate_mm_h (&rain, x, y, date.hour - 0.7);
  sky.rain_mm_h = sky.rain_mm_h < 0.1 ? 0.0 : sky.rain_mm_h;
  sky.visibility_m =
      MIN (fog_visibility_m (&fog, x, y, date.hour), CLEAR_M / (1.0 + 0.35 * sky.rain_mm_h));
  sky.wind_ms = 2.2 + 2.5 * draw (self, date.number, 21) + 2.5 * x + 0.15 * sky.rain_mm_h
                + 0.8 * sin (date.hour + 9.0 * x + 7.0 * y);
  sky.gust_ms = sky.wind_ms * (1.45 + 0.02 * sky.rain_mm_h);
  sky.air_c = mean_air_c (date.month) - 3.0 * (y - 0.5) + 4.0 * (draw (self, date.number, 22) - 0.5)
              + 4.0 * sun - 0.15 * sky.rain_mm_h;
  sky.surface_c = sky.air_c + (sun > 0.0 && sky.rain_mm_h < 0.2 ? 9.0 * sun : -1.0);
  sky.snow = sky.rain_mm_h > 0.0 && sky.air_c < 0.5;
  sky.surface = RN_SURFACE_DRY;
  if (sky.rain_mm_h > 0.2 || before > 0.2 || sky.visibility_m < 300.0)
    sky.surface = sky.surface_c < 0.0 ? RN_SURFACE_ICE : RN_SURFACE_WET;
  if (sky.snow && sky.rain_mm_h > 0.5)
    sky.surface = RN_SURFACE_SNOW;
  else if (sky.rain_mm_h > 16.0)
    sky.surface = RN_SURFACE_WATER;
  sky.friction = sky.surface == RN_SURFACE_DRY     ? 0.80
                 : sky.surface == RN_SURFACE_WET   ? 0.55
                 : sky.surface == RN_SURFACE_WATER ? 0.42
                 : sky.surface == RN_SURFACE_SNOW  ? 0.32
                                                   : 0.18;
  return sky;
}

/* Tiers as the national warnings have them: fog under 500, 200, 50 m; rain by its rate. 0: none. */
static int
fog_tier (double visibility_m)
{
  return visibility_m < 50.0 ? 1 : visibility_m < 200.0 ? 2 : visibility_m < 500.0 ? 3 : 0;
}

static int
rain_tier (double mm_h)
{
  return mm_h > 40.0 ? 1 : mm_h > 25.0 ? 2 : mm_h > 15.0 ? 3 : mm_h > 7.0 ? 4 : 0;
}

static RnPoint
unplace (const Weather *self, double x, double y)
{
  const RnBox *box = &self->network->extent;

  return (RnPoint){ box->min_lon + x * (box->max_lon - box->min_lon),
                    box->min_lat + y * (box->max_lat - box->min_lat) };
}

static void
warning_free (gpointer data)
{
  RnSimWarning *warning = data;

  g_free (warning->id);
  g_free (warning);
}

static RnSimWarning *
add_warning (Weather *self, RnHazard hazard, int tier, gint64 day, double from_h, double until_h)
{
  RnSimWarning *warning = g_new0 (RnSimWarning, 1);
  gint64 midnight = day * RN_SIM_DAY - 8 * RN_SIM_HOUR;

  warning->id = g_strdup_printf ("WN-%" G_GINT64_FORMAT "-%s", day, rn_hazard_words ()[hazard]);
  warning->hazard = hazard;
  warning->tier = tier;
  warning->n_ring = G_N_ELEMENTS (warning->ring);
  warning->from_us = midnight + (gint64) (from_h * 60.0) * RN_SIM_MINUTE;
  warning->until_us = midnight + (gint64) (until_h * 60.0) * RN_SIM_MINUTE;
  g_ptr_array_add (self->public.warnings, warning);
  return warning;
}

static void
warn_of_fog (Weather *self, const Fog *fog, const RnSimDate *date)
{
  double least = fog_visibility_m (fog, fog->x, fog->y, date->hour);
  int tier = fog_tier (least);
  RnSimWarning *warning;

  if (tier == 0)
    return;
  warning = add_warning (self, RN_HAZARD_FOG, tier, date->number, floor (fog->from_h + 1.0),
                         ceil (fog->gone_h));
  warning->least_visibility_m = round (least / 10.0) * 10.0;
  for (guint k = 0; k < warning->n_ring; k++)
    {
      double angle = 2.0 * G_PI * (k % (warning->n_ring - 1)) / (warning->n_ring - 1);
      double u = 1.05 * fog->rx * cos (angle), v = 1.05 * fog->ry * sin (angle);

      warning->ring[k] = unplace (self, fog->x + u * cos (fog->tilt) - v * sin (fog->tilt),
                                  fog->y + u * sin (fog->tilt) + v * cos (fog->tilt));
    }
}

static void
warn_of_rain (Weather *self, const Rain *rain, const RnSimDate *date)
{
  double middle = rain_x (rain, rain->y, date->hour);
  int tier = rain_tier (rain->most_mm_h);
  RnSimWarning *warning;

  if (!rain->any || tier == 0 || middle < -0.1 || middle > 1.1)
    return;
  warning = add_warning (self, RN_HAZARD_RAIN, tier, date->number, floor (rain->from_h),
                         ceil (rain->from_h + rain->hours * 1.1));
  warning->most_rain_mm_h = round (rain->most_mm_h);
  for (guint k = 0; k < warning->n_ring; k++)
    {
      double angle = 2.0 * G_PI * (k % (warning->n_ring - 1)) / (warning->n_ring - 1);
      double y = rain->y + 1.1 * rain->ry * sin (angle);

      warning->ring[k] =
          unplace (self, rain_x (rain, y, date->hour) + 1.1 * rain->width * cos (angle), y);
    }
}

/* Level + 1 that a section needs now; 0 none. */
static guint8
level_needed (const RnSimSky *sky, RnHazard *hazard)
{
  *hazard = RN_HAZARD_FOG;
  if (sky->visibility_m < 100.0)
    return RN_CONTROL_1 + 1;
  if (sky->visibility_m < 200.0)
    return RN_CONTROL_2 + 1;
  if (sky->visibility_m < 500.0)
    return RN_CONTROL_3 + 1;
  if (sky->surface == RN_SURFACE_ICE || sky->surface == RN_SURFACE_SNOW)
    {
      *hazard = sky->surface == RN_SURFACE_ICE ? RN_HAZARD_ICE : RN_HAZARD_SNOW;
      return RN_CONTROL_2 + 1;
    }
  *hazard = RN_HAZARD_RAIN;
  return sky->rain_mm_h > 12.0 ? RN_CONTROL_3 + 1 : 0;
}

static double
level_limit_kmh (RnControlLevel level)
{
  static const double limits[] = { 20.0, 40.0, 60.0, 80.0 };

  return limits[level];
}

static void
control_free (gpointer data)
{
  RnSimControl *control = data;

  g_array_unref (control->sections);
  g_free (control->id);
  g_free (control);
}

static RnSimControl *
find_control (const GPtrArray *controls, guint32 road, guint8 level, guint8 hazard)
{
  for (guint i = 0; i < controls->len; i++)
    {
      RnSimControl *control = g_ptr_array_index (controls, i);

      if (control->road == road && control->level + 1 == level && control->hazard == hazard)
        return control;
    }
  return NULL;
}

/* A limit is given before it counts, and taken back a minute after drivers may go faster, so that
 * measured speeds are never held against a limit that they had not yet heard of. */
static gboolean
show_levels (Weather *self, gboolean review)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->network->n_sections; i++)
    {
      guint8 before = self->shown[i], now = self->level[i];
      gboolean eased = before != 0 && (now == 0 || now > before);

      if (now == before || (eased && review))
        continue;
      self->shown[i] = now;
      changed = TRUE;
    }
  return changed;
}

/* One control a road, level and hazard; it keeps the time at which it began. */
static void
list_controls (Weather *self, gint64 at_us)
{
  GPtrArray *old = self->public.controls;
  GPtrArray *new = g_ptr_array_new_with_free_func (control_free);
  const RnNetwork *network = self->network;

  for (guint i = 0; i < network->n_sections; i++)
    {
      RnSimControl *control;

      if (self->shown[i] == 0)
        continue;
      control = find_control (new, network->road[i], self->shown[i], self->hazard[i]);
      if (control == NULL)
        {
          RnSimControl *before =
              find_control (old, network->road[i], self->shown[i], self->hazard[i]);

          control = g_new0 (RnSimControl, 1);
          control->road = network->road[i];
          control->level = (RnControlLevel) (self->shown[i] - 1);
          control->hazard = (RnHazard) self->hazard[i];
          control->limit_kmh = level_limit_kmh (control->level);
          control->since_us = before != NULL ? before->since_us : at_us;
          control->sections = g_array_new (FALSE, FALSE, sizeof (guint32));
          control->id = g_strdup_printf ("CT-%s-%s-%s", network->roads[control->road].ref,
                                         rn_hazard_words ()[control->hazard],
                                         rn_sim_control_word (control->level));
          g_ptr_array_add (new, control);
        }
      g_array_append_val (control->sections, i);
    }
  g_ptr_array_unref (old);
  self->public.controls = new;
}

void
rn_sim_weather_step (RnSimWeather *public, gint64 at_us)
{
  Weather *self = (Weather *) public;
  const RnNetwork *network = self->network;
  RnSimDate date = rn_sim_date (at_us);
  Fog fog = fog_of (self, date.number);
  Rain rain = rain_of (self, date.number);
  gboolean review = self->reviewed_us == 0 || at_us - self->reviewed_us >= CONTROL_EVERY;

  public->at_us = at_us;
  g_ptr_array_set_size (public->warnings, 0);
  warn_of_fog (self, &fog, &date);
  warn_of_rain (self, &rain, &date);
  for (guint i = 0; i < network->n_sections; i++)
    {
      RnSimSky sky = rn_sim_weather_sky (public, rn_network_point_on (network, i, 0.5), at_us);
      RnHazard hazard = sky.snow ? RN_HAZARD_SNOW : RN_HAZARD_RAIN;
      double by_fog = rn_hazard_capacity_factor (RN_HAZARD_FOG, fog_tier (sky.visibility_m));
      double by_rain = rn_hazard_capacity_factor (hazard, rain_tier (sky.rain_mm_h));

      public->factor[i] = MIN (by_fog, by_rain);
      if (!review)
        continue;
      self->level[i] = level_needed (&sky, &hazard);
      if (self->level[i] != 0)
        self->hazard[i] = (guint8) hazard;
      public->limit_kmh[i] =
          self->level[i] > 0 ? level_limit_kmh ((RnControlLevel) (self->level[i] - 1)) : INFINITY;
    }
  if (show_levels (self, review))
    list_controls (self, at_us);
  if (review)
    self->reviewed_us = at_us;
}

static void
station_free (gpointer data)
{
  RnSimStation *station = data;

  g_free (station->id);
  rn_names_unref (station->names);
  g_free (station);
}

static void
find_stations (Weather *self)
{
  const RnNetwork *network = self->network;
  GPtrArray *stations = self->public.stations;
  guint step = MAX (network->n_sections / STATIONS, 1);

  for (guint f = 0; f < network->n_facilities; f++)
    if (network->facilities[f].type == RN_FACILITY_WEATHER_STATION)
      {
        RnSimStation *station = g_new0 (RnSimStation, 1);

        station->id = g_strdup (network->facilities[f].id);
        station->names = rn_names_ref (network->facilities[f].names);
        station->at = network->facilities[f].at;
        g_ptr_array_add (stations, station);
      }
  for (guint i = 0; stations->len < STATIONS && i < network->n_sections; i += step)
    {
      RnSimStation *station = g_new0 (RnSimStation, 1);

      station->id = g_strdup_printf ("WS-%s", network->id[i]);
      station->names = rn_names_ref (network->names[i]);
      station->at = rn_network_point_on (network, i, 0.5);
      g_ptr_array_add (stations, station);
    }
}

RnSimWeather *
rn_sim_weather_new (const RnNetwork *network, guint64 seed, gint64 start_us, RnSimSkyKind kind)
{
  Weather *self = g_new0 (Weather, 1);

  self->network = network;
  self->seed = seed;
  self->kind = kind;
  self->start_day = rn_sim_date (start_us).number;
  self->public.stations = g_ptr_array_new_with_free_func (station_free);
  self->public.warnings = g_ptr_array_new_with_free_func (warning_free);
  self->public.controls = g_ptr_array_new_with_free_func (control_free);
  self->public.limit_kmh = g_new (double, network->n_sections);
  self->public.factor = g_new (double, network->n_sections);
  for (guint i = 0; i < network->n_sections; i++)
    {
      self->public.limit_kmh[i] = INFINITY;
      self->public.factor[i] = 1.0;
    }
  self->level = g_new0 (guint8, network->n_sections);
  self->shown = g_new0 (guint8, network->n_sections);
  self->hazard = g_new0 (guint8, network->n_sections);
  find_stations (self);
  return &self->public;
}

void
rn_sim_weather_free (RnSimWeather *public)
{
  Weather *self = (Weather *) public;

  g_ptr_array_unref (public->stations);
  g_ptr_array_unref (public->warnings);
  g_ptr_array_unref (public->controls);
  g_free (public->limit_kmh);
  g_free (public->factor);
  g_free (self->level);
  g_free (self->shown);
  g_free (self->hazard);
  g_free (self);
}

const char *const *
rn_sim_control_bans (RnControlLevel level)
{
  static const char *const one[] = { "coach", "oversize", "hazmat", NULL };
  static const char *const two[] = { "oversize", "hazmat", NULL };
  static const char *const three[] = { "hazmat", NULL };
  static const char *const all[] = { "all", NULL };

  switch (level)
    {
    case RN_CONTROL_SPECIAL:
      return all;
    case RN_CONTROL_1:
      return one;
    case RN_CONTROL_2:
      return two;
    case RN_CONTROL_3:
    default:
      return three;
    }
}

const char *
rn_sim_control_word (RnControlLevel level)
{
  static const char *const words[] = { "special", "1", "2", "3" };

  return words[level];
}
