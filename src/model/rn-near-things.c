/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where things stand on the sections: as their source says it (sections, road and chainage), else
 * by place, on both carriageways where there are two. */
#include "model/rn-near-private.h"

#include <math.h>

#define JOIN_M 1500.0      /* a plaza lies beside its road */
#define OTHER_SIDE_M 120.0 /* from carriageway to carriageway */

struct _RnNearThings {
  const RnNetwork *network;
  GArray *of_frame; /* RnNearThing */
  GArray *anchors;  /* RnNearAnchor */
};

/* ---- places on sections ---------------------------------------------------------------------- */

guint
rn_near_first_anchor (const GArray *anchors, guint32 section)
{
  guint low = 0, high = anchors->len;

  while (low < high)
    {
      guint mid = low + (high - low) / 2;

      if (g_array_index (anchors, RnNearAnchor, mid).section < section)
        low = mid + 1;
      else
        high = mid;
    }
  return low;
}

static RnPoint
vertex (const RnNetwork *network, guint32 k)
{
  return (RnPoint){ network->lon[k], network->lat[k] };
}

double
rn_near_fraction_on (const RnNetwork *network, guint32 section, RnPoint at, double *distance_m,
                     double *bearing_deg)
{
  double best = G_MAXDOUBLE, along = 0, whole = 0;

  for (guint32 k = network->first[section]; k + 1 < network->first[section + 1]; k++)
    {
      RnPoint a = vertex (network, k), b = vertex (network, k + 1);
      double t, step = rn_distance_m (a, b), off = rn_distance_to_segment_m (at, a, b, &t);

      if (off < best)
        {
          best = off;
          along = whole + step * t;
          if (bearing_deg != NULL)
            *bearing_deg = rn_bearing_deg (a, b);
        }
      whole += step;
    }
  if (distance_m != NULL)
    *distance_m = best;
  return whole > 0 ? CLAMP (along / whole, 0.0, 1.0) : 0.0;
}

static void
anchor_reach (GArray *anchors, guint32 section, guint32 thing, double from, double to)
{
  RnNearAnchor a = { section, thing, CLAMP (MIN (from, to), 0.0, 1.0),
                     CLAMP (MAX (from, to), 0.0, 1.0) };

  g_array_append_val (anchors, a);
}

static void
anchor (GArray *anchors, guint32 section, guint32 thing, double fraction)
{
  anchor_reach (anchors, section, thing, fraction, fraction);
}

static gboolean
has_chainages (const RnNetwork *network, guint32 section)
{
  return isfinite (network->from_m[section]) && isfinite (network->to_m[section])
         && network->from_m[section] != network->to_m[section];
}

static double
fraction_at (const RnNetwork *network, guint32 section, double chainage_m)
{
  double from = network->from_m[section], to = network->to_m[section];

  return (chainage_m - from) / (to - from);
}

/* By place, on both carriageways where there are two. */
static void
anchor_by_place (const RnNearIndex *index, GArray *anchors, guint32 thing, RnPoint at,
                 gboolean both)
{
  RnJoinHit hit = rn_join_point (index->join, at, NAN, JOIN_M), other;

  if (hit.section == RN_NONE)
    return;
  anchor (anchors, hit.section, thing, hit.fraction);
  if (!both)
    return;
  other = rn_join_point (index->join, at, fmod (hit.bearing_deg + 180.0, 360.0),
                         hit.distance_m + OTHER_SIDE_M);
  if (other.section != RN_NONE
      && index->network->road[other.section] == index->network->road[hit.section])
    anchor (anchors, other.section, thing, other.fraction);
}

static int
compare_anchors (gconstpointer a, gconstpointer b)
{
  const RnNearAnchor *p = a, *q = b;

  if (p->section != q->section)
    return p->section < q->section ? -1 : 1;
  return p->thing < q->thing ? -1 : p->thing > q->thing;
}

/* ---- what stands still ----------------------------------------------------------------------- */

