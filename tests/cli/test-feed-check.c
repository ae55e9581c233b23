/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roadnetctl feed check as a script sees it: what it prints, where, and its exit status. The
 * program to run is the first argument. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rn-geodesy.h"
#include "base/rn-gzip.h"

#define FIXTURES RN_SOURCE_DIR "/tests/feed/data/"

static const char *program;

typedef struct {
  int status;
  char *out, *err;
  JsonNode *node; /* of --json */
  JsonObject *json;
} Result;

static void
clear_result (Result *self)
{
  g_free (self->out);
  g_free (self->err);
  g_clear_pointer (&self->node, json_node_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, clear_result)

/* Runs roadnetctl with the words of @arguments, in which "%" stands for @path. */
static Result
run (const char *arguments, const char *path)
{
  g_auto (GStrv) words = g_strsplit (arguments, " ", -1);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  Result result = { 0 };

  g_ptr_array_add (argv, (gpointer) program);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (argv, g_str_equal (words[i], "%") ? (gpointer) path : words[i]);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &result.out, &result.err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  result.status = g_subprocess_get_exit_status (process);
  if (strstr (arguments, "--json") != NULL && *result.out == '{')
    {
      result.node = json_from_string (result.out, &error);
      g_assert_no_error (error);
      result.json = json_node_get_object (result.node);
    }
  return result;
}

static void
assert_number (const Result *result, const char *member, gint64 expected)
{
  g_assert_nonnull (result->json);
  if (!json_object_has_member (result->json, member))
    g_error ("no member %s", member);
  if (json_object_get_int_member (result->json, member) != expected)
    g_error ("%s is %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT, member,
             json_object_get_int_member (result->json, member), expected);
}

static void
assert_unjoined (const Result *result, const char *expected)
{
  JsonArray *array = json_object_get_array_member (result->json, "unjoined");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            json_array_get_string_element (array, i));
  g_assert_cmpstr (text->str, ==, expected);
}

/* ---- what is counted ---- */

static void
test_roadnet (void)
{
  g_auto (Result) r = run ("feed check --json roadnet %", FIXTURES "roadnet");

  g_assert_cmpint (r.status, ==, 0);
  g_assert_cmpstr (r.err, ==, "");
  g_assert_cmpstr (json_object_get_string_member (r.json, "kind"), ==, "roadnet");
  g_assert_cmpstr (json_object_get_string_member (r.json, "observed_at"), ==,
                   "2026-10-01T02:00:00Z");
  assert_number (&r, "sections", 4);
  assert_number (&r, "flow_rows", 4);
  assert_number (&r, "flow_no_data", 1);
  assert_number (&r, "joined", 3);
  assert_number (&r, "incidents", 4);
  assert_number (&r, "works", 3);
  assert_number (&r, "stations", 1);
  assert_number (&r, "facilities", 3); /* two of the network, and one that only has a state */
  assert_number (&r, "kpis", 2);
  assert_number (&r, "warnings", 2);
  assert_number (&r, "controls", 2);
  assert_number (&r, "plans", 1);
  assert_number (&r, "measures", 1);
  assert_number (&r, "devices", 1);
  assert_number (&r, "refused_total", 0);
}

/* Every feature is a work, a device or refused; what was left out of one is told apart. */
static void
test_wzdx (void)
{
  g_auto (Result) works = run ("feed check --json wzdx %", FIXTURES "wzdx/v40.json");
  g_auto (Result) devices = run ("feed check wzdx % --json", FIXTURES "wzdx/devices.json");
  g_auto (Result) text = run ("feed check wzdx %", FIXTURES "wzdx/devices.json");
  g_auto (Result) wrong = run ("feed check --json wzdx %", FIXTURES "roadnet/flow.json");

  g_assert_cmpint (works.status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (works.json, "observed_at"), ==,
                   "2022-01-01T10:00:00Z");
  assert_number (&works, "works", 3);
  assert_number (&works, "refused_total", 0);
  assert_unjoined (&works, "wz-1 wz-1~2a6ee54ab3d19153 r-1");
  g_assert_false (json_object_has_member (works.json, "devices"));
  g_assert_false (json_object_has_member (works.json, "flaws"));
  g_assert_cmpint (devices.status, ==, 0);
  assert_number (&devices, "devices", 9);
  assert_number (&devices, "works", 0);
  g_assert_nonnull (strstr (text.out, "Devices         9\n"));
  g_assert_cmpint (wrong.status, ==, 1);
  assert_number (&wrong, "refused_total", 1);
}

