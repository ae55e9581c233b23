/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work for the rasterising threads: one pool for all maps of the program, as many threads as
 * processors, one thread that alone has to do with fonts, and two that may wait for the disk. A job
 * runs in a worker, then ends on the main thread. Pushed, cancelled and ended on the main thread
 * only. */
#pragma once

#include <glib.h>

typedef struct _RnJob RnJob;

/* Most urgent first; within one, in the order pushed. */
typedef enum {
  RN_JOB_FLOW,
  RN_JOB_BASE,
  RN_JOB_BACKGROUND,
  RN_JOB_TEXT, /* not an urgency: always in the thread of the fonts, one after the other */
  RN_JOB_FILE, /* not one either: reads or writes files and decodes, in threads of its own */
} RnJobUrgency;

typedef void (*RnJobFunc) (gpointer data);

/** Runs @run in a worker, then @done on the main thread, then frees @data there. A cancelled job
 *  runs neither unless it has begun; @done never follows a cancel, @free_data always comes.
 *  The returned pointer is valid until @done or the cancel. */
RnJob *rn_job_push (RnJobUrgency urgency, RnJobFunc run, RnJobFunc done, gpointer data,
                    GDestroyNotify free_data);

/** Cancels the job in @job, if any, and clears the pointer. */
void rn_job_clear (RnJob **job);

/** At the end of the program: drops the jobs that wait and waits for those that draw, some ten ms
 *  each, before libraries take apart at exit what these use. Those of files, which may wait for a
 *  disk, are left to themselves. What is pushed from now on is never run. */
void rn_jobs_end (void);

/** How many jobs wait or run, of the whole program: for tests. */
guint rn_jobs_count (void);
