/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small value types: rules, words, copies. */
#include <math.h>

#include "model/rn-feed-status.h"
#include "model/rn-kpi.h"
#include "model/rn-plan.h"
#include "model/rn-subject.h"
#include "model/rn-value.h"

#define S G_GINT64_CONSTANT (1000000)

static void
test_open_share (void)
{
  g_autoptr (RnIncident) incident = rn_incident_new ("demo", "i1");
  RnIncidentLane lanes[] = { { 1, RN_LANE_BLOCKED }, { 2, RN_LANE_AFFECTED },
                             { 0, RN_LANE_BLOCKED }, { 9, RN_LANE_BLOCKED } };

  g_assert_cmpstr (incident->key, ==, "demo/i1");
  g_assert_cmpuint (incident->section, ==, RN_NONE);
  g_assert_cmpfloat (rn_incident_open_share (incident, 3), ==, 1);
  incident->type = RN_INCIDENT_CLOSURE;
  g_assert_cmpfloat (rn_incident_open_share (incident, 3), ==, 0);
  g_assert_cmpfloat (rn_incident_open_share (incident, 0), ==, 0);
  incident->lanes = g_memdup2 (lanes, sizeof lanes);
  incident->n_lanes = 4;
  /* The shoulder and a lane that the section does not have take nothing. */
  g_assert_cmpfloat_with_epsilon (rn_incident_open_share (incident, 3), 0.5, 1e-9);
  g_assert_cmpfloat (rn_incident_open_share (incident, 1), ==, 0);
  g_assert_cmpfloat (rn_incident_open_share (incident, 0), ==, 1);
  g_assert_true (rn_incident_active (incident));
  incident->status = RN_INCIDENT_CLOSED;
  g_assert_false (rn_incident_active (incident));
}

static void
test_work_phase (void)
{
  g_autoptr (RnWork) work = rn_work_new ("demo", "w");

  g_assert_cmpint (rn_work_phase (work, 0), ==, RN_WORK_ACTIVE); /* nothing is known */
  work->start_us = 100;
  work->end_us = 200;
  g_assert_cmpint (rn_work_phase (work, 99), ==, RN_WORK_PLANNED);
  g_assert_cmpint (rn_work_phase (work, 100), ==, RN_WORK_ACTIVE);
  g_assert_cmpint (rn_work_phase (work, 199), ==, RN_WORK_ACTIVE);
  g_assert_cmpint (rn_work_phase (work, 200), ==, RN_WORK_ENDED);
  work->plan_end_us = 150;
  g_assert_cmpint (rn_work_overrun_us (work, 150), ==, 0);
  g_assert_cmpint (rn_work_overrun_us (work, 180), ==, 30);
  g_assert_cmpint (rn_work_overrun_us (work, 250), ==, 0); /* it has ended */
}

/* What the owner says comes before an estimate, not before a time that is verified. */
static void
test_work_status (void)
{
  g_autoptr (RnWork) work = rn_work_new ("demo", "w");

  work->start_us = 100;
  work->end_us = 200;
  work->status = RN_WORK_STATUS_ACTIVE;
  work->observed_at_us = 150;
  g_assert_cmpint (rn_work_phase (work, 50), ==, RN_WORK_ACTIVE);
  g_assert_cmpint (rn_work_phase (work, 250), ==, RN_WORK_ENDED); /* said before its end */
  work->observed_at_us = 210;
  g_assert_cmpint (rn_work_phase (work, 250), ==, RN_WORK_ACTIVE);
  g_assert_cmpint (rn_work_overrun_us (work, 250), ==, 50);
  work->start_verified = work->end_verified = TRUE;
  g_assert_cmpint (rn_work_phase (work, 50), ==, RN_WORK_PLANNED);
  g_assert_cmpint (rn_work_phase (work, 250), ==, RN_WORK_ENDED);
  work->status = RN_WORK_STATUS_PLANNED;
  g_assert_cmpint (rn_work_phase (work, 150), ==, RN_WORK_ACTIVE);
  work->start_verified = FALSE;
  g_assert_cmpint (rn_work_phase (work, 150), ==, RN_WORK_PLANNED);
  work->observed_at_us = 90; /* said before its start, which has come */
  g_assert_cmpint (rn_work_phase (work, 150), ==, RN_WORK_ACTIVE);
  work->status = RN_WORK_STATUS_CANCELLED;
  g_assert_cmpint (rn_work_phase (work, 50), ==, RN_WORK_ENDED);
  work->status = RN_WORK_STATUS_COMPLETED;
  g_assert_cmpint (rn_work_phase (work, 150), ==, RN_WORK_ENDED);
}

