/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of an answer as it comes in, with a limit on what it inflates to. A compressed body
 * is kept compressed and only counted, in a worker, as its bytes come: a bomb of 256 MiB is
 * known after some hundred KiB and never unfolded. It is inflated once, when all is there and
 * its size is known. The caller's thread and the worker have it in turn, never both. */
#pragma once

#include <gio/gio.h>

typedef struct _RnHttpBody RnHttpBody;

/** @max_bytes: limit after inflating. @expected: size on the wire where known, else 0. @encoding:
 *  Content-Encoding, or NULL. */
RnHttpBody *rn_http_body_new (gsize max_bytes, gsize expected, const char *encoding);
void rn_http_body_unref (RnHttpBody *self);

/** Adds bytes as they came. gzip is recognised by its magic, whatever the header says. Errors, of
 *  this and the following: G_IO_ERROR_MESSAGE_TOO_LARGE, _INVALID_DATA, _PARTIAL_INPUT. */
gboolean rn_http_body_add (RnHttpBody *self, GBytes *bytes, GError **error);

/** Whether what was added must be counted before more may be added. */
gboolean rn_http_body_must_count (RnHttpBody *self);
void rn_http_body_count_async (RnHttpBody *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);
gboolean rn_http_body_count_finish (GAsyncResult *result, GError **error);

/** All is there: the body as it was meant. Only once. */
void rn_http_body_end_async (RnHttpBody *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);
GBytes *rn_http_body_end_finish (GAsyncResult *result, GError **error);
