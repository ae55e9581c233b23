/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of a network: made empty, by the builder or by joining several; then immutable and
 * shared by reference between threads. A joint network copies the columns, shifted, and borrows the
 * strings of its parts, which it holds. */
#include "model/rn-network.h"

#include <string.h>

#include "model/rn-network-private.h"

static RnNetwork *
boxed_copy (RnNetwork *self)
{
  return rn_network_ref (self);
}

static void
boxed_free (RnNetwork *self)
{
  rn_network_unref (self);
}

G_DEFINE_BOXED_TYPE (RnNetwork, rn_network, boxed_copy, boxed_free)

RnNetworkPrivate *
rn_network_private_new (void)
{
  RnNetworkPrivate *self = g_new0 (RnNetworkPrivate, 1);

  g_atomic_ref_count_init (&self->refs);
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->roads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pub.version = "";
  self->pub.extent = RN_BOX_EMPTY;
  return self;
}

gpointer
rn_network_keep (RnNetworkPrivate *self, gpointer memory)
{
  g_ptr_array_add (self->blocks, memory);
  return memory;
}

RnNetwork *
rn_network_ref (const RnNetwork *self)
{
  RnNetworkPrivate *private = (RnNetworkPrivate *) self;

  g_atomic_ref_count_inc (&private->refs);
  return &private->pub;
}

static void
free_names (RnNetwork *self)
{
  for (guint i = 0; i < self->n_sections; i++)
    rn_names_unref (self->names[i]);
  for (guint i = 0; i < self->n_facilities; i++)
    rn_names_unref (self->facilities[i].names);
  for (guint i = 0; i < self->n_roads; i++)
    {
      rn_names_unref (self->roads[i].names);
      rn_names_unref (self->roads[i].direction_names[0]);
      rn_names_unref (self->roads[i].direction_names[1]);
    }
}

void
rn_network_unref (const RnNetwork *self)
{
  RnNetworkPrivate *private = (RnNetworkPrivate *) self;

  if (self == NULL || !g_atomic_ref_count_dec (&private->refs))
    return;
  free_names (&private->pub);
  g_free (private->sections.slots);
  g_free (private->facilities.slots);
  g_hash_table_unref (private->roads);
  g_ptr_array_unref (private->blocks);
  g_clear_pointer (&private->strings, g_string_chunk_free);
  g_clear_pointer (&private->parts, g_ptr_array_unref);
  g_free (private);
}

/* ---- indices ------------------------------------------------------------------------------- */

/* FNV-1a with the last mix of MurmurHash3, so that ids that differ in a digit spread. */
guint32
rn_id_hash (const char *id)
{
  guint32 hash = 2166136261u;

  for (const guchar *c = (const guchar *) id; *c != '\0'; c++)
    hash = (hash ^ *c) * 16777619u;
  hash = (hash ^ hash >> 16) * 0x85ebca6bu;
  hash = (hash ^ hash >> 13) * 0xc2b2ae35u;
  return hash ^ hash >> 16;
}

static void
make_index (RnIdIndex *index, guint n)
{
  guint32 size = 8;

  while (size < 2 * (guint64) n && size < 1u << 31)
    size *= 2;
  index->mask = size - 1;
  index->slots = g_new (guint32, size);
  memset (index->slots, 0xff, size * sizeof (guint32));
}

static void
index_put (RnIdIndex *index, const char *id, guint32 i)
{
  guint32 at = rn_id_hash (id) & index->mask;

  while (index->slots[at] != RN_NONE)
    at = (at + 1) & index->mask;
  index->slots[at] = i;
}

void
rn_network_index (RnNetworkPrivate *self)
{
  const RnNetwork *pub = &self->pub;

  make_index (&self->sections, pub->n_sections);
  for (guint i = 0; i < pub->n_sections; i++)
    index_put (&self->sections, pub->id[i], i);
  make_index (&self->facilities, pub->n_facilities);
  for (guint i = 0; i < pub->n_facilities; i++)
    index_put (&self->facilities, pub->facilities[i].id, i);
  for (guint i = 0; i < pub->n_roads; i++)
    {
      char *ref = g_utf8_strup (pub->roads[i].ref, -1);

      if (g_hash_table_contains (self->roads, ref))
        g_free (ref);
      else
        g_hash_table_insert (self->roads, ref, GUINT_TO_POINTER (i));
    }
}

void
rn_network_reverse (RnNetworkPrivate *self)
{
  RnNetwork *pub = &self->pub;
  guint n = pub->n_sections;
  guint32 *first = rn_network_keep (self, g_new0 (guint32, n + 2));
  guint32 *up = rn_network_keep (self, g_new (guint32, MAX (pub->down_first[n], 1)));

  /* first[j + 1] counts, then runs: after filling it holds the beginning of j + 1. */
  for (guint k = 0; k < pub->down_first[n]; k++)
    first[pub->down[k] + 2]++;
  for (guint i = 1; i <= n + 1; i++)
    first[i] += first[i - 1];
  for (guint i = 0; i < n; i++)
    for (guint k = pub->down_first[i]; k < pub->down_first[i + 1]; k++)
      up[first[pub->down[k] + 1]++] = i;
  pub->up_first = first;
  pub->up = up;
}

