/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scanner against a table of evil and of good documents, the getters against every wrong type,
 * and both against random bytes. */
#include "base/rn-json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  const char *text;
  gssize length; /* -1: up to the zero byte */
  RnJsonError code;
  const char *place; /* "1:5" */
} Evil;

/* Names the case in hand; escaped, since what is tested may not be UTF-8. */
static void
test_say (const char *text)
{
  g_autofree char *escaped = g_strescape (text, NULL);

  g_test_message ("%s", escaped);
}

static const Evil evils[] = {
  { "", -1, RN_JSON_ERROR_SYNTAX, "1:1" },
  { " \n ", -1, RN_JSON_ERROR_SYNTAX, "2:2" },
  { "\xef\xbb\xbf", -1, RN_JSON_ERROR_SYNTAX, "1:1" },
  { "\xef\xbb", -1, RN_JSON_ERROR_UTF8, "1:1" },
  { "{} x", -1, RN_JSON_ERROR_SYNTAX, "1:4" },
  { "{}{}", -1, RN_JSON_ERROR_SYNTAX, "1:3" },
  { "[1,]", -1, RN_JSON_ERROR_SYNTAX, "1:4" },
  { "[,1]", -1, RN_JSON_ERROR_SYNTAX, "1:2" },
  { "[1 2]", -1, RN_JSON_ERROR_SYNTAX, "1:4" },
  { "[1", -1, RN_JSON_ERROR_SYNTAX, "1:3" },
  { "[", -1, RN_JSON_ERROR_SYNTAX, "1:2" },
  { "[1}", -1, RN_JSON_ERROR_SYNTAX, "1:3" },
  { "]", -1, RN_JSON_ERROR_SYNTAX, "1:1" },
  { "{\"a\":1,}", -1, RN_JSON_ERROR_SYNTAX, "1:8" },
  { "{\"a\"}", -1, RN_JSON_ERROR_SYNTAX, "1:5" },
  { "{\"a\":}", -1, RN_JSON_ERROR_SYNTAX, "1:6" },
  { "{a:1}", -1, RN_JSON_ERROR_SYNTAX, "1:2" },
  { "{'a':1}", -1, RN_JSON_ERROR_SYNTAX, "1:2" },
  { "{1:1}", -1, RN_JSON_ERROR_SYNTAX, "1:2" },
  { "{\"a\":1", -1, RN_JSON_ERROR_SYNTAX, "1:7" },
  { "{\"a\" 1}", -1, RN_JSON_ERROR_SYNTAX, "1:6" },
  { "['a']", -1, RN_JSON_ERROR_SYNTAX, "1:2" },
  { "[1] // no", -1, RN_JSON_ERROR_SYNTAX, "1:5" },
  { "/* no */ [1]", -1, RN_JSON_ERROR_SYNTAX, "1:1" },
  { "[1, # no\n2]", -1, RN_JSON_ERROR_SYNTAX, "1:5" },
  { "[0x10]", -1, RN_JSON_ERROR_SYNTAX, "1:3" },
  { "[010]", -1, RN_JSON_ERROR_SYNTAX, "1:2" },
  { "[-01]", -1, RN_JSON_ERROR_SYNTAX, "1:2" },
  { "[+1]", -1, RN_JSON_ERROR_SYNTAX, "1:2" },
  { "[.5]", -1, RN_JSON_ERROR_SYNTAX, "1:2" },
  { "[1.]", -1, RN_JSON_ERROR_SYNTAX, "1:4" },
  { "[1e]", -1, RN_JSON_ERROR_SYNTAX, "1:4" },
  { "[1e+]", -1, RN_JSON_ERROR_SYNTAX, "1:5" },
  { "[-]", -1, RN_JSON_ERROR_SYNTAX, "1:3" },
  { "[--1]", -1, RN_JSON_ERROR_SYNTAX, "1:3" },
  { "[1e400]", -1, RN_JSON_ERROR_RANGE, "1:2" },
  { "[-1e400]", -1, RN_JSON_ERROR_RANGE, "1:2" },
  { "[1E+309]", -1, RN_JSON_ERROR_RANGE, "1:2" },
  { "[NaN]", -1, RN_JSON_ERROR_SYNTAX, "1:2" },
  { "[Infinity]", -1, RN_JSON_ERROR_SYNTAX, "1:2" },
  { "[-Infinity]", -1, RN_JSON_ERROR_SYNTAX, "1:3" },
  { "[nul]", -1, RN_JSON_ERROR_SYNTAX, "1:2" },
  { "[nulll]", -1, RN_JSON_ERROR_SYNTAX, "1:6" },
  { "[True]", -1, RN_JSON_ERROR_SYNTAX, "1:2" },
  { "[undefined]", -1, RN_JSON_ERROR_SYNTAX, "1:2" },
  { "tru", -1, RN_JSON_ERROR_SYNTAX, "1:1" },
  { "[\"a]", -1, RN_JSON_ERROR_SYNTAX, "1:2" },
  { "[\"a\\\"]", -1, RN_JSON_ERROR_SYNTAX, "1:2" },
  { "[\"a\\", -1, RN_JSON_ERROR_SYNTAX, "1:4" },
  { "[\"\\x41\"]", -1, RN_JSON_ERROR_SYNTAX, "1:3" },
  { "[\"\\'\"]", -1, RN_JSON_ERROR_SYNTAX, "1:3" },
  { "[\"\\u12\"]", -1, RN_JSON_ERROR_SYNTAX, "1:3" },
  { "[\"\\u12g4\"]", -1, RN_JSON_ERROR_SYNTAX, "1:3" },
  { "[\"\\u", -1, RN_JSON_ERROR_SYNTAX, "1:3" },
  { "[\"\\ud800\"]", -1, RN_JSON_ERROR_UTF8, "1:3" },
  { "[\"\\ud800\\u0041\"]", -1, RN_JSON_ERROR_UTF8, "1:3" },
  { "[\"\\udc00\\ud800\"]", -1, RN_JSON_ERROR_UTF8, "1:3" },
  { "[\"\\ud800\\ud800\"]", -1, RN_JSON_ERROR_UTF8, "1:3" },
  { "[\"\\ud83d\\n\"]", -1, RN_JSON_ERROR_UTF8, "1:3" },
  { "[\"a\nb\"]", -1, RN_JSON_ERROR_SYNTAX, "1:4" },
  { "[\"a\tb\"]", -1, RN_JSON_ERROR_SYNTAX, "1:4" },
  { "[1,\0 2]", 7, RN_JSON_ERROR_SYNTAX, "1:4" },
  { "[\"a\0b\"]", 7, RN_JSON_ERROR_SYNTAX, "1:4" },
  { "[]\0", 3, RN_JSON_ERROR_SYNTAX, "1:3" },
  { "[\"\xc0\xaf\"]", -1, RN_JSON_ERROR_UTF8, "1:3" },         /* overlong */
  { "[\"\xe0\x80\xaf\"]", -1, RN_JSON_ERROR_UTF8, "1:3" },     /* overlong */
  { "[\"\xed\xa0\x80\"]", -1, RN_JSON_ERROR_UTF8, "1:3" },     /* surrogate */
  { "[\"\xf4\x90\x80\x80\"]", -1, RN_JSON_ERROR_UTF8, "1:3" }, /* beyond Unicode */
  { "[\"\xff\"]", -1, RN_JSON_ERROR_UTF8, "1:3" },
  { "[\"\xe6\xb1\"]", -1, RN_JSON_ERROR_UTF8, "1:3" },
  { "\xff\xfe[\0]\0", 6, RN_JSON_ERROR_UTF8, "1:1" },        /* UTF-16 */
  { "[\"\xe6\xb1\x9f\",\n \"\xe9\x98\xb4\" x]", -1, RN_JSON_ERROR_SYNTAX, "2:6" },
  { "\x0c[1]", -1, RN_JSON_ERROR_SYNTAX, "1:1" },
  { "\xc2\xa0[1]", -1, RN_JSON_ERROR_SYNTAX, "1:1" },         /* no-break space */
  { "<!DOCTYPE html>", -1, RN_JSON_ERROR_SYNTAX, "1:1" },
};

