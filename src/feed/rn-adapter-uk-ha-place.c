/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which section a TPEG place is on. Sections here are straight lines between junctions, often some
 * kilometres off the road, and places are exact to a junction: the 50 m of the general join would
 * hardly ever hold. Road, direction and the detour over the place decide instead. Pure. */
#include "feed/rn-adapter-uk-ha-parts.h"

#include <math.h>
#include <string.h>

#define DETOUR_SHARE 0.15 /* of the section's length: a road is longer than its chord */
#define DETOUR_M 1000.0
#define TIE_M 500.0
#define SAME_WAY_DEG 90.0
#define LIKE_WAY_DEG 45.0

typedef struct {
  GStrv families; /* of the roads it runs along */
  RnPoint from, to;
  double length_m, bearing_deg;
  RnDirection direction;
  gboolean ring; /* its road goes clockwise and anticlockwise */
  gboolean ramp; /* a link road or a spur: of equal places the other section is meant */
} Section;

struct _RnUkJoin {
  const RnNetwork *network;
  guint n;
  Section *sections;
};

void
rn_uk_place_clear (RnUkPlace *self)
{
  g_clear_pointer (&self->road, g_free);
  g_clear_pointer (&self->section, g_free);
}

/* The network keeps the first road of a section and its name, which tells the others. */
static GStrv
dup_families (const RnNetwork *network, guint32 i)
{
  const char *name = rn_names_get (network->names[i], NULL);
  g_autofree char *text = g_strdup_printf ("%s from %s", network->roads[network->road[i]].ref,
                                           name != NULL ? name : "");
  GStrv roads = rn_uk_dup_roads (text);

  for (guint k = 0; roads[k] != NULL; k++)
    {
      char *family = rn_uk_dup_family (roads[k]);

      g_free (roads[k]);
      roads[k] = family;
    }
  return roads;
}

static gboolean
is_ring (const RnNetwork *network, guint32 i)
{
  const RnRoad *road = &network->roads[network->road[i]];
  const char *name = rn_names_get (road->direction_names[network->direction[i]], "en");

  return name != NULL && strstr (name, "clockwise") != NULL;
}

static void
fill_section (const RnNetwork *network, guint32 i, Section *section)
{
  guint32 first = network->first[i], last = network->first[i + 1] - 1;

  section->families = dup_families (network, i);
  section->from = (RnPoint){ network->lon[first], network->lat[first] };
  section->to = (RnPoint){ network->lon[last], network->lat[last] };
  section->length_m = network->length_m[i];
  section->bearing_deg = rn_bearing_deg (section->from, section->to);
  section->direction = network->direction[i];
  section->ring = is_ring (network, i);
  section->ramp = network->section_class[i] == RN_CLASS_RAMP;
}

RnUkJoin *
rn_uk_join_new (const RnNetwork *network)
{
  RnUkJoin *self = g_new0 (RnUkJoin, 1);

  self->network = network;
  self->n = network != NULL ? network->n_sections : 0;
  self->sections = g_new0 (Section, MAX (self->n, 1));
  for (guint32 i = 0; i < self->n; i++)
    fill_section (network, i, &self->sections[i]);
  return self;
}

void
rn_uk_join_free (RnUkJoin *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n; i++)
    g_strfreev (self->sections[i].families);
  g_free (self->sections);
  g_free (self);
}

/* Whether a section goes the way of the place. A ring's own words and the four winds (the crossing
 * of the M25 is "southbound") are compared by the bearing of the section. @by_bearing: so is all
 * else ("M11 northbound and the A14 westbound" is one section, northbound). */
static gboolean
goes_way (const Section *section, RnUkWay way, gboolean by_bearing)
{
  double bearing_deg = rn_uk_way_bearing_deg (way);

  if (way == RN_UK_UNKNOWN)
    return TRUE;
  if (by_bearing)
    return rn_bearing_difference_deg (section->bearing_deg, bearing_deg) < LIKE_WAY_DEG;
  if (section->ring && !isnan (bearing_deg))
    return rn_bearing_difference_deg (section->bearing_deg, bearing_deg) < SAME_WAY_DEG;
  return section->direction == rn_uk_direction (way);
}

