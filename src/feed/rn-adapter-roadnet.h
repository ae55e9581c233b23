/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The adapter of RoadNet's own operations API, version 1 (and, for works, of any WZDx 4 feed). */
#pragma once

#include "feed/rn-adapter.h"

extern const RnAdapter rn_adapter_roadnet;
