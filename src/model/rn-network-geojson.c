/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads GET /v1/network. Each row is read in one go and checked once; a bad one is refused alone
 * with the path to what is wrong. Ranges are those that no road of the world leaves. Pure; runs in
 * a worker. */
#include "model/rn-network-geojson.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "model/rn-facility-state.h"

#define MAX_CHAINAGE_M 1e7
#define MAX_LENGTH_M 1e6
#define MAX_LANES 20
#define MAX_SPEED_KMH 200.0
#define MAX_CAPACITY_VPH 50000.0
#define MAX_PLACES 1000000

static const char *const direction_words[] = { "asc", "desc", NULL };
static const char *const class_words[] = { "expressway", "ramp", "trunk", NULL };
static const char *const shield_words[] = { "national", "provincial", "other", NULL };
static const char *const side_words[] = { "right", "left", NULL };
static const char *const geometry_words[] = { "centreline", "carriageway", NULL };
static const char *const kind_words[] = { "section", "facility", NULL };

typedef struct {
  RnNetworkBuilder *builder;
  RnSide side;
  RnCrs crs;
  RnRefusals *refusals;
  guint n_sections;
  GArray *points; /* RnPoint, of the row being read */
  GPtrArray *ids; /* char *, of the row being read */
} Reader;

/* ---- parts of rows ------------------------------------------------------------------------- */

static RnPoint
read_position (const RnJson *json, RnCrs crs, GError **error)
{
  RnJson lon = rn_json_element (json, 0), lat = rn_json_element (json, 1);
  RnPoint p = { NAN, NAN };

  if (!rn_json_is_array (json))
    {
      rn_json_fail (json, RN_JSON_ERROR_TYPE, error, "%s", _("is not a position"));
      return p;
    }
  p.lon = rn_json_number (&lon, -180, 180, error);
  p.lat = rn_json_number (&lat, -90, 90, error);
  return *error == NULL ? rn_crs_to_wgs84 (crs, p) : p;
}

/* The coordinates of the geometry of @feature, which must have this @type. */
static RnJson
read_coordinates (const RnJson *geometry, const char *type, GError **error)
{
  const char *const words[] = { type, NULL };
  RnJson word = rn_json_member (geometry, "type");
  RnJson coordinates = rn_json_member (geometry, "coordinates");

  if (rn_json_is_null (geometry))
    rn_json_fail (geometry, RN_JSON_ERROR_MISSING, error, "%s", _("is missing"));
  rn_json_word (&word, words, error);
  if (!rn_json_is_array (&coordinates))
    rn_json_fail (&coordinates, RN_JSON_ERROR_TYPE, error, "%s", _("is not an array"));
  return coordinates;
}

static void
read_line (Reader *reader, const RnJson *feature, GError **error)
{
  RnJson geometry = rn_json_member (feature, "geometry");
  RnJson line = read_coordinates (&geometry, "LineString", error);
  guint n = rn_json_length (&line);

  g_array_set_size (reader->points, 0);
  for (guint i = 0; i < n && *error == NULL; i++)
    {
      RnJson position = rn_json_element (&line, i);
      RnPoint p = read_position (&position, reader->crs, error);

      g_array_append_val (reader->points, p);
    }
}

static RnPoint
read_point (const RnJson *feature, RnCrs crs, GError **error)
{
  RnJson geometry = rn_json_member (feature, "geometry");
  RnJson coordinates = read_coordinates (&geometry, "Point", error);

  return read_position (&coordinates, crs, error);
}

/* A list of ids as a NULL-terminated array that is good until the next row. */
static const char *const *
read_ids (Reader *reader, const RnJson *list, GError **error)
{
  guint n = rn_json_length (list);

  g_ptr_array_set_size (reader->ids, 0);
  if (rn_json_is_null (list))
    return NULL;
  if (!rn_json_is_array (list))
    rn_json_fail (list, RN_JSON_ERROR_TYPE, error, "%s", _("is not an array"));
  for (guint i = 0; i < n && *error == NULL; i++)
    {
      RnJson element = rn_json_element (list, i);
      char *id = rn_json_id (&element, error);

      if (id != NULL)
        g_ptr_array_add (reader->ids, id);
    }
  g_ptr_array_add (reader->ids, NULL);
  return (const char *const *) reader->ids->pdata;
}

static double
opt_number (const RnJson *object, const char *key, double min, double max, GError **error)
{
  RnJson member = rn_json_member (object, key);

  return rn_json_opt_number (&member, min, max, error);
}

static int
opt_integer (const RnJson *object, const char *key, int min, int max, int fallback, GError **error)
{
  RnJson member = rn_json_member (object, key);

  return (int) rn_json_opt_integer (&member, min, max, fallback, error);
}

