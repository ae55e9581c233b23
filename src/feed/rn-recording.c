/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. A file is recognised by its content; one that cannot be (a failed download of one
 * byte) takes the document of its siblings, files of the same folder whose names differ in digits
 * only. */
#include "feed/rn-recording.h"

#include <string.h>

#include "base/rn-clock.h"
#include "base/rn-file.h"
#include "base/rn-gzip.h"
#include "base/rn-i18n.h"
#include "feed/rn-source-load.h"

#define HEAD_BYTES ((gsize) 64 << 10)
#define MAX_BYTES ((gsize) 256 << 20)

static void
entry_free (gpointer data)
{
  RnRecordingEntry *self = data;

  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self);
}

void
rn_recording_free (RnRecording *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->fixed);
  g_ptr_array_unref (self->played);
  g_ptr_array_unref (self->problems);
  g_ptr_array_unref (self->folders);
  g_ptr_array_unref (self->files);
  g_free (self);
}

void
rn_source_problem_free (RnSourceProblem *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->reason);
  g_free (self);
}

static void
add_problem (RnRecording *self, const char *path, const char *reason)
{
  RnSourceProblem *problem = g_new0 (RnSourceProblem, 1);

  problem->path = g_strdup (path);
  problem->reason = g_strdup (reason);
  g_ptr_array_add (self->problems, problem);
}

/* ---- location ------------------------------------------------------------------------------ */

gboolean
rn_recording_is_address (const char *location)
{
  return g_ascii_strncasecmp (location, "http://", 7) == 0
         || g_ascii_strncasecmp (location, "https://", 8) == 0;
}

GStrv
rn_recording_split (const char *location, GError **error)
{
  g_auto (GStrv) parts = NULL;

  if (g_file_test (location, G_FILE_TEST_EXISTS))
    {
      parts = g_new0 (char *, 2);
      parts[0] = g_strdup (location);
      return g_steal_pointer (&parts);
    }
  parts = g_strsplit (location, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_strstrip (parts[i]);
      if (g_file_test (parts[i], G_FILE_TEST_EXISTS))
        continue;
      g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE,
                   _("there is no file or folder “%s”"), parts[i]);
      return NULL;
    }
  return g_steal_pointer (&parts);
}

/* ---- times in names ------------------------------------------------------------------------ */

#define TIME_PATTERN                                                                               \
  "(?<![0-9])((?:19|20)[0-9]{2})([-_.]?)(0[1-9]|1[0-2])\\2(0[1-9]|[12][0-9]|3[01])"                \
  "(?:[Tt_ .-]?([01][0-9]|2[0-3])([:._-]?)([0-5][0-9])(?:\\6([0-5][0-9]))?"                        \
  "([Zz]|[+-][0-9]{2}:?[0-9]{2})?)?(?![0-9])"

static GRegex *
time_regex (void)
{
  static gsize once;
  static GRegex *regex;

  if (g_once_init_enter (&once))
    {
      regex = g_regex_new (TIME_PATTERN, G_REGEX_OPTIMIZE, 0, NULL);
      g_once_init_leave (&once, 1);
    }
  return regex;
}

static int
fetch_number (const GMatchInfo *match, int group)
{
  g_autofree char *text = g_match_info_fetch (match, group);

  return text != NULL ? (int) g_ascii_strtoll (text, NULL, 10) : 0;
}

gboolean
rn_recording_parse_time (const char *name, GTimeZone *timezone, gint64 *at_us, gboolean *has_clock)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *hour = NULL, *offset = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) at = NULL;

  if (!g_regex_match (time_regex (), valid, 0, &match))
    return FALSE;
  hour = g_match_info_fetch (match, 5);
  offset = g_match_info_fetch (match, 9);
  if (offset != NULL && *offset != '\0')
    zone = g_time_zone_new_identifier (g_ascii_toupper (*offset) == 'Z' ? "Z" : offset);
  if (zone == NULL)
    zone = timezone != NULL ? g_time_zone_ref (timezone) : g_time_zone_new_utc ();
  at = g_date_time_new (zone, fetch_number (match, 1), fetch_number (match, 3),
                        fetch_number (match, 4), fetch_number (match, 5), fetch_number (match, 7),
                        fetch_number (match, 8));
  if (at == NULL)
    return FALSE;
  *at_us = g_date_time_to_unix (at) * RN_SECOND;
  *has_clock = hour != NULL && *hour != '\0';
  return TRUE;
}

/* ---- files --------------------------------------------------------------------------------- */

GBytes *
rn_recording_read (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = rn_file_read (path, MAX_BYTES, error);

  if (bytes == NULL || !rn_gzip_is (bytes))
    return g_steal_pointer (&bytes);
  return rn_gzip_inflate (bytes, MAX_BYTES, error);
}

/* The beginning of a file, inflated; NULL and @error when it cannot be opened. Damage further on is
 * for the decoder to find. */
