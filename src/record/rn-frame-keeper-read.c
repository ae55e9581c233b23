/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One section's past: its block's traces, or means where those are gone or enough, and the polls of
 * the present hour. Record thread. */
#include "record/rn-frame-keeper.h"

typedef struct {
  gint64 row;
  guint32 slot;
  gint64 from_us, until_us;
  GArray *samples;   /* RnFrameSample */
  GHashTable *hours; /* begins (gint64 *) of hours that traces were found of */
} Reading;

/* FALSE without @error: the section is not known. */
static gboolean
find_slot (RnFrameKeeper *self, const char *series, const char *id, Reading *reading,
           GError **error)
{
  sqlite3_stmt *find = rn_database_prepare (
      self->db,
      "SELECT section.source, slot FROM source JOIN section ON section.source = source.id "
      "WHERE name = ?1 AND section.id = ?2",
      error);

  if (find == NULL)
    return FALSE;
  sqlite3_bind_text (find, 1, series, -1, SQLITE_STATIC);
  sqlite3_bind_text (find, 2, id, -1, SQLITE_STATIC);
  if (!rn_database_step (self->db, find, error))
    return FALSE;
  reading->row = sqlite3_column_int64 (find, 0);
  reading->slot = (guint32) sqlite3_column_int64 (find, 1);
  sqlite3_reset (find);
  return TRUE;
}

/* Binds source, @piece and the range of the hours that hold it. */
static void
bind_range (sqlite3_stmt *statement, const Reading *reading, gint64 piece, gint64 from_us)
{
  sqlite3_bind_int64 (statement, 1, reading->row);
  sqlite3_bind_int64 (statement, 2, piece);
  sqlite3_bind_int64 (statement, 3, from_us);
  sqlite3_bind_int64 (statement, 4, reading->until_us);
}

static gboolean
end_of (GError *local, GError **error)
{
  if (local != NULL)
    g_propagate_error (error, local);
  return local == NULL;
}

#define FROM_HOURS(table)                                                                          \
  "SELECT hour, data FROM " table " WHERE source = ?1 AND block = ?2 AND hour BETWEEN ?3 AND ?4"   \
  " ORDER BY hour"

/* Statement of the hours of what is read, from FROM_HOURS(). */
static sqlite3_stmt *
find_hours (RnFrameKeeper *self, const Reading *reading, const char *sql, GError **error)
{
  sqlite3_stmt *find = rn_database_prepare (self->db, sql, error);

  if (find != NULL)
    bind_range (find, reading, reading->slot / RN_BLOCK_SECTIONS,
                rn_frame_keeper_hour (reading->from_us));
  return find;
}

static gboolean
read_traces (RnFrameKeeper *self, Reading *reading, GError **error)
{
  sqlite3_stmt *find = find_hours (self, reading, FROM_HOURS ("trace"), error);
  GError *local = NULL;

  if (find == NULL)
    return FALSE;
  while (rn_database_step (self->db, find, &local))
    {
      gint64 hour_us = sqlite3_column_int64 (find, 0);
      g_autoptr (RnTrace) trace =
          rn_trace_decode (sqlite3_column_blob (find, 1), (gsize) sqlite3_column_bytes (find, 1));

      if (trace == NULL)
        {
          self->status.unreadable++;
          continue;
        }
      rn_trace_append (trace, reading->slot % RN_BLOCK_SECTIONS, reading->from_us,
                       reading->until_us, reading->samples);
      g_hash_table_add (reading->hours, g_memdup2 (&hour_us, sizeof hour_us));
    }
  return end_of (local, error);
}

static gboolean
read_means (RnFrameKeeper *self, Reading *reading, GError **error)
{
  sqlite3_stmt *find = find_hours (self, reading, FROM_HOURS ("mean"), error);
  GError *local = NULL;

  if (find == NULL)
    return FALSE;
  while (rn_database_step (self->db, find, &local))
    {
      gint64 hour_us = sqlite3_column_int64 (find, 0);
      g_autofree RnMeans *means = NULL;

      if (g_hash_table_contains (reading->hours, &hour_us))
        continue;
      means =
          rn_means_decode (sqlite3_column_blob (find, 1), (gsize) sqlite3_column_bytes (find, 1));
      if (means == NULL)
        self->status.unreadable++;
      else
        rn_means_append (means, reading->slot % RN_BLOCK_SECTIONS, hour_us, reading->from_us,
                         reading->until_us, reading->samples);
    }
  return end_of (local, error);
}

