/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every way in which the server can misbehave, as a client sees it on the wire; and that it behaves
 * again when the fault ends. */
#include <math.h>

#include "base/rn-json.h"
#include "server-help.h"

static void
set_fault (Fixture *f, const char *kind, double share, const char *feed)
{
  g_autoptr (GError) error = NULL;

  rn_sim_faults_set (rn_sim_server_get_faults (f->server), kind, share, feed, &error);
  g_assert_no_error (error);
}

/* The observed_at of a document, and as text all of it but that. */
static gint64
observed_at (const Answer *answer, char **rest)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rn_json_parse (answer->body, &error);
  RnJson root = rn_json_root (node), at;
  gint64 at_us;

  g_assert_no_error (error);
  at = rn_json_member (&root, "observed_at");
  at_us = rn_json_time (&at, &error);
  g_assert_no_error (error);
  if (rest != NULL)
    {
      json_object_remove_member (json_node_get_object (node), "observed_at");
      *rest = json_to_string (node, FALSE);
    }
  return at_us;
}

static guint
count_rows (const Answer *answer, const char *member)
{
  g_autoptr (JsonNode) node = rn_json_parse (answer->body, NULL);
  RnJson root, rows;

  g_assert_nonnull (node);
  root = rn_json_root (node);
  rows = rn_json_member (&root, member);
  return rn_json_length (&rows);
}

static void
assert_well (Fixture *f)
{
  g_auto (Answer) answer = { 0 };

  set_fault (f, "none", 0.0, NULL);
  ask (f, &answer, "flow", NULL, NULL);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.status, ==, 200);
  g_assert_cmpint (observed_at (&answer, NULL), ==,
                   rn_sim_world_at (rn_sim_server_get_world (f->server), 30));
}

static void
test_drop (Fixture *f, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };

  set_fault (f, "drop", 1.0, NULL);
  ask (f, &answer, "flow", NULL, NULL);
  g_assert_nonnull (answer.error);
  ask (f, &answer, "me", NULL, NULL);
  g_assert_nonnull (answer.error);
  assert_well (f);
}

static void
test_cut (Fixture *f, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };

  set_fault (f, "cut", 1.0, NULL);
  ask (f, &answer, "network", NULL, NULL);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
  assert_well (f);
}

static void
test_statuses (Fixture *f, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };

  set_fault (f, "500", 1.0, NULL);
  ask (f, &answer, "kpis", NULL, NULL);
  g_assert_cmpuint (answer.status, ==, 500);
  set_fault (f, "none", 0.0, NULL);
  set_fault (f, "429", 1.0, NULL);
  ask (f, &answer, "kpis", NULL, NULL);
  g_assert_cmpuint (answer.status, ==, 429);
  g_assert_cmpstr (soup_message_headers_get_one (answer.headers, "Retry-After"), ==, "10");
  assert_well (f);
}

static void
test_late_and_skew (Fixture *f, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  gint64 at = rn_sim_world_at (rn_sim_server_get_world (f->server), 30);

  set_fault (f, "late", 1.0, "flow");
  ask (f, &answer, "flow", NULL, NULL);
  g_assert_cmpint (observed_at (&answer, NULL), ==, at - 6 * MINUTE);
  ask (f, &answer, "kpis", NULL, NULL);
  g_assert_cmpint (observed_at (&answer, NULL), ==, at);
  set_fault (f, "none", 0.0, NULL);
  set_fault (f, "skew", 1.0, NULL);
  ask (f, &answer, "flow", NULL, NULL);
  g_assert_cmpint (observed_at (&answer, NULL), ==, at + 10 * MINUTE);
  assert_well (f);
}

