/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The HTTP client. One exchange is one GTask: request → headers (redirects by hand) → body in
 * chunks of 64 KiB → inflated in a worker. Runs on the thread-default main context of the
 * caller; the exchange belongs to its task. */
#include "net/rn-http.h"

#include <libsoup/soup.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "net/rn-http-body.h"
#include "net/rn-http-rules.h"

#define CHUNK_BYTES ((gsize) 64 << 10)
#define DEFAULT_TIMEOUT_US (30 * (gint64) G_USEC_PER_SEC)

struct _RnHttp {
  GObject parent_instance;
  SoupSession *session; /* through the proxy of the system, if any */
  SoupSession *direct;  /* for this very machine */
};

G_DEFINE_FINAL_TYPE (RnHttp, rn_http, G_TYPE_OBJECT)

/* ---- errors -------------------------------------------------------------------------------- */

typedef struct {
  gint64 retry_after_us;
  guint status;
} RnNetErrorPrivate;

static void
rn_net_error_private_init (RnNetErrorPrivate *priv)
{
}

static void
rn_net_error_private_copy (const RnNetErrorPrivate *from, RnNetErrorPrivate *to)
{
  *to = *from;
}

static void
rn_net_error_private_clear (RnNetErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (RnNetError, rn_net_error)

gint64
rn_http_error_retry_after_us (const GError *error)
{
  if (error == NULL || error->domain != RN_NET_ERROR)
    return 0;
  return rn_net_error_get_private (error)->retry_after_us;
}

guint
rn_http_error_status (const GError *error)
{
  if (error == NULL || error->domain != RN_NET_ERROR)
    return 0;
  return rn_net_error_get_private (error)->status;
}

/* ---- the exchange -------------------------------------------------------------------------- */

typedef struct {
  RnHttp *http;
  RnHttpRequest request; /* own copies */
  GUri *uri;             /* as asked now: changes with a redirect */
  guint redirects;
  GCancellable *cancellable; /* own: ended by the caller's, the timeout or a refusal */
  GCancellable *outer;       /* the caller's, or NULL */
  GSource *outer_source, *timeout_source;
  gboolean timed_out;
  SoupMessage *message;
  GInputStream *stream;
  RnHttpAnswer *answer;
  RnHttpBody *body;
} Exchange;

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
exchange_free (Exchange *self)
{
  clear_source (&self->timeout_source);
  clear_source (&self->outer_source);
  g_clear_object (&self->outer);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->body, rn_http_body_unref);
  g_clear_pointer (&self->answer, rn_http_answer_free);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_free (self->request.uri);
  g_free (self->request.token);
  g_free (self->request.etag);
  g_free (self->request.modified);
  g_free (self->request.accept);
  g_clear_object (&self->http);
  g_free (self);
}

void
rn_http_answer_free (RnHttpAnswer *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->etag);
  g_free (self->modified);
  g_free (self);
}

