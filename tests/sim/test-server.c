/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server over a real loopback socket, on a clock held by hand: headers, conditions, deltas,
 * tokens, refusals, and the tests' own handle. */
#include <math.h>

#include "base/rn-gzip.h"
#include "base/rn-json.h"
#include "base/rn-text.h"
#include "server-help.h"

static JsonNode *
json_of (const Answer *answer)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = rn_json_parse (answer->body, &error);

  g_assert_no_error (error);
  return node;
}

static void
assert_problem (const Answer *answer, guint status)
{
  g_autoptr (JsonNode) node = json_of (answer);
  RnJson root = rn_json_root (node), member = rn_json_member (&root, "status");

  g_assert_cmpuint (answer->status, ==, status);
  g_assert_cmpstr (header (answer, "Content-Type"), ==, "application/problem+json");
  g_assert_cmpint (rn_json_integer (&member, 0, 999, NULL), ==, status);
}

static void
test_headers (Fixture *f, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };

  for (int kind = 0; kind < RN_SIM_N_KINDS; kind++)
    {
      ask (f, &answer, kind == RN_SIM_KIND_ROOT ? "" : rn_sim_kind_word ((RnSimKind) kind), NULL,
           NULL);
      g_assert_cmpuint (answer.status, ==, 200);
      g_assert_cmpstr (header (&answer, "Content-Type"), ==,
                       rn_sim_kind_content_type ((RnSimKind) kind));
      g_assert_cmpstr (header (&answer, "Vary"), ==, "Accept-Encoding");
      g_assert_true (g_str_has_prefix (header (&answer, "ETag"), "W/\""));
      g_assert_true (g_str_has_prefix (header (&answer, "Cache-Control"), "max-age="));
      g_assert_cmpstr (header (&answer, "RoadNet-Time"), ==, "2026-10-01T10:12:00+08:00;rate=1");
      g_assert_cmpstr (header (&answer, "Date"), ==, "Thu, 01 Oct 2026 02:12:00 GMT");
      json_node_unref (json_of (&answer));
    }
}

static void
test_rate (void)
{
  Fixture f;
  g_auto (Answer) answer = { 0 };
  g_autoptr (JsonNode) node = NULL;
  RnJson root, at;

  set_up_at (&f, 60.0, 100);
  rn_clock_advance (f.clock, 90 * RN_SECOND + RN_SECOND / 4);
  ask (&f, &answer, "flow", NULL, NULL);
  g_assert_cmpstr (header (&answer, "RoadNet-Time"), ==, "2026-10-01T11:42:15+08:00;rate=60");
  node = json_of (&answer);
  root = rn_json_root (node);
  at = rn_json_member (&root, "observed_at");
  g_assert_cmpstr (rn_json_string (&at, NULL), ==, "2026-10-01T11:42:00+08:00");
  tear_down (&f, NULL);
}

/* A leap lands where it should, and the clock goes on from there. */
static void
test_leap (Fixture *f, gconstpointer data)
{
  rn_clock_advance (f->clock, 10 * RN_SECOND);
  rn_sim_server_leap (f->server, 7200 * RN_SECOND);
  g_assert_cmpint (rn_sim_server_now_us (f->server), ==, RN_SIM_START + 7210 * RN_SECOND);
  g_assert_cmpint (rn_sim_world_at (rn_sim_server_get_world (f->server), 1), ==,
                   RN_SIM_START + 7200 * RN_SECOND);
  rn_clock_advance (f->clock, 25 * RN_SECOND);
  g_assert_cmpint (rn_sim_server_now_us (f->server), ==, RN_SIM_START + 7235 * RN_SECOND);
}

