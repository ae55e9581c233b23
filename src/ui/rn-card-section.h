/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card of a section: speed, flow, saturation, density, trend since the start, effective
 * capacity. Main thread. */
#pragma once

#include "ui/rn-card-body.h"

#define RN_TYPE_CARD_SECTION (rn_card_section_get_type ())
G_DECLARE_FINAL_TYPE (RnCardSection, rn_card_section, RN, CARD_SECTION, RnCardBody)
