/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both kinds of clock: order of timers, repetition, removal from within, jumps. */
#include "base/rn-clock.h"

#define START_US (G_GINT64_CONSTANT (1790822556) * RN_SECOND)

typedef struct {
  RnClock *clock;
  GString *log;
  const char *name;
  guint id, runs, last_run;
  guint *victim;
} Probe;

static gboolean
probe_cb (gpointer data)
{
  Probe *probe = data;

  g_string_append_printf (probe->log, "%s@%" G_GINT64_FORMAT " ", probe->name,
                          (rn_clock_now_us (probe->clock) - START_US) / RN_SECOND);
  if (probe->victim != NULL)
    rn_clock_clear_timer (probe->clock, probe->victim);
  return ++probe->runs < probe->last_run;
}

static void
count_cb (gpointer data)
{
  ++*(guint *) data;
}

static gboolean
once_cb (gpointer data)
{
  ++*(guint *) data;
  return G_SOURCE_REMOVE;
}

static void
test_order (void)
{
  g_autoptr (RnClock) clock = rn_clock_new_manual (START_US);
  g_autoptr (GString) log = g_string_new (NULL);
  Probe a = { clock, log, "a", .last_run = 3 }, b = { clock, log, "b", .last_run = 1 };
  Probe c = { clock, log, "c", .last_run = 1 };

  rn_clock_add_timer (clock, 7 * RN_SECOND, probe_cb, &b, NULL);
  rn_clock_add_timer (clock, 3 * RN_SECOND, probe_cb, &a, NULL);
  rn_clock_add_timer (clock, 6 * RN_SECOND, probe_cb, &c, NULL);
  rn_clock_advance (clock, 2 * RN_SECOND);
  g_assert_cmpstr (log->str, ==, "");
  rn_clock_advance (clock, 10 * RN_SECOND);
  /* At 6 s both a (again) and c: c was there before a's second turn. */
  g_assert_cmpstr (log->str, ==, "a@3 c@6 a@6 b@7 a@9 ");
  g_assert_cmpint (rn_clock_now_us (clock), ==, START_US + 12 * RN_SECOND);
  g_assert_cmpint (rn_clock_monotonic_us (clock), ==, 12 * RN_SECOND);
}

static void
test_removal (void)
{
  g_autoptr (RnClock) clock = rn_clock_new_manual (START_US);
  g_autoptr (GString) log = g_string_new (NULL);
  Probe a = { clock, log, "a", .last_run = 9 }, b = { clock, log, "b", .last_run = 9 };
  guint freed = 0, id, self;

  id = rn_clock_add_timer (clock, 2 * RN_SECOND, probe_cb, &b, NULL);
  a.victim = &id;
  self = rn_clock_add_timer (clock, RN_SECOND, probe_cb, &a, NULL);
  rn_clock_advance (clock, 2 * RN_SECOND);
  g_assert_cmpstr (log->str, ==, "a@1 a@2 "); /* b was removed by a just before its turn */
  g_assert_cmpuint (id, ==, 0);
  a.victim = &self; /* removes itself and says "again" */
  rn_clock_advance (clock, 5 * RN_SECOND);
  g_assert_cmpstr (log->str, ==, "a@1 a@2 a@3 ");
  id = rn_clock_add_timer (clock, RN_SECOND, once_cb, &freed, count_cb);
  rn_clock_remove_timer (clock, id);
  g_assert_cmpuint (freed, ==, 1); /* destroyed, not run */
  rn_clock_remove_timer (clock, id);
  rn_clock_add_timer (clock, RN_SECOND, probe_cb, &b, NULL);
  rn_clock_add_timer (clock, RN_SECOND, once_cb, &freed, count_cb);
  g_clear_object (&clock);
  g_assert_cmpuint (freed, ==, 2); /* with the clock */
}

static void
test_jump (void)
{
  g_autoptr (RnClock) clock = rn_clock_new_manual (START_US);
  guint runs = 0;

  rn_clock_add_timer (clock, 5 * RN_SECOND, once_cb, &runs, NULL);
  rn_clock_jump (clock, 3600 * RN_SECOND);
  g_assert_cmpuint (runs, ==, 0);
  g_assert_cmpint (rn_clock_monotonic_us (clock), ==, 0);
  rn_clock_jump (clock, -7200 * RN_SECOND);
  rn_clock_advance (clock, 5 * RN_SECOND);
  g_assert_cmpuint (runs, ==, 1);
  g_assert_cmpint (rn_clock_now_us (clock), ==, START_US - 3595 * RN_SECOND);
}

static gboolean
nested_cb (gpointer data)
{
  Probe *probe = data;

  rn_clock_add_timer (probe->clock, RN_SECOND, once_cb, &probe->runs, NULL);
  rn_clock_advance (probe->clock, 2 * RN_SECOND);
  return G_SOURCE_REMOVE;
}

static void
test_nested (void)
{
  g_autoptr (RnClock) clock = rn_clock_new_manual (START_US);
  Probe probe = { clock };

  rn_clock_add_timer (clock, RN_SECOND, nested_cb, &probe, NULL);
  rn_clock_advance (clock, RN_SECOND);
  g_assert_cmpuint (probe.runs, ==, 1);
  /* Time never goes back. */
  g_assert_cmpint (rn_clock_monotonic_us (clock), ==, 3 * RN_SECOND);
}

static void
test_zero_period (void)
{
  g_autoptr (RnClock) clock = rn_clock_new_manual (START_US);
  g_autoptr (GString) log = g_string_new (NULL);
  Probe a = { clock, log, "a", .last_run = G_MAXUINT };

  rn_clock_add_timer (clock, 0, probe_cb, &a, NULL);
  rn_clock_advance (clock, RN_SECOND);
  g_assert_cmpuint (a.runs, ==, 1001);
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static void
test_system (void)
{
  g_autoptr (RnClock) clock = rn_clock_new_system ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GString) log = g_string_new (NULL);
  gint64 before_us = g_get_real_time (), mono_us = g_get_monotonic_time ();
  Probe a = { clock, log, "a", .last_run = 2 };
  guint runs = 0, id;

  g_assert_cmpint (rn_clock_now_us (clock), >=, before_us);
  g_assert_cmpint (rn_clock_monotonic_us (clock), >=, mono_us);
  id = rn_clock_add_timer (clock, 1000, once_cb, &runs, NULL);
  rn_clock_clear_timer (clock, &id);
  rn_clock_add_timer (clock, 1000, probe_cb, &a, NULL);
  rn_clock_add_timer (clock, 60000, quit_cb, loop, NULL);
  g_main_loop_run (loop);
  g_assert_cmpuint (runs, ==, 0);
  g_assert_cmpuint (a.runs, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/order", test_order);
  g_test_add_func ("/clock/removal", test_removal);
  g_test_add_func ("/clock/jump", test_jump);
  g_test_add_func ("/clock/nested", test_nested);
  g_test_add_func ("/clock/zero-period", test_zero_period);
  g_test_add_func ("/clock/system", test_system);
  return g_test_run ();
}
