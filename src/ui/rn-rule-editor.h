/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window in which one rule is changed or made, with what it would do now and would have done.
 * Nothing changes before "Save", which asks for a reason. Main thread. */
#pragma once

#include <adwaita.h>

#include "ui/rn-seat.h"

#define RN_TYPE_RULE_EDITOR (rn_rule_editor_get_type ())
G_DECLARE_FINAL_TYPE (RnRuleEditor, rn_rule_editor, RN, RULE_EDITOR, AdwWindow)

/** Over @parent. @rule: as it is in force. Present it. */
GtkWindow *rn_rule_editor_new (GtkWindow *parent, RnSeat *seat, const RnRule *rule);
/** For a rule that there is not yet: it begins as a copy of another, or with a metric. */
GtkWindow *rn_rule_editor_new_for_new (GtkWindow *parent, RnSeat *seat);