static const char *
opt_string (const RnJson *object, const char *key, GError **error)
{
  RnJson member = rn_json_member (object, key);

  return rn_json_opt_string (&member, error);
}

static int
opt_word (const RnJson *object, const char *key, const char *const *words, int fallback,
          GError **error)
{
  RnJson member = rn_json_member (object, key);

  return rn_json_opt_word (&member, words, fallback, error);
}

static RnNames *
opt_names (const RnJson *object, const char *key, GError **error)
{
  RnJson member = rn_json_member (object, key);

  return rn_json_opt_names (&member, error);
}

/* An object kept as it is, as text; NULL when absent. */
static char *
opt_object_text (const RnJson *object, const char *key, GError **error)
{
  RnJson member = rn_json_member (object, key);

  if (rn_json_is_null (&member))
    return NULL;
  if (rn_json_is_object (&member))
    return rn_json_dup_text (member.node, FALSE);
  rn_json_fail (&member, RN_JSON_ERROR_TYPE, error, "%s", _("is not an object"));
  return NULL;
}

/* ---- rows ---------------------------------------------------------------------------------- */

/* What the builder refuses has no path yet. */
static void
place_error (const RnJson *feature, GError **error)
{
  RnJson id = rn_json_member (feature, "id");
  GError *plain = *error;

  if (plain == NULL || plain->domain != RN_MODEL_ERROR)
    return;
  *error = NULL;
  rn_json_fail (g_error_matches (plain, RN_MODEL_ERROR, RN_MODEL_ERROR_DUPLICATE) ? &id : feature,
                RN_JSON_ERROR_RANGE, error, "%s", plain->message);
  g_error_free (plain);
}

static void
check_chainage (const RnJson *to_m, const RnSectionRow *row, GError **error)
{
  if (row->direction == RN_DIRECTION_ASC && row->from_m > row->to_m)
    rn_json_fail (to_m, RN_JSON_ERROR_RANGE, error, "%s",
                  _("is less than from_m, but the direction is asc"));
  if (row->direction == RN_DIRECTION_DESC && row->from_m < row->to_m)
    rn_json_fail (to_m, RN_JSON_ERROR_RANGE, error, "%s",
                  _("is more than from_m, but the direction is desc"));
}

static void
read_section (Reader *reader, const RnJson *feature, const RnJson *properties, GError **error)
{
  RnJson id_json = rn_json_member (feature, "id");
  RnJson road_json = rn_json_member (properties, "road");
  RnJson direction = rn_json_member (properties, "direction");
  RnJson from_m = rn_json_member (properties, "from_m"), to_m = rn_json_member (properties, "to_m");
  RnJson downstream = rn_json_member (properties, "downstream");
  g_autofree char *id = rn_json_id (&id_json, error);
  g_autofree char *road = rn_json_id (&road_json, error);
  g_autofree char *thresholds = NULL;
  g_autoptr (RnNames) names = NULL;
  RnSectionRow row = RN_SECTION_ROW_INIT;

  row.id = id;
  row.road = road;
  row.side = reader->side;
  row.direction = MAX (rn_json_word (&direction, direction_words, error), 0);
  row.from_m = rn_json_number (&from_m, -MAX_CHAINAGE_M, MAX_CHAINAGE_M, error);
  row.to_m = rn_json_number (&to_m, -MAX_CHAINAGE_M, MAX_CHAINAGE_M, error);
  check_chainage (&to_m, &row, error);
  row.names = names = opt_names (properties, "name", error);
  row.lanes = opt_integer (properties, "lanes", 1, MAX_LANES, 0, error);
  row.free_speed_kmh = opt_number (properties, "free_speed_kmh", 1, MAX_SPEED_KMH, error);
  row.capacity_vph = opt_number (properties, "capacity_vph", 1, MAX_CAPACITY_VPH, error);
  row.length_m = opt_number (properties, "length_m", 1, MAX_LENGTH_M, error);
  row.section_class = opt_word (properties, "class", class_words, RN_CLASS_EXPRESSWAY, error);
  row.bridge = opt_string (properties, "bridge", error);
  row.tunnel = opt_string (properties, "tunnel", error);
  row.company = opt_string (properties, "company", error);
  row.thresholds = thresholds = opt_object_text (properties, "thresholds", error);
  row.downstream = read_ids (reader, &downstream, error);
  read_line (reader, feature, error);
  row.points = (const RnPoint *) reader->points->data;
  row.n_points = reader->points->len;
  if (*error != NULL)
    return;
  if (rn_network_builder_add_section (reader->builder, &row, error))
    reader->n_sections++;
  place_error (feature, error);
}

