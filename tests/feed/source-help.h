/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stage for tests of sources: a small operations API on the loopback whose answers the test sets,
 * a manual clock, and a source that watches it. */
#pragma once

#include <libsoup/soup.h>
#include <string.h>

#include "base/rn-text.h"
#include "feed/rn-source.h"

#define S G_GINT64_CONSTANT (1000000)
#define T0 (G_GINT64_CONSTANT (1790812800) * S) /* 2026-10-01T00:00:00Z */
#define N_SECTIONS 30

typedef struct {
  RnClock *clock;
  RnHttp *http;
  SoupServer *server;
  char *base;
  guint16 port;
  RnSource *source;

  /* what the server says */
  const char *version;         /* of the network */
  const char *flow_version;    /* NULL: the same */
  guint n_rows;                /* of flow */
  double speed;                /* NAN: moves with the time */
  gint64 observed_us;          /* of flow and incidents; 0: the last full 30 s */
  gint64 lag_us;               /* taken off it */
  const char *cursor;          /* of flow, NULL none */
  const char *gone_cursor;     /* answered with 410 */
  gboolean delta;              /* flow answers are deltas */
  guint n_incidents;
  const char *etag;            /* of flow: 304 when asked with it */
  guint status[RN_N_FEEDS];    /* 0: 200 */
  const char *retry_after;
  const char *garbage;         /* body of flow instead */
  gboolean hang;               /* flow is never answered */
  gboolean no_service;         /* GET /v1/ answers 404 */
  double delay_s;              /* of the service document; NAN: not said */
  gboolean by_date;            /* Date instead of RoadNet-Time */
  gint64 skew_us;              /* of the server's clock */
  double rate;

  /* what it heard */
  guint n_requests[RN_N_FEEDS];
  guint n_service;
  char *query;    /* of the last flow request */
  char *if_none_match;
  SoupServerMessage *hung;

  /* what the source told */
  guint n_changed[RN_N_FEEDS], n_status[RN_N_FEEDS];
} Stage;

static inline gint64
server_now_us (Stage *stage)
{
  return rn_clock_now_us (stage->clock) + stage->skew_us;
}

static inline gint64
observed_us (Stage *stage)
{
  gint64 now_us;

  if (stage->observed_us != 0)
    return stage->observed_us;
  now_us = server_now_us (stage) - stage->lag_us;
  return now_us - now_us % (30 * S);
}