static void
test_tw_freeway (void)
{
  g_auto (Result) r =
      run ("feed check tw-freeway " FIXTURES "tw-freeway/live.xml " FIXTURES
           "tw-freeway/sections.xml " FIXTURES "tw-freeway/shapes.xml --json", NULL);
  static const char *const members[] = {
    "kind", "sources", "observed_at", "sections", "flow_rows", "flow_no_data", "joined", "unjoined",
    "incidents", "works", "stations", "facilities", "kpis", "refused", "refused_total",
  };

  g_assert_cmpint (r.status, ==, 0);
  assert_number (&r, "sections", 6);
  assert_number (&r, "flow_rows", 9);
  assert_number (&r, "flow_no_data", 5);
  assert_number (&r, "joined", 6);
  assert_unjoined (&r, "7777 7778 9009");
  assert_number (&r, "facilities", 0);
  assert_number (&r, "refused_total", 4);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (r.json, "sources")), ==,
                    3);
  g_assert_cmpuint (json_object_get_size (r.json), ==, G_N_ELEMENTS (members));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_true (json_object_has_member (r.json, members[i]));
}

/* Each refusal has path, reason and count, and they add up. */
static void
test_refused (void)
{
  g_auto (Result) r = run ("feed check --json tw-freeway %", FIXTURES "tw-freeway");
  JsonArray *refused = json_object_get_array_member (r.json, "refused");
  gint64 sum = 0;

  for (guint i = 0; i < json_array_get_length (refused); i++)
    {
      JsonObject *one = json_array_get_object_element (refused, i);

      g_assert_cmpstr (json_object_get_string_member (one, "path"), !=, "");
      g_assert_cmpstr (json_object_get_string_member (one, "reason"), !=, "");
      sum += json_object_get_int_member (one, "count");
    }
  g_assert_cmpint (sum, >, 0);
  assert_number (&r, "refused_total", sum);
}

static void
test_text (void)
{
  g_auto (Result) r = run ("feed check roadnet %", FIXTURES "roadnet");

  g_assert_cmpint (r.status, ==, 0);
  g_assert_nonnull (strstr (r.out, "Sections        4\n"));
  g_assert_nonnull (strstr (r.out, "Incidents       4\n"));
  g_assert_nonnull (strstr (r.out, "elsewhere"));
  g_assert_null (strchr (r.out, '{'));
}

/* ---- files ---- */

static char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("rn-feed-check-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static char *
write_file (const char *folder, const char *name, GBytes *bytes)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
  return path;
}

static void
test_gzip (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *text = NULL;
  gsize n = 0;

  g_assert_true (g_file_get_contents (FIXTURES "tw-freeway/live.xml", &text, &n, NULL));

  g_autoptr (GBytes) plain = g_bytes_new (text, n);
  g_autoptr (GBytes) packed = rn_gzip_deflate (plain, 6);
  g_autofree char *path = write_file (folder, "live.xml.gz", packed);
  g_auto (Result) r = run ("feed check --json tw-freeway %", path);

  g_assert_cmpint (r.status, ==, 0);
  assert_number (&r, "flow_rows", 9);
  assert_number (&r, "joined", 0);
  g_remove (path);
  g_rmdir (folder);
}

/* A failed download, a page instead of data, half a document: nothing usable, and it is said which
 * file and why. */
