/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences of alerts: who sits here, sound, notifications, files. All of it applies at once
 * but what says otherwise. Main thread. */
#pragma once

#include <adwaita.h>

#include "session/rn-alert-desk.h"

#define RN_TYPE_ALERT_PREFERENCES_PAGE (rn_alert_preferences_page_get_type ())
G_DECLARE_FINAL_TYPE (RnAlertPreferencesPage, rn_alert_preferences_page, RN, ALERT_PREFERENCES_PAGE,
                      AdwPreferencesPage)

/** Shows of @desk whether the site's rules are in force. Once. */
void rn_alert_preferences_page_set_desk (RnAlertPreferencesPage *self, RnAlertDesk *desk);
