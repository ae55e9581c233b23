/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window in which a second person confirms with own name and passphrase. Who has no passphrase
 * at this seat yet chooses one there, which the record says. Main thread. */
#pragma once

#include <adwaita.h>

#define RN_TYPE_PLAN_SECOND (rn_plan_second_get_type ())
G_DECLARE_FINAL_TYPE (RnPlanSecond, rn_plan_second, RN, PLAN_SECOND, AdwWindow)

/* Signal: "confirmed" (char *name, char *credential): the passphrase was right ("passphrase"), or
 * was chosen just now ("enrolled"). The window closes by itself. */

/** @first: who has confirmed first, and cannot be the second; @what: what is confirmed, in
 *  words. */
GtkWidget *rn_plan_second_new (GtkWindow *parent, const char *first, const char *what);
