/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sources have to do with each other's networks: incidents and works of a source without one
 * are placed on the joint network of the others, and data that lies off it for another system of
 * coordinates is told. Both in a worker, and again only when a network or a list changed. Main
 * thread; owned by the session. */
#pragma once

#include "feed/rn-source.h"

#define RN_TYPE_PLACING (rn_placing_get_type ())
G_DECLARE_FINAL_TYPE (RnPlacing, rn_placing, RN, PLACING, GObject)

/* Signal "changed": there is something new to fill in. */

RnPlacing *rn_placing_new (void);

/** What there is now: @parts[i] is of @sources[i], @joint is the network of all of them. Starts a
 *  worker when that calls for one. Nothing is kept but references. */
void rn_placing_update (RnPlacing *self, RnSource *const *sources, const RnFrameParts *parts,
                        guint n, RnNetwork *joint);

/** Puts the placed lists in the place of those of @source's @parts. Of lists that are newer than
 *  the last that was placed on the present network, those are kept until it is done. Borrowed until
 *  the next turn of the main loop. */
void rn_placing_fill (RnPlacing *self, RnSource *source, RnFrameParts *parts);

/** Sets what is known of @status's feed: warning, and what found no section. */
void rn_placing_tell (RnPlacing *self, RnFeedStatus *status);

void rn_placing_stop (RnPlacing *self); /* cancels; no signal after it */
