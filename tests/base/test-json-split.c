/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Element by element reads as the whole does. */
#include "base/rn-json-split.h"

#include <string.h>

static RnJsonSplit *
split (const char *text, const char *member)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  RnJsonSplit *self = rn_json_split_new (bytes, member, &error);

  g_assert_no_error (error);
  return self;
}

/* Each element, the head and all paths are those of the tree of the whole document. */
static void
check_same (const char *text, const char *member, guint n)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (JsonNode) node = rn_json_parse (bytes, NULL);
  g_autoptr (RnJsonSplit) self = split (text, member);
  RnJson root = rn_json_root (node), array = rn_json_member (&root, member);

  g_assert_cmpuint (rn_json_split_length (self), ==, n);
  for (guint i = 0; i < n; i++)
    {
      RnJson whole = rn_json_element (&array, i);
      const RnJson *alone = rn_json_split_element (self, i);
      g_autofree char *whole_path = rn_json_path (&whole), *alone_path = rn_json_path (alone);
      g_autofree char *whole_text = json_to_string (whole.node, FALSE);
      g_autofree char *alone_text = json_to_string (alone->node, FALSE);

      g_assert_cmpstr (whole_path, ==, alone_path);
      g_assert_cmpstr (whole_text, ==, alone_text);
    }
}

static void
test_elements (void)
{
  check_same ("{\"type\": \"x\", \"features\": [1, \"a]\\\"}\", {\"b\": [[], {}]}, null, -2.5e3]}",
              "features", 5);
  check_same (" {\"features\" :\n[ {\"id\":\"1\"} , {\"id\":\"2\"} ] , \"z\" : [1,2] } ", "features", 2);
  check_same ("\xef\xbb\xbf{\"features\":[\"\\u0000\", 123456789012345678901]}", "features", 2);
  check_same ("{\"features\":[]}", "features", 0);
  check_same ("{\"a\":{\"features\":[1,2]},\"features\":[[3]]}", "features", 1);
  check_same ("{\"features\":[1],\"features\":[2,3]}", "features", 2);
}

static void
test_head (void)
{
  g_autoptr (RnJsonSplit) self
      = split ("{\"version\": \"7\", \"features\": [1, 2], \"roads\": [\"G42\"]}", "features");
  const RnJson *root = rn_json_split_root (self);
  RnJson version = rn_json_member (root, "version"), roads = rn_json_member (root, "roads");
  RnJson features = rn_json_member (root, "features");

  g_assert_cmpstr (rn_json_opt_string (&version, NULL), ==, "7");
  g_assert_cmpuint (rn_json_length (&roads), ==, 1);
  g_assert_true (rn_json_is_array (&features));
  g_assert_cmpuint (rn_json_length (&features), ==, 0);
}

/* Without such an array the document stays whole. */
static void
test_none (void)
{
  const char *const texts[] = { "{\"features\": {\"a\": [1]}}", "[1, 2]", "{}", "7",
                                "{\"feature\": [1]}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (RnJsonSplit) self = split (texts[i], "features");

      g_assert_cmpuint (rn_json_split_length (self), ==, 0);
      g_assert_nonnull (rn_json_split_root (self)->node);
    }
}

static void
test_refused (void)
{
  const char *const texts[] = { "", "{\"features\": [1, }", "{\"features\": [1e999]}",
                                "{\"features\": [1]} x", "{\"features\": [1}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GError) whole = NULL, error = NULL;

      g_assert_null (rn_json_parse (bytes, &whole));
      g_assert_null (rn_json_split_new (bytes, "features", &error));
      g_assert_cmpstr (error->message, ==, whole->message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-split/elements", test_elements);
  g_test_add_func ("/json-split/head", test_head);
  g_test_add_func ("/json-split/none", test_none);
  g_test_add_func ("/json-split/refused", test_refused);
  return g_test_run ();
}