static RnNetError
code_of (const GError *cause)
{
  if (cause->domain == RN_NET_ERROR)
    return cause->code;
  if (cause->domain == G_TLS_ERROR && cause->code != G_TLS_ERROR_EOF)
    return RN_NET_ERROR_TLS;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return RN_NET_ERROR_TIMEOUT;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    return RN_NET_ERROR_TOO_LARGE;
  if (g_error_matches (cause, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING)
      || g_error_matches (cause, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_ENCODING)
      || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    return RN_NET_ERROR_PROTOCOL;
  return RN_NET_ERROR_UNREACHABLE;
}

static char *
tls_words (Exchange *self)
{
  GTlsCertificateFlags flags = soup_message_get_tls_peer_certificate_errors (self->message);

  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    return g_strdup (_("its certificate has expired"));
  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return g_strdup (_("its certificate is not valid yet"));
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return g_strdup (_("its certificate is for another name"));
  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return g_strdup (_("its certificate is not from an authority that this machine trusts"));
  return NULL;
}

/* What happened on the wire, in an operator's words. */
static GError *
wire_error (Exchange *self, const GError *cause)
{
  RnNetError code = code_of (cause);
  g_autofree char *place = rn_http_rules_dup_place (self->uri);
  g_autofree char *tls = NULL;
  g_autofree char *limit = NULL;

  switch (code)
    {
    case RN_NET_ERROR_TOO_LARGE:
      limit = g_format_size_full (self->request.max_bytes, G_FORMAT_SIZE_IEC_UNITS);
      return g_error_new (RN_NET_ERROR, code, _("the answer of %s is larger than %s: not taken"),
                          place, limit);
    case RN_NET_ERROR_TIMEOUT:
      return g_error_new (RN_NET_ERROR, code, _("%s did not answer in time"), place);
    case RN_NET_ERROR_TLS:
      tls = tls_words (self);
      return g_error_new (RN_NET_ERROR, code, _("no secure connection to %s: %s"), place,
                          tls != NULL ? tls : cause->message);
    case RN_NET_ERROR_PROTOCOL:
      return g_error_new (RN_NET_ERROR, code, _("%s does not answer in proper HTTP: %s"), place,
                          cause->message);
    default:
      if (self->answer != NULL)
        return g_error_new (RN_NET_ERROR, code, _("%s cut its answer off: %s"), place,
                            cause->message);
      return g_error_new (RN_NET_ERROR, code, _("%s cannot be reached: %s"), place,
                          cause->message);
    }
}

/* Ends the exchange with an error: @cause (taken) as it is when it is ours, else in our words. The
 * connection is given up. */
static void
fail (GTask *task, GError *cause)
{
  Exchange *self = g_task_get_task_data (task);
  g_autoptr (GError) owned = cause;
  g_autofree char *place = rn_http_rules_dup_place (self->uri);

  clear_source (&self->timeout_source);
  clear_source (&self->outer_source);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->stream);
  if (self->outer != NULL && g_cancellable_is_cancelled (self->outer))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("cancelled"));
  else if (self->timed_out)
    g_task_return_new_error (task, RN_NET_ERROR, RN_NET_ERROR_TIMEOUT,
                             _("%s did not answer within %.3g s"), place,
                             self->request.timeout_us / 1e6);
  else if (cause->domain == RN_NET_ERROR)
    g_task_return_error (task, g_steal_pointer (&owned));
  else
    g_task_return_error (task, wire_error (self, cause));
}

/* ---- the body ------------------------------------------------------------------------------ */

static void
succeed (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);

  clear_source (&self->timeout_source);
  clear_source (&self->outer_source);
  g_clear_object (&self->stream);
  g_task_return_pointer (task, g_steal_pointer (&self->answer),
                         (GDestroyNotify) rn_http_answer_free);
}

static void
ended_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Exchange *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->answer->body = rn_http_body_end_finish (result, &error);
  if (self->answer->body == NULL)
    fail (task, error);
  else
    succeed (task);
}

static void read_chunk (GTask *task);

static void
counted_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (rn_http_body_count_finish (result, &error))
    read_chunk (task);
  else
    fail (task, error);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Exchange *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) chunk =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);

  if (chunk == NULL)
    fail (task, error);
  else if (g_bytes_get_size (chunk) == 0)
    rn_http_body_end_async (self->body, self->cancellable, ended_cb, g_object_ref (task));
  else if (!rn_http_body_add (self->body, chunk, &error))
    fail (task, error);
  else if (rn_http_body_must_count (self->body))
    rn_http_body_count_async (self->body, self->cancellable, counted_cb, g_object_ref (task));
  else
    read_chunk (task);
}

static void
read_chunk (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (self->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, self->cancellable,
                                   read_cb, g_object_ref (task));
}

static void
begin_body (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  goffset length = 0;

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    length = soup_message_headers_get_content_length (headers);
  if (length < 0 || (guint64) length > self->request.max_bytes)
    {
      fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, _("too large")));
      return;
    }
  self->body = rn_http_body_new (self->request.max_bytes, (gsize) length,
                                 soup_message_headers_get_list (headers, "Content-Encoding"));
  read_chunk (task);
}

/* ---- headers ------------------------------------------------------------------------------- */

static void
read_times (RnHttpAnswer *answer, SoupMessageHeaders *headers)
{
  const char *date = soup_message_headers_get_one (headers, "Date");
  const char *age = soup_message_headers_get_one (headers, "Age");
  guint64 seconds;

  answer->source_rate = 1.0;
  if (age != NULL && g_ascii_string_to_unsigned (age, 10, 0, G_MAXINT32, &seconds, NULL))
    answer->age_us = (gint64) seconds * G_USEC_PER_SEC;
  if (date != NULL && rn_text_parse_http_date (date, &answer->date_us))
    answer->date_us -= answer->age_us;
  rn_http_rules_source_time (soup_message_headers_get_one (headers, "RoadNet-Time"),
                             &answer->source_time_us, &answer->source_rate);
  answer->max_age_us =
      rn_http_rules_max_age_us (soup_message_headers_get_list (headers, "Cache-Control"));
  rn_http_rules_keep (soup_message_headers_get_list (headers, "Cache-Control"), &answer->no_store,
                      &answer->must_ask);
}

