/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The past is made of frames again, one a slice. Works, incidents and controls are those of now, as
 * far as they had begun: what limits a road for days is right so, and what has ended since is not
 * known any more. Everything is answered at once, as in a back-test. */
#include "session/rn-rule-trial.h"

#include "alert/rn-rule-read.h"
#include "model/rn-incident.h"
#include "model/rn-weather.h"
#include "model/rn-work.h"

typedef struct {
  RnRuleSet *rules;
  RnNetwork *network;
  GPtrArray *slices;
  RnFrame *now;
  GTimeZone *zone;
} Job;

/* While it runs. */
typedef struct {
  const Job *job;
  RnAlertEngine *engine;
  GHashTable *open;     /* key of a row that stands → when it was raised, gint64 */
  GHashTable *subjects; /* keys of alerts of the rule */
  RnRuleTrial *trial;
} Play;

static void
job_free (gpointer data)
{
  Job *self = data;

  rn_rule_set_unref (self->rules);
  g_clear_pointer (&self->network, rn_network_unref);
  g_ptr_array_unref (self->slices);
  rn_frame_unref (self->now);
  g_time_zone_unref (self->zone);
  g_free (self);
}

/* ---- what there is ------------------------------------------------------------------------- */

static gboolean
has_past (RnMetric metric)
{
  switch (metric)
    {
    case RN_METRIC_FLOW_VPH:
    case RN_METRIC_FLOW_VPH_LANE:
    case RN_METRIC_SPEED_KMH:
    case RN_METRIC_SPEED_RATIO:
    case RN_METRIC_DENSITY_VPKM:
    case RN_METRIC_SATURATION:
    case RN_METRIC_STATE:
    case RN_METRIC_QUEUE_M:
    case RN_METRIC_SLOW_KM:
    case RN_METRIC_SEVERE_KM:
    case RN_METRIC_TRAVEL_TIME_INDEX:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
rn_rule_trial_has_past (const RnRule *rule)
{
  return has_past (rule->metric) && rule->select == NULL;
}

gboolean
rn_rule_trial_has_guards (const RnRule *rule)
{
  for (guint i = 0; i < rule->n_guards; i++)
    if (!has_past (rule->guards[i].metric))
      return FALSE;
  return TRUE;
}

/* ---- counting ------------------------------------------------------------------------------ */

static void
take_end (Play *play, const char *key, gint64 at_us)
{
  const gint64 *raised_us = g_hash_table_lookup (play->open, key);

  if (raised_us == NULL)
    return;
  play->trial->longest_us = MAX (play->trial->longest_us, at_us - *raised_us);
  g_hash_table_remove (play->open, key);
}

static void
take_entry (Play *play, const RnAlertEntry *entry)
{
  if (entry->kind == RN_ENTRY_RAISED)
    {
      if (g_strcmp0 (entry->rule, play->job->rules->rules[0]->id) == 0)
        g_hash_table_add (play->subjects, g_strdup (entry->key));
      if (entry->parent != NULL)
        return;
      play->trial->n_rows++;
      g_hash_table_replace (play->open, g_strdup (entry->key),
                            g_memdup2 (&entry->at_us, sizeof entry->at_us));
    }
  else if (entry->kind == RN_ENTRY_CLEARED || entry->kind == RN_ENTRY_GONE)
    take_end (play, entry->key, entry->at_us);
}

/* ---- frames -------------------------------------------------------------------------------- */

static GPtrArray *
begun_incidents (const Job *job, gint64 at_us)
{
  GPtrArray *begun = g_ptr_array_new ();

  for (guint i = 0; i < job->now->incidents->len; i++)
    if (((const RnIncident *) job->now->incidents->pdata[i])->times_us[RN_TIME_OCCURRED] <= at_us)
      g_ptr_array_add (begun, job->now->incidents->pdata[i]);
  return begun;
}

static GPtrArray *
begun_works (const Job *job, gint64 at_us)
{
  GPtrArray *begun = g_ptr_array_new ();

  for (guint i = 0; i < job->now->works->len; i++)
    if (((const RnWork *) job->now->works->pdata[i])->start_us <= at_us)
      g_ptr_array_add (begun, job->now->works->pdata[i]);
  return begun;
}

static GPtrArray *
begun_controls (const Job *job, gint64 at_us)
{
  GPtrArray *begun = g_ptr_array_new ();

  for (guint i = 0; i < job->now->controls->len; i++)
    if (((const RnControl *) job->now->controls->pdata[i])->since_us <= at_us)
      g_ptr_array_add (begun, job->now->controls->pdata[i]);
  return begun;
}

static RnFrame *
make_frame (const Job *job, const RnRecentSlice *slice, const RnFrame *before)
{
  gint64 at_us = rn_recent_slice_get_at_us (slice);
  g_autoptr (RnFlow) flow = rn_recent_slice_make_flow (slice, job->network);
  g_autoptr (GPtrArray) incidents = begun_incidents (job, at_us);
  g_autoptr (GPtrArray) works = begun_works (job, at_us);
  g_autoptr (GPtrArray) controls = begun_controls (job, at_us);
  const RnFrameParts part = { .network = job->network,
                              .flow = flow,
                              .flow_quality_cap = RN_QUALITY_LIVE,
                              .now_us = at_us,
                              .joint = TRUE,
                              .incidents = incidents,
                              .works = works,
                              .controls = controls };

  return rn_frame_build (job->network, &part, 1, rn_state_table_default (), at_us, before, NULL, 0);
}

static void
step (Play *play, const RnFrame *frame)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_entry_unref);

  rn_alert_engine_step (play->engine, frame, frame->at_us, entries);
  for (guint i = 0; i < entries->len; i++)
    take_entry (play, entries->pdata[i]);
  rn_alert_engine_answer (play->engine, entries, "trial");
}

