/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map: base map, sections, rings, symbols and text of one frame, with scale bar, attribution
 * and "demo data" mark. It reads frames and changes nothing; the window owns it. It draws and
 * hit-tests only: what a hover or a click means is the window's business. Main thread only; all
 * rasterising is in workers. */
#pragma once

#include <gtk/gtk.h>

#include "carto/rn-colouring.h"
#include "carto/rn-theme.h"
#include "map/rn-map-layers.h"
#include "map/rn-raster-spec.h"
#include "map/rn-raster-status.h"
#include "model/rn-frame.h"
#include "model/rn-subject.h"

/** Around the whole network, in rn_map_view_show_network(). */
#define RN_MAP_NETWORK_PADDING_PX 32.0

#define RN_TYPE_MAP_VIEW (rn_map_view_get_type ())
G_DECLARE_FINAL_TYPE (RnMapView, rn_map_view, RN, MAP_VIEW, GtkWidget)

/* Property: "demo" (gboolean): shows the "demo data" mark.
 *
 * Signals:
 *  "hovered"      (RnSubject *subject, double x, double y): what is under the pointer changed, or
 *                 it moved over the same; NULL: nothing. At most once a drawn frame.
 *  "focused"      (RnSubject *subject, guint at, guint n): the keyboard has walked to the one of
 *                 number @at of @n; it is hovered too. NULL: to none.
 *  "picked"       (RnSubject *subject, double x, double y): clicked or tapped; NULL: empty ground.
 *  "cluster-opened" (GPtrArray *members, double x, double y): a cluster was clicked that parts at
 *                 no zoom; RnSubject, the worst first. Others are flown to where they part.
 *  "context-menu" (RnSubject *subject, double x, double y): right click, long press or menu key;
 *                 may be NULL.
 *  "view-changed" (): centre, zoom, rotation or size changed.
 *  "rasters-changed" (): the status of raster maps may be another one.
 * Subjects are borrowed for the emission; x and y are in pixels of the widget.
 *
 * Keys, with the focus on it: arrows pan (a tenth of the view, with Shift half), + and − zoom,
 * Page Up and Page Down in large steps, Home shows the whole network, [ and ] turn, N puts north
 * up. Tab walks over what is seen, Enter picks it, the menu key asks what is near; Escape ends the
 * walk, and the next Tab leaves the map; else it picks nothing. Pointer: drag pans, with Ctrl it
 * turns; the wheel and a double click zoom about the pointer. */

GtkWidget *rn_map_view_new (void);

/** The frame to draw; NULL: none, the base map alone. Keeps a reference. With a network other than
 *  that of the frame before, geometry is prepared in a worker and the old picture goes at once. The
 *  first frame that has sections also shows its whole network, unless a view was set before. */
void rn_map_view_set_frame (RnMapView *self, const RnFrame *frame);
const RnFrame *rn_map_view_get_frame (RnMapView *self); /* borrowed; NULL: none */

void rn_map_view_set_theme (RnMapView *self, RnThemeId theme);
void rn_map_view_set_colouring (RnMapView *self, RnColouring colouring);

/** @mask: RN_MAP_BIT() of each RnMapLayerId that is drawn and can be hit. */
void rn_map_view_set_layers (RnMapView *self, guint mask);

/** @order: layers from above, each once; FLOW has no place in it. Symbols of a higher layer lie
 *  over those of a lower one and keep their place where there is no room for both; names and
 *  shields lie over the symbols when they stand first, else under them. Whatever the order:
 *  areas lie under the sections, lines of works on them, symbols of tier I and II on top. */
void rn_map_view_set_layer_order (RnMapView *self, const RnMapLayerId *order, guint n);

/** @opacity: 0 … 1. Not of FLOW, and not for symbols of tier I and II, nor for what is selected or
 *  not acknowledged: these are always opaque. */