static JsonNode *
parse (const char *text, gssize length, GError **error)
{
  /* On the heap without slack, so that the sanitizers see one byte too many. */
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr (GBytes) bytes = g_bytes_new (text, n);

  return rn_json_parse (bytes, error);
}

static void
test_evil (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (evils); i++)
    {
      const Evil *evil = &evils[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = parse (evil->text, evil->length, &error);
      guint line = 0, column = 0;
      g_autofree char *place = NULL;

      test_say (evil->text);
      g_assert_null (node);
      g_assert_error (error, RN_JSON_ERROR, (int) evil->code);
      g_assert_cmpint (sscanf (error->message, "line %u, column %u: ", &line, &column), ==, 2);
      place = g_strdup_printf ("%u:%u", line, column);
      g_assert_cmpstr (place, ==, evil->place);
    }
}

static void
test_depth (void)
{
  for (guint depth = 30; depth <= 34; depth++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;

      for (guint i = 0; i < depth; i++)
        g_string_append (text, i % 2 ? "{\"a\":" : "[");
      g_string_append (text, "1");
      for (guint i = depth; i-- > 0;)
        g_string_append_c (text, i % 2 ? '}' : ']');
      node = parse (text->str, -1, &error);
      g_assert_true ((node != NULL) == (depth <= RN_JSON_MAX_DEPTH));
      if (node == NULL)
        g_assert_error (error, RN_JSON_ERROR, RN_JSON_ERROR_DEPTH);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *deep = g_strnfill (100000, "[{"[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (deep, 100000, &error));
      g_assert_nonnull (error);
    }
}

static void
test_good (void)
{
  static const char *const goods[]
      = { "null",        "true",       "0",      "-0",        "1.5e-7",
          "\"\"",        "[]",         "{}",     " [ ] ",     "\r\n\t{ \"a\" : [ 1 , { } ] }\n",
          "[1e308]",     "[1e-400]",   "[0e1]",  "\"\\u00e9\\/\"", "{\"\":0}",
          "[[[[[]]]]]",  "\"\\ud83d\\ude00\"", "[[],[{}]]", "{\"a\":1,\"a\":2}" };

  for (guint i = 0; i < G_N_ELEMENTS (goods); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = parse (goods[i], -1, &error);

      test_say (goods[i]);
      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
}

/* What json-glib would have read otherwise. */
static void
test_repaired (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node
      = parse ("\xef\xbb\xbf[12345678901234567890, -9223372036854775808, 9223372036854775808,"
               "{\"a\": 99999999999999999999999}, \"x\\u0000y\", 7, \"\\\\u0000\"]", -1, &error);
  RnJson root = rn_json_root (node), e[7], a;

  g_assert_no_error (error);
  for (guint i = 0; i < 7; i++)
    e[i] = rn_json_element (&root, i);
  a = rn_json_member (&e[3], "a");
  g_assert_cmpfloat (rn_json_number (&e[0], 0, 1e30, &error), ==, 12345678901234567890.0);
  g_assert_cmpint (rn_json_integer (&e[1], G_MININT64, G_MAXINT64, &error), ==, G_MININT64);
  g_assert_cmpfloat (rn_json_number (&e[2], 0, 1e30, &error), ==, 9223372036854775808.0);
  g_assert_cmpfloat (rn_json_number (&a, 0, 1e30, &error), ==, 99999999999999999999999.0);
  g_assert_cmpstr (rn_json_string (&e[4], &error), ==, "x\xef\xbf\xbdy");
  g_assert_cmpint (rn_json_integer (&e[5], 0, 9, &error), ==, 7);
  g_assert_cmpstr (rn_json_string (&e[6], &error), ==, "\\u0000");
  g_assert_no_error (error);
}

/* Whatever is in a string comes back: every control character, quotes, other planes. */
static void
test_text (void)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);

  for (char c = 1; c < 0x7f; c++)
    g_string_append_c (all, c);
  g_string_append (all, "\x7f\xc2\x80\xe2\x80\xae\xf0\x9f\x9a\xa7");
  json_node_set_string (node, all->str);

  for (guint pretty = 0; pretty < 2; pretty++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = rn_json_dup_text (node, pretty);
      g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
      g_autoptr (JsonNode) back = rn_json_parse (bytes, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (json_node_get_string (back), ==, all->str);
    }

  g_autoptr (JsonNode) file = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (file, "a\xff.json");
  g_autofree char *text = rn_json_dup_text (file, FALSE);
  g_assert_cmpstr (text, ==, "\"a\xef\xbf\xbd.json\"");
}

/* Random damage to a good document: an error or a value, never a crash; and what is taken is what
 * comes out again. */
static void
test_random (void)
{
  static const char seed[] = "{\"a\": [1, -2.5e3, true, null, \"\\u00e9\\n\xe6\xb1\x9f\"], "
                             "\"b\": {\"c\": {}, \"d\": [[]]}}";

  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *text = g_strdup (seed);
      gsize n = strlen (text);
      guint hits = g_test_rand_int_range (1, 4);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;

      for (guint k = 0; k < hits; k++)
        text[g_test_rand_int_range (0, (int) n)]
            = g_test_rand_bit () ? "[]{}\",:\\0eE-+.tn \x01\xc3"[g_test_rand_int_range (0, 19)]
                                 : (char) g_test_rand_int_range (1, 256);
      n = g_test_rand_bit () ? n : (gsize) g_test_rand_int_range (0, (int) n);
      node = parse (text, (gssize) n, &error);
      g_assert_true ((node == NULL) == (error != NULL));
      if (error != NULL)
        {
          g_assert_true (error->domain == RN_JSON_ERROR);
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
          g_assert_nonnull (strstr (error->message, "column"));
        }
      else
        {
          g_autofree char *out = json_to_string (node, FALSE);
          g_autoptr (JsonNode) again = parse (out, -1, NULL);

          g_assert_true (json_node_equal (node, again));
        }
    }
}

