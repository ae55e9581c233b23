/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole days: when they begin, what their weather is, and that the jams put there are real ones. */
#include <math.h>
#include <string.h>

#include "sim-help.h"
#include "sim/rn-sim-network.h"

static RnSimWorld *
make_day (RnSimScene scene, guint64 seed)
{
  RnSimOptions options = RN_SIM_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  RnSimWorld *world;

  options.scene = scene;
  options.seed = seed;
  world = rn_sim_world_new (&options, &error);
  g_assert_no_error (error);
  return world;
}

static void
test_words (void)
{
  RnSimScene scene;

  for (guint s = RN_SIM_SCENE_NORMAL; s <= RN_SIM_SCENE_STORM; s++)
    {
      const RnSimSceneTraits *traits = rn_sim_scene_traits (s);

      g_assert_true (rn_sim_scene_find (rn_sim_scene_word (s), &scene));
      g_assert_cmpuint (scene, ==, s);
      g_assert_cmpint (traits->start_us, ==, rn_sim_midnight (traits->start_us));
      g_assert_cmpint (rn_sim_day_kind (traits->start_us), ==,
                       s == RN_SIM_SCENE_HOLIDAY ? RN_SIM_HOLIDAY : RN_SIM_WORKDAY);
    }
  g_assert_false (rn_sim_scene_find ("demo", &scene));
  g_assert_false (rn_sim_scene_find ("", &scene));
  g_assert_null (rn_sim_scene_word (RN_SIM_SCENE_DEMO));
}

static void
assert_apart (const RnNetwork *network, const GArray *jams, guint k)
{
  for (guint i = 0; i < k; i++)
    g_assert_cmpuint (network->road[g_array_index (jams, RnSimJam, i).section], !=,
                      network->road[g_array_index (jams, RnSimJam, k).section]);
}

/* As many as the day has, in order, by day, each on a road of its own, the same for the same seed. */
static void
test_jams (void)
{
  for (guint s = RN_SIM_SCENE_NORMAL; s <= RN_SIM_SCENE_STORM; s++)
    for (guint64 seed = 1; seed <= 3; seed++)
      {
        g_autoptr (RnNetwork) network = rn_sim_network_new_demo (NULL);
        g_autoptr (RnSimDemand) demand = rn_sim_demand_new (network, seed);
        const RnSimSceneTraits *traits = rn_sim_scene_traits (s);
        g_autoptr (GArray) jams = NULL;
        g_autoptr (GArray) again = NULL;

        demand->scale = traits->demand;
        jams = rn_sim_scene_new_jams (s, network, demand, seed, traits->start_us);
        again = rn_sim_scene_new_jams (s, network, demand, seed, traits->start_us);
        g_assert_cmpuint (jams->len, ==, traits->jams);
        g_assert_cmpmem (jams->data, jams->len * sizeof (RnSimJam), again->data,
                         again->len * sizeof (RnSimJam));
        for (guint k = 0; k < jams->len; k++)
          {
            const RnSimJam *jam = &g_array_index (jams, RnSimJam, k);

            g_assert_cmpint (jam->from_us, >=, traits->start_us + 6 * RN_SIM_HOUR);
            g_assert_cmpint (jam->until_us, <, traits->start_us + 22 * RN_SIM_HOUR);
            g_assert_cmpint (jam->from_us, >=,
                             g_array_index (jams, RnSimJam, k > 0 ? k - 1 : 0).from_us);
            g_assert_false (rn_sim_detectors_is_blind (seed, jam->section));
            assert_apart (network, jams, k);
          }
      }
}

static double
ratio_on (const RnSimWorld *world, const RnSimJam *jam)
{
  RnCtmMeasure m = rn_ctm_measure (rn_sim_world_ctm (world), jam->section);

  return m.speed_kmh / rn_sim_world_demand (world)->free_kmh[jam->section];
}

/* The first one of the ordinary day: free before, severe while it lasts, free an hour after. */
static void
test_jam_is_severe (void)
{
  g_autoptr (RnSimWorld) world = make_day (RN_SIM_SCENE_NORMAL, RN_SIM_SEED);
  RnSimIncidents *incidents = rn_sim_world_incidents (world);
  const RnSimJam *jam = &g_array_index (rn_sim_incidents_jams (incidents), RnSimJam, 0);

  rn_sim_world_advance (world, jam->from_us);
  g_assert_cmpfloat (ratio_on (world, jam), >, 0.75);
  rn_sim_world_advance (world, jam->from_us + 20 * RN_SIM_MINUTE);
  g_assert_cmpfloat (ratio_on (world, jam), <, 0.25);
  g_assert_true (
      rn_sim_incident_listed (rn_sim_incidents_find (incidents, jam->id), rn_sim_world_at (world, 1)));
  rn_sim_world_advance (world, jam->until_us + RN_SIM_HOUR);
  g_assert_cmpfloat (ratio_on (world, jam), >, 0.75);
}

/* At dawn: limits are shown on many roads, and somewhere there is snow or ice. The ordinary day has
 * neither. */
static void
test_storm (void)
{
  g_autoptr (RnSimWorld) storm = make_day (RN_SIM_SCENE_STORM, RN_SIM_SEED);
  const RnSimWeather *weather = rn_sim_world_weather (storm);
  gint64 at_us = rn_sim_world_start (storm) + 6 * RN_SIM_HOUR;
  guint n_white = 0, n_thick = 0, n_limited = 0;

  rn_sim_world_advance (storm, at_us);
  for (guint k = 0; k < weather->stations->len; k++)
    {
      const RnSimStation *station = g_ptr_array_index (weather->stations, k);
      RnSimSky sky = rn_sim_weather_sky (weather, station->at, at_us);

      n_white += sky.surface == RN_SURFACE_SNOW || sky.surface == RN_SURFACE_ICE;
      n_thick += sky.visibility_m < 200.0;
    }
  for (guint i = 0; i < rn_sim_world_network (storm)->n_sections; i++)
    n_limited += isfinite (weather->limit_kmh[i]);
  g_test_message ("%u stations white, %u in fog, %u sections limited", n_white, n_thick, n_limited);
  g_assert_cmpuint (n_white, >=, 5);
  g_assert_cmpuint (n_thick, >=, 1);
  g_assert_cmpuint (n_limited, >=, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/scene/words", test_words);
  g_test_add_func ("/sim/scene/jams", test_jams);
  g_test_add_func ("/sim/scene/jam-is-severe", test_jam_is_severe);
  g_test_add_func ("/sim/scene/storm", test_storm);
  return g_test_run ();
}
