/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings can be edited by hand and by other versions: every member is looked at on its own, and a
 * wrong one is left out with a word. Pure. */
#include "ui/rn-source-settings.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "feed/rn-recording.h"

#define MAX_POLL_S 86400
#define MAX_PLAY_RATE 10000.0

RnSourceEntry *
rn_source_entry_new (const char *adapter, const char *location)
{
  RnSourceEntry *self = g_new0 (RnSourceEntry, 1);

  self->spec = rn_source_spec_new (adapter, location);
  self->enabled = TRUE;
  self->usable = rn_source_kind_is_known (adapter);
  return self;
}

RnSourceEntry *
rn_source_entry_copy (const RnSourceEntry *self)
{
  RnSourceEntry *copy = g_new0 (RnSourceEntry, 1);

  *copy = *self;
  copy->spec = rn_source_spec_copy (self->spec);
  copy->problem = g_strdup (self->problem);
  copy->stored = self->stored != NULL ? g_variant_ref (self->stored) : NULL;
  return copy;
}

void
rn_source_entry_free (RnSourceEntry *self)
{
  if (self == NULL)
    return;
  rn_source_spec_free (self->spec);
  g_free (self->problem);
  g_clear_pointer (&self->stored, g_variant_unref);
  g_free (self);
}

/* ---- kinds ----------------------------------------------------------------------------------- */

gboolean
rn_source_kind_is_known (const char *kind)
{
  return g_strcmp0 (kind, RN_SOURCE_DEMO) == 0 || rn_adapter_find (kind) != NULL;
}

char *
rn_source_kind_title (const char *kind)
{
  const RnAdapter *adapter = rn_adapter_find (kind);

  if (g_strcmp0 (kind, RN_SOURCE_DEMO) == 0)
    return g_strdup (_("Simulated network"));
  return g_strdup (adapter != NULL ? _ (adapter->title) : kind);
}

/* ---- reading --------------------------------------------------------------------------------- */

/* Adds to what is wrong; takes @text. */
static void
complain (RnSourceEntry *self, char *text)
{
  char *both = self->problem != NULL ? g_strconcat (self->problem, "; ", text, NULL) : NULL;

  if (both == NULL)
    {
      self->problem = text;
      return;
    }
  g_free (self->problem);
  g_free (text);
  self->problem = both;
}

/* The member when it has the right type, NULL and a word when it has another. Caller unrefs. */
static GVariant *
lookup (RnSourceEntry *self, const char *member, const char *type)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (self->stored, member, NULL);

  if (value == NULL || g_variant_is_of_type (value, G_VARIANT_TYPE (type)))
    return g_steal_pointer (&value);
  complain (self, g_strdup_printf (_("%s has the type %s, not %s"), member,
                                   g_variant_get_type_string (value), type));
  return NULL;
}

static void
read_string (RnSourceEntry *self, const char *member, char **out)
{
  g_autoptr (GVariant) value = lookup (self, member, "s");

  if (value == NULL)
    return;
  g_free (*out);
  *out = g_strstrip (g_variant_dup_string (value, NULL));
}

static void
read_boolean (RnSourceEntry *self, const char *member, gboolean *out)
{
  g_autoptr (GVariant) value = lookup (self, member, "b");

  if (value != NULL)
    *out = g_variant_get_boolean (value);
}

static void
read_play_rate (RnSourceEntry *self)
{
  g_autoptr (GVariant) value = lookup (self, "play-rate", "d");
  double rate = value != NULL ? g_variant_get_double (value) : self->spec->play_rate;

  if (isfinite (rate) && rate >= 0 && rate <= MAX_PLAY_RATE)
    self->spec->play_rate = rate;
  else
    complain (self,
              g_strdup_printf (_("play-rate is not from 0 to %.0f: %g"), MAX_PLAY_RATE, rate));
}

static void
read_poll (RnSourceEntry *self)
{
  g_autoptr (GVariant) value = lookup (self, "poll-s", "i");
  int poll_s = value != NULL ? g_variant_get_int32 (value) : 0;

  if (poll_s >= 0 && poll_s <= MAX_POLL_S)
    self->spec->poll_us = (gint64) poll_s * RN_SECOND;
  else
    complain (self, g_strdup_printf (_("poll-s is not from 0 to %d: %d"), MAX_POLL_S, poll_s));
}

static void
read_crs (RnSourceEntry *self)
{
  g_autofree char *word = NULL;

  read_string (self, "crs", &word);
  if (word != NULL && *word != '\0' && !rn_crs_parse (word, &self->spec->crs))
    complain (self, g_strdup_printf (_("crs is not one of wgs84, gcj02, bd09: %s"), word));
}

