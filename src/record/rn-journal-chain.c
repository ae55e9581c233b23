/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The canonical form is written into a byte array and digested whole: entries are small. */
#include "record/rn-journal-chain.h"

#include <string.h>

static void
put_integer (GByteArray *bytes, guint64 value)
{
  guint64 big = GUINT64_TO_BE (value);

  g_byte_array_append (bytes, (const guint8 *) &big, sizeof big);
}

static void
put_text (GByteArray *bytes, const char *text)
{
  guint8 present = text != NULL;

  g_byte_array_append (bytes, &present, 1);
  if (text == NULL)
    return;
  put_integer (bytes, strlen (text));
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
}

static void
put_hash (GByteArray *bytes, const guint8 *hash)
{
  g_byte_array_append (bytes, hash, RN_JOURNAL_HASH);
}

static GByteArray *
begin (const char *label)
{
  GByteArray *bytes = g_byte_array_sized_new (512);

  g_byte_array_append (bytes, (const guint8 *) label, (guint) strlen (label));
  return bytes;
}

static void
digest (const GByteArray *bytes, guint8 *hash)
{
  GChecksum *checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = RN_JOURNAL_HASH;

  g_checksum_update (checksum, bytes->data, bytes->len);
  g_checksum_get_digest (checksum, hash, &size);
  g_checksum_free (checksum);
}

static void
seal_bytes (const GByteArray *bytes, GBytes *key, guint8 *seal)
{
  gsize size = RN_JOURNAL_HASH, key_size;
  gconstpointer key_data;
  GHmac *hmac;

  if (key == NULL)
    {
      digest (bytes, seal);
      return;
    }
  key_data = g_bytes_get_data (key, &key_size);
  hmac = g_hmac_new (G_CHECKSUM_SHA256, key_data, key_size);
  g_hmac_update (hmac, bytes->data, bytes->len);
  g_hmac_get_digest (hmac, seal, &size);
  g_hmac_unref (hmac);
}

void
rn_journal_chain_entry (const RnJournalEntry *entry, const guint8 *before, guint8 *hash)
{
  g_autoptr (GByteArray) bytes = begin ("RoadNet journal entry 1\n");

  put_hash (bytes, before);
  put_text (bytes, entry->seat);
  put_integer (bytes, entry->sequence);
  put_integer (bytes, (guint64) entry->at_us);
  put_text (bytes, entry->kind);
  put_text (bytes, entry->subject);
  put_text (bytes, entry->person);
  put_text (bytes, entry->body);
  digest (bytes, hash);
}

void
rn_journal_chain_anchor (const RnJournalAnchor *anchor, const guint8 *before, GBytes *key,
                         guint8 *seal)
{
  g_autoptr (GByteArray) bytes = begin ("RoadNet journal anchor 1\n");

  put_hash (bytes, before);
  put_integer (bytes, anchor->number);
  put_text (bytes, anchor->seat);
  put_integer (bytes, anchor->sequence);
  put_integer (bytes, (guint64) anchor->at_us);
  put_hash (bytes, anchor->head);
  put_text (bytes, anchor->key_id);
  seal_bytes (bytes, anchor->key_id != NULL ? key : NULL, seal);
}

void
rn_journal_chain_head (const RnJournalHead *head, GBytes *key, guint8 *seal)
{
  g_autoptr (GByteArray) bytes = begin ("RoadNet journal head 1\n");

  put_text (bytes, head->seat);
  put_integer (bytes, head->sequence);
  put_hash (bytes, head->hash);
  put_integer (bytes, head->anchors);
  put_text (bytes, head->key_id);
  seal_bytes (bytes, head->key_id != NULL ? key : NULL, seal);
}

char *
rn_journal_chain_key_id (GBytes *key)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *digits = NULL;

  if (key == NULL)
    return NULL;
  bytes = begin ("RoadNet journal key 1\n");
  g_byte_array_append (bytes, g_bytes_get_data (key, NULL), (guint) g_bytes_get_size (key));
  digits = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes->data, bytes->len);
  return g_strndup (digits, 16);
}

void
rn_journal_anchor_clear (RnJournalAnchor *self)
{
  g_clear_pointer (&self->seat, g_free);
  g_clear_pointer (&self->key_id, g_free);
}

void
rn_journal_head_clear (RnJournalHead *self)
{
  g_clear_pointer (&self->seat, g_free);
  g_clear_pointer (&self->key_id, g_free);
}
