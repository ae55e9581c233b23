/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cell model against what theory says of it: vehicles are neither made nor lost, no vehicle
 * skips a cell, queues grow and dissolve at the speeds of the triangular diagram. */
#include <math.h>

#include "sim/rn-ctm.h"

static void
run (RnCtm *ctm, double minutes)
{
  for (double s = 0.0; s < minutes * 60.0; s += RN_CTM_STEP_S)
    rn_ctm_step (ctm);
}

static void
assert_conserved (RnCtm *ctm)
{
  RnCtmTotals t = rn_ctm_totals (ctm);

  g_assert_cmpfloat_with_epsilon (t.initial + t.entered - t.left, t.stored, 1e-6);
  g_assert_cmpfloat_with_epsilon (t.arrived - t.entered, t.waiting, 1e-6);
}

/* Where the queue of a link begins, m from its start: the first place at which the density passes
 * half way between @low and @high, interpolated between the middles of cells. */
static double
find_tail_m (RnCtm *ctm, guint link, double low, double high)
{
  double length = rn_ctm_cell_length_m (ctm, link), half = 0.5 * (low + high);

  for (guint c = 1; c < rn_ctm_n_cells (ctm, link); c++)
    {
      double before = rn_ctm_cell_vpkm (ctm, link, c - 1), here = rn_ctm_cell_vpkm (ctm, link, c);

      if (before < half && here >= half)
        return length * (c - 0.5 + (half - before) / (here - before));
    }
  g_assert_not_reached ();
}

/* One road with a bottleneck: the tail moves at (q_b − q_a) / (k_b − k_a). */
static void
test_shock_wave (void)
{
  const RnCtmLink link = { 30000.0, 2, 120.0, 4400.0 };
  g_autoptr (RnCtm) ctm = rn_ctm_new (&link, 1, NULL, 0);
  double arriving = 1500.0, passing = 0.35 * 2200.0; /* a lane */
  double k_a = arriving / 120.0, k_b, theory, begin, measured;

  rn_ctm_set_density (ctm, 0, k_a);
  rn_ctm_set_entry (ctm, 0, 2.0 * arriving, INFINITY);
  rn_ctm_set_cell (ctm, 0, 28000.0, 0.35);
  k_b = RN_CTM_JAM_VPKM - passing / rn_ctm_wave_kmh (ctm, 0);
  theory = (passing - arriving) / (k_b - k_a);
  run (ctm, 20.0);
  begin = find_tail_m (ctm, 0, k_a, k_b);
  run (ctm, 90.0);
  measured = (find_tail_m (ctm, 0, k_a, k_b) - begin) / 1000.0 / 1.5;
  g_test_message ("tail moves at %.3f km/h, theory %.3f", measured, theory);
  g_assert_cmpfloat (theory, <, -5.0);
  g_assert_cmpfloat (fabs (measured / theory - 1.0), <, 0.05);
  assert_conserved (ctm);
}

/* A standing queue that is let go starts from its head, and the start moves back at the speed of
 * the backward wave. */
static void
test_release_wave (void)
{
  const RnCtmLink link = { 20000.0, 3, 100.0, 6300.0 };
  g_autoptr (RnCtm) ctm = rn_ctm_new (&link, 1, NULL, 0);
  double critical = rn_ctm_critical_vpkm (ctm, 0), wave = rn_ctm_wave_kmh (ctm, 0);
  double minutes = 20.0, length = rn_ctm_cell_length_m (ctm, 0), half, front = 0.0;
  guint n = rn_ctm_n_cells (ctm, 0);

  g_assert_cmpfloat_with_epsilon (wave, critical * 100.0 / (RN_CTM_JAM_VPKM - critical), 1e-9);
  rn_ctm_set_density (ctm, 0, RN_CTM_JAM_VPKM);
  run (ctm, minutes);
  half = 0.5 * (critical + RN_CTM_JAM_VPKM);
  for (guint c = n; c-- > 1;)
    {
      double here = rn_ctm_cell_vpkm (ctm, 0, c), before = rn_ctm_cell_vpkm (ctm, 0, c - 1);

      if (here < half && before >= half)
        {
          front = (n - c + (half - here) / (before - here) - 0.5) * length;
          break;
        }
    }
  g_test_message ("start moves back at %.2f km/h, theory %.2f", front / 1000.0 / (minutes / 60.0),
                  wave);
  g_assert_cmpfloat (fabs (front / 1000.0 / (minutes / 60.0) / wave - 1.0), <, 0.05);
  assert_conserved (ctm);
}

