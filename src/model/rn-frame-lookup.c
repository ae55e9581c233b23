/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a frame: derived values of a section, things by key, and where a subject lies. */
#include <math.h>

#include "model/rn-frame.h"

double
rn_frame_speed_ratio (const RnFrame *self, guint32 section)
{
  double effective = self->effective_speed_kmh[section];

  return effective > 0 ? self->speed_kmh[section] / effective : NAN;
}

double
rn_frame_density_vpkm (const RnFrame *self, guint32 section)
{
  double speed = self->speed_kmh[section];
  int lanes = self->network->lanes[section];

  /* At a standstill flow over speed says nothing. */
  return speed > 0 && lanes > 0 ? self->flow_vph[section] / speed / lanes : NAN;
}

double
rn_frame_saturation (const RnFrame *self, guint32 section)
{
  double capacity = self->effective_capacity_vph[section];

  return capacity > 0 ? self->flow_vph[section] / capacity : NAN;
}

const RnIncident *
rn_frame_find_incident (const RnFrame *self, const char *key)
{
  for (guint i = 0; i < self->incidents->len; i++)
    if (g_str_equal (((const RnIncident *) self->incidents->pdata[i])->key, key))
      return self->incidents->pdata[i];
  return NULL;
}

const RnWork *
rn_frame_find_work (const RnFrame *self, const char *key)
{
  for (guint i = 0; i < self->works->len; i++)
    if (g_str_equal (((const RnWork *) self->works->pdata[i])->key, key))
      return self->works->pdata[i];
  return NULL;
}

const RnDevice *
rn_frame_find_device (const RnFrame *self, const char *key)
{
  for (guint i = 0; i < self->devices->len; i++)
    if (g_str_equal (((const RnDevice *) self->devices->pdata[i])->key, key))
      return self->devices->pdata[i];
  return NULL;
}

const RnFacilityState *
rn_frame_facility_state (const RnFrame *self, guint32 facility)
{
  if (facility >= self->network->n_facilities || self->facility_state_of[facility] == RN_NONE)
    return NULL;
  return self->facility_states->pdata[self->facility_state_of[facility]];
}

/* ---- places -------------------------------------------------------------------------------- */

static void
add_sections (const RnFrame *self, const guint32 *sections, guint n, RnBox *box)
{
  for (guint i = 0; i < n; i++)
    if (sections[i] < self->network->n_sections)
      rn_box_union (box, &self->network->box[sections[i]]);
}

static void
add_line (const RnPoint *line, guint n, RnBox *box)
{
  for (guint i = 0; i < n; i++)
    rn_box_add (box, line[i].lon, line[i].lat);
}

static void
add_incident (const RnFrame *self, const RnIncident *incident, RnBox *box)
{
  if (incident->located)
    rn_box_add (box, incident->at.lon, incident->at.lat);
  add_line (incident->line, incident->n_line, box);
  if (rn_box_is_empty (box) && incident->section < self->network->n_sections)
    {
      RnPoint at =
          rn_network_point_at_chainage (self->network, incident->section, incident->chainage_m);

      if (isnan (incident->chainage_m))
        add_sections (self, &incident->section, 1, box);
      else
        rn_box_add (box, at.lon, at.lat);
    }
}

static void
locate_incident (const RnFrame *self, const char *key, RnBox *box)
{
  const RnIncident *incident = rn_frame_find_incident (self, key);

  if (incident != NULL)
    add_incident (self, incident, box);
}

static void
locate_work (const RnFrame *self, const char *key, RnBox *box)
{
  const RnWork *work = rn_frame_find_work (self, key);

  if (work == NULL)
    return;
  add_line (work->line, work->n_line, box);
  if (rn_box_is_empty (box))
    add_sections (self, work->sections, work->n_sections, box);
}

static void
locate_device (const RnFrame *self, const char *key, RnBox *box)
{
  const RnDevice *device = rn_frame_find_device (self, key);

  if (device != NULL && device->located)
    rn_box_add (box, device->at.lon, device->at.lat);
}

static void
locate_warning (const RnFrame *self, const char *key, RnBox *box)
{
  for (guint i = 0; i < self->warnings->len; i++)
    {
      const RnWarning *warning = self->warnings->pdata[i];

      if (!g_str_equal (warning->key, key))
        continue;
      add_line (warning->ring, warning->n_ring, box);
      add_sections (self, warning->sections, warning->n_sections, box);
    }
}

static void
locate_station (const RnFrame *self, const char *key, RnBox *box)
{
  for (guint i = 0; i < self->stations->len; i++)
    {
      const RnStation *station = self->stations->pdata[i];

      if (g_str_equal (station->key, key))
        rn_box_add (box, station->at.lon, station->at.lat);
    }
}

/* All roads with this reference, also of several sources. */
static void
locate_road (const RnFrame *self, const char *ref, RnBox *box)
{
  for (guint r = 0; r < self->network->n_roads; r++)
    {
      const RnRoad *road = &self->network->roads[r];

      if (g_ascii_strcasecmp (road->ref, ref) == 0)
        add_sections (self, road->sections, road->n_sections, box);
    }
}

gboolean
rn_frame_locate (const RnFrame *self, const RnSubject *subject, RnBox *box)
{
  RnBox found = RN_BOX_EMPTY;
  guint32 i;

  switch (subject->kind)
    {
    case RN_SUBJECT_SECTION:
      i = rn_network_find_section_key (self->network, subject->key);
      add_sections (self, &i, 1, &found);
      break;
    case RN_SUBJECT_FACILITY:
      i = rn_network_find_facility_key (self->network, subject->key);
      if (i != RN_NONE)
        add_line (&self->network->facilities[i].at, 1, &found);
      break;
    case RN_SUBJECT_INCIDENT:
      locate_incident (self, subject->key, &found);
      break;
    case RN_SUBJECT_WORK:
      locate_work (self, subject->key, &found);
      break;
    case RN_SUBJECT_DEVICE:
      locate_device (self, subject->key, &found);
      break;
    case RN_SUBJECT_WARNING:
      locate_warning (self, subject->key, &found);
      break;
    case RN_SUBJECT_STATION:
      locate_station (self, subject->key, &found);
      break;
    case RN_SUBJECT_ROAD:
      locate_road (self, subject->key, &found);
      break;
    case RN_SUBJECT_FEED:
    case RN_SUBJECT_KPI:
    case RN_SUBJECT_PLAN:
      return FALSE;
    default:
      g_return_val_if_reached (FALSE);
    }
  if (rn_box_is_empty (&found))
    return FALSE;
  *box = found;
  return TRUE;
}

gboolean
rn_frame_expects_network (const RnFrame *self)
{
  for (guint i = 0; i < self->n_feeds; i++)
    if (self->feeds[i]->kind == RN_FEED_NETWORK)
      return TRUE;
  return FALSE;
}

static void
add_things (const RnFrame *self, RnBox *box)
{
  for (guint i = 0; i < self->incidents->len; i++)
    add_incident (self, self->incidents->pdata[i], box);
  for (guint i = 0; i < self->works->len; i++)
    {
      const RnWork *work = self->works->pdata[i];

      add_line (work->line, work->n_line, box);
    }
  for (guint i = 0; i < self->devices->len; i++)
    {
      const RnDevice *device = self->devices->pdata[i];

      if (device->located)
        rn_box_add (box, device->at.lon, device->at.lat);
    }
}

gboolean
rn_frame_get_extent (const RnFrame *self, RnBox *box)
{
  *box = self->network->extent;
  if (self->network->n_sections == 0 && !rn_frame_expects_network (self))
    add_things (self, box);
  return !rn_box_is_empty (box);
}