static const char *const colours[] = { "red", "green", NULL };

static void
test_getters (void)
{
  g_autoptr (JsonNode) node
      = parse ("{\"n\": 2.5, \"i\": 3, \"whole\": 4.0, \"s\": \"x\", \"empty\": \"\", \"t\": true,"
               "\"null\": null,"
               "\"o\": {\"zh-CN\": \"\xe6\xb1\x9f\", \"en\": \"Jiang\", \"fr\": null},"
               "\"list\": [{\"a\": [10, \"bad\"]}], \"at\": \"2026-10-01T10:42:36+08:00\","
               "\"word\": \"green\", \"big\": 1e300}", -1, NULL);
  RnJson root = rn_json_root (node), list = rn_json_member (&root, "list");
  RnJson first = rn_json_element (&list, 0), a = rn_json_member (&first, "a");
  RnJson bad = rn_json_element (&a, 1), gone = rn_json_element (&a, 2);
  RnJson n = rn_json_member (&root, "n"), i = rn_json_member (&root, "i");
  RnJson whole = rn_json_member (&root, "whole"), s = rn_json_member (&root, "s");
  RnJson empty = rn_json_member (&root, "empty"), t = rn_json_member (&root, "t");
  RnJson null = rn_json_member (&root, "null"), none = rn_json_member (&root, "none");
  RnJson o = rn_json_member (&root, "o"), at = rn_json_member (&root, "at");
  RnJson word = rn_json_member (&root, "word"), big = rn_json_member (&root, "big");
  g_autofree char *path = rn_json_path (&bad), *root_path = rn_json_path (&root);
  g_autofree char *id_s = NULL, *id_i = NULL, *id_n = NULL;
  g_autoptr (RnNames) names = NULL, one = NULL;
  g_autoptr (GError) error = NULL;
  GList *keys;

  g_assert_cmpstr (path, ==, "list[0].a[1]");
  g_assert_cmpstr (root_path, ==, "$");
  g_assert_cmpfloat (rn_json_number (&n, 0, 3, &error), ==, 2.5);
  g_assert_cmpfloat (rn_json_number (&i, 0, 3, &error), ==, 3);
  g_assert_cmpint (rn_json_integer (&whole, 0, 9, &error), ==, 4);
  g_assert_true (isnan (rn_json_opt_number (&null, 0, 1, &error)));
  g_assert_true (isnan (rn_json_opt_number (&none, 0, 1, &error)));
  g_assert_cmpint (rn_json_opt_integer (&none, 0, 1, -7, &error), ==, -7);
  g_assert_true (rn_json_boolean (&t, &error));
  g_assert_true (rn_json_opt_boolean (&none, TRUE, &error));
  g_assert_cmpstr (rn_json_string (&s, &error), ==, "x");
  g_assert_cmpstr (rn_json_opt_string (&none, &error), ==, NULL);
  id_s = rn_json_id (&s, &error);
  id_i = rn_json_id (&i, &error);
  id_n = rn_json_id (&n, &error);
  g_assert_cmpstr (id_s, ==, "x");
  g_assert_cmpstr (id_i, ==, "3");
  g_assert_cmpstr (id_n, ==, "2.5");
  g_assert_cmpint (rn_json_time (&at, &error), ==, G_GINT64_CONSTANT (1790822556000000));
  g_assert_cmpint (rn_json_opt_time (&none, &error), ==, 0);
  g_assert_cmpint (rn_json_word (&word, colours, &error), ==, 1);
  g_assert_cmpint (rn_json_opt_word (&none, colours, 5, &error), ==, 5);
  names = rn_json_opt_names (&o, &error);
  one = rn_json_opt_names (&s, &error);
  g_assert_cmpstr (rn_names_get (names, "en"), ==, "Jiang");
  g_assert_cmpstr (rn_names_get (one, "en"), ==, "x");
  g_assert_false (rn_names_nth (names, 2, NULL, NULL));
  g_assert_null (rn_json_opt_names (&none, &error));
  g_assert_null (rn_json_opt_names (&empty, &error));
  g_assert_no_error (error);
  keys = rn_json_keys (&root);
  g_assert_cmpuint (g_list_length (keys), ==, 12);
  g_assert_cmpstr (keys->data, ==, "n");
  g_list_free (keys);
  g_assert_true (rn_json_is_null (&gone));
  g_assert_cmpuint (rn_json_length (&o), ==, 0);
  g_assert_null (rn_json_keys (&list));
  g_assert_true (isnan (rn_json_number (&big, 0, 100, NULL)));
}

