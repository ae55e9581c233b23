/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Full, partial and delta answers laid over what is held; a 304; equal rows. */
#include "model/rn-flow.h"

#include <math.h>

#define S G_GINT64_CONSTANT (1000000)
#define T0 (G_GINT64_CONSTANT (1790822556) * S)
#define N 6

/* An answer with one row a section given, speed = 10 × section + @add. */
static RnFlowUpdate *
answer (gint64 at_us, gboolean full, float add, guint n, const guint32 *sections)
{
  RnFlowUpdate *update = rn_flow_update_new (n);

  update->observed_at_us = at_us;
  update->full = full;
  for (guint i = 0; i < n; i++)
    {
      update->section[i] = sections[i];
      update->speed_kmh[i] = 10.0f * sections[i] + add;
      update->flow_vph[i] = 1000;
    }
  return update;
}

static const guint32 all[] = { 0, 1, 2, 3, 4, 5 };

static void
test_full (void)
{
  static const guint32 some[] = { 4, 1, RN_NONE, 77 };
  g_autoptr (RnFlowUpdate) first = answer (T0, TRUE, 1, N, all);
  g_autoptr (RnFlowUpdate) second = answer (T0 + 60 * S, TRUE, 2, 4, some);
  g_autoptr (RnFlow) a = rn_flow_apply (NULL, first, N, FALSE);
  g_autoptr (RnFlow) b = rn_flow_apply (a, second, N, FALSE);

  g_assert_cmpint (b->observed_at_us, ==, T0 + 60 * S);
  g_assert_cmpuint (b->n, ==, N);
  g_assert_cmpfloat (b->speed_kmh[4], ==, 42);
  g_assert_cmpint (b->at_us[4], ==, T0 + 60 * S);
  /* Not listed in a full answer: unknown, not calm. */
  g_assert_true (isnan (b->speed_kmh[0]));
  g_assert_cmpint (b->at_us[0], ==, 0);
  g_assert_true (isnan (b->trucks_pct[4])); /* absent column */
  /* What was held is untouched. */
  g_assert_cmpfloat (a->speed_kmh[4], ==, 41);
}

static void
test_partial (void)
{
  static const guint32 some[] = { 4 };
  static const guint32 other[] = { 1 };
  g_autoptr (RnFlowUpdate) first = answer (T0, TRUE, 1, N, all);
  g_autoptr (RnFlowUpdate) second = answer (T0 + 60 * S, TRUE, 2, 1, some);
  g_autoptr (RnFlowUpdate) third = answer (T0 + 120 * S, FALSE, 3, 1, other);
  g_autoptr (RnFlow) a = rn_flow_apply (NULL, first, N, FALSE);
  g_autoptr (RnFlow) b = rn_flow_apply (a, second, N, TRUE);
  g_autoptr (RnFlow) c = rn_flow_apply (b, third, N, FALSE);
  g_autoptr (RnFlow) d = rn_flow_confirm (c, T0 + 180 * S);

  g_assert_cmpfloat (b->speed_kmh[0], ==, 1); /* holds value and time */
  g_assert_cmpint (b->at_us[0], ==, T0);
  g_assert_cmpint (b->at_us[4], ==, T0 + 60 * S);
  /* The delta is against the partial answer, in which row 0 was not: it does not confirm it. */
  g_assert_cmpint (c->at_us[0], ==, T0);
  g_assert_cmpint (c->at_us[4], ==, T0 + 120 * S);
  g_assert_cmpfloat (c->speed_kmh[1], ==, 13);
  g_assert_cmpint (d->at_us[0], ==, T0);
  g_assert_cmpint (d->at_us[1], ==, T0 + 180 * S);
}

