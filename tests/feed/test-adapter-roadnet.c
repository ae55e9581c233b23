/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations API: each feed of a valid server decoded to the last member, and a table of bad
 * rows and documents with the words they are refused with. */
#include <math.h>

#include "adapter-help.h"
#include "base/rn-clock.h"
#include "model/rn-facility-state.h"
#include "model/rn-incident.h"
#include "model/rn-kpi.h"
#include "model/rn-plan.h"
#include "model/rn-weather.h"
#include "model/rn-work.h"

enum { NETWORK, FLOW, INCIDENTS, WORKS, WEATHER, FACILITIES, KPIS, PLANS };

/* 2026-10-01T02:00:00Z */
#define AT_US (G_GINT64_CONSTANT (1790820000) * RN_SECOND)
#define MINUTE_US (60 * RN_SECOND)

static const RnAdapter *adapter;
static Held held;

static RnDocument *
decode_fixture (guint slot)
{
  g_autofree char *name = g_strdup_printf ("roadnet/%s.json", slot_name (adapter, slot));
  g_autoptr (GBytes) bytes = load_fixture (name);
  g_autoptr (GError) error = NULL;
  RnDocument *document = decode_slot (adapter, slot, bytes, &held.context, &error);

  g_assert_no_error (error);
  g_assert_cmpint (document->kind, ==, adapter->slots[slot].kind);
  return document;
}

static guint32
section (const char *id)
{
  return rn_network_find_section (held.network, NULL, id);
}

static void
assert_unjoined (const RnDocument *document, const char *ids)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < document->unjoined->len; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? " " : "",
                            (const char *) g_ptr_array_index (document->unjoined, i));
  g_assert_cmpstr (all->str, ==, ids);
}

static void
test_network (void)
{
  g_autoptr (RnDocument) document = decode_fixture (NETWORK);

  g_assert_cmpuint (document->network->n_sections, ==, 4);
  g_assert_cmpuint (document->network->n_facilities, ==, 2);
  g_assert_cmpuint (rn_refusals_total (document->refusals), ==, 0);
  g_assert_cmpstr (document->network->version, ==, "test-1");
  g_assert_cmpint (document->observed_at_us, >, 0);
}

static void
test_incident (void)
{
  g_autoptr (RnDocument) document = decode_fixture (INCIDENTS);
  const RnIncident *i = g_ptr_array_index (document->incidents, 0);

  g_assert_cmpuint (document->incidents->len, ==, 4);
  g_assert_cmpuint (rn_refusals_total (document->refusals), ==, 0);
  g_assert_cmpstr (i->key, ==, "test/i-1");
  g_assert_cmpint (i->type, ==, RN_INCIDENT_CRASH);
  g_assert_cmpint (i->status, ==, RN_INCIDENT_RESPONDING);
  g_assert_cmpint (i->level, ==, 2);
  g_assert_cmpint (i->revision, ==, 7);
  g_assert_cmpuint (i->section, ==, section ("g9-a1"));
  g_assert_cmpfloat (i->chainage_m, ==, 3300);
  g_assert_true (i->located);
  g_assert_cmpfloat (i->at.lat, ==, 31.97);
  g_assert_cmpuint (i->n_lanes, ==, 3);
  g_assert_cmpint (i->lanes[0].lane, ==, 1);
  g_assert_cmpint (i->lanes[0].state, ==, RN_LANE_BLOCKED);
  g_assert_cmpint (i->lanes[2].lane, ==, 0);
  g_assert_cmpint (i->lanes[2].state, ==, RN_LANE_OPEN);
  g_assert_cmpint (i->casualties, ==, 1);
  g_assert_false (i->hazmat);
  g_assert_cmpint (i->times_us[RN_TIME_OCCURRED], ==, AT_US - 20 * MINUTE_US);
  g_assert_cmpint (i->times_us[RN_TIME_ARRIVED], ==, AT_US - 5 * MINUTE_US);
  g_assert_cmpint (i->times_us[RN_TIME_NORMAL], ==, 0);
  g_assert_cmpint (i->expected_end_us, ==, AT_US + 60 * MINUTE_US);
  g_assert_true (i->party_known[RN_PARTY_OPERATOR] && i->party_known[RN_PARTY_MEDICAL]);
  g_assert_cmpint (i->party_us[RN_PARTY_OPERATOR][RN_STEP_CONFIRMED], ==,
                   AT_US - 18 * MINUTE_US + 30 * RN_SECOND);
  g_assert_cmpint (i->party_us[RN_PARTY_POLICE][RN_STEP_NOTIFIED], ==, AT_US - 17 * MINUTE_US);
  g_assert_cmpint (i->party_us[RN_PARTY_POLICE][RN_STEP_LEFT], ==, 0);
  g_assert_cmpuint (i->n_log, ==, 1);
  g_assert_cmpstr (i->log[0].by, ==, "seat 2");
  g_assert_cmpstr (i->log[0].text, ==, "Camera shows two cars");
  g_assert_cmpuint (i->n_related, ==, 2);
  g_assert_cmpstr (i->related[0].id, ==, "i-2");
  g_assert_false (i->related[0].duplicate);
  g_assert_true (i->related[1].duplicate);
  g_assert_cmpstr (i->owner, ==, "seat 2");
  g_assert_cmpstr (rn_names_get (i->description, "zh-CN"), ==, "两车相撞");
  g_assert_cmpint (i->observed_at_us, ==, AT_US);
}

