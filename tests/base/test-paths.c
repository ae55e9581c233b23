/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A test runs uninstalled: its own place is found, and what children need is in the environment. */
#include <string.h>

#include "base/rn-paths.h"

static void
test_program (void)
{
  g_autofree char *self = rn_paths_program ("test-paths");
  g_autofree char *none = rn_paths_program ("roadnet-no-such-program");

  g_assert_true (rn_paths_uninstalled ());
  g_assert_true (g_str_has_suffix (self, "/tests/base/test-paths"));
  g_assert_true (g_file_test (self, G_FILE_TEST_IS_EXECUTABLE));
  g_assert_cmpstr (none, ==, RN_BIN_DIR "/roadnet-no-such-program");
}

static void
test_environment (void)
{
  g_setenv ("XDG_DATA_DIRS", "/opt/share", TRUE);
  rn_paths_init ();
  g_assert_true (g_str_has_suffix (g_getenv ("XDG_DATA_DIRS"), ":/opt/share"));
  g_assert_nonnull (strstr (g_getenv ("XDG_DATA_DIRS"), RN_BUILD_DIR "/data:"));
  g_unsetenv ("XDG_DATA_DIRS");
  rn_paths_init ();
  g_assert_true (g_str_has_suffix (g_getenv ("XDG_DATA_DIRS"), ":/usr/local/share:/usr/share"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paths/program", test_program);
  g_test_add_func ("/paths/environment", test_environment);
  return g_test_run ();
}
