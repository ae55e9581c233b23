/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures about the alerts themselves, as a window: now, this shift and the one before, against
 * the limits of ISA-18.2, and the ten worst rules with what would mend them. Main thread. */
#pragma once

#include <adwaita.h>

#include "session/rn-session.h"

#define RN_TYPE_ALERT_FIGURES_PAGE (rn_alert_figures_page_get_type ())
G_DECLARE_FINAL_TYPE (RnAlertFiguresPage, rn_alert_figures_page, RN, ALERT_FIGURES_PAGE, AdwWindow)

/** Over @parent; follows the session while it is open. Present it. Its rows activate
 *  "app.edit-rule" (s: the rule's id). */
GtkWindow *rn_alert_figures_page_new (GtkWindow *parent, RnSession *session);