static inline char *
make_network (Stage *stage)
{
  GString *text = g_string_new ("{\"type\":\"FeatureCollection\",\"roads\":[{\"ref\":\"G1\"}],");

  g_string_append_printf (text, "\"version\":\"%s\",\"features\":[", stage->version);
  for (guint i = 0; i < N_SECTIONS; i++)
    g_string_append_printf (
        text,
        "%s{\"type\":\"Feature\",\"id\":\"s%u\",\"geometry\":{\"type\":\"LineString\","
        "\"coordinates\":[[119.%02u,32.0],[119.%02u,32.0]]},\"properties\":{\"kind\":\"section\","
        "\"road\":\"G1\",\"direction\":\"asc\",\"from_m\":%u,\"to_m\":%u,\"lanes\":3,"
        "\"free_speed_kmh\":120}}",
        i > 0 ? "," : "", i, i + 10, i + 11, i * 1000, i * 1000 + 1000);
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static inline char *
make_flow (Stage *stage)
{
  gint64 at_us = observed_us (stage);
  g_autofree char *at = rn_text_rfc3339 (at_us);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "{\"network_version\":\"%s\",\"observed_at\":\"%s\",\"full\":%s,",
                          stage->flow_version != NULL ? stage->flow_version : stage->version, at,
                          stage->delta ? "false" : "true");
  if (stage->cursor != NULL)
    g_string_append_printf (text, "\"cursor\":\"%s\",", stage->cursor);
  g_string_append (text, "\"sections\":[");
  for (guint i = 0; i < stage->n_rows; i++)
    g_string_append_printf (text, "%s\"s%u\"", i > 0 ? "," : "", i);
  g_string_append (text, "],\"flow_vph\":[");
  for (guint i = 0; i < stage->n_rows; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? "," : "", 1000 + i);
  g_string_append (text, "],\"speed_kmh\":[");
  for (guint i = 0; i < stage->n_rows; i++)
    g_string_append_printf (text, "%s%d", i > 0 ? "," : "",
                            stage->speed == stage->speed ? (int) stage->speed
                                                         : (int) (80 + at_us / (30 * S) % 20));
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static inline char *
make_incidents (Stage *stage)
{
  g_autofree char *at = rn_text_rfc3339 (observed_us (stage));
  GString *text = g_string_new ("{\"type\":\"FeatureCollection\",");

  g_string_append_printf (text, "\"observed_at\":\"%s\",\"features\":[", at);
  for (guint i = 0; i < stage->n_incidents; i++)
    g_string_append_printf (
        text,
        "%s{\"type\":\"Feature\",\"id\":\"i%u\",\"geometry\":{\"type\":\"Point\","
        "\"coordinates\":[119.2,32.0]},\"properties\":{\"type\":\"crash\","
        "\"status\":\"confirmed\",\"section\":\"s%u\",\"revision\":1}}",
        i > 0 ? "," : "", i, i % N_SECTIONS);
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static inline char *
make_service (Stage *stage)
{
  g_autofree char *delay
      = stage->delay_s == stage->delay_s
            ? g_strdup_printf (",\"delay_s\":{\"flow\":%d}", (int) stage->delay_s)
            : g_strdup ("");

  return g_strdup_printf ("{\"name\":\"Test\",\"version\":\"1\",\"timezone\":\"Asia/Shanghai\","
                          "\"poll_s\":{\"flow\":30,\"incidents\":30}%s}",
                          delay);
}

static inline void
respond (SoupServerMessage *message, guint status, char *body)
{
  soup_server_message_set_status (message, status, NULL);
  if (body != NULL)
    soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, body,
                                      strlen (body));
}

static inline void
say_time (Stage *stage, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  gint64 now_us = server_now_us (stage);
  g_autofree char *text = rn_text_rfc3339 (now_us);
  g_autofree char *field = g_strdup_printf ("%s;rate=%g", text, stage->rate);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (now_us / S);
  g_autofree char *http = soup_date_time_to_string (date, SOUP_DATE_HTTP);

  soup_message_headers_replace (headers, "Date", http);
  if (!stage->by_date)
    soup_message_headers_replace (headers, "RoadNet-Time", field);
}

static inline void
serve_flow (Stage *stage, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  const char *match = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "If-None-Match");
  g_autofree char *gone
      = stage->gone_cursor != NULL ? g_strconcat ("since=", stage->gone_cursor, NULL) : NULL;

  g_free (stage->query);
  stage->query = g_strdup (query);
  g_free (stage->if_none_match);
  stage->if_none_match = g_strdup (match);
  if (stage->etag != NULL)
    soup_message_headers_replace (headers, "ETag", stage->etag);
  if (stage->hang)
    {
      g_set_object (&stage->hung, message);
      soup_server_message_pause (message);
    }
  else if (gone != NULL && g_strcmp0 (query, gone) == 0)
    respond (message, 410, g_strdup ("gone"));
  else if (stage->garbage != NULL)
    respond (message, 200, g_strdup (stage->garbage));
  else if (stage->etag != NULL && g_strcmp0 (match, stage->etag) == 0)
    respond (message, 304, NULL);
  else
    respond (message, 200, make_flow (stage));
}

static inline int
kind_of_path (const char *path)
{
  const char *name = strrchr (path, '/') + 1;

  for (int kind = 0; kind < RN_N_FEEDS; kind++)
    if (g_str_equal (rn_feed_kind_word (kind), name))
      return kind;
  return -1;
}

