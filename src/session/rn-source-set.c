/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry a source, in the order of the specs. What is asked for is compared with what is there by
 * name and by every field of the spec: only what differs is stopped and started. */
#include "session/rn-source-set.h"

#include "session/rn-demo.h"

typedef struct {
  RnSourceSet *set;   /* borrowed */
  RnSourceSpec *spec; /* as asked for, with a name of its own */
  RnSource *source;   /* NULL: does not run, or not yet */
  RnDemo *demo;
  GCancellable *cancellable; /* of the demo's address */
  char *error;               /* why it does not run */
} Entry;

struct _RnSourceSet {
  GObject parent_instance;
  RnClock *clock;
  RnHttp *http;
  GPtrArray *entries; /* Entry */
  GPtrArray *running; /* RnSource, borrowed from the entries */
  gboolean started, stopped;
};

G_DEFINE_FINAL_TYPE (RnSourceSet, rn_source_set, G_TYPE_OBJECT)

enum { CHANGED, STATUS_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- entries ------------------------------------------------------------------------------- */

static void
entry_halt (Entry *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->source == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->source, self->set);
  rn_source_stop (self->source);
}

static void
entry_free (Entry *self)
{
  entry_halt (self);
  g_clear_object (&self->source);
  g_clear_object (&self->demo);
  rn_source_spec_free (self->spec);
  g_free (self->error);
  g_free (self);
}

static void
list_running (RnSourceSet *self)
{
  g_ptr_array_set_size (self->running, 0);
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (entry->source != NULL)
        g_ptr_array_add (self->running, entry->source);
    }
}

static Entry *
find_entry (GPtrArray *entries, const char *name)
{
  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = entries->pdata[i];

      if (g_str_equal (entry->spec->name, name))
        return entry;
    }
  return NULL;
}

static void
source_changed_cb (RnSource *source, guint kind, RnSourceSet *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
source_status_changed_cb (RnSource *source, guint kind, RnSourceSet *self)
{
  g_signal_emit (self, signals[STATUS_CHANGED], 0);
}

static gboolean
entry_run (Entry *self, const RnSourceSpec *spec, GError **error)
{
  RnSourceSet *set = self->set;

  self->source = rn_source_new (spec, set->clock, set->http, error);
  if (self->source == NULL)
    return FALSE;
  g_signal_connect (self->source, "changed", G_CALLBACK (source_changed_cb), set);
  g_signal_connect (self->source, "status-changed", G_CALLBACK (source_status_changed_cb), set);
  if (set->started)
    rn_source_start (self->source);
  return TRUE;
}

/* ---- the demo ------------------------------------------------------------------------------ */

static void
address_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = rn_demo_get_address_finish (RN_DEMO (object), result, &error);
  g_autoptr (RnSourceSpec) spec = NULL;
  Entry *self = data; /* gone when cancelled */

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (address != NULL)
    {
      spec = rn_source_spec_copy (self->spec);
      g_free (spec->adapter);
      g_free (spec->location);
      spec->adapter = g_strdup ("roadnet");
      spec->location = g_steal_pointer (&address);
      entry_run (self, spec, &error);
    }
  if (error != NULL)
    {
      g_warning ("%s", error->message);
      self->error = g_strdup (error->message);
    }
  list_running (self->set);
  g_signal_emit (self->set, signals[CHANGED], 0);
}

static gboolean
entry_run_demo (Entry *self, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (self->spec->location, " ", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) arguments = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_strv_builder_add (builder, words[i]);
  arguments = g_strv_builder_end (builder);
  self->demo = rn_demo_new ((const char *const *) arguments, error);
  if (self->demo == NULL)
    return FALSE;
  self->cancellable = g_cancellable_new ();
  rn_demo_get_address_async (self->demo, self->cancellable, address_cb, self);
  return TRUE;
}

/* Takes @spec. */
static Entry *
entry_new (RnSourceSet *set, RnSourceSpec *spec, GError **error)
{
  Entry *self = g_new0 (Entry, 1);
  GError *cause = NULL;

  self->set = set;
  self->spec = spec;
  if (g_str_equal (spec->adapter, RN_SOURCE_DEMO))
    entry_run_demo (self, &cause);
  else
    entry_run (self, spec, &cause);
  if (cause != NULL)
    {
      self->error = g_strdup (cause->message);
      g_propagate_error (error, cause);
    }
  return self;
}

/* ---- which there are ----------------------------------------------------------------------- */

/* Keys are "source/id": a second source of one name gets a number. */
static RnSourceSpec *
with_unique_name (GPtrArray *entries, const RnSourceSpec *spec)
{
  RnSourceSpec *copy = rn_source_spec_copy (spec);

  for (guint i = 2; find_entry (entries, copy->name) != NULL; i++)
    {
      g_free (copy->name);
      copy->name = g_strdup_printf ("%s-%u", spec->name, i);
    }
  return copy;
}

