/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that the simulator says keeps to the schemas of the contract and is read by RoadNet's
 * own decoders without a single refusal; and the network survives the way through its document. */
#include <math.h>

#include "../feed/openapi-schema.h"
#include "feed/rn-adapter.h"
#include "model/rn-frame.h"
#include "model/rn-network-geojson.h"
#include "sim-help.h"

static JsonNode *
parse (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = rn_json_parse (bytes, &error);

  g_assert_no_error (error);
  return node;
}

static void
assert_schema (const RnSimWorld *world, RnSimKind kind)
{
  const char *word = rn_sim_kind_word (kind);
  g_autofree char *path = g_strdup_printf ("/v1/%s", kind == RN_SIM_KIND_ROOT ? "" : word);
  g_autoptr (GBytes) bytes = document_of (world, kind);
  JsonNode *node = parse (bytes);
  JsonObject *step = json_object_get_object_member (schema_root, "paths");
  const char *const way[] = { path,  "get",     "responses",
                              "200", "content", rn_sim_kind_content_type (kind) };

  for (guint i = 0; i < G_N_ELEMENTS (way); i++)
    {
      step = json_object_get_object_member (step, way[i]);
      g_assert_nonnull (step);
    }
  if (!schema_accepts (json_object_get_member (step, "schema"), node))
    g_error ("%s does not keep to its schema", word);
  json_node_unref (node);
}

/* The document of a kind through RoadNet's own decoder. */
static RnDocument *
decode (const RnSimWorld *world, RnSimKind kind, const RnNetwork *network, const RnJoin *join)
{
  static const RnFeedKind feeds[RN_SIM_N_KINDS] = {
    [RN_SIM_KIND_NETWORK] = RN_FEED_NETWORK,     [RN_SIM_KIND_FLOW] = RN_FEED_FLOW,
    [RN_SIM_KIND_INCIDENTS] = RN_FEED_INCIDENTS, [RN_SIM_KIND_WORKS] = RN_FEED_WORKS,
    [RN_SIM_KIND_WEATHER] = RN_FEED_WEATHER,     [RN_SIM_KIND_FACILITIES] = RN_FEED_FACILITIES,
    [RN_SIM_KIND_KPIS] = RN_FEED_KPIS,           [RN_SIM_KIND_PLANS] = RN_FEED_PLANS
  };
  const RnAdapter *adapter = rn_adapter_find ("roadnet");
  g_autofree GBytes **documents = g_new0 (GBytes *, adapter->n_slots);
  g_autoptr (GBytes) bytes = document_of (world, kind);
  RnDecodeContext context = {
    .source = "sim", .network = network, .join = join, .received_us = rn_sim_world_at (world, 1)
  };
  g_autoptr (GError) error = NULL;
  RnDocument *document;

  for (guint i = 0; i < adapter->n_slots; i++)
    if (adapter->slots[i].kind == feeds[kind])
      documents[i] = bytes;
  document = adapter->decode (feeds[kind], documents, &context, &error);
  g_assert_no_error (error);
  if (rn_refusals_total (document->refusals) > 0)
    {
      const RnRefusal *first = rn_refusals_nth (document->refusals, 0);

      g_error ("%s: %u refused, first %s: %s", rn_sim_kind_word (kind),
               rn_refusals_total (document->refusals), first->path, first->reason);
    }
  g_assert_true (document->unjoined == NULL || document->unjoined->len == 0);
  return document;
}

static void
assert_decoded (const RnSimWorld *world)
{
  g_autoptr (RnDocument) network = decode (world, RN_SIM_KIND_NETWORK, NULL, NULL);
  RnJoin *join = rn_join_new (network->network);
  g_autoptr (RnDocument) flow = decode (world, RN_SIM_KIND_FLOW, network->network, join);
  g_autoptr (RnDocument) incidents = decode (world, RN_SIM_KIND_INCIDENTS, network->network, join);
  g_autoptr (RnDocument) works = decode (world, RN_SIM_KIND_WORKS, network->network, join);
  g_autoptr (RnDocument) weather = decode (world, RN_SIM_KIND_WEATHER, network->network, join);
  g_autoptr (RnDocument) facilities =
      decode (world, RN_SIM_KIND_FACILITIES, network->network, join);
  g_autoptr (RnDocument) kpis = decode (world, RN_SIM_KIND_KPIS, network->network, join);
  g_autoptr (RnDocument) plans = decode (world, RN_SIM_KIND_PLANS, network->network, join);
  guint none = 0;

  g_assert_cmpuint (flow->flow->n, ==, rn_sim_world_network (world)->n_sections);
  for (guint i = 0; i < flow->flow->n; i++)
    none += isnan (flow->flow->flow_vph[i]);
  g_assert_cmpfloat ((double) none / flow->flow->n, >, 0.005);
  g_assert_cmpfloat ((double) none / flow->flow->n, <, 0.06);
  g_assert_cmpint (flow->observed_at_us, ==, rn_sim_world_at (world, 30));
  g_assert_cmpint (works->observed_at_us, ==, rn_sim_world_at (world, 60));
  g_assert_cmpuint (works->works->len, >=, 10);
  g_assert_cmpuint (weather->stations->len, ==, rn_sim_world_is_demo (world) ? 43 : 40);
  g_assert_cmpuint (kpis->kpis->len, >=, 20);
  g_assert_cmpuint (plans->plans->len, >=, 1);
  rn_join_unref (join);
}

