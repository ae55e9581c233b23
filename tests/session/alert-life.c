/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk that lives fast, to be killed: made-up traffic, acts at random, and each state that was
 * shown as done on standard output.
 *
 *   alert-life run FOLDER BASE PRINT   BASE: entries in the journal so far; PRINT: of the state that
 *                                      has to come back, "-" any
 *     "restored PRINT"                 what came back; another than asked for ends with status 1
 *     "shown N PRINT"                  after N entries in all, on the disk
 *   alert-life check FOLDER N PRINT    the fold of the journal's first N entries has to give PRINT
 *                                      ("-": any); status 1 if not
 *     "folded TOTAL PRINT"             the fold of all
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alert-road.h"

#define SEAT "life"
#define RATE 600 /* of the made-up clock */
#define BEGIN_US G_GINT64_CONSTANT (1795000000000000)
#define MAX_WAITING 4 /* transactions */

static char *
dup_print (const RnAlertBook *book)
{
  g_autofree char *digest = rn_alert_book_dup_digest (book);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, digest, -1);
}

/* At once, also when it is killed next. */
static void
say (const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  if (write (STDOUT_FILENO, line, strlen (line)) < 0)
    exit (2);
}

/* ---- run ----------------------------------------------------------------------------------- */

typedef struct {
  RnClock *clock;
  RnAlertDesk *desk;
  Road *road;
  guint64 n;
  const char *expected;
  gboolean restored;
} Life;

static gint64
life_now_us (Life *life)
{
  return BEGIN_US + (rn_clock_now_us (life->clock) - BEGIN_US) * RATE;
}

static void
entries_cb (Life *life, GPtrArray *entries)
{
  g_autofree char *print = dup_print (life->desk->book);

  life->n += entries->len;
  if (life->desk->journal_state == RN_JOURNAL_ON && g_hash_table_size (life->desk->unrecorded) == 0)
    say ("shown %" G_GUINT64_FORMAT " %s\n", life->n, print);
}

static void
status_cb (Life *life)
{
  g_autofree char *print = NULL;

  if (life->restored || life->desk->loading != NULL)
    return;
  life->restored = TRUE;
  print = dup_print (life->desk->book);
  say ("restored %s\n", print);
  if (!g_str_equal (life->expected, "-") && !g_str_equal (life->expected, print))
    exit (1);
}

/* Jams that come, grow and go. */
static void
drive (Road *road)
{
  guint at = g_random_int_range (0, road->n);
  float to = g_random_int_range (0, 3) == 0 ? 0.2f : 0.95f;

  for (guint i = at; i < MIN (at + 4, road->n); i++)
    road->ratio[i] = to * (float) g_random_double_range (0.5, 1.0);
}

static void
act (RnAlertDesk *desk, const char *key)
{
  switch (g_random_int_range (0, 9))
    {
    case 0:
      rn_alert_desk_acknowledge (desk, key);
      break;
    case 1:
      rn_alert_desk_unacknowledge (desk, key);
      break;
    case 2:
      rn_alert_desk_note (desk, key, "patrol sent");
      break;
    case 3:
      rn_alert_desk_set_owner (desk, key, g_random_boolean () ? "wang" : NULL);
      break;
    case 4:
      rn_alert_desk_shelve (desk, key, "works", g_random_int_range (1, 3600) * RN_SECOND,
                            g_random_boolean ());
      break;
    case 5:
      rn_alert_desk_unshelve (desk, key);
      break;
    case 6:
      rn_alert_desk_set_out_of_service (desk, key, TRUE, "loop broken");
      break;
    case 7:
      rn_alert_desk_set_out_of_service (desk, key, FALSE, NULL);
      break;
    default:
      break;
    }
}

