/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thread, one queue. The engine is only touched on it; results come to the main thread by an
 * idle. Restoring is here too: years of a journal are folded without the seat waiting for it. */
#include "session/rn-alert-work.h"

#include "base/rn-i18n.h"

/* Entries after which a bookmark is set. Folding so many takes some 20 ms. */
#define BOOKMARK_EVERY 5000
#define BOOKMARK_BEFORE_US (30 * 60 * RN_SECOND) /* raises so long ago still count */
#define CLOCKS_APART_US (2 * RN_SECOND)

typedef enum { JOB_STEP, JOB_TAKE, JOB_RULES, JOB_RESTORE, JOB_RETELL } JobKind;

typedef struct {
  JobKind kind;
  RnFrame *frame;
  gint64 now_us, wall_us;
  GTimeZone *zone;
  RnAlertEntry *act;
  RnRuleSet *rules;
  GPtrArray *journal;
  gboolean from_bookmark;
} Job;

struct _RnAlertWork {
  RnAlertHear hear;
  gpointer data;
  GThreadPool *pool;
  gint busy; /* atomic */
  GMainContext *context;
  GMutex mutex;
  GQueue results;     /* under it: RnAlertResult */
  GSource *hear_soon; /* under it */

  /* the thread's own */
  RnAlertEngine *engine;
  RnRuleSet *rules;
  GTimeZone *zone;
  RnThresholdFaults *faults; /* last told; NULL none */
  guint since_bookmark;
};

static void
job_free (Job *self)
{
  g_clear_pointer (&self->frame, rn_frame_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->act, rn_alert_entry_unref);
  g_clear_pointer (&self->rules, rn_rule_set_unref);
  g_clear_pointer (&self->journal, g_ptr_array_unref);
  g_free (self);
}

static void
result_free (RnAlertResult *self)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->journal, g_ptr_array_unref);
  g_clear_pointer (&self->nags, g_ptr_array_unref);
  g_clear_error (&self->refusal);
  g_clear_pointer (&self->faults, rn_threshold_faults_unref);
  g_clear_pointer (&self->book, rn_alert_book_free);
  g_free (self->rules_print);
  g_free (self->skipped);
  g_free (self);
}

static void
entry_free (gpointer data)
{
  rn_alert_entry_unref (data);
}

/* ---- bookmarks ----------------------------------------------------------------------------- */

static char *
dup_print (const RnAlertBook *book)
{
  g_autofree char *digest = rn_alert_book_dup_digest (book);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, digest, -1);
}

/* All that stands is told by the entries from `data_us` on; the print proves it to a reader. */
static RnAlertEntry *
make_bookmark (const RnAlertBook *book, gint64 at_us)
{
  RnAlertEntry *entry = rn_alert_entry_new (RN_ENTRY_BOOKMARK, at_us);

  entry->data_us = MIN (rn_alert_book_get_since_us (book), at_us) - BOOKMARK_BEFORE_US;
  entry->count = rn_alert_book_get_n (book);
  entry->text = dup_print (book);
  return entry;
}

static void
set_bookmark (RnAlertWork *self, GPtrArray *entries)
{
  const RnAlertEntry *last;

  if (entries->len == 0)
    return;
  self->since_bookmark += entries->len;
  if (self->since_bookmark < BOOKMARK_EVERY)
    return;
  self->since_bookmark = 0;
  last = entries->pdata[entries->len - 1];
  g_ptr_array_add (entries, make_bookmark (rn_alert_engine_get_book (self->engine), last->at_us));
}

gboolean
rn_alert_bookmark_read (const RnJournalEntry *entry, gint64 *from_us)
{
  g_autoptr (RnAlertEntry) bookmark = NULL;

  if (g_strcmp0 (entry->kind, rn_alert_entry_word (RN_ENTRY_BOOKMARK)) != 0 || entry->body == NULL)
    return FALSE;
  bookmark = rn_alert_entry_parse (entry->kind, entry->at_us, entry->body, NULL);
  if (bookmark == NULL || bookmark->text == NULL)
    return FALSE;
  *from_us = bookmark->data_us;
  return TRUE;
}

