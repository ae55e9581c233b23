/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card of a subject: head (shield, title, place, state or badge, age of the data), the body of
 * its kind, and the buttons "Show on map" and close. When the subject leaves the frame the card
 * stays and says so. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-seat.h"

#define RN_TYPE_CARD (rn_card_get_type ())
G_DECLARE_FINAL_TYPE (RnCard, rn_card, RN, CARD, GtkWidget)

/** @plain: without a frame and a close button of its own, for pages that it fills. */
GtkWidget *rn_card_new (RnSeat *seat, gboolean plain);

/** What it shows from now on; NULL: nothing, and it is hidden. */
void rn_card_set_subject (RnCard *self, const RnSubject *subject);
const RnSubject *rn_card_get_subject (RnCard *self);

/** Whether the subject was in the frame before and is not any more. */
gboolean rn_card_is_ended (RnCard *self);
