/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The left side: the named views; the layers with switch, count and freshness; the legend with the
 * choice of what colours stand for. Main thread; changes only what the seat holds. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-feed-text.h"
#include "ui/rn-seat.h"

#define RN_TYPE_LAYER_PANEL (rn_layer_panel_get_type ())
G_DECLARE_FINAL_TYPE (RnLayerPanel, rn_layer_panel, RN, LAYER_PANEL, GtkWidget)

GtkWidget *rn_layer_panel_new (RnSeat *seat);

/** @feeds: RnFeedStatus; the worst of each kind is shown at its layers. */
void rn_layer_panel_set_feeds (RnLayerPanel *self, const GPtrArray *feeds);

/** Asks for a name to keep the present view by. */
void rn_layer_panel_add_view (RnLayerPanel *self);

void rn_layer_panel_focus (RnLayerPanel *self);
