/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card of a field device: how it is, what it shows or measures, since when. Main thread. */
#pragma once

#include "ui/rn-card-body.h"

#define RN_TYPE_CARD_DEVICE (rn_card_device_get_type ())
G_DECLARE_FINAL_TYPE (RnCardDevice, rn_card_device, RN, CARD_DEVICE, RnCardBody)
