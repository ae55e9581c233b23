/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tiers as numbers and words. Pure. */
#include "alert/rn-tier.h"

static const char *const words[RN_N_TIERS] = { "", "I", "II", "III", "IV" };

int
rn_tier_worst (int a, int b)
{
  return rn_tier_is_worse (a, b) ? a : b;
}

gboolean
rn_tier_is_worse (int a, int b)
{
  return a != 0 && (b == 0 || a < b);
}

const char *
rn_tier_word (int tier)
{
  return tier > 0 && tier < RN_N_TIERS ? words[tier] : "";
}

int
rn_tier_from_word (const char *word)
{
  for (int i = 1; i < RN_N_TIERS; i++)
    if (g_strcmp0 (word, words[i]) == 0)
      return i;
  return 0;
}
