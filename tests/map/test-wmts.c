/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Capabilities of services and the addresses that follow from them. */
#include "map/rn-wmts.h"

#include "capabilities.h"

#define PLACE "https://maps.example/wmts?tk=key"

static RnWmts *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  RnWmts *wmts = rn_wmts_parse (bytes, &error);

  g_assert_no_error (error);
  return wmts;
}

static RnWmtsTiles *
choose (const RnWmts *wmts, const char *option, GError **error)
{
  g_autofree char *text = g_strdup_printf ("wmts%s=" PLACE, option);
  g_autoptr (RnRasterSpec) spec = rn_raster_spec_parse (text, NULL);

  return rn_wmts_choose (wmts, spec, error);
}

static void
test_layers (void)
{
  g_autoptr (RnWmts) wmts = parse (CAPABILITIES);

  g_assert_cmpuint (rn_wmts_n_layers (wmts), ==, 4);
  g_assert_cmpstr (rn_wmts_get_layer (wmts, 0)->id, ==, "degrees");
  g_assert_cmpstr (rn_wmts_get_layer (wmts, 0)->title, ==, "Title of degrees");
  g_assert_false (rn_wmts_get_layer (wmts, 0)->usable); /* not Web Mercator */
  g_assert_false (rn_wmts_get_layer (wmts, 1)->usable); /* no pictures */
  g_assert_true (rn_wmts_get_layer (wmts, 2)->usable);
  g_assert_true (rn_wmts_get_layer (wmts, 3)->usable);
  g_assert_cmpstr (rn_wmts_get_provider (wmts), ==, "© Surveyors");
}

static void
test_addresses (void)
{
  g_autoptr (RnWmts) wmts = parse (CAPABILITIES);
  g_autoptr (RnWmtsTiles) tiles = choose (wmts, "", NULL);
  g_autofree char *uri = rn_wmts_tiles_dup_uri (tiles, 4, 13, 6);

  g_assert_cmpint (rn_wmts_tiles_min_zoom (tiles), ==, 3);
  g_assert_cmpint (rn_wmts_tiles_max_zoom (tiles), ==, 5);
  g_assert_cmpint (rn_wmts_tiles_px (tiles), ==, 256);
  g_assert_cmpstr (uri, ==,
                   PLACE "&SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=streets"
                         "&STYLE=day%20%26%20dusk&FORMAT=image%2Fpng&TILEMATRIXSET=web"
                         "&TILEMATRIX=level%204&TILEROW=6&TILECOL=13");
  g_assert_null (rn_wmts_tiles_dup_uri (tiles, 2, 0, 0));
  g_assert_null (rn_wmts_tiles_dup_uri (tiles, 6, 0, 0));
}

static void
test_limits (void)
{
  g_autoptr (RnWmts) wmts = parse (CAPABILITIES);
  g_autoptr (RnWmtsTiles) tiles = choose (wmts, ":layer:aerial,style:night", NULL);
  g_autofree char *uri = rn_wmts_tiles_dup_uri (tiles, 4, 14, 5);

  g_assert_cmpint (rn_wmts_tiles_min_zoom (tiles), ==, 4);
  g_assert_cmpint (rn_wmts_tiles_max_zoom (tiles), ==, 4);
  g_assert_nonnull (strstr (uri, "&STYLE=night&FORMAT=image%2Fjpeg"));
  g_assert_null (rn_wmts_tiles_dup_uri (tiles, 4, 15, 5));
  g_assert_null (rn_wmts_tiles_dup_uri (tiles, 4, 14, 8));
  g_assert_null (rn_wmts_tiles_dup_uri (tiles, 4, 11, 5));
}

static void
test_choice_refused (void)
{
  static const char *const cases[][2] = {
    { ":layer:nothing", "layer: the service has no “nothing”; it has degrees, vectors" },
    { ":layer:degrees", "matrix-set" },
    { ":layer:streets,set:geo", "matrix-set" },
    { ":layer:streets,set:none", "matrix-set" },
    { ":layer:streets,format:image/webp", "format" },
    { ":layer:vectors", "format" },
  };
  g_autoptr (RnWmts) wmts = parse (CAPABILITIES);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RnWmtsTiles) tiles = choose (wmts, cases[i][0], &error);

      g_assert_null (tiles);
      g_assert_nonnull (strstr (error->message, cases[i][1]));
    }
}

#define OPERATION(gets)                                                                            \
  "<ows:OperationsMetadata><ows:Operation name='GetCapabilities'><ows:DCP><ows:HTTP>"              \
  "<ows:Get xlink:href='https://wrong.example/'/></ows:HTTP></ows:DCP></ows:Operation>"            \
  "<ows:Operation name='GetTile'><ows:DCP><ows:HTTP>" gets                                         \
  "</ows:HTTP></ows:DCP></ows:Operation></ows:OperationsMetadata>"
#define GET(href, kind)                                                                            \
  "<ows:Get xlink:href='" href "'><ows:Constraint name='GetEncoding'><ows:AllowedValues>"          \
  "<ows:Value>" kind "</ows:Value></ows:AllowedValues></ows:Constraint></ows:Get>"
