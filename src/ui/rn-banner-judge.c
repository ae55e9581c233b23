/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which banner the feeds call for. A server is lost when nothing comes from it any more; else the
 * feeds that are lost are named. Lost wins over frozen. Pure. */
#include "ui/rn-banner.h"

#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "base/rn-text.h"

/* What the lost feeds of one source have in common. */
typedef struct {
  const RnFeedStatus *first; /* the flow when it is lost, else the first lost one; NULL: none */
  guint n, n_lost, n_failing;
  gboolean flow_lost;
  gint64 newest_us;  /* newest data held, observed_at; 0 none */
  gint64 contact_us; /* newest good answer, our clock; 0 none */
  GString *titles;   /* of the lost feeds */
  GString *reasons;  /* NULL: no error text */
} Lost;

static void
add_reason (Lost *lost, const RnFeedStatus *status)
{
  if (status->error == NULL)
    return;
  if (lost->reasons != NULL && strstr (lost->reasons->str, status->error) != NULL)
    return;
  if (lost->reasons == NULL)
    lost->reasons = g_string_new (NULL);
  else
    g_string_append_c (lost->reasons, '\n');
  g_string_append (lost->reasons, status->error);
}

static void
add_status (Lost *lost, const RnFeedStatus *status)
{
  lost->n++;
  lost->newest_us = MAX (lost->newest_us, status->observed_at_us);
  lost->contact_us = MAX (lost->contact_us, status->last_success_us);
  if (rn_feed_look (status) != RN_FEED_LOOK_LOST)
    return;
  lost->n_lost++;
  lost->n_failing += status->failing_since_us != 0 || status->refused;
  if (lost->first == NULL || status->kind == RN_FEED_FLOW)
    lost->first = status;
  lost->flow_lost |= status->kind == RN_FEED_FLOW;
  if (lost->titles->len > 0)
    g_string_append (lost->titles, C_ ("between items of a list", ", "));
  g_string_append (lost->titles, rn_feed_kind_title (status->kind));
  add_reason (lost, status);
}

/* The server as a whole is gone when nothing of it came after the first failure. */
static gboolean
is_whole (const Lost *lost)
{
  if (lost->n_lost < lost->n && !lost->flow_lost)
    return FALSE;
  return lost->first->failing_since_us == 0 || lost->contact_us <= lost->first->failing_since_us;
}

static char *
title_of_failing (const Lost *lost, const RnFeedContext *context)
{
  const char *source = lost->first->source;
  g_autofree char *since = NULL;
  gboolean whole = is_whole (lost);

  if (lost->first->refused)
    return whole ? g_strdup (_("The server refuses access"))
                 : g_strdup_printf (_("The server refuses: %s"), lost->titles->str);
  since = lost->contact_us != 0 && whole
              ? rn_feed_text_duration (context->now_us - lost->contact_us)
              : rn_feed_text_duration (context->now_us - lost->first->failing_since_us);
  if (!whole)
    return g_strdup_printf (_("No answer for %s: %s"), since, lost->titles->str);
  if (context->several && source != NULL)
    return g_strdup_printf (_("No contact with the server “%s” for %s"), source, since);
  return g_strdup_printf (_("No contact with the server for %s"), since);
}

/* Answers come, but what they say is too old. */
static char *
title_of_old (const Lost *lost)
{
  g_autofree char *age = NULL;

  if (lost->first->age_us < 0)
    return g_strdup_printf (_("No data: %s"), lost->titles->str);
  age = rn_feed_text_duration (lost->first->age_us);
  return g_strdup_printf (_("%s lost: the server answers, but the data is %s old"),
                          lost->titles->str, age);
}

static char *
advice (const Lost *lost, const RnFeedContext *context)
{
  if (lost->first->refused)
    return g_strdup (_("Check the token of this source."));
  if (lost->first->failing_since_us == 0)
    return g_strdup (_("Check the system that collects the data."));
  return rn_feed_text_retry (lost->first, context);
}

static char *
detail_of_lost (const Lost *lost, const RnFeedContext *context)
{
  g_autofree char *picture = NULL, *next = advice (lost, context);
  gint64 at_us =
      lost->flow_lost || !is_whole (lost) ? lost->first->observed_at_us : lost->newest_us;

  if (at_us != 0)
    {
      g_autofree char *clock = rn_text_clock (at_us, context->timezone);

      picture = g_strdup_printf (_("This is the last picture, of %s."), clock);
    }
  else
    picture = g_strdup (_("Nothing has been received yet."));
  if (next == NULL)
    return g_steal_pointer (&picture);
  return g_strdup_printf (C_ ("two sentences", "%s %s"), picture, next);
}

static RnBannerMessage *
message_new (RnBannerKind kind, char *title, char *detail, const char *reason)
{
  RnBannerMessage *self = g_new0 (RnBannerMessage, 1);

  self->kind = kind;
  self->title = title;
  self->detail = detail;
  self->reason = g_strdup (reason);
  return self;
}

void
rn_banner_message_free (RnBannerMessage *self)
{
  g_free (self->title);
  g_free (self->detail);
  g_free (self->reason);
  g_free (self);
}

