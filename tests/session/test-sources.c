/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several sources in one session, from files: set, replaced and removed while it runs; works and
 * incidents without a network on the network file of another source; data of another system of
 * coordinates; the same thing of two sources. */
#include "session/rn-session.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define PATIENCE_US (90 * RN_SECOND)
#define N_SECTIONS 30
#define RECORDED_US (G_GINT64_CONSTANT (1790812800) * RN_SECOND) /* 2026-10-01T00:00:00Z */

typedef struct {
  char *folder;
  RnClock *clock;
  RnSession *session;
} Fixture;

static RnPoint
same (RnPoint p)
{
  return p;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("roadnet-test-XXXXXX", NULL);
  f->clock = rn_clock_new_system ();
  f->session = rn_session_new (f->clock);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_remove (child);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rn_session_stop (f->session);
  g_object_unref (f->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (f->clock);
  remove_folder (f->folder);
  g_free (f->folder);
}

/* Takes @text over; the path is the caller's. */
static char *
put (Fixture *f, const char *name, char *text)
{
  char *path = g_build_filename (f->folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (parent, 0700);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_free (text);
  return path;
}

static void
add_position (GString *text, RnPoint p)
{
  char lon[G_ASCII_DTOSTR_BUF_SIZE], lat[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, "[%s,%s]", g_ascii_formatd (lon, sizeof lon, "%.9f", p.lon),
                          g_ascii_formatd (lat, sizeof lat, "%.9f", p.lat));
}

static void
add_line (GString *text, double from, double to, double lat, RnPoint (*move) (RnPoint))
{
  g_string_append (text, "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[");
  add_position (text, move ((RnPoint){ 119 + from, lat }));
  g_string_append_c (text, ',');
  add_position (text, move ((RnPoint){ 119 + to, lat }));
  g_string_append (text, "]}");
}

/* A road eastwards along @lat from 119° E, sections of 0.01°. */
static char *
make_network (const char *version, double lat, RnPoint (*move) (RnPoint))
{
  GString *text = g_string_new ("{\"type\":\"FeatureCollection\",\"roads\":[{\"ref\":\"G1\"}],");

  g_string_append_printf (text, "\"version\":\"%s\",\"features\":[", version);
  for (guint i = 0; i < N_SECTIONS; i++)
    {
      g_string_append_printf (text, "%s{\"type\":\"Feature\",\"id\":\"s%u\",", i > 0 ? "," : "", i);
      add_line (text, i * 0.01, (i + 1) * 0.01, lat, move);
      g_string_append_printf (text,
                              ",\"properties\":{\"kind\":\"section\",\"road\":\"G1\","
                              "\"direction\":\"asc\",\"from_m\":%u,\"to_m\":%u,\"lanes\":2,"
                              "\"free_speed_kmh\":120}}",
                              i * 945, i * 945 + 945);
    }
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

/* @n works on the sections of that road, the last one 1 km off it. @more: members of each. */
static char *
make_works (guint n, double lat, RnPoint (*move) (RnPoint), const char *more)
{
  GString *text = g_string_new ("{\"type\":\"FeatureCollection\",\"feed_info\":{\"publisher\":\"x\","
                                "\"version\":\"4.2\",\"update_date\":\"2026-10-01T00:00:00Z\"},"
                                "\"features\":[");

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text, "%s{\"type\":\"Feature\",\"id\":\"work-number-%u\",",
                              i > 0 ? "," : "", i);
      add_line (text, i * 0.01 + 0.004, i * 0.01 + 0.006, lat + (i == n - 1 ? 0.01 : 0), move);
      g_string_append_printf (text,
                              ",\"properties\":{\"core_details\":{\"event_type\":\"work-zone\","
                              "\"road_names\":[\"G1\"],\"direction\":\"eastbound\"},"
                              "\"start_date\":\"2026-09-30T00:00:00Z\","
                              "\"end_date\":\"2027-10-02T00:00:00Z\","
                              "\"vehicle_impact\":\"all-lanes-closed\"%s}}",
                              more);
    }
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static RnSourceSpec *
new_spec (const char *name, const char *adapter, const char *location)
{
  RnSourceSpec *spec = rn_source_spec_new (adapter, location);

  g_free (spec->name);
  spec->name = g_strdup (name);
  return spec;
}

static void
set (Fixture *f, const RnSourceSpec *a, const RnSourceSpec *b, const RnSourceSpec *c)
{
  const RnSourceSpec *specs[] = { a, b, c };

  rn_session_set_sources (f->session, specs, c != NULL ? 3 : b != NULL ? 2 : a != NULL ? 1 : 0);
}

/* ---- waiting ---- */

typedef gboolean (*Condition) (Fixture *f, const char *word);

static void
run_until (Fixture *f, Condition condition, const char *word)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  while (!condition (f, word))
    {
      if (g_get_monotonic_time () > end_us)
        g_error ("not in time: %s", word);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (2000);
    }
}

static const RnFrame *
frame_of (Fixture *f)
{
  return rn_session_get_frame (f->session);
}

static gboolean
has_version (Fixture *f, const char *version)
{
  return g_strcmp0 (frame_of (f)->network->version, version) == 0;
}

static RnFeedStatus *
status_of (Fixture *f, const char *source, RnFeedKind kind)
{
  g_autoptr (GPtrArray) feeds = rn_session_dup_feeds (f->session);

  for (guint i = 0; i < feeds->len; i++)
    {
      const RnFeedStatus *status = feeds->pdata[i];

      if (status->kind == kind && g_str_equal (status->source, source))
        return rn_feed_status_copy (status);
    }
  return NULL;
}

static gboolean
any_work_is_placed (Fixture *f, const char *what)
{
  for (guint i = 0; i < frame_of (f)->works->len; i++)
    if (((const RnWork *) frame_of (f)->works->pdata[i])->n_sections > 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_sections (Fixture *f, const char *n)
{
  return frame_of (f)->network->n_sections == (guint) g_ascii_strtoull (n, NULL, 10);
}

static gboolean
has_works (Fixture *f, const char *n)
{
  return frame_of (f)->works->len == (guint) g_ascii_strtoull (n, NULL, 10);
}

static gboolean
warns_of_works (Fixture *f, const char *source)
{
  g_autoptr (RnFeedStatus) status = status_of (f, source, RN_FEED_WORKS);

  return status != NULL && status->warning != NULL;
}

static gboolean
warns_of_network (Fixture *f, const char *source)
{
  g_autoptr (RnFeedStatus) status = status_of (f, source, RN_FEED_NETWORK);

  return status != NULL && status->warning != NULL;
}

/* Whether works of @of are shown from another source. On the way there they may be shown from @of
 * itself: what is placed on the network already is the richer one. */
static gboolean
is_shown_elsewhere (Fixture *f, const char *of)
{
  g_autoptr (RnFeedStatus) status = status_of (f, of, RN_FEED_WORKS);

  return status != NULL && status->shown_from != NULL;
}

/* ---- set, replace, remove ---- */

static void
test_set (Fixture *f, gconstpointer data)
{
  g_autofree char *here = put (f, "here.geojson", make_network ("here", 32, same));
  g_autofree char *there = put (f, "there.geojson", make_network ("there", 33, same));
  g_autoptr (RnSourceSpec) a = new_spec ("a", "network", here);
  g_autoptr (RnSourceSpec) b = new_spec ("b", "network", there);
  const RnNetwork *kept;

  set (f, a, NULL, NULL);
  rn_session_start (f->session);
  run_until (f, has_version, "here");
  kept = frame_of (f)->network;
  set (f, a, b, NULL);
  run_until (f, has_sections, "60");
  set (f, a, NULL, NULL);
  run_until (f, has_version, "here");
  g_assert_true (frame_of (f)->network == kept); /* not read again */
  /* The same place under another name, and in another system, are other sources. */
  g_free (a->name);
  a->name = g_strdup ("c");
  a->crs = RN_CRS_GCJ02;
  set (f, a, NULL, NULL);
  run_until (f, has_sections, "30");
  while (strcmp (frame_of (f)->network->n_sources > 0 ? frame_of (f)->network->sources[0] : "", "c")
         != 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (fabs (frame_of (f)->network->lon[0] - 119) > 0.003);
  g_assert_true (rn_session_remove_source (f->session, "c"));
  g_assert_false (rn_session_remove_source (f->session, "c"));
  run_until (f, has_sections, "0");
  g_assert_cmpuint (rn_session_get_n_sources (f->session), ==, 0);
}

static void
test_errors (Fixture *f, gconstpointer data)
{
  g_autofree char *here = put (f, "here.geojson", make_network ("here", 32, same));
  g_autofree char *missing = g_build_filename (f->folder, "missing", NULL);
  g_autofree char *two = g_strdup_printf ("%s,%s", here, here);
  g_autoptr (RnSourceSpec) good = new_spec ("good", "network", here);
  g_autoptr (RnSourceSpec) bad = new_spec ("bad", "network", missing);
  g_autoptr (RnSourceSpec) both = new_spec ("both", "network", two);
  g_autoptr (RnFeedStatus) status = NULL;
  g_autoptr (RnFeedStatus) later = NULL;

  set (f, good, bad, both);
  rn_session_start (f->session);
  run_until (f, has_version, "here");
  g_assert_null (rn_session_get_source_error (f->session, "good"));
  g_assert_null (rn_session_get_source_error (f->session, "nobody"));
  g_assert_nonnull (strstr (rn_session_get_source_error (f->session, "bad"), missing));
  g_assert_nonnull (strstr (rn_session_get_source_error (f->session, "both"), "2 files"));
  status = status_of (f, "bad", RN_FEED_NETWORK);
  g_assert_cmpint (status->state, ==, RN_FEED_LOST);
  g_assert_nonnull (status->error);
  /* Asked for again it is tried again. */
  g_free (put (f, "missing", make_network ("found", 33, same)));
  set (f, good, bad, NULL);
  g_assert_null (rn_session_get_source_error (f->session, "bad"));
  run_until (f, has_sections, "60");
}

static void
test_watched (Fixture *f, gconstpointer data)
{
  g_autofree char *here = put (f, "here.geojson", make_network ("one", 32, same));
  g_autoptr (RnSourceSpec) spec = new_spec ("a", "network", here);

  set (f, spec, NULL, NULL);
  rn_session_start (f->session);
  run_until (f, has_version, "one");
  g_free (put (f, "here.geojson", make_network ("two", 32, same)));
  run_until (f, has_version, "two");
}

/* ---- placing ---- */

static void
test_placing (Fixture *f, gconstpointer data)
{
  g_autofree char *north = put (f, "north.geojson", make_network ("north", 33, same));
  g_autofree char *south = put (f, "south.geojson", make_network ("south", 32, same));
  g_autofree char *works = put (f, "w/works.json", make_works (5, 32, same, ""));
  g_autoptr (RnSourceSpec) a = new_spec ("a", "network", north);
  g_autoptr (RnSourceSpec) b = new_spec ("b", "network", south);
  g_autoptr (RnSourceSpec) w = new_spec ("w", "roadnet", works);
  g_autoptr (RnFeedStatus) status = NULL;
  const RnFrame *frame;
  const RnWork *work;

  set (f, a, b, w);
  rn_session_start (f->session);
  run_until (f, any_work_is_placed, "works");
  frame = frame_of (f);
  g_assert_cmpuint (frame->works->len, ==, 5);
  work = frame->works->pdata[2];
  g_assert_cmpuint (work->n_sections, ==, 1);
  g_assert_true (work->joined_by_place);
  g_assert_cmpstr (frame->network->key[work->sections[0]], ==, "b/s2");
  g_assert_cmpfloat (frame->effective_capacity_vph[work->sections[0]], ==, 0);
  g_assert_cmpint (frame->factors[work->sections[0]], ==, RN_FACTOR_WORKS);
  g_assert_cmpuint (((const RnWork *) frame->works->pdata[4])->n_sections, ==, 0);
  /* The clock is that of the recording, not of the network files that come before it. */
  g_assert_cmpint (ABS (rn_session_now_us (f->session) - RECORDED_US), <, 60 * RN_SECOND);
  status = status_of (f, "w", RN_FEED_WORKS);
  g_assert_cmpuint (status->unjoined, ==, 1);
  g_assert_cmpstr (status->unjoined_ids->pdata[0], ==, "work-number-4");
  g_assert_null (status->warning);
  /* Without its network nothing is left to be placed on, and the works stay. */
  rn_session_remove_source (f->session, "b");
  run_until (f, has_sections, "30");
  while (any_work_is_placed (f, ""))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (frame_of (f)->works->len, ==, 5);
}

static RnPoint
to_gcj02 (RnPoint p)
{
  return rn_wgs84_to_gcj02 (p);
}

static void
test_mix_up (Fixture *f, gconstpointer data)
{
  g_autofree char *roads = put (f, "roads.geojson", make_network ("1", 32, same));
  g_autofree char *shifted = put (f, "shifted.geojson", make_network ("1", 32, to_gcj02));
  g_autofree char *works = put (f, "w/works.json", make_works (20, 32, to_gcj02, ""));
  g_autoptr (RnSourceSpec) a = new_spec ("roads", "network", roads);
  g_autoptr (RnSourceSpec) b = new_spec ("shifted", "network", shifted);
  g_autoptr (RnSourceSpec) w = new_spec ("w", "roadnet", works);
  g_autoptr (RnFeedStatus) of_works = NULL;
  g_autoptr (RnFeedStatus) of_network = NULL;

  set (f, a, w, NULL);
  rn_session_start (f->session);
  run_until (f, warns_of_works, "w");
  of_works = status_of (f, "w", RN_FEED_WORKS);
  g_assert_nonnull (strstr (of_works->warning, "“roads”"));
  g_assert_nonnull (strstr (of_works->warning, "gcj02 instead of wgs84"));
  g_assert_cmpuint (of_works->unjoined, ==, 20);
  set (f, a, b, NULL);
  run_until (f, warns_of_network, "shifted");
  of_network = status_of (f, "shifted", RN_FEED_NETWORK);
  g_assert_nonnull (strstr (of_network->warning, "“roads”"));
  g_assert_false (warns_of_network (f, "roads"));
  /* Told its system, all is well. */
  b->crs = w->crs = RN_CRS_GCJ02;
  set (f, a, b, w);
  run_until (f, any_work_is_placed, "works");
  g_assert_false (warns_of_works (f, "w"));
  g_assert_false (warns_of_network (f, "shifted"));
}

/* ---- the same in two sources ---- */

static void
test_duplicates (Fixture *f, gconstpointer data)
{
  g_autofree char *roads = put (f, "roads.geojson", make_network ("1", 32, same));
  g_autofree char *few = put (f, "few/works.json", make_works (3, 32, same, ""));
  g_autofree char *many =
      put (f, "many/works.json", make_works (5, 32, same, ",\"reduced_speed_limit_kph\":60"));
  g_autoptr (RnSourceSpec) a = new_spec ("roads", "network", roads);
  g_autoptr (RnSourceSpec) b = new_spec ("few", "roadnet", few);
  g_autoptr (RnSourceSpec) c = new_spec ("many", "roadnet", many);
  g_autoptr (RnFeedStatus) of_few = NULL;
  g_autoptr (RnFeedStatus) of_many = NULL;

  set (f, a, b, c);
  rn_session_start (f->session);
  /* Two of the three are the same; the third lies elsewhere: 1 km off the road. */
  run_until (f, is_shown_elsewhere, "few");
  run_until (f, has_works, "6");
  of_few = status_of (f, "few", RN_FEED_WORKS);
  of_many = status_of (f, "many", RN_FEED_WORKS);
  g_assert_cmpuint (of_few->duplicates, ==, 2);
  g_assert_cmpstr (of_few->shown_from, ==, "many");
  g_assert_cmpuint (of_many->duplicates, ==, 0);
  g_assert_null (of_many->shown_from);
}

/* Colorado's feed as WZDx 4.2 and as CWZ 1.0: all of the latter are in the former. */
static void
test_recorded_duplicates (Fixture *f, gconstpointer data)
{
  const char *shared = g_getenv ("RN_TEST_SHARED");
  g_autofree char *wzdx = g_build_filename (shared != NULL ? shared : "/nonexistent", "feeds",
                                            "wzdx", "cdot_wzdx42_2025-08-07.json", NULL);
  g_autofree char *cwz = g_build_filename (shared != NULL ? shared : "/nonexistent", "feeds", "cwz",
                                           "cdot_cwz10_2025-08-07.json", NULL);
  g_autoptr (RnSourceSpec) a = new_spec ("wzdx", "roadnet", wzdx);
  g_autoptr (RnSourceSpec) b = new_spec ("cwz", "roadnet", cwz);
  g_autoptr (RnFeedStatus) of_wzdx = NULL;
  g_autoptr (RnFeedStatus) of_cwz = NULL;

  if (!g_file_test (wzdx, G_FILE_TEST_EXISTS) || !g_file_test (cwz, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the recorded feeds are not here");
      return;
    }
  set (f, a, b, NULL);
  rn_session_start (f->session);
  run_until (f, is_shown_elsewhere, "cwz");
  run_until (f, has_works, "282");
  of_wzdx = status_of (f, "wzdx", RN_FEED_WORKS);
  of_cwz = status_of (f, "cwz", RN_FEED_WORKS);
  g_assert_cmpuint (of_wzdx->duplicates + of_cwz->duplicates, ==, 85);
  g_assert_cmpstr (of_cwz->shown_from, ==, "wzdx");
}

/* ---- the demo ---- */

static gboolean
has_some_sections (Fixture *f, const char *what)
{
  return frame_of (f)->network->n_sections > 500;
}

/* As one source among others; what stays is the same child all the time. */
static void
test_demo (Fixture *f, gconstpointer data)
{
  g_autofree char *roads = put (f, "roads.geojson", make_network ("1", 32, same));
  g_autoptr (RnSourceSpec) demo = new_spec ("show", "demo", "--seed 4");
  g_autoptr (RnSourceSpec) wrong = new_spec ("show", "demo", "--no-such-option");
  g_autoptr (RnSourceSpec) a = new_spec ("roads", "network", roads);
  const RnNetwork *kept;

  rn_session_start (f->session);
  set (f, demo, NULL, NULL);
  g_assert_true (rn_session_is_demo (f->session));
  run_until (f, has_some_sections, "the demo's network");
  kept = frame_of (f)->network;
  g_assert_cmpstr (kept->sources[0], ==, "show");
  set (f, demo, a, NULL);
  while (frame_of (f)->network == kept)
    g_main_context_iteration (NULL, TRUE);
  set (f, demo, NULL, NULL);
  while (frame_of (f)->network->n_sources != 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (frame_of (f)->network == kept);
  set (f, a, NULL, NULL);
  run_until (f, has_sections, "30");
  g_assert_false (rn_session_is_demo (f->session));
  g_test_expect_message ("rn-session", G_LOG_LEVEL_WARNING, "*simulator did not start*");
  set (f, wrong, NULL, NULL);
  while (rn_session_get_source_error (f->session, "show") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_test_assert_expected_messages ();
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sources/set", test_set);
  ADD ("/sources/errors", test_errors);
  ADD ("/sources/watched", test_watched);
  ADD ("/sources/placing", test_placing);
  ADD ("/sources/mix-up", test_mix_up);
  ADD ("/sources/duplicates", test_duplicates);
  ADD ("/sources/recorded-duplicates", test_recorded_duplicates);
  ADD ("/sources/demo", test_demo);
  return g_test_run ();
}
