/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WZDx of each version and CWZ: what becomes of each member, that every feature ends as a work, a
 * device or refused, and that no feed can hurt. Recorded feeds by count, where they are at hand. */
#include <math.h>

#include "adapter-help.h"
#include "base/rn-clock.h"
#include "feed/rn-holding-parts.h"
#include "model/rn-device.h"
#include "model/rn-work.h"

#define MINUTE_US (60 * RN_SECOND)

static const RnAdapter *adapter;

static gint64
at (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * RN_SECOND + g_date_time_get_microsecond (time);
}

static RnDocument *
decode (GBytes *bytes)
{
  const RnDecodeContext context = { .source = "t" };
  g_autoptr (GError) error = NULL;
  RnDocument *document = decode_slot (adapter, 0, bytes, &context, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows_taken (document) + rn_refusals_total (document->refusals), ==,
                    document->n_rows);
  return document;
}

static RnDocument *
decode_own (const char *name)
{
  g_autofree char *path = g_build_filename ("wzdx", name, NULL);
  g_autoptr (GBytes) bytes = load_fixture (path);
  RnDocument *document = decode (bytes);

  g_assert_cmpuint (rn_refusals_total (document->refusals), ==, 0);
  g_assert_cmpuint (rn_refusals_total (document->flaws), ==, 0);
  return document;
}

static const RnWork *
work_at (const RnDocument *document, guint i)
{
  g_assert_cmpuint (i, <, length_of (document->works));
  return g_ptr_array_index (document->works, i);
}

static const RnDevice *
device_at (const RnDocument *document, guint i)
{
  g_assert_cmpuint (i, <, length_of (document->devices));
  return g_ptr_array_index (document->devices, i);
}

static void
assert_restriction (const RnWork *work, guint i, const char *expected)
{
  g_autofree char *title = NULL;

  g_assert_cmpuint (i, <, work->n_restrictions);
  title = rn_work_restriction_title (&work->restrictions[i]);
  g_assert_cmpstr (title, ==, expected);
}

/* ---- versions ---- */

static void
test_20 (void)
{
  g_autoptr (RnDocument) document = decode_own ("v20.json");
  const RnWork *w = work_at (document, 0);
  g_autofree char *reach = rn_work_dup_reach (w);

  g_assert_cmpint (document->observed_at_us, ==, at ("2020-03-05T10:00:00.123456Z"));
  g_assert_cmpint (document->poll_hint_us, ==, 0);
  g_assert_null (document->devices);
  g_assert_cmpuint (document->works->len, ==, 3);
  g_assert_cmpstr (w->key, ==, "t/w-1");
  g_assert_cmpint (w->kind, ==, RN_WORK_ZONE);
  g_assert_cmpstr (rn_names_get (w->names, NULL), ==, "Surface work, painting");
  g_assert_cmpstr (rn_names_get (w->description, NULL), ==, "Left lanes closed & shoulder open");
  g_assert_cmpstr (w->road, ==, "I-80");
  g_assert_cmpuint (g_strv_length (w->roads), ==, 2);
  g_assert_cmpstr (w->roads[1], ==, "Main Street");
  g_assert_cmpstr (reach, ==, "mile 12–14.25");
  g_assert_cmpstr (w->owner, ==, "City of Test");
  g_assert_true (w->start_verified);
  g_assert_false (w->end_verified);
  g_assert_cmpint (w->status, ==, RN_WORK_STATUS_ACTIVE);
  g_assert_cmpfloat_with_epsilon (w->limit_kmh, 45 * 1.609344, 1e-6);
  g_assert_cmpint (w->workers, ==, 1);
  g_assert_cmpint (w->impact, ==, RN_IMPACT_SOME_CLOSED);
  g_assert_cmpuint (w->n_line, ==, 2);
  g_assert_cmpfloat (w->line[1].lon, ==, -93.1);
  /* two on the left, one on the right; that there are four says that the third is open */
  g_assert_cmpuint (w->n_lanes, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpint (w->lanes[i].order, ==, (int) i + 1);
      g_assert_cmpstr (w->lanes[i].type, ==, "general");
      g_assert_cmpint (w->lanes[i].state, ==, i < 2    ? RN_WORK_LANE_CLOSED
                                              : i == 2 ? RN_WORK_LANE_OPEN
                                                       : RN_WORK_LANE_OTHER);
    }
  g_assert_cmpfloat (rn_work_capacity_factor (w), ==, 0.5);
  g_assert_cmpuint (w->n_restrictions, ==, 2);
  assert_restriction (w, 0, "Width up to 3.0\u202fm");
  assert_restriction (w, 1, "No trucks");
}

