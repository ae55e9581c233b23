/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key of the journal: of a file, and what is said when there is none to be had. */
#include <string.h>

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

#include "session/rn-journal-key.h"

typedef struct {
  GBytes *key;
  GError *error;
  gboolean done;
} Loading;

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Loading *loading = data;

  loading->key = rn_journal_key_load_finish (result, &loading->error);
  loading->done = TRUE;
}

static Loading
load (const char *path, GCancellable *cancellable)
{
  Loading loading = { 0 };

  rn_journal_key_load_async (path, TRUE, cancellable, loaded_cb, &loading);
  g_assert_false (loading.done); /* nothing waits */
  while (!loading.done)
    g_main_context_iteration (NULL, TRUE);
  return loading;
}

static char *
write_file (const char *bytes, gssize size)
{
  char *path = NULL;
  int file = g_file_open_tmp ("roadnet-key-XXXXXX", &path, NULL);

  g_assert_cmpint (file, >=, 0);
  g_close (file, NULL);
  g_assert_true (g_file_set_contents (path, bytes, size, NULL));
  return path;
}

/* What an editor leaves at the end is not part of it; all other bytes are. */
static void
test_file (void)
{
  static const struct {
    const char *bytes;
    gssize size, key_size;
  } cases[] = {
    { "secret", 6, 6 }, { "secret\n", 7, 6 }, { "a b \r\n\n", 7, 3 }, { "\n\0\1x", 4, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = write_file (cases[i].bytes, cases[i].size);
      Loading loading = load (path, NULL);

      g_assert_no_error (loading.error);
      g_assert_cmpmem (g_bytes_get_data (loading.key, NULL), g_bytes_get_size (loading.key),
                       cases[i].bytes, (gsize) cases[i].key_size);
      g_bytes_unref (loading.key);
      g_remove (path);
    }
}

static void
test_bad_file (void)
{
  g_autofree char *large = g_strnfill (100000, 'x');
  char *paths[] = { write_file (" \n", 2), write_file (large, 100000),
                               g_strdup ("/nowhere/at/all") };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      Loading loading = load (paths[i], NULL);

      g_assert_null (loading.key);
      g_assert_nonnull (strstr (loading.error->message, paths[i]));
      g_error_free (loading.error);
      g_remove (paths[i]);
      g_free (paths[i]);
    }
}

static void
test_no_keyring (void)
{
  Loading loading = load (NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_assert_null (loading.key);
  g_assert_cmpstr (loading.error->message, ==, "this desktop has no keyring");
  g_error_free (loading.error);
  g_cancellable_cancel (cancellable);
  loading = load (NULL, cancellable);
  g_assert_error (loading.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_error_free (loading.error);
}

static void
test_keyring (void)
{
  g_test_trap_subprocess ("/session/journal-key/keyring/child/subprocess", 0,
                          G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* With libsecret's own file in place of a service: none, then one is made, and stays the same. */
static void
keyring_child (void)
{
  g_autofree char *folder = g_dir_make_tmp ("roadnet-keyring-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "test.keyring", NULL);
  Loading loading = { 0 };
  GBytes *first;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "x", TRUE);
  rn_journal_key_load_async (NULL, FALSE, NULL, loaded_cb, &loading);
  while (!loading.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (loading.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_error_free (loading.error);
  loading = load (NULL, NULL);
  g_assert_no_error (loading.error);
  first = loading.key;
  g_assert_cmpuint (g_bytes_get_size (first), ==, 64);
  loading = load (NULL, NULL);
  g_assert_no_error (loading.error);
  g_assert_true (g_bytes_equal (loading.key, first));
  g_bytes_unref (loading.key);
  g_bytes_unref (first);
  g_remove (path);
  g_rmdir (folder);
}

static void
test_silent (void)
{
  g_test_trap_subprocess ("/session/journal-key/silent/child/subprocess", 0,
                          G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* A desktop that takes the call and never answers is not waited for. */
static void
silent_child (void)
{
  g_autofree char *folder = g_dir_make_tmp ("roadnet-bus-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bus", NULL);
  g_autofree char *bus = g_strconcat ("unix:path=", path, NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_DEFAULT, NULL);
  Loading loading;

  g_assert_true (g_socket_bind (socket, address, FALSE, NULL));
  g_assert_true (g_socket_listen (socket, NULL));
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", bus, TRUE);
  loading = load (NULL, NULL);
  g_assert_cmpstr (loading.error->message, ==, "the keyring does not answer");
  g_error_free (loading.error);
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus", TRUE);
  g_test_add_func ("/session/journal-key/file", test_file);
  g_test_add_func ("/session/journal-key/bad-file", test_bad_file);
  g_test_add_func ("/session/journal-key/no-keyring", test_no_keyring);
  g_test_add_func ("/session/journal-key/keyring", test_keyring);
  g_test_add_func ("/session/journal-key/keyring/child/subprocess", keyring_child);
  g_test_add_func ("/session/journal-key/silent", test_silent);
  g_test_add_func ("/session/journal-key/silent/child/subprocess", silent_child);
  return g_test_run ();
}
