/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the embedded province (data/demo/README.md tells its form) into a network: the direction of
 * falling stakes is the other one reversed, downstream follows from the nodes, and what the
 * compiled tables do not hold (lanes of plazas, parking, weather stations) is made up by hash, the
 * same in every run. */
#include "sim/rn-sim-network.h"

#include "base/rn-file.h"
#include "base/rn-json.h"
#include "model/rn-network-geojson.h"
#include "sim/rn-sim-cities.h"
#include "sim/rn-sim-random.h"

#include "rn-sim-resources.h"

#include <math.h>

#define SEED 1
#define SOURCE "demo"
#define MAX_FILE_BYTES ((gsize) 256 << 20)

typedef enum { KIND_TOLL, KIND_HUB, KIND_SERVICE, KIND_BRIDGE, KIND_TUNNEL, KIND_BORDER } NodeKind;

static const char *const kind_words[] = { "toll",   "hub",      "service", "bridge",
                                          "tunnel", "boundary", NULL };
static const RnFacilityType kind_types[] = { RN_FACILITY_TOLL_PLAZA,   RN_FACILITY_INTERCHANGE,
                                             RN_FACILITY_SERVICE_AREA, RN_FACILITY_BRIDGE,
                                             RN_FACILITY_TUNNEL,       RN_FACILITY_BORDER };
static const char *const shield_words[] = { "national", "provincial", "other", NULL };

typedef struct {
  const char *id, *zh, *zh_short, *en, *en_short; /* borrowed from the document */
  NodeKind kind;
  double lon, lat;
  guint route;
  double stake_m;
  GPtrArray *starts, *ends; /* Half: that start, that end here */
  GPtrArray *touching;      /* section ids (char *), owned */
} Node;

/* One direction of a stretch. */
typedef struct {
  char *id;
  guint route;
  RnDirection direction;
  guint64 alike; /* bits of the routes that run on it */
  guint twin;    /* number of the stretch: its other direction has the same */
  guint from, to;
} Half;

typedef struct {
  RnJson root;
  guint n_routes, n_nodes, n_sections;
  const char **refs;
  Node *nodes;
  Half *halves; /* 2 × n_sections: A, B */
  RnNetworkBuilder *builder;
} Reader;

static double
fixed (const RnJson *place, GError **error)
{
  return (double) rn_json_integer (place, -18000000, 18000000, error) / 100000.0;
}

static RnNames *
pair (const char *zh, const char *en)
{
  return rn_names_new_pairs ("zh-CN", zh, "en", en, NULL);
}

static void
read_routes (Reader *self, GError **error)
{
  RnJson routes = rn_json_member (&self->root, "routes");

  self->n_routes = rn_json_length (&routes);
  self->refs = g_new0 (const char *, self->n_routes);
  for (guint i = 0; i < self->n_routes; i++)
    {
      RnJson row = rn_json_element (&routes, i), cell[6];
      g_autoptr (RnNames) names = NULL;
      g_autoptr (RnNames) asc = NULL;
      g_autoptr (RnNames) desc = NULL;
      RnRoadRow road = { 0 };
      const char *zh, *en;

      for (guint k = 0; k < 6; k++)
        cell[k] = rn_json_element (&row, k);
      self->refs[i] = rn_json_string (&cell[0], error);
      zh = rn_json_string (&cell[1], error);
      en = rn_json_string (&cell[2], error);
      road.shield = (RnShield) rn_json_word (&cell[3], shield_words, error);
      asc = rn_json_opt_names (&cell[4], error);
      desc = rn_json_opt_names (&cell[5], error);
      if (error != NULL && *error != NULL)
        return;
      names = pair (zh, en);
      road.ref = self->refs[i];
      road.names = names;
      road.direction_names[RN_DIRECTION_ASC] = asc;
      road.direction_names[RN_DIRECTION_DESC] = desc;
      rn_network_builder_add_road (self->builder, &road);
    }
}

