/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collects rows in growing columns and hands them over whole, without copying what is not slack.
 * Strings are kept once in one arena; a section's id is the tail of its key. One thread. */
#include "model/rn-network-builder.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "model/rn-network-private.h"

#define MAX_DEFAULT_SPEED_KMH 120.0
#define MIN_DEFAULT_SPEED_KMH 40.0
#define MAX_LINKS 1024 /* of one section or facility to sections; more are no road network */

struct _RnNetworkBuilder {
  RnNetworkPrivate *network;
  char *source;
  GHashTable *ids; /* ids of sections (borrowed) */
  GHashTable *facility_ids;
  GHashTable *road_by_ref; /* ref (borrowed) → index + 1 */
  GArray *roads;           /* RnRoad */
  GArray *id, *key, *road, *direction, *section_class, *side, *lanes, *from_m, *to_m, *length_m,
      *free_speed, *capacity, *names, *bridge, *tunnel, *company, *thresholds, *box;
  GArray *first, *lon, *lat;
  GArray *down_first, *down_ids;              /* char * in the arena */
  GArray *facilities;                         /* RnFacility */
  GArray *facility_first, *facility_sections; /* char * in the arena */
  GArray *contacts;
  GArray *points; /* of the row just read */
};

G_DEFINE_QUARK (rn - model - error - quark, rn_model_error)

/* All growing columns with the size of an element, so that they are made and freed in one place. */
#define FOR_EACH_COLUMN(X)                                                                         \
  X (roads, sizeof (RnRoad))                                                                       \
  X (id, sizeof (char *))                                                                          \
  X (key, sizeof (char *))                                                                         \
  X (road, sizeof (guint32))                                                                       \
  X (direction, 1)                                                                                 \
  X (section_class, 1)                                                                             \
  X (side, 1)                                                                                      \
  X (lanes, 1)                                                                                     \
  X (from_m, sizeof (float))                                                                       \
  X (to_m, sizeof (float))                                                                         \
  X (length_m, sizeof (float))                                                                     \
  X (free_speed, sizeof (float))                                                                   \
  X (capacity, sizeof (float))                                                                     \
  X (names, sizeof (RnNames *))                                                                    \
  X (bridge, sizeof (char *))                                                                      \
  X (tunnel, sizeof (char *))                                                                      \
  X (company, sizeof (char *))                                                                     \
  X (thresholds, sizeof (char *))                                                                  \
  X (box, sizeof (RnBox))                                                                          \
  X (first, sizeof (guint32))                                                                      \
  X (lon, sizeof (double))                                                                         \
  X (lat, sizeof (double))                                                                         \
  X (down_first, sizeof (guint32))                                                                 \
  X (down_ids, sizeof (char *))                                                                    \
  X (facilities, sizeof (RnFacility))                                                              \
  X (facility_first, sizeof (guint32))                                                             \
  X (facility_sections, sizeof (char *))                                                           \
  X (contacts, sizeof (RnContact))                                                                 \
  X (points, sizeof (RnPoint))

RnNetworkBuilder *
rn_network_builder_new (const char *source, const char *version)
{
  RnNetworkBuilder *self = g_new0 (RnNetworkBuilder, 1);

  self->network = rn_network_private_new ();
  self->network->strings = g_string_chunk_new (64 << 10);
  self->network->pub.version =
      g_string_chunk_insert (self->network->strings, version != NULL ? version : "");
  self->source = g_strdup (source);
  self->ids = g_hash_table_new (g_str_hash, g_str_equal);
  self->facility_ids = g_hash_table_new (g_str_hash, g_str_equal);
  self->road_by_ref = g_hash_table_new (g_str_hash, g_str_equal);
#define NEW_COLUMN(name, size) self->name = g_array_new (FALSE, FALSE, size);
  FOR_EACH_COLUMN (NEW_COLUMN)
#undef NEW_COLUMN
  return self;
}

/* The names that no network has taken over. */
static void
free_names (RnNetworkBuilder *self)
{
  for (guint i = 0; i < self->names->len; i++)
    rn_names_unref (g_array_index (self->names, RnNames *, i));
  for (guint i = 0; i < self->facilities->len; i++)
    rn_names_unref (g_array_index (self->facilities, RnFacility, i).names);
  for (guint i = 0; i < self->roads->len; i++)
    {
      RnRoad *road = &g_array_index (self->roads, RnRoad, i);

      rn_names_unref (road->names);
      rn_names_unref (road->direction_names[0]);
      rn_names_unref (road->direction_names[1]);
    }
}

