/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching a network: by id, by reference and chainage, and the words for a section. Reads only;
 * any thread. */
#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "model/rn-network-private.h"

static const char *
section_source (const RnNetwork *self, guint32 i)
{
  return self->sources[self->source[i]];
}

/* The first section with this id, of @source unless that is NULL. Equal ids of several sources lie
 * in one run of slots. */
guint32
rn_network_find_section (const RnNetwork *self, const char *source, const char *id)
{
  const RnIdIndex *index = &((const RnNetworkPrivate *) self)->sections;
  guint32 found = RN_NONE;

  for (guint32 at = rn_id_hash (id) & index->mask; index->slots[at] != RN_NONE;
       at = (at + 1) & index->mask)
    {
      guint32 i = index->slots[at];

      if (i < found && strcmp (self->id[i], id) == 0
          && (source == NULL || strcmp (section_source (self, i), source) == 0))
        found = i;
    }
  return found;
}

guint32
rn_network_find_facility (const RnNetwork *self, const char *source, const char *id)
{
  const RnIdIndex *index = &((const RnNetworkPrivate *) self)->facilities;
  guint32 found = RN_NONE;

  for (guint32 at = rn_id_hash (id) & index->mask; index->slots[at] != RN_NONE;
       at = (at + 1) & index->mask)
    {
      guint32 i = index->slots[at];
      const RnFacility *facility = &self->facilities[i];

      if (i < found && strcmp (facility->id, id) == 0
          && (source == NULL || strcmp (facility->source, source) == 0))
        found = i;
    }
  return found;
}

guint
rn_network_count_probes (const RnNetwork *self, const char *id)
{
  const RnIdIndex *index = &((const RnNetworkPrivate *) self)->sections;
  guint n = 0;

  for (guint32 at = rn_id_hash (id) & index->mask; index->slots[at] != RN_NONE;
       at = (at + 1) & index->mask)
    n++;
  return n;
}

/* A key begins with the name of its source; both may hold further slashes. */
static guint32
find_key (const RnNetwork *self, const char *key,
          guint32 (*find) (const RnNetwork *, const char *, const char *))
{
  for (guint k = 0; k < self->n_sources; k++)
    {
      gsize n = strlen (self->sources[k]);

      if (strncmp (key, self->sources[k], n) == 0 && key[n] == '/')
        {
          guint32 i = find (self, self->sources[k], key + n + 1);

          if (i != RN_NONE)
            return i;
        }
    }
  return RN_NONE;
}

guint32
rn_network_find_section_key (const RnNetwork *self, const char *key)
{
  return find_key (self, key, rn_network_find_section);
}

guint32
rn_network_find_facility_key (const RnNetwork *self, const char *key)
{
  return find_key (self, key, rn_network_find_facility);
}

guint32
rn_network_find_road (const RnNetwork *self, const char *ref)
{
  g_autofree char *upper = g_utf8_strup (ref, -1);
  gpointer value;

  if (g_hash_table_lookup_extended (((const RnNetworkPrivate *) self)->roads, upper, NULL, &value))
    return GPOINTER_TO_UINT (value);
  return RN_NONE;
}

/* ---- places -------------------------------------------------------------------------------- */

/* Whether section @i begins at or before @m in the direction of travel. Unknown chainages are
 * sorted last: they never do. */
static gboolean
begins_by (const RnNetwork *self, guint32 i, RnDirection direction, float m)
{
  return direction == RN_DIRECTION_ASC ? self->from_m[i] <= m : self->from_m[i] >= m;
}

static gboolean
ends_before (const RnNetwork *self, guint32 i, RnDirection direction, float m)
{
  return !(direction == RN_DIRECTION_ASC ? self->to_m[i] >= m : self->to_m[i] <= m);
}

