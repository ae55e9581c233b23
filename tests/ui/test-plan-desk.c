/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about plans at the desk: one person, two persons, what is refused, measures and when
 * they are overdue, a server that says something else, and a restart from the journal. */
#include <glib/gstdio.h>
#include <string.h>

#include "made-up.h"
#include "session/rn-passphrase.h"

#define PATIENCE_US (90 * RN_SECOND)
#define MINUTE_US (60 * RN_SECOND)

typedef struct {
  char *folder;
  RnClock *clock;
  RnAlertDesk *alerts;
  RnPlanDesk *desk;
  RnNetwork *network;
  RnFrame *frame;
  MadeUp how;
  char *refused;
} Fixture;

static void
refused_cb (Fixture *fixture, const char *text)
{
  g_free (fixture->refused);
  fixture->refused = g_strdup (text);
}

static void
open_desk (Fixture *fixture)
{
  fixture->clock = rn_clock_new_manual (fixture->how.now_us);
  fixture->alerts = rn_alert_desk_new (fixture->clock);
  fixture->desk = rn_plan_desk_new (fixture->alerts);
  rn_alert_desk_set_person (fixture->alerts, "Zhou Min");
  g_signal_connect_swapped (fixture->desk, "refused", G_CALLBACK (refused_cb), fixture);
  if (fixture->folder != NULL)
    rn_alert_desk_open (fixture->alerts, fixture->folder, "seat-1", NULL);
}

static void
close_desk (Fixture *fixture)
{
  rn_alert_desk_close (fixture->alerts);
  g_clear_object (&fixture->desk);
  g_clear_object (&fixture->alerts);
  g_clear_object (&fixture->clock);
  g_clear_pointer (&fixture->frame, rn_frame_unref);
}

static void
step (Fixture *fixture, gint64 by_us)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  RnFrame *before = fixture->frame;

  fixture->how.now_us += by_us;
  rn_clock_advance (fixture->clock, by_us);
  fixture->frame = made_up_frame (fixture->network, &fixture->how, before);
  g_clear_pointer (&before, rn_frame_unref);
  rn_alert_desk_step (fixture->alerts, fixture->frame, fixture->how.now_us, utc);
  rn_plan_desk_step (fixture->desk, fixture->frame, fixture->how.now_us);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->how = (MadeUp) MADE_UP_INIT;
  fixture->how.plan_tier = 4;
  fixture->network = made_up_network ();
  open_desk (fixture);
  step (fixture, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_desk (fixture);
  rn_network_unref (fixture->network);
  g_free (fixture->refused);
}

static RnPlanTierNow
tier_now (Fixture *fixture)
{
  return rn_plan_desk_get_tier (fixture->desk, rn_plan_desk_find (fixture->desk, MADE_UP_PLAN));
}

/* The engine and the journal answer from threads of their own. */
static void
wait_for_tier (Fixture *fixture, int tier)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;

  while (tier_now (fixture).tier != tier)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until_us);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
wait_for_measures (Fixture *fixture, guint n)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;

  for (;;)
    {
      g_autoptr (GPtrArray) ledger = rn_plan_desk_dup_ledger (fixture->desk, MADE_UP_PLAN);

      if (ledger->len == n)
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, until_us);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
    }
}

static void
wait_for_second (Fixture *fixture)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;

  while (!rn_plan_desk_awaits_second (fixture->desk, MADE_UP_PLAN))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until_us);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
    }
}

static gboolean
is_open (Fixture *fixture)
{
  const RnJournalStatus *status = rn_alert_desk_get_journal_status (fixture->alerts);

  return status != NULL && status->state == RN_JOURNAL_ON;
}

/* Time stands while the journal is read: the desk has a patience of its own. */
static void
wait_for_journal (Fixture *fixture)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;

  while (!is_open (fixture))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until_us);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
    }
}

static gboolean
confirm (Fixture *fixture, int tier, const char *reason)
{
  return rn_plan_desk_confirm (fixture->desk, MADE_UP_PLAN, tier, reason);
}

/* ---- tiers --------------------------------------------------------------------------------- */

