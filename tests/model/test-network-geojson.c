/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /v1/network: all that it may hold, every way in which a row may be bad, and noise. */
#include "model/rn-network-geojson.h"

#include <math.h>
#include <string.h>

#define HEAD "{\"type\":\"FeatureCollection\",\"version\":\"v1\",\"roads\":[{\"ref\":\"G42\"}],"
#define SECTION(id, properties, line)                                                             \
  "{\"type\":\"Feature\",\"id\":" id ",\"properties\":{\"kind\":\"section\"," properties "},"      \
  "\"geometry\":{\"type\":\"LineString\",\"coordinates\":" line "}}"
#define BASE "\"road\":\"G42\",\"direction\":\"asc\",\"from_m\":100,\"to_m\":900"
#define LINE "[[119,32],[119.01,32]]"
#define GOOD SECTION ("\"good\"", BASE, LINE)

static RnNetwork *
read_text (const char *text, RnRefusals *refusals, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JsonNode) node = rn_json_parse (bytes, error);

  return node != NULL ? rn_network_from_geojson (node, "demo", RN_CRS_WGS84, refusals, error) : NULL;
}

static void
test_full (void)
{
  static const char text[] = "{\"type\":\"FeatureCollection\",\"version\":\"2026-10\","
    "\"drive_on\":\"left\",\"geometry\":\"centreline\",\"new_member\":[1],"
    "\"roads\":[{\"ref\":\"G42\",\"name\":{\"zh-CN\":\"沪蓉高速\",\"en\":\"Hurong\"},"
    "\"shield\":\"national\",\"directions\":{\"asc\":\"成都方向\",\"desc\":{\"en\":\"to Shanghai\"}}}],"
    "\"contacts\":[{\"party\":\"police\",\"name\":\"N\",\"duty\":\"D\",\"phone\":\"1\","
    "\"roads\":[\"G42\",\"S39\"]},{\"name\":\"M\",\"roads\":\"G2\"}],"
    "\"features\":["
    SECTION ("\"a\"", "\"road\":\"G42\",\"direction\":\"asc\",\"from_m\":100,\"to_m\":900.5,"
             "\"name\":\"A\",\"lanes\":4,\"free_speed_kmh\":110,\"capacity_vph\":8000,"
             "\"downstream\":[\"b\",7],\"length_m\":812,\"class\":\"ramp\",\"bridge\":\"B\","
             "\"tunnel\":\"T\",\"company\":\"C\","
             "\"thresholds\":{\"jam\":{\"III\":{\"enter\":0.5}}}",
             "[[119,32,5],[119.01,32]]") ","
    SECTION ("\"b\"", "\"road\":\"S39\",\"direction\":\"desc\",\"from_m\":900,\"to_m\":100,"
             "\"lanes\":null,\"name\":null", LINE) ","
    SECTION ("7", BASE, LINE) ","
    "{\"type\":\"Feature\",\"id\":\"p\",\"properties\":{\"kind\":\"facility\","
    "\"type\":\"toll_plaza\",\"name\":\"P\",\"road\":\"G42\",\"chainage_m\":500,"
    "\"sections\":[\"a\",\"zz\"],\"company\":\"C\",\"lanes_entry\":4,\"lanes_exit\":6},"
    "\"geometry\":{\"type\":\"Point\",\"coordinates\":[119,32]}},"
    "{\"type\":\"Feature\",\"id\":\"s\",\"properties\":{\"kind\":\"facility\","
    "\"type\":\"service_area\","
    "\"parking_car\":120,\"parking_truck\":30,\"chargers\":8},"
    "\"geometry\":{\"type\":\"Point\",\"coordinates\":[119.5,32.5]}}]}";
  g_autoptr (RnRefusals) refusals = rn_refusals_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RnNetwork) n = read_text (text, refusals, &error);
  const RnRoad *road;
  const RnFacility *f;

  g_assert_no_error (error);
  g_assert_cmpuint (rn_refusals_total (refusals), ==, 0);
  g_assert_cmpstr (n->version, ==, "2026-10");
  g_assert_cmpuint (n->n_sections, ==, 3);
  g_assert_cmpint (n->side[0], ==, RN_SIDE_LEFT);
  g_assert_cmpfloat (n->to_m[0], ==, 900.5);
  g_assert_cmpint (n->lanes[0], ==, 4);
  g_assert_cmpfloat (n->free_speed_kmh[0], ==, 110);
  g_assert_cmpfloat (n->capacity_vph[0], ==, 8000);
  g_assert_cmpfloat (n->length_m[0], ==, 812);
  g_assert_cmpint (n->section_class[0], ==, RN_CLASS_RAMP);
  g_assert_cmpstr (n->bridge[0], ==, "B");
  g_assert_cmpstr (n->tunnel[0], ==, "T");
  g_assert_cmpstr (n->company[0], ==, "C");
  g_assert_cmpstr (n->thresholds[0], ==, "{\"jam\":{\"III\":{\"enter\":0.5}}}");
  g_assert_cmpuint (n->down_first[1], ==, 2);
  g_assert_cmpint (n->lanes[1], ==, 0);
  g_assert_null (n->names[1]);
  g_assert_null (n->thresholds[1]);
  g_assert_true (isnan (n->capacity_vph[1]));
  g_assert_cmpstr (n->id[2], ==, "7");
  g_assert_cmpuint (n->n_roads, ==, 2); /* S39 was not in the list */
  road = &n->roads[0];
  g_assert_cmpint (road->shield, ==, RN_SHIELD_NATIONAL);
  g_assert_cmpstr (rn_names_get (road->names, "zh-CN"), ==, "沪蓉高速");
  g_assert_cmpstr (rn_names_get (road->direction_names[0], "en"), ==, "成都方向");
  g_assert_cmpstr (rn_names_get (road->direction_names[1], "zh-CN"), ==, "to Shanghai");
  g_assert_cmpuint (n->n_facilities, ==, 2);
  f = &n->facilities[0];
  g_assert_cmpint (f->type, ==, RN_FACILITY_TOLL_PLAZA);
  g_assert_cmpstr (f->key, ==, "demo/p");
  g_assert_cmpuint (f->n_sections, ==, 1);
  g_assert_cmpint (f->lanes_exit, ==, 6);
  g_assert_cmpint (f->parking_car, ==, -1);
  g_assert_cmpfloat (f->chainage_m, ==, 500);
  f = &n->facilities[1];
  g_assert_cmpuint (f->road, ==, RN_NONE);
  g_assert_cmpint (f->parking_car, ==, 120);
  g_assert_cmpint (f->chargers, ==, 8);
  g_assert_true (isnan (f->chainage_m));
  g_assert_cmpuint (n->n_contacts, ==, 2);
  g_assert_cmpstr (n->contacts[0].roads, ==, "G42 S39");
  g_assert_cmpstr (n->contacts[1].roads, ==, "G2");
  g_assert_null (n->contacts[1].phone);
}

