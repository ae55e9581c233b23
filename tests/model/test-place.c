/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Things of a source without a network on that of another, what several sources see, and what a
 * frame makes of both. */
#include "model/rn-place.h"

#include <math.h>
#include <string.h>

#include "fixture.h"
#include "model/rn-duplicates.h"
#include "model/rn-frame.h"

#define S G_GINT64_CONSTANT (1000000)
#define T0 (G_GINT64_CONSTANT (1790822556) * S)

static RnPoint
on_road (double m, double north_m)
{
  return (RnPoint){ 119 + fixture_lon (m), 32 + north_m / 111195.08 };
}

static RnWork *
new_work (const char *source, const char *id, const char *direction, double from_m, double to_m,
          double north_m)
{
  RnWork *work = rn_work_new (source, id);

  work->direction = g_strdup (direction);
  work->n_line = 2;
  work->line = g_new (RnPoint, 2);
  work->line[0] = on_road (from_m, north_m);
  work->line[1] = on_road (to_m, north_m);
  work->impact = RN_IMPACT_ALL_CLOSED;
  return work;
}

static RnIncident *
new_incident (const char *source, const char *id, double m, double north_m)
{
  RnIncident *incident = rn_incident_new (source, id);

  incident->type = RN_INCIDENT_CLOSURE;
  incident->located = TRUE;
  incident->at = on_road (m, north_m);
  return incident;
}

static GPtrArray *
works_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rn_work_unref);
}

static GPtrArray *
incidents_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rn_incident_unref);
}

static char *
sections_of (const RnNetwork *network, const RnWork *work)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < work->n_sections; i++)
    g_string_append_printf (words, "%s ", network->id[work->sections[i]]);
  return g_string_free (words, FALSE);
}

/* ---- placing ---- */

static void
test_works (void)
{
  static const struct {
    const char *id, *direction;
    double from_m, to_m, north_m;
    const char *sections;
  } cases[] = {
    { "east", "eastbound", 1200, 2800, 20, "a1 a2 " },
    { "west", "westbound", 2800, 1200, 20, "d2 d1 " },
    { "both", "undefined", 1200, 2800, 20, "a1 a2 d1 d2 " },
    { "unsaid", NULL, 1200, 1800, 0, "a1 d1 " },
    { "far", "eastbound", 1200, 2800, 80, "" },
    { "beyond", "eastbound", 90000, 91000, 0, "" },
  };
  g_autoptr (RnNetwork) network = fixture_road ("demo", 6);
  g_autoptr (RnJoin) join = rn_join_new (network);
  g_autoptr (GPtrArray) works = works_list (), placed = NULL;
  g_autoptr (GPtrArray) unjoined = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_ptr_array_add (works, new_work ("w", cases[i].id, cases[i].direction, cases[i].from_m,
                                      cases[i].to_m, cases[i].north_m));
  placed = rn_place_works (works, join, unjoined);
  g_assert_cmpuint (placed->len, ==, works->len); /* none is dropped */
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const RnWork *work = placed->pdata[i];
      g_autofree char *sections = sections_of (network, work);

      g_assert_cmpstr (work->id, ==, cases[i].id);
      g_assert_cmpstr (sections, ==, cases[i].sections);
      g_assert_cmpint (work->joined_by_place, ==, *cases[i].sections != '\0');
      g_assert_cmpuint (((RnWork *) works->pdata[i])->n_sections, ==, 0); /* as it was */
    }
  g_assert_cmpuint (unjoined->len, ==, 2);
  g_assert_cmpstr (unjoined->pdata[0], ==, "far");
  g_assert_cmpstr (unjoined->pdata[1], ==, "beyond");
}

/* Start and end alone, off the road between: both ends count. */
static void
test_ends (void)
{
  g_autoptr (RnNetwork) network = fixture_road ("demo", 6);
  g_autoptr (RnJoin) join = rn_join_new (network);
  RnPoint bow[3] = { on_road (500, 0), on_road (2500, 3000), on_road (4500, 0) };
  g_autoptr (GArray) one = rn_place_line (join, bow, 3, FALSE);
  g_autoptr (GArray) both = rn_place_line (join, bow, 3, TRUE);

  g_assert_cmpuint (one->len, ==, 2);
  g_assert_cmpstr (network->id[g_array_index (one, guint32, 0)], ==, "a0");
  g_assert_cmpstr (network->id[g_array_index (one, guint32, 1)], ==, "a4");
  g_assert_cmpuint (both->len, ==, 4);
}

static void
test_incidents (void)
{
  g_autoptr (RnNetwork) network = fixture_road ("demo", 6);
  g_autoptr (RnJoin) join = rn_join_new (network);
  g_autoptr (GPtrArray) incidents = incidents_list (), placed = NULL;
  g_autoptr (GPtrArray) unjoined = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (incidents, new_incident ("i", "near", 3500, 49));
  g_ptr_array_add (incidents, new_incident ("i", "far", 3500, 51));
  g_ptr_array_add (incidents, rn_incident_new ("i", "nowhere"));
  placed = rn_place_incidents (incidents, join, unjoined);
  g_assert_cmpuint (placed->len, ==, 3);
  g_assert_cmpstr (network->id[((RnIncident *) placed->pdata[0])->section], ==, "a3");
  g_assert_true (placed->pdata[1] == incidents->pdata[1]);
  g_assert_cmpuint (unjoined->len, ==, 2);
}

