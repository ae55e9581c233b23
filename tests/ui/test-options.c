/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: what it takes and what it refuses. */
#include <math.h>

#include "base/rn-clock.h"
#include "ui/rn-options.h"

static RnOptions *
parse (GError **error, const char *line)
{
  g_auto (GStrv) argv = NULL;
  int argc = 0;

  g_assert_true (g_shell_parse_argv (line, &argc, &argv, NULL));
  return rn_options_parse (argc, argv, error);
}

static void
test_defaults (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnOptions) options = parse (&error, "roadnet");

  g_assert_no_error (error);
  g_assert_false (options->demo || options->version || options->has_view);
  g_assert_null (options->snapshot);
  g_assert_null (options->select);
  g_assert_cmpuint (options->sources->len, ==, 0);
  g_assert_cmpint (options->theme, ==, RN_THEME_DARK);
  g_assert_false (rn_options_want_own_process (options));
}

static void
test_all (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnOptions) options
      = parse (&error, "roadnet --demo --snapshot a.png --after 2.5 --view 119.5,-32.25,7.5 "
                       "--history off --theme light --lang zh_CN --size 1366x768 --select section:demo/G2-1 "
                       "--source roadnet=http://127.0.0.1:9/v1/ --source tw-freeway=some/folder");

  g_assert_no_error (error);
  g_assert_true (options->demo);
  g_assert_cmpstr (options->snapshot, ==, "a.png");
  g_assert_cmpint (options->after_us, ==, 5 * RN_SECOND / 2);
  g_assert_cmpstr (options->history, ==, "off");
  g_assert_true (options->has_view);
  g_assert_cmpfloat (options->lon, ==, 119.5);
  g_assert_cmpfloat (options->lat, ==, -32.25);
  g_assert_cmpfloat (options->zoom, ==, 7.5);
  g_assert_cmpint (options->theme, ==, RN_THEME_LIGHT);
  g_assert_cmpint (options->width, ==, 1366);
  g_assert_cmpint (options->height, ==, 768);
  g_assert_cmpint (options->select->kind, ==, RN_SUBJECT_SECTION);
  g_assert_cmpstr (options->select->key, ==, "demo/G2-1");
  g_assert_cmpuint (options->sources->len, ==, 2);
  g_assert_cmpstr (((RnSourceSpec *) options->sources->pdata[1])->location, ==, "some/folder");
  g_assert_true (rn_options_want_own_process (options));
}

static void
test_kinds (void)
{
  static const struct {
    const char *word;
    RnSubjectKind kind;
  } kinds[] = {
    { "section", RN_SUBJECT_SECTION }, { "facility", RN_SUBJECT_FACILITY },
    { "incident", RN_SUBJECT_INCIDENT }, { "work", RN_SUBJECT_WORK },
    { "warning", RN_SUBJECT_WARNING }, { "station", RN_SUBJECT_STATION },
    { "road", RN_SUBJECT_ROAD }, { "device", RN_SUBJECT_DEVICE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *line = g_strdup_printf ("roadnet --select %s:a:b", kinds[i].word);
      g_autoptr (RnOptions) options = parse (&error, line);

      g_assert_no_error (error);
      g_assert_cmpint (options->select->kind, ==, kinds[i].kind);
      g_assert_cmpstr (options->select->key, ==, "a:b");
    }
}

static void
test_refused (void)
{
  static const struct {
    const char *line, *named; /* what the message must name */
  } wrong[] = {
    { "roadnet --view 1,2", "--view" },
    { "roadnet --view 1,2,3,4", "--view" },
    { "roadnet --view 181,2,5", "--view" },
    { "roadnet --view 1,86,5", "--view" },
    { "roadnet --view 1,2,nan", "--view" },
    { "roadnet --view ''", "--view" },
    { "roadnet --size 1920", "--size" },
    { "roadnet --size 1920x", "--size" },
    { "roadnet --size 100x100", "--size" },
    { "roadnet --size 1920x1080x2", "--size" },
    { "roadnet --theme blue", "blue" },
    { "roadnet --select section", "--select" },
    { "roadnet --select section:", "--select" },
    { "roadnet --select bridge:x", "bridge:x" },
    { "roadnet --after 3", "--snapshot" },
    { "roadnet --snapshot a.png --after -1", "--after" },
    { "roadnet --snapshot a.png --after 1e9", "--after" },
    { "roadnet --snapshot a.png --after soon", "soon" },
    { "roadnet --source http://127.0.0.1/", "--source" },
    { "roadnet --source mars=http://127.0.0.1/", "mars" },
    { "roadnet --source", "--source" },
    { "roadnet --wall", "--wall" },
    { "roadnet here", "here" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      RnOptions *options = parse (&error, wrong[i].line);

      g_test_message ("%s → %s", wrong[i].line, error != NULL ? error->message : "taken");
      g_assert_null (options);
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, wrong[i].named));
    }
}

static void
test_language (void)
{
  char *apart[] = { "roadnet", "--demo", "--lang", "zh_CN", NULL };
  char *joined[] = { "roadnet", "--lang=en", NULL };
  char *none[] = { "roadnet", "--lang", NULL };
  char *after[] = { "roadnet", "--", "--lang", "zh_CN", NULL };

  g_assert_cmpstr (rn_options_language (4, apart), ==, "zh_CN");
  g_assert_cmpstr (rn_options_language (2, joined), ==, "en");
  g_assert_null (rn_options_language (2, none));
  g_assert_null (rn_options_language (4, after));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/options/defaults", test_defaults);
  g_test_add_func ("/options/all", test_all);
  g_test_add_func ("/options/kinds", test_kinds);
  g_test_add_func ("/options/refused", test_refused);
  g_test_add_func ("/options/language", test_language);
  return g_test_run ();
}
