/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state and level tables by tables of cases, and what a table may not be. */
#include "model/rn-state.h"

#include <math.h>
#include <string.h>

static void
test_states (void)
{
  /* 3 lanes, effective speed 120: r = speed / 120, the limit of flow is 180. */
  static const struct {
    double flow, speed, occupancy;
    gboolean remembered;
    guint8 state;
    RnStateMark mark;
  } cases[] = {
    { 3000, 120, NAN, FALSE, 1, RN_MARK_NONE },
    { 3000, 90, NAN, FALSE, 1, RN_MARK_NONE }, /* r = 0.75 */
    { 3000, 89.9, NAN, FALSE, 2, RN_MARK_NONE },
    { 3000, 72, NAN, FALSE, 2, RN_MARK_NONE }, /* 0.60 */
    { 3000, 71.9, NAN, FALSE, 3, RN_MARK_NONE },
    { 3000, 54, NAN, FALSE, 3, RN_MARK_NONE }, /* 0.45 */
    { 3000, 53.9, NAN, FALSE, 4, RN_MARK_NONE },
    { 3000, 30, NAN, FALSE, 4, RN_MARK_NONE }, /* 0.25 */
    { 3000, 29.9, NAN, FALSE, 5, RN_MARK_NONE },
    { 3000, 0, NAN, FALSE, 5, RN_MARK_NONE },
    { 181, 20, NAN, FALSE, 5, RN_MARK_NONE },
    { 180, 20, NAN, FALSE, 1, RN_MARK_FEW_VEHICLES }, /* more than 60 a lane it must be */
    { 0, 20, NAN, FALSE, 1, RN_MARK_FEW_VEHICLES },
    { NAN, 20, NAN, FALSE, 5, RN_MARK_NONE }, /* flow not known: the ratio counts */
    { 100, 20, 15, FALSE, 5, RN_MARK_NONE },
    { 100, 20, 14.9, FALSE, 1, RN_MARK_FEW_VEHICLES },
    { 0, 0, 80, FALSE, 5, RN_MARK_NONE },
    { 0, 15, NAN, TRUE, 5, RN_MARK_STANDSTILL },
    { 0, 0, NAN, TRUE, 5, RN_MARK_STANDSTILL },
    { 0, 15.1, NAN, TRUE, 1, RN_MARK_FEW_VEHICLES },
    { 0, 110, NAN, TRUE, 1, RN_MARK_FEW_VEHICLES },
    { 3000, 110, NAN, TRUE, 1, RN_MARK_NONE },
    { 3000, NAN, NAN, TRUE, 0, RN_MARK_NONE },
    { NAN, NAN, NAN, FALSE, 0, RN_MARK_NONE },
    { NAN, NAN, 90, FALSE, 0, RN_MARK_NONE },
  };
  const RnStateTable *table = rn_state_table_default ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RnStateMark mark = 99;

      g_test_message ("%u", i);
      g_assert_cmpint (rn_state_of (table, cases[i].flow, 3, cases[i].speed, 120,
                                    cases[i].occupancy, cases[i].remembered, &mark),
                       ==, cases[i].state);
      g_assert_cmpint (mark, ==, cases[i].mark);
    }
}

static void
test_edges (void)
{
  const RnStateTable *table = rn_state_table_default ();
  RnStateMark mark;

  g_assert_cmpint (rn_state_of (table, 61, 0, 20, 120, NAN, FALSE, &mark), ==, 5); /* as one lane */
  g_assert_cmpint (rn_state_of (table, 60, 0, 20, 120, NAN, FALSE, &mark), ==, 1);
  g_assert_cmpint (rn_state_of (table, 900, 3, 60, NAN, NAN, FALSE, &mark), ==, 0);
  g_assert_cmpint (rn_state_of (table, 900, 3, 60, 0, NAN, FALSE, &mark), ==, 0);
  g_assert_cmpint (rn_state_of (table, 900, 3, 0, 0, NAN, FALSE, &mark), ==, 0);
  g_assert_cmpint (rn_state_of (table, 900, 3, 150, 120, NAN, FALSE, &mark), ==, 1);
}

