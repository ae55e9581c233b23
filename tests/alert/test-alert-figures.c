/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures from entries made by hand: each definition of the design, at its limit. */
#include "alert/rn-alert-figures.h"

#include <math.h>

#include "alert-help.h"

#define HOUR (60 * MINUTE)

static void
take (RnAlertFigures *figures, RnAlertEntry *entry)
{
  rn_alert_figures_take (figures, entry);
  rn_alert_entry_unref (entry);
}

static void
raise_at (RnAlertFigures *figures, const char *section, double minute)
{
  take (figures, make_entry (RN_ENTRY_RAISED, "jam", section, minute));
}

/* @count samples were bad before it was left. */
static void
end_at (RnAlertFigures *figures, const char *section, double minute, guint count)
{
  RnAlertEntry *entry = make_entry (RN_ENTRY_CLEARED, "jam", section, minute);

  entry->count = count;
  take (figures, entry);
}

static void
act_at (RnAlertFigures *figures, RnAlertEntryKind kind, const char *section, double minute)
{
  take (figures, make_act (kind, "jam", section, minute, "why"));
}

static RnAlertReport *
report_at (RnAlertFigures *figures, double minute)
{
  return rn_alert_figures_dup_report (figures, NULL, T0 + (gint64) (minute * MINUTE));
}

/* ---- load ------------------------------------------------------------------------------------ */

static void
test_empty (void)
{
  g_autoptr (RnAlertFigures) figures = rn_alert_figures_new (T0);
  g_autoptr (RnAlertReport) report = report_at (figures, 0);

  g_assert_cmpuint (report->n_new, ==, 0);
  g_assert_cmpfloat (report->per_10_min, ==, 0);
  g_assert_cmpfloat (report->flood_share, ==, 0);
  g_assert_true (isnan (report->acknowledge_median_s));
  g_assert_cmpuint (report->n_rules, ==, 0);
}

static void
test_load (void)
{
  g_autoptr (RnAlertFigures) figures = rn_alert_figures_new (T0);
  g_autoptr (RnAlertReport) report = NULL;

  /* three at 5, and four at 12 … 14: seven within 9 min, in two whole tens */
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *section = g_strdup_printf ("a/%d", i);

      raise_at (figures, section, 5);
    }
  for (int i = 3; i < 7; i++)
    {
      g_autofree char *section = g_strdup_printf ("a/%d", i);

      raise_at (figures, section, 9 + i);
    }
  report = report_at (figures, 40);
  g_assert_cmpuint (report->n_new, ==, 7);
  g_assert_cmpuint (report->n_new_by_tier[3], ==, 7);
  g_assert_cmpfloat_with_epsilon (report->per_10_min, 7 / 4.0, 1e-9);
  g_assert_cmpuint (report->peak_per_10_min, ==, 6); /* the last is at 15: the first three are out */
  g_assert_cmpuint (report->n_last_10_min, ==, 0);
  g_assert_cmpuint (report->n_standing, ==, 7);
  g_assert_cmpuint (report->n_asking, ==, 7);
  g_assert_cmpuint (report->n_rules, ==, 1);
  g_assert_cmpstr (report->rules[0].rule, ==, "jam");
  g_assert_cmpuint (report->rules[0].n_new, ==, 7);
}

/* A shift that has only begun is not said to be a flood by its first alert. */
static void
test_young_shift (void)
{
  g_autoptr (RnAlertFigures) figures = rn_alert_figures_new (T0);
  g_autoptr (RnAlertReport) report = NULL;

  raise_at (figures, "a/1", 0.5);
  report = report_at (figures, 1);
  g_assert_cmpfloat_with_epsilon (report->per_10_min, 1, 1e-9);
  g_assert_cmpuint (report->n_last_10_min, ==, 1);
}

/* Children and masked alerts are no rows, whatever the order of the entries of their instant. */
static void
test_rows (void)
{
  g_autoptr (RnAlertFigures) figures = rn_alert_figures_new (T0);
  g_autoptr (RnAlertReport) report = NULL;
  RnAlertEntry *entry;

  raise_at (figures, "a/parent", 1);
  entry = make_entry (RN_ENTRY_RAISED, "jam", "a/child", 1);
  entry->parent = g_strdup ("jam section:a/parent");
  take (figures, entry);
  raise_at (figures, "a/later-child", 1);
  entry = make_entry (RN_ENTRY_PARENT, "jam", "a/later-child", 1);
  entry->parent = g_strdup ("jam section:a/parent");
  take (figures, entry);
  raise_at (figures, "a/closed", 1);
  take (figures, make_entry (RN_ENTRY_SUPPRESSED, "jam", "a/closed", 1));
  raise_at (figures, "a/shelved", 2);
  act_at (figures, RN_ENTRY_ACKNOWLEDGED, "a/shelved", 3);
  act_at (figures, RN_ENTRY_SHELVED, "a/shelved", 3);
  end_at (figures, "a/shelved", 4, 20);
  raise_at (figures, "a/shelved", 90); /* still on the shelf */
  report = report_at (figures, 91);
  g_assert_cmpuint (report->n_new, ==, 2);
  g_assert_cmpuint (report->n_standing, ==, 1);

  /* it breaks out and rings: a row; one that only lost its parent without a ring is none */
  entry = make_entry (RN_ENTRY_PARENT, "jam", "a/child", 95);
  entry->rings = TRUE;
  take (figures, entry);
  take (figures, make_entry (RN_ENTRY_PARENT, "jam", "a/later-child", 95));
  g_clear_pointer (&report, rn_alert_report_free);
  report = report_at (figures, 96);
  g_assert_cmpuint (report->n_new, ==, 3);
}