static void
test_incident_places (void)
{
  g_autoptr (RnDocument) document = decode_fixture (INCIDENTS);
  const RnIncident *line = g_ptr_array_index (document->incidents, 1);
  const RnIncident *no_geometry = g_ptr_array_index (document->incidents, 2);
  const RnIncident *far = g_ptr_array_index (document->incidents, 3);

  g_assert_cmpuint (line->section, ==, section ("g9-a2"));
  g_assert_cmpuint (line->n_line, ==, 2);
  g_assert_true (line->hazmat); /* the name of a substance */
  g_assert_cmpuint (no_geometry->section, ==, section ("g9-d1"));
  g_assert_true (no_geometry->located);
  g_assert_cmpfloat_with_epsilon (no_geometry->at.lat, 31.97, 0.001);
  g_assert_cmpuint (far->section, ==, RN_NONE);
  assert_unjoined (document, "i-4");
}

static void
test_works (void)
{
  g_autoptr (RnDocument) document = decode_fixture (WORKS);
  const RnWork *w;

  g_assert_cmpuint (document->works->len, ==, 3);
  g_assert_cmpuint (document->devices->len, ==, 1);
  g_assert_cmpuint (rn_refusals_total (document->refusals), ==, 0);
  g_assert_cmpint (document->observed_at_us, ==, AT_US);
  g_assert_cmpint (document->poll_hint_us, ==, 240 * RN_SECOND);
  assert_unjoined (document, "w-3");

  w = g_ptr_array_index (document->works, 0);
  g_assert_cmpstr (rn_names_get (w->names, "en"), ==, "Resurfacing");
  g_assert_cmpstr (rn_names_get (w->description, "en"), ==, "Lane 3 closed at night");
  g_assert_cmpstr (rn_names_get (w->names, "zh-CN"), ==, "路面养护");
  g_assert_cmpstr (w->road, ==, "G9");
  g_assert_cmpstr (w->direction, ==, "southbound");
  g_assert_cmpstr (w->owner, ==, "North Co");
  g_assert_cmpuint (w->n_sections, ==, 1);
  g_assert_cmpuint (w->sections[0], ==, section ("g9-a1"));
  g_assert_false (w->joined_by_place);
  g_assert_cmpuint (w->n_line, ==, 2);
  g_assert_cmpfloat (w->capacity_factor, ==, 0.6);
  g_assert_cmpfloat (w->limit_kmh, ==, 60);
  g_assert_cmpint (w->start_us, ==, AT_US - 720 * MINUTE_US);
  g_assert_cmpint (w->end_us, ==, AT_US + 120 * MINUTE_US);
  g_assert_true (w->start_verified);
  g_assert_false (w->end_verified);
  g_assert_cmpint (w->plan_start_us, ==, AT_US - 720 * MINUTE_US);
  g_assert_cmpint (w->plan_end_us, ==, AT_US - 60 * MINUTE_US);
  g_assert_cmpstr (w->permit, ==, "P-17");
  g_assert_cmpint (w->impact, ==, RN_IMPACT_SOME_CLOSED);
  g_assert_cmpuint (w->n_lanes, ==, 3);
  g_assert_cmpint (w->lanes[1].state, ==, RN_WORK_LANE_CLOSED);
  g_assert_cmpint (w->lanes[2].state, ==, RN_WORK_LANE_OTHER);
  g_assert_cmpstr (w->lanes[2].type, ==, "shoulder");
  g_assert_cmpint (w->workers, ==, 1);

  w = g_ptr_array_index (document->works, 1);
  g_assert_true (w->joined_by_place);
  g_assert_cmpuint (w->n_sections, ==, 1);
  g_assert_cmpuint (w->sections[0], ==, section ("g9-a2"));
  g_assert_cmpstr (rn_names_get (w->names, NULL), ==, "Below road work, painting");
  g_assert_cmpstr (w->owner, ==, "Test roads");
  g_assert_true (w->start_verified);
  g_assert_false (w->end_verified);
  g_assert_true (isnan (w->capacity_factor) && isnan (w->limit_kmh));
  g_assert_cmpint (w->workers, ==, -1);
}