/* ---- the engine ---------------------------------------------------------------------------- */

static RnAlertEngine *
get_engine (RnAlertWork *self)
{
  if (self->engine == NULL)
    self->engine = rn_alert_engine_new (self->rules, self->zone);
  return self->engine;
}

/* The zone of the source is known with its first answer. */
static void
set_zone (RnAlertWork *self, GTimeZone *zone)
{
  if (zone == NULL || zone == self->zone)
    return;
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
  if (self->engine != NULL)
    rn_alert_engine_set_zone (self->engine, zone);
}

/* The session's clock is that of the source, and that of the demo runs where it likes: an auditor
 * also wants to know when it was by the clock on the wall. */
static RnJournalEntry *
to_journal (const RnAlertEntry *entry, gint64 wall_us)
{
  g_autofree char *json = rn_alert_entry_dup_json (entry);
  g_autoptr (GString) body = g_string_new (json);
  g_autofree char *subject = NULL;

  if (ABS (wall_us - entry->at_us) > CLOCKS_APART_US)
    {
      g_string_truncate (body, body->len - 1);
      g_string_append_printf (body, "%s\"wall_us\":%" G_GINT64_FORMAT "}", body->len > 1 ? "," : "",
                              wall_us);
    }
  if (entry->key == NULL && entry->subject != NULL)
    subject =
        g_strdup_printf ("%s:%s", rn_subject_kind_word (entry->subject->kind), entry->subject->key);
  return rn_journal_entry_new (entry->at_us, rn_alert_entry_word (entry->kind),
                               entry->key != NULL ? entry->key : subject, entry->person, body->str);
}

static void
fill_journal (RnAlertResult *result, const GPtrArray *entries, gint64 wall_us)
{
  if (result->journal == NULL)
    result->journal = g_ptr_array_new_full (entries->len, (GDestroyNotify) rn_journal_entry_free);
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (result->journal, to_journal (entries->pdata[i], wall_us));
}

/* What is shown stays as it is: only the journal has to hear it. */
static void
retell (RnAlertWork *self, const Job *job, RnAlertResult *result)
{
  g_autoptr (GPtrArray) story =
      rn_alert_book_dup_story (rn_alert_engine_get_book (get_engine (self)));

  g_ptr_array_insert (story, 0, rn_alert_entry_ref (job->act));
  fill_journal (result, story, job->wall_us);
}

static void
step (RnAlertWork *self, const Job *job, RnAlertResult *result)
{
  set_zone (self, job->zone);
  rn_alert_engine_step (get_engine (self), job->frame, job->now_us, result->entries);
  result->nags = rn_alert_engine_dup_nags (self->engine, job->now_us);
  if (result->nags->len == 0)
    g_clear_pointer (&result->nags, g_ptr_array_unref);
}

/* ---- restoring ----------------------------------------------------------------------------- */

static void
skip (RnAlertResult *result, const RnJournalEntry *entry, const char *why)
{
  if (result->n_skipped++ == 0)
    result->skipped = g_strdup_printf ("%s, %s %" G_GUINT64_FORMAT ": %s", entry->kind, entry->seat,
                                       entry->sequence, why);
}

/* A bookmark that is not met by what was read before it. */
static void
check_bookmark (const RnAlertEntry *bookmark, RnAlertResult *result)
{
  g_autofree char *print = dup_print (result->book);

  result->mismatched = g_strcmp0 (print, bookmark->text) != 0;
}

/* Before the first bookmark there may be ends of what began earlier. */
static void
restore_entry (RnAlertWork *self, const RnJournalEntry *from, gboolean before, gboolean check,
               RnAlertResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnAlertEntry) entry = rn_alert_entry_parse (
      from->kind, from->at_us, from->body != NULL ? from->body : "{}", &error);

  if (entry == NULL)
    {
      skip (result, from, error->message);
      return;
    }
  if (check)
    check_bookmark (entry, result);
  if (entry->kind == RN_ENTRY_RULES)
    {
      g_free (result->rules_print);
      result->rules_print = g_strdup (entry->body);
    }
  if (!rn_alert_engine_restore (get_engine (self), entry, &error))
    {
      if (!before)
        skip (result, from, error->message);
      return;
    }
  rn_alert_book_apply (result->book, entry, NULL); /* the engine's book took it */
  if (entry->kind == RN_ENTRY_CLEARED)
    result->cleared_us = MAX (result->cleared_us, entry->at_us);
}