static void
test_demo (void)
{
  g_autoptr (RnSimWorld) world = make_world (RN_SIM_SEED);

  for (guint hour = 0; hour < 3; hour++)
    {
      for (int kind = 0; kind < RN_SIM_N_KINDS; kind++)
        assert_schema (world, (RnSimKind) kind);
      assert_decoded (world);
      rn_sim_world_advance (world, rn_sim_world_at (world, 1) + 61 * MINUTE);
    }
}

static void
test_grid (void)
{
  g_autoptr (RnSimWorld) world = make_grid (400);

  for (int kind = 0; kind < RN_SIM_N_KINDS; kind++)
    assert_schema (world, (RnSimKind) kind);
  assert_decoded (world);
}

/* Winter, midnight, the turn of a year. */
static void
test_winter (void)
{
  RnSimOptions options = RN_SIM_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  RnSimWorld *world;

  g_assert_true (rn_text_parse_rfc3339 ("2026-12-31T23:30:00+08:00", &options.start_us));
  world = rn_sim_world_new (&options, &error);
  g_assert_no_error (error);
  rn_sim_world_advance (world, options.start_us + 40 * MINUTE);
  for (int kind = 0; kind < RN_SIM_N_KINDS; kind++)
    assert_schema (world, (RnSimKind) kind);
  assert_decoded (world);
  g_assert_cmpfloat (rn_sim_world_figures (world)->vehicles_today, <,
                     0.1 * rn_sim_world_figures (world)->vehicles_record);
  rn_sim_world_free (world);
}

/* Every member of a KPI group and each of the API's six groups is there. */
static void
test_kpi_groups (void)
{
  g_autoptr (RnSimWorld) world = make_grid (200);
  g_autoptr (RnDocument) kpis = decode (world, RN_SIM_KIND_KPIS, NULL, NULL);
  guint groups = 0;

  for (guint i = 0; i < kpis->kpis->len; i++)
    groups |= 1u << ((const RnKpi *) g_ptr_array_index (kpis->kpis, i))->group;
  g_assert_cmpuint (groups, ==, (1u << RN_N_KPI_GROUPS) - 1);
}

/* What comes out of the document is the network that went in. */
static void
test_network (void)
{
  g_autoptr (RnSimWorld) world = make_world (RN_SIM_SEED);
  const RnNetwork *a = rn_sim_world_network (world);
  g_autoptr (RnDocument) document = decode (world, RN_SIM_KIND_NETWORK, NULL, NULL);
  const RnNetwork *b = document->network;

  g_assert_cmpstr (a->version, ==, b->version);
  g_assert_cmpuint (a->n_sections, ==, b->n_sections);
  g_assert_cmpuint (a->n_facilities, ==, b->n_facilities);
  g_assert_cmpuint (a->n_roads, ==, b->n_roads);
  g_assert_cmpuint (a->n_contacts, ==, b->n_contacts);
  for (guint i = 0; i < a->n_sections; i++)
    {
      g_assert_cmpstr (a->id[i], ==, b->id[i]);
      g_assert_cmpfloat (a->from_m[i], ==, b->from_m[i]);
      g_assert_cmpint (a->lanes[i], ==, b->lanes[i]);
      g_assert_cmpfloat (a->capacity_vph[i], ==, b->capacity_vph[i]);
      g_assert_cmpuint (a->down_first[i + 1], ==, b->down_first[i + 1]);
      g_assert_cmpstr (rn_names_get (a->names[i], "en"), ==, rn_names_get (b->names[i], "en"));
    }
  for (guint k = 0; k < a->down_first[a->n_sections]; k++)
    g_assert_cmpuint (a->down[k], ==, b->down[k]);
}

int
main (int argc, char **argv)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  g_test_init (&argc, &argv, NULL);
  g_file_get_contents (RN_SOURCE_DIR "/data/api/openapi.json", &text, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (text, length);
  root = parse (bytes);
  schema_root = json_node_get_object (root);
  g_test_add_func ("/sim/documents/demo", test_demo);
  g_test_add_func ("/sim/documents/grid", test_grid);
  g_test_add_func ("/sim/documents/winter", test_winter);
  g_test_add_func ("/sim/documents/kpi-groups", test_kpi_groups);
  g_test_add_func ("/sim/documents/network", test_network);
  return g_test_run ();
}
