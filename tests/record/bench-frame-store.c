/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the history costs at 100,000 sections: CPU time of a poll on both threads, of packing an
 * hour, of reading a section's past, and bytes; beside the floor (copying and deflating the same
 * bytes) and the plain table with a row a value. Values move like traffic: slow waves and noise.
 * Prints lines of JSON; asserts nothing. */
#include <math.h>
#include <string.h>
#include <time.h>

#include <sqlite3.h>

#include "base/rn-gzip.h"
#include "help.h"

#define N 100000
#define HOURS 3
#define POLLS (HOURS * 120)

static gint64
cpu_us (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return now.tv_sec * RN_SECOND + now.tv_nsec / 1000;
}

static void
move (const RnFrame *frame, guint poll, GRand *random)
{
  float *speed = (float *) frame->speed_kmh, *flow = (float *) frame->flow_vph;

  for (guint i = 0; i < N; i++)
    {
      float wave = sinf ((float) poll / 40 + (float) (i % 1000) / 30);
      guint32 noise = g_rand_int (random);

      speed[i] = 85 + 25 * wave + (float) (noise & 0xff) / 64;
      flow[i] = 2500 - 1200 * wave + (float) (noise >> 8 & 0xff);
    }
}

static gint64
time_floor (const RnFrame *frame)
{
  g_autofree guint8 *bytes = g_malloc ((gsize) N * 3);
  gint64 start_us = cpu_us (CLOCK_THREAD_CPUTIME_ID);
  const guint runs = 10;

  for (guint r = 0; r < runs; r++)
    {
      g_autoptr (GBytes) plain = NULL;
      g_autoptr (GBytes) packed = NULL;

      for (guint i = 0; i < N; i++)
        {
          bytes[i] = (guint8) frame->speed_kmh[i];
          bytes[N + i] = (guint8) (frame->flow_vph[i] / 40);
          bytes[2 * N + i] = frame->state[i];
        }
      plain = g_bytes_new_static (bytes, (gsize) N * 3);
      packed = rn_gzip_deflate (plain, 1);
      g_assert_nonnull (packed);
    }
  return (cpu_us (CLOCK_THREAD_CPUTIME_ID) - start_us) / runs;
}

/* One poll into (section, at, speed, flow, state). */
static gint64
time_table (const RnFrame *frame, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "table.db", NULL);
  sqlite3 *db = NULL;
  sqlite3_stmt *put = NULL;
  const gint64 runs = 5;
  gint64 start_us;

  sqlite3_open (path, &db);
  sqlite3_exec (db,
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE value "
                "(section INTEGER, at_us INTEGER, speed REAL, flow REAL, state INTEGER, "
                "PRIMARY KEY (section, at_us)) WITHOUT ROWID",
                NULL, NULL, NULL);
  sqlite3_prepare_v2 (db, "INSERT INTO value VALUES (?, ?, ?, ?, ?)", -1, &put, NULL);
  start_us = cpu_us (CLOCK_THREAD_CPUTIME_ID);
  for (gint64 r = 0; r < runs; r++)
    {
      sqlite3_exec (db, "BEGIN", NULL, NULL, NULL);
      for (guint i = 0; i < N; i++)
        {
          sqlite3_bind_int64 (put, 1, i);
          sqlite3_bind_int64 (put, 2, r);
          sqlite3_bind_double (put, 3, (double) frame->speed_kmh[i]);
          sqlite3_bind_double (put, 4, (double) frame->flow_vph[i]);
          sqlite3_bind_int (put, 5, frame->state[i]);
          sqlite3_step (put);
          sqlite3_reset (put);
        }
      sqlite3_exec (db, "COMMIT", NULL, NULL, NULL);
    }
  start_us = (cpu_us (CLOCK_THREAD_CPUTIME_ID) - start_us) / runs;
  sqlite3_finalize (put);
  sqlite3_close (db);
  return start_us;
}

static gint64
ask (const char *folder, const char *sql)
{
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 number;

  sqlite3_open (path, &db);
  sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);
  sqlite3_step (statement);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return number;
}