static void
read_facility (Reader *reader, const RnJson *feature, const RnJson *properties, GError **error)
{
  RnJson id_json = rn_json_member (feature, "id");
  RnJson type = rn_json_member (properties, "type");
  RnJson road_json = rn_json_member (properties, "road");
  RnJson sections = rn_json_member (properties, "sections");
  g_autofree char *id = rn_json_id (&id_json, error);
  g_autofree char *road = rn_json_is_null (&road_json) ? NULL : rn_json_id (&road_json, error);
  g_autoptr (RnNames) names = NULL;
  RnFacilityRow row = RN_FACILITY_ROW_INIT;

  row.id = id;
  row.road = road;
  row.type = MAX (rn_json_word (&type, rn_facility_type_words (), error), 0);
  row.names = names = opt_names (properties, "name", error);
  row.chainage_m = opt_number (properties, "chainage_m", -MAX_CHAINAGE_M, MAX_CHAINAGE_M, error);
  row.company = opt_string (properties, "company", error);
  row.lanes_entry = opt_integer (properties, "lanes_entry", 0, 200, -1, error);
  row.lanes_exit = opt_integer (properties, "lanes_exit", 0, 200, -1, error);
  row.parking_car = opt_integer (properties, "parking_car", 0, MAX_PLACES, -1, error);
  row.parking_truck = opt_integer (properties, "parking_truck", 0, MAX_PLACES, -1, error);
  row.chargers = opt_integer (properties, "chargers", 0, MAX_PLACES, -1, error);
  row.sections = read_ids (reader, &sections, error);
  row.at = read_point (feature, reader->crs, error);
  if (*error != NULL)
    return;
  rn_network_builder_add_facility (reader->builder, &row, error);
  place_error (feature, error);
}

static void
read_feature (Reader *reader, const RnJson *feature)
{
  RnJson properties = rn_json_member (feature, "properties");
  RnJson kind = rn_json_member (&properties, "kind");
  GError *error = NULL;

  if (!rn_json_is_object (feature))
    rn_json_fail (feature, RN_JSON_ERROR_TYPE, &error, "%s", _("is not an object"));
  else
    switch (rn_json_word (&kind, kind_words, &error))
      {
      case 0:
        read_section (reader, feature, &properties, &error);
        break;
      case 1:
        read_facility (reader, feature, &properties, &error);
        break;
      default: /* @error says why */
        break;
      }
  if (error != NULL)
    rn_refusals_take_error (reader->refusals, error);
}

static void
read_road (Reader *reader, const RnJson *json)
{
  RnJson ref_json = rn_json_member (json, "ref");
  RnJson directions = rn_json_member (json, "directions");
  GError *error = NULL;
  g_autofree char *ref = rn_json_id (&ref_json, &error);
  g_autoptr (RnNames) names = opt_names (json, "name", &error);
  g_autoptr (RnNames) asc = opt_names (&directions, "asc", &error);
  g_autoptr (RnNames) desc = opt_names (&directions, "desc", &error);
  RnRoadRow row = { .ref = ref, .names = names, .direction_names = { asc, desc } };

  row.shield = opt_word (json, "shield", shield_words, RN_SHIELD_OTHER, &error);
  if (error == NULL)
    rn_network_builder_add_road (reader->builder, &row);
  else
    rn_refusals_take_error (reader->refusals, error);
}

/* `roads` of a contact: one reference or several. */
static char *
read_road_list (Reader *reader, const RnJson *list, GError **error)
{
  const char *const *refs;

  if (!rn_json_is_array (list))
    return g_strdup (rn_json_opt_string (list, error));
  refs = read_ids (reader, list, error);
  return *error == NULL ? g_strjoinv (" ", (char **) refs) : NULL;
}

static void
read_contact (Reader *reader, const RnJson *json)
{
  RnJson roads_json = rn_json_member (json, "roads");
  GError *error = NULL;
  g_autofree char *roads = NULL;
  RnContact contact = { NULL };

  if (!rn_json_is_object (json))
    rn_json_fail (json, RN_JSON_ERROR_TYPE, &error, "%s", _("is not an object"));
  contact.party = opt_string (json, "party", &error);
  contact.name = opt_string (json, "name", &error);
  contact.duty = opt_string (json, "duty", &error);
  contact.phone = opt_string (json, "phone", &error);
  contact.roads = roads = read_road_list (reader, &roads_json, &error);
  if (error == NULL)
    rn_network_builder_add_contact (reader->builder, &contact);
  else
    rn_refusals_take_error (reader->refusals, error);
}

/* ---- document ------------------------------------------------------------------------------ */

static void
for_each (Reader *reader, const RnJson *list, void (*read) (Reader *, const RnJson *))
{
  guint n = rn_json_length (list);

  for (guint i = 0; i < n; i++)
    {
      RnJson row = rn_json_element (list, i);

      read (reader, &row);
    }
}