static void
play_all (Play *play, GCancellable *cancellable)
{
  g_autoptr (RnFrame) before = NULL;
  GPtrArray *slices = play->job->slices;

  for (guint i = 0; i < slices->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      RnFrame *frame = make_frame (play->job, slices->pdata[i], before);

      step (play, frame);
      g_clear_pointer (&before, rn_frame_unref);
      before = frame;
    }
}

static void
finish (Play *play)
{
  RnRuleTrial *trial = play->trial;
  GHashTableIter iter;
  gpointer raised_us;

  trial->n_now = g_hash_table_size (play->open);
  trial->n_subjects = g_hash_table_size (play->subjects);
  g_hash_table_iter_init (&iter, play->open);
  while (g_hash_table_iter_next (&iter, NULL, &raised_us))
    trial->longest_us = MAX (trial->longest_us, trial->until_us - *(const gint64 *) raised_us);
}

static void
run_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  g_autoptr (GHashTable) open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) subjects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (RnAlertEngine) engine = rn_alert_engine_new (job->rules, job->zone);
  g_autofree RnRuleTrial *trial = g_new0 (RnRuleTrial, 1);
  Play play = { job, engine, open, subjects, trial };

  trial->n_samples = job->slices->len;
  if (job->slices->len > 0)
    {
      trial->from_us = rn_recent_slice_get_at_us (job->slices->pdata[0]);
      trial->until_us = rn_recent_slice_get_at_us (job->slices->pdata[job->slices->len - 1]);
    }
  play_all (&play, cancellable);
  finish (&play);
  g_task_return_pointer (task, g_steal_pointer (&trial), g_free);
}

/* ---- the main thread ----------------------------------------------------------------------- */

void
rn_rule_trial_run_async (RnSession *session, const RnRule *rule, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);
  g_autoptr (RnRule) one = rn_rule_copy (rule);

  one->enabled = TRUE;
  job->rules = rn_rule_set_new (&one, 1);
  job->slices = rn_recent_dup_slices (rn_session_get_recent (session), &job->network);
  job->now = rn_frame_ref (rn_session_get_frame (session));
  job->zone = g_time_zone_ref (rn_session_get_timezone (session));
  g_task_set_task_data (task, job, job_free);
  g_task_set_source_tag (task, rn_rule_trial_run_async);
  g_task_run_in_thread (task, run_thread);
}

gboolean
rn_rule_trial_run_finish (RnSession *session, GAsyncResult *result, RnRuleTrial *trial,
                          GError **error)
{
  g_autofree RnRuleTrial *got = NULL;

  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);
  got = g_task_propagate_pointer (G_TASK (result), error);
  if (got != NULL)
    *trial = *got;
  return got != NULL;
}