/* Features without an id get one of what they are: it stays from poll to poll, whatever is said of
 * them, and none is lost. */
static void
test_made_up_ids (void)
{
  g_autoptr (GBytes) bytes = load_fixture ("wzdx/v20.json");
  g_autoptr (GBytes) later =
      edit_json (bytes, "features[1].properties.description", "\"more is known\"");
  g_autoptr (GBytes) shorter = edit_json (bytes, "features[0]", NULL);
  g_autoptr (GBytes) twice = edit_json (bytes, "features[2].properties.start_date",
                                        "\"2020-03-01T00:00:00Z\"");
  g_autoptr (RnDocument) a = decode (bytes), b = decode (later), c = decode (shorter);
  g_autoptr (RnDocument) d = decode (twice);

  g_assert_true (g_str_has_prefix (work_at (a, 1)->id, "no-id~"));
  g_assert_cmpstr (work_at (a, 1)->id, !=, work_at (a, 2)->id);
  g_assert_cmpstr (work_at (b, 1)->id, ==, work_at (a, 1)->id);
  g_assert_cmpstr (work_at (c, 0)->id, ==, work_at (a, 1)->id);
  /* at one place, from one time on, yet not the same */
  g_assert_cmpuint (d->works->len, ==, 3);
  g_assert_cmpstr (work_at (d, 1)->id, ==, work_at (a, 1)->id);
  g_assert_cmpstr (work_at (d, 2)->id, !=, work_at (d, 1)->id);
}

static void
test_31 (void)
{
  g_autoptr (RnDocument) document = decode_own ("v31.json");
  const RnWork *w = work_at (document, 0), *detour = work_at (document, 1);

  g_assert_cmpint (document->poll_hint_us, ==, 86400 * RN_SECOND);
  g_assert_cmpstr (w->id, ==, "17");
  g_assert_cmpstr (w->road, ==, "I-35");
  g_assert_cmpstr (w->owner, ==, "District 1");
  g_assert_cmpint (w->start_us, ==, at ("2021-05-05T13:00:00Z"));
  g_assert_false (w->start_verified);
  g_assert_true (w->end_verified);
  g_assert_cmpint (w->workers, ==, -1);
  g_assert_cmpfloat_with_epsilon (w->limit_kmh, 35 * 1.609344, 1e-6);
  g_assert_cmpuint (w->n_line, ==, 2); /* of no length */
  g_assert_cmpuint (w->n_lanes, ==, 2);
  g_assert_cmpstr (w->lanes[0].type, ==, "shoulder");
  g_assert_cmpstr (w->lanes[1].type, ==, "general");
  assert_restriction (w, 0, "Gross weight up to 18.1\u202ft");
  g_assert_cmpint (detour->kind, ==, RN_WORK_DETOUR);
  g_assert_cmpstr (detour->id, ==, "d-1");
  g_assert_cmpstr (detour->owner, ==, "Test DOT"); /* its source is not in the list */
  g_assert_cmpstr (rn_work_kind_title (detour->kind), ==, "Detour");
}

static void
test_40 (void)
{
  g_autoptr (RnDocument) document = decode_own ("v40.json");
  const RnWork *w = work_at (document, 0), *again = work_at (document, 1);
  const RnWork *restriction = work_at (document, 2);

  g_assert_cmpuint (document->works->len, ==, 3);
  g_assert_cmpstr (w->id, ==, "wz-1");
  g_assert_true (g_str_has_prefix (again->id, "wz-1~")); /* another schedule of one site */
  g_assert_null (rn_work_direction_title (w->direction));
  g_assert_cmpint (w->impact, ==, RN_IMPACT_SOME_CLOSED);
  g_assert_cmpint (again->impact, ==, RN_IMPACT_ALTERNATING);
  g_assert_cmpint (w->workers, ==, 1);
  g_assert_cmpint (w->workers_at_us, ==, at ("2022-01-01T09:55:00Z"));
  g_assert_cmpint (w->updated_us, ==, at ("2022-01-01T08:00:00Z"));
  g_assert_cmpfloat (rn_work_capacity_factor (w), ==, 0.5); /* without the shoulder */
  /* its end was only an estimate, and the feed says that it goes on */
  g_assert_cmpint (rn_work_phase (w, document->observed_at_us), ==, RN_WORK_ACTIVE);
  g_assert_cmpint (rn_work_overrun_us (w, document->observed_at_us), ==, 30 * MINUTE_US);
  g_assert_cmpint (restriction->kind, ==, RN_WORK_RESTRICTION);
  g_assert_cmpint (rn_work_phase (restriction, 0), ==, RN_WORK_ACTIVE);
  assert_restriction (restriction, 0, "Height up to 3.8\u202fm");
  assert_restriction (restriction, 1, "No overtaking");
}

