/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one clock by which all that is not acknowledged blinks, in step: two steps a cycle, none while
 * nothing asks or the desktop wants no motion. Main thread; the seat owns it. */
#pragma once

#include <gtk/gtk.h>

#define RN_TYPE_PULSE (rn_pulse_get_type ())
G_DECLARE_FINAL_TYPE (RnPulse, rn_pulse, RN, PULSE, GObject)

/* Properties: "low" (boolean): the low part of the cycle; "still" (boolean): the desktop wants no
 * motion, so that a second ring and the word stand for the pulse. */

RnPulse *rn_pulse_new (void);
/** Whether anything is to blink. */
void rn_pulse_set_running (RnPulse *self, gboolean running);
gboolean rn_pulse_is_low (RnPulse *self);
gboolean rn_pulse_is_still (RnPulse *self);
