/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a seat looks at: the shared view state of one window, apart from the data. Panels hold it,
 * read the session's frame through it and change nothing else. */
#pragma once

#include "carto/rn-colouring.h"
#include "carto/rn-theme.h"
#include "session/rn-session.h"
#include "ui/rn-layer-stack.h"
#include "ui/rn-views.h"

#define RN_TYPE_SEAT (rn_seat_get_type ())
G_DECLARE_FINAL_TYPE (RnSeat, rn_seat, RN, SEAT, GObject)

/* Properties: "session" (construct), "selection" (RnSubject, boxed, nullable), "colouring"
 * (RnColouring, int), "theme" (RnThemeId, int), "layers" (uint bit mask of 1 << RnLayerId).
 * Signals: "go-to" (RnSubject *): show it on the map; "stack-changed" (): order or opacity of the
 * layers. */

RnSeat *rn_seat_new (RnSession *session);
RnSession *rn_seat_get_session (RnSeat *self);
const RnFrame *rn_seat_get_frame (RnSeat *self);

const RnSubject *rn_seat_get_selection (RnSeat *self);
void rn_seat_select (RnSeat *self, const RnSubject *subject); /* NULL: nothing */
/** Selects it and asks the map to show it. */
void rn_seat_go_to (RnSeat *self, const RnSubject *subject);

gboolean rn_seat_layer_visible (RnSeat *self, RnLayerId layer);
void rn_seat_set_layer_visible (RnSeat *self, RnLayerId layer, gboolean visible);

const RnLayerStack *rn_seat_get_stack (RnSeat *self);
void rn_seat_set_stack (RnSeat *self, const RnLayerStack *stack); /* copied */

RnViews *rn_seat_get_views (RnSeat *self); /* borrowed */
