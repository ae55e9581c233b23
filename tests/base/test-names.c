/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which name is taken for which language. */
#include "base/rn-names.h"

static void
test_fallback (void)
{
  g_autoptr (RnNames) both = rn_names_new_pairs ("zh-CN", "江阴", "en", "Jiangyin", NULL);
  g_autoptr (RnNames) plain = rn_names_new ("Nantong");
  g_autoptr (RnNames) mixed = rn_names_new_pairs ("ja", "J", "en-GB", "E", "", "U", NULL);
  g_autoptr (RnNames) foreign = rn_names_new_pairs ("ja", "J", "ko", "K", NULL);
  g_autoptr (RnNames) english = rn_names_new_pairs ("ja", "J", "en", "E", NULL);
  g_autoptr (RnNames) order = rn_names_new_pairs ("zh", "old", "zh-CN", "exact", NULL);

  g_assert_cmpstr (rn_names_get (both, "zh-CN"), ==, "江阴");
  g_assert_cmpstr (rn_names_get (both, "zh_cn"), ==, "江阴");
  g_assert_cmpstr (rn_names_get (both, "zh-TW"), ==, "江阴");   /* the same language */
  g_assert_cmpstr (rn_names_get (both, "en-GB"), ==, "Jiangyin");
  g_assert_cmpstr (rn_names_get (both, "fr"), ==, "Jiangyin");   /* else English */
  g_assert_cmpstr (rn_names_get (both, "eno"), ==, "Jiangyin");
  g_assert_cmpstr (rn_names_get (both, NULL), ==, "Jiangyin");   /* the language in use */
  g_assert_cmpstr (rn_names_get (plain, "zh-CN"), ==, "Nantong");
  g_assert_cmpstr (rn_names_get (mixed, "zh-CN"), ==, "U");     /* unlabelled before English */
  g_assert_cmpstr (rn_names_get (mixed, "en"), ==, "E");
  g_assert_cmpstr (rn_names_get (foreign, "zh-CN"), ==, "J");   /* else the first */
  g_assert_cmpstr (rn_names_get (english, "zh-CN"), ==, "E");
  g_assert_cmpstr (rn_names_get (order, "zh-CN"), ==, "exact");
  g_assert_null (rn_names_get (NULL, "en"));
}

static void
test_pairs (void)
{
  g_autoptr (RnNames) names = rn_names_new_pairs ("zh-CN", "江", "en", "Jiang", NULL);
  g_autoptr (RnNames) plain = rn_names_new ("x");
  const char *tag, *text;

  g_assert_true (rn_names_nth (names, 1, &tag, &text));
  g_assert_cmpstr (tag, ==, "en");
  g_assert_cmpstr (text, ==, "Jiang");
  g_assert_false (rn_names_nth (names, 2, &tag, &text));
  g_assert_true (rn_names_nth (plain, 0, &tag, NULL));
  g_assert_cmpstr (tag, ==, "");
  g_assert_false (rn_names_nth (NULL, 0, &tag, &text));
  g_assert_null (rn_names_new_pairs (NULL, NULL));
  g_assert_null (rn_names_new_arrays (0, NULL, NULL));
}

static void
test_match (void)
{
  g_autoptr (RnNames) names = rn_names_new_pairs ("zh-CN", "江阴北", "en", "Jiangyin North", NULL);

  g_assert_true (rn_names_match (names, "yin n"));
  g_assert_true (rn_names_match (names, "阴"));
  g_assert_true (rn_names_match (names, ""));
  g_assert_false (rn_names_match (names, "south"));
  g_assert_false (rn_names_match (NULL, "x"));
}

static void
test_refs (void)
{
  RnNames *names = rn_names_new ("x");
  RnNames *again = rn_names_ref (names);

  rn_names_unref (names);
  g_assert_cmpstr (rn_names_get (again, NULL), ==, "x");
  rn_names_unref (again);
  rn_names_unref (NULL);
  g_assert_null (rn_names_ref (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names/fallback", test_fallback);
  g_test_add_func ("/names/pairs", test_pairs);
  g_test_add_func ("/names/match", test_match);
  g_test_add_func ("/names/refs", test_refs);
  return g_test_run ();
}