static RnHttpAnswer *
read_headers (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  RnHttpAnswer *answer = g_new0 (RnHttpAnswer, 1);

  answer->status = soup_message_get_status (message);
  answer->received_us = g_get_monotonic_time ();
  answer->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
  answer->modified = g_strdup (soup_message_headers_get_one (headers, "Last-Modified"));
  read_times (answer, headers);
  return answer;
}

static GError *
status_error (Exchange *self)
{
  guint status = soup_message_get_status (self->message);
  const char *reason = soup_message_get_reason_phrase (self->message);
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  g_autofree char *place = rn_http_rules_dup_place (self->uri);
  g_autofree char *words =
      g_utf8_make_valid (reason != NULL ? reason : "", reason != NULL ? strnlen (reason, 60) : 0);
  RnNetErrorPrivate *priv;
  GError *error;

  switch (status)
    {
    case 401:
      error = g_error_new (RN_NET_ERROR, RN_NET_ERROR_REFUSED,
                           self->request.token != NULL ? _("%s refuses the token (401)")
                                                       : _("%s asks for a token (401)"),
                           place);
      break;
    case 403:
      error = g_error_new (RN_NET_ERROR, RN_NET_ERROR_REFUSED,
                           _("%s does not let us read this (403)"), place);
      break;
    case 410:
      error =
          g_error_new (RN_NET_ERROR, RN_NET_ERROR_GONE, _("%s no longer has this (410)"), place);
      break;
    case 429:
      error = g_error_new (RN_NET_ERROR, RN_NET_ERROR_BUSY, _("%s has been asked too often (429)"),
                           place);
      break;
    case 503:
      error = g_error_new (RN_NET_ERROR, RN_NET_ERROR_BUSY, _("%s is busy (%u %s)"), place, status,
                           words);
      break;
    default:
      error = g_error_new (RN_NET_ERROR, RN_NET_ERROR_STATUS, _("%s answers %u %s"), place, status,
                           words);
    }
  priv = rn_net_error_get_private (error);
  priv->status = status;
  if (status == 429 || status == 503)
    priv->retry_after_us = rn_http_rules_retry_after_us (
        soup_message_headers_get_one (headers, "Retry-After"), self->answer->date_us);
  return error;
}

static void send_message (GTask *task);

static gboolean
is_redirect (guint status)
{
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static void
follow (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  GError *error = NULL;
  GUri *to = rn_http_rules_redirect (self->uri, soup_message_headers_get_one (headers, "Location"),
                                     self->redirects, self->request.token != NULL,
                                     self->request.allow_http, &error);

  if (to == NULL)
    {
      fail (task, error);
      return;
    }
  g_uri_unref (self->uri);
  self->uri = to;
  self->redirects++;
  g_clear_object (&self->stream);
  g_clear_pointer (&self->answer, rn_http_answer_free);
  send_message (task);
}

static void
sent_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Exchange *self = g_task_get_task_data (task);
  GError *error = NULL;
  guint status;

  self->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (self->stream == NULL)
    {
      fail (task, error);
      return;
    }
  self->answer = read_headers (self->message);
  status = self->answer->status;
  if (is_redirect (status))
    follow (task);
  else if (status == 200)
    begin_body (task);
  else if (status == 304 && (self->request.etag != NULL || self->request.modified != NULL))
    succeed (task);
  else
    fail (task, status_error (self));
}

/* ---- request ------------------------------------------------------------------------------- */

static void
send_message (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);
  SoupMessageHeaders *headers;
  SoupSession *session =
      rn_http_rules_is_loopback (self->uri) ? self->http->direct : self->http->session;

  g_clear_object (&self->message);
  self->message = soup_message_new_from_uri (SOUP_METHOD_GET, self->uri);
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (self->message);
  soup_message_headers_append (headers, "Accept-Encoding", "gzip");
  soup_message_headers_append (headers, "Accept",
                               self->request.accept != NULL
                                   ? self->request.accept
                                   : "application/geo+json, application/json, */*");
  if (self->request.etag != NULL)
    soup_message_headers_append (headers, "If-None-Match", self->request.etag);
  if (self->request.modified != NULL)
    soup_message_headers_append (headers, "If-Modified-Since", self->request.modified);
  if (self->request.token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", self->request.token, NULL);

      soup_message_headers_append (headers, "Authorization", bearer);
    }
  soup_session_send_async (session, self->message, G_PRIORITY_DEFAULT, self->cancellable, sent_cb,
                           g_object_ref (task));
}

