/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every metric by hand: its value, and what makes it unknown. */
#include "alert/rn-metric-measure.h"
#include "detector-help.h"

typedef struct {
  float speed, flow, occupancy, typical;
} Row;

static double
measure (HelpWorld *world, RnMetric metric, const char *select, Row row)
{
  g_autoptr (RnQueue) queue = rn_queue_new ();
  g_autofree float *column = g_new (float, world->network->n_sections);
  const float *values;
  double value;

  world->speed[0] = row.speed;
  world->flow[0] = row.flow;
  world->occupancy[0] = row.occupancy;
  world->typical[0] = row.typical;
  help_world_next (world, 60);
  value = rn_metric_measure (world->frame, metric, select, RN_SUBJECT_SECTION, "t/a0", NULL);
  values = rn_metric_column (world->frame, metric, select, queue, column);
  g_assert_true (isnan (value) ? isnan (values[0]) : fabs (values[0] - value) < 1e-3 * (1 + value));
  return value;
}

/* Sections have 3 lanes, 120 km/h, 1,000 m, 6,600 vehicles an hour. */
static const struct {
  RnMetric metric;
  Row row;
  double value;
} sections[] = {
  { RN_METRIC_FLOW_VPH, { 100, 3000, NAN, NAN }, 3000 },
  { RN_METRIC_FLOW_VPH, { 100, NAN, NAN, NAN }, NAN },
  { RN_METRIC_FLOW_VPH_LANE, { 100, 3000, NAN, NAN }, 1000 },
  { RN_METRIC_SPEED_KMH, { 30, NAN, NAN, NAN }, 30 },
  { RN_METRIC_SPEED_RATIO, { 30, NAN, NAN, NAN }, 0.25 },
  { RN_METRIC_SPEED_RATIO, { NAN, 3000, NAN, NAN }, NAN },
  { RN_METRIC_DENSITY_VPKM, { 100, 3000, NAN, NAN }, 10 },
  { RN_METRIC_DENSITY_VPKM, { 0, 0, NAN, NAN }, NAN },
  { RN_METRIC_OCCUPANCY_PCT, { 100, NAN, 12, NAN }, 12 },
  { RN_METRIC_SATURATION, { 100, 3300, NAN, NAN }, 0.5 },
  { RN_METRIC_STATE, { 20, 3000, NAN, NAN }, 5 },
  { RN_METRIC_STATE, { NAN, 3000, NAN, NAN }, NAN },
  { RN_METRIC_STATE, { 50, 100, NAN, NAN }, 1 }, /* few vehicles */
  { RN_METRIC_SLOW_KM, { 60, 3000, NAN, NAN }, 1 },
  { RN_METRIC_SLOW_KM, { 100, 3000, NAN, NAN }, 0 },
  { RN_METRIC_SLOW_KM, { NAN, NAN, NAN, NAN }, NAN },
  { RN_METRIC_SEVERE_KM, { 20, 3000, NAN, NAN }, 1 },
  { RN_METRIC_SEVERE_KM, { 60, 3000, NAN, NAN }, 0 },
  { RN_METRIC_QUEUE_M, { 20, 3000, NAN, NAN }, 1000 },
  { RN_METRIC_QUEUE_M, { NAN, NAN, NAN, NAN }, NAN },
  { RN_METRIC_TRAVEL_TIME_INDEX, { 60, NAN, NAN, NAN }, 2 },
  { RN_METRIC_TRAVEL_TIME_INDEX, { 0, NAN, NAN, NAN }, NAN },
  { RN_METRIC_TYPICAL_TIME_RATIO, { 50, NAN, NAN, 100 }, 2 },
  { RN_METRIC_TYPICAL_TIME_RATIO, { 50, NAN, NAN, NAN }, NAN },
  { RN_METRIC_DELAY_S, { 36, NAN, NAN, 72 }, 50 },
  { RN_METRIC_DELAY_S, { 100, NAN, NAN, 72 }, 0 }, /* never below 0 */
  { RN_METRIC_DELAY_S, { 36, NAN, NAN, NAN }, NAN },
};

static void
test_sections (void)
{
  HelpWorld world;

  help_world_init (&world, fixture_road ("t", 2));
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      double value = measure (&world, sections[i].metric, NULL, sections[i].row);
      double expected = sections[i].value;

      if (isnan (expected) ? !isnan (value) : !(fabs (value - expected) < 0.01 * expected + 1e-9))
        g_error ("row %u: %s is %g, not %g", i, rn_metric_word (sections[i].metric), value,
                 expected);
    }
  help_world_clear (&world);
}

