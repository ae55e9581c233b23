/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every state has a word, so that colour is never alone. The age is that of the data on the
 * source's clock, also of a lost feed: what is on the screen is so old. Pure. */
#include "ui/rn-feed-text.h"

#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "base/rn-text.h"

RnFeedLook
rn_feed_look (const RnFeedStatus *status)
{
  if (status->refused || status->state == RN_FEED_LOST)
    return RN_FEED_LOOK_LOST;
  if (status->state == RN_FEED_FROZEN || status->suspect)
    return RN_FEED_LOOK_FROZEN;
  if (status->state == RN_FEED_STALE)
    return RN_FEED_LOOK_STALE;
  if (status->state == RN_FEED_LATE || status->partial)
    return RN_FEED_LOOK_LATE;
  return status->state == RN_FEED_LIVE ? RN_FEED_LOOK_LIVE : RN_FEED_LOOK_WAITING;
}

const char *
rn_feed_look_class (RnFeedLook look)
{
  static const char *const classes[RN_N_FEED_LOOKS] = {
    [RN_FEED_LOOK_WAITING] = "waiting", [RN_FEED_LOOK_LIVE] = "live",
    [RN_FEED_LOOK_LATE] = "late",       [RN_FEED_LOOK_STALE] = "stale",
    [RN_FEED_LOOK_FROZEN] = "frozen",   [RN_FEED_LOOK_LOST] = "lost",
  };

  return classes[look];
}

char *
rn_feed_text_title (const RnFeedStatus *status, const RnFeedContext *context)
{
  const char *title = rn_feed_kind_title (status->kind);

  if (!context->several || status->source == NULL)
    return g_strdup (title);
  return g_strdup_printf ("%s · %s", title, status->source);
}

/* The age of the data, for a frozen feed the time since a value moved; NULL unknown. */
static char *
dup_age (const RnFeedStatus *status)
{
  if (status->state == RN_FEED_FROZEN && status->unchanged_us > 0)
    return rn_text_age (status->unchanged_us);
  return status->age_us >= 0 ? rn_text_age (status->age_us) : NULL;
}

/* @template: translated, with one %s for the age; @word: the same without an age. */
static char *
with_age (const char *template, const char *word, const char *age)
{
  g_auto (GStrv) parts = NULL;

  if (age == NULL)
    return g_strdup (word);
  parts = g_strsplit (template, "%s", 2);
  return g_strconcat (parts[0], age, parts[1], NULL);
}

char *
rn_feed_text_age (const RnFeedStatus *status)
{
  g_autofree char *age = dup_age (status);

  if (status->refused)
    return g_strdup (C_ ("feed", "refused"));
  switch (status->state)
    {
    case RN_FEED_LOST:
      return with_age (C_ ("feed", "lost %s"), C_ ("feed", "lost"), age);
    case RN_FEED_FROZEN:
      return with_age (C_ ("feed", "frozen %s"), C_ ("feed", "frozen"), age);
    case RN_FEED_STALE:
      return with_age (C_ ("feed", "stale %s"), C_ ("feed", "stale"), age);
    case RN_FEED_LATE:
      return with_age (C_ ("feed", "late %s"), C_ ("feed", "late"), age);
    case RN_FEED_LIVE:
    case RN_FEED_WAITING:
      break;
    }
  if (status->suspect)
    return g_strdup (C_ ("feed", "clock ahead"));
  if (status->state == RN_FEED_WAITING)
    return g_strdup (C_ ("feed", "waiting"));
  if (status->partial)
    return with_age (C_ ("feed", "partial %s"), C_ ("feed", "partial"), age);
  if (status->kind == RN_FEED_NETWORK) /* does not age */
    return g_strdup ("");
  return g_strdup (age != NULL ? age : RN_DASH);
}

char *
rn_feed_text_sentence (const RnFeedStatus *status, const RnFeedContext *context)
{
  g_autofree char *title = rn_feed_text_title (status, context);
  g_autofree char *age = dup_age (status);
  g_autofree char *state = NULL;

  if (rn_feed_look (status) != RN_FEED_LOOK_LIVE || age == NULL)
    {
      state = rn_feed_text_age (status);
      return g_strdup_printf (C_ ("feed", "%s: %s"), title, state);
    }
  return g_strdup_printf (C_ ("feed", "%s: live, %s old"), title, age);
}

char *
rn_feed_text_duration (gint64 us)
{
  gint64 s = MAX (us, 0) / RN_SECOND;

  if (s < 60)
    return g_strdup_printf (C_ ("duration", "%d s"), (int) s);
  if (s < 10 * 60 && s % 60 != 0)
    return g_strdup_printf (C_ ("duration", "%d min %d s"), (int) (s / 60), (int) (s % 60));
  if (s < 60 * 60)
    return g_strdup_printf (C_ ("duration", "%d min"), (int) (s / 60));
  return g_strdup_printf (C_ ("duration", "%d h %02d min"), (int) (s / 3600), (int) (s / 60 % 60));
}

char *
rn_feed_text_retry (const RnFeedStatus *status, const RnFeedContext *context)
{
  gint64 wait_us = status->next_poll_us - context->now_us;
  g_autofree char *wait = NULL;

  if (status->failing_since_us == 0 || status->attempt == 0)
    return NULL;
  if (status->next_poll_us == 0 || wait_us < RN_SECOND)
    return g_strdup_printf (_("Retry %u is under way."), status->attempt);
  wait = rn_feed_text_duration (wait_us);
  return g_strdup_printf (_("Retry %u in %s."), status->attempt, wait);
}
