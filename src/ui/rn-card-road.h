/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card of a road: its length, how much of it is slow, and where. Main thread. */
#pragma once

#include "ui/rn-card-body.h"

#define RN_TYPE_CARD_ROAD (rn_card_road_get_type ())
G_DECLARE_FINAL_TYPE (RnCardRoad, rn_card_road, RN, CARD_ROAD, RnCardBody)
