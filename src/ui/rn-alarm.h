/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The alarm of a seat: listens to the desk, asks the policy, lets the loudspeaker sound. Follows
 * the settings "sound", "sound-least" and "sound-volume". Main thread. */
#pragma once

#include "session/rn-alert-desk.h"
#include "ui/rn-sound.h"

/* The worst that is to be told of it. */
typedef enum {
  RN_ALARM_ON,
  RN_ALARM_MUTED, /* for a time; tier I sounds */
  RN_ALARM_OFF,   /* by the preferences */
  RN_ALARM_FAULT, /* nothing can be heard here */
} RnAlarmState;

#define RN_TYPE_ALARM (rn_alarm_get_type ())
G_DECLARE_FINAL_TYPE (RnAlarm, rn_alarm, RN, ALARM, GObject)

/* Signals: "changed" (): state or mute. "sounded" (int tier): a tone was asked for. */

/** @sound NULL: a seat without a loudspeaker, for pictures; nothing is wrong with it. */
RnAlarm *rn_alarm_new (RnAlertDesk *desk, RnClock *clock, RnSound *sound);

/** Silences tiers II to IV for @for_us; 0: no longer. */
void rn_alarm_mute (RnAlarm *self, gint64 for_us);
gint64 rn_alarm_get_mute_left_us (RnAlarm *self); /* 0: not muted */

/** Plays the tone of @tier now, whatever is muted. */
void rn_alarm_test (RnAlarm *self, int tier);

RnAlarmState rn_alarm_get_state (RnAlarm *self);
/** The state in a sentence, for the operator. Caller frees. */
char *rn_alarm_dup_sentence (RnAlarm *self);
