/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One walk over all entries. While each follows the one before, that is all; where one does not, a
 * stretch of entries is gathered and matched (rn-journal-match.h), and what is wrong is read from
 * the numbers that they had. Anchors are compared with the hashes of those numbers. */
#include "record/rn-journal-verify.h"

#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-json.h"
#include "base/rn-text.h"
#include "record/rn-journal-match.h"

/* Stretches that are searched thoroughly: a file that is wrong all over is not worth hours. */
#define MAX_SEARCHES 200

typedef struct {
  RnJournalVerdict *verdict;
  GBytes *key;
  char *key_id;
  GPtrArray *anchors, *heads; /* of RnJournalReader; NULL: cannot be read */
  guint n_searches;
  /* of the seat that is walked */
  RnJournalSeat *seat; /* NULL none yet */
  guint8 before[RN_JOURNAL_HASH];
  guint64 last;           /* the number that the entry before was written with */
  guint64 claimed;        /* the number that it has */
  guint64 known;          /* how many entries there have been, as the head and the anchors know */
  guint64 n_faults_began; /* of the verdict, when the seat began */
  gboolean recounted;     /* an anchor did not fit, and was told */
  GHashTable *by_number;  /* sequence → GPtrArray of RnJournalAnchor */
  RnJournalRow rows[RN_JOURNAL_STRETCH];
  guint n_rows;
} Walk;

const char *
rn_journal_fault_word (RnJournalFaultKind kind)
{
  static const char *const words[RN_N_JOURNAL_FAULTS] = {
    [RN_JOURNAL_CHANGED] = "changed",
    [RN_JOURNAL_MISSING] = "missing",
    [RN_JOURNAL_INSERTED] = "inserted",
    [RN_JOURNAL_REORDERED] = "reordered",
    [RN_JOURNAL_RECOUNTED] = "recounted",
    [RN_JOURNAL_ANCHOR_MISSING] = "anchor-missing",
    [RN_JOURNAL_ANCHOR_FORGED] = "anchor-forged",
    [RN_JOURNAL_HEAD_FORGED] = "head-forged",
    [RN_JOURNAL_OTHER_KEY] = "other-key",
    [RN_JOURNAL_UNKEYED] = "unkeyed",
    [RN_JOURNAL_TOLD] = "told",
    [RN_JOURNAL_UNREADABLE] = "unreadable",
  };

  return words[kind];
}

/* ---- faults -------------------------------------------------------------------------------- */

static void
fault_free (gpointer data)
{
  RnJournalFault *self = data;

  g_free (self->seat);
  g_free (self->cause);
  g_free (self);
}

static void
seat_free (gpointer data)
{
  RnJournalSeat *self = data;

  g_free (self->seat);
  g_free (self);
}

/* Takes @cause. */
static void
add_fault (Walk *walk, RnJournalFaultKind kind, const char *seat, guint64 sequence, guint64 until,
           guint64 anchor, char *cause)
{
  RnJournalVerdict *verdict = walk->verdict;
  RnJournalFault *fault;

  verdict->n_faults++;
  if (verdict->faults->len >= RN_JOURNAL_MAX_FAULTS)
    {
      g_free (cause);
      return;
    }
  fault = g_new (RnJournalFault, 1);
  *fault = (RnJournalFault){ .kind = kind,
                             .seat = g_strdup (seat),
                             .sequence = sequence,
                             .until = until,
                             .anchor = anchor,
                             .cause = cause };
  g_ptr_array_add (verdict->faults, fault);
}

static void
add_entry_fault (Walk *walk, RnJournalFaultKind kind, guint64 sequence, char *cause)
{
  add_fault (walk, kind, walk->seat->seat, sequence, sequence, 0, cause);
}

static void
add_missing (Walk *walk, const char *seat, guint64 from, guint64 until, gboolean at_end)
{
  guint64 n = until - from + 1;
  g_autofree char *count = rn_text_count ((gint64) n);

  add_fault (walk, RN_JOURNAL_MISSING, seat, from, until, 0,
             at_end ? g_strdup_printf (ngettext ("%s entry is missing at the end",
                                                 "%s entries are missing at the end", n),
                                       count)
                    : g_strdup_printf (
                        ngettext ("%s entry is missing", "%s entries are missing", n), count));
}

