/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server on a clock held by hand, and a client of it, for the tests of the server. */
#pragma once

#include <libsoup/soup.h>
#include <string.h>

#include "sim-help.h"
#include "sim/rn-sim-server.h"

typedef struct {
  RnClock *clock;
  RnSimServer *server;
  SoupSession *session;
} Fixture;

typedef struct {
  guint status;
  SoupMessageHeaders *headers;
  GBytes *body;
  GError *error;
  gboolean done;
  SoupMessage *message;
} Answer;

static inline void
answer_clear (Answer *answer)
{
  g_clear_object (&answer->message);
  g_clear_pointer (&answer->body, g_bytes_unref);
  g_clear_error (&answer->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static inline void
set_up_at (Fixture *f, double rate, guint n_sections)
{
  RnSimWorld *world = make_grid (n_sections);

  f->clock = rn_clock_new_manual (0);
  f->server = rn_sim_server_new (world, rn_sim_faults_new (1), f->clock, rate);
  g_assert_true (rn_sim_server_listen (f->server, 0, NULL));
  f->session = soup_session_new ();
  soup_session_remove_feature_by_type (f->session, SOUP_TYPE_CONTENT_DECODER);
}

static inline void
set_up (Fixture *f, gconstpointer data)
{
  set_up_at (f, 1.0, 200);
}

static inline void
tear_down (Fixture *f, gconstpointer data)
{
  soup_session_abort (f->session);
  g_clear_object (&f->session);
  rn_sim_server_stop (f->server);
  g_clear_object (&f->server);
  g_clear_object (&f->clock);
}

static inline void
read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->body = soup_session_send_and_read_finish (SOUP_SESSION (object), result, &answer->error);
  answer->done = TRUE;
}

static inline SoupMessage *
message_for (Fixture *f, const char *method, const char *path)
{
  g_autofree char *uri = g_strconcat (rn_sim_server_get_address (f->server), path, NULL);

  return soup_message_new (method, uri);
}

static inline void
send_async (Fixture *f, SoupMessage *message, Answer *answer)
{
  *answer = (Answer){ .message = message };
  soup_session_send_and_read_async (f->session, message, G_PRIORITY_DEFAULT, NULL, read_cb, answer);
}

static inline void
wait_for (Answer *answer)
{
  while (!answer->done)
    g_main_context_iteration (NULL, TRUE);
  answer->status = soup_message_get_status (answer->message);
  answer->headers = soup_message_get_response_headers (answer->message);
}

static inline void
ask (Fixture *f, Answer *answer, const char *path, const char *header, const char *value)
{
  SoupMessage *message = message_for (f, "GET", path);

  answer_clear (answer);
  if (header != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), header, value);
  send_async (f, message, answer);
  wait_for (answer);
}

static inline void
call (Fixture *f, Answer *answer, const char *method, const char *path, const char *json)
{
  SoupMessage *message = message_for (f, method, path);

  answer_clear (answer);
  if (json != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));

      soup_message_set_request_body_from_bytes (message, "application/json", body);
    }
  send_async (f, message, answer);
  wait_for (answer);
}

static inline const char *
header (const Answer *answer, const char *name)
{
  return soup_message_headers_get_one (answer->headers, name);
}