static void
read_nodes (Reader *self, GError **error)
{
  RnJson nodes = rn_json_member (&self->root, "nodes");

  self->n_nodes = rn_json_length (&nodes);
  self->nodes = g_new0 (Node, self->n_nodes);
  for (guint i = 0; i < self->n_nodes; i++)
    {
      RnJson row = rn_json_element (&nodes, i), cell[10];
      Node *node = &self->nodes[i];

      for (guint k = 0; k < 10; k++)
        cell[k] = rn_json_element (&row, k);
      node->starts = g_ptr_array_new ();
      node->ends = g_ptr_array_new ();
      node->touching = g_ptr_array_new_with_free_func (g_free);
      node->id = rn_json_string (&cell[0], error);
      node->kind = (NodeKind) rn_json_word (&cell[1], kind_words, error);
      node->zh = rn_json_string (&cell[2], error);
      node->zh_short = rn_json_string (&cell[3], error);
      node->en = rn_json_string (&cell[4], error);
      node->en_short = rn_json_string (&cell[5], error);
      node->lon = fixed (&cell[6], error);
      node->lat = fixed (&cell[7], error);
      node->route = (guint) rn_json_integer (&cell[8], 0, self->n_routes - 1, error);
      node->stake_m = (double) rn_json_integer (&cell[9], 0, 10000000, error);
    }
}

/* Ends of the stretches, before any section can name what lies downstream of it. */
static void
read_ends (Reader *self, GError **error)
{
  RnJson sections = rn_json_member (&self->root, "sections");

  self->n_sections = rn_json_length (&sections);
  self->halves = g_new0 (Half, 2 * self->n_sections);
  for (guint i = 0; i < self->n_sections; i++)
    {
      RnJson row = rn_json_element (&sections, i), id = rn_json_element (&row, 0),
             route = rn_json_element (&row, 1), also = rn_json_element (&row, 2),
             from = rn_json_element (&row, 3), to = rn_json_element (&row, 4);
      const char *name = rn_json_string (&id, error);
      Half *a = &self->halves[2 * i], *b = a + 1;

      a->route = (guint) rn_json_integer (&route, 0, self->n_routes - 1, error);
      a->from = (guint) rn_json_integer (&from, 0, self->n_nodes - 1, error);
      a->to = (guint) rn_json_integer (&to, 0, self->n_nodes - 1, error);
      if (error != NULL && *error != NULL)
        return;
      a->alike = G_GUINT64_CONSTANT (1) << (a->route % 64);
      for (guint k = 0; k < rn_json_length (&also); k++)
        {
          RnJson other = rn_json_element (&also, k);

          a->alike |= G_GUINT64_CONSTANT (1)
                      << (rn_json_integer (&other, 0, self->n_routes - 1, error) % 64);
        }
      a->twin = i;
      *b = *a;
      a->direction = RN_DIRECTION_ASC;
      b->direction = RN_DIRECTION_DESC;
      b->from = a->to;
      b->to = a->from;
      a->id = g_strconcat (name, "-A", NULL);
      b->id = g_strconcat (name, "-B", NULL);
      for (Half *h = a; h <= b; h++)
        {
          g_ptr_array_add (self->nodes[h->from].starts, h);
          g_ptr_array_add (self->nodes[h->to].ends, h);
          g_ptr_array_add (self->nodes[h->from].touching, g_strdup (h->id));
          g_ptr_array_add (self->nodes[h->to].touching, g_strdup (h->id));
        }
    }
}

/* The same road and direction first, then roads that run together with it, then the others; never
 * back where one came from. At a plaza one stays on the road. */
static GPtrArray *
find_downstream (const Reader *self, const Half *half)
{
  const Node *node = &self->nodes[half->to];
  GPtrArray *ids = g_ptr_array_new ();

  for (guint pass = 0; pass < 3; pass++)
    {
      if (pass == 2 && node->kind != KIND_HUB && ids->len > 0)
        break;
      for (guint i = 0; i < node->starts->len; i++)
        {
          const Half *next = g_ptr_array_index (node->starts, i);
          gboolean same = next->route == half->route && next->direction == half->direction;
          gboolean alike = !same && next->route != half->route && (next->alike & half->alike) != 0;
          guint rank = same ? 0 : alike ? 1 : 2;

          if (next->twin != half->twin && rank == pass)
            g_ptr_array_add (ids, next->id);
        }
    }
  g_ptr_array_add (ids, NULL);
  return ids;
}