static void
test_conditions (Fixture *f, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_autofree char *flow = NULL;
  g_autofree char *works = NULL;
  g_autofree char *text = NULL;
  g_autofree char *list = NULL;

  ask (f, &answer, "works", NULL, NULL);
  works = g_strdup (header (&answer, "ETag"));
  ask (f, &answer, "flow", NULL, NULL);
  flow = g_strdup (header (&answer, "ETag"));
  rn_clock_advance (f->clock, 29 * RN_SECOND);
  ask (f, &answer, "flow", "If-None-Match", flow);
  g_assert_cmpuint (answer.status, ==, 304);
  g_assert_cmpuint (g_bytes_get_size (answer.body), ==, 0);
  g_assert_cmpstr (header (&answer, "ETag"), ==, flow);
  g_assert_cmpstr (header (&answer, "Date"), ==, "Thu, 01 Oct 2026 02:12:29 GMT");
  list = g_strdup_printf ("\"other\", %s", flow + 2); /* weak comparison, in a list */
  ask (f, &answer, "flow", "If-None-Match", list);
  g_assert_cmpuint (answer.status, ==, 304);
  rn_clock_advance (f->clock, RN_SECOND);
  ask (f, &answer, "flow", "If-None-Match", flow);
  g_assert_cmpuint (answer.status, ==, 200);
  g_assert_cmpstr (header (&answer, "ETag"), !=, flow);
  rn_clock_advance (f->clock, 40 * RN_SECOND);
  /* renewed since, but nothing in it has changed but its time */
  ask (f, &answer, "works", "If-None-Match", works);
  g_assert_cmpuint (answer.status, ==, 304);
  ask (f, &answer, "works", NULL, NULL);
  text = g_strndup (g_bytes_get_data (answer.body, NULL), g_bytes_get_size (answer.body));
  g_assert_nonnull (strstr (text, "\"update_date\":\"2026-10-01T10:13:00+08:00\""));
}

static void
test_gzip (Fixture *f, gconstpointer data)
{
  g_auto (Answer) plain = { 0 };
  g_auto (Answer) packed = { 0 };
  g_autoptr (GBytes) inflated = NULL;

  ask (f, &plain, "network", "Accept-Encoding", "br, gzip;q=0");
  g_assert_null (header (&plain, "Content-Encoding"));
  ask (f, &packed, "network", "Accept-Encoding", "br, gzip;q=0.5");
  g_assert_cmpstr (header (&packed, "Content-Encoding"), ==, "gzip");
  g_assert_cmpuint (g_bytes_get_size (packed.body), <, g_bytes_get_size (plain.body) / 3);
  inflated = rn_gzip_inflate (packed.body, 1u << 28, NULL);
  g_assert_true (g_bytes_equal (inflated, plain.body));
  g_assert_cmpstr (header (&packed, "ETag"), ==, header (&plain, "ETag"));
}

/* ---- deltas ---- */

/* Puts the rows of a flow document into @rows: id → the row as text. Returns the cursor. */
static char *
apply (const Answer *answer, GHashTable *rows, gboolean full, guint *n_rows)
{
  static const char *const columns[] = { "flow_vph",   "speed_kmh",         "occupancy_pct",
                                         "trucks_pct", "typical_speed_kmh", "observed_offset_s" };
  g_autoptr (JsonNode) node = json_of (answer);
  RnJson root = rn_json_root (node), ids = rn_json_member (&root, "sections");
  RnJson cursor = rn_json_member (&root, "cursor"), whole = rn_json_member (&root, "full");

  g_assert_cmpint (rn_json_boolean (&whole, NULL), ==, full);
  *n_rows = rn_json_length (&ids);
  for (guint i = 0; i < *n_rows; i++)
    {
      RnJson id = rn_json_element (&ids, i);
      GString *row = g_string_new (NULL);

      for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
        {
          RnJson column = rn_json_member (&root, columns[c]);
          RnJson cell = rn_json_element (&column, i);

          g_assert_cmpuint (rn_json_length (&column), ==, *n_rows);
          if (rn_json_is_null (&cell))
            g_string_append (row, "null ");
          else
            g_string_append_printf (row, "%g ", rn_json_number (&cell, 0, 1e6, NULL));
        }
      g_hash_table_insert (rows, g_strdup (rn_json_string (&id, NULL)), g_string_free (row, FALSE));
    }
  return g_strdup (rn_json_string (&cursor, NULL));
}

static void
assert_same_rows (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer key, value;

  g_assert_cmpuint (g_hash_table_size (a), ==, g_hash_table_size (b));
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_assert_cmpstr (value, ==, g_hash_table_lookup (b, key));
}

