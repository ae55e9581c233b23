/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the HTTP client lets through and how it reads header fields, apart from any connection:
 * schemes, redirects, Retry-After, RoadNet-Time, Cache-Control. Pure; any thread. */
#pragma once

#include "net/rn-http.h"

#define RN_HTTP_MAX_REDIRECTS 5
#define RN_HTTP_MAX_BYTES ((gsize) 256 << 20)
#define RN_HTTP_MAX_RETRY_AFTER_US (G_GINT64_CONSTANT (15) * 60 * 1000000)

/** Whether @uri leads to this very machine: localhost or an address of the loopback. */
gboolean rn_http_rules_is_loopback (GUri *uri);

/** Whether both have the same scheme, host and port. */
gboolean rn_http_rules_same_origin (GUri *a, GUri *b);

/** "host", or "host:port" where the port is not the standard one, for messages:
 *  never user, password, path or query. Caller frees. */
char *rn_http_rules_dup_place (GUri *uri);

/** Parses @text and checks that it may be asked: http or https, http only to the loopback unless
 *  @allow_http. NULL with RN_NET_ERROR_PROTOCOL or _INSECURE. */
GUri *rn_http_rules_parse (const char *text, gboolean allow_http, GError **error);

/** The address that a redirect from @from to @location (absolute or relative) leads to, or NULL
 *  with RN_NET_ERROR_REDIRECT: never from https to http, never with a token to another origin,
 *  never to plain http that is not allowed, and only RN_HTTP_MAX_REDIRECTS times. @count:
 *  redirects so far. */
GUri *rn_http_rules_redirect (GUri *from, const char *location, guint count, gboolean has_token,
                              gboolean allow_http, GError **error);

/** Retry-After as µs from now: seconds, or a date, which counts from @date_us (the Date of the
 *  answer; 0 unknown). At most 15 min; 0 when absent or not understood. */
gint64 rn_http_rules_retry_after_us (const char *text, gint64 date_us);

/** "<RFC 3339>;rate=N". FALSE, both untouched, when absent or not understood. Rates outside
 *  0.001…10,000 are not understood. */
gboolean rn_http_rules_source_time (const char *text, gint64 *time_us, double *rate);

/** max-age of Cache-Control, µs; 0 when absent, or when it may not be kept (no-store, no-cache). */
gint64 rn_http_rules_max_age_us (const char *text);

/** Whether Cache-Control forbids keeping the answer, and whether it asks for a question each time
 *  before it is used again. */
void rn_http_rules_keep (const char *text, gboolean *no_store, gboolean *must_ask);
