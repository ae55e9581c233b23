/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every change goes through the settings: what is written there is read back and applied, so that a
 * change by another hand (dconf-editor, a second seat) is followed in the same way. Main thread. */
#include "ui/rn-source-book.h"

#include "base/rn-i18n.h"
#include "session/rn-keyring.h"
#include "ui/rn-settings.h"

#define KEY "sources"

struct _RnSourceBook {
  GObject parent_instance;
  RnSession *session;
  gboolean applies;
  GVariant *value;           /* of the settings, as read last */
  GPtrArray *entries;        /* RnSourceEntry: what it says */
  GCancellable *cancellable; /* of the tokens that are being looked up */
  GPtrArray *specs;          /* RnSourceSpec that wait for them */
  guint n_waiting;
};

G_DEFINE_FINAL_TYPE (RnSourceBook, rn_source_book, G_TYPE_OBJECT)

enum { CHANGED, APPLIED, SAID, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- tokens ---------------------------------------------------------------------------------- */

static void
stored_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RnSourceBook) self = data;
  g_autoptr (GError) error = NULL;

  if (!rn_keyring_store_finish (result, &error))
    g_signal_emit (self, signals[SAID], 0, error->message);
}

/* Not cancelled when the book goes: what the person typed is kept. */
static void
store_token (RnSourceBook *self, const char *name, const char *token)
{
  rn_keyring_store_async (name, token, NULL, stored_cb, g_object_ref (self));
}

/* ---- to the session -------------------------------------------------------------------------- */

static void
hand_over (RnSourceBook *self)
{
  g_autoptr (GPtrArray) specs = g_steal_pointer (&self->specs);

  rn_session_set_sources (self->session, (const RnSourceSpec *const *) specs->pdata, specs->len);
  g_signal_emit (self, signals[APPLIED], 0);
}

typedef struct {
  RnSourceBook *book;
  RnSourceSpec *spec; /* borrowed from the book's specs, valid unless cancelled */
} Lookup;

static void
token_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autofree Lookup *lookup = data;
  g_autoptr (RnSourceBook) self = lookup->book;
  g_autoptr (GError) error = NULL;
  char *token = rn_keyring_lookup_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  lookup->spec->token = token;
  if (error != NULL)
    g_signal_emit (self, signals[SAID], 0, error->message);
  if (--self->n_waiting == 0)
    hand_over (self);
}

static void
look_up (RnSourceBook *self, RnSourceSpec *spec)
{
  Lookup *lookup = g_new (Lookup, 1);

  *lookup = (Lookup){ g_object_ref (self), spec };
  rn_keyring_lookup_async (spec->name, self->cancellable, token_cb, lookup);
}

void
rn_source_book_apply (RnSourceBook *self)
{
  if (!self->applies)
    return;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->specs, g_ptr_array_unref);
  self->specs = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_source_spec_free);
  self->n_waiting = 1; /* this function itself */
  for (guint i = 0; i < self->entries->len; i++)
    {
      const RnSourceEntry *entry = self->entries->pdata[i];
      RnSourceSpec *spec;

      if (!entry->enabled || !entry->usable)
        continue;
      spec = rn_source_spec_copy (entry->spec);
      g_ptr_array_add (self->specs, spec);
      if (!entry->token)
        continue;
      self->n_waiting++;
      look_up (self, spec);
    }
  if (--self->n_waiting == 0)
    hand_over (self);
}

/* ---- settings -------------------------------------------------------------------------------- */

/* FALSE: it is what was read last (a file of settings is told of twice). */
static gboolean
read_settings (RnSourceBook *self)
{
  g_autoptr (GVariant) value = g_settings_get_value (rn_settings_get (), KEY);

  if (self->value != NULL && g_variant_equal (value, self->value))
    return FALSE;
  g_clear_pointer (&self->value, g_variant_unref);
  self->value = g_steal_pointer (&value);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = rn_source_settings_read (self->value);
  return TRUE;
}

static void
settings_changed_cb (RnSourceBook *self)
{
  if (!read_settings (self))
    return;
  g_signal_emit (self, signals[CHANGED], 0);
  rn_source_book_apply (self);
}

