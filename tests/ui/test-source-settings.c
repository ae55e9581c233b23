/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources in the settings: there and back, what is broken is said and kept, names stay unique; and
 * the check of a source, on folders made here. */
#include <glib/gstdio.h>
#include <string.h>

#include "ui/rn-source-settings.h"
#include "ui/rn-source-test.h"

#define RECORDED RN_SOURCE_DIR "/tests/feed/data/roadnet"

static GPtrArray *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value =
      g_variant_parse (G_VARIANT_TYPE ("aa{sv}"), text, NULL, NULL, &error);

  g_assert_no_error (error);
  return rn_source_settings_read (value);
}

static const RnSourceEntry *
nth (const GPtrArray *entries, guint i)
{
  g_assert_cmpuint (i, <, entries->len);
  return entries->pdata[i];
}

static void
test_there_and_back (void)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_source_entry_free);
  RnSourceEntry *entry = rn_source_entry_new ("roadnet", "https://ops.example/v1/");
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GVariant) value = NULL;
  const RnSourceSpec *spec;

  g_free (entry->spec->name);
  entry->spec->name = g_strdup ("江苏");
  entry->spec->token = g_strdup ("secret");
  entry->spec->allow_http = TRUE;
  entry->spec->play_rate = 60;
  entry->spec->poll_us = 30 * RN_SECOND;
  entry->spec->crs = RN_CRS_GCJ02;
  entry->token = TRUE;
  entry->enabled = FALSE;
  g_ptr_array_add (entries, entry);
  g_ptr_array_add (entries, rn_source_entry_new (RN_SOURCE_DEMO, ""));
  value = g_variant_ref_sink (rn_source_settings_write (entries));
  {
    g_autofree char *text = g_variant_print (value, FALSE);

    g_assert_null (strstr (text, "secret")); /* never in the settings */
  }
  again = rn_source_settings_read (value);
  g_assert_cmpuint (again->len, ==, 2);
  spec = nth (again, 0)->spec;
  g_assert_cmpstr (spec->name, ==, "江苏");
  g_assert_cmpstr (spec->adapter, ==, "roadnet");
  g_assert_cmpstr (spec->location, ==, "https://ops.example/v1/");
  g_assert_null (spec->token);
  g_assert_true (spec->allow_http);
  g_assert_cmpfloat (spec->play_rate, ==, 60);
  g_assert_cmpint (spec->poll_us, ==, 30 * RN_SECOND);
  g_assert_cmpint (spec->crs, ==, RN_CRS_GCJ02);
  g_assert_true (nth (again, 0)->token && !nth (again, 0)->enabled && nth (again, 0)->usable);
  g_assert_null (nth (again, 0)->problem);
  g_assert_true (nth (again, 1)->enabled && nth (again, 1)->usable);
}

static void
test_broken (void)
{
  static const struct {
    const char *text, *said;
    gboolean usable;
  } cases[] = {
    { "{'kind': <'roadnet'>, 'location': <'x'>}", NULL, TRUE },
    { "{'kind': <'tomorrow'>, 'location': <'x'>}", "tomorrow", FALSE },
    { "{'location': <'x'>}", "kind is missing", FALSE },
    { "{'kind': <'roadnet'>}", "location is missing", FALSE },
    { "{'kind': <'demo'>}", NULL, TRUE },
    { "{'kind': <1>, 'location': <'x'>}", "kind has the type i, not s", FALSE },
    { "{'kind': <'roadnet'>, 'location': <'x'>, 'poll-s': <-5>}", "poll-s", TRUE },
    { "{'kind': <'roadnet'>, 'location': <'x'>, 'poll-s': <'5'>}", "poll-s", TRUE },
    { "{'kind': <'roadnet'>, 'location': <'x'>, 'play-rate': <1e300>}", "play-rate", TRUE },
    { "{'kind': <'roadnet'>, 'location': <'x'>, 'crs': <'mars'>}", "mars", TRUE },
    { "{'kind': <'roadnet'>, 'location': <'x'>, 'enabled': <'yes'>}", "enabled", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *list = g_strconcat ("[", cases[i].text, "]", NULL);
      g_autoptr (GPtrArray) entries = read_text (list);
      const RnSourceEntry *entry = nth (entries, 0);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (entry->usable, ==, cases[i].usable);
      if (cases[i].said == NULL)
        g_assert_null (entry->problem);
      else
        g_assert_nonnull (strstr (entry->problem, cases[i].said));
    }
}

/* What this version does not understand outlives being read and written. */
static void
test_nothing_is_lost (void)
{
  g_autoptr (GPtrArray) entries =
      read_text ("[{'kind': <'tomorrow'>, 'location': <['a', 'b']>, 'depth': <3>},"
                 " {'kind': <'roadnet'>, 'location': <'x'>, 'colour': <'red'>, 'poll-s': <7>}]");
  g_autoptr (GVariant) value = g_variant_ref_sink (rn_source_settings_write (entries));
  g_autofree char *text = g_variant_print (value, FALSE);
  static const char *const words[] = { "'kind': <'tomorrow'>", "'location': <['a', 'b']>",
                                       "'depth': <3>", "'colour': <'red'>", "'poll-s': <7>" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_test_message ("%s in %s", words[i], text);
      g_assert_nonnull (strstr (text, words[i]));
    }
}

static void
test_names (void)
{
  g_autoptr (GPtrArray) entries =
      read_text ("[{'kind': <'roadnet'>, 'location': <'x'>, 'name': <'a/b'>},"
                 " {'kind': <'roadnet'>, 'location': <'y'>, 'name': <'a-b'>},"
                 " {'kind': <'roadnet'>, 'location': <'z'>},"
                 " {'kind': <'roadnet'>, 'location': <'z'>, 'name': <'  '>}]");

  g_assert_cmpstr (nth (entries, 0)->spec->name, ==, "a-b");
  g_assert_cmpstr (nth (entries, 1)->spec->name, ==, "a-b-2");
  g_assert_cmpstr (nth (entries, 2)->spec->name, ==, "roadnet");
  g_assert_cmpstr (nth (entries, 3)->spec->name, ==, "roadnet-2");
}

static void
test_typed (void)
{
  static const struct {
    const char *kind, *location;
    gboolean good;
  } cases[] = {
    { "roadnet", "", FALSE },         { "roadnet", "https://ops.example/v1/", TRUE },
    { "roadnet", "https://", FALSE }, { "roadnet", "http://[::1", FALSE },
    { "roadnet", "/some/where", TRUE }, { "nothing", "/some/where", FALSE },
    { "demo", "", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RnSourceSpec) spec = rn_source_spec_new (cases[i].kind, cases[i].location);
      g_autofree char *problem = rn_source_settings_check (spec);

      g_test_message ("%s %s", cases[i].kind, cases[i].location);
      g_assert_cmpint (problem == NULL, ==, cases[i].good);
    }
}

/* ---- check of a source ----------------------------------------------------------------------- */

static void
run_test (RnSourceTest *test, const char *kind, const char *location)
{
  g_autoptr (RnSourceSpec) spec = rn_source_spec_new (kind, location);

  rn_source_test_start (test, spec);
  while (rn_source_test_get_verdict (test) == RN_VERDICT_RUNNING)
    g_main_context_iteration (NULL, TRUE);
}

static const RnTestRow *
find_row (RnSourceTest *test, const char *title)
{
  const GPtrArray *rows = rn_source_test_get_rows (test);

  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((const RnTestRow *) rows->pdata[i])->title, title))
      return rows->pdata[i];
  return NULL;
}