/* What stands behind the end is told there (end_seat()). */
static void
add_changed (Walk *walk, const RnJournalRow *row)
{
  if (walk->known > 0 && row->entry.sequence > walk->known)
    return;
  add_entry_fault (walk, RN_JOURNAL_CHANGED, row->entry.sequence,
                   g_strdup (row->sound
                                 ? _("the entry is not as it was written: its hash does not fit")
                                 : _("the entry has a value that the journal never writes")));
}

static void
add_inserted (Walk *walk, guint64 sequence)
{
  add_entry_fault (walk, RN_JOURNAL_INSERTED, sequence,
                   g_strdup (_("the journal never wrote this entry")));
}

static void
add_reordered (Walk *walk, const RnJournalRow *row)
{
  add_entry_fault (
      walk, RN_JOURNAL_REORDERED, row->entry.sequence,
      g_strdup_printf (_("the entry was written as number %" G_GUINT64_FORMAT), row->original));
}

/* ---- what the journal says of itself --------------------------------------------------------- */

static JsonNode *
parse_body (const char *body)
{
  g_autoptr (GBytes) bytes =
      g_bytes_new (body != NULL ? body : "", body != NULL ? strlen (body) : 0);

  return rn_json_parse (bytes, NULL);
}

static void
read_own (Walk *walk, const RnJournalEntry *entry)
{
  g_autoptr (JsonNode) root = parse_body (entry->body);
  RnJson body = rn_json_root (root);
  RnJson aside = rn_json_member (&body, "set_aside");
  RnJson dropped = rn_json_member (&body, "entries");
  const char *name = rn_json_opt_string (&aside, NULL);

  if (strcmp (entry->kind, RN_JOURNAL_KIND_MISMATCH) == 0)
    add_entry_fault (
        walk, RN_JOURNAL_TOLD, entry->sequence,
        g_strdup_printf (_("the journal noticed here that it did not end where it had "
                            "been left: %s"),
                         entry->body != NULL ? entry->body : ""));
  else if (strcmp (entry->kind, RN_JOURNAL_KIND_BEGUN) == 0 && name != NULL)
    g_ptr_array_add (walk->verdict->aside, g_strdup (name));
  else if (strcmp (entry->kind, RN_JOURNAL_KIND_DROPPED) == 0)
    walk->verdict->dropped += (guint64) rn_json_opt_integer (&dropped, 0, G_MAXINT64, 0, NULL);
}

/* ---- one genuine entry ---------------------------------------------------------------------- */

/* @original: the number it was written with. */
static void
check_anchors (Walk *walk, guint64 original, const guint8 *hash)
{
  const GPtrArray *anchors = g_hash_table_lookup (walk->by_number, &original);

  for (guint i = 0; anchors != NULL && i < anchors->len; i++)
    {
      const RnJournalAnchor *anchor = g_ptr_array_index (anchors, i);

      walk->seat->anchored = MAX (walk->seat->anchored, original);
      if (memcmp (anchor->head, hash, RN_JOURNAL_HASH) == 0 || walk->recounted)
        continue;
      walk->recounted = TRUE;
      add_fault (
          walk, RN_JOURNAL_RECOUNTED, walk->seat->seat, original, original, anchor->number,
          g_strdup (_("the anchor was made over other entries: some up to here were changed, "
                       "and the chain was made anew")));
    }
}

static void
go_on_from (Walk *walk, const RnJournalEntry *entry, guint64 original)
{
  walk->last = original;
  walk->claimed = entry->sequence;
  memcpy (walk->before, entry->hash, RN_JOURNAL_HASH);
}

/* ---- a stretch where the chain breaks --------------------------------------------------------- */

/* The same where those that fit before and after have kept their numbers: so have these. */
static void
judge_in_place (Walk *walk, guint from, guint until, guint64 shift, guint64 a)
{
  for (guint i = from; i < until; i++)
    {
      guint64 number = walk->rows[i].entry.sequence - shift;

      if (number > a + 1) /* then it cannot be checked: what it followed is not there */
        add_missing (walk, walk->seat->seat, a + 1, number - 1, FALSE);
      else
        add_changed (walk, &walk->rows[i]);
      a = number;
    }
}

/* Entries @from to before @until do not fit; before them stands one with the number @a, which has
 * been moved by @shift, after them one with @b. */