void
rn_network_builder_free (RnNetworkBuilder *self)
{
  if (self == NULL)
    return;
  if (self->network != NULL)
    {
      free_names (self);
      rn_network_unref (&self->network->pub);
    }
#define FREE_COLUMN(name, size) g_array_unref (self->name);
  FOR_EACH_COLUMN (FREE_COLUMN)
#undef FREE_COLUMN
  g_hash_table_unref (self->ids);
  g_hash_table_unref (self->facility_ids);
  g_hash_table_unref (self->road_by_ref);
  g_free (self->source);
  g_free (self);
}

/* A string that may come again; NULL and "" are unknown. */
static const char *
intern (RnNetworkBuilder *self, const char *text)
{
  if (text == NULL || *text == '\0')
    return NULL;
  return g_string_chunk_insert_const (self->network->strings, text);
}

/* "source/id" in the arena. */
static const char *
intern_key (RnNetworkBuilder *self, const char *id)
{
  char buffer[512];

  if (g_snprintf (buffer, sizeof buffer, "%s/%s", self->source, id) < (int) sizeof buffer)
    return g_string_chunk_insert (self->network->strings, buffer);
  else
    {
      g_autofree char *key = g_strconcat (self->source, "/", id, NULL);

      return g_string_chunk_insert (self->network->strings, key);
    }
}

/* ---- roads --------------------------------------------------------------------------------- */

static guint32
ensure_road (RnNetworkBuilder *self, const char *ref)
{
  RnRoad road = { .ref = ref, .shield = RN_SHIELD_OTHER };
  gpointer known = g_hash_table_lookup (self->road_by_ref, ref);

  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;
  road.ref = g_string_chunk_insert_const (self->network->strings, ref);
  g_array_append_val (self->roads, road);
  g_hash_table_insert (self->road_by_ref, (gpointer) road.ref, GUINT_TO_POINTER (self->roads->len));
  return self->roads->len - 1;
}

void
rn_network_builder_add_road (RnNetworkBuilder *self, const RnRoadRow *row)
{
  RnRoad *road;
  guint32 index;

  g_return_if_fail (row->ref != NULL);
  index = ensure_road (self, row->ref); /* may move the array */
  road = &g_array_index (self->roads, RnRoad, index);
  /* A road named twice: the last one counts. */
  rn_names_unref (road->names);
  road->names = rn_names_ref (row->names);
  for (guint d = 0; d < 2; d++)
    {
      rn_names_unref (road->direction_names[d]);
      road->direction_names[d] = rn_names_ref (row->direction_names[d]);
    }
  road->shield = row->shield;
}

/* ---- sections ------------------------------------------------------------------------------ */

static gboolean
refuse (GError **error, RnModelError code, const char *message)
{
  g_set_error_literal (error, RN_MODEL_ERROR, code, message);
  return FALSE;
}

static gboolean
read_points (RnNetworkBuilder *self, const RnSectionRow *row, GError **error)
{
  g_array_set_size (self->points, 0);
  for (guint k = 0; k < row->n_points; k++)
    {
      RnPoint p = row->points[k];
      const RnPoint *before = self->points->len > 0
                                  ? &g_array_index (self->points, RnPoint, self->points->len - 1)
                                  : NULL;

      if (!rn_point_is_valid (p.lon, p.lat))
        return refuse (error, RN_MODEL_ERROR_ROW, _("a point is not on the globe"));
      if (before == NULL || p.lon != before->lon || p.lat != before->lat)
        g_array_append_val (self->points, p);
    }
  if (self->points->len < 2)
    return refuse (error, RN_MODEL_ERROR_ROW, _("the line has fewer than two different points"));
  return TRUE;
}

static gboolean
check_section (RnNetworkBuilder *self, const RnSectionRow *row, GError **error)
{
  double along =
      row->direction == RN_DIRECTION_ASC ? row->to_m - row->from_m : row->from_m - row->to_m;

  if (row->id == NULL || *row->id == '\0')
    return refuse (error, RN_MODEL_ERROR_ROW, _("the section has no id"));
  if (row->road == NULL || *row->road == '\0')
    return refuse (error, RN_MODEL_ERROR_ROW, _("the section has no road"));
  if (g_hash_table_contains (self->ids, row->id))
    {
      g_set_error (error, RN_MODEL_ERROR, RN_MODEL_ERROR_DUPLICATE, _("double id: %s"), row->id);
      return FALSE;
    }
  if (along < 0)
    return refuse (error, RN_MODEL_ERROR_ROW, _("its chainage runs against its direction"));
  return read_points (self, row, error);
}

