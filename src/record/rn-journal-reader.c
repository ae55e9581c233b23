/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file whose log is not beside it is one that nobody writes: a closed journal or a copy. It is
 * opened as unchanging, so that nothing is made in its folder. Else the log is read too, in one
 * transaction; where its index cannot be made (a folder that may not be written to), both are
 * copied to a temporary folder and read there. */
#include "record/rn-journal-reader.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "base/rn-i18n.h"
#include "record/rn-journal-keeper.h"

#define BUSY_MS 2000

struct _RnJournalReader {
  char *path;
  char *copy; /* folder of the copy that is read instead; NULL */
  sqlite3 *db;
  gboolean unchanging;
};

/* ---- opening ------------------------------------------------------------------------------- */

static gboolean
fail (RnJournalReader *self, GError **error)
{
  int code = sqlite3_errcode (self->db) & 0xff;
  gboolean damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR;

  if (damaged)
    g_set_error (error, RN_RECORD_ERROR, RN_RECORD_ERROR_DAMAGED,
                 _("%s: no journal, or damaged (%s)"), self->path, sqlite3_errmsg (self->db));
  else
    g_set_error (error, RN_RECORD_ERROR, RN_RECORD_ERROR_FAILED, "%s: %s", self->path,
                 sqlite3_errmsg (self->db));
  return FALSE;
}

static char *
dup_log_path (const char *path)
{
  return g_strconcat (path, "-wal", NULL);
}

static gboolean
has_log (const char *path)
{
  g_autofree char *log = dup_log_path (path);

  return g_file_test (log, G_FILE_TEST_EXISTS);
}

static gboolean
begin (RnJournalReader *self, const char *path, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", TRUE);
  g_autofree char *uri =
      g_strdup_printf ("file:%s%s", escaped, self->unchanging ? "?immutable=1" : "");

  g_clear_pointer (&self->db, sqlite3_close);
  if (sqlite3_open_v2 (uri, &self->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL) != SQLITE_OK)
    return fail (self, error);
  sqlite3_busy_timeout (self->db, BUSY_MS);
  if (sqlite3_exec (self->db, "BEGIN; SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL)
      != SQLITE_OK)
    return fail (self, error);
  return TRUE;
}

static gboolean
copy_file (const char *from, const char *folder, const char *name, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autofree char *to = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) target = g_file_new_for_path (to);

  return g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, error);
}

static gboolean
begin_copy (RnJournalReader *self, GError **error)
{
  g_autofree char *log = dup_log_path (self->path);
  g_autofree char *path = NULL;

  self->copy = g_dir_make_tmp ("roadnet-journal-XXXXXX", error);
  if (self->copy == NULL || !copy_file (self->path, self->copy, "journal.db", error)
      || !copy_file (log, self->copy, "journal.db-wal", error))
    return FALSE;
  path = g_build_filename (self->copy, "journal.db", NULL);
  return begin (self, path, error);
}

static gint64
number (RnJournalReader *self, const char *sql)
{
  sqlite3_stmt *row = NULL;
  gint64 value = -1;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &row, NULL) == SQLITE_OK
      && sqlite3_step (row) == SQLITE_ROW)
    value = sqlite3_column_int64 (row, 0);
  sqlite3_finalize (row);
  return value;
}

static gboolean
check_kind (RnJournalReader *self, GError **error)
{
  gint64 version = number (self, "PRAGMA user_version");

  if (number (self, "PRAGMA application_id") != rn_journal_kind.application_id || version < 1)
    g_set_error (error, RN_RECORD_ERROR, RN_RECORD_ERROR_DAMAGED, _("%s: this is no journal"),
                 self->path);
  else if (version > rn_journal_kind.version)
    g_set_error (error, RN_RECORD_ERROR, RN_RECORD_ERROR_NEWER,
                 _("%s: written by a newer version of RoadNet"), self->path);
  else
    return TRUE;
  return FALSE;
}

