/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Write-ahead log, so that what was committed outlives a kill -9 and readers do not wait. Which
 * process writes is decided by a lock on a file of its own beside the database: it goes with the
 * process, whatever ends it. */
#include "record/rn-database.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/rn-i18n.h"
#include "record/rn-record-thread.h"

/* How long a lock of another program is waited for. */
#define BUSY_MS 2000

struct _RnDatabase {
  sqlite3 *db;
  char *path;
  int lock;               /* descriptor; -1: not ours */
  GHashTable *statements; /* SQL (borrowed, literals) → sqlite3_stmt */
};

G_DEFINE_QUARK (rn - record - error - quark, rn_record_error)

/* ---- words --------------------------------------------------------------------------------- */

/* A table that is missing, or a row that cannot be there, is damage as well: the statements are
 * right. */
static void
set_error (GError **error, int rc, const char *words)
{
  if (rc == SQLITE_IOERR_READ || rc == SQLITE_IOERR_SHORT_READ)
    {
      g_set_error (error, RN_RECORD_ERROR, RN_RECORD_ERROR_FAILED,
                   _("the disk cannot be read (%s)"), words);
      return;
    }
  switch (rc & 0xff)
    {
    case SQLITE_FULL:
    case SQLITE_IOERR:
      g_set_error (error, RN_RECORD_ERROR, RN_RECORD_ERROR_FULL, _("the disk refuses writes (%s)"),
                   words);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, RN_RECORD_ERROR, RN_RECORD_ERROR_LOCKED,
                   _("another program holds the file"));
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      g_set_error (error, RN_RECORD_ERROR, RN_RECORD_ERROR_READ_ONLY,
                   _("the folder may not be written to"));
      break;
    case SQLITE_CORRUPT:
    case SQLITE_ERROR:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_NOTADB:
      g_set_error (error, RN_RECORD_ERROR, RN_RECORD_ERROR_DAMAGED, _("the file is damaged"));
      break;
    default:
      g_set_error (error, RN_RECORD_ERROR, RN_RECORD_ERROR_FAILED, "%s", words);
    }
}

static gboolean
fail (RnDatabase *self, int rc, GError **error)
{
  set_error (error, rc, sqlite3_errmsg (self->db));
  return FALSE;
}

static void
set_file_error (GError **error, int number, const char *path)
{
  gboolean denied = number == EACCES || number == EPERM || number == EROFS;
  gboolean full = number == ENOSPC || number == EDQUOT || number == EFBIG;

  if (full)
    set_error (error, SQLITE_FULL, g_strerror (number));
  else
    g_set_error (error, RN_RECORD_ERROR,
                 denied ? RN_RECORD_ERROR_READ_ONLY : RN_RECORD_ERROR_FAILED, "%s: %s", path,
                 g_strerror (number));
}

/* ---- statements ---------------------------------------------------------------------------- */

static void
finalize (gpointer statement)
{
  sqlite3_finalize (statement);
}

sqlite3_stmt *
rn_database_prepare (RnDatabase *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);
  int rc;

  g_return_val_if_fail (rn_record_thread_is_current (), NULL);
  if (statement != NULL)
    {
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
      return statement;
    }
  rc = sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (rc != SQLITE_OK)
    {
      fail (self, rc, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer) sql, statement);
  return statement;
}

gboolean
rn_database_step (RnDatabase *self, sqlite3_stmt *statement, GError **error)
{
  int rc = sqlite3_step (statement);

  if (rc == SQLITE_ROW)
    return TRUE;
  if (rc != SQLITE_DONE)
    fail (self, rc, error);
  sqlite3_reset (statement);
  return FALSE;
}

gboolean
rn_database_run (RnDatabase *self, sqlite3_stmt *statement, GError **error)
{
  int rc = sqlite3_step (statement);

  if (rc != SQLITE_DONE && rc != SQLITE_ROW)
    fail (self, rc, error);
  sqlite3_reset (statement);
  return rc == SQLITE_DONE || rc == SQLITE_ROW;
}

gboolean
rn_database_exec (RnDatabase *self, const char *sql, GError **error)
{
  int rc = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  return rc == SQLITE_OK || fail (self, rc, error);
}

