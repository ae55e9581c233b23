/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The adapter of the Taiwan Freeway Bureau: section list, shapes and section traffic. */
#pragma once

#include "feed/rn-adapter.h"

extern const RnAdapter rn_adapter_tw_freeway;