static void
test_device (void)
{
  g_autoptr (RnDevice) device = rn_device_new ("s", "d", RN_DEVICE_MESSAGE_SIGN);
  g_autoptr (RnDevice) copy = NULL;
  g_autofree char *nothing = rn_device_dup_shows (device);
  g_autofree char *shows = NULL;

  g_assert_null (nothing);
  g_assert_cmpstr (rn_device_title (device), ==, "Message sign");
  g_assert_cmpint (rn_device_heard_us (device), ==, 0);
  device->description = rn_names_new ("At the bridge");
  g_assert_cmpstr (rn_device_title (device), ==, "At the bridge");
  device->names = rn_names_new ("Sign 7");
  device->observed_at_us = 5;
  g_assert_cmpint (rn_device_heard_us (device), ==, 5);
  device->updated_us = 3;
  device->shows = g_strdup (" SLOW \n\nDOWN\f\f NOW");
  device->messages = g_strsplit ("a|b", "|", -1);
  device->marks = g_strsplit ("flagger", "|", -1);
  copy = rn_device_copy_at (device, 12);
  g_clear_pointer (&device, rn_device_unref);
  shows = rn_device_dup_shows (copy);
  g_assert_cmpstr (shows, ==, "SLOW / DOWN // NOW, Flagger");
  g_assert_cmpstr (copy->key, ==, "s/d");
  g_assert_cmpuint (copy->section, ==, 12);
  g_assert_cmpstr (copy->messages[1], ==, "b");
  g_assert_cmpstr (rn_device_title (copy), ==, "Sign 7");
  g_assert_cmpint (rn_device_heard_us (copy), ==, 3);
  g_assert_cmpuint (g_strv_length ((char **) rn_device_type_words ()), ==, RN_N_DEVICE_TYPES - 1);
  for (int i = 0; i < RN_N_DEVICE_TYPES; i++)
    g_assert_cmpstr (rn_device_type_title (i), !=, "");
}

static void
test_work_factor (void)
{
  g_autoptr (RnWork) work = rn_work_new ("demo", "w");
  RnWorkLane lanes[] = { { 1, NULL, RN_WORK_LANE_CLOSED }, { 2, NULL, RN_WORK_LANE_OPEN },
                         { 3, NULL, RN_WORK_LANE_OPEN }, { 4, NULL, RN_WORK_LANE_CLOSED } };

  g_assert_cmpfloat (rn_work_capacity_factor (work), ==, 1);
  work->impact = RN_IMPACT_SOME_CLOSED;
  g_assert_cmpfloat (rn_work_capacity_factor (work), ==, 0.5);
  work->lanes = g_memdup2 (lanes, sizeof lanes);
  work->n_lanes = 4;
  for (guint i = 0; i < 3; i++)
    work->lanes[i].type = g_strdup ("general");
  work->lanes[3].type = g_strdup ("exit-lane");
  g_assert_cmpfloat_with_epsilon (rn_work_capacity_factor (work), 2.0 / 3, 1e-9);
  work->impact = RN_IMPACT_ALL_CLOSED;
  g_assert_cmpfloat (rn_work_capacity_factor (work), ==, 0);
  /* Closed lanes alone do not say how many there are. */
  work->impact = RN_IMPACT_SOME_CLOSED;
  work->n_lanes = 1;
  g_assert_cmpfloat (rn_work_capacity_factor (work), ==, 0.5);
  work->n_lanes = 4;
  work->capacity_factor = 0.8;
  g_assert_cmpfloat (rn_work_capacity_factor (work), ==, 0.8);
}

static void
test_hazards (void)
{
  for (int h = 0; h < RN_N_HAZARDS; h++)
    {
      for (int tier = 1; tier < 4; tier++)
        g_assert_cmpfloat (rn_hazard_capacity_factor (h, tier), <=,
                           rn_hazard_capacity_factor (h, tier + 1));
      g_assert_cmpfloat (rn_hazard_capacity_factor (h, 1), >, 0);
      g_assert_cmpfloat (rn_hazard_capacity_factor (h, 4), <=, 1);
      g_assert_cmpfloat (rn_hazard_capacity_factor (h, 0), ==, 1);
    }
}