static void
test_weather (void)
{
  g_autoptr (RnDocument) document = decode_fixture (WEATHER);
  const RnStation *s = g_ptr_array_index (document->stations, 0);
  const RnWarning *w = g_ptr_array_index (document->warnings, 0);
  const RnControl *c = g_ptr_array_index (document->controls, 0);

  g_assert_cmpuint (document->stations->len, ==, 1);
  g_assert_cmpuint (document->warnings->len, ==, 2);
  g_assert_cmpuint (document->controls->len, ==, 2);
  g_assert_cmpuint (rn_refusals_total (document->refusals), ==, 0);
  assert_unjoined (document, "co-2");
  g_assert_cmpstr (rn_names_get (s->names, NULL), ==, "Bridge top");
  g_assert_cmpfloat (s->visibility_m, ==, 300);
  g_assert_cmpfloat (s->rain_mm_h, ==, 2.5);
  g_assert_cmpfloat (s->wind_ms, ==, 8);
  g_assert_cmpfloat (s->gust_ms, ==, 14.2);
  g_assert_cmpfloat (s->air_c, ==, 4.5);
  g_assert_cmpfloat (s->surface_c, ==, -0.5);
  g_assert_cmpfloat (s->friction, ==, 0.3);
  g_assert_cmpint (s->surface, ==, RN_SURFACE_ICE);
  g_assert_cmpfloat (s->at.lat, ==, 31.99);
  g_assert_cmpint (w->hazard, ==, RN_HAZARD_FOG);
  g_assert_cmpint (w->tier, ==, 2);
  g_assert_cmpuint (w->n_ring, ==, 4);
  g_assert_cmpint (w->until_us - w->from_us, ==, 360 * MINUTE_US);
  g_assert_cmpstr (rn_names_get (w->text, "en"), ==, "Fog");
  w = g_ptr_array_index (document->warnings, 1);
  g_assert_cmpint (w->tier, ==, 4);
  g_assert_cmpuint (w->n_sections, ==, 1);
  g_assert_cmpuint (w->sections[0], ==, section ("g9-a1"));
  g_assert_cmpint (c->level, ==, RN_CONTROL_1);
  g_assert_cmpfloat (c->limit_kmh, ==, 60);
  g_assert_cmpstr (c->bans[1], ==, "coach");
  g_assert_cmpuint (c->n_sections, ==, 2);
  g_assert_cmpint (c->hazard, ==, RN_HAZARD_FOG);
  g_assert_cmpint (c->since_us, ==, AT_US - 90 * MINUTE_US);
  c = g_ptr_array_index (document->controls, 1);
  g_assert_cmpint (c->level, ==, RN_CONTROL_3);
  g_assert_cmpint (c->hazard, ==, -1);
}

