/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The measures of a plan by tier: what and where, the party, when ordered, confirmed, executed and
 * lifted, and what asks for something. The chosen row is worked by the buttons below or by keys:
 * Enter the next step, L lift. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "session/rn-plan-desk.h"

#define RN_TYPE_PLAN_LEDGER_TABLE (rn_plan_ledger_table_get_type ())
G_DECLARE_FINAL_TYPE (RnPlanLedgerTable, rn_plan_ledger_table, RN, PLAN_LEDGER_TABLE, GtkWidget)

GtkWidget *rn_plan_ledger_table_new (RnPlanDesk *desk);

/** Shows the ledger of this plan as of now. @zone: of the times; reffed. Returns how many measures
 *  there are. */
guint rn_plan_ledger_table_show (RnPlanLedgerTable *self, const char *plan_key, GTimeZone *zone);

/** Whether there is little room: seen with the next show. */
void rn_plan_ledger_table_set_narrow (RnPlanLedgerTable *self, gboolean narrow);
