/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Symbols of a frame: open incidents, works that go on, warnings, facilities of the layers that are
 * on, and whatever is selected. Whether something is bad is not decided here: a facility is filled
 * with a tier where its own feed says that it is full, metered or closed. */
#include "map/rn-plan-symbols.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"

#define SERVICE_AREA_ZOOM 8.5
#define OTHER_FACILITY_ZOOM 9.0
#define OUTSIDE_PX 100.0

static void
candidate_clear (gpointer data)
{
  g_free (((RnCandidate *) data)->pill);
}

/* FNV-1a, without the highest bit. */
static guint64
id_of (const char *key, RnCandidateOrder order)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037) ^ (guint64) order;

  for (const char *p = key; *p != '\0'; p++)
    hash = (hash ^ (guint8) *p) * G_GUINT64_CONSTANT (1099511628211);
  return hash >> 1;
}

static gboolean
is_selected (const RnPlanRequest *request, RnSubjectKind kind, const char *key)
{
  return request->selection != NULL && request->selection->kind == kind
         && g_str_equal (request->selection->key, key);
}

/* What is selected is always drawn: who chose it in a list must see where it is. */
static void
add (GArray *candidates, const RnPlanRequest *request, RnCandidate candidate, RnPoint at)
{
  const RnCamera *camera = &request->camera;
  RnFixed fixed = rn_fixed_from_point (at);
  double x, y;

  candidate.selected = is_selected (request, candidate.kind, candidate.key);
  rn_camera_to_widget (camera, at.lon, at.lat, &x, &y);
  if (((request->layers & RN_MAP_BIT (candidate.layer)) == 0 && !candidate.selected)
      || x < -OUTSIDE_PX || y < -OUTSIDE_PX || x > camera->width + OUTSIDE_PX
      || y > camera->height + OUTSIDE_PX)
    {
      g_free (candidate.pill);
      return;
    }
  candidate.wx = fixed.x / 4294967296.0;
  candidate.wy = fixed.y / 4294967296.0;
  candidate.id = id_of (candidate.key, candidate.order);
  if (request->unacknowledged != NULL)
    {
      RnSubject subject = { candidate.kind, (char *) candidate.key };

      candidate.unacknowledged = g_hash_table_contains (request->unacknowledged, &subject);
    }
  candidate.rank = request->rank[candidate.layer];
  candidate.urgent = candidate.symbol.tier == 1 || candidate.symbol.tier == 2;
  if (!candidate.urgent && !candidate.selected && !candidate.unacknowledged)
    candidate.fade = request->fade[candidate.layer];
  g_array_append_val (candidates, candidate);
}

/* ---- incidents and works ---- */

static gboolean
locate_incident (const RnNetwork *network, const RnIncident *incident, RnPoint *at)
{
  if (incident->located)
    *at = incident->at;
  else if (incident->section < network->n_sections && isfinite (incident->chainage_m))
    *at = rn_network_point_at_chainage (network, incident->section, incident->chainage_m);
  else if (incident->section < network->n_sections)
    *at = rn_network_point_on (network, incident->section, 0.5);
  else
    return FALSE;
  return TRUE;
}

static void
add_incidents (GArray *candidates, const RnPlanRequest *request, const RnFrame *frame)
{
  for (guint i = 0; i < frame->incidents->len; i++)
    {
      const RnIncident *incident = g_ptr_array_index (frame->incidents, i);
      RnCandidate candidate = { .order = RN_CANDIDATE_INCIDENT,
                                .layer = RN_MAP_INCIDENTS,
                                .group = RN_SYMBOL_GROUP_INCIDENT,
                                .symbol = { .kind = RN_SYMBOL_INCIDENT,
                                            .subtype = incident->type,
                                            .tier = CLAMP (incident->level, 0, 4) },
                                .radius_px = 6,
                                .kind = RN_SUBJECT_INCIDENT,
                                .key = incident->key };
      RnPoint at;

      if ((rn_incident_active (incident)
           || is_selected (request, RN_SUBJECT_INCIDENT, incident->key))
          && locate_incident (frame->network, incident, &at))
        add (candidates, request, candidate, at);
    }
}

