/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bar with a threshold tick: how much of a whole is used. Its colour is that of its CSS class.
 * Main thread. */
#pragma once

#include <gtk/gtk.h>

#define RN_TYPE_METER (rn_meter_get_type ())
G_DECLARE_FINAL_TYPE (RnMeter, rn_meter, RN, METER, GtkWidget)

GtkWidget *rn_meter_new (void);

/** @share: 0 … 1, more is drawn full; NaN: not known, an empty trough. @tick: 0 … 1 or NaN: none.
 *  @label: what it says to a screen reader. */
void rn_meter_set (RnMeter *self, double share, double tick, const char *label);
/** CSS class of the bar ("tier-2"), NULL: the quiet one. */
void rn_meter_set_class (RnMeter *self, const char *css_class);
