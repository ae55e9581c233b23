/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The advisor by tables: what each minute of a corridor says and what is proposed then. */
#include <math.h>
#include <string.h>

#include "alert/rn-plan-advisor.h"
#include "base/rn-clock.h"
#include "model/rn-network-builder.h"

#define N 6 /* sections of 5 km on G2 towards falling chainage */
#define MINUTE_US (60 * RN_SECOND)
#define START_US (G_GINT64_CONSTANT (1790820000) * 1000000)

typedef struct {
  RnNetwork *network;
  RnPlanAdvisor *advisor;
  RnPlan *plan;
  RnFrame *frame;
  gint64 now_us;
  /* of the next minutes */
  double flow_vph[N], speed_kmh[N];
  int level; /* of an incident on the scope; 0 none */
  double queue_m;
  RnFeedState flow_feed, incident_feed;
  gboolean without_plans;
  int tier;
} Fixture;

static RnNetwork *
make_network (void)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("x", "1");
  const char *plaza_sections[] = { "s2", NULL };
  RnFacilityRow plaza = RN_FACILITY_ROW_INIT;

  for (int i = 0; i < N; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%d", i);
      RnPoint points[] = { { 120, 32 + 0.05 * i }, { 120, 32 + 0.05 * (i + 1) } };
      RnSectionRow row = RN_SECTION_ROW_INIT;

      row.id = id;
      row.road = "G2";
      row.direction = RN_DIRECTION_DESC;
      row.from_m = 1100000 - 5000 * i;
      row.to_m = 1100000 - 5000 * (i + 1);
      row.length_m = 5000;
      row.lanes = 2;
      row.free_speed_kmh = 100;
      row.capacity_vph = 4000;
      row.points = points;
      row.n_points = 2;
      g_assert_true (rn_network_builder_add_section (builder, &row, NULL));
    }
  plaza.id = "plaza";
  plaza.type = RN_FACILITY_TOLL_PLAZA;
  plaza.at = (RnPoint){ 120, 32 };
  plaza.sections = plaza_sections;
  g_assert_true (rn_network_builder_add_facility (builder, &plaza, NULL));
  return rn_network_builder_end (builder);
}

static RnFlow *
make_flow (Fixture *fixture)
{
  g_autoptr (RnFlowUpdate) update = rn_flow_update_new (N);

  update->observed_at_us = fixture->now_us;
  update->full = TRUE;
  update->n = update->n_rows = N;
  for (guint i = 0; i < N; i++)
    {
      update->section[i] = i;
      update->flow_vph[i] = (float) fixture->flow_vph[i];
      update->speed_kmh[i] = (float) fixture->speed_kmh[i];
    }
  return rn_flow_apply (NULL, update, N, FALSE);
}

static void
fill_feeds (Fixture *fixture, RnFeedStatus *feeds)
{
  for (guint k = 0; k < RN_N_FEEDS; k++)
    feeds[k] = (RnFeedStatus){ .source = (char *) "x", .adapter = (char *) "roadnet", .kind = k,
                               .state = RN_FEED_LIVE, .observed_at_us = fixture->now_us,
                               .poll_us = 30 * RN_SECOND, .rate = 1 };
  feeds[RN_FEED_FLOW].state = fixture->flow_feed;
  feeds[RN_FEED_INCIDENTS].state = fixture->incident_feed;
}

