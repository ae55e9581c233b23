/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with one layer of the stack: its opacity, one place up or down, and all layers
 * as at first. Opened at the row of the layer. Main thread; changes only the seat's stack. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-seat.h"

#define RN_TYPE_LAYER_POPOVER (rn_layer_popover_get_type ())
G_DECLARE_FINAL_TYPE (RnLayerPopover, rn_layer_popover, RN, LAYER_POPOVER, GtkPopover)

GtkWidget *rn_layer_popover_new (RnSeat *seat);

/** @at: a widget below the popover's parent, which it points to. */
void
rn_layer_popover_open (RnLayerPopover *self, RnLayerId layer, const char *title, GtkWidget *at);
