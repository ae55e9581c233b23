/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libsecret behind two functions. A failing service is put into words here, since its own messages
 * ("The name org.freedesktop.secrets was not provided …") tell an operator nothing. */
#include "session/rn-keyring.h"

#include <libsecret/secret.h>

#include "base/rn-i18n.h"

static const SecretSchema *
schema (void)
{
  static const SecretSchema token = { .name = RN_APP_ID ".Token",
                                      .flags = SECRET_SCHEMA_NONE,
                                      .attributes = { { "source", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                                      { NULL, 0 } } };

  return &token;
}

/* Tokens of this run by source; an empty one: it was forgotten. */
static GHashTable *
known (void)
{
  static GHashTable *table;

  if (table == NULL)
    table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return table;
}

/* Takes @error. */
static GError *
in_words (GError *error, const char *what)
{
  GError *said;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_CHILD_EXITED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    said = g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s: %s", what,
                        _("this desktop has no keyring"));
  else
    said = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", what, error->message);
  g_error_free (error);
  return said;
}

static void
stored_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, in_words (error, _("The token is kept for this run only")));
}

static void
cleared_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    error = in_words (error, _("The old token may still lie in the keyring"));
  /* without a keyring there is nothing to forget */
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    {
      g_clear_error (&error);
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_task_return_error (task, error);
}

void
rn_keyring_store_async (const char *source, const char *token, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  g_autofree char *label = NULL;

  g_hash_table_replace (known (), g_strdup (source), g_strdup (token != NULL ? token : ""));
  if (token == NULL || *token == '\0')
    {
      secret_password_clear (schema (), cancellable, cleared_cb, task, "source", source, NULL);
      return;
    }
  /* Translators: name of a password in the keyring; %s names a source of data. */
  label = g_strdup_printf (_("RoadNet: token of %s"), source);
  secret_password_store (schema (), SECRET_COLLECTION_DEFAULT, label, token, cancellable, stored_cb,
                         task, "source", source, NULL);
}

gboolean
rn_keyring_store_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
looked_up_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  char *secret = secret_password_lookup_finish (result, &error);
  char *token = g_strdup (secret);

  secret_password_free (secret);
  if (error != NULL)
    {
      g_free (token);
      g_task_return_error (task, in_words (error, _("The token cannot be read")));
      return;
    }
  if (token != NULL)
    g_hash_table_replace (known (), g_strdup (g_task_get_task_data (task)), g_strdup (token));
  g_task_return_pointer (task, token, g_free);
}

void
rn_keyring_lookup_async (const char *source, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  const char *token = g_hash_table_lookup (known (), source);

  g_task_set_task_data (task, g_strdup (source), g_free);
  if (token != NULL)
    {
      g_task_return_pointer (task, *token != '\0' ? g_strdup (token) : NULL, g_free);
      g_object_unref (task);
      return;
    }
  secret_password_lookup (schema (), cancellable, looked_up_cb, task, "source", source, NULL);
}

char *
rn_keyring_lookup_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
rn_keyring_peek (const char *source)
{
  const char *token = g_hash_table_lookup (known (), source);

  return token != NULL && *token != '\0' ? token : NULL;
}