/* ---- empty and joint ----------------------------------------------------------------------- */

RnNetwork *
rn_network_new_empty (void)
{
  RnNetworkPrivate *self = rn_network_private_new ();

  self->pub.first = rn_network_keep (self, g_new0 (guint32, 1));
  self->pub.down_first = rn_network_keep (self, g_new0 (guint32, 1));
  self->pub.up_first = rn_network_keep (self, g_new0 (guint32, 1));
  rn_network_index (self);
  return &self->pub;
}

/* How far the indices of one part are shifted. */
typedef struct {
  guint32 source, section, road, facility, contact, vertex, down, up;
} Offset;

static char *
joint_version (const RnNetwork *const *networks, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint k = 0; k < n; k++)
    g_string_append_printf (text, "%s%s=%s", k > 0 ? " " : "",
                            networks[k]->n_sources > 0 ? networks[k]->sources[0] : "",
                            networks[k]->version);
  return g_string_free (text, FALSE);
}

static Offset
count_all (const RnNetwork *const *networks, guint n)
{
  Offset all = { 0 };

  for (guint k = 0; k < n; k++)
    {
      const RnNetwork *part = networks[k];

      all.source += part->n_sources;
      all.section += part->n_sections;
      all.road += part->n_roads;
      all.facility += part->n_facilities;
      all.contact += part->n_contacts;
      all.vertex += part->first[part->n_sections];
      all.down += part->down_first[part->n_sections];
      all.up += part->up_first[part->n_sections];
    }
  return all;
}

/* A column of elements that need no shift, made of those of all parts. */
#define JOIN_COLUMN(self, networks, n, field, total, count)                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gsize size_ = sizeof *(self)->pub.field, at_ = 0;                                              \
    char *column_ = rn_network_keep ((self), g_malloc (MAX ((gsize) (total), 1) * size_));         \
    for (guint k_ = 0; k_ < (n); k_++)                                                             \
      {                                                                                            \
        const RnNetwork *part = (networks)[k_];                                                    \
        gsize bytes_ = (gsize) (count) *size_;                                                     \
        if (bytes_ > 0)                                                                            \
          memcpy (column_ + at_, part->field, bytes_);                                             \
        at_ += bytes_;                                                                             \
      }                                                                                            \
    (self)->pub.field = (gpointer) column_;                                                        \
  }                                                                                                \
  G_STMT_END

static void
join_plain_columns (RnNetworkPrivate *self, const RnNetwork *const *networks, guint n,
                    const Offset *all)
{
  JOIN_COLUMN (self, networks, n, sources, all->source, part->n_sources);
  JOIN_COLUMN (self, networks, n, id, all->section, part->n_sections);
  JOIN_COLUMN (self, networks, n, key, all->section, part->n_sections);
  JOIN_COLUMN (self, networks, n, direction, all->section, part->n_sections);
  JOIN_COLUMN (self, networks, n, section_class, all->section, part->n_sections);
  JOIN_COLUMN (self, networks, n, side, all->section, part->n_sections);
  JOIN_COLUMN (self, networks, n, lanes, all->section, part->n_sections);
  JOIN_COLUMN (self, networks, n, from_m, all->section, part->n_sections);
  JOIN_COLUMN (self, networks, n, to_m, all->section, part->n_sections);
  JOIN_COLUMN (self, networks, n, length_m, all->section, part->n_sections);
  JOIN_COLUMN (self, networks, n, free_speed_kmh, all->section, part->n_sections);
  JOIN_COLUMN (self, networks, n, capacity_vph, all->section, part->n_sections);
  JOIN_COLUMN (self, networks, n, names, all->section, part->n_sections);
  JOIN_COLUMN (self, networks, n, bridge, all->section, part->n_sections);
  JOIN_COLUMN (self, networks, n, tunnel, all->section, part->n_sections);
  JOIN_COLUMN (self, networks, n, company, all->section, part->n_sections);
  JOIN_COLUMN (self, networks, n, thresholds, all->section, part->n_sections);
  JOIN_COLUMN (self, networks, n, box, all->section, part->n_sections);
  JOIN_COLUMN (self, networks, n, lon, all->vertex, part->first[part->n_sections]);
  JOIN_COLUMN (self, networks, n, lat, all->vertex, part->first[part->n_sections]);
  JOIN_COLUMN (self, networks, n, roads, all->road, part->n_roads);
  JOIN_COLUMN (self, networks, n, facilities, all->facility, part->n_facilities);
  JOIN_COLUMN (self, networks, n, contacts, all->contact, part->n_contacts);
}

