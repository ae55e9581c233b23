/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desk as an object: frames go to the advisor, committed entries to the book. The file of plans
 * is read without waiting for the disk. Main thread. */
#include "session/rn-plan-desk-private.h"

#include "base/rn-file.h"
#include "base/rn-i18n.h"

#define MAX_FILE_BYTES ((gsize) 8 << 20)

G_DEFINE_FINAL_TYPE (RnPlanDesk, rn_plan_desk, G_TYPE_OBJECT)

enum { CHANGED, REFUSED, N_SIGNALS };

static guint signals[N_SIGNALS];

/* ---- stepping ------------------------------------------------------------------------------ */

/* The newest word counts: the server's, or that of a decision here. */
static RnPlanTierNow
find_tier (RnPlanDesk *self, const RnPlan *plan, gboolean served)
{
  const RnPlanState *state = rn_plan_book_find (self->book, plan->key);
  RnPlanTierNow now = { .tier = served ? plan->tier : 0,
                        .since_us = served ? plan->since_us : 0,
                        .server_tier = served ? plan->tier : -1,
                        .server_since_us = served ? plan->since_us : 0 };

  if (state == NULL || !state->decided || (served && plan->since_us > state->since_us))
    return now;
  now.tier = state->tier;
  now.since_us = state->since_us;
  now.here = TRUE;
  return now;
}

static gboolean
is_served (RnPlanDesk *self, const RnPlan *plan)
{
  for (guint i = 0; self->frame != NULL && i < self->frame->plans->len; i++)
    if (self->frame->plans->pdata[i] == plan)
      return TRUE;
  return FALSE;
}

static int
tier_of (const RnPlan *plan, gpointer data)
{
  RnPlanDesk *self = data;

  return find_tier (self, plan, is_served (self, plan)).tier;
}

static void
look (RnPlanDesk *self)
{
  if (self->frame != NULL)
    rn_plan_advisor_step (self->advisor, self->frame, self->now_us, tier_of, self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
rn_plan_desk_step (RnPlanDesk *self, const RnFrame *frame, gint64 now_us)
{
  g_return_if_fail (RN_IS_PLAN_DESK (self));
  self->now_us = now_us;
  if (self->frame == frame)
    return;
  g_clear_pointer (&self->frame, rn_frame_unref);
  self->frame = rn_frame_ref (frame);
  look (self);
}

/* What was refused when it was entered does not come here; what does not fit any more, for somebody
 * else was quicker, changes nothing. */
static void
entries_cb (RnPlanDesk *self, GPtrArray *entries)
{
  gboolean any = FALSE;

  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!rn_plan_book_takes (entries->pdata[i]))
        continue;
      if (rn_plan_book_apply (self->book, entries->pdata[i], &error))
        any = TRUE;
      else
        g_message ("%s", error->message);
    }
  if (any)
    look (self);
}

/* A journal was opened: what it has is all there is. */
static void
restored_cb (RnPlanDesk *self, GPtrArray *entries)
{
  rn_plan_book_free (self->book);
  self->book = rn_plan_book_new ();
  entries_cb (self, entries);
}

/* ---- the file ------------------------------------------------------------------------------ */

static void
set_file_error (RnPlanDesk *self, const char *text)
{
  g_free (self->file_error);
  self->file_error = g_strdup (text);
}

static void
use_file (RnPlanDesk *self, const RnPlanFile *file)
{
  RnPlanFile *before = self->file;

  self->file = rn_plan_file_ref (file);
  rn_plan_file_unref (before);
  rn_plan_advisor_set_file (self->advisor, file);
}

static void
load_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GBytes) bytes = rn_file_read (path, MAX_FILE_BYTES, &error);
  RnPlanFile *file = NULL;

  if (bytes != NULL)
    file = rn_plan_file_parse (bytes, path, &error);
  else
    g_prefix_error (&error, "%s: ", (const char *) path);
  if (file != NULL)
    g_task_return_pointer (task, file, (GDestroyNotify) rn_plan_file_unref);
  else
    g_task_return_error (task, error);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RnPlanDesk) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RnPlanFile) file = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->loading);
  if (file != NULL)
    use_file (self, file);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    use_file (self, rn_plan_file_default ());
  set_file_error (self, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) || error == NULL
                            ? NULL
                            : error->message);
  look (self);
}