static void
test_flood (void)
{
  g_autoptr (RnAlertFigures) figures = rn_alert_figures_new (T0);
  g_autoptr (RnAlertReport) before = NULL, after = NULL;

  take (figures, rn_alert_entry_new (RN_ENTRY_FLOOD_BEGAN, T0 + 30 * MINUTE));
  before = report_at (figures, 40);
  g_assert_cmpfloat_with_epsilon (before->flood_share, 0.25, 1e-9);
  take (figures, rn_alert_entry_new (RN_ENTRY_FLOOD_ENDED, T0 + 45 * MINUTE));
  after = report_at (figures, 100);
  g_assert_cmpfloat_with_epsilon (after->flood_share, 0.15, 1e-9);
}

/* ---- answers --------------------------------------------------------------------------------- */

static void
test_answers (void)
{
  g_autoptr (RnAlertFigures) figures = rn_alert_figures_new (T0);
  g_autoptr (RnAlertReport) report = NULL;
  RnAlertEntry *entry;

  for (int i = 1; i <= 20; i++)
    {
      g_autofree char *section = g_strdup_printf ("a/%d", i);

      raise_at (figures, section, 60 * i);
      act_at (figures, RN_ENTRY_ACKNOWLEDGED, section, 60 * i + i); /* after 1 … 20 min */
      act_at (figures, RN_ENTRY_ACKNOWLEDGED, section, 60 * i + i + 1); /* counts once */
    }
  report = report_at (figures, 1300);
  g_assert_cmpuint (report->n_acknowledged, ==, 20);
  g_assert_cmpfloat_with_epsilon (report->acknowledge_median_s, 10.5 * 60, 0.01);
  g_assert_cmpfloat_with_epsilon (report->acknowledge_p95_s, 19 * 60, 0.01);
  g_assert_cmpuint (report->n_asking, ==, 0);
  g_clear_pointer (&report, rn_alert_report_free);

  /* a worse tier asks anew: counted from then; a worse tier before the answer does not */
  entry = make_entry (RN_ENTRY_TIER, "jam", "a/20", 1310);
  entry->tier = 1;
  entry->rings = TRUE;
  take (figures, entry);
  report = report_at (figures, 1311);
  g_assert_cmpuint (report->n_asking, ==, 1);
  act_at (figures, RN_ENTRY_ACKNOWLEDGED, "a/20", 1340);
  g_clear_pointer (&report, rn_alert_report_free);
  report = report_at (figures, 1341);
  g_assert_cmpuint (report->n_acknowledged, ==, 21);
  g_assert_cmpfloat_with_epsilon (report->acknowledge_p95_s, 20 * 60, 0.01);
}

static void
test_never (void)
{
  g_autoptr (RnAlertFigures) figures = rn_alert_figures_new (T0);
  g_autoptr (RnAlertReport) report = NULL;

  raise_at (figures, "a/unseen", 1);
  end_at (figures, "a/unseen", 30, 50);
  raise_at (figures, "a/seen", 1);
  act_at (figures, RN_ENTRY_ACKNOWLEDGED, "a/seen", 2);
  end_at (figures, "a/seen", 30, 50);
  raise_at (figures, "a/taken-back", 1);
  act_at (figures, RN_ENTRY_ACKNOWLEDGED, "a/taken-back", 2);
  act_at (figures, RN_ENTRY_UNACKNOWLEDGED, "a/taken-back", 3);
  end_at (figures, "a/taken-back", 30, 50);
  raise_at (figures, "a/gone", 1);
  take (figures, make_entry (RN_ENTRY_GONE, "jam", "a/gone", 5));
  raise_at (figures, "a/stands", 1);
  report = report_at (figures, 60);
  g_assert_cmpuint (report->n_never, ==, 1);
  g_assert_cmpuint (report->rules[0].n_never, ==, 1);
}

/* ---- quality --------------------------------------------------------------------------------- */

