/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions about plans: why not, why without a proposal, who confirms second, what is to be
 * ordered. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "session/rn-plan-desk.h"

/** Asks why the proposal, or what waits for the second person, is not carried out. */
void rn_plan_ask_decline (GtkWindow *parent, RnPlanDesk *desk, const char *plan_key);
/** Asks to confirm a change to @tier by the person at the desk: with its reason when it is not what
 *  is proposed. */
void rn_plan_ask_tier (GtkWindow *parent, RnPlanDesk *desk, const char *plan_key, int tier);
/** Asks the second person for name and passphrase, and confirms. */
void rn_plan_ask_second (GtkWindow *parent, RnPlanDesk *desk, const char *plan_key);
/** Asks what is to be ordered; a closure asks for the second person, too. */
void rn_plan_ask_order (GtkWindow *parent, RnPlanDesk *desk, const char *plan_key);