static GArray *
read_line (const RnJson *line, GError **error)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (RnPoint));
  gint64 x = 0, y = 0;

  for (guint i = 0; i + 1 < rn_json_length (line); i += 2)
    {
      RnJson dx = rn_json_element (line, i), dy = rn_json_element (line, i + 1);
      RnPoint point;

      x += rn_json_integer (&dx, -18000000, 18000000, error);
      y += rn_json_integer (&dy, -18000000, 18000000, error);
      point = (RnPoint){ (double) x / 100000.0, (double) y / 100000.0 };
      g_array_append_val (points, point);
    }
  return points;
}

static void
reverse (GArray *points)
{
  for (guint a = 0, z = points->len - 1; a < z; a++, z--)
    {
      RnPoint keep = g_array_index (points, RnPoint, a);

      g_array_index (points, RnPoint, a) = g_array_index (points, RnPoint, z);
      g_array_index (points, RnPoint, z) = keep;
    }
}

static void
add_half (Reader *self, Half *half, RnSectionRow *row, GArray *points, GError **error)
{
  const Node *from = &self->nodes[half->from], *to = &self->nodes[half->to];
  g_autoptr (GPtrArray) downstream = find_downstream (self, half);
  g_autofree char *zh = g_strdup_printf ("%s → %s", from->zh_short, to->zh_short);
  g_autofree char *en = g_strdup_printf ("%s → %s", from->en_short, to->en_short);
  g_autoptr (RnNames) names = pair (zh, en);
  const RnPoint *middle = &g_array_index (points, RnPoint, points->len / 2);

  row->id = half->id;
  row->road = self->refs[half->route];
  row->direction = half->direction;
  row->names = names;
  row->downstream = (const char *const *) downstream->pdata;
  row->points = (const RnPoint *) (void *) points->data;
  row->n_points = points->len;
  row->company = rn_sim_city_near (middle->lon, middle->lat)->office;
  rn_network_builder_add_section (self->builder, row, error);
}

static void
read_section (Reader *self, guint i, const RnJson *json, GError **error)
{
  Half *a = &self->halves[2 * i], *b = a + 1;
  RnSectionRow row = RN_SECTION_ROW_INIT;
  RnJson cell[7];
  g_autoptr (GArray) points = NULL;

  for (guint k = 0; k < 7; k++)
    cell[k] = rn_json_element (json, k + 5);
  row.from_m = (double) rn_json_integer (&cell[0], 0, 10000000, error);
  row.to_m = (double) rn_json_integer (&cell[1], 0, 10000000, error);
  row.length_m = (double) rn_json_integer (&cell[2], 1, 1000000, error);
  row.lanes = (int) rn_json_integer (&cell[3], 1, 12, error);
  row.free_speed_kmh = (double) rn_json_integer (&cell[4], 20, 140, error);
  for (guint k = 0; k < rn_json_length (&cell[5]); k++)
    {
      RnJson element = rn_json_element (&cell[5], k);
      Node *node = &self->nodes[rn_json_integer (&element, 0, self->n_nodes - 1, error)];

      if (node->kind == KIND_BRIDGE)
        row.bridge = node->zh;
      if (node->kind == KIND_TUNNEL)
        row.tunnel = node->zh;
      g_ptr_array_add (node->touching, g_strdup (a->id));
      g_ptr_array_add (node->touching, g_strdup (b->id));
    }
  points = read_line (&cell[6], error);
  if ((error != NULL && *error != NULL) || points->len < 2)
    return;
  add_half (self, a, &row, points, error);
  reverse (points);
  row.from_m = (double) rn_json_integer (&cell[1], 0, 10000000, NULL);
  row.to_m = (double) rn_json_integer (&cell[0], 0, 10000000, NULL);
  if (error == NULL || *error == NULL)
    add_half (self, b, &row, points, error);
}

