/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sits here, in the header: "Early · Zhou Min". Its popover begins the next shift. Main
 * thread. */
#pragma once

#include <gtk/gtk.h>

#include "session/rn-alert-desk.h"

#define RN_TYPE_OPERATOR_BUTTON (rn_operator_button_get_type ())
G_DECLARE_FINAL_TYPE (RnOperatorButton, rn_operator_button, RN, OPERATOR_BUTTON, GtkWidget)

/** Begins shifts at @desk; before that the button is not seen. */
void rn_operator_button_set_desk (RnOperatorButton *self, RnAlertDesk *desk);
