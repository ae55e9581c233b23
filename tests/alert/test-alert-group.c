/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which sections hang together, where queues of causes reach, what is closed: on the fixture's road,
 * where a0 … a11 follow each other, and on a fork. */
#include "engine-stage.h"

static char *
sections_text (const RnNetwork *network, const GArray *sections)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sections->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            network->id[g_array_index (sections, guint32, i)]);
  return g_string_free (text, FALSE);
}

static char *
near_text (const RnNetwork *network, guint32 section)
{
  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (guint32));

  rn_alert_group_neighbours (network, section, near);
  return sections_text (network, near);
}

static void
test_neighbours (void)
{
  g_autoptr (RnNetwork) network = fixture_road ("s", N);

  /* two sections of 1,000 m are bridged, a third one is not; never the other direction */
  assert_text (near_text (network, 5), "a5 a4 a6 a3 a7 a2 a8");
  assert_text (near_text (network, 0), "a0 a1 a2 a3");
  assert_text (near_text (network, N + 5), "d5 d4 d6 d3 d7 d2 d8");
}

/* A section of 6 km is bridged, since it is one. */
static void
test_long_sections (void)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("s", "1");
  g_autoptr (RnNetwork) network = NULL;

  for (guint i = 0; i < 5; i++)
    {
      RnPoint line[2] = { { 119 + fixture_lon (6000.0 * i), 32 },
                          { 119 + fixture_lon (6000.0 * (i + 1)), 32 } };
      RnSectionRow row = RN_SECTION_ROW_INIT;
      char id[4] = { 'l', (char) ('0' + i), 0, 0 };

      row.id = id;
      row.road = "G1";
      row.direction = RN_DIRECTION_ASC;
      row.from_m = 6000.0 * i;
      row.to_m = 6000.0 * (i + 1);
      row.points = line;
      row.n_points = 2;
      g_assert_true (rn_network_builder_add_section (builder, &row, NULL));
    }
  network = rn_network_builder_end (builder);
  assert_text (near_text (network, 2), "l2 l1 l3 l0 l4");
  assert_text (near_text (network, 0), "l0 l1 l2");
}

/* ---- causes ---- */

static char *
causes_text (Stage *stage, const char *speeds, guint64 standing_bits)
{
  g_autoptr (RnFrame) frame = stage_frame (stage, speeds);
  g_autoptr (GHashTable) standing = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) causes = NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 2 * N; i++)
    if (standing_bits & (G_GUINT64_CONSTANT (1) << i))
      g_hash_table_add (standing, GUINT_TO_POINTER (i));
  causes = rn_alert_group_causes (frame, standing);
  for (guint i = 0; i < 2 * N; i++)
    {
      const RnAlertCause *cause = g_hash_table_lookup (causes, GUINT_TO_POINTER (i));

      if (cause != NULL)
        g_string_append_printf (text, "%s%s=%s%s", text->len > 0 ? " " : "", stage->network->id[i],
                                strchr (cause->key, '/') + 1, cause->sure ? "" : "?");
    }
  return g_string_free (text, FALSE);
}

static void
test_causes (void)
{
  Stage stage;

  stage_init (&stage);
  assert_text (causes_text (&stage, "999333399999", 0), "");
  stage_incident (&stage, "i", 6);
  /* its own section and the congested ones upstream; neither those downstream nor beyond */
  assert_text (causes_text (&stage, "999333393399", 0), "a3=i a4=i a5=i a6=i");
  assert_text (causes_text (&stage, "999339993399", 0), "a6=i");
  /* an alert carries the queue on where the state does not */
  assert_text (causes_text (&stage, "999937939999", 1 << 5), "a4=i a5=i a6=i");
  /* without data nobody knows */
  assert_text (causes_text (&stage, "99993-939999", 0), "a4=i? a5=i? a6=i");
  assert_text (causes_text (&stage, "93----939999", 0), "a3=i? a4=i? a5=i? a6=i");
  /* the nearest has it, and at the same distance the incident */
  stage_incident (&stage, "j", 4);
  assert_text (causes_text (&stage, "999333393399", 0), "a3=j a4=j a5=i a6=i");
  stage_work (&stage, "w", 4);
  assert_text (causes_text (&stage, "999333393399", 0), "a3=j a4=j a5=i a6=i");
  /* closed ones, and works that take nothing, cause nothing */
  ((RnIncident *) stage.incidents->pdata[1])->status = RN_INCIDENT_CLOSED;
  assert_text (causes_text (&stage, "999333393399", 0), "a3=w a4=w a5=i a6=i");
  ((RnWork *) stage.works->pdata[0])->capacity_factor = 1;
  assert_text (causes_text (&stage, "999333393399", 0), "a3=i a4=i a5=i a6=i");
  stage_clear (&stage);
}

