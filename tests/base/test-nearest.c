/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean": near words are found, far ones are not guessed. */
#include "base/rn-nearest.h"

static void
test_nearest (void)
{
  static const char *const words[] = { "keep_s", "for_s", "enter", "exit", "ice", "speed_ratio",
                                       NULL };
  static const char *const none[] = { NULL };
  g_autofree char *endless = g_strnfill (5000, 'x');

  g_assert_cmpstr (rn_nearest ("keeps", words), ==, "keep_s");
  g_assert_cmpstr (rn_nearest ("Enter", words), ==, "enter");
  g_assert_cmpstr (rn_nearest ("exti", words), ==, NULL); /* two letters of four */
  g_assert_cmpstr (rn_nearest ("icy", words), ==, "ice");
  g_assert_cmpstr (rn_nearest ("banana", words), ==, NULL);
  g_assert_cmpstr (rn_nearest ("", words), ==, NULL);
  g_assert_cmpstr (rn_nearest (endless, words), ==, NULL);
  g_assert_cmpstr (rn_nearest ("x", none), ==, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nearest/words", test_nearest);
  return g_test_run ();
}
