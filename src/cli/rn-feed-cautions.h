/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What "feed check" warns of though it can be read: data that lies off a network as if it were of
 * another system of coordinates. Compared are the facilities of a network with its own sections,
 * events with the network of their source, and the networks of several sources with each other. A
 * plain value of one thread. */
#pragma once

#include "feed/rn-document.h"

typedef struct _RnFeedCautions RnFeedCautions;

RnFeedCautions *rn_feed_cautions_new (void);
void rn_feed_cautions_free (RnFeedCautions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnFeedCautions, rn_feed_cautions_free)

/** What comes now is of another source: @name is shown, @crs is what it was read as. */
void rn_feed_cautions_begin (RnFeedCautions *self, const char *name, RnCrs crs);
/** Of several networks of one source the last counts. */
void rn_feed_cautions_add_document (RnFeedCautions *self, const RnDocument *document);

/** Sentences (char *) in the language in use; caller frees. */
GPtrArray *rn_feed_cautions_judge (const RnFeedCautions *self);
