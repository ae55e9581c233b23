/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the value types of this room share: keys, and copies with indices shifted from a source's
 * own network to the joint one. Private to the room. */
#pragma once

#include "model/rn-device.h"
#include "model/rn-incident.h"
#include "model/rn-facility-state.h"
#include "model/rn-weather.h"
#include "model/rn-work.h"

/** Sets copies of @source and @id and "source/id". */
void rn_value_set_key (char **to_source, char **to_id, char **to_key, const char *source,
                       const char *id);

/** Copies of @n indices, each + @by; RN_NONE stays. NULL for n = 0. */
guint32 *rn_value_shift (const guint32 *indices, guint n, guint32 by);

/** Deep copies at another section, or with all sections shifted. */
RnIncident *rn_incident_copy_at (const RnIncident *self, guint32 section);
RnDevice *rn_device_copy_at (const RnDevice *self, guint32 section);
RnWork *rn_work_copy_shifted (const RnWork *self, guint32 by);
RnWarning *rn_warning_copy_shifted (const RnWarning *self, guint32 by);
RnControl *rn_control_copy_shifted (const RnControl *self, guint32 by);
RnFacilityState *rn_facility_state_copy_at (const RnFacilityState *self, guint32 facility);
