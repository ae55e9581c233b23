/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a seat looks at: the shared view state of one window, apart from the data. Panels hold it,
 * read the session's frame through it and change nothing else. */
#pragma once

#include "carto/rn-colouring.h"
#include "carto/rn-theme.h"
#include "session/rn-session.h"
#include "ui/rn-alert-sheet.h"
#include "ui/rn-layer-stack.h"
#include "ui/rn-pulse.h"
#include "ui/rn-views.h"

#define RN_TYPE_SEAT (rn_seat_get_type ())
G_DECLARE_FINAL_TYPE (RnSeat, rn_seat, RN, SEAT, GObject)

/* Properties: "session" (construct), "selection" (RnSubject, boxed, nullable), "colouring"
 * (RnColouring, int), "theme" (RnThemeId, int), "layers" (uint bit mask of 1 << RnLayerId), "alert"
 * (string, nullable): key of the alert that was chosen as such, "alerts" (pointer): another sheet.
 * Signals: "go-to" (RnSubject *): show it on the map; "stack-changed" (): order or opacity of the
 * layers. */

RnSeat *rn_seat_new (RnSession *session);
RnSession *rn_seat_get_session (RnSeat *self);
const RnFrame *rn_seat_get_frame (RnSeat *self);

const RnSubject *rn_seat_get_selection (RnSeat *self);
void rn_seat_select (RnSeat *self, const RnSubject *subject); /* NULL: nothing */
/** Selects it and asks the map to show it. */
void rn_seat_go_to (RnSeat *self, const RnSubject *subject);

/** All alert rows as they stand; borrowed until "alerts" is notified. */
const RnAlertSheet *rn_seat_get_alerts (RnSeat *self);
/** The key of the alert that was chosen as such; its subject, if it has a place, is the selection.
 *  NULL: none; the selection is a thing. */
const char *rn_seat_get_alert (RnSeat *self);
void rn_seat_select_alert (RnSeat *self, const char *key); /* NULL: nothing */
/** Selects it and asks the map to show where it is. */
void rn_seat_go_to_alert (RnSeat *self, const char *key);
/** The alert that acts are about: the chosen one, else the one that stands for the selection; NULL
 *  none. Borrowed until the desk changes. */
const RnAlert *rn_seat_find_alert (RnSeat *self);
/** The alert that asks after the one that is chosen, by the order of lists and from its end on
 *  anew; @back: the one before it. NULL when none asks. Borrowed likewise. */
const RnAlert *rn_seat_next_alert (RnSeat *self, gboolean back);
RnAlertDesk *rn_seat_get_desk (RnSeat *self); /* borrowed */
RnPulse *rn_seat_get_pulse (RnSeat *self);    /* borrowed */

gboolean rn_seat_layer_visible (RnSeat *self, RnLayerId layer);
void rn_seat_set_layer_visible (RnSeat *self, RnLayerId layer, gboolean visible);

const RnLayerStack *rn_seat_get_stack (RnSeat *self);
void rn_seat_set_stack (RnSeat *self, const RnLayerStack *stack); /* copied */

RnViews *rn_seat_get_views (RnSeat *self); /* borrowed */