static void
test_42 (void)
{
  g_autoptr (RnDocument) document = decode_own ("v42.json");
  const RnWork *w = work_at (document, 0), *detour = work_at (document, 1);
  g_autofree char *reach = rn_work_dup_reach (w);

  g_assert_cmpint (document->poll_hint_us, ==, 300 * RN_SECOND);
  g_assert_cmpint (document->observed_at_us, ==, at ("2025-08-08T00:03:48Z"));
  /* a name of a register is no title */
  g_assert_cmpstr (rn_names_get (w->names, NULL), ==, "Roadway creation");
  g_assert_cmpstr (w->reference, ==, "OpenTMS-Event26438937209_southbound");
  g_assert_cmpint (w->impact, ==, RN_IMPACT_SHIFTED);
  g_assert_cmpstr (reach, ==, "mile 50.6–49.51");
  g_assert_cmpstr (w->from_place, ==, "US 36");
  g_assert_true (w->start_verified);
  g_assert_cmpstr (rn_names_get (detour->names, NULL), ==, "Round the bridge");
  g_assert_cmpfloat (rn_work_capacity_factor (detour), ==, 1);
}

static void
test_cwz (void)
{
  g_autoptr (RnDocument) document = decode_own ("cwz10.json");
  const RnWork *w = work_at (document, 0);
  g_autofree char *reach = rn_work_dup_reach (w);

  g_assert_cmpint (document->poll_hint_us, ==, 0);
  g_assert_cmpuint (w->n_line, ==, 1);
  g_assert_cmpint (w->end_us, ==, 0);
  g_assert_cmpint (w->impact, ==, RN_IMPACT_ALTERNATING);
  g_assert_cmpstr (reach, ==, "K12+300–K14+000");
  g_assert_cmpstr (rn_work_direction_title (w->direction), ==, "inner loop");
  g_assert_cmpstr (rn_names_get (w->names, NULL), ==, "Work beside the road");
}

/* ---- devices ---- */

static void
assert_device (const RnDocument *document, guint i, RnDeviceType type, RnDeviceStatus status,
               const char *shows)
{
  const RnDevice *device = device_at (document, i);
  g_autofree char *words = rn_device_dup_shows (device);

  g_test_message ("%s", device->id);
  g_assert_cmpint (device->type, ==, type);
  g_assert_cmpint (device->status, ==, status);
  g_assert_cmpstr (words, ==, shows);
  g_assert_cmpint (device->updated_us, ==, at ("2025-12-29T16:31:45Z"));
  g_assert_cmpstr (device->owner, ==, "Vendor Inc.");
}

static void
test_devices (void)
{
  g_autoptr (RnDocument) document = decode_own ("devices.json");
  const RnDevice *arrow = device_at (document, 0);

  g_assert_null (document->works);
  g_assert_cmpint (document->observed_at_us, ==, at ("2025-12-29T16:34:16.55Z"));
  g_assert_cmpuint (document->devices->len, ==, 9);
  assert_device (document, 0, RN_DEVICE_ARROW_BOARD, RN_DEVICE_STATUS_WARNING,
                 "Right arrow, flashing");
  assert_device (document, 1, RN_DEVICE_CAMERA, RN_DEVICE_STATUS_ERROR, NULL);
  assert_device (document, 2, RN_DEVICE_MESSAGE_SIGN, RN_DEVICE_STATUS_OK,
                 "ROADWORK / NEXT [6] MILES // USE / LEFT LANE");
  assert_device (document, 3, RN_DEVICE_BEACON, RN_DEVICE_STATUS_OK,
                 "Queue warning · WHEN FLASHING · flashing");
  assert_device (document, 4, RN_DEVICE_HYBRID_SIGN, RN_DEVICE_STATUS_OK, "Speed limit · 45");
  assert_device (document, 5, RN_DEVICE_LOCATION_MARKER, RN_DEVICE_STATUS_UNKNOWN,
                 "Beginning of the works, Flagger");
  assert_device (document, 6, RN_DEVICE_TRAFFIC_SENSOR, RN_DEVICE_STATUS_OK,
                 "85\u202fkm/h · 1,200\u202fveh/h · 12\u202f%");
  assert_device (document, 7, RN_DEVICE_TRAFFIC_SIGNAL, RN_DEVICE_STATUS_OK, "Flashing red");
  assert_device (document, 8, RN_DEVICE_OTHER, RN_DEVICE_STATUS_UNKNOWN, NULL);
  g_assert_cmpstr (rn_device_title (device_at (document, 8)), ==, "survey-drone");
  g_assert_cmpstr (arrow->messages[1], ==, "Tilted");
  g_assert_cmpstr (arrow->road, ==, "I-80");
  g_assert_cmpstr (arrow->direction, ==, "northbound");
  g_assert_cmpfloat (arrow->post, ==, 12.5);
  g_assert_cmpstr (arrow->model, ==, "Acme A1");
  g_assert_cmpstr (arrow->work_ids[0], ==, "w-1");
  g_assert_cmpint (arrow->moving, ==, 0);
  g_assert_true (arrow->located);
  g_assert_false (device_at (document, 5)->located);
  g_assert_cmpstr (device_at (document, 1)->image_uri, ==, "https://example.com/1.jpg");
  g_assert_cmpint (device_at (document, 1)->data_us, ==, at ("2025-12-29T15:00:00Z"));
  g_assert_cmpint (device_at (document, 6)->data_us, ==, at ("2025-12-29T16:30:00Z"));
}