/* ---- closed ---- */

static guint
count_closed (Stage *stage)
{
  g_autoptr (RnFrame) frame = stage_frame (stage, "999333393399");
  g_autoptr (GHashTable) closed = rn_alert_group_closed (frame);

  return closed != NULL ? g_hash_table_size (closed) : 0;
}

static void
test_closed (void)
{
  Stage stage;
  RnIncident *incident;
  RnControl *control;
  RnWork *work;

  stage_init (&stage);
  incident = stage_incident (&stage, "i", 6);
  incident->lanes = g_new0 (RnIncidentLane, 3);
  incident->n_lanes = 3;
  for (int i = 0; i < 3; i++)
    incident->lanes[i] = (RnIncidentLane){ i + 1, RN_LANE_BLOCKED };
  g_assert_cmpuint (count_closed (&stage), ==, 0); /* a crash never suppresses */
  work = stage_work (&stage, "w", 3);
  work->capacity_factor = 0;
  g_assert_cmpuint (count_closed (&stage), ==, 0); /* nor do works that do not close */
  work->impact = RN_IMPACT_ALL_CLOSED;
  g_assert_cmpuint (count_closed (&stage), ==, 1);
  work->joined_by_place = TRUE;
  g_assert_cmpuint (count_closed (&stage), ==, 0); /* its place was guessed */
  incident = stage_incident (&stage, "c", 5);
  incident->type = RN_INCIDENT_CLOSURE;
  g_assert_cmpuint (count_closed (&stage), ==, 0);
  incident->section_id = g_strdup ("a5");
  g_assert_cmpuint (count_closed (&stage), ==, 1);
  incident->chainage_m = 5500;
  g_assert_cmpuint (count_closed (&stage), ==, 0); /* there is a queue before it */
  control = rn_control_new ("s", "k");
  control->level = RN_CONTROL_1;
  control->sections = g_new0 (guint32, 2);
  control->sections[1] = 1;
  control->n_sections = 2;
  g_ptr_array_add (stage.controls, control);
  g_assert_cmpuint (count_closed (&stage), ==, 0);
  control->level = RN_CONTROL_SPECIAL;
  g_assert_cmpuint (count_closed (&stage), ==, 2);
  stage_clear (&stage);
}

static void
test_head (void)
{
  Stage stage;
  g_autoptr (RnFrame) frame = NULL;
  g_autoptr (GHashTable) standing = g_hash_table_new (NULL, NULL);

  stage_init (&stage);
  frame = stage_frame (&stage, "993333933999");
  g_assert_cmpuint (rn_alert_group_head (frame, 2, standing), ==, 5);
  g_assert_cmpuint (rn_alert_group_head (frame, 5, standing), ==, 5);
  g_assert_cmpuint (rn_alert_group_head (frame, 8, standing), ==, 8);
  g_hash_table_add (standing, GUINT_TO_POINTER (6));
  g_assert_cmpuint (rn_alert_group_head (frame, 2, standing), ==, 8);
  stage_clear (&stage);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alert-group/neighbours", test_neighbours);
  g_test_add_func ("/alert-group/long-sections", test_long_sections);
  g_test_add_func ("/alert-group/causes", test_causes);
  g_test_add_func ("/alert-group/closed", test_closed);
  g_test_add_func ("/alert-group/head", test_head);
  return g_test_run ();
}