static void
test_facilities (void)
{
  g_autoptr (RnDocument) document = decode_fixture (FACILITIES);
  const RnFacilityState *area = g_ptr_array_index (document->facility_states, 0);
  const RnFacilityState *plaza = g_ptr_array_index (document->facility_states, 1);
  const RnFacilityState *check = g_ptr_array_index (document->facility_states, 2);

  g_assert_cmpuint (document->facility_states->len, ==, 3);
  assert_unjoined (document, "check-1");
  g_assert_cmpuint (area->facility, ==, rn_network_find_facility (held.network, NULL, "area-1"));
  g_assert_cmpint (area->car_used, ==, 180);
  g_assert_cmpint (area->truck_total, ==, 40);
  g_assert_cmpuint (area->n_fuel, ==, 2);
  g_assert_cmpstr (area->fuel[1].grade, ==, "LNG");
  g_assert_true (isnan (area->fuel[1].price_cny_l));
  g_assert_cmpint (area->fuel[1].available, ==, 0);
  g_assert_cmpint (area->chargers_queue, ==, 5);
  g_assert_cmpstr (rn_names_get (area->goods[0].names, "zh-CN"), ==, "盐水鸭");
  g_assert_cmpint (area->goods[0].promotion, ==, 1);
  g_assert_cmpint (area->status, ==, RN_AREA_CONTROLLED);
  g_assert_cmpfloat (area->inflow_vph, ==, 420);
  g_assert_cmpint (area->mode, ==, RN_TOLL_UNKNOWN);
  g_assert_cmpint (area->lanes_entry, ==, -1);
  g_assert_cmpint (plaza->lanes_exit, ==, 5);
  g_assert_cmpfloat (plaza->exit_vph, ==, 380.5);
  g_assert_cmpfloat (plaza->queue_m, ==, 120);
  g_assert_cmpint (plaza->mode, ==, RN_TOLL_NO_CARD_NO_BOOTH);
  g_assert_cmpint (plaza->entry, ==, RN_ENTRY_METERED);
  g_assert_cmpfloat (plaza->etc_share_pct, ==, 71.5);
  g_assert_cmpint (plaza->car_used, ==, -1);
  g_assert_cmpint (check->vehicles_today, ==, 12000);
  g_assert_cmpint (check->people_today, ==, 31000);
}

static void
test_kpis (void)
{
  g_autoptr (RnDocument) document = decode_fixture (KPIS);
  const RnKpi *k = g_ptr_array_index (document->kpis, 0);

  g_assert_cmpuint (document->kpis->len, ==, 2);
  g_assert_cmpfloat (k->value, ==, 2183400);
  g_assert_cmpfloat (k->target, ==, 4000000);
  g_assert_cmpint (k->better, ==, 1);
  g_assert_cmpstr (k->period, ==, "day");
  g_assert_cmpfloat (k->record_value, ==, 4120000);
  g_assert_cmpstr (k->record_what, ==, "National Day");
  g_assert_cmpuint (k->n_series, ==, 2);
  g_assert_true (isnan (k->series[1].value));
  g_assert_cmpstr (k->by[0].key, ==, "north");
  k = g_ptr_array_index (document->kpis, 1);
  g_assert_cmpint (k->group, ==, RN_KPI_WORK);
  g_assert_cmpint (k->better, ==, -1);
  g_assert_cmpstr (k->tasks[0].title, ==, "Check signs");
  g_assert_cmpfloat (k->tasks[0].progress_pct, ==, 40);
  g_assert_cmpint (k->tasks[0].due_us, ==, AT_US + 46 * 60 * MINUTE_US);
}

