/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a seat looks at: the shared view state of one window, apart from the data. Panels hold it,
 * read the session's frame through it and change nothing else. */
#pragma once

#include "carto/rn-colouring.h"
#include "carto/rn-theme.h"
#include "session/rn-session.h"

typedef enum {
  RN_LAYER_FLOW,
  RN_LAYER_INCIDENTS,
  RN_LAYER_WORKS,
  RN_LAYER_WEATHER,
  RN_LAYER_SERVICE_AREAS,
  RN_LAYER_TOLL_PLAZAS,
  RN_LAYER_OTHER_FACILITIES,
  RN_LAYER_LABELS,
  RN_N_LAYERS
} RnLayerId;

#define RN_TYPE_SEAT (rn_seat_get_type ())
G_DECLARE_FINAL_TYPE (RnSeat, rn_seat, RN, SEAT, GObject)

/* Properties: "session" (construct), "selection" (RnSubject, boxed, nullable), "colouring"
 * (RnColouring, int), "theme" (RnThemeId, int), "layers" (uint bit mask of 1 << RnLayerId).
 * Signals: "go-to" (RnSubject *): show it on the map. */

RnSeat *rn_seat_new (RnSession *session);
RnSession *rn_seat_get_session (RnSeat *self);
const RnFrame *rn_seat_get_frame (RnSeat *self);

const RnSubject *rn_seat_get_selection (RnSeat *self);
void rn_seat_select (RnSeat *self, const RnSubject *subject); /* NULL: nothing */
/** Selects it and asks the map to show it. */
void rn_seat_go_to (RnSeat *self, const RnSubject *subject);

gboolean rn_seat_layer_visible (RnSeat *self, RnLayerId layer);
void rn_seat_set_layer_visible (RnSeat *self, RnLayerId layer, gboolean visible);