static void
test_standstill (void)
{
  HelpWorld world;

  help_world_init (&world, fixture_road ("t", 2));
  world.speed[0] = 5;
  world.flow[0] = 0;
  help_world_next (&world, 60);
  g_assert_false (rn_metric_stands (world.frame, 0));
  world.occupancy[0] = 80; /* they stand on the detector */
  help_world_next (&world, 60);
  g_assert_true (rn_metric_stands (world.frame, 0));
  world.occupancy[0] = NAN;
  help_world_next (&world, 60); /* remembered */
  g_assert_true (rn_metric_stands (world.frame, 0));
  help_world_clear (&world);
}

static void
test_facility (void)
{
  RnFacilityState *state = rn_facility_state_new ("t", "f", RN_FACILITY_SERVICE_AREA);
  RnFuel fuel[] = { { "92", NAN, 40, 1 }, { "95", NAN, NAN, 0 }, { "0", NAN, 70, -1 } };

  g_assert_true (isnan (rn_metric_of_facility (state, RN_METRIC_PARKING_PCT, NULL)));
  g_assert_true (isnan (rn_metric_of_facility (state, RN_METRIC_FUEL_STOCK_PCT, NULL)));
  g_assert_true (isnan (rn_metric_of_facility (state, RN_METRIC_PLAZA_QUEUE_M, NULL)));
  state->car_used = 90;
  state->car_total = 100;
  g_assert_cmpfloat (rn_metric_of_facility (state, RN_METRIC_PARKING_PCT, NULL), ==, 90);
  state->truck_used = 100;
  state->truck_total = 100;
  g_assert_cmpfloat (rn_metric_of_facility (state, RN_METRIC_PARKING_PCT, NULL), ==, 95);
  g_assert_cmpfloat (rn_metric_of_facility (state, RN_METRIC_PARKING_PCT, "car"), ==, 90);
  g_assert_cmpfloat (rn_metric_of_facility (state, RN_METRIC_PARKING_PCT, "truck"), ==, 100);
  state->n_fuel = G_N_ELEMENTS (fuel);
  state->fuel = g_memdup2 (fuel, sizeof fuel);
  for (guint i = 0; i < G_N_ELEMENTS (fuel); i++)
    state->fuel[i].grade = g_strdup (fuel[i].grade);
  g_assert_cmpfloat (rn_metric_of_facility (state, RN_METRIC_FUEL_STOCK_PCT, "92"), ==, 40);
  g_assert_cmpfloat (rn_metric_of_facility (state, RN_METRIC_FUEL_STOCK_PCT, NULL), ==, 0);
  g_assert_true (isnan (rn_metric_of_facility (state, RN_METRIC_FUEL_STOCK_PCT, "98")));
  state->queue_m = 300;
  g_assert_cmpfloat (rn_metric_of_facility (state, RN_METRIC_PLAZA_QUEUE_M, NULL), ==, 300);
  rn_facility_state_unref (state);
}

static void
test_feeds (void)
{
  HelpWorld world;
  RnFeedStatus status = { .state = RN_FEED_LATE, .age_us = 90 * S };
  RnQuality quality;

  g_assert_cmpfloat (rn_metric_of_feed (&status), ==, 0); /* static: it is not asked for again */
  status.poll_us = 30 * S;
  g_assert_cmpfloat (rn_metric_of_feed (&status), ==, 90);
  status.age_us = -1;
  g_assert_true (isnan (rn_metric_of_feed (&status)));
  status.state = RN_FEED_FROZEN;
  g_assert_true (isinf (rn_metric_of_feed (&status)));
  status = (RnFeedStatus){ .state = RN_FEED_LIVE, .refused = TRUE };
  g_assert_true (isinf (rn_metric_of_feed (&status)));

  help_world_init (&world, fixture_road ("t", 1));
  world.state = RN_FEED_LOST;
  help_world_next (&world, 60);
  g_assert_true (isinf (rn_metric_measure (world.frame, RN_METRIC_FEED_AGE_S, NULL,
                                           RN_SUBJECT_FEED, "t/flow", &quality)));
  g_assert_cmpint (quality, ==, RN_QUALITY_LIVE); /* that it is lost is known */
  help_world_clear (&world);
}

static void
test_unknown (void)
{
  HelpWorld world;
  RnQuality quality = RN_QUALITY_LIVE;

  help_world_init (&world, fixture_road ("t", 1));
  help_world_next (&world, 60);
  for (guint m = 0; m < RN_N_METRICS; m++)
    for (guint k = 0; k < RN_N_SUBJECT_KINDS; k++)
      {
        g_assert_true (
            isnan (rn_metric_measure (world.frame, m, NULL, k, "t/nowhere", &quality)));
        g_assert_cmpint (quality, ==, RN_QUALITY_UNKNOWN);
      }
  help_world_clear (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/metric-measure/sections", test_sections);
  g_test_add_func ("/metric-measure/standstill", test_standstill);
  g_test_add_func ("/metric-measure/facility", test_facility);
  g_test_add_func ("/metric-measure/feeds", test_feeds);
  g_test_add_func ("/metric-measure/unknown", test_unknown);
  return g_test_run ();
}
