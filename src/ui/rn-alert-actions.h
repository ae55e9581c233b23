/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done about the alert that the seat looks at: the buttons at the foot of its card, with
 * their keys. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-alert-popover.h"
#include "ui/rn-alert-text.h"

#define RN_TYPE_ALERT_ACTIONS (rn_alert_actions_get_type ())
G_DECLARE_FINAL_TYPE (RnAlertActions, rn_alert_actions, RN, ALERT_ACTIONS, GtkWidget)

GtkWidget *rn_alert_actions_new (RnSeat *seat);
/** NULL: it is over, nothing can be done. */
void
rn_alert_actions_show (RnAlertActions *self, const RnAlertContext *context, const RnAlert *alert);
void rn_alert_actions_toggle_timeline (RnAlertActions *self);
/** Opens the form at its button, as a key does. */
void rn_alert_actions_open (RnAlertActions *self, RnAlertForm form);