static void
test_garbage_and_types (Fixture *f, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_autoptr (JsonNode) node = NULL;
  RnJson root, column, cell;

  set_fault (f, "garbage", 1.0, NULL);
  for (guint i = 0; i < 2; i++)
    {
      ask (f, &answer, "flow", NULL, NULL);
      g_assert_cmpuint (answer.status, ==, 200);
      g_assert_cmpuint (g_bytes_get_size (answer.body), >, 50);
      g_assert_null (rn_json_parse (answer.body, NULL));
    }
  set_fault (f, "none", 0.0, NULL);
  set_fault (f, "types", 1.0, NULL);
  ask (f, &answer, "flow", NULL, NULL);
  node = rn_json_parse (answer.body, NULL); /* JSON it is */
  g_assert_nonnull (node);
  root = rn_json_root (node);
  column = rn_json_member (&root, "occupancy_pct");
  for (guint i = 0; i < 20; i++)
    {
      cell = rn_json_element (&column, i);
      g_assert_true (
          rn_json_is_object (&cell)
          || (cell.node != NULL && json_node_get_value_type (cell.node) == G_TYPE_STRING));
    }
  assert_well (f);
}

/* Two answers an hour apart say the same; only the time of a frozen one moves. */
static void
test_frozen_and_stuck (Fixture *f, gconstpointer data)
{
  const char *const kinds[] = { "frozen", "stuck" };

  for (guint k = 0; k < 2; k++)
    {
      g_auto (Answer) answer = { 0 };
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;
      gint64 before, after;

      set_fault (f, kinds[k], 1.0, NULL);
      ask (f, &answer, "flow", NULL, NULL);
      before = observed_at (&answer, &first);
      rn_clock_advance (f->clock, 3600 * RN_SECOND);
      ask (f, &answer, "flow", NULL, NULL);
      after = observed_at (&answer, &second);
      g_assert_cmpstr (first, ==, second);
      g_assert_cmpint (after - before, ==, k == 0 ? 60 * MINUTE : 0);
      assert_well (f);
      ask (f, &answer, "flow", NULL, NULL);
      g_clear_pointer (&second, g_free);
      observed_at (&answer, &second);
      g_assert_cmpstr (first, !=, second);
    }
}

static void
test_partial (Fixture *f, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  guint rows;

  set_fault (f, "partial", 1.0, NULL);
  ask (f, &answer, "flow", NULL, NULL);
  rows = count_rows (&answer, "sections");
  g_assert_cmpuint (rows, >=, 200 * 3 / 10);
  g_assert_cmpuint (rows, <=, 200 * 5 / 10);
  ask (f, &answer, "weather", NULL, NULL);
  g_assert_cmpuint (count_rows (&answer, "features"), <, 32);
  assert_well (f);
}

static void
test_slow (Fixture *f, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };

  set_fault (f, "slow", 1.0, NULL);
  send_async (f, message_for (f, "GET", "flow"), &answer);
  for (guint i = 0; i < 2000 && !answer.done; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (100);
    }
  g_assert_false (answer.done);
  rn_clock_advance (f->clock, 19 * RN_SECOND);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (answer.done);
  rn_clock_advance (f->clock, RN_SECOND);
  wait_for (&answer);
  g_assert_cmpuint (answer.status, ==, 200);
  g_assert_cmpuint (count_rows (&answer, "sections"), ==, 200);
  assert_well (f);
}

/* A client that gives up while its answer is held back, and a server that ends meanwhile. */
static void
test_slow_left_alone (Fixture *f, gconstpointer data)
{
  g_auto (Answer) answer = { 0 };
  g_auto (Answer) other = { 0 };

  set_fault (f, "slow", 1.0, "flow");
  send_async (f, message_for (f, "GET", "flow"), &answer);
  ask (f, &other, "kpis", NULL, NULL);
  g_assert_cmpuint (other.status, ==, 200);
  soup_session_abort (f->session);
  wait_for (&answer);
  g_assert_nonnull (answer.error);
  rn_clock_advance (f->clock, 30 * RN_SECOND);
  assert_well (f);
  set_fault (f, "slow", 1.0, "flow");
  answer_clear (&answer);
  send_async (f, message_for (f, "GET", "flow"), &answer);
  ask (f, &other, "kpis", NULL, NULL);
  rn_sim_server_stop (f->server);
  wait_for (&answer);
  g_assert_nonnull (answer.error);
}

/* ---- huge ---- */

typedef struct {
  guint64 wire, plain;
  gboolean done;
  GConverter *inflate;
} Flood;

