/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clock goes on from answer to answer; at each, all that is being read is waited for, so that
 * an answer comes at its time and the outcome is the same each time. Each change of the source
 * makes a frame and a step of the engine; so does each minute without one, for what only ages. */
#include "cli/rn-backtest.h"

#include <string.h>

#include "alert/rn-alert-group.h"
#include "base/rn-i18n.h"
#include "feed/rn-document.h"
#include "feed/rn-recording.h"

#define AGE_US (60 * RN_SECOND)

typedef struct {
  RnBacktest *out;
  RnClock *clock;
  RnSource *source;
  RnAlertEngine *engine;
  RnFrame *frame;
  guint without;
  gint64 last_us;   /* of the last frame, our clock */
  GHashTable *open; /* key → RnBacktestAlert, borrowed */
} Play;

static void
alert_free (gpointer data)
{
  RnBacktestAlert *self = data;

  g_free (self->key);
  g_free (self->subject);
  g_free (self->rule);
  g_array_unref (self->rises);
  g_free (self);
}

void
rn_backtest_free (RnBacktest *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->alerts);
  g_free (self);
}

/* ---- entries to alerts --------------------------------------------------------------------- */

/* "Section1" of "uk-ha/Section1"; what is no place on the road says what it is. An incident that
 * is a record of an event goes by the event. */
static char *
dup_subject (const RnFrame *frame, const RnSubject *subject)
{
  const char *slash = strchr (subject->key, '/');
  const char *id = slash != NULL ? slash + 1 : subject->key;
  const RnIncident *incident = frame != NULL && subject->kind == RN_SUBJECT_INCIDENT
                                   ? rn_frame_find_incident (frame, subject->key)
                                   : NULL;

  if (incident != NULL && incident->event_id != NULL)
    return g_strdup (incident->event_id);
  if (subject->kind == RN_SUBJECT_SECTION || subject->kind == RN_SUBJECT_INCIDENT)
    return g_strdup (id);
  return g_strdup_printf ("%s:%s", rn_subject_kind_word (subject->kind), id);
}

static void
take_raise (Play *play, const RnAlertEntry *entry)
{
  RnBacktestAlert *alert = g_new0 (RnBacktestAlert, 1);
  const RnBacktestAlert *parent =
      entry->parent != NULL ? g_hash_table_lookup (play->open, entry->parent) : NULL;

  alert->id = play->out->alerts->len + 1;
  alert->key = g_strdup (entry->key);
  alert->subject = dup_subject (play->frame, entry->subject);
  alert->rule = g_strdup (entry->rule);
  alert->tier = entry->tier;
  alert->raised_us = entry->at_us;
  alert->parent = parent != NULL ? parent->id : 0;
  alert->rises = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_ptr_array_add (play->out->alerts, alert);
  g_hash_table_replace (play->open, alert->key, alert);
}

static void
take_entry (Play *play, const RnAlertEntry *entry)
{
  RnBacktestAlert *alert = entry->key != NULL ? g_hash_table_lookup (play->open, entry->key) : NULL;

  if (entry->kind == RN_ENTRY_RAISED)
    {
      take_raise (play, entry);
      return;
    }
  if (alert == NULL)
    return;
  alert->tier = rn_tier_worst (alert->tier, entry->tier);
  if (entry->rings && (entry->kind == RN_ENTRY_TIER || entry->kind == RN_ENTRY_RANG))
    g_array_append_val (alert->rises, entry->at_us);
  if (entry->kind == RN_ENTRY_CLEARED || entry->kind == RN_ENTRY_GONE)
    {
      alert->cleared_us = entry->at_us;
      g_hash_table_remove (play->open, entry->key);
    }
}

/* ---- frames -------------------------------------------------------------------------------- */

static void
leave_out (RnFrameParts *parts, guint without)
{
  const struct {
    RnFeedKind kind;
    GPtrArray **list;
  } lists[] = {
    { RN_FEED_INCIDENTS, &parts->incidents }, { RN_FEED_WORKS, &parts->works },
    { RN_FEED_WORKS, &parts->devices },       { RN_FEED_WEATHER, &parts->stations },
    { RN_FEED_WEATHER, &parts->warnings },    { RN_FEED_WEATHER, &parts->controls },
    { RN_FEED_KPIS, &parts->kpis },           { RN_FEED_FACILITIES, &parts->facility_states },
    { RN_FEED_PLANS, &parts->plans },         { RN_FEED_PLANS, &parts->measures },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (without & (1u << lists[i].kind))
      *lists[i].list = NULL;
  if (without & (1u << RN_FEED_FLOW))
    parts->flow = NULL;
}

static GPtrArray *
dup_statuses (Play *play)
{
  GPtrArray *statuses = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_feed_status_free);
  guint feeds = rn_source_get_feeds (play->source) & ~play->without;

  for (guint kind = 0; kind < RN_N_FEEDS; kind++)
    if (feeds & (1u << kind))
      g_ptr_array_add (statuses, rn_source_dup_status (play->source, kind));
  return statuses;
}