static void
write_settings (RnSourceBook *self)
{
  if (g_settings_set_value (rn_settings_get (), KEY, rn_source_settings_write (self->entries)))
    return;
  /* locked down by the administrator: as it was */
  g_clear_pointer (&self->value, g_variant_unref);
  g_signal_emit (self, signals[SAID], 0, _("The sources are fixed on this desktop."));
  settings_changed_cb (self);
}

/* What was refused is said once, where the person who edits by hand looks. */
static void
say_problems (RnSourceBook *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const RnSourceEntry *entry = self->entries->pdata[i];

      if (entry->problem != NULL)
        g_message ("settings, source “%s”: %s", entry->spec->name, entry->problem);
    }
}

/* ---- object ---------------------------------------------------------------------------------- */

static void
rn_source_book_dispose (GObject *object)
{
  RnSourceBook *self = RN_SOURCE_BOOK (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->value, g_variant_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->specs, g_ptr_array_unref);
  G_OBJECT_CLASS (rn_source_book_parent_class)->dispose (object);
}

static void
rn_source_book_class_init (RnSourceBookClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_source_book_dispose;
  signals[CHANGED] = g_signal_new ("changed", RN_TYPE_SOURCE_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[APPLIED] = g_signal_new ("applied", RN_TYPE_SOURCE_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[SAID] = g_signal_new ("said", RN_TYPE_SOURCE_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rn_source_book_init (RnSourceBook *self)
{
  self->cancellable = g_cancellable_new ();
  read_settings (self);
  say_problems (self);
  g_signal_connect_object (rn_settings_get (), "changed::" KEY, G_CALLBACK (settings_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

RnSourceBook *
rn_source_book_new (RnSession *session, gboolean applies)
{
  RnSourceBook *self = g_object_new (RN_TYPE_SOURCE_BOOK, NULL);

  self->session = g_object_ref (session);
  self->applies = applies;
  return self;
}

gboolean
rn_source_book_get_applies (RnSourceBook *self)
{
  return self->applies;
}

RnSession *
rn_source_book_get_session (RnSourceBook *self)
{
  return self->session;
}

const GPtrArray *
rn_source_book_get_entries (RnSourceBook *self)
{
  return self->entries;
}

guint
rn_source_book_find (RnSourceBook *self, const char *name)
{
  guint i = 0;

  while (i < self->entries->len
         && !g_str_equal (((const RnSourceEntry *) self->entries->pdata[i])->spec->name, name))
    i++;
  return i;
}

/* ---- changes --------------------------------------------------------------------------------- */

void
rn_source_book_put (RnSourceBook *self, guint i, RnSourceEntry *entry)
{
  g_autofree char *old_name = NULL;
  char *name = entry->spec->name;
  gboolean had_token = FALSE;

  if (i < self->entries->len)
    {
      const RnSourceEntry *old = self->entries->pdata[i];

      old_name = g_strdup (old->spec->name);
      had_token = old->token;
      g_ptr_array_remove_index (self->entries, i);
    }
  entry->spec->name = rn_source_settings_unique_name (self->entries, name);
  g_free (name);
  entry->token = entry->spec->token != NULL;
  if (had_token && (!entry->token || g_strcmp0 (old_name, entry->spec->name) != 0))
    store_token (self, old_name, NULL);
  if (entry->token)
    store_token (self, entry->spec->name, entry->spec->token);
  g_ptr_array_insert (self->entries, (int) MIN (i, self->entries->len), entry);
  write_settings (self);
}

void
rn_source_book_remove (RnSourceBook *self, guint i)
{
  const RnSourceEntry *entry;

  g_return_if_fail (i < self->entries->len);
  entry = self->entries->pdata[i];
  if (entry->token)
    store_token (self, entry->spec->name, NULL);
  g_ptr_array_remove_index (self->entries, i);
  write_settings (self);
}

void
rn_source_book_move (RnSourceBook *self, guint i, int by)
{
  int to = CLAMP ((int) i + by, 0, (int) self->entries->len - 1);

  g_return_if_fail (i < self->entries->len);
  g_ptr_array_insert (self->entries, to, g_ptr_array_steal_index (self->entries, i));
  write_settings (self);
}

void
rn_source_book_set_enabled (RnSourceBook *self, guint i, gboolean enabled)
{
  RnSourceEntry *entry;

  g_return_if_fail (i < self->entries->len);
  entry = self->entries->pdata[i];
  if (entry->enabled == enabled)
    return;
  entry->enabled = enabled;
  write_settings (self);
}
