/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An SQLite file of this program: one process writes, a damaged file is set aside, a newer one is
 * left alone. On the record thread only. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

/** Why the record cannot be kept, as an operator can be told. */
typedef enum {
  RN_RECORD_ERROR_FAILED,    /* anything else; the message has SQLite's words */
  RN_RECORD_ERROR_ELSEWHERE, /* another seat writes it */
  RN_RECORD_ERROR_LOCKED,    /* another program holds the file */
  RN_RECORD_ERROR_READ_ONLY,
  RN_RECORD_ERROR_FULL, /* the disk refuses writes */
  RN_RECORD_ERROR_DAMAGED,
  RN_RECORD_ERROR_NEWER, /* written by a newer version */
} RnRecordError;

#define RN_RECORD_ERROR (rn_record_error_quark ())
GQuark rn_record_error_quark (void);

/** What a file of this kind is: data. */
typedef struct {
  const char *name;   /* of the file, without ".db" */
  int application_id; /* SQLite's mark in the file */
  int version;        /* of the tables */
  const char *schema; /* SQL that makes them */
  /* N_(): why this process does not write when another does: "another seat writes the history" */
  const char *elsewhere;
  gboolean
      durable; /* what was committed outlives a power cut as well: a commit waits for the disk */
} RnDatabaseKind;

typedef struct _RnDatabase RnDatabase;

/** Opens, or begins, the file in @folder, which is made if need be. Where it cannot be written but
 *  read, it is opened for that, and @reason says why; NULL is returned with @error when it cannot
 *  even be read. @set_aside gets the new name of a damaged file, if there was one. */
RnDatabase *rn_database_open (const char *folder, const RnDatabaseKind *kind, GError **reason,
                              char **set_aside, GError **error);
void rn_database_close (RnDatabase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnDatabase, rn_database_close)

/** Renames the file of a database that was found to be damaged, with the time it was last written;
 *  closes it. Returns the new name, or NULL with an error. Only for one that may write. */
char *rn_database_set_aside (RnDatabase *self, GError **error);

gboolean rn_database_can_write (const RnDatabase *self);

/** A prepared statement, reset, without bindings; kept and freed by @self. NULL with an error. */
sqlite3_stmt *rn_database_prepare (RnDatabase *self, const char *sql, GError **error);
/** Runs to the next row. TRUE: there is one; FALSE without @error: there is none. Then, and at an
 *  error, the statement is reset. */
gboolean rn_database_step (RnDatabase *self, sqlite3_stmt *statement, GError **error);
/** Runs a statement that gives no row. */
gboolean rn_database_run (RnDatabase *self, sqlite3_stmt *statement, GError **error);
gboolean rn_database_exec (RnDatabase *self, const char *sql, GError **error);
/** The first column of the first row, or @otherwise when there is none or it is NULL. */
gint64 rn_database_number (RnDatabase *self, const char *sql, gint64 otherwise, GError **error);

/** A transaction; end() commits when @ok, and rolls back when not or when that fails. */
gboolean rn_database_begin (RnDatabase *self, GError **error);
gboolean rn_database_end (RnDatabase *self, gboolean ok, GError **error);