/* Base and deltas, one after the other or several rounds at once, make what a full answer has. */
static void
test_delta (Fixture *f, gconstpointer data)
{
  const guint rounds[] = { 1, 1, 3, 1, 20, 2 };
  g_autoptr (GHashTable) held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (Answer) answer = { 0 };
  g_autofree char *cursor = NULL;
  guint n, n_full;

  ask (f, &answer, "flow", NULL, NULL);
  cursor = apply (&answer, held, TRUE, &n_full);
  g_assert_cmpuint (n_full, ==, 200);
  for (guint i = 0; i < G_N_ELEMENTS (rounds); i++)
    {
      g_autoptr (GHashTable) full = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_autofree char *path = g_strdup_printf ("flow?since=%s", cursor);
      g_autofree char *same = NULL;

      rn_clock_advance (f->clock, rounds[i] * 30 * RN_SECOND);
      ask (f, &answer, path, NULL, NULL);
      g_assert_cmpuint (answer.status, ==, 200);
      g_free (cursor);
      cursor = apply (&answer, held, FALSE, &n);
      if (rounds[i] == 1)
        g_assert_cmpuint (n, <, n_full);
      g_assert_cmpuint (n, >, 0);
      ask (f, &answer, "flow", NULL, NULL);
      same = apply (&answer, full, TRUE, &n);
      g_assert_cmpstr (same, ==, cursor);
      assert_same_rows (held, full);
    }
}

static void
test_gone (Fixture *f, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *cursor = NULL;
  g_autofree char *path = NULL;
  guint n;

  ask (f, &answer, "flow?since=00000000-300", NULL, NULL);
  assert_problem (&answer, 410);
  ask (f, &answer, "flow?since=", NULL, NULL);
  assert_problem (&answer, 410);
  ask (f, &answer, "flow", NULL, NULL);
  cursor = apply (&answer, rows, TRUE, &n);
  path = g_strdup_printf ("flow?since=%s", cursor);
  ask (f, &answer, path, NULL, NULL);
  g_assert_cmpuint (answer.status, ==, 200);
  rn_clock_advance (f->clock, 21 * 30 * RN_SECOND);
  ask (f, &answer, path, NULL, NULL);
  assert_problem (&answer, 410);
}

/* ---- who and what ---- */

static void
test_tokens (Fixture *f, gconstpointer data)
{
  const struct {
    const char *value, *role;
  } cases[] = { { "Bearer " RN_SIM_TOKEN_OPERATOR_1, "\"operate\"" },
                { "bearer " RN_SIM_TOKEN_OPERATOR_2, "\"operate\"" },
                { "Bearer " RN_SIM_TOKEN_VIEWER, NULL } };
  g_auto (Answer) answer = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;

      ask (f, &answer, "me", "Authorization", cases[i].value);
      g_assert_cmpuint (answer.status, ==, 200);
      text = g_strndup (g_bytes_get_data (answer.body, NULL), g_bytes_get_size (answer.body));
      g_assert_nonnull (strstr (text, "\"view\""));
      g_assert_cmpint (strstr (text, "\"operate\"") != NULL, ==, cases[i].role != NULL);
    }
  ask (f, &answer, "flow", "Authorization", "Bearer wrong");
  assert_problem (&answer, 401);
  g_assert_cmpstr (header (&answer, "WWW-Authenticate"), ==, "Bearer");
}

static void
test_refusals (Fixture *f, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };

  ask (f, &answer, "nothing", NULL, NULL);
  assert_problem (&answer, 404);
  ask (f, &answer, "root", NULL, NULL);
  assert_problem (&answer, 404);
  ask (f, &answer, "incidents/nothing", NULL, NULL);
  assert_problem (&answer, 404);
  call (f, &answer, "POST", "incidents", "{}");
  assert_problem (&answer, 501);
  call (f, &answer, "PATCH", "incidents/J-1", "{}");
  assert_problem (&answer, 501);
  call (f, &answer, "POST", "plans/sutong/tier", "{}");
  assert_problem (&answer, 501);
  call (f, &answer, "DELETE", "network", NULL);
  assert_problem (&answer, 405);
  g_assert_cmpstr (header (&answer, "Allow"), ==, "GET, HEAD");
  call (f, &answer, "HEAD", "flow", NULL);
  g_assert_cmpuint (answer.status, ==, 200);
  g_assert_cmpuint (g_bytes_get_size (answer.body), ==, 0);
}

/* ---- the tests' own handle ---- */