/* ---- what is not understood ---- */

static const struct {
  const char *fixture, *path, *value;
  gboolean refused; /* else the row is taken, and the member told */
  const char *told_at, *words;
} bad_members[] = {
  { "v42.json", "features[0].properties.start_date", "\"tomorrow\"", TRUE, NULL, "RFC 3339" },
  { "v42.json", "features[0].properties.end_date", "17", TRUE, NULL, "string" },
  { "v42.json", "features[0].geometry.coordinates[0][0]", "181", TRUE, NULL, "-180…180" },
  { "v42.json", "features[0].geometry.coordinates[0][1]", "-90.5", TRUE, NULL, "-90…90" },
  { "v42.json", "features[0].geometry.coordinates[0][1]", "null", TRUE, NULL, "missing" },
  { "v42.json", "features[0].geometry.coordinates[0]", "[[[1]]]", TRUE,
    "features[0].geometry.coordinates[0][0]", "number" },
  { "v42.json", "features[0].geometry", "null", TRUE, "features[0]", "geometry" },
  { "v42.json", "features[0].geometry.type", "\"Polygon\"", TRUE, "features[0].geometry",
    "Polygon" },
  { "v42.json", "features[0].properties", "[]", TRUE, NULL, "object" },
  { "v42.json", "features[0]", "7", TRUE, NULL, "object" },
  { "v42.json", "features[0].properties.core_details", "3", TRUE, NULL, "object" },
  { "v42.json", "features[0].properties", "{\"name\": \"x\"}", TRUE,
    "features[0].properties.core_details", "missing" },
  { "v42.json", "features[0].properties.core_details.event_type", "\"parade\"", TRUE, NULL,
    "parade" },
  { "v42.json", "features[0].properties.core_details.event_type", "null", TRUE, NULL, "missing" },
  { "v42.json", "features[0].id", "{}", FALSE, NULL, "string" },
  { "v42.json", "features[0].properties.lanes", "\"two\"", FALSE, NULL, "array" },
  { "v42.json", "features[0].properties.lanes", "[{\"order\": \"x\"}]", FALSE,
    "features[0].properties.lanes[0].order", "number" },
  { "v42.json", "features[0].properties.vehicle_impact", "[[]]", FALSE, NULL, "string" },
  { "v42.json", "features[0].properties.worker_presence", "true", FALSE, NULL, "object" },
  { "v42.json", "features[0].properties.reduced_speed_limit_kph", "1e9", FALSE, NULL, "0…300" },
  { "v42.json", "features[0].properties.is_start_date_verified", "\"so so\"", FALSE, NULL,
    "true" },
  { "v42.json", "features[0].properties.core_details.road_names", "{}", FALSE, NULL, "array" },
  { "v42.json", "features[0].properties.core_details.name", "[1]", FALSE, NULL, "string" },
  { "v42.json", "features[0].properties.restrictions", "[5]", FALSE,
    "features[0].properties.restrictions[0]", "string" },
  { "v42.json", "feed_info.update_frequency", "\"often\"", FALSE, NULL, "number" },
  { "devices.json", "features[0].geometry.coordinates[0]", "999", TRUE, NULL, "-180…180" },
  { "devices.json", "features[0].properties.pattern", "5", FALSE, NULL, "string" },
  { "devices.json", "features[0].properties.core_details.device_status", "{}", FALSE, NULL,
    "string" },
  { "devices.json", "features[0].properties.core_details.device_type", "9", TRUE, NULL, "string" },
  { "devices.json", "features[0].properties.core_details.device_type", "\"\\u202e\\u0007\\n\"",
    TRUE, NULL, "missing" },
  { "devices.json", "features[6].properties.average_speed_kph", "-4", FALSE, NULL, "0…300" },
};

