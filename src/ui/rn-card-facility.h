/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card of a facility: parking, fuel and chargers of a service area; lanes, queue and mode of a
 * plaza; sections of a bridge. Main thread. */
#pragma once

#include "ui/rn-card-body.h"

#define RN_TYPE_CARD_FACILITY (rn_card_facility_get_type ())
G_DECLARE_FINAL_TYPE (RnCardFacility, rn_card_facility, RN, CARD_FACILITY, RnCardBody)