static void
test_plans (void)
{
  g_autoptr (RnDocument) document = decode_fixture (PLANS);
  const RnPlan *p = g_ptr_array_index (document->plans, 0);
  const RnMeasure *m = g_ptr_array_index (document->measures, 0);

  g_assert_cmpint (p->tier, ==, 3);
  g_assert_cmpstr (p->sections[0], ==, "g9-a1");
  g_assert_cmpstr (p->facilities[0], ==, "plaza-1");
  g_assert_nonnull (strstr (p->criteria_json, "saturation"));
  g_assert_nonnull (strstr (p->measures_json, "meter"));
  g_assert_cmpstr (rn_names_get (p->names, "zh-CN"), ==, "长桥");
  g_assert_cmpstr (m->plan, ==, "bridge");
  g_assert_cmpint (m->ordered_us, ==, AT_US - 59 * MINUTE_US);
  g_assert_cmpint (m->lifted_us, ==, 0);
  g_assert_cmpstr (m->by, ==, "seat 1");
}

/* ---- bad rows ---- */

/* One value of a valid document changed: one row is refused, with this path and these words. */
static const struct {
  guint slot;
  const char *path, *value; /* NULL: removed */
  const char *refused_at, *words;
} bad_rows[] = {
  { INCIDENTS, "features[0].properties.type", "\"fog\"", NULL, "fog" },
  { INCIDENTS, "features[0].properties.type", NULL, NULL, "missing" },
  { INCIDENTS, "features[0].properties.status", "3", NULL, "string" },
  { INCIDENTS, "features[0].properties.revision", "\"7\"", NULL, "number" },
  { INCIDENTS, "features[0].properties.revision", "null", NULL, "missing" },
  { INCIDENTS, "features[0].properties.level", "5", NULL, "1…4" },
  { INCIDENTS, "features[0].properties.lanes.1", "\"shut\"", NULL, "shut" },
  { INCIDENTS, "features[0].properties.lanes.left", "\"open\"", NULL, "lane" },
  { INCIDENTS, "features[0].properties.lanes", "[]", NULL, "object" },
  { INCIDENTS, "features[0].properties.times.occurred", "\"yesterday\"", NULL, "RFC 3339" },
  { INCIDENTS, "features[0].properties.parties.police.arrived", "5", NULL, "string" },
  { INCIDENTS, "features[0].properties.log[0].at", "\"now\"", NULL, "RFC 3339" },
  { INCIDENTS, "features[0].properties.related.i-2", "\"brother_of\"", NULL, "brother_of" },
  { INCIDENTS, "features[0].properties.casualties", "-1", NULL, "0…" },
  { INCIDENTS, "features[0].geometry.coordinates[1]", "95", NULL, "-90…90" },
  { INCIDENTS, "features[0].geometry.coordinates", "[119.0]", "features[0].geometry.coordinates[1]",
    "missing" },
  { INCIDENTS, "features[0].geometry.type", "\"Polygon\"", "features[0].geometry", "Polygon" },
  { INCIDENTS, "features[0].id", NULL, NULL, "missing" },
  { INCIDENTS, "features[1].id", "\"i-1\"", NULL, "second" },
  { INCIDENTS, "features[0].properties", "7", NULL, "object" },
  { INCIDENTS, "features[0]", "\"x\"", NULL, "object" },
  { WORKS, "features[0].properties.roadnet.capacity_factor", "1.5", NULL, "0…1" },
  { WORKS, "features[0].properties.roadnet.sections[0]", "true", NULL, "string" },
  { WORKS, "features[0].properties.core_details.event_type", NULL, NULL, "missing" },
  { WORKS, "features[0].properties.core_details", NULL, NULL, "missing" },
  { WORKS, "features[2].properties.core_details.event_type", "\"party\"", NULL, "party" },
  { WORKS, "features[0].properties.start_date", "\"2026\"", NULL, "RFC 3339" },
  { WORKS, "features[2].geometry", "null", "features[2]", "geometry" },
  { WEATHER, "features[0].properties.visibility_m", "-5", NULL, "0…" },
  { WEATHER, "features[0].properties.surface", "\"mud\"", NULL, "mud" },
  { WEATHER, "features[0].properties.friction", "30", NULL, "0…1" },
  { WEATHER, "features[0].geometry", "null", NULL, "null" },
  { WEATHER, "features[0].properties.kind", "\"balloon\"", NULL, "balloon" },
  { WEATHER, "features[1].properties.level", "\"green\"", NULL, "green" },
  { WEATHER, "features[1].properties.hazard", NULL, NULL, "missing" },
  { WEATHER, "features[2].properties.sections", NULL, "features[2]", "area" },
  { WEATHER, "features[3].properties.level", "4", NULL, "4" },
  { FACILITIES, "facilities[0].type", "\"castle\"", NULL, "castle" },
  { FACILITIES, "facilities[0].parking.car.used", "-3", NULL, "0…" },
  { FACILITIES, "facilities[0].fuel[0].grade", NULL, NULL, "missing" },
  { FACILITIES, "facilities[1].mode", "\"robot\"", NULL, "robot" },
  { FACILITIES, "facilities[1].etc_share_pct", "101", NULL, "0…100" },
  { FACILITIES, "facilities[2].id", "\"\"", NULL, "empty" },
  { KPIS, "kpis[0].name", NULL, NULL, "missing" },
  { KPIS, "kpis[0].group", "\"money\"", NULL, "money" },
  { KPIS, "kpis[0].series[0].at", NULL, NULL, "missing" },
  { KPIS, "kpis[0].by", "{}", NULL, "array" },
  { PLANS, "plans[0].tier", "5", NULL, "0…4" },
  { PLANS, "plans[0].criteria", "\"all\"", NULL, "object" },
  { PLANS, "measures[0].ordered", "\"x\"", NULL, "RFC 3339" },
};

