/* SPDX-License-Identifier: GPL-3.0-or-later */
/* England's roads in DATEX II 1.0: an invented document of each kind, damaged and foreign ones, and
 * the recorded day where it is at hand. */
#include <math.h>

#include "adapter-help.h"
#include "base/rn-text.h"
#include "feed/rn-adapter-uk-ha-parts.h"
#include "feed/rn-source-load.h"
#include "model/rn-incident.h"
#include "model/rn-work.h"

static const RnAdapter *adapter;

static const char *const fixtures[RN_UK_N_SLOTS] = {
  [RN_UK_SECTIONS] = "uk-ha/sections.xml",
  [RN_UK_JOURNEY_TIMES] = "uk-ha/journey-times.xml",
  [RN_UK_EVENTS] = "uk-ha/events.xml",
  [RN_UK_ROADWORKS] = "uk-ha/roadworks.xml",
};

static gint64
at (const char *text)
{
  gint64 us = 0;

  g_assert_true (rn_text_parse_rfc3339 (text, &us));
  return us;
}

/* The invented document of @slot, over the invented network. */
static RnDocument *
decode_fixture (Held *held, RnUkSlot slot)
{
  g_autoptr (GBytes) bytes = load_fixture (fixtures[slot]);
  g_autoptr (GError) error = NULL;
  RnDocument *document = decode_slot (adapter, slot, bytes, &held->context, &error);

  g_assert_no_error (error);
  return document;
}

static void
hold (Held *held)
{
  RnDecodeContext context = { .source = "test" };
  g_autoptr (GBytes) bytes = load_fixture (fixtures[RN_UK_SECTIONS]);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDocument) document =
      decode_slot (adapter, RN_UK_SECTIONS, bytes, &context, &error);

  g_assert_no_error (error);
  held_init (held, rn_network_ref (document->network));
}

static guint32
index_of (const Held *held, const char *id)
{
  guint32 i = rn_network_find_section (held->network, NULL, id);

  g_assert_cmpuint (i, !=, RN_NONE);
  return i;
}

static const RnRefusal *
refusal_of (const RnDocument *document, const char *path)
{
  for (guint i = 0; i < rn_refusals_n_kinds (document->refusals); i++)
    if (strstr (rn_refusals_nth (document->refusals, i)->path, path) != NULL)
      return rn_refusals_nth (document->refusals, i);
  g_error ("nothing refused at %s", path);
}

/* ---- network ---- */

static void
test_network (void)
{
  RnDecodeContext context = { .source = "test" };
  Held held = { .context = context };
  g_autoptr (RnDocument) document = decode_fixture (&held, RN_UK_SECTIONS);
  const RnNetwork *network = document->network;
  guint32 one = rn_network_find_section (network, NULL, "S1");
  guint32 two = rn_network_find_section (network, NULL, "S2");
  guint32 three = rn_network_find_section (network, NULL, "S3");
  guint32 six = rn_network_find_section (network, NULL, "S6");

  g_assert_cmpuint (network->n_sections, ==, 6);
  g_assert_cmpuint (document->n_rows, ==, 12);
  g_assert_cmpuint (rn_refusals_total (document->refusals), ==, 6);
  g_assert_nonnull (refusal_of (document, "tpeglinearLocation/to"));
  g_assert_nonnull (refusal_of (document, "@id"));
  g_assert_cmpint (document->observed_at_us, ==, at ("2031-05-02T09:00:00Z"));

  g_assert_cmpstr (network->roads[network->road[one]].ref, ==, "M90");
  g_assert_cmpstr (rn_names_get (network->names[one], NULL), ==, "J1 → J2 (A91)");
  g_assert_cmpuint (network->direction[one], ==, RN_DIRECTION_ASC);
  g_assert_cmpuint (network->direction[two], ==, RN_DIRECTION_ASC); /* by its name */
  g_assert_cmpuint (network->direction[three], ==, RN_DIRECTION_DESC);
  g_assert_cmpstr (rn_network_direction_name (network, one), ==, "northbound");
  g_assert_cmpuint (network->section_class[one], ==, RN_CLASS_EXPRESSWAY);
  g_assert_cmpuint (network->side[one], ==, RN_SIDE_LEFT);
  g_assert_cmpfloat_with_epsilon (network->length_m[one], 11119.5, 1);
  g_assert_true (isnan (network->free_speed_kmh[one]));
  /* It leads on northbound, and into the road that begins there; not back. */
  g_assert_cmpuint (network->down_first[one + 1] - network->down_first[one], ==, 2);
  g_assert_cmpuint (network->down[network->down_first[one]], ==, two);
  g_assert_cmpuint (network->down_first[six + 1] - network->down_first[six], ==, 0);
  g_assert_cmpuint (network->down[network->down_first[two]], ==, six);
}

