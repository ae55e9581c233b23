/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a rule would do: now, with the worst of it, and over the last hours as far as they are held.
 * Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-seat.h"

#define RN_TYPE_RULE_OUTLOOK (rn_rule_outlook_get_type ())
G_DECLARE_FINAL_TYPE (RnRuleOutlook, rn_rule_outlook, RN, RULE_OUTLOOK, GtkWidget)

GtkWidget *rn_rule_outlook_new (RnSeat *seat);
/** NULL: it cannot be said as long as a field is wrong. */
void rn_rule_outlook_set_rule (RnRuleOutlook *self, const RnRule *rule);
