/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can wait: polls of an hour that has ended become traces and means, in one transaction a
 * segment; what is too old or too much goes. Record thread. */
#include "record/rn-frame-keeper.h"

#include <string.h>

#define DAY_US (24 * RN_HOUR_US)
#define BLOCKS (RN_SEGMENT_SECTIONS / RN_BLOCK_SECTIONS)

/* The polls of one segment and hour. */
typedef struct {
  gint64 source, segment, hour_us;
  GArray *at_us;   /* gint64 */
  GArray *columns; /* RnFrameColumns of 4096 */
} Hour;

/* ---- which --------------------------------------------------------------------------------- */

/* The hour that a source is in; G_MININT64 when it is not watched now. */
static gint64
hour_now (RnFrameKeeper *self, gint64 row)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->series);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const RnSeries *series = value;

      if (series->row == row && series->last_us != 0)
        return rn_frame_keeper_hour (series->last_us);
    }
  return G_MININT64;
}

/* A segment with polls of an hour that its source is not in. */
static gboolean
find_ended (RnFrameKeeper *self, Hour *hour, GError **error)
{
  sqlite3_stmt *find = rn_database_prepare (
      self->db, "SELECT source, segment, min(at_us), max(at_us) FROM poll GROUP BY source, segment",
      error);

  while (find != NULL && rn_database_step (self->db, find, error))
    {
      gint64 now_us = hour_now (self, sqlite3_column_int64 (find, 0));
      gint64 first_us = rn_frame_keeper_hour (sqlite3_column_int64 (find, 2));
      gint64 last_us = rn_frame_keeper_hour (sqlite3_column_int64 (find, 3));

      hour->source = sqlite3_column_int64 (find, 0);
      hour->segment = sqlite3_column_int64 (find, 1);
      hour->hour_us = first_us != now_us ? first_us : last_us;
      if (hour->hour_us == now_us)
        continue;
      sqlite3_reset (find);
      return TRUE;
    }
  return FALSE;
}

/* ---- an hour of a segment ------------------------------------------------------------------ */

static void
clear_columns (gpointer data)
{
  rn_frame_columns_clear (data);
}

static gboolean
load_hour (RnFrameKeeper *self, Hour *hour, GError **error)
{
  sqlite3_stmt *find = rn_database_prepare (
      self->db,
      "SELECT at_us, data FROM poll WHERE source = ?1 AND segment = ?2 AND at_us >= ?3 "
      "AND at_us < ?4 ORDER BY at_us",
      error);
  GError *local = NULL;

  if (find == NULL)
    return FALSE;
  sqlite3_bind_int64 (find, 1, hour->source);
  sqlite3_bind_int64 (find, 2, hour->segment);
  sqlite3_bind_int64 (find, 3, hour->hour_us);
  sqlite3_bind_int64 (find, 4, hour->hour_us + RN_HOUR_US);
  while (rn_database_step (self->db, find, &local))
    {
      gint64 at_us = sqlite3_column_int64 (find, 0);
      RnFrameColumns columns;

      if (!rn_frame_columns_decode (sqlite3_column_blob (find, 1),
                                    (gsize) sqlite3_column_bytes (find, 1), RN_SEGMENT_SECTIONS,
                                    &columns))
        {
          self->status.unreadable++;
          continue;
        }
      g_array_append_val (hour->at_us, at_us);
      g_array_append_val (hour->columns, columns);
    }
  if (local != NULL)
    g_propagate_error (error, local);
  return local == NULL;
}