/* Sizes that the tables do not hold. The famous area on the Suzhou corridor is the largest. */
static void
make_up_sizes (RnFacilityRow *row, const Node *node, guint index)
{
  const RnSimCity *city = rn_sim_city_near (node->lon, node->lat);
  double pull = city->weight;
  guint64 h = index;

  if (node->kind == KIND_TOLL)
    {
      row->lanes_entry =
          rn_sim_between (SEED, RN_SIM_STREAM_NETWORK, h, 1, 2, 4) + (int) (pull * 8);
      row->lanes_exit = row->lanes_entry + rn_sim_between (SEED, RN_SIM_STREAM_NETWORK, h, 2, 1, 3)
                        + (int) (pull * 4);
    }
  else if (node->kind == KIND_SERVICE)
    {
      row->parking_car =
          10 * rn_sim_between (SEED, RN_SIM_STREAM_NETWORK, h, 3, 18, 34) + 10 * (int) (pull * 40);
      row->parking_truck = 10 * rn_sim_between (SEED, RN_SIM_STREAM_NETWORK, h, 4, 6, 14);
      row->chargers = 4 * rn_sim_between (SEED, RN_SIM_STREAM_NETWORK, h, 5, 2, 6);
      if (g_str_has_prefix (node->zh, "阳澄湖"))
        {
          row->parking_car = 1150;
          row->parking_truck = 210;
          row->chargers = 48;
        }
    }
}

static void
add_point (Reader *self, const Node *node, RnFacilityType type, const char *id, const char *zh,
           const char *en, guint index)
{
  g_autoptr (RnNames) names = pair (zh, en);
  g_autoptr (GPtrArray) sections = g_ptr_array_new ();
  RnFacilityRow row = RN_FACILITY_ROW_INIT;

  for (guint i = 0; i < node->touching->len; i++)
    g_ptr_array_add (sections, g_ptr_array_index (node->touching, i));
  g_ptr_array_add (sections, NULL);
  row.id = id;
  row.type = type;
  row.names = names;
  row.road = self->refs[node->route];
  row.chainage_m = node->stake_m;
  row.at = (RnPoint){ node->lon, node->lat };
  row.sections = (const char *const *) sections->pdata;
  row.company = rn_sim_city_near (node->lon, node->lat)->office;
  if (type == kind_types[node->kind])
    make_up_sizes (&row, node, index);
  rn_network_builder_add_facility (self->builder, &row, NULL);
}

/* Stations stand on the great bridges, beside every second service area, and where sea fog lies on
 * the coast. */
static gboolean
has_station (const Node *node, guint *n_areas)
{
  static const char *const coast[] = { "滨海", "射阳", "大丰", NULL };

  if (node->kind == KIND_SERVICE)
    return (*n_areas)++ % 2 == 0;
  return node->kind == KIND_BRIDGE
         || (node->kind == KIND_TOLL && g_strv_contains (coast, node->zh_short));
}

/* Also checkpoints, at every fourth border. */
static void
add_facilities (Reader *self)
{
  guint n_areas = 0, n_borders = 0, n_stations = 0, n_checkpoints = 0;

  for (guint i = 0; i < self->n_nodes; i++)
    {
      const Node *node = &self->nodes[i];

      add_point (self, node, kind_types[node->kind], node->id, node->zh, node->en, i);
      if (has_station (node, &n_areas))
        {
          g_autofree char *id = g_strdup_printf ("WS-%02u", ++n_stations);
          g_autofree char *zh = g_strconcat (node->zh_short, "气象站", NULL);
          g_autofree char *en = g_strconcat (node->en_short, " weather station", NULL);

          add_point (self, node, RN_FACILITY_WEATHER_STATION, id, zh, en, i);
        }
      if (node->kind == KIND_BORDER && n_borders++ % 4 == 1)
        {
          g_autofree char *id = g_strdup_printf ("CP-%02u", ++n_checkpoints);
          g_autofree char *zh = g_strconcat (node->zh, "检查站", NULL);
          g_autofree char *en = g_strconcat (node->en, " checkpoint", NULL);

          add_point (self, node, RN_FACILITY_CHECKPOINT, id, zh, en, i);
        }
    }
}

