/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a feed is doing: copies and words. Plain value. */
#include "model/rn-feed-status.h"

#include "base/rn-i18n.h"

RnFeedStatus *
rn_feed_status_copy (const RnFeedStatus *self)
{
  RnFeedStatus *copy = g_memdup2 (self, sizeof *self);

  copy->source = g_strdup (self->source);
  copy->adapter = g_strdup (self->adapter);
  copy->error = g_strdup (self->error);
  copy->shown_from = g_strdup (self->shown_from);
  copy->warning = g_strdup (self->warning);
  if (copy->unjoined_ids != NULL)
    g_ptr_array_ref (copy->unjoined_ids);
  if (copy->refusals != NULL)
    rn_refusals_ref (copy->refusals);
  return copy;
}

void
rn_feed_status_free (RnFeedStatus *self)
{
  if (self == NULL)
    return;
  g_free (self->source);
  g_free (self->adapter);
  g_free (self->error);
  g_free (self->shown_from);
  g_free (self->warning);
  g_clear_pointer (&self->unjoined_ids, g_ptr_array_unref);
  rn_refusals_unref (self->refusals);
  g_free (self);
}

const char *
rn_feed_kind_word (RnFeedKind kind)
{
  static const char *const words[RN_N_FEEDS] = { "network", "flow",       "incidents", "works",
                                                 "weather", "facilities", "kpis",      "plans" };

  g_return_val_if_fail (kind < RN_N_FEEDS, "");
  return words[kind];
}

const char *
rn_feed_kind_title (RnFeedKind kind)
{
  static const char *const titles[RN_N_FEEDS] = {
    NC_ ("feed", "Network"), NC_ ("feed", "Flow"),    NC_ ("feed", "Incidents"),
    NC_ ("feed", "Works"),   NC_ ("feed", "Weather"), NC_ ("feed", "Facilities"),
    NC_ ("feed", "KPIs"),    NC_ ("feed", "Plans")
  };

  g_return_val_if_fail (kind < RN_N_FEEDS, "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "feed", titles[kind]);
}

const char *
rn_feed_state_title (RnFeedState state)
{
  switch (state)
    {
    case RN_FEED_LATE:
      return C_ ("feed state", "late");
    case RN_FEED_STALE:
      return C_ ("feed state", "stale");
    case RN_FEED_FROZEN:
      return C_ ("feed state", "frozen");
    case RN_FEED_LOST:
      return C_ ("feed state", "lost");
    case RN_FEED_WAITING:
    case RN_FEED_LIVE:
    default:
      return "";
    }
}

RnQuality
rn_feed_state_quality (RnFeedState state, gboolean suspect)
{
  static const RnQuality qualities[] = { RN_QUALITY_UNKNOWN, RN_QUALITY_LIVE,    RN_QUALITY_LATE,
                                         RN_QUALITY_STALE,   RN_QUALITY_SUSPECT, RN_QUALITY_LOST };

  g_return_val_if_fail (state < G_N_ELEMENTS (qualities), RN_QUALITY_UNKNOWN);
  return suspect ? MAX (qualities[state], RN_QUALITY_SUSPECT) : qualities[state];
}

gboolean
rn_feed_kind_freezes (RnFeedKind kind)
{
  return kind == RN_FEED_FLOW || kind == RN_FEED_WEATHER;
}