static void
test_nothing_usable (void)
{
  static const struct {
    const char *name, *text;
  } cases[] = {
    { "empty.xml", "" },
    { "byte.xml", "\n" },
    { "page.xml", "<html><body>Bad gateway</body></html>" },
    { "cut.xml", "<file_attribute time='2026-10-01 10:00:00'><section_traffic_data><traffic_dat" },
    { "silent.xml", "<file_attribute><section_traffic_data><traffic_data locationId='1' "
                    "section_average_speed='250'/></section_traffic_data></file_attribute>" },
    { "bare.xml", "<file_attribute><section_traffic_data/></file_attribute>" },
  };
  g_autofree char *folder = make_folder ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (cases[i].text, strlen (cases[i].text));
      g_autofree char *path = write_file (folder, cases[i].name, bytes);
      g_auto (Result) r = run ("feed check --json tw-freeway %", path);

      g_test_message ("%s: %s", cases[i].name, r.err);
      g_assert_cmpint (r.status, ==, 1);
      assert_number (&r, "sections", 0);
      if (i < 4)
        {
          g_assert_nonnull (strstr (r.err, cases[i].name));
          assert_number (&r, "refused_total", 1);
        }
      g_remove (path);
    }
  g_rmdir (folder);
}

/* One bad document beside good ones: the good ones count, the bad one is told. */
static void
test_one_bad (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) bad = g_bytes_new_static ("<SectionList><Sections>", 23);
  g_autofree char *path = write_file (folder, "bad.xml", bad);
  g_auto (Result) r = run ("feed check --json tw-freeway " FIXTURES "tw-freeway/live.xml %", path);

  g_assert_cmpint (r.status, ==, 0);
  assert_number (&r, "flow_rows", 9);
  g_assert_nonnull (strstr (r.err, "bad.xml"));
  g_remove (path);
  g_rmdir (folder);
}

/* ---- systems of coordinates ---- */

/* A road of 20 sections with a facility each, both moved or not. Takes nothing; caller frees. */
static char *
write_network (const char *folder, const char *name, gboolean move_sections, gboolean move_points)
{
  GString *text = g_string_new ("{\"type\":\"FeatureCollection\",\"version\":\"1\","
                                "\"roads\":[{\"ref\":\"G1\"}],\"features\":[");
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < 20; i++)
    {
      RnPoint a = { 119 + i * 0.01, 32 }, b = { 119.01 + i * 0.01, 32 };
      RnPoint at = { 119.005 + i * 0.01, 32 };

      if (move_sections)
        {
          a = rn_wgs84_to_gcj02 (a);
          b = rn_wgs84_to_gcj02 (b);
        }
      if (move_points)
        at = rn_wgs84_to_gcj02 (at);
      g_string_append_printf (
          text,
          "%s{\"type\":\"Feature\",\"id\":\"s%u\",\"geometry\":{\"type\":\"LineString\","
          "\"coordinates\":[[%.8f,%.8f],[%.8f,%.8f]]},\"properties\":{\"kind\":\"section\","
          "\"road\":\"G1\",\"direction\":\"asc\",\"from_m\":%u,\"to_m\":%u}},"
          "{\"type\":\"Feature\",\"id\":\"f%u\",\"geometry\":{\"type\":\"Point\","
          "\"coordinates\":[%.8f,%.8f]},\"properties\":{\"kind\":\"facility\",\"type\":"
          "\"camera\"}}",
          i > 0 ? "," : "", i, a.lon, a.lat, b.lon, b.lat, i * 945, i * 945 + 945, i, at.lon,
          at.lat);
    }
  g_string_append (text, "]}");
  bytes = g_string_free_to_bytes (text);
  return write_file (folder, name, bytes);
}

static const char *
caution_of (const Result *r, guint n)
{
  JsonArray *array = json_object_has_member (r->json, "cautions")
                         ? json_object_get_array_member (r->json, "cautions")
                         : NULL;

  g_assert_cmpuint (array != NULL ? json_array_get_length (array) : 0, ==, n);
  return n > 0 ? json_array_get_string_element (array, 0) : NULL;
}