gint64
rn_database_number (RnDatabase *self, const char *sql, gint64 otherwise, GError **error)
{
  sqlite3_stmt *statement = rn_database_prepare (self, sql, error);
  gint64 number = otherwise;

  if (statement == NULL || !rn_database_step (self, statement, error))
    return otherwise;
  if (sqlite3_column_type (statement, 0) != SQLITE_NULL)
    number = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return number;
}

gboolean
rn_database_begin (RnDatabase *self, GError **error)
{
  return rn_database_exec (self, "BEGIN IMMEDIATE", error);
}

gboolean
rn_database_end (RnDatabase *self, gboolean ok, GError **error)
{
  if (ok && rn_database_exec (self, "COMMIT", error))
    return TRUE;
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL); /* @error has the cause */
  return FALSE;
}

gboolean
rn_database_can_write (const RnDatabase *self)
{
  return self->lock >= 0;
}

/* ---- opening ------------------------------------------------------------------------------- */

/* The descriptor that makes this process the one that writes; -1 with the reason why not. */
static int
take_lock (const char *folder, const RnDatabaseKind *kind, GError **reason)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.lock", folder, kind->name);
  int lock = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

  if (lock < 0)
    {
      set_file_error (reason, errno, path);
      return -1;
    }
  if (flock (lock, LOCK_EX | LOCK_NB) == 0)
    return lock;
  if (errno == EWOULDBLOCK)
    g_set_error_literal (reason, RN_RECORD_ERROR, RN_RECORD_ERROR_ELSEWHERE, _ (kind->elsewhere));
  else
    set_file_error (reason, errno, path);
  close (lock);
  return -1;
}

static int
open_flags (const RnDatabase *self)
{
  if (self->lock >= 0)
    return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  return SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
}

/* @immutable: as it lies there, without the files beside it that a read-only folder refuses. */
static gboolean
connect_file (RnDatabase *self, gboolean immutable, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (self->path, "/", TRUE);
  g_autofree char *uri = g_strdup_printf ("file:%s?immutable=1", escaped);
  int rc = sqlite3_open_v2 (immutable ? uri : self->path, &self->db,
                            open_flags (self) | SQLITE_OPEN_NOMUTEX, NULL);

  if (rc != SQLITE_OK)
    return fail (self, rc, error);
  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_busy_timeout (self->db, BUSY_MS);
  return TRUE;
}

static void
disconnect (RnDatabase *self)
{
  g_hash_table_remove_all (self->statements);
  g_clear_pointer (&self->db, sqlite3_close);
}

/* A file that holds something else under this name is as good as damaged. */
static gboolean
check_kind (RnDatabase *self, const RnDatabaseKind *kind, GError **error)
{
  GError *local = NULL;
  gint64 id = rn_database_number (self, "PRAGMA application_id", 0, &local);
  gint64 version = local == NULL ? rn_database_number (self, "PRAGMA user_version", 0, &local) : 0;
  gint64 tables = local == NULL
                      ? rn_database_number (self, "SELECT count(*) FROM sqlite_schema", 0, &local)
                      : 0;

  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (tables > 0 && (id != kind->application_id || version < 1))
    return fail (self, SQLITE_NOTADB, error);
  if (version > kind->version)
    {
      g_set_error (error, RN_RECORD_ERROR, RN_RECORD_ERROR_NEWER,
                   _("the file was written by a newer version of RoadNet"));
      return FALSE;
    }
  if (tables == 0 && self->lock < 0)
    {
      g_set_error (error, RN_RECORD_ERROR, RN_RECORD_ERROR_FAILED, _("the file is empty"));
      return FALSE;
    }
  return TRUE;
}

static gboolean
make_tables (RnDatabase *self, const RnDatabaseKind *kind, GError **error)
{
  g_autofree char *sql = NULL;

  if (rn_database_number (self, "SELECT count(*) FROM sqlite_schema", 0, error) > 0)
    return TRUE;
  sql = g_strdup_printf ("BEGIN IMMEDIATE; %s; PRAGMA application_id = %d; "
                         "PRAGMA user_version = %d; COMMIT",
                         kind->schema, kind->application_id, kind->version);
  return rn_database_exec (self, sql, error);
}

