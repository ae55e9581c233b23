/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card of a subject: head (shield, title, place, state or badge, age of the data), the alert that
 * stands for it with what can be done, the body of its kind, "Show on map" and close. When the subject leaves the frame the card
 * stays and says so. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-alert-popover.h"
#include "ui/rn-seat.h"

#define RN_TYPE_CARD (rn_card_get_type ())
G_DECLARE_FINAL_TYPE (RnCard, rn_card, RN, CARD, GtkWidget)

/** @plain: without a frame and a close button of its own, for pages that it fills. */
GtkWidget *rn_card_new (RnSeat *seat, gboolean plain);

/** What it shows from now on; NULL: nothing, and it is hidden. */
void rn_card_set_subject (RnCard *self, const RnSubject *subject);
/** An alert that was chosen as such, and what is shown of it: the section that an incident or works
 *  are on rather than their page; NULL: it has no place, its words are all. @key NULL: as
 *  rn_card_set_subject(). */
void rn_card_set_alert (RnCard *self, const char *key, const RnSubject *subject);
const RnSubject *rn_card_get_subject (RnCard *self);

/** Opens a form about the alert that is shown. FALSE when there is none. */
gboolean rn_card_open_form (RnCard *self, RnAlertForm form);

/** Opens or closes what has happened to it. */
void rn_card_toggle_timeline (RnCard *self);

/** Whether the subject was in the frame before and is not any more. */
gboolean rn_card_is_ended (RnCard *self);
