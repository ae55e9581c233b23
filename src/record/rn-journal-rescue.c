/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rescued entries as a JSON document, and where it lies. The name of a file tells of which journal
 * and seat it is. */
#include "record/rn-journal-rescue.h"

#include <string.h>

#include <glib/gstdio.h>

#include "base/rn-file.h"
#include "base/rn-json.h"

#define N_PLACES 2
#define TAG_LENGTH 16

RnJournalRescue *
rn_journal_rescue_new (void)
{
  RnJournalRescue *self = g_new0 (RnJournalRescue, 1);

  self->id = g_uuid_string_random ();
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_journal_entry_free);
  return self;
}

void
rn_journal_rescue_free (RnJournalRescue *self)
{
  g_free (self->id);
  g_free (self->path);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/* ---- places -------------------------------------------------------------------------------- */

static char *
dup_place (guint i)
{
  return g_build_filename (i == 0 ? g_get_user_state_dir () : g_get_user_runtime_dir (), "roadnet",
                           NULL);
}

/* What the names of the files of this journal and seat begin with. */
static char *
dup_prefix (const char *folder, const char *seat)
{
  g_autofree char *path = g_canonicalize_filename (folder, NULL);
  g_autofree char *both = g_strconcat (path, "\n", seat, NULL);
  g_autofree char *tag = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);

  tag[TAG_LENGTH] = '\0';
  return g_strconcat ("journal-waiting-", tag, "-", NULL);
}

