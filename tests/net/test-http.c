/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The HTTP client against a server on the loopback: libsoup's for what is proper, a raw socket for
 * what is not. */
#include "net/rn-http.h"

#include <libsoup/soup.h>
#include <stdio.h>
#include <string.h>

#include "base/rn-gzip.h"

#define TOKEN "s3cr3t-token"
#define MIB ((gsize) 1 << 20)

typedef struct {
  SoupServer *server;
  char *base; /* http://127.0.0.1:PORT */
  RnHttp *http;
  guint n_requests;
  guint n_hops;
  char *authorization; /* of the last request */
  char *accept_encoding;
  SoupServerMessage *paused;
} Fixture;

typedef struct {
  RnHttpAnswer *answer;
  GError *error;
  gboolean done;
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  rn_http_answer_free (outcome->answer);
  g_clear_error (&outcome->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
got_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->answer = rn_http_get_finish (RN_HTTP (object), result, &outcome->error);
  outcome->done = TRUE;
  g_assert_true ((outcome->answer == NULL) == (outcome->error != NULL));
  if (outcome->error != NULL)
    {
      g_test_message ("%s", outcome->error->message);
      g_assert_null (strstr (outcome->error->message, TOKEN));
    }
}

static Outcome
get (RnHttp *http, const RnHttpRequest *request)
{
  Outcome outcome = { 0 };

  rn_http_get_async (http, request, NULL, got_cb, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  return outcome;
}

/* A GET of base + @path with the usual settings. */
static Outcome
get_path (Fixture *fixture, const char *path, const char *token, const char *etag, gsize max_bytes)
{
  g_autofree char *uri = g_strconcat (fixture->base, path, NULL);
  RnHttpRequest request = { .uri = uri, .token = (char *) token, .etag = (char *) etag,
                            .timeout_us = 20 * G_USEC_PER_SEC, .max_bytes = max_bytes };

  return get (fixture->http, &request);
}

static void
respond (SoupServerMessage *message, guint status, const char *type, GBytes *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY,
                                    body != NULL ? g_bytes_get_data (body, NULL) : NULL,
                                    body != NULL ? g_bytes_get_size (body) : 0);
}

static void
respond_text (SoupServerMessage *message, guint status, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));

  respond (message, status, "application/json", body);
}

static GBytes *
zeros_gz (gsize size)
{
  g_autoptr (GBytes) plain = g_bytes_new_take (g_malloc0 (size), size);

  return rn_gzip_deflate (plain, 9);
}

static void
serve_gzip (SoupServerMessage *message, gsize size, gboolean say_so)
{
  g_autoptr (GBytes) body = zeros_gz (size);

  if (say_so)
    soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                  "Content-Encoding", "gzip");
  respond (message, 200, "application/json", body);
}

static void
serve_headers (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "ETag", "W/\"abc\"");
  soup_message_headers_replace (headers, "Date", "Tue, 15 Nov 1994 08:12:51 GMT");
  soup_message_headers_replace (headers, "Age", "11");
  soup_message_headers_replace (headers, "RoadNet-Time", "2026-10-01T02:42:36Z;rate=60");
  soup_message_headers_replace (headers, "Cache-Control", "max-age=30");
  if (g_strcmp0 (soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                               "If-None-Match"), "W/\"abc\"") == 0)
    soup_server_message_set_status (message, 304, NULL);
  else
    respond_text (message, 200, "{}");
}

static void
serve_redirect (SoupServerMessage *message, const char *to)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", to);
  soup_server_message_set_status (message, 302, NULL);
}

