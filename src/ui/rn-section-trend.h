/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The speed, or flow, of one section over the last hours, or days as means, from the history; with buttons
 * for how far back. Main thread. */
#pragma once

#include "ui/rn-card-body.h"

#define RN_TYPE_SECTION_TREND (rn_section_trend_get_type ())
G_DECLARE_FINAL_TYPE (RnSectionTrend, rn_section_trend, RN, SECTION_TREND, GtkWidget)

/** The rule whose limits are drawn, reffed; NULL none. Its metric also says what is drawn: flow for
 *  limits of flow, else speed. For the next rn_section_trend_show(). */
void rn_section_trend_set_rule (RnSectionTrend *self, const RnRule *rule);

/** Shows the section of @context, whose index is @section: at once from the memory, a moment later
 *  with all that is known. Called with each frame. */
void rn_section_trend_show (RnSectionTrend *self, const RnCardContext *context, guint32 section);
