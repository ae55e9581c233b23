/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record is "pbkdf2-sha256$ITERATIONS$SALT$HEX" and lies in the keyring under "operator/NAME". */
#include "session/rn-passphrase.h"

#include <string.h>

#include "base/rn-i18n.h"
#include "session/rn-keyring.h"

#define SCHEME "pbkdf2-sha256"
#define ITERATIONS 200000
#define MAX_ITERATIONS 10000000
#define KEY_BYTES 32

void
rn_passphrase_derive (const char *passphrase, const char *salt, guint iterations, guint8 key[32])
{
  static const guint8 first_block[] = { 0, 0, 0, 1 };
  g_autoptr (GHmac) keyed =
      g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) passphrase, strlen (passphrase));
  guint8 round[KEY_BYTES];

  for (guint i = 0; i < iterations; i++)
    {
      g_autoptr (GHmac) hmac = g_hmac_copy (keyed);
      gsize length = KEY_BYTES;

      if (i == 0)
        {
          g_hmac_update (hmac, (const guchar *) salt, (gssize) strlen (salt));
          g_hmac_update (hmac, first_block, sizeof first_block);
        }
      else
        g_hmac_update (hmac, round, KEY_BYTES);
      g_hmac_get_digest (hmac, round, &length);
      for (guint k = 0; k < KEY_BYTES; k++)
        key[k] = i == 0 ? round[k] : key[k] ^ round[k];
    }
}

/* ---- work ---------------------------------------------------------------------------------- */

typedef struct {
  char *person, *passphrase;
  char *record; /* NULL: a new one is to be made */
  gboolean right;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->person);
  memset (work->passphrase, 0, strlen (work->passphrase));
  g_free (work->passphrase);
  g_free (work->record);
  g_free (work);
}

static char *
dup_name (const char *person)
{
  return g_strconcat ("operator/", person, NULL);
}

static char *
make_record (const char *passphrase, const char *salt, guint iterations)
{
  guint8 key[KEY_BYTES];
  g_autoptr (GString) record = g_string_new (NULL);

  rn_passphrase_derive (passphrase, salt, iterations, key);
  g_string_append_printf (record, "%s$%u$%s$", SCHEME, iterations, salt);
  for (guint i = 0; i < KEY_BYTES; i++)
    g_string_append_printf (record, "%02x", key[i]);
  return g_strdup (record->str);
}

/* Compares all of it, whatever differs where. */
static gboolean
is_same (const char *a, const char *b)
{
  gsize length = strlen (a);
  guint differs = 0;

  if (length != strlen (b))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    differs |= (guint) (a[i] ^ b[i]);
  return differs == 0;
}

static gboolean
fits_record (const char *passphrase, const char *record)
{
  g_auto (GStrv) parts = g_strsplit (record, "$", -1);
  g_autofree char *again = NULL;
  guint64 iterations;

  if (g_strv_length (parts) != 4 || !g_str_equal (parts[0], SCHEME)
      || !g_ascii_string_to_unsigned (parts[1], 10, 1, MAX_ITERATIONS, &iterations, NULL))
    return FALSE;
  again = make_record (passphrase, parts[2], (guint) iterations);
  return is_same (again, record);
}

static void
work_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;

  if (work->record != NULL)
    work->right = fits_record (work->passphrase, work->record);
  else
    {
      g_autofree char *salt = g_uuid_string_random ();

      work->record = make_record (work->passphrase, salt, ITERATIONS);
    }
  g_task_return_boolean (task, TRUE);
}

static GTask *
task_new (const char *person, const char *passphrase, GCancellable *cancellable,
          GAsyncReadyCallback callback, gpointer data, gpointer tag)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  Work *work = g_new0 (Work, 1);

  work->person = g_strdup (person);
  work->passphrase = g_strdup (passphrase);
  g_task_set_task_data (task, work, work_free);
  g_task_set_source_tag (task, tag);
  return task;
}

/* Runs the slow part in a worker; then @then is called with @task as its data, which it owns. */
static void
run (GTask *task, GAsyncReadyCallback then)
{
  Work *of = g_task_get_task_data (task);
  g_autoptr (GTask) worker =
      task_new (of->person, of->passphrase, g_task_get_cancellable (task), then, task, run);

  ((Work *) g_task_get_task_data (worker))->record = g_strdup (of->record);
  g_task_run_in_thread (worker, work_cb);
}

/* ---- enrolling ----------------------------------------------------------------------------- */

static void
stored_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (rn_keyring_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
made_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Work *made = g_task_get_task_data (G_TASK (result));
  g_autofree char *name = dup_name (made->person);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else
    rn_keyring_store_async (name, made->record, g_task_get_cancellable (task), stored_cb,
                            g_object_ref (task));
}

static void
enrol_looked_up_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autofree char *record = rn_keyring_lookup_finish (result, NULL);

  /* a keyring that cannot be asked is told of when it is to store */
  if (record != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s",
                             _("This person has a passphrase already."));
  else
    run (g_object_ref (task), made_cb);
}

void
rn_passphrase_enrol_async (const char *person, const char *passphrase, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task =
      task_new (person, passphrase, cancellable, callback, data, rn_passphrase_enrol_async);
  g_autofree char *name = dup_name (person);

  if (g_utf8_strlen (passphrase, -1) < RN_PASSPHRASE_MIN_CHARS)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                             _("A passphrase has at least %d characters."),
                             RN_PASSPHRASE_MIN_CHARS);
  else
    rn_keyring_lookup_async (name, cancellable, enrol_looked_up_cb, g_object_ref (task));
}

gboolean
rn_passphrase_enrol_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- checking ------------------------------------------------------------------------------ */

static void
compared_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Work *compared = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else
    g_task_return_int (task, compared->right ? RN_PASSPHRASE_RIGHT : RN_PASSPHRASE_WRONG);
}

static void
looked_up_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  work->record = rn_keyring_lookup_finish (result, &error);
  if (work->record != NULL)
    run (g_object_ref (task), compared_cb);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    g_task_return_error (task, error);
  else /* without a keyring nobody is enrolled but in this run */
    {
      g_clear_error (&error);
      g_task_return_int (task, RN_PASSPHRASE_NONE);
    }
}

void
rn_passphrase_check_async (const char *person, const char *passphrase, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  GTask *task =
      task_new (person, passphrase, cancellable, callback, data, rn_passphrase_check_async);
  g_autofree char *name = dup_name (person);

  rn_keyring_lookup_async (name, cancellable, looked_up_cb, task);
}

RnPassphraseAnswer
rn_passphrase_check_finish (GAsyncResult *result, GError **error)
{
  gssize answer = g_task_propagate_int (G_TASK (result), error);

  return answer < 0 ? RN_PASSPHRASE_WRONG : (RnPassphraseAnswer) answer;
}