/* ---- writing ------------------------------------------------------------------------------- */

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_number (JsonBuilder *builder, const char *name, gint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

static void
add_entry (JsonBuilder *builder, const RnJournalEntry *entry)
{
  json_builder_begin_object (builder);
  add_number (builder, "at_us", entry->at_us);
  add_text (builder, "kind", entry->kind);
  add_text (builder, "subject", entry->subject);
  add_text (builder, "person", entry->person);
  add_text (builder, "body", entry->body); /* as text: it is hashed byte by byte */
  json_builder_end_object (builder);
}

static char *
dup_document (const RnJournalRescue *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *hash = g_base64_encode (self->tried_hash, RN_JOURNAL_HASH);

  json_builder_begin_object (builder);
  add_text (builder, "id", self->id);
  add_number (builder, "n_tried", self->n_tried);
  add_number (builder, "tried_sequence", (gint64) self->tried_sequence);
  add_text (builder, "tried_hash", hash);
  json_builder_set_member_name (builder, "entries");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->entries->len; i++)
    add_entry (builder, self->entries->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return rn_json_dup_text (root, FALSE);
}

static gboolean
save_in (RnJournalRescue *self, const char *place, const char *name, const char *text,
         GError **error)
{
  g_autofree char *path = g_build_filename (place, name, NULL);

  g_mkdir_with_parents (place, 0700); /* what fails here fails below, in words */
  if (!g_file_set_contents_full (path, text, -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 error))
    return FALSE;
  self->path = g_steal_pointer (&path);
  return TRUE;
}

gboolean
rn_journal_rescue_save (RnJournalRescue *self, const char *folder, const char *seat, GError **error)
{
  g_autofree char *prefix = dup_prefix (folder, seat);
  g_autofree char *name = g_strconcat (prefix, self->id, ".json", NULL);
  g_autofree char *text = dup_document (self);

  for (guint i = 0; i < N_PLACES; i++)
    {
      g_autofree char *place = dup_place (i);

      g_clear_error (error);
      if (save_in (self, place, name, text, error))
        return TRUE;
    }
  return FALSE;
}

/* ---- reading ------------------------------------------------------------------------------- */

static RnJournalEntry *
read_entry (const RnJson *from, GError **error)
{
  RnJson at = rn_json_member (from, "at_us"), kind = rn_json_member (from, "kind"),
         subject = rn_json_member (from, "subject"), person = rn_json_member (from, "person"),
         body = rn_json_member (from, "body");
  GError *local = NULL;
  gint64 at_us = rn_json_integer (&at, G_MININT64, G_MAXINT64, &local);
  const char *kind_text = local == NULL ? rn_json_string (&kind, &local) : NULL;
  const char *subject_text = local == NULL ? rn_json_opt_string (&subject, &local) : NULL;
  const char *person_text = local == NULL ? rn_json_opt_string (&person, &local) : NULL;
  const char *body_text = local == NULL ? rn_json_opt_string (&body, &local) : NULL;

  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  return rn_journal_entry_new (at_us, kind_text, subject_text, person_text, body_text);
}

static gboolean
read_entries (RnJournalRescue *self, const RnJson *root, GError **error)
{
  RnJson list = rn_json_member (root, "entries");

  if (!rn_json_is_array (&list) || rn_json_length (&list) == 0)
    {
      rn_json_fail (&list, RN_JSON_ERROR_TYPE, error, "is no list of entries");
      return FALSE;
    }
  for (guint i = 0; i < rn_json_length (&list); i++)
    {
      RnJson place = rn_json_element (&list, i);
      RnJournalEntry *entry = read_entry (&place, error);

      if (entry == NULL)
        return FALSE;
      g_ptr_array_add (self->entries, entry);
    }
  return TRUE;
}

static gboolean
read_head (RnJournalRescue *self, const RnJson *root, GError **error)
{
  RnJson id = rn_json_member (root, "id"), n = rn_json_member (root, "n_tried"),
         sequence = rn_json_member (root, "tried_sequence"),
         hash = rn_json_member (root, "tried_hash");
  GError *local = NULL;
  g_autofree guchar *bytes = NULL;
  gsize size = 0;
  const char *text;

  text = rn_json_string (&id, &local);
  g_free (self->id);
  self->id = g_strdup (text);
  if (local == NULL)
    self->n_tried = (guint) rn_json_integer (&n, 0, self->entries->len, &local);
  if (local == NULL)
    self->tried_sequence = (guint64) rn_json_integer (&sequence, 0, G_MAXINT64, &local);
  text = local == NULL ? rn_json_string (&hash, &local) : NULL;
  if (local == NULL)
    bytes = g_base64_decode (text, &size);
  if (local == NULL && size != RN_JOURNAL_HASH)
    rn_json_fail (&hash, RN_JSON_ERROR_RANGE, &local, "is no hash");
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  memcpy (self->tried_hash, bytes, RN_JOURNAL_HASH);
  return TRUE;
}

static RnJournalRescue *
load (const char *path, GError **error)
{
  g_autoptr (RnJournalRescue) self = rn_journal_rescue_new ();
  g_autoptr (GBytes) bytes = rn_file_read (path, RN_JSON_MAX_BYTES, error);
  g_autoptr (JsonNode) node = bytes != NULL ? rn_json_parse (bytes, error) : NULL;
  RnJson root;

  if (node == NULL)
    return NULL;
  root = rn_json_root (node);
  if (!read_entries (self, &root, error) || !read_head (self, &root, error))
    return NULL;
  self->path = g_strdup (path);
  return g_steal_pointer (&self);
}

static void
load_place (const char *place, const char *prefix, GPtrArray *all)
{
  g_autoptr (GDir) dir = g_dir_open (place, 0, NULL); /* most often there is none */
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (place, name, NULL);
      g_autoptr (GError) error = NULL;
      RnJournalRescue *rescue;

      if (!g_str_has_prefix (name, prefix) || !g_str_has_suffix (name, ".json"))
        continue;
      rescue = load (path, &error);
      if (rescue != NULL)
        g_ptr_array_add (all, rescue);
      else
        g_message ("%s, with entries that wait for the journal, cannot be read: %s", path,
                   error->message);
    }
}

static gint64
first_us (const RnJournalRescue *self)
{
  return ((const RnJournalEntry *) self->entries->pdata[0])->at_us;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 one = first_us (*(const RnJournalRescue *const *) a);
  gint64 other = first_us (*(const RnJournalRescue *const *) b);

  return one < other ? -1 : one > other;
}

GPtrArray *
rn_journal_rescue_load_all (const char *folder, const char *seat)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_journal_rescue_free);
  g_autofree char *prefix = dup_prefix (folder, seat);

  for (guint i = 0; i < N_PLACES; i++)
    {
      g_autofree char *place = dup_place (i);

      load_place (place, prefix, all);
    }
  g_ptr_array_sort (all, compare);
  return all;
}