static void
test_words (void)
{
  g_assert_cmpuint (g_strv_length ((char **) rn_incident_type_words ()), ==, RN_N_INCIDENT_TYPES);
  g_assert_cmpuint (g_strv_length ((char **) rn_incident_status_words ()), ==,
                    RN_INCIDENT_CLOSED + 1);
  g_assert_cmpuint (g_strv_length ((char **) rn_hazard_words ()), ==, RN_N_HAZARDS);
  g_assert_cmpuint (g_strv_length ((char **) rn_facility_type_words ()), ==, RN_N_FACILITY_TYPES);
  for (int i = 0; i < RN_N_INCIDENT_TYPES; i++)
    g_assert_cmpstr (rn_incident_type_title (i), !=, "");
  for (int i = 0; i < RN_N_PARTIES; i++)
    g_assert_cmpstr (rn_party_title (i), !=, "");
  for (int i = 0; i < RN_N_FACILITY_TYPES; i++)
    g_assert_cmpstr (rn_facility_type_title (i), !=, "");
  for (int i = 0; i < RN_N_FEEDS; i++)
    g_assert_cmpstr (rn_feed_kind_title (i), !=, "");
  g_assert_cmpstr (rn_incident_type_word (RN_INCIDENT_HAZMAT), ==, "hazmat");
  g_assert_cmpstr (rn_facility_type_words ()[RN_FACILITY_CHECKPOINT], ==, "checkpoint");
  g_assert_cmpstr (rn_hazard_words ()[RN_HAZARD_TYPHOON], ==, "typhoon");
  g_assert_cmpstr (rn_feed_kind_word (RN_FEED_PLANS), ==, "plans");
  g_assert_cmpstr (rn_feed_state_title (RN_FEED_LIVE), ==, "");
  g_assert_cmpstr (rn_feed_state_title (RN_FEED_LOST), ==, "lost");
  g_assert_cmpstr (rn_work_impact_title (RN_IMPACT_ALL_CLOSED), ==, "All lanes closed");
}

static void
test_feed_quality (void)
{
  g_assert_cmpint (rn_feed_state_quality (RN_FEED_LIVE, FALSE), ==, RN_QUALITY_LIVE);
  g_assert_cmpint (rn_feed_state_quality (RN_FEED_LIVE, TRUE), ==, RN_QUALITY_SUSPECT);
  g_assert_cmpint (rn_feed_state_quality (RN_FEED_FROZEN, FALSE), ==, RN_QUALITY_SUSPECT);
  g_assert_cmpint (rn_feed_state_quality (RN_FEED_LOST, TRUE), ==, RN_QUALITY_LOST);
  g_assert_true (rn_feed_kind_freezes (RN_FEED_FLOW));
  g_assert_true (rn_feed_kind_freezes (RN_FEED_WEATHER));
  g_assert_false (rn_feed_kind_freezes (RN_FEED_INCIDENTS));
}

static void
test_feed_copy (void)
{
  RnFeedStatus status = { .source = (char *) "demo", .adapter = (char *) "roadnet",
                          .error = (char *) "no", .rows = 7, .refusals = rn_refusals_new () };
  g_autoptr (RnFeedStatus) copy = NULL;

  rn_refusals_add (status.refusals, "x", "is missing");
  copy = rn_feed_status_copy (&status);
  rn_refusals_unref (status.refusals);
  g_assert_cmpstr (copy->source, ==, "demo");
  g_assert_true (copy->source != status.source);
  g_assert_cmpuint (copy->rows, ==, 7);
  g_assert_cmpuint (rn_refusals_total (copy->refusals), ==, 1);
}

