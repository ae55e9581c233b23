/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alerts as notifications of the desktop: one a row, with a button to acknowledge; in a burst some,
 * then one that counts the rest. Withdrawn when they ask no more. Follows the setting "notices".
 * Main thread. */
#pragma once

#include "session/rn-session.h"

#define RN_TYPE_NOTIFIER (rn_notifier_get_type ())
G_DECLARE_FINAL_TYPE (RnNotifier, rn_notifier, RN, NOTIFIER, GObject)

/* Single notifications within RN_NOTIFIER_BURST_US; what rings beyond is counted in one. */
#define RN_NOTIFIER_BURST 3
#define RN_NOTIFIER_BURST_US (10 * G_GINT64_CONSTANT (1000000))

/** Of @application, which has the actions "acknowledge" (s), "show-alert" (s) and "show-alerts". */
RnNotifier *rn_notifier_new (GApplication *application, RnSession *session);

/** Takes all back: at the end of the program. */
void rn_notifier_withdraw_all (RnNotifier *self);
