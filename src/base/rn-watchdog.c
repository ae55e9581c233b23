/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A turn is the time between two polls of the main context, all of what is dispatched and painted
 * in it. A second thread looks every few ms whether the turn has passed the limit, and then has the
 * main thread write down its calls. What other processes take of the processors is not the
 * program's doing: the kernel tells how long the thread was ready to run and did not. */
#define _GNU_SOURCE
#include "base/rn-watchdog.h"

#ifdef RN_WITH_WATCHDOG

#include <dlfcn.h>
#include <execinfo.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_LIMIT_MS 50
#define LOOK_EVERY_US 4000
#define MAX_CALLS 32
#define N_WORST 96

typedef struct {
  gint64 wall_us, waited_us, at_us;
  int n_calls;
  void *calls[MAX_CALLS];
} Turn;

static struct {
  gboolean running;
  gint64 limit_us, started_us;
  pthread_t main_thread;
  GThread *looker;
  int schedstat;       /* of the main thread */
  gint64 turn_from_us; /* atomic; 0: it waits in poll */
  gint64 waited_before_us;
  volatile sig_atomic_t n_calls; /* of the turn under way */
  void *calls[MAX_CALLS];
  guint64 n_turns, n_over;
  Turn worst[N_WORST]; /* by own time */
  guint n_worst;
} dog;

static gint64
own_us (const Turn *turn)
{
  return turn->wall_us - turn->waited_us;
}

/* How long the main thread has waited for a processor so far. */
static gint64
read_waited_us (void)
{
  char text[96];
  gssize n = pread (dog.schedstat, text, sizeof text - 1, 0);
  guint64 ran_ns = 0, waited_ns = 0;

  if (n <= 0)
    return 0;
  text[n] = '\0';
  return sscanf (text, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, &ran_ns, &waited_ns) == 2
             ? (gint64) (waited_ns / 1000)
             : 0;
}

static void
signal_cb (int number)
{
  dog.n_calls = backtrace (dog.calls, MAX_CALLS);
}

static gpointer
look_thread (gpointer data)
{
  gint64 told = 0;

  while (g_atomic_int_get (&dog.running))
    {
      gint64 from_us = __atomic_load_n (&dog.turn_from_us, __ATOMIC_ACQUIRE);

      if (from_us != 0 && from_us != told && g_get_monotonic_time () - from_us > dog.limit_us)
        {
          told = from_us;
          pthread_kill (dog.main_thread, SIGUSR2);
        }
      g_usleep (LOOK_EVERY_US);
    }
  return NULL;
}

static void
remember (const Turn *turn)
{
  guint at = dog.n_worst;

  while (at > 0 && own_us (&dog.worst[at - 1]) < own_us (turn))
    at--;
  if (at >= N_WORST)
    return;
  dog.n_worst = MIN (dog.n_worst + 1, N_WORST);
  memmove (&dog.worst[at + 1], &dog.worst[at], sizeof *dog.worst * (dog.n_worst - 1 - at));
  dog.worst[at] = *turn;
}

static void
end_turn (void)
{
  Turn turn = { .wall_us = g_get_monotonic_time () - dog.turn_from_us, .n_calls = dog.n_calls };

  __atomic_store_n (&dog.turn_from_us, 0, __ATOMIC_RELEASE);
  dog.n_turns++;
  if (turn.wall_us * 4 < dog.limit_us)
    return;
  turn.waited_us = read_waited_us () - dog.waited_before_us;
  turn.at_us = g_get_monotonic_time () - dog.started_us;
  memcpy (turn.calls, dog.calls, sizeof turn.calls);
  if (own_us (&turn) > dog.limit_us)
    dog.n_over++;
  remember (&turn);
}

static gint
poll_cb (GPollFD *fds, guint n, gint timeout)
{
  gint result;

  if (dog.running && dog.turn_from_us != 0)
    end_turn ();
  result = g_poll (fds, n, timeout);
  if (dog.running)
    {
      dog.n_calls = 0;
      dog.waited_before_us = read_waited_us ();
      __atomic_store_n (&dog.turn_from_us, g_get_monotonic_time (), __ATOMIC_RELEASE);
    }
  return result;
}

void
rn_watchdog_start (void)
{
  const char *limit = g_getenv ("RN_WATCHDOG");
  void *warm[2];

  if (limit == NULL || dog.running)
    return;
  dog.limit_us = (atoi (limit) > 0 ? atoi (limit) : DEFAULT_LIMIT_MS) * 1000;
  dog.started_us = g_get_monotonic_time ();
  dog.main_thread = pthread_self ();
  dog.schedstat = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  backtrace (warm, 2); /* loads what it needs now, not in the signal */
  signal (SIGUSR2, signal_cb);
  g_atomic_int_set (&dog.running, TRUE);
  dog.looker = g_thread_new ("watchdog", look_thread, NULL);
  g_main_context_set_poll_func (NULL, poll_cb);
}

/* "roadnet+0x1f2e3 gtk_widget_allocate …": a name where the library tells one, else the place in
 * the file, which addr2line turns into a name. */
static void
append_calls (GString *text, const Turn *turn)
{
  for (int i = 0; i < turn->n_calls; i++)
    {
      Dl_info info = { 0 };
      g_autofree char *file = NULL;

      if (dladdr (turn->calls[i], &info) == 0 || info.dli_fname == NULL)
        continue;
      file = g_path_get_basename (info.dli_fname);
      g_string_append_printf (text, "%s\"%s", text->str[text->len - 1] == '[' ? "" : ", ", file);
      if (info.dli_sname != NULL)
        g_string_append_printf (text, ":%s\"", info.dli_sname);
      else
        g_string_append_printf (text, "+0x%zx\"",
                                (gsize) ((char *) turn->calls[i] - (char *) info.dli_fbase));
    }
}

void
rn_watchdog_stop (void)
{
  const char *path = g_getenv ("RN_WATCHDOG_LOG");
  g_autoptr (GString) text = g_string_new (NULL);

  if (!dog.running)
    return;
  g_atomic_int_set (&dog.running, FALSE);
  g_thread_join (g_steal_pointer (&dog.looker));
  g_string_append_printf (text,
                          "{\"watchdog\": \"main loop\", \"limit_ms\": %" G_GINT64_FORMAT
                          ", \"turns\": %" G_GUINT64_FORMAT ", \"over\": %" G_GUINT64_FORMAT
                          ", \"seconds\": %.1f}\n",
                          dog.limit_us / 1000, dog.n_turns, dog.n_over,
                          (g_get_monotonic_time () - dog.started_us) / 1e6);
  for (guint i = 0; i < dog.n_worst; i++)
    {
      const Turn *turn = &dog.worst[i];

      g_string_append_printf (text,
                              "{\"own_ms\": %.1f, \"wall_ms\": %.1f, \"waited_ms\": %.1f, "
                              "\"at_s\": %.1f, \"calls\": [",
                              own_us (turn) / 1e3, turn->wall_us / 1e3, turn->waited_us / 1e3,
                              turn->at_us / 1e6);
      append_calls (text, turn);
      g_string_append (text, "]}\n");
    }
  if (path == NULL || !g_file_set_contents (path, text->str, (gssize) text->len, NULL))
    fputs (text->str, stderr);
  close (dog.schedstat);
}

#else

void
rn_watchdog_start (void)
{
}

void
rn_watchdog_stop (void)
{
}

#endif
