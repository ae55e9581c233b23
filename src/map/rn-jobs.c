/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pool of the rasterising threads. A job is owned by the pool until it has run and by an idle
 * source of the main thread after that; only the flag `cancelled` is written from both sides. */
#include "map/rn-jobs.h"

/* They wait for the disk now and then; more of them would take the processors from the picture. */
#define FILE_THREADS 2

struct _RnJob {
  RnJobUrgency urgency;
  guint64 serial;
  RnJobFunc run, done;
  gpointer data;
  GDestroyNotify free_data;
  gint cancelled; /* atomic */
};

static gint n_jobs; /* atomic */

/* Main thread only, so no locks. */
static GThreadPool *drawing_pool, *text_pool, *file_pool;
static gboolean ended;

static gboolean
end_on_main_cb (gpointer data)
{
  RnJob *job = data;

  if (!g_atomic_int_get (&job->cancelled))
    job->done (job->data);
  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job);
  g_atomic_int_dec_and_test (&n_jobs);
  return G_SOURCE_REMOVE;
}

static void
work_cb (gpointer item, gpointer user_data)
{
  RnJob *job = item;

  if (!g_atomic_int_get (&job->cancelled))
    job->run (job->data);
  /* above the priority of redrawing: what is ready is in the next picture */
  g_idle_add_full (G_PRIORITY_DEFAULT, end_on_main_cb, job, NULL);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const RnJob *x = a, *y = b;

  if (x->urgency != y->urgency)
    return x->urgency < y->urgency ? -1 : 1;
  return x->serial < y->serial ? -1 : x->serial > y->serial;
}

static GThreadPool *
get_pool (RnJobUrgency urgency)
{
  if (drawing_pool == NULL)
    {
      drawing_pool = g_thread_pool_new (work_cb, NULL, (int) g_get_num_processors (), FALSE, NULL);
      g_thread_pool_set_sort_function (drawing_pool, compare_cb, NULL);
    }
  if (urgency == RN_JOB_TEXT && text_pool == NULL)
    {
      g_autoptr (GError) error = NULL;

      /* exclusive: Pango keeps its fonts by thread, and must find them again */
      text_pool = g_thread_pool_new (work_cb, NULL, 1, TRUE, &error);
      if (error != NULL)
        g_error ("no thread for text: %s", error->message);
    }
  if (file_pool == NULL)
    file_pool = g_thread_pool_new (work_cb, NULL, FILE_THREADS, FALSE, NULL);
  return urgency == RN_JOB_TEXT ? text_pool : urgency == RN_JOB_FILE ? file_pool : drawing_pool;
}

RnJob *
rn_job_push (RnJobUrgency urgency, RnJobFunc run, RnJobFunc done, gpointer data,
             GDestroyNotify free_data)
{
  static guint64 serial;
  RnJob *job = g_new0 (RnJob, 1);

  job->urgency = urgency;
  job->serial = ++serial;
  job->run = run;
  job->done = done;
  job->data = data;
  job->free_data = free_data;
  if (ended)
    return job;
  g_atomic_int_inc (&n_jobs);
  g_thread_pool_push (get_pool (urgency), job, NULL);
  return job;
}

void
rn_job_clear (RnJob **job)
{
  if (*job != NULL)
    g_atomic_int_set (&(*job)->cancelled, 1);
  *job = NULL;
}

static void
end_pool (GThreadPool **pool)
{
  if (*pool != NULL)
    g_thread_pool_free (g_steal_pointer (pool), TRUE, TRUE);
}

void
rn_jobs_end (void)
{
  ended = TRUE;
  end_pool (&text_pool);
  end_pool (&drawing_pool);
}

guint
rn_jobs_count (void)
{
  return (guint) g_atomic_int_get (&n_jobs);
}