static void
flood_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  GInputStream *stream = G_INPUT_STREAM (object);
  Flood *flood = data;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (stream, result, NULL);
  static guint8 out[1 << 16];
  gsize size = 0, used = 0;
  const guint8 *in;

  g_assert_nonnull (chunk);
  in = g_bytes_get_data (chunk, &size);
  flood->wire += size;
  flood->done = size == 0;
  while (used < size)
    {
      gsize read, written;
      g_autoptr (GError) error = NULL;

      if (g_converter_convert (flood->inflate, in + used, size - used, out, sizeof out,
                               G_CONVERTER_NO_FLAGS, &read, &written, &error)
          == G_CONVERTER_ERROR)
        break; /* wants the next chunk */
      used += read;
      flood->plain += written;
    }
  if (!flood->done)
    g_input_stream_read_bytes_async (stream, 1 << 16, G_PRIORITY_DEFAULT, NULL, flood_cb, flood);
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GInputStream *stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);

  g_assert_no_error (error);
  g_input_stream_read_bytes_async (stream, 1 << 16, G_PRIORITY_DEFAULT, NULL, flood_cb, data);
  g_object_unref (stream); /* the read holds it */
}

static void
test_huge (Fixture *f, gconstpointer data)
{
  g_autoptr (SoupMessage) message = message_for (f, "GET", "flow");
  Flood flood = { 0 };

  flood.inflate = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  set_fault (f, "huge", 1.0, NULL);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept-Encoding",
                                "gzip");
  soup_session_send_async (f->session, message, G_PRIORITY_DEFAULT, NULL, opened_cb, &flood);
  while (!flood.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                 "Content-Encoding"),
                   ==, "gzip");
  g_assert_cmpuint (flood.plain, >, G_GUINT64_CONSTANT (256) << 20);
  g_assert_cmpuint (flood.wire, <, 8u << 20);
  g_object_unref (flood.inflate);
  assert_well (f);
}

/* ---- what is drawn ---- */

static void
test_share (void)
{
  g_autoptr (RnSimFaults) faults = rn_sim_faults_new (5);
  guint hit = 0, other = 0;

  g_assert_true (rn_sim_faults_add (faults, "late:0.3:flow", NULL));
  for (guint i = 0; i < 2000; i++)
    {
      hit += rn_sim_faults_draw (faults, "flow") == RN_SIM_FAULT_LATE;
      other += rn_sim_faults_draw (faults, "works") != RN_SIM_FAULT_NONE;
    }
  g_assert_cmpuint (hit, >, 500);
  g_assert_cmpuint (hit, <, 700);
  g_assert_cmpuint (other, ==, 0);
}

static void
test_words (void)
{
  const char *const good[] = { "drop", "500:0.5", "429:1:flow", "slow:kpis",
                               "frozen:0.25:weather" };
  const char *const bad[] = {
    "", "nothing", "late:2", "late:-1", "late:1:nowhere", "late:nan", "late:0.5:flow:more"
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (RnSimFaults) faults = rn_sim_faults_new (1);
      g_autoptr (GError) error = NULL;

      rn_sim_faults_add (faults, good[i], &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (RnSimFaults) faults = rn_sim_faults_new (1);
      g_autoptr (GError) error = NULL;

      g_assert_false (rn_sim_faults_add (faults, bad[i], &error));
      g_assert_error (error, RN_SIM_ERROR, RN_SIM_ERROR_OPTION);
      g_assert_cmpint (rn_sim_faults_draw (faults, "flow"), ==, RN_SIM_FAULT_NONE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/faults/share", test_share);
  g_test_add_func ("/sim/faults/words", test_words);
#define ADD(name, func) g_test_add ("/sim/faults/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("drop", test_drop);
  ADD ("cut", test_cut);
  ADD ("statuses", test_statuses);
  ADD ("late-and-skew", test_late_and_skew);
  ADD ("garbage-and-types", test_garbage_and_types);
  ADD ("frozen-and-stuck", test_frozen_and_stuck);
  ADD ("partial", test_partial);
  ADD ("slow", test_slow);
  ADD ("slow-left-alone", test_slow_left_alone);
  ADD ("huge", test_huge);
#undef ADD
  return g_test_run ();
}
