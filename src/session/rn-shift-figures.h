/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures about the alerts of this seat: of the present shift, live, and of the one before as
 * it ended. Fed by the desk. Main thread; owned by the session. */
#pragma once

#include "alert/rn-alert-figures.h"
#include "session/rn-alert-desk.h"

#define RN_TYPE_SHIFT_FIGURES (rn_shift_figures_get_type ())
G_DECLARE_FINAL_TYPE (RnShiftFigures, rn_shift_figures, RN, SHIFT_FIGURES, GObject)

/* Signal "shift-changed" (): a shift began; the one before is another. */

RnShiftFigures *rn_shift_figures_new (RnAlertDesk *desk);

/** As of now. Caller frees. */
RnAlertReport *rn_shift_figures_dup_report (RnShiftFigures *self);
/** The shift before, as it ended; NULL: none is known. Borrowed until "shift-changed". */
const RnAlertReport *rn_shift_figures_get_last (RnShiftFigures *self);