/* 2,200/2,100/2,000 vehicles per hour and lane at 120/100/80 km/h (operations API), on the straight
 * line through these between 40 and 120 km/h. */
static double
default_capacity (const RnSectionRow *row)
{
  double speed = CLAMP (row->free_speed_kmh, MIN_DEFAULT_SPEED_KMH, MAX_DEFAULT_SPEED_KMH);

  if (row->lanes <= 0 || isnan (row->free_speed_kmh))
    return NAN;
  return row->lanes * (1600.0 + 5.0 * speed);
}

static void
add_float (GArray *column, double value)
{
  float f = (float) value;

  g_array_append_val (column, f);
}

static void
add_byte (GArray *column, guint value)
{
  guint8 byte = (guint8) MIN (value, G_MAXUINT8);

  g_array_append_val (column, byte);
}

static void
add_string (GArray *column, const char *text)
{
  g_array_append_val (column, text);
}

/* The points just read; their length in metres. */
static double
add_geometry (RnNetworkBuilder *self)
{
  guint32 first = self->lon->len;
  RnBox box = RN_BOX_EMPTY;
  double length = 0;

  g_array_append_val (self->first, first);
  for (guint k = 0; k < self->points->len; k++)
    {
      RnPoint p = g_array_index (self->points, RnPoint, k);

      if (k > 0)
        length += rn_distance_m (g_array_index (self->points, RnPoint, k - 1), p);
      g_array_append_val (self->lon, p.lon);
      g_array_append_val (self->lat, p.lat);
      rn_box_add (&box, p.lon, p.lat);
    }
  g_array_append_val (self->box, box);
  rn_box_union (&self->network->pub.extent, &box);
  return length;
}

static void
add_downstream (RnNetworkBuilder *self, const char *const *ids)
{
  guint32 first = self->down_ids->len;

  g_array_append_val (self->down_first, first);
  for (; ids != NULL && *ids != NULL; ids++)
    add_string (self->down_ids, g_string_chunk_insert_const (self->network->strings, *ids));
}

gboolean
rn_network_builder_add_section (RnNetworkBuilder *self, const RnSectionRow *row, GError **error)
{
  const char *key;
  guint32 road;
  RnNames *names;
  double length;

  if (!check_section (self, row, error))
    return FALSE;
  key = intern_key (self, row->id);
  add_string (self->key, key);
  add_string (self->id, key + strlen (self->source) + 1);
  g_hash_table_add (self->ids, (gpointer) (key + strlen (self->source) + 1));
  road = ensure_road (self, row->road);
  g_array_append_val (self->road, road);
  add_byte (self->direction, row->direction);
  add_byte (self->section_class, row->section_class);
  add_byte (self->side, row->side);
  add_byte (self->lanes, MAX (row->lanes, 0));
  add_float (self->from_m, row->from_m);
  add_float (self->to_m, row->to_m);
  length = add_geometry (self);
  /* Never 0, for those who divide by it: two points may differ by less than a float holds. */
  add_float (self->length_m, row->length_m > 0 ? row->length_m : MAX (length, 0.01));
  add_float (self->free_speed, row->free_speed_kmh);
  add_float (self->capacity,
             isnan (row->capacity_vph) ? default_capacity (row) : row->capacity_vph);
  names = rn_names_ref (row->names);
  g_array_append_val (self->names, names);
  add_string (self->bridge, intern (self, row->bridge));
  add_string (self->tunnel, intern (self, row->tunnel));
  add_string (self->company, intern (self, row->company));
  add_string (self->thresholds, intern (self, row->thresholds));
  add_downstream (self, row->downstream);
  return TRUE;
}

/* ---- facilities and contacts --------------------------------------------------------------- */