/* Opens, says what it is, and walks the small tables of a file that was there before: damage shows
 * there, else when the damaged page is come upon. */
static gboolean
open_file (RnDatabase *self, const RnDatabaseKind *kind, GError **error)
{
  GError *local = NULL;
  gboolean ok = connect_file (self, FALSE, &local) && check_kind (self, kind, &local);

  if (!ok && self->lock < 0 && !g_error_matches (local, RN_RECORD_ERROR, RN_RECORD_ERROR_NEWER)
      && !g_error_matches (local, RN_RECORD_ERROR, RN_RECORD_ERROR_DAMAGED))
    {
      g_clear_error (&local);
      disconnect (self);
      ok = connect_file (self, TRUE, &local) && check_kind (self, kind, &local);
    }
  if (ok && self->lock >= 0)
    ok = rn_database_exec (self,
                           /* the first two count only before the header is written */
                           "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL; "
                           "PRAGMA journal_mode = WAL; "
                           "PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 16777216; "
                           "PRAGMA cell_size_check = ON",
                           &local)
         && (!kind->durable || rn_database_exec (self, "PRAGMA synchronous = FULL", &local))
         && make_tables (self, kind, &local);
  if (local != NULL)
    g_propagate_error (error, local);
  return ok;
}

/* "….damaged-20261126T101500Z": with the time the file was last written. */
static char *
dup_aside_name (const char *path)
{
  GStatBuf info;
  gint64 at_s = g_stat (path, &info) == 0 ? (gint64) info.st_mtime : 0;
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (at_s);
  g_autofree char *stamp = g_date_time_format (at, "%Y%m%dT%H%M%SZ");
  char *name = g_strdup_printf ("%s.damaged-%s", path, stamp);

  for (guint i = 2; g_file_test (name, G_FILE_TEST_EXISTS); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.damaged-%s-%u", path, stamp, i);
    }
  return name;
}

/* The log belongs to its file: under a new one it would be taken for the new one's. */
static char *
move_aside (const char *path, GError **error)
{
  static const char *const endings[] = { "-wal", "-shm", "" };
  g_autofree char *name = dup_aside_name (path);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *from = g_strconcat (path, endings[i], NULL);
      g_autofree char *to = g_strconcat (name, endings[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        {
          set_file_error (error, errno, from);
          return NULL;
        }
    }
  return g_steal_pointer (&name);
}

char *
rn_database_set_aside (RnDatabase *self, GError **error)
{
  g_return_val_if_fail (rn_record_thread_is_current () && self->lock >= 0, NULL);
  disconnect (self);
  return move_aside (self->path, error);
}

RnDatabase *
rn_database_open (const char *folder, const RnDatabaseKind *kind, GError **reason, char **set_aside,
                  GError **error)
{
  g_autoptr (RnDatabase) self = g_new0 (RnDatabase, 1);
  g_autoptr (GError) local = NULL;
  gboolean odd;

  g_return_val_if_fail (rn_record_thread_is_current (), NULL);
  self->statements = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, finalize);
  self->path = g_strdup_printf ("%s/%s.db", folder, kind->name);
  self->lock = -1;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      set_file_error (error, errno, folder);
      return NULL;
    }
  self->lock = take_lock (folder, kind, reason);
  odd = g_file_test (self->path, G_FILE_TEST_EXISTS)
        && !g_file_test (self->path, G_FILE_TEST_IS_REGULAR);
  if (!odd && open_file (self, kind, &local))
    return g_steal_pointer (&self);
  if (self->lock < 0 || !(odd || g_error_matches (local, RN_RECORD_ERROR, RN_RECORD_ERROR_DAMAGED)))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  g_free (*set_aside);
  *set_aside = rn_database_set_aside (self, error);
  if (*set_aside == NULL || !open_file (self, kind, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
rn_database_close (RnDatabase *self)
{
  disconnect (self);
  if (self->lock >= 0)
    close (self->lock);
  g_hash_table_unref (self->statements);
  g_free (self->path);
  g_free (self);
}
