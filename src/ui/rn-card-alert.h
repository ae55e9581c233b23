/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an alert says, at the head of a card: what, where, since when, by how much, how its data are,
 * what to do. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-alert-text.h"

#define RN_TYPE_CARD_ALERT (rn_card_alert_get_type ())
G_DECLARE_FINAL_TYPE (RnCardAlert, rn_card_alert, RN, CARD_ALERT, GtkWidget)

void rn_card_alert_show (RnCardAlert *self, const RnAlertContext *context, const RnAlert *alert);
/** It is over since @at_us: what is shown is how it was last. */
void rn_card_alert_show_ended (RnCardAlert *self, const RnAlertContext *context, gint64 at_us);