gboolean
rn_network_builder_add_facility (RnNetworkBuilder *self, const RnFacilityRow *row, GError **error)
{
  RnFacility facility = { .type = row->type,
                          .chainage_m = row->chainage_m,
                          .at = row->at,
                          .lanes_entry = row->lanes_entry,
                          .lanes_exit = row->lanes_exit,
                          .parking_car = row->parking_car,
                          .parking_truck = row->parking_truck,
                          .chargers = row->chargers,
                          .road = RN_NONE };
  guint32 first = self->facility_sections->len;

  if (row->id == NULL || *row->id == '\0')
    return refuse (error, RN_MODEL_ERROR_ROW, _("the facility has no id"));
  if (g_hash_table_contains (self->facility_ids, row->id))
    {
      g_set_error (error, RN_MODEL_ERROR, RN_MODEL_ERROR_DUPLICATE, _("double id: %s"), row->id);
      return FALSE;
    }
  if (!rn_point_is_valid (row->at.lon, row->at.lat))
    return refuse (error, RN_MODEL_ERROR_ROW, _("a point is not on the globe"));
  facility.key = intern_key (self, row->id);
  facility.id = facility.key + strlen (self->source) + 1;
  g_hash_table_add (self->facility_ids, (gpointer) facility.id);
  facility.names = rn_names_ref (row->names);
  facility.company = intern (self, row->company);
  if (row->road != NULL && *row->road != '\0')
    facility.road = ensure_road (self, row->road);
  for (const char *const *id = row->sections; id != NULL && *id != NULL; id++)
    add_string (self->facility_sections, g_string_chunk_insert_const (self->network->strings, *id));
  g_array_append_val (self->facility_first, first);
  g_array_append_val (self->facilities, facility);
  rn_box_add (&self->network->pub.extent, row->at.lon, row->at.lat);
  return TRUE;
}

void
rn_network_builder_add_contact (RnNetworkBuilder *self, const RnContact *row)
{
  RnContact contact = { intern (self, row->party), intern (self, row->name),
                        intern (self, row->duty), intern (self, row->phone),
                        intern (self, row->roads) };

  g_array_append_val (self->contacts, contact);
}

/* ---- the end ------------------------------------------------------------------------------- */

/* The memory of a column, without slack, owned by the network from now on. */
static gpointer
hand_over (RnNetworkBuilder *self, GArray *column)
{
  gsize size = g_array_get_element_size (column), n = column->len;
  gpointer memory = g_array_steal (column, NULL);

  return rn_network_keep (self->network, g_realloc (memory, MAX (n, 1) * size));
}

static void
hand_over_columns (RnNetworkBuilder *self)
{
  RnNetwork *pub = &self->network->pub;
  guint32 n_vertices = self->lon->len;

  g_array_append_val (self->first, n_vertices);
  pub->n_sections = self->id->len;
  pub->n_facilities = self->facilities->len;
  pub->n_roads = self->roads->len;
  pub->n_contacts = self->contacts->len;
  pub->id = hand_over (self, self->id);
  pub->key = hand_over (self, self->key);
  pub->road = hand_over (self, self->road);
  pub->direction = hand_over (self, self->direction);
  pub->section_class = hand_over (self, self->section_class);
  pub->side = hand_over (self, self->side);
  pub->lanes = hand_over (self, self->lanes);
  pub->from_m = hand_over (self, self->from_m);
  pub->to_m = hand_over (self, self->to_m);
  pub->length_m = hand_over (self, self->length_m);
  pub->free_speed_kmh = hand_over (self, self->free_speed);
  pub->capacity_vph = hand_over (self, self->capacity);
  pub->names = hand_over (self, self->names);
  pub->bridge = hand_over (self, self->bridge);
  pub->tunnel = hand_over (self, self->tunnel);
  pub->company = hand_over (self, self->company);
  pub->thresholds = hand_over (self, self->thresholds);
  pub->first = hand_over (self, self->first);
  pub->lon = hand_over (self, self->lon);
  pub->lat = hand_over (self, self->lat);
  pub->box = hand_over (self, self->box);
  pub->roads = hand_over (self, self->roads);
  pub->facilities = hand_over (self, self->facilities);
  pub->contacts = hand_over (self, self->contacts);
}

static void
set_source (RnNetworkBuilder *self)
{
  RnNetwork *pub = &self->network->pub;
  const char **sources = rn_network_keep (self->network, g_new0 (const char *, 1));
  RnRoad *roads = (RnRoad *) pub->roads;
  RnFacility *facilities = (RnFacility *) pub->facilities;

  sources[0] = g_string_chunk_insert_const (self->network->strings, self->source);
  pub->n_sources = 1;
  pub->sources = sources;
  pub->source = rn_network_keep (self->network, g_new0 (guint16, MAX (pub->n_sections, 1)));
  for (guint i = 0; i < pub->n_roads; i++)
    roads[i].source = sources[0];
  for (guint i = 0; i < pub->n_facilities; i++)
    facilities[i].source = sources[0];
}