/* Free traffic is measured as it flows; a closed road stands, and nothing passes. */
static void
test_measures (void)
{
  const RnCtmLink link = { 5000.0, 2, 120.0, 4400.0 };
  g_autoptr (RnCtm) ctm = rn_ctm_new (&link, 1, NULL, 0);
  RnCtmMeasure m;

  rn_ctm_set_entry (ctm, 0, 2400.0, INFINITY);
  run (ctm, 10.0);
  rn_ctm_begin (ctm);
  run (ctm, 0.5);
  m = rn_ctm_measure (ctm, 0);
  g_assert_cmpfloat_with_epsilon (m.flow_vph, 2400.0, 1.0);
  g_assert_cmpfloat_with_epsilon (m.speed_kmh, 120.0, 0.1);
  g_assert_cmpfloat_with_epsilon (m.density_vpkm, 10.0, 0.01);
  g_assert_cmpfloat_with_epsilon (m.entered_vph, 2400.0, 1.0);
  g_assert_cmpfloat_with_epsilon (m.left_vph, 2400.0, 1.0);

  rn_ctm_set_cell (ctm, 0, 4999.0, 0.0);
  run (ctm, 60.0);
  rn_ctm_begin (ctm);
  run (ctm, 0.5);
  m = rn_ctm_measure (ctm, 0);
  g_assert_cmpfloat (m.flow_vph, <, 1.0);
  g_assert_cmpfloat (m.speed_kmh, <, 0.1);
  g_assert_cmpfloat (m.left_vph, ==, 0.0);
  g_assert_cmpfloat (rn_ctm_cell_vpkm (ctm, 0, 5), >, 139.0);
  g_assert_cmpfloat (rn_ctm_waiting (ctm, 0), >, 500.0);
  assert_conserved (ctm);
}

/* A speed limit slows; a factor on the capacity holds the flow down. */
static void
test_limits (void)
{
  const RnCtmLink link = { 4000.0, 2, 120.0, 4400.0 };
  g_autoptr (RnCtm) ctm = rn_ctm_new (&link, 1, NULL, 0);

  rn_ctm_set_entry (ctm, 0, 4000.0, INFINITY);
  rn_ctm_set_link (ctm, 0, 60.0, 0.5);
  run (ctm, 30.0);
  rn_ctm_begin (ctm);
  run (ctm, 1.0);
  g_assert_cmpfloat_with_epsilon (rn_ctm_measure (ctm, 0).flow_vph, 2200.0, 5.0);
  g_assert_cmpfloat (rn_ctm_measure (ctm, 0).speed_kmh, <=, 60.0 + 1e-9);
  assert_conserved (ctm);
}

/* Two roads into two, with entries, exits, and one way shut for a while. */
static RnCtm *
make_crossing (void)
{
  const RnCtmLink links[] = { { 6100.0, 2, 120.0, 4400.0 },
                              { 7300.0, 3, 110.0, 6450.0 },
                              { 5200.0, 2, 100.0, 4200.0 },
                              { 8000.0, 2, 120.0, 4400.0 },
                              { 3000.0, 3, 80.0, 6000.0 } };
  const RnCtmTurn turns[] = {
    { 0, 2, 0.5 }, { 0, 3, 0.4 }, { 1, 2, 0.3 }, { 1, 3, 0.6 }, { 3, 4, 0.85 }
  };

  return rn_ctm_new (links, G_N_ELEMENTS (links), turns, G_N_ELEMENTS (turns));
}

static void
test_conservation (void)
{
  g_autoptr (RnCtm) ctm = make_crossing ();
  g_autoptr (GRand) chance = g_rand_new_with_seed (7);

  rn_ctm_set_density (ctm, 0, 12.0);
  rn_ctm_set_density (ctm, 3, 60.0);
  for (guint minute = 0; minute < 600; minute++)
    {
      for (guint i = 0; i < 5; i++)
        if (g_rand_double (chance) < 0.2)
          {
            rn_ctm_set_entry (ctm, i, g_rand_double_range (chance, 0.0, 5000.0),
                              g_rand_double_range (chance, 0.0, 4000.0));
            rn_ctm_set_link (ctm, i, g_rand_double_range (chance, 20.0, 120.0),
                             g_rand_double (chance));
            rn_ctm_set_cell (ctm, i, g_rand_double_range (chance, 0.0, 9000.0),
                             g_rand_boolean (chance) ? 0.0 : 0.5);
          }
      rn_ctm_set_share (ctm, 1, g_rand_double_range (chance, 0.0, 0.5));
      rn_ctm_set_exit_limit (ctm, 2, g_rand_double_range (chance, 0.0, 4000.0));
      run (ctm, 1.0);
      assert_conserved (ctm);
      for (guint i = 0; i < 5; i++)
        for (guint c = 0; c < rn_ctm_n_cells (ctm, i); c++)
          {
            g_assert_cmpfloat (rn_ctm_cell_vpkm (ctm, i, c), >=, -1e-9);
            g_assert_cmpfloat (rn_ctm_cell_vpkm (ctm, i, c), <=, RN_CTM_JAM_VPKM + 1e-6);
          }
    }
}

