/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two files of the search for what is near share: where things stand on the sections. */
#pragma once

#include "model/rn-near.h"

/* A thing at a place of a section. Things are counted: first the facilities of the network by their
 * index, then incidents, works and stations of the frame. */
typedef struct {
  guint32 section;
  guint32 thing;
  double from, to; /* along the section, 0…1; alike for a point */
} RnNearAnchor;

typedef struct {
  RnNearGroup group;
  RnSubjectKind kind;
  const char *key; /* of network or frame */
  gboolean located;
  RnPoint at;
} RnNearThing;

struct _RnNearIndex {
  gatomicrefcount ref_count;
  RnNetwork *network;
  RnJoin *join;
  GArray *anchors; /* RnNearAnchor of the facilities, by section */
};

/* The first anchor of @section or of one behind it, in an array by section. */
guint rn_near_first_anchor (const GArray *anchors, guint32 section);
/* The place on @section that is nearest to @at. */
double rn_near_fraction_on (const RnNetwork *network, guint32 section, RnPoint at,
                            double *distance_m, double *bearing_deg);

/* What a frame and its network hold, for one search. */
typedef struct _RnNearThings RnNearThings;
RnNearThings *rn_near_things_new (const RnNearIndex *index, const RnFrame *frame);
void rn_near_things_free (RnNearThings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnNearThings, rn_near_things_free)
guint rn_near_things_count (const RnNearThings *self);
RnNearThing rn_near_things_get (const RnNearThings *self, guint i);
GArray *rn_near_things_anchors (RnNearThings *self); /* of the frame's things; borrowed */