/* Made-up people; the numbers are not in use (area code 000). */
static void
add_contacts (Reader *self)
{
  static const RnContact contacts[] = {
    { "operator", "周敏", "路网调度指挥中心 值班长", "000-8001 0001", NULL },
    { "operator", "陆晓东", "无锡处 江阴大桥管理站", "000-8001 0027", "G2" },
    { "operator", "沈海燕", "南通处 苏通大桥管理站", "000-8001 0031", "G15" },
    { "police", "王建国", "高速公路支队 指挥室", "000-8002 0001", NULL },
    { "police", "钱卫", "高速公路二大队", "000-8002 0102", "G2 G42" },
    { "enforcement", "李卫东", "交通执法支队 无锡大队", "000-8003 0011", "G2 G42 S19" },
    { "rescue", "清障 07", "江阴清障基地", "000-8004 0007", "G2" },
    { "fire", "消防指挥", "沿江消防救援站", "000-8005 0001", "G2 G15 G40" },
    { "medical", "急救指挥", "沿江急救分站", "000-8006 0001", "G2 G15" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (contacts); i++)
    rn_network_builder_add_contact (self->builder, &contacts[i]);
}

static void
clear (Reader *self)
{
  for (guint i = 0; self->nodes != NULL && i < self->n_nodes; i++)
    {
      if (self->nodes[i].starts == NULL)
        break;
      g_ptr_array_unref (self->nodes[i].starts);
      g_ptr_array_unref (self->nodes[i].ends);
      g_ptr_array_unref (self->nodes[i].touching);
    }
  for (guint i = 0; self->halves != NULL && i < 2 * self->n_sections; i++)
    g_free (self->halves[i].id);
  g_free (self->halves);
  g_free (self->nodes);
  g_free (self->refs);
  g_clear_pointer (&self->builder, rn_network_builder_free);
}

static RnNetwork *
read_all (Reader *self, GError **error)
{
  RnJson version = rn_json_member (&self->root, "version"),
         sections = rn_json_member (&self->root, "sections");
  GError *failure = NULL;

  self->builder = rn_network_builder_new (SOURCE, rn_json_opt_string (&version, &failure));
  read_routes (self, &failure);
  if (failure == NULL)
    read_nodes (self, &failure);
  if (failure == NULL)
    read_ends (self, &failure);
  for (guint i = 0; failure == NULL && i < self->n_sections; i++)
    {
      RnJson row = rn_json_element (&sections, i);

      read_section (self, i, &row, &failure);
    }
  if (failure != NULL)
    {
      g_propagate_prefixed_error (error, failure, "jiangsu.json: ");
      return NULL;
    }
  add_facilities (self);
  add_contacts (self);
  return rn_network_builder_end (self->builder);
}

RnNetwork *
rn_sim_network_new_demo (GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  JsonNode *root;
  RnNetwork *network;
  Reader reader = { 0 };

  bytes = g_resource_lookup_data (rn_sim_get_resource (), "/com/example/RoadNet/demo/jiangsu.json",
                                  G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL)
    return NULL;
  root = rn_json_parse (bytes, error);
  if (root == NULL)
    return NULL;
  reader.root = rn_json_root (root);
  network = read_all (&reader, error);
  clear (&reader);
  json_node_unref (root);
  return network;
}

RnNetwork *
rn_sim_network_new_from_file (const char *path, guint *n_refused, GError **error)
{
  g_autoptr (RnRefusals) refusals = rn_refusals_new ();
  g_autoptr (RnJsonSplit) document = NULL;
  g_autoptr (GBytes) bytes = rn_file_read (path, MAX_FILE_BYTES, error);
  RnNetwork *network = NULL;

  if (bytes != NULL)
    document = rn_json_split_new (bytes, "features", error);
  if (document != NULL)
    network = rn_network_from_geojson (document, SOURCE, RN_CRS_WGS84, refusals, error);
  if (network == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  *n_refused = rn_refusals_total (refusals);
  return network;
}
