/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of the journal, and rows into and out of them. Entries and anchors are append-only by
 * triggers too: those keep mistakes away; a forger drops them, and the chain shows what he did. */
#include "record/rn-journal-keeper.h"

#include <string.h>

#include "base/rn-i18n.h"

#define REFUSE(when, table)                                                                        \
  "CREATE TRIGGER " table "_no_" when " BEFORE " when " ON " table                                 \
  " BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;"

/* Described in rn-journal-chain.h. */
const RnDatabaseKind rn_journal_kind = {
  .name = "journal",
  .application_id = 0x524e4a6c, /* "RNJl" */
  .version = 1,
  .elsewhere = N_("another RoadNet writes the journal"),
  .durable = TRUE,
  .schema =
      "CREATE TABLE entry (seat TEXT NOT NULL, sequence INTEGER NOT NULL, at_us INTEGER NOT NULL,"
      " kind TEXT NOT NULL, subject TEXT, person TEXT, body TEXT, hash BLOB NOT NULL,"
      " PRIMARY KEY (seat, sequence)) STRICT, WITHOUT ROWID;"
      "CREATE INDEX entry_by_time ON entry (seat, at_us);"
      "CREATE TABLE anchor (number INTEGER PRIMARY KEY, seat TEXT NOT NULL,"
      " sequence INTEGER NOT NULL, at_us INTEGER NOT NULL, head BLOB NOT NULL, key_id TEXT,"
      " seal BLOB NOT NULL) STRICT;"
      "CREATE TABLE head (seat TEXT NOT NULL PRIMARY KEY, sequence INTEGER NOT NULL,"
      " hash BLOB NOT NULL, anchors INTEGER NOT NULL, key_id TEXT, seal BLOB NOT NULL) STRICT;"
      "CREATE TRIGGER entry_in_order BEFORE INSERT ON entry WHEN NEW.sequence IS NOT"
      " (SELECT ifnull (max (sequence), 0) + 1 FROM entry WHERE seat = NEW.seat)"
      " BEGIN SELECT RAISE (ABORT, 'the journal has no gaps'); END;"
      "CREATE TRIGGER anchor_in_order BEFORE INSERT ON anchor WHEN NEW.number IS NOT"
      " (SELECT ifnull (max (number), 0) + 1 FROM anchor)"
      " BEGIN SELECT RAISE (ABORT, 'the journal has no gaps'); END;"
  /**/
  REFUSE ("UPDATE", "entry") REFUSE ("DELETE", "entry") REFUSE ("UPDATE", "anchor")
      REFUSE ("DELETE", "anchor") REFUSE ("DELETE", "head"),
};

/* ---- columns ------------------------------------------------------------------------------- */

static void
bind_text (sqlite3_stmt *statement, int column, const char *text)
{
  if (text != NULL)
    sqlite3_bind_text (statement, column, text, -1, SQLITE_STATIC);
}

static void
bind_hash (sqlite3_stmt *statement, int column, const guint8 *hash)
{
  sqlite3_bind_blob (statement, column, hash, RN_JOURNAL_HASH, SQLITE_STATIC);
}