gboolean
rn_source_set_add (RnSourceSet *self, const RnSourceSpec *spec, GError **error)
{
  Entry *entry = entry_new (self, with_unique_name (self->entries, spec), error);

  if (entry->error != NULL)
    {
      entry_free (entry);
      return FALSE;
    }
  g_ptr_array_add (self->entries, entry);
  list_running (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

/* The entry of @old that does what @spec asks for, taken out of it; NULL: none. */
static Entry *
take_same (GPtrArray *old, const RnSourceSpec *spec)
{
  for (guint i = 0; i < old->len; i++)
    {
      Entry *entry = old->pdata[i];

      if (entry->error == NULL && rn_source_spec_equal (entry->spec, spec))
        return g_ptr_array_steal_index (old, i);
    }
  return NULL;
}

void
rn_source_set_replace (RnSourceSet *self, const RnSourceSpec *const *specs, guint n)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->entries);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  for (guint i = 0; i < n; i++)
    {
      RnSourceSpec *spec = with_unique_name (self->entries, specs[i]);
      Entry *entry = take_same (old, spec);

      if (entry != NULL)
        rn_source_spec_free (spec);
      else
        entry = entry_new (self, spec, NULL); /* it remembers why it does not run */
      g_ptr_array_add (self->entries, entry);
    }
  list_running (self);
  g_ptr_array_set_size (old, 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
rn_source_set_remove (RnSourceSet *self, const char *name)
{
  Entry *entry = find_entry (self->entries, name);

  if (entry == NULL)
    return FALSE;
  g_ptr_array_remove (self->entries, entry);
  list_running (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

void
rn_source_set_start (RnSourceSet *self)
{
  if (self->started || self->stopped)
    return;
  self->started = TRUE;
  for (guint i = 0; i < self->running->len; i++)
    rn_source_start (self->running->pdata[i]);
}

void
rn_source_set_stop (RnSourceSet *self)
{
  self->stopped = TRUE;
  self->started = FALSE;
  for (guint i = 0; i < self->entries->len; i++)
    entry_halt (self->entries->pdata[i]);
}

/* ---- reading ------------------------------------------------------------------------------- */

guint
rn_source_set_get_n (RnSourceSet *self)
{
  return self->running->len;
}

RnSource *
rn_source_set_nth (RnSourceSet *self, guint i)
{
  return self->running->pdata[i];
}

static Entry *
find_demo (RnSourceSet *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (g_str_equal (entry->spec->adapter, RN_SOURCE_DEMO))
        return entry;
    }
  return NULL;
}

gboolean
rn_source_set_is_demo (RnSourceSet *self, guint i)
{
  const Entry *demo = find_demo (self);

  return demo != NULL && demo->source == self->running->pdata[i];
}

gboolean
rn_source_set_has_demo (RnSourceSet *self)
{
  return find_demo (self) != NULL;
}

const char *
rn_source_set_get_error (RnSourceSet *self, const char *name)
{
  Entry *entry = name != NULL ? find_entry (self->entries, name) : find_demo (self);

  return entry != NULL ? entry->error : NULL;
}

void
rn_source_set_add_errors (RnSourceSet *self, GPtrArray *feeds)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = self->entries->pdata[i];
      RnFeedStatus *status;

      if (entry->error == NULL || g_str_equal (entry->spec->adapter, RN_SOURCE_DEMO))
        continue;
      status = g_new0 (RnFeedStatus, 1);
      status->source = g_strdup (entry->spec->name);
      status->adapter = g_strdup (entry->spec->adapter);
      status->kind = RN_FEED_NETWORK;
      status->state = RN_FEED_LOST;
      status->age_us = -1;
      status->rate = 1.0;
      status->error = g_strdup (entry->error);
      g_ptr_array_add (feeds, status);
    }
}

/* ---- object -------------------------------------------------------------------------------- */

static void
rn_source_set_dispose (GObject *object)
{
  RnSourceSet *self = RN_SOURCE_SET (object);

  self->stopped = TRUE;
  g_clear_pointer (&self->running, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_object (&self->http);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (rn_source_set_parent_class)->dispose (object);
}

static void
rn_source_set_class_init (RnSourceSetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_source_set_dispose;
  signals[CHANGED] = g_signal_new ("changed", RN_TYPE_SOURCE_SET, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[STATUS_CHANGED] = g_signal_new ("status-changed", RN_TYPE_SOURCE_SET, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rn_source_set_init (RnSourceSet *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->running = g_ptr_array_new ();
}

RnSourceSet *
rn_source_set_new (RnClock *clock, RnHttp *http)
{
  RnSourceSet *self = g_object_new (RN_TYPE_SOURCE_SET, NULL);

  self->clock = g_object_ref (clock);
  self->http = g_object_ref (http);
  return self;
}