static void
test_tier_one (Fixture *fixture, gconstpointer data)
{
  const RnPlanAdvice *advice = rn_plan_desk_find (fixture->desk, MADE_UP_PLAN);
  guint n_orders;
  g_autoptr (GPtrArray) orders =
      rn_plan_desk_dup_to_order (fixture->desk, MADE_UP_PLAN, 1); /* III, II and I */

  g_assert_true (advice->straight); /* a crash of level II */
  g_assert_cmpint (advice->to, ==, 1);
  g_assert_true (rn_plan_desk_asks (fixture->desk, advice));
  n_orders = orders->len;
  g_assert_cmpuint (n_orders, >, 5);
  g_assert_true (confirm (fixture, 1, NULL));
  wait_for_second (fixture);
  g_assert_cmpint (tier_now (fixture).tier, ==, 4);
  g_assert_false (rn_plan_desk_asks (fixture->desk, advice));
  g_assert_false (
      rn_plan_desk_confirm_second (fixture->desk, MADE_UP_PLAN, "Zhou Min", "passphrase"));
  g_assert_nonnull (fixture->refused);
  g_assert_true (
      rn_plan_desk_confirm_second (fixture->desk, MADE_UP_PLAN, "Wang Jianguo", "passphrase"));
  wait_for_tier (fixture, 1);
  wait_for_measures (fixture, n_orders + 1);
  g_assert_true (tier_now (fixture).here);
  g_assert_cmpint (tier_now (fixture).server_tier, ==, 4);
  g_assert_cmpstr (rn_plan_desk_get_state (fixture->desk, MADE_UP_PLAN)->second, ==,
                   "Wang Jianguo");
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  g_assert_false (confirm (fixture, 2, "two steps"));
  g_clear_pointer (&fixture->refused, g_free);
  g_assert_false (confirm (fixture, 3, NULL)); /* not proposed: why? */
  g_assert_nonnull (fixture->refused);
  g_assert_false (
      rn_plan_desk_confirm_second (fixture->desk, MADE_UP_PLAN, "Wang Jianguo", "passphrase"));
  g_assert_false (rn_plan_desk_decline (fixture->desk, MADE_UP_PLAN, ""));
  g_assert_false (rn_plan_desk_order (fixture->desk, MADE_UP_PLAN, 3, "Close", NULL, "police", TRUE,
                                      NULL));
  g_assert_cmpint (tier_now (fixture).tier, ==, 4);
}

static void
test_declined (Fixture *fixture, gconstpointer data)
{
  const RnPlanAdvice *advice = rn_plan_desk_find (fixture->desk, MADE_UP_PLAN);
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;

  g_assert_true (rn_plan_desk_decline (fixture->desk, MADE_UP_PLAN, "Tow truck on site"));
  while (rn_plan_desk_asks (fixture->desk, advice))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until_us);
      g_main_context_iteration (NULL, FALSE);
    }
  step (fixture, 10 * MINUTE_US);
  g_assert_false (rn_plan_desk_asks (fixture->desk, rn_plan_desk_find (fixture->desk, MADE_UP_PLAN)));
  step (fixture, 21 * MINUTE_US);
  g_assert_true (rn_plan_desk_asks (fixture->desk, rn_plan_desk_find (fixture->desk, MADE_UP_PLAN)));
}

/* The newest word counts: a change of the server after ours. */
static void
test_server (Fixture *fixture, gconstpointer data)
{
  g_assert_true (confirm (fixture, 3, "Holiday traffic is coming"));
  wait_for_tier (fixture, 3);
  step (fixture, MINUTE_US);
  g_assert_cmpint (tier_now (fixture).tier, ==, 3);
  fixture->how.plan_tier = 2;
  step (fixture, 30 * MINUTE_US); /* its since is 20 min ago: after our decision */
  g_assert_cmpint (tier_now (fixture).tier, ==, 2);
  g_assert_false (tier_now (fixture).here);
}

/* ---- measures ------------------------------------------------------------------------------ */

static const RnPlanLedgerRow *
find_row (GPtrArray *ledger, const char *what)
{
  for (guint i = 0; i < ledger->len; i++)
    if (g_strcmp0 (((RnPlanLedgerRow *) ledger->pdata[i])->measure.what, what) == 0)
      return ledger->pdata[i];
  g_assert_not_reached ();
}

static void
wait_for_step (Fixture *fixture, const char *what, RnMeasureStep done)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;

  for (;;)
    {
      g_autoptr (GPtrArray) ledger = rn_plan_desk_dup_ledger (fixture->desk, MADE_UP_PLAN);

      if (find_row (ledger, what)->measure.at_us[done] != 0)
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, until_us);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
    }
}

static void
do_step (Fixture *fixture, const char *what, RnMeasureStep to_do)
{
  g_autoptr (GPtrArray) ledger = rn_plan_desk_dup_ledger (fixture->desk, MADE_UP_PLAN);

  g_assert_true (rn_plan_desk_step_measure (fixture->desk, MADE_UP_PLAN,
                                            find_row (ledger, what)->measure.key, to_do));
  wait_for_step (fixture, what, to_do);
}

/* A measure of the server, confirmed here; then one of our own to its end. */
static void
test_measures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) ledger = NULL;
  const RnPlanLedgerRow *row;

  do_step (fixture, "Patrols every 15 min", RN_MEASURE_CONFIRMED);
  g_assert_true (rn_plan_desk_order (fixture->desk, MADE_UP_PLAN, 4, "Drone", "K1089", "police",
                                     FALSE, NULL));
  wait_for_measures (fixture, 2);
  do_step (fixture, "Drone", RN_MEASURE_CONFIRMED);
  do_step (fixture, "Drone", RN_MEASURE_EXECUTED);
  ledger = rn_plan_desk_dup_ledger (fixture->desk, MADE_UP_PLAN);
  row = find_row (ledger, "Patrols every 15 min");
  g_assert_true (row->served && row->here);
  g_assert_cmpstr (row->measure.by[RN_MEASURE_ORDERED], ==, "Li Weidong");
  g_assert_cmpstr (row->measure.by[RN_MEASURE_CONFIRMED], ==, "Zhou Min");
  g_assert_cmpint (row->overdue_us, ==, 0);
  do_step (fixture, "Drone", RN_MEASURE_LIFTED);
  g_assert_false (rn_plan_desk_step_measure (
      fixture->desk, MADE_UP_PLAN, find_row (ledger, "Drone")->measure.key, RN_MEASURE_LIFTED));
}