static void
step (Play *play)
{
  g_autoptr (GPtrArray) statuses = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  RnBacktest *out = play->out;
  RnFrameParts parts;
  RnFrame *frame;
  gint64 now_us = rn_source_now_us (play->source);

  rn_source_get_parts (play->source, &parts);
  if (parts.network == NULL || parts.network->n_sections == 0)
    return;
  leave_out (&parts, play->without);
  statuses = dup_statuses (play);
  frame = rn_frame_build (parts.network, &parts, 1, rn_state_table_default (), now_us, play->frame,
                          (const RnFeedStatus *const *) statuses->pdata, statuses->len);
  g_clear_pointer (&play->frame, rn_frame_unref);
  play->frame = frame;
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_entry_unref);
  rn_alert_engine_step (play->engine, frame, now_us, entries);
  for (guint i = 0; i < entries->len; i++)
    {
      take_entry (play, entries->pdata[i]);
    }
  rn_alert_engine_answer (play->engine, entries, "backtest");
  out->n_frames++;
  out->n_sections = frame->network->n_sections;
  out->from_us = out->from_us == 0 ? now_us : out->from_us;
  out->until_us = now_us;
  play->last_us = rn_clock_now_us (play->clock);
}

static void
changed_cb (RnSource *source, guint kind, Play *play)
{
  /* a network alone has no time: the clock begins with the first answer */
  if (!(play->without & (1u << kind)) && (kind != RN_FEED_NETWORK || play->frame != NULL))
    step (play);
}

/* ---- time ---------------------------------------------------------------------------------- */

static void
settle (Play *play)
{
  do
    while (rn_source_is_busy (play->source))
      g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE));
}

/* When the next answer comes, our clock; 0: there is none. */
static gint64
next_answer_us (Play *play)
{
  guint feeds = rn_source_get_feeds (play->source);
  gint64 now_us = rn_clock_now_us (play->clock), next_us = 0;

  for (guint kind = 0; kind < RN_N_FEEDS; kind++)
    if (feeds & (1u << kind))
      {
        g_autoptr (RnFeedStatus) status = rn_source_dup_status (play->source, kind);

        if (status->next_poll_us > now_us && (next_us == 0 || status->next_poll_us < next_us))
          next_us = status->next_poll_us;
      }
  return next_us;
}

static void
run (Play *play)
{
  gint64 next_us;

  settle (play);
  while ((next_us = next_answer_us (play)) != 0)
    {
      gint64 now_us = rn_clock_now_us (play->clock);

      rn_clock_advance (play->clock, MIN (next_us - now_us, AGE_US));
      settle (play);
      if (play->frame != NULL && rn_clock_now_us (play->clock) - play->last_us >= AGE_US)
        step (play);
    }
}

static gboolean
has_failed (Play *play, GError **error)
{
  for (guint kind = 0; play->out->n_frames == 0 && kind < RN_N_FEEDS; kind++)
    {
      g_autoptr (RnFeedStatus) status = rn_source_dup_status (play->source, kind);

      if (status == NULL || status->error == NULL)
        continue;
      g_set_error_literal (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE, status->error);
      return TRUE;
    }
  if (play->out->n_frames == 0)
    g_set_error_literal (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE,
                         _("there is no network among the files, or nothing to play on it"));
  return play->out->n_frames == 0;
}

/* When the first answer came, so that nothing is old before it; 0: their names do not say. FALSE
 * with @error when there is nothing to play. */
static gboolean
find_begin (const RnSourceSpec *spec, gint64 *begin_us, GError **error)
{
  const RnAdapter *adapter = rn_adapter_find (spec->adapter);
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (RnRecording) recording = NULL;

  if (rn_recording_is_address (spec->location))
    {
      g_set_error_literal (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE,
                           _("a back-test needs recorded answers, not an address"));
      return FALSE;
    }
  if (adapter->timezone != NULL)
    zone = g_time_zone_new_identifier (adapter->timezone);
  recording = rn_recording_scan (adapter, spec->location, zone, NULL, error);
  for (guint i = 0; recording != NULL && i < recording->played->len && *begin_us == 0; i++)
    *begin_us = ((const RnRecordingEntry *) recording->played->pdata[i])->at_us;
  return recording != NULL;
}

RnBacktest *
rn_backtest_run (const RnRuleSet *rules, const RnSourceSpec *spec, guint without, GError **error)
{
  g_autoptr (RnClock) clock = NULL;
  g_autoptr (RnHttp) http = NULL;
  g_autoptr (RnSource) source = NULL;
  g_autoptr (RnAlertEngine) engine = NULL;
  g_autoptr (GHashTable) open = g_hash_table_new (g_str_hash, g_str_equal);
  RnBacktest *out;
  Play play = { .without = without, .open = open };
  gint64 begin_us = 0;
  gboolean failed;

  if (!find_begin (spec, &begin_us, error))
    return NULL;
  play.clock = clock = rn_clock_new_manual (MAX (begin_us, RN_SECOND));
  http = rn_http_new ();
  source = rn_source_new (spec, clock, http, error);
  if (source == NULL)
    return NULL;
  engine = rn_alert_engine_new (rules, rn_source_get_timezone (source));
  play.out = out = g_new0 (RnBacktest, 1);
  out->alerts = g_ptr_array_new_with_free_func (alert_free);
  play.source = source;
  play.engine = engine;
  g_signal_connect (source, "changed", G_CALLBACK (changed_cb), &play);
  rn_source_start (source);
  run (&play);
  failed = has_failed (&play, error);
  rn_source_stop (source);
  g_clear_pointer (&play.frame, rn_frame_unref);
  if (failed)
    g_clear_pointer (&out, rn_backtest_free);
  return out;
}