static RnFrame *
make_frame (Fixture *fixture)
{
  g_autoptr (RnFlow) flow = make_flow (fixture);
  g_autoptr (GPtrArray) incidents = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_incident_unref);
  g_autoptr (GPtrArray) states =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_facility_state_unref);
  g_autoptr (GPtrArray) plans = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_plan_unref);
  RnFacilityState *plaza = rn_facility_state_new ("x", "plaza", RN_FACILITY_TOLL_PLAZA);
  RnFeedStatus feeds[RN_N_FEEDS];
  const RnFeedStatus *pointers[RN_N_FEEDS];
  guint n_feeds = 0;
  RnFrameParts parts = { .network = fixture->network, .flow = flow, .now_us = fixture->now_us,
                         .poll_us = 30 * RN_SECOND, .incidents = incidents,
                         .facility_states = states, .plans = plans };

  if (fixture->level != 0)
    {
      RnIncident *incident = rn_incident_new ("x", "crash");

      incident->level = fixture->level;
      incident->section = 3;
      incident->status = RN_INCIDENT_CONFIRMED;
      g_ptr_array_add (incidents, incident);
    }
  plaza->facility = 0;
  plaza->queue_m = fixture->queue_m;
  plaza->entry = RN_ENTRY_METERED;
  plaza->observed_at_us = fixture->now_us;
  g_ptr_array_add (states, plaza);
  if (!fixture->without_plans)
    g_ptr_array_add (plans, rn_plan_ref (fixture->plan));
  fill_feeds (fixture, feeds);
  for (guint k = 0; k < RN_N_FEEDS; k++)
    if (k != RN_FEED_PLANS || !fixture->without_plans)
      pointers[n_feeds++] = &feeds[k];
  parts.flow_quality_cap = rn_feed_state_quality (fixture->flow_feed, FALSE);
  return rn_frame_build (fixture->network, &parts, 1, rn_state_table_default (), fixture->now_us,
                         fixture->frame, pointers, n_feeds);
}

static int
tier_of (const RnPlan *plan, gpointer data)
{
  return ((Fixture *) data)->tier;
}

static const RnPlanAdvice *
advice_of (Fixture *fixture)
{
  const GPtrArray *all = rn_plan_advisor_get (fixture->advisor);

  g_assert_cmpuint (all->len, ==, 1);
  return all->pdata[0];
}

static const RnPlanAdvice *
live_minutes (Fixture *fixture, guint minutes)
{
  for (guint i = 0; i < 2 * minutes; i++)
    {
      RnFrame *frame;

      fixture->now_us += 30 * RN_SECOND;
      frame = make_frame (fixture);
      g_clear_pointer (&fixture->frame, rn_frame_unref);
      fixture->frame = frame;
      rn_plan_advisor_step (fixture->advisor, frame, fixture->now_us, tier_of, fixture);
    }
  return advice_of (fixture);
}

static void
set_all (Fixture *fixture, double flow_vph, double speed_kmh)
{
  for (guint i = 0; i < N; i++)
    {
      fixture->flow_vph[i] = flow_vph;
      fixture->speed_kmh[i] = speed_kmh;
    }
}

