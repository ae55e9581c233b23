/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In the keyring the key is text (64 hexadecimal digits), as passwords are; its bytes are the key,
 * so that a file into which it is copied holds the same one. */
#include "session/rn-journal-key.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include <libsecret/secret.h>

#include "base/rn-file.h"
#include "base/rn-i18n.h"

#define PATIENCE_S 5
#define KEY_BYTES 32
#define MAX_FILE_BYTES (64 << 10)

/* One load from the keyring. */
typedef struct {
  GCancellable
      *patience;        /* of the keyring's calls: ends with the caller's, and when time is over */
  GCancellable *caller; /* NULL */
  gulong handler;       /* on caller */
  guint timer;
  gboolean create, timed_out;
  char *made; /* NULL */
} Load;

static const SecretSchema *
schema (void)
{
  static const SecretSchema key = { .name = RN_APP_ID ".JournalKey",
                                    .flags = SECRET_SCHEMA_NONE,
                                    .attributes = { { "use", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                                    { NULL, 0 } } };

  return &key;
}

/* ---- a file -------------------------------------------------------------------------------- */

GBytes *
rn_journal_key_read (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = rn_file_read (path, MAX_FILE_BYTES, error);
  const char *text;
  gsize size;

  if (bytes == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  text = g_bytes_get_data (bytes, &size);
  while (size > 0 && g_ascii_isspace (text[size - 1]))
    size--;
  if (size == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("%s: there is no key in it"),
                   path);
      return NULL;
    }
  return g_bytes_new (text, size);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *key = rn_journal_key_read (path, &error);

  if (key != NULL)
    g_task_return_pointer (task, key, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/* ---- the keyring --------------------------------------------------------------------------- */

static void
load_free (gpointer data)
{
  Load *self = data;

  if (self->timer != 0)
    g_source_remove (self->timer);
  g_cancellable_disconnect (self->caller, self->handler);
  g_clear_object (&self->caller);
  g_object_unref (self->patience);
  g_free (self->made);
  g_free (self);
}

static gboolean
over_cb (gpointer data)
{
  Load *load = data;

  load->timer = 0;
  load->timed_out = TRUE;
  g_cancellable_cancel (load->patience);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *caller, gpointer patience)
{
  g_cancellable_cancel (patience);
}

/* Takes @error. */
static void
return_failure (GTask *task, GError *error)
{
  Load *load = g_task_get_task_data (task);

  if (load->timed_out)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "%s",
                             _("the keyring does not answer"));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  else if (error->domain == G_DBUS_ERROR || error->domain == G_IO_ERROR)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s",
                             _("this desktop has no keyring"));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, _("the keyring refuses: %s"),
                             error->message);
  g_error_free (error);
}

static void
return_text (GTask *task, const char *text)
{
  g_task_return_pointer (task, g_bytes_new (text, strlen (text)), (GDestroyNotify) g_bytes_unref);
}

/* 64 hexadecimal digits; NULL with @error. */
static char *
make_key (GError **error)
{
  guint8 bytes[KEY_BYTES];
  g_autoptr (GString) text = g_string_new (NULL);

  if (getrandom (bytes, sizeof bytes, 0) != (gssize) sizeof bytes)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, g_strerror (errno));
      return NULL;
    }
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
stored_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    return_text (task, ((Load *) g_task_get_task_data (task))->made);
  else
    return_failure (task, error);
}

static void
looked_up_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;
  char *secret = secret_password_lookup_finish (result, &error);

  if (error == NULL && secret != NULL && *secret != '\0')
    return_text (task, secret);
  else if (error == NULL && !load->create)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
                             _("the keyring has no key of the journal"));
  else if (error == NULL && (load->made = make_key (&error)) != NULL)
    secret_password_store (schema (), SECRET_COLLECTION_DEFAULT,
                           /* Translators: name of a password in the keyring. */
                           _("RoadNet: key of the journal"), load->made, load->patience, stored_cb,
                           g_object_ref (task), "use", "anchor", NULL);
  else
    return_failure (task, error);
  secret_password_free (secret);
}

void
rn_journal_key_load_async (const char *path, gboolean create, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Load *load;

  if (path != NULL)
    {
      g_task_set_task_data (task, g_strdup (path), g_free);
      g_task_run_in_thread (task, read_in_thread);
      return;
    }
  load = g_new0 (Load, 1);
  load->create = create;
  load->patience = g_cancellable_new ();
  if (cancellable != NULL)
    {
      load->caller = g_object_ref (cancellable);
      load->handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                             g_object_ref (load->patience), g_object_unref);
    }
  load->timer = g_timeout_add_seconds (PATIENCE_S, over_cb, load);
  g_task_set_task_data (task, load, load_free);
  secret_password_lookup (schema (), load->patience, looked_up_cb, g_object_ref (task), "use",
                          "anchor", NULL);
}

GBytes *
rn_journal_key_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
