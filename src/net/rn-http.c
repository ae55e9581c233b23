/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The HTTP client. One exchange is one GTask: request → headers (redirects by hand) → body in chunks
 * of 64 KiB → inflating. A compressed body is kept compressed and only counted as its chunks come,
 * in a worker, so that a bomb is cut off after some hundred KiB; it is inflated once, in a worker,
 * when all of it is there and its size is known. Runs on the thread-default main context of the
 * caller; the exchange belongs to its task. */
#include "net/rn-http.h"

#include <libsoup/soup.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
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

/* The body, handed from the main thread to a worker and back, never held by both. */
typedef struct {
  gatomicrefcount refs;
  GByteArray *raw;     /* as it came */
  gsize n_counted;     /* of raw: bytes that the counter has seen */
  GConverter *counter; /* NULL: not compressed */
  gboolean at_end;     /* the last gzip member is complete */
  gsize n_inflated;
  gsize max_bytes;
} Body;

static void
body_unref (Body *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_object (&self->counter);
  g_clear_pointer (&self->raw, g_byte_array_unref);
  g_free (self);
}

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
  Body *body;
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
  g_clear_pointer (&self->body, body_unref);
  g_clear_pointer (&self->answer, rn_http_answer_free);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_free (self->request.uri);
  g_free (self->request.token);
  g_free (self->request.etag);
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

  switch (code)
    {
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

static void
fail_too_large (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);
  g_autofree char *place = rn_http_rules_dup_place (self->uri);
  g_autofree char *limit = g_format_size_full (self->request.max_bytes, G_FORMAT_SIZE_IEC_UNITS);

  fail (task, g_error_new (RN_NET_ERROR, RN_NET_ERROR_TOO_LARGE,
                           _("the answer of %s is larger than %s: not taken"), place, limit));
}

/* ---- the body ------------------------------------------------------------------------------ */

/* Inflates @input through @converter; the output goes to @out, or is only counted when @out is
 * NULL. Goes on over concatenated members. FALSE on damage (@error), TRUE when all is used up or
 * more than @max came out in total. */
static gboolean
inflate (GConverter *converter, const guint8 *input, gsize n_input, GByteArray *out, gsize max,
         gsize *total, gboolean *at_end, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *scratch = g_malloc (CHUNK_BYTES);

  while (n_input > 0 && *total <= max)
    {
      g_autoptr (GError) local = NULL;
      gsize n_read = 0, n_written = 0;
      GConverterResult result;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (*at_end)
        g_converter_reset (converter);
      result = g_converter_convert (converter, input, n_input, scratch, CHUNK_BYTES,
                                    G_CONVERTER_NO_FLAGS, &n_read, &n_written, &local);
      *at_end = result == G_CONVERTER_FINISHED;
      if (result == G_CONVERTER_ERROR
          && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
        return TRUE;
      if (result == G_CONVERTER_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      input += n_read;
      n_input -= n_read;
      *total += n_written;
      if (out != NULL)
        g_byte_array_append (out, scratch, n_written);
    }
  return TRUE;
}

/* A worker counts what the bytes that came last inflate to. */
static void
count_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Body *body = data;
  GError *error = NULL;
  gboolean good = inflate (body->counter, body->raw->data + body->n_counted,
                           body->raw->len - body->n_counted, NULL, body->max_bytes,
                           &body->n_inflated, &body->at_end, cancellable, &error);

  body->n_counted = body->raw->len;
  if (good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
inflate_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Body *body = data;
  g_autoptr (GByteArray) out = g_byte_array_sized_new (MAX (body->n_inflated, 1));
  gsize total = 0;
  gboolean at_end = FALSE;
  GError *error = NULL;

  g_converter_reset (body->counter);
  if (inflate (body->counter, body->raw->data, body->raw->len, out, body->n_inflated, &total,
               &at_end, cancellable, &error))
    g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&out)),
                           (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/* Gives the body to a worker; @callback gets a reference to @task. */
static void
run_job (GTask *task, GAsyncReadyCallback callback, GTaskThreadFunc func)
{
  Exchange *self = g_task_get_task_data (task);
  g_autoptr (GTask) work = g_task_new (NULL, self->cancellable, callback, g_object_ref (task));

  g_atomic_ref_count_inc (&self->body->refs);
  g_task_set_task_data (work, self->body, (GDestroyNotify) body_unref);
  g_task_run_in_thread (work, func);
}

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
inflated_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Exchange *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->answer->body = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->answer->body == NULL)
    fail (task, error);
  else
    succeed (task);
}