/* Indices of the sections that are known among @n ids, each once. */
static guint
resolve (const RnNetwork *network, char *const *ids, guint n, guint32 not_this, guint32 *out)
{
  guint found = 0;

  for (guint k = 0; k < n && found < MAX_LINKS; k++)
    {
      guint32 i = rn_network_find_section (network, NULL, ids[k]);
      gboolean again = i == RN_NONE || i == not_this;

      for (guint m = 0; m < found && !again; m++)
        again = out[m] == i;
      if (!again)
        out[found++] = i;
    }
  return found;
}

static void
resolve_downstream (RnNetworkBuilder *self)
{
  RnNetwork *pub = &self->network->pub;
  guint32 *first, *down, at = 0, n_ids = self->down_ids->len;
  char **ids = (char **) self->down_ids->data;

  if (n_ids == 0)
    {
      rn_network_join_by_place (self->network);
      return;
    }
  g_array_append_val (self->down_first, n_ids);
  first = rn_network_keep (self->network, g_new0 (guint32, pub->n_sections + 1));
  down = rn_network_keep (self->network, g_new0 (guint32, n_ids));
  for (guint i = 0; i < pub->n_sections; i++)
    {
      guint32 from = g_array_index (self->down_first, guint32, i);
      guint32 to = g_array_index (self->down_first, guint32, i + 1);

      first[i] = at;
      at += resolve (pub, ids + from, to - from, i, down + at);
    }
  first[pub->n_sections] = at;
  pub->down_first = first;
  pub->down = down;
}

static void
resolve_facilities (RnNetworkBuilder *self)
{
  RnNetwork *pub = &self->network->pub;
  RnFacility *facilities = (RnFacility *) pub->facilities;
  guint32 n_ids = self->facility_sections->len, at = 0;
  guint32 *sections = rn_network_keep (self->network, g_new0 (guint32, MAX (n_ids, 1)));
  char **ids = (char **) self->facility_sections->data;

  g_array_append_val (self->facility_first, n_ids);
  for (guint i = 0; i < pub->n_facilities; i++)
    {
      guint32 from = g_array_index (self->facility_first, guint32, i);
      guint32 to = g_array_index (self->facility_first, guint32, i + 1);

      facilities[i].sections = sections + at;
      facilities[i].n_sections = resolve (pub, ids + from, to - from, RN_NONE, sections + at);
      at += facilities[i].n_sections;
    }
}

/* By direction, then in the direction of travel; unknown chainages last; then as they came. */
static int
compare_sections (gconstpointer a, gconstpointer b, gpointer data)
{
  const RnNetwork *network = data;
  guint32 i = *(const guint32 *) a, j = *(const guint32 *) b;
  float x = network->from_m[i], y = network->from_m[j];

  if (network->direction[i] != network->direction[j])
    return network->direction[i] < network->direction[j] ? -1 : 1;
  if (isnan (x) != isnan (y))
    return isnan (x) ? 1 : -1;
  if (!isnan (x) && x != y)
    return (x < y) == (network->direction[i] == RN_DIRECTION_ASC) ? -1 : 1;
  return i < j ? -1 : i > j;
}

static void
sort_roads (RnNetworkBuilder *self)
{
  RnNetwork *pub = &self->network->pub;
  RnRoad *roads = (RnRoad *) pub->roads;
  guint32 *sections = rn_network_keep (self->network, g_new (guint32, MAX (pub->n_sections, 1)));
  guint32 at = 0;

  for (guint i = 0; i < pub->n_sections; i++)
    roads[pub->road[i]].n_sections++;
  for (guint r = 0; r < pub->n_roads; r++)
    {
      roads[r].sections = sections + at;
      at += roads[r].n_sections;
      roads[r].n_sections = 0;
    }
  for (guint32 i = 0; i < pub->n_sections; i++)
    {
      RnRoad *road = &roads[pub->road[i]];

      ((guint32 *) road->sections)[road->n_sections++] = i;
    }
  for (guint r = 0; r < pub->n_roads; r++)
    g_qsort_with_data (roads[r].sections, roads[r].n_sections, sizeof (guint32), compare_sections,
                       pub);
}

RnNetwork *
rn_network_builder_end (RnNetworkBuilder *self)
{
  RnNetworkPrivate *network = self->network;

  g_return_val_if_fail (network != NULL, NULL);
  hand_over_columns (self);
  set_source (self);
  rn_network_index (network);
  resolve_downstream (self);
  rn_network_reverse (network);
  resolve_facilities (self);
  sort_roads (self);
  self->network = NULL;
  return &network->pub;
}
