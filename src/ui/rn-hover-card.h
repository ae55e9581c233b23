/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small card beside the pointer: shield, name, state, values and their age. Never takes the
 * pointer. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-hover-text.h"

#define RN_TYPE_HOVER_CARD (rn_hover_card_get_type ())
G_DECLARE_FINAL_TYPE (RnHoverCard, rn_hover_card, RN, HOVER_CARD, GtkWidget)

GtkWidget *rn_hover_card_new (void);
void rn_hover_card_set_text (RnHoverCard *self, const RnHoverText *text);