RnJournalReader *
rn_journal_reader_open (const char *path, GError **error)
{
  g_autoptr (RnJournalReader) self = g_new0 (RnJournalReader, 1);
  g_autoptr (GError) local = NULL;

  self->path = g_file_test (path, G_FILE_TEST_IS_DIR) ? g_build_filename (path, "journal.db", NULL)
                                                      : g_strdup (path);
  if (!g_file_test (self->path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, RN_RECORD_ERROR, RN_RECORD_ERROR_FAILED, _("%s: there is no such file"),
                   self->path);
      return NULL;
    }
  self->unchanging = !has_log (self->path);
  if (!begin (self, self->path, &local))
    {
      if (self->unchanging || g_error_matches (local, RN_RECORD_ERROR, RN_RECORD_ERROR_DAMAGED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (!begin_copy (self, error))
        return NULL;
    }
  return check_kind (self, error) ? g_steal_pointer (&self) : NULL;
}

static void
remove_copy (const char *folder)
{
  static const char *const names[] = { "journal.db", "journal.db-wal", "journal.db-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

void
rn_journal_reader_free (RnJournalReader *self)
{
  sqlite3_close (self->db);
  if (self->copy != NULL)
    remove_copy (self->copy);
  g_free (self->copy);
  g_free (self->path);
  g_free (self);
}

const char *
rn_journal_reader_get_path (const RnJournalReader *self)
{
  return self->path;
}

gboolean
rn_journal_reader_is_overtaken (const RnJournalReader *self)
{
  return self->unchanging && has_log (self->path);
}

/* ---- columns ------------------------------------------------------------------------------- */

/* A text with a NUL in it is more than it seems. */
static const char *
get_text (sqlite3_stmt *row, int column, gboolean needed, gboolean *sound)
{
  const char *text = (const char *) sqlite3_column_text (row, column);
  int type = sqlite3_column_type (row, column);

  if (type == SQLITE_NULL ? needed : type != SQLITE_TEXT)
    *sound = FALSE;
  if (text != NULL && strlen (text) != (gsize) sqlite3_column_bytes (row, column))
    *sound = FALSE;
  return needed && text == NULL ? "" : text;
}

static gint64
get_integer (sqlite3_stmt *row, int column, gboolean *sound)
{
  if (sqlite3_column_type (row, column) != SQLITE_INTEGER)
    *sound = FALSE;
  return sqlite3_column_int64 (row, column);
}

static void
get_hash (sqlite3_stmt *row, int column, guint8 *hash, gboolean *sound)
{
  const void *blob;

  memset (hash, 0, RN_JOURNAL_HASH);
  if (sqlite3_column_type (row, column) != SQLITE_BLOB
      || sqlite3_column_bytes (row, column) != RN_JOURNAL_HASH)
    {
      *sound = FALSE;
      return;
    }
  blob = sqlite3_column_blob (row, column);
  memcpy (hash, blob, RN_JOURNAL_HASH);
}

/* ---- rows ---------------------------------------------------------------------------------- */

/* The strings of @entry are those of @row. */
static void
get_entry (sqlite3_stmt *row, RnJournalEntry *entry, gboolean *sound)
{
  *sound = TRUE;
  entry->seat = (char *) get_text (row, 0, TRUE, sound);
  entry->sequence = (guint64) get_integer (row, 1, sound);
  entry->at_us = get_integer (row, 2, sound);
  entry->kind = (char *) get_text (row, 3, TRUE, sound);
  entry->subject = (char *) get_text (row, 4, FALSE, sound);
  entry->person = (char *) get_text (row, 5, FALSE, sound);
  entry->body = (char *) get_text (row, 6, FALSE, sound);
  get_hash (row, 7, entry->hash, sound);
}

gboolean
rn_journal_reader_walk (RnJournalReader *self, gint64 from_us, gint64 until_us,
                        RnJournalReaderFunc func, gpointer data, GError **error)
{
  sqlite3_stmt *row = NULL;
  int rc;

  /* not by an index: those may tell other than the rows */
  if (sqlite3_prepare_v2 (self->db,
                          "SELECT seat, sequence, at_us, kind, subject, person, body, hash"
                          " FROM entry NOT INDEXED WHERE at_us >= ?1 AND at_us < ?2"
                          " ORDER BY seat, sequence",
                          -1, &row, NULL)
      != SQLITE_OK)
    return fail (self, error);
  sqlite3_bind_int64 (row, 1, from_us);
  sqlite3_bind_int64 (row, 2, until_us);
  while ((rc = sqlite3_step (row)) == SQLITE_ROW)
    {
      RnJournalEntry entry;
      gboolean sound;

      get_entry (row, &entry, &sound);
      if (!func (&entry, sound, data))
        break;
    }
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    fail (self, error);
  sqlite3_finalize (row);
  return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

static void
anchor_free (gpointer data)
{
  rn_journal_anchor_clear (data);
  g_free (data);
}

static void
head_free (gpointer data)
{
  rn_journal_head_clear (data);
  g_free (data);
}

/* A value of a wrong kind becomes another one, which its seal does not fit. */
static gpointer
get_anchor (sqlite3_stmt *row)
{
  RnJournalAnchor *anchor = g_new0 (RnJournalAnchor, 1);
  gboolean sound = TRUE;

  anchor->number = (guint64) get_integer (row, 0, &sound);
  anchor->seat = g_strdup (get_text (row, 1, TRUE, &sound));
  anchor->sequence = (guint64) get_integer (row, 2, &sound);
  anchor->at_us = get_integer (row, 3, &sound);
  get_hash (row, 4, anchor->head, &sound);
  anchor->key_id = g_strdup (get_text (row, 5, FALSE, &sound));
  get_hash (row, 6, anchor->seal, &sound);
  if (!sound)
    memset (anchor->seal, 0, RN_JOURNAL_HASH);
  return anchor;
}

static gpointer
get_head (sqlite3_stmt *row)
{
  RnJournalHead *head = g_new0 (RnJournalHead, 1);
  gboolean sound = TRUE;

  head->seat = g_strdup (get_text (row, 0, TRUE, &sound));
  head->sequence = (guint64) get_integer (row, 1, &sound);
  get_hash (row, 2, head->hash, &sound);
  head->anchors = (guint64) get_integer (row, 3, &sound);
  head->key_id = g_strdup (get_text (row, 4, FALSE, &sound));
  get_hash (row, 5, head->seal, &sound);
  if (!sound)
    memset (head->seal, 0, RN_JOURNAL_HASH);
  return head;
}

static GPtrArray *
dup_rows (RnJournalReader *self, const char *sql, gpointer (*get) (sqlite3_stmt *row),
          GDestroyNotify free_row, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  sqlite3_stmt *row = NULL;
  int rc;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &row, NULL) != SQLITE_OK)
    {
      fail (self, error);
      return NULL;
    }
  while ((rc = sqlite3_step (row)) == SQLITE_ROW)
    g_ptr_array_add (rows, get (row));
  if (rc != SQLITE_DONE)
    fail (self, error);
  sqlite3_finalize (row);
  return rc == SQLITE_DONE ? g_steal_pointer (&rows) : NULL;
}

GPtrArray *
rn_journal_reader_dup_anchors (RnJournalReader *self, GError **error)
{
  return dup_rows (self,
                   "SELECT number, seat, sequence, at_us, head, key_id, seal FROM anchor"
                   " ORDER BY number",
                   get_anchor, anchor_free, error);
}

GPtrArray *
rn_journal_reader_dup_heads (RnJournalReader *self, GError **error)
{
  return dup_rows (self,
                   "SELECT seat, sequence, hash, anchors, key_id, seal FROM head ORDER BY seat",
                   get_head, head_free, error);
}