static void
calm (Fixture *fixture)
{
  set_all (fixture, 1200, 95);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->network = make_network ();
  fixture->advisor = rn_plan_advisor_new (rn_plan_file_default ());
  fixture->plan = rn_plan_new ("x", "p");
  fixture->plan->sections = g_new0 (char *, N + 1);
  for (int i = 0; i < N; i++)
    fixture->plan->sections[i] = g_strdup_printf ("s%d", N - 1 - i); /* order is the network's */
  fixture->now_us = START_US;
  fixture->flow_feed = fixture->incident_feed = RN_FEED_LIVE;
  fixture->queue_m = 100;
  calm (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rn_plan_advisor_free (fixture->advisor);
  rn_plan_unref (fixture->plan);
  rn_frame_unref (fixture->frame);
  rn_network_unref (fixture->network);
}

/* ---- the default table --------------------------------------------------------------------- */

typedef struct {
  const char *name;
  int tier; /* in force */
  double flow_vph, speed_kmh; /* of `n_slow` sections; the rest is calm */
  guint n_slow;
  double queue_m;
  int level;
  guint minutes; /* not yet after one less */
  RnPlanMove move;
  int to;
} Row;

static const Row rows[] = {
  { "calm", 0, 1200, 95, N, 100, 0, 40, RN_PLAN_HOLD, 0 },
  { "IV by saturation", 0, 3100, 80, 2, 100, 0, 11, RN_PLAN_RAISE, 4 },
  { "IV by ratio", 0, 1500, 55, 1, 100, 0, 11, RN_PLAN_RAISE, 4 },
  { "saturated a little less", 0, 2900, 80, 2, 100, 0, 40, RN_PLAN_HOLD, 0 },
  { "III", 4, 2000, 40, 1, 100, 0, 11, RN_PLAN_RAISE, 3 },
  { "III needs slow km", 4, 3700, 80, 2, 100, 0, 40, RN_PLAN_HOLD, 4 },
  { "II by ratio", 3, 1500, 20, 1, 100, 0, 16, RN_PLAN_RAISE, 2 },
  { "II by plaza queue", 3, 1200, 95, N, 500, 0, 16, RN_PLAN_RAISE, 2 },
  { "I by severe km", 2, 1500, 20, 3, 100, 0, 1, RN_PLAN_RAISE, 1 },
  { "I by severe for an hour", 2, 1500, 20, 1, 100, 0, 61, RN_PLAN_RAISE, 1 },
  { "I by incident", 2, 1200, 95, N, 100, 2, 1, RN_PLAN_RAISE, 1 },
  { "straight to I", 0, 1200, 95, N, 100, 1, 1, RN_PLAN_RAISE, 1 },
  { "incident of level III", 0, 1200, 95, N, 100, 3, 40, RN_PLAN_HOLD, 0 },
  { "one tier at a time", 0, 1500, 20, 1, 100, 0, 11, RN_PLAN_RAISE, 4 },
  { "what asks for I asks for IV", 0, 1500, 20, 2, 100, 0, 1, RN_PLAN_RAISE, 4 },
  { "down from IV", 4, 1200, 95, N, 100, 0, 16, RN_PLAN_LOWER, 0 },
  { "between the limits of IV", 4, 2900, 95, N, 100, 0, 40, RN_PLAN_HOLD, 4 },
  { "down from III", 3, 1200, 95, N, 100, 0, 21, RN_PLAN_LOWER, 4 },
  { "down from II", 2, 1200, 95, N, 100, 0, 21, RN_PLAN_LOWER, 3 },
  { "II while a plaza is full", 2, 1200, 95, N, 600, 0, 40, RN_PLAN_HOLD, 2 },
  { "down from I", 1, 1200, 95, N, 100, 0, 31, RN_PLAN_LOWER, 2 },
  { "I with its incident", 1, 1200, 95, N, 100, 2, 60, RN_PLAN_HOLD, 1 },
};

static void
test_table (Fixture *fixture, gconstpointer data)
{
  const Row *row = data;
  const RnPlanAdvice *advice;

  fixture->tier = row->tier;
  fixture->queue_m = row->queue_m;
  fixture->level = row->level;
  for (guint i = 0; i < row->n_slow; i++)
    {
      fixture->flow_vph[i] = row->flow_vph;
      fixture->speed_kmh[i] = row->speed_kmh;
    }
  if (row->minutes > 1 && row->move != RN_PLAN_HOLD)
    {
      advice = live_minutes (fixture, row->minutes - 1);
      g_assert_cmpint (advice->move, ==, RN_PLAN_HOLD);
      advice = live_minutes (fixture, 1);
    }
  else
    advice = live_minutes (fixture, row->minutes);
  g_assert_cmpint (advice->move, ==, row->move);
  g_assert_cmpint (advice->to, ==, row->to);
  g_assert_cmpint (advice->since_us != 0, ==, row->move != RN_PLAN_HOLD);
  g_assert_true (row->move == RN_PLAN_HOLD || rn_plan_advice_allows (advice, advice->to));
  g_assert_false (advice->lost);
}

/* ---- what is missing ----------------------------------------------------------------------- */

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  const RnPlanAdvice *advice;

  fixture->tier = 4;
  fixture->speed_kmh[0] = 40;
  advice = live_minutes (fixture, 6);
  g_assert_cmpint (advice->enter[3].truth, ==, RN_PLAN_YES);
  g_assert_false (advice->enter[3].met);
  g_assert_cmpint (advice->enter[3].held_us, ==, 330 * RN_SECOND);
  g_assert_cmpint (advice->enter[3].for_us, ==, 600 * RN_SECOND);
  g_assert_cmpuint (advice->enter[3].n, ==, 3);
  g_assert_cmpuint (advice->enter[3].n_yes, ==, 2);
  calm (fixture);
  advice = live_minutes (fixture, 1);
  g_assert_cmpint (advice->enter[3].held_us, ==, 0);
}

