/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One function a kind of subject. Values that are not known are left out; a value that is not live
 * says so. Pure. */
#include "ui/rn-hover-text.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-side-text.h"

#define BETWEEN " · "

static void
append (GString *text, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, BETWEEN);
  g_string_append (text, part);
}

/* Takes @part. */
static void
append_take (GString *text, char *part)
{
  append (text, part);
  g_free (part);
}

static void
append_measure (GString *text, double value, int decimals, const char *unit)
{
  if (!isnan (value))
    append_take (text, rn_text_measure (value, decimals, unit));
}

static void
append_speed (GString *text, double kmh)
{
  if (!isnan (kmh))
    append_take (text, rn_text_speed (kmh));
}

static char *
finish (GString *text)
{
  if (text->len > 0)
    return g_string_free (text, FALSE);
  g_string_free (text, TRUE);
  return NULL;
}

static char *
dup_ago (gint64 at_us, gint64 now_us)
{
  g_autofree char *age = NULL;

  if (at_us == 0)
    return NULL;
  age = rn_text_age (now_us - at_us);
  return g_strdup_printf (C_ ("age", "%s ago"), age);
}

static const char *
quality_word (RnQuality quality)
{
  switch (quality)
    {
    case RN_QUALITY_LATE:
      return C_ ("value", "late");
    case RN_QUALITY_STALE:
      return C_ ("value", "stale");
    case RN_QUALITY_SUSPECT:
      return C_ ("value", "not to be trusted");
    case RN_QUALITY_LOST:
      return C_ ("value", "lost");
    case RN_QUALITY_UNKNOWN:
    case RN_QUALITY_LIVE:
      break;
    }
  return NULL;
}

static void
set_road (RnHoverText *self, const RnNetwork *network, guint32 road)
{
  if (road == RN_NONE || road >= network->n_roads)
    return;
  self->road = g_strdup (network->roads[road].ref);
  self->shield = network->roads[road].shield;
}

static char *
dup_factors (const RnFrame *frame, guint32 i)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint8 factors = frame->factors[i];

  if (factors & RN_FACTOR_INCIDENT)
    append (names, C_ ("reason", "incident"));
  if (factors & RN_FACTOR_WORKS)
    append (names, C_ ("reason", "works"));
  if (factors & RN_FACTOR_WEATHER)
    append (names, C_ ("reason", "weather"));
  if (factors & RN_FACTOR_CONTROL)
    append (names, C_ ("reason", "control"));
  if (names->len == 0)
    return NULL;
  return g_strdup_printf (_("Reduced by: %s"), names->str);
}

static gboolean
fill_section (RnHoverText *self, const RnFrame *frame, const char *key, gint64 now_us)
{
  const RnNetwork *network = frame->network;
  guint32 i = rn_network_find_section_key (network, key);
  GString *values;
  g_autofree char *name = NULL;

  if (i == RN_NONE)
    return FALSE;
  values = g_string_new (NULL);
  name = rn_network_dup_section_name (network, i);
  set_road (self, network, network->road[i]);
  self->title = g_strdup (name);
  self->state = frame->state[i];
  append (values, rn_network_direction_name (network, i));
  append_speed (values, frame->speed_kmh[i]);
  append_measure (values, frame->flow_vph[i], 0, C_ ("unit", "veh/h"));
  append_take (values, dup_ago (frame->flow_at_us[i], now_us));
  append (values, quality_word (frame->quality[i]));
  self->values = finish (values);
  self->note = dup_factors (frame, i);
  return TRUE;
}

static void
append_place (GString *text, const RnFrame *frame, guint32 section, double chainage_m)
{
  if (!isnan (chainage_m))
    append_take (text, rn_text_chainage (chainage_m));
  if (section != RN_NONE)
    append (text, rn_network_direction_name (frame->network, section));
}

static const char *
level_title (int level)
{
  static const char *const titles[] = { NULL, N_("level I"), N_("level II"), N_("level III"),
                                        N_("level IV") };

  return level >= 1 && level <= 4 ? _ (titles[level]) : NULL;
}

