/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Effective capacity = capacity × works' factor × share of lanes that incidents leave open ×
 * weather factor; effective speed = the least of free speed, an active control's limit, works'
 * limits (alerting.md). Of several causes of one kind on a section the worst counts. Pure. */
#include <math.h>
#include <string.h>

#include "model/rn-frame-private.h"

struct _RnWeatherEffect {
  gatomicrefcount refs;
  RnNetwork *network;
  GPtrArray *lists; /* the warning lists of the parts (NULL: none), held: the address tells */
  GArray *active;   /* guint8: for each warning whether it holds */
  float factors[];
};

/* Columns of factors, made when the first of their kind is met. */
typedef struct {
  RnFramePrivate *frame;
  const RnHidden *hidden;
  float *works, *incidents;
} Effects;

static float *
ensure_ones (float **column, guint n)
{
  if (*column == NULL)
    {
      *column = g_new (float, MAX (n, 1));
      for (guint i = 0; i < n; i++)
        (*column)[i] = 1.0f;
    }
  return *column;
}

/* A limit counts when it is below what was allowed before, or nothing is known of that. */
static void
limit_speed (RnFramePrivate *frame, guint32 i, double limit_kmh, RnFactors factor)
{
  if (!(limit_kmh > 0) || frame->effective_kmh[i] <= limit_kmh)
    return;
  frame->effective_kmh[i] = (float) limit_kmh;
  frame->factors[i] |= factor;
}

/* The network that indices of events are of; @from gets its first section in the frame. */
static const RnNetwork *
ground_of (const Effects *effects, const RnFrameParts *part, guint32 *from)
{
  if (!part->joint)
    return part->network;
  *from = 0;
  return effects->frame->pub.network;
}

static void
apply_works (Effects *effects, const RnFrameParts *part, guint32 from)
{
  guint n = ground_of (effects, part, &from)->n_sections;

  for (guint w = 0; part->works != NULL && w < part->works->len; w++)
    {
      const RnWork *work = part->works->pdata[w];
      float factor;

      if (rn_work_phase (work, part->now_us) != RN_WORK_ACTIVE
          || rn_hidden_has (effects->hidden, work))
        continue;
      factor = (float) rn_work_capacity_factor (work);
      for (guint k = 0; k < work->n_sections; k++)
        {
          guint32 i = work->sections[k];
          float *left;

          if (i >= n)
            continue;
          left = ensure_ones (&effects->works, effects->frame->pub.network->n_sections);
          left[from + i] = MIN (left[from + i], factor);
          limit_speed (effects->frame, from + i, work->limit_kmh, RN_FACTOR_WORKS);
        }
    }
}

static void
apply_incidents (Effects *effects, const RnFrameParts *part, guint32 from)
{
  const RnNetwork *network = ground_of (effects, part, &from);

  for (guint k = 0; part->incidents != NULL && k < part->incidents->len; k++)
    {
      const RnIncident *incident = part->incidents->pdata[k];
      float *left, share;

      if (!rn_incident_active (incident) || incident->section >= network->n_sections
          || rn_hidden_has (effects->hidden, incident))
        continue;
      share = (float) rn_incident_open_share (incident, network->lanes[incident->section]);
      left = ensure_ones (&effects->incidents, effects->frame->pub.network->n_sections);
      left[from + incident->section] = MIN (left[from + incident->section], share);
    }
}

static void
apply_controls (Effects *effects, const RnFrameParts *part, guint32 from)
{
  for (guint c = 0; part->controls != NULL && c < part->controls->len; c++)
    {
      const RnControl *control = part->controls->pdata[c];

      if (control->since_us != 0 && part->now_us < control->since_us)
        continue;
      for (guint k = 0; k < control->n_sections; k++)
        if (control->sections[k] < part->network->n_sections)
          limit_speed (effects->frame, from + control->sections[k], control->limit_kmh,
                       RN_FACTOR_CONTROL);
    }
}

/* ---- weather ------------------------------------------------------------------------------- */