/* ---- data that does not come --------------------------------------------------------------- */

static void
test_lost_moves_nothing (Fixture *fixture, gconstpointer data)
{
  const RnPlanAdvice *advice;

  fixture->tier = 2;
  live_minutes (fixture, 19); /* two minutes before it would be lowered */
  fixture->flow_feed = RN_FEED_LOST;
  advice = live_minutes (fixture, 30);
  g_assert_cmpint (advice->move, ==, RN_PLAN_HOLD);
  g_assert_true (advice->lost);
  g_assert_true (isnan (advice->readings.value[RN_METRIC_SLOW_KM]));
  fixture->flow_feed = RN_FEED_LIVE;
  advice = live_minutes (fixture, 20); /* begins anew */
  g_assert_cmpint (advice->move, ==, RN_PLAN_HOLD);
  g_assert_false (advice->lost);
  advice = live_minutes (fixture, 1);
  g_assert_cmpint (advice->move, ==, RN_PLAN_LOWER);
}

/* A poll that is late, but within three, does not cost the minutes before. */
static void
test_short_gap (Fixture *fixture, gconstpointer data)
{
  const RnPlanAdvice *advice;

  fixture->speed_kmh[0] = 55;
  live_minutes (fixture, 5);
  fixture->flow_feed = RN_FEED_STALE;
  advice = live_minutes (fixture, 1);
  g_assert_cmpint (advice->enter[4].truth, ==, RN_PLAN_UNKNOWN);
  fixture->flow_feed = RN_FEED_LIVE;
  advice = live_minutes (fixture, 5);
  g_assert_cmpint (advice->move, ==, RN_PLAN_RAISE);
}

static void
test_long_gap (Fixture *fixture, gconstpointer data)
{
  fixture->speed_kmh[0] = 55;
  live_minutes (fixture, 8);
  fixture->now_us += 5 * MINUTE_US; /* no sample at all */
  g_assert_cmpint (live_minutes (fixture, 9)->move, ==, RN_PLAN_HOLD);
  g_assert_cmpint (live_minutes (fixture, 2)->move, ==, RN_PLAN_RAISE);
}

/* The same frame again, on the tick, is no sample. */
static void
test_tick (Fixture *fixture, gconstpointer data)
{
  fixture->speed_kmh[0] = 55;
  live_minutes (fixture, 2);
  for (guint i = 0; i < 3600; i++)
    rn_plan_advisor_step (fixture->advisor, fixture->frame, fixture->now_us + i * RN_SECOND, tier_of,
                          fixture);
  g_assert_cmpint (advice_of (fixture)->move, ==, RN_PLAN_HOLD);
}

static void
test_half_unknown (Fixture *fixture, gconstpointer data)
{
  const RnPlanAdvice *advice;

  fixture->speed_kmh[0] = 20;
  fixture->speed_kmh[1] = fixture->speed_kmh[2] = NAN; /* 4 of 6 known: below four fifths */
  advice = live_minutes (fixture, 30);
  g_assert_cmpint (advice->move, ==, RN_PLAN_HOLD);
  g_assert_true (advice->lost);
  fixture->speed_kmh[1] = 95; /* 5 of 6 */
  advice = live_minutes (fixture, 11);
  g_assert_cmpint (advice->move, ==, RN_PLAN_RAISE);
}