/* What was before it is of no use. */
static gboolean
is_fresh_start (const RnJournalEntry *entry)
{
  g_autoptr (RnAlertEntry) started = NULL;

  if (g_strcmp0 (entry->kind, rn_alert_entry_word (RN_ENTRY_STARTED)) != 0 || entry->body == NULL)
    return FALSE;
  started = rn_alert_entry_parse (entry->kind, entry->at_us, entry->body, NULL);
  return started != NULL && started->one_shot;
}

static void
restore (RnAlertWork *self, const Job *job, RnAlertResult *result)
{
  guint n = job->journal != NULL ? job->journal->len : 0, begin = 0, bookmark = G_MAXUINT;
  gint64 from_us;

  g_clear_pointer (&self->engine, rn_alert_engine_free);
  get_engine (self);
  result->book = rn_alert_book_new ();
  for (guint i = 0; i < n; i++)
    if (is_fresh_start (job->journal->pdata[i]))
      begin = i;
  for (guint i = begin; job->from_bookmark && i < n; i++)
    if (rn_alert_bookmark_read (job->journal->pdata[i], &from_us))
      bookmark = i;
  for (guint i = begin; i < n && !result->mismatched; i++)
    restore_entry (self, job->journal->pdata[i], bookmark != G_MAXUINT && i < bookmark,
                   i == bookmark, result);
  self->since_bookmark = n;
}

/* Thresholds are looked at anew with other rules and with another network. */
static void
tell_faults (RnAlertWork *self, RnAlertResult *result)
{
  const RnThresholdFaults *now = rn_alert_engine_get_threshold_faults (get_engine (self));
  guint n_before = self->faults != NULL ? self->faults->n : 0;

  if (now == self->faults)
    return;
  g_clear_pointer (&self->faults, rn_threshold_faults_unref);
  self->faults = rn_threshold_faults_ref (now);
  if (now->n > 0 || n_before > 0)
    result->faults = rn_threshold_faults_ref (now);
}

/* ---- the thread ---------------------------------------------------------------------------- */

static gboolean
gave_something (const RnAlertResult *result)
{
  return result->journal->len > 0 || result->nags != NULL || result->refusal != NULL
         || result->book != NULL || result->faults != NULL;
}

static RnAlertResult *
pop_result (RnAlertWork *self)
{
  RnAlertResult *result;

  g_mutex_lock (&self->mutex);
  result = g_queue_pop_head (&self->results);
  if (result == NULL)
    g_clear_pointer (&self->hear_soon, g_source_unref);
  g_mutex_unlock (&self->mutex);
  return result;
}

static gboolean
hear_cb (gpointer data)
{
  RnAlertWork *self = data;
  RnAlertResult *result;

  while ((result = pop_result (self)) != NULL)
    {
      self->hear (result, self->data);
      result_free (result);
    }
  return G_SOURCE_REMOVE;
}

static void
deliver (RnAlertWork *self, RnAlertResult *result)
{
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->results, result);
  if (self->hear_soon == NULL)
    {
      self->hear_soon = g_idle_source_new ();
      g_source_set_priority (self->hear_soon, G_PRIORITY_DEFAULT);
      g_source_set_callback (self->hear_soon, hear_cb, self, NULL);
      g_source_attach (self->hear_soon, self->context);
    }
  g_mutex_unlock (&self->mutex);
}

