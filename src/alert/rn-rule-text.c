/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules in words. Pure. */
#include "alert/rn-rule-text.h"

#include "base/rn-i18n.h"
#include "model/rn-weather.h"

#define BETWEEN " · "

char *
rn_rule_dup_tier_text (const RnRule *self, int tier)
{
  const RnRuleTier *of = &self->tiers[tier];
  g_autoptr (GString) words = g_string_new (rn_tier_word (tier));
  g_autofree char *limit = NULL;
  guint n = 0;

  if (!of->on)
    return g_strdup ("");
  if (rn_rule_bad_side (self) == RN_BAD_SET)
    {
      for (guint i = RN_SURFACE_DRY; i <= RN_SURFACE_WATER; i++)
        if (of->set & (1u << i))
          g_string_append_printf (words, "%s%s", n++ > 0 ? "/" : " ", rn_surface_title (i));
      return g_string_free (g_steal_pointer (&words), FALSE);
    }
  if (self->metric == RN_METRIC_INCIDENT_LEVEL && of->enter == tier)
    return g_strdup (rn_tier_word (tier)); /* the level itself */
  limit = rn_metric_text (self->metric, of->enter);
  return g_strdup_printf ("%s %s %s", rn_tier_word (tier),
                          rn_rule_bad_side (self) == RN_BAD_LOW ? "≤" : "≥", limit);
}

char *
rn_rule_dup_tiers_text (const RnRule *self)
{
  GString *text = g_string_new (NULL);

  for (int tier = RN_N_TIERS - 1; tier > 0; tier--)
    if (self->tiers[tier].on)
      {
        g_autofree char *one = rn_rule_dup_tier_text (self, tier);

        g_string_append_printf (text, "%s%s", text->len > 0 ? BETWEEN : "", one);
      }
  return g_string_free (text, FALSE);
}

/* "5,012 sections" */
static char *
subjects_text (RnSubjectKind kind, guint n)
{
  g_autofree char *count = rn_text_count (n);

  switch (kind)
    {
    case RN_SUBJECT_SECTION:
      return g_strdup_printf (ngettext ("%s section", "%s sections", n), count);
    case RN_SUBJECT_STATION:
      return g_strdup_printf (ngettext ("%s weather station", "%s weather stations", n), count);
    case RN_SUBJECT_FACILITY:
      return g_strdup_printf (ngettext ("%s facility", "%s facilities", n), count);
    case RN_SUBJECT_INCIDENT:
      return g_strdup_printf (ngettext ("%s incident", "%s incidents", n), count);
    case RN_SUBJECT_WORK:
      return g_strdup_printf (ngettext ("%s road works", "%s road works", n), count);
    case RN_SUBJECT_FEED:
      return g_strdup_printf (ngettext ("%s feed", "%s feeds", n), count);
    default:
      return g_strdup_printf (ngettext ("%s key figure", "%s key figures", n), count);
    }
}

char *
rn_rule_dup_count_text (const RnRule *self, const guint by_tier[RN_N_TIERS])
{
  g_autofree char *all = subjects_text (rn_metric_subject_kind (self->metric), by_tier[0]);
  g_autoptr (GString) tiers = g_string_new (NULL);

  for (int tier = 1; tier < RN_N_TIERS; tier++)
    if (by_tier[tier] > 0)
      {
        g_autofree char *count = rn_text_count (by_tier[tier]);

        if (tiers->len > 0)
          g_string_append (tiers, _(", "));
        /* Translators: so many (first) are at a tier (second) now */
        g_string_append_printf (tiers, _("%s at %s"), count, rn_tier_word (tier));
      }
  if (tiers->len == 0)
    return g_strdup_printf (_("Now: none of %s"), all);
  /* Translators: "Now: 2 at II, 5 at III of 5,012 sections" */
  return g_strdup_printf (_("Now: %s of %s"), tiers->str, all);
}