/* Takes out what polls tell anew: they were written later. */
static void
drop_covered (GArray *samples, const GArray *polls)
{
  guint kept = 0;

  if (polls->len == 0)
    return;
  for (guint i = 0; i < samples->len; i++)
    {
      RnFrameSample *sample = &g_array_index (samples, RnFrameSample, i);
      gboolean covered = FALSE;

      for (guint k = 0; k < polls->len && !covered; k++)
        covered = g_array_index (polls, RnFrameSample, k).at_us == sample->at_us;
      covered = covered
                || (sample->at_us > g_array_index (polls, RnFrameSample, 0).at_us
                    && sample->at_us < g_array_index (polls, RnFrameSample, polls->len - 1).at_us);
      if (!covered)
        g_array_index (samples, RnFrameSample, kept++) = *sample;
    }
  g_array_set_size (samples, kept);
}

static gboolean
read_polls (RnFrameKeeper *self, Reading *reading, GError **error)
{
  g_autoptr (GArray) polls = g_array_new (FALSE, FALSE, sizeof (RnFrameSample));
  guint at = reading->slot % RN_SEGMENT_SECTIONS;
  GError *local = NULL;
  sqlite3_stmt *find = rn_database_prepare (
      self->db,
      "SELECT at_us, data FROM poll WHERE source = ?1 AND segment = ?2 AND at_us BETWEEN ?3 AND ?4 "
      "ORDER BY at_us",
      error);

  if (find == NULL)
    return FALSE;
  bind_range (find, reading, reading->slot / RN_SEGMENT_SECTIONS, reading->from_us);
  while (rn_database_step (self->db, find, &local))
    {
      RnFrameSample sample = { .at_us = sqlite3_column_int64 (find, 0) };
      RnFrameColumns columns;

      if (!rn_frame_columns_decode (sqlite3_column_blob (find, 1),
                                    (gsize) sqlite3_column_bytes (find, 1), RN_SEGMENT_SECTIONS,
                                    &columns))
        {
          self->status.unreadable++;
          continue;
        }
      sample.speed_kmh = rn_frame_decode_speed (columns.speed[at]);
      sample.flow_vph = rn_frame_decode_flow (columns.flow[at]);
      sample.state = columns.state[at] & 0xf;
      sample.n = columns.speed[at] != RN_CODE_UNKNOWN || columns.flow[at] != RN_CODE_UNKNOWN;
      rn_frame_columns_clear (&columns);
      g_array_append_val (polls, sample);
    }
  drop_covered (reading->samples, polls);
  g_array_append_vals (reading->samples, polls->data, polls->len);
  return end_of (local, error);
}

static int
compare_samples (gconstpointer a, gconstpointer b)
{
  gint64 left = ((const RnFrameSample *) a)->at_us, right = ((const RnFrameSample *) b)->at_us;

  return (left > right) - (left < right);
}

GArray *
rn_frame_keeper_read (RnFrameKeeper *self, const char *series, const char *id, gint64 from_us,
                      gint64 until_us, gint64 span_us, GError **error)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (RnFrameSample));
  g_autoptr (GHashTable) hours = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Reading reading = {
    .from_us = from_us, .until_us = until_us, .samples = samples, .hours = hours
  };
  GError *local = NULL;

  if (!find_slot (self, series, id, &reading, &local))
    return end_of (local, error) ? g_steal_pointer (&samples) : NULL;
  if ((span_us == 0 && !read_traces (self, &reading, error)) || !read_means (self, &reading, error)
      || !read_polls (self, &reading, error))
    return NULL;
  g_array_sort (samples, compare_samples);
  return span_us == 0 ? g_steal_pointer (&samples) : rn_frame_samples_mean (samples, span_us);
}