static gboolean
fill_incident (RnHoverText *self, const RnFrame *frame, const char *key, gint64 now_us)
{
  const RnIncident *incident = rn_frame_find_incident (frame, key);
  GString *values;
  gint64 since_us;

  if (incident == NULL)
    return FALSE;
  values = g_string_new (NULL);
  if (incident->section != RN_NONE)
    set_road (self, frame->network, frame->network->road[incident->section]);
  self->title = g_strdup (rn_incident_type_title (incident->type));
  append_place (values, frame, incident->section, incident->chainage_m);
  append (values, level_title (incident->level));
  append (values, rn_incident_status_title (incident->status));
  since_us = incident->times_us[RN_TIME_OCCURRED] != 0 ? incident->times_us[RN_TIME_OCCURRED]
                                                       : incident->times_us[RN_TIME_REPORTED];
  append_take (values, dup_ago (since_us, now_us));
  self->values = finish (values);
  self->note = g_strdup (rn_names_get (incident->description, NULL));
  return TRUE;
}

static gboolean
fill_work (RnHoverText *self, const RnFrame *frame, const char *key, gint64 now_us,
           GTimeZone *timezone)
{
  const RnWork *work = rn_frame_find_work (frame, key);
  const char *name;
  GString *values;

  if (work == NULL)
    return FALSE;
  values = g_string_new (NULL);
  name = rn_names_get (work->names, NULL);
  if (work->n_sections > 0)
    set_road (self, frame->network, frame->network->road[work->sections[0]]);
  self->title = g_strdup (name != NULL ? name : rn_work_kind_title (work->kind));
  if (work->n_sections > 0)
    append (values, rn_network_direction_name (frame->network, work->sections[0]));
  else
    append_take (values, rn_side_work_place (frame, work, TRUE));
  if (work->impact != RN_IMPACT_UNKNOWN)
    append (values, rn_work_impact_title (work->impact));
  append_speed (values, work->limit_kmh);
  if (work->end_us != 0)
    {
      g_autofree char *moment = rn_text_moment (work->end_us, now_us, timezone);

      append_take (values, g_strdup_printf (_("until %s"), moment));
    }
  self->values = finish (values);
  return TRUE;
}

static char *
dup_parking (const char *format, int used, int total)
{
  g_autofree char *u = NULL, *t = NULL;

  if (used < 0 || total <= 0)
    return NULL;
  u = rn_text_count (used);
  t = rn_text_count (total);
  return g_strdup_printf ("%s %s / %s", format, u, t);
}

static gboolean
fill_facility (RnHoverText *self, const RnFrame *frame, const char *key, gint64 now_us)
{
  guint32 i = rn_network_find_facility_key (frame->network, key);
  const RnFacility *facility;
  const RnFacilityState *state;
  GString *values;
  const char *name;

  if (i == RN_NONE)
    return FALSE;
  facility = &frame->network->facilities[i];
  state = rn_frame_facility_state (frame, i);
  name = rn_names_get (facility->names, NULL);
  values = g_string_new (NULL);
  set_road (self, frame->network, facility->road);
  self->title = g_strdup (name != NULL ? name : facility->id);
  append (values, rn_facility_type_title (facility->type));
  if (state != NULL)
    {
      append_take (values, dup_parking (_("Cars"), state->car_used, state->car_total));
      append_take (values, dup_parking (_("Trucks"), state->truck_used, state->truck_total));
      if (state->queue_m > 0)
        {
          g_autofree char *queue = rn_text_distance (state->queue_m);

          append_take (values, g_strdup_printf (_("queue %s"), queue));
        }
      append_take (values, dup_ago (state->observed_at_us, now_us));
    }
  else if (!isnan (facility->chainage_m))
    append_take (values, rn_text_chainage (facility->chainage_m));
  self->values = finish (values);
  return TRUE;
}

static gboolean
fill_station (RnHoverText *self, const RnFrame *frame, const char *key, gint64 now_us)
{
  for (guint i = 0; i < frame->stations->len; i++)
    {
      const RnStation *station = frame->stations->pdata[i];
      const char *name = rn_names_get (station->names, NULL);
      GString *values;

      if (!g_str_equal (station->key, key))
        continue;
      values = g_string_new (NULL);
      self->title = g_strdup (name != NULL ? name : station->id);
      if (!isnan (station->visibility_m))
        {
          g_autofree char *distance = rn_text_distance (station->visibility_m);

          append_take (values, g_strdup_printf (_("visibility %s"), distance));
        }
      append_measure (values, station->rain_mm_h, 1, "mm/h");
      append_measure (values, station->wind_ms, 0, "m/s");
      append_measure (values, station->surface_c, 0, "°C");
      append_take (values, dup_ago (station->observed_at_us, now_us));
      self->values = finish (values);
      return TRUE;
    }
  return FALSE;
}