static void
test_copies (void)
{
  g_autoptr (RnIncident) incident = rn_incident_new ("s", "i");
  g_autoptr (RnWork) work = rn_work_new ("s", "w");
  g_autoptr (RnWarning) warning = rn_warning_new ("s", "v");
  g_autoptr (RnControl) control = rn_control_new ("s", "c");
  g_autoptr (RnFacilityState) state = rn_facility_state_new ("s", "f", RN_FACILITY_SERVICE_AREA);
  g_autoptr (RnIncident) incident2 = NULL;
  g_autoptr (RnWork) work2 = NULL;
  g_autoptr (RnWarning) warning2 = NULL;
  g_autoptr (RnControl) control2 = NULL;
  g_autoptr (RnFacilityState) state2 = NULL;
  const guint32 sections[] = { 3, RN_NONE };

  incident->description = rn_names_new ("d");
  incident->n_log = 1;
  incident->log = g_new0 (RnLogLine, 1);
  incident->log[0].text = g_strdup ("t");
  incident->n_related = 1;
  incident->related = g_new0 (RnIncidentLink, 1);
  incident->related[0].id = g_strdup ("other");
  incident2 = rn_incident_copy_at (incident, 9);
  g_assert_cmpuint (incident2->section, ==, 9);
  g_assert_cmpstr (incident2->key, ==, "s/i");
  g_assert_cmpstr (incident2->log[0].text, ==, "t");
  g_assert_cmpstr (incident2->related[0].id, ==, "other");
  work->sections = g_memdup2 (sections, sizeof sections);
  work->n_sections = 2;
  work->roads = g_strsplit ("I-35|US-69", "|", -1);
  work->n_restrictions = 1;
  work->restrictions = g_new0 (RnWorkRestriction, 1);
  work->restrictions[0].type = g_strdup ("no-trucks");
  work2 = rn_work_copy_shifted (work, 100);
  g_assert_cmpstr (work2->roads[1], ==, "US-69");
  g_assert_cmpstr (work2->restrictions[0].type, ==, "no-trucks");
  g_assert_cmpuint (work2->sections[0], ==, 103);
  g_assert_cmpuint (work2->sections[1], ==, RN_NONE);
  g_assert_cmpuint (work->sections[0], ==, 3);
  warning->text = rn_names_new ("w");
  warning2 = rn_warning_copy_shifted (warning, 5);
  g_assert_cmpstr (rn_names_get (warning2->text, "en"), ==, "w");
  control->bans = g_strsplit ("a b", " ", -1);
  control2 = rn_control_copy_shifted (control, 5);
  g_assert_cmpstr (control2->bans[1], ==, "b");
  state->n_fuel = 1;
  state->fuel = g_new0 (RnFuel, 1);
  state->fuel[0].grade = g_strdup ("92");
  state2 = rn_facility_state_copy_at (state, 4);
  g_assert_cmpstr (state2->fuel[0].grade, ==, "92");
  g_assert_cmpuint (state2->facility, ==, 4);
}

static void
test_others (void)
{
  g_autoptr (RnKpi) kpi = rn_kpi_new ("s", "k");
  g_autoptr (RnPlan) plan = rn_plan_new ("s", "p");
  g_autoptr (RnMeasure) measure = rn_measure_new ("s", "m");
  g_autoptr (RnStation) station = rn_station_new ("s", "t");
  g_autoptr (RnSubject) a = rn_subject_new (RN_SUBJECT_SECTION, "s/1"), b = rn_subject_copy (a);
  g_autoptr (RnSubject) c = rn_subject_new (RN_SUBJECT_FACILITY, "s/1");

  g_assert_true (isnan (kpi->value) && isnan (kpi->target) && isnan (kpi->record_value));
  g_assert_cmpstr (plan->key, ==, "s/p");
  g_assert_cmpstr (measure->key, ==, "s/m");
  g_assert_true (isnan (station->visibility_m));
  g_assert_true (rn_subject_equal (a, b));
  g_assert_false (rn_subject_equal (a, c));
  g_assert_false (rn_subject_equal (a, NULL));
  g_assert_true (rn_subject_equal (NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/values/open-share", test_open_share);
  g_test_add_func ("/values/work-phase", test_work_phase);
  g_test_add_func ("/values/work-factor", test_work_factor);
  g_test_add_func ("/values/work-status", test_work_status);
  g_test_add_func ("/values/device", test_device);
  g_test_add_func ("/values/hazards", test_hazards);
  g_test_add_func ("/values/words", test_words);
  g_test_add_func ("/values/feed-quality", test_feed_quality);
  g_test_add_func ("/values/feed-copy", test_feed_copy);
  g_test_add_func ("/values/copies", test_copies);
  g_test_add_func ("/values/others", test_others);
  return g_test_run ();
}