/* Of an hour as it was found: a day at full resolution and a month of means. */
static void
print_sizes (const char *folder)
{
  gint64 hours = ask (folder, "SELECT count (DISTINCT hour) FROM mean");
  gint64 trace = ask (folder, "SELECT sum (length (data)) FROM trace") / hours;
  gint64 mean = ask (folder, "SELECT sum (length (data)) FROM mean") / hours;

  g_print ("{\"bench\": \"frame-store-size\", \"trace_bytes_an_hour\": %" G_GINT64_FORMAT
           ", \"mean_bytes_an_hour\": %" G_GINT64_FORMAT ", \"gib_30_days\": %.2f}\n",
           trace, mean, (double) (24 * trace + 720 * mean) / (1 << 30));
}

static gint64
time_load (RnFrameStore *store, gint64 from_us, gint64 span_us, guint *n)
{
  gint64 start_us = g_get_monotonic_time ();

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GArray) samples = help_load (store, i * 4999, from_us, G_MAXINT64, span_us);

      *n = samples->len;
    }
  return (g_get_monotonic_time () - start_us) / 20;
}

int
main (void)
{
  g_autofree char *folder = help_folder ();
  g_autoptr (RnNetwork) network = help_network (0, N);
  g_autoptr (RnFrameStore) store = help_store (folder, NULL);
  g_autoptr (RnFrame) frame = help_frame (network, HELP_T0, 60);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  gint64 main_us = 0, poll_us = 0, pack_us = 0, worst_us = 0, floor_us, table_us;
  guint64 bytes_hour = 0;
  guint n_fine, n_mean;
  gint64 fine_us, mean_us;

  for (guint i = 0; i < POLLS; i++)
    {
      gint64 all_us, start_us;

      g_clear_pointer (&frame, rn_frame_unref);
      frame = help_frame (network, HELP_T0 + i * 30 * RN_SECOND, 60);
      move (frame, i, random);
      all_us = cpu_us (CLOCK_PROCESS_CPUTIME_ID);
      start_us = cpu_us (CLOCK_THREAD_CPUTIME_ID);
      rn_frame_store_add (store, frame, 0, "test");
      main_us += cpu_us (CLOCK_THREAD_CPUTIME_ID) - start_us;
      help_settle (store);
      if (i == 0)
        continue; /* 100,000 keys are new */
      if (i % 120 != 0)
        {
          poll_us += cpu_us (CLOCK_PROCESS_CPUTIME_ID) - all_us;
          worst_us = MAX (worst_us, cpu_us (CLOCK_PROCESS_CPUTIME_ID) - all_us);
          continue;
        }
      for (guint k = 0; k < 30; k++) /* one step of packing between two messages */
        help_settle (store);
      pack_us += cpu_us (CLOCK_PROCESS_CPUTIME_ID) - all_us;
      bytes_hour = rn_frame_store_get_status (store)->bytes / (i / 120);
    }
  main_us /= POLLS;
  poll_us /= POLLS - HOURS;
  pack_us /= HOURS - 1;
  floor_us = time_floor (frame);
  table_us = time_table (frame, folder);
  g_print ("{\"bench\": \"frame-store\", \"sections\": %d, \"polls\": %d, \"poll_cpu_us\": %" G_GINT64_FORMAT
           ", \"main_thread_us\": %" G_GINT64_FORMAT ", \"worst_poll_cpu_us\": %" G_GINT64_FORMAT
           ", \"ratio_to_copy_and_deflate\": %.2f, \"ratio_to_row_a_value\": %.3f}\n",
           N, POLLS, poll_us, main_us, worst_us, (double) poll_us / (double) floor_us,
           (double) poll_us / (double) table_us);
  g_print ("{\"bench\": \"frame-store-pack\", \"sections\": %d, \"hour_cpu_us\": %" G_GINT64_FORMAT
           ", \"bytes_an_hour\": %" G_GUINT64_FORMAT ", \"bytes_a_value\": %.2f}\n",
           N, pack_us, bytes_hour, (double) bytes_hour / (120.0 * N));
  fine_us = time_load (store, HELP_T0, 0, &n_fine);
  mean_us = time_load (store, HELP_T0, 300 * RN_SECOND, &n_mean);
  g_print ("{\"bench\": \"frame-store-load\", \"samples\": %u, \"load_us\": %" G_GINT64_FORMAT
           ", \"means\": %u, \"load_means_us\": %" G_GINT64_FORMAT "}\n",
           n_fine, fine_us, n_mean, mean_us);
  g_clear_object (&store);
  print_sizes (folder);
  help_remove (g_steal_pointer (&folder));
  return 0;
}
