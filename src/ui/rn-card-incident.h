/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card of an incident: status, figures, lanes, parties, times, log; reading only. Main
 * thread. */
#pragma once

#include "ui/rn-card-body.h"

#define RN_TYPE_CARD_INCIDENT (rn_card_incident_get_type ())
G_DECLARE_FINAL_TYPE (RnCardIncident, rn_card_incident, RN, CARD_INCIDENT, RnCardBody)
