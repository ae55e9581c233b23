/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes a change to the journal show. Each entry's hash is over the hash before it of the
 * same seat and its own canonical bytes; an anchor seals a hash and its number; the head seals where
 * the file ends now. Pure; any thread. Private to the room.
 *
 * Canonical bytes: a label, then fields. An integer is eight bytes, most significant first, in
 * two's complement. A text is one byte (0: NULL, 1: there is one), then its length in bytes as an
 * integer, then its bytes. A hash is its 32 bytes.
 *  entry   "RoadNet journal entry 1\n", hash before (32 zeros for the first), seat, sequence,
 *          at_us, kind, subject, person, body → SHA-256: the entry's hash
 *  anchor  "RoadNet journal anchor 1\n", seal of the anchor before in this file (zeros for the
 *          first), number (from 1 in this file), seat, sequence, at_us, hash of the entry of that
 *          sequence, key id → its seal
 *  head    "RoadNet journal head 1\n", seat, sequence, hash of the entry of that sequence, number
 *          of the last anchor, key id → its seal
 * A seal is HMAC-SHA-256 with the key, or without one SHA-256, and then the key id is NULL. The key
 * id is the first 16 hexadecimal digits of SHA-256 over "RoadNet journal key 1\n" and the key. */
#pragma once

#include "record/rn-journal.h"

#define RN_JOURNAL_HASH 32

typedef struct {
  guint64 number;
  char *seat;
  guint64 sequence; /* as many entries of the seat had been written */
  gint64 at_us;
  guint8 head[RN_JOURNAL_HASH]; /* hash of that entry */
  char *key_id;                 /* NULL: without a key */
  guint8 seal[RN_JOURNAL_HASH];
} RnJournalAnchor;

typedef struct {
  char *seat;
  guint64 sequence;
  guint8 hash[RN_JOURNAL_HASH];
  guint64 anchors;
  char *key_id;
  guint8 seal[RN_JOURNAL_HASH];
} RnJournalHead;

/** The hash of @entry after one with the hash @before. */
void rn_journal_chain_entry (const RnJournalEntry *entry, const guint8 *before, guint8 *hash);

/** The seal of @anchor after one with the seal @before. @key: NULL only without a key id. */
void rn_journal_chain_anchor (const RnJournalAnchor *anchor, const guint8 *before, GBytes *key,
                              guint8 *seal);
void rn_journal_chain_head (const RnJournalHead *head, GBytes *key, guint8 *seal);

/** NULL for NULL; caller frees. */
char *rn_journal_chain_key_id (GBytes *key);

void rn_journal_anchor_clear (RnJournalAnchor *self);
void rn_journal_head_clear (RnJournalHead *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RnJournalAnchor, rn_journal_anchor_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RnJournalHead, rn_journal_head_clear)
