/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A million entries: how long they take to be written, opened, loaded and verified. */
#include "help-journal.h"
#include "record/rn-journal-verify.h"

#define MILLION 1000000
#define TOGETHER 1000

static gint64
since_ms (gint64 *begin_us)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 ms = (now_us - *begin_us) / 1000;

  *begin_us = now_us;
  return ms;
}

/* One after the other, each waited for: what an operator's act takes. */
static void
time_single (HelpJournal *self)
{
  gint64 begin_us = g_get_monotonic_time ();

  for (guint i = 0; i < 200; i++)
    {
      help_journal_append (self, 1);
      help_journal_wait_committed (self);
    }
  g_print ("an append to the disk and back: %.1f ms\n", (double) since_ms (&begin_us) / 200);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = help_folder ();
  g_autofree char *path = help_journal_path (folder);
  HelpJournal *self = help_journal_new (folder, "A", "secret");
  g_autoptr (RnJournalVerdict) verdict = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GBytes) key = g_bytes_new_static ("secret", 6);
  gint64 begin_us;

  time_single (self);
  begin_us = g_get_monotonic_time ();
  for (guint i = 0; i < MILLION / TOGETHER; i++)
    {
      help_journal_append (self, TOGETHER);
      rn_clock_advance (self->clock, 30 * RN_SECOND);
      if (i % 50 == 49)
        help_journal_wait_committed (self);
    }
  help_journal_wait_committed (self);
  g_print ("a million written, %d a transaction: %" G_GINT64_FORMAT " ms\n", TOGETHER,
           since_ms (&begin_us));
  help_journal_free (self);
  since_ms (&begin_us);
  self = help_journal_new (folder, "A", "secret");
  help_journal_wait_state (self, RN_JOURNAL_ON);
  g_print ("opened: %" G_GINT64_FORMAT " ms\n", since_ms (&begin_us));
  entries = help_journal_load (self, HELP_T0 + (gint64) (MILLION / TOGETHER - 10) * 30 * RN_SECOND);
  g_print ("the last %u loaded: %" G_GINT64_FORMAT " ms\n", entries->len, since_ms (&begin_us));
  g_clear_pointer (&entries, g_ptr_array_unref);
  since_ms (&begin_us);
  entries = help_journal_load (self, 0);
  g_print ("all %u loaded: %" G_GINT64_FORMAT " ms\n", entries->len, since_ms (&begin_us));
  g_clear_pointer (&entries, g_ptr_array_unref);
  since_ms (&begin_us);
  verdict = rn_journal_verify (folder, key, NULL);
  g_print ("verified, %u faults: %" G_GINT64_FORMAT " ms\n", (guint) verdict->n_faults,
           since_ms (&begin_us));
  help_journal_free (self);
  help_remove (g_steal_pointer (&folder));
  return 0;
}