/* How much longer the way from @a to @b is over @p; NaN: too much for @p to be on it. */
static double
detour_m (RnPoint a, RnPoint b, double direct_m, RnPoint p)
{
  double more_m = rn_distance_m (a, p) + rn_distance_m (p, b) - direct_m;

  return more_m <= DETOUR_SHARE * direct_m + DETOUR_M ? more_m : NAN;
}

typedef struct {
  guint32 section;
  gboolean ramp;
  double detour_m;
} Hit;

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const Hit *x = a, *y = b;

  if (x->detour_m != y->detour_m)
    return x->detour_m < y->detour_m ? -1 : 1;
  return x->section < y->section ? -1 : x->section > y->section;
}

static void
add_once (GArray *sections, guint32 i)
{
  for (guint k = 0; k < sections->len; k++)
    if (g_array_index (sections, guint32, k) == i)
      return;
  g_array_append_val (sections, i);
}

static GArray *
find_candidates (const RnUkJoin *self, const RnUkPlace *place, gboolean by_bearing)
{
  g_autofree char *family = rn_uk_dup_family (place->road);
  GArray *all = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; i < self->n; i++)
    if (g_strv_contains ((const char *const *) self->sections[i].families, family)
        && goes_way (&self->sections[i], place->way, by_bearing))
      g_array_append_val (all, i);
  return all;
}

static void
add_at (const RnUkJoin *self, const GArray *candidates, RnPoint at, GArray *found)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));

  for (guint k = 0; k < candidates->len; k++)
    {
      guint32 i = g_array_index (candidates, guint32, k);
      const Section *section = &self->sections[i];
      Hit hit = { i, section->ramp, detour_m (section->from, section->to, section->length_m, at) };

      if (!isnan (hit.detour_m))
        g_array_append_val (hits, hit);
    }
  g_array_sort (hits, compare_hits);
  for (guint pass = 0; pass < 2; pass++)
    for (guint k = 0; k < hits->len; k++)
      {
        const Hit *best = &g_array_index (hits, Hit, 0), *hit = &g_array_index (hits, Hit, k);

        if (hit->ramp == (pass == 1) && hit->detour_m <= best->detour_m + TIE_M)
          add_once (found, hit->section);
      }
}

static void
add_between (const RnUkJoin *self, const GArray *candidates, const RnUkPlace *place, GArray *found)
{
  double direct_m = rn_distance_m (place->from, place->to);

  for (guint k = 0; k < candidates->len; k++)
    {
      guint32 i = g_array_index (candidates, guint32, k);
      RnPoint middle = rn_network_point_on (self->network, i, 0.5);

      if (!isnan (detour_m (place->from, place->to, direct_m, middle)))
        add_once (found, i);
    }
}

static void
add_found (const RnUkJoin *self, const RnUkPlace *place, gboolean along, gboolean by_bearing,
           GArray *found)
{
  g_autoptr (GArray) candidates = find_candidates (self, place, by_bearing);

  if (place->has_at)
    add_at (self, candidates, place->at, found);
  if (place->has_ends && along)
    add_between (self, candidates, place, found);
}

GArray *
rn_uk_join_find (const RnUkJoin *self, const RnUkPlace *place, gboolean along)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 named = place->section != NULL && self->n > 0
                      ? rn_network_find_section (self->network, NULL, place->section)
                      : RN_NONE;

  if (named != RN_NONE)
    g_array_append_val (found, named);
  if (named != RN_NONE || place->road == NULL)
    return found;
  add_found (self, place, along, FALSE, found);
  if (found->len == 0)
    add_found (self, place, along, TRUE, found);
  return found;
}