static void
serve_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
          gpointer data)
{
  Fixture *fixture = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  guint status;

  fixture->n_requests++;
  g_free (fixture->authorization);
  fixture->authorization = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
  g_free (fixture->accept_encoding);
  fixture->accept_encoding = g_strdup (soup_message_headers_get_list (headers, "Accept-Encoding"));
  if (g_str_equal (path, "/plain"))
    respond_text (message, 200, "{\"a\":1}");
  else if (g_str_equal (path, "/headers"))
    serve_headers (message);
  else if (g_str_equal (path, "/gzip"))
    serve_gzip (message, 3 * MIB, TRUE);
  else if (g_str_equal (path, "/file.gz"))
    serve_gzip (message, MIB, FALSE);
  else if (g_str_equal (path, "/bomb"))
    serve_gzip (message, 256 * MIB + 1, TRUE);
  else if (g_str_equal (path, "/other"))
    serve_redirect (message, "http://localhost:1/plain");
  else if (g_str_equal (path, "/hop"))
    serve_redirect (message, fixture->n_hops-- > 1 ? "/hop" : "plain");
  else if (g_str_equal (path, "/slow"))
    {
      fixture->paused = g_object_ref (message);
      soup_server_message_pause (message);
    }
  else if (sscanf (path, "/status/%u", &status) == 1)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "Retry-After", "7");
      respond_text (message, status, "no");
    }
  else
    respond_text (message, 404, "no");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  fixture->http = rn_http_new ();
  fixture->server = soup_server_new ("server-header", "test", NULL);
  soup_server_add_handler (fixture->server, NULL, serve_cb, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  fixture->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->http);
  g_clear_object (&fixture->paused);
  soup_server_disconnect (fixture->server);
  g_clear_object (&fixture->server);
  g_free (fixture->base);
  g_free (fixture->authorization);
  g_free (fixture->accept_encoding);
}

static void
test_plain (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = get_path (fixture, "/plain", NULL, NULL, 0);

  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.answer->status, ==, 200);
  g_assert_cmpmem (g_bytes_get_data (outcome.answer->body, NULL),
                   g_bytes_get_size (outcome.answer->body), "{\"a\":1}", 7);
  g_assert_null (fixture->authorization);
  g_assert_cmpstr (fixture->accept_encoding, ==, "gzip");
}

static void
test_token (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = get_path (fixture, "/plain", TOKEN, NULL, 0);
  g_auto (Outcome) broken = get_path (fixture, "/plain", "a\r\nX-Evil: 1", NULL, 0);

  g_assert_no_error (outcome.error);
  g_assert_cmpstr (fixture->authorization, ==, "Bearer " TOKEN);
  g_assert_error (broken.error, RN_NET_ERROR, RN_NET_ERROR_PROTOCOL);
  g_assert_cmpuint (fixture->n_requests, ==, 1);
}

static void
check_headers (const RnHttpAnswer *answer)
{
  g_assert_cmpstr (answer->etag, ==, "W/\"abc\"");
  g_assert_cmpint (answer->age_us, ==, 11 * G_USEC_PER_SEC);
  g_assert_cmpint (answer->date_us, ==, G_GINT64_CONSTANT (784887160000000));
  g_assert_cmpint (answer->source_time_us, ==, G_GINT64_CONSTANT (1790822556000000));
  g_assert_cmpfloat (answer->source_rate, ==, 60);
  g_assert_cmpint (answer->max_age_us, ==, 30 * G_USEC_PER_SEC);
  g_assert_cmpint (answer->received_us, >, 0);
}

static void
test_conditional (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) first = get_path (fixture, "/headers", NULL, NULL, 0);
  g_auto (Outcome) again = get_path (fixture, "/headers", NULL, "W/\"abc\"", 0);
  g_auto (Outcome) changed = get_path (fixture, "/headers", NULL, "W/\"old\"", 0);

  g_assert_no_error (first.error);
  check_headers (first.answer);
  g_assert_no_error (again.error);
  g_assert_cmpuint (again.answer->status, ==, 304);
  g_assert_null (again.answer->body);
  check_headers (again.answer);
  g_assert_no_error (changed.error);
  g_assert_cmpuint (changed.answer->status, ==, 200);
}

static void
test_gzip (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) said = get_path (fixture, "/gzip", NULL, NULL, 0);
  g_auto (Outcome) file = get_path (fixture, "/file.gz", NULL, NULL, 0);
  g_auto (Outcome) exact = get_path (fixture, "/gzip", NULL, NULL, 3 * MIB);
  g_auto (Outcome) one_more = get_path (fixture, "/gzip", NULL, NULL, 3 * MIB - 1);

  g_assert_no_error (said.error);
  g_assert_cmpuint (g_bytes_get_size (said.answer->body), ==, 3 * MIB);
  g_assert_no_error (file.error);
  g_assert_cmpuint (g_bytes_get_size (file.answer->body), ==, MIB);
  g_assert_no_error (exact.error);
  g_assert_error (one_more.error, RN_NET_ERROR, RN_NET_ERROR_TOO_LARGE);
}

