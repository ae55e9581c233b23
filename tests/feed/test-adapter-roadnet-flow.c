/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /v1/flow: columns, ranges, unknown and double sections, deltas, a large document; and which
 * endpoint a recorded answer is of. */
#include <math.h>

#include "adapter-help.h"
#include "feed/rn-adapter-roadnet-parts.h"
#include "model/rn-network-builder.h"

static const RnAdapter *adapter;
static Held held;

static RnDocument *
decode (GBytes *bytes, GError **error)
{
  return decode_slot (adapter, RN_ROADNET_FLOW, bytes, &held.context, error);
}

static RnDocument *
decode_edited (const char *path, const char *value, GError **error)
{
  g_autoptr (GBytes) valid = load_fixture ("roadnet/flow.json");
  g_autoptr (GBytes) bytes = edit_json (valid, path, value);

  return decode (bytes, error);
}

static void
test_columns (void)
{
  g_autoptr (GBytes) valid = load_fixture ("roadnet/flow.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDocument) document = decode (valid, &error);
  const RnFlowUpdate *flow;

  g_assert_no_error (error);
  flow = document->flow;
  g_assert_cmpuint (document->n_rows, ==, 4);
  g_assert_cmpuint (flow->n, ==, 4);
  g_assert_cmpuint (flow->n_rows, ==, 4);
  g_assert_cmpuint (flow->n_no_data, ==, 1);
  g_assert_true (flow->full);
  g_assert_cmpstr (flow->cursor, ==, "c1");
  g_assert_cmpstr (flow->network_version, ==, "test-1");
  g_assert_cmpint (flow->observed_at_us, ==, document->observed_at_us);
  g_assert_cmpuint (flow->section[2], ==, rn_network_find_section (held.network, NULL, "g9-d1"));
  g_assert_cmpuint (flow->section[3], ==, RN_NONE);
  g_assert_cmpuint (flow->unjoined->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (document->unjoined, 0), ==, "elsewhere");
  g_assert_cmpfloat (flow->flow_vph[0], ==, 3000);
  g_assert_true (isnan (flow->flow_vph[1]));
  g_assert_cmpfloat (flow->speed_kmh[2], ==, 0); /* zero is a speed, null is not */
  g_assert_true (isnan (flow->speed_kmh[1]));
  g_assert_cmpfloat (flow->occupancy_pct[2], ==, 100);
  g_assert_cmpfloat (flow->trucks_pct[0], ==, 22);
  g_assert_cmpfloat (flow->typical_speed_kmh[3], ==, 61);
  g_assert_cmpint (flow->offset_s[1], ==, 30);
  g_assert_cmpint (flow->offset_s[2], ==, 0);
}

static void
test_bad_cells (void)
{
  static const struct {
    const char *path, *value, *words;
  } cases[] = {
    { "flow_vph[0]", "50001", "0…50000: 50001" },
    { "flow_vph[0]", "-1", "0…50000" },
    { "speed_kmh[2]", "300.5", "0…300: 300.5" },
    { "occupancy_pct[0]", "100.1", "0…100" },
    { "trucks_pct[0]", "\"22\"", "not a number" },
    { "typical_speed_kmh[1]", "[]", "not a number" },
    { "observed_offset_s[1]", "-1", "0…" },
    { "observed_offset_s[1]", "true", "not a number" },
    { "sections[1]", "null", "missing" },
    { "sections[1]", "\"g9-a1\"", "second" },
    { "sections[0]", "\"elsewhere\"", "second" },
    { "speed_kmh[3]", "999", "0…300" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RnDocument) document = decode_edited (cases[i].path, cases[i].value, &error);
      const RnRefusal *refusal;

      g_test_message ("%s = %s", cases[i].path, cases[i].value);
      g_assert_no_error (error);
      g_assert_cmpuint (document->flow->n_rows, ==, 3);
      g_assert_cmpuint (rn_refusals_total (document->refusals), ==, 1);
      refusal = rn_refusals_nth (document->refusals, 0);
      if (!g_str_equal (cases[i].words, "second"))
        g_assert_cmpstr (refusal->path, ==, cases[i].path);
      g_assert_nonnull (strstr (refusal->reason, cases[i].words));
      g_assert_cmpuint (document->flow->unjoined->len, ==, document->unjoined->len);
    }
}

/* A refused row of a known section is in the update with nothing known: left out of a delta it
 * would count as confirmed. */
static void
test_refused_is_unknown (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDocument) document = decode_edited ("flow_vph[0]", "\"many\"", &error);
  const RnFlowUpdate *flow = document->flow;

  g_assert_cmpuint (flow->n, ==, 4);
  g_assert_cmpuint (flow->section[0], ==, rn_network_find_section (held.network, NULL, "g9-a1"));
  g_assert_true (isnan (flow->flow_vph[0]) && isnan (flow->speed_kmh[0]));
  g_assert_true (isnan (flow->occupancy_pct[0]) && isnan (flow->typical_speed_kmh[0]));
}

