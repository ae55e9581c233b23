/* SPDX-License-Identifier: GPL-3.0-or-later */
/* XML reading and WKT lines: what is read, what is refused and with which words. */
#include "adapter-help.h"
#include "base/rn-geodesy.h"
#include "feed/rn-wkt.h"
#include "feed/rn-xml.h"

static RnXml *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = bytes_of (text);

  return rn_xml_parse (bytes, error);
}

static void
test_tree (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnXml) xml = parse ("\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- c --><!DOCTYPE a>"
                                 "<x:a xmlns:x='u' k = \"1 &amp; 2\" x:l='z'>\n"
                                 " <b> one <c/> two&#33; </b>\n <d/>"
                                 "<b><![CDATA[<raw>]]></b> </x:a>\n",
                                 &error);
  const RnXmlElement *a, *b;

  g_assert_no_error (error);
  a = rn_xml_root (xml);
  g_assert_cmpstr (a->name, ==, "a");
  g_assert_cmpstr (a->text, ==, "");
  g_assert_cmpstr (rn_xml_attribute (a, "k"), ==, "1 & 2");
  g_assert_cmpstr (rn_xml_attribute (a, "l"), ==, "z");
  g_assert_null (rn_xml_attribute (a, "m"));
  b = rn_xml_child (a, "b");
  g_assert_cmpstr (b->text, ==, "one  two!");
  g_assert_null (rn_xml_text (a, "b/c"));
  g_assert_null (rn_xml_text (a, "nothing/at/all"));
  b = rn_xml_next (b, "b");
  g_assert_cmpstr (b->text, ==, "<raw>");
  g_assert_null (rn_xml_next (b, "b"));

  g_autofree char *path = rn_xml_path (b, "@id");
  g_assert_cmpstr (path, ==, "a/b[1]/@id");
}

static void
test_refused (void)
{
  static const struct {
    const char *text, *words;
  } cases[] = {
    { "", "" },
    { "   ", "" },
    { "no xml at all", "" },
    { "{\"a\": 1}", "" },
    { "<a><b></a>", "" },
    { "<a>", "" },
    { "<a/>\n<b/>", "line 2 char" },
    { "<a/><b/>", "second root" },
    { "<a/>text", "" },
    { "<a k='1' k='2'>", "" },
    { "<a>&unknown;</a>", "unknown" },
    { "<!DOCTYPE a [<!ENTITY l \"ha\"><!ENTITY m \"&l;&l;\">]><a>&m;</a>", "m" },
    { "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", "x" },
    { "<a>\xff\xfe</a>", "UTF-8" },
    { "<a\xc2\xaf>", "name" },
    { "<a \xe4\xb8\xad=\"1\" ></a><\xe4\xb8\xad", "" },
    { "<!-- only a comment -->", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RnXml) xml = parse (cases[i].text, &error);

      g_test_message ("case %u", i);
      g_assert_null (xml);
      g_assert_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SYNTAX);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

/* Old systems write ISO-8859-1. What says so and is UTF-8 is taken for what it is. */
static void
test_encodings (void)
{
  static const struct {
    const char *text, *is; /* NULL: refused, with these words */
    const char *why;
  } rows[] = {
    { "<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xe9</a>", "caf\xc3\xa9" },
    { "\xEF\xBB\xBF<?xml version=\"1.0\" encoding = \"iso-8859-15\"?><a>\xa4</a>",
      "\xe2\x82\xac" },
    { "<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xc3\xa9</a>", "caf\xc3\xa9" },
    { "<?xml version='1.0' encoding='no-such'?><a>caf\xe9</a>", NULL, "line 1 is not UTF-8" },
    { "<?xml version='1.0' encoding=''?><a>caf\xe9</a>", NULL, "line 1 is not UTF-8" },
    { "<?xml version='1.0' encoding='utf-8'?>\n<a>caf\xe9</a>", NULL, "line 2 is not UTF-8" },
    { "<?xml version='1.0' encoding", NULL },
    { "<?xml version='1.0'?><a encoding='ISO-8859-1'>caf\xe9</a>", NULL, "line 1 is not UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RnXml) xml = parse (rows[i].text, &error);

      g_test_message ("row %u", i);
      if (rows[i].is != NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (rn_xml_root (xml)->text, ==, rows[i].is);
        }
      else
        {
          g_assert_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SYNTAX);
          g_assert_true (rows[i].why == NULL || strstr (error->message, rows[i].why) != NULL);
        }
    }
}

static void
test_limits (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) wide = g_string_new ("<a");
  g_autoptr (GError) error = NULL;
  RnXml *xml;

  for (guint i = 0; i < RN_XML_MAX_DEPTH; i++)
    g_string_append (deep, "<a>");
  for (guint i = 0; i < RN_XML_MAX_DEPTH; i++)
    g_string_append (deep, "</a>");
  xml = parse (deep->str, &error);
  g_assert_no_error (error);
  rn_xml_free (xml);
  g_string_prepend (deep, "<a>");
  g_string_append (deep, "</a>");
  g_assert_null (parse (deep->str, &error));
  g_assert_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SYNTAX);
  g_clear_error (&error);

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (wide, " a%u='1'", i);
  g_string_append (wide, "/>");
  g_assert_null (parse (wide->str, &error));
  g_assert_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SYNTAX);
}