static const char *
tier_title (int tier)
{
  static const char *const titles[] = { NULL, NC_ ("warning", "red"), NC_ ("warning", "orange"),
                                        NC_ ("warning", "yellow"), NC_ ("warning", "blue") };

  return tier >= 1 && tier <= 4 ? g_dpgettext2 (GETTEXT_PACKAGE, "warning", titles[tier]) : NULL;
}

static gboolean
fill_warning (RnHoverText *self, const RnFrame *frame, const char *key, gint64 now_us,
              GTimeZone *timezone)
{
  for (guint i = 0; i < frame->warnings->len; i++)
    {
      const RnWarning *warning = frame->warnings->pdata[i];
      GString *values;

      if (!g_str_equal (warning->key, key))
        continue;
      values = g_string_new (NULL);
      self->title = g_strdup (rn_hazard_title (warning->hazard));
      append (values, tier_title (warning->tier));
      if (warning->until_us != 0)
        {
          g_autofree char *moment = rn_text_moment (warning->until_us, now_us, timezone);

          append_take (values, g_strdup_printf (_("until %s"), moment));
        }
      self->values = finish (values);
      self->note = g_strdup (rn_names_get (warning->text, NULL));
      return TRUE;
    }
  return FALSE;
}

static gboolean
fill_device (RnHoverText *self, const RnFrame *frame, const char *key, gint64 now_us)
{
  const RnDevice *device = rn_frame_find_device (frame, key);
  GString *values;

  if (device == NULL)
    return FALSE;
  values = g_string_new (NULL);
  if (device->section < frame->network->n_sections)
    set_road (self, frame->network, frame->network->road[device->section]);
  self->title = g_strdup (rn_device_title (device));
  append (values, rn_device_type_title (device->type));
  append (values, rn_device_status_title (device->status));
  append_take (values, rn_device_dup_shows (device));
  append_take (values, dup_ago (rn_device_heard_us (device), now_us));
  self->values = finish (values);
  if (device->messages != NULL)
    self->note = g_strjoinv (" · ", device->messages);
  return TRUE;
}

static gboolean
fill_road (RnHoverText *self, const RnFrame *frame, const char *key)
{
  guint32 i = rn_network_find_road (frame->network, key);
  const char *name;

  if (i == RN_NONE)
    return FALSE;
  set_road (self, frame->network, i);
  name = rn_names_get (frame->network->roads[i].names, NULL);
  self->title = g_strdup (name != NULL ? name : key);
  return TRUE;
}

static gboolean
fill (RnHoverText *self, const RnFrame *frame, const RnSubject *subject, gint64 now_us,
      GTimeZone *timezone)
{
  switch (subject->kind)
    {
    case RN_SUBJECT_SECTION:
      return fill_section (self, frame, subject->key, now_us);
    case RN_SUBJECT_FACILITY:
      return fill_facility (self, frame, subject->key, now_us);
    case RN_SUBJECT_INCIDENT:
      return fill_incident (self, frame, subject->key, now_us);
    case RN_SUBJECT_WORK:
      return fill_work (self, frame, subject->key, now_us, timezone);
    case RN_SUBJECT_WARNING:
      return fill_warning (self, frame, subject->key, now_us, timezone);
    case RN_SUBJECT_STATION:
      return fill_station (self, frame, subject->key, now_us);
    case RN_SUBJECT_DEVICE:
      return fill_device (self, frame, subject->key, now_us);
    case RN_SUBJECT_ROAD:
      return fill_road (self, frame, subject->key);
    case RN_SUBJECT_FEED:
    case RN_SUBJECT_KPI:
    case RN_SUBJECT_PLAN:
      break; /* not on the map */
    }
  return FALSE;
}

RnHoverText *
rn_hover_text_new (const RnFrame *frame, const RnSubject *subject, gint64 now_us,
                   GTimeZone *timezone)
{
  g_autoptr (RnHoverText) self = g_new0 (RnHoverText, 1);

  self->state = RN_N_STATES;
  self->shield = RN_SHIELD_OTHER;
  return fill (self, frame, subject, now_us, timezone) ? g_steal_pointer (&self) : NULL;
}

void
rn_hover_text_free (RnHoverText *self)
{
  g_free (self->road);
  g_free (self->title);
  g_free (self->values);
  g_free (self->note);
  g_free (self);
}
