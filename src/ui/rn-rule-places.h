/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a rule applies, as a group of rows: roads, directions, sections, companies, facilities, and
 * what kind of road or facility. Main thread. */
#pragma once

#include <adwaita.h>

#include "alert/rn-rule.h"

#define RN_TYPE_RULE_PLACES (rn_rule_places_get_type ())
G_DECLARE_FINAL_TYPE (RnRulePlaces, rn_rule_places, RN, RULE_PLACES, GtkWidget)

/* Signal "changed" (): a person changed something. */

GtkWidget *rn_rule_places_new (void);
void rn_rule_places_set_rule (RnRulePlaces *self, const RnRule *rule);
/** Puts what the rows say into the scope of @rule. */
void rn_rule_places_fill (RnRulePlaces *self, RnRule *rule);
/** Names that the network does not have (char *): said, but no fault. */
void rn_rule_places_set_missing (RnRulePlaces *self, const GPtrArray *missing);
