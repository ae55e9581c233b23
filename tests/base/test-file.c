/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files as a person may name them: small, at the limit, over it, and what is none. */
#include "base/rn-file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static char *folder;

static char *
put (const char *name, gsize n)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = g_malloc (n + 1);

  memset (text, 'x', n);
  g_assert_true (g_file_set_contents (path, text, (gssize) n, NULL));
  return path;
}

static void
test_whole (void)
{
  static const gsize sizes[] = { 0, 1, 4096, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = put ("whole", sizes[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = rn_file_read (path, 100000, &error);
      gsize n;
      const char *data = g_bytes_get_data (bytes, &n);

      g_assert_no_error (error);
      g_assert_cmpuint (n, ==, sizes[i]);
      g_assert_true (n == 0 || (data[0] == 'x' && data[n - 1] == 'x'));
      g_remove (path);
    }
}

static void
assert_refused (const char *path, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rn_file_read (path, 1 << 20, &error);

  g_assert_null (bytes);
  g_assert_error (error, G_IO_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_refused (void)
{
  g_autofree char *large = put ("large", (1 << 20) + 1);
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  assert_refused (large, G_IO_ERROR_MESSAGE_TOO_LARGE, "larger than 1.0\302\240MiB");
  assert_refused (missing, G_IO_ERROR_NOT_FOUND, "No such file");
  assert_refused (folder, G_IO_ERROR_NOT_REGULAR_FILE, "not a regular file");
  assert_refused (pipe, G_IO_ERROR_NOT_REGULAR_FILE, "not a regular file");
  assert_refused ("/dev/zero", G_IO_ERROR_NOT_REGULAR_FILE, "not a regular file");
  g_remove (large);
  g_remove (pipe);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("roadnet-test-XXXXXX", NULL);
  g_test_add_func ("/file/whole", test_whole);
  g_test_add_func ("/file/refused", test_refused);
  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