/* Many children of many names: the index of each, in a time that does not grow with the square. */
static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new ("<r>");
  g_autoptr (GError) error = NULL;
  const guint n = 200000;

  for (guint i = 0; i < n; i++)
    g_string_append (text, i % 2 == 0 ? "<a/>" : "<b/>");
  g_string_append (text, "</r>");

  g_autoptr (RnXml) xml = parse (text->str, &error);
  g_assert_no_error (error);
  guint seen = 0;
  for (const RnXmlElement *e = rn_xml_child (rn_xml_root (xml), "b"); e != NULL;
       e = rn_xml_next (e, "b"))
    g_assert_cmpuint (e->index, ==, seen++);
  g_assert_cmpuint (seen, ==, n / 2);
}

static void
test_sniff (void)
{
  static const char head[] =
      "\xEF\xBB\xBF<?xml version='1.0'?><!-- x --><p:one a='b'><two/><three>cut of";
  char *names[2] = { NULL };

  g_assert_cmpuint (rn_xml_sniff (head, strlen (head), names, 2), ==, 2);
  g_assert_cmpstr (names[0], ==, "one");
  g_assert_cmpstr (names[1], ==, "two");
  g_free (names[0]);
  g_free (names[1]);
  g_assert_cmpuint (rn_xml_sniff ("", 0, names, 2), ==, 0);
  g_assert_cmpuint (rn_xml_sniff ("{\"a\":1}", 7, names, 2), ==, 0);
}

static void
test_wkt (void)
{
  static const struct {
    const char *text;
    guint n; /* 0: refused */
  } cases[] = {
    { "LINESTRING(121.5 25.1,121.6 25.2)", 2 },
    { "  linestring  (121.5   25.1 ,\n121.6 25.2)  ", 2 },
    { "LINESTRING Z (1 2 3, 4 5 6)", 2 },
    { "LINESTRING ZM(1 2 3 4, 4 5 6 7)", 2 },
    { "SRID=4326;LINESTRING(1 2,3 4)", 2 },
    { "LINESTRING(1 2,1 2,3 4)", 2 },
    { "LINESTRING(-1.5e1 +2,3 4)", 2 },
    { "MULTILINESTRING((1 2,3 4),(3 4,5 6))", 3 },
    { "MULTILINESTRING((1 2,3 4))", 2 },
    { "MULTILINESTRING((1 2,3 4),(3.1 4,5 6))", 0 },
    { "LINESTRING(1 2,3 4", 0 },
    { "LINESTRING(1 2,3)", 0 },
    { "LINESTRING(1 2;3 4)", 0 },
    { "LINESTRING(1 2,3 4) and more", 0 },
    { "LINESTRING(nan 2,3 4)", 0 },
    { "LINESTRING(0x10 2,3 4)", 0 },
    { "LINESTRING(181 2,3 4)", 0 },
    { "LINESTRING(1 91,3 4)", 0 },
    { "LINESTRING()", 0 },
    { "LINESTRING EMPTY", 0 },
    { "POINT(1 2)", 0 },
    { "LINESTRINGS(1 2,3 4)", 0 },
    { "", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) points = rn_wkt_parse_line (cases[i].text, &error);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (points != NULL ? points->len : 0, ==, cases[i].n);
      g_assert_true ((points == NULL) == (error != NULL));
    }

  g_autoptr (GArray) points = rn_wkt_parse_line ("LINESTRING(121.5 25.1,-121.6 -25.25)", NULL);
  g_assert_cmpfloat (g_array_index (points, RnPoint, 1).lon, ==, -121.6);
  g_assert_cmpfloat (g_array_index (points, RnPoint, 1).lat, ==, -25.25);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xml/tree", test_tree);
  g_test_add_func ("/xml/refused", test_refused);
  g_test_add_func ("/xml/encodings", test_encodings);
  g_test_add_func ("/xml/limits", test_limits);
  g_test_add_func ("/xml/many", test_many);
  g_test_add_func ("/xml/sniff", test_sniff);
  g_test_add_func ("/wkt/line", test_wkt);
  return g_test_run ();
}