static void
test_crs (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *right = write_network (folder, "right.geojson", FALSE, FALSE);
  g_autofree char *shifted = write_network (folder, "shifted.geojson", TRUE, TRUE);
  g_autofree char *mixed = write_network (folder, "mixed.geojson", FALSE, TRUE);
  g_autofree char *both = g_strdup_printf ("feed check --json network %s %%", right);
  g_autofree char *told = g_strdup_printf ("feed check --json --crs gcj02 network %s %%", right);

  {
    g_auto (Result) r = run ("feed check --json network %", right);

    g_assert_cmpint (r.status, ==, 0);
    assert_number (&r, "sections", 20);
    assert_number (&r, "facilities", 20);
    caution_of (&r, 0);
  }
  {
    g_auto (Result) r = run (both, shifted);

    assert_number (&r, "sections", 40);
    g_assert_nonnull (strstr (caution_of (&r, 1), "as gcj02 instead of wgs84"));
    g_assert_nonnull (strstr (caution_of (&r, 1), "shifted.geojson: "));
  }
  {
    g_auto (Result) r = run (told, shifted); /* now the other one is not what it is said to be */

    g_assert_nonnull (strstr (caution_of (&r, 1), "wgs84 instead of gcj02"));
  }
  {
    g_auto (Result) r = run ("feed check --json network %", mixed);

    g_assert_nonnull (strstr (caution_of (&r, 1), "facilities"));
  }
  {
    g_auto (Result) r = run ("feed check network %", mixed);

    g_assert_cmpint (r.status, ==, 0);
    g_assert_nonnull (strstr (r.out, "Caution"));
  }
  g_remove (right);
  g_remove (shifted);
  g_remove (mixed);
  g_rmdir (folder);
}

/* ---- arguments ---- */

static void
test_arguments (void)
{
  static const struct {
    const char *arguments;
    int status;
    const char *words; /* on the output that belongs to the status */
  } cases[] = {
    { "", 2, "" },
    { "--help", 0, "feed check" },
    { "--version", 0, "roadnetctl " },
    { "feed", 2, "--help" },
    { "feed dance", 2, "dance" },
    { "fly", 2, "fly" },
    { "feed check", 2, "KIND" },
    { "feed check roadnet", 2, "SOURCE" },
    { "feed check --help", 0, "--json" },
    { "feed check --nonsense roadnet x", 2, "nonsense" },
    { "feed check --crs mars network x", 2, "--crs: “mars”" },
    { "feed check network /no/such/file", 1, "/no/such/file" },
    { "feed check --help", 0, "--crs" },
    { "feed check martian x", 2, "tw-freeway" },
    { "feed check tw-freeway /no/such/file", 1, "/no/such/file" },
    { "feed check roadnet --token-file /no/such/file http://127.0.0.1:1/v1/", 2, "/no/such/file" },
    { "feed check roadnet http://127.0.0.1:1/v1/", 1, "127.0.0.1:1" },
    { "feed check roadnet http://example.invalid/v1/", 1, "http" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Result) r = run (cases[i].arguments, NULL);

      g_test_message ("roadnetctl %s", cases[i].arguments);
      g_assert_cmpint (r.status, ==, cases[i].status);
      g_assert_nonnull (strstr (r.status == 0 ? r.out : r.err, cases[i].words));
    }
}

/* ---- the recorded answers ---- */

static void
check_recorded (const Result *r)
{
  g_assert_cmpint (r->status, ==, 0);
  assert_number (r, "sections", 612);
  assert_number (r, "flow_rows", 664);
  assert_number (r, "flow_no_data", 9);
  assert_number (r, "joined", 610);
  assert_number (r, "refused_total", 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (r->json, "unjoined")), ==,
                    54);
  g_assert_cmpstr (json_object_get_string_member (r->json, "observed_at"), ==,
                   "2023-04-11T07:44:00Z");
}

