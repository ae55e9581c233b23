/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lists of a frame: things of all parts one after the other, indices shifted to the joint
 * network, and what several sources see shown once. Pure; any thread. */
#include <math.h>

#include "model/rn-duplicates.h"
#include "model/rn-frame-private.h"
#include "model/rn-value.h"

/* ---- seen in several sources --------------------------------------------------------------- */

/* How many of one feed hide, and behind whose. */
typedef struct {
  const char *source; /* borrowed from the things */
  RnFeedKind kind;
  guint n;
  GString *shown_from;
} Count;

struct _RnHidden {
  GHashTable *things; /* borrowed; NULL: none */
  GArray *counts;     /* Count */
};

/* All kinds of things begin with this. */
typedef struct {
  char *source, *id, *key;
} Head;

G_STATIC_ASSERT (G_STRUCT_OFFSET (RnIncident, id) == G_STRUCT_OFFSET (Head, id));
G_STATIC_ASSERT (G_STRUCT_OFFSET (RnWork, id) == G_STRUCT_OFFSET (Head, id));
G_STATIC_ASSERT (G_STRUCT_OFFSET (RnStation, id) == G_STRUCT_OFFSET (Head, id));

static void
add_points (RnBox *box, const RnPoint *points, guint n)
{
  for (guint i = 0; i < n; i++)
    rn_box_add (box, points[i].lon, points[i].lat);
}

static void
see_incident (gconstpointer thing, RnSighting *out)
{
  const RnIncident *incident = thing;

  if (incident->located)
    add_points (&out->box, &incident->at, 1);
  add_points (&out->box, incident->line, incident->n_line);
  out->observed_at_us = incident->observed_at_us;
  out->richness = (incident->section != RN_NONE) + (incident->level != 0) + (incident->n_line > 0)
                  + (incident->n_lanes > 0) + (incident->n_log > 0) + (incident->casualties >= 0)
                  + (incident->description != NULL) + (incident->expected_end_us != 0);
  for (guint t = 0; t < RN_N_INCIDENT_TIMES; t++)
    out->richness += incident->times_us[t] != 0;
  for (guint p = 0; p < RN_N_PARTIES; p++)
    out->richness += incident->party_known[p];
}

static void
see_work (gconstpointer thing, RnSighting *out)
{
  const RnWork *work = thing;

  add_points (&out->box, work->line, work->n_line);
  out->observed_at_us = work->observed_at_us;
  out->richness = (work->n_sections > 0) + (work->names != NULL) + (work->description != NULL)
                  + (work->road != NULL) + (work->direction != NULL) + (work->n_line > 1)
                  + !isnan (work->capacity_factor) + !isnan (work->limit_kmh)
                  + (work->start_us != 0) + (work->end_us != 0) + work->start_verified
                  + work->end_verified + (work->plan_end_us != 0) + (work->permit != NULL)
                  + (work->impact != RN_IMPACT_UNKNOWN) + (work->n_lanes > 0)
                  + (work->workers >= 0);
}

static void
see_station (gconstpointer thing, RnSighting *out)
{
  const RnStation *station = thing;

  add_points (&out->box, &station->at, 1);
  out->observed_at_us = station->observed_at_us;
  out->richness = !isnan (station->visibility_m) + !isnan (station->rain_mm_h)
                  + !isnan (station->wind_ms) + !isnan (station->gust_ms) + !isnan (station->air_c)
                  + !isnan (station->surface_c) + !isnan (station->friction)
                  + (station->surface != RN_SURFACE_UNKNOWN);
}

/* The kinds of things that several sources may see; a kind that joins them is a line here. */
static const struct {
  RnFeedKind kind;
  gsize list; /* offset of the GPtrArray * in RnFrameParts */
  void (*see) (gconstpointer thing, RnSighting *out);
} kinds[] = {
  { RN_FEED_INCIDENTS, G_STRUCT_OFFSET (RnFrameParts, incidents), see_incident },
  { RN_FEED_WORKS, G_STRUCT_OFFSET (RnFrameParts, works), see_work },
  { RN_FEED_WEATHER, G_STRUCT_OFFSET (RnFrameParts, stations), see_station },
};

static const GPtrArray *
list_of (const RnFrameParts *part, guint k)
{
  return G_STRUCT_MEMBER (GPtrArray *, part, kinds[k].list);
}

static void
count_hidden (RnHidden *self, const Head *thing, const Head *shown, RnFeedKind kind)
{
  Count *count = NULL;

  for (guint i = 0; i < self->counts->len && count == NULL; i++)
    {
      Count *at = &g_array_index (self->counts, Count, i);

      if (at->kind == kind && g_str_equal (at->source, thing->source))
        count = at;
    }
  if (count == NULL)
    {
      Count new = { thing->source, kind, 0, g_string_new (shown->source) };

      g_array_append_val (self->counts, new);
      count = &g_array_index (self->counts, Count, self->counts->len - 1);
    }
  else
    {
      g_auto (GStrv) names = g_strsplit (count->shown_from->str, ", ", -1);

      if (!g_strv_contains ((const char *const *) names, shown->source))
        g_string_append_printf (count->shown_from, ", %s", shown->source);
    }
  count->n++;
}

static void
hide (RnHidden *self, const GArray *sightings, const GPtrArray *things, guint k)
{
  g_autofree guint *shown_by = g_new (guint, MAX (sightings->len, 1));
  guint n = rn_duplicates_find ((const RnSighting *) sightings->data, sightings->len, shown_by);

  for (guint i = 0; n > 0 && i < sightings->len; i++)
    {
      if (shown_by[i] == i)
        continue;
      if (self->things == NULL)
        self->things = g_hash_table_new (NULL, NULL);
      g_hash_table_add (self->things, things->pdata[i]);
      count_hidden (self, things->pdata[i], things->pdata[shown_by[i]], kinds[k].kind);
    }
}