static GByteArray *
read_head (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) raw = g_file_read (file, NULL, error);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GByteArray) head = g_byte_array_sized_new (HEAD_BYTES);
  guint8 magic[2] = { 0, 0 };
  gsize n = 0;

  if (raw == NULL || !g_input_stream_read_all (G_INPUT_STREAM (raw), magic, 2, &n, NULL, error)
      || !g_seekable_seek (G_SEEKABLE (raw), 0, G_SEEK_SET, NULL, error))
    return NULL;
  if (n == 2 && magic[0] == 0x1f && magic[1] == 0x8b)
    {
      g_autoptr (GZlibDecompressor) gzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);

      stream = g_converter_input_stream_new (G_INPUT_STREAM (raw), G_CONVERTER (gzip));
    }
  else
    stream = G_INPUT_STREAM (g_object_ref (raw));
  g_byte_array_set_size (head, HEAD_BYTES);
  n = 0;
  g_input_stream_read_all (stream, head->data, HEAD_BYTES, &n, NULL, NULL);
  g_byte_array_set_size (head, n);
  return g_steal_pointer (&head);
}

/* The folder and the name with each run of digits as one '9': siblings have the same. */
static char *
shape_of (const char *path)
{
  GString *shape = g_string_new (NULL);
  const char *name = strrchr (path, G_DIR_SEPARATOR);

  for (const char *p = path; *p != '\0'; p++)
    if (name != NULL && p > name && g_ascii_isdigit (*p))
      {
        if (!g_ascii_isdigit (p[-1]))
          g_string_append_c (shape, '9');
      }
    else
      g_string_append_c (shape, *p);
  return g_string_free (shape, FALSE);
}

/* ---- scan ---------------------------------------------------------------------------------- */

typedef struct {
  const RnAdapter *adapter;
  GTimeZone *timezone;
  RnRecording *recording;
  GPtrArray *entries;   /* all, recognised or not */
  GHashTable *by_shape; /* char * → slot + 1 */
} Scan;

/* Folder and name: a folder may be all that tells what an empty collection is of. */
static char *
dup_short_path (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *parent = g_path_get_basename (folder);
  g_autofree char *name = g_path_get_basename (path);

  return g_build_filename (parent, name, NULL);
}

static gboolean
is_empty (const GByteArray *head)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (head->data, head->len);

  return rn_adapter_refuse_empty (bytes, "", NULL);
}

static void
scan_file (Scan *scan, const char *path, GFileInfo *info)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *short_path = dup_short_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) head = read_head (path, &error);
  RnRecordingEntry *entry;
  gboolean has_clock = FALSE;

  if (head == NULL)
    {
      add_problem (scan->recording, path, error->message);
      return;
    }
  entry = g_new0 (RnRecordingEntry, 1);
  entry->path = g_strdup (path);
  entry->slot = scan->adapter->recognise (short_path, (const char *) head->data, head->len);
  entry->changed_us =
      (gint64) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED) * RN_SECOND
      + g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC);
  entry->size = g_file_info_get_size (info);
  entry->empty = is_empty (head);
  entry->order_us = entry->changed_us;
  if (rn_recording_parse_time (name, scan->timezone, &entry->order_us, &has_clock) && has_clock)
    entry->at_us = entry->order_us;
  if (entry->slot >= 0)
    g_hash_table_insert (scan->by_shape, shape_of (path), GINT_TO_POINTER (entry->slot + 1));
  g_ptr_array_add (scan->entries, entry);
}

#define FILE_ATTRIBUTES                                                                            \
  G_FILE_ATTRIBUTE_STANDARD_NAME                                                                   \
  "," G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE                            \
  "," G_FILE_ATTRIBUTE_TIME_MODIFIED "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC

/* @depth: folders that may still be entered. */
static gboolean
scan_folder (Scan *scan, const char *path, guint depth, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
      folder, FILE_ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, error);

  if (children == NULL)
    return FALSE;
  g_ptr_array_add (scan->recording->folders, g_strdup (path));
  while (TRUE)
    {
      GFileInfo *info;
      GFile *child;
      const char *name;
      GFileType type;

      if (!g_file_enumerator_iterate (children, &info, &child, cancellable, error))
        return FALSE;
      if (info == NULL)
        return TRUE;
      name = g_file_info_get_name (info);
      type = g_file_info_get_file_type (info);
      if (*name == '.')
        continue;
      if (type == G_FILE_TYPE_REGULAR)
        scan_file (scan, g_file_peek_path (child), info);
      else if (type == G_FILE_TYPE_DIRECTORY && depth > 0
               && !scan_folder (scan, g_file_peek_path (child), depth - 1, cancellable, error))
        return FALSE;
    }
}