guint32
rn_network_section_at (const RnNetwork *self, guint32 road, RnDirection direction,
                       double chainage_m)
{
  const RnRoad *r;
  guint low = 0, high, ramp = RN_NONE;
  float m = (float) chainage_m; /* as the columns are rounded */

  if (road >= self->n_roads || !isfinite (m))
    return RN_NONE;
  r = &self->roads[road];
  high = r->n_sections;
  /* The first that begins behind the place, or is of the direction sorted after this one. */
  while (low < high)
    {
      guint mid = low + (high - low) / 2;
      guint32 i = r->sections[mid];
      RnDirection d = self->direction[i];

      if (d < direction || (d == direction && begins_by (self, i, direction, m)))
        low = mid + 1;
      else
        high = mid;
    }
  /* Backwards over overlapping ones; the main line wins over a ramp. */
  while (low-- > 0 && self->direction[r->sections[low]] == direction)
    {
      guint32 i = r->sections[low];

      if (ends_before (self, i, direction, m))
        continue;
      if (self->section_class[i] != RN_CLASS_RAMP)
        return i;
      if (ramp == RN_NONE)
        ramp = i;
    }
  return ramp;
}

static RnPoint
vertex (const RnNetwork *self, guint32 k)
{
  return (RnPoint){ self->lon[k], self->lat[k] };
}

RnPoint
rn_network_point_on (const RnNetwork *self, guint32 i, double fraction)
{
  guint32 from = self->first[i], last = self->first[i + 1] - 1;
  double whole = 0, rest;

  for (guint32 k = from; k < last; k++)
    whole += rn_distance_m (vertex (self, k), vertex (self, k + 1));
  rest = CLAMP (isnan (fraction) ? 0.0 : fraction, 0.0, 1.0) * whole;
  for (guint32 k = from; k < last; k++)
    {
      RnPoint a = vertex (self, k), b = vertex (self, k + 1);
      double step = rn_distance_m (a, b);

      if (rest <= step && step > 0)
        return (RnPoint){ a.lon + (b.lon - a.lon) * rest / step,
                          a.lat + (b.lat - a.lat) * rest / step };
      rest -= step;
    }
  return vertex (self, last);
}

RnPoint
rn_network_point_at_chainage (const RnNetwork *self, guint32 i, double chainage_m)
{
  double from = self->from_m[i], to = self->to_m[i];

  if (isnan (from) || isnan (to) || from == to || isnan (chainage_m))
    return rn_network_point_on (self, i, isnan (chainage_m) ? 0.5 : 0.0);
  return rn_network_point_on (self, i, (chainage_m - from) / (to - from));
}

/* ---- words --------------------------------------------------------------------------------- */

const char *
rn_network_direction_name (const RnNetwork *self, guint32 i)
{
  const RnRoad *road = &self->roads[self->road[i]];
  const char *name = rn_names_get (road->direction_names[self->direction[i]], NULL);

  if (name != NULL)
    return name;
  return self->direction[i] == RN_DIRECTION_ASC ? C_ ("direction", "down") : C_ ("direction", "up");
}

char *
rn_network_dup_chainage_range (const RnNetwork *self, guint32 i)
{
  g_autofree char *from = rn_text_chainage (self->from_m[i]);
  g_autofree char *to = rn_text_chainage (self->to_m[i]);

  if (isnan (self->from_m[i]) || isnan (self->to_m[i]))
    return g_strdup (RN_DASH);
  return g_strconcat (from, "–", to, NULL);
}

char *
rn_network_dup_section_name (const RnNetwork *self, guint32 i)
{
  const char *name = rn_names_get (self->names[i], NULL);

  if (name != NULL)
    return g_strdup (name);
  if (!isnan (self->from_m[i]) && !isnan (self->to_m[i]))
    return rn_network_dup_chainage_range (self, i);
  return g_strdup (self->id[i]);
}

char *
rn_network_dup_section_title (const RnNetwork *self, guint32 i)
{
  g_autofree char *name = rn_network_dup_section_name (self, i);

  return g_strjoin (" ", self->roads[self->road[i]].ref, name, rn_network_direction_name (self, i),
                    NULL);
}