static void
judge_between (Walk *walk, guint from, guint until, guint64 shift, guint64 a, guint64 b)
{
  guint64 n_rows = until - from;
  guint64 n_numbers = b - a - 1;

  if (walk->rows[until].entry.sequence - shift == b)
    {
      judge_in_place (walk, from, until, shift, a);
      return;
    }
  if (n_numbers == n_rows)
    add_reordered (walk, &walk->rows[until]); /* all from here on have been given other numbers */
  if (n_numbers > n_rows)
    {
      add_missing (walk, walk->seat->seat, a + 1, b - 1 - n_rows, FALSE);
      from++;
      n_numbers = n_rows;
    }
  for (guint i = from; i < until; i++)
    if (i - from < n_numbers)
      add_changed (walk, &walk->rows[i]);
    else
      add_inserted (walk, walk->rows[i].entry.sequence);
}

static gboolean
is_rising (const Walk *walk)
{
  guint64 last = walk->last;

  for (guint i = 0; i < walk->n_rows; i++)
    {
      guint64 original = walk->rows[i].original;

      if (original > 0 && original <= last)
        return FALSE;
      last = MAX (last, original);
    }
  return TRUE;
}

/* Some stand where others stood. Returns the highest number. */
static guint64
judge_moved (Walk *walk)
{
  guint64 shift = walk->claimed - walk->last; /* wraps round */
  guint64 highest = walk->last;

  for (guint i = 0; i < walk->n_rows; i++)
    {
      const RnJournalRow *row = &walk->rows[i];

      if (row->original == 0)
        add_changed (walk, row);
      else if (row->original != row->entry.sequence - shift)
        add_reordered (walk, row);
      highest = MAX (highest, row->original);
    }
  return highest;
}

/* Returns the number of the last of the stretch. */
static guint64
judge_rising (Walk *walk)
{
  guint64 shift = walk->claimed - walk->last; /* wraps round */
  guint64 last = walk->last;
  guint from = 0;

  for (guint i = 0; i < walk->n_rows; i++)
    if (walk->rows[i].original > 0)
      {
        judge_between (walk, from, i, shift, last, walk->rows[i].original);
        last = walk->rows[i].original;
        shift = walk->rows[i].entry.sequence - last;
        from = i + 1;
      }
  if (from == walk->n_rows)
    return last;
  /* the stretch, or the seat, ends before one fits: the numbers that stand there must do */
  judge_in_place (walk, from, walk->n_rows, shift, last);
  return walk->rows[walk->n_rows - 1].entry.sequence - shift;
}

static void
judge_stretch (Walk *walk)
{
  guint n = walk->n_rows;
  guint64 last;

  if (n == 0)
    return;
  rn_journal_match (walk->rows, n, walk->before, walk->last, walk->n_searches++ < MAX_SEARCHES);
  last = is_rising (walk) ? judge_rising (walk) : judge_moved (walk);
  for (guint i = 0; i < n; i++)
    if (walk->rows[i].original > 0)
      check_anchors (walk, walk->rows[i].original, walk->rows[i].entry.hash);
  go_on_from (walk, &walk->rows[n - 1].entry, last);
  for (guint i = 0; i < n; i++)
    rn_journal_row_clear (&walk->rows[i]);
  walk->n_rows = 0;
}

static void
add_row (Walk *walk, const RnJournalEntry *entry, gboolean sound)
{
  RnJournalRow *row = &walk->rows[walk->n_rows++];

  row->entry = *entry;
  row->entry.seat = g_strdup (entry->seat);
  row->entry.kind = g_strdup (entry->kind);
  row->entry.subject = g_strdup (entry->subject);
  row->entry.person = g_strdup (entry->person);
  row->entry.body = g_strdup (entry->body);
  row->sound = sound;
  row->original = 0;
}

/* ---- seals --------------------------------------------------------------------------------- */

/* Whether a seal with @key_id can be made anew here. */
static gboolean
can_seal (const Walk *walk, const char *key_id)
{
  return key_id == NULL || g_strcmp0 (key_id, walk->key_id) == 0;
}

static void
check_other_key (Walk *walk, const RnJournalAnchor *anchor, GHashTable *told)
{
  if (walk->key == NULL)
    walk->verdict->unchecked++;
  else if (g_hash_table_add (told, anchor->key_id))
    add_fault (walk, RN_JOURNAL_OTHER_KEY, anchor->seat, anchor->sequence, anchor->sequence,
               anchor->number, g_strdup (_("the anchor was made with another key")));
}