static void
test_side (void)
{
  static const struct {
    const char *members;
    RnSide side;
  } cases[] = { { "", RN_SIDE_RIGHT },
                { "\"drive_on\":\"right\",", RN_SIDE_RIGHT },
                { "\"drive_on\":\"left\",", RN_SIDE_LEFT },
                { "\"geometry\":\"carriageway\",\"drive_on\":\"left\",", RN_SIDE_NONE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RnRefusals) refusals = rn_refusals_new ();
      g_autofree char *text = g_strconcat (HEAD, cases[i].members, "\"features\":[" GOOD "]}", NULL);
      g_autoptr (RnNetwork) n = read_text (text, refusals, NULL);

      g_assert_cmpint (n->side[0], ==, cases[i].side);
    }
}

/* One bad row beside a good one: refused alone, named with place and reason. */
static void
test_bad_rows (void)
{
  static const struct {
    const char *row, *path, *reason;
  } cases[] = {
    { "5", "features[1]", "is not an object" },
    { "null", "features[1]", "is not an object" },
    { "{}", "features[1].properties.kind", "is missing" },
    { "{\"properties\":{\"kind\":\"river\"}}", "features[1].properties.kind",
      "unknown word: river" },
    { SECTION ("\"\"", BASE, LINE), "features[1].id", "is empty" },
    { SECTION ("{}", BASE, LINE), "features[1].id", "is neither a string nor a number" },
    { SECTION ("\"good\"", BASE, LINE), "features[1].id", "double id: good" },
    { SECTION ("\"x\"", "\"direction\":\"asc\",\"from_m\":1,\"to_m\":2", LINE),
      "features[1].properties.road", "is missing" },
    { SECTION ("\"x\"", "\"road\":\"G42\",\"direction\":\"up\",\"from_m\":1,\"to_m\":2", LINE),
      "features[1].properties.direction", "unknown word: up" },
    { SECTION ("\"x\"", "\"road\":\"G42\",\"direction\":\"asc\",\"from_m\":\"K\",\"to_m\":2", LINE),
      "features[1].properties.from_m", "is not a number" },
    { SECTION ("\"x\"", "\"road\":\"G42\",\"direction\":\"asc\",\"from_m\":null,\"to_m\":2", LINE),
      "features[1].properties.from_m", "is missing" },
    { SECTION ("\"x\"", "\"road\":\"G42\",\"direction\":\"asc\",\"from_m\":1e9,\"to_m\":2", LINE),
      "features[1].properties.from_m", "out of range -10000000…10000000: 1000000000" },
    { SECTION ("\"x\"", "\"road\":\"G42\",\"direction\":\"asc\",\"from_m\":3,\"to_m\":2", LINE),
      "features[1].properties.to_m", "is less than from_m, but the direction is asc" },
    { SECTION ("\"x\"", "\"road\":\"G42\",\"direction\":\"desc\",\"from_m\":2,\"to_m\":3", LINE),
      "features[1].properties.to_m", "is more than from_m, but the direction is desc" },
    { SECTION ("\"x\"", BASE ",\"lanes\":0", LINE), "features[1].properties.lanes",
      "out of range 1…20: 0" },
    { SECTION ("\"x\"", BASE ",\"lanes\":2.5", LINE), "features[1].properties.lanes",
      "is not a whole number" },
    { SECTION ("\"x\"", BASE ",\"free_speed_kmh\":201", LINE),
      "features[1].properties.free_speed_kmh", "out of range 1…200: 201" },
    { SECTION ("\"x\"", BASE ",\"capacity_vph\":60000", LINE),
      "features[1].properties.capacity_vph", "out of range 1…50000: 60000" },
    { SECTION ("\"x\"", BASE ",\"length_m\":0", LINE), "features[1].properties.length_m",
      "out of range 1…1000000: 0" },
    { SECTION ("\"x\"", BASE ",\"class\":\"path\"", LINE), "features[1].properties.class",
      "unknown word: path" },
    { SECTION ("\"x\"", BASE ",\"name\":5", LINE), "features[1].properties.name",
      "is neither a name nor names by language" },
    { SECTION ("\"x\"", BASE ",\"downstream\":\"a\"", LINE), "features[1].properties.downstream",
      "is not an array" },
    { SECTION ("\"x\"", BASE ",\"downstream\":[\"a\",null]", LINE),
      "features[1].properties.downstream[1]", "is missing" },
    { SECTION ("\"x\"", BASE ",\"thresholds\":[]", LINE), "features[1].properties.thresholds",
      "is not an object" },
    { SECTION ("\"x\"", BASE, "[[119,32]]"), "features[1]",
      "the line has fewer than two different points" },
    { SECTION ("\"x\"", BASE, "[[119,32],[119,32]]"), "features[1]",
      "the line has fewer than two different points" },
    { SECTION ("\"x\"", BASE, "[]"), "features[1]",
      "the line has fewer than two different points" },
    { SECTION ("\"x\"", BASE, "7"), "features[1].geometry.coordinates", "is not an array" },
    { SECTION ("\"x\"", BASE, "[[119,32],7]"), "features[1].geometry.coordinates[1]",
      "is not a position" },
    { SECTION ("\"x\"", BASE, "[[119,32],[119]]"), "features[1].geometry.coordinates[1][1]",
      "is missing" },
    { SECTION ("\"x\"", BASE, "[[32,119],[32,119.1]]"), "features[1].geometry.coordinates[0][1]",
      "out of range -90…90: 119" },
    { "{\"id\":\"x\",\"properties\":{\"kind\":\"section\"," BASE "},\"geometry\":null}",
      "features[1].geometry", "is missing" },
    { "{\"id\":\"x\",\"properties\":{\"kind\":\"section\"," BASE "},\"geometry\":"
      "{\"type\":\"Point\",\"coordinates\":[119,32]}}",
      "features[1].geometry.type", "unknown word: Point" },
    { "{\"id\":\"x\",\"properties\":{\"kind\":\"facility\",\"type\":\"moon\"},\"geometry\":"
      "{\"type\":\"Point\",\"coordinates\":[119,32]}}",
      "features[1].properties.type", "unknown word: moon" },
    { "{\"id\":\"x\",\"properties\":{\"kind\":\"facility\",\"type\":\"camera\",\"chargers\":-1},"
      "\"geometry\":{\"type\":\"Point\",\"coordinates\":[119,32]}}",
      "features[1].properties.chargers", "out of range 0…1000000: -1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RnRefusals) refusals = rn_refusals_new ();
      g_autofree char *text
          = g_strconcat (HEAD, "\"features\":[" GOOD ",", cases[i].row, "]}", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RnNetwork) n = read_text (text, refusals, &error);

      g_test_message ("%s", cases[i].row);
      g_assert_no_error (error);
      g_assert_cmpuint (n->n_sections, ==, 1);
      g_assert_cmpuint (n->n_facilities, ==, 0);
      g_assert_cmpuint (rn_refusals_total (refusals), ==, 1);
      g_assert_cmpstr (rn_refusals_nth (refusals, 0)->path, ==, cases[i].path);
      g_assert_cmpstr (rn_refusals_nth (refusals, 0)->reason, ==, cases[i].reason);
    }
}

static void
test_bad_roads_and_contacts (void)
{
  g_autoptr (RnRefusals) refusals = rn_refusals_new ();
  g_autoptr (RnNetwork) n
      = read_text ("{\"type\":\"FeatureCollection\",\"version\":\"1\",\"roads\":[{},"
                   "{\"ref\":\"G1\",\"shield\":\"gold\"},{\"ref\":\"G42\"},7],\"contacts\":[5,{\"name\":[]}],"
                   "\"features\":[" GOOD "]}", refusals, NULL);

  g_assert_cmpuint (n->n_roads, ==, 1);
  g_assert_cmpuint (n->n_contacts, ==, 0);
  g_assert_cmpuint (rn_refusals_total (refusals), ==, 5);
  g_assert_cmpstr (rn_refusals_nth (refusals, 0)->path, ==, "roads[0].ref");
  g_assert_cmpstr (rn_refusals_nth (refusals, 1)->path, ==, "roads[1].shield");
}

static void
test_bad_documents (void)
{
  static const struct {
    const char *text, *message;
  } cases[] = {
    { "[]", "$: is not an object" },
    { "null", "$: is not an object" },
    { "{}", "type: is missing" },
    { "{\"type\":\"Feature\"}", "type: unknown word: Feature" },
    { "{\"type\":\"FeatureCollection\"}", "version: is missing" },
    { "{\"type\":\"FeatureCollection\",\"version\":5}", "version: is not a string" },
    { "{\"type\":\"FeatureCollection\",\"version\":\"1\"}", "roads: is missing" },
    { "{\"type\":\"FeatureCollection\",\"version\":\"1\",\"roads\":{}}", "roads: is not an array" },
    { "{\"type\":\"FeatureCollection\",\"version\":\"1\",\"roads\":[]}", "features: is missing" },
    { HEAD "\"features\":[],\"drive_on\":\"middle\"}", "drive_on: unknown word: middle" },
    { HEAD "\"features\":[],\"contacts\":1}", "contacts: is not an array" },
    { HEAD "\"features\":[{},{}]}", "features: none of 2 is a usable section" },
    { HEAD "\"features\":[{}]}", "features: the only one is no usable section" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RnRefusals) refusals = rn_refusals_new ();
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (cases[i].text, refusals, &error));
      g_assert_nonnull (error);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

/* Any member of a good document replaced by any other value: it is read or refused, never more. */
static void
test_random (void)
{
  static const char *const values[]
      = { "null", "0", "-1", "1e300", "\"\"", "\"x\"", "[]", "{}", "true", "[[]]", "[null]",
          "99999999999999999999" };
  static const char *const members[]
      = { "\"good\"", "\"section\"", "\"G42\"", "\"asc\"", "100", "900", "[[119,32],[119.01,32]]",
          "119", "32", "\"LineString\"", "\"v1\"", "\"FeatureCollection\"", "119.01" };

  for (guint i = 0; i < 4000; i++)
    {
      g_autofree char *text = g_strdup (HEAD "\"features\":[" GOOD "," GOOD "]}");
      guint hits = g_test_rand_int_range (1, 4);
      g_autoptr (RnRefusals) refusals = rn_refusals_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (RnNetwork) n = NULL;

      for (guint k = 0; k < hits; k++)
        {
          const char *member = members[g_test_rand_int_range (0, G_N_ELEMENTS (members))];
          const char *value = values[g_test_rand_int_range (0, G_N_ELEMENTS (values))];
          g_auto (GStrv) parts = g_strsplit (text, member, -1);
          GString *joined = g_string_new (parts[0]);
          guint which = g_test_rand_int_range (0, 3);

          for (guint p = 1; parts[p] != NULL; p++)
            {
              g_string_append (joined, p - 1 == which ? value : member);
              g_string_append (joined, parts[p]);
            }
          g_free (text);
          text = g_string_free (joined, FALSE);
        }
      n = read_text (text, refusals, &error);
      g_assert_true ((n == NULL) == (error != NULL));
      g_assert_true (n == NULL || n->n_sections > 0);
    }
}

/* The compiled demo network's sections in GeoJSON have another form: all their features end in
 * `refused`, none nowhere. */
static void
test_foreign (void)
{
  const char *shared = g_getenv ("RN_TEST_SHARED");
  g_autofree char *path = g_build_filename (shared != NULL ? shared : "", "geo", "jiangsu",
                                            "nodes.geojson", NULL);
  g_autofree char *text = NULL;
  g_autoptr (RnRefusals) refusals = rn_refusals_new ();
  g_autoptr (GError) error = NULL;

  if (shared == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    {
      g_test_skip ("RN_TEST_SHARED has no geo/jiangsu/nodes.geojson");
      return;
    }
  g_assert_null (read_text (text, refusals, &error));
  g_assert_cmpstr (error->message, ==, "version: is missing");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network-geojson/full", test_full);
  g_test_add_func ("/network-geojson/side", test_side);
  g_test_add_func ("/network-geojson/bad-rows", test_bad_rows);
  g_test_add_func ("/network-geojson/bad-roads-and-contacts", test_bad_roads_and_contacts);
  g_test_add_func ("/network-geojson/bad-documents", test_bad_documents);
  g_test_add_func ("/network-geojson/random", test_random);
  g_test_add_func ("/network-geojson/foreign", test_foreign);
  return g_test_run ();
}
