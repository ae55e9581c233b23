/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A poll into the file: sections to slots, slots to segments, a row a segment, all in one
 * transaction. Record thread. */
#include "record/rn-frame-keeper.h"

#include "base/rn-clock.h"

/* A poll that follows the one before within this time says what was in between: rows there are of
 * a clock that has gone back since. */
#define RUN_US (10 * 60 * RN_SECOND)

/* ---- slots --------------------------------------------------------------------------------- */

static gboolean
find_source (RnFrameKeeper *self, const char *name, gint64 *row, GError **error)
{
  sqlite3_stmt *add =
      rn_database_prepare (self->db, "INSERT OR IGNORE INTO source (name) VALUES (?1)", error);
  sqlite3_stmt *find;

  if (add == NULL)
    return FALSE;
  sqlite3_bind_text (add, 1, name, -1, SQLITE_STATIC);
  if (!rn_database_run (self->db, add, error))
    return FALSE;
  find = rn_database_prepare (self->db, "SELECT id FROM source WHERE name = ?1", error);
  if (find == NULL)
    return FALSE;
  sqlite3_bind_text (find, 1, name, -1, SQLITE_STATIC);
  if (!rn_database_step (self->db, find, error))
    return FALSE;
  *row = sqlite3_column_int64 (find, 0);
  sqlite3_reset (find);
  return TRUE;
}