static void
test_control (Fixture *f, gconstpointer data)
{
  const RnNetwork *network = rn_sim_world_network (rn_sim_server_get_world (f->server));
  g_auto (Answer) answer = { 0 };
  g_autofree char *json = g_strdup_printf ("{\"section\": \"%s\"}", network->id[7]);
  g_autofree char *etag = NULL;

  call (f, &answer, "POST", "-/incident", json);
  g_assert_cmpuint (answer.status, ==, 201);
  call (f, &answer, "POST", "-/advance", "{\"seconds\": 60}");
  g_assert_cmpuint (answer.status, ==, 204);
  g_assert_cmpint (rn_sim_server_now_us (f->server), ==, RN_SIM_START + 60 * RN_SECOND);
  ask (f, &answer, "incidents/X-1", NULL, NULL);
  g_assert_cmpuint (answer.status, ==, 200);
  etag = g_strdup (header (&answer, "ETag"));
  g_assert_true (etag[0] == '"' && g_ascii_isdigit (etag[1])); /* strong */
  ask (f, &answer, "incidents/X-1", "If-None-Match", etag);
  g_assert_cmpuint (answer.status, ==, 304);
  call (f, &answer, "DELETE", "-/incident/X-1", NULL);
  g_assert_cmpuint (answer.status, ==, 204);
  call (f, &answer, "DELETE", "-/incident/X-1", NULL);
  assert_problem (&answer, 404);
  ask (f, &answer, "-/totals", NULL, NULL);
  g_assert_cmpuint (answer.status, ==, 200);
}

/* The demonstration has no jams that are known; a day has, and they are in the network. */
static void
test_truth (Fixture *f, gconstpointer data)
{
  RnSimOptions options = RN_SIM_OPTIONS_INIT;
  Fixture day = { .clock = rn_clock_new_manual (0), .session = soup_session_new () };
  g_auto (Answer) answer = { 0 };
  g_autoptr (JsonNode) node = NULL;
  RnJson root, jams, section, jam;
  const char *text;

  ask (f, &answer, "-/truth", NULL, NULL);
  g_assert_cmpuint (answer.status, ==, 200);
  g_assert_cmpstr (g_bytes_get_data (answer.body, NULL), ==, "{\"jams\":[]}");
  answer_clear (&answer);
  options.scene = RN_SIM_SCENE_HOLIDAY;
  options.n_sections = 2000;
  day.server = rn_sim_server_new (rn_sim_world_new (&options, NULL), rn_sim_faults_new (1),
                                  day.clock, 1.0);
  g_assert_true (rn_sim_server_listen (day.server, 0, NULL));
  ask (&day, &answer, "-/truth", NULL, NULL);
  node = rn_json_parse (answer.body, NULL);
  root = rn_json_root (node);
  jams = rn_json_member (&root, "jams");
  g_assert_cmpuint (rn_json_length (&jams), >, 0);
  jam = rn_json_element (&jams, 0);
  section = rn_json_member (&jam, "section");
  text = rn_json_string (&section, NULL);
  g_assert_cmpuint (
      rn_network_find_section (rn_sim_world_network (rn_sim_server_get_world (day.server)), NULL,
                               text),
      !=, RN_NONE);
  tear_down (&day, NULL);
}

static void
test_control_refusals (Fixture *f, gconstpointer data)
{
  const struct {
    const char *path, *json;
    guint status;
  } cases[] = { { "-/incident", "{\"section\": \"no\"}", 400 },
                { "-/incident", "{}", 400 },
                { "-/incident", "{\"section\": \"H1-00001-A\", \"chainage_m\": -1}", 400 },
                { "-/incident", "not json", 400 },
                { "-/advance", "{\"seconds\": -5}", 400 },
                { "-/advance", "{\"seconds\": 1e99}", 400 },
                { "-/fault", "{\"kind\": \"rain\"}", 400 },
                { "-/fault", "{\"kind\": \"late\", \"share\": 2}", 400 },
                { "-/fault", "{\"kind\": \"late\", \"feed\": \"no\"}", 400 },
                { "-/nothing", "{}", 404 } };
  g_auto (Answer) answer = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      call (f, &answer, "POST", cases[i].path, cases[i].json);
      assert_problem (&answer, cases[i].status);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sim/server/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("headers", test_headers);
  ADD ("leap", test_leap);
  ADD ("conditions", test_conditions);
  ADD ("gzip", test_gzip);
  ADD ("delta", test_delta);
  ADD ("gone", test_gone);
  ADD ("tokens", test_tokens);
  ADD ("refusals", test_refusals);
  ADD ("control", test_control);
  ADD ("truth", test_truth);
  ADD ("control-refusals", test_control_refusals);
#undef ADD
  g_test_add_func ("/sim/server/rate", test_rate);
  return g_test_run ();
}
