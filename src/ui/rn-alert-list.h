/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of alerts: those that ask first; the shelf and what else is set aside under a chip. */
#pragma once

#include "ui/rn-list-kind.h"

enum {
  RN_ALERT_CHIP_ALL, /* but what is set aside */
  RN_ALERT_CHIP_UNACKNOWLEDGED,
  RN_ALERT_CHIP_SHELVED, /* and suppressed, and out of service */
  RN_ALERT_CHIP_MINE,
};

extern const RnListKind rn_alert_list;