/* The lost feeds of the source of @feeds[@start] on; NULL when none is. */
static RnBannerMessage *
judge_lost (const GPtrArray *feeds, const char *source, const RnFeedContext *context)
{
  Lost lost = { .titles = g_string_new (NULL) };
  RnBannerMessage *message = NULL;

  for (guint i = 0; i < feeds->len; i++)
    if (g_strcmp0 (((const RnFeedStatus *) feeds->pdata[i])->source, source) == 0)
      add_status (&lost, feeds->pdata[i]);
  if (lost.first != NULL)
    message = message_new (
        RN_BANNER_LOST,
        lost.n_failing > 0 ? title_of_failing (&lost, context) : title_of_old (&lost),
        detail_of_lost (&lost, context), lost.reasons != NULL ? lost.reasons->str : NULL);
  g_string_free (lost.titles, TRUE);
  if (lost.reasons != NULL)
    g_string_free (lost.reasons, TRUE);
  return message;
}

static RnBannerMessage *
judge_frozen (const RnFeedStatus *status, const RnFeedContext *context)
{
  g_autofree char *name = rn_feed_text_title (status, context);
  g_autofree char *clock = rn_text_clock (status->observed_at_us, context->timezone);
  g_autofree char *rows = rn_text_count (status->rows);
  gint64 us = MAX (status->unchanged_us, status->age_us);
  g_autofree char *since = us > 0 ? rn_feed_text_duration (us) : NULL;
  char *title =
      since != NULL
          ? g_strdup_printf (_("%s is frozen: the server answers, but no value has "
                                "changed for %s"),
                             name, since)
          : g_strdup_printf (_("%s is frozen: the server answers, but no value changes"), name);

  return message_new (RN_BANNER_FROZEN, title,
                      g_strdup_printf (ngettext ("%s row, data time %s. Check the system that "
                                                 "collects them.",
                                                 "%s rows, data time %s. Check the system that "
                                                 "collects them.",
                                                 status->rows),
                                       rows, clock),
                      NULL);
}

static RnBannerMessage *
judge_suspect (const RnFeedStatus *status, const RnFeedContext *context)
{
  g_autofree char *name = rn_feed_text_title (status, context);
  g_autofree char *clock = rn_text_clock (status->observed_at_us, context->timezone);

  return message_new (
      RN_BANNER_FROZEN,
      g_strdup_printf (_("%s is not to be trusted: its data is of the future"), name),
      g_strdup_printf (_("It says it is of %s. Check the clock of the server."), clock), NULL);
}

RnBannerMessage *
rn_banner_judge (const GPtrArray *feeds, const RnFeedContext *context, const char *demo_error)
{
  if (demo_error != NULL)
    return message_new (RN_BANNER_LOST, g_strdup (_("The demo did not start")),
                        g_strdup (demo_error), NULL);
  for (guint i = 0; i < feeds->len; i++)
    {
      const RnFeedStatus *status = feeds->pdata[i];

      if (rn_feed_look (status) == RN_FEED_LOOK_LOST)
        return judge_lost (feeds, status->source, context);
    }
  for (guint i = 0; i < feeds->len; i++)
    {
      const RnFeedStatus *status = feeds->pdata[i];

      if (status->state == RN_FEED_FROZEN)
        return judge_frozen (status, context);
      if (status->suspect)
        return judge_suspect (status, context);
    }
  return message_new (RN_BANNER_NONE, NULL, NULL, NULL);
}

#define FLOOD_WINDOW_US (10 * 60 * RN_SECOND)

/* With what they stand for. */
static guint
count_new (const RnAlertSheet *sheet, gint64 now_us)
{
  guint n = 0;

  for (guint i = 0; i < sheet->alerts->len; i++)
    {
      const RnAlert *alert = sheet->alerts->pdata[i];

      if (alert->raised_us > now_us - FLOOD_WINDOW_US)
        n += 1 + alert->n_children;
    }
  return n;
}

RnBannerMessage *
rn_banner_judge_alerts (const RnAlertSheet *sheet, gint64 now_us, const char *rules_error,
                        const RnJournalStatus *status)
{
  guint n_new = count_new (sheet, now_us);
  g_autofree char *count = rn_text_count (n_new);

  if (status != NULL && status->state == RN_JOURNAL_OFF)
    return message_new (
        RN_BANNER_JOURNAL, g_strdup (_("What happens is not recorded: the journal is off")),
        g_strdup_printf (ngettext ("%s. %u entry waits in memory; alerts go on.",
                                   "%s. %u entries wait in memory; alerts go on.", status->pending),
                         status->reason != NULL ? status->reason : RN_DASH, status->pending),
        NULL);
  if (sheet->flood)
    return message_new (
        RN_BANNER_FLOOD,
        g_strdup_printf (
            ngettext ("Flood: %s new alert in 10 min", "Flood: %s new alerts in 10 min", n_new),
            count),
        g_strdup (_("They are grouped by cause and make one sound. The worst stand first.")),
        NULL);
  if (rules_error != NULL)
    return message_new (RN_BANNER_RULES,
                        g_strdup (_("The site's rules were refused; the last good ones hold")),
                        g_strdup (rules_error), NULL);
  return message_new (RN_BANNER_NONE, NULL, NULL, NULL);
}
