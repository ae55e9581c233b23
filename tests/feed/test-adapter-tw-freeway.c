/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taiwan's freeways: an invented document of each form, damaged ones, and the recorded answers
 * where they are at hand. */
#include <math.h>

#include "adapter-help.h"
#include "feed/rn-adapter-tw-freeway-parts.h"

static const RnAdapter *adapter;

static RnDocument *
decode_network (GBytes *shapes, GBytes *sections, GError **error)
{
  GBytes *documents[RN_TW_N_SLOTS] = { [RN_TW_SHAPES] = shapes, [RN_TW_SECTIONS] = sections };
  RnDecodeContext context = { .source = "tw" };

  return adapter->decode (RN_FEED_NETWORK, documents, &context, error);
}

static RnDocument *
decode_flow (GBytes *live, const RnNetwork *network, GError **error)
{
  RnDecodeContext context = { .source = "tw", .network = network };

  return decode_slot (adapter, RN_TW_LIVE, live, &context, error);
}

static RnDocument *
fixture_network (void)
{
  g_autoptr (GBytes) shapes = load_fixture ("tw-freeway/shapes.xml");
  g_autoptr (GBytes) sections = load_fixture ("tw-freeway/sections.xml");
  g_autoptr (GError) error = NULL;
  RnDocument *document = decode_network (shapes, sections, &error);

  g_assert_no_error (error);
  return document;
}

static const RnRoad *
road_of (const RnNetwork *network, const char *id)
{
  guint32 i = rn_network_find_section (network, NULL, id);

  g_assert_cmpuint (i, !=, RN_NONE);
  return &network->roads[network->road[i]];
}

static float
free_speed (const RnNetwork *network, const char *id)
{
  return network->free_speed_kmh[rn_network_find_section (network, NULL, id)];
}

/* A list whose limits are another quantity: none of them is believed, not even a possible one. */
static void
test_wrong_limits (void)
{
  g_autoptr (GBytes) shapes = load_fixture ("tw-freeway/shapes.xml");
  g_autoptr (GBytes) sections = load_fixture ("tw-freeway/sections.xml");
  g_autofree char *text =
      g_strndup (g_bytes_get_data (sections, NULL), g_bytes_get_size (sections));
  g_auto (GStrv) parts = g_strsplit (text, ">110<", -1);
  g_autofree char *joined = g_strjoinv (">43<", parts);
  g_autoptr (GBytes) changed = bytes_of (joined);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDocument) document = decode_network (shapes, changed, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (document->network->n_sections, ==, 6);
  g_assert_cmpfloat (free_speed (document->network, "9001"), ==, 100);
  g_assert_true (isnan (free_speed (document->network, "9301"))); /* 70 for a road of no class */
}

static void
test_network (void)
{
  g_autoptr (RnDocument) document = fixture_network ();
  const RnNetwork *network = document->network;
  guint32 a, d, x;

  g_assert_cmpuint (network->n_sections, ==, 6);
  g_assert_cmpuint (rn_refusals_total (document->refusals), ==, 3);
  g_assert_cmpuint (document->n_rows, ==, 9);
  g_assert_cmpint (document->observed_at_us, ==, G_GINT64_CONSTANT (1793342575) * 1000000);

  a = rn_network_find_section (network, "tw", "9001");
  d = rn_network_find_section (network, "tw", "9002");
  g_assert_cmpuint (network->direction[a], ==, RN_DIRECTION_ASC);
  g_assert_cmpuint (network->direction[d], ==, RN_DIRECTION_DESC);
  g_assert_cmpuint (network->side[a], ==, RN_SIDE_NONE);
  g_assert_cmpfloat (network->from_m[a], ==, 0);
  g_assert_cmpfloat (network->to_m[a], ==, 2200);
  g_assert_cmpfloat (network->from_m[d], ==, 2200);
  g_assert_cmpfloat (network->free_speed_kmh[a], ==, 110);
  g_assert_cmpuint (network->first[a + 1] - network->first[a], ==, 3);
  g_assert_cmpstr (rn_names_get (network->names[a], "zh-TW"), ==, "甲端→乙交流道");

  /* A limit of 274 km/h is none, nor is an empty one: then the general one of the class holds. */
  g_assert_cmpfloat (free_speed (network, "9003"), ==, 100);
  g_assert_cmpfloat (free_speed (network, "9201"), ==, 80);
  g_assert_cmpfloat (free_speed (network, "9301"), ==, 70);
  /* No chainage keeps the section. */
  x = rn_network_find_section (network, NULL, "9301");
  g_assert_true (isnan (network->from_m[x]) && isnan (network->to_m[x]));
  g_assert_cmpuint (network->direction[x], ==, RN_DIRECTION_DESC);
}

