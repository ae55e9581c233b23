/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recorded answers: times in names, what is recognised, and all of a source read at once. */
#include "feed/rn-recording.h"

#include <glib/gstdio.h>

#include "base/rn-gzip.h"
#include "feed/rn-source-load.h"
#include "source-help.h"

typedef struct {
  char *folder;
} Fixture;

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
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("roadnet-test-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

/* Takes @text over. */
static void
put (Fixture *fixture, const char *name, char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (parent, 0700);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_free (text);
}

static void
test_times (void)
{
  static const struct {
    const char *name, *at; /* NULL: none */
    gboolean has_clock;
  } rows[] = {
    { "2013-04-24T00:05.xml", "2013-04-24T00:05:00Z", TRUE },
    { "2013-04-24T000921.xml.gz", "2013-04-24T00:09:21Z", TRUE },
    { "20240222-1800-rawSpeedVol_SLP-all.xml", "2024-02-22T18:00:00Z", TRUE },
    { "delays_20250605-2109.csv", "2025-06-05T21:09:00Z", TRUE },
    { "flow 2026-10-01 10.42.36.json", "2026-10-01T10:42:36Z", TRUE },
    { "202610011042.json", "2026-10-01T10:42:00Z", TRUE },
    { "20261001104236.json", "2026-10-01T10:42:36Z", TRUE },
    { "2026-10-01T10:42:36Z.json", "2026-10-01T10:42:36Z", TRUE },
    { "2026-10-01T10:42:36+0800.json", "2026-10-01T02:42:36Z", TRUE },
    { "2026-10-01T10:42:36+08:00.json", "2026-10-01T02:42:36Z", TRUE },
    { "section_1968_traffic_data_2023-04-11.xml", "2023-04-11T00:00:00Z", FALSE },
    { "icone_devicefeed41_2023-04-11.json", "2023-04-11T00:00:00Z", FALSE },
    { "20230411.json", "2023-04-11T00:00:00Z", FALSE },
    { "2023-02-30.json", NULL, FALSE },
    { "2023-13-01.json", NULL, FALSE },
    { "Event_Data_3794674417759799.xml", NULL, FALSE },
    { "Event_Data_2026100110423.xml", NULL, FALSE },
    { "live.xml", NULL, FALSE },
    { "scenario1_2019.json", NULL, FALSE },
    { "\xff\xfe.xml", NULL, FALSE },
    { "", NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 at_us = 0;
      gboolean has_clock = FALSE;
      gboolean good = rn_recording_parse_time (rows[i].name, NULL, &at_us, &has_clock);
      g_autofree char *text = good ? rn_text_rfc3339 (at_us) : NULL;

      g_test_message ("row %u", i);
      g_assert_cmpstr (text, ==, rows[i].at);
      g_assert_cmpint (has_clock, ==, rows[i].has_clock);
    }
}

static void
test_time_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (8 * 3600);
  gint64 at_us = 0;
  gboolean has_clock = FALSE;

  g_assert_true (rn_recording_parse_time ("2026-10-01T08:00.json", zone, &at_us, &has_clock));
  g_assert_cmpint (at_us, ==, T0);
}

static RnRecording *
scan (const char *location)
{
  g_autoptr (GError) error = NULL;
  RnRecording *recording
      = rn_recording_scan (rn_adapter_find ("roadnet"), location, NULL, NULL, &error);

  g_assert_no_error (error);
  return recording;
}

static const char *
name_of (const RnRecording *recording, guint i)
{
  const RnRecordingEntry *entry = recording->played->pdata[i];

  return strrchr (entry->path, '/') + 1;
}

static void
test_scan (Fixture *fixture, gconstpointer data)
{
  Stage stage = { .version = "v1", .n_rows = 3, .speed = 50, .observed_us = T0 };
  g_autoptr (RnRecording) recording = NULL;

  put (fixture, "net/network-2020-01-01.json", make_network (&stage));
  put (fixture, "net/network-2021-01-01.json", make_network (&stage));
  put (fixture, "flow/20261001-0010.json", make_flow (&stage));
  put (fixture, "flow/20261001-0005.json", g_strdup ("\n")); /* a failed download */
  put (fixture, "flow/20261001-0000.json", make_flow (&stage));
  put (fixture, "flow/deep/er/20261001-0020.json", make_flow (&stage)); /* too deep */
  put (fixture, "README.md", g_strdup ("not a document"));
  put (fixture, ".hidden", g_strdup ("nor this"));
  recording = scan (fixture->folder);
  g_assert_cmpuint (recording->played->len, ==, 3);
  g_assert_cmpstr (name_of (recording, 0), ==, "20261001-0000.json");
  g_assert_cmpstr (name_of (recording, 1), ==, "20261001-0005.json");
  g_assert_cmpstr (name_of (recording, 2), ==, "20261001-0010.json");
  g_assert_cmpint (((RnRecordingEntry *) recording->played->pdata[1])->at_us, ==, T0 + 300 * S);
  g_assert_false (recording->one_each);
  g_assert_cmpuint (recording->problems->len, ==, 1);
  g_assert_nonnull (strstr (((RnSourceProblem *) recording->problems->pdata[0])->path, "README"));
  g_assert_nonnull (strstr (((RnRecordingEntry *) recording->fixed->pdata[0])->path, "2021"));
}

static void
test_split (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = g_build_filename (fixture->folder, "a.json", NULL);
  g_autofree char *b = g_build_filename (fixture->folder, "b,c.json", NULL);
  g_autofree char *both = g_strconcat (a, ", ", a, NULL);
  g_autofree char *missing = g_strconcat (a, ",", "/no/such", NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = NULL;

  put (fixture, "a.json", g_strdup ("{}"));
  put (fixture, "b,c.json", g_strdup ("{}"));
  parts = rn_recording_split (b, &error); /* a comma in a name that is there */
  g_assert_cmpuint (g_strv_length (parts), ==, 1);
  g_clear_pointer (&parts, g_strfreev);
  parts = rn_recording_split (both, &error);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  g_assert_cmpstr (parts[1], ==, a);
  g_clear_pointer (&parts, g_strfreev);
  parts = rn_recording_split (missing, &error);
  g_assert_null (parts);
  g_assert_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE);
  g_assert_nonnull (strstr (error->message, "/no/such"));
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "a.json.gz", NULL);
  g_autoptr (GBytes) plain = g_bytes_new_static ("{\"a\":1}", 7);
  g_autoptr (GBytes) gz = rn_gzip_deflate (plain, 6);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) read = NULL;

  g_file_set_contents (path, g_bytes_get_data (gz, NULL), g_bytes_get_size (gz), &error);
  g_assert_no_error (error);
  read = rn_recording_read (path, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (read, plain));
  g_file_set_contents (path, g_bytes_get_data (gz, NULL), g_bytes_get_size (gz) - 6, &error);
  g_assert_null (rn_recording_read (path, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (rn_recording_read (fixture->folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
}

static void
test_load_all (Fixture *fixture, gconstpointer data)
{
  Stage stage = { .version = "v1", .n_rows = 3, .speed = 50, .observed_us = T0 };
  g_autoptr (RnSourceSpec) spec = rn_source_spec_new ("roadnet", fixture->folder);
  g_autoptr (GPtrArray) problems
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_source_problem_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  const RnDocument *document;

  put (fixture, "flow-20261001-0000.json", make_flow (&stage));
  put (fixture, "flow-20261001-0005.json", g_strdup ("x"));
  stage.observed_us = T0 + 600 * S;
  put (fixture, "flow-20261001-0010.json", make_flow (&stage));
  put (fixture, "network.json", make_network (&stage));
  put (fixture, "notes.txt", g_strdup ("x"));
  documents = rn_source_load_all (spec, problems, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (documents->len, ==, 3);
  document = documents->pdata[0];
  g_assert_cmpint (document->kind, ==, RN_FEED_NETWORK);
  document = documents->pdata[1];
  g_assert_cmpint (document->observed_at_us, ==, T0);
  g_assert_cmpuint (document->unjoined->len, ==, 0);
  document = documents->pdata[2];
  g_assert_cmpint (document->observed_at_us, ==, T0 + 600 * S);
  g_assert_cmpuint (problems->len, ==, 2);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s: %s", ((RnSourceProblem *) problems->pdata[i])->path,
                    ((RnSourceProblem *) problems->pdata[i])->reason);
}

static void
test_load_nothing (void)
{
  g_autoptr (RnSourceSpec) spec = rn_source_spec_new ("roadnet", "/no/such");
  g_autoptr (RnSourceSpec) kind = rn_source_spec_new ("nonsense", "/");
  g_autoptr (GError) error = NULL;

  g_assert_null (rn_source_load_all (spec, NULL, &error));
  g_assert_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE);
  g_clear_error (&error);
  g_assert_null (rn_source_load_all (kind, NULL, &error));
  g_assert_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE);
  g_clear_error (&error);

  g_autofree char *folder = g_dir_make_tmp ("rn-nothing-XXXXXX", &error);
  g_autoptr (RnSourceSpec) empty = rn_source_spec_new ("uk-ha", folder);
  g_assert_no_error (error);
  g_assert_null (rn_source_load_all (empty, NULL, &error));
  g_assert_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE);
  g_assert_nonnull (strstr (error->message, folder));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static gint loaded; /* atomic */

/* Of an address, blocking, while the server runs in this thread's main loop. */
static gpointer
load_thread (gpointer data)
{
  GPtrArray *documents = rn_source_load_all (data, NULL, NULL);

  g_atomic_int_set (&loaded, 1);
  return documents;
}

static void
test_load_address (Stage *stage, gconstpointer data)
{
  g_autoptr (RnSourceSpec) spec = rn_source_spec_new ("roadnet", stage->base);
  GThread *thread = g_thread_new ("load", load_thread, spec);
  g_autoptr (GPtrArray) documents = NULL;

  while (!g_atomic_int_get (&loaded))
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (200);
    }
  documents = g_thread_join (thread);
  g_assert_cmpuint (documents->len, ==, 3);
  g_assert_cmpuint (((RnDocument *) documents->pdata[1])->n_rows, ==, N_SECTIONS);
}

