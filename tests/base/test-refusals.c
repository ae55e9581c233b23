/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting of refused rows by kind. */
#include "base/rn-refusals.h"

static void
test_count (void)
{
  g_autoptr (RnRefusals) refusals = rn_refusals_new ();
  const RnRefusal *first;

  rn_refusals_add (refusals, "features[3].properties.lanes", "out of range 1…20: 99");
  rn_refusals_add (refusals, "features[12].properties.lanes", "out of range 1…20: 77");
  rn_refusals_add (refusals, "features[12].properties.lanes", "is not a whole number");
  rn_refusals_add (refusals, "features[4].id", "is missing");
  g_assert_cmpuint (rn_refusals_total (refusals), ==, 4);
  g_assert_cmpuint (rn_refusals_n_kinds (refusals), ==, 3);
  first = rn_refusals_nth (refusals, 0);
  g_assert_cmpstr (first->path, ==, "features[3].properties.lanes");
  g_assert_cmpstr (first->reason, ==, "out of range 1…20: 99");
  g_assert_cmpuint (first->count, ==, 2);
  g_assert_null (rn_refusals_nth (refusals, 3));
}

static void
test_errors (void)
{
  g_autoptr (RnRefusals) refusals = rn_refusals_new ();
  GQuark domain = g_quark_from_static_string ("test");

  rn_refusals_take_error (refusals, g_error_new (domain, 1, "a[1].b: unknown word: x: y"));
  rn_refusals_take_error (refusals, g_error_new (domain, 1, "no place"));
  g_assert_cmpstr (rn_refusals_nth (refusals, 0)->path, ==, "a[1].b");
  g_assert_cmpstr (rn_refusals_nth (refusals, 0)->reason, ==, "unknown word: x: y");
  g_assert_cmpstr (rn_refusals_nth (refusals, 1)->path, ==, "$");
}

static void
test_many (void)
{
  g_autoptr (RnRefusals) refusals = rn_refusals_new ();

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *path = g_strdup_printf ("member%u", i);

      rn_refusals_add (refusals, path, "is missing");
    }
  g_assert_cmpuint (rn_refusals_total (refusals), ==, 5000);
  g_assert_cmpuint (rn_refusals_n_kinds (refusals), ==, 1001);
  g_assert_cmpuint (rn_refusals_nth (refusals, 1000)->count, ==, 4000);
  g_assert_cmpstr (rn_refusals_nth (refusals, 1000)->path, ==, "…");
}

static void
test_merge (void)
{
  g_autoptr (RnRefusals) a = rn_refusals_new (), b = rn_refusals_new ();

  rn_refusals_add (a, "x[1]", "is missing");
  rn_refusals_add (b, "x[2]", "is missing");
  rn_refusals_add (b, "y", "is missing");
  rn_refusals_merge (a, b);
  rn_refusals_merge (a, NULL);
  g_assert_cmpuint (rn_refusals_total (a), ==, 3);
  g_assert_cmpuint (rn_refusals_n_kinds (a), ==, 2);
  g_assert_cmpuint (rn_refusals_nth (a, 0)->count, ==, 2);
  g_assert_cmpuint (rn_refusals_total (NULL), ==, 0);
  g_assert_cmpuint (rn_refusals_n_kinds (NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/refusals/count", test_count);
  g_test_add_func ("/refusals/errors", test_errors);
  g_test_add_func ("/refusals/many", test_many);
  g_test_add_func ("/refusals/merge", test_merge);
  return g_test_run ();
}
