/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the detector watches and what becomes of it: scopes, a section's own limits, schedules,
 * things that are not sections, feeds, what goes and what comes back. */
#include "detector-help.h"

typedef struct {
  HelpWorld world;
  RnDetector *detector;
  GArray *findings;
} Seat;

static Seat
seat_new (RnRule *rule)
{
  Seat seat = { .detector = help_detector (rule),
                .findings = g_array_new (FALSE, FALSE, sizeof (RnFinding)) };

  help_world_init (&seat.world, fixture_road ("t", 4));
  return seat;
}

static void
seat_clear (Seat *self)
{
  rn_detector_free (self->detector);
  g_array_unref (self->findings);
  help_world_clear (&self->world);
}

/* "t/a0=A3 t/a1=N" of the step. */
static char *
tick (Seat *self)
{
  GString *out = g_string_new (NULL);

  g_array_set_size (self->findings, 0);
  rn_detector_step (self->detector, self->world.frame, self->world.now_us, self->findings);
  for (guint i = 0; i < self->findings->len; i++)
    {
      const RnFinding *finding = &g_array_index (self->findings, RnFinding, i);

      g_string_append_printf (out, "%s%s=", out->len > 0 ? " " : "", finding->key);
      help_say (out, finding);
    }
  return g_string_free (out, FALSE);
}

#define expect_tick(seat, text)                                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found_ = tick (seat);                                                         \
                                                                                                   \
    g_assert_cmpstr (found_, ==, text);                                                            \
  }                                                                                                \
  G_STMT_END

#define expect(seat, text)                                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    help_world_next (&(seat)->world, 60);                                                          \
    expect_tick (seat, text);                                                                      \
  }                                                                                                \
  G_STMT_END

static RnRule *
quick (const char *id)
{
  RnRule *rule = help_rule (id, RN_METRIC_SPEED_RATIO);

  help_tier (rule, 3, 0.45, 0.55, 0, 0);
  return rule;
}

static RnRule *
of_metric (RnMetric metric, double enter, double exit)
{
  RnRule *rule = help_rule ("rule", metric);

  help_tier (rule, 3, enter, exit, 0, 0);
  return rule;
}

static GStrv
words (const char *text)
{
  return g_strsplit (text, " ", -1);
}

/* ---- scope --------------------------------------------------------------------------------- */

static void
set_direction (RnRuleScope *scope)
{
  scope->directions = words ("desc");
}

static void
set_sections (RnRuleScope *scope)
{
  scope->sections = words ("a1 t/d2");
}

static void
set_road (RnRuleScope *scope)
{
  scope->roads = words ("g1");
}

static void
set_other_road (RnRuleScope *scope)
{
  scope->roads = words ("G2");
}

static void
set_class (RnRuleScope *scope)
{
  scope->classes = 1u << RN_CLASS_RAMP;
}

static void
test_scope (void)
{
  static const struct {
    void (*set) (RnRuleScope *scope);
    const char *expected;
  } scopes[] = {
    { set_direction, "t/d0=A3 t/d1=A3 t/d2=A3 t/d3=A3" },
    { set_sections, "t/a1=A3 t/d2=A3" },
    { set_road, "t/a0=A3 t/a1=A3 t/a2=A3 t/a3=A3 t/d0=A3 t/d1=A3 t/d2=A3 t/d3=A3" },
    { set_other_road, "" },
    { set_class, "" },
  };

  for (guint c = 0; c < G_N_ELEMENTS (scopes); c++)
    {
      RnRule *rule = quick ("jam");
      guint by_tier[RN_N_TIERS];
      Seat seat;

      scopes[c].set (&rule->scope);
      seat = seat_new (rn_rule_ref (rule));
      for (guint i = 0; i < HELP_MAX; i++)
        seat.world.speed[i] = 20;
      expect (&seat, scopes[c].expected);
      rn_rule_try (rule, seat.world.frame, by_tier, NULL, 0);
      g_assert_cmpuint (by_tier[3], ==, by_tier[0]); /* whoever is in scope crawls */
      g_assert_cmpuint (by_tier[0], ==, seat.findings->len);
      seat_clear (&seat);
      rn_rule_unref (rule);
    }
}

/* ---- own limits ---------------------------------------------------------------------------- */

