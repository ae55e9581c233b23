/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The adapter of the Taiwan Freeway Bureau's section traffic: section list, shapes and live form. */
#pragma once

#include "feed/rn-adapter.h"

extern const RnAdapter rn_adapter_tw_freeway;