/* What leaves nothing to start. */
static void
judge (RnSourceEntry *self)
{
  const RnSourceSpec *spec = self->spec;
  g_autofree char *problem = NULL;

  self->usable = FALSE;
  if (*spec->adapter == '\0')
    complain (self, g_strdup (_("kind is missing")));
  else if (!rn_source_kind_is_known (spec->adapter))
    complain (self, g_strdup_printf (_("“%s” is no kind of source that this version knows"),
                                     spec->adapter));
  else if (*spec->location == '\0' && !g_str_equal (spec->adapter, RN_SOURCE_DEMO))
    complain (self, g_strdup (_("location is missing")));
  else
    self->usable = TRUE;
}

/* Takes @stored. */
static RnSourceEntry *
read_entry (GVariant *stored)
{
  RnSourceEntry *self = rn_source_entry_new ("", "");
  RnSourceSpec *spec = self->spec;

  self->stored = stored;
  read_string (self, "kind", &spec->adapter);
  read_string (self, "location", &spec->location);
  read_string (self, "name", &spec->name);
  read_boolean (self, "enabled", &self->enabled);
  read_boolean (self, "token", &self->token);
  read_boolean (self, "allow-http", &spec->allow_http);
  read_play_rate (self);
  read_poll (self);
  read_crs (self);
  judge (self);
  return self;
}

static gboolean
has_name (const GPtrArray *entries, const char *name)
{
  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (((const RnSourceEntry *) entries->pdata[i])->spec->name, name))
      return TRUE;
  return FALSE;
}

char *
rn_source_settings_unique_name (const GPtrArray *entries, const char *wish)
{
  g_autofree char *clean = g_strdup (wish);
  char *name;

  /* keys are "source/id" */
  g_strstrip (g_strdelimit (clean, "/", '-'));
  name = g_strdup (*clean != '\0' ? clean : "source");
  for (guint i = 2; has_name (entries, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%u", *clean != '\0' ? clean : "source", i);
    }
  return name;
}

GPtrArray *
rn_source_settings_read (GVariant *value)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_source_entry_free);

  for (gsize i = 0; i < g_variant_n_children (value); i++)
    {
      RnSourceEntry *entry = read_entry (g_variant_get_child_value (value, i));
      char *name = entry->spec->name;

      entry->spec->name =
          rn_source_settings_unique_name (entries, *name != '\0' ? name : entry->spec->adapter);
      g_free (name);
      g_ptr_array_add (entries, entry);
    }
  return entries;
}

/* ---- writing --------------------------------------------------------------------------------- */

/* What is known is written anew, unless it was refused: then it stays as the person left it. */
static GVariant *
write_entry (const RnSourceEntry *self)
{
  const RnSourceSpec *spec = self->spec;
  GVariantDict dict;

  g_variant_dict_init (&dict, self->stored);
  if (self->problem == NULL)
    {
      g_variant_dict_insert (&dict, "kind", "s", spec->adapter);
      g_variant_dict_insert (&dict, "location", "s", spec->location);
      g_variant_dict_insert (&dict, "crs", "s", rn_crs_word (spec->crs));
      g_variant_dict_insert (&dict, "allow-http", "b", spec->allow_http);
      g_variant_dict_insert (&dict, "token", "b", self->token);
      g_variant_dict_insert (&dict, "play-rate", "d", spec->play_rate);
      g_variant_dict_insert (&dict, "poll-s", "i", (int) (spec->poll_us / RN_SECOND));
    }
  g_variant_dict_insert (&dict, "name", "s", spec->name);
  g_variant_dict_insert (&dict, "enabled", "b", self->enabled);
  return g_variant_dict_end (&dict);
}

GVariant *
rn_source_settings_write (const GPtrArray *entries)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < entries->len; i++)
    g_variant_builder_add_value (&builder, write_entry (entries->pdata[i]));
  return g_variant_builder_end (&builder);
}

/* ---- what a person typed --------------------------------------------------------------------- */

char *
rn_source_settings_check (const RnSourceSpec *spec)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = NULL;

  if (g_str_equal (spec->adapter, RN_SOURCE_DEMO))
    return NULL;
  if (!rn_source_kind_is_known (spec->adapter))
    return g_strdup_printf (_("“%s” is no kind of source that this version knows"), spec->adapter);
  if (*spec->location == '\0')
    return g_strdup (_("Give an address, a file or a folder"));
  if (!rn_recording_is_address (spec->location))
    return NULL;
  uri = g_uri_parse (spec->location, G_URI_FLAGS_NONE, &error);
  if (uri == NULL)
    return g_strdup_printf (_("This is no address: %s"), error->message);
  if (g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return g_strdup (_("This is no address: it names no server"));
  return NULL;
}