static const guint32 *
shifted (RnNetworkPrivate *self, const guint32 *values, guint n, guint32 by)
{
  guint32 *copy;

  if (by == 0 || n == 0)
    return values;
  copy = rn_network_keep (self, g_new (guint32, n));
  for (guint i = 0; i < n; i++)
    copy[i] = values[i] + by;
  return copy;
}

/* Roads and facilities were copied plainly: now they are @part's no longer. */
static void
adopt_objects (RnNetworkPrivate *self, const RnNetwork *part, const Offset *at)
{
  RnRoad *roads = (RnRoad *) self->pub.roads + at->road;
  RnFacility *facilities = (RnFacility *) self->pub.facilities + at->facility;

  for (guint i = 0; i < part->n_roads; i++)
    {
      rn_names_ref (roads[i].names);
      rn_names_ref (roads[i].direction_names[0]);
      rn_names_ref (roads[i].direction_names[1]);
      roads[i].sections = shifted (self, roads[i].sections, roads[i].n_sections, at->section);
    }
  for (guint i = 0; i < part->n_facilities; i++)
    {
      rn_names_ref (facilities[i].names);
      if (facilities[i].road != RN_NONE)
        facilities[i].road += at->road;
      facilities[i].sections =
          shifted (self, facilities[i].sections, facilities[i].n_sections, at->section);
    }
  for (guint i = 0; i < part->n_sections; i++)
    rn_names_ref (part->names[i]);
}

typedef struct {
  guint16 *source;
  guint32 *road, *first, *down_first, *down, *up_first, *up;
} Shifting;

static void
shift_columns (const Shifting *to, const RnNetwork *part, const Offset *at)
{
  for (guint i = 0; i < part->n_sections; i++)
    {
      to->source[at->section + i] = part->source[i] + at->source;
      to->road[at->section + i] = part->road[i] + at->road;
      to->first[at->section + i] = part->first[i] + at->vertex;
      to->down_first[at->section + i] = part->down_first[i] + at->down;
      to->up_first[at->section + i] = part->up_first[i] + at->up;
    }
  for (guint k = 0; k < part->down_first[part->n_sections]; k++)
    to->down[at->down + k] = part->down[k] + at->section;
  for (guint k = 0; k < part->up_first[part->n_sections]; k++)
    to->up[at->up + k] = part->up[k] + at->section;
}

static Shifting
new_shifting (RnNetworkPrivate *self, const Offset *all)
{
  Shifting to;

  self->pub.source = to.source = rn_network_keep (self, g_new (guint16, all->section + 1));
  self->pub.road = to.road = rn_network_keep (self, g_new (guint32, all->section + 1));
  self->pub.first = to.first = rn_network_keep (self, g_new (guint32, all->section + 1));
  self->pub.down_first = to.down_first = rn_network_keep (self, g_new (guint32, all->section + 1));
  self->pub.up_first = to.up_first = rn_network_keep (self, g_new (guint32, all->section + 1));
  self->pub.down = to.down = rn_network_keep (self, g_new (guint32, all->down + 1));
  self->pub.up = to.up = rn_network_keep (self, g_new (guint32, all->up + 1));
  to.first[all->section] = all->vertex;
  to.down_first[all->section] = all->down;
  to.up_first[all->section] = all->up;
  return to;
}

RnNetwork *
rn_network_concat (const RnNetwork *const *networks, guint n, guint32 *offsets)
{
  RnNetworkPrivate *self;
  Offset all, at = { 0 };
  Shifting to;

  if (n == 1 && offsets != NULL)
    offsets[0] = 0;
  if (n == 1)
    return rn_network_ref (networks[0]);
  if (n == 0)
    return rn_network_new_empty ();
  self = rn_network_private_new ();
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_network_unref);
  self->pub.version = rn_network_keep (self, joint_version (networks, n));
  all = count_all (networks, n);
  join_plain_columns (self, networks, n, &all);
  to = new_shifting (self, &all);
  for (guint k = 0; k < n; k++)
    {
      const RnNetwork *part = networks[k];

      if (offsets != NULL)
        offsets[k] = at.section;
      g_ptr_array_add (self->parts, rn_network_ref (part));
      adopt_objects (self, part, &at);
      shift_columns (&to, part, &at);
      rn_box_union (&self->pub.extent, &part->extent);
      at.source += part->n_sources;
      at.section += part->n_sections;
      at.road += part->n_roads;
      at.facility += part->n_facilities;
      at.vertex += part->first[part->n_sections];
      at.down += part->down_first[part->n_sections];
      at.up += part->up_first[part->n_sections];
    }
  self->pub.n_sources = all.source;
  self->pub.n_sections = all.section;
  self->pub.n_roads = all.road;
  self->pub.n_facilities = all.facility;
  self->pub.n_contacts = all.contact;
  rn_network_index (self);
  return &self->pub;
}
