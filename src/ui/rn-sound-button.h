/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loudspeaker of the header: whether alerts are heard, in a look of its own for each trouble;
 * its popover mutes for a time and plays each tier's tone. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-alarm.h"

#define RN_TYPE_SOUND_BUTTON (rn_sound_button_get_type ())
G_DECLARE_FINAL_TYPE (RnSoundButton, rn_sound_button, RN, SOUND_BUTTON, GtkWidget)

/** Follows @alarm from now on; NULL before that: the button is not seen. */
void rn_sound_button_set_alarm (RnSoundButton *self, RnAlarm *alarm);

/** The time that is left of a mute: call it each second. */
void rn_sound_button_update (RnSoundButton *self);