/* Highest resident size so far, KiB; 0 where it cannot be told. */
static gsize
peak_kib (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  line = strstr (text, "VmHWM:");
  return line != NULL ? g_ascii_strtoull (line + 6, NULL, 10) : 0;
}

/* 256 MiB and one byte of zeros: refused, and not held. The server that makes it runs first, so
 * that its own memory is in the peak before. */
static void
test_bomb (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) gz = zeros_gz (256 * MIB + 1);
  gsize before = peak_kib (), after;
  g_auto (Outcome) outcome = get_path (fixture, "/bomb", NULL, NULL, 0);

  g_assert_cmpuint (g_bytes_get_size (gz), <, MIB);
  g_assert_error (outcome.error, RN_NET_ERROR, RN_NET_ERROR_TOO_LARGE);
  after = peak_kib ();
  g_test_message ("peak %" G_GSIZE_FORMAT " → %" G_GSIZE_FORMAT " KiB", before, after);
  g_assert_cmpuint (after, <, before + 64 * 1024);
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = get_path (fixture, "/plain", NULL, NULL, 6);
  g_auto (Outcome) exact = get_path (fixture, "/plain", NULL, NULL, 7);

  g_assert_error (outcome.error, RN_NET_ERROR, RN_NET_ERROR_TOO_LARGE);
  g_assert_no_error (exact.error);
}

static void
test_redirect_other_origin (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = get_path (fixture, "/other", TOKEN, NULL, 0);

  g_assert_error (outcome.error, RN_NET_ERROR, RN_NET_ERROR_REDIRECT);
  g_assert_cmpuint (fixture->n_requests, ==, 1);
}

static void
test_redirect_count (Fixture *fixture, gconstpointer data)
{
  fixture->n_hops = 5;
  {
    g_auto (Outcome) five = get_path (fixture, "/hop", TOKEN, NULL, 0);

    g_assert_no_error (five.error);
    g_assert_cmpuint (fixture->n_requests, ==, 6);
    g_assert_cmpstr (fixture->authorization, ==, "Bearer " TOKEN);
  }
  fixture->n_hops = 6;
  fixture->n_requests = 0;
  {
    g_auto (Outcome) six = get_path (fixture, "/hop", TOKEN, NULL, 0);

    g_assert_error (six.error, RN_NET_ERROR, RN_NET_ERROR_REDIRECT);
    g_assert_cmpuint (fixture->n_requests, ==, 6);
  }
}

