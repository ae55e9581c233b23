/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the file is opened, tried again or given up, and what becomes of polls meanwhile. The file
 * is closed at any failure and opened anew for the next try, so that no half-broken state is
 * carried along. */
#include "record/rn-frame-keeper.h"

#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "record/rn-record-thread.h"

#define RETRY_US (5 * RN_SECOND)
#define POLL_OVERHEAD 256
#define MAX_SET_ASIDE 3 /* files of one run: a disk that damages them all is not fed for ever */

/* Sections keep their slots; a segment is 4096 slots, a block 256. Data are described in
 * rn-frame-code.h. hour: begin of the hour, Unix µs. */
static const RnDatabaseKind kind = {
  .name = "history",
  .application_id = 0x524e4873, /* "RNHs" */
  .version = 1,
  .elsewhere = N_("another seat writes the history"),
  .schema =
      "CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
      " aged_us INTEGER NOT NULL DEFAULT 0, packed_us INTEGER NOT NULL DEFAULT 0);"
      "CREATE TABLE section (source INTEGER NOT NULL, id TEXT NOT NULL, slot INTEGER NOT NULL,"
      " PRIMARY KEY (source, id)) WITHOUT ROWID;"
      "CREATE TABLE poll (source INTEGER NOT NULL, segment INTEGER NOT NULL,"
      " at_us INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (source, segment, at_us));"
      "CREATE INDEX poll_by_time ON poll (at_us);"
      "CREATE TABLE trace (source INTEGER NOT NULL, block INTEGER NOT NULL,"
      " hour INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (source, block, hour));"
      "CREATE INDEX trace_by_hour ON trace (hour);"
      "CREATE TABLE mean (source INTEGER NOT NULL, block INTEGER NOT NULL,"
      " hour INTEGER NOT NULL, first_us INTEGER NOT NULL, data BLOB NOT NULL,"
      " PRIMARY KEY (source, block, hour));"
      "CREATE INDEX mean_by_hour ON mean (hour)",
};

void
rn_frame_poll_free (RnFramePoll *self)
{
  g_free (self->series);
  rn_network_unref (self->network);
  rn_frame_columns_clear (&self->columns);
  g_free (self);
}

void
rn_series_free (RnSeries *self)
{
  g_clear_pointer (&self->network, rn_network_unref);
  g_free (self->slots);
  g_free (self);
}

gint64
rn_frame_keeper_hour (gint64 at_us)
{
  return at_us - (at_us % RN_HOUR_US + RN_HOUR_US) % RN_HOUR_US;
}

/* ---- state --------------------------------------------------------------------------------- */

static void
report (RnFrameKeeper *self)
{
  self->status.pending = self->pending.length;
  self->report (&self->status, self->report_data);
}

static void
set_state (RnFrameKeeper *self, RnFrameStoreState state, const GError *reason)
{
  self->status.state = state;
  g_free (self->status.reason);
  self->status.reason = reason != NULL ? g_strdup (reason->message) : NULL;
}

static void
close_file (RnFrameKeeper *self)
{
  g_clear_pointer (&self->db, rn_database_close);
  g_hash_table_remove_all (self->series);
}

/* @error: why there is no writing; what waits is tried again later. */
static void
give_up_for_now (RnFrameKeeper *self, const GError *error)
{
  gboolean elsewhere = g_error_matches (error, RN_RECORD_ERROR, RN_RECORD_ERROR_ELSEWHERE);

  set_state (self, elsewhere ? RN_FRAME_STORE_ELSEWHERE : RN_FRAME_STORE_OFF, error);
  self->next_try_us = g_get_monotonic_time () + RETRY_US;
}

/* TRUE when the file can be written. Else it may be open for reading, and the status says why. */
static gboolean
ensure_open (RnFrameKeeper *self)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GError) error = NULL;

  if (self->db != NULL && rn_database_can_write (self->db))
    return TRUE;
  if (g_get_monotonic_time () < self->next_try_us)
    return FALSE;
  close_file (self);
  self->db = rn_database_open (self->folder, &kind, &reason, &self->status.set_aside, &error);
  if (self->db == NULL)
    give_up_for_now (self, reason != NULL ? reason : error);
  else if (!rn_database_can_write (self->db))
    give_up_for_now (self, reason);
  else
    {
      set_state (self, RN_FRAME_STORE_ON, NULL);
      self->untidy = TRUE;
      return rn_frame_keeper_measure (self, NULL);
    }
  if (self->db != NULL)
    rn_frame_keeper_measure (self, NULL);
  return FALSE;
}

/* After a failure in the midst of work: a damaged file makes room for a new one at once. */
static void
handle_failure (RnFrameKeeper *self, const GError *error)
{
  g_autoptr (GError) local = NULL;
  char *aside;

  g_hash_table_remove_all (self->series);
  if (g_error_matches (error, RN_RECORD_ERROR, RN_RECORD_ERROR_DAMAGED)
      && rn_database_can_write (self->db) && self->n_set_aside < MAX_SET_ASIDE)
    {
      self->n_set_aside++;
      aside = rn_database_set_aside (self->db, &local);
      close_file (self);
      if (aside == NULL)
        give_up_for_now (self, local);
      else
        {
          g_free (self->status.set_aside);
          self->status.set_aside = aside;
          self->next_try_us = 0;
        }
      return;
    }
  close_file (self);
  give_up_for_now (self, error);
}