static RnNetwork *
network_with_limits (const char *const *limits)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("t", "1");

  for (guint i = 0; limits[i] != NULL; i++)
    {
      g_autofree char *id = g_strdup_printf ("a%u", i);
      RnPoint line[] = { { 119 + 0.1 * i, 32 }, { 119.05 + 0.1 * i, 32 } };
      RnSectionRow row = RN_SECTION_ROW_INIT;

      row.id = id;
      row.road = "G1";
      row.lanes = 3;
      row.free_speed_kmh = 120;
      row.points = line;
      row.n_points = 2;
      row.thresholds = *limits[i] != '\0' ? limits[i] : NULL;
      g_assert_true (rn_network_builder_add_section (builder, &row, NULL));
    }
  return rn_network_builder_end (builder);
}

static void
test_own_limits (void)
{
  static const char *const limits[] = { "",
                                        "{\"jam\": {\"III\": {\"enter\": 0.6, \"exit\": 0.7}}}",
                                        "{\"jam\": {\"III\": {\"enter\": 0.3, \"exit\": 0.4}}}",
                                        "{\"jam\": {\"III\": {\"enter\": 0.6, \"exit\": 0.5}}}",
                                        "{\"jam\": {\"I\": {\"enter\": 0.2}}}",
                                        "{\"jam\": 3}",
                                        "{\"other\": {\"III\": {\"enter\": 0.9}}}",
                                        NULL };
  Seat seat = seat_new (quick ("jam"));
  const RnThresholdFaults *faults;
  guint by_tier[RN_N_TIERS];

  rn_network_unref (seat.world.network);
  seat.world.network = network_with_limits (limits);
  for (guint i = 0; i < 7; i++)
    seat.world.speed[i] = 0.5 * 120;
  expect (&seat, "t/a1=A3");
  for (guint i = 0; i < 7; i++)
    seat.world.speed[i] = 0.35 * 120;
  expect (&seat, "t/a0=A3 t/a3=A3 t/a4=A3 t/a5=A3 t/a6=A3");
  for (guint i = 0; i < 7; i++)
    seat.world.speed[i] = 0.1 * 120;
  expect (&seat, "t/a2=A3 t/a4=A1");
  rn_rule_try (rn_detector_get_rules (seat.detector)->rules[0], seat.world.frame, by_tier, NULL, 0);
  g_assert_cmpuint (by_tier[1], ==, 1);
  g_assert_cmpuint (by_tier[3], ==, 6);
  faults = rn_detector_get_threshold_faults (seat.detector);
  g_assert_cmpuint (faults->n, ==, 3);
  g_assert_cmpuint (faults->n_kept, ==, 3);
  g_assert_cmpstr (faults->faults[0].section, ==, "t/a3");
  g_assert_true (g_str_has_prefix (faults->faults[0].what, "jam.III.exit: "));
  g_assert_cmpstr (faults->faults[1].section, ==, "t/a5");
  g_assert_cmpstr (faults->faults[2].section, ==, "t/a6"); /* there is no rule "other" */
  g_assert_cmpstr (faults->faults[2].what, ==, "other: there is no such rule");
  seat_clear (&seat);
}

