/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The simulated province as a whole: the same bytes for the same seed, start and time however it is
 * asked; nothing lost in an hour; a closure stands until it is lifted. */
#include <malloc.h>
#include <math.h>
#include <string.h>

#include "base/rn-json.h"
#include "model/rn-state.h"
#include "sim-help.h"

static void
assert_same (const RnSimWorld *a, const RnSimWorld *b)
{
  for (int kind = 0; kind < RN_SIM_N_KINDS; kind++)
    {
      g_autoptr (GBytes) x = document_of (a, (RnSimKind) kind);
      g_autoptr (GBytes) y = document_of (b, (RnSimKind) kind);

      if (!g_bytes_equal (x, y))
        g_error ("%s differs:\n%.400s\n%.400s", rn_sim_kind_word ((RnSimKind) kind),
                 (const char *) g_bytes_get_data (x, NULL),
                 (const char *) g_bytes_get_data (y, NULL));
    }
}

/* One world is asked for everything at every step and at odd times between, the other leaps. */
static void
test_determinism (void)
{
  g_autoptr (RnSimWorld) asked = make_world (RN_SIM_SEED);
  g_autoptr (RnSimWorld) leaps = make_world (RN_SIM_SEED);
  const gint64 stops_s[] = { 0, 30, 60, 90, 1230, 3600 };
  gint64 start = rn_sim_world_start (asked), now = start;

  for (guint i = 0; i < G_N_ELEMENTS (stops_s); i++)
    {
      gint64 stop = start + stops_s[i] * RN_SIM_SECOND;

      while (now < stop)
        {
          now = MIN (now + 17 * RN_SIM_SECOND, stop);
          rn_sim_world_advance (asked, now);
          for (int kind = 0; kind < RN_SIM_N_KINDS; kind++)
            if ((now / RN_SIM_SECOND + kind) % 5 == 0)
              g_bytes_unref (document_of (asked, (RnSimKind) kind));
        }
      rn_sim_world_advance (leaps, stop);
      assert_same (asked, leaps);
    }
}

static void
test_seeds_differ (void)
{
  g_autoptr (RnSimWorld) a = make_world (1);
  g_autoptr (RnSimWorld) b = make_world (2);

  for (int kind = RN_SIM_KIND_FLOW; kind < RN_SIM_N_KINDS; kind++)
    {
      g_autoptr (GBytes) x = document_of (a, (RnSimKind) kind);
      g_autoptr (GBytes) y = document_of (b, (RnSimKind) kind);

      g_assert_false (g_bytes_equal (x, y));
    }
}

static void
assert_conserved (const RnSimWorld *world)
{
  RnCtmTotals t = rn_ctm_totals (rn_sim_world_ctm (world));

  g_assert_cmpfloat_with_epsilon (t.initial + t.entered - t.left, t.stored, 1e-6);
  g_assert_cmpfloat_with_epsilon (t.arrived - t.entered, t.waiting, 1e-6);
  g_assert_cmpfloat (rn_ctm_courant (rn_sim_world_ctm (world)), <=, 1.0 + 1e-12);
}

/* An hour, asked all the time: no vehicle is lost, and the second hour takes no more memory than
 * the first. */
static void
test_an_hour (void)
{
  g_autoptr (RnSimWorld) world = make_world (3);
  g_autoptr (RnSimAnswers) answers = rn_sim_answers_new (world);
  gint64 start = rn_sim_world_start (world);
  gsize after[2];

  assert_conserved (world);
  for (guint hour = 0; hour < 2; hour++)
    {
      for (gint64 s = 30; s <= 3600; s += 30)
        {
          rn_sim_world_advance (world, start + (hour * 3600 + s) * RN_SIM_SECOND);
          for (int kind = 0; kind < RN_SIM_N_KINDS; kind++)
            rn_sim_answer_gzip (rn_sim_answers_get (answers, (RnSimKind) kind, 0));
        }
      assert_conserved (world);
      after[hour] = mallinfo2 ().uordblks;
    }
  g_test_message ("in use: %" G_GSIZE_FORMAT " then %" G_GSIZE_FORMAT " bytes", after[0], after[1]);
  g_assert_cmpuint (after[1], <, after[0] + (256u << 10));
}