/* ---- duplicates ---- */

static RnSighting
sighting (const char *id, guint part, double m)
{
  RnPoint at = on_road (m, 0);
  RnSighting s = { .id = id, .part = part, .box = { at.lon, at.lat, at.lon, at.lat } };

  return s;
}

static void
test_duplicates (void)
{
  RnSighting s[] = {
    sighting ("67d57954-bdbb", 0, 0),     sighting ("67d57954-bdbb", 1, 150), /* same */
    sighting ("1", 0, 0),                 sighting ("1", 1, 100),             /* not the same */
    sighting ("2", 0, 0),                 sighting ("2", 1, 10),              /* same */
    sighting ("67d57954-0000", 0, 0),     sighting ("67d57954-0000", 1, 900), /* not the same */
    sighting ("67d57954-1111", 0, 0),     sighting ("67d57954-1111", 0, 0),   /* one source */
    sighting ("a-long-and-rare-id", 0, 0), sighting ("a-long-and-rare-id", 1, 0),
    sighting ("short", 0, 0),             sighting ("short", 1, 0),
  };
  guint shown_by[G_N_ELEMENTS (s)];

  s[11].box = s[13].box = RN_BOX_EMPTY;
  g_assert_cmpuint (rn_duplicates_find (s, G_N_ELEMENTS (s), shown_by), ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (s); i++)
    g_assert_cmpuint (shown_by[i], ==, i == 1 ? 0 : i == 5 ? 4 : i == 11 ? 10 : i);
}

/* Three of one: whatever their order the same one shows, and all others point to it. */
static void
test_which_shows (void)
{
  RnSighting s[3] = { sighting ("identifier", 0, 0), sighting ("identifier", 1, 20),
                      sighting ("identifier", 2, 40) };
  guint shown_by[3];

  g_assert_cmpuint (rn_duplicates_find (s, 3, shown_by), ==, 2);
  g_assert_cmpuint (shown_by[0], ==, 0);
  s[1].richness = 1;
  s[2].richness = 2;
  g_assert_cmpuint (rn_duplicates_find (s, 3, shown_by), ==, 2);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (shown_by[i], ==, 2);
  /* A little newer is no reason: feeds take turns with that. */
  s[0].observed_at_us = T0 + 600 * S;
  s[1].observed_at_us = s[2].observed_at_us = T0;
  rn_duplicates_find (s, 3, shown_by);
  g_assert_cmpuint (shown_by[0], ==, 2);
  s[0].observed_at_us = T0 + 2 * 3600 * S;
  g_assert_cmpuint (rn_duplicates_find (s, 3, shown_by), ==, 2);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (shown_by[i], ==, 0);
}

/* ---- frames ---- */

typedef struct {
  RnNetwork *first, *second, *joint, *none;
  RnFrameParts parts[4];
} Scene;

/* Two roads far from each other, and two sources of works without a road. */
static void
scene_init (Scene *scene)
{
  RnNetworkBuilder *builder = rn_network_builder_new ("north", "1");
  RnPoint line[2] = { { 119, 33 }, { 119.01, 33 } };
  RnSectionRow row = RN_SECTION_ROW_INIT;
  const RnNetwork *both[2];

  memset (scene, 0, sizeof *scene);
  row.id = "n0";
  row.road = "G2";
  row.lanes = 2;
  row.free_speed_kmh = 100;
  row.points = line;
  row.n_points = 2;
  rn_network_builder_add_section (builder, &row, NULL);
  scene->first = rn_network_builder_end (builder);
  rn_network_builder_free (builder);
  scene->second = fixture_road ("south", 6);
  both[0] = scene->first;
  both[1] = scene->second;
  scene->joint = rn_network_concat (both, 2, NULL);
  scene->none = rn_network_new_empty ();
  scene->parts[0].network = scene->first;
  scene->parts[1].network = scene->second;
  scene->parts[2].network = scene->parts[3].network = scene->none;
  for (guint i = 0; i < 4; i++)
    scene->parts[i].now_us = T0;
}

static void
scene_clear (Scene *scene)
{
  for (guint i = 0; i < 4; i++)
    {
      g_clear_pointer (&scene->parts[i].works, g_ptr_array_unref);
      g_clear_pointer (&scene->parts[i].incidents, g_ptr_array_unref);
    }
  rn_network_unref (scene->first);
  rn_network_unref (scene->second);
  rn_network_unref (scene->joint);
  rn_network_unref (scene->none);
}