#define ASSERT_FAILS(kind, words, call)                                                           \
  G_STMT_START                                                                                    \
  {                                                                                               \
    g_autoptr (GError) e_ = NULL;                                                                 \
    GError **error = &e_;                                                                         \
    (void) (call);                                                                                \
    g_assert_error (e_, RN_JSON_ERROR, kind);                                                     \
    g_assert_cmpstr (e_->message, ==, words);                                                     \
  }                                                                                               \
  G_STMT_END

static void
test_complaints (void)
{
  g_autoptr (JsonNode) node = parse ("{\"s\": \"x\", \"n\": 812, \"f\": 2.5, \"o\": {}, \"l\": [],"
                                     "\"t\": true, \"empty\": \"\", \"big\": 1e300,"
                                     "\"names\": {\"en\": 5}, \"at\": \"yesterday\"}", -1, NULL);
  RnJson root = rn_json_root (node), s = rn_json_member (&root, "s");
  RnJson n = rn_json_member (&root, "n"), f = rn_json_member (&root, "f");
  RnJson o = rn_json_member (&root, "o"), l = rn_json_member (&root, "l");
  RnJson t = rn_json_member (&root, "t"), none = rn_json_member (&root, "none");
  RnJson empty = rn_json_member (&root, "empty"), big = rn_json_member (&root, "big");
  RnJson names = rn_json_member (&root, "names"), at = rn_json_member (&root, "at");
  RnJson inner = rn_json_member (&s, "inner");

  ASSERT_FAILS (RN_JSON_ERROR_TYPE, "s: is not a number", rn_json_number (&s, 0, 1, error));
  ASSERT_FAILS (RN_JSON_ERROR_TYPE, "s: is not a number", rn_json_opt_number (&s, 0, 1, error));
  ASSERT_FAILS (RN_JSON_ERROR_TYPE, "t: is not a number", rn_json_number (&t, 0, 1, error));
  ASSERT_FAILS (RN_JSON_ERROR_RANGE, "n: out of range 0…300: 812",
                rn_json_number (&n, 0, 300, error));
  ASSERT_FAILS (RN_JSON_ERROR_RANGE, "n: out of range 1…20: 812",
                rn_json_integer (&n, 1, 20, error));
  ASSERT_FAILS (RN_JSON_ERROR_TYPE, "f: is not a whole number", rn_json_integer (&f, 0, 9, error));
  ASSERT_FAILS (RN_JSON_ERROR_RANGE, "big: out of range 0…9: 1e+300",
                rn_json_integer (&big, 0, 9, error));
  ASSERT_FAILS (RN_JSON_ERROR_TYPE, "o: is not a whole number", rn_json_integer (&o, 0, 9, error));
  ASSERT_FAILS (RN_JSON_ERROR_MISSING, "none: is missing", rn_json_number (&none, 0, 1, error));
  ASSERT_FAILS (RN_JSON_ERROR_MISSING, "s.inner: is missing", rn_json_string (&inner, error));
  ASSERT_FAILS (RN_JSON_ERROR_TYPE, "n: is not a string", rn_json_string (&n, error));
  ASSERT_FAILS (RN_JSON_ERROR_TYPE, "l: is not a string", rn_json_opt_string (&l, error));
  ASSERT_FAILS (RN_JSON_ERROR_TYPE, "n: is neither true nor false", rn_json_boolean (&n, error));
  ASSERT_FAILS (RN_JSON_ERROR_TYPE, "empty: is empty", rn_json_id (&empty, error));
  ASSERT_FAILS (RN_JSON_ERROR_TYPE, "t: is neither a string nor a number", rn_json_id (&t, error));
  ASSERT_FAILS (RN_JSON_ERROR_RANGE, "at: is not a time by RFC 3339: yesterday",
                rn_json_time (&at, error));
  ASSERT_FAILS (RN_JSON_ERROR_RANGE, "s: unknown word: x", rn_json_word (&s, colours, error));
  ASSERT_FAILS (RN_JSON_ERROR_TYPE, "names.en: is not a string", rn_json_opt_names (&names, error));
  ASSERT_FAILS (RN_JSON_ERROR_TYPE, "l: is neither a name nor names by language",
                rn_json_opt_names (&l, error));
  /* The first complaint stays. */
  ASSERT_FAILS (RN_JSON_ERROR_TYPE, "s: is not a number",
                (rn_json_number (&s, 0, 1, error), rn_json_string (&n, error),
                 rn_json_time (&none, error)));
}

static void
test_quote_is_cut (void)
{
  g_autoptr (GString) text = g_string_new ("\"");
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  RnJson root;

  for (int i = 0; i < 500; i++)
    g_string_append (text, "\xe6\xb1\x9f");
  g_string_append_c (text, '"');
  node = parse (text->str, -1, NULL);
  root = rn_json_root (node);
  rn_json_word (&root, colours, &error);
  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), <, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/evil", test_evil);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/good", test_good);
  g_test_add_func ("/json/repaired", test_repaired);
  g_test_add_func ("/json/text", test_text);
  g_test_add_func ("/json/random", test_random);
  g_test_add_func ("/json/getters", test_getters);
  g_test_add_func ("/json/complaints", test_complaints);
  g_test_add_func ("/json/quote-is-cut", test_quote_is_cut);
  return g_test_run ();
}
