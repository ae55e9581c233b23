/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is near a place by the distance along the roads, with the traffic and against it. The index
 * of a network is made once, in a worker, and read by any thread; a search over 100,000 sections
 * of one dense grid takes some 150 ms, within 60 km some 30 ms: in a worker too. Pure. */
#pragma once

#include "model/rn-frame.h"
#include "model/rn-join.h"

/* In the order in which they are listed. */
typedef enum {
  RN_NEAR_INCIDENT,
  RN_NEAR_WORK,
  RN_NEAR_INTERCHANGE,
  RN_NEAR_TOLL_PLAZA,
  RN_NEAR_SERVICE_AREA,
  RN_NEAR_SIGN,
  RN_NEAR_CAMERA,
  RN_NEAR_STATION,
  RN_NEAR_OTHER, /* bridge, tunnel, border, checkpoint */
  RN_N_NEAR_GROUPS
} RnNearGroup;

typedef enum {
  RN_NEAR_HERE,       /* within some 50 m */
  RN_NEAR_DOWNSTREAM, /* ahead of who drives at the place */
  RN_NEAR_UPSTREAM,   /* behind: who passes there comes by */
  RN_NEAR_BY_AIR      /* by no road within the limit */
} RnNearWay;

typedef struct {
  RnNearGroup group;
  RnSubject *subject;
  RnNearWay way;
  double distance_m; /* along the roads, by air with RN_NEAR_BY_AIR */
  guint32 from;      /* the section of the place from which it was found; RN_NONE by air */
} RnNearItem;

typedef struct {
  RnPoint at;
  guint32 section;   /* on which the place lies; RN_NONE: on none */
  double chainage_m; /* there; NaN unknown */
  double off_m;      /* from the section's line; NaN: on none */
  GArray *items;     /* RnNearItem: by group, then the nearest first */
} RnNear;

typedef struct _RnNearIndex RnNearIndex;

/** Places everything that stands still on the sections. In a worker. */
RnNearIndex *rn_near_index_new (const RnNetwork *network);
RnNearIndex *rn_near_index_ref (RnNearIndex *self);
void rn_near_index_unref (RnNearIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnNearIndex, rn_near_index_unref)
const RnNetwork *rn_near_index_get_network (const RnNearIndex *self); /* borrowed */

/** What is near @at in @frame, which is of the network of @index. @section: on which the place is
 *  known to lie, or RN_NONE: the nearest within @reach_m. @limit_m: along the roads, and by air.
 *  Of each group at most @n_each; what no road leads to within the limit is listed by air, the
 *  nearest of its group, or @n_each of them when the place is on no road. */
RnNear *rn_near_new (const RnNearIndex *index, const RnFrame *frame, RnPoint at, guint32 section,
                     double reach_m, double limit_m, guint n_each);
void rn_near_free (RnNear *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnNear, rn_near_free)
