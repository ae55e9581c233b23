/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Incidents as a list: worst first, then the newest. See rn-list-page.h. */
#pragma once

#include "ui/rn-list-page.h"

extern const RnListKind rn_incident_list;
