/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pointer and keyboard do on the map: hover, the walk by Tab, clicks, clusters that open. It
 * emits the view's signals of these. Main thread; owned by the view. */
#pragma once

#include "map/rn-flow-layer.h"
#include "map/rn-map-view.h"
#include "map/rn-navigator.h"
#include "map/rn-symbol-layer.h"

typedef struct _RnMapHand RnMapHand;
typedef void (*RnMapHoverFunc) (const RnSubject *subject, gpointer user_data);

/** All are borrowed and outlive it. @hover_changed: to draw it. */
RnMapHand *rn_map_hand_new (RnMapView *view, RnNavigator *navigator, RnSymbolLayer *symbols,
                            RnFlowLayer *flow, RnMapHoverFunc hover_changed, gpointer user_data);
void rn_map_hand_free (RnMapHand *self);

/** Once a frame in which something has changed: what is hovered now. */
void rn_map_hand_update (RnMapHand *self);
const RnSubject *rn_map_hand_get_hover (const RnMapHand *self); /* NULL: nothing */