static void
test_roads (void)
{
  g_autoptr (RnDocument) document = fixture_network ();
  const RnRoad *road = road_of (document->network, "9001");

  g_assert_cmpstr (road->ref, ==, "國9");
  g_assert_cmpstr (rn_names_get (road->names, "en"), ==, "National Freeway 9");
  g_assert_cmpstr (rn_names_get (road->names, "zh-CN"), ==, "國道9號");
  g_assert_cmpstr (rn_names_get (road->direction_names[RN_DIRECTION_ASC], "en"), ==, "Southbound");
  g_assert_cmpstr (rn_names_get (road->direction_names[RN_DIRECTION_DESC], "zh-TW"), ==, "北上");
  g_assert_cmpstr (road_of (document->network, "9101")->ref, ==, "國9高架");
  road = road_of (document->network, "9201");
  g_assert_cmpstr (road->ref, ==, "台99甲");
  g_assert_cmpstr (rn_names_get (road->names, "en"), ==, "Expressway 99A");
  g_assert_cmpstr (rn_names_get (road->direction_names[RN_DIRECTION_ASC], "zh-CN"), ==, "东向");
  g_assert_cmpstr (road_of (document->network, "9301")->ref, ==, "某連絡道");
}

static guint
row_of (const RnDocument *flow, const RnNetwork *network, const char *id)
{
  guint32 section = rn_network_find_section (network, NULL, id);

  for (guint i = 0; i < flow->flow->n; i++)
    if (flow->flow->section[i] == section)
      return i;
  g_assert_not_reached ();
}

static void
test_live (void)
{
  g_autoptr (RnDocument) network = fixture_network ();
  g_autoptr (GBytes) live = load_fixture ("tw-freeway/live.xml");
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDocument) document = decode_flow (live, network->network, &error);
  const RnFlowUpdate *flow;
  guint row;

  g_assert_no_error (error);
  flow = document->flow;
  g_assert_cmpuint (document->n_rows, ==, 10);
  g_assert_cmpuint (flow->n_rows, ==, 9);
  g_assert_cmpuint (flow->n, ==, 9);
  g_assert_cmpuint (flow->n_no_data, ==, 5); /* 250, -1, -2, 201 and one without the attribute */
  g_assert_cmpuint (document->unjoined->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (document->unjoined, 0), ==, "7777");
  g_assert_cmpuint (rn_refusals_total (document->refusals), ==, 1);
  g_assert_cmpstr (rn_refusals_nth (document->refusals, 0)->path, ==,
                   "file_attribute/section_traffic_data/traffic_data[8]/@locationId");
  g_assert_true (flow->full);
  g_assert_null (flow->network_version);
  g_assert_cmpint (document->observed_at_us, ==, G_GINT64_CONSTANT (1790820000) * 1000000);

  row = row_of (document, network->network, "9001");
  g_assert_cmpfloat (flow->speed_kmh[row], ==, 72);
  g_assert_cmpfloat (flow->flow_vph[row], ==, 110 * 12);
  g_assert_cmpfloat (flow->occupancy_pct[row], ==, 10);
  g_assert_cmpfloat_with_epsilon (flow->trucks_pct[row], 100.0 * 10 / 110, 1e-4);
  row = row_of (document, network->network, "9002"); /* 250: no data, whatever else it says */
  g_assert_true (isnan (flow->speed_kmh[row]) && isnan (flow->flow_vph[row]));
  g_assert_true (isnan (flow->occupancy_pct[row]) && isnan (flow->trucks_pct[row]));
  row = row_of (document, network->network, "9101"); /* 200 is a speed, no count is unknown */
  g_assert_cmpfloat (flow->speed_kmh[row], ==, 200);
  g_assert_true (isnan (flow->flow_vph[row]));
  row = row_of (document, network->network, "9201");
  g_assert_cmpfloat (flow->speed_kmh[row], ==, 1);
  g_assert_true (isnan (flow->occupancy_pct[row]) && isnan (flow->trucks_pct[row]));
  row = row_of (document, network->network, "9301");
  g_assert_true (isnan (flow->speed_kmh[row]));
  g_assert_cmpfloat (flow->flow_vph[row], ==, 60);
}

static void
test_live_standard (void)
{
  g_autoptr (RnDocument) network = fixture_network ();
  g_autoptr (GBytes) live = load_fixture ("tw-freeway/live-standard.xml");
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDocument) document = decode_flow (live, network->network, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (document->flow->n_rows, ==, 8);
  g_assert_cmpuint (document->flow->n_no_data, ==, 4);
  g_assert_cmpuint (document->unjoined->len, ==, 2);
  g_assert_cmpint (document->observed_at_us, ==, G_GINT64_CONSTANT (1790820000) * 1000000);
}

