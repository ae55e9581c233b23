/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spatial join: which section lies here? A grid over the segments of a network, made once, then
 * read by any thread. */
#pragma once

#include "model/rn-network.h"

typedef struct _RnJoin RnJoin;

typedef struct {
  guint32 section; /* RN_NONE: nothing near */
  double distance_m;
  double fraction;    /* along the section, 0…1 */
  double bearing_deg; /* of the section there */
} RnJoinHit;

RnJoin *rn_join_new (const RnNetwork *network);
RnJoin *rn_join_ref (RnJoin *self);
void rn_join_unref (RnJoin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnJoin, rn_join_unref)

/** Of the network it is over. */
const RnBox *rn_join_get_extent (const RnJoin *self);

/** The nearest section within @max_m of @at; with a @bearing_deg that is not NaN, only sections
 *  whose bearing there differs by less than 45°. */
RnJoinHit rn_join_point (const RnJoin *self, RnPoint at, double bearing_deg, double max_m);

/** The sections along a line, in its direction, each once: sampled at most every 200 m, nearest
 *  within 50 m whose bearing differs by less than 45°; @both also the other direction. Caller frees
 *  the array of guint32. */
GArray *rn_join_line (const RnJoin *self, const RnPoint *line, guint n, gboolean both);
