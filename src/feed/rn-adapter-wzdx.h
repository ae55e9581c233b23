/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The adapter of WZDx 2.0 to 4.2 and CWZ 1.0: feeds of road works and of field devices, as road
 * authorities of North America publish them. */
#pragma once

#include "feed/rn-adapter.h"

extern const RnAdapter rn_adapter_wzdx;