/* What cannot be used is told for the rules in force, and told anew with others. */
static void
test_faults (void)
{
  static const char *const limits[] = { "{\"jam\": {\"V\": {\"enter\": 0.6}}}",
                                        "{\"jem\": {\"III\": {\"enter\": 0.6}}}",
                                        "{\"fog\": {\"III\": {\"enter\": 100}}}",
                                        "{\"jam\": {\"III\": {\"exit\": 0.6}}}",
                                        "not JSON",
                                        NULL };
  static const char *const what[] = { "jam.V: there is no such tier", "jam.III.enter: is missing",
                                      "jem: there is no such rule (did you mean jam?)",
                                      "fog: this rule is not about sections", "" };
  RnRule *rules[] = { quick ("jam"), of_metric (RN_METRIC_VISIBILITY_M, 100, 200) };
  g_autoptr (RnNetwork) network = network_with_limits (limits);
  g_autoptr (RnRuleSet) set = NULL, none = rn_rule_set_new (NULL, 0);
  g_autoptr (RnThresholdFaults) faults = NULL;
  Seat seat;
  g_autoptr (RnThresholdFaults) before = NULL;

  g_free (rules[1]->id);
  rules[1]->id = g_strdup ("fog");
  set = rn_rule_set_new (rules, 2);
  faults = rn_threshold_faults_find (set, network);
  g_assert_cmpuint (faults->n, ==, G_N_ELEMENTS (what));
  for (guint i = 0; i < G_N_ELEMENTS (what); i++)
    {
      g_autofree char *begin = g_strndup (faults->faults[i].what, strlen (what[i]));

      g_assert_cmpstr (begin, ==, what[i]);
    }
  rules[0]->enabled = FALSE; /* nobody reads them, but there is such a rule */
  rn_threshold_faults_unref (faults);
  faults = rn_threshold_faults_find (set, network);
  g_assert_cmpuint (faults->n, ==, 3);
  rn_rule_unref (rules[0]);
  rn_rule_unref (rules[1]);

  seat = seat_new (quick ("jam"));
  rn_network_unref (seat.world.network);
  seat.world.network = rn_network_ref (network);
  before = rn_threshold_faults_ref (rn_detector_get_threshold_faults (seat.detector));
  g_assert_cmpuint (before->n, ==, 0);
  expect (&seat, "");
  g_assert_true (rn_detector_get_threshold_faults (seat.detector) != before);
  rn_threshold_faults_unref (before);
  before = rn_threshold_faults_ref (rn_detector_get_threshold_faults (seat.detector));
  g_assert_cmpuint (before->n, ==, 5);
  expect (&seat, "");
  g_assert_true (rn_detector_get_threshold_faults (seat.detector) == before);
  rn_detector_set_rules (seat.detector, none);
  g_assert_cmpuint (rn_detector_get_threshold_faults (seat.detector)->n, ==, 5); /* no such rules */
  seat_clear (&seat);
}

/* However many there are, so many are kept; all are counted. */
static void
test_many_faults (void)
{
  g_autoptr (RnThresholdFaults) faults = rn_threshold_faults_new ();

  for (guint i = 0; i < RN_THRESHOLD_FAULTS_MAX + 7; i++)
    rn_threshold_faults_add (faults, "t/a", "jam");
  g_assert_cmpuint (faults->n, ==, RN_THRESHOLD_FAULTS_MAX + 7);
  g_assert_cmpuint (faults->n_kept, ==, RN_THRESHOLD_FAULTS_MAX);
  g_assert_cmpstr (faults->faults[faults->n_kept - 1].section, ==, "t/a");
}

/* ---- schedules ----------------------------------------------------------------------------- */

static void
test_schedule (void)
{
  RnRule *rule = quick ("jam");
  int minute = T0 / S / 60 % 1440;
  Seat seat;

  rule->n_hours = 1;
  rule->hours = g_new0 (RnRuleHours, 1);
  rule->hours[0] = (RnRuleHours){ 0, minute + 2, minute + 4 };
  seat = seat_new (rule);
  seat.world.speed[0] = 20;
  expect (&seat, "");
  expect (&seat, "t/a0=A3");
  expect (&seat, "");
  expect (&seat, "t/a0=G"); /* out of hours nothing asks for anything; it is not over, though */
  expect (&seat, "");
  seat_clear (&seat);
}

/* ---- guards -------------------------------------------------------------------------------- */

static void
test_guard (void)
{
  RnRule *rule = quick ("jam");
  Seat seat;

  help_guard (rule, RN_METRIC_FLOW_VPH_LANE, 60, NAN);
  help_guard (rule, RN_METRIC_OCCUPANCY_PCT, NAN, 90);
  seat = seat_new (rule);
  seat.world.speed[0] = 20;
  seat.world.flow[0] = 180; /* 60 a lane is not above 60 */
  expect (&seat, "");
  seat.world.flow[0] = 183;
  expect (&seat, "t/a0=A3");
  seat.world.flow[0] = 0; /* for entry only */
  expect (&seat, "");
  seat.world.speed[1] = 20;
  seat.world.flow[1] = NAN; /* unknown */
  expect (&seat, "t/a1=A3");
  seat.world.speed[5] = 5;
  seat.world.flow[5] = 0; /* nobody drives there at night */
  expect (&seat, "");
  seat.world.occupancy[5] = 95; /* but now they stand */
  expect (&seat, "t/d1=A3");
  seat_clear (&seat);
}