static void
test_bad_members (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_members); i++)
    {
      g_autofree char *name = g_build_filename ("wzdx", bad_members[i].fixture, NULL);
      g_autoptr (GBytes) valid = load_fixture (name);
      g_autoptr (GBytes) bytes = edit_json (valid, bad_members[i].path, bad_members[i].value);
      g_autoptr (RnDocument) document = decode (bytes);
      const RnRefusals *told =
          bad_members[i].refused ? document->refusals : document->flaws;
      const RnRefusals *other =
          bad_members[i].refused ? document->flaws : document->refusals;

      g_test_message ("%s = %s", bad_members[i].path, bad_members[i].value);
      g_assert_cmpuint (rn_refusals_total (told), ==, 1);
      g_assert_cmpuint (rn_refusals_total (other), ==, 0);
      g_assert_cmpstr (rn_refusals_nth (told, 0)->path, ==,
                       bad_members[i].told_at != NULL ? bad_members[i].told_at
                                                      : bad_members[i].path);
      g_assert_nonnull (strstr (rn_refusals_nth (told, 0)->reason, bad_members[i].words));
      g_assert_cmpuint (rows_taken (document), ==, document->n_rows - bad_members[i].refused);
    }
}

/* Half understood is worse than not: of lanes that cannot be read none is shown. */
static void
test_too_much (void)
{
  g_autoptr (GBytes) valid = load_fixture ("wzdx/v42.json");
  g_autoptr (GString) lanes = g_string_new ("[");
  g_autoptr (GString) text = g_string_new ("\"");

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (lanes, "%s{\"order\": %u, \"type\": \"general\", \"status\": \"open\"}",
                            i > 0 ? "," : "", i + 1);
  g_string_append_c (lanes, ']');
  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "<b>x</b>");
  g_string_append_c (text, '"');

  g_autoptr (GBytes) many = edit_json (valid, "features[0].properties.lanes", lanes->str);
  g_autoptr (GBytes) much =
      edit_json (many, "features[0].properties.core_details.description", text->str);
  g_autoptr (RnDocument) document = decode (much);
  const RnWork *w = work_at (document, 0);

  g_assert_cmpuint (w->n_lanes, ==, 0);
  g_assert_cmpuint (rn_refusals_total (document->flaws), ==, 1);
  g_assert_cmpint (g_utf8_strlen (rn_names_get (w->description, NULL), -1), ==, 4001);
}

/* The same feature again is refused; one of the same id that is another is not. A long id is no
 * harm. */
static void
test_same_twice (void)
{
  g_autoptr (GBytes) valid = load_fixture ("wzdx/v42.json");
  g_autoptr (JsonNode) root = json_from_string (g_bytes_get_data (valid, NULL), NULL);
  JsonArray *features = json_object_get_array_member (json_node_get_object (root), "features");
  g_autofree char *long_id = g_strnfill (100000, 'i');

  json_object_set_string_member (json_array_get_object_element (features, 1), "id", long_id);
  for (guint i = 0; i < 3; i++)
    {
      JsonNode *copy = json_node_copy (json_array_get_element (features, 0));

      if (i > 0)
        {
          g_autofree char *end = g_strdup_printf ("2025-08-0%uT00:00:00Z", 7 + i);
          g_autofree char *whole = json_to_string (copy, FALSE);

          json_node_unref (copy);
          copy = json_from_string (whole, NULL); /* of its own, not of shared objects */
          json_object_set_string_member (
              json_object_get_object_member (json_node_get_object (copy), "properties"), "end_date",
              end);
        }
      json_array_add_element (features, copy);
    }

  char *text = json_to_string (root, FALSE);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
  g_autoptr (RnDocument) document = decode (bytes);

  g_assert_cmpuint (document->works->len, ==, 4);
  g_assert_cmpuint (rn_refusals_total (document->refusals), ==, 1);
  g_assert_cmpstr (rn_refusals_nth (document->refusals, 0)->path, ==, "features[2]");
  g_assert_nonnull (strstr (rn_refusals_nth (document->refusals, 0)->reason, "twice"));
  g_assert_cmpuint (strlen (work_at (document, 1)->id), <, 200);
  g_assert_true (g_str_has_prefix (work_at (document, 2)->id, "a~"));
  g_assert_cmpstr (work_at (document, 2)->id, !=, work_at (document, 3)->id);
}