/* Indices of the joint network are not shifted, and what reduces capacity does so there. */
static void
test_effects (void)
{
  Scene scene;
  g_autoptr (GPtrArray) works = works_list (), incidents = incidents_list ();
  g_autoptr (GPtrArray) unjoined = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RnJoin) join = NULL;
  g_autoptr (RnFrame) frame = NULL;
  guint32 closed, blocked, free_one;

  scene_init (&scene);
  join = rn_join_new (scene.joint);
  g_ptr_array_add (works, new_work ("w", "east", "eastbound", 1200, 1800, 0));
  g_ptr_array_add (works, new_work ("w", "lost", "eastbound", 1200, 1800, 500));
  g_ptr_array_add (incidents, new_incident ("w", "crash", 3500, 0));
  scene.parts[2].works = rn_place_works (works, join, unjoined);
  scene.parts[2].incidents = rn_place_incidents (incidents, join, unjoined);
  scene.parts[2].joint = TRUE;
  frame = rn_frame_build (scene.joint, scene.parts, 3, rn_state_table_default (), T0, NULL, NULL,
                          0);
  closed = rn_network_find_section (scene.joint, "south", "a1");
  blocked = rn_network_find_section (scene.joint, "south", "a3");
  free_one = rn_network_find_section (scene.joint, "south", "a2");
  g_assert_cmpuint (frame->works->len, ==, 2);
  g_assert_cmpuint (((RnWork *) frame->works->pdata[0])->sections[0], ==, closed);
  g_assert_cmpuint (((RnIncident *) frame->incidents->pdata[0])->section, ==, blocked);
  g_assert_cmpfloat (frame->effective_capacity_vph[closed], ==, 0);
  g_assert_cmpint (frame->factors[closed], ==, RN_FACTOR_WORKS);
  g_assert_cmpfloat (frame->effective_capacity_vph[blocked], ==, 0);
  g_assert_cmpint (frame->factors[blocked], ==, RN_FACTOR_INCIDENT);
  g_assert_cmpint (frame->factors[free_one], ==, 0);
  g_assert_cmpint (frame->factors[0], ==, 0);
  scene_clear (&scene);
}

/* Seen in two sources: once in the list, once in its effect, counted where it does not show. */
static void
test_shown_once (void)
{
  Scene scene;
  RnFeedStatus statuses[3] = { { .source = (char *) "one", .kind = RN_FEED_WORKS },
                               { .source = (char *) "two", .kind = RN_FEED_WORKS },
                               { .source = (char *) "two", .kind = RN_FEED_INCIDENTS } };
  const RnFeedStatus *const feeds[3] = { &statuses[0], &statuses[1], &statuses[2] };
  g_autoptr (RnFrame) frame = NULL;
  g_autoptr (RnFrame) next = NULL;
  RnWork *poor, *rich;

  scene_init (&scene);
  scene.parts[2].works = works_list ();
  scene.parts[3].works = works_list ();
  poor = new_work ("two", "67d57954-bdbb", "eastbound", 1200, 1800, 0);
  rich = new_work ("one", "67d57954-bdbb", "eastbound", 1200, 1800, 0);
  rich->limit_kmh = 60;
  rich->n_sections = 1;
  rich->sections = g_new0 (guint32, 1);
  poor->n_sections = 1;
  poor->sections = g_new0 (guint32, 1);
  rich->impact = RN_IMPACT_ALL_OPEN;
  g_ptr_array_add (scene.parts[2].works, rich);
  g_ptr_array_add (scene.parts[3].works, poor);
  g_ptr_array_add (scene.parts[3].works, new_work ("two", "other", NULL, 1200, 1800, 0));
  scene.parts[2].joint = scene.parts[3].joint = TRUE;
  frame = rn_frame_build (scene.joint, scene.parts, 4, rn_state_table_default (), T0, NULL, feeds,
                          3);
  g_assert_cmpuint (frame->works->len, ==, 2);
  g_assert_cmpstr (((RnWork *) frame->works->pdata[0])->key, ==, "one/67d57954-bdbb");
  g_assert_cmpstr (((RnWork *) frame->works->pdata[1])->key, ==, "two/other");
  g_assert_cmpfloat (frame->effective_capacity_vph[0], >, 0); /* the poor one closes nothing */
  g_assert_cmpuint (frame->feeds[0]->duplicates, ==, 0);
  g_assert_cmpuint (frame->feeds[1]->duplicates, ==, 1);
  g_assert_cmpstr (frame->feeds[1]->shown_from, ==, "one");
  g_assert_cmpuint (frame->feeds[2]->duplicates, ==, 0);
  next = rn_frame_build (scene.joint, scene.parts, 4, rn_state_table_default (), T0 + S, frame,
                         feeds, 3);
  g_assert_true (next->works->pdata[0] == frame->works->pdata[0]);
  scene_clear (&scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/place/works", test_works);
  g_test_add_func ("/place/ends", test_ends);
  g_test_add_func ("/place/incidents", test_incidents);
  g_test_add_func ("/duplicates/find", test_duplicates);
  g_test_add_func ("/duplicates/which-shows", test_which_shows);
  g_test_add_func ("/place/effects", test_effects);
  g_test_add_func ("/duplicates/frame", test_shown_once);
  return g_test_run ();
}