static inline void
serve_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
          gpointer data)
{
  Stage *stage = data;
  int kind = kind_of_path (path);

  say_time (stage, message);
  if (kind < 0)
    {
      stage->n_service++;
      respond (message, stage->no_service ? 404 : 200, make_service (stage));
      return;
    }
  stage->n_requests[kind]++;
  if (stage->retry_after != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                  "Retry-After", stage->retry_after);
  if (stage->status[kind] != 0)
    respond (message, stage->status[kind], g_strdup ("no"));
  else if (kind == RN_FEED_NETWORK)
    respond (message, 200, make_network (stage));
  else if (kind == RN_FEED_FLOW)
    serve_flow (stage, message);
  else if (kind == RN_FEED_INCIDENTS)
    respond (message, 200, make_incidents (stage));
  else
    respond (message, 404, g_strdup ("no"));
}

static inline void
listen_on (Stage *stage, guint16 port)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  stage->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (stage->server, NULL, serve_cb, stage, NULL);
  soup_server_listen_local (stage->server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (stage->server);
  stage->port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static inline void
hang_up (Stage *stage)
{
  soup_server_disconnect (stage->server);
  g_clear_object (&stage->server);
}

static inline void
changed_cb (RnSource *source, guint kind, Stage *stage)
{
  stage->n_changed[kind]++;
}

static inline void
status_changed_cb (RnSource *source, guint kind, Stage *stage)
{
  stage->n_status[kind]++;
}

static inline void
stage_set_up (Stage *stage, gconstpointer data)
{
  stage->clock = rn_clock_new_manual (T0);
  stage->http = rn_http_new ();
  stage->version = "v1";
  stage->n_rows = N_SECTIONS;
  stage->speed = 0.0 / 0.0;
  stage->delay_s = 0.0 / 0.0;
  stage->n_incidents = 3;
  stage->rate = 1;
  listen_on (stage, 0);
  stage->base = g_strdup_printf ("http://127.0.0.1:%u/v1", stage->port);
}

static inline void
stage_tear_down (Stage *stage, gconstpointer data)
{
  if (stage->source != NULL)
    rn_source_stop (stage->source);
  g_clear_object (&stage->source);
  g_clear_object (&stage->hung);
  if (stage->server != NULL)
    hang_up (stage);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&stage->http);
  g_clear_object (&stage->clock);
  g_free (stage->base);
  g_free (stage->query);
  g_free (stage->if_none_match);
}

/* Lets all that is under way end. */
static inline void
settle (Stage *stage)
{
  do
    while (rn_source_is_busy (stage->source))
      g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE));
}

/* Moves the clock on second by second; what falls due is asked, answered and taken. */
static inline void
advance (Stage *stage, guint seconds)
{
  for (guint i = 0; i < seconds; i++)
    {
      rn_clock_advance (stage->clock, S);
      settle (stage);
    }
}

static inline void
watch_location (Stage *stage, const char *adapter, const char *location, double play_rate)
{
  g_autoptr (RnSourceSpec) spec = rn_source_spec_new (adapter, location);
  g_autoptr (GError) error = NULL;

  spec->play_rate = play_rate;
  stage->source = rn_source_new (spec, stage->clock, stage->http, &error);
  g_assert_no_error (error);
  g_signal_connect (stage->source, "changed", G_CALLBACK (changed_cb), stage);
  g_signal_connect (stage->source, "status-changed", G_CALLBACK (status_changed_cb), stage);
  rn_source_start (stage->source);
}

static inline void
watch (Stage *stage)
{
  watch_location (stage, "roadnet", stage->base, 1);
  settle (stage);
}

static inline RnFeedStatus *
status_of (Stage *stage, RnFeedKind kind)
{
  return rn_source_dup_status (stage->source, kind);
}

static inline RnFeedState
state_of (Stage *stage, RnFeedKind kind)
{
  g_autoptr (RnFeedStatus) status = status_of (stage, kind);

  return status->state;
}

/* Seconds until the feed is in @state, or G_MAXUINT when that takes more than @most. */
static inline guint
advance_until (Stage *stage, RnFeedKind kind, RnFeedState state, guint most)
{
  for (guint i = 0; i <= most; i++)
    {
      if (state_of (stage, kind) == state)
        return i;
      advance (stage, 1);
    }
  return G_MAXUINT;
}

static inline RnFrameParts
parts_of (Stage *stage)
{
  RnFrameParts parts;

  rn_source_get_parts (stage->source, &parts);
  return parts;
}