static void
test_bad_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_rows); i++)
    {
      guint slot = bad_rows[i].slot;
      g_autofree char *name = g_strdup_printf ("roadnet/%s.json", slot_name (adapter, slot));
      g_autoptr (GBytes) valid = load_fixture (name);
      g_autoptr (GBytes) bytes = edit_json (valid, bad_rows[i].path, bad_rows[i].value);
      g_autoptr (RnDocument) before = decode_fixture (slot);
      g_autoptr (GError) error = NULL;
      g_autoptr (RnDocument) document = decode_slot (adapter, slot, bytes, &held.context, &error);
      const RnRefusal *refusal = NULL;

      g_test_message ("%s %s = %s", name, bad_rows[i].path, bad_rows[i].value);
      g_assert_no_error (error);
      g_assert_cmpuint (rn_refusals_total (document->refusals), ==,
                        rn_refusals_total (before->refusals) + 1);
      g_assert_cmpuint (rows_taken (document), ==, rows_taken (before) - 1);
      refusal = rn_refusals_nth (document->refusals, 0);
      g_assert_cmpstr (refusal->path, ==,
                       bad_rows[i].refused_at != NULL ? bad_rows[i].refused_at : bad_rows[i].path);
      g_assert_nonnull (strstr (refusal->reason, bad_rows[i].words));
    }
}

static void
test_bad_hint (void)
{
  g_autoptr (GBytes) valid = load_fixture ("roadnet/works.json");
  g_autoptr (GBytes) bytes = edit_json (valid, "feed_info.update_frequency", "\"often\"");
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDocument) document = decode_slot (adapter, WORKS, bytes, &held.context, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (document->works->len, ==, 3);
  g_assert_cmpint (document->poll_hint_us, ==, 0);
  g_assert_cmpstr (rn_refusals_nth (document->refusals, 0)->path, ==, "feed_info.update_frequency");
}

/* ---- bad documents ---- */

