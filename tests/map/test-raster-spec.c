/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The value that names a raster map: what is taken, what is refused with which word, and the
 * addresses that come out of it. */
#include "map/rn-raster-spec.h"

static void
expect (const char *text, int z, int x, int y, const char *uri)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnRasterSpec) spec = rn_raster_spec_parse (text, &error);
  g_autofree char *made = NULL;

  g_assert_no_error (error);
  made = rn_raster_spec_dup_tile_uri (spec, z, x, y);
  g_assert_cmpstr (made, ==, uri);
}

static void
test_addresses (void)
{
  expect ("xyz=https://a.example/{z}/{x}/{y}.png?key={q}", 3, 5, 2,
          "https://a.example/3/5/2.png?key=121");
  expect ("xyz=https://a.example/{z}/{x}/{-y}.png", 3, 5, 2, "https://a.example/3/5/5.png");
  expect ("xyz=https://a.example/{z}/{x}/{tmsy}.png", 3, 5, 2, "https://a.example/3/5/5.png");
  expect ("tms=https://a.example/{z}/{x}/{y}.jpg", 3, 5, 2, "https://a.example/3/5/5.jpg");
  expect ("tms=https://a.example/1.0.0/map", 3, 5, 2, "https://a.example/1.0.0/map/3/5/5.png");
  expect ("xyz:subdomains:abc=https://{s}.a.example/{z}/{x}/{y}", 3, 5, 2,
          "https://b.a.example/3/5/2");
  expect ("xyz=https://a.example/{q}.jpg", 3, 5, 2, "https://a.example/121.jpg");
}

static void
test_options (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnRasterSpec) spec = rn_raster_spec_parse (
      "xyz:gcj02,512,opacity:0.5,min:4,max:17,name:Streets,licence:© X=https://a/{z}/{x}/{y}?a=b",
      &error);

  g_assert_no_error (error);
  g_assert_cmpint (spec->kind, ==, RN_RASTER_XYZ);
  g_assert_cmpint (spec->crs, ==, RN_CRS_GCJ02);
  g_assert_cmpint (spec->tile_px, ==, 512);
  g_assert_cmpfloat (spec->opacity, ==, 0.5);
  g_assert_cmpint (spec->min_zoom, ==, 4);
  g_assert_cmpint (spec->max_zoom, ==, 17);
  g_assert_cmpstr (spec->name, ==, "Streets");
  g_assert_cmpstr (spec->licence, ==, "© X");
  g_assert_cmpstr (spec->location, ==, "https://a/{z}/{x}/{y}?a=b");
}

static void
test_refused (void)
{
  static const struct {
    const char *text, *word;
  } cases[] = {
    { "", "kind" },
    { "osm=https://a/{z}/{x}/{y}", "kind" },
    { "xyz=", "location" },
    { "xyz=https://a/tiles", "location: must hold" },
    { "xyz=https://a/{z}/{x}/{why}", "{why}" },
    { "xyz=https://{s}.a/{z}/{x}/{y}", "subdomains" },
    { "xyz=ftp://a/{z}/{x}/{y}", "location" },
    { "xyz=http://tiles.example/{z}/{x}/{y}", "without encryption" },
    { "xyz:bd09=https://a/{z}/{x}/{y}", "crs: tiles in BD-09" },
    { "xyz:opacity:0=https://a/{z}/{x}/{y}", "opacity" },
    { "xyz:opacity:much=https://a/{z}/{x}/{y}", "opacity" },
    { "xyz:min:5,max:4=https://a/{z}/{x}/{y}", "max-zoom" },
    { "xyz:max:99=https://a/{z}/{x}/{y}", "max-zoom" },
    { "xyz:colour:red=https://a/{z}/{x}/{y}", "colour" },
    { "xyz:red=https://a/{z}/{x}/{y}", "red" },
    { "wmts=nowhere", "location" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RnRasterSpec) spec = rn_raster_spec_parse (cases[i].text, &error);

      g_test_message ("%s: %s", cases[i].text, error != NULL ? error->message : "taken");
      g_assert_null (spec);
      g_assert_nonnull (strstr (error->message, cases[i].word));
    }
  {
    g_autoptr (RnRasterSpec) spec =
        rn_raster_spec_parse ("xyz:http=http://tiles.example/{z}/{x}/{y}", NULL);

    g_assert_nonnull (spec);
  }
}

static void
test_settings (void)
{
  g_autoptr (RnRasterSpec) spec = rn_raster_spec_parse (
      "wmts:gcj02,http,layer:roads,set:g,style:night,format:image/webp,opacity:0.25,max:12,"
      "name:N,licence:L=http://a.example/wmts?tk=1",
      NULL);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (RnRasterSpec) back = NULL, copy = NULL;
  g_autoptr (GError) error = NULL;

  spec->enabled = FALSE;
  value = g_variant_ref_sink (rn_raster_spec_to_variant (spec));
  back = rn_raster_spec_from_variant (value, &error);
  g_assert_no_error (error);
  g_assert_true (rn_raster_spec_equal (spec, back));
  copy = rn_raster_spec_copy (back);
  copy->opacity = 1;
  g_assert_false (rn_raster_spec_equal (spec, copy));
  g_assert_true (rn_raster_spec_same_tiles (spec, copy));
  copy->max_zoom = 13;
  g_assert_false (rn_raster_spec_same_tiles (spec, copy));
}

static void
test_bad_settings (void)
{
  static const char *const cases[][2] = {
    { "{'location': <'https://a/{z}/{x}/{y}'>}", "kind" },
    { "{'kind': <5>}", "kind" },
    { "{'kind': <'xyz'>, 'location': <7>}", "location" },
    { "{'kind': <'xyz'>, 'location': <'https://a/{z}/{x}/{y}'>, 'opacity': <'x'>}", "opacity" },
    { "{'kind': <'xyz'>, 'location': <'https://a/{z}/{x}/{y}'>, 'opacity': <-nan>}", "opacity" },
    { "{'kind': <'xyz'>, 'location': <'https://a/{z}/{x}/{y}'>, 'crs': <'mars'>}", "crs" },
    { "{'kind': <'xyz'>, 'location': <'https://a/{z}/{x}/{y}'>, 'tile-size': <300>}", "tile-size" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value =
          g_variant_parse (G_VARIANT_TYPE_VARDICT, cases[i][0], NULL, NULL, &error);
      g_autoptr (RnRasterSpec) spec = NULL;

      if (value == NULL) /* this GVariant has no word for what is not a number */
        continue;
      spec = rn_raster_spec_from_variant (value, &error);
      g_assert_null (spec);
      g_assert_true (g_str_has_prefix (error->message, cases[i][1]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/raster-spec/addresses", test_addresses);
  g_test_add_func ("/raster-spec/options", test_options);
  g_test_add_func ("/raster-spec/refused", test_refused);
  g_test_add_func ("/raster-spec/settings", test_settings);
  g_test_add_func ("/raster-spec/bad-settings", test_bad_settings);
  return g_test_run ();
}