/* The trace of a block; NULL when nothing is known there. */
static RnTrace *
cut_block (const Hour *hour, guint block)
{
  gsize from = (gsize) block * RN_BLOCK_SECTIONS;
  guint n = hour->at_us->len;
  g_autoptr (RnTrace) trace = rn_trace_new (n);
  gboolean known = FALSE;

  for (guint t = 0; t < n; t++)
    {
      const RnFrameColumns *columns = &g_array_index (hour->columns, RnFrameColumns, t);

      trace->at_us[t] = g_array_index (hour->at_us, gint64, t);
      for (gsize s = 0; s < RN_BLOCK_SECTIONS; s++)
        {
          trace->speed[s * n + t] = columns->speed[from + s];
          trace->flow[s * n + t] = columns->flow[from + s];
          trace->state[s * n + t] = columns->state[from + s];
          known = known || columns->speed[from + s] != RN_CODE_UNKNOWN
                  || columns->flow[from + s] != RN_CODE_UNKNOWN;
        }
    }
  return known ? g_steal_pointer (&trace) : NULL;
}

static void
bind_key (sqlite3_stmt *statement, const Hour *hour, guint block)
{
  sqlite3_bind_int64 (statement, 1, hour->source);
  sqlite3_bind_int64 (statement, 2, hour->segment * BLOCKS + block);
  sqlite3_bind_int64 (statement, 3, hour->hour_us);
}

