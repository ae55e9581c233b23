/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A traffic state in lists and cards: the digit in a box, then the word, filled from 3 on. Main
 * thread. */
#pragma once

#include <gtk/gtk.h>

#define RN_TYPE_STATE_CHIP (rn_state_chip_get_type ())
G_DECLARE_FINAL_TYPE (RnStateChip, rn_state_chip, RN, STATE_CHIP, GtkWidget)

GtkWidget *rn_state_chip_new (void);

/** @state 0 … 5; 0: no data. */
void rn_state_chip_set_state (RnStateChip *self, guint8 state);