static void
anchor_facility (RnNearIndex *self, guint32 thing)
{
  const RnNetwork *network = self->network;
  const RnFacility *facility = &network->facilities[thing];
  guint before = self->anchors->len;
  gboolean by_chainage = facility->n_sections == 0 && facility->road != RN_NONE;

  for (guint i = 0; i < facility->n_sections; i++)
    {
      guint32 section = facility->sections[i];

      if (section < network->n_sections)
        anchor (self->anchors, section, thing,
                rn_near_fraction_on (network, section, facility->at, NULL, NULL));
    }
  for (int d = RN_DIRECTION_ASC; d <= RN_DIRECTION_DESC && by_chainage; d++)
    {
      guint32 section =
          rn_network_section_at (network, facility->road, (RnDirection) d, facility->chainage_m);

      if (section != RN_NONE && has_chainages (network, section))
        anchor (self->anchors, section, thing,
                fraction_at (network, section, facility->chainage_m));
    }
  if (self->anchors->len == before)
    anchor_by_place (self, self->anchors, thing, facility->at, TRUE);
}

RnNearIndex *
rn_near_index_new (const RnNetwork *network)
{
  RnNearIndex *self = g_new0 (RnNearIndex, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->network = rn_network_ref (network);
  self->join = rn_join_new (network);
  self->anchors = g_array_new (FALSE, FALSE, sizeof (RnNearAnchor));
  for (guint32 i = 0; i < network->n_facilities; i++)
    anchor_facility (self, i);
  g_array_sort (self->anchors, compare_anchors);
  return self;
}

RnNearIndex *
rn_near_index_ref (RnNearIndex *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rn_near_index_unref (RnNearIndex *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->anchors);
  rn_join_unref (self->join);
  rn_network_unref (self->network);
  g_free (self);
}

const RnNetwork *
rn_near_index_get_network (const RnNearIndex *self)
{
  return self->network;
}

/* ---- what a frame brings --------------------------------------------------------------------- */

static guint32
add_thing (RnNearThings *self, RnNearGroup group, RnSubjectKind kind, const char *key)
{
  RnNearThing thing = { group, kind, key, FALSE, { 0 } };

  g_array_append_val (self->of_frame, thing);
  return self->network->n_facilities + self->of_frame->len - 1;
}

static void
locate (RnNearThings *self, RnPoint at)
{
  RnNearThing *thing = &g_array_index (self->of_frame, RnNearThing, self->of_frame->len - 1);

  thing->located = TRUE;
  thing->at = at;
}

static void
add_incident (RnNearThings *self, const RnNearIndex *index, const RnIncident *incident)
{
  const RnNetwork *network = self->network;
  guint32 thing = add_thing (self, RN_NEAR_INCIDENT, RN_SUBJECT_INCIDENT, incident->key);
  guint32 section = incident->section;

  if (section < network->n_sections)
    {
      double fraction = 0.5;

      if (isfinite (incident->chainage_m) && has_chainages (network, section))
        fraction = CLAMP (fraction_at (network, section, incident->chainage_m), 0.0, 1.0);
      else if (incident->located)
        fraction = rn_near_fraction_on (network, section, incident->at, NULL, NULL);
      anchor (self->anchors, section, thing, fraction);
      locate (self, rn_network_point_on (network, section, fraction));
    }
  else if (incident->located)
    anchor_by_place (index, self->anchors, thing, incident->at, FALSE);
  if (incident->located)
    locate (self, incident->at);
}

/* A work reaches over sections: within it one is there, else it is met at its nearer end. */
static void
add_work (RnNearThings *self, const RnNearIndex *index, const RnWork *work)
{
  const RnNetwork *network = self->network;
  guint32 thing = add_thing (self, RN_NEAR_WORK, RN_SUBJECT_WORK, work->key);
  guint before = self->anchors->len;

  for (guint i = 0; i < work->n_sections; i++)
    {
      guint32 section = work->sections[i];
      double from = 0, to = 1;

      if (section >= network->n_sections)
        continue;
      if (work->n_line > 0)
        {
          from = rn_near_fraction_on (network, section, work->line[0], NULL, NULL);
          to = rn_near_fraction_on (network, section, work->line[work->n_line - 1], NULL, NULL);
        }
      anchor_reach (self->anchors, section, thing, from, to);
      locate (self, rn_network_point_on (network, section, 0.5));
    }
  if (work->n_line == 0)
    return;
  locate (self, work->line[work->n_line / 2]);
  if (self->anchors->len == before)
    anchor_by_place (index, self->anchors, thing, work->line[work->n_line / 2], FALSE);
}

static void
add_station (RnNearThings *self, const RnNearIndex *index, const RnStation *station)
{
  guint32 thing = add_thing (self, RN_NEAR_STATION, RN_SUBJECT_STATION, station->key);

  anchor_by_place (index, self->anchors, thing, station->at, TRUE);
  locate (self, station->at);
}

RnNearThings *
rn_near_things_new (const RnNearIndex *index, const RnFrame *frame)
{
  RnNearThings *self = g_new0 (RnNearThings, 1);

  self->network = index->network;
  self->of_frame = g_array_new (FALSE, FALSE, sizeof (RnNearThing));
  self->anchors = g_array_new (FALSE, FALSE, sizeof (RnNearAnchor));
  for (guint i = 0; i < frame->incidents->len; i++)
    if (rn_incident_active (frame->incidents->pdata[i]))
      add_incident (self, index, frame->incidents->pdata[i]);
  for (guint i = 0; i < frame->works->len; i++)
    if (rn_work_phase (frame->works->pdata[i], frame->at_us) == RN_WORK_ACTIVE)
      add_work (self, index, frame->works->pdata[i]);
  for (guint i = 0; i < frame->stations->len; i++)
    {
      const RnStation *station = frame->stations->pdata[i];

      /* one that the network knows as a facility is listed as that */
      if (rn_network_find_facility_key (index->network, station->key) == RN_NONE)
        add_station (self, index, station);
    }
  g_array_sort (self->anchors, compare_anchors);
  return self;
}

void
rn_near_things_free (RnNearThings *self)
{
  g_array_unref (self->of_frame);
  g_array_unref (self->anchors);
  g_free (self);
}

guint
rn_near_things_count (const RnNearThings *self)
{
  return self->network->n_facilities + self->of_frame->len;
}

static RnNearGroup
group_of (RnFacilityType type)
{
  switch (type)
    {
    case RN_FACILITY_INTERCHANGE:
      return RN_NEAR_INTERCHANGE;
    case RN_FACILITY_TOLL_PLAZA:
      return RN_NEAR_TOLL_PLAZA;
    case RN_FACILITY_SERVICE_AREA:
      return RN_NEAR_SERVICE_AREA;
    case RN_FACILITY_SIGN:
      return RN_NEAR_SIGN;
    case RN_FACILITY_CAMERA:
      return RN_NEAR_CAMERA;
    case RN_FACILITY_WEATHER_STATION:
      return RN_NEAR_STATION;
    case RN_FACILITY_BRIDGE:
    case RN_FACILITY_TUNNEL:
    case RN_FACILITY_BORDER:
    case RN_FACILITY_CHECKPOINT:
    case RN_N_FACILITY_TYPES:
    default:
      return RN_NEAR_OTHER;
    }
}

RnNearThing
rn_near_things_get (const RnNearThings *self, guint i)
{
  const RnFacility *facility;

  if (i >= self->network->n_facilities)
    return g_array_index (self->of_frame, RnNearThing, i - self->network->n_facilities);
  facility = &self->network->facilities[i];
  return (RnNearThing){ group_of (facility->type), RN_SUBJECT_FACILITY, facility->key, TRUE,
                        facility->at };
}

GArray *
rn_near_things_anchors (RnNearThings *self)
{
  return self->anchors;
}
