/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a new rule begins with: a copy of another one, or a metric with usual limits; and its id.
 * Main thread. */
#pragma once

#include <adwaita.h>

#include "ui/rn-seat.h"

#define RN_TYPE_RULE_ORIGIN (rn_rule_origin_get_type ())
G_DECLARE_FINAL_TYPE (RnRuleOrigin, rn_rule_origin, RN, RULE_ORIGIN, GtkWidget)

/* Signals:
 *  "chosen" (): another beginning, see rn_rule_origin_make_rule();
 *  "changed" (): the id was typed. */

/** Over the rules in force and the frame of @seat. */
GtkWidget *rn_rule_origin_new (RnSeat *seat);
/** The rule to begin with, with an id that is free. Caller's. */
RnRule *rn_rule_origin_make_rule (RnRuleOrigin *self);
const char *rn_rule_origin_get_id (RnRuleOrigin *self);                 /* as typed */
void rn_rule_origin_set_problem (RnRuleOrigin *self, const char *text); /* NULL: none */