static const struct {
  guint slot;
  const char *path, *value;
  int code;
  const char *words;
} bad_documents[] = {
  { NETWORK, "version", NULL, RN_FEED_ERROR_DOCUMENT, "version" },
  { NETWORK, "features", "{}", RN_FEED_ERROR_DOCUMENT, "features" },
  { INCIDENTS, "features", NULL, RN_FEED_ERROR_DOCUMENT, "features" },
  { INCIDENTS, "features", "7", RN_FEED_ERROR_DOCUMENT, "features" },
  { INCIDENTS, "observed_at", "\"noon\"", RN_FEED_ERROR_DOCUMENT, "observed_at" },
  { WORKS, "feed_info", NULL, RN_FEED_ERROR_DOCUMENT, "feed_info" },
  { WORKS, "feed_info.update_date", "12", RN_FEED_ERROR_DOCUMENT, "feed_info.update_date" },
  { WEATHER, "features", "null", RN_FEED_ERROR_DOCUMENT, "features" },
  { FACILITIES, "facilities", "\"\"", RN_FEED_ERROR_DOCUMENT, "facilities" },
  { KPIS, "kpis", NULL, RN_FEED_ERROR_DOCUMENT, "kpis" },
  { PLANS, "measures", "{}", RN_FEED_ERROR_DOCUMENT, "measures" },
  { PLANS, "", "[1]", RN_FEED_ERROR_DOCUMENT, "$" },
};

static void
test_bad_documents (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_documents); i++)
    {
      guint slot = bad_documents[i].slot;
      g_autofree char *name = g_strdup_printf ("roadnet/%s.json", slot_name (adapter, slot));
      g_autoptr (GBytes) valid = load_fixture (name);
      g_autoptr (GBytes) bytes = edit_json (valid, bad_documents[i].path, bad_documents[i].value);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s %s", name, bad_documents[i].path);
      g_assert_null (decode_slot (adapter, slot, bytes, &held.context, &error));
      g_assert_error (error, RN_FEED_ERROR, bad_documents[i].code);
      g_assert_nonnull (strstr (error->message, bad_documents[i].words));
      g_assert_nonnull (strstr (error->message, slot_name (adapter, slot)));
    }
}

static void
test_not_json (void)
{
  static const struct {
    const char *text;
    int code;
  } cases[] = {
    { "", RN_FEED_ERROR_EMPTY },       { "\n", RN_FEED_ERROR_EMPTY },
    { "<html/>", RN_FEED_ERROR_SYNTAX }, { "{\"features\": [}", RN_FEED_ERROR_SYNTAX },
    { "null", RN_FEED_ERROR_DOCUMENT },
  };

  for (guint slot = 0; slot < adapter->n_slots; slot++)
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autoptr (GBytes) bytes = bytes_of (cases[i].text);
        g_autoptr (GError) error = NULL;

        g_assert_null (decode_slot (adapter, slot, bytes, &held.context, &error));
        g_assert_error (error, RN_FEED_ERROR, cases[i].code);
        g_assert_nonnull (strstr (error->message, slot_name (adapter, slot)));
      }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  adapter = rn_adapter_find ("roadnet");
  hold_roadnet (&held);
  g_test_add_func ("/roadnet/network", test_network);
  g_test_add_func ("/roadnet/incident", test_incident);
  g_test_add_func ("/roadnet/incident-places", test_incident_places);
  g_test_add_func ("/roadnet/works", test_works);
  g_test_add_func ("/roadnet/weather", test_weather);
  g_test_add_func ("/roadnet/facilities", test_facilities);
  g_test_add_func ("/roadnet/kpis", test_kpis);
  g_test_add_func ("/roadnet/plans", test_plans);
  g_test_add_func ("/roadnet/bad-rows", test_bad_rows);
  g_test_add_func ("/roadnet/bad-hint", test_bad_hint);
  g_test_add_func ("/roadnet/bad-documents", test_bad_documents);
  g_test_add_func ("/roadnet/not-json", test_not_json);
  status = g_test_run ();
  held_clear (&held);
  return status;
}