/* An incident decides by itself while the flow is lost; lost incidents say nothing. */
static void
test_incident_alone (Fixture *fixture, gconstpointer data)
{
  fixture->tier = 3;
  fixture->level = 2;
  fixture->flow_feed = RN_FEED_LOST;
  fixture->incident_feed = RN_FEED_LOST;
  g_assert_cmpint (live_minutes (fixture, 5)->move, ==, RN_PLAN_HOLD);
  fixture->incident_feed = RN_FEED_LIVE;
  g_assert_cmpint (live_minutes (fixture, 1)->to, ==, 1);
  g_assert_true (advice_of (fixture)->straight);
}

/* Nobody counts vehicles here: saturation is left out, speed decides. */
static void
test_not_measured (Fixture *fixture, gconstpointer data)
{
  const RnPlanAdvice *advice;

  fixture->tier = 4;
  set_all (fixture, NAN, 95);
  advice = live_minutes (fixture, 16);
  g_assert_cmpint (advice->move, ==, RN_PLAN_LOWER);
  g_assert_cmpuint (advice->leave[4].n, ==, 1);
}

/* ---- what is measured ---------------------------------------------------------------------- */

/* A hold-up of one short section is not the corridor's: a stretch of 5 km counts. */
static void
test_measure (Fixture *fixture, gconstpointer data)
{
  const RnPlanReadings *readings;
  g_autofree char *extent = NULL;
  const RnPlanAdvice *advice;

  fixture->speed_kmh[1] = 20;
  fixture->speed_kmh[2] = 40;
  fixture->flow_vph[4] = 3600;
  advice = live_minutes (fixture, 1);
  readings = &advice->readings;
  g_assert_cmpfloat_with_epsilon (readings->value[RN_METRIC_SPEED_RATIO], 0.20, 1e-6);
  g_assert_cmpfloat_with_epsilon (readings->value[RN_METRIC_SATURATION], 0.90, 1e-6);
  g_assert_cmpfloat_with_epsilon (readings->value[RN_METRIC_SLOW_KM], 10, 1e-6);
  g_assert_cmpfloat_with_epsilon (readings->value[RN_METRIC_SEVERE_KM], 5, 1e-6);
  g_assert_cmpfloat (readings->value[RN_METRIC_INCIDENT_LEVEL], ==, RN_PLAN_NO_INCIDENT);
  g_assert_cmpfloat (readings->value[RN_METRIC_PLAZA_QUEUE_M], ==, 100);
  g_assert_cmpuint (readings->n_plazas, ==, 1);
  g_assert_cmpuint (readings->n_metered, ==, 1);
  g_assert_cmpuint (readings->worst_section, ==, 1);
  extent = rn_plan_scope_dup_extent (advice->scope);
  g_assert_cmpstr (extent, ==, "G2 K1100–K1070");
}

static void
test_window (Fixture *fixture, gconstpointer data)
{
  const char *json = "{\"window_km\": 10}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr (RnPlanFile) file = rn_plan_file_parse (bytes, "own", NULL);

  rn_plan_advisor_set_file (fixture->advisor, file);
  fixture->speed_kmh[1] = 20;
  live_minutes (fixture, 1);
  /* 5 km at 20 and 5 km at 95: 0.303 h where 0.1 h would do */
  g_assert_cmpfloat_with_epsilon (
      advice_of (fixture)->readings.value[RN_METRIC_SPEED_RATIO],
      (10.0 / 100) / (5.0 / 20 + 5.0 / 95), 1e-6);
}

static void
test_night (Fixture *fixture, gconstpointer data)
{
  set_all (fixture, 40, 40); /* one lorry */
  g_assert_cmpint (live_minutes (fixture, 20)->move, ==, RN_PLAN_HOLD);
}

/* ---- measures, plans ----------------------------------------------------------------------- */

