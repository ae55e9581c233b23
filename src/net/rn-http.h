/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The HTTP client: TLS with the system's CAs, bearer token, conditional requests, gzip, limits.
 * Asynchronous on the main context; bodies are read as they come and cut off at the limit. */
#pragma once

#include <gio/gio.h>

#define RN_NET_ERROR (rn_net_error_quark ())
GQuark rn_net_error_quark (void);
typedef enum {
  RN_NET_ERROR_UNREACHABLE, /* no name, no route, refused, cut off */
  RN_NET_ERROR_TIMEOUT,
  RN_NET_ERROR_TLS,
  RN_NET_ERROR_TOO_LARGE,
  RN_NET_ERROR_REFUSED,  /* 401, 403: needs a person */
  RN_NET_ERROR_GONE,     /* 410 */
  RN_NET_ERROR_BUSY,     /* 429, 503 */
  RN_NET_ERROR_STATUS,   /* any other status */
  RN_NET_ERROR_REDIRECT, /* too many, to another origin with the token, or to plain http */
  RN_NET_ERROR_PROTOCOL, /* not HTTP, broken encoding */
  RN_NET_ERROR_INSECURE, /* plain http where it is not allowed */
} RnNetError;

typedef struct {
  char *uri;
  char *token;         /* NULL none */
  char *etag;          /* sent as If-None-Match; NULL none */
  char *modified;      /* sent as If-Modified-Since; NULL none */
  char *accept;        /* kinds of content; NULL: JSON before others */
  gboolean allow_http; /* plain http beyond loopback */
  gint64 timeout_us;   /* for the whole exchange */
  gsize max_bytes;     /* after inflating; 0: 256 MiB */
} RnHttpRequest;

typedef struct {
  guint status;          /* 200 or 304, else it is an error */
  GBytes *body;          /* inflated; NULL for 304 */
  char *etag;            /* NULL none */
  gint64 date_us;        /* Date less Age; 0 unknown */
  gint64 age_us;         /* Age: how long a cache between held it; 0 none */
  gint64 source_time_us; /* RoadNet-Time; 0 none */
  double source_rate;    /* its rate; 1 */
  char *modified;        /* Last-Modified; NULL none */
  gint64 max_age_us;     /* Cache-Control max-age; 0 none */
  gboolean no_store;     /* Cache-Control: must not be kept */
  gboolean must_ask;     /* Cache-Control: kept, but asked about each time */
  gint64 received_us;    /* monotonic µs when the headers came */
} RnHttpAnswer;

void rn_http_answer_free (RnHttpAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnHttpAnswer, rn_http_answer_free)

#define RN_TYPE_HTTP (rn_http_get_type ())
G_DECLARE_FINAL_TYPE (RnHttp, rn_http, RN, HTTP, GObject)

RnHttp *rn_http_new (void);

/** GET. @request is copied. Errors are RN_NET_ERROR or G_IO_ERROR_CANCELLED; the message says what
 *  happened in words for an operator, without the token. */
void rn_http_get_async (RnHttp *self, const RnHttpRequest *request, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data);
RnHttpAnswer *rn_http_get_finish (RnHttp *self, GAsyncResult *result, GError **error);

/** Retry-After of a failed GET, µs from now, at most 15 min; 0 none. */
gint64 rn_http_error_retry_after_us (const GError *error);

/** The HTTP status of a failed GET, such as 404; 0 when there was none. */
guint rn_http_error_status (const GError *error);
