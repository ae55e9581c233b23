/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources as a person writes them: KIND[:OPTION…]=WHERE, there and back; what is wrong is named. */
#include <string.h>

#include "feed/rn-source.h"

static void
test_good (void)
{
  static const struct {
    const char *text, *kind, *location;
    RnCrs crs;
    double rate;
    const char *back; /* NULL: the same */
  } cases[] = {
    { "roadnet=https://host/v1/", "roadnet", "https://host/v1/", RN_CRS_WGS84, 1, NULL },
    { "roadnet=https://host/v1?a=b:c", "roadnet", "https://host/v1?a=b:c", RN_CRS_WGS84, 1, NULL },
    { "network:gcj02=roads.geojson", "network", "roads.geojson", RN_CRS_GCJ02, 1, NULL },
    { "network:BD09=/a=b/c:d", "network", "/a=b/c:d", RN_CRS_BD09, 1, "network:bd09=/a=b/c:d" },
    { "tw-freeway:x600=folder", "tw-freeway", "folder", RN_CRS_WGS84, 600, NULL },
    { "tw-freeway:x0.5:gcj02=f", "tw-freeway", "f", RN_CRS_GCJ02, 0.5, "tw-freeway:gcj02:x0.5=f" },
    { " roadnet : wgs84 =a,b", "roadnet", "a,b", RN_CRS_WGS84, 1, "roadnet=a,b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RnSourceSpec) spec = rn_source_spec_parse (cases[i].text, &error);
      g_autoptr (RnSourceSpec) copy = NULL;
      g_autofree char *back = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (spec->adapter, ==, cases[i].kind);
      g_assert_cmpstr (spec->location, ==, cases[i].location);
      g_assert_cmpint (spec->crs, ==, cases[i].crs);
      g_assert_cmpfloat (spec->play_rate, ==, cases[i].rate);
      back = rn_source_spec_to_text (spec);
      g_assert_cmpstr (back, ==, cases[i].back != NULL ? cases[i].back : cases[i].text);
      copy = rn_source_spec_copy (spec);
      g_assert_true (rn_source_spec_equal (spec, copy));
      copy->crs = RN_N_CRS;
      g_assert_false (rn_source_spec_equal (spec, copy));
    }
}

static void
test_bad (void)
{
  static const struct {
    const char *text, *named;
  } cases[] = {
    { "", "KIND=WHERE" },
    { "roadnet", "KIND=WHERE" },
    { "roadnet=", "KIND=WHERE" },
    { "=x", "no kind" },
    { "roadnot=x", "“roadnot”" },
    { "https://host/v1/?a=b", "“https”" },
    { "network:gcj03=x", "“gcj03”" },
    { "network:=x", "“”" },
    { "network:gcj02:x0=x", "“x0”" },
    { "network:x-5=x", "“x-5”" },
    { "network:x1e9=x", "“x1e9”" },
    { "network:x60h=x", "“x60h”" },
    { "network:xnan=x", "“xnan”" },
    { "network:600=x", "“600”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rn_source_spec_parse (cases[i].text, &error));
      g_assert_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE);
      if (strstr (error->message, cases[i].named) == NULL)
        g_error ("%s: %s", cases[i].text, error->message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/source-spec/good", test_good);
  g_test_add_func ("/source-spec/bad", test_bad);
  return g_test_run ();
}