static RnWeatherEffect *
weather_ref (RnWeatherEffect *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
list_unref (gpointer list)
{
  if (list != NULL)
    g_ptr_array_unref (list);
}

void
rn_weather_effect_unref (RnWeatherEffect *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  rn_network_unref (self->network);
  g_ptr_array_unref (self->lists);
  g_array_unref (self->active);
  g_free (self);
}

static gboolean
warning_active (const RnWarning *warning, gint64 now_us)
{
  return (warning->from_us == 0 || warning->from_us <= now_us)
         && (warning->until_us == 0 || now_us < warning->until_us);
}

static GArray *
list_active (const RnFrameParts *parts, guint n_parts, gboolean *any)
{
  GArray *active = g_array_new (FALSE, FALSE, 1);

  *any = FALSE;
  for (guint p = 0; p < n_parts; p++)
    for (guint w = 0; parts[p].warnings != NULL && w < parts[p].warnings->len; w++)
      {
        guint8 holds = warning_active (parts[p].warnings->pdata[w], parts[p].now_us);

        *any |= holds;
        g_array_append_val (active, holds);
      }
  return active;
}

static gboolean
same_weather (const RnWeatherEffect *old, const RnNetwork *network, const RnFrameParts *parts,
              guint n_parts, const GArray *active)
{
  if (old == NULL || old->network != network || old->lists->len != n_parts
      || old->active->len != active->len
      || memcmp (old->active->data, active->data, active->len) != 0)
    return FALSE;
  for (guint p = 0; p < n_parts; p++)
    if (old->lists->pdata[p] != parts[p].warnings)
      return FALSE;
  return TRUE;
}

/* The middle by length, on the plane: near enough to tell on which side of a line it is. */
static RnPoint
section_middle (const RnNetwork *network, guint32 i)
{
  const double *lon = network->lon, *lat = network->lat;
  guint32 from = network->first[i], last = network->first[i + 1] - 1;
  double scale = cos (lat[from] * G_PI / 180.0), whole = 0, rest;

  for (guint32 k = from; k < last; k++)
    whole += hypot ((lon[k + 1] - lon[k]) * scale, lat[k + 1] - lat[k]);
  rest = whole / 2;
  for (guint32 k = from; k < last; k++)
    {
      double step = hypot ((lon[k + 1] - lon[k]) * scale, lat[k + 1] - lat[k]);

      if (rest <= step && step > 0)
        return (RnPoint){ lon[k] + (lon[k + 1] - lon[k]) * rest / step,
                          lat[k] + (lat[k + 1] - lat[k]) * rest / step };
      rest -= step;
    }
  return (RnPoint){ lon[last], lat[last] };
}

/* Even-odd rule; a ring may be closed by its first point or not. */
static gboolean
ring_contains (const RnPoint *ring, guint n, RnPoint p)
{
  gboolean inside = FALSE;

  for (guint i = 0, j = n - 1; i < n; j = i++)
    if ((ring[i].lat > p.lat) != (ring[j].lat > p.lat)
        && p.lon < (ring[j].lon - ring[i].lon) * (p.lat - ring[i].lat) / (ring[j].lat - ring[i].lat)
                       + ring[i].lon)
      inside = !inside;
  return inside;
}

static void
spread_ring (float *factors, const RnNetwork *network, const RnWarning *warning, float factor)
{
  RnBox box = RN_BOX_EMPTY;

  for (guint k = 0; k < warning->n_ring; k++)
    rn_box_add (&box, warning->ring[k].lon, warning->ring[k].lat);
  for (guint32 i = 0; i < network->n_sections; i++)
    {
      const RnBox *b = &network->box[i];

      if (factors[i] <= factor || b->max_lon < box.min_lon || b->min_lon > box.max_lon
          || b->max_lat < box.min_lat || b->min_lat > box.max_lat)
        continue;
      if (ring_contains (warning->ring, warning->n_ring, section_middle (network, i)))
        factors[i] = factor;
    }
}

static void
spread_warning (float *factors, const RnFrameParts *part, const RnWarning *warning)
{
  float factor = (float) rn_hazard_capacity_factor (warning->hazard, warning->tier);

  for (guint k = 0; k < warning->n_sections; k++)
    if (warning->sections[k] < part->network->n_sections)
      factors[warning->sections[k]] = MIN (factors[warning->sections[k]], factor);
  if (warning->n_ring >= 3)
    spread_ring (factors, part->network, warning, factor);
}

/* NULL when no warning holds. */
static RnWeatherEffect *
make_weather (const RnNetwork *network, const RnFrameParts *parts, guint n_parts,
              const RnWeatherEffect *old)
{
  gboolean any;
  g_autoptr (GArray) active = list_active (parts, n_parts, &any);
  RnWeatherEffect *self;
  guint32 from = 0;
  guint at = 0;

  if (!any)
    return NULL;
  if (same_weather (old, network, parts, n_parts, active))
    return weather_ref ((RnWeatherEffect *) old);
  self = g_malloc0 (sizeof *self + network->n_sections * sizeof (float));
  g_atomic_ref_count_init (&self->refs);
  self->network = rn_network_ref (network);
  self->lists = g_ptr_array_new_with_free_func (list_unref);
  for (guint32 i = 0; i < network->n_sections; i++)
    self->factors[i] = 1.0f;
  for (guint p = 0; p < n_parts; p++)
    {
      GPtrArray *warnings = parts[p].warnings;

      g_ptr_array_add (self->lists, warnings != NULL ? g_ptr_array_ref (warnings) : NULL);
      for (guint w = 0; warnings != NULL && w < warnings->len; w++)
        if (g_array_index (active, guint8, at++))
          spread_warning (self->factors + from, &parts[p], warnings->pdata[w]);
      from += parts[p].network->n_sections;
    }
  self->active = g_steal_pointer (&active);
  return self;
}

/* ---- all ----------------------------------------------------------------------------------- */

static void
multiply (RnFramePrivate *frame, const float *factors, RnFactors factor)
{
  guint n = frame->pub.network->n_sections;

  for (guint i = 0; factors != NULL && i < n; i++)
    if (factors[i] < 1.0f)
      {
        frame->capacity_vph[i] *= factors[i];
        frame->factors[i] |= factor;
      }
}

void
rn_frame_apply_effects (RnFramePrivate *self, const RnFrameParts *parts, guint n_parts,
                        const RnHidden *hidden, const RnFramePrivate *before)
{
  const RnNetwork *network = self->pub.network;
  Effects effects = { .frame = self, .hidden = hidden };
  guint32 from = 0;

  if (network->n_sections == 0)
    return;
  memcpy (self->capacity_vph, network->capacity_vph, network->n_sections * sizeof (float));
  memcpy (self->effective_kmh, network->free_speed_kmh, network->n_sections * sizeof (float));
  memset (self->factors, 0, network->n_sections);
  for (guint p = 0; p < n_parts; p++)
    {
      apply_works (&effects, &parts[p], from);
      apply_incidents (&effects, &parts[p], from);
      apply_controls (&effects, &parts[p], from);
      from += parts[p].network->n_sections;
    }
  self->weather = make_weather (network, parts, n_parts, before != NULL ? before->weather : NULL);
  multiply (self, effects.works, RN_FACTOR_WORKS);
  multiply (self, effects.incidents, RN_FACTOR_INCIDENT);
  multiply (self, self->weather != NULL ? self->weather->factors : NULL, RN_FACTOR_WEATHER);
  g_free (effects.works);
  g_free (effects.incidents);
}
