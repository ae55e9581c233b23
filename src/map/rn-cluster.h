/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a cluster of symbols stands for and where it parts. Pure; used by the plan in a worker and
 * by the view when a cluster is opened. */
#pragma once

#include "map/rn-camera.h"
#include "model/rn-subject.h"

/* One member, keys borrowed. */
typedef struct {
  double wx, wy; /* 0…1 of the world */
  RnSubjectKind kind;
  const char *key;
  gboolean unacknowledged;
  int tier; /* 0 none */
  guint subtype;
} RnClusterSpot;

typedef struct {
  double x0, y0, x1, y1; /* of all members, 0…1 of the world */
  double part_zoom;      /* from where on two of them have room beside each other */
  double all_zoom;       /* from where on all have that do not lie on one spot */
} RnClusterSpan;

/** Subjects of the spots, the worst first. @spots: of RnClusterSpot; is sorted. */
GPtrArray *rn_cluster_members (GArray *spots);
RnClusterSpan rn_cluster_span (const GArray *spots);

/** Where to look for it to part. FALSE: it parts at no zoom that there is, or is apart as far as it
 *  ever will be: its members are to be listed. */
gboolean rn_cluster_opening (const RnClusterSpan *self, const RnCamera *camera, double *lon,
                             double *lat, double *zoom);
