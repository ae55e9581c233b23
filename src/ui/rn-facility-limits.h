/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From when on a facility is not as usual: where the mildest tier of the alert rules begins, so
 * that list, card and alerts agree. Of the whole program. */
#pragma once

#include "session/rn-alert-desk.h"

typedef struct {
  double parking_share, queue_m, fuel_pct; /* NaN: no rule says */
} RnFacilityLimits;

/** Any thread. Those of the default rules until a desk is followed. */
RnFacilityLimits rn_facility_limits_get (void);
/** Those of @rules from now on. Any thread. */
void rn_facility_limits_set (const RnRuleSet *rules);
/** Those of the rules of @desk, now and when others are in force. Main thread. */
void rn_facility_limits_follow (RnAlertDesk *desk);
