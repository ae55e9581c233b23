/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The members of a cluster that parts at no zoom: a list, the worst first; picking one selects it.
 * Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-seat.h"

#define RN_TYPE_CLUSTER_POPOVER (rn_cluster_popover_get_type ())
G_DECLARE_FINAL_TYPE (RnClusterPopover, rn_cluster_popover, RN, CLUSTER_POPOVER, GtkPopover)

GtkWidget *rn_cluster_popover_new (RnSeat *seat);

/** Pops up at (@x, @y) of the parent. @members: RnSubject, the worst first. */
void rn_cluster_popover_open (RnClusterPopover *self, const GPtrArray *members, double x, double y);
