/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Benchmark of alerts at the desk: the fold of a long journal, what a storm of entries costs the main
 * thread, and a step over a large network as the main thread sees it. One line of JSON a figure. */
#include <stdio.h>

#include "alert-road.h"

#define T0 G_GINT64_CONSTANT (1790000000000000)
#define N_FOLDED 1000000
#define N_PARSED 100000
#define N_STORM 10000

static double
since_ms (gint64 from_us)
{
  return (double) (g_get_monotonic_time () - from_us) / 1000.0;
}

static void
tell (const char *figure, guint n, double ms, double goal_ms)
{
  printf ("{\"bench\": \"alert-desk\", \"figure\": \"%s\", \"n\": %u, \"ms\": %.1f, "
          "\"goal_ms\": %.0f, \"ratio_to_goal\": %.2f}\n",
          figure, n, ms, goal_ms, ms / goal_ms);
}

static RnAlertEntry *
make_entry (RnAlertEntryKind kind, guint section, gint64 at_us)
{
  RnAlertEntry *entry = rn_alert_entry_new (kind, at_us);
  g_autofree char *id = g_strdup_printf ("s/%u", section);

  entry->subject = rn_subject_new (RN_SUBJECT_SECTION, id);
  entry->rule = g_strdup ("jam");
  entry->key = rn_alert_key ("jam", entry->subject);
  entry->tier = 1 + section % 4;
  entry->value = 0.25;
  entry->threshold = 0.45;
  entry->quality = RN_QUALITY_LIVE;
  entry->person = g_strdup ("li");
  entry->rings = kind == RN_ENTRY_RAISED;
  return entry;
}

/* Lives of 1,000 alerts, four entries each, again and again. */
static RnAlertEntry *
nth_entry (guint i)
{
  static const RnAlertEntryKind life[] = { RN_ENTRY_RAISED, RN_ENTRY_ACKNOWLEDGED,
                                           RN_ENTRY_RECOVERING, RN_ENTRY_CLEARED };

  return make_entry (life[i / 1000 % 4], i % 1000, T0 + i * RN_SECOND);
}

static void
bench_fold (void)
{
  g_autoptr (RnAlertBook) book = rn_alert_book_new ();
  double ms = 0;

  for (guint i = 0; i < N_FOLDED; i++)
    {
      g_autoptr (RnAlertEntry) entry = nth_entry (i);
      gint64 from_us = g_get_monotonic_time ();

      g_assert_true (rn_alert_book_apply (book, entry, NULL));
      ms += since_ms (from_us);
    }
  tell ("fold of entries", N_FOLDED, ms, 3000);
}

static void
bench_parse (void)
{
  double ms = 0;

  for (guint i = 0; i < N_PARSED; i++)
    {
      g_autoptr (RnAlertEntry) entry = nth_entry (i);
      g_autofree char *json = rn_alert_entry_dup_json (entry);
      gint64 from_us = g_get_monotonic_time ();
      g_autoptr (RnAlertEntry) read =
          rn_alert_entry_parse (rn_alert_entry_word (entry->kind), entry->at_us, json, NULL);

      ms += since_ms (from_us);
      g_assert_nonnull (read);
    }
  tell ("entries read from JSON", N_PARSED, ms, 3000);
}

static void
bench_storm (RnClock *clock)
{
  g_autoptr (RnAlertDesk) desk = rn_alert_desk_new (clock);
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_entry_unref);
  gint64 from_us;

  for (guint i = 0; i < N_STORM; i++)
    g_ptr_array_add (entries, make_entry (RN_ENTRY_RAISED, i, T0));
  from_us = g_get_monotonic_time ();
  rn_alert_desk_take_entries (desk, entries);
  tell ("storm of alerts shown", N_STORM, since_ms (from_us), 50);
  from_us = g_get_monotonic_time ();
  g_assert_cmpuint (rn_alert_desk_get_alerts (desk)->len, ==, N_STORM);
  tell ("list of alerts", N_STORM, since_ms (from_us), 50);
}

static void
bench_step (RnClock *clock, guint n)
{
  g_autoptr (RnAlertDesk) desk = rn_alert_desk_new (clock);
  Road *road = road_new_on (fixture_big ("s", n, 4), T0);
  double longest_ms = 0;
  double last_ms = 0;

  for (guint i = 0; i < 10; i++)
    {
      const RnFrame *frame;
      gint64 step_us;

      for (guint k = 0; k < road->n; k++)
        road->ratio[k] = 0.6f + 0.3f * (float) g_random_double ();
      frame = road_measure (road, 60 * RN_SECOND);
      step_us = g_get_monotonic_time ();
      rn_alert_desk_step (desk, frame, road->now_us, NULL);
      longest_ms = MAX (longest_ms, since_ms (step_us));
      step_us = g_get_monotonic_time ();
      while (rn_alert_work_is_busy (desk->work))
        g_usleep (100);
      last_ms = since_ms (step_us);
    }
  tell ("step, main thread", road->n, longest_ms, 1);
  tell ("step, until done", road->n, last_ms, 40);
  road_free (road);
}

int
main (void)
{
  g_autoptr (RnClock) clock = rn_clock_new_system ();

  bench_fold ();
  bench_parse ();
  bench_storm (clock);
  bench_step (clock, 100000);
  return 0;
}
