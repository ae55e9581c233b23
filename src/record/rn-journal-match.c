/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry fits a place when its content with that number, after some hash that stands near, gives
 * the hash that is stored with it. That cannot come about by chance. */
#include "record/rn-journal-match.h"

#include <string.h>

/* How far a number may have been moved. */
#define REACH 32

void
rn_journal_row_clear (RnJournalRow *self)
{
  g_clear_pointer (&self->entry.seat, g_free);
  g_clear_pointer (&self->entry.kind, g_free);
  g_clear_pointer (&self->entry.subject, g_free);
  g_clear_pointer (&self->entry.person, g_free);
  g_clear_pointer (&self->entry.body, g_free);
}

static gboolean
fits (const RnJournalRow *row, guint64 number, const guint8 *before)
{
  RnJournalEntry entry = row->entry;
  guint8 hash[RN_JOURNAL_HASH];

  if (!row->sound || number == 0)
    return FALSE;
  entry.sequence = number;
  rn_journal_chain_entry (&entry, before, hash);
  return memcmp (hash, row->entry.hash, RN_JOURNAL_HASH) == 0;
}

/* The number that @row had after the hash @before, whose entry had the number @last (0: not known);
 * 0: it did not follow that. */
static guint64
number_after (const RnJournalRow *row, const guint8 *before, guint64 last)
{
  guint64 claimed = row->entry.sequence;

  if (last > 0)
    return fits (row, last + 1, before) ? last + 1 : 0;
  if (fits (row, claimed, before))
    return claimed;
  for (guint64 i = 1; i <= REACH; i++)
    {
      if (fits (row, claimed + i, before))
        return claimed + i;
      if (claimed > i && fits (row, claimed - i, before))
        return claimed - i;
    }
  return 0;
}

/* Tries row @k after every other one, and after what stands before all of them. */
static void
search (RnJournalRow *rows, guint n, guint k, const guint8 *before, guint64 last)
{
  if (before != NULL)
    rows[k].original = number_after (&rows[k], before, last);
  for (guint i = 0; i < n && rows[k].original == 0; i++)
    if (i != k)
      rows[k].original = number_after (&rows[k], rows[i].entry.hash, rows[i].original);
}

void
rn_journal_match (RnJournalRow *rows, guint n, const guint8 *before, guint64 last,
                  gboolean thorough)
{
  for (guint k = 0; k < n; k++)
    {
      const RnJournalRow *previous = k > 0 ? &rows[k - 1] : NULL;

      /* what follows the one before it needs no search */
      if (previous != NULL)
        rows[k].original = previous->original > 0
                               ? number_after (&rows[k], previous->entry.hash, previous->original)
                           : fits (&rows[k], rows[k].entry.sequence, previous->entry.hash)
                               ? rows[k].entry.sequence
                               : 0;
      else
        rows[k].original = before != NULL ? number_after (&rows[k], before, last) : 0;
    }
  for (guint k = 0; thorough && k < n; k++)
    if (rows[k].original == 0)
      search (rows, n, k, before, last);
}
