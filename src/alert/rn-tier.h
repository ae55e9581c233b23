/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tiers: 1 (I, red) … 4 (IV, blue), 0 none. The smaller, the worse. */
#pragma once

#include <glib.h>

#define RN_N_TIERS 5 /* arrays by tier: [1] … [4], [0] unused */

/** The worse of both; 0 counts as none. */
int rn_tier_worst (int a, int b);
/** Whether @a is worse than @b; any tier is worse than none. */
gboolean rn_tier_is_worse (int a, int b);

/** "I" … "IV", for documents and small labels; "" for none. */
const char *rn_tier_word (int tier);
/** 1 … 4, or 0 when @word is none of them. */
int rn_tier_from_word (const char *word);
