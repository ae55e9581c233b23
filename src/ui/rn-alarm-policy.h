/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sounds, and when: a burst is one sound of its worst tier, a flood is one sound, a mute holds
 * for all but tier I. Pure; times are monotonic and injected; one thread at a time. */
#pragma once

#include "alert/rn-alert.h"

/* What rings within this of the first one is one sound. */
#define RN_ALARM_GATHER_US (400 * G_GINT64_CONSTANT (1000))
/* From one sound to the next that is not worse; in a flood. */
#define RN_ALARM_GAP_US (3 * G_GINT64_CONSTANT (1000000))
#define RN_ALARM_FLOOD_GAP_US (10 * G_GINT64_CONSTANT (1000000))
/* In a flood all that is not answered is called to mind once in this time. */
#define RN_ALARM_FLOOD_NAG_US (60 * G_GINT64_CONSTANT (1000000))

typedef struct _RnAlarmPolicy RnAlarmPolicy;

RnAlarmPolicy *rn_alarm_policy_new (void);
void rn_alarm_policy_free (RnAlarmPolicy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnAlarmPolicy, rn_alarm_policy_free)

/** Tiers I … @least sound; 0: none at all. At first all do. */
void rn_alarm_policy_set_least (RnAlarmPolicy *self, int least);
/** Until then only tier I sounds; what would have sounded is not made up for. 0: ends it. */
void rn_alarm_policy_mute (RnAlarmPolicy *self, gint64 until_us);
gint64 rn_alarm_policy_get_muted_until_us (const RnAlarmPolicy *self); /* 0: not muted */
/** In a flood only a tier that is worse than what has sounded in it does, tier I each time, and
 *  the calls to mind. */
void rn_alarm_policy_set_flood (RnAlarmPolicy *self, gboolean flood);

/** @alert asks for a sound; @again: it was not answered. What is masked, acknowledged or under a
 *  parent gets none. */
void
rn_alarm_policy_ring (RnAlarmPolicy *self, const RnAlert *alert, gboolean again, gint64 now_us);

/** When to call rn_alarm_policy_take(); 0: nothing waits. */
gint64 rn_alarm_policy_get_due_us (const RnAlarmPolicy *self);
/** The tier that is to sound now, taken off; 0: none. */
int rn_alarm_policy_take (RnAlarmPolicy *self, gint64 now_us);
