/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program does for alerts besides showing them: sound, notifications, who sits here,
 * the window of figures; and the actions of the application that belong to them: "acknowledge"
 * (s: key), "show-alert" (s: key), "show-alerts", "alert-figures". Main thread. */
#pragma once

#include "session/rn-session.h"
#include "ui/rn-window.h"

#define RN_TYPE_ALERT_SERVICE (rn_alert_service_get_type ())
G_DECLARE_FINAL_TYPE (RnAlertService, rn_alert_service, RN, ALERT_SERVICE, GObject)

/** @silent: for pictures, which neither sound nor notify. */
RnAlertService *
rn_alert_service_new (GtkApplication *application, RnSession *session, gboolean silent);

/** The window that alerts are shown in from now on, and whose header has loudspeaker and
 *  operator. */
void rn_alert_service_set_window (RnAlertService *self, RnWindow *window);

/** Takes the notifications back: at the end of the program. */
void rn_alert_service_end (RnAlertService *self);