static gboolean
live_cb (gpointer data)
{
  Life *life = data;
  const GPtrArray *alerts = rn_alert_desk_get_alerts (life->desk);
  const RnFrame *frame;

  if (!life->restored || rn_alert_work_is_busy (life->desk->work)
      || g_queue_get_length (&life->desk->batches) > MAX_WAITING)
    return G_SOURCE_CONTINUE;
  if (alerts->len > 0 && g_random_boolean ())
    act (life->desk, ((RnAlert *) alerts->pdata[g_random_int_range (0, alerts->len)])->key);
  drive (life->road);
  frame = road_measure (life->road, life_now_us (life) - life->road->now_us);
  rn_alert_desk_step (life->desk, frame, life->road->now_us, NULL);
  return G_SOURCE_CONTINUE;
}

static int
run (const char *folder, guint64 base, const char *expected)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Life life = { .n = base, .expected = expected };

  life.clock = rn_clock_new_system ();
  life.desk = rn_alert_desk_new (life.clock);
  life.road = road_new (40, life_now_us (&life));
  life.desk->now_us = life.road->now_us;
  g_signal_connect_swapped (life.desk, "entries", G_CALLBACK (entries_cb), &life);
  g_signal_connect_swapped (life.desk, "status-changed", G_CALLBACK (status_cb), &life);
  rn_alert_desk_open (life.desk, folder, SEAT, NULL);
  g_timeout_add (1, live_cb, &life);
  g_main_loop_run (loop);
  return 0;
}

/* ---- check --------------------------------------------------------------------------------- */

typedef struct {
  GMainLoop *loop;
  GPtrArray *entries; /* RnJournalEntry */
} Reading;

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;
  g_autoptr (GError) error = NULL;

  reading->entries = rn_journal_load_finish (NULL, result, &error);
  if (error != NULL)
    g_printerr ("%s\n", error->message);
  g_main_loop_quit (reading->loop);
}

static gboolean
fold (RnAlertBook *book, const RnJournalEntry *from)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnAlertEntry) entry =
      rn_alert_entry_parse (from->kind, from->at_us, from->body, &error);

  if (entry != NULL && rn_alert_book_apply (book, entry, &error))
    return TRUE;
  g_printerr ("%" G_GUINT64_FORMAT " %s: %s\n", from->sequence, from->kind, error->message);
  return FALSE;
}

static gboolean
fold_all (GPtrArray *entries, guint64 n, const char *expected)
{
  g_autoptr (RnAlertBook) book = rn_alert_book_new ();
  g_autofree char *last = NULL;

  if (entries->len < n)
    {
      g_printerr ("%u entries, %" G_GUINT64_FORMAT " were shown\n", entries->len, n);
      return FALSE;
    }
  for (guint i = 0; i <= entries->len; i++)
    {
      g_autofree char *print = i == n ? dup_print (book) : NULL;

      if (print != NULL && !g_str_equal (expected, "-") && !g_str_equal (expected, print))
        {
          g_printerr ("after %" G_GUINT64_FORMAT " entries: %s\n", n, print);
          return FALSE;
        }
      if (i < entries->len && !fold (book, entries->pdata[i]))
        return FALSE;
    }
  last = dup_print (book);
  say ("folded %u %s\n", entries->len, last);
  return TRUE;
}

static int
check (const char *folder, guint64 n, const char *expected)
{
  g_autoptr (RnClock) clock = rn_clock_new_system ();
  g_autoptr (RnJournal) journal = rn_journal_new (folder, SEAT, NULL, clock);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Reading reading = { .loop = loop };
  gboolean good;

  rn_journal_load_async (journal, G_MININT64, NULL, loaded_cb, &reading);
  g_main_loop_run (loop);
  good = reading.entries != NULL && fold_all (reading.entries, n, expected);
  g_clear_pointer (&reading.entries, g_ptr_array_unref);
  rn_journal_close (journal);
  return good ? 0 : 1;
}

int
main (int argc, char **argv)
{
  if (argc == 5 && g_str_equal (argv[1], "run"))
    return run (argv[2], g_ascii_strtoull (argv[3], NULL, 10), argv[4]);
  if (argc == 5 && g_str_equal (argv[1], "check"))
    return check (argv[2], g_ascii_strtoull (argv[3], NULL, 10), argv[4]);
  g_printerr ("alert-life run|check FOLDER N PRINT\n");
  return 2;
}
