/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loudspeaker: plays the tone of a tier and knows whether that works. Main thread; the playing
 * is done by workers, and nothing here waits for a device. */
#pragma once

#include "base/rn-clock.h"

#define RN_TYPE_SOUND (rn_sound_get_type ())
G_DECLARE_FINAL_TYPE (RnSound, rn_sound, RN, SOUND, GObject)

/* Property "fault" (string): why nothing can be heard, in words; NULL: nothing is known to be
 * wrong. Signal "played" (int tier): a tone was played to its end. */

RnSound *rn_sound_new (RnClock *clock);

/** Plays what nobody hears now, and again from time to time: so that a missing device is known
 *  before it is needed, and a device that came back is found. */
void rn_sound_watch (RnSound *self);

/** @volume: 0 … 1 of the tone's own loudness; where the sound system can do it. */
void rn_sound_play (RnSound *self, int tier, double volume);

const char *rn_sound_get_fault (RnSound *self);

/** The file of a tier's tone, of the probe for 0; NULL when it is not installed. Caller frees. */
char *rn_sound_dup_file (int tier);