#define ONE_LAYER                                                                                  \
  "<Contents>"                                                                                     \
  CAPABILITIES_LAYER ("a", "<Format>image/png</Format>", "<TileMatrixSet>web</TileMatrixSet>")     \
  CAPABILITIES_SETS "</Contents></Capabilities>"

/* Where tiles are asked for: where the person said, unless the service names another server. */
static void
test_operations (void)
{
  static const char *const cases[][2] = {
    { CAPABILITIES_HEAD OPERATION (GET ("https://maps.example/other?", "KVP")) ONE_LAYER,
      PLACE "&SERVICE" },
    { CAPABILITIES_HEAD OPERATION (GET ("https://rest.example/", "RESTful")
                                       GET ("https://tiles.example/kvp?x=1", "KVP")) ONE_LAYER,
      "https://tiles.example/kvp?x=1&SERVICE" },
    { CAPABILITIES_HEAD OPERATION ("<ows:Get xlink:href='https://tiles.example/'/>") ONE_LAYER,
      "https://tiles.example/?SERVICE" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RnWmts) wmts = parse (cases[i][0]);
      g_autoptr (RnWmtsTiles) tiles = choose (wmts, "", NULL);
      g_autofree char *uri = rn_wmts_tiles_dup_uri (tiles, 4, 1, 1);

      g_test_message ("%s", uri);
      g_assert_true (g_str_has_prefix (uri, cases[i][1]));
    }
  {
    g_autoptr (RnWmts) wmts = parse (
        CAPABILITIES_HEAD OPERATION (GET ("https://rest.example/", "RESTful")) ONE_LAYER);
    g_autoptr (GError) error = NULL;

    g_assert_null (choose (wmts, "", &error));
    g_assert_nonnull (strstr (error->message, "KVP"));
  }
}

static void
test_refused (void)
{
  g_autoptr (GString) deep = g_string_new ("<Capabilities>");
  const char *const cases[] = {
    "", "nothing", "<html><body>Sign in</body></html>", "<Capabilities/>",
    "<Capabilities><Contents><Layer>", "<a></b>",
    "<!DOCTYPE a [<!ENTITY x 'y'>]><Capabilities><Contents><Layer>&x;</Layer></Contents>"
    "</Capabilities>",
    "\xff\xfe<",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i], strlen (cases[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (rn_wmts_parse (bytes, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "<a>");
  {
    g_autoptr (GBytes) bytes = g_bytes_new_static (deep->str, deep->len);
    g_autoptr (GError) error = NULL;

    g_assert_null (rn_wmts_parse (bytes, &error));
    g_assert_nonnull (strstr (error->message, "too deep"));
  }
}

/* Elements missing or in the wrong place are no reason to fall. */
static void
test_cut (void)
{
  static const char text[] = CAPABILITIES;

  for (gsize cut = 100; cut + 40 < sizeof text; cut += 37)
    {
      g_autoptr (GString) damaged = g_string_new (text);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (RnWmts) wmts = NULL;
      g_autoptr (GError) error = NULL;

      g_string_erase (damaged, (gssize) cut, 31);
      bytes = g_bytes_new (damaged->str, damaged->len);
      wmts = rn_wmts_parse (bytes, &error);
      g_assert_true ((wmts == NULL) == (error != NULL));
      if (wmts != NULL)
        {
          g_autoptr (RnWmtsTiles) tiles = choose (wmts, ":layer:aerial", NULL);

          g_assert_true (tiles == NULL || rn_wmts_tiles_max_zoom (tiles) <= RN_RASTER_MAX_ZOOM);
        }
    }
}

static void
test_capabilities_uri (void)
{
  static const char *const cases[][2] = {
    { "https://a/wmts", "https://a/wmts?SERVICE=WMTS&REQUEST=GetCapabilities&VERSION=1.0.0" },
    { "https://a/wmts?", "https://a/wmts?SERVICE=WMTS&REQUEST=GetCapabilities&VERSION=1.0.0" },
    { "https://a/w?k=1", "https://a/w?k=1&SERVICE=WMTS&REQUEST=GetCapabilities&VERSION=1.0.0" },
    { "https://a/w?request=GetCapabilities", "https://a/w?request=GetCapabilities" },
    { "https://a/WMTSCapabilities.xml", "https://a/WMTSCapabilities.xml" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *uri = rn_wmts_dup_capabilities_uri (cases[i][0]);

      g_assert_cmpstr (uri, ==, cases[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wmts/layers", test_layers);
  g_test_add_func ("/wmts/addresses", test_addresses);
  g_test_add_func ("/wmts/limits", test_limits);
  g_test_add_func ("/wmts/choice-refused", test_choice_refused);
  g_test_add_func ("/wmts/operations", test_operations);
  g_test_add_func ("/wmts/refused", test_refused);
  g_test_add_func ("/wmts/cut", test_cut);
  g_test_add_func ("/wmts/capabilities-uri", test_capabilities_uri);
  return g_test_run ();
}