static void
check_array (const RnJson *list, gboolean mandatory, GError **error)
{
  if (rn_json_is_array (list) || (!mandatory && rn_json_is_null (list)))
    return;
  rn_json_fail (list, rn_json_is_null (list) ? RN_JSON_ERROR_MISSING : RN_JSON_ERROR_TYPE, error,
                "%s", rn_json_is_null (list) ? _("is missing") : _("is not an array"));
}

static void
add_missing (GString *list, const RnJson *object, const char *key)
{
  RnJson member = rn_json_member (object, key);
  g_autofree char *path = NULL;

  if (!rn_json_is_null (&member))
    return;
  path = rn_json_path (&member);
  g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", path);
}

/* GeoJSON of another kind (its features have none) is told by all that it lacks, so that it can be
 * made whole in one go. */
static void
check_mandatory (RnJsonSplit *document, GError **error)
{
  static const char *const of_document[] = { "version", "roads", "features" };
  static const char *const of_section[] = { "kind", "road", "direction", "from_m", "to_m" };
  g_autoptr (GString) list = g_string_new (NULL);
  const RnJson *first;
  RnJson properties, kind;

  for (guint i = 0; i < G_N_ELEMENTS (of_document); i++)
    add_missing (list, rn_json_split_root (document), of_document[i]);
  if (list->len == 0 || rn_json_split_length (document) == 0)
    return;
  first = rn_json_split_element (document, 0);
  properties = rn_json_member (first, "properties");
  kind = rn_json_member (&properties, "kind");
  if (!rn_json_is_object (first) || !rn_json_is_null (&kind))
    return;
  add_missing (list, first, "id");
  for (guint i = 0; i < G_N_ELEMENTS (of_section); i++)
    add_missing (list, &properties, of_section[i]);
  if (*error == NULL)
    g_set_error (error, RN_JSON_ERROR, RN_JSON_ERROR_MISSING,
                 _("is no network document as GET /v1/network gives it; missing: %s"), list->str);
}

/* The members of the document itself; FALSE when it cannot be used. */
static gboolean
read_head (RnJsonSplit *document, RnSide *side, const char **version, GError **error)
{
  static const char *const types[] = { "FeatureCollection", NULL };
  const RnJson *root = rn_json_split_root (document);
  RnJson type = rn_json_member (root, "type"), version_json = rn_json_member (root, "version");
  RnJson roads = rn_json_member (root, "roads"), features = rn_json_member (root, "features");
  RnJson contacts = rn_json_member (root, "contacts");
  GError *local = NULL;
  gboolean left, carriageway;

  if (!rn_json_is_object (root))
    rn_json_fail (root, RN_JSON_ERROR_TYPE, &local, "%s", _("is not an object"));
  rn_json_word (&type, types, &local);
  check_mandatory (document, &local);
  *version = rn_json_string (&version_json, &local);
  check_array (&roads, TRUE, &local);
  check_array (&features, TRUE, &local);
  check_array (&contacts, FALSE, &local);
  left = opt_word (root, "drive_on", side_words, 0, &local) == 1;
  carriageway = opt_word (root, "geometry", geometry_words, 0, &local) == 1;
  *side = carriageway ? RN_SIDE_NONE : left ? RN_SIDE_LEFT : RN_SIDE_RIGHT;
  if (local != NULL)
    g_propagate_error (error, local);
  return local == NULL;
}

RnNetwork *
rn_network_from_geojson (RnJsonSplit *document, const char *source, RnCrs crs, RnRefusals *refusals,
                         GError **error)
{
  const RnJson *root = rn_json_split_root (document);
  RnJson roads = rn_json_member (root, "roads"), contacts = rn_json_member (root, "contacts");
  guint n_features = rn_json_split_length (document);
  g_autoptr (RnNetworkBuilder) builder = NULL;
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (RnPoint));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  Reader reader = { .crs = crs, .refusals = refusals, .points = points, .ids = ids };
  const char *version;

  if (!read_head (document, &reader.side, &version, error))
    return NULL;
  reader.builder = builder = rn_network_builder_new (source, version);
  for_each (&reader, &roads, read_road);
  for (guint i = 0; i < n_features; i++)
    read_feature (&reader, rn_json_split_element (document, i));
  for_each (&reader, &contacts, read_contact);
  if (reader.n_sections == 0 && n_features > 0)
    {
      g_set_error (error, RN_MODEL_ERROR, RN_MODEL_ERROR_DOCUMENT,
                   ngettext ("features: the only one is no usable section",
                             "features: none of %u is a usable section", n_features),
                   n_features);
      return NULL;
    }
  return rn_network_builder_end (builder);
}
