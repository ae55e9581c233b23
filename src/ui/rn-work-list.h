/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Road works as a list: what goes on first, overruns before all, then by their end. */
#pragma once

#include "ui/rn-list-page.h"

extern const RnListKind rn_work_list;