static gboolean
scan_part (Scan *scan, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, FILE_ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, error);

  if (info == NULL)
    return FALSE;
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    return scan_folder (scan, path, 1, cancellable, error);
  g_ptr_array_add (scan->recording->files, g_strdup (path));
  scan_file (scan, path, info);
  return TRUE;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const RnRecordingEntry *x = *(RnRecordingEntry *const *) a, *y = *(RnRecordingEntry *const *) b;

  if (x->order_us != y->order_us)
    return x->order_us < y->order_us ? -1 : 1;
  return strcmp (x->path, y->path);
}

/* Gives unrecognised entries the document of their siblings, or refuses them. */
static void
settle_slot (Scan *scan, RnRecordingEntry *entry)
{
  g_autofree char *shape = NULL, *reason = NULL;

  if (entry->slot >= 0)
    return;
  shape = shape_of (entry->path);
  entry->slot = GPOINTER_TO_INT (g_hash_table_lookup (scan->by_shape, shape)) - 1;
  if (entry->slot >= 0)
    return;
  reason = entry->empty
               ? g_strdup (_("the answer is empty"))
               : g_strdup_printf (_("not a document of “%s” that is known"), scan->adapter->kind);
  add_problem (scan->recording, entry->path, reason);
}

/* Frees the entry that another took the place of; what is lost thereby is told. */
static void
supersede (Scan *scan, RnRecordingEntry *old, const RnRecordingEntry *by)
{
  g_autofree char *reason = NULL;

  if (old != NULL && scan->adapter->slots[old->slot].single)
    {
      reason =
          g_strdup_printf (_("is not used, since a source of kind “%s” is one file and “%s” is "
                              "newer: give each file a source of its own"),
                           scan->adapter->kind, by->path);
      add_problem (scan->recording, old->path, reason);
    }
  entry_free (old);
}

static void
sort_out (Scan *scan)
{
  RnRecording *recording = scan->recording;
  g_autofree guint *count = g_new0 (guint, scan->adapter->n_slots + 1);

  g_ptr_array_sort (scan->entries, compare_entries);
  g_ptr_array_set_size (recording->fixed, scan->adapter->n_slots);
  recording->one_each = TRUE;
  for (guint i = 0; i < scan->entries->len; i++)
    {
      RnRecordingEntry *entry = scan->entries->pdata[i];

      settle_slot (scan, entry);
      if (entry->slot < 0)
        {
          entry_free (entry);
          continue;
        }
      if (scan->adapter->slots[entry->slot].default_poll_us == 0)
        {
          supersede (scan, recording->fixed->pdata[entry->slot], entry); /* the newest wins */
          recording->fixed->pdata[entry->slot] = entry;
          continue;
        }
      recording->one_each = recording->one_each && count[entry->slot]++ == 0;
      g_ptr_array_add (recording->played, entry);
    }
  g_ptr_array_set_size (scan->entries, 0);
}

static RnRecording *
recording_new (void)
{
  RnRecording *self = g_new0 (RnRecording, 1);

  self->fixed = g_ptr_array_new_with_free_func (entry_free);
  self->played = g_ptr_array_new_with_free_func (entry_free);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_source_problem_free);
  self->folders = g_ptr_array_new_with_free_func (g_free);
  self->files = g_ptr_array_new_with_free_func (g_free);
  return self;
}

RnRecording *
rn_recording_scan (const RnAdapter *adapter, const char *location, GTimeZone *timezone,
                   GCancellable *cancellable, GError **error)
{
  g_autoptr (RnRecording) recording = recording_new ();
  g_auto (GStrv) parts = rn_recording_split (location, error);
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  g_autoptr (GHashTable) by_shape = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Scan scan = { adapter, timezone, recording, entries, by_shape };

  if (parts == NULL)
    return NULL;
  for (guint i = 0; parts[i] != NULL; i++)
    if (!scan_part (&scan, parts[i], cancellable, error))
      {
        g_ptr_array_set_free_func (entries, entry_free);
        return NULL;
      }
  sort_out (&scan);
  return g_steal_pointer (&recording);
}

/* ---- decoding ------------------------------------------------------------------------------ */

RnDecoded *
rn_recording_decode (const RnAdapter *adapter, RnFeedKind kind, const char *const *paths,
                     const RnDecodeContext *context, GError **error)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autofree GBytes **documents = g_new0 (GBytes *, adapter->n_slots + 1);
  g_autofree char *name = NULL;
  RnDecoded *decoded;

  for (guint i = 0; i < adapter->n_slots; i++)
    {
      if (paths[i] == NULL)
        continue;
      g_free (name);
      name = g_path_get_basename (paths[i]);
      documents[i] = rn_recording_read (paths[i], error);
      if (documents[i] == NULL)
        {
          g_prefix_error (error, "%s: ", name);
          return NULL;
        }
      g_ptr_array_add (held, documents[i]);
    }
  decoded = rn_decode (adapter, kind, documents, context, error);
  if (decoded == NULL && held->len == 1)
    g_prefix_error (error, "%s: ", name);
  return decoded;
}
