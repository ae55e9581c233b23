/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A road's number on its shield, as on the map: green with a red (national) or yellow (provincial)
 * band; a plain frame for other roads. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "model/rn-network.h"

#define RN_TYPE_SHIELD_LABEL (rn_shield_label_get_type ())
G_DECLARE_FINAL_TYPE (RnShieldLabel, rn_shield_label, RN, SHIELD_LABEL, GtkWidget)

GtkWidget *rn_shield_label_new (void);

/** Hidden when @ref is NULL or empty. @ref is copied. */
void rn_shield_label_set_road (RnShieldLabel *self, const char *ref, RnShield shield);