/* ---- coming and going ---------------------------------------------------------------------- */

static void
set_rules (Seat *self, RnRule *a, RnRule *b)
{
  RnRule *rules[] = { a, b };
  g_autoptr (RnRuleSet) set = rn_rule_set_new (rules, b != NULL ? 2 : a != NULL ? 1 : 0);

  rn_detector_set_rules (self->detector, set);
  g_clear_pointer (&a, rn_rule_unref);
  g_clear_pointer (&b, rn_rule_unref);
}

static void
test_rules_change (void)
{
  Seat seat = seat_new (quick ("jam"));
  RnRule *rule;

  seat.world.speed[0] = 20;
  seat.world.speed[1] = 60;
  expect (&seat, "t/a0=A3");
  /* the same id with wider limits: what runs goes on, judged anew at the next sample */
  rule = quick ("jam");
  rule->tiers[3].enter = 0.6;
  rule->tiers[3].exit = 0.7;
  set_rules (&seat, rule, NULL);
  expect_tick (&seat, "");
  expect (&seat, "t/a1=A3");
  /* other tiers: the one that was latched is none any more */
  rule = quick ("jam");
  rule->tiers[2] = rule->tiers[3];
  rule->tiers[3].on = FALSE;
  set_rules (&seat, rule, NULL);
  expect (&seat, "t/a0=A2 t/a1=N");
  /* out of scope */
  rule = quick ("jam");
  rule->scope.sections = words ("a3");
  set_rules (&seat, rule, NULL);
  expect_tick (&seat, "t/a0=G");
  /* gone, disabled, over other things */
  set_rules (&seat, quick ("jam"), quick ("more"));
  expect (&seat, "t/a0=A3 t/a0=A3");
  rule = quick ("more");
  rule->enabled = FALSE;
  set_rules (&seat, of_metric (RN_METRIC_VISIBILITY_M, 100, 200), rule);
  expect_tick (&seat, "t/a0=G t/a0=G");
  g_assert_cmpstr (g_array_index (seat.findings, RnFinding, 0).rule->id, ==, "jam");
  g_assert_cmpstr (g_array_index (seat.findings, RnFinding, 1).rule->id, ==, "more");
  expect_tick (&seat, "");
  seat_clear (&seat);
}

static void
test_network_change (void)
{
  Seat seat = seat_new (quick ("jam"));

  seat.world.speed[0] = seat.world.speed[3] = 20;
  expect (&seat, "t/a0=A3 t/a3=A3");
  /* two sections a direction are left: a0, a1, d0, d1 */
  rn_network_unref (seat.world.network);
  seat.world.network = fixture_road ("t", 2);
  seat.world.speed[3] = 110;
  expect (&seat, "t/a3=G");
  seat.world.speed[0] = 110;
  expect (&seat, "t/a0=N");
  /* no network for a while: held, as its source is there */
  seat.world.speed[1] = 20;
  expect (&seat, "t/a1=A3");
  rn_network_unref (seat.world.network);
  seat.world.network = rn_network_new_empty ();
  expect (&seat, "t/a1=A3:m");
  rn_network_unref (seat.world.network);
  seat.world.network = fixture_road ("t", 4);
  expect (&seat, "t/a1=A3");
  /* the source goes */
  rn_network_unref (seat.world.network);
  seat.world.network = fixture_road ("u", 4);
  seat.world.no_feeds = TRUE;
  seat.world.speed[1] = 110;
  expect (&seat, "t/a1=G");
  seat_clear (&seat);
}

static void
restore (Seat *self, const char *rule, RnSubjectKind kind, const char *key, RnCondition condition,
         int tier)
{
  g_autoptr (RnSubject) subject = rn_subject_new (kind, key);

  rn_detector_restore (self->detector, rule, subject, condition, tier, T0);
}

