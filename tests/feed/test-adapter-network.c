/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Own network files, from a file, packed or not, and from an address; and the system of coordinates
 * of a source, which all adapters undo before anything is joined by place. */
#include <glib/gstdio.h>
#include <math.h>

#include "adapter-help.h"
#include "base/rn-gzip.h"
#include "feed/rn-adapter-roadnet-parts.h"
#include "feed/rn-adapter-tw-freeway-parts.h"
#include "feed/rn-recording.h"
#include "feed/rn-source-load.h"
#include "model/rn-incident.h"
#include "model/rn-weather.h"
#include "model/rn-work.h"
#include "source-help.h"

static const RnAdapter *network, *roadnet, *tw_freeway;

static void
assert_at (RnPoint p, RnCrs crs, double lon, double lat)
{
  RnPoint expected = rn_crs_to_wgs84 (crs, (RnPoint){ lon, lat });

  g_assert_cmpfloat_with_epsilon (p.lon, expected.lon, 1e-9);
  g_assert_cmpfloat_with_epsilon (p.lat, expected.lat, 1e-9);
}

/* ---- coordinates ---- */

static RnDocument *
decode_in (const RnAdapter *adapter, guint slot, const char *name, RnCrs crs, const Held *held)
{
  g_autoptr (GBytes) bytes = load_fixture (name);
  g_autoptr (GError) error = NULL;
  RnDecodeContext context = { .source = "test", .crs = crs };
  RnDocument *document;

  if (held != NULL)
    {
      context.network = held->network;
      context.join = held->join;
    }
  document = decode_slot (adapter, slot, bytes, &context, &error);
  g_assert_no_error (error);
  return document;
}

static void
test_network_crs (void)
{
  for (guint crs = 0; crs < RN_N_CRS; crs++)
    {
      g_autoptr (RnDocument) document = decode_in (network, 0, "roadnet/network.json", crs, NULL);
      const RnNetwork *n = document->network;
      guint32 i = rn_network_find_section (n, NULL, "g9-a1");

      g_assert_cmpint (document->kind, ==, RN_FEED_NETWORK);
      assert_at ((RnPoint){ n->lon[n->first[i] + 1], n->lat[n->first[i] + 1] }, crs, 119.0, 31.98);
      g_assert_cmpuint (n->n_facilities, ==, 2);
      g_assert_cmpfloat (fabs (n->facilities[0].at.lon - 119), >=, crs == 0 ? 0 : 0.002);
      g_assert_true (n->facilities[0].at.lon >= n->extent.min_lon);
    }
}

/* Events of another system than their network's are put where they are before they are joined. */
static void
test_event_crs (void)
{
  for (guint crs = 1; crs < RN_N_CRS; crs++)
    {
      Held held;
      g_autoptr (RnDocument) of_network =
          decode_in (roadnet, RN_ROADNET_NETWORK, "roadnet/network.json", crs, NULL);
      g_autoptr (RnDocument) incidents = NULL;
      g_autoptr (RnDocument) works = NULL;
      g_autoptr (RnDocument) weather = NULL;
      g_autoptr (RnDocument) astray = NULL;
      const RnIncident *incident;
      const RnWarning *warning;

      held_init (&held, rn_network_ref (of_network->network));
      incidents = decode_in (roadnet, RN_ROADNET_INCIDENTS, "roadnet/incidents.json", crs, &held);
      works = decode_in (roadnet, RN_ROADNET_WORKS, "roadnet/works.json", crs, &held);
      weather = decode_in (roadnet, RN_ROADNET_WEATHER, "roadnet/weather.json", crs, &held);
      astray = decode_in (roadnet, RN_ROADNET_INCIDENTS, "roadnet/incidents.json", 0, &held);
      incident = incidents->incidents->pdata[1];
      assert_at (incident->line[1], crs, 119.0, 31.945);
      g_assert_cmpuint (incident->section, !=, RN_NONE);
      g_assert_cmpuint (((RnIncident *) astray->incidents->pdata[1])->section, ==, RN_NONE);
      assert_at (((RnIncident *) incidents->incidents->pdata[0])->at, crs, 119.0, 31.97);
      assert_at (((RnWork *) works->works->pdata[1])->line[0], crs, 119.0, 31.955);
      g_assert_true (((RnWork *) works->works->pdata[1])->joined_by_place);
      assert_at (((RnStation *) weather->stations->pdata[0])->at, crs, 119.0, 31.99);
      warning = weather->warnings->pdata[0];
      assert_at (warning->ring[0], crs, 118.9, 31.9);
      held_clear (&held);
    }
}