static void
test_check_recording (void)
{
  g_autoptr (RnSourceTest) test = rn_source_test_new ();
  g_autoptr (RnSourceSpec) spec = NULL;
  const RnTestRow *row;

  run_test (test, "roadnet", RECORDED);
  g_assert_cmpint (rn_source_test_get_verdict (test), !=, RN_VERDICT_UNUSABLE);
  row = find_row (test, "Network");
  g_assert_nonnull (row);
  g_assert_cmpint (row->mark, ==, RN_TEST_GOOD);
  g_assert_nonnull (strstr (row->text, "section"));
  g_assert_nonnull (find_row (test, "Flow"));
  g_assert_nonnull (find_row (test, "Incidents"));
  spec = rn_source_spec_new ("roadnet", RECORDED);
  g_assert_true (rn_source_test_is_of (test, spec));
  spec->token = g_strdup ("another");
  g_assert_false (rn_source_test_is_of (test, spec));
  rn_source_test_cancel (test);
  g_assert_false (rn_source_test_is_of (test, spec));
  g_assert_cmpint (rn_source_test_get_verdict (test), ==, RN_VERDICT_NONE);
  g_assert_cmpuint (rn_source_test_get_rows (test)->len, ==, 0);
}

static void
test_check_nothing (void)
{
  g_autoptr (RnSourceTest) test = rn_source_test_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("roadnet-test-XXXXXX", &error);
  g_autofree char *file = g_build_filename (folder, "flow.json", NULL);

  g_assert_no_error (error);
  run_test (test, "roadnet", folder);
  g_assert_cmpint (rn_source_test_get_verdict (test), ==, RN_VERDICT_UNUSABLE);
  g_assert_true (g_file_set_contents (file, "{\"rows\": ", -1, NULL));
  run_test (test, "roadnet", folder);
  g_assert_cmpint (rn_source_test_get_verdict (test), ==, RN_VERDICT_UNUSABLE);
  g_assert_cmpuint (rn_source_test_get_rows (test)->len, >, 0);
  g_unlink (file);
  g_rmdir (folder);
  run_test (test, "roadnet", folder);
  g_assert_cmpint (rn_source_test_get_verdict (test), ==, RN_VERDICT_UNUSABLE);
  run_test (test, "roadnet", "http://127.0.0.1:1/v1/");
  g_assert_cmpint (rn_source_test_get_verdict (test), ==, RN_VERDICT_UNUSABLE);
  run_test (test, "roadnet", "");
  g_assert_cmpint (rn_source_test_get_verdict (test), ==, RN_VERDICT_UNUSABLE);
  run_test (test, RN_SOURCE_DEMO, "");
  g_assert_cmpint (rn_source_test_get_verdict (test), ==, RN_VERDICT_GOOD);
}

/* A run that was broken off says nothing any more. */
static void
test_check_broken_off (void)
{
  g_autoptr (RnSourceTest) test = rn_source_test_new ();
  g_autoptr (RnSourceSpec) spec = NULL;

  spec = rn_source_spec_new ("roadnet", RECORDED);
  rn_source_test_start (test, spec);
  rn_source_test_cancel (test);
  for (guint i = 0; i < 50; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
  g_assert_cmpuint (rn_source_test_get_rows (test)->len, ==, 0);
  g_assert_cmpint (rn_source_test_get_verdict (test), ==, RN_VERDICT_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/source-settings/there-and-back", test_there_and_back);
  g_test_add_func ("/source-settings/broken", test_broken);
  g_test_add_func ("/source-settings/nothing-is-lost", test_nothing_is_lost);
  g_test_add_func ("/source-settings/names", test_names);
  g_test_add_func ("/source-settings/typed", test_typed);
  g_test_add_func ("/source-test/recording", test_check_recording);
  g_test_add_func ("/source-test/nothing", test_check_nothing);
  g_test_add_func ("/source-test/broken-off", test_check_broken_off);
  return g_test_run ();
}