static void
test_restore (void)
{
  Seat seat = seat_new (quick ("jam"));
  RnNetwork *network = g_steal_pointer (&seat.world.network);

  restore (&seat, "jam", RN_SUBJECT_SECTION, "t/a0", RN_CONDITION_ACTIVE, 3);
  restore (&seat, "jam", RN_SUBJECT_SECTION, "t/a1", RN_CONDITION_RECOVERING, 3);
  restore (&seat, "jam", RN_SUBJECT_SECTION, "t/a9", RN_CONDITION_ACTIVE, 3);
  restore (&seat, "jam", RN_SUBJECT_SECTION, "u/x", RN_CONDITION_ACTIVE, 3);
  restore (&seat, "old", RN_SUBJECT_WORK, "t/w", RN_CONDITION_ACTIVE, 2);
  seat.world.network = rn_network_new_empty ();
  /* nothing has come yet: all is held and told as missing; the rule is no more */
  expect (&seat, "t/w=G t/a0=A3:m t/a1=R3:m t/a9=A3:m u/x=A3:m");
  g_assert_cmpstr (g_array_index (seat.findings, RnFinding, 0).rule->id, ==, "old");
  rn_network_unref (seat.world.network);
  seat.world.network = network;
  seat.world.speed[0] = 20;
  /* u is none of the sources, even after a minute */
  expect (&seat, "t/a9=G t/a0=A3 t/a1=N");
  expect (&seat, "u/x=G");
  seat.world.speed[0] = 110;
  expect (&seat, "t/a0=N");
  seat_clear (&seat);
}

static void
test_restore_milder (void)
{
  RnRule *rule = quick ("jam");
  Seat seat;

  help_tier (rule, 2, 0.25, 0.35, 0, 0);
  seat = seat_new (rule);
  restore (&seat, "jam", RN_SUBJECT_SECTION, "t/a0", RN_CONDITION_ACTIVE, 2);
  seat.world.speed[0] = 0.4 * 120; /* III was in, too: it does not begin anew */
  expect (&seat, "t/a0=A3");
  seat_clear (&seat);
}

/* ---- other things -------------------------------------------------------------------------- */

static void
test_incidents (void)
{
  RnRule *rule = of_metric (RN_METRIC_INCIDENT_LEVEL, 3, 3);
  RnIncident *incident = rn_incident_new ("t", "i1"), *other = rn_incident_new ("t", "i2");
  Seat seat = seat_new (rule);

  incident->level = 3;
  other->level = 4;
  g_ptr_array_add (seat.world.incidents, incident);
  g_ptr_array_add (seat.world.incidents, other);
  expect (&seat, "t/i1=A3");
  expect (&seat, "");
  incident->status = RN_INCIDENT_CLOSED;
  expect (&seat, "t/i1=N");
  incident->status = RN_INCIDENT_CONFIRMED;
  incident->level = 1;
  expect (&seat, "t/i1=A3");
  g_ptr_array_remove_index (seat.world.incidents, 0); /* over: not gone */
  expect (&seat, "t/i1=N");
  seat_clear (&seat);
}

static void
test_restored_incident_waits (void)
{
  Seat seat = seat_new (of_metric (RN_METRIC_INCIDENT_LEVEL, 3, 3));
  gint64 at_us;

  restore (&seat, "rule", RN_SUBJECT_INCIDENT, "t/i1", RN_CONDITION_ACTIVE, 3);
  help_world_next (&seat.world, 60);
  at_us = seat.world.at_us;
  for (guint i = 0; i < seat.world.frame->n_feeds; i++) /* no answer yet */
    ((RnFeedStatus *) seat.world.frame->feeds[i])->observed_at_us = 0;
  expect_tick (&seat, "t/i1=A3:m");
  g_assert_true (at_us == seat.world.at_us);
  expect (&seat, "t/i1=N"); /* it has answered, without it */
  seat_clear (&seat);
}

static void
test_stations (void)
{
  RnRule *rule = help_rule ("rule", RN_METRIC_SURFACE);
  RnStation *station = rn_station_new ("t", "s");
  Seat seat;

  rule->tiers[2] =
      (RnRuleTier){ .on = TRUE, .enter = NAN, .exit = NAN, .set = 1u << RN_SURFACE_ICE,
                    .for_us = 60 * S };
  rule->tiers[3] =
      (RnRuleTier){ .on = TRUE, .enter = NAN, .exit = NAN, .set = 1u << RN_SURFACE_SNOW };
  seat = seat_new (rule);
  g_ptr_array_add (seat.world.stations, station);
  station->surface = RN_SURFACE_WET;
  expect (&seat, "");
  station->surface = RN_SURFACE_ICE;
  expect (&seat, "");
  expect_tick (&seat, ""); /* the same answer is no sample */
  expect (&seat, "t/s=A2");
  station->surface = RN_SURFACE_UNKNOWN;
  expect (&seat, "t/s=A2:m");
  station->surface = RN_SURFACE_SNOW;
  expect (&seat, "t/s=A3");
  seat.world.state = RN_FEED_FROZEN;
  station->surface = RN_SURFACE_DRY;
  expect (&seat, "t/s=A3:f");
  seat.world.state = RN_FEED_LIVE;
  expect (&seat, "t/s=N");
  seat_clear (&seat);
}

