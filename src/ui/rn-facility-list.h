/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facilities with a state as a list: what is not as usual first. */
#pragma once

#include "model/rn-frame.h"
#include "ui/rn-list-page.h"

extern const RnListKind rn_facility_list;

/** How far a facility is from as usual: 0 as usual … 4 closed. */
int rn_facility_strain (const RnFacilityState *state);
/** What is strained, in words ("Parking 101 %", "Queue 620 m"); NULL: as usual. Caller's. */
char *rn_facility_dup_strain (const RnFacilityState *state);
/** Tier class for a strain ("tier-2"), NULL: none. */
const char *rn_facility_strain_class (int strain);