static void
find_kind (RnHidden *self, const RnFrameParts *parts, guint n_parts, guint k)
{
  g_autoptr (GArray) sightings = NULL;
  g_autoptr (GPtrArray) things = NULL;
  guint n_lists = 0;

  for (guint p = 0; p < n_parts; p++)
    n_lists += list_of (&parts[p], k) != NULL && list_of (&parts[p], k)->len > 0;
  if (n_lists < 2)
    return;
  sightings = g_array_new (FALSE, FALSE, sizeof (RnSighting));
  things = g_ptr_array_new ();
  for (guint p = 0; p < n_parts; p++)
    for (guint i = 0; list_of (&parts[p], k) != NULL && i < list_of (&parts[p], k)->len; i++)
      {
        Head *thing = list_of (&parts[p], k)->pdata[i];
        RnSighting sighting = { .id = thing->id, .part = p, .box = RN_BOX_EMPTY };

        kinds[k].see (thing, &sighting);
        g_array_append_val (sightings, sighting);
        g_ptr_array_add (things, thing);
      }
  hide (self, sightings, things, k);
}

static void
count_clear (gpointer data)
{
  g_string_free (((Count *) data)->shown_from, TRUE);
}

RnHidden *
rn_hidden_find (const RnFrameParts *parts, guint n_parts)
{
  RnHidden *self = g_new0 (RnHidden, 1);

  self->counts = g_array_new (FALSE, FALSE, sizeof (Count));
  g_array_set_clear_func (self->counts, count_clear);
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    find_kind (self, parts, n_parts, k);
  return self;
}

void
rn_hidden_free (RnHidden *self)
{
  g_clear_pointer (&self->things, g_hash_table_unref);
  g_array_unref (self->counts);
  g_free (self);
}

gboolean
rn_hidden_has (const RnHidden *self, gconstpointer thing)
{
  return self->things != NULL && g_hash_table_contains (self->things, thing);
}

void
rn_hidden_tell (const RnHidden *self, RnFeedStatus *status)
{
  for (guint i = 0; i < self->counts->len; i++)
    {
      const Count *count = &g_array_index (self->counts, Count, i);

      if (count->kind != status->kind || g_strcmp0 (count->source, status->source) != 0)
        continue;
      status->duplicates = count->n;
      g_free (status->shown_from);
      status->shown_from = g_strdup (count->shown_from->str);
    }
}

/* ---- lists --------------------------------------------------------------------------------- */

typedef gpointer (*RefFunc) (gconstpointer);

static void
add_refs (GPtrArray *to, const GPtrArray *from, gpointer ref, const RnHidden *hidden)
{
  for (guint i = 0; from != NULL && i < from->len; i++)
    if (!rn_hidden_has (hidden, from->pdata[i]))
      g_ptr_array_add (to, ((RefFunc) ref) (from->pdata[i]));
}

/* Elements hold indices of their source's own network: copies where these are others in ours. */
static void
add_events (RnFrame *pub, const RnFrameParts *part, guint32 section, const RnHidden *hidden)
{
  for (guint i = 0; part->incidents != NULL && i < part->incidents->len; i++)
    {
      RnIncident *incident = part->incidents->pdata[i];
      gboolean same = section == 0 || incident->section == RN_NONE;

      if (rn_hidden_has (hidden, incident))
        continue;
      g_ptr_array_add (pub->incidents,
                       same ? rn_incident_ref (incident)
                            : rn_incident_copy_at (incident, incident->section + section));
    }
  for (guint i = 0; part->works != NULL && i < part->works->len; i++)
    if (!rn_hidden_has (hidden, part->works->pdata[i]))
      g_ptr_array_add (pub->works, section == 0
                                       ? rn_work_ref (part->works->pdata[i])
                                       : rn_work_copy_shifted (part->works->pdata[i], section));
}

static void
add_shifted (RnFrame *pub, const RnFrameParts *part, guint32 section, guint32 facility)
{
  for (guint i = 0; part->warnings != NULL && i < part->warnings->len; i++)
    g_ptr_array_add (pub->warnings,
                     section == 0 ? rn_warning_ref (part->warnings->pdata[i])
                                  : rn_warning_copy_shifted (part->warnings->pdata[i], section));
  for (guint i = 0; part->controls != NULL && i < part->controls->len; i++)
    g_ptr_array_add (pub->controls,
                     section == 0 ? rn_control_ref (part->controls->pdata[i])
                                  : rn_control_copy_shifted (part->controls->pdata[i], section));
  for (guint i = 0; part->facility_states != NULL && i < part->facility_states->len; i++)
    {
      RnFacilityState *state = part->facility_states->pdata[i];
      gboolean same = facility == 0 || state->facility == RN_NONE;

      g_ptr_array_add (pub->facility_states,
                       same ? rn_facility_state_ref (state)
                            : rn_facility_state_copy_at (state, state->facility + facility));
    }
}

void
rn_frame_add_lists (RnFrame *pub, const RnFrameParts *part, guint32 section, guint32 facility,
                    const RnHidden *hidden)
{
  add_events (pub, part, part->joint ? 0 : section, hidden);
  add_shifted (pub, part, section, facility);
  add_refs (pub->stations, part->stations, rn_station_ref, hidden);
  add_refs (pub->kpis, part->kpis, rn_kpi_ref, hidden);
  add_refs (pub->plans, part->plans, rn_plan_ref, hidden);
  add_refs (pub->measures, part->measures, rn_measure_ref, hidden);
}
