/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card of a road work: times, lanes, capacity, who and under which permit. Main thread. */
#pragma once

#include "ui/rn-card-body.h"

#define RN_TYPE_CARD_WORK (rn_card_work_get_type ())
G_DECLARE_FINAL_TYPE (RnCardWork, rn_card_work, RN, CARD_WORK, RnCardBody)