/* Where two want in and there is room for one and a half, each gets his part. */
static void
test_merge (void)
{
  const RnCtmLink links[] = { { 5000.0, 2, 120.0, 4400.0 },
                              { 5000.0, 2, 120.0, 4400.0 },
                              { 5000.0, 2, 120.0, 4400.0 } };
  const RnCtmTurn turns[] = { { 0, 2, 1.0 }, { 1, 2, 1.0 } };
  g_autoptr (RnCtm) ctm = rn_ctm_new (links, 3, turns, 2);
  double a, b;

  rn_ctm_set_entry (ctm, 0, 4000.0, INFINITY);
  rn_ctm_set_entry (ctm, 1, 4000.0, INFINITY);
  run (ctm, 60.0);
  rn_ctm_begin (ctm);
  run (ctm, 5.0);
  a = rn_ctm_measure (ctm, 0).flow_vph;
  b = rn_ctm_measure (ctm, 1).flow_vph;
  g_assert_cmpfloat_with_epsilon (a, b, 1.0);
  g_assert_cmpfloat_with_epsilon (rn_ctm_measure (ctm, 2).flow_vph, 4400.0, 5.0);
  assert_conserved (ctm);
}

/* At a diverge a shut way holds up those who want the other one behind it: first in, first out. */
static void
test_diverge (void)
{
  const RnCtmLink links[] = { { 5000.0, 2, 120.0, 4400.0 },
                              { 2000.0, 2, 120.0, 4400.0 },
                              { 2000.0, 2, 120.0, 4400.0 } };
  const RnCtmTurn turns[] = { { 0, 1, 0.5 }, { 0, 2, 0.5 } };
  g_autoptr (RnCtm) ctm = rn_ctm_new (links, 3, turns, 2);

  rn_ctm_set_entry (ctm, 0, 3000.0, INFINITY);
  rn_ctm_set_cell (ctm, 1, 100.0, 0.0);
  run (ctm, 30.0);
  rn_ctm_begin (ctm);
  run (ctm, 5.0);
  g_assert_cmpfloat (rn_ctm_measure (ctm, 2).flow_vph, <, 1.0);
  g_assert_cmpfloat (rn_ctm_measure (ctm, 0).speed_kmh, <, 60.0);
  rn_ctm_set_share (ctm, 0, 0.0); /* drivers give up the shut way */
  run (ctm, 10.0);
  rn_ctm_begin (ctm);
  run (ctm, 5.0);
  g_assert_cmpfloat (rn_ctm_measure (ctm, 2).flow_vph, >, 1000.0);
  assert_conserved (ctm);
}

static void
test_courant (void)
{
  const double lengths[] = { 30.0, 199.0, 501.0, 750.0, 1001.0, 39161.0 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (double speed = 20.0; speed <= 140.0; speed += 20.0)
      {
        const RnCtmLink link = { lengths[i], 2, speed, 2.0 * 2100.0 };
        g_autoptr (RnCtm) ctm = rn_ctm_new (&link, 1, NULL, 0);

        g_assert_cmpfloat (rn_ctm_courant (ctm), <=, 1.0 + 1e-12);
        g_assert_cmpfloat (rn_ctm_cell_length_m (ctm, 0), <=, RN_CTM_CELL_M);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/ctm/shock-wave", test_shock_wave);
  g_test_add_func ("/sim/ctm/release-wave", test_release_wave);
  g_test_add_func ("/sim/ctm/measures", test_measures);
  g_test_add_func ("/sim/ctm/limits", test_limits);
  g_test_add_func ("/sim/ctm/conservation", test_conservation);
  g_test_add_func ("/sim/ctm/merge", test_merge);
  g_test_add_func ("/sim/ctm/diverge", test_diverge);
  g_test_add_func ("/sim/ctm/courant", test_courant);
  return g_test_run ();
}
