/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one thread that databases live on: a queue of messages, handled one after the other, and a
 * function for what can wait. Nothing that waits for a disk runs anywhere else. Created on and fed
 * from the main thread. */
#pragma once

#include <glib.h>

typedef struct _RnRecordThread RnRecordThread;

/** Handles @message with what the thread owns. On the thread. */
typedef void (*RnRecordFunc) (gpointer owner, gpointer message);

/** Does one short step of what can wait. Returns in how many µs it wants to be called again: 0 at
 *  once (messages still come first), -1 after the next message. On the thread. */
typedef gint64 (*RnRecordIdle) (gpointer owner);

/** Starts a thread. @owner is the thread's own from now on and freed on it with @free_owner when
 *  it ends. */
RnRecordThread *rn_record_thread_new (const char *name, gpointer owner, RnRecordIdle idle,
                                      GDestroyNotify free_owner);

/** Queues a call of @func; the thread frees @message (@free_message may be NULL). Never waits. */
void rn_record_thread_push (RnRecordThread *self, RnRecordFunc func, gpointer message,
                            GDestroyNotify free_message);

/** Ends the thread once all that was queued is done, and gives @self up. Waits for that up to
 *  @patience_us; FALSE when the disk takes longer, then the thread goes on by itself. */
gboolean rn_record_thread_stop (RnRecordThread *self, gint64 patience_us);

/** Whether the caller runs on a record thread: for assertions. */
gboolean rn_record_thread_is_current (void);