static void
test_delta (void)
{
  static const guint32 some[] = { 2, 3 };
  g_autoptr (RnFlowUpdate) first = answer (T0, TRUE, 1, 5, all);
  g_autoptr (RnFlowUpdate) second = answer (T0 + 60 * S, FALSE, 2, 2, some);
  g_autoptr (RnFlow) a = NULL, b = NULL, c = NULL;

  first->occupancy_pct[2] = 20;
  first->offset_s[1] = 30;
  second->speed_kmh[1] = second->flow_vph[1] = NAN; /* a detector that stops */
  second->offset_s[0] = 5;
  a = rn_flow_apply (NULL, first, N, FALSE);
  g_assert_cmpint (a->at_us[1], ==, T0 - 30 * S);
  b = rn_flow_apply (a, second, N, FALSE);
  g_assert_cmpfloat (b->speed_kmh[0], ==, 1); /* not listed: kept and confirmed */
  g_assert_cmpint (b->at_us[0], ==, T0 + 60 * S);
  g_assert_cmpint (b->at_us[1], ==, T0 + 30 * S); /* with its offset, which is kept too */
  g_assert_cmpfloat (b->speed_kmh[2], ==, 22);
  g_assert_cmpint (b->at_us[2], ==, T0 + 55 * S);
  g_assert_true (isnan (b->occupancy_pct[2])); /* a row present replaces all columns */
  g_assert_true (isnan (b->speed_kmh[3]));
  g_assert_cmpint (b->at_us[5], ==, 0); /* never reported stays so */
  c = rn_flow_confirm (b, T0 + 90 * S);
  g_assert_cmpint (c->observed_at_us, ==, T0 + 90 * S);
  g_assert_cmpint (c->at_us[0], ==, T0 + 90 * S);
  g_assert_cmpint (c->at_us[2], ==, T0 + 85 * S);
  g_assert_cmpint (c->at_us[5], ==, 0);
  g_assert_cmpfloat (c->speed_kmh[2], ==, 22);
}

static void
test_confirm_older (void)
{
  g_autoptr (RnFlowUpdate) first = answer (T0, TRUE, 1, N, all);
  g_autoptr (RnFlow) a = rn_flow_apply (NULL, first, N, FALSE);
  g_autoptr (RnFlow) b = rn_flow_confirm (a, T0 - S);

  g_assert_true (a == b); /* nothing goes back */
}

/* Another network: nothing of the old rows is kept. */
static void
test_other_network (void)
{
  static const guint32 some[] = { 1 };
  g_autoptr (RnFlowUpdate) first = answer (T0, TRUE, 1, N, all);
  g_autoptr (RnFlowUpdate) second = answer (T0 + S, FALSE, 2, 1, some);
  g_autoptr (RnFlow) a = rn_flow_apply (NULL, first, N, FALSE);
  g_autoptr (RnFlow) b = rn_flow_apply (a, second, 3, FALSE);
  g_autoptr (RnFlow) c = rn_flow_apply (NULL, second, 0, FALSE);

  g_assert_cmpuint (b->n, ==, 3);
  g_assert_true (isnan (b->speed_kmh[0]));
  g_assert_cmpfloat (b->speed_kmh[1], ==, 12);
  g_assert_cmpuint (c->n, ==, 0);
}

static void
test_equal (void)
{
  g_autoptr (RnFlowUpdate) first = answer (T0, TRUE, 1, N, all);
  g_autoptr (RnFlowUpdate) second = answer (T0 + S, TRUE, 1, N, all);
  g_autoptr (RnFlow) a = NULL, b = NULL;
  guint known;

  first->speed_kmh[0] = first->flow_vph[0] = NAN;
  second->speed_kmh[1] = 99;
  second->occupancy_pct[2] = 3;
  a = rn_flow_apply (NULL, first, N, FALSE);
  b = rn_flow_apply (NULL, second, N, FALSE);
  g_assert_cmpuint (rn_flow_count_equal (a, b, &known), ==, 3);
  g_assert_cmpuint (known, ==, 5);
  g_assert_cmpuint (rn_flow_count_equal (b, b, NULL), ==, 6);
}

/* Deltas one after the other come to the same values as one full answer of them all. */
static void
test_random (void)
{
  for (int run = 0; run < 200; run++)
    {
      float truth[N];
      g_autoptr (RnFlowUpdate) first = answer (T0, TRUE, 0, N, all);
      RnFlow *flow = rn_flow_apply (NULL, first, N, FALSE);

      for (guint i = 0; i < N; i++)
        truth[i] = 10.0f * i;
      for (int step = 1; step < 10; step++)
        {
          guint32 section = g_test_rand_int_range (0, N);
          g_autoptr (RnFlowUpdate) delta = answer (T0 + step * S, FALSE, step, 1, &section);
          RnFlow *next = rn_flow_apply (flow, delta, N, FALSE);

          truth[section] = 10.0f * section + step;
          rn_flow_unref (flow);
          flow = next;
        }
      for (guint i = 0; i < N; i++)
        {
          g_assert_cmpfloat (flow->speed_kmh[i], ==, truth[i]);
          g_assert_cmpint (flow->at_us[i], ==, T0 + 9 * S);
        }
      rn_flow_unref (flow);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/full", test_full);
  g_test_add_func ("/flow/partial", test_partial);
  g_test_add_func ("/flow/delta", test_delta);
  g_test_add_func ("/flow/confirm-older", test_confirm_older);
  g_test_add_func ("/flow/other-network", test_other_network);
  g_test_add_func ("/flow/equal", test_equal);
  g_test_add_func ("/flow/random", test_random);
  return g_test_run ();
}