void rn_map_view_set_layer_opacity (RnMapView *self, RnMapLayerId layer, double opacity);
/** Raster maps over the embedded base map and under all else: @n specs from below, copied; they
 *  replace those set before. Licences are shown beside the map; where tiles do not come the
 *  embedded map is seen, and a notice says so. Nothing waits for them. */
void rn_map_view_set_rasters (RnMapView *self, const RnRasterSpec *const *specs, guint n);
/** How they do: RnRasterStatus of each that is on, from below. See "rasters-changed". */
GPtrArray *rn_map_view_dup_raster_status (RnMapView *self);

/** Draws the ring of the selection; NULL: none. Does not move the view. */
void rn_map_view_set_selection (RnMapView *self, const RnSubject *subject);

/** What nobody has acknowledged: its symbols carry a ring that pulses, and are never left out.
 *  @n subjects, copied; they replace those set before. @tiers: one each, NULL none: a section that
 *  has one gets a symbol for it, since it has none of its own. */
void rn_map_view_set_unacknowledged (RnMapView *self, const RnSubject *const *subjects,
                                     const int *tiers, guint n);
/** The low half of that pulse; one clock of the window sets it. */
void rn_map_view_set_pulse (RnMapView *self, gboolean low);

void rn_map_view_set_demo (RnMapView *self, gboolean demo);
gboolean rn_map_view_get_demo (RnMapView *self);

/** Shows @box with at least @padding_px around it. A point is shown at zoom 13 at most. May be
 *  called before the widget has a size: it is done at the first allocation. */
void rn_map_view_show_box (RnMapView *self, const RnBox *box, double padding_px, gboolean animate);
/** Where rn_map_view_show_box() would go. FALSE while the widget has no size. */
gboolean rn_map_view_fit_box (RnMapView *self, const RnBox *box, double padding_px, double *lon,
                              double *lat, double *zoom);
/** Shows the whole network of the frame; nothing without sections. */
void rn_map_view_show_network (RnMapView *self, gboolean animate);

/** @zoom: fractional, 3 … 18; the world is 256 · 2^zoom pixels wide. */
void rn_map_view_go_to (RnMapView *self, double lon, double lat, double zoom, gboolean animate);
void rn_map_view_get_view (RnMapView *self, double *lon, double *lat, double *zoom);
/** Where a flight leads, or where the view is. */
void rn_map_view_get_target (RnMapView *self, double *lon, double *lat, double *zoom);
void rn_map_view_zoom_by (RnMapView *self, double steps); /* about the middle; 1: twice as large */
/** Degrees clockwise that the map is turned by, −180 < r ≤ 180; 0: north is up. */
double rn_map_view_get_rotation (RnMapView *self);
void rn_map_view_set_rotation (RnMapView *self, double degrees);
void rn_map_view_reset_rotation (RnMapView *self);

/** What lies at widget pixel (@x, @y), as drawn on top: symbols, then sections. NULL: nothing.
 *  Caller frees. */
RnSubject *rn_map_view_pick (RnMapView *self, double x, double y);

/** What a cluster that shows @subject, its worst, stands for: RnSubject, the worst first; borrowed
 *  until the main loop turns. NULL: it stands for itself. */
GPtrArray *rn_map_view_get_members (RnMapView *self, const RnSubject *subject);

/** What the keyboard has walked to, in words for screen readers; NULL: nothing. */
void rn_map_view_describe (RnMapView *self, const char *text);

/** The place at a pixel of the widget. */
void rn_map_view_get_place (RnMapView *self, double x, double y, double *lon, double *lat);

/** Where a place lies in pixels of the widget; FALSE when outside of it. */
gboolean rn_map_view_locate (RnMapView *self, double lon, double lat, double *x, double *y);

/** Looks at what is hovered and seen again in the next frame: of this room only. */
void rn_map_view_queue_update (RnMapView *self);

/** Whether all of the present view and frame is on the screen: for pictures and tests. */
gboolean rn_map_view_is_settled (RnMapView *self);

/** Ground metres of one pixel in the middle of the view. */
double rn_map_view_get_scale_m_per_px (RnMapView *self);
