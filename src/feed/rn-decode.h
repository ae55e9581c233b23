/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decoding in a worker: bytes in, document out, by the adapter's pure functions. */
#pragma once

#include "feed/rn-adapter.h"

typedef struct {
  RnDocument *document; /* to be stolen */
  RnJoin *join;         /* over document->network, when that is a network */
} RnDecoded;

void rn_decoded_free (RnDecoded *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnDecoded, rn_decoded_free)

/** A context that outlives what it was made from. */
RnDecodeContext *rn_decode_context_copy (const RnDecodeContext *self);
void rn_decode_context_free (RnDecodeContext *self);

/** Blocking, any thread. Besides what the adapter says: RN_FEED_ERROR_NETWORK_UNKNOWN when a flow
 *  speaks of another version than that of @context's network. */
RnDecoded *rn_decode (const RnAdapter *adapter, RnFeedKind kind, GBytes *const *documents,
                      const RnDecodeContext *context, GError **error);

/** The same in a worker. All is copied or reffed. @documents: as many as the adapter has slots. */
void rn_decode_async (const RnAdapter *adapter, RnFeedKind kind, GBytes *const *documents,
                      const RnDecodeContext *context, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer data);
RnDecoded *rn_decode_finish (GAsyncResult *result, GError **error);