static void
test_lift (Fixture *fixture, gconstpointer data)
{
  const RnPlanAdvice *advice;
  gint64 since_us;

  fixture->tier = 2;
  live_minutes (fixture, 21);
  since_us = fixture->now_us;
  advice = live_minutes (fixture, 22);
  g_assert_cmpint (rn_plan_advice_lift_us (advice, 2), <=, since_us);
  g_assert_cmpint (rn_plan_advice_lift_us (advice, 2), >, since_us - 2 * MINUTE_US);
  g_assert_cmpint (rn_plan_advice_lift_us (advice, 1), !=, 0);
  set_all (fixture, 2000, 30);
  advice = live_minutes (fixture, 1);
  g_assert_cmpint (rn_plan_advice_lift_us (advice, 2), ==, 0);
}

static void
test_moves (Fixture *fixture, gconstpointer data)
{
  const RnPlanAdvice *advice;

  fixture->tier = 3;
  advice = live_minutes (fixture, 1);
  g_assert_true (rn_plan_advice_allows (advice, 2));
  g_assert_true (rn_plan_advice_allows (advice, 4));
  g_assert_false (rn_plan_advice_allows (advice, 3));
  g_assert_false (rn_plan_advice_allows (advice, 1));
  g_assert_false (rn_plan_advice_allows (advice, 0));
  fixture->level = 2;
  advice = live_minutes (fixture, 1);
  g_assert_true (rn_plan_advice_allows (advice, 1));
}

/* Criteria that cannot be read are named, and the default ones hold. */
static void
test_refused_criteria (Fixture *fixture, gconstpointer data)
{
  const RnPlanAdvice *advice;

  fixture->plan->criteria_json = g_strdup ("{\"IV\": {\"enter\": {\"metric\": \"luck\"}}}");
  fixture->speed_kmh[0] = 55;
  advice = live_minutes (fixture, 11);
  g_assert_nonnull (strstr (advice->refusal, "IV.enter.metric"));
  g_assert_cmpint (advice->move, ==, RN_PLAN_RAISE);
}

/* Where nobody serves plans, those of the file that lie on the network count. */
static void
test_file_plans (Fixture *fixture, gconstpointer data)
{
  fixture->without_plans = TRUE;
  live_minutes (fixture, 1);
  g_assert_cmpstr (advice_of (fixture)->plan->id, ==, "jiangyin");
  g_assert_false (advice_of (fixture)->served);
  g_assert_cmpuint (advice_of (fixture)->scope->n_sections, ==, N);
  fixture->without_plans = FALSE;
  live_minutes (fixture, 1);
  g_assert_cmpstr (advice_of (fixture)->plan->id, ==, "p");
  g_assert_true (advice_of (fixture)->served);
}

static void
test_evidence (Fixture *fixture, gconstpointer data)
{
  const RnPlanAdvice *advice;
  g_autofree char *evidence = NULL;

  fixture->level = 2;
  advice = live_minutes (fixture, 2);
  evidence = rn_plan_advice_dup_evidence (advice, advice->move, advice->evidence);
  g_assert_nonnull (strstr (evidence, "\"incident\":\"x/crash\""));
  g_assert_nonnull (strstr (evidence, "incident_level"));
  g_assert_cmpuint (advice->trend->len, ==, 2);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "progress", test_progress },       { "lost", test_lost_moves_nothing },
    { "short-gap", test_short_gap },     { "long-gap", test_long_gap },
    { "tick", test_tick },               { "half-unknown", test_half_unknown },
    { "incident", test_incident_alone }, { "not-measured", test_not_measured },
    { "measure", test_measure },         { "window", test_window },
    { "night", test_night },             { "lift", test_lift },
    { "moves", test_moves },             { "refused", test_refused_criteria },
    { "file-plans", test_file_plans },   { "evidence", test_evidence },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plan-advisor/table/%s", rows[i].name);

      g_test_add (path, Fixture, &rows[i], set_up, test_table, tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plan-advisor/%s", tests[i].name);

      g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
    }
  return g_test_run ();
}