static gboolean
put (RnFrameKeeper *self, const char *sql, const Hour *hour, guint block, GBytes *data,
     gint64 first_us, GError **error)
{
  sqlite3_stmt *statement = rn_database_prepare (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  bind_key (statement, hour, block);
  sqlite3_bind_blob64 (statement, 4, g_bytes_get_data (data, NULL), g_bytes_get_size (data),
                       SQLITE_STATIC);
  if (first_us != 0)
    sqlite3_bind_int64 (statement, 5, first_us);
  return rn_database_run (self->db, statement, error);
}

/* What the file has for this hour already: left by an earlier run, or by a clock that has gone
 * back since. @first_us gets the earlier of it and the file's. */
static gboolean
load_before (RnFrameKeeper *self, const Hour *hour, guint block, RnTrace **trace, RnMeans **means,
             gint64 *first_us, GError **error)
{
  sqlite3_stmt *find = rn_database_prepare (
      self->db,
      "SELECT mean.first_us, mean.data, trace.data FROM mean LEFT JOIN trace USING (source, block, "
      "hour) WHERE mean.source = ?1 AND mean.block = ?2 AND mean.hour = ?3",
      error);
  GError *local = NULL;

  if (find == NULL)
    return FALSE;
  bind_key (find, hour, block);
  if (!rn_database_step (self->db, find, &local))
    {
      if (local != NULL)
        g_propagate_error (error, local);
      return local == NULL;
    }
  *first_us = MIN (*first_us, sqlite3_column_int64 (find, 0));
  *means = rn_means_decode (sqlite3_column_blob (find, 1), (gsize) sqlite3_column_bytes (find, 1));
  *trace = rn_trace_decode (sqlite3_column_blob (find, 2), (gsize) sqlite3_column_bytes (find, 2));
  sqlite3_reset (find);
  return TRUE;
}

static gboolean
pack_block (RnFrameKeeper *self, const Hour *hour, guint block, GError **error)
{
  g_autoptr (RnTrace) trace = cut_block (hour, block);
  g_autoptr (RnTrace) before = NULL;
  g_autofree RnMeans *means_before = NULL;
  g_autofree RnMeans *means = NULL;
  g_autoptr (GBytes) trace_data = NULL;
  g_autoptr (GBytes) means_data = NULL;
  gint64 first_us;

  if (trace == NULL)
    return TRUE;
  first_us = trace->at_us[0];
  if (!load_before (self, hour, block, &before, &means_before, &first_us, error))
    return FALSE;
  if (before != NULL)
    {
      RnTrace *both = rn_trace_merge (before, trace);

      rn_trace_free (trace);
      trace = both;
    }
  means = rn_means_new (trace, hour->hour_us);
  if (means_before != NULL)
    rn_means_fill (means, trace, hour->hour_us, means_before);
  trace_data = rn_trace_encode (trace);
  means_data = rn_means_encode (means);
  return put (self,
              "INSERT OR REPLACE INTO trace (source, block, hour, data) VALUES (?1, ?2, ?3, ?4)",
              hour, block, trace_data, 0, error)
         && put (self,
                 "INSERT OR REPLACE INTO mean (source, block, hour, data, first_us) "
                 "VALUES (?1, ?2, ?3, ?4, ?5)",
                 hour, block, means_data, first_us, error);
}

static gboolean
delete_polls (RnFrameKeeper *self, const Hour *hour, GError **error)
{
  sqlite3_stmt *statement = rn_database_prepare (
      self->db,
      "DELETE FROM poll WHERE source = ?1 AND segment = ?2 AND at_us >= ?3 AND at_us < ?4", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, hour->source);
  sqlite3_bind_int64 (statement, 2, hour->segment);
  sqlite3_bind_int64 (statement, 3, hour->hour_us);
  sqlite3_bind_int64 (statement, 4, hour->hour_us + RN_HOUR_US);
  return rn_database_run (self->db, statement, error);
}

/* The source's measure of what is old goes on with its data. Over more than a day it jumps only
 * when another hour confirms it, and then by a day an hour: a clock that is wrong for a while must
 * not clear the history. */
static gboolean
move_age (RnFrameKeeper *self, const Hour *hour, GError **error)
{
  sqlite3_stmt *statement = rn_database_prepare (
      self->db,
      "UPDATE source SET aged_us = CASE WHEN aged_us = 0 OR ?2 BETWEEN aged_us AND aged_us + ?3 "
      "THEN ?2 WHEN ?2 > aged_us AND packed_us < ?2 AND packed_us >= ?2 - ?3 THEN aged_us + ?3 "
      "ELSE aged_us END, packed_us = ?2 WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, hour->source);
  sqlite3_bind_int64 (statement, 2, hour->hour_us + RN_HOUR_US);
  sqlite3_bind_int64 (statement, 3, DAY_US);
  return rn_database_run (self->db, statement, error);
}

static gboolean
pack_hour (RnFrameKeeper *self, Hour *hour, GError **error)
{
  gboolean ok = rn_database_begin (self->db, error);

  if (!ok)
    return FALSE;
  ok = load_hour (self, hour, error);
  for (guint block = 0; ok && block < BLOCKS; block++)
    ok = pack_block (self, hour, block, error);
  ok = ok && delete_polls (self, hour, error) && move_age (self, hour, error);
  return rn_database_end (self->db, ok, error);
}

/* ---- bounds -------------------------------------------------------------------------------- */

static gboolean
delete_aged (RnFrameKeeper *self, const char *sql, gint64 keep_us, GError **error)
{
  sqlite3_stmt *statement = rn_database_prepare (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, keep_us);
  return rn_database_run (self->db, statement, error);
}

static gboolean
hold_age (RnFrameKeeper *self, GError **error)
{
  gboolean ok = rn_database_begin (self->db, error);

  if (!ok)
    return FALSE;
  ok = delete_aged (self,
                    "DELETE FROM trace WHERE hour < (SELECT max (aged_us) FROM source) - ?1 AND "
                    "hour + 3600000000 <= (SELECT aged_us FROM source WHERE id = source) - ?1",
                    DAY_US, error)
       && delete_aged (self,
                       "DELETE FROM mean WHERE hour < (SELECT max (aged_us) FROM source) - ?1 AND "
                       "hour + 3600000000 <= (SELECT aged_us FROM source WHERE id = source) - ?1",
                       self->limits.days * DAY_US, error);
  return rn_database_end (self->db, ok, error);
}

static gint64
used_bytes (RnFrameKeeper *self, GError **error)
{
  gint64 pages = rn_database_number (self->db, "PRAGMA page_count", 0, error);
  gint64 unused = rn_database_number (self->db, "PRAGMA freelist_count", 0, error);

  return (pages - unused) * rn_database_number (self->db, "PRAGMA page_size", 0, error);
}

static gint64
file_bytes (RnFrameKeeper *self, GError **error)
{
  return rn_database_number (self->db, "PRAGMA page_count", 0, error)
         * rn_database_number (self->db, "PRAGMA page_size", 0, error);
}

/* The oldest hour of any source; of the hour that is still in polls only its first poll. */
static gboolean
delete_oldest (RnFrameKeeper *self, GError **error)
{
  gint64 packed_us =
      rn_database_number (self->db, "SELECT min (hour) FROM mean", G_MAXINT64, error);
  gint64 poll_us = rn_database_number (self->db, "SELECT min (at_us) FROM poll", G_MAXINT64, error);

  if (packed_us <= poll_us && packed_us != G_MAXINT64)
    return rn_database_exec (self->db,
                             "DELETE FROM trace WHERE hour <= (SELECT min (hour) FROM mean); "
                             "DELETE FROM mean WHERE hour = (SELECT min (hour) FROM mean)",
                             error);
  return rn_database_exec (self->db,
                           "DELETE FROM poll WHERE at_us = (SELECT min (at_us) FROM poll)", error);
}

gboolean
rn_frame_keeper_hold_bound (RnFrameKeeper *self, GError **error)
{
  gint64 max_bytes = (gint64) MIN (self->limits.max_bytes, G_MAXINT64);
  gboolean ok = TRUE;

  if (file_bytes (self, error) <= max_bytes)
    return TRUE;
  while (ok && used_bytes (self, error) > max_bytes
         && (rn_database_number (self->db, "SELECT count(*) FROM (SELECT 1 FROM mean LIMIT 1)", 0,
                                 error)
                 > 0
             || rn_database_number (
                    self->db, "SELECT count(*) FROM (SELECT DISTINCT at_us FROM poll LIMIT 2)", 0,
                    error)
                    > 1))
    ok = rn_database_begin (self->db, error)
         && rn_database_end (self->db, delete_oldest (self, error), error);
  return ok && rn_database_exec (self->db, "PRAGMA incremental_vacuum", error);
}

gboolean
rn_frame_keeper_measure (RnFrameKeeper *self, GError **error)
{
  GError *local = NULL;
  gint64 packed_us = rn_database_number (
      self->db, "SELECT min (first_us) FROM mean WHERE hour = (SELECT min (hour) FROM mean)",
      G_MAXINT64, &local);
  gint64 poll_us = G_MAXINT64;

  if (local == NULL)
    poll_us = rn_database_number (self->db, "SELECT min (at_us) FROM poll", G_MAXINT64, &local);
  if (local == NULL)
    self->status.bytes = (guint64) file_bytes (self, &local);
  self->status.oldest_us = MIN (packed_us, poll_us);
  if (self->status.oldest_us == G_MAXINT64)
    self->status.oldest_us = 0;
  if (local != NULL)
    g_propagate_error (error, local);
  return local == NULL;
}

gboolean
rn_frame_keeper_tidy (RnFrameKeeper *self, GError **error)
{
  Hour hour = { .at_us = g_array_new (FALSE, FALSE, sizeof (gint64)),
                .columns = g_array_new (FALSE, FALSE, sizeof (RnFrameColumns)) };
  GError *local = NULL;
  gboolean ok;

  g_array_set_clear_func (hour.columns, clear_columns);
  if (find_ended (self, &hour, &local))
    ok = pack_hour (self, &hour, &local);
  else
    {
      ok = local == NULL && hold_age (self, &local) && rn_frame_keeper_hold_bound (self, &local);
      self->untidy = FALSE;
    }
  ok = ok && rn_frame_keeper_measure (self, &local);
  g_array_unref (hour.at_us);
  g_array_unref (hour.columns);
  if (local != NULL)
    g_propagate_error (error, local);
  return ok;
}