static void
check_seals (Walk *walk)
{
  static const guint8 zeros[RN_JOURNAL_HASH];
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  const guint8 *before = zeros;
  guint64 last = 0;
  guint8 seal[RN_JOURNAL_HASH];

  for (guint i = 0; i < walk->anchors->len; i++)
    {
      const RnJournalAnchor *anchor = g_ptr_array_index (walk->anchors, i);

      walk->verdict->unkeyed += anchor->key_id == NULL;
      if (anchor->number != last + 1)
        add_fault (walk, RN_JOURNAL_ANCHOR_MISSING, NULL, 0, 0, last + 1,
                   g_strdup (_("anchors are missing from this number on")));
      if (!can_seal (walk, anchor->key_id))
        check_other_key (walk, anchor, told);
      else if (anchor->number == last + 1)
        {
          rn_journal_chain_anchor (anchor, before, walk->key, seal);
          if (memcmp (seal, anchor->seal, RN_JOURNAL_HASH) != 0)
            add_fault (walk, RN_JOURNAL_ANCHOR_FORGED, anchor->seat, anchor->sequence,
                       anchor->sequence, anchor->number,
                       g_strdup (_("the seal does not fit the anchor and the one before it")));
        }
      last = anchor->number;
      before = anchor->seal;
    }
}

static void
check_head_seal (Walk *walk, const RnJournalHead *head)
{
  guint8 seal[RN_JOURNAL_HASH];

  if (walk->key != NULL && head->key_id == NULL)
    add_fault (
        walk, RN_JOURNAL_UNKEYED, head->seat, head->sequence, head->sequence, 0,
        g_strdup (_("the end of the journal is sealed without a key: anybody could have done "
                     "that")));
  if (!can_seal (walk, head->key_id))
    {
      if (walk->key != NULL)
        add_fault (walk, RN_JOURNAL_OTHER_KEY, head->seat, head->sequence, head->sequence, 0,
                   g_strdup (_("the end of the journal is sealed with another key")));
      return;
    }
  rn_journal_chain_head (head, walk->key, seal);
  if (memcmp (seal, head->seal, RN_JOURNAL_HASH) != 0)
    add_fault (walk, RN_JOURNAL_HEAD_FORGED, head->seat, head->sequence, head->sequence, 0,
               g_strdup (_("the seal at the end of the journal does not fit")));
}

/* What the heads know of anchors: how many there are. */
static void
check_anchor_count (Walk *walk)
{
  guint n = walk->anchors->len;
  const RnJournalAnchor *last = n > 0 ? g_ptr_array_index (walk->anchors, n - 1) : NULL;
  guint64 expected = 0, found = last != NULL ? last->number : 0;

  for (guint i = 0; i < walk->heads->len; i++)
    expected = MAX (expected, ((RnJournalHead *) g_ptr_array_index (walk->heads, i))->anchors);
  if (found < expected)
    add_fault (walk, RN_JOURNAL_ANCHOR_MISSING, NULL, 0, 0, found + 1,
               g_strdup_printf (_("the last anchor was number %" G_GUINT64_FORMAT
                                   ", but those from %" G_GUINT64_FORMAT " on are missing"),
                                expected, found + 1));
  else if (found > expected && walk->heads->len > 0)
    add_fault (walk, RN_JOURNAL_ANCHOR_FORGED, last->seat, last->sequence, last->sequence, found,
               g_strdup (_("the journal never wrote this anchor")));
  else if (walk->key != NULL && last != NULL && last->key_id == NULL)
    add_fault (walk, RN_JOURNAL_UNKEYED, last->seat, last->sequence, last->sequence, last->number,
               g_strdup (_("the last anchor has no key: anybody could have made it")));
  walk->verdict->anchors = n;
  walk->verdict->anchor_us = last != NULL ? last->at_us : 0;
}

/* ---- seats --------------------------------------------------------------------------------- */

static const RnJournalHead *
find_head (const Walk *walk, const char *seat)
{
  for (guint i = 0; i < walk->heads->len; i++)
    {
      const RnJournalHead *head = g_ptr_array_index (walk->heads, i);

      if (strcmp (head->seat, seat) == 0)
        return head;
    }
  return NULL;
}