/* ---- coordinates, join ---- */

static void
test_crs (void)
{
  g_autoptr (GBytes) valid = load_fixture ("wzdx/cwz10.json");
  g_autoptr (GBytes) bytes =
      edit_json (valid, "features[0].geometry.coordinates", "[120.30, 31.57]");
  const RnDecodeContext context = { .source = "t", .crs = RN_CRS_GCJ02 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDocument) document = decode_slot (adapter, 0, bytes, &context, &error);
  RnPoint is = work_at (document, 0)->line[0];
  RnPoint back = rn_wgs84_to_gcj02 (is);

  g_assert_no_error (error);
  g_assert_cmpfloat (rn_distance_m (is, (RnPoint){ 120.30, 31.57 }), >, 100);
  g_assert_cmpfloat (rn_distance_m (back, (RnPoint){ 120.30, 31.57 }), <, 0.1);
}

static void
test_join (void)
{
  g_autoptr (GBytes) valid = load_fixture ("wzdx/devices.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDocument) document = NULL;
  Held held;
  guint32 section;

  hold_roadnet (&held);
  section = held.network->n_sections - 1;

  RnPoint on = rn_network_point_on (held.network, section, 0.5);
  g_autofree char *place = g_strdup_printf ("[%.7f, %.7f]", on.lon, on.lat);
  g_autoptr (GBytes) bytes = edit_json (valid, "features[0].geometry.coordinates", place);
  document = decode_slot (adapter, 0, bytes, &held.context, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (device_at (document, 0)->section, !=, RN_NONE);
  g_assert_cmpuint (device_at (document, 1)->section, ==, RN_NONE);
  held_clear (&held);
}

/* ---- documents ---- */

static void
assert_document_error (GBytes *bytes, int code)
{
  const RnDecodeContext context = { .source = "t" };
  g_autoptr (GError) error = NULL;

  g_assert_null (decode_slot (adapter, 0, bytes, &context, &error));
  g_assert_error (error, RN_FEED_ERROR, code);
}

static void
test_bad_documents (void)
{
  static const struct {
    const char *text;
    int code;
  } documents[] = {
    { "", RN_FEED_ERROR_EMPTY },
    { "\n", RN_FEED_ERROR_EMPTY },
    { "<html>no</html>", RN_FEED_ERROR_SYNTAX },
    { "[NaN]", RN_FEED_ERROR_SYNTAX },
    { "[1, 2]", RN_FEED_ERROR_DOCUMENT },
    { "{\"type\": \"FeatureCollection\", \"features\": []}", RN_FEED_ERROR_DOCUMENT },
    { "{\"feed_info\": []}", RN_FEED_ERROR_DOCUMENT },
    { "{\"feed_info\": {}}", RN_FEED_ERROR_DOCUMENT },
    { "{\"feed_info\": {}, \"features\": {}}", RN_FEED_ERROR_DOCUMENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (GBytes) bytes = bytes_of (documents[i].text);

      g_test_message ("%s", documents[i].text);
      assert_document_error (bytes, documents[i].code);
    }
}

/* A feed that is empty now says that there are none: of works and of devices. */
static void
test_empty (void)
{
  g_autoptr (GBytes) bytes = bytes_of (
      "{\"feed_info\": {\"data_sources\": [{\"update_date\": \"2025-01-01T00:00:00Z\"}, "
      "{\"update_date\": \"2025-01-02T00:00:00Z\"}]}, \"features\": []}");
  g_autoptr (RnDocument) document = decode (bytes);

  g_assert_cmpuint (document->works->len, ==, 0);
  g_assert_cmpuint (document->devices->len, ==, 0);
  g_assert_cmpint (document->observed_at_us, ==, at ("2025-01-02T00:00:00Z"));
}

/* A wrong time of the feed is told, and its works stay: as old as its newest source is. */
static void
test_wrong_update (void)
{
  g_autoptr (GBytes) valid = load_fixture ("wzdx/v42.json");
  g_autoptr (GBytes) bytes =
      edit_json (valid, "feed_info.update_date", "\"2024-05-01T12:00:00\"");
  g_autoptr (GBytes) sourced = edit_json (
      bytes, "feed_info.data_sources",
      "[{\"data_source_id\": \"s\", \"update_date\": \"2025-01-02T00:00:00Z\"}]");
  g_autoptr (RnDocument) good = decode (valid), document = decode (sourced);

  g_assert_cmpuint (document->works->len, ==, good->works->len);
  g_assert_cmpuint (rn_refusals_total (document->refusals), ==, 0);
  g_assert_cmpuint (rn_refusals_total (document->flaws), ==, 1);
  g_assert_cmpstr (rn_refusals_nth (document->flaws, 0)->path, ==, "feed_info.update_date");
  g_assert_cmpint (document->observed_at_us, ==, at ("2025-01-02T00:00:00Z"));
}

/* Offsets without a colon are written by many programs; a time without any zone is a guess, and
 * refused. */
static void
test_offsets (void)
{
  static const struct {
    const char *text, *is;
  } rows[] = {
    { "\"2024-05-01T12:00:00-0500\"", "2024-05-01T17:00:00Z" },
    { "\"2024-05-01T12:00:00.250+0130\"", "2024-05-01T10:30:00.250Z" },
    { "\"2024-05-01T12:00:00-05:00\"", "2024-05-01T17:00:00Z" },
    { "\"2024-05-01T12:00:00\"", NULL },
    { "\"2024-05-01T12:00:00-9900\"", NULL },
    { "\"12:00-0500\"", NULL },
    { "\"-0500\"", NULL },
    { "\"2024-05-01\"", NULL },
  };
  g_autoptr (GBytes) valid = load_fixture ("wzdx/v42.json");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes =
          edit_json (valid, "features[0].properties.start_date", rows[i].text);
      g_autoptr (RnDocument) document = decode (bytes);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpuint (rn_refusals_total (document->refusals), ==, rows[i].is == NULL ? 1 : 0);
      if (rows[i].is != NULL)
        g_assert_cmpint (work_at (document, 0)->start_us, ==, at (rows[i].is));
      else
        g_assert_cmpstr (rn_refusals_nth (document->refusals, 0)->path, ==,
                         "features[0].properties.start_date");
    }
}

/* A complaint quotes the beginning of a word, and never half a character of it. */
static void
test_cut_quote (void)
{
  g_autoptr (GBytes) valid = load_fixture ("wzdx/v42.json");
  g_autoptr (GBytes) bytes =
      edit_json (valid, "features[0].properties.core_details.event_type",
                 "\"施工施工施工施工施工施工施工施工施工\"");
  g_autoptr (RnDocument) document = decode (bytes);

  g_assert_cmpuint (rn_refusals_total (document->refusals), ==, 1);
  g_assert_true (g_utf8_validate (rn_refusals_nth (document->refusals, 0)->reason, -1, NULL));
}

/* Works and devices of one source come in documents of their own: neither takes the other away, but
 * an empty one takes both. */
static void
test_holding (void)
{
  g_autoptr (RnDocument) works = decode_own ("v42.json"), devices = decode_own ("devices.json");
  g_autoptr (RnDocument) none = rn_document_new (RN_FEED_WORKS);
  GPtrArray *parts[RN_HOLDING_N_PARTS] = { NULL };

  rn_holding_parts_apply (parts, devices, FALSE);
  g_assert_cmpuint (length_of (parts[RN_HOLDING_WORKS]), ==, 0);
  rn_holding_parts_apply (parts, works, FALSE);
  g_assert_cmpuint (length_of (parts[RN_HOLDING_WORKS]), ==, 2);
  g_assert_cmpuint (length_of (parts[RN_HOLDING_DEVICES]), ==, 9);
  none->works = g_ptr_array_new ();
  none->devices = g_ptr_array_new ();
  rn_holding_parts_apply (parts, none, FALSE);
  g_assert_cmpuint (length_of (parts[RN_HOLDING_WORKS]), ==, 0);
  g_assert_cmpuint (length_of (parts[RN_HOLDING_DEVICES]), ==, 0);
  for (guint i = 0; i < RN_HOLDING_N_PARTS; i++)
    g_clear_pointer (&parts[i], g_ptr_array_unref);
}

static void
test_recognise (void)
{
  static const char *const fixtures[] = { "v20.json", "v31.json", "v40.json", "v42.json",
                                          "cwz10.json", "devices.json" };
  const char *flat = "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", "
                     "\"properties\": {\"road_event_id\": \"1\"";
  g_autoptr (GBytes) network = load_fixture ("roadnet/network.json");
  gsize n;

  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++)
    {
      g_autofree char *path = g_build_filename ("wzdx", fixtures[i], NULL);
      g_autoptr (GBytes) bytes = load_fixture (path);
      const char *data = g_bytes_get_data (bytes, &n);

      g_assert_cmpint (adapter->recognise (fixtures[i], data, n), ==, 0);
    }
  g_assert_cmpint (adapter->recognise ("x.json", flat, strlen (flat)), ==, 0);
  const char *data = g_bytes_get_data (network, &n);
  g_assert_cmpint (adapter->recognise ("network.json", data, n), ==, -1);
  g_assert_cmpint (adapter->recognise ("x.xml", "<a/>", 4), ==, -1);
}

/* ---- recorded feeds ---- */

static const struct {
  const char *path, *observed;
  guint n_works, n_devices;
} recorded[] = {
  { "wzdx/cdot_wzdx42_2025-08-07.json", "2025-08-08T00:03:48Z", 282, 0 },
  { "wzdx/cdot_wzdx42_2023-05-22.json", "2023-05-22T23:40:06Z", 87, 0 },
  { "wzdx/nycdot_bridges_wzdx30.json", "2020-09-29T18:00:00Z", 149, 0 },
  { "wzdx/cdot_cotrip_wzdx30_small_2021-01-19.json", "2021-01-19T12:07:11Z", 10, 0 },
  { "wzdx/icone_devicefeed42_2025-12-29.json", "2025-12-29T16:34:16.55Z", 0, 3 },
  { "cwz/cdot_cwz10_2025-08-07.json", "2025-08-08T00:04:06Z", 85, 0 },
  { "wzdx/spec-examples/scenario1_simple_multipoint_example.geojson", "2020-06-18T15:00:00Z", 5,
    0 },
  { "wzdx/spec-examples/scenario4_detour_linestring_example.geojson", "2020-06-18T15:00:00Z", 4,
    0 },
  { "wzdx/spec-examples/camera_error_example.geojson", "2021-12-06T15:00:00Z", 0, 1 },
  { "wzdx/spec-examples/arrow_board_ok_example.geojson", "2021-12-06T15:00:00Z", 0, 1 },
};

static void
test_recorded (void)
{
  const char *shared = g_getenv ("RN_TEST_SHARED");
  guint n_read = 0;

  for (guint i = 0; i < G_N_ELEMENTS (recorded); i++)
    {
      g_autofree char *path =
          g_build_filename (shared != NULL ? shared : "/nonexistent", "feeds", recorded[i].path,
                            NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
        continue;
      g_autoptr (GBytes) bytes = load_file (path);
      g_autoptr (RnDocument) document = decode (bytes);

      g_test_message ("%s", recorded[i].path);
      g_assert_cmpuint (length_of (document->works), ==, recorded[i].n_works);
      g_assert_cmpuint (length_of (document->devices), ==, recorded[i].n_devices);
      g_assert_cmpuint (rn_refusals_total (document->refusals), ==, 0);
      g_assert_cmpuint (rn_refusals_total (document->flaws), ==, 0);
      g_assert_cmpint (document->observed_at_us, ==, at (recorded[i].observed));
      n_read++;
    }
  if (n_read == 0)
    g_test_skip ("no recorded feeds at hand (RN_TEST_SHARED)");
}

int
main (int argc, char **argv)
{
  adapter = rn_adapter_find ("wzdx");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wzdx/2.0", test_20);
  g_test_add_func ("/wzdx/made-up-ids", test_made_up_ids);
  g_test_add_func ("/wzdx/3.1", test_31);
  g_test_add_func ("/wzdx/4.0", test_40);
  g_test_add_func ("/wzdx/4.2", test_42);
  g_test_add_func ("/wzdx/cwz", test_cwz);
  g_test_add_func ("/wzdx/devices", test_devices);
  g_test_add_func ("/wzdx/bad-members", test_bad_members);
  g_test_add_func ("/wzdx/too-much", test_too_much);
  g_test_add_func ("/wzdx/same-twice", test_same_twice);
  g_test_add_func ("/wzdx/crs", test_crs);
  g_test_add_func ("/wzdx/join", test_join);
  g_test_add_func ("/wzdx/bad-documents", test_bad_documents);
  g_test_add_func ("/wzdx/empty", test_empty);
  g_test_add_func ("/wzdx/wrong-update", test_wrong_update);
  g_test_add_func ("/wzdx/cut-quote", test_cut_quote);
  g_test_add_func ("/wzdx/offsets", test_offsets);
  g_test_add_func ("/wzdx/holding", test_holding);
  g_test_add_func ("/wzdx/recognise", test_recognise);
  g_test_add_func ("/wzdx/recorded", test_recorded);
  return g_test_run ();
}