static gboolean
timeout_cb (gpointer data)
{
  Exchange *self = data;

  self->timed_out = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static gboolean
outer_cancelled_cb (GCancellable *outer, gpointer data)
{
  Exchange *self = data;

  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static Exchange *
exchange_new (RnHttp *http, const RnHttpRequest *request, GCancellable *outer)
{
  Exchange *self = g_new0 (Exchange, 1);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  self->http = g_object_ref (http);
  self->request = *request;
  self->request.uri = g_strdup (request->uri);
  self->request.token = g_strdup (request->token);
  self->request.etag = g_strdup (request->etag);
  self->request.modified = g_strdup (request->modified);
  self->request.accept = g_strdup (request->accept);
  if (self->request.max_bytes == 0)
    self->request.max_bytes = RN_HTTP_MAX_BYTES;
  if (self->request.timeout_us <= 0)
    self->request.timeout_us = DEFAULT_TIMEOUT_US;
  self->cancellable = g_cancellable_new ();
  self->timeout_source = g_timeout_source_new (MIN (self->request.timeout_us / 1000, G_MAXINT));
  g_source_set_callback (self->timeout_source, timeout_cb, self, NULL);
  g_source_attach (self->timeout_source, context);
  if (outer != NULL)
    {
      /* A source, not a handler: nothing of the exchange runs inside g_cancellable_cancel(). */
      self->outer = g_object_ref (outer);
      self->outer_source = g_cancellable_source_new (outer);
      g_source_set_callback (self->outer_source, G_SOURCE_FUNC (outer_cancelled_cb), self, NULL);
      g_source_attach (self->outer_source, context);
    }
  return self;
}

/* A field of a header must be printable ASCII, else it would break the request. */
static gboolean
is_field (const char *text)
{
  for (const char *p = text; p != NULL && *p != '\0'; p++)
    if (*p < 0x20 || *p > 0x7e)
      return FALSE;
  return TRUE;
}

void
rn_http_get_async (RnHttp *self, const RnHttpRequest *request, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  GError *error = NULL;
  GUri *uri;
  Exchange *exchange;

  g_return_if_fail (RN_IS_HTTP (self) && request != NULL && request->uri != NULL);
  g_task_set_source_tag (task, rn_http_get_async);
  uri = rn_http_rules_parse (request->uri, request->allow_http, &error);
  if (uri == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!is_field (request->token) || (request->token != NULL && *request->token == '\0'))
    {
      g_uri_unref (uri);
      g_task_return_new_error (task, RN_NET_ERROR, RN_NET_ERROR_PROTOCOL,
                               _("the token is empty or holds characters that no token has"));
      return;
    }
  exchange = exchange_new (self, request, cancellable);
  exchange->uri = uri;
  if (!is_field (exchange->request.etag))
    g_clear_pointer (&exchange->request.etag, g_free);
  if (!is_field (exchange->request.modified))
    g_clear_pointer (&exchange->request.modified, g_free);
  g_task_set_task_data (task, exchange, (GDestroyNotify) exchange_free);
  send_message (task);
}

RnHttpAnswer *
rn_http_get_finish (RnHttp *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- object -------------------------------------------------------------------------------- */

static SoupSession *
new_session (void)
{
  /* No timeout of its own: the whole exchange has one. */
  SoupSession *session = soup_session_new_with_options (
      "user-agent", "RoadNet/" RN_VERSION, "timeout", 0, "idle-timeout", 60, "max-conns", 64,
      "max-conns-per-host", 12, NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  return session;
}

static void
rn_http_dispose (GObject *object)
{
  RnHttp *self = RN_HTTP (object);

  g_clear_object (&self->session);
  g_clear_object (&self->direct);
  G_OBJECT_CLASS (rn_http_parent_class)->dispose (object);
}

static void
rn_http_class_init (RnHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_http_dispose;
}

static void
rn_http_init (RnHttp *self)
{
  self->session = new_session ();
  self->direct = new_session ();
  soup_session_set_proxy_resolver (self->direct, NULL);
}

RnHttp *
rn_http_new (void)
{
  return g_object_new (RN_TYPE_HTTP, NULL);
}