/* The whole body is there. */
static void
end_body (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);

  if (self->body->counter == NULL)
    {
      self->answer->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body->raw));
      succeed (task);
    }
  else if (!self->body->at_end)
    fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                                     _("the compressed data ends too early")));
  else
    run_job (task, inflated_cb, inflate_thread);
}

static void read_chunk (GTask *task);

static void
counted_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Exchange *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    fail (task, error);
  else if (self->body->n_inflated > self->body->max_bytes)
    fail_too_large (task);
  else
    read_chunk (task);
}

/* Recognises gzip by its magic, whatever the header says: some servers send files as they lie. */
static gboolean
look_at_encoding (Exchange *self, GError **error)
{
  Body *body = self->body;
  const char *encoding = soup_message_headers_get_list (
      soup_message_get_response_headers (self->message), "Content-Encoding");

  if (body->counter != NULL || body->raw->len < 2)
    return TRUE;
  if (body->raw->data[0] == 0x1f && body->raw->data[1] == 0x8b)
    {
      body->counter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
      return TRUE;
    }
  if (encoding == NULL || g_ascii_strcasecmp (encoding, "identity") == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _("the body is not in the encoding it is said to be in (%s)"), encoding);
  return FALSE;
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Exchange *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) chunk
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);

  if (chunk == NULL)
    {
      fail (task, error);
      return;
    }
  if (g_bytes_get_size (chunk) == 0)
    {
      end_body (task);
      return;
    }
  g_byte_array_append (self->body->raw, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
  if (self->body->raw->len > self->body->max_bytes)
    fail_too_large (task);
  else if (!look_at_encoding (self, &error))
    fail (task, error);
  else if (self->body->counter != NULL)
    run_job (task, counted_cb, count_thread);
  else
    read_chunk (task);
}

static void
read_chunk (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (self->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                   self->cancellable, read_cb, g_object_ref (task));
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
      fail_too_large (task);
      return;
    }
  self->body = g_new0 (Body, 1);
  g_atomic_ref_count_init (&self->body->refs);
  self->body->max_bytes = self->request.max_bytes;
  self->body->raw = g_byte_array_sized_new (MIN (length, (goffset) 4 << 20) + 1);
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
  answer->max_age_us
      = rn_http_rules_max_age_us (soup_message_headers_get_list (headers, "Cache-Control"));
}

static RnHttpAnswer *
read_headers (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  RnHttpAnswer *answer = g_new0 (RnHttpAnswer, 1);

  answer->status = soup_message_get_status (message);
  answer->received_us = g_get_monotonic_time ();
  answer->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
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
  g_autofree char *words = g_utf8_make_valid (reason != NULL ? reason : "",
                                              reason != NULL ? strnlen (reason, 60) : 0);
  RnNetErrorPrivate *priv;
  GError *error;

  switch (status)
    {
    case 401:
      error = g_error_new (RN_NET_ERROR, RN_NET_ERROR_REFUSED, self->request.token != NULL
                           ? _("%s refuses the token (401)") : _("%s asks for a token (401)"),
                           place);
      break;
    case 403:
      error = g_error_new (RN_NET_ERROR, RN_NET_ERROR_REFUSED,
                           _("%s does not let us read this (403)"), place);
      break;
    case 410:
      error = g_error_new (RN_NET_ERROR, RN_NET_ERROR_GONE, _("%s no longer has this (410)"),
                           place);
      break;
    case 429:
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
  else if (status == 304 && self->request.etag != NULL)
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
  SoupSession *session
      = rn_http_rules_is_loopback (self->uri) ? self->http->direct : self->http->session;

  g_clear_object (&self->message);
  self->message = soup_message_new_from_uri (SOUP_METHOD_GET, self->uri);
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (self->message);
  soup_message_headers_append (headers, "Accept-Encoding", "gzip");
  soup_message_headers_append (headers, "Accept", "application/geo+json, application/json, */*");
  if (self->request.etag != NULL)
    soup_message_headers_append (headers, "If-None-Match", self->request.etag);
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