static guint8
state_of (const RnSimWorld *world, guint32 i)
{
  const RnSimReport *r = &rn_sim_world_detectors (world)->report[i];
  const RnSimDemand *demand = rn_sim_world_demand (world);
  RnStateMark mark;

  return rn_state_of (rn_state_table_default (), (double) r->flow_vph, demand->lanes[i],
                      (double) r->speed_kmh, demand->free_kmh[i], (double) r->occupancy_pct, FALSE,
                      &mark);
}

/* Shut a section: the one before it stands (state 5, hardly any flow, loops covered) as long as it
 * is shut, and flows again an hour after. */
static void
test_closure (void)
{
  g_autoptr (RnSimWorld) world = make_world (4);
  RnSimIncidents *incidents = rn_sim_world_incidents (world);
  guint32 shut = section_of (world, "G25-0171-A"), before = section_of (world, "G25-0170-A");
  gint64 start = rn_sim_world_start (world);
  const RnSimReport *report = &rn_sim_world_detectors (world)->report[before];
  g_autofree char *id = NULL;

  g_assert_cmpuint (state_of (world, before), <=, 2);
  id = g_strdup (rn_sim_incidents_shut (incidents, shut, 300.0, start));
  rn_sim_world_advance (world, start + 75 * MINUTE);
  for (gint64 m = 75; m <= 105; m += 5)
    {
      rn_sim_world_advance (world, start + m * MINUTE);
      g_test_message ("%d min: %.0f veh/h, %.0f km/h, %.1f %%", (int) m, (double) report->flow_vph,
                      (double) report->speed_kmh, (double) report->occupancy_pct);
      g_assert_cmpuint (state_of (world, before), ==, 5);
      g_assert_cmpfloat ((double) report->speed_kmh, <=, 15.0);
      g_assert_cmpfloat ((double) report->occupancy_pct, >=, 15.0);
    }
  g_assert_true (rn_sim_incidents_lift (incidents, id, start + 105 * MINUTE));
  g_assert_false (rn_sim_incidents_lift (incidents, id, start + 105 * MINUTE));
  rn_sim_world_advance (world, start + 185 * MINUTE);
  g_assert_cmpuint (state_of (world, before), <=, 2);
  assert_conserved (world);
}

/* What the demonstration opens with. */
static void
test_first_screen (void)
{
  g_autoptr (RnSimWorld) world = make_world (RN_SIM_SEED);
  const RnSimFigures *figures = rn_sim_world_figures (world);
  const GPtrArray *all = rn_sim_incidents_all (rn_sim_world_incidents (world));
  gint64 start = rn_sim_world_start (world);
  guint listed = 0, states[RN_N_STATES] = { 0 }, active = 0;
  const GPtrArray *works = rn_sim_works_at (rn_sim_world_works (world), start);

  for (guint i = 0; i < all->len; i++)
    listed += rn_sim_incident_listed (g_ptr_array_index (all, i), start);
  for (guint i = 0; i < rn_sim_world_network (world)->n_sections; i++)
    states[state_of (world, i)]++;
  for (guint i = 0; i < works->len; i++)
    active += rn_sim_work_active (g_ptr_array_index (works, i), start);
  g_test_message ("%u incidents, %u works active, smooth %.2f %%, slow %.1f km, severe %.1f km",
                  listed, active, figures->roads.smooth_pct, figures->roads.slow_km,
                  figures->roads.severe_km);
  g_assert_cmpuint (listed, >=, 8);
  g_assert_cmpuint (listed, <=, 16);
  g_assert_cmpuint (active, >=, 15);
  g_assert_cmpfloat (figures->roads.smooth_pct, >, 97.0);
  g_assert_cmpfloat (figures->roads.smooth_pct, <, 99.5);
  g_assert_cmpuint (state_of (world, section_of (world, "G15-0122-B")), ==, 5);
  g_assert_cmpuint (state_of (world, section_of (world, "G2-0034-B")), >=, 4);
  for (guint s = 1; s < RN_N_STATES; s++)
    g_assert_cmpuint (states[s], >, 0);
}