/* The tier is left with its measure on: overdue from then. */
static void
test_overdue (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) ledger = NULL;
  gint64 left_us;

  g_assert_true (confirm (fixture, 0, "Exercise is over"));
  wait_for_tier (fixture, 0);
  left_us = fixture->how.now_us;
  step (fixture, 22 * MINUTE_US);
  g_assert_cmpint (tier_now (fixture).server_since_us, >, left_us); /* it says IV anew */
  fixture->how.plan_tier = 0;
  step (fixture, MINUTE_US); /* the server has dropped the plan, and its measures */
  g_assert_null (rn_plan_desk_find (fixture->desk, MADE_UP_PLAN));
  fixture->how.plan_tier = 4;
  fixture->how.now_us -= 23 * MINUTE_US;
  step (fixture, 0);
  ledger = rn_plan_desk_dup_ledger (fixture->desk, MADE_UP_PLAN);
  g_assert_cmpint (find_row (ledger, "Patrols every 15 min")->overdue_us, ==, left_us);
}

/* ---- restart ------------------------------------------------------------------------------- */

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  const RnPlanState *state;

  close_desk (fixture);
  fixture->folder = g_dir_make_tmp ("roadnet-plans-XXXXXX", NULL);
  open_desk (fixture);
  step (fixture, 0);
  wait_for_journal (fixture);
  g_assert_true (confirm (fixture, 1, NULL));
  wait_for_second (fixture);
  close_desk (fixture); /* between the two */
  open_desk (fixture);
  step (fixture, 0);
  wait_for_journal (fixture);
  wait_for_second (fixture);
  g_assert_cmpstr (rn_plan_desk_get_state (fixture->desk, MADE_UP_PLAN)->first, ==, "Zhou Min");
  g_assert_true (
      rn_plan_desk_confirm_second (fixture->desk, MADE_UP_PLAN, "Wang Jianguo", "enrolled"));
  wait_for_tier (fixture, 1);
  close_desk (fixture);
  open_desk (fixture);
  step (fixture, 0);
  wait_for_journal (fixture);
  wait_for_tier (fixture, 1);
  state = rn_plan_desk_get_state (fixture->desk, MADE_UP_PLAN);
  g_assert_cmpstr (state->by, ==, "Zhou Min");
  g_assert_cmpstr (state->second, ==, "Wang Jianguo");
  close_desk (fixture);
  {
    g_autofree char *command = g_strdup_printf ("rm -r -- '%s'", fixture->folder);

    g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  }
  g_clear_pointer (&fixture->folder, g_free);
  open_desk (fixture);
}

/* ---- the file ------------------------------------------------------------------------------ */

static void
wait_for_file (Fixture *fixture, gboolean refused)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;

  while ((rn_plan_desk_get_file_error (fixture->desk) != NULL) != refused)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until_us);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
    }
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("roadnet-plans-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "plans.json", NULL);

  g_assert_true (g_file_set_contents (path, "{\"coverage\": 7}", -1, NULL));
  rn_plan_desk_set_file (fixture->desk, path);
  wait_for_file (fixture, TRUE);
  g_assert_nonnull (strstr (rn_plan_desk_get_file_error (fixture->desk), "coverage"));
  g_assert_true (g_file_set_contents (path, "{\"coverage\": 0.5}", -1, NULL));
  wait_for_file (fixture, FALSE);
  rn_plan_desk_set_file (fixture->desk, NULL);
  g_unlink (path);
  g_rmdir (folder);
}

/* ---- passphrases --------------------------------------------------------------------------- */

/* RFC 7914, section 11. */
static void
test_derive (void)
{
  static const struct {
    const char *passphrase, *salt;
    guint iterations;
    const char *key;
  } rows[] = {
    { "passwd", "salt", 1, "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc" },
    { "Password", "NaCl", 80000,
      "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint8 key[32];
      g_autoptr (GString) hex = g_string_new (NULL);

      rn_passphrase_derive (rows[i].passphrase, rows[i].salt, rows[i].iterations, key);
      for (guint k = 0; k < sizeof key; k++)
        g_string_append_printf (hex, "%02x", key[k]);
      g_assert_cmpstr (hex->str, ==, rows[i].key);
    }
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "tier-one", test_tier_one }, { "refusals", test_refusals }, { "declined", test_declined },
    { "server", test_server },     { "measures", test_measures }, { "overdue", test_overdue },
    { "restart", test_restart },   { "file", test_file },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plan-desk/%s", tests[i].name);

      g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
    }
  g_test_add_func ("/plan-desk/derive", test_derive);
  return g_test_run ();
}
