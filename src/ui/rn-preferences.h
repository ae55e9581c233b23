/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences: sources, look, base map, alerts, record. All of it applies at once. Main
 * thread. */
#pragma once

#include <adwaita.h>

#include "ui/rn-seat.h"
#include "ui/rn-source-book.h"

#define RN_TYPE_PREFERENCES (rn_preferences_get_type ())
G_DECLARE_FINAL_TYPE (RnPreferences, rn_preferences, RN, PREFERENCES, AdwPreferencesWindow)

/** Over @parent. Present it. */
GtkWindow *rn_preferences_new (GtkWindow *parent, RnSourceBook *book, RnSeat *seat);