/* Without a network all rows are listed; nothing is lost. */
static void
test_live_alone (void)
{
  g_autoptr (GBytes) live = load_fixture ("tw-freeway/live.xml");
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDocument) document = decode_flow (live, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (document->flow->n_rows, ==, 9);
  g_assert_cmpuint (document->unjoined->len, ==, 9);
}

static void
test_interval (void)
{
  static const char text[] =
      "<file_attribute time='2026-10-01 10:00:00' interval='60'><section_traffic_data>"
      "<traffic_data locationId='a' section_average_speed='50.5' section_total_car_volume='20'/>"
      "</section_traffic_data><section_traffic_data><traffic_data locationId='b'/>"
      "</section_traffic_data></file_attribute>";
  g_autoptr (GBytes) live = bytes_of (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDocument) document = decode_flow (live, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (document->flow->n_rows, ==, 2);
  g_assert_cmpfloat (document->flow->flow_vph[0], ==, 1200);
  g_assert_cmpfloat (document->flow->speed_kmh[0], ==, 50.5);
}

static void
test_times (void)
{
  const gint64 noon = G_GINT64_CONSTANT (1790827200) * 1000000; /* 2026-10-01T12:00:00+08:00 */
  static const char *const good[] = {
    "2026-10-01 12:00:00",       "2026/10/01 12:00:00",           " 2026-10-01T12:00:00 ",
    "2026-10-01T12:00:00+08:00", "2026-10-01 12:00:00.000+08:00", "2026-10-01T04:00:00Z",
    "2026-10-01 12:00",
  };
  static const char *const bad[] = {
    "",           "noon",
    "2026-10-01", "2026-13-01 12:00:00",
    "2026-10-01 12:0x", "0000-00-00 00:00:00",
    "2026-10-01 12:00:99",
  };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_cmpint (rn_tw_parse_time (good[i], NULL), ==, noon);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (rn_tw_parse_time (bad[i], NULL), ==, 0);
  g_assert_cmpint (rn_tw_parse_time (NULL, NULL), ==, 0);
  g_assert_cmpint (rn_tw_parse_time (good[0], utc), ==,
                   noon + G_GINT64_CONSTANT (8) * 3600 * 1000000);
}

static void
test_damaged (void)
{
  static const struct {
    const char *text;
    int code;
    const char *words;
  } cases[] = {
    { "", RN_FEED_ERROR_EMPTY, "live" },
    { "\n", RN_FEED_ERROR_EMPTY, "1 byte)" },
    { "  \r\n ", RN_FEED_ERROR_EMPTY, "live" },
    { "<html><body>503</body></html>", RN_FEED_ERROR_DOCUMENT, "<html>" },
    { "<file_attribute time='x'><other/></file_attribute>", RN_FEED_ERROR_DOCUMENT,
      "file_attribute" },
    { "<file_attribute><section_traffic_data><traffic_data loc", RN_FEED_ERROR_SYNTAX, "live" },
    { "<SectionList/>", RN_FEED_ERROR_DOCUMENT, "SectionList" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = bytes_of (cases[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_null (decode_flow (bytes, NULL, &error));
      g_assert_error (error, RN_FEED_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

/* An answer that is well-formed and holds nothing is no fault of the format. */
static void
test_empty_live (void)
{
  g_autoptr (GBytes) bytes =
      bytes_of ("<file_attribute time='nonsense'><section_traffic_data/></file_attribute>");
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDocument) document = decode_flow (bytes, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (document->flow->n_rows, ==, 0);
  g_assert_cmpint (document->observed_at_us, ==, 0);
  g_assert_cmpstr (rn_refusals_nth (document->refusals, 0)->path, ==, "file_attribute/@time");
}

static void
test_damaged_network (void)
{
  g_autoptr (GBytes) shapes = load_fixture ("tw-freeway/shapes.xml");
  g_autoptr (GBytes) sections = load_fixture ("tw-freeway/sections.xml");
  g_autoptr (GBytes) none = bytes_of ("<SectionList><Sections/></SectionList>");
  g_autoptr (GBytes) page = bytes_of ("<html/>");
  g_autoptr (GBytes) byte = bytes_of ("\n");
  g_autoptr (GError) error = NULL;

  g_assert_null (decode_network (shapes, NULL, &error));
  g_assert_error (error, RN_FEED_ERROR, RN_FEED_ERROR_DOCUMENT);
  g_assert_nonnull (strstr (error->message, "sections"));
  g_clear_error (&error);
  g_assert_null (decode_network (sections, shapes, &error)); /* the wrong way round */
  g_assert_error (error, RN_FEED_ERROR, RN_FEED_ERROR_DOCUMENT);
  g_clear_error (&error);
  g_assert_null (decode_network (page, sections, &error));
  g_assert_error (error, RN_FEED_ERROR, RN_FEED_ERROR_DOCUMENT);
  g_clear_error (&error);
  g_assert_null (decode_network (byte, sections, &error));
  g_assert_error (error, RN_FEED_ERROR, RN_FEED_ERROR_EMPTY);
  g_clear_error (&error);
  g_assert_null (decode_network (shapes, none, &error));
  g_assert_error (error, RN_FEED_ERROR, RN_FEED_ERROR_DOCUMENT);
}

/* The slot is told by content; the name says nothing. */
static void
test_recognise (void)
{
  static const struct {
    const char *file;
    int slot;
  } cases[] = {
    { "tw-freeway/shapes.xml", RN_TW_SHAPES },
    { "tw-freeway/sections.xml", RN_TW_SECTIONS },
    { "tw-freeway/live.xml", RN_TW_LIVE },
    { "tw-freeway/live-standard.xml", RN_TW_LIVE },
    { "roadnet/network.json", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = load_fixture (cases[i].file);
      gsize n;
      const char *data = g_bytes_get_data (bytes, &n);

      g_assert_cmpint (adapter->recognise ("Section.xml", data, n), ==, cases[i].slot);
      g_assert_cmpint (adapter->recognise ("x", data, MIN (n, 300)), ==, cases[i].slot);
    }
  g_assert_cmpint (adapter->recognise ("x", "", 0), ==, -1);
  g_assert_cmpint (adapter->recognise ("x", "\n", 1), ==, -1);
  g_assert_cmpint (adapter->recognise ("x", "<file_attribute><vd_data/>", 26), ==, -1);
}

/* ---- the recorded answers ---- */

static char *
shared_file (const char *name)
{
  const char *shared = g_getenv ("RN_TEST_SHARED");
  char *path = g_build_filename (shared != NULL ? shared : "/nonexistent", "feeds",
                                 "taiwan-freeway", name, NULL);

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return path;
  g_free (path);
  return NULL;
}

static void
test_recorded (void)
{
  g_autofree char *shapes_path = shared_file ("SectionShapeList_2020-10-30.xml");
  g_autofree char *sections_path = shared_file ("Section_2020-09-29.xml");
  g_autofree char *live_path = shared_file ("section_1968_traffic_data_2023-04-11.xml");
  g_autoptr (GError) error = NULL;

  if (shapes_path == NULL || sections_path == NULL || live_path == NULL)
    {
      g_test_skip ("the recorded feeds are not here");
      return;
    }

  g_autoptr (GBytes) shapes = load_file (shapes_path);
  g_autoptr (GBytes) sections = load_file (sections_path);
  g_autoptr (GBytes) live = load_file (live_path);
  g_autoptr (RnDocument) network = decode_network (shapes, sections, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (network->network->n_sections, ==, 612);
  g_assert_cmpuint (rn_refusals_total (network->refusals), ==, 0);
  g_assert_cmpuint (network->network->n_roads, ==, 23);

  g_autoptr (RnDocument) flow = decode_flow (live, network->network, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (flow->flow->n_rows, ==, 664);
  g_assert_cmpuint (flow->flow->n_no_data, ==, 9);
  g_assert_cmpuint (flow->unjoined->len, ==, 54);
  g_assert_cmpuint (rn_refusals_total (flow->refusals), ==, 0);
  g_assert_cmpint (flow->observed_at_us, ==, G_GINT64_CONSTANT (1681199040) * 1000000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adapter = rn_adapter_find ("tw-freeway");
  g_test_add_func ("/tw-freeway/network", test_network);
  g_test_add_func ("/tw-freeway/wrong-limits", test_wrong_limits);
  g_test_add_func ("/tw-freeway/roads", test_roads);
  g_test_add_func ("/tw-freeway/live", test_live);
  g_test_add_func ("/tw-freeway/live-standard", test_live_standard);
  g_test_add_func ("/tw-freeway/live-alone", test_live_alone);
  g_test_add_func ("/tw-freeway/interval", test_interval);
  g_test_add_func ("/tw-freeway/times", test_times);
  g_test_add_func ("/tw-freeway/damaged", test_damaged);
  g_test_add_func ("/tw-freeway/empty", test_empty_live);
  g_test_add_func ("/tw-freeway/damaged-network", test_damaged_network);
  g_test_add_func ("/tw-freeway/recognise", test_recognise);
  g_test_add_func ("/tw-freeway/recorded", test_recorded);
  return g_test_run ();
}