/* Sections with an alert that nobody has acknowledged: their line says how slow they are, this that
 * somebody is asked to act. */
static void
add_alerts (GArray *candidates, const RnPlanRequest *request, const RnFrame *frame)
{
  GHashTableIter iter;
  gpointer subject, tier;

  if (request->unacknowledged == NULL)
    return;
  g_hash_table_iter_init (&iter, request->unacknowledged);
  while (g_hash_table_iter_next (&iter, &subject, &tier))
    {
      const char *key = ((const RnSubject *) subject)->key;
      RnCandidate candidate = { .order = RN_CANDIDATE_INCIDENT,
                                .layer = RN_MAP_INCIDENTS,
                                .group = RN_SYMBOL_GROUP_INCIDENT,
                                .symbol = { .kind = RN_SYMBOL_INCIDENT,
                                            .subtype = RN_INCIDENT_CONGESTION,
                                            .tier = GPOINTER_TO_INT (tier) },
                                .radius_px = 6,
                                .kind = RN_SUBJECT_SECTION,
                                .key = key };
      guint32 section;

      if (((const RnSubject *) subject)->kind != RN_SUBJECT_SECTION || candidate.symbol.tier == 0)
        continue;
      section = rn_network_find_section_key (frame->network, key);
      if (section != RN_NONE)
        add (candidates, request, candidate, rn_network_point_on (frame->network, section, 0.5));
    }
}

static gboolean
locate_work (const RnNetwork *network, const RnWork *work, RnPoint *at)
{
  if (work->n_line > 0)
    *at = work->line[work->n_line / 2];
  else if (work->n_sections > 0 && work->sections[work->n_sections / 2] < network->n_sections)
    *at = rn_network_point_on (network, work->sections[work->n_sections / 2], 0.5);
  else
    return FALSE;
  return TRUE;
}

static void
add_works (GArray *candidates, const RnPlanRequest *request, const RnFrame *frame)
{
  for (guint i = 0; i < frame->works->len; i++)
    {
      const RnWork *work = g_ptr_array_index (frame->works, i);
      RnCandidate candidate = { .order = RN_CANDIDATE_WORK,
                                .layer = RN_MAP_WORKS,
                                .group = RN_SYMBOL_GROUP_WORKS,
                                .symbol = { .kind = RN_SYMBOL_WORKS },
                                .radius_px = 5,
                                .kind = RN_SUBJECT_WORK,
                                .key = work->key };
      RnPoint at;

      if ((rn_work_phase (work, frame->at_us) == RN_WORK_ACTIVE
           || is_selected (request, RN_SUBJECT_WORK, work->key))
          && locate_work (frame->network, work, &at))
        add (candidates, request, candidate, at);
    }
}

/* ---- weather ---- */

static gboolean
ring_contains (const RnWarning *warning, RnPoint p)
{
  gboolean inside = FALSE;

  for (guint i = 0, j = warning->n_ring - 1; i < warning->n_ring; j = i++)
    {
      const RnPoint *a = &warning->ring[i], *b = &warning->ring[j];

      if ((a->lat > p.lat) != (b->lat > p.lat)
          && p.lon < (b->lon - a->lon) * (p.lat - a->lat) / (b->lat - a->lat) + a->lon)
        inside = !inside;
    }
  return inside;
}