static void
test_fleeting (void)
{
  g_autoptr (RnAlertFigures) figures = rn_alert_figures_new (T0);
  g_autoptr (RnAlertReport) report = NULL;
  RnAlertEntry *entry;

  raise_at (figures, "a/2-samples", 1);
  end_at (figures, "a/2-samples", 2, 2);
  raise_at (figures, "a/3-samples", 1);
  end_at (figures, "a/3-samples", 2, 3);
  raise_at (figures, "a/with-act", 1);
  act_at (figures, RN_ENTRY_NOTE, "a/with-act", 1.5);
  end_at (figures, "a/with-act", 2, 1);
  raise_at (figures, "a/unknown", 1);
  end_at (figures, "a/unknown", 2, 0);
  /* the samples of recovering do not count: it was over after one */
  raise_at (figures, "a/kept", 1);
  entry = make_entry (RN_ENTRY_RECOVERING, "jam", "a/kept", 1.5);
  entry->count = 1;
  take (figures, entry);
  end_at (figures, "a/kept", 7, 12);
  report = report_at (figures, 60);
  g_assert_cmpuint (report->n_fleeting, ==, 2);
  g_assert_cmpuint (report->rules[0].n_fleeting, ==, 2);
}

static void
test_chatter (void)
{
  g_autoptr (RnAlertFigures) figures = rn_alert_figures_new (T0);
  g_autoptr (RnAlertReport) report = NULL;

  for (int i = 0; i < 5; i++) /* rises at 0, 10, 20, 30, 40: one alert that chatters */
    {
      raise_at (figures, "a/often", 10 * i);
      end_at (figures, "a/often", 10 * i + 5, 5);
    }
  for (int i = 0; i < 3; i++) /* three within 40 min: none */
    {
      raise_at (figures, "a/seldom", 20 * i);
      end_at (figures, "a/seldom", 20 * i + 5, 5);
    }
  raise_at (figures, "a/relapses", 0);
  take (figures, make_entry (RN_ENTRY_RECOVERING, "jam", "a/relapses", 5));
  take (figures, make_entry (RN_ENTRY_RELAPSED, "jam", "a/relapses", 6));
  take (figures, make_entry (RN_ENTRY_RECOVERING, "jam", "a/relapses", 7));
  take (figures, make_entry (RN_ENTRY_RELAPSED, "jam", "a/relapses", 8));
  report = report_at (figures, 60);
  g_assert_cmpuint (report->n_chattering, ==, 2);
  g_assert_cmpuint (report->rules[0].n_returned, ==, 4 + 2 + 2);
  g_assert_cmpuint (report->rules[0].n_new, ==, 5 + 3 + 1); /* a relapse is the same row */
}

/* With a sample every five minutes 20 samples are the longer: 100 min. */
static void
test_chatter_by_samples (void)
{
  g_autoptr (RnAlertFigures) figures = rn_alert_figures_new (T0);
  g_autoptr (RnAlertReport) report = NULL;

  for (int i = 0; i < 3; i++)
    {
      raise_at (figures, "a/slow", 45 * i);
      end_at (figures, "a/slow", 45 * i + 15, 4);
    }
  report = report_at (figures, 120);
  g_assert_cmpuint (report->n_chattering, ==, 1);
}

static void
test_stale (void)
{
  g_autoptr (RnAlertFigures) figures = rn_alert_figures_new (T0);
  g_autoptr (RnAlertReport) before = NULL, after = NULL, ended = NULL;

  raise_at (figures, "a/1", 0);
  before = report_at (figures, 24 * 60);
  g_assert_cmpuint (before->n_stale, ==, 0);
  after = report_at (figures, 24 * 60 + 1);
  g_assert_cmpuint (after->n_stale, ==, 1);
  end_at (figures, "a/1", 24 * 60 + 10, 2000);
  ended = report_at (figures, 24 * 60 + 20);
  g_assert_cmpuint (ended->n_stale, ==, 1); /* counted once */
  g_assert_cmpint (ended->rules[0].mend.kind, ==, RN_MEND_SCOPE);
}

/* ---- shift, journal, bounds ------------------------------------------------------------------ */

