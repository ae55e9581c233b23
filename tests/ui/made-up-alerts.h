/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alerts about the made-up stretch, given to a desk as entries: a crash with its queue, a jam, fog, a
 * late feed, a full service area, some on the shelf. For tests and pictures. */
#pragma once

#include "session/rn-alert-desk.h"

#define MADE_UP_CRASH_ALERT "incident incident:x/crash"
#define MADE_UP_JAM_ALERT "jam section:x/G42a2"
#define MADE_UP_SHELVED_ALERT "fuel facility:x/yangcheng"

/** @n_more: further ones about the facilities f0 … of made_up_network_with(); round by round every
 *  20th of them ends and another one comes. Round 0 makes all. */
void made_up_alerts (RnAlertDesk *desk, gint64 now_us, guint n_more, guint round);

/** One more entry, to be filled further. */
RnAlertEntry *made_up_entry (RnAlertEntryKind kind, gint64 at_us, const char *rule,
                             RnSubjectKind subject, const char *key, int tier);
/** Takes @entry. */
void made_up_take (RnAlertDesk *desk, RnAlertEntry *entry);