/* What a station measures of a hazard; NaN: nothing. @sign: 1 more is worse, -1 less is worse. */
static double
measured (const RnStation *station, RnHazard hazard, int *sign, const char **unit, int *decimals)
{
  *sign = 1;
  *decimals = 0;
  switch (hazard)
    {
    case RN_HAZARD_FOG:
      *sign = -1;
      return station->visibility_m;
    case RN_HAZARD_RAIN:
      *unit = "mm/h";
      return station->rain_mm_h;
    case RN_HAZARD_WIND:
    case RN_HAZARD_TYPHOON:
      *unit = "m/s";
      return isfinite (station->gust_ms) ? station->gust_ms : station->wind_ms;
    case RN_HAZARD_SNOW:
    case RN_HAZARD_ICE:
      *sign = -1;
      *unit = "°C";
      return station->surface_c;
    case RN_HAZARD_HEAT:
      *unit = "°C";
      return station->air_c;
    default:
      *unit = "";
      return NAN;
    }
}

/* "Fog 160 m": the hazard and the worst that a station within the area measures. */
static char *
pill_text (const RnFrame *frame, const RnWarning *warning)
{
  const char *unit = "";
  double worst = NAN;
  int decimals = 0;
  g_autofree char *value = NULL;

  for (guint i = 0; i < frame->stations->len && warning->n_ring >= 3; i++)
    {
      const RnStation *station = g_ptr_array_index (frame->stations, i);
      int sign;
      double now = measured (station, warning->hazard, &sign, &unit, &decimals);

      if (isfinite (now) && ring_contains (warning, station->at)
          && (isnan (worst) || now * sign > worst * sign))
        worst = now;
    }
  if (isnan (worst))
    return g_strdup (rn_hazard_title (warning->hazard));
  value = warning->hazard == RN_HAZARD_FOG ? rn_text_distance (worst)
                                           : rn_text_measure (worst, decimals, unit);
  return g_strdup_printf ("%s %s", rn_hazard_title (warning->hazard), value);
}

static gboolean
locate_warning (const RnNetwork *network, const RnWarning *warning, RnPoint *at)
{
  RnBox box = RN_BOX_EMPTY;

  if (warning->n_ring >= 3)
    {
      for (guint i = 0; i < warning->n_ring; i++)
        rn_box_add (&box, warning->ring[i].lon, warning->ring[i].lat);
      *at = (RnPoint){ (box.min_lon + box.max_lon) / 2, (box.min_lat + box.max_lat) / 2 };
      return TRUE;
    }
  if (warning->n_sections == 0 || warning->sections[warning->n_sections / 2] >= network->n_sections)
    return FALSE;
  *at = rn_network_point_on (network, warning->sections[warning->n_sections / 2], 0.5);
  return TRUE;
}

static void
add_warnings (GArray *candidates, const RnPlanRequest *request, const RnFrame *frame)
{
  for (guint i = 0; i < frame->warnings->len; i++)
    {
      const RnWarning *warning = g_ptr_array_index (frame->warnings, i);
      RnCandidate candidate = { .order = RN_CANDIDATE_WEATHER,
                                .layer = RN_MAP_WEATHER,
                                .group = RN_SYMBOL_GROUP_WEATHER,
                                .symbol = { .kind = RN_SYMBOL_HAZARD,
                                            .subtype = warning->hazard,
                                            .tier = CLAMP (warning->tier, 0, 4) },
                                .radius_px = RN_PILL_HEIGHT_PX / 2,
                                .kind = RN_SUBJECT_WARNING,
                                .key = warning->key };
      RnPoint at;

      if (!locate_warning (frame->network, warning, &at))
        continue;
      candidate.pill = pill_text (frame, warning);
      add (candidates, request, candidate, at);
    }
}

/* ---- facilities ---- */

/* What its own feed reports: closed II, full or metered III; else none. */
static int
facility_tier (const RnFrame *frame, guint32 facility)
{
  const RnFacilityState *state = rn_frame_facility_state (frame, facility);

  if (state == NULL)
    return 0;
  if (state->status == RN_AREA_CLOSED || state->entry == RN_ENTRY_CLOSED)
    return 2;
  if (state->status == RN_AREA_FULL || state->status == RN_AREA_CONTROLLED
      || state->entry == RN_ENTRY_METERED)
    return 3;
  return 0;
}