/* How many entries of @seat there have been, as its head and its anchors know. */
static guint64
count_known (const Walk *walk, const char *seat)
{
  const RnJournalHead *head = find_head (walk, seat);
  guint64 known = head != NULL ? head->sequence : 0;

  for (guint i = 0; i < walk->anchors->len; i++)
    {
      const RnJournalAnchor *anchor = g_ptr_array_index (walk->anchors, i);

      if (strcmp (anchor->seat, seat) == 0)
        known = MAX (known, anchor->sequence);
    }
  return known;
}

static void
end_seat (Walk *walk)
{
  const RnJournalHead *head;

  if (walk->seat == NULL)
    return;
  judge_stretch (walk);
  memcpy (walk->seat->hash, walk->before, RN_JOURNAL_HASH);
  head = find_head (walk, walk->seat->seat);
  if (walk->known > walk->last)
    add_missing (walk, walk->seat->seat, walk->last + 1, walk->known, TRUE);
  else if (head == NULL)
    add_fault (walk, RN_JOURNAL_HEAD_FORGED, walk->seat->seat, walk->last, walk->last, 0,
               g_strdup (_("the seal at the end of the journal is missing")));
  else if (walk->known < walk->last)
    add_fault (walk, RN_JOURNAL_INSERTED, walk->seat->seat, walk->known + 1, walk->last, 0,
               g_strdup (_("the journal never wrote what stands behind its end")));
  else if (walk->verdict->n_faults == walk->n_faults_began
           && memcmp (head->hash, walk->before, RN_JOURNAL_HASH) != 0)
    add_fault (walk, RN_JOURNAL_RECOUNTED, walk->seat->seat, walk->last, walk->last, 0,
               g_strdup (_("the last entry is another one than was sealed: entries were changed, "
                            "and the chain was made anew")));
  g_clear_pointer (&walk->by_number, g_hash_table_unref);
}

static void
begin_seat (Walk *walk, const RnJournalEntry *first)
{
  end_seat (walk);
  walk->seat = g_new0 (RnJournalSeat, 1);
  walk->seat->seat = g_strdup (first->seat);
  walk->seat->first_us = first->at_us;
  g_ptr_array_add (walk->verdict->seats, walk->seat);
  memset (walk->before, 0, RN_JOURNAL_HASH);
  walk->last = walk->claimed = 0;
  walk->known = count_known (walk, first->seat);
  walk->recounted = FALSE;
  walk->n_faults_began = walk->verdict->n_faults;
  walk->by_number =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < walk->anchors->len; i++)
    {
      RnJournalAnchor *anchor = g_ptr_array_index (walk->anchors, i);
      GPtrArray *same = g_hash_table_lookup (walk->by_number, &anchor->sequence);

      if (strcmp (anchor->seat, first->seat) != 0)
        continue;
      if (same == NULL)
        {
          same = g_ptr_array_new ();
          g_hash_table_insert (walk->by_number, &anchor->sequence, same);
        }
      g_ptr_array_add (same, anchor);
    }
}

/* Seats of which nothing is left but what is sealed. */
static void
check_lost_seats (Walk *walk)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < walk->verdict->seats->len; i++)
    g_hash_table_add (seen, ((RnJournalSeat *) walk->verdict->seats->pdata[i])->seat);
  for (guint i = 0; i < walk->heads->len + walk->anchors->len; i++)
    {
      const char *seat =
          i < walk->heads->len
              ? ((RnJournalHead *) walk->heads->pdata[i])->seat
              : ((RnJournalAnchor *) walk->anchors->pdata[i - walk->heads->len])->seat;

      if (g_hash_table_add (seen, (gpointer) seat) && count_known (walk, seat) > 0)
        add_missing (walk, seat, 1, count_known (walk, seat), TRUE);
    }
}

/* ---- the walk ------------------------------------------------------------------------------ */

static gboolean
follows (const Walk *walk, const RnJournalEntry *entry)
{
  guint8 hash[RN_JOURNAL_HASH];

  if (entry->sequence != walk->last + 1)
    return FALSE;
  rn_journal_chain_entry (entry, walk->before, hash);
  return memcmp (hash, entry->hash, RN_JOURNAL_HASH) == 0;
}