static void
test_kpis (void)
{
  RnRule *rule = of_metric (RN_METRIC_KPI, 80, 90); /* low is bad, as the limits say */
  RnKpi *kpi = rn_kpi_new ("t", "answered"), *other = rn_kpi_new ("t", "other");
  Seat seat;

  rule->select = g_strdup ("answered");
  seat = seat_new (rule);
  kpi->value = 85;
  other->value = 10;
  g_ptr_array_add (seat.world.kpis, kpi);
  g_ptr_array_add (seat.world.kpis, other);
  expect (&seat, "");
  kpi->value = 80;
  expect (&seat, "t/answered=A3");
  kpi->value = 91;
  expect (&seat, "t/answered=N");
  seat_clear (&seat);
}

static void
test_works (void)
{
  RnWork *work = rn_work_new ("t", "w");
  RnRule *rule = of_metric (RN_METRIC_WORK_OVERRUN_S, 120, 60);
  Seat seat;

  rule->scope.roads = words ("G1");
  seat = seat_new (rule);
  work->plan_end_us = T0;
  work->start_us = T0 - 3600 * S;
  work->status = RN_WORK_STATUS_ACTIVE;
  work->sections = g_new0 (guint32, 1);
  work->n_sections = 1;
  g_ptr_array_add (seat.world.works, work);
  expect (&seat, "");
  expect (&seat, "t/w=A3");
  g_ptr_array_set_size (seat.world.works, 0);
  expect (&seat, "t/w=N");
  seat_clear (&seat);
}

/* ---- feeds --------------------------------------------------------------------------------- */

static void
test_feed (void)
{
  RnRule *rule = of_metric (RN_METRIC_FEED_AGE_S, 600, 300);
  Seat seat;

  rule->select = g_strdup ("flow");
  rule->tiers[3].for_us = 30 * S;
  seat = seat_new (rule);
  expect (&seat, "");
  seat.world.state = RN_FEED_FROZEN;
  expect (&seat, "");
  /* no frame comes any more, yet the delay ends */
  seat.world.now_us += 30 * S;
  expect_tick (&seat, "t/flow=A3");
  expect (&seat, "");
  seat.world.state = RN_FEED_LIVE;
  expect (&seat, "t/flow=N");
  seat_clear (&seat);
}

/* Half of all sections are not in one answer, or the whole feed stands still: nothing begins and
 * nothing ends but the one alert of the feed. */
static void
test_bad_polls (void)
{
  RnRule *feed = help_rule ("feed", RN_METRIC_FEED_AGE_S);
  Seat seat = seat_new (quick ("jam"));

  help_tier (feed, 2, 600, 300, 0, 0);
  feed->select = g_strdup ("flow");
  set_rules (&seat, quick ("jam"), feed);
  for (guint i = 0; i < 8; i += 2)
    seat.world.speed[i] = 20;
  expect (&seat, "t/a0=A3 t/a2=A3 t/d0=A3 t/d2=A3");
  for (guint i = 0; i < 4; i++)
    seat.world.lacking[i] = TRUE;
  expect (&seat, "t/a0=A3:m t/a2=A3:m");
  for (guint i = 0; i < 4; i++)
    seat.world.lacking[i] = FALSE;
  expect (&seat, "t/a0=A3 t/a2=A3");
  seat.world.state = RN_FEED_FROZEN;
  for (guint i = 0; i < 8; i++)
    seat.world.speed[i] = 130 - seat.world.speed[i];
  expect (&seat, "t/a0=A3:f t/a2=A3:f t/d0=A3:f t/d2=A3:f t/flow=A2");
  expect (&seat, "");
  seat_clear (&seat);
}

