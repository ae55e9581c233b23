/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sounds, and when: by tables and by a manual clock. */
#include "ui/rn-alarm-policy.h"

#define MS G_GINT64_CONSTANT (1000)
#define S (1000 * MS)
#define T0 (1000 * S)

static RnAlert *
make_alert (int tier)
{
  RnAlert *alert = rn_alert_new ("jam section:a/1");

  alert->condition = RN_CONDITION_ACTIVE;
  alert->tier = alert->worst_tier = tier;
  return alert;
}

static void
ring (RnAlarmPolicy *policy, int tier, gboolean again, gint64 at_us)
{
  g_autoptr (RnAlert) alert = make_alert (tier);

  rn_alarm_policy_ring (policy, alert, again, T0 + at_us);
}

/* Goes on to @until and tells what sounded, as digits. */
static void
assert_sounds (RnAlarmPolicy *policy, gint64 until_us, const char *tiers)
{
  g_autoptr (GString) got = g_string_new (NULL);
  gint64 due_us;

  while ((due_us = rn_alarm_policy_get_due_us (policy)) != 0 && due_us <= T0 + until_us)
    {
      int tier;

      g_assert_cmpint (rn_alarm_policy_take (policy, due_us - 1), ==, 0); /* not before */
      tier = rn_alarm_policy_take (policy, due_us);
      g_assert_cmpint (tier, >, 0);
      g_string_append_printf (got, "%d", tier);
    }
  g_assert_cmpstr (got->str, ==, tiers);
}

static void
test_burst (void)
{
  g_autoptr (RnAlarmPolicy) policy = rn_alarm_policy_new ();

  g_assert_cmpint (rn_alarm_policy_get_due_us (policy), ==, 0);
  for (int i = 0; i < 300; i++)
    ring (policy, i == 200 ? 2 : 3 + i % 2, FALSE, i * MS);
  assert_sounds (policy, 399 * MS, "");
  assert_sounds (policy, 400 * MS, "2");
  assert_sounds (policy, 60 * S, "");
}

static void
test_gap (void)
{
  g_autoptr (RnAlarmPolicy) policy = rn_alarm_policy_new ();

  ring (policy, 3, FALSE, 0);
  assert_sounds (policy, 1 * S, "3");
  /* the same tier waits for the end of the gap, and is not lost */
  ring (policy, 3, FALSE, 1 * S);
  ring (policy, 4, FALSE, 2 * S);
  assert_sounds (policy, 3 * S, "");
  assert_sounds (policy, 3400 * MS, "3");
  /* a worse one does not */
  ring (policy, 1, FALSE, 3500 * MS);
  assert_sounds (policy, 3900 * MS, "1");
}

static void
test_what_asks (void)
{
  g_autoptr (RnAlarmPolicy) policy = rn_alarm_policy_new ();
  g_autoptr (RnAlert) shelved = make_alert (1), child = make_alert (1), done = make_alert (1);
  g_autoptr (RnAlert) parent = make_alert (4);

  shelved->shelved = TRUE;
  shelved->mask = RN_MASK_SHELVED;
  child->parent = g_strdup ("incident incident:a/7");
  done->acknowledged = TRUE;
  done->acknowledged_tier = 1;
  rn_alarm_policy_ring (policy, shelved, FALSE, T0);
  rn_alarm_policy_ring (policy, child, FALSE, T0);
  rn_alarm_policy_ring (policy, done, FALSE, T0);
  g_assert_cmpint (rn_alarm_policy_get_due_us (policy), ==, 0);
  /* a parent sounds as its worst child */
  parent->n_children = 3;
  parent->worst_child = 2;
  rn_alarm_policy_ring (policy, parent, FALSE, T0);
  assert_sounds (policy, 1 * S, "2");
}

static void
test_mute (void)
{
  g_autoptr (RnAlarmPolicy) policy = rn_alarm_policy_new ();

  ring (policy, 2, FALSE, 0);
  rn_alarm_policy_mute (policy, T0 + 300 * S);
  assert_sounds (policy, 10 * S, ""); /* also what waited */
  ring (policy, 2, TRUE, 20 * S);
  ring (policy, 1, FALSE, 21 * S);
  assert_sounds (policy, 30 * S, "1");
  ring (policy, 4, FALSE, 299 * S);
  ring (policy, 4, FALSE, 300 * S); /* over */
  assert_sounds (policy, 301 * S, "4");
  rn_alarm_policy_mute (policy, T0 + 900 * S);
  rn_alarm_policy_mute (policy, 0);
  ring (policy, 3, FALSE, 400 * S);
  assert_sounds (policy, 401 * S, "3");
}

static void
test_least (void)
{
  g_autoptr (RnAlarmPolicy) policy = rn_alarm_policy_new ();

  ring (policy, 3, FALSE, 0);
  rn_alarm_policy_set_least (policy, 2);
  assert_sounds (policy, 1 * S, "");
  ring (policy, 3, FALSE, 10 * S);
  ring (policy, 2, FALSE, 10 * S);
  assert_sounds (policy, 11 * S, "2");
  rn_alarm_policy_set_least (policy, 0);
  ring (policy, 1, FALSE, 20 * S);
  assert_sounds (policy, 30 * S, "");
}

static void
test_flood (void)
{
  g_autoptr (RnAlarmPolicy) policy = rn_alarm_policy_new ();

  rn_alarm_policy_set_flood (policy, TRUE);
  for (int i = 0; i < 100; i++)
    {
      ring (policy, 3 + i % 2, FALSE, i * S);
      if (i == 0)
        assert_sounds (policy, 500 * MS, "3"); /* one sound */
    }
  assert_sounds (policy, 100 * S, "");
  /* what is worse is heard, once */
  ring (policy, 2, FALSE, 101 * S);
  ring (policy, 2, FALSE, 102 * S);
  assert_sounds (policy, 120 * S, "2");
  ring (policy, 2, FALSE, 121 * S);
  assert_sounds (policy, 140 * S, "");
  /* tier I each time */
  ring (policy, 1, FALSE, 141 * S);
  assert_sounds (policy, 142 * S, "1");
  ring (policy, 1, FALSE, 143 * S);
  assert_sounds (policy, 142 * S, "");
  assert_sounds (policy, 152 * S, "1");
  /* what is not answered, once a minute */
  ring (policy, 3, TRUE, 170 * S);
  assert_sounds (policy, 200 * S, "");
  ring (policy, 3, TRUE, 212 * S);
  ring (policy, 4, TRUE, 212 * S);
  assert_sounds (policy, 213 * S, "3");
  ring (policy, 4, TRUE, 230 * S);
  assert_sounds (policy, 240 * S, "");
  /* it ends: all as before */
  rn_alarm_policy_set_flood (policy, FALSE);
  ring (policy, 4, FALSE, 250 * S);
  assert_sounds (policy, 251 * S, "4");
  /* the next flood has its own sound */
  rn_alarm_policy_set_flood (policy, TRUE);
  ring (policy, 4, FALSE, 300 * S);
  assert_sounds (policy, 301 * S, "4");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alarm-policy/burst", test_burst);
  g_test_add_func ("/alarm-policy/gap", test_gap);
  g_test_add_func ("/alarm-policy/what-asks", test_what_asks);
  g_test_add_func ("/alarm-policy/mute", test_mute);
  g_test_add_func ("/alarm-policy/least", test_least);
  g_test_add_func ("/alarm-policy/flood", test_flood);
  return g_test_run ();
}
