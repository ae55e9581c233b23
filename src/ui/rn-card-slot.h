/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the card stands above the tabs: as high as the card wants for its width, and scrolled when
 * there is less room. (A scrolled window alone asks without knowing the width, and gets too much.)
 * Main thread. */
#pragma once

#include <gtk/gtk.h>

#define RN_TYPE_CARD_SLOT (rn_card_slot_get_type ())
G_DECLARE_FINAL_TYPE (RnCardSlot, rn_card_slot, RN, CARD_SLOT, GtkWidget)

void rn_card_slot_set_child (RnCardSlot *self, GtkWidget *child);