/* The length of a column of a flow document. */
static guint
column_length (const RnJson *root, const char *key)
{
  RnJson column = rn_json_member (root, key);

  g_assert_true (rn_json_is_array (&column));
  return rn_json_length (&column);
}

/* A hundred thousand sections: all columns are there and as long, and a round goes on. */
static void
test_scale (void)
{
  static const char *const columns[] = { "sections",         "flow_vph",   "speed_kmh",
                                         "occupancy_pct",    "trucks_pct", "typical_speed_kmh",
                                         "observed_offset_s" };
  g_autoptr (RnSimWorld) world = make_grid (100000);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *node;
  RnJson root;

  rn_sim_world_advance (world, rn_sim_world_start (world) + MINUTE);
  assert_conserved (world);
  bytes = document_of (world, RN_SIM_KIND_FLOW);
  node = rn_json_parse (bytes, &error);
  g_assert_no_error (error);
  root = rn_json_root (node);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_assert_cmpuint (column_length (&root, columns[i]), ==, 100000);
  json_node_unref (node);
}

/* Two peaks a day, nights that are quiet, holidays above the rest. */
static void
test_curve (void)
{
  gint64 midnight = rn_sim_midnight (RN_SIM_START);
  gint64 workday = midnight + 12 * RN_SIM_DAY; /* Tuesday 13 October */
#define AT(day, hour) rn_sim_demand_curve ((day) + (hour) *RN_SIM_HOUR)

  g_assert_cmpint (rn_sim_day_kind (RN_SIM_START), ==, RN_SIM_HOLIDAY);
  g_assert_cmpint (rn_sim_day_kind (workday), ==, RN_SIM_WORKDAY);
  g_assert_cmpfloat (AT (workday, 8), >, AT (workday, 12));
  g_assert_cmpfloat (AT (workday, 17), >, AT (workday, 12));
  g_assert_cmpfloat (AT (workday, 3), <, 0.2);
  g_assert_cmpfloat (AT (midnight, 10), >, AT (midnight, 13));
  g_assert_cmpfloat (AT (midnight, 17), >, AT (midnight, 13));
  g_assert_cmpfloat (AT (midnight, 10), >, AT (workday, 8));
  g_assert_cmpfloat (rn_sim_demand_since_midnight_h (midnight + 24 * RN_SIM_HOUR - 1), >,
                     1.2 * rn_sim_demand_since_midnight_h (workday + 24 * RN_SIM_HOUR - 1));
  g_assert_cmpfloat (rn_sim_demand_since_midnight_h (midnight + 24 * RN_SIM_HOUR - 1), >, 10.0);
  g_assert_cmpfloat_with_epsilon (rn_sim_demand_since_midnight_h (midnight), 0.0, 1e-9);
#undef AT
}

static void
test_time (void)
{
  char text[RN_SIM_TIME_SIZE];
  RnSimDate date = rn_sim_date (RN_SIM_START);

  rn_sim_time_format (RN_SIM_START, text);
  g_assert_cmpstr (text, ==, "2026-10-01T10:12:00+08:00");
  rn_sim_time_format (RN_SIM_START + 1500, text);
  g_assert_cmpstr (text, ==, "2026-10-01T10:12:00.001+08:00");
  rn_sim_time_format (-1, text);
  g_assert_cmpstr (text, ==, "1970-01-01T07:59:59.999+08:00");
  g_assert_cmpint (date.year, ==, 2026);
  g_assert_cmpint (date.weekday, ==, 3);
  date = rn_sim_date (G_GINT64_CONSTANT (1709136000000000)); /* 2024-02-29T00:00+08:00 */
  g_assert_cmpint (date.month, ==, 2);
  g_assert_cmpint (date.day, ==, 29);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/world/time", test_time);
  g_test_add_func ("/sim/world/curve", test_curve);
  g_test_add_func ("/sim/world/determinism", test_determinism);
  g_test_add_func ("/sim/world/seeds-differ", test_seeds_differ);
  g_test_add_func ("/sim/world/an-hour", test_an_hour);
  g_test_add_func ("/sim/world/closure", test_closure);
  g_test_add_func ("/sim/world/first-screen", test_first_screen);
  g_test_add_func ("/sim/world/scale", test_scale);
  return g_test_run ();
}