/* All slots of a source by section id, and the next free one. */
static GHashTable *
load_slots (RnFrameKeeper *self, gint64 row, guint32 *next, GError **error)
{
  g_autoptr (GHashTable) slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GError *local = NULL;
  sqlite3_stmt *all =
      rn_database_prepare (self->db, "SELECT id, slot FROM section WHERE source = ?1", error);

  if (all == NULL)
    return NULL;
  *next = 0;
  sqlite3_bind_int64 (all, 1, row);
  while (rn_database_step (self->db, all, &local))
    {
      guint32 slot = (guint32) sqlite3_column_int64 (all, 1);

      g_hash_table_insert (slots, g_strdup ((const char *) sqlite3_column_text (all, 0)),
                           GUINT_TO_POINTER (slot));
      *next = MAX (*next, slot + 1);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  return g_steal_pointer (&slots);
}

static gboolean
add_section (RnFrameKeeper *self, gint64 row, const char *id, guint32 slot, GError **error)
{
  sqlite3_stmt *add = rn_database_prepare (
      self->db, "INSERT INTO section (source, id, slot) VALUES (?1, ?2, ?3)", error);

  if (add == NULL)
    return FALSE;
  sqlite3_bind_int64 (add, 1, row);
  sqlite3_bind_text (add, 2, id, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (add, 3, slot);
  return rn_database_run (self->db, add, error);
}

static gboolean
map_sections (RnFrameKeeper *self, RnSeries *series, const RnFramePoll *poll, GError **error)
{
  guint32 next;
  g_autoptr (GHashTable) slots = load_slots (self, series->row, &next, error);

  if (slots == NULL)
    return FALSE;
  g_clear_pointer (&series->network, rn_network_unref);
  series->n = poll->columns.n;
  series->slots = g_renew (guint32, series->slots, MAX (series->n, 1));
  for (guint i = 0; i < series->n; i++)
    {
      const char *id = poll->network->id[poll->first + i];
      gpointer slot;

      if (!g_hash_table_lookup_extended (slots, id, NULL, &slot))
        {
          slot = GUINT_TO_POINTER (next);
          if (!add_section (self, series->row, id, next++, error))
            return FALSE;
          g_hash_table_insert (slots, g_strdup (id), slot);
        }
      series->slots[i] = GPOINTER_TO_UINT (slot);
    }
  series->network = rn_network_ref (poll->network);
  return TRUE;
}

/* The series of @poll with slots for its network; kept by @self. */
static RnSeries *
get_series (RnFrameKeeper *self, const RnFramePoll *poll, GError **error)
{
  RnSeries *series = g_hash_table_lookup (self->series, poll->series);

  if (series == NULL)
    {
      gint64 row;

      if (!find_source (self, poll->series, &row, error))
        return NULL;
      series = g_new0 (RnSeries, 1);
      series->row = row;
      g_hash_table_insert (self->series, g_strdup (poll->series), series);
    }
  if (series->network != poll->network && !map_sections (self, series, poll, error))
    return NULL;
  return series;
}

/* ---- rows ---------------------------------------------------------------------------------- */

static gboolean
write_segment (RnFrameKeeper *self, gint64 row, guint segment, gint64 at_us,
               const RnFrameColumns *columns, GError **error)
{
  g_autoptr (GBytes) data = rn_frame_columns_encode (columns);
  sqlite3_stmt *put = rn_database_prepare (
      self->db,
      "INSERT OR REPLACE INTO poll (source, segment, at_us, data) VALUES (?1, ?2, ?3, ?4)", error);

  if (put == NULL)
    return FALSE;
  sqlite3_bind_int64 (put, 1, row);
  sqlite3_bind_int64 (put, 2, segment);
  sqlite3_bind_int64 (put, 3, at_us);
  sqlite3_bind_blob64 (put, 4, g_bytes_get_data (data, NULL), g_bytes_get_size (data),
                       SQLITE_STATIC);
  return rn_database_run (self->db, put, error);
}

static gboolean
write_segments (RnFrameKeeper *self, const RnSeries *series, const RnFramePoll *poll,
                GError **error)
{
  const RnFrameColumns *from = &poll->columns;
  guint32 last = 0;
  guint n_segments;
  g_autofree RnFrameColumns *segments = NULL;
  gboolean ok = TRUE;

  for (guint i = 0; i < series->n; i++)
    last = MAX (last, series->slots[i]);
  n_segments = last / RN_SEGMENT_SECTIONS + 1;
  segments = g_new0 (RnFrameColumns, n_segments);
  for (guint i = 0; i < series->n; i++)
    {
      RnFrameColumns *to = &segments[series->slots[i] / RN_SEGMENT_SECTIONS];
      guint at = series->slots[i] % RN_SEGMENT_SECTIONS;

      if (to->speed == NULL)
        *to = rn_frame_columns_new (RN_SEGMENT_SECTIONS);
      to->speed[at] = from->speed[i];
      to->flow[at] = from->flow[i];
      to->state[at] = from->state[i];
    }
  for (guint i = 0; i < n_segments; i++)
    {
      if (segments[i].speed == NULL)
        continue; /* of sections that are no more */
      ok = ok && write_segment (self, series->row, i, poll->at_us, &segments[i], error);
      rn_frame_columns_clear (&segments[i]);
    }
  return ok;
}

static gboolean
clear_between (RnFrameKeeper *self, const RnSeries *series, gint64 at_us, GError **error)
{
  sqlite3_stmt *clear;

  if (series->last_us == 0 || at_us <= series->last_us || at_us > series->last_us + RUN_US)
    return TRUE;
  clear = rn_database_prepare (
      self->db, "DELETE FROM poll WHERE at_us > ?1 AND at_us < ?2 AND source = ?3", error);
  if (clear == NULL)
    return FALSE;
  sqlite3_bind_int64 (clear, 1, series->last_us);
  sqlite3_bind_int64 (clear, 2, at_us);
  sqlite3_bind_int64 (clear, 3, series->row);
  return rn_database_run (self->db, clear, error);
}

gboolean
rn_frame_keeper_write (RnFrameKeeper *self, const RnFramePoll *poll, GError **error)
{
  RnSeries *series = NULL;
  gboolean ok;

  if (!rn_database_begin (self->db, error))
    return FALSE;
  series = get_series (self, poll, error);
  ok = series != NULL && clear_between (self, series, poll->at_us, error)
       && write_segments (self, series, poll, error);
  if (!rn_database_end (self->db, ok, error))
    return FALSE;
  if (rn_frame_keeper_hour (series->last_us) != rn_frame_keeper_hour (poll->at_us))
    self->untidy = TRUE;
  series->last_us = poll->at_us;
  return TRUE;
}
