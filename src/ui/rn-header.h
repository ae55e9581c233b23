/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header: panel button, title and subtitle, search, clock of the source, operator, loudspeaker,
 * menu. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-alarm.h"
#include "ui/rn-seat.h"

#define RN_TYPE_HEADER (rn_header_get_type ())
G_DECLARE_FINAL_TYPE (RnHeader, rn_header, RN, HEADER, GtkWidget)

/** Puts the search entry into the middle. */
void rn_header_set_search (RnHeader *self, GtkWidget *search);

/** The chip of the worst tier in force follows @desk; once. */
void rn_header_set_plan_desk (RnHeader *self, RnPlanDesk *desk);

/** Title, subtitle and clock as of now; call it each second and with each change. @feeds: all
 *  RnFeedStatus of @session. */
void rn_header_update (RnHeader *self, RnSession *session, const GPtrArray *feeds);

/** Shows who sits at @desk and whether @alarm is heard. Once. */
void rn_header_set_alerts (RnHeader *self, RnAlertDesk *desk, RnAlarm *alarm);

/** Without a source: only the name of the program, no clock, no panel button. */
void rn_header_set_empty (RnHeader *self, gboolean empty);