static void
do_job (gpointer data, gpointer user_data)
{
  Job *job = data;
  RnAlertWork *self = user_data;
  RnAlertResult *result = g_new0 (RnAlertResult, 1);

  result->entries = g_ptr_array_new_with_free_func (entry_free);
  switch (job->kind)
    {
    case JOB_STEP:
      step (self, job, result);
      break;
    case JOB_TAKE:
      rn_alert_engine_take (get_engine (self), job->act, result->entries, &result->refusal);
      break;
    case JOB_RULES:
      g_clear_pointer (&self->rules, rn_rule_set_unref);
      self->rules = rn_rule_set_ref (job->rules);
      rn_alert_engine_set_rules (get_engine (self), self->rules);
      break;
    case JOB_RESTORE:
      restore (self, job, result);
      break;
    case JOB_RETELL:
      retell (self, job, result);
      break;
    }
  tell_faults (self, result);
  set_bookmark (self, result->entries);
  fill_journal (result, result->entries, job->wall_us);
  if (gave_something (result))
    deliver (self, result);
  else
    result_free (result);
  job_free (job);
  g_atomic_int_add (&self->busy, -1); /* nothing is on its way any more that was not delivered */
}

/* ---- the main thread ----------------------------------------------------------------------- */

static void
push (RnAlertWork *self, Job *job)
{
  g_atomic_int_inc (&self->busy);
  g_thread_pool_push (self->pool, job, NULL);
}

void
rn_alert_work_step (RnAlertWork *self, const RnFrame *frame, gint64 now_us, gint64 wall_us,
                    GTimeZone *zone)
{
  Job *job = g_new0 (Job, 1);

  job->kind = JOB_STEP;
  job->frame = rn_frame_ref ((RnFrame *) frame);
  job->now_us = now_us;
  job->wall_us = wall_us;
  job->zone = zone != NULL ? g_time_zone_ref (zone) : NULL;
  push (self, job);
}

void
rn_alert_work_take (RnAlertWork *self, RnAlertEntry *act, gint64 wall_us)
{
  Job *job = g_new0 (Job, 1);

  job->kind = JOB_TAKE;
  job->act = act;
  job->wall_us = wall_us;
  push (self, job);
}

void
rn_alert_work_retell (RnAlertWork *self, RnAlertEntry *entry, gint64 wall_us)
{
  Job *job = g_new0 (Job, 1);

  job->kind = JOB_RETELL;
  job->act = entry;
  job->wall_us = wall_us;
  push (self, job);
}

void
rn_alert_work_set_rules (RnAlertWork *self, const RnRuleSet *rules)
{
  Job *job = g_new0 (Job, 1);

  job->kind = JOB_RULES;
  job->rules = rn_rule_set_ref (rules);
  push (self, job);
}

void
rn_alert_work_restore (RnAlertWork *self, GPtrArray *journal, gboolean from_bookmark)
{
  Job *job = g_new0 (Job, 1);

  job->kind = JOB_RESTORE;
  job->journal = journal;
  job->from_bookmark = from_bookmark;
  push (self, job);
}

gboolean
rn_alert_work_is_busy (RnAlertWork *self)
{
  return g_atomic_int_get (&self->busy) > 0;
}

RnAlertWork *
rn_alert_work_new (const RnRuleSet *rules, RnAlertHear hear, gpointer data)
{
  RnAlertWork *self = g_new0 (RnAlertWork, 1);

  self->hear = hear;
  self->data = data;
  self->rules = rn_rule_set_ref (rules);
  g_mutex_init (&self->mutex);
  self->context = g_main_context_ref_thread_default ();
  self->pool = g_thread_pool_new (do_job, self, 1, FALSE, NULL);
  return self;
}

void
rn_alert_work_free (RnAlertWork *self)
{
  g_thread_pool_free (self->pool, FALSE, TRUE);
  if (self->hear_soon != NULL)
    g_source_destroy (self->hear_soon);
  hear_cb (self);
  g_clear_pointer (&self->engine, rn_alert_engine_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->faults, rn_threshold_faults_unref);
  rn_rule_set_unref (self->rules);
  g_mutex_clear (&self->mutex);
  g_main_context_unref (self->context);
  g_free (self);
}
