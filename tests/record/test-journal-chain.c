/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The canonical form of the journal's chain: hashes that another program made by the description in
 * rn-journal-chain.h, and no two contents that share one. */
#include <string.h>

#include "record/rn-journal-chain.h"

static void
assert_hash (const guint8 *hash, const char *hexadecimal)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < RN_JOURNAL_HASH; i++)
    g_string_append_printf (text, "%02x", hash[i]);
  g_assert_cmpstr (text->str, ==, hexadecimal);
}

static RnJournalEntry *
entry (guint64 sequence, gint64 at_us, const char *kind, const char *subject, const char *person,
       const char *body)
{
  RnJournalEntry *self = rn_journal_entry_new (at_us, kind, subject, person, body);

  self->seat = g_strdup ("A");
  self->sequence = sequence;
  return self;
}

static void
test_known (void)
{
  static const guint8 zeros[RN_JOURNAL_HASH];
  g_autoptr (RnJournalEntry) first = entry (1, -5, "raised", "k", NULL, "");
  g_autoptr (RnJournalEntry) second
      = entry (2, G_GINT64_CONSTANT (1790000000000000), "note", NULL, "陈敏", "{\"a\":1}");
  g_autoptr (GBytes) key = g_bytes_new_static ("secret", 6);
  g_autofree char *key_id = rn_journal_chain_key_id (key);
  RnJournalAnchor anchor = { .number = 1, .seat = (char *) "A", .sequence = 2, .at_us = 7 };
  RnJournalHead head = { .seat = (char *) "A", .sequence = 2, .anchors = 1 };

  rn_journal_chain_entry (first, zeros, first->hash);
  assert_hash (first->hash, "b323c75d9fadbb704b61552af6a43e3dfe7ac53071f00bb19d5ca992888ce52a");
  rn_journal_chain_entry (second, first->hash, second->hash);
  assert_hash (second->hash, "e79332c79dbff730daaecd1b3074c511e0965c14d13704253ccea5373c15b5ef");
  g_assert_cmpstr (key_id, ==, "78442b231a9225b9");
  g_assert_null (rn_journal_chain_key_id (NULL));

  memcpy (anchor.head, second->hash, RN_JOURNAL_HASH);
  memcpy (head.hash, second->hash, RN_JOURNAL_HASH);
  rn_journal_chain_anchor (&anchor, zeros, key, anchor.seal); /* no key id: without a key */
  assert_hash (anchor.seal, "6a9f767e3a9095d9d6c363c57f741c94cd3927a1f39a83dac6c1b036ff92173a");
  rn_journal_chain_head (&head, NULL, head.seal);
  assert_hash (head.seal, "aa8a2b97486845c92d7b7ac9a421aa395aa4da99ed1718a1f052ed2b057c5db1");
  anchor.key_id = head.key_id = key_id;
  rn_journal_chain_anchor (&anchor, zeros, key, anchor.seal);
  assert_hash (anchor.seal, "715f9b13ccb246be6f381f1d1103c5dc04af844f0059aede978f594a352e9f88");
  rn_journal_chain_head (&head, key, head.seal);
  assert_hash (head.seal, "b9f3d6f145f23a47adf491b87206c70a63ed3287f2e0cc7dd3a55bd3ad2d87b9");
}

/* Letters that move from one field to the next, NULL and "", another number: all are told apart. */
static void
test_distinct (void)
{
  static const guint8 zeros[RN_JOURNAL_HASH];
  static const struct {
    guint64 sequence;
    gint64 at_us;
    const char *kind, *subject, *person, *body;
  } rows[] = {
    { 1, 2, "ab", "c", "d", "e" },   { 1, 2, "a", "bc", "d", "e" },
    { 1, 2, "ab", "cd", "", "e" },   { 1, 2, "ab", "cd", NULL, "e" },
    { 1, 2, "ab", NULL, "cd", "e" }, { 1, 2, "ab", "", "cd", "e" },
    { 1, 2, "ab", "c", "de", NULL }, { 1, 2, "ab", "c", "de", "" },
    { 2, 1, "ab", "c", "d", "e" },   { 258, 2, "ab", "c", "d", "e" },
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (RnJournalEntry) made = entry (rows[i].sequence, rows[i].at_us, rows[i].kind,
                                               rows[i].subject, rows[i].person, rows[i].body);

      rn_journal_chain_entry (made, zeros, made->hash);
      g_assert_true (g_hash_table_add (seen, g_base64_encode (made->hash, RN_JOURNAL_HASH)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/journal-chain/known", test_known);
  g_test_add_func ("/record/journal-chain/distinct", test_distinct);
  return g_test_run ();
}