static void
test_bad_documents (void)
{
  static const struct {
    const char *path, *value;
    int code;
    const char *words;
  } cases[] = {
    { "speed_kmh", "[1, 2, 3]", RN_FEED_ERROR_DOCUMENT, "3 values for 4 sections" },
    { "trucks_pct", "[1, 2, 3, 4, 5]", RN_FEED_ERROR_DOCUMENT, "trucks_pct" },
    { "observed_offset_s", "{}", RN_FEED_ERROR_DOCUMENT, "observed_offset_s" },
    { "flow_vph", NULL, RN_FEED_ERROR_DOCUMENT, "flow_vph" },
    { "speed_kmh", "null", RN_FEED_ERROR_DOCUMENT, "speed_kmh" },
    { "sections", NULL, RN_FEED_ERROR_DOCUMENT, "sections" },
    { "sections", "\"all\"", RN_FEED_ERROR_DOCUMENT, "sections" },
    { "full", NULL, RN_FEED_ERROR_DOCUMENT, "full" },
    { "full", "1", RN_FEED_ERROR_DOCUMENT, "full" },
    { "observed_at", NULL, RN_FEED_ERROR_DOCUMENT, "observed_at" },
    { "observed_at", "\"2026-10-01\"", RN_FEED_ERROR_DOCUMENT, "observed_at" },
    { "network_version", NULL, RN_FEED_ERROR_DOCUMENT, "network_version" },
    { "network_version", "\"test-2\"", RN_FEED_ERROR_NETWORK_UNKNOWN, "test-2" },
    { "cursor", "5", RN_FEED_ERROR_DOCUMENT, "cursor" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s = %s", cases[i].path, cases[i].value);
      g_assert_null (decode_edited (cases[i].path, cases[i].value, &error));
      g_assert_error (error, RN_FEED_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

static void
test_optional_columns (void)
{
  g_autoptr (GBytes) bytes = bytes_of (
      "{\"network_version\": \"test-1\", \"observed_at\": \"2026-10-01T02:00:00Z\","
      " \"full\": false, \"sections\": [\"g9-a1\"], \"flow_vph\": [null],"
      " \"speed_kmh\": [12.5], \"cursor\": null,"
      " \"trucks_pct\": null, \"something_new\": {\"a\": [1]}}");
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDocument) document = decode (bytes, &error);

  g_assert_no_error (error);
  g_assert_false (document->flow->full);
  g_assert_null (document->flow->cursor);
  g_assert_null (document->flow->offset_s);
  g_assert_true (isnan (document->flow->trucks_pct[0]));
  g_assert_cmpfloat (document->flow->speed_kmh[0], ==, 12.5);
}

/* Without a network every row is listed; nothing is lost. */
static void
test_no_network (void)
{
  g_autoptr (GBytes) valid = load_fixture ("roadnet/flow.json");
  RnDecodeContext context = { .source = "test" };
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDocument) document =
      decode_slot (adapter, RN_ROADNET_FLOW, valid, &context, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (document->flow->n_rows, ==, 4);
  g_assert_cmpuint (document->unjoined->len, ==, 4);
}

/* ---- a large network ---- */

#define N_LARGE 100000u

static RnNetwork *
large_network (void)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("test", "large");

  for (guint i = 0; i < N_LARGE; i++)
    {
      g_autofree char *id = g_strdup_printf ("section-%u", i);
      g_autofree char *road = g_strdup_printf ("R%u", i / 1000);
      const double lon = 110 + (i % 1000) * 0.01, lat = 25 + (i / 1000) * 0.05;
      RnPoint points[] = { { lon, lat }, { lon + 0.009, lat } };
      RnSectionRow row = RN_SECTION_ROW_INIT;
      g_autoptr (GError) error = NULL;

      row.id = id;
      row.road = road;
      row.points = points;
      row.n_points = 2;
      rn_network_builder_add_section (builder, &row, &error);
      g_assert_no_error (error);
    }
  return rn_network_builder_end (builder);
}

static GBytes *
large_flow (void)
{
  static const char *const columns[] = { "flow_vph", "speed_kmh", "occupancy_pct", "trucks_pct",
                                         "typical_speed_kmh", "observed_offset_s" };
  GString *text = g_string_new ("{\"network_version\":\"large\",\"full\":true,"
                                "\"observed_at\":\"2026-10-01T02:00:00Z\",\"sections\":[");

  for (guint i = 0; i < N_LARGE; i++)
    g_string_append_printf (text, "%s\"section-%u\"", i > 0 ? "," : "", i);
  for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
    {
      g_string_append_printf (text, "],\"%s\":[", columns[c]);
      for (guint i = 0; i < N_LARGE; i++)
        g_string_append_printf (text, "%s%u", i > 0 ? "," : "", (i + c) % 90);
    }
  g_string_append (text, "]}");
  return g_string_free_to_bytes (text);
}

static void
test_large (void)
{
  g_autoptr (RnNetwork) network = large_network ();
  g_autoptr (GBytes) bytes = large_flow ();
  RnDecodeContext context = { .source = "test", .network = network };
  g_autoptr (GError) error = NULL;
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (RnDocument) document =
      decode_slot (adapter, RN_ROADNET_FLOW, bytes, &context, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (document->flow->n, ==, N_LARGE);
  g_assert_cmpuint (document->unjoined->len, ==, 0);
  g_assert_cmpfloat (document->flow->speed_kmh[500], ==, 501 % 90);
  g_test_message ("%u rows, %" G_GSIZE_FORMAT " bytes: %.1f ms", N_LARGE, g_bytes_get_size (bytes),
                  (double) (g_get_monotonic_time () - start_us) / 1000);
}

/* ---- recognising ---- */

#define EMPTY_COLLECTION "{\"type\":\"FeatureCollection\",\"features\":[]"

static void
test_recognise (void)
{
  static const struct {
    const char *name, *text;
    int slot;
  } cases[] = {
    { "x", EMPTY_COLLECTION ",\"version\":\"1\"}", RN_ROADNET_NETWORK },
    { "x", "{\"features\":[{\"properties\":{\"name\":{\"kind\":\"station\"},\"kind\":\"section\"}}",
      RN_ROADNET_NETWORK },
    { "x", "{\"features\":[{\"id\":\"a\",\"geometry\":{\"coordinates\":[[1,2],[3,4]]},"
           "\"properties\":{\"kind\":\"warning\"", RN_ROADNET_WEATHER },
    { "x", " \n{\"speed_kmh\":[1", RN_ROADNET_FLOW },
    { "x", "\xEF\xBB\xBF{\"kpis\":[]}", RN_ROADNET_KPIS },
    { "x", "{\"measures\":[]}", RN_ROADNET_PLANS },
    { "x", "{\"note\":\"\\\"kpis\\\": \",\"facilities\":[]}", RN_ROADNET_FACILITIES },
    { "2026_incidents.json", EMPTY_COLLECTION "}", RN_ROADNET_INCIDENTS },
    { "weather-1.json", EMPTY_COLLECTION "}", RN_ROADNET_WEATHER },
    { "x", EMPTY_COLLECTION "}", -1 },
    { "incidents.json", "{\"features\":[]}", -1 },
    { "incidents.json", "[]", -1 },
    { "x", "{\"name\":\"server\",\"version\":\"1\",\"poll_s\":{\"flow\":30}}", -1 },
    { "x", "", -1 },
    { "x", "{", -1 },
    { "x", "{\"", -1 },
    { "x", "{\"a\\", -1 },
    { "x", "}}}}", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (
          adapter->recognise (cases[i].name, cases[i].text, strlen (cases[i].text)), ==,
          cases[i].slot);
    }
  for (guint slot = 0; slot < adapter->n_slots; slot++)
    {
      g_autofree char *name = g_strdup_printf ("roadnet/%s.json", slot_name (adapter, slot));
      g_autoptr (GBytes) bytes = load_fixture (name);
      gsize n;
      const char *data = g_bytes_get_data (bytes, &n);

      g_assert_cmpint (adapter->recognise ("x", data, n), ==, (int) slot);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  adapter = rn_adapter_find ("roadnet");
  hold_roadnet (&held);
  g_test_add_func ("/flow/columns", test_columns);
  g_test_add_func ("/flow/bad-cells", test_bad_cells);
  g_test_add_func ("/flow/refused-is-unknown", test_refused_is_unknown);
  g_test_add_func ("/flow/bad-documents", test_bad_documents);
  g_test_add_func ("/flow/optional-columns", test_optional_columns);
  g_test_add_func ("/flow/no-network", test_no_network);
  g_test_add_func ("/flow/large", test_large);
  g_test_add_func ("/roadnet/recognise", test_recognise);
  status = g_test_run ();
  held_clear (&held);
  return status;
}