static void
test_los (void)
{
  static const struct {
    double flow, capacity;
    guint8 level;
  } cases[] = { { 0, 6000, 1 },    { 2100, 6000, 1 }, { 2101, 6000, 2 }, { 3300, 6000, 2 },
                { 3301, 6000, 3 }, { 4500, 6000, 3 }, { 4501, 6000, 4 }, { 5400, 6000, 4 },
                { 5401, 6000, 5 }, { 6000, 6000, 5 }, { 6001, 6000, 6 }, { 9999, 6000, 6 },
                { 10, 0, 6 },      { 0, 0, 1 },       { NAN, 6000, 0 },  { 100, NAN, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (rn_los_of (rn_state_table_default (), cases[i].flow, cases[i].capacity), ==,
                     cases[i].level);
}

#define TABLE(ratios, los, rest)                                                                  \
  "{\"min_ratio\":" ratios ",\"max_los\":" los "," rest "}"
#define RATIOS "[0.75,0.6,0.45,0.25]"
#define LOS "[0.35,0.55,0.75,0.9,1.0]"
#define STANDSTILL                                                                                \
  "\"standstill\":{\"speed_kmh\":15,\"memory_s\":600,\"own_state\":3,\"upstream_state\":4}"
#define REST "\"min_flow_vph_lane\":60,\"min_occupancy_pct\":15," STANDSTILL

static void
test_bad_tables (void)
{
  static const struct {
    const char *text, *message;
  } cases[] = {
    { "[]", "min_ratio: is not a list of 4 numbers" },
    { TABLE ("[0.75,0.6,0.45]", LOS, REST), "min_ratio: is not a list of 4 numbers" },
    { TABLE ("[0.75,0.6,0.6,0.25]", LOS, REST),
      "min_ratio[2]: is not below the number before it" },
    { TABLE ("[0.75,0.6,0.7,0.25]", LOS, REST),
      "min_ratio[2]: is not below the number before it" },
    { TABLE ("[1.2,0.6,0.5,0.25]", LOS, REST), "min_ratio[0]: out of range 0.001…1: 1.2" },
    { TABLE ("[0.75,0.6,0.45,0]", LOS, REST), "min_ratio[3]: out of range 0.001…1: 0" },
    { TABLE ("[0.75,\"x\",0.45,0.25]", LOS, REST), "min_ratio[1]: is not a number" },
    { TABLE (RATIOS, "[0.35,0.55,0.5,0.9,1.0]", REST),
      "max_los[2]: is not above the number before it" },
    { TABLE (RATIOS, "[0.35,0.55,0.75,0.9]", REST), "max_los: is not a list of 5 numbers" },
    { TABLE (RATIOS, LOS, STANDSTILL), "min_flow_vph_lane: is missing" },
    { TABLE (RATIOS, LOS, "\"min_flow_vph_lane\":-1,\"min_occupancy_pct\":15," STANDSTILL),
      "min_flow_vph_lane: out of range 0…3000: -1" },
    { TABLE (RATIOS, LOS, "\"min_flow_vph_lane\":60,\"min_occupancy_pct\":15"),
      "standstill.speed_kmh: is missing" },
    { TABLE (RATIOS, LOS, "\"min_flow_vph_lane\":60,\"min_occupancy_pct\":15,\"standstill\":"
             "{\"speed_kmh\":15,\"memory_s\":600,\"own_state\":6,\"upstream_state\":4}"),
      "standstill.own_state: out of range 1…5: 6" },
    { "{", "line 1, column 2: the document ends where the name of a member was expected" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) json = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
      g_autoptr (GError) error = NULL;
      RnStateTable table = { .min_flow_vph_lane = 42 };

      g_assert_false (rn_state_table_parse (json, &table, &error));
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_cmpfloat (table.min_flow_vph_lane, ==, 42); /* untouched */
    }
}

/* Tables are data: another one gives other states. */
static void
test_other_table (void)
{
  static const char text[] = TABLE ("[0.9,0.8,0.7,0.6]", LOS, REST);
  g_autoptr (GBytes) json = g_bytes_new_static (text, strlen (text));
  RnStateTable table;
  RnStateMark mark;

  g_assert_true (rn_state_table_parse (json, &table, NULL));
  g_assert_cmpint (rn_state_of (&table, 3000, 3, 90, 120, NAN, FALSE, &mark), ==, 3);
  g_assert_cmpstr (rn_state_title (5), ==, "Severe");
  g_assert_cmpstr (rn_state_title (0), ==, "No data");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state/states", test_states);
  g_test_add_func ("/state/edges", test_edges);
  g_test_add_func ("/state/los", test_los);
  g_test_add_func ("/state/bad-tables", test_bad_tables);
  g_test_add_func ("/state/other-table", test_other_table);
  return g_test_run ();
}