static RnMapLayerId
facility_layer (RnFacilityType type)
{
  if (type == RN_FACILITY_SERVICE_AREA)
    return RN_MAP_SERVICE_AREAS;
  return type == RN_FACILITY_TOLL_PLAZA ? RN_MAP_TOLL_PLAZAS : RN_MAP_OTHER_FACILITIES;
}

static void
add_facilities (GArray *candidates, const RnPlanRequest *request, const RnFrame *frame)
{
  const RnNetwork *network = frame->network;

  for (guint32 i = 0; i < network->n_facilities; i++)
    {
      const RnFacility *facility = &network->facilities[i];
      gboolean selected = is_selected (request, RN_SUBJECT_FACILITY, facility->key);
      RnCandidate candidate = { .order = RN_CANDIDATE_FACILITY,
                                .layer = facility_layer (facility->type),
                                .group = RN_SYMBOL_GROUP_FACILITY,
                                .symbol = { .kind = RN_SYMBOL_FACILITY,
                                            .subtype = facility->type,
                                            .tier = facility_tier (frame, i) },
                                .radius_px = 9,
                                .kind = RN_SUBJECT_FACILITY,
                                .key = facility->key,
                                .names = facility->names };
      double from_zoom =
          facility->type == RN_FACILITY_SERVICE_AREA ? SERVICE_AREA_ZOOM : OTHER_FACILITY_ZOOM;

      if (candidate.symbol.tier == 0 && request->camera.zoom < from_zoom && !selected)
        continue;
      add (candidates, request, candidate, facility->at);
    }
}

/* ---- devices ---- */

/* What it says of itself: a fault III, a warning IV. */
static int
device_tier (const RnDevice *device)
{
  return device->status == RN_DEVICE_STATUS_ERROR     ? 3
         : device->status == RN_DEVICE_STATUS_WARNING ? 4
                                                      : 0;
}

/* Devices belong to the other facilities: they are drawn as cameras and signs. */
static void
add_devices (GArray *candidates, const RnPlanRequest *request, const RnFrame *frame)
{
  for (guint i = 0; i < frame->devices->len; i++)
    {
      const RnDevice *device = g_ptr_array_index (frame->devices, i);
      gboolean selected = is_selected (request, RN_SUBJECT_DEVICE, device->key);
      RnCandidate candidate = { .order = RN_CANDIDATE_FACILITY,
                                .layer = RN_MAP_OTHER_FACILITIES,
                                .group = RN_SYMBOL_GROUP_FACILITY,
                                .symbol = { .kind = RN_SYMBOL_FACILITY,
                                            .subtype = device->type == RN_DEVICE_CAMERA
                                                           ? RN_FACILITY_CAMERA
                                                           : RN_FACILITY_SIGN,
                                            .tier = device_tier (device) },
                                .radius_px = 9,
                                .kind = RN_SUBJECT_DEVICE,
                                .key = device->key,
                                .names = device->names };

      if (!device->located
          || (candidate.symbol.tier == 0 && request->camera.zoom < OTHER_FACILITY_ZOOM
              && !selected))
        continue;
      add (candidates, request, candidate, device->at);
    }
}

GArray *
rn_plan_collect_symbols (const RnPlanRequest *request)
{
  GArray *candidates = g_array_new (FALSE, TRUE, sizeof (RnCandidate));
  const RnFrame *frame;

  g_array_set_clear_func (candidates, candidate_clear);
  if (request->flow == NULL)
    return candidates;
  frame = request->flow->frame;
  add_facilities (candidates, request, frame);
  add_devices (candidates, request, frame);
  add_warnings (candidates, request, frame);
  add_works (candidates, request, frame);
  add_incidents (candidates, request, frame);
  add_alerts (candidates, request, frame);
  return candidates;
}