static void
test_tw_crs (void)
{
  g_autoptr (GBytes) shapes = load_fixture ("tw-freeway/shapes.xml");
  g_autoptr (GBytes) sections = load_fixture ("tw-freeway/sections.xml");
  GBytes *documents[RN_TW_N_SLOTS] = { [RN_TW_SHAPES] = shapes, [RN_TW_SECTIONS] = sections };
  RnDecodeContext context = { .source = "tw", .crs = RN_CRS_GCJ02 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDocument) document =
      tw_freeway->decode (RN_FEED_NETWORK, documents, &context, &error);
  guint32 i;

  g_assert_no_error (error);
  i = rn_network_find_section (document->network, NULL, "9001");
  i = document->network->first[i];
  assert_at ((RnPoint){ document->network->lon[i], document->network->lat[i] }, RN_CRS_GCJ02,
             121.0, 24.0);
}

/* ---- what is no network ---- */

static void
test_refused (void)
{
  static const struct {
    const char *text;
    int code;
    const char *named[4];
  } cases[] = {
    { "x", RN_FEED_ERROR_EMPTY, { "empty" } },
    { "{\"type\":", RN_FEED_ERROR_SYNTAX, { "line" } },
    { "{\"type\":\"Feature\"}", RN_FEED_ERROR_DOCUMENT, { "type" } },
    { "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},"
      "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[119,32],[119.1,32]]}}]}",
      RN_FEED_ERROR_DOCUMENT,
      { "version", "roads", "features[0].id", "features[0].properties.kind" } },
    { "{\"type\":\"FeatureCollection\",\"version\":\"1\",\"features\":[{\"id\":\"a\","
      "\"properties\":{\"road\":\"G1\"}}]}",
      RN_FEED_ERROR_DOCUMENT,
      { "missing: roads, features[0].properties.kind", "properties.from_m", "properties.to_m",
        "properties.direction" } },
    { "{\"type\":\"FeatureCollection\",\"version\":\"1\",\"roads\":[],\"features\":[{\"id\":1}]}",
      RN_FEED_ERROR_DOCUMENT,
      { "no usable section" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = bytes_of (cases[i].text);
      g_autoptr (GError) error = NULL;
      RnDecodeContext context = { .source = "test" };

      g_assert_null (decode_slot (network, 0, bytes, &context, &error));
      g_assert_error (error, RN_FEED_ERROR, cases[i].code);
      for (guint k = 0; k < 4 && cases[i].named[k] != NULL; k++)
        if (strstr (error->message, cases[i].named[k]) == NULL)
          g_error ("case %u: %s", i, error->message);
    }
}

static void
test_recognise (void)
{
  g_assert_cmpint (network->recognise ("a.geojson", "  {\"a\"", 6), ==, 0);
  g_assert_cmpint (network->recognise ("a.geojson", "\xEF\xBB\xBF{", 4), ==, 0);
  g_assert_cmpint (network->recognise ("a.geojson", "[1]", 3), ==, -1);
  g_assert_cmpint (network->recognise ("a.geojson", "<xml>", 5), ==, -1);
  g_assert_cmpint (network->recognise ("a.geojson", "", 0), ==, -1);
}

/* ---- files and addresses ---- */

/* The fixture as it is, and packed behind a byte-order mark. */
static void
test_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("roadnet-test-XXXXXX", NULL);
  g_autofree char *plain = g_build_filename (folder, "a.geojson", NULL);
  g_autofree char *packed = g_build_filename (folder, "b.geojson.gz", NULL);
  g_autofree char *mark = NULL;
  g_autoptr (GBytes) bytes = load_fixture ("roadnet/network.json"), marked = NULL, gzip = NULL;
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_source_problem_free);
  const char *paths[] = { plain, packed };

  mark = g_strdup_printf ("\xEF\xBB\xBF%.*s", (int) g_bytes_get_size (bytes),
                          (const char *) g_bytes_get_data (bytes, NULL));
  marked = bytes_of (mark);
  gzip = rn_gzip_deflate (marked, 6);
  g_assert_true (g_file_set_contents (plain, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
  g_assert_true (g_file_set_contents (packed, g_bytes_get_data (gzip, NULL),
                                      (gssize) g_bytes_get_size (gzip), NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RnSourceSpec) spec = rn_source_spec_new ("network", paths[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) documents = rn_source_load_all (spec, problems, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (problems->len, ==, 0);
      g_assert_cmpuint (documents->len, ==, 1);
      g_assert_cmpuint (((RnDocument *) documents->pdata[0])->network->n_sections, ==, 4);
    }
  {
    /* A folder of two: one is read, the other is told. */
    g_autoptr (RnSourceSpec) spec = rn_source_spec_new ("network", folder);
    g_autoptr (GPtrArray) documents = rn_source_load_all (spec, problems, NULL);

    g_assert_cmpuint (documents->len, ==, 1);
    g_assert_cmpuint (problems->len, ==, 1);
    g_assert_nonnull (
        strstr (((RnSourceProblem *) problems->pdata[0])->reason, "a source of its own"));
  }
  g_remove (plain);
  g_remove (packed);
  g_rmdir (folder);
}

static void
test_address (Stage *stage, gconstpointer data)
{
  g_autofree char *address = g_strconcat (stage->base, "/network", NULL);
  RnFrameParts parts;

  watch_location (stage, "network", address, 1);
  settle (stage);
  parts = parts_of (stage);
  g_assert_nonnull (parts.network);
  g_assert_cmpuint (parts.network->n_sections, ==, N_SECTIONS);
  g_assert_nonnull (rn_source_get_join (stage->source));
  g_assert_cmpint (state_of (stage, RN_FEED_NETWORK), ==, RN_FEED_LIVE);
  g_assert_cmpuint (rn_source_get_feeds (stage->source), ==, 1u << RN_FEED_NETWORK);
  /* It does not age, and it is not asked for again by itself. */
  advance (stage, 3600);
  g_assert_cmpint (state_of (stage, RN_FEED_NETWORK), ==, RN_FEED_LIVE);
  g_assert_cmpuint (stage->n_requests[RN_FEED_NETWORK], ==, 1);
  g_assert_cmpuint (stage->n_service, ==, 0);
}

/* The system of a source holds for what pollers read. */
static void
test_address_crs (Stage *stage, gconstpointer data)
{
  g_autoptr (RnSourceSpec) spec = rn_source_spec_new ("roadnet", stage->base);
  g_autoptr (GError) error = NULL;
  RnFrameParts parts;

  spec->crs = RN_CRS_GCJ02;
  stage->source = rn_source_new (spec, stage->clock, stage->http, &error);
  g_assert_no_error (error);
  rn_source_start (stage->source);
  settle (stage);
  parts = parts_of (stage);
  assert_at ((RnPoint){ parts.network->lon[0], parts.network->lat[0] }, RN_CRS_GCJ02, 119.10, 32);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  network = rn_adapter_find ("network");
  roadnet = rn_adapter_find ("roadnet");
  tw_freeway = rn_adapter_find ("tw-freeway");
  g_test_add_func ("/network/crs", test_network_crs);
  g_test_add_func ("/network/event-crs", test_event_crs);
  g_test_add_func ("/network/tw-crs", test_tw_crs);
  g_test_add_func ("/network/refused", test_refused);
  g_test_add_func ("/network/recognise", test_recognise);
  g_test_add_func ("/network/files", test_files);
  g_test_add ("/network/address", Stage, NULL, stage_set_up, test_address, stage_tear_down);
  g_test_add ("/network/address-crs", Stage, NULL, stage_set_up, test_address_crs,
              stage_tear_down);
  return g_test_run ();
}