/* The same of an entry behind some that were put in or taken out, so that all have other numbers. */
static gboolean
follows_shifted (const Walk *walk, const RnJournalEntry *entry)
{
  RnJournalEntry shifted = *entry;

  if (walk->claimed == walk->last || entry->sequence != walk->claimed + 1)
    return FALSE;
  shifted.sequence = walk->last + 1;
  return follows (walk, &shifted);
}

static gboolean
walk_cb (const RnJournalEntry *entry, gboolean sound, gpointer data)
{
  Walk *walk = data;

  if (walk->seat == NULL || strcmp (walk->seat->seat, entry->seat) != 0)
    begin_seat (walk, entry);
  walk->verdict->entries++;
  walk->seat->entries++;
  walk->seat->last_us = entry->at_us;
  if (g_str_has_prefix (entry->kind, "journal-"))
    read_own (walk, entry);
  if (walk->n_rows == 0 && sound && (follows (walk, entry) || follows_shifted (walk, entry)))
    {
      go_on_from (walk, entry, walk->last + 1);
      check_anchors (walk, walk->last, entry->hash);
      return TRUE;
    }
  add_row (walk, entry, sound);
  if (walk->n_rows == RN_JOURNAL_STRETCH)
    judge_stretch (walk);
  return TRUE;
}

static RnJournalVerdict *
verdict_new (const char *path)
{
  RnJournalVerdict *self = g_new0 (RnJournalVerdict, 1);

  self->path = g_strdup (path);
  self->seats = g_ptr_array_new_with_free_func (seat_free);
  self->aside = g_ptr_array_new_with_free_func (g_free);
  self->faults = g_ptr_array_new_with_free_func (fault_free);
  return self;
}

void
rn_journal_verdict_free (RnJournalVerdict *self)
{
  g_ptr_array_unref (self->seats);
  g_ptr_array_unref (self->aside);
  g_ptr_array_unref (self->faults);
  g_free (self->path);
  g_free (self);
}

static void
add_unreadable (Walk *walk, GError *error)
{
  const char *seat = walk->seat != NULL ? walk->seat->seat : NULL;

  add_fault (walk, RN_JOURNAL_UNREADABLE, seat, walk->claimed, walk->claimed, 0,
             g_strdup_printf (_("what follows cannot be read: %s"), error->message));
  g_error_free (error);
}

/* @rows, or none with a fault. */
static GPtrArray *
or_none (Walk *walk, GPtrArray *rows, GError *error)
{
  if (rows != NULL)
    return rows;
  add_unreadable (walk, error);
  return g_ptr_array_new ();
}

static void
verify_all (Walk *walk, RnJournalReader *reader)
{
  GError *error = NULL;

  walk->anchors = rn_journal_reader_dup_anchors (reader, &error);
  walk->anchors = or_none (walk, walk->anchors, g_steal_pointer (&error));
  walk->heads = rn_journal_reader_dup_heads (reader, &error);
  walk->heads = or_none (walk, walk->heads, g_steal_pointer (&error));
  if (rn_journal_reader_walk (reader, G_MININT64, G_MAXINT64, walk_cb, walk, &error))
    {
      end_seat (walk);
      check_lost_seats (walk);
    }
  else
    {
      judge_stretch (walk);
      add_unreadable (walk, error);
      g_clear_pointer (&walk->by_number, g_hash_table_unref);
    }
  check_seals (walk);
  for (guint i = 0; i < walk->heads->len; i++)
    check_head_seal (walk, g_ptr_array_index (walk->heads, i));
  check_anchor_count (walk);
  g_ptr_array_unref (walk->anchors);
  g_ptr_array_unref (walk->heads);
}

RnJournalVerdict *
rn_journal_verify (const char *path, GBytes *key, GError **error)
{
  for (guint attempt = 0;; attempt++)
    {
      g_autoptr (RnJournalReader) reader = rn_journal_reader_open (path, error);
      g_autoptr (RnJournalVerdict) verdict = NULL;
      g_autofree Walk *walk = NULL;

      if (reader == NULL)
        return NULL;
      verdict = verdict_new (rn_journal_reader_get_path (reader));
      walk = g_new0 (Walk, 1);
      walk->verdict = verdict;
      walk->key = key;
      walk->key_id = rn_journal_chain_key_id (key);
      verify_all (walk, reader);
      g_free (walk->key_id);
      if (attempt > 0 || !rn_journal_reader_is_overtaken (reader))
        return g_steal_pointer (&verdict);
    }
}
