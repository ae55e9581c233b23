/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where names, shields and symbols go so that nothing overlaps: greedy by priority, deterministic,
 * and stable while panning, for it remembers what it showed. Coordinates are logical px of the
 * view. One RnPlacement a view, one thread; no widget, no text is measured here. */
#pragma once

#include "carto/rn-levels.h"

typedef struct {
  double x, y, width, height;
} RnRect;

gboolean rn_rect_overlap (const RnRect *a, const RnRect *b);

typedef struct _RnPlacement RnPlacement;
RnPlacement *rn_placement_new (void);
void rn_placement_free (RnPlacement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnPlacement, rn_placement_free)
/** Forgets what was shown (after a jump or a change of language). */
void rn_placement_reset (RnPlacement *self);

/** Starts one arrangement: @view is what is seen, @taken what is covered already (controls,
 *  scale). The calls below add to what is taken, so call them in the order of importance:
 *  symbols, shields, labels. */
void rn_placement_begin (RnPlacement *self, const RnRect *view, const RnRect *taken, guint n_taken);
/** Takes one more rectangle. */
void rn_placement_take (RnPlacement *self, const RnRect *rect);

/* ---- names ---- */

typedef enum {
  RN_LABEL_POINT, /* beside its dot: above, below, right, left; the dot is taken too */
  RN_LABEL_AREA,  /* centred on the anchor */
} RnLabelKind;

typedef struct {
  guint64 id; /* stable over time and unique within the call */
  RnLabelKind kind;
  double x, y;          /* anchor */
  double width, height; /* of the text */
  double dot_px;        /* radius of its dot; 0 none */
  int priority;         /* higher first */
} RnLabel;

typedef struct {
  gboolean shown;
  RnRect rect; /* of the text */
} RnLabelPlace;

/** Fills @out, one a label, same order. */
void rn_placement_labels (RnPlacement *self, const RnLabel *labels, guint n, RnLabelPlace *out);

/* ---- road shields ---- */

typedef struct {
  guint32 road; /* index in the network */
  RnRect rect;
} RnShieldPlace;

#define RN_SHIELD_SPACING_PX 300.0

/** Shields along the roads, one every 300 px of each road with a confirmed number, never over
 *  another. @x, @y: world px of the view's origin (its rect's 0, 0) at @zoom, when the map is not
 *  turned; @rotation: by which it is about the middle of the view, radians clockwise; shields stay
 *  upright. @width_px: of the shield of each road, by road index (0: none). Appends
 *  RnShieldPlace to @out. */
void
rn_placement_shields (RnPlacement *self, const RnLevels *levels, double zoom, double x, double y,
                      double rotation, const float *width_px, double height_px, GArray *out);

/* ---- symbols ---- */

typedef enum {
  RN_SYMBOL_GROUP_INCIDENT,
  RN_SYMBOL_GROUP_WORKS,
  RN_SYMBOL_GROUP_FACILITY,
  RN_SYMBOL_GROUP_WEATHER
} RnSymbolGroup;

typedef struct {
  guint64 id;
  double x, y;         /* where it is */
  double size_px;      /* square side, or pill width */
  double height_px;    /* 0: as size_px */
  RnSymbolGroup group; /* only alike cluster */
  guint subtype;       /* incident or facility type: lower first; facilities cluster by it */
  int tier;            /* 1 … 4; 0 none */
  guint rank;          /* of its layer: lower first among those of the same tier */
  gboolean selected, unacknowledged;
} RnSymbolItem;

typedef enum {
  RN_SYMBOL_HIDDEN, /* no room; still in lists */
  RN_SYMBOL_SINGLE,
  RN_SYMBOL_CLUSTER, /* stands for count members, itself the worst */
  RN_SYMBOL_MEMBER,  /* is counted in the cluster of item @of */
} RnSymbolFate;

typedef struct {
  RnSymbolFate fate;
  RnRect rect;     /* where it is drawn */
  gboolean leader; /* moved: a line goes from its middle to the item's x, y */
  guint count;     /* of a cluster, itself included */
  guint of;        /* of a member: index of the item that stands for it */
} RnSymbolPlace;

/** Fills @out, one an item, same order. Worst first: selected, unacknowledged, tier, rank, group,
 *  subtype. Nothing selected, unacknowledged or of tier 1 or 2 is dropped: it is moved. What is up
 *  to some 96 px outside of the view is arranged where it is, so that a pan uncovers it ready; what
 *  is further out is HIDDEN. */
void
rn_placement_symbols (RnPlacement *self, const RnSymbolItem *items, guint n, RnSymbolPlace *out);
