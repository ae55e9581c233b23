/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two halves of the reader of rules share. Pure, any thread. */
#pragma once

#include "alert/rn-rule-read.h"
#include "base/rn-json.h"

/** Complains about the first member of @self that is none of @known (naming the nearest), or null.
 *  Nothing that is no object is let through. */
void rn_rule_check_members (const RnJson *self, const char *const *known, GError **error);
/** Like rn_json_word(), but names the word that may have been meant. */
int rn_rule_read_word (const RnJson *self, const char *const *words, GError **error);
/** A list of @words as bits 1 << index; 0 where absent. */
guint rn_rule_read_bits (const RnJson *self, const char *const *words, GError **error);
/** Member @key of @self, in seconds, as microseconds; @fallback where absent. */
gint64 rn_rule_read_delay (const RnJson *self, const char *key, gint64 fallback, GError **error);

/** Fills the tiers of @rule, whose metric is known, and judges them. */
void rn_rule_read_tiers (const RnJson *json, RnRule *rule, GError **error);
