/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of the preferences for alert rules: those in force, what each looks at and from where it
 * comes, and why the site's file is not used when it is not. Main thread. */
#pragma once

#include <adwaita.h>

#include "ui/rn-seat.h"

#define RN_TYPE_RULE_PAGE (rn_rule_page_get_type ())
G_DECLARE_FINAL_TYPE (RnRulePage, rn_rule_page, RN, RULE_PAGE, AdwPreferencesPage)

/** Shows the rules of @seat's session; once. */
void rn_rule_page_set_seat (RnRulePage *self, RnSeat *seat);