static void
load_file (RnPlanDesk *self)
{
  g_autoptr (GTask) task = NULL;

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  task = g_task_new (NULL, self->loading, loaded_cb, g_object_ref (self));
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  g_task_run_in_thread (task, load_thread);
}

void
rn_plan_desk_set_file (RnPlanDesk *self, const char *path)
{
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;

  g_return_if_fail (RN_IS_PLAN_DESK (self));
  g_clear_object (&self->monitor);
  g_free (self->path);
  self->path = g_strdup (path);
  if (file == NULL)
    {
      set_file_error (self, NULL);
      use_file (self, rn_plan_file_default ());
      look (self);
      return;
    }
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (load_file), self,
                             G_CONNECT_SWAPPED);
  load_file (self);
}

const char *
rn_plan_desk_get_file_error (RnPlanDesk *self)
{
  return self->file_error;
}

/* ---- what is shown ------------------------------------------------------------------------- */

const GPtrArray *
rn_plan_desk_get_plans (RnPlanDesk *self)
{
  g_return_val_if_fail (RN_IS_PLAN_DESK (self), NULL);
  return rn_plan_advisor_get (self->advisor);
}

const RnPlanAdvice *
rn_plan_desk_find (RnPlanDesk *self, const char *plan_key)
{
  g_return_val_if_fail (RN_IS_PLAN_DESK (self), NULL);
  return plan_key != NULL ? rn_plan_advisor_find (self->advisor, plan_key) : NULL;
}

const RnPlanState *
rn_plan_desk_get_state (RnPlanDesk *self, const char *plan_key)
{
  g_return_val_if_fail (RN_IS_PLAN_DESK (self), NULL);
  return rn_plan_book_find (self->book, plan_key);
}

gint64
rn_plan_desk_get_now_us (RnPlanDesk *self)
{
  return self->now_us;
}

const char *
rn_plan_desk_get_person (RnPlanDesk *self)
{
  return rn_alert_desk_get_person (self->desk);
}

RnPlanTierNow
rn_plan_desk_get_tier (RnPlanDesk *self, const RnPlanAdvice *advice)
{
  return find_tier (self, advice->plan, advice->served);
}

gboolean
rn_plan_desk_awaits_second (RnPlanDesk *self, const char *plan_key)
{
  const RnPlanState *state = rn_plan_book_find (self->book, plan_key);

  return state != NULL && state->proposed >= 0 && state->first != NULL
         && rn_plan_book_needs (state->proposed) == 2;
}

gboolean
rn_plan_desk_asks (RnPlanDesk *self, const RnPlanAdvice *advice)
{
  const RnPlanState *state = rn_plan_book_find (self->book, advice->plan->key);

  if (advice->move == RN_PLAN_HOLD || rn_plan_desk_awaits_second (self, advice->plan->key))
    return FALSE;
  return state == NULL || state->declined != advice->to
         || self->now_us - state->declined_us >= self->file->ask_again_us;
}

/* ---- object -------------------------------------------------------------------------------- */

static void
rn_plan_desk_finalize (GObject *object)
{
  RnPlanDesk *self = RN_PLAN_DESK (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->monitor);
  rn_plan_advisor_free (self->advisor);
  rn_plan_book_free (self->book);
  rn_plan_file_unref (self->file);
  g_clear_pointer (&self->frame, rn_frame_unref);
  g_free (self->path);
  g_free (self->file_error);
  G_OBJECT_CLASS (rn_plan_desk_parent_class)->finalize (object);
}

static void
rn_plan_desk_class_init (RnPlanDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rn_plan_desk_finalize;
  signals[CHANGED] = g_signal_new ("changed", RN_TYPE_PLAN_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[REFUSED] = g_signal_new ("refused", RN_TYPE_PLAN_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rn_plan_desk_init (RnPlanDesk *self)
{
  self->file = rn_plan_file_ref (rn_plan_file_default ());
  self->advisor = rn_plan_advisor_new (self->file);
  self->book = rn_plan_book_new ();
}

RnPlanDesk *
rn_plan_desk_new (RnAlertDesk *desk)
{
  RnPlanDesk *self = g_object_new (RN_TYPE_PLAN_DESK, NULL);

  self->desk = desk;
  g_signal_connect_object (desk, "entries", G_CALLBACK (entries_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "plans-restored", G_CALLBACK (restored_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
rn_plan_desk_refuse (RnPlanDesk *self, const char *text)
{
  g_signal_emit (self, signals[REFUSED], 0, text);
}
