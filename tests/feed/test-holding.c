/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a feed holds, told answer by answer: short ones, announced ends, and delays. The rules as a
 * source keeps them are in test-source. */
#include "feed/rn-holding-parts.h"
#include "feed/rn-holding.h"
#include "model/rn-incident.h"
#include "model/rn-work.h"

#define S G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * S)
#define T0 (G_GINT64_CONSTANT (1790812800) * S) /* 2026-10-01T00:00:00Z */
#define P (10 * MINUTE)

/* Works "0" … "n - 1" observed at @at_us; those of odd number end at @end_us (0: never). */
static RnDocument *
works (guint n, gint64 at_us, gint64 end_us)
{
  RnDocument *document = rn_document_new (RN_FEED_WORKS);

  document->observed_at_us = at_us;
  document->n_rows = n;
  document->works = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_work_unref);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      RnWork *work = rn_work_new ("test", id);

      work->end_us = i % 2 == 1 ? end_us : 0;
      g_ptr_array_add (document->works, work);
    }
  return document;
}

typedef struct {
  RnClock *clock;
  RnSourceClock time;
  RnHolding *holding;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = rn_clock_new_manual (T0);
  rn_source_clock_init (&fixture->time, fixture->clock);
  fixture->holding = rn_holding_new ("test", "test", RN_FEED_WORKS, &fixture->time, 0, P);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rn_holding_free (fixture->holding);
  g_object_unref (fixture->clock);
}

static guint
n_works (Fixture *fixture)
{
  RnFrameParts parts = { 0 };

  rn_holding_fill_parts (fixture->holding, &parts);
  return parts.works != NULL ? parts.works->len : 0;
}

static void
take (Fixture *fixture, RnDocument *document)
{
  rn_holding_take (fixture->holding, document, rn_clock_now_us (fixture->clock), 0);
}

static gboolean
is_partial (Fixture *fixture)
{
  g_autoptr (RnFeedStatus) status = rn_holding_dup_status (fixture->holding);

  return status->partial;
}

/* Half of the works had said that they would be over by now: no short answer. */
static void
test_announced_ends (Fixture *fixture, gconstpointer data)
{
  take (fixture, works (100, T0, T0 + 5 * MINUTE));
  rn_clock_advance (fixture->clock, P);
  take (fixture, works (10, T0 + P, 0)); /* 90 gone, 45 of them as announced: 55 of 100 */
  g_assert_true (is_partial (fixture));
  g_assert_cmpuint (n_works (fixture), ==, 100);

  rn_holding_forget (fixture->holding);
  take (fixture, works (100, T0, T0 + 5 * MINUTE));
  take (fixture, works (20, T0 + P, 0)); /* 80 gone, 40 as announced: 60 of 100 */
  g_assert_false (is_partial (fixture));
  g_assert_cmpuint (n_works (fixture), ==, 20);

  rn_holding_forget (fixture->holding);
  take (fixture, works (100, T0, T0 + 2 * P));
  take (fixture, works (20, T0 + P, 0)); /* none of them yet */
  g_assert_true (is_partial (fixture));
}

/* A whole answer with the time of the short one (it was asked for again) is the truth at once. */
static void
test_whole_after_short (Fixture *fixture, gconstpointer data)
{
  take (fixture, works (100, T0, 0));
  take (fixture, works (30, T0 + P, 0));
  g_assert_true (is_partial (fixture));
  take (fixture, works (98, T0 + P, 0));
  g_assert_false (is_partial (fixture));
  g_assert_cmpuint (n_works (fixture), ==, 98);
}

static gint64
delay_us (Fixture *fixture)
{
  g_autoptr (RnFeedStatus) status = rn_holding_dup_status (fixture->holding);

  return status->delay_us;
}

static RnDocument *
delayed (gint64 at_us, gint64 hint_us)
{
  RnDocument *document = works (5, at_us, 0);

  document->delay_hint_us = hint_us;
  return document;
}

/* Until three lags are known the document's own delay stands for them, but for no more than 2 P. */
static void
test_delay (Fixture *fixture, gconstpointer data)
{
  take (fixture, delayed (T0 - 25 * MINUTE, 11 * MINUTE));
  g_assert_cmpint (delay_us (fixture), ==, 11 * MINUTE);
  g_assert_cmpint (rn_holding_get_state (fixture->holding), ==, RN_FEED_LIVE);
  take (fixture, delayed (T0 - 24 * MINUTE, 50 * MINUTE));
  g_assert_cmpint (delay_us (fixture), ==, 20 * MINUTE);
  take (fixture, delayed (T0 - 23 * MINUTE, 11 * MINUTE));
  g_assert_cmpint (delay_us (fixture), ==, 24 * MINUTE);
  rn_holding_set_service (fixture->holding, 0, MINUTE);
  g_assert_cmpint (delay_us (fixture), ==, MINUTE);
  g_assert_cmpint (rn_holding_get_state (fixture->holding), ==, RN_FEED_LATE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/holding/announced-ends", Fixture, NULL, set_up, test_announced_ends, tear_down);
  g_test_add ("/holding/whole-after-short", Fixture, NULL, set_up, test_whole_after_short,
              tear_down);
  g_test_add ("/holding/delay", Fixture, NULL, set_up, test_delay, tear_down);
  return g_test_run ();
}