static char *
dup_text (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

static void
get_hash (sqlite3_stmt *statement, int column, guint8 *hash)
{
  const void *blob = sqlite3_column_blob (statement, column);

  memset (hash, 0, RN_JOURNAL_HASH);
  if (blob != NULL && sqlite3_column_bytes (statement, column) == RN_JOURNAL_HASH)
    memcpy (hash, blob, RN_JOURNAL_HASH);
}

/* Steps a statement whose ?1 is the seat. */
static gboolean
find (RnJournalKeeper *self, const char *sql, sqlite3_stmt **statement, GError **error)
{
  *statement = rn_database_prepare (self->db, sql, error);
  if (*statement == NULL)
    return FALSE;
  if (sqlite3_bind_parameter_count (*statement) > 0)
    bind_text (*statement, 1, self->seat);
  return rn_database_step (self->db, *statement, error);
}

/* ---- where it ends --------------------------------------------------------------------------- */

static gboolean
find_head (RnJournalKeeper *self, RnJournalHead *head, gboolean *found, GError **error)
{
  GError *local = NULL;
  sqlite3_stmt *row;

  *found = find (self, "SELECT sequence, hash, anchors, key_id, seal FROM head WHERE seat = ?1",
                 &row, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (!*found)
    return TRUE;
  head->seat = g_strdup (self->seat);
  head->sequence = (guint64) sqlite3_column_int64 (row, 0);
  get_hash (row, 1, head->hash);
  head->anchors = (guint64) sqlite3_column_int64 (row, 2);
  head->key_id = dup_text (row, 3);
  get_hash (row, 4, head->seal);
  sqlite3_reset (row);
  return TRUE;
}

/* Whether @head is as this program left it, as far as it can tell: not with another's key. */
static gboolean
is_sealed (const RnJournalKeeper *self, const RnJournalHead *head)
{
  guint8 seal[RN_JOURNAL_HASH];

  if (head->key_id != NULL && g_strcmp0 (head->key_id, self->key_id) != 0)
    return TRUE;
  rn_journal_chain_head (head, self->key, seal);
  return memcmp (seal, head->seal, sizeof seal) == 0;
}

static char *
dup_mismatch (const RnJournalHead *head, gboolean found, const RnJournalEnd *end)
{
  if (!found)
    return g_strdup_printf ("{\"found\":%" G_GUINT64_FORMAT "}", end->sequence);
  return g_strdup_printf ("{\"expected\":%" G_GUINT64_FORMAT ",\"found\":%" G_GUINT64_FORMAT "}",
                          head->sequence, end->sequence);
}

gboolean
rn_journal_keeper_find_end (RnJournalKeeper *self, RnJournalEnd *end, char **mismatch,
                            gint64 *anchor_us, GError **error)
{
  g_auto (RnJournalHead) head = { 0 };
  GError *local = NULL;
  sqlite3_stmt *row;
  gboolean found;

  *end = (RnJournalEnd){ 0 };
  *mismatch = NULL;
  if (find (self, "SELECT sequence, hash FROM entry WHERE seat = ?1 ORDER BY sequence DESC LIMIT 1",
            &row, &local))
    {
      end->sequence = (guint64) sqlite3_column_int64 (row, 0);
      get_hash (row, 1, end->hash);
      sqlite3_reset (row);
    }
  if (local == NULL
      && find (self, "SELECT number, seal, key_id FROM anchor ORDER BY number DESC LIMIT 1", &row,
               &local))
    {
      end->anchors = (guint64) sqlite3_column_int64 (row, 0);
      get_hash (row, 1, end->seal);
      end->other_key = g_strcmp0 ((const char *) sqlite3_column_text (row, 2), self->key_id) != 0;
      sqlite3_reset (row);
    }
  if (local == NULL
      && find (self, "SELECT at_us FROM anchor WHERE seat = ?1 ORDER BY number DESC LIMIT 1", &row,
               &local))
    {
      *anchor_us = sqlite3_column_int64 (row, 0);
      sqlite3_reset (row);
    }
  if (local != NULL || !find_head (self, &head, &found, &local))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (found ? head.sequence != end->sequence || head.anchors > end->anchors
                  || memcmp (head.hash, end->hash, RN_JOURNAL_HASH) != 0 || !is_sealed (self, &head)
            : end->sequence > 0)
    *mismatch = dup_mismatch (&head, found, end);
  return TRUE;
}

gboolean
rn_journal_keeper_is_whole (RnJournalKeeper *self, GError **error)
{
  sqlite3_stmt *row = rn_database_prepare (self->db, "PRAGMA integrity_check (1)", error);
  gboolean whole;

  if (row == NULL || !rn_database_step (self->db, row, error))
    return FALSE;
  whole = g_strcmp0 ((const char *) sqlite3_column_text (row, 0), "ok") == 0;
  sqlite3_reset (row);
  if (!whole)
    g_set_error_literal (error, RN_RECORD_ERROR, RN_RECORD_ERROR_DAMAGED,
                         _("the file is damaged"));
  return whole;
}

gboolean
rn_journal_keeper_has_rescued (RnJournalKeeper *self, const char *id, gint64 at_us, gboolean *has,
                               GError **error)
{
  sqlite3_stmt *row =
      rn_database_prepare (self->db,
                           "SELECT count (*) FROM entry WHERE seat = ?1 AND at_us = ?2"
                           " AND kind = '" RN_JOURNAL_KIND_RESCUED "' AND instr (body, ?3) > 0",
                           error);

  if (row == NULL)
    return FALSE;
  bind_text (row, 1, self->seat);
  sqlite3_bind_int64 (row, 2, at_us);
  bind_text (row, 3, id);
  if (!rn_database_step (self->db, row, error))
    return FALSE;
  *has = sqlite3_column_int (row, 0) > 0;
  sqlite3_reset (row);
  return TRUE;
}

/* ---- writing ------------------------------------------------------------------------------- */

/* Gives @entry its place and writes it. */
static gboolean
write_entry (RnJournalKeeper *self, RnJournalEntry *entry, RnJournalEnd *end, GError **error)
{
  sqlite3_stmt *put = rn_database_prepare (
      self->db,
      "INSERT INTO entry (seat, sequence, at_us, kind, subject, person, body, hash)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      error);

  if (put == NULL)
    return FALSE;
  if (entry->seat == NULL)
    entry->seat = g_strdup (self->seat);
  entry->sequence = end->sequence + 1;
  rn_journal_chain_entry (entry, end->hash, entry->hash);
  bind_text (put, 1, entry->seat);
  sqlite3_bind_int64 (put, 2, (sqlite3_int64) entry->sequence);
  sqlite3_bind_int64 (put, 3, entry->at_us);
  bind_text (put, 4, entry->kind);
  bind_text (put, 5, entry->subject);
  bind_text (put, 6, entry->person);
  bind_text (put, 7, entry->body);
  bind_hash (put, 8, entry->hash);
  if (!rn_database_run (self->db, put, error))
    return FALSE;
  end->sequence = entry->sequence;
  memcpy (end->hash, entry->hash, RN_JOURNAL_HASH);
  return TRUE;
}

static gboolean
write_entries (RnJournalKeeper *self, const GPtrArray *arrays, RnJournalEnd *end, GError **error)
{
  for (guint i = 0; i < arrays->len; i++)
    {
      const GPtrArray *entries = g_ptr_array_index (arrays, i);

      for (guint k = 0; k < entries->len; k++)
        if (!write_entry (self, g_ptr_array_index (entries, k), end, error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
write_anchor (RnJournalKeeper *self, gint64 at_us, RnJournalEnd *end, GError **error)
{
  RnJournalAnchor anchor = { .number = end->anchors + 1,
                             .seat = self->seat,
                             .sequence = end->sequence,
                             .at_us = at_us,
                             .key_id = self->key_id };
  sqlite3_stmt *put =
      rn_database_prepare (self->db,
                           "INSERT INTO anchor (number, seat, sequence, at_us, head, key_id, seal)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                           error);

  if (put == NULL)
    return FALSE;
  memcpy (anchor.head, end->hash, RN_JOURNAL_HASH);
  rn_journal_chain_anchor (&anchor, end->seal, self->key, anchor.seal);
  sqlite3_bind_int64 (put, 1, (sqlite3_int64) anchor.number);
  bind_text (put, 2, anchor.seat);
  sqlite3_bind_int64 (put, 3, (sqlite3_int64) anchor.sequence);
  sqlite3_bind_int64 (put, 4, anchor.at_us);
  bind_hash (put, 5, anchor.head);
  bind_text (put, 6, anchor.key_id);
  bind_hash (put, 7, anchor.seal);
  if (!rn_database_run (self->db, put, error))
    return FALSE;
  end->anchors = anchor.number;
  end->other_key = FALSE;
  memcpy (end->seal, anchor.seal, RN_JOURNAL_HASH);
  return TRUE;
}

static gboolean
write_head (RnJournalKeeper *self, const RnJournalEnd *end, GError **error)
{
  RnJournalHead head = {
    .seat = self->seat, .sequence = end->sequence, .anchors = end->anchors, .key_id = self->key_id
  };
  sqlite3_stmt *put =
      rn_database_prepare (self->db,
                           "INSERT INTO head (seat, sequence, hash, anchors, key_id, seal)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (seat) DO UPDATE SET"
                           " sequence = ?2, hash = ?3, anchors = ?4, key_id = ?5, seal = ?6",
                           error);

  if (put == NULL)
    return FALSE;
  memcpy (head.hash, end->hash, RN_JOURNAL_HASH);
  rn_journal_chain_head (&head, self->key, head.seal);
  bind_text (put, 1, head.seat);
  sqlite3_bind_int64 (put, 2, (sqlite3_int64) head.sequence);
  bind_hash (put, 3, head.hash);
  sqlite3_bind_int64 (put, 4, (sqlite3_int64) head.anchors);
  bind_text (put, 5, head.key_id);
  bind_hash (put, 6, head.seal);
  return rn_database_run (self->db, put, error);
}

gboolean
rn_journal_keeper_write (RnJournalKeeper *self, const GPtrArray *arrays, gint64 anchor_us,
                         RnJournalEnd *end, GError **error)
{
  RnJournalEnd moved = *end;
  gboolean ok;

  if (!rn_database_begin (self->db, error))
    return FALSE;
  ok = write_entries (self, arrays, &moved, error)
       && (anchor_us == 0 || write_anchor (self, anchor_us, &moved, error))
       && write_head (self, &moved, error);
  self->tried = moved;
  if (!rn_database_end (self->db, ok, error))
    return FALSE;
  self->tried.sequence = 0;
  *end = moved;
  return TRUE;
}

/* ---- reading ------------------------------------------------------------------------------- */

static RnJournalEntry *
read_entry (RnJournalKeeper *self, sqlite3_stmt *row)
{
  RnJournalEntry *entry = g_new0 (RnJournalEntry, 1);

  entry->seat = g_strdup (self->seat);
  entry->sequence = (guint64) sqlite3_column_int64 (row, 0);
  entry->at_us = sqlite3_column_int64 (row, 1);
  entry->kind = dup_text (row, 2);
  entry->subject = dup_text (row, 3);
  entry->person = dup_text (row, 4);
  entry->body = dup_text (row, 5);
  get_hash (row, 6, entry->hash);
  return entry;
}

/* The first sequence that is wanted; FALSE with @error. When there is none, one past all. */
static gboolean
find_first (RnJournalKeeper *self, gint64 from_us, const char *kind, gint64 *first, GError **error)
{
  sqlite3_stmt *row = rn_database_prepare (
      self->db,
      kind != NULL ? "SELECT ifnull ((SELECT sequence FROM entry WHERE seat = ?1 AND kind = ?2"
                     " ORDER BY sequence DESC LIMIT 1), 1)"
                   : "SELECT ifnull (min (sequence), 9223372036854775807) FROM entry"
                     " INDEXED BY entry_by_time WHERE seat = ?1 AND at_us >= ?2",
      error);

  if (row == NULL)
    return FALSE;
  bind_text (row, 1, self->seat);
  if (kind != NULL)
    bind_text (row, 2, kind);
  else
    sqlite3_bind_int64 (row, 2, from_us);
  if (!rn_database_step (self->db, row, error))
    return FALSE;
  *first = sqlite3_column_int64 (row, 0);
  sqlite3_reset (row);
  return TRUE;
}

/* Whether @entry follows the one with @sequence and @hash, which it becomes. The first that is read
 * follows one that is not known. */
static gboolean
follows (const RnJournalEntry *entry, gboolean known, guint64 *sequence, guint8 *hash)
{
  guint8 made[RN_JOURNAL_HASH];
  gboolean ok = TRUE;

  if (known)
    {
      rn_journal_chain_entry (entry, hash, made);
      ok = entry->sequence == *sequence + 1 && memcmp (made, entry->hash, RN_JOURNAL_HASH) == 0;
    }
  *sequence = entry->sequence;
  memcpy (hash, entry->hash, RN_JOURNAL_HASH);
  return ok;
}

GPtrArray *
rn_journal_keeper_read (RnJournalKeeper *self, gint64 from_us, const char *kind, const char *only,
                        gboolean *chained, GError **error)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_journal_entry_free);
  GError *local = NULL;
  sqlite3_stmt *row;
  gint64 first;
  guint64 last = 0;
  guint8 hash[RN_JOURNAL_HASH] = { 0 };
  gboolean known;

  if (!find_first (self, from_us, kind, &first, error))
    return NULL;
  row = rn_database_prepare (self->db,
                             "SELECT sequence, at_us, kind, subject, person, body, hash FROM entry"
                             " WHERE seat = ?1 AND sequence >= ?2"
                             " AND (?3 IS NULL OR instr (?3, ',' || kind || ',') > 0)"
                             " ORDER BY sequence",
                             error);
  if (row == NULL)
    return NULL;
  bind_text (row, 1, self->seat);
  sqlite3_bind_int64 (row, 2, first);
  if (only != NULL)
    bind_text (row, 3, only);
  known = first == 1;
  *chained = TRUE;
  while (rn_database_step (self->db, row, &local))
    {
      g_autoptr (RnJournalEntry) entry = read_entry (self, row);

      if (only == NULL)
        *chained = follows (entry, known, &last, hash) && *chained;
      known = TRUE;
      if (!g_str_has_prefix (entry->kind, "journal-"))
        g_ptr_array_add (entries, g_steal_pointer (&entry));
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  if (only == NULL && first != G_MAXINT64 && last < self->end.sequence)
    *chained = FALSE;
  return g_steal_pointer (&entries);
}