/* ---- polls --------------------------------------------------------------------------------- */

static gsize
poll_bytes (const RnFramePoll *poll)
{
  return (gsize) poll->columns.n * 3 + POLL_OVERHEAD;
}

static void
drop_first (RnFrameKeeper *self)
{
  RnFramePoll *poll = g_queue_pop_head (&self->pending);

  self->pending_bytes -= poll_bytes (poll);
  rn_frame_poll_free (poll);
}

/* Writes what waits, oldest first, as far as it goes. */
static void
flush (RnFrameKeeper *self)
{
  while (self->pending.length > 0 && ensure_open (self))
    {
      g_autoptr (GError) error = NULL;

      if (rn_frame_keeper_write (self, g_queue_peek_head (&self->pending), &error)
          && rn_frame_keeper_hold_bound (self, &error) && rn_frame_keeper_measure (self, &error))
        drop_first (self);
      else
        handle_failure (self, error);
    }
  /* the other seat keeps the same */
  while (self->status.state == RN_FRAME_STORE_ELSEWHERE && self->pending.length > 0)
    drop_first (self);
  while (self->pending_bytes > self->limits.max_pending_bytes)
    {
      drop_first (self);
      self->status.dropped++;
    }
}

void
rn_frame_keeper_take (RnFrameKeeper *self, RnFramePoll *poll)
{
  g_return_if_fail (rn_record_thread_is_current ());
  g_queue_push_tail (&self->pending, poll);
  self->pending_bytes += poll_bytes (poll);
  flush (self);
  report (self);
}

GArray *
rn_frame_keeper_load (RnFrameKeeper *self, const char *series, const char *id, gint64 from_us,
                      gint64 until_us, gint64 span_us, GError **error)
{
  GError *local = NULL;
  GArray *samples = NULL;

  g_return_val_if_fail (rn_record_thread_is_current (), NULL);
  if (!ensure_open (self) && self->db == NULL)
    {
      g_set_error_literal (error, RN_RECORD_ERROR, RN_RECORD_ERROR_FAILED, self->status.reason);
      return NULL;
    }
  samples = rn_frame_keeper_read (self, series, id, from_us, until_us, span_us, &local);
  if (samples == NULL)
    {
      handle_failure (self, local);
      g_propagate_error (error, local);
    }
  report (self);
  return samples;
}

static gint64
wait_for_retry (RnFrameKeeper *self)
{
  return MAX (self->next_try_us - g_get_monotonic_time (), 1);
}

gint64
rn_frame_keeper_idle (RnFrameKeeper *self)
{
  g_autoptr (GError) error = NULL;

  if (!ensure_open (self))
    {
      report (self);
      return wait_for_retry (self);
    }
  if (self->pending.length > 0)
    flush (self);
  else if (self->untidy && !rn_frame_keeper_tidy (self, &error))
    handle_failure (self, error);
  else if (self->untidy)
    return 0;
  report (self);
  return self->status.state == RN_FRAME_STORE_ON && self->db != NULL ? -1 : wait_for_retry (self);
}

/* ---- life ---------------------------------------------------------------------------------- */

void
rn_frame_keeper_set_limits (RnFrameKeeper *self, const RnFrameStoreLimits *limits)
{
  self->limits = *limits;
  self->limits.max_bytes = MAX (limits->max_bytes, 1 << 20);
  self->limits.days = MAX (limits->days, 1);
  self->untidy = TRUE;
}

RnFrameKeeper *
rn_frame_keeper_new (const char *folder, const RnFrameStoreLimits *limits,
                     RnKeeperReport report_func, gpointer report_data,
                     GDestroyNotify free_report_data)
{
  RnFrameKeeper *self = g_new0 (RnFrameKeeper, 1);

  self->folder = g_strdup (folder);
  rn_frame_keeper_set_limits (self, limits);
  self->series =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) rn_series_free);
  g_queue_init (&self->pending);
  self->status.path = g_strdup_printf ("%s/%s.db", folder, kind.name);
  self->report = report_func;
  self->report_data = report_data;
  self->free_report_data = free_report_data;
  return self;
}

void
rn_frame_keeper_free (RnFrameKeeper *self)
{
  self->next_try_us = 0; /* a last try */
  flush (self);
  report (self);
  close_file (self);
  g_queue_clear_full (&self->pending, (GDestroyNotify) rn_frame_poll_free);
  g_hash_table_unref (self->series);
  g_free (self->status.reason);
  g_free (self->status.path);
  g_free (self->status.set_aside);
  self->free_report_data (self->report_data);
  g_free (self->folder);
  g_free (self);
}
