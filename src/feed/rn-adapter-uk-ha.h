/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The adapter of the British Highways Agency's feeds. */
#pragma once

#include "feed/rn-adapter.h"

extern const RnAdapter rn_adapter_uk_ha;