static void
test_shift (void)
{
  g_autoptr (RnAlertFigures) figures = rn_alert_figures_new (T0);
  g_autoptr (RnAlertReport) report = NULL;
  RnAlertEntry *entry = rn_alert_entry_new (RN_ENTRY_SHIFT, T0 + 8 * HOUR);

  raise_at (figures, "a/1", 1);
  raise_at (figures, "a/2", 1);
  act_at (figures, RN_ENTRY_ACKNOWLEDGED, "a/2", 2);
  take (figures, rn_alert_entry_new (RN_ENTRY_FLOOD_BEGAN, T0 + 7 * HOUR));
  entry->person = g_strdup ("wang");
  entry->text = g_strdup ("late");
  take (figures, entry);
  report = report_at (figures, 9 * 60);
  g_assert_cmpuint (report->n_new, ==, 0);
  g_assert_cmpuint (report->n_acknowledged, ==, 0);
  g_assert_cmpuint (report->n_standing, ==, 2);
  g_assert_cmpuint (report->n_asking, ==, 1);
  g_assert_cmpint (report->from_us, ==, T0 + 8 * HOUR);
  g_assert_cmpstr (report->shift, ==, "late");
  g_assert_cmpstr (report->person, ==, "wang");
  g_assert_cmpfloat_with_epsilon (report->flood_share, 1, 1e-9);
  g_assert_cmpuint (report->n_rules, ==, 0);
  /* what the last shift left is answered by this one, and counts for it */
  act_at (figures, RN_ENTRY_ACKNOWLEDGED, "a/1", 9 * 60);
  g_clear_pointer (&report, rn_alert_report_free);
  report = report_at (figures, 9 * 60);
  g_assert_cmpuint (report->n_acknowledged, ==, 1);
}

/* A journal is read from the middle on: ends and acts of what was never seen to begin. */
static void
test_unknown (void)
{
  g_autoptr (RnAlertFigures) figures = rn_alert_figures_new (T0);
  g_autoptr (RnAlertReport) report = NULL;

  act_at (figures, RN_ENTRY_ACKNOWLEDGED, "a/1", 1);
  end_at (figures, "a/1", 2, 1);
  take (figures, make_entry (RN_ENTRY_RECOVERING, "jam", "a/2", 2));
  act_at (figures, RN_ENTRY_SHELVED, "a/3", 3);
  raise_at (figures, "a/3", 4);
  report = report_at (figures, 10);
  g_assert_cmpuint (report->n_new, ==, 0);
  g_assert_cmpuint (report->n_acknowledged, ==, 0);
  g_assert_cmpuint (report->n_never, ==, 0);
  g_assert_cmpuint (report->n_fleeting, ==, 0);
}

/* The ten worst of twelve, by what they asked for. */
static void
test_worst (void)
{
  g_autoptr (RnAlertFigures) figures = rn_alert_figures_new (T0);
  g_autoptr (RnAlertReport) report = NULL;

  for (int rule = 1; rule <= 12; rule++)
    for (int i = 0; i < rule; i++)
      {
        g_autofree char *id = g_strdup_printf ("rule-%02d", rule);
        g_autofree char *section = g_strdup_printf ("a/%d", i);

        take (figures, make_entry (RN_ENTRY_RAISED, id, section, 1));
      }
  report = report_at (figures, 60);
  g_assert_cmpuint (report->n_rules, ==, RN_ALERT_REPORT_RULES);
  g_assert_cmpstr (report->rules[0].rule, ==, "rule-12");
  g_assert_cmpstr (report->rules[9].rule, ==, "rule-03");
}

/* Without end: the memory is bounded, and what does not fit is said. */
static void
test_bounds (void)
{
  g_autoptr (RnAlertFigures) figures = rn_alert_figures_new (T0);
  g_autoptr (RnAlertReport) first = NULL, second = NULL;

  for (int i = 0; i < 30000; i++)
    {
      g_autofree char *section = g_strdup_printf ("a/%d", i);

      raise_at (figures, section, i / 100.0);
      end_at (figures, section, i / 100.0 + 0.5, 5);
    }
  first = report_at (figures, 400);
  g_assert_false (first->overrun);
  g_assert_cmpuint (first->n_new, ==, 30000);
  for (int i = 0; i < 30000; i++)
    {
      g_autofree char *section = g_strdup_printf ("b/%d", i);

      raise_at (figures, section, 500);
    }
  second = report_at (figures, 501);
  g_assert_true (second->overrun);
  g_assert_cmpuint (second->n_new, >=, 40000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alert-figures/empty", test_empty);
  g_test_add_func ("/alert-figures/load", test_load);
  g_test_add_func ("/alert-figures/young-shift", test_young_shift);
  g_test_add_func ("/alert-figures/rows", test_rows);
  g_test_add_func ("/alert-figures/flood", test_flood);
  g_test_add_func ("/alert-figures/answers", test_answers);
  g_test_add_func ("/alert-figures/never", test_never);
  g_test_add_func ("/alert-figures/fleeting", test_fleeting);
  g_test_add_func ("/alert-figures/chatter", test_chatter);
  g_test_add_func ("/alert-figures/chatter-by-samples", test_chatter_by_samples);
  g_test_add_func ("/alert-figures/stale", test_stale);
  g_test_add_func ("/alert-figures/shift", test_shift);
  g_test_add_func ("/alert-figures/unknown", test_unknown);
  g_test_add_func ("/alert-figures/worst", test_worst);
  g_test_add_func ("/alert-figures/bounds", test_bounds);
  return g_test_run ();
}
