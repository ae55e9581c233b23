/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A GAsyncQueue and a GThread. After each message the thread offers one step to the idle function,
 * so that neither starves the other. The struct is shared by both sides and counted, since the main
 * thread may leave before the thread has ended. */
#include "record/rn-record-thread.h"

typedef struct {
  RnRecordFunc func; /* NULL: end */
  gpointer data;
  GDestroyNotify free_data;
} Message;

struct _RnRecordThread {
  gatomicrefcount refs;
  GAsyncQueue *queue; /* Message */
  gpointer owner;
  RnRecordIdle idle;
  GDestroyNotify free_owner;
  GMutex mutex;
  GCond has_ended;
  gboolean ended; /* under the mutex */
};

static GPrivate current;

static void
unref (RnRecordThread *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_async_queue_unref (self->queue);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->has_ended);
  g_free (self);
}

/* The next message; NULL when @wait_us are over before one came. */
static Message *
next_message (RnRecordThread *self, gint64 wait_us)
{
  if (wait_us < 0)
    return g_async_queue_pop (self->queue);
  if (wait_us == 0)
    return g_async_queue_try_pop (self->queue);
  return g_async_queue_timeout_pop (self->queue, (guint64) wait_us);
}

static gpointer
run (gpointer data)
{
  RnRecordThread *self = data;
  gboolean going = TRUE;

  g_private_set (&current, self);
  while (going)
    {
      g_autofree Message *message = next_message (self, self->idle (self->owner));

      if (message == NULL)
        continue;
      going = message->func != NULL;
      if (going)
        message->func (self->owner, message->data);
      if (message->free_data != NULL)
        message->free_data (message->data);
    }
  self->free_owner (self->owner);
  g_mutex_lock (&self->mutex);
  self->ended = TRUE;
  g_cond_signal (&self->has_ended);
  g_mutex_unlock (&self->mutex);
  unref (self);
  return NULL;
}

RnRecordThread *
rn_record_thread_new (const char *name, gpointer owner, RnRecordIdle idle,
                      GDestroyNotify free_owner)
{
  RnRecordThread *self = g_new0 (RnRecordThread, 1);

  g_atomic_ref_count_init (&self->refs);
  g_atomic_ref_count_inc (&self->refs); /* the thread's */
  self->queue = g_async_queue_new ();
  self->owner = owner;
  self->idle = idle;
  self->free_owner = free_owner;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->has_ended);
  g_thread_unref (g_thread_new (name, run, self));
  return self;
}

void
rn_record_thread_push (RnRecordThread *self, RnRecordFunc func, gpointer message,
                       GDestroyNotify free_message)
{
  Message *entry = g_new (Message, 1);

  *entry = (Message){ .func = func, .data = message, .free_data = free_message };
  g_async_queue_push (self->queue, entry);
}

gboolean
rn_record_thread_stop (RnRecordThread *self, gint64 patience_us)
{
  gint64 until_us = g_get_monotonic_time () + patience_us;
  gboolean ended;

  rn_record_thread_push (self, NULL, NULL, NULL);
  g_mutex_lock (&self->mutex);
  while (!self->ended && g_cond_wait_until (&self->has_ended, &self->mutex, until_us))
    ;
  ended = self->ended;
  g_mutex_unlock (&self->mutex);
  unref (self);
  return ended;
}

gboolean
rn_record_thread_is_current (void)
{
  return g_private_get (&current) != NULL;
}