static void
test_names (void)
{
  static const struct {
    const char *name, *road, *expected;
  } cases[] = {
    { "Journey Time Section for the M6 northbound from Jct 10A to Jct 11A", "M6", "J10A → J11A" },
    { "Journey Time Section for A1 northbound from Jct with the A5135 to M25 J23", "A1",
      "A5135 → M25 J23" },
    { "Journey Time Section for M60 anti-clockwise fromJ21to Jct18", "M60", "J21 → J18" },
    { "Journey Time Section for M6 Toll southbound from JT7 (A5,A34) to JT5", "M6 Toll",
      "JT7 (A5,A34) → JT5" },
    { "Journey Time Section for the A5 southbound at Dunstable", "A5", "At Dunstable" },
    { "A place", "?", "A place" },
    { "", "A1", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = rn_uk_dup_section_name (cases[i].name, cases[i].road);

      g_assert_cmpstr (name, ==, cases[i].expected);
    }
}

static void
check_roads (const char *name, const char *expected)
{
  g_auto (GStrv) roads = rn_uk_dup_roads (name);
  g_autofree char *joined = g_strjoinv (",", roads);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_roads (void)
{
  g_autofree char *family = rn_uk_dup_family ("A194(M)"), *crossing = rn_uk_dup_family ("A282");

  check_roads ("Journey Time Section for M42 northbound from Jct 10 to A42 and A42 to M1 Jct 23A",
               "M42,A42");
  check_roads ("JTS for A1(M) northbound from J49 with the A168 to J51", "A1(M)");
  check_roads ("Journey Time Section for the eastbound link road from the A551 to M53 Jct 2", "A551");
  check_roads ("m6 toll and A 14", "M6 Toll,A14");
  check_roads ("nothing", "");
  g_assert_cmpstr (family, ==, "A194");
  g_assert_cmpstr (crossing, ==, "M25");
  g_assert_cmpint (rn_uk_way_of_name ("M25 anti-clockwise"), ==, RN_UK_ANTICLOCKWISE);
  g_assert_cmpint (rn_uk_way_of_name ("M25 Clockwise"), ==, RN_UK_CLOCKWISE);
  g_assert_cmpint (rn_uk_way_of_name ("A2 wb to"), ==, RN_UK_WEST);
  g_assert_cmpint (rn_uk_way_of_name ("Northampton"), ==, RN_UK_UNKNOWN);
  g_assert_cmpint (rn_uk_way_of_bearing (350), ==, RN_UK_NORTH);
  g_assert_cmpint (rn_uk_way_of_bearing (200), ==, RN_UK_SOUTH);
}

/* ---- journey times ---- */

static void
test_flow (void)
{
  Held held;
  g_autoptr (RnDocument) document = NULL;
  g_autoptr (RnFlow) flow = NULL;
  guint32 one, two, three, four, six;

  hold (&held);
  document = decode_fixture (&held, RN_UK_JOURNEY_TIMES);
  one = index_of (&held, "S1");
  two = index_of (&held, "S2");
  three = index_of (&held, "S3");
  four = index_of (&held, "S4");
  six = index_of (&held, "S6");

  /* 11 rows: 7 by section, of which one is of an unknown one, and 4 that are none. */
  g_assert_cmpuint (document->n_rows, ==, 11);
  g_assert_cmpuint (document->flow->n_rows, ==, 7);
  g_assert_cmpuint (document->flow->n_no_data, ==, 4); /* -1, 0, too fast, no number */
  g_assert_cmpuint (document->unjoined->len, ==, 1);
  g_assert_cmpstr (document->unjoined->pdata[0], ==, "S77");
  g_assert_cmpint (document->observed_at_us, ==, at ("2031-05-02T09:00:00Z"));
  g_assert_cmpint (document->delay_hint_us, ==, G_GINT64_CONSTANT (630) * 1000000);

  flow = rn_flow_apply (NULL, document->flow, held.network->n_sections, FALSE);
  g_assert_cmpfloat_with_epsilon (flow->speed_kmh[one], 11119.5 / 400 * 3.6, 0.1);
  g_assert_cmpfloat_with_epsilon (flow->free_speed_kmh[one], 11119.5 / 250 * 3.6, 0.1);
  g_assert_cmpfloat_with_epsilon (flow->typical_speed_kmh[one], 11119.5 / 300 * 3.6, 0.1);
  g_assert_true (isnan (flow->speed_kmh[two]));
  g_assert_false (isnan (flow->free_speed_kmh[two]));
  g_assert_true (isnan (flow->speed_kmh[three]));
  g_assert_true (isnan (flow->speed_kmh[four])); /* 13.7 km in 100 s */
  g_assert_cmpint (flow->at_us[six], ==, at ("2031-05-02T08:58:00Z"));
  g_assert_nonnull (strstr (refusal_of (document, "travelTime")->reason, "no travel time"));
  g_assert_nonnull (refusal_of (document, "affectedLocation"));
  held_clear (&held);
}

/* ---- situations ---- */

static const RnIncident *
incident_of (const RnDocument *document, const char *id)
{
  for (guint i = 0; i < document->incidents->len; i++)
    if (strcmp (((const RnIncident *) document->incidents->pdata[i])->id, id) == 0)
      return document->incidents->pdata[i];
  g_error ("no incident %s", id);
}

static void
test_events (void)
{
  Held held;
  g_autoptr (RnDocument) document = NULL;
  const RnIncident *crash, *queue, *fire, *slip;

  hold (&held);
  document = decode_fixture (&held, RN_UK_EVENTS);
  g_assert_cmpuint (document->n_rows, ==, 10);
  g_assert_cmpuint (document->incidents->len, ==, 7);
  g_assert_nonnull (refusal_of (document, "groupOfLocations"));
  g_assert_nonnull (strstr (refusal_of (document, "situation[7]/situationRecord")->reason, "B1"));
  g_assert_nonnull (refusal_of (document, "situation[8]"));

  crash = incident_of (document, "A1");
  g_assert_cmpint (crash->type, ==, RN_INCIDENT_CRASH);
  g_assert_cmpint (crash->status, ==, RN_INCIDENT_CONFIRMED);
  g_assert_cmpint (crash->level, ==, 4);
  g_assert_cmpuint (crash->section, ==, index_of (&held, "S1"));
  g_assert_cmpuint (crash->n_lanes, ==, 0); /* which lane is closed is not said */
  g_assert_cmpstr (rn_names_get (crash->description, NULL), ==,
                   "On the M90, one lane <closed> & slow. Take care.");
  g_assert_cmpstr (crash->log[0].text, ==, "10 min delay · 2 of 3 lanes open");
  g_assert_cmpint (crash->times_us[RN_TIME_OCCURRED], ==, at ("2031-05-02T07:00:00Z"));
  g_assert_cmpint (crash->expected_end_us, ==, at ("2031-05-02T11:00:00Z"));
  g_assert_cmpint (crash->revision, ==, 4);

  g_assert_cmpstr (crash->event_id, ==, "A");

  queue = incident_of (document, "A2");
  g_assert_cmpstr (queue->event_id, ==, "A");
  g_assert_cmpint (queue->type, ==, RN_INCIDENT_CONGESTION);
  g_assert_cmpint (queue->level, ==, 3); /* 30 min */
  g_assert_cmpstr (queue->related[0].id, ==, "A1");

  fire = incident_of (document, "B1");
  g_assert_cmpint (fire->type, ==, RN_INCIDENT_FIRE);
  g_assert_cmpint (fire->level, ==, 2);
  g_assert_cmpuint (fire->section, ==, index_of (&held, "S3"));
  g_assert_cmpuint (fire->n_lanes, ==, 2);
  g_assert_cmpint (fire->lanes[1].state, ==, RN_LANE_BLOCKED);

  slip = incident_of (document, "C1"); /* a slip road is not the carriageway */
  g_assert_cmpint (slip->type, ==, RN_INCIDENT_INFRASTRUCTURE);
  g_assert_cmpint (slip->level, ==, 4);
  g_assert_cmpuint (slip->n_lanes, ==, 0);
  held_clear (&held);
}

/* What is known of oddities is kept, what is not is told. */
static void
test_odd_events (void)
{
  Held held;
  g_autoptr (RnDocument) document = NULL;
  const RnIncident *aliens, *nowhere, *named;

  hold (&held);
  document = decode_fixture (&held, RN_UK_EVENTS);
  aliens = incident_of (document, "D1");
  g_assert_cmpint (aliens->type, ==, RN_INCIDENT_OTHER);
  g_assert_cmpuint (aliens->section, ==, RN_NONE);
  g_assert_true (aliens->located);
  g_assert_nonnull (refusal_of (document, "delayTimeValue"));

  nowhere = incident_of (document, "F1"); /* a road is better than nothing */
  g_assert_false (nowhere->located);
  g_assert_cmpint (nowhere->expected_end_us, ==, 0);
  g_assert_nonnull (refusal_of (document, "overallEndTime"));

  named = incident_of (document, "G"); /* its situation's id, its section by reference */
  g_assert_cmpuint (named->section, ==, index_of (&held, "S4"));
  g_assert_cmpuint (document->unjoined->len, ==, 2);
  held_clear (&held);
}

static const RnWork *
work_of (const RnDocument *document, const char *id)
{
  for (guint i = 0; i < document->works->len; i++)
    if (strcmp (((const RnWork *) document->works->pdata[i])->id, id) == 0)
      return document->works->pdata[i];
  g_error ("no work %s", id);
}

static void
test_works (void)
{
  Held held;
  g_autoptr (RnDocument) document = NULL;
  const RnWork *long_one, *night, *slip, *later;
  gint64 now_us = at ("2031-05-02T09:10:02Z");

  hold (&held);
  document = decode_fixture (&held, RN_UK_ROADWORKS);
  g_assert_cmpuint (document->works->len, ==, 6);

  long_one = work_of (document, "W1"); /* both sections between its ends */
  g_assert_cmpuint (long_one->n_sections, ==, 2);
  g_assert_true (long_one->joined_by_place);
  g_assert_cmpuint (long_one->n_line, ==, 3);
  g_assert_cmpint (rn_work_phase (long_one, now_us), ==, RN_WORK_ACTIVE);
  g_assert_cmpint (long_one->impact, ==, RN_IMPACT_SOME_CLOSED);
  g_assert_cmpfloat_with_epsilon (rn_work_capacity_factor (long_one), 0.66, 1e-9);
  g_assert_cmpstr (long_one->permit, ==, "P-31-0501-0007");

  night = work_of (document, "W2"); /* by night: the next shift is tonight's */
  g_assert_cmpstr (rn_names_get (night->names, "en"), ==, "Resurfacing");
  g_assert_cmpint (rn_work_phase (night, now_us), ==, RN_WORK_PLANNED);
  g_assert_cmpint (night->start_us, ==, at ("2031-05-02T19:00:00Z"));
  g_assert_cmpint (night->end_us, ==, at ("2031-05-03T05:00:00Z"));
  g_assert_cmpint (night->plan_end_us, ==, at ("2031-05-04T05:00:00Z"));
  g_assert_cmpint (rn_work_phase (night, at ("2031-05-02T23:00:00Z")), ==, RN_WORK_ACTIVE);
  g_assert_cmpint (night->impact, ==, RN_IMPACT_ALL_CLOSED);
  g_assert_cmpuint (night->n_sections, ==, 1); /* A92 is part of the section from the A91 */
  g_assert_cmpuint (night->sections[0], ==, index_of (&held, "S4"));

  slip = work_of (document, "W3");
  g_assert_cmpint (slip->impact, ==, RN_IMPACT_OTHER);
  g_assert_cmpfloat (rn_work_capacity_factor (slip), ==, 1);
  g_assert_cmpstr (rn_names_get (slip->names, NULL), ==, "Overhead works");

  later = work_of (document, "W4");
  g_assert_cmpint (rn_work_phase (later, now_us), ==, RN_WORK_PLANNED);
  g_assert_cmpuint (later->n_sections, ==, 0);
  g_assert_cmpuint (work_of (document, "W5")->n_line, ==, 0); /* off the globe, but told */
  g_assert_nonnull (refusal_of (document, "pointCoordinates"));
  g_assert_nonnull (refusal_of (document, "recurringTimePeriodOfDay"));
  held_clear (&held);
}

/* ---- which document, and damage ---- */

static void
test_recognise (void)
{
  static const char empty[] =
      "<d2LogicalModel><payloadPublication type=\"SituationPublication\"/></d2LogicalModel>";

  for (guint slot = 0; slot < RN_UK_N_SLOTS; slot++)
    {
      g_autoptr (GBytes) bytes = load_fixture (fixtures[slot]);
      gsize n;
      const char *data = g_bytes_get_data (bytes, &n);

      g_assert_cmpint (adapter->recognise ("x/content.xml", data, n), ==, (int) slot);
      g_assert_cmpint (adapter->recognise ("x/content.xml", data, 4000), ==, (int) slot);
    }
  g_assert_cmpint (adapter->recognise ("UnplannedEvent/content.xml", empty, strlen (empty)), ==,
                   RN_UK_EVENTS);
  g_assert_cmpint (adapter->recognise ("CurrentRoadworks/content.xml", empty, strlen (empty)), ==,
                   RN_UK_ROADWORKS);
  g_assert_cmpint (adapter->recognise ("a/b.xml", empty, strlen (empty)), ==, -1);
  g_assert_cmpint (adapter->recognise ("a/b.xml", "<SectionList/>", 14), ==, -1);
  g_assert_cmpint (adapter->recognise ("a/b.xml", "\n", 1), ==, -1);
}

static void
check_fails (RnUkSlot slot, const char *text, int code, const char *word)
{
  g_autoptr (GBytes) bytes = bytes_of (text);
  g_autoptr (GError) error = NULL;
  RnDecodeContext context = { .source = "test" };
  g_autoptr (RnDocument) document = decode_slot (adapter, slot, bytes, &context, &error);

  g_assert_null (document);
  g_assert_error (error, RN_FEED_ERROR, code);
  g_assert_nonnull (strstr (error->message, word));
}

#define MODEL "<d2LogicalModel xmlns=\"http://datex2.eu/schema/1_0/1_0\" modelBaseVersion=\"1.0\">"

static void
test_refused (void)
{
  check_fails (RN_UK_JOURNEY_TIMES, "\n", RN_FEED_ERROR_EMPTY, "journey-times");
  check_fails (RN_UK_JOURNEY_TIMES, MODEL "<payloadPubl", RN_FEED_ERROR_SYNTAX, "journey-times");
  check_fails (RN_UK_EVENTS, "{\"a\": 1}", RN_FEED_ERROR_SYNTAX, "events");
  check_fails (RN_UK_EVENTS, "<html/>", RN_FEED_ERROR_DOCUMENT, "<html>");
  check_fails (RN_UK_EVENTS, MODEL "</d2LogicalModel>", RN_FEED_ERROR_DOCUMENT, "no publication");
  check_fails (RN_UK_EVENTS,
               MODEL "<exchange><deliveryBreak>true</deliveryBreak></exchange></d2LogicalModel>",
               RN_FEED_ERROR_DOCUMENT, "interrupted");
  check_fails (RN_UK_EVENTS,
               MODEL "<payloadPublication type=\"VmsPublication\"/></d2LogicalModel>",
               RN_FEED_ERROR_DOCUMENT, "VmsPublication");
  check_fails (RN_UK_EVENTS,
               "<d:d2LogicalModel xmlns:d=\"http://datex2.eu/schema/2/2_0\"/>",
               RN_FEED_ERROR_DOCUMENT, "2/2_0");
  check_fails (RN_UK_EVENTS, "<d2LogicalModel modelBaseVersion=\"2\"/>", RN_FEED_ERROR_DOCUMENT,
               "version 2");
  check_fails (RN_UK_SECTIONS,
               MODEL "<payloadPublication type=\"PredefinedLocationsPublication\"/>"
                     "</d2LogicalModel>",
               RN_FEED_ERROR_DOCUMENT, "no usable section");
  check_fails (RN_UK_EVENTS, "<!DOCTYPE a [<!ENTITY x \"y\">]><d2LogicalModel>&x;</d2LogicalModel>",
               RN_FEED_ERROR_SYNTAX, "x");
}

/* No record is lost between being taken and being refused. */
static void
check_counts (const RnDocument *document)
{
  guint taken = document->network != NULL ? document->network->n_sections : rows_taken (document);

  g_assert_cmpuint (taken, <=, document->n_rows);
  g_assert_cmpuint (taken + rn_refusals_total (document->refusals), >=, document->n_rows);
}

/* Damage of every kind to every document: an error or a document that counts, nothing else. */
static void
test_damaged (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  Held held;

  hold (&held);
  for (guint slot = 0; slot < RN_UK_N_SLOTS; slot++)
    for (guint round = 0; round < 400; round++)
      {
        g_autoptr (GBytes) bytes = load_fixture (fixtures[slot]);
        gsize n;
        g_autofree char *text = g_memdup2 (g_bytes_get_data (bytes, &n), g_bytes_get_size (bytes));
        g_autoptr (GBytes) damaged = NULL;
        g_autoptr (GError) error = NULL;
        g_autoptr (RnDocument) document = NULL;

        n = g_bytes_get_size (bytes);
        for (guint k = 0; k < 1 + round % 5; k++)
          text[g_rand_int_range (random, 0, (int) n)] =
              (char) (round % 3 == 0 ? g_rand_int_range (random, 0, 256)
                                     : "<>/\"&-.09 azTZ"[g_rand_int_range (random, 0, 14)]);
        if (round % 10 == 0)
          n = (gsize) g_rand_int_range (random, 0, (int) n);
        damaged = g_bytes_new (text, n);
        document = decode_slot (adapter, slot, damaged, &held.context, &error);
        g_assert_true ((document == NULL) == (error != NULL));
        if (document != NULL)
          check_counts (document);
        else
          g_assert_true (error->domain == RN_FEED_ERROR && *error->message != '\0');
      }
  held_clear (&held);
}

/* ---- the recorded day ---- */

static void
test_recorded_day (void)
{
  const char *shared = g_getenv ("RN_TEST_SHARED");
  g_autofree char *folder = g_build_filename (shared != NULL ? shared : "/nonexistent", "feeds",
                                              "uk-ha-2013", NULL);
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_source_problem_free);
  g_autoptr (RnSourceSpec) spec = rn_source_spec_new ("uk-ha", folder);
  g_autoptr (GPtrArray) documents = NULL;
  guint rows = 0, no_data = 0, normal = 0, unjoined = 0, records = 0;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("the recorded feeds are not here");
      return;
    }
  documents = rn_source_load_all (spec, problems, NULL);
  for (guint i = 0; i < documents->len; i++)
    {
      const RnDocument *document = documents->pdata[i];

      check_counts (document);
      g_assert_cmpuint (rn_refusals_total (document->refusals), ==, 0);
      if (document->network != NULL)
        g_assert_cmpuint (document->network->n_sections, ==, 871);
      if (document->flow == NULL)
        {
          unjoined += document->unjoined->len;
          records += document->network == NULL ? document->n_rows : 0;
          continue;
        }
      rows += document->flow->n_rows;
      no_data += document->flow->n_no_data;
      normal += document->flow->n_rows == 863;
      g_assert_cmpuint (document->unjoined->len, ==, 0);
      if (document->flow->n_rows == 863)
        continue;
      g_assert_cmpuint (document->flow->n_rows, ==, 408);
      g_assert_cmpuint (document->rows_before, ==, 863);
    }
  g_assert_cmpuint (rows, ==, 119502);
  g_assert_cmpuint (no_data, ==, 16557);
  g_assert_cmpuint (normal, ==, 138);
  g_assert_cmpuint (problems->len, ==, 5); /* one byte each */
  g_assert_cmpuint (unjoined * 100, <, records * 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adapter = rn_adapter_find ("uk-ha");
  g_assert_nonnull (adapter);
  g_test_add_func ("/adapter-uk-ha/network", test_network);
  g_test_add_func ("/adapter-uk-ha/names", test_names);
  g_test_add_func ("/adapter-uk-ha/roads", test_roads);
  g_test_add_func ("/adapter-uk-ha/flow", test_flow);
  g_test_add_func ("/adapter-uk-ha/events", test_events);
  g_test_add_func ("/adapter-uk-ha/odd-events", test_odd_events);
  g_test_add_func ("/adapter-uk-ha/works", test_works);
  g_test_add_func ("/adapter-uk-ha/recognise", test_recognise);
  g_test_add_func ("/adapter-uk-ha/refused", test_refused);
  g_test_add_func ("/adapter-uk-ha/damaged", test_damaged);
  g_test_add_func ("/adapter-uk-ha/recorded-day", test_recorded_day);
  return g_test_run ();
}
