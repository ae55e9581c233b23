/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies behind an alert, one of three at a time and none at first: why it fired, what it stands
 * for, what has happened. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-alert-text.h"
#include "ui/rn-seat.h"

#define RN_TYPE_ALERT_DETAIL (rn_alert_detail_get_type ())
G_DECLARE_FINAL_TYPE (RnAlertDetail, rn_alert_detail, RN, ALERT_DETAIL, GtkWidget)

GtkWidget *rn_alert_detail_new (RnSeat *seat);
/** Opens the timeline, or closes it. */
void rn_alert_detail_toggle_timeline (RnAlertDetail *self);
void
rn_alert_detail_show (RnAlertDetail *self, const RnAlertContext *context, const RnAlert *alert);
