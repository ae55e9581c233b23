/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of a seat: header, truth strip, banner, layers on the left, map, side panel on the
 * right. Owns its seat. Main thread. */
#pragma once

#include <adwaita.h>

#include "map/rn-map-view.h"
#include "ui/rn-alarm.h"
#include "ui/rn-seat.h"
#include "ui/rn-source-book.h"

#define RN_TYPE_WINDOW (rn_window_get_type ())
G_DECLARE_FINAL_TYPE (RnWindow, rn_window, RN, WINDOW, AdwApplicationWindow)

RnWindow *rn_window_new (GtkApplication *application, RnSession *session);

RnSeat *rn_window_get_seat (RnWindow *self);
RnMapView *rn_window_get_map (RnWindow *self);

/** The sources of the settings; once. While there are none the first start is shown. */
void rn_window_set_book (RnWindow *self, RnSourceBook *book);

/** What sounds for the alerts, shown in the header. Once. */
void rn_window_set_alarm (RnWindow *self, RnAlarm *alarm);

/** Shows the window as it was at the last start and remembers what changes from now on; before it
 *  is presented, once. Without this nothing is read or kept: for pictures. @with_size, @with_view:
 *  unless the command line said them. */
void rn_window_remember (RnWindow *self, gboolean with_size, gboolean with_view);

/** Shows the seat, or the first start while no source is known and none was put off. */
void rn_window_update_page (RnWindow *self);

/** Whether all that is asked for is on the screen: for pictures. */
gboolean rn_window_is_settled (RnWindow *self);