/* Flow has come, but not yet what limits the speed there. */
static void
test_waiting (void)
{
  Seat seat = seat_new (quick ("jam"));

  seat.world.speed[0] = 50;
  help_world_next (&seat.world, 60);
  for (guint i = 0; i < seat.world.frame->n_feeds; i++)
    if (seat.world.frame->feeds[i]->kind == RN_FEED_WEATHER)
      ((RnFeedStatus *) seat.world.frame->feeds[i])->state = RN_FEED_WAITING;
  expect_tick (&seat, "");
  expect (&seat, "t/a0=A3");
  seat_clear (&seat);
}

/* What is seen meanwhile counts for a delay that ends later. */
static void
test_waiting_counts (void)
{
  RnRule *rule = quick ("jam");
  Seat seat;

  rule->tiers[3].count = 2;
  rule->tiers[3].window_us = 600 * G_USEC_PER_SEC;
  seat = seat_new (rule);
  seat.world.speed[0] = 50;
  help_world_next (&seat.world, 60);
  for (guint i = 0; i < seat.world.frame->n_feeds; i++)
    if (seat.world.frame->feeds[i]->kind == RN_FEED_WEATHER)
      ((RnFeedStatus *) seat.world.frame->feeds[i])->state = RN_FEED_WAITING;
  expect_tick (&seat, "");
  expect (&seat, "t/a0=A3");
  seat.world.speed[2] = 50;
  expect (&seat, "");
  expect (&seat, "t/a2=A3");
  seat_clear (&seat);
}

/* ---- trying -------------------------------------------------------------------------------- */

static void
test_try (void)
{
  RnRule *rule = quick ("jam");
  g_autoptr (GPtrArray) subjects =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_subject_free);
  guint by_tier[RN_N_TIERS];
  HelpWorld world;

  help_tier (rule, 2, 0.25, 0.35, 0, 0);
  help_guard (rule, RN_METRIC_FLOW_VPH_LANE, 60, NAN);
  help_world_init (&world, fixture_road ("t", 4));
  world.speed[0] = 50;
  world.speed[2] = 20;
  world.speed[3] = 45;
  world.speed[5] = 20;
  world.flow[5] = 0;
  world.lacking[6] = TRUE;
  help_world_next (&world, 60);
  rn_rule_try (rule, world.frame, by_tier, subjects, 2);
  g_assert_cmpuint (by_tier[0], ==, 8);
  g_assert_cmpuint (by_tier[2], ==, 1);
  g_assert_cmpuint (by_tier[3], ==, 2);
  g_assert_cmpuint (subjects->len, ==, 2);
  g_assert_cmpstr (((RnSubject *) subjects->pdata[0])->key, ==, "t/a2");
  g_assert_cmpstr (((RnSubject *) subjects->pdata[1])->key, ==, "t/a3");
  rn_rule_unref (rule);
  help_world_clear (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/detector/scope", test_scope);
  g_test_add_func ("/detector/own-limits", test_own_limits);
  g_test_add_func ("/detector/faults", test_faults);
  g_test_add_func ("/detector/many-faults", test_many_faults);
  g_test_add_func ("/detector/schedule", test_schedule);
  g_test_add_func ("/detector/guard", test_guard);
  g_test_add_func ("/detector/rules-change", test_rules_change);
  g_test_add_func ("/detector/network-change", test_network_change);
  g_test_add_func ("/detector/restore", test_restore);
  g_test_add_func ("/detector/restore-milder", test_restore_milder);
  g_test_add_func ("/detector/incidents", test_incidents);
  g_test_add_func ("/detector/waiting-counts", test_waiting_counts);
  g_test_add_func ("/detector/restored-incident-waits", test_restored_incident_waits);
  g_test_add_func ("/detector/stations", test_stations);
  g_test_add_func ("/detector/kpis", test_kpis);
  g_test_add_func ("/detector/works", test_works);
  g_test_add_func ("/detector/feed", test_feed);
  g_test_add_func ("/detector/bad-polls", test_bad_polls);
  g_test_add_func ("/detector/waiting", test_waiting);
  g_test_add_func ("/detector/try", test_try);
  return g_test_run ();
}