static void
test_taiwan (void)
{
  const char *shared = g_getenv ("RN_TEST_SHARED");
  g_autofree char *folder
      = shared != NULL ? g_build_filename (shared, "feeds", "taiwan-freeway", NULL) : NULL;
  g_autoptr (RnSourceSpec) spec = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GPtrArray) problems
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_source_problem_free);

  if (folder == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("the recorded feeds are not there");
      return;
    }
  spec = rn_source_spec_new ("tw-freeway", folder);
  documents = rn_source_load_all (spec, problems, NULL);
  g_assert_cmpuint (documents->len, ==, 2);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (((RnDocument *) documents->pdata[1])->n_rows, ==, 664);
  g_assert_cmpuint (((RnDocument *) documents->pdata[1])->unjoined->len, ==, 54);
}

#define ADD(name, func) g_test_add ("/feed/recording/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/feed/recording/times", test_times);
  g_test_add_func ("/feed/recording/time-zone", test_time_zone);
  ADD ("scan", test_scan);
  ADD ("split", test_split);
  ADD ("read", test_read);
  ADD ("load-all", test_load_all);
  g_test_add_func ("/feed/recording/load-nothing", test_load_nothing);
  g_test_add ("/feed/recording/load-address", Stage, NULL, stage_set_up, test_load_address,
              stage_tear_down);
  g_test_add_func ("/feed/recording/taiwan", test_taiwan);
  return g_test_run ();
}