static void
test_statuses (Fixture *fixture, gconstpointer data)
{
  static const struct {
    guint status;
    RnNetError code;
    gint64 retry_s;
  } rows[] = {
    { 401, RN_NET_ERROR_REFUSED, 0 }, { 403, RN_NET_ERROR_REFUSED, 0 },
    { 404, RN_NET_ERROR_STATUS, 0 },  { 410, RN_NET_ERROR_GONE, 0 },
    { 429, RN_NET_ERROR_BUSY, 7 },    { 500, RN_NET_ERROR_STATUS, 0 },
    { 503, RN_NET_ERROR_BUSY, 7 },    { 204, RN_NET_ERROR_STATUS, 0 },
    { 304, RN_NET_ERROR_STATUS, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/status/%u", rows[i].status);
      g_auto (Outcome) outcome = get_path (fixture, path, TOKEN, NULL, 0);

      g_assert_error (outcome.error, RN_NET_ERROR, (int) rows[i].code);
      g_assert_cmpuint (rn_http_error_status (outcome.error), ==, rows[i].status);
      g_assert_true (g_str_is_ascii (outcome.error->message));
      g_assert_cmpint (rn_http_error_retry_after_us (outcome.error), ==,
                       rows[i].retry_s * G_USEC_PER_SEC);
    }
}

static void
test_slow (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = g_strconcat (fixture->base, "/slow", NULL);
  RnHttpRequest request = { .uri = uri, .timeout_us = 50000 };
  g_auto (Outcome) outcome = get (fixture->http, &request);

  g_assert_error (outcome.error, RN_NET_ERROR, RN_NET_ERROR_TIMEOUT);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = g_strconcat (fixture->base, "/slow", NULL);
  RnHttpRequest request = { .uri = uri, .timeout_us = 20 * G_USEC_PER_SEC };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Outcome) outcome = { 0 };

  rn_http_get_async (fixture->http, &request, cancellable, got_cb, &outcome);
  while (fixture->paused == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_unreachable (Fixture *fixture, gconstpointer data)
{
  RnHttpRequest closed = { .uri = (char *) "http://127.0.0.1:1/" };
  RnHttpRequest insecure = { .uri = (char *) "http://192.0.2.1/", .token = (char *) TOKEN };
  g_auto (Outcome) outcome = get (fixture->http, &closed);
  g_auto (Outcome) plain = get (fixture->http, &insecure);

  g_assert_error (outcome.error, RN_NET_ERROR, RN_NET_ERROR_UNREACHABLE);
  g_assert_error (plain.error, RN_NET_ERROR, RN_NET_ERROR_INSECURE);
}

/* ---- what is not proper HTTP: a raw socket that answers and hangs up ------------------------ */

typedef struct {
  const char *name;
  const char *reply;
  gssize length; /* -1: a string */
  int code;      /* RnNetError or -1: fine */
} RawCase;

static const RawCase raw_cases[] = {
  { "garbage", "\x01\x02garbage\r\n\r\nmore", -1, -2 },
  { "nothing", "", -1, RN_NET_ERROR_UNREACHABLE },
  { "cut-headers", "HTTP/1.1 200 OK\r\nContent-Ty", -1, -2 },
  { "cut-body", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":", -1,
    RN_NET_ERROR_UNREACHABLE },
  { "cut-chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"a\":", -1,
    RN_NET_ERROR_UNREACHABLE },
  { "short-length", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}{}{}", -1, -1 },
  { "huge-length", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{}", -1,
    RN_NET_ERROR_TOO_LARGE },
  { "not-gzip", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", -1,
    RN_NET_ERROR_PROTOCOL },
  { "unknown-encoding", "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\n{}",
    -1, RN_NET_ERROR_PROTOCOL },
  { "broken-gzip",
    "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03\xff\xff\xff\xff", 53,
    RN_NET_ERROR_PROTOCOL },
  { "cut-gzip", "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03\x4b\x4c",
    51, RN_NET_ERROR_UNREACHABLE },
};

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  const RawCase *raw = data;
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  char request[4096];
  gsize length = raw->length >= 0 ? (gsize) raw->length : strlen (raw->reply);

  /* runs in a thread of the service */
  if (g_input_stream_read (input, request, sizeof request, NULL, NULL) > 0)
    g_output_stream_write_all (output, raw->reply, length, NULL, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return TRUE;
}

static void
test_raw (gconstpointer data)
{
  const RawCase *raw = data;
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (4);
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/", port);
  g_autoptr (RnHttp) http = rn_http_new ();
  RnHttpRequest request = { .uri = uri, .token = (char *) TOKEN };

  g_signal_connect (service, "run", G_CALLBACK (incoming_cb), (gpointer) raw);
  g_socket_service_start (service);
  {
    g_auto (Outcome) outcome = get (http, &request);

    if (raw->code == -1)
      g_assert_no_error (outcome.error);
    else if (raw->code == -2) /* either word will do */
      g_assert_true (g_error_matches (outcome.error, RN_NET_ERROR, RN_NET_ERROR_PROTOCOL)
                     || g_error_matches (outcome.error, RN_NET_ERROR, RN_NET_ERROR_UNREACHABLE));
    else
      g_assert_error (outcome.error, RN_NET_ERROR, raw->code);
  }
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
}

#define ADD(name, func) g_test_add ("/net/http/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("plain", test_plain);
  ADD ("token", test_token);
  ADD ("conditional", test_conditional);
  ADD ("gzip", test_gzip);
  ADD ("bomb", test_bomb);
  ADD ("too-large", test_too_large);
  ADD ("redirect-other-origin", test_redirect_other_origin);
  ADD ("redirect-count", test_redirect_count);
  ADD ("statuses", test_statuses);
  ADD ("slow", test_slow);
  ADD ("cancel", test_cancel);
  ADD ("unreachable", test_unreachable);
  for (guint i = 0; i < G_N_ELEMENTS (raw_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/net/http/raw/", raw_cases[i].name, NULL);

      g_test_add_data_func (path, &raw_cases[i], test_raw);
    }
  return g_test_run ();
}
