/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that stands on the map unscaled, arranged so that nothing overlaps: symbols, shields
 * and names of one view and frame. Arranged in the thread of the fonts, drawn by the symbol and the
 * text layer on the main thread, which only append textures. A plan is immutable and refcounted. */
#pragma once

#include "map/rn-camera.h"
#include "map/rn-cluster.h"
#include "map/rn-flow-scene.h"
#include "map/rn-map-layers.h"
#include "map/rn-sprites.h"
#include "model/rn-subject.h"

typedef struct {
  GdkTexture *texture;
  double wx, wy;              /* where it belongs: 0…1 of the world */
  double x, y, width, height; /* of the texture, from there, logical px */
  RnRect shape;               /* of a symbol: what is hit and ringed, from there */
  double radius;              /* of the shape's corners */
  gboolean leader;            /* moved aside: a line leads to its place */
  RnSubject *subject;         /* of a symbol; NULL: text */
  guint count;                /* of a cluster, else 1 */
  GPtrArray *members;         /* RnSubject, of a cluster, the worst first; NULL: none */
  RnClusterSpan span;         /* of a cluster */
  int tier;
  gboolean unacknowledged;
  double fade; /* 1 − opacity */
} RnPlanItem;

typedef struct {
  gatomicrefcount ref_count;
  RnCamera camera; /* for which it was arranged */
  RnThemeId theme;
  GArray *symbols; /* RnPlanItem, lowest first */
  GArray *texts;   /* the same */
} RnMapPlan;

RnMapPlan *rn_map_plan_ref (RnMapPlan *self);
void rn_map_plan_unref (RnMapPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnMapPlan, rn_map_plan_unref)

/* What is kept from plan to plan of one map in one theme, in its scales and language. Used by one
 * thread at a time. Atomically refcounted. */
typedef struct _RnPlanTools RnPlanTools;
/** @scale: device pixels a pixel; @text_scale: of the desktop's text, 1: 96 dpi. */
RnPlanTools *
rn_plan_tools_new (RnThemeId theme, int scale, double text_scale, const char *language);
RnPlanTools *rn_plan_tools_ref (RnPlanTools *self);
void rn_plan_tools_unref (RnPlanTools *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnPlanTools, rn_plan_tools_unref)

/* What is to be arranged. */
typedef struct {
  RnCamera camera;
  RnFlowScene *flow; /* NULL: no network: names alone */
  double text_scale; /* of the desktop's text; 1: 96 dpi */
  guint layers;      /* RN_MAP_BIT() */
  RnSubject *selection;
  GHashTable *unacknowledged; /* RnSubject → tier, 0 unknown; never changed; NULL: none */
  RnRect taken[4];            /* covered by controls: no text goes there */
  guint n_taken;
  guint rank[RN_N_MAP_LAYERS];  /* 0: its symbols lie on top */
  double fade[RN_N_MAP_LAYERS]; /* 1 − opacity */
} RnPlanRequest;

void rn_plan_request_clear (RnPlanRequest *self);

/** A set of copies of subjects, each with the worst tier told of it (@tiers NULL: none); free
 *  with g_hash_table_unref(). */
GHashTable *rn_plan_subjects_new (const RnSubject *const *subjects, const int *tiers, guint n);

/** Arranges; in the thread of the fonts. */
RnMapPlan *rn_map_plan_new (RnPlanTools *tools, const RnPlanRequest *request);

/** Where the item's place lies in the widget now. */
void rn_plan_item_place (const RnPlanItem *self, const RnCamera *camera, double *x, double *y);