static void
test_recorded (void)
{
  const char *shared = g_getenv ("RN_TEST_SHARED");
  g_autofree char *folder = g_build_filename (shared != NULL ? shared : "/nonexistent", "feeds",
                                              "taiwan-freeway", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GString) files = g_string_new ("feed check --json tw-freeway");
  const char *name;

  if (dir == NULL)
    {
      g_test_skip ("the recorded feeds are not here");
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    g_string_append_printf (files, " %s/%s", folder, name);

  g_auto (Result) whole = run ("feed check --json tw-freeway %", folder);
  g_auto (Result) each = run (files->str, NULL);
  check_recorded (&whole);
  check_recorded (&each);
}

/* ---- England's recorded kinds ---- */

static void
test_uk_ha (void)
{
  g_auto (Result) r = run ("feed check --json uk-ha %", FIXTURES "uk-ha");

  g_assert_cmpint (r.status, ==, 0);
  assert_number (&r, "sections", 6);
  assert_number (&r, "flow_rows", 7);
  assert_number (&r, "flow_no_data", 4);
  assert_number (&r, "joined", 6);
  assert_number (&r, "incidents", 7);
  assert_number (&r, "works", 6);
  g_assert_false (json_object_has_member (r.json, "partial"));
}

/* A series: a whole answer, a failed download, and one with far fewer rows. */
static void
test_partial (void)
{
  static const char head[] =
      "<d2LogicalModel><payloadPublication type=\"SituationPublication\">"
      "<publicationTime>2031-05-02T10:20:02+01:00</publicationTime></payloadPublication>"
      "</d2LogicalModel>";
  g_autofree char *folder = make_folder ();
  g_autofree char *whole_text = NULL;
  gsize n = 0;

  g_assert_true (g_file_get_contents (FIXTURES "uk-ha/events.xml", &whole_text, &n, NULL));

  g_autoptr (GBytes) whole = g_bytes_new (whole_text, n);
  g_autoptr (GBytes) empty = g_bytes_new ("\n", 1);
  g_autoptr (GBytes) none = g_bytes_new_static (head, strlen (head));
  g_autofree char *a = write_file (folder, "2031-05-02T101100.xml", whole);
  g_autofree char *b = write_file (folder, "2031-05-02T101500.xml", empty);
  g_autofree char *c = write_file (folder, "2031-05-02T102100.xml", none);
  g_auto (Result) r = run ("feed check --json uk-ha %", folder);
  g_auto (Result) text = run ("feed check uk-ha %", folder);

  g_assert_cmpint (r.status, ==, 0);
  JsonArray *partial = json_object_get_array_member (r.json, "partial");
  JsonObject *one = json_array_get_object_element (partial, 0);
  g_assert_cmpuint (json_array_get_length (partial), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (one, "path"), ==, c);
  g_assert_cmpint (json_object_get_int_member (one, "rows"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (one, "before"), ==, 10);
  g_assert_nonnull (strstr (r.err, "2031-05-02T101500.xml"));
  g_assert_nonnull (strstr (r.err, "empty"));
  g_assert_nonnull (strstr (text.out, "0 rows after 10"));
  g_remove (a);
  g_remove (b);
  g_remove (c);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  /* The child speaks English whoever runs the test. */
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_unsetenv ("LANGUAGE");
  g_test_add_func ("/feed-check/roadnet", test_roadnet);
  g_test_add_func ("/feed-check/wzdx", test_wzdx);
  g_test_add_func ("/feed-check/tw-freeway", test_tw_freeway);
  g_test_add_func ("/feed-check/uk-ha", test_uk_ha);
  g_test_add_func ("/feed-check/partial", test_partial);
  g_test_add_func ("/feed-check/refused", test_refused);
  g_test_add_func ("/feed-check/text", test_text);
  g_test_add_func ("/feed-check/gzip", test_gzip);
  g_test_add_func ("/feed-check/nothing-usable", test_nothing_usable);
  g_test_add_func ("/feed-check/one-bad", test_one_bad);
  g_test_add_func ("/feed-check/crs", test_crs);
  g_test_add_func ("/feed-check/arguments", test_arguments);
  g_test_add_func ("/feed-check/recorded", test_recorded);
  return g_test_run ();
}
